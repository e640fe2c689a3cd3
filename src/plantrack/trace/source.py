"""A document taken apart for tracing, with the sections that a plan names."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from plantrack.documents import read_numbers, read_outline
from plantrack.trace.numerals import pattern_of, stands_at

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from plantrack.documents import Document, Outline, Section
    from plantrack.documents.numbers import Numbers


class Place(NamedTuple):
    """Where something stands, by offsets, and the numbers of the document that it takes up."""

    start: int
    end: int
    numbers: tuple[int, ...]


@dataclass(frozen=True)
class Source:
    """The document of a plan; `headings` are its sections by key."""

    document: Document
    headings: Mapping[str, str]

    @cached_property
    def outline(self) -> Outline:
        return read_outline(self.document)

    @cached_property
    def numbers(self) -> Numbers:
        return read_numbers(self.outline)

    @cached_property
    def sections(self) -> dict[str, Section]:
        """The sections that were found, by key."""
        return self.outline.sections(dict(self.headings))

    def section_at(self, offset: int) -> str | None:
        """The key of the smallest section around a place; `None` outside all of them."""
        around = [(each.end - each.start, key) for key, each in self.sections.items() if each.holds(offset)]
        return min(around)[1] if around else None

    @cached_property
    def _found(self) -> dict[str, tuple[Place, ...]]:
        """The places of numerals that were asked for already."""
        return {}

    def places_of(self, numeral: str) -> tuple[Place, ...]:
        """Where a numeral stands in the document, exactly as it is written."""
        if numeral not in self._found:
            self._found[numeral] = tuple(self._places_of(numeral))
        return self._found[numeral]

    def _places_of(self, numeral: str) -> Iterator[Place]:
        pattern = pattern_of(numeral)
        if pattern is None:
            yield from self.places_of_words(numeral)
            return
        for reading in self.numbers.readings.get(pattern.digits, ()):
            span = stands_at(pattern, reading, self.document)
            if span is not None:
                yield Place(*span, self._numbers_in(reading.start, max(span[1], reading.end)))

    def places_of_digits(self, numeral: str) -> Iterator[Place]:
        """Where the digits of a numeral stand, whatever words are beside them."""
        pattern = pattern_of(numeral)
        for reading in self.numbers.readings.get(pattern.digits, ()) if pattern else ():
            yield Place(*reading)

    def places_of_words(self, words: str) -> Iterator[Place]:
        """Where words stand, in this order, whatever blanks part them."""
        for start, end in self.document.find_words(words, 0, len(self.document.text)):
            yield Place(start, end, self._numbers_in(start, end))

    def _numbers_in(self, start: int, end: int) -> tuple[int, ...]:
        return tuple(self.numbers.between(start, end))
