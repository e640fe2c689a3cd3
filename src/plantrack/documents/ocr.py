"""Pages that are pictures, recognised by an extra that brings its models along: nothing leaves the machine.

A digit may be read as another and a line be lost: whoever uses a line must know that it was recognised.
"""

from __future__ import annotations

from importlib.util import find_spec
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

MODULES = ("rapidocr", "onnxruntime", "pypdfium2")
MOST_PAGES = 100
"""More pages of a document are not recognised: each takes some ten seconds."""
DOTS_PER_INCH, MOST_DOTS = 150, 3000
"""How finely pages are drawn, and the longest side that is; what is finer is made coarser again before it is read."""
POINTS_PER_INCH = 72
WIDE = 1.5
"""A gap of so many heights of a letter parts two cells."""


class Piece(NamedTuple):
    """Letters recognised together, and where they stand."""

    letters: str
    left: float
    top: float
    right: float
    bottom: float


def can_recognise() -> bool:
    """Whether all that the extra takes is installed."""
    return all(find_spec(each) is not None for each in MODULES)


def recognised(path: Path, pages: Sequence[int]) -> Iterator[list[str]]:
    """The lines of some pages of a PDF, counted from 1."""
    from pypdfium2 import PdfDocument  # noqa: PLC0415 - an extra
    from rapidocr import RapidOCR  # noqa: PLC0415 - an extra

    reader = RapidOCR(params={"Global.log_level": "error", "Global.use_cls": False})
    document = PdfDocument(path)
    for number in pages:
        page = document[number - 1]
        scale = min(DOTS_PER_INCH / POINTS_PER_INCH, MOST_DOTS / max(*page.get_size(), 1))
        found = reader(page.render(scale=scale).to_numpy())
        boxes = [] if found.boxes is None else found.boxes
        yield lines_of([_piece(*each) for each in zip(boxes, found.txts or (), strict=True)])


def _piece(box: Sequence[Sequence[float]], letters: str) -> Piece:
    across, down = ([float(each) for each in of_side] for of_side in zip(*box, strict=True))
    return Piece(letters, min(across), min(down), max(across), max(down))


def lines_of(pieces: Sequence[Piece]) -> list[str]:
    """Pieces side by side are one line; a wide gap between them parts cells."""
    rows: list[list[Piece]] = []
    for each in sorted(pieces, key=lambda each: each.top + each.bottom):
        if rows and (each.top + each.bottom) / 2 < rows[-1][0].bottom:
            rows[-1].append(each)
        else:
            rows.append([each])
    return [_line(sorted(row, key=lambda each: each.left)) for row in rows]


def _line(row: Sequence[Piece]) -> str:
    line, end = "", row[0].left
    for each in row:
        is_apart = each.left - end > WIDE * (each.bottom - each.top)
        line += f"\t{each.letters}" if is_apart else each.letters
        end = each.right
    return line
