"""Numbers of sentences that tell how much and of which no statement was made, each with the words around it."""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING, NamedTuple

from plantrack.draft.sentences import prose_numbers

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from plantrack.documents import Document
    from plantrack.draft.statements import Statement

BEFORE, BEHIND = 12, 8
"""Characters around a number that are shown with it."""


class Unused(NamedTuple):
    """The line of a number, from 1, and the words around it."""

    line: int
    words: str


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
