"""Paths in the IAMC's format, years across, as models of energy and climate exchange them; pyam reads it.

The model is plantrack, the scenario a plan, the region a place. Variables are the ids of indicators, with the scope
and, where values are no levels, with what they are: `gdp|index`. https://pyam-iamc.readthedocs.io/en/stable/data.html
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from plantrack.formats.csv import to_csv
from plantrack.views.tidy import Records

if TYPE_CHECKING:
    from collections.abc import Sequence

    from plantrack.views.records import Record

INDEX = ("model", "scenario", "region", "variable", "unit")


def files(tables: Sequence[Records]) -> dict[str, str]:
    series: dict[tuple[str, ...], Record] = {}
    years = set()
    for row in (row for table in tables for row in table.rows if row["year"] is not None):
        key = "plantrack", row["plan"], row["place"], _variable(row), row["unit"]
        series.setdefault(key, dict(zip(INDEX, key, strict=True)))[str(row["year"])] = row["value"]
        years.add(str(row["year"]))
    across = sorted(years)
    rows = [dict.fromkeys(across) | row for row in series.values()]
    return {"iamc.csv": to_csv(Records("iamc", (*INDEX, *across), rows))}


def _variable(row: Record) -> str:
    kind = None if row["kind"] == "level" else row["kind"]
    return "|".join(filter(None, (row["indicator"], row["scope"], kind)))
