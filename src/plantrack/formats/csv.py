"""Comma-separated values: tables as they are shown, and tidy records."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

from plantrack.formats.sheet import characters, said_in
from plantrack.language import BLANKS, visible

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from plantrack.language import Language
    from plantrack.views import tidy
    from plantrack.views.table import Table, Value

FORMULA_SIGNS = ("=", "+", "-", "@")


def to_csv(table: Table, language: Language = "en") -> str:
    """A table with a heading row; groups become a column, notes are left out."""
    sheet = said_in(language, table.flat())
    return _written(sheet.headings, sheet.rows)


def records(table: tidy.Records) -> str:
    """Tidy records with a heading row; nothing is an empty cell."""
    return _written(table.columns, ([row[key] for key in table.columns] for row in table.rows))


def _written(headings: Sequence[str], rows: Iterable[Sequence[Value]]) -> str:
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\r\n")
    writer.writerow(headings)
    writer.writerows([as_data(cell) for cell in row] for row in rows)
    return stream.getvalue()


def as_data(value: Value) -> str:
    """What a spreadsheet shows as it is: text that looks like a formula gets an apostrophe."""
    said = str(value).lower() if isinstance(value, bool) else characters(value, "en")
    cell = visible(said.replace("\n", " "), keep=BLANKS)
    if cell.startswith(FORMULA_SIGNS):
        try:
            float(cell)
        except ValueError:
            return f"'{cell}"
    return cell
