"""What the pages of a report tell of a plan: its audit, its targets with their paths, its sentences."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from plantrack.audit import audit_plans
from plantrack.audit.merging import part_of
from plantrack.paths import project_paths
from plantrack.views.drawing import draw_path
from plantrack.views.names import Names
from plantrack.views.targets import targets_in_order
from plantrack.waivers import open_findings, waive

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import date

    from plantrack.audit import Audit, Target
    from plantrack.paths import Path
    from plantrack.plan.catalogue import Catalogue
    from plantrack.plan.plan import Plan
    from plantrack.track import Tracking
    from plantrack.views.drawing import Drawing
    from plantrack.views.passages import Passages


class PlanReport(NamedTuple):
    """A plan and all that is told of it; `passages` are those of its document, `tracking` of actuals, where given.

    `audit` is the plan's part of the `whole` audit.
    """

    plan: Plan
    audit: Audit
    whole: Audit
    paths: tuple[Path, ...]
    passages: Passages | None = None
    tracking: Tracking | None = None

    def known_for(self, figures: Iterable[str]) -> Audit:
        """What names figures: of other plans their places and documents as well."""
        is_own = all(self.whole.figures[each].plan == self.plan.id for each in figures)
        return self.audit if is_own else self.whole


def reports_of(plans: Sequence[Plan], catalogue: Catalogue, *, today: date | None) -> Iterator[PlanReport]:
    """What each plan says, without what it waives: by itself, and where it contradicts another one."""
    whole = waive(audit_plans(plans, catalogue), today=today)
    whole = replace(whole, findings=tuple(open_findings(whole.findings)))
    for plan in plans:
        yield PlanReport(plan, part_of(whole, plan), whole, tuple(project_paths(plan, catalogue)))


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
