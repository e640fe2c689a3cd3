"""The rows of tidy tables of plans that speak of places in common."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from plantrack.audit import audit_plans
from plantrack.audit.blocks import spoken_of
from plantrack.batch.work import read_again
from plantrack.findings import in_order
from plantrack.paths import Wish, project_paths
from plantrack.reading import load_catalogue
from plantrack.views import tidy
from plantrack.views.known import known
from plantrack.waivers import waive

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import date

    from plantrack.audit import Audit
    from plantrack.batch.sources import Family, Source
    from plantrack.findings import Finding
    from plantrack.plan.plan import Plan
    from plantrack.views.tidy import Records

Rows = list[dict[str, object]]
OF_PLANS: dict[str, Callable[[Sequence[Plan]], Records]] = {
    "plans": lambda plans: tidy.plans(map(known, plans)),
    "figures": tidy.figures,
}
OF_AUDITS: dict[str, Callable[[Audit], Records]] = {
    "targets": tidy.targets,
    "implied": tidy.implied,
    "findings": lambda audit: tidy.findings(audit.findings, audit),
}


class Placed(NamedTuple):
    """A plan's id and the places that it speaks of, or the errors of its file."""

    plan: str
    places: frozenset[str] = frozenset()
    errors: tuple[Finding, ...] = ()


def place_source(source: Source) -> Placed:
    read = read_again(source)
    if read.plan is None:
        return Placed("", errors=tuple(in_order(read.errors)))
    return Placed(read.plan.id, spoken_of(read.plan, load_catalogue()).places)


def export_family(
    family: Family, *, tables: Sequence[str], method: str | None, today: date | None
) -> dict[str, Rows]:
    """Of each table the rows of the family."""
    catalogue = load_catalogue()
    plans = [read_again(each).require() for each in family.sources]
    found = {name: make(plans) for name, make in OF_PLANS.items() if name in tables}
    if not OF_AUDITS.keys().isdisjoint(tables):
        audit = waive(audit_plans(plans, catalogue), today=today)
        found |= {name: make(audit) for name, make in OF_AUDITS.items() if name in tables}
    if "paths" in tables:
        paths = (path for each in plans for path in project_paths(each, catalogue, Wish(method=method)))
        found["paths"] = tidy.paths(paths)
    return {name: table.rows for name, table in found.items()}
