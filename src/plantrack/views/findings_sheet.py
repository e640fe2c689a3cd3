"""The worksheet of a plan's findings, a row for each figure that takes part."""

from __future__ import annotations

from typing import TYPE_CHECKING

from plantrack.language import Language, text
from plantrack.plan.figures import KIND_NAMES
from plantrack.views.figures import time_value
from plantrack.views.formulas import EMPTY, Cell, Grid, titles
from plantrack.views.table import LEVELS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from plantrack.audit import Audit
    from plantrack.findings import Finding, Involved
    from plantrack.plan.figures import Figure
    from plantrack.plan.model import PlanModel
    from plantrack.plan.plan import Plan

HEADINGS = (
    text("no."),
    text("code"),
    text("gravity"),
    text("what is wrong"),
    text("roundings to be widened (times)"),
    text("indicator"),
    text("kind"),
    text("time"),
    text("as printed"),
    text("would do from"),
    text("would do to"),
    text("section"),
    text("line"),
    text("waived because"),
)


def findings_of(audit: Audit, loaded: Plan) -> list[Finding]:
    """The findings that concern a plan."""
    plan = loaded.model
    return [
        each
        for each in audit.findings
        if each.position.file == loaded.file or (each.proof is not None and plan.plan in each.proof.plans)
    ]


def findings_grid(audit: Audit, loaded: Plan, language: Language) -> Grid:
    """What `check` finds; the sentence stands in a finding's first row."""
    grid = Grid(text("Findings").say(language), titles(HEADINGS, language), frozen=2)
    for number, finding in enumerate(findings_of(audit, loaded), start=1):
        grid.rows.extend(_rows(number, finding, audit, language))
    if not grid.rows:
        grid.notes.append(text("nothing was found").say(language))
    return grid


def _rows(number: int, finding: Finding, audit: Audit, language: Language) -> Iterator[tuple[Cell, ...]]:
    head = (Cell(number), Cell(finding.code.code), Cell(LEVELS[finding.level].say(language)))
    involved: Sequence[Involved] = finding.proof.involved if finding.proof is not None else ()
    severity = finding.proof.severity if finding.proof is not None else None
    waived = Cell(finding.waived.reason if finding.waived is not None else None)
    first = (Cell(finding.message.say(language)), Cell(severity, "0.00"))
    if not involved:
        yield (*head, *first, *[EMPTY] * 7, Cell(finding.position.line), waived)
    for at, each in enumerate(involved):
        yield (*head, *(first if at == 0 else (EMPTY, EMPTY)), *_figure(each, audit, language), waived)


def _plan_of(figure: Figure, audit: Audit) -> PlanModel:
    (plan,) = (each.model for each in audit.plans if each.id == figure.plan)
    return plan


def _figure(involved: Involved, audit: Audit, language: Language) -> tuple[Cell, ...]:
    figure = audit.figures[involved.figure]
    said = figure.text if figure.relation is None else figure.relation.words.say(language)
    ends = involved.should_read or (None, None)
    plan = _plan_of(figure, audit)
    return (
        Cell(figure.measures.name.say(language)),
        Cell(KIND_NAMES[figure.kind].say(language)),
        Cell("–".join(str(time_value(time, plan, language)) for time in figure.times)),
        Cell(said),
        Cell(ends[0]),
        Cell(ends[-1]),
        Cell(plan.sections.get(figure.section, figure.section)),
        Cell(figure.position.line),
    )
