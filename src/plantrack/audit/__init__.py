"""The audit: whether all printed figures can be true together, and what each target implies.

In: sound plans and the catalogue. Out: an `Audit` with targets, findings, derived quantities and coverage.

`build` makes the constraint system: figures become `bounds` on variables, laws become `constraints`, `presolve` drops
`free_rows`. `violations` and `minimal_sets` search among `choices` of bounds, `contradictions` takes the independent
ones in turn, `all_conflicts` adds those that the fewest corrections ask for, `conflicts` makes findings of them.
`oracle` answers every question that is reported beside a contradiction (`advice`, `repair`, `corrections`,
`alternatives`). The mathematics is in `plantrack.solver`.

To change: what makes a contradiction a warning or a note in `levels`, what makes it a question in `questions`, a
possible cause in `alternatives`, what is unusual in `plausibility`, the words in `wording`. Decisions are exact;
nothing undecided may be reported as proven.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from functools import cache, partial
from typing import TYPE_CHECKING

from plantrack.audit.averages import averages_of_either_kind, means_outside, rate_gaps, reached_with_gaps
from plantrack.audit.build import Builder
from plantrack.audit.conflicts import find_conflicts, whatever_is_meant
from plantrack.audit.contradictory_laws import find_contradictory_laws, laws_left_out
from plantrack.audit.coverage import Coverage, measure_coverage
from plantrack.audit.derived import Latent, implied_latents
from plantrack.audit.evidence import Evidence
from plantrack.audit.exclusions import finding_of_exclusion
from plantrack.audit.meanings import Meaning, what_meanings_add
from plantrack.audit.plausibility import find_implausible, without_impossible
from plantrack.audit.questions import confirmed, with_questions
from plantrack.audit.targets import Implied, Status, Target, judge_targets, standings
from plantrack.audit.targets_and_derived import each_once
from plantrack.audit.telling import told
from plantrack.audit.whole_counts import find_broken_counts, whole_indicators
from plantrack.results import Result
from plantrack.solver.effort import Effort

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from plantrack.audit.constraint_system import ConstraintSystem
    from plantrack.findings import Finding
    from plantrack.plan.catalogue import Catalogue
    from plantrack.plan.figures import Figure
    from plantrack.plan.model import Indicator
    from plantrack.plan.places import KnownPlace
    from plantrack.plan.plan import Plan

__all__ = ["Audit", "Coverage", "Implied", "Latent", "Meaning", "Status", "Target", "audit_plans"]


@dataclass(frozen=True)
class Audit(Result):
    """What an audit of one or several plans found.

    `measured` are the indicators by name, a plan's own with its id in front.
    """

    plans: tuple[Plan, ...]
    figures: dict[str, Figure]
    measured: dict[str, Indicator]
    targets: tuple[Target, ...]
    findings: tuple[Finding, ...]
    latents: tuple[Latent, ...]
    coverage: Coverage
    standings: dict[str, Status]
    """Id of a target's leading figure -> what the whole audit knows of its row."""
    places: Mapping[str, KnownPlace]
    """Those of the catalogue and of the plans."""
    lines: Mapping[str, int] = field(default_factory=dict)
    """Id of a figure -> its line of the document, where that was read."""

    is_spent: bool = False
    """Whether something was left undecided because the work allowed was done."""

    by_meaning: Callable[[], tuple[Meaning, ...]] = tuple
    """What tells `meanings`: it takes as long as the audit, and not everybody asks."""

    def __repr__(self) -> str:
        levels = Counter(each.level.value for each in self.findings if each.waived is None)
        found = ", ".join(f"{number} {level}(s)" for level, number in levels.items()) or "none"
        return (
            f"<Audit of {', '.join(each.id for each in self.plans)}: {len(self.figures)} figures,"
            f" {len(self.targets)} targets, findings: {found}>"
        )

    @property
    def meanings(self) -> tuple[Meaning, ...]:
        return self.by_meaning()

    def status_of(self, target: Target) -> Status:
        return self.standings[target.figure.id]

    def findings_about(self, target: Target) -> list[Finding]:
        """The findings that concern a figure of the target's row, or one that would do in its place."""
        ids = {figure.id for figure in (*target.figures, *target.ahead)}
        return [
            finding
            for finding in self.findings
            if ids & {*finding.figures, *(finding.proof.replaceable if finding.proof else ())}
        ]


def audit_plans(plans: Sequence[Plan], catalogue: Catalogue, effort: float = 1.0) -> Audit:
    """Audit sound plans together, as one system. `effort` is how many times the usual work may be done.

    What rests on a row to be confirmed is no more than a question.
    """
    ordered = each_once(plans)
    whole = _audit(ordered, catalogue, effort)
    sure = tuple(map(confirmed, ordered))
    return whole if sure == ordered else with_questions(whole, _audit(sure, catalogue, effort))


def _audit(ordered: tuple[Plan, ...], catalogue: Catalogue, effort: float) -> Audit:
    figures = {figure.id: figure for plan in ordered for figure in plan.figures}
    work = Effort(len(figures), effort)
    catalogue = catalogue.of(*(plan.model for plan in ordered))
    build = Builder(ordered, catalogue, work)
    system = build()
    with work.account("laws", len(figures)):
        impossible = find_contradictory_laws(ordered, system)
    if impossible:
        build = Builder(ordered, catalogue, work, laws_left_out(impossible))
        system = build()
    targets = judge_targets(ordered, system)
    conflicts, reached, undecided = find_conflicts(system, whole_indicators(system, catalogue))
    latents = implied_latents(system)
    with work.account("meanings", len(figures)):
        conflicts += whatever_is_meant(ordered, build, system, conflicts)
        if work.is_spent:
            undecided |= system.variables_of_moments()
    conflicts += _exclusions(system, catalogue, conflicts)
    doubts = find_implausible(Evidence(system, latents, targets))
    findings = [*impossible, *without_impossible(conflicts, doubts), *doubts]
    reported = {name for finding in findings for name in finding.figures}
    held = reached_with_gaps(reached, system)
    coverage = measure_coverage(figures.values(), system, held, reported, undecided)
    return told(
        Audit(
            plans=ordered,
            figures=figures,
            measured=system.indicators,
            targets=tuple(targets),
            findings=tuple(findings),
            latents=tuple(latents),
            coverage=coverage,
            is_spent=work.was_spent,
            by_meaning=cache(partial(what_meanings_add, ordered, build, system, conflicts)),
            standings=standings(targets, findings, coverage),
            places=system.places,
        )
    )


def _exclusions(system: ConstraintSystem, catalogue: Catalogue, known: Sequence[Finding]) -> list[Finding]:
    """What figures exclude that is no law between variables, but for the figures of contradictions known."""
    reported = {name for finding in known for name in finding.figures}
    found = [
        finding_of_exclusion(exclusion, system)
        for exclusion in (*rate_gaps(system), *means_outside(system), *averages_of_either_kind(system))
        if reported.isdisjoint(each.id for each in exclusion.bounds)
    ]
    reported |= {name for finding in found for name in finding.figures}
    return [*found, *find_broken_counts(system, catalogue, reported)]
