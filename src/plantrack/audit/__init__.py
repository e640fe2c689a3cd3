"""The audit: whether all printed figures can be true together, and what each target implies."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from plantrack.audit.conflicts import find_conflicts
from plantrack.audit.coverage import Coverage, measure_coverage
from plantrack.audit.system import build_system, indicator_of
from plantrack.audit.targets import Implied, Target, judge_targets
from plantrack.times import read_time

if TYPE_CHECKING:
    from collections.abc import Sequence

    from plantrack.catalogue import Catalogue
    from plantrack.figures import Figure
    from plantrack.findings import Finding
    from plantrack.loading import LoadedPlan
    from plantrack.plan import Indicator

__all__ = ["Audit", "Coverage", "Implied", "Target", "audit_plans"]


class Audit(NamedTuple):
    """What an audit of one or several plans found.

    `indicators` tells, figure by figure, what it measures.
    """

    plans: tuple[LoadedPlan, ...]
    figures: dict[str, Figure]
    indicators: dict[str, Indicator]
    targets: tuple[Target, ...]
    findings: tuple[Finding, ...]
    coverage: Coverage

    def findings_about(self, target: Target) -> list[Finding]:
        """The findings that concern a figure of the target's row."""
        ids = {figure.id for figure in target.figures}
        return [
            finding
            for finding in self.findings
            if finding.proof and ids & {each.figure for each in finding.proof.involved}
        ]


def audit_plans(plans: Sequence[LoadedPlan], catalogue: Catalogue) -> Audit:
    """Audit plans together, as one system. The order of the plans changes nothing.

    Args:
        plans: plans that were read without error; a plan given twice counts once.
        catalogue: units, indicators, laws.
    """
    unique = {loaded.plan.plan: loaded for loaded in plans if loaded.plan is not None}
    loaded_plans = [unique[name] for name in sorted(unique)]
    figures = {figure.id: figure for loaded in loaded_plans for figure in loaded.figures}
    indicators = {
        figure.id: indicator_of(figure, loaded, catalogue)
        for loaded in loaded_plans
        for figure in loaded.figures
    }
    system = build_system(loaded_plans, catalogue)
    statements = {each.id: each for column in system.statements.values() for each in column}
    base_years = {loaded.plan.plan: int(loaded.plan.base) for loaded in loaded_plans if loaded.plan}
    targets = [
        target
        for loaded in loaded_plans
        if loaded.plan is not None
        for target in judge_targets(
            loaded.figures, statements, indicators, read_time(loaded.plan.base), figures.values()
        )
    ]
    findings, undecided = find_conflicts(system, base_years)
    coverage = measure_coverage(figures.values(), system, undecided)
    return Audit(tuple(loaded_plans), figures, indicators, tuple(targets), tuple(findings), coverage)
