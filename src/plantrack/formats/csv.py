"""Comma-separated values: tidy tables alone. What a table shows (— for nothing, 8.30%) is no data."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

from plantrack.language import BLANKS, visible

if TYPE_CHECKING:
    from collections.abc import Sequence

    from plantrack.views.tidy import Records

FORMULA_SIGNS = ("=", "+", "-", "@")


def files(tables: Sequence[Records]) -> dict[str, str]:
    return {f"{table.name}.csv": to_csv(table) for table in tables}


def to_csv(table: Records) -> str:
    """A table with a heading row; nothing is an empty cell."""
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\r\n")
    writer.writerow(table.columns)
    writer.writerows([as_data(row[column]) for column in table.columns] for row in table.rows)
    return stream.getvalue()


def as_data(value: str | float | bool | None) -> str:  # noqa: FBT001 - a cell
    """What a spreadsheet shows as it is: text that looks like a formula gets an apostrophe."""
    said = str(value).lower() if isinstance(value, bool) else "" if value is None else str(value)
    cell = visible(said.replace("\n", " "), keep=BLANKS)
    if cell.startswith(FORMULA_SIGNS):
        try:
            float(cell)
        except ValueError:
            return f"'{cell}"
    return cell
