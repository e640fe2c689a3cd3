"""Tidy tables: one row for each figure, target, figure of a finding, year of a path, target tracked.

They are the JSON contracts laid flat, with columns that depend on no language. A column holds numbers
or text, never both. Numbers are in the unit that stands beside them: a share is 4.8 in %, a pace 8.5 in %/年.
"""

from __future__ import annotations

import math
from fractions import Fraction
from typing import TYPE_CHECKING, Any, NamedTuple

from plantrack.numbers.interval import to_float
from plantrack.numbers.words import POINTS, SHARES, TIMES
from plantrack.plan.measures import BARE_UNITS
from plantrack.views.columns import COLUMNS, FURTHER
from plantrack.views.documents import (
    Document,
    finding_object,
    implied_object,
    show_document,
    target_object,
)
from plantrack.views.path_documents import path_object, tracking_document

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from plantrack.audit import Audit, Latent, Target
    from plantrack.compare import Matrix, Standing
    from plantrack.findings import Finding
    from plantrack.paths import Path
    from plantrack.plan.figures import Figure
    from plantrack.plan.model import Indicator, PlanModel
    from plantrack.plan.plan import Plan
    from plantrack.trace import Trace, Traced
    from plantrack.track import Progress, Tracking

Row = dict[str, Any]


class Table(NamedTuple):
    """Rows with the columns of a table of that name."""

    name: str
    rows: list[Row]

    @property
    def columns(self) -> tuple[str, ...]:
        return (COLUMNS | FURTHER)[self.name]


# -- units and times ------------------------------------------------------------------------------

PER_YEAR = "/年"
_YEARLY = ("growth", "annual_change")


def unit_of(kind: str, indicator: Indicator) -> str:
    """The unit of a figure of that kind: 亿元, 亿元/年, 个百分点, %/年."""
    in_points = kind in {"change", "annual_change"} and indicator.unit in {*SHARES, TIMES}
    unit = POINTS[0] if in_points else BARE_UNITS.get(kind, indicator.unit)
    return f"{unit}{PER_YEAR}" if kind in _YEARLY else unit


def _scale(unit: str) -> int:
    """What fractions are multiplied by to be in the unit."""
    return 100 if unit.removesuffix(PER_YEAR) in SHARES else 1


def _in_unit(value: Fraction | float | None, unit: str) -> float | None:
    """A number as it is kept, in the unit that stands beside it; nothing for what no float holds."""
    if value is None:
        return None
    scaled = value * _scale(unit)
    number = to_float(scaled) if isinstance(scaled, Fraction) else scaled
    return number if math.isfinite(number) else None


def _times(at: str | None = None, start: str | None = None, end: str | None = None) -> Row:
    """Whole years as numbers; what is no whole year (2017-09, mid13) makes the text `time`."""
    years = {
        key: int(each) if each is not None and each.isdigit() else None
        for key, each in (("at", at), ("from", start), ("to", end))
    }
    is_whole = all(each is None or each.isdigit() for each in (at, start, end))
    return years | {"time": None if is_whole else at or f"{start}->{end}"}


def _span(start: str, end: str) -> Row:
    times = _times(None, start, end)
    return {key: times[key] for key in ("from", "to", "time")}


def _indicator(indicator: Indicator) -> Row:
    return {"indicator_zh": indicator.zh, "indicator_en": indicator.en, "unit": indicator.unit}


# -- tables --------------------------------------------------------------------------------------


def figures_table(plans: Iterable[Plan]) -> Table:
    """A row for each figure."""
    return Table("figures", [row for loaded in plans for row in _figures(loaded)])


def _figures(loaded: Plan) -> Iterator[Row]:
    plan = loaded.model
    shown = show_document(loaded, loaded.figures)["figures"]
    for figure, found in zip(loaded.figures, shown, strict=True):
        indicator, unit = figure.measures, unit_of(figure.kind, figure.measures)
        compared = found["compare"] or {}
        yield {
            **{key: found[key] for key in ("indicator", "place", "kind", "text", "printed", "bound")},
            **{key: found[key] for key in ("file", "line", "column")},
            **_times(found["at"], found["from"], found["to"]),
            "plan": plan.plan,
            "figure": found["id"],
            **_indicator(indicator),
            "unit": unit,
            "scope": figure.row.scope,
            **_value("value", "", figure, unit),
            "low_closed": figure.measure.interval.low_closed if figure.measure else None,
            "high_closed": figure.measure.interval.high_closed if figure.measure else None,
            **{f"compare_{key}": compared.get(key) for key in ("op", "to", "by")},
            "section": figure.section,
            "heading": plan.sections.get(figure.section),
            "prices": figure.row.prices,
            "binding": figure.row.binding == "true",
            "note": figure.row.note,
        }  # fmt: skip


def _value(name: str, stem: str, figure: Figure | None, unit: str) -> Row:
    """The number that a figure prints, under `name`, and what would be printed so; nothing of a comparison."""
    measure = figure.measure if figure is not None else None
    interval = measure.interval if measure is not None else None
    return {
        name: _in_unit(measure.value, unit) if measure is not None else None,
        f"{stem}low": _in_unit(interval.low, unit) if interval is not None else None,
        f"{stem}high": _in_unit(interval.high, unit) if interval is not None else None,
    }


def targets_table(audit: Audit) -> Table:
    """A row for each target of an audit, with its verdict and what it implies."""
    return Table("targets", [_target(target, audit) for target in audit.targets])


def _target(target: Target, audit: Audit) -> Row:
    figure, indicator = target.figure, target.indicator
    found = target_object(target, audit)
    unit, pace_unit = indicator.unit, unit_of(target.measure, indicator)
    kept = ("plan", "indicator", "place", "bound", "measure", "verdict", "status", "why")
    printed = {"base": target.base, "target": target.target, "stated": target.stated}
    sections = next(plan.model.sections for plan in audit.plans if plan.id == figure.plan)
    return {
        **{key: found[key] for key in kept},
        **_span(target.start, target.due),
        "figure": figure.id,
        **_indicator(indicator),
        "scope": figure.row.scope,
        **_value("base", "base_", target.base, unit),
        **_value("target", "target_", target.target, unit),
        "pace_unit": pace_unit,
        **_value("stated", "stated_", target.stated, pace_unit),
        **_implied_in("implied", implied_object(target.implied), pace_unit),
        **{f"{name}_figure": each.id if each is not None else None for name, each in printed.items()},
        "findings": "; ".join(found["findings"]) or None,
        "section": figure.section,
        "heading": sections.get(figure.section),
        "file": figure.position.file,
        "line": figure.position.line,
    }  # fmt: skip


def _implied_in(name: str, implied: Document | None, unit: str) -> Row:
    """A nominal value and its ends, in a unit."""
    found = implied or {}
    return {
        name: _in_unit(found.get("nominal"), unit),
        f"{name}_low": _in_unit(found.get("low"), unit),
        f"{name}_high": _in_unit(found.get("high"), unit),
    }


def implied_table(audit: Audit) -> Table:
    """A row for each level that is not printed and that figures of an audit imply."""
    return Table("implied", [_latent(each, audit) for each in audit.latents])


def _latent(latent: Latent, audit: Audit) -> Row:
    indicator, interval = audit.measured[latent.variable.indicator], latent.interval
    times = _times(latent.variable.times[0])
    return {
        "indicator": latent.variable.indicator.rpartition("/")[2],
        **_indicator(indicator),
        "place": latent.variable.place,
        "at": times["at"],
        "time": times["time"],
        "low": _in_unit(interval.low, indicator.unit),
        "high": _in_unit(interval.high, indicator.unit),
        "by": "; ".join(each.id for each in latent.by),
    }


def _exact(written: str | None) -> Fraction | None:
    return None if written is None else Fraction(written)


def findings_table(audit: Audit) -> Table:
    """A row for each figure of each finding; one row for a finding that names none."""
    return Table("findings", [row for finding in audit.findings for row in _findings(finding, audit)])


_OF_FIGURE = ("indicator", "place", "kind", "text", "line", "column", "file")


def _findings(finding: Finding, audit: Audit) -> Iterator[Row]:
    plans = {loaded.file: loaded.id for loaded in audit.plans}
    nothing, found = _finding(finding, plans.get(finding.position.file), audit)
    if not found["figures"]:
        yield nothing
    for each in found["figures"]:
        read = each["should_read"] or (None, None)
        yield nothing | {
            **{key: each[key] for key in _OF_FIGURE},
            **_times(each["at"], each["from"], each["to"]),
            "plan": each["plan"],
            "figure": each["id"],
            "should_read_low": read[0],
            "should_read_high": read[-1],
            "should_read_count": each["should_read_count"],
            "in_every": each["id"] in found["in_every"],
            "section": each["in"],
        }


def _finding(finding: Finding, plan: str | None, audit: Audit | None) -> tuple[Row, Document]:
    """A row with what all figures of a finding share, and the finding as JSON has it."""
    found = finding_object(finding, audit)
    ends = found["range"] or (None, None)
    common = {
        **{key: found[key] for key in ("code", "name", "level", "severity", "must_contain", "file", "line", "column")},
        "plan": plan,
        "finding": found["id"],
        "message_zh": found["messages"]["zh"],
        "message_en": found["messages"]["en"],
        "identities": "; ".join(found["identities"]) or None,
        "range_low": _in_unit(_exact(ends[0]), ""),
        "range_high": _in_unit(_exact(ends[1]), ""),
        "waived": found["waived"] is not None,
    }  # fmt: skip
    return dict.fromkeys(COLUMNS["findings"]) | common, found


def file_findings_table(findings: Iterable[Finding], plan: PlanModel | None) -> Table:
    """A row for each finding of a plan file or of a trace."""
    name = plan.plan if plan is not None else None
    return Table("findings", [_finding(each, name, None)[0] for each in findings])


def paths_table(paths: Iterable[Path]) -> Table:
    """A row for each year of each path; one row with the reason where there is none."""
    return Table("paths", [row for path in paths for row in _path(path)])


def _path(path: Path) -> Iterator[Row]:
    found, unit = path_object(path), _unit_of_path(path)
    kept = ("indicator", "kind", "place", "scope", "method", "bound", "due", "why")
    nothing: Row = dict.fromkeys(COLUMNS["paths"]) | {key: found[key] for key in kept}
    nothing |= {"plan": path.plan, "indicator_zh": path.indicator.zh, "indicator_en": path.indicator.en}
    nothing |= {"unit": unit, "rate": _in_unit(path.rate, "%"), "step": _in_unit(path.step, unit)}
    if not found["years"]:
        yield nothing
    for at, year in enumerate(found["years"]):
        yield nothing | {
            "year": year,
            "value": _in_unit(found["values"][at], unit),
            "low": _in_unit(found["low"][at], unit),
            "high": _in_unit(found["high"][at], unit),
            "extrapolated": path.extrapolated(year),
            "printed": found["printed"].get(str(year)),
        }


def _unit_of_path(path: Path) -> str:
    return unit_of("change", path.indicator) if path.kind == "change" else path.indicator.unit


def progress_table(tracking: Tracking) -> Table:
    """A row for each target, with or without an actual."""
    document = tracking_document(tracking, "")
    rows = zip(document["indicators"], tracking.rows, strict=True)
    return Table("progress", [_progress(found, row, tracking) for found, row in rows])


def _progress(found: Document, row: Progress, tracking: Tracking) -> Row:
    kept = ("indicator", "place", "scope", "base", "target", "bound", "better", "measure", "status", "why")
    actual, path, unit = found["actual"] or {}, found["path"], found["unit"]
    pace_unit = unit_of(row.pace.measure, row.target.indicator)
    values = dict(zip(path["years"], path["values"], strict=True))
    return {
        **{key: found[key] for key in kept},
        **_span(found["from"], found["to"]),
        **_implied_in("gap", found["gap"], unit),
        **_implied_in("years_ahead", found["years_ahead"], "年"),
        **_implied_in("observed", found["observed"], pace_unit),
        **_implied_in("required", found["required"], pace_unit),
        **_implied_in("remaining", found["remaining"], pace_unit),
        **_implied_in("projected", found["projected"], unit),
        "plan": tracking.plan,
        "unit": unit,
        "as_of": tracking.year,
        "year": actual.get("year"),
        "actual": actual.get("text"),
        "value": None if "kind" in actual else _in_unit(actual.get("value"), unit),
        "path": _in_unit(values.get(actual.get("year")), unit) if row.path.holds_levels else None,
        "pace_unit": pace_unit,
    }  # fmt: skip


def standings_table(matrix: Matrix) -> Table:
    """A row for each plan's target for an indicator, with its rank."""
    return Table("standings", [_standing(each) for each in matrix.standings])


def _standing(standing: Standing) -> Row:
    target, indicator, relative = standing.target, standing.indicator, standing.relative
    bounded = target.target.measure if target.target is not None else None
    pace_unit = unit_of(standing.measure, indicator)
    row = {
        "plan": standing.plan,
        "figure": target.figure.id,
        "indicator": standing.indicator_id,
        "place": standing.place,
        "scope": standing.scope or None,
        **_indicator(indicator),
        **_span(target.start, target.due),
        **_value("base", "base_", target.base, indicator.unit),
        **_value("target", "target_", target.target, indicator.unit),
        "bound": bounded.numeral.bound if bounded is not None else None,
        "measure": standing.measure,
        "pace_unit": pace_unit,
        **_implied_in("implied", implied_object(standing.implied), pace_unit),
        **_ranks("rank", standing.rank),
        "verdict": target.verdict,
        "note": standing.note or None,
    }
    if relative is None:
        return dict.fromkeys(FURTHER["standings"]) | row
    return row | {
        "per": relative.per,
        "per_unit": relative.unit,
        **_implied_in("per_base", implied_object(relative.base), relative.unit),
        **_implied_in("per_target", implied_object(relative.target), relative.unit),
        **_implied_in("per_growth", implied_object(relative.growth), "%"),
        **_ranks("per_rank", relative.rank),
        "why": relative.why.say("en") if relative.why is not None else None,
    }


def _ranks(name: str, rank: tuple[int, int] | None) -> Row:
    best, worst = rank or (None, None)
    return {f"{name}_best": best, f"{name}_worst": worst}


def places_table(trace: Trace) -> Table:
    """A row for each figure of a plan, with its place in the document."""
    return Table("places", [_place(each, trace) for each in trace.traced])


def _place(traced: Traced, trace: Trace) -> Row:
    figure, place, document = traced.figure, traced.place, trace.document
    return {
        "plan": figure.plan,
        "figure": figure.id,
        "text": figure.text,
        "printed": figure.row.printed,
        "section": figure.section,
        "status": traced.status,
        "document": document.file,
        "line": document.line_at(place.start) if place is not None else None,
        "column": document.column_at(place.start) if place is not None else None,
        "words": document.words_around(place.start, place.end) if place is not None else None,
    }
