"""Tidy tables: one row for each figure, target, figure of a finding, year of a path, target tracked.

They are the records of `documents` laid flat, with columns that depend on no language. A column holds numbers
or text, never both. Numbers are in the unit that stands beside them: a share is 4.8 in %, a pace 8.5 in %/年.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, NamedTuple

from plantrack.views.columns import COLUMNS, FURTHER
from plantrack.views.documents import (
    figure_record,
    finding_record,
    latent_record,
    path_record,
    progress_record,
    standing_record,
    target_record,
    traced_record,
)
from plantrack.views.records import BOUND, Amount, attributes, flat, unit_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from plantrack.audit import Audit, Target
    from plantrack.compare import Matrix, Standing
    from plantrack.findings import Finding
    from plantrack.paths import Path
    from plantrack.plan.figures import Figure
    from plantrack.plan.model import PlanModel
    from plantrack.plan.plan import Plan
    from plantrack.trace import Trace
    from plantrack.track import Progress, Tracking
    from plantrack.views.records import Record


class Records(NamedTuple):
    """Rows with the columns of a table of that name."""

    name: str
    rows: list[Record]

    @classmethod
    def of(cls, name: str, records: Iterable[Record]) -> Records:
        return cls(name, [flat(each, (COLUMNS | FURTHER)[name]) for each in records])

    @property
    def columns(self) -> tuple[str, ...]:
        return (COLUMNS | FURTHER)[self.name]


def figures(plans: Iterable[Plan]) -> Records:
    """A row for each figure."""
    return Records.of("figures", (_figure(each, loaded.model) for loaded in plans for each in loaded.figures))


def _figure(figure: Figure, plan: PlanModel) -> Record:
    found, unit = figure_record(figure), unit_of(figure.kind, figure.measures)
    more = attributes(
        figure, "plan figure=id measures scope=row.scope section prices=row.prices note=row.note"
    )
    compared = {f"compare_{key}": value for key, value in (found["compare"] or {}).items()}
    return {
        **found,
        **more,
        **compared,
        "unit": unit,
        "value": Amount(figure, unit),
        "heading": plan.sections.get(figure.section),
        "binding": figure.row.binding == "true",
    }


def targets(audit: Audit) -> Records:
    """A row for each target of an audit, with its verdict and what it implies."""
    return Records.of("targets", (_target(target, audit) for target in audit.targets))


def _target(target: Target, audit: Audit) -> Record:
    section = target.figure.section
    sections = next(plan.model.sections for plan in audit.plans if plan.id == target.figure.plan)
    ids = "figure=figure.id base_figure=base.id target_figure=target.id stated_figure=stated.id"
    where = "measures=indicator scope=figure.row.scope file=figure.position.file line=figure.position.line"
    pace_unit = unit_of(target.measure, target.indicator)
    found = {"pace_unit": pace_unit, "section": section, "heading": sections.get(section)}
    return target_record(target, audit) | attributes(target, ids, where) | found


def implied(audit: Audit) -> Records:
    """A row for each level that is not printed and that figures of an audit imply."""
    return Records.of(
        "implied",
        (
            latent_record(each, audit) | {"measures": audit.measured[each.variable.indicator]}
            for each in audit.latents
        ),
    )


def findings(audit: Audit) -> Records:
    """A row for each figure of each finding; one row for a finding that names none."""
    return Records.of("findings", (row for finding in audit.findings for row in _findings(finding, audit)))


def _findings(finding: Finding, audit: Audit) -> Iterator[Record]:
    plans = {loaded.file: loaded.id for loaded in audit.plans}
    found = _finding(finding, plans.get(finding.position.file), audit)
    in_every = finding.proof.in_every if finding.proof is not None else ()
    for each in found["figures"]:
        read = each["should_read"] or (None, None)
        yield (
            found
            | each
            | {
                "figure": each["id"],
                "should_read_low": read[0],
                "should_read_high": read[-1],
                "in_every": each["id"] in in_every,
                "section": each["in"],
            }
        )
    if not found["figures"]:
        yield found


def _finding(finding: Finding, plan: str | None, audit: Audit | None) -> Record:
    """What all figures of a finding share."""
    found = finding_record(finding, audit)
    low, high = found["range"] or (None, None)
    return found | {
        "plan": plan,
        "finding": finding.id,
        "in_every": None,
        "message_zh": found["messages"]["zh"],
        "message_en": found["messages"]["en"],
        "range_low": Amount(low and Fraction(low), ""),
        "range_high": Amount(high and Fraction(high), ""),
        "waived": finding.waived is not None,
    }


def file_findings(found: Iterable[Finding], plan: PlanModel | None) -> Records:
    """A row for each finding of a plan file or of a trace."""
    name = plan.plan if plan is not None else None
    return Records.of("findings", (_finding(each, name, None) for each in found))


def paths(given: Iterable[Path]) -> Records:
    """A row for each year of each path; one row with the reason where there is none."""
    return Records.of("paths", (row for path in given for row in _path(path)))


def _path(path: Path) -> Iterator[Record]:
    unit = path.indicator.unit
    found = path_record(path) | {"plan": path.plan, "measures": path.indicator}
    for at, year in enumerate(path.years):
        yield found | {
            "year": year,
            "value": Amount(path.values[at], unit),
            "low": Amount(path.low[at], unit),
            "high": Amount(path.high[at], unit),
            "extrapolated": path.extrapolated(year),
            "printed": found["printed"].get(str(year)),
        }
    if not path.years:
        yield found | {"printed": None}


def progress(tracking: Tracking) -> Records:
    """A row for each target, with or without an actual."""
    return Records.of("progress", (_progress(row, tracking) for row in tracking.rows))


def _progress(row: Progress, tracking: Tracking) -> Record:
    path, actual, unit = row.path, row.actual, row.path.indicator.unit
    values = dict(zip(path.years, path.values, strict=True))
    return progress_record(row, tracking.year) | {
        "plan": tracking.plan,
        "as_of": tracking.year,
        "year": actual and actual.year,
        "actual": actual and actual.text,
        "value": Amount(actual.value if actual is not None else None, unit),
        "path": Amount(values.get(actual.year) if actual is not None else None, unit),
        "pace_unit": unit_of(row.pace.measure, path.indicator),
    }


def standings(matrix: Matrix) -> Records:
    """A row for each plan's target for an indicator, with its rank."""
    return Records.of("standings", map(_standing, matrix.standings))


def _standing(standing: Standing) -> Record:
    found = standing_record(standing)
    relative = found["relative"] or dict.fromkeys(("per", "why", "rank"))
    return {
        **found,
        **{f"per_{key}": value for key, value in relative.items()},
        **attributes(standing, "figure=target.figure.id measures=indicator", f"bound=target.{BOUND}"),
        **_ranks("rank", standing.rank),
        **_ranks("per_rank", relative["rank"]),
        "pace_unit": unit_of(standing.measure, standing.indicator),
        "per": relative["per"],
        "why": relative["why"],
    }


def _ranks(name: str, rank: tuple[int, int] | None) -> Record:
    best, worst = rank or (None, None)
    return {f"{name}_best": best, f"{name}_worst": worst}


def places(trace: Trace) -> Records:
    """A row for each figure of a plan, with its place in the document."""
    document = {"plan": trace.plan.plan, "document": trace.document.file}
    return Records.of(
        "places",
        (traced_record(each, trace) | document | {"section": each.figure.section} for each in trace.traced),
    )
