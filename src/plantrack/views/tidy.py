"""Tidy tables: one row for each plan, figure, target, figure of a finding, year of a path, target tracked.

They are the records of `documents` laid flat, with columns that depend on no language. A column holds numbers
or text, never both. Numbers are in the unit that stands beside them: a share is 4.8 in %, a pace 8.5 in %/年.
"""

from __future__ import annotations

import re
from fractions import Fraction
from typing import TYPE_CHECKING, NamedTuple, ParamSpec

from plantrack.views.documents import (
    figure_record,
    finding_record,
    latent_record,
    path_record,
    progress_record,
    standing_record,
    target_record,
    traced_record,
    unused_records,
)
from plantrack.views.records import BOUND, Amount, attribute, attributes, flat, unit_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from plantrack.audit import Audit
    from plantrack.compare import Matrix
    from plantrack.findings import Finding
    from plantrack.paths import Path
    from plantrack.plan.figures import Figure
    from plantrack.plan.plan import Plan
    from plantrack.trace import Trace
    from plantrack.track import Tracking
    from plantrack.views.known import Known
    from plantrack.views.records import Record


_P = ParamSpec("_P")


def _expanded(tables: dict[str, str]) -> dict[str, tuple[str, ...]]:
    """The columns of tables, `base*` being the number and the ends of its interval: base, base_low, base_high."""
    with_ends = {name: re.sub(r"(\w+)\*", r"\1 \1_low \1_high", columns) for name, columns in tables.items()}
    return {name: tuple(columns.split()) for name, columns in with_ends.items()}


COLUMNS = _expanded(
    {
        "plans": "plan title_zh title_en place from to document issued figures file",
        "figures": """plan figure indicator indicator_zh indicator_en unit place scope kind at from to time text
            printed bound value low high low_closed high_closed compare_op compare_to compare_by section
            heading prices binding note file line column""",
        "targets": """plan figure indicator indicator_zh indicator_en unit place scope from to time base* target* bound
            measure pace_unit stated* implied* verdict status why base_figure target_figure stated_figure
            findings section heading file line""",
        "implied": "indicator indicator_zh indicator_en unit place at time low high by",
        "findings": """plan finding code name level severity message_zh message_en about figure indicator
            place kind at from to time text should_read_low should_read_high should_read_count in_every
            identities must_contain range_low range_high section file line column waived waived_on waived_because""",
        "paths": """plan indicator indicator_zh indicator_en unit place scope method bound due year value low high
            extrapolated printed rate step why kind""",
        "progress": """plan as_of indicator unit place scope from to time base target bound better year actual value
            path measure pace_unit gap* years_ahead* observed* required* remaining* projected* status why""",
        "within_year": """plan indicator indicator_zh indicator_en unit place scope kind year first_month last_month
            actual value asked completion share before compare_op compare_to compare_by other indicative status why""",
    }
)
"""Table -> its columns, in order; docs/export.md tells what stands in them. `FURTHER` are not of `export`."""
FURTHER = _expanded(
    {
        "standings": """plan figure indicator indicator_zh indicator_en unit place scope from to time base* target*
            bound
            measure pace_unit implied* rank_best rank_worst verdict per per_unit per_base* per_target*
            per_growth* per_rank_best per_rank_worst why note""",
        "places": "plan figure text printed section status document line column words",
    }
)
_WHOLE = {
    "at", "from", "to", "year", "as_of", "due", "line", "column", "should_read_count", "must_contain",
    "rank_best", "rank_worst", "per_rank_best", "per_rank_worst", "first_month", "last_month", "figures",
}  # fmt: skip
_FLAGS = {"indicative", "low_closed", "high_closed", "binding", "in_every", "waived", "extrapolated"}
_NUMBERS = {
    "value",
    "low",
    "high",
    "severity",
    "rate",
    "step",
    "path",
    "asked",
    "other",
    "completion",
    "share",
    "before",
}


def type_of(table: str, column: str) -> type:
    """What a column holds beside nothing: whole numbers, truth values, numbers, as all do that have ends, or text."""
    if column in _WHOLE | _FLAGS:
        return int if column in _WHOLE else bool
    has_ends = f"{column}_low" in (COLUMNS | FURTHER)[table] or column.endswith(("_low", "_high"))
    is_number = column in _NUMBERS or (has_ends and not column.startswith("should_read"))
    return float if is_number else str


_PACES = {"stated", "implied", "observed", "required", "remaining"}
_UNITS = {"rate": "%/年", "per_growth": "%/年", "years_ahead": "年", "severity": "1", "range": "1"}


def unit_of_column(table: str, column: str) -> str | None:
    """The unit of a column of numbers, or `column:` and the column beside it that holds it."""
    stem = re.sub(r"_(low|high)$", "", column)
    if type_of(table, column) is not float or stem in _UNITS:
        return _UNITS.get(stem)
    beside = "pace_unit" if stem in _PACES else "per_unit" if stem.startswith("per_") else "unit"
    return f"column:{beside}"


class Records(NamedTuple):
    name: str
    columns: tuple[str, ...]
    rows: list[Record]


def _table(name: str) -> Callable[[Callable[_P, Iterable[Record]]], Callable[_P, Records]]:
    """What is yielded, laid flat into the columns of that table."""
    columns = (COLUMNS | FURTHER)[name]

    def decorate(function: Callable[_P, Iterable[Record]]) -> Callable[_P, Records]:
        def table(*results: _P.args, **more: _P.kwargs) -> Records:
            return Records(name, columns, [flat(each, columns) for each in function(*results, **more)])

        return table

    return decorate


@_table("plans")
def plans(known: Iterable[Known]) -> Iterator[Record]:
    """A row for each plan file; of one that is no plan only how many figures were read, and where."""
    named = "plan title_zh=title.zh title_en=title.en place from=base to=target"
    yield from (attributes(each, named, "document issued figures file") for each in known)


@_table("figures")
def figures(plans: Iterable[Plan], chosen: Iterable[Figure] | None = None) -> Iterator[Record]:
    """A row for each figure of the plans, or for those chosen of one plan."""
    for plan, figure in (
        (loaded.model, each) for loaded in plans for each in (loaded.figures if chosen is None else chosen)
    ):
        found, unit = figure_record(figure), unit_of(figure.measured_kind, figure.measures)
        more = "plan figure=id measures scope=row.scope prices=row.prices note=row.note"
        compared = {f"compare_{key}": value for key, value in (found["compare"] or {}).items()}
        yield {
            **(found | attributes(figure, more) | compared),
            "unit": unit,
            "value": Amount(figure, unit),
            "heading": plan.sections.get(figure.section),
            "binding": figure.row.binding == "true",
        }


@_table("targets")
def targets(audit: Audit) -> Iterator[Record]:
    sections = {plan.id: plan.model.sections for plan in audit.plans}
    ids = "figure=figure.id base_figure=base.id target_figure=target.id stated_figure=stated.id"
    where = "measures=indicator scope=figure.row.scope file=figure.position.file line=figure.position.line"
    for target in audit.targets:
        found = target_record(target, audit) | attributes(target, ids, where)
        heading = sections[target.figure.plan].get(target.figure.section)
        yield found | {"pace_unit": unit_of(target.measure, target.indicator), "heading": heading}


@_table("implied")
def implied(audit: Audit) -> Iterator[Record]:
    for each in audit.latents:
        yield latent_record(each, audit) | {"measures": audit.measured[each.variable.indicator]}


@_table("findings")
def findings(
    given: Iterable[Finding], audit: Audit | None = None, plan: str | None = None
) -> Iterator[Record]:
    """A row for each figure of each finding; one row for a finding that names none.

    Whose they are is told by the audit; where there is none, they are of that plan.
    """
    plans = {loaded.file: loaded.id for loaded in audit.plans} if audit is not None else {}
    for finding in given:
        found = _finding(finding, plans.get(finding.position.file, plan), audit)
        in_every = finding.proof.in_every if finding.proof is not None else ()
        for each in found["figures"]:
            read, figure = each["should_read"] or (None, None), each["id"]
            ends = {"should_read_low": read[0], "should_read_high": read[-1]}
            yield found | each | ends | {"figure": figure, "in_every": figure in in_every}
        if not found["figures"]:
            yield found


def _finite(end: str | None) -> Fraction | None:
    """An end of a range as a number; none where it is too large for the floats that told it."""
    return None if end is None or "inf" in end else Fraction(end)


def _finding(finding: Finding, plan: str | None, audit: Audit | None) -> Record:
    """What all figures of a finding share."""
    found = finding_record(finding, audit)
    low, high = (_finite(end) for end in found["range"] or (None, None))
    messages = {f"message_{language}": said for language, said in found["messages"].items()}
    ends = {"range_low": Amount(low, ""), "range_high": Amount(high, "")}
    more = {"plan": plan, "finding": finding.id, "in_every": None, "waived": finding.waived is not None}
    waiver = attributes(finding, "about waived_on=waived.date waived_because=waived.reason")
    return found | messages | ends | more | waiver


@_table("paths")
def paths(given: Iterable[Path]) -> Iterator[Record]:
    """A row for each year of each path; one row with the reason where there is none."""
    for path in given:
        found, unit = path_record(path), path.indicator.unit
        unit = unit_of("change", path.indicator) if path.kind == "change" else unit
        unit = f"{path.years[0]}=100" if path.kind == "index" and path.years else unit
        whole = found | {"plan": path.plan, "measures": path.indicator, "unit": unit, "printed": None}
        for year, *ends in zip(path.years, path.values, path.low, path.high, strict=True):
            values = zip(("value", "low", "high"), ends, strict=True)
            yield {
                **whole,
                **{key: Amount(end, unit) for key, end in values},
                "year": year,
                "extrapolated": path.extrapolated(year),
                "printed": found["printed"].get(str(year)),
            }
        if not path.years:
            yield whole


@_table("progress")
def progress(tracking: Tracking) -> Iterator[Record]:
    for row in tracking.rows:
        found, year = progress_record(row, tracking.year), attribute(row, "actual.year")
        values, unit = row.due_by_year, row.target.indicator.unit
        yield {
            **found,
            **attributes(row, "plan=path.plan year=actual.year actual=actual.text"),
            "as_of": tracking.year,
            "value": Amount(row.actual.value if row.actual and row.actual.kind == "level" else None, unit),
            "path": Amount(values.get(year), unit),
            "pace_unit": unit_of(row.pace.measure, row.target.indicator),
        }


@_table("within_year")
def within_year(tracking: Tracking) -> Iterator[Record]:
    """A row for each indicator of whose running year months are given."""
    for row in tracking.rows:
        if (found := row.within) is None:
            continue
        unit = unit_of("growth" if found.sort == "growth" else "level", row.target.indicator)
        first, last = found.actual.months or (None, None)
        shares = {key: Amount(getattr(found, key), "%") for key in ("completion", "share", "before")}
        yield {
            **attributes(row, "plan=path.plan indicator=path.indicator_id place=path.place scope=path.scope"),
            **attributes(
                found, "kind=sort year=actual.year actual=actual.text status indicative=is_indicative why"
            ),
            "measures": row.target.indicator,
            "unit": unit,
            "first_month": first,
            "last_month": last,
            "value": Amount(found.actual.measure.value, unit),
            "asked": Amount(found.asked, unit),
            "other": Amount(found.other and found.other.measure.value, unit),
            **{f"compare_{key}": attribute(found, f"relation.{name}") for key, name in _COMPARED.items()},
            **shares,
        }


_COMPARED = {"op": "operator", "to": "to", "by": "by"}


@_table("standings")
def standings(matrix: Matrix) -> Iterator[Record]:
    """A row for each plan's target for an indicator, with its rank."""
    for standing in matrix.standings:
        found = standing_record(standing)
        relative = found["relative"] or dict.fromkeys(("per", "why", "rank"))
        yield {
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


@_table("places")
def places(traces: Iterable[Trace]) -> Iterator[Record]:
    """A row for each figure, and for each number of the document that none uses."""
    for trace in traces:
        of = {"plan": trace.plan.plan, "document": trace.document.file}
        for each in trace.traced:
            yield traced_record(each, trace) | of
        for record in unused_records(trace):
            yield record | of | {"status": "unused"}
