"""Paths as CSV files for an Open SDG site, one for each indicator: Year, disaggregations, Units, Value.

A column disaggregates where an indicator has several plans, places or scopes; where there is but one, the rows are the
headline. https://open-sdg.readthedocs.io/en/latest/data-format/
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from plantrack.formats.csv import to_csv
from plantrack.views.tidy import Records

if TYPE_CHECKING:
    from collections.abc import Sequence

    from plantrack.views.records import Record

APART = {"Plan": "plan", "Place": "place", "Scope": "scope", "Kind": "kind"}
HEADINGS = {"Year": "year", **APART, "Units": "unit", "Value": "value"}


def files(tables: Sequence[Records]) -> dict[str, str]:
    rows = defaultdict(list)
    for row in (row for table in tables for row in table.rows if row["year"] is not None):
        rows[row["indicator"]].append(row)
    return {f"indicator_{name.replace('_', '-')}.csv": _indicator(found) for name, found in rows.items()}


def _indicator(rows: Sequence[Record]) -> str:
    said = [{heading: row[column] for heading, column in HEADINGS.items()} for row in rows]
    alike = {heading for heading in APART if len({row[heading] for row in said}) == 1}
    return to_csv(Records("indicator", tuple(each for each in HEADINGS if each not in alike), said))
