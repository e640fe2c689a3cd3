"""The audit of one block: its plans as one system, what it leaves for others, and what they leave for it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

from plantrack.audit.agreed import is_narrower, together
from plantrack.audit.averages import reached_with_gaps
from plantrack.audit.beyond_laws import find_beyond_laws, may_exclude_several
from plantrack.audit.block_systems import Setting, System
from plantrack.audit.conflicts import find_conflicts, gravest_first, reached_in, whatever_is_meant
from plantrack.audit.constraint_system import variables_of_moments
from plantrack.audit.coverage import Coverage, measure_coverage
from plantrack.audit.derived import implied_latents
from plantrack.audit.evidence import Evidence
from plantrack.audit.exclusions import least
from plantrack.audit.meanings import what_meanings_add
from plantrack.audit.plausibility import find_implausible, without_impossible
from plantrack.audit.projections import (
    holds_with,
    is_shared,
    linking_variables,
    parts_near,
    projections,
    tightened,
    where_joined,
)
from plantrack.audit.result import Audit
from plantrack.audit.targets import judge_targets, standings
from plantrack.numbers.interval import ANY
from plantrack.reading import load_catalogue

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from collections.abc import Set as AbstractSet

    from plantrack.audit.agreed import Agreed, Agreement, Side
    from plantrack.audit.block_systems import Block
    from plantrack.audit.bounds import PrintedBound
    from plantrack.audit.conflicts import Conflicts
    from plantrack.audit.constraint_system import ConstraintSystem
    from plantrack.audit.meanings import Meaning
    from plantrack.audit.projections import Projection
    from plantrack.audit.proofs import Conflict
    from plantrack.audit.result import Run
    from plantrack.findings import Finding
    from plantrack.solver.variables import Variable


class Link(NamedTuple):
    """What others need of a block, in plain data.

    `excluded` are the fewest figures, by id, without which all others can be true: what is left is projected.
    `asked` are the variables of its system at places that other blocks are about.
    """

    excluded: frozenset[str]
    linking: tuple[Variable, ...] = ()
    """What is asked of it."""
    projections: tuple[Projection, ...] = ()
    asked: frozenset[Variable] = frozenset()

    def with_projections(self, more: Iterable[Projection]) -> Link:
        """The same with narrower intervals of some quantities."""
        found = {each.variable: each for each in self.projections} | {each.variable: each for each in more}
        return self._replace(projections=tuple(found.values()))


class OfLaws(NamedTuple):
    """What laws decide in a block alone: contradictions, the figures of these and of those not told, what is open."""

    contradictions: tuple[Finding, ...]
    figures: frozenset[str]
    undecided: frozenset[Variable]


class BlockAudit(NamedTuple):
    """What is found in a block alone."""

    audit: Audit
    of_laws: OfLaws | None
    link: Link


def audit_block(plans: Block, *, setting: Setting) -> BlockAudit:
    """Audit a block alone, and project what is left onto what it says of shared places, but its own."""
    of = System.of(plans, setting)
    if setting.only_together and len(plans) == 1:
        return _of_one_plan(of)
    of_laws, found = _of_laws(of)
    audit = _audit(of, of.system, of_laws, found.reached)
    return BlockAudit(audit, of_laws, _link(of, of.system, found.excluded))


def _of_laws(of: System) -> tuple[OfLaws, Conflicts]:
    """What laws decide in a block, and what a search of its contradictions tells besides."""
    asked = _is_of_several if of.setting.only_together else None
    found = find_conflicts(of.system, of.wholes, asked=asked)
    conflicts, undecided = found.findings, found.undecided
    with of.effort.account("meanings", len(of.figures)):
        conflicts += whatever_is_meant(of.plans, of.build, of.system, found.figures)
        if of.effort.is_spent:
            undecided |= variables_of_moments(of.system)
    figures = found.figures.union(*(each.figures for each in conflicts))
    return OfLaws(tuple(conflicts), figures, undecided), found


def _of_one_plan(of: System) -> BlockAudit:
    """The same of one plan of which nothing is told by itself: what hangs together with what others may speak of.

    The rest says nothing of that. Where the work runs out, all is searched: accounts are shared by all.
    """
    shared = of.setting.shared.places
    system = where_joined(of.system, lambda part: any(each.place in shared for each in part))
    excluded = find_conflicts(system, of.wholes, asked=lambda _: False).excluded
    if of.effort.was_spent:
        of.effort.again()
        excluded = find_conflicts(of.system, of.wholes, asked=lambda _: False).excluded
    return BlockAudit(of_findings(()), None, _link(of, system, excluded))


def _link(of: System, system: ConstraintSystem, excluded: AbstractSet[PrintedBound]) -> Link:
    """What others need of a block, whose system, or as much of it as concerns them, is given."""
    shared = of.setting.shared
    link = Link(frozenset(each.id for each in excluded))
    if not (elsewhere := shared.places - of.places):
        return link
    linking = linking_variables(system, elsewhere, of.common)
    asked = (each for each in system.domains if is_shared(each, shared.owned - of.places))
    with of.effort.account("links", len(of.figures)):
        projected = projections(system.without(frozenset(excluded)), linking)
    return link._replace(linking=tuple(linking), projections=projected, asked=frozenset(asked))


def _is_of_several(conflict: Conflict) -> bool:
    return len({each.figure.plan for each in conflict.proof.bounds}) > 1


def _is_about_several(finding: Finding) -> bool:
    return finding.proof is not None and len(finding.proof.plans) > 1


def _audit(of: System, system: ConstraintSystem, of_laws: OfLaws, reached: AbstractSet[str]) -> Audit:
    """All that is told of a block; the system may know what others print. What concerns only them is left to them."""

    def own(findings: Iterable[Finding]) -> list[Finding]:
        return [each for each in findings if not of.figures.keys().isdisjoint(each.figures)]

    conflicts = [
        *of_laws.contradictions,
        *own(find_beyond_laws(system, of.setting.catalogue, of_laws.figures)),
    ]
    if of.setting.only_together:
        return of_findings(filter(_is_about_several, conflicts))
    targets = judge_targets(of.plans, system)
    latents = [each for each in implied_latents(system) if any(bound.id in of.figures for bound in each.by)]
    doubts = own(find_implausible(Evidence(system, latents, targets)))
    findings = gravest_first([*of.impossible, *without_impossible(conflicts, doubts), *doubts])
    reported = {name for finding in findings for name in finding.figures}
    held = reached_with_gaps(reached, system)
    coverage = measure_coverage(of.figures.values(), system, held, reported, of_laws.undecided)
    return Audit(
        plans=of.plans,
        figures=of.figures,
        measured=of.system.indicators,
        targets=tuple(targets),
        findings=findings,
        latents=tuple(latents),
        coverage=coverage,
        spent=of.effort.times if of.effort.was_spent else 0.0,
        by_meaning=_ByMeaning(of.plans, of.effort.times, tuple(conflicts), of),
        standings=standings(targets, findings, coverage),
        places=system.places,
    )


def of_findings(findings: Iterable[Finding]) -> Audit:
    """Findings alone, without what they are about: little to be sent elsewhere."""
    nothing = Coverage(0, 0, complete=True, unchecked=(), undetermined=())
    return Audit((), {}, {}, (), tuple(findings), (), nothing, {}, {})


@dataclass
class _ByMeaning:
    """What tells meanings when they are asked for, once; sent elsewhere it leaves its system, and makes it anew."""

    plans: Block
    effort: float
    known: tuple[Finding, ...]
    of: System | None
    found: tuple[Meaning, ...] | None = None

    def __call__(self, _: Run) -> tuple[Meaning, ...]:
        if self.found is None:
            of = self.of or System.of(self.plans, Setting(load_catalogue(), self.effort))
            self.found = what_meanings_add(of.plans, of.build, of.system, self.known)
        return self.found

    def __getstate__(self) -> dict[str, object]:
        return self.__dict__ | {"of": None}


def project_block(
    plans: Block,
    link: Link,
    *,
    setting: Setting,
    asked: AbstractSet[Variable],
) -> Link:
    """What a block leaves for quantities of its own places, too, that others speak of."""
    of = System.of(plans, setting)
    left = of.system.without(of.bounds_of(link.excluded))
    here = sorted(each for each in asked & left.domains.keys() if each.place in of.places)
    with of.effort.account("links", len(of.figures)):
        found = projections(left, here)
    return link._replace(linking=(*link.linking, *here), projections=(*link.projections, *found))


class Tightened(NamedTuple):
    """What a block leaves with what others leave it, and sets of blocks that contradict it, itself not counted."""

    projections: tuple[Projection, ...] = ()
    against: tuple[frozenset[int], ...] = ()


def tighten_block(
    number: int,
    plans: Block,
    link: Link,
    *,
    setting: Setting,
    agreement: Agreement,
) -> Tightened:
    """Hold a block, by its number, against what others leave for its quantities."""
    of = System.of(plans, setting)
    with of.effort.account("links", len(of.figures)):
        return _tightened(number, of, link, agreement.known_in(of.system.domains))


def _tightened(number: int, of: System, link: Link, known: Mapping[Variable, Agreed]) -> Tightened:
    sides = {each: ends for each, agreed in known.items() if (ends := agreed.sides_for(number))}
    if not sides:
        return Tightened()
    left = of.system.with_variables(sides).without(of.bounds_of(link.excluded))
    own = {each.variable: each.interval for each in link.projections}
    found: list[Projection] = []
    against: list[frozenset[int]] = []
    for variables, part in parts_near(left, sides):
        every = [each for variable in variables for each in sides[variable]]
        if _is_excluded(every, part):
            those = least(every, partial(_is_excluded, part=part))
            against.append(frozenset().union(*(each.blocks for each in those)))
            continue
        news = {
            each: sides[each] for each in variables if is_narrower(known[each].interval, own.get(each, ANY))
        }
        if news:
            found += tightened(part, filter(part.domains.__contains__, link.linking), news)
    return Tightened(tuple(found), tuple(against))


def _is_excluded(sides: Sequence[Side], part: ConstraintSystem) -> bool:
    return holds_with(part, together(sides)) is False


def hold_block(  # noqa: PLR0913 - the last two are the same for all blocks
    number: int,
    plans: Block,
    alone: BlockAudit,
    link: Link,
    *,
    setting: Setting,
    agreement: Agreement,
) -> tuple[Audit, Tightened]:
    """The same, and what is told of a block by who knows what others print of its quantities."""
    of = System.of(plans, setting)
    known = agreement.known_in(of.system.domains)
    beside = [each for agreed in known.values() for each in agreed.printed_beside(number)]
    audit = alone.audit
    if beside:
        audit = _audit_beside(of, _with_others(beside, of.system), alone)
    with of.effort.account("links", len(of.figures)):
        return audit, _tightened(number, of, link, known)


def _audit_beside(of: System, system: ConstraintSystem, alone: BlockAudit) -> Audit:
    """What is told of a block with what others print; what laws decide in it is asked for only where that matters."""
    if of.setting.only_together and not may_exclude_several(system, of.setting.catalogue):
        return alone.audit
    of_laws = alone.of_laws or _of_laws(of)[0]
    return _audit(of, system, of_laws, reached_in(system.closed()))


def _with_others(beside: Sequence[PrintedBound], system: ConstraintSystem) -> ConstraintSystem:
    """The system with what others print of its variables."""
    system = system.with_variables(each.variable for each in beside)
    bounds = dict(system.bounds)
    for each in beside:
        bounds[each.variable] = (*bounds.get(each.variable, ()), each)
    return system.with_bounds(dict(sorted(bounds.items())))


def find_between(blocks: Sequence[Block], excluded: AbstractSet[str], *, setting: Setting) -> list[Finding]:
    """What blocks contradict each other by, but for figures that each excludes alone: audited as one system.

    Figures that contradict each other hang together: what hangs together with figures of one block alone is left out.
    """
    plans = tuple(sorted((plan for block in blocks for plan in block), key=lambda plan: plan.id))
    of = System.of(plans, setting)
    number = {plan.id: at for at, block in enumerate(blocks) for plan in block}

    def is_between(conflict: Conflict) -> bool:
        return len({number[each.figure.plan] for each in conflict.proof.bounds}) > 1

    def is_of_several(part: AbstractSet[Variable]) -> bool:
        bounds = chain.from_iterable(of.system.bounds.get(each, ()) for each in part)
        return len({number[each.figure.plan] for each in bounds}) > 1

    system = where_joined(of.system, is_of_several)
    return find_conflicts(system, of.wholes, of.bounds_of(excluded), is_between).findings
