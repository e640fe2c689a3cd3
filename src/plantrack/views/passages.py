"""The sentences of a document in which figures stand, each once, with the words of the figures marked."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from plantrack.documents import Document
    from plantrack.trace import Place, Trace

_ENDS = re.compile(r"[。；！？\n]")
CELLS = " | "
"""Between the cells of a row of a table."""


class Part(NamedTuple):
    """Words of a sentence; with the number of the mark where figures stand in them."""

    words: str
    mark: int | None = None


class Passage(NamedTuple):
    """One sentence, or a row of a table; `line` counts from 1."""

    line: int
    section: str
    parts: tuple[Part, ...]

    @property
    def marks(self) -> set[int]:
        return {part.mark for part in self.parts if part.mark is not None}


class Passages(NamedTuple):
    """In the order of the document; `marks` tell the mark of each figure that stands there, by id."""

    file: str
    passages: tuple[Passage, ...]
    marks: dict[str, int]


class _Span(NamedTuple):
    start: int
    end: int


def passages_of(trace: Trace) -> Passages:
    """The sentences of all figures that the document has."""
    document = trace.document
    placed = {each.figure.id: each.place for each in trace.traced if each.place is not None}
    marked = list(_merged(_Span(*place[:2]) for place in placed.values()))
    sentences = _merged(_sentence(each, document.text) for each in marked)
    marks = {name: _number_at(place, marked) for name, place in placed.items()}
    passages = (
        Passage(
            document.line_at(each.start),
            trace.heading(trace.source.section_at(each.start)),
            tuple(_parts(each, marked, document)),
        )
        for each in sentences
    )
    return Passages(document.file, tuple(passages), marks)


def _merged(spans: Iterable[_Span]) -> Iterator[_Span]:
    """In their order, those that overlap as one."""
    ordered = sorted(set(spans))
    while ordered:
        start, end = ordered.pop(0)
        while ordered and ordered[0].start < end:
            end = max(end, ordered.pop(0).end)
        yield _Span(start, end)


def _sentence(span: _Span, words: str) -> _Span:
    before = [
        match.end() for match in _ENDS.finditer(words, words.rfind("\n", 0, span.start) + 1, span.start)
    ]
    start = before[-1] if before else words.rfind("\n", 0, span.start) + 1
    behind = _ENDS.search(words, span.end)
    if behind is None:
        return _Span(start, len(words))
    return _Span(start, behind.start() if behind.group() == "\n" else behind.end())


def _number_at(place: Place, marked: list[_Span]) -> int:
    return next(number for number, each in enumerate(marked) if each.start <= place.start < each.end)


def _parts(sentence: _Span, marked: list[_Span], document: Document) -> Iterator[Part]:
    at = sentence.start
    for number, each in enumerate(marked):
        if sentence.start <= each.start < sentence.end:
            yield from _words(document.text[at : each.start])
            yield from _words(document.text[each.start : each.end], number)
            at = each.end
    yield from _words(document.text[at : sentence.end])


def _words(words: str, mark: int | None = None) -> Iterator[Part]:
    if words:
        yield Part(words.replace("\t", CELLS).replace("\n", " "), mark)
