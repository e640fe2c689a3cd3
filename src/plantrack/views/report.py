"""What the pages of a report tell of a plan: its audit, its targets with their paths, its sentences."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from plantrack.audit import audit_plans
from plantrack.paths import project_paths
from plantrack.views.drawing import draw_path
from plantrack.views.names import Names
from plantrack.views.targets import targets_in_order
from plantrack.waivers import open_findings, waive

if TYPE_CHECKING:
    from datetime import date

    from plantrack.audit import Audit, Target
    from plantrack.paths import Path
    from plantrack.plan.catalogue import Catalogue
    from plantrack.plan.plan import Plan
    from plantrack.track import Tracking
    from plantrack.views.drawing import Drawing
    from plantrack.views.passages import Passages


class PlanReport(NamedTuple):
    """A plan and all that is told of it; `passages` are those of its document, `tracking` of actuals, where given."""

    plan: Plan
    audit: Audit
    paths: tuple[Path, ...]
    passages: Passages | None = None
    tracking: Tracking | None = None


def report_of(plan: Plan, catalogue: Catalogue, *, today: date | None) -> PlanReport:
    """What a plan says by itself, without what it waives.

    Its page is the same whatever other plans are beside it, and the time that pages take grows with their number.
    """
    audit = waive(audit_plans([plan], catalogue), today=today)
    audit = replace(audit, findings=tuple(open_findings(audit.findings)))
    return PlanReport(plan, audit, tuple(project_paths(plan, catalogue)))


def drawn_targets(one: PlanReport, catalogue: Catalogue) -> list[tuple[Target, Drawing | None]]:
    """The targets of the table in its order, each with its path where it has one."""
    names = Names(one.plan.model, catalogue)
    drawings = {
        path.target.id: draw_path(path, (), names)
        for path in one.paths
        if path.why is None and path.target is not None
    }
    targets = targets_in_order(one.audit, one.plan.model)
    return [(each, drawings.get(each.target.id if each.target is not None else "")) for each in targets]
