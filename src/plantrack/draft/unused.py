"""Numbers that tell how much and of which no statement was made, with the words around them; of tables whole rows."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from plantrack.documents import read_numbers, read_outline
from plantrack.draft.sentences import prose_numbers

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from plantrack.documents import Document
    from plantrack.draft.statements import Statement

BEFORE, BEHIND, ROW = 12, 8, 40
"""Characters around a number that are shown with it, and of a row."""


class Unused(NamedTuple):
    """The line of a number, or of the numbers of a row, from 1, and the words around it."""

    line: int
    words: str
    numbers: int = 1


def unused_numbers(document: Document, statements: Iterable[Statement]) -> Iterator[Unused]:
    """The numbers in prose that stand in no statement."""
    spans = sorted((each.start, each.end) for each in statements)
    starts, ends = [start for start, _ in spans], [end for _, end in spans]
    for number in prose_numbers(document):
        last = bisect_left(starts, number.end)
        if last == 0 or max(ends[max(0, last - 2) : last]) <= number.start:
            line = document.line_at(number.start)
            first = max(document.starts[line - 1], number.start - BEFORE)
            words = document.text[first : number.end + BEHIND].split("\n")[0]
            yield Unused(line, " ".join(words.split()))


def unused_rows(document: Document, used: Iterable[int]) -> Iterator[Unused]:
    """The rows of tables with numbers of which nothing was made; `used` are the lines of which something was."""
    told = set(used)
    prose = {number.start for number in prose_numbers(document)}
    numbers = (each for each in read_numbers(read_outline(document)).all if each.kind in {"number", "word"})
    lines = Counter(document.line_at(each.start) for each in numbers if each.start not in prose)
    for line, number in sorted(lines.items()):
        if line not in told:
            yield Unused(line, " ".join(document.printed_lines[line - 1].split())[:ROW], number)
