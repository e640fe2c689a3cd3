"""Has real programs read what `export` writes: frictionless (Data Package), polars (CSV, Parquet), pyam (IAMC).

Run it as `python tests/clients/tables.py`; all of them come from PyPI (frictionless, polars, pyarrow, pyam-iamc). What
is not there is skipped with a word; where something is read wrongly, the script ends with 1.
"""

from __future__ import annotations

import contextlib
import io
import json
import math
import sys
import tempfile
import warnings
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

from plantrack.cli import run

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parent.parent.parent
TYPES = {"string": "String", "integer": "Int64", "number": "Float64", "boolean": "Boolean"}
"""The types of a Data Package, and those of polars."""


def exported(form: str, to: Path) -> Path:
    plans = map(str, sorted((ROOT / "data" / "plans").glob("*.yaml")))
    with contextlib.redirect_stdout(io.StringIO()):
        assert run(["export", *plans, "-f", form, "-o", str(to), "--lang", "en"]) == 0
    return to


def frictionless(client: Any, folder: Path) -> Iterator[str]:
    """The package is valid: every cell has the type of its field, every named row is there."""
    report = client.validate(str(exported("datapackage", folder / "package") / "datapackage.json"))
    found = [*report.errors, *(each for task in report.tasks for each in task.errors)]
    yield from (each.message for each in found)
    if len(report.tasks) != len(list((folder / "package").glob("*.csv"))):
        yield "a table is not validated"


def polars(client: Any, folder: Path) -> Iterator[str]:
    """CSV and Parquet as they are, without a word about types: the same tables, with the types of the package."""
    package = json.loads((exported("datapackage", folder / "p") / "datapackage.json").read_text("utf-8"))
    tables, typed = exported("csv", folder / "csv"), exported("parquet", folder / "parquet")
    for each in package["resources"]:
        name = each["name"]
        plain = client.read_csv(tables / f"{name}.csv")
        parquet = client.read_parquet(typed / f"{name}.parquet")
        expected = [TYPES[field["type"]] for field in each["schema"]["fields"]]
        if list(map(str, parquet.dtypes)) != expected:
            yield f"{name}.parquet has the types {parquet.dtypes}"
        # A column without a value is text to whoever only sees the file.
        seen = [column for column in parquet.columns if parquet[column].null_count() < parquet.height]
        if not plain.select(seen).equals(parquet.select(seen)):
            yield f"{name}.csv reads otherwise than {name}.parquet"


def pyam(client: Any, folder: Path) -> Iterator[str]:
    """Every value of every path, under its plan, place and indicator; pandas reads the last digit otherwise."""
    frame = client.IamDataFrame(str(exported("iamc", folder / "paths.csv")))
    paths = json.loads(exported("json", folder / "all.json").read_text("utf-8"))["paths"]
    values = [row for row in paths if row["value"] is not None]
    if len(frame) != len(values):
        yield f"{len(frame)} values, not {len(values)}"
    for row in values:
        where = {"scenario": row["plan"], "region": row["place"], "year": row["year"]}
        found = frame.filter(variable=f"{row['indicator']}*", **where).data["value"]
        if not any(math.isclose(row["value"], each, rel_tol=1e-14) for each in found):
            yield f"{row['plan']} {row['indicator']} {row['year']}: {row['value']} is not there"


CLIENTS = {frictionless: ("frictionless",), polars: ("polars", "pyarrow"), pyam: ("pyam",)}


def main() -> int:
    warnings.simplefilter("ignore")
    failures = 0
    for check, needed in CLIENTS.items():
        name = check.__name__
        try:
            client, *_ = map(import_module, needed)
        except ImportError:
            print(f"{name} skipped: {' or '.join(needed)} is not installed")
            continue
        with tempfile.TemporaryDirectory() as folder:
            wrong = list(check(client, Path(folder)))
        failures += len(wrong)
        print(f"{name} {client.__version__}: {'ok' if not wrong else 'WRONG'}", *wrong[:20], sep="\n  ")
    return int(failures > 0)


if __name__ == "__main__":
    sys.exit(main())
