"""The independent contradictions of a system, one after the other, each with its figures excluded."""

from __future__ import annotations

from functools import cached_property
from itertools import chain
from typing import TYPE_CHECKING, TypeVar

from plantrack.audit.allowances import generous_system
from plantrack.audit.bounds import PrintedBound, SignBound
from plantrack.audit.corrections import apart, fewest_corrections, further, necessary, units_of
from plantrack.audit.levels import is_error
from plantrack.audit.minimal_sets import decide_left, infeasible_subset_of
from plantrack.audit.oracle import Oracle, connected, holds_for, laws_that_can_say_something
from plantrack.audit.presolve import components_of
from plantrack.audit.proofs import Conflict, Proof, all_that_do, with_originals
from plantrack.audit.relations import ViolatedRelation
from plantrack.audit.violations import Choice, ElementaryRelation, own_relations, relations_of, repetitions
from plantrack.solver.constraints import span_constraints, variables_of
from plantrack.solver.effort import BESIDE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from collections.abc import Set as AbstractSet

    from plantrack.audit.constraint_system import ConstraintSystem
    from plantrack.audit.minimal_sets import Known
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
        base_years: dict[str, int],
        excluded: Iterable[PrintedBound] = (),
        *,
        components: Components | None = None,
        is_generous: bool = False,
        known: Known | None = None,
        about: AbstractSet[Variable] = frozenset(),
        later: AbstractSet[PrintedBound] = frozenset(),
    ) -> None:
        """Search all laws, or only those of some components.

        `is_generous` tells that the system's intervals are wider than printed, to find errors; `known`
        is what was decided of constraints of both kinds. Contradictions `about` some variables are reported
        before others; when constraints of one kind tell no more of them, the figures of `later` are excluded.
        """
        self.known: Known = {} if known is None else known
        self.system = system
        self.base_years = base_years
        self.is_generous = is_generous
        self.about, self.later = about, later
        self.choice = Choice(system, excluded)
        self.components = components or components_of(system.constraints, system)
        self.never = frozenset(self.choice.excluded)
        self.doubtful: list[tuple[Constraint, ...]] = []
        self.unsure: list[tuple[Constraint, ...]] = []

    def conflicts(self) -> list[Conflict]:
        """As many contradictions as the fewest figures whose correction makes all hold."""
        found: list[Conflict] = []
        for part, oracle in self._parts(self.apart()):
            with self.system.effort.account(("corrections", oracle.variables), oracle.count, BESIDE):
                found += self._completed(part, oracle)
        return found

    @property
    def is_contradictory(self) -> bool:
        """Whether there is any contradiction to be found, without looking for its figures."""
        if next(repetitions(self.system, self.never), None) is not None:
            return True
        halving = not self.is_generous
        return holds_for(self.components, self.choice, self.known, halving=halving) is False

    def apart(self) -> list[Conflict]:
        """Contradictions that share no figure: repetitions, then what breaks laws."""
        return [*self._repeated(), *self.of_laws()]

    def _repeated(self) -> Iterator[Conflict]:
        yield from map(self._as_conflict, repetitions(self.system, self.never))

    def _as_conflict(self, proof: Proof) -> Conflict:
        return Conflict(proof, all_that_do(self.system, proof), is_error(proof, self.system, self.base_years))

    def _parts(self, conflicts: Sequence[Conflict]) -> Iterator[tuple[list[Conflict], Oracle]]:
        """The contradictions that are connected with one another, and all that is connected with them."""
        left = list(conflicts)
        open_ = [each for conflict in conflicts for each in conflict.doing]
        constraints = laws_that_can_say_something(self.system, open_, self.never) if conflicts else ()
        while left:
            oracle = Oracle(
                self.system, _variables_of(left[0].proof.bounds), constraints, self.never, self.known
            )
            part = [
                each for each in left if not oracle.variables.isdisjoint(_variables_of(each.proof.bounds))
            ]
            left = [each for each in left if each not in part]
            yield part, oracle

    def _completed(self, found: list[Conflict], oracle: Oracle) -> Iterator[Conflict]:
        """As many as figures must be corrected at least, each with those of the others."""
        pool = [each for conflict in found for each in (conflict.proof, *conflict.alternatives)]
        found = necessary(
            sorted(found, key=_order),
            lambda each: units_of(each.proof, self.system),
            self.system.effort.pays,
        )

        def another(without: AbstractSet[PrintedBound]) -> Sequence[PrintedBound] | None:
            proof = self._first_without(without, oracle)
            if proof is not None:
                pool.append(proof)
            return None if proof is None else proof.bounds

        correction = fewest_corrections([each.bounds for each in pool], oracle, another)
        more = further([each.proof for each in found], pool, correction.number, self.system)
        found += map(self._as_conflict, more)
        correction = apart(correction, [each.proof for each in found], oracle)
        excluded = frozenset(each for each in self.never if each.variable in oracle.variables)
        for each in found:
            yield each._replace(connected=oracle, corrected=correction.figures, excluded=excluded)

    def _first_without(self, without: AbstractSet[PrintedBound], oracle: Oracle) -> Proof | None:
        """A contradiction that is left without some figures."""
        excluded = self.never | without
        components = components_of(oracle.constraints, self.system, excluded)
        search = Search(self.system, self.base_years, excluded, components=components, known=self.known)
        repeated = (
            each
            for each in repetitions(self.system, search.never)
            if each.bounds[0].variable in oracle.variables
        )
        return next(chain(repeated, (found.proof for found in search.of_laws())), None)

    def of_laws(self) -> Iterator[Conflict]:
        """What breaks constraints of one kind, then of both.

        An inequality that figures excluded had made sure of may be broken by what is left.
        """
        components, reported = self.components, self._unbounded_now(self.choice.excluded)
        while True:
            yield from self._of_one_kind(components)
            yield from self._of_both_kinds(components)
            unbounded = self._unbounded_now(self.choice.excluded) - reported
            if not unbounded:
                return
            reported |= unbounded
            components = components_of(
                self.components.constraining, self.system, self.choice.excluded
            ).touching(unbounded)

    def _unbounded_now(self, excluded: AbstractSet[PrintedBound]) -> set[Variable]:
        """The variables that have no figure any more, of laws that the printed numbers imply."""
        printed = (
            each
            for constraint in self.components.redundant
            for each in constraint.variables
            if self.system.bounds_on(each)
        )
        return {variable for variable in printed if not self.system.bounds_without(variable, excluded)}

    def _of_one_kind(self, components: Components) -> Iterator[Conflict]:
        """Violated relations, the smallest first; the figures of one are excluded before the next.

        What holds goes on to hold when figures are excluded.
        """
        broken = [
            each for each in components.of_one_kind if self._paid(each.constraints, self._is_doubted, each)
        ]
        relations: list[tuple[tuple[Constraint, ...], ElementaryRelation]]
        relations = [((), relation) for relation in own_relations(components.changed)]
        for each in broken:
            relations += [
                (each.constraints, relation)
                for relation in self._paid(each.constraints, relations_of, each, self.system)
                if not self.about or relation.depends_on(self.about)
            ]
        for _ in range(MAX_FINDINGS):
            violations = [
                (constraints, relation, self._paid(constraints, self.choice.violated, relation))
                for constraints, relation in relations
            ]
            relations = [
                (constraints, relation)
                for constraints, relation, violation in violations
                if violation is not None
            ]
            violated = [violation for _, _, violation in violations if violation is not None]
            if not violated:
                self.choice.exclude(self.later)
                violated = self._beyond(broken)
            if not violated:
                self.unsure += self._unlooked(components)
                return
            violation = self._paid((), self._lean, min(violated, key=_size))
            inside = set(violation.bounds)
            others = [each for each in violated if each is not violation and inside & set(each.bounds)]
            yield self._paid((), self._reported, violation, sorted(others, key=_size)[:MAX_ALTERNATIVES])
        self.unsure += [component.constraints for component in broken]

    def _unlooked(self, components: Components) -> list[tuple[Constraint, ...]]:
        """What spans mean of which changes are printed, where no more work could be done on them."""
        is_left = self._paid((), self.system.effort.pays, 0)
        return [] if is_left else [tuple(span_constraints(span)) for span in components.changed]

    def _paid(self, constraints: Sequence[Constraint], work: Callable[..., _V], *arguments: object) -> _V:
        """Work that is charged to the account of some laws, with a share for each figure of their variables."""
        variables = set(variables_of(constraints))
        with self.system.effort.account(("search", *constraints), self.system.count(variables)):
            return work(*arguments)

    def _lean(self, violation: ViolatedRelation) -> ViolatedRelation:
        """The relation less the figures that domains make needless.

        Products of plain figures are minimal by themselves; of bounds that are made of several it is not asked.
        """
        if not _is_plain(violation):
            return violation._replace(is_minimal=False)
        if self.is_generous or violation.kind == "product" or len(violation.bounds) <= FEW:
            return violation
        for bound in violation.bounds:
            fewer, is_enough = self._within(set(violation.bounds) - {bound})
            if fewer is not None:
                return self._lean(fewer)
            if is_enough:
                return violation._replace(is_minimal=False)
        return violation._replace(is_minimal=False) if self.system.effort.is_spent else violation

    def _within(self, figures: AbstractSet[PrintedBound]) -> tuple[ViolatedRelation | None, bool]:
        """A contradiction of some figures alone by constraints of one kind, and whether there is one by any laws."""
        excluded = self._everything - figures
        _, near = connected(_variables_of(figures), self.components.constraining)
        components = components_of(near, self.system, excluded)
        search = Search(self.system, self.base_years, excluded, components=components, is_generous=True)
        found = next(search._of_one_kind(components), None)
        if found is not None:
            return found.proof if isinstance(found.proof, ViolatedRelation) else None, True
        decisions = (
            decision
            for constraints in (*components.mixed, *search.doubtful)
            for _, decision in decide_left(
                constraints, self.system, search.choice.left, halving=False, known=self.known
            )
        )
        return None, "contradictory" in decisions

    @cached_property
    def _everything(self) -> frozenset[PrintedBound]:
        return frozenset(chain.from_iterable(self.system.bounds.values()))

    def _reported(self, proof: Proof, alternatives: Sequence[Proof] = ()) -> Conflict:
        """The contradiction, or an error that shares figures with it; its figures are excluded."""
        sure = not self.is_generous and is_error(proof, self.system, self.base_years)
        if not self.is_generous and not sure:
            error = next((each for each in self._errors_near(proof) if _is_beside(each, proof)), None)
            if error is not None:
                proof, alternatives, sure = error, [proof, *alternatives], True
        doing = all_that_do(self.system, proof)
        self.choice.exclude(doing)
        return Conflict(proof, doing, sure, tuple(alternatives))

    def _errors_near(self, proof: Proof) -> Iterator[Proof]:
        """What is still contradictory when roundings are twice as wide and targets were made round."""
        near = self.components.touching(_variables_of(proof.bounds))
        search = Search(
            self._generous, self.base_years, self.choice.excluded, components=near, is_generous=True
        )
        originals = {each.id: each for variable in self.system.bounds.values() for each in variable}
        for conflict in search.of_laws():
            error = with_originals(conflict.proof, originals)
            if is_error(error, self.system, self.base_years):
                yield error

    @cached_property
    def _generous(self) -> ConstraintSystem:
        return generous_system(self.system, self.base_years)

    def _of_both_kinds(self, components: Components) -> Iterator[Conflict]:
        """Irreducible infeasible subsets of constraints of both kinds, and of laws that logarithms did not decide."""
        for constraints in dict.fromkeys([*components.mixed, *self.doubtful]):
            for _ in range(MAX_FINDINGS):
                decisions = self._paid(constraints, self._decisions, constraints)
                excluded = next((each for each, decision in decisions if decision == "contradictory"), None)
                if not excluded:  # nothing, or laws by themselves, which no figure is to blame for
                    break
                subset = self._paid(constraints, infeasible_subset_of, constraints, excluded, self.system)
                yield self._paid(constraints, self._reported, subset)
            if any(
                decision == "undetermined" or (decision == "contradictory" and not some)
                for some, decision in decisions
            ):
                self.unsure.append(constraints)

    def _decisions(self, constraints: Sequence[Constraint]) -> list[tuple[list[PrintedBound], Decision]]:
        halving = not self.is_generous  # what is sought beside a contradiction may be missed
        return list(
            decide_left(constraints, self.system, self.choice.left, halving=halving, known=self.known)
        )

    def _is_doubted(self, component: Component) -> bool:
        """Whether a component is broken; one that is not decided by logarithms is kept for later."""
        row, final = self.choice.broken(component)
        if not final:
            self.doubtful.append(component.constraints)
        return row is not None

    def _beyond(self, broken: Sequence[Component]) -> list[ViolatedRelation]:
        """What is still broken in components of which not all elementary relations were gone through."""
        found = []
        for component in broken:
            row, final = self._paid(component.constraints, self.choice.broken, component)
            relation = ElementaryRelation.of(row, component) if row is not None else None
            violation = (
                None
                if relation is None
                else self._paid(component.constraints, self.choice.violated, relation)
            )
            if violation is not None:
                found.append(violation)
            elif row is not None or not final:
                self.doubtful.append(component.constraints)
        return found

    def reached(self) -> frozenset[str]:
        """Ids of the figures that some law holds against others."""
        reached: set[str] = set()
        held: list[Iterable[Variable]] = [
            row for component in self.components.of_one_kind for row in component.rows
        ]
        held += [set(variables_of(constraints)) for constraints in self.components.mixed]
        held += [constraint.variables for constraint in self.components.redundant]
        held += [(span,) for span in self.components.changed]
        for variables in held:
            inside = {
                each.id
                for variable in variables
                for bound in self.system.bounds_on(variable)
                for each in bound.bounds
            }
            if len(inside) > 1:
                reached |= inside
        return frozenset(reached)

    def undecided(self) -> frozenset[Variable]:
        """The variables of laws that are neither shown to hold together nor to be broken."""
        return frozenset(
            variable for constraints in self.unsure for each in constraints for variable in each.variables
        )


def _is_beside(error: Proof, proof: Proof) -> bool:
    """Whether an error shares figures with a contradiction, and is not the same with several more."""
    inside, outside = set(proof.bounds), set(error.bounds) - set(proof.bounds)
    return not inside.isdisjoint(error.bounds) and not (inside <= set(error.bounds) and len(outside) > 1)


def _is_plain(violation: ViolatedRelation) -> bool:
    """Whether each of its figures stands by itself."""
    return all(len(bound.bounds) <= 1 and not isinstance(bound, SignBound) for bound, _ in violation.terms)


FEW = 2
"""Sums of so many figures have no figure to spare: domains are tried in place of each."""


def _variables_of(bounds: Iterable[PrintedBound]) -> set[Variable]:
    """The variables of figures, and of a change the ratio that it confines as well."""
    variables = {bound.variable for bound in bounds}
    return variables | {variable._replace(kind="ratio") for variable in variables if len(variable.times) > 1}


def _order(conflict: Conflict) -> tuple[bool, int]:
    """Errors before others, few figures before many."""
    return not conflict.is_error, len(conflict.proof.bounds)


def _size(violation: ViolatedRelation) -> tuple[int, int, int, int, list[str]]:
    """Few figures before many, plain laws before combined ones, sure ones before assumed, then by name."""
    bounds = violation.bounds
    combined = sum(len(bound.bounds) > 1 for bound, _ in violation.terms)
    usual = sum(constraint.usual for constraint, _ in violation.constraints)
    assumed = sum(bound.assumption is not None for bound in bounds)
    return len(bounds), combined, usual, assumed, sorted(bound.id for bound in bounds)
