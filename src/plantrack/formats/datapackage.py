"""A Data Package: tidy tables as CSV files, and `datapackage.json` with the type and the unit of every field.

Version 2 of the standard; `profile` is what readers of version 1 ask for. https://datapackage.org/standard/data-package
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from plantrack.formats.csv import to_csv
from plantrack.formats.json import dump
from plantrack.views.tidy import type_of, unit_of_column

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from plantrack.views.records import Record
    from plantrack.views.tidy import Records

PROFILES = "https://datapackage.org/profiles/2.0"
TYPES = {str: "string", int: "integer", float: "number", bool: "boolean"}
KEYS = {"plans": "plan", "figures": "figure"}
"""The column that tells the rows of a table apart."""
NAMING = {
    "plan": "plans",
    **dict.fromkeys(("figure", "base_figure", "target_figure", "stated_figure"), "figures"),
}
"""Columns that name a row of another table."""


def files(tables: Sequence[Records]) -> dict[str, str]:
    beside = {table.name for table in tables}
    resources = [_resource(table, beside) for table in tables]
    package = {"$schema": f"{PROFILES}/datapackage.json", "name": "plantrack", "resources": resources}
    described = {"datapackage.json": dump(package, ascii_only=False)}
    return described | {f"{table.name}.csv": to_csv(table) for table in tables}


def _resource(table: Records, beside: Collection[str]) -> Record:
    schema: Record = {"fields": [_field(table.name, column) for column in table.columns]}
    schema["missingValues"] = [""]
    if table.name in KEYS:
        schema["primaryKey"] = [KEYS[table.name]]
    if references := [*_references(table, beside)]:
        schema["foreignKeys"] = references
    return {
        "$schema": f"{PROFILES}/dataresource.json",
        "name": table.name,
        "type": "table",
        "profile": "tabular-data-resource",
        "path": f"{table.name}.csv",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "schema": schema,
    }


def _field(table: str, column: str) -> Record:
    """Name and type; of a number also its unit, or the column that holds it."""
    unit = unit_of_column(table, column)
    return {"name": column, "type": TYPES[type_of(table, column)], **({} if unit is None else {"unit": unit})}


def _references(table: Records, beside: Collection[str]) -> Iterator[Record]:
    for column, other in NAMING.items():
        if column in table.columns and other in beside and other != table.name:
            yield {"fields": [column], "reference": {"resource": other, "fields": [KEYS[other]]}}
