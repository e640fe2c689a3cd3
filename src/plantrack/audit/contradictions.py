"""The independent contradictions of a system, one after the other, each with its figures excluded."""

from __future__ import annotations

import math
from functools import cached_property
from itertools import chain
from operator import attrgetter
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from plantrack.audit.allowances import generous_system
from plantrack.audit.bounds import PrintedBound, SignBound
from plantrack.audit.choices import Choice
from plantrack.audit.levels import is_error
from plantrack.audit.minimal_sets import decide_left, infeasible_subset_of
from plantrack.audit.oracle import connected, holds_for
from plantrack.audit.presolve import components_of
from plantrack.audit.proofs import Conflict, Proof, all_that_do, with_originals
from plantrack.audit.relations import ViolatedRelation
from plantrack.audit.violations import (
    ElementaryRelation,
    fewest,
    is_followed,
    own_relations,
    relations_of,
    repetitions,
    violated,
)
from plantrack.solver.constraints import span_constraints, variables_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from collections.abc import Set as AbstractSet

    from plantrack.audit.constraint_system import ConstraintSystem
    from plantrack.audit.minimal_sets import InfeasibleSubset, Known
    from plantrack.audit.presolve import Component, Components
    from plantrack.solver.constraints import Constraint
    from plantrack.solver.feasibility import Decision
    from plantrack.solver.variables import Variable


_V = TypeVar("_V")
MAX_ALTERNATIVES = 5
"""More other minimal sets of one contradiction are not listed."""
MAX_FINDINGS = 200
"""More independent contradictions of one call are not sought."""


class Search:
    """The contradictions of one system, one after the other, each with its figures excluded."""

    def __init__(  # noqa: PLR0913 - each narrows the search in its own way
        self,
        system: ConstraintSystem,
        excluded: Iterable[PrintedBound] = (),
        *,
        components: Components | None = None,
        is_generous: bool = False,
        known: Known | None = None,
        about: AbstractSet[Variable] = frozenset(),
        later: AbstractSet[PrintedBound] = frozenset(),
        with_alternatives: bool = True,
    ) -> None:
        """Search all laws, or only those of some components.

        `is_generous` tells that the system's intervals are wider than printed, to find errors; `known`
        is what was decided of constraints of both kinds. Contradictions `about` some variables are reported before
        others;
        when constraints of one kind tell no more of them, the figures of `later` are excluded. Without alternatives
        relations that cannot be the smallest are not asked.
        """
        self.known: Known = {} if known is None else known
        self.system = system
        self.is_generous = is_generous
        self.about, self.later, self.with_alternatives = about, later, with_alternatives
        self.choice = Choice(system, excluded)
        self.components = components or components_of(system.constraints, system)
        self.never = frozenset(self.choice.excluded)
        self.doubtful: list[tuple[Constraint, ...]] = []
        self.unsure: list[tuple[Constraint, ...]] = []

    @property
    def is_contradictory(self) -> bool:
        """Whether there is any contradiction to be found, without looking for its figures."""
        return self.holds is False

    @property
    def holds(self) -> bool | None:
        """Whether there is none; `None` where it is not decided."""
        if next(repetitions(self.choice.system), None) is not None:
            return False
        return holds_for(self.components, self.choice, self.known, halving=not self.is_generous)

    def apart(self) -> list[Conflict]:
        """Contradictions that share no figure: repetitions, then what breaks laws."""
        return [*self._repeated(), *self.of_laws()]

    def _repeated(self) -> Iterator[Conflict]:
        yield from map(self.as_conflict, repetitions(self.choice.system))

    def as_conflict(self, proof: Proof) -> Conflict:
        """A contradiction with all figures that do as well in it."""
        return Conflict(proof, all_that_do(self.system, proof), is_error(proof, self.system))

    def of_laws(self) -> Iterator[Conflict]:
        """What breaks constraints of one kind, then of both.

        An inequality that figures excluded had made sure of may be broken by what is left.
        """
        components, reported = self.components, _unbounded(self.components, self.system, self.choice.system)
        while True:
            yield from self.of_one_kind(components)
            for constraints, subset in _infeasible_subsets(self, components):
                yield self.paid(constraints, self._reported, subset)
            unbounded = _unbounded(self.components, self.system, self.choice.system) - reported
            if not unbounded:
                return
            reported |= unbounded
            left = components_of(self.components.constraining, self.choice.system)
            components = left.touching(unbounded)

    def of_one_kind(self, components: Components) -> Iterator[Conflict]:
        """Violated relations, the smallest first; the figures of one are excluded before the next."""
        relations = _Relations(self, components)
        for _ in range(MAX_FINDINGS):
            found = relations.violated()
            if not found:
                # what changes mean is not known either where the work is spent
                if self.paid((), lambda: self.system.effort.is_spent):
                    self.unsure += [tuple(span_constraints(span)) for span in components.changed]
                return
            violation = self.paid((), _lean, min(found, key=_size), self)
            inside = set(violation.bounds)
            others = [each for each in found if each is not violation and inside & set(each.bounds)]
            yield self.paid((), self._reported, violation, sorted(others, key=_size)[:MAX_ALTERNATIVES])
        self.unsure += [component.constraints for component in relations.broken]

    def paid(self, constraints: Sequence[Constraint], work: Callable[..., _V], *arguments: object) -> _V:
        """Work that is charged to the account of some laws, with a share for each figure of their variables."""
        variables = set(variables_of(constraints))
        with self.system.effort.account(("search", *constraints), self.system.count(variables)):
            return work(*arguments)

    def _reported(self, proof: Proof, alternatives: Sequence[Proof] = ()) -> Conflict:
        """The contradiction, or an error that shares figures with it; its figures are excluded."""
        sure = not self.is_generous and is_error(proof, self.system)
        if not self.is_generous and not sure:
            error = next((each for each in self._errors_near(proof) if _is_beside(each, proof)), None)
            if error is not None:
                proof, alternatives, sure = error, [proof, *alternatives], True
        doing = all_that_do(self.system, proof)
        self.choice.exclude(doing)
        return Conflict(proof, doing, sure, tuple(alternatives))

    def _errors_near(self, proof: Proof) -> Iterator[Proof]:
        """What is still contradictory when roundings are twice as wide and targets were made round."""
        near = self.components.touching(variables_held_by(proof.bounds))
        search = Search(self._generous, self.choice.excluded, components=near, is_generous=True)
        for conflict in search.of_laws():
            error = with_originals(conflict.proof, self.system.by_id)
            if is_error(error, self.system):
                yield error

    @cached_property
    def _generous(self) -> ConstraintSystem:
        return generous_system(self.system)

    @cached_property
    def everything(self) -> frozenset[PrintedBound]:
        """All figures of the system."""
        return frozenset(chain.from_iterable(self.system.bounds.values()))

    def undecided(self) -> frozenset[Variable]:
        """The variables of laws that are neither shown to hold together nor to be broken."""
        return frozenset(
            variable for constraints in self.unsure for each in constraints for variable in each.variables
        )


def _unbounded(components: Components, system: ConstraintSystem, left: ConstraintSystem) -> set[Variable]:
    printed = (
        each for constraint in components.redundant for each in constraint.variables if system.bounds_on(each)
    )
    return {variable for variable in printed if not left.bounds_on(variable)}


class _Asked(NamedTuple):
    """A relation that figures may violate: its number, how many of them do it at least, its laws, what is violated."""

    number: int
    fewest: int
    constraints: Sequence[Constraint]
    relation: ElementaryRelation
    violation: ViolatedRelation | None = None


class _Relations:
    """The relations of components of one kind that figures may violate.

    What holds goes on to hold without some figures.
    """

    def __init__(self, search: Search, components: Components) -> None:
        self.search = search
        self.broken = [
            each for each in components.of_one_kind if search.paid(each.constraints, self._is_doubted, each)
        ]
        self.excluded: AbstractSet[PrintedBound] = frozenset()
        asked = (
            _Asked(number, 0 if search.with_alternatives else fewest(relation, search.choice), laws, relation)
            for number, (laws, relation) in enumerate(self._relations(components))
        )
        self.left = sorted(asked, key=lambda each: (each.fewest, each.number))

    def _relations(self, components: Components) -> Iterator[tuple[Sequence[Constraint], ElementaryRelation]]:
        search = self.search
        yield from (((), relation) for relation in own_relations(components.changed))
        for each in self.broken:
            for relation in search.paid(each.constraints, relations_of, each, search.system):
                if not search.about or relation.depends_on(search.about):
                    yield each.constraints, relation

    def _is_doubted(self, component: Component) -> bool:
        """Whether a component is broken; one that is not decided by logarithms is kept for later."""
        row, final = self.search.choice.broken(component)
        if not final:
            self.search.doubtful.append(component.constraints)
        return row is not None

    def violated(self) -> list[ViolatedRelation]:
        """What the figures left violate; where that is nothing, what they do without those excluded last."""
        excluded = self.search.choice.excluded
        changed = self.search.system.bounded_by(excluded - self.excluded)
        self.excluded = excluded
        found = self._found(changed)
        if not found:
            self.search.choice.exclude(self.search.later)
            found = [each for component in self.broken if (each := self._beyond(component)) is not None]
        return found

    def _found(self, changed: AbstractSet[Variable]) -> list[ViolatedRelation]:
        """What relations violate, where the bounds of some variables changed; what nothing violates is forgotten.

        Without alternatives those that need more figures than the smallest that is violated wait.
        """
        found: list[_Asked] = []
        waiting: list[_Asked] = []
        most = math.inf
        for asked in self.left:
            is_same = asked.violation is not None and not asked.relation.depends_on(changed)
            each = asked if is_same else asked._replace(violation=None)
            if each.fewest > most:
                waiting.append(each)
                continue
            if not is_same:
                each = each._replace(violation=self._violated(each.constraints, each.relation))
            if each.violation is not None:
                found.append(each)
                if not self.search.with_alternatives:
                    most = min(most, len(each.violation.bounds))
        self.left = [*found, *waiting]
        found.sort(key=attrgetter("number"))
        return [each.violation for each in found if each.violation is not None]

    def _violated(
        self, constraints: Sequence[Constraint], relation: ElementaryRelation
    ) -> ViolatedRelation | None:
        return self.search.paid(constraints, violated, relation, self.search.choice)

    def _beyond(self, component: Component) -> ViolatedRelation | None:
        """What is still broken in a component of which not all elementary relations were gone through."""
        search = self.search
        row, final = search.paid(component.constraints, search.choice.broken, component)
        violation = None
        if row is not None and is_followed(row, component):
            violation = self._violated(component.constraints, ElementaryRelation.of(row, component))
        if violation is None and (row is not None or not final):
            search.doubtful.append(component.constraints)
        return violation


def _lean(violation: ViolatedRelation, search: Search) -> ViolatedRelation:
    """The relation less the figures that domains or laws of the other kind make needless.

    Products of plain figures are minimal where no laws of both kinds have their variables. Of bounds that are
    made of several, and of what is sought beside a contradiction, it is not asked.
    """
    if any(len(bound.bounds) > 1 or isinstance(bound, SignBound) for bound, _ in violation.terms):
        return violation._replace(is_minimal=False)
    if len(violation.bounds) <= FEW:
        return violation
    near = search.components.touching(variables_held_by(violation.bounds))
    if violation.kind == "product" and not near.mixed:
        return violation
    if search.is_generous:
        return violation._replace(is_minimal=False)
    for bound in violation.bounds:
        fewer, is_enough = _within(set(violation.bounds) - {bound}, search)
        if fewer is not None:
            return _lean(fewer, search)
        if is_enough:
            return violation._replace(is_minimal=False)
    return violation._replace(is_minimal=False) if search.system.effort.is_spent else violation


def _within(figures: AbstractSet[PrintedBound], search: Search) -> tuple[ViolatedRelation | None, bool]:
    """A contradiction of some figures alone by constraints of one kind, and whether there is one by any laws."""
    excluded = search.everything - figures
    _, near = connected(variables_held_by(figures), search.components.constraining)
    components = components_of(near, search.system.without(excluded))
    alone = Search(search.system, excluded, components=components, is_generous=True, with_alternatives=False)
    found = next(alone.of_one_kind(components), None)
    if found is not None:
        return found.proof if isinstance(found.proof, ViolatedRelation) else None, True
    decisions = (
        decision
        for constraints in (*components.mixed, *alone.doubtful)
        for _, decision in decide_left(constraints, alone.choice.system, halving=False, known=search.known)
    )
    return None, "contradictory" in decisions


def _infeasible_subsets(
    search: Search, components: Components
) -> Iterator[tuple[tuple[Constraint, ...], InfeasibleSubset]]:
    """Irreducible infeasible subsets: what both kinds exclude together, and laws that logarithms did not decide."""
    for constraints in dict.fromkeys([*components.mixed, *search.doubtful]):
        for _ in range(MAX_FINDINGS):
            decisions = search.paid(constraints, _decisions, constraints, search)
            excluded = next((each for each, decision in decisions if decision == "contradictory"), None)
            if not excluded:  # nothing, or laws by themselves, which no figure is to blame for
                break
            yield (
                constraints,
                search.paid(constraints, infeasible_subset_of, constraints, excluded, search.system),
            )
        if any(
            decision == "undetermined" or (decision == "contradictory" and not some)
            for some, decision in decisions
        ):
            search.unsure.append(constraints)


def _decisions(
    constraints: Sequence[Constraint], search: Search
) -> list[tuple[list[PrintedBound], Decision]]:
    halving = not search.is_generous  # what is sought beside a contradiction may be missed
    return list(decide_left(constraints, search.choice.system, halving=halving, known=search.known))


def _is_beside(error: Proof, proof: Proof) -> bool:
    """Whether an error shares figures with a contradiction, and is not the same with several more."""
    inside, outside = set(proof.bounds), set(error.bounds) - set(proof.bounds)
    return not inside.isdisjoint(error.bounds) and not (inside <= set(error.bounds) and len(outside) > 1)


FEW = 2
"""Sums of so many figures have no figure to spare: domains are tried in place of each."""


def variables_held_by(bounds: Iterable[PrintedBound]) -> set[Variable]:
    """The variables of figures, and of a change the ratio that it confines as well."""
    variables = {bound.variable for bound in bounds}
    return variables | {variable._replace(kind="ratio") for variable in variables if len(variable.times) > 1}


def _size(violation: ViolatedRelation) -> tuple[int, int, int, int, list[str]]:
    """Few figures before many, plain laws before combined ones, sure ones before assumed, then by name."""
    bounds = violation.bounds
    combined = sum(len(bound.bounds) > 1 for bound, _ in violation.terms)
    usual = sum(constraint.usual for constraint, _ in violation.constraints)
    assumed = sum(bound.assumption is not None for bound in bounds)
    return len(bounds), combined, usual, assumed, sorted(bound.id for bound in bounds)
