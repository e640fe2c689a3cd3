"""How a page lies on A4: upright or across, the size of its letters, the widths of its columns."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal, NamedTuple

from plantrack.formats.sheet import width_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from plantrack.formats.sheet import Sheet

Side = Literal["left", "center", "right"]
UPRIGHT, ACROSS = 170.0, 257.0
"""Millimetres between the margins."""
MARGIN = 20.0
USUAL, SMALLEST = 10.5, 5.0
"""Points; 10.5 is 五号."""
PER_POINT = 0.18
"""Millimetres that a digit takes for each point of its size; a Chinese character takes two."""
ROOM, NUMBERS_OF_ROWS, SHORT, EMPTY, WIDE = 3, 2, 8, 10, 16
"""Digits: beside the text of a cell; up to where numbers, and words, stand in the middle; of a column to be filled in
and of a heading in one line; from where words wrap."""


class Layout(NamedTuple):
    """`widths` are in digits, and fill the page."""

    is_across: bool
    points: float
    widths: tuple[float, ...]
    aligned: tuple[Side, ...]

    @property
    def page(self) -> float:
        return ACROSS if self.is_across else UPRIGHT

    def centred(self) -> Layout:
        return self._replace(aligned=tuple("center" for _ in self.aligned))

    def millimetres(self, width: float) -> float:
        return width * self.points * PER_POINT


def laid_out(sheet: Sheet) -> Layout:
    """Numbers in one line each; words share the room that is left, by how much they have to say."""
    columns = list(zip(sheet.headings, *sheet.rows, strict=True))
    wanted = [max(map(width_of, cells)) for _, *cells in _with_cells(columns)]
    least = [
        _least(heading, want, is_number=is_number)
        for heading, want, is_number in zip(sheet.headings, wanted, sheet.are_numbers, strict=True)
    ]
    is_across = sum(least) > UPRIGHT / PER_POINT / USUAL
    page = ACROSS if is_across else UPRIGHT
    points = max(SMALLEST, min(USUAL, page / PER_POINT / sum(least) // 0.5 * 0.5))
    left = max(0.0, page / PER_POINT / points - sum(least))
    more = [max(0.0, want + ROOM - width) for want, width in zip(wanted, least, strict=True)]
    aligned = map(_side, wanted, sheet.are_numbers)
    return Layout(is_across, points, tuple(_shared(least, more, left)), tuple(aligned))


def _side(wanted: int, is_number: bool) -> Side:  # noqa: FBT001 - mapped over two lists
    """Short words and the numbers of rows stand in the middle."""
    if wanted <= (NUMBERS_OF_ROWS if is_number else SHORT):
        return "center"
    return "right" if is_number else "left"


def _with_cells(columns: Sequence[tuple[str, ...]]) -> list[tuple[str, ...]]:
    return [column if len(column) > 1 else (*column, "") for column in columns]


def _least(heading: str, wanted: int, *, is_number: bool) -> float:
    """A heading may take two lines."""
    whole = max(map(width_of, heading_lines(heading)))
    of_heading = max(min(whole, EMPTY), whole // 2 + 1)
    return max(of_heading, (wanted or EMPTY) if is_number else min(wanted or EMPTY, WIDE)) + ROOM


def heading_lines(heading: str) -> list[str]:
    """What stands in brackets has a line of its own."""
    return re.split(r" (?=\()|(?=（)", heading)


def _shared(least: Sequence[float], more: Sequence[float], left: float) -> list[float]:
    """What is left goes to those that want more; what they do not want, to all."""
    share = min(1.0, left / sum(more)) if sum(more) else 0.0
    widths = [width + share * want for width, want in zip(least, more, strict=True)]
    spare = 1 + (left - share * sum(more)) / sum(widths)
    return [width * spare for width in widths]
