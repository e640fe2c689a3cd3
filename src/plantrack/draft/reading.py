"""The document that is drafted from: one that can be traced, or a workbook, a line for each row."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from plantrack.documents import Document, limits, read_document
from plantrack.errors import PlantrackError
from plantrack.language import text
from plantrack.reading.sheets import NO_VALUE, read_workbook

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from plantrack.reading.delimited import Row

WORKBOOK = ".xlsx"


def read_drafted(path: Path) -> Document:
    """The document in a file.

    Raises:
        PlantrackError: where there is no such file, its format is not known, or it cannot be read.
    """
    if path.suffix.lower() != WORKBOOK:
        return read_document(path, WORKBOOK)
    if not path.is_file():
        raise PlantrackError(text("there is no file {file}", file=path))
    if path.stat().st_size > limits.MAX_BYTES:
        raise PlantrackError(text("{file} has more than {most} bytes", file=path, most=limits.MAX_BYTES))
    lines: list[str] = []
    missing = 0
    for sheet in read_workbook(path, path.read_bytes(), rounded=True):
        lines.append(sheet.name)
        for row in sheet.rows("\t"):
            missing += row.texts.count(NO_VALUE)
            lines.append("\t".join(_cells(row)).rstrip("\t"))
    told = [text("formulas whose values are not in the file: {number}", number=missing)] if missing else []
    return Document.of_lines(path.as_posix(), lines, tuple(told))


def _cells(row: Row) -> Iterator[str]:
    """The cells of a row; of one merged downwards a name is repeated, a number stands once."""
    width = max([len(row.texts), *(at + 1 for at in row.merged)])
    for at in range(width):
        said = " ".join(row.text(at).split()).replace(NO_VALUE, "")
        above = row.merged.get(at)
        is_below = above is not None and above.row < row.line and above.column == at + 1
        yield above.text if above is not None and is_below and not re.search(r"\d", above.text) else said
