"""Tidy tables: one row for each figure, each figure of a finding, each year of a path, each target tracked.

They are the JSON contracts laid flat, with columns that depend on no language. Numbers are in the
indicator's unit, per cent and points as fractions.
"""

from __future__ import annotations

import csv
import io
from fractions import Fraction
from typing import TYPE_CHECKING, Any, NamedTuple

from plantrack import __version__
from plantrack.formats.markdown import as_data
from plantrack.views.documents import Document, finding_object, show_document
from plantrack.views.path_documents import path_object, tracking_document

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from plantrack.audit import Audit
    from plantrack.findings import Finding
    from plantrack.paths import Path
    from plantrack.plan.catalogue import Catalogue
    from plantrack.plan.plan import Plan
    from plantrack.track import Tracking

COLUMNS = {
    "figures": (
        "plan", "figure", "indicator", "indicator_zh", "indicator_en", "unit", "place", "scope", "kind", "at", "from", "to",
        "text", "printed", "bound", "value", "low", "high", "low_closed", "high_closed", "compare_op", "compare_to",
        "compare_by", "section", "heading", "prices", "binding", "note", "file", "line", "column",
    ),
    "findings": (
        "plan", "finding", "code", "name", "level", "severity", "message_zh", "message_en", "figure", "indicator", "place",
        "kind", "at", "from", "to", "text", "should_read_low", "should_read_high", "should_read_count", "in_every",
        "identities", "must_contain", "range_low", "range_high", "section", "file", "line", "column", "waived",
    ),
    "paths": (
        "plan", "indicator", "indicator_zh", "indicator_en", "unit", "place", "scope", "method", "bound", "due", "year",
        "value", "low", "high", "extrapolated", "printed", "rate", "step", "why",
    ),
    "progress": (
        "plan", "as_of", "indicator", "unit", "place", "scope", "from", "to", "base", "target", "bound", "better", "year",
        "actual", "value", "path", "measure", "gap", "gap_low", "gap_high", "years_ahead", "years_ahead_low",
        "years_ahead_high", "observed", "observed_low", "observed_high", "required", "required_low", "required_high",
        "remaining", "remaining_low", "remaining_high", "projected", "projected_low", "projected_high", "status", "why",
    ),
}  # fmt: skip
"""Table -> its columns, in order; docs/export.md tells what stands in them."""

Row = dict[str, Any]


class Table(NamedTuple):
    """Rows with the columns of `COLUMNS[name]`."""

    name: str
    rows: list[Row]


def to_csv(table: Table) -> str:
    """Comma-separated values with a heading row; nothing is an empty cell."""
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\r\n")
    columns = COLUMNS[table.name]
    writer.writerow(columns)
    writer.writerows([_cell(row[column]) for column in columns] for row in table.rows)
    return stream.getvalue()


def _cell(value: object) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    return "" if value is None else as_data(str(value))


def tables_document(tables: Iterable[Table]) -> Document:
    """`export -f json`: each table as a list of records."""
    return {"plantrack": __version__} | {table.name: table.rows for table in tables}


# -- tables --------------------------------------------------------------------------------------


def figures_table(plans: Iterable[Plan], catalogue: Catalogue) -> Table:
    """A row for each figure."""
    return Table("figures", [row for loaded in plans for row in _figures(loaded, catalogue)])


def _figures(loaded: Plan, catalogue: Catalogue) -> Iterator[Row]:
    plan = loaded.model
    shown = show_document(loaded, loaded.figures)["figures"]
    for figure, found in zip(loaded.figures, shown, strict=True):
        indicator = plan.own.get(figure.indicator) or catalogue.indicators[figure.indicator]
        interval = found["interval"] or dict.fromkeys(("low", "high", "low_closed", "high_closed"))
        compared = found["compare"] or {}
        yield {
            **{key: found[key] for key in ("indicator", "place", "kind", "at", "from", "to", "text", "printed", "bound")},
            **{key: found[key] for key in ("file", "line", "column")},
            "plan": plan.plan,
            "figure": found["id"],
            "indicator_zh": indicator.zh,
            "indicator_en": indicator.en,
            "unit": indicator.unit,
            "scope": figure.row.scope,
            "value": float(figure.measure.value) if figure.measure is not None else None,
            "low": _number(interval["low"]),
            "high": _number(interval["high"]),
            "low_closed": interval["low_closed"],
            "high_closed": interval["high_closed"],
            **{f"compare_{key}": compared.get(key) for key in ("op", "to", "by")},
            "section": figure.section,
            "heading": plan.sections.get(figure.section),
            "prices": figure.row.prices,
            "binding": figure.row.binding == "true",
            "note": figure.row.note,
        }  # fmt: skip


def _number(exact: str | None) -> float | None:
    return float(Fraction(exact)) if exact is not None else None


def findings_table(audit: Audit) -> Table:
    """A row for each figure of each finding; one row for a finding that names none."""
    return Table("findings", [row for finding in audit.findings for row in _findings(finding, audit)])


_OF_FIGURE = ("indicator", "place", "kind", "at", "from", "to", "text", "line", "column", "file")


def _findings(finding: Finding, audit: Audit) -> Iterator[Row]:
    found = finding_object(finding, audit)
    plans = {loaded.file: loaded.id for loaded in audit.plans}
    ends = found["range"] or (None, None)
    common = {
        **{key: found[key] for key in ("code", "name", "level", "severity", "must_contain", "file", "line", "column")},
        "plan": plans.get(finding.position.file),
        "finding": found["id"],
        "message_zh": found["messages"]["zh"],
        "message_en": found["messages"]["en"],
        "identities": "; ".join(found["identities"]) or None,
        "range_low": _number(ends[0]),
        "range_high": _number(ends[1]),
        "waived": found["waived"] is not None,
    }  # fmt: skip
    nothing = dict.fromkeys(COLUMNS["findings"]) | common
    if not found["figures"]:
        yield nothing
    for each in found["figures"]:
        read = each["should_read"] or (None, None)
        yield nothing | {
            **{key: each[key] for key in _OF_FIGURE},
            "plan": each["plan"],
            "figure": each["id"],
            "should_read_low": read[0],
            "should_read_high": read[-1],
            "should_read_count": each["should_read_count"],
            "in_every": each["id"] in found["in_every"],
            "section": each["in"],
        }


def paths_table(paths: Iterable[Path]) -> Table:
    """A row for each year of each path; one row with the reason where there is none."""
    return Table("paths", [row for path in paths for row in _path(path)])


def _path(path: Path) -> Iterator[Row]:
    found = path_object(path)
    kept = ("indicator", "unit", "place", "scope", "method", "bound", "due", "rate", "step", "why")
    nothing: Row = dict.fromkeys(COLUMNS["paths"]) | {key: found[key] for key in kept}
    nothing |= {"plan": path.plan, "indicator_zh": path.indicator.zh, "indicator_en": path.indicator.en}
    if not found["years"]:
        yield nothing
    for at, year in enumerate(found["years"]):
        yield nothing | {
            "year": year,
            "value": found["values"][at],
            "low": found["low"][at],
            "high": found["high"][at],
            "extrapolated": path.extrapolated(year),
            "printed": found["printed"].get(str(year)),
        }


_IMPLIED = ("gap", "years_ahead", "observed", "required", "remaining", "projected")


def progress_table(tracking: Tracking) -> Table:
    """A row for each target, with or without an actual."""
    document = tracking_document(tracking, "")
    return Table("progress", [_progress(each, tracking) for each in document["indicators"]])


def _progress(found: Document, tracking: Tracking) -> Row:
    kept = (
        "indicator",
        "unit",
        "place",
        "scope",
        "from",
        "to",
        "base",
        "target",
        "bound",
        "better",
        "measure",
        "status",
    )
    actual, path = found["actual"] or {}, found["path"]
    row: Row = {key: found[key] for key in (*kept, "why")}
    for name in _IMPLIED:
        implied = found[name] or {}
        row |= {
            name: implied.get("nominal"),
            f"{name}_low": implied.get("low"),
            f"{name}_high": implied.get("high"),
        }
    values = dict(zip(path["years"], path["values"], strict=True))
    return row | {
        "plan": tracking.plan,
        "as_of": tracking.year,
        "year": actual.get("year"),
        "actual": actual.get("text"),
        "value": actual.get("value"),
        "path": values.get(actual.get("year")),
    }  # fmt: skip
