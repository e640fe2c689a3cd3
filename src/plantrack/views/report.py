"""What the pages of a report tell of a plan: its share of an audit, its targets with their paths, its sentences."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from plantrack.audit import audit_plans
from plantrack.paths import project_paths
from plantrack.views.drawing import draw_path
from plantrack.views.names import Names
from plantrack.views.targets import targets_in_order
from plantrack.waivers import waive

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import date

    from plantrack.audit import Audit, Coverage, Target
    from plantrack.findings import Finding
    from plantrack.paths import Path
    from plantrack.plan.catalogue import Catalogue
    from plantrack.plan.plan import Plan
    from plantrack.views.drawing import Drawing
    from plantrack.views.passages import Passages


class PlanReport(NamedTuple):
    """A plan and all that is told of it; `audit` is its share of the audit, `passages` those of its document."""

    plan: Plan
    audit: Audit
    paths: tuple[Path, ...]
    passages: Passages | None = None


def reports_of(plans: Sequence[Plan], catalogue: Catalogue, *, today: date | None) -> Iterator[PlanReport]:
    """What plans say together, plan by plan: without what is waived, and without sentences."""
    audit = waive(audit_plans(plans, catalogue), today=today)
    for plan in plans:
        yield PlanReport(plan, share_of(audit, plan), tuple(project_paths(plan, catalogue)))


def share_of(audit: Audit, plan: Plan) -> Audit:
    """What an audit of several plans found about one of them; the figures stay those of all."""
    targets = tuple(each for each in audit.targets if each.figure.plan == plan.id)
    return replace(
        audit,
        plans=(plan,),
        targets=targets,
        findings=tuple(each for each in audit.findings if _concerns(each, plan)),
        coverage=_coverage_of(audit.coverage, plan),
        by_meaning=lambda: tuple(each for each in audit.meanings if each.plan == plan.id),
    )


def _concerns(finding: Finding, plan: Plan) -> bool:
    in_proof = finding.proof is not None and plan.id in finding.proof.plans
    return finding.waived is None and (in_proof or finding.position.file == plan.file)


def _coverage_of(coverage: Coverage, plan: Plan) -> Coverage:
    ids = frozenset(each.id for each in plan.figures)
    checked, opened = coverage.checked & ids, coverage.open & ids
    unchecked = tuple(each for each in coverage.unchecked if each.figure.id in ids)
    undetermined = tuple(each for each in coverage.undetermined if each.figure.id in ids)
    return coverage._replace(
        figures=len(plan.figures),
        in_some_law=len(checked),
        complete=coverage.complete or not opened,
        unchecked=unchecked,
        undetermined=undetermined,
        checked=checked,
        open=opened,
    )


def with_plans_of(finding: Finding, share: Audit, plans: Iterable[Plan]) -> Audit:
    """The share of a plan, with the other plans whose figures stand in a finding: their sections have names."""
    named = finding.proof.plans if finding.proof is not None else ()
    others = (each for each in plans if each.id in named and each not in share.plans)
    return replace(share, plans=(*share.plans, *others))


def drawn_targets(one: PlanReport, catalogue: Catalogue) -> list[tuple[Target, Drawing | None]]:
    """The targets of the table in its order, each with its path where it has one."""
    names = Names(one.plan.model, catalogue)
    drawings = {
        path.target.id: draw_path(path, (), names)
        for path in one.paths
        if path.why is None and path.target is not None
    }
    targets: Sequence[Target] = targets_in_order(one.audit, one.plan.model)
    return [(each, drawings.get(each.target.id if each.target is not None else "")) for each in targets]
