"""How much a plan document has at most: every limit is checked while a file is read, before it fills the memory."""

from __future__ import annotations

from collections import Counter
from typing import NamedTuple

from plantrack.language import Text, text


class TooLarge(Exception):
    """A document has more of something than any plan document; the argument is its `Limit`."""


class Limit(NamedTuple):
    most: int
    what: Text

    def require(self, number: int) -> None:
        if number > self.most:
            raise TooLarge(self)


class Tally(Counter[Limit]):
    """How much was read of all that has a limit."""

    def add(self, limit: Limit, number: int = 1) -> None:
        self[limit] += number
        limit.require(self[limit])


MAX_BYTES = 50_000_000
CHARACTERS = Limit(2_000_000, text("{most} characters"))
LINES = Limit(200_000, text("{most} lines"))
PARAGRAPHS = Limit(200_000, text("{most} paragraphs"))
CELLS = Limit(200_000, text("{most} cells"))
ELEMENTS = Limit(1_000_000, text("{most} elements and attributes"))
SPAN = Limit(100_000, text("{most} columns or rows in one cell"))
"""A cell over a thousand columns is how pages say "all of them"."""

COLUMNS = 64
"""A cell over more columns means all of them; Word has 63 at most."""


def behind_cell(columns: int) -> int:
    """How many empty cells stand behind one over so many columns."""
    return columns - 1 if 1 < columns <= COLUMNS else 0


def require_span(number: str) -> None:
    """Refuse a cell over more columns or rows than any table has; what is no number is none."""
    digits = number.strip().lstrip("0")
    if digits.isdecimal():
        SPAN.require(int(digits[:10]))


def elements_in(content: bytes) -> int:
    """About how many elements and attributes a piece of XML or HTML has, before it is parsed."""
    return content.count(b"<") - content.count(b"</") + content.count(b"=")
