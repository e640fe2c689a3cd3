"""The sections of a plan file: for each line of a statement the heading that it stands under, and the title."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from plantrack.documents import read_outline
from plantrack.draft import words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from plantrack.documents import Document
    from plantrack.documents.outline import Heading, Outline, Section
    from plantrack.draft.statements import Statement

LONGEST_TITLE, LONGEST_HEADING = 100, 40
FIRST_LINES = 30
"""Lines in which a document's title is looked for."""


def title_of(document: Document) -> str:
    return words.SOURCE.sub("", title_line(document))[:LONGEST_TITLE] or "规划"


def title_line(document: Document) -> str:
    """The line that is called a plan or a report, else the first."""
    lines = [each for line in document.printed_lines[:FIRST_LINES] if (each := _unmarked(line))]
    return next((line for line in lines if words.TITLE.search(line)), lines[0] if lines else "")


def sections_of(document: Document, statements: Sequence[Statement]) -> dict[int, str]:
    """For each line of a statement the heading above it, with the headings that this one stands under.

    A row of a table stands under its caption, where it has one. Where a section so called is not the one around the
    line: the title's, else that of the first line or its own.
    """
    outline = read_outline(document)
    headings, holds = outline.headings, _Holds(document, outline)
    captions = dict(_captions(document))
    found: dict[int, str] = {}
    path: list[Heading] = []
    at = 0
    for line in sorted({each.line for each in statements}):
        while at < len(headings) and headings[at].line < line:
            rank = headings[at].rank
            path = [each for each in path if each.rank < rank] + [headings[at]]
            at += 1
        said = " ".join(_heading(document, each.line) for each in path[-2:])
        printed = (document.printed_lines[at] for at in (_first_line(document), line - 1))
        others = (_unmarked(each)[:LONGEST_TITLE] for each in (title_line(document), *printed))
        wanted = (captions.get(line - 1, ""), said, *others)
        found[line] = next(
            (each for each in wanted if each and holds(each, line)), said or title_of(document)
        )
    return found


class _Holds:
    """Whether a line, from 1, stands in the section of a heading; each section is looked for once."""

    def __init__(self, document: Document, outline: Outline) -> None:
        self.document, self.outline = document, outline
        self.found: dict[str, Section | None] = {}

    def __call__(self, heading: str, line: int) -> bool:
        if heading not in self.found:
            self.found[heading] = self.outline.sections({"": heading}).get("")
        section = self.found[heading]
        return section is not None and section.holds(self.document.starts[line - 1])


def _first_line(document: Document) -> int:
    return next((at for at, line in enumerate(document.lines) if line.strip()), 0)


def _captions(document: Document) -> Iterator[tuple[int, str]]:
    """For each row of a table, by its line from 0, the caption above; a title between its rows ends none."""
    caption, was_row, is_apart = "", False, False
    for at, line in enumerate(document.lines):
        if document.first_tabs[at] >= 0:
            caption = "" if is_apart and words.HEADS_TABLE.match(line) else caption
            was_row, is_apart = True, False
            if caption:
                yield at, caption
        elif line.strip():
            is_apart = was_row
            caption = _caption_of(document, at) or (caption if len(line) <= LONGEST_HEADING else "")
            was_row = False


def _caption_of(document: Document, at: int) -> str:
    line = document.lines[at]
    is_caption = len(line) <= LONGEST_HEADING and words.CAPTION.match(line) is not None
    return _unmarked(document.printed_lines[at]) if is_caption else ""


def _heading(document: Document, line: int) -> str:
    """A heading as it is printed, no further than its title; of a sentence the words before its first number."""
    said = re.split(r"[。：:；;]", _unmarked(document.printed_lines[line]))[0]
    clause, comma, _ = said.partition("，")
    return (words.NUMBER_AHEAD.split(clause)[0] if comma else said)[:LONGEST_HEADING]


def _unmarked(line: str) -> str:
    """A line without Markdown's signs of headings and quotations, in one piece."""
    return re.sub(r"^[\s#*>]+", "", line).strip().replace("\t", " ")
