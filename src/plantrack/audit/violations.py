"""The search for violated relations: which combinations of laws the printed figures break.

Each component of laws is decided as a whole first (`plantrack.solver.simplex`). Only of one that is
broken are the elementary relations enumerated, so that the smallest contradictions are reported first;
where they are too many, the rows that the decision itself stopped at are reported instead.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from itertools import chain, islice, product
from typing import TYPE_CHECKING, TypeVar

from plantrack.audit.bounds import high_end, low_end
from plantrack.audit.presolve import one_sided
from plantrack.audit.relations import DomainBound, ViolatedRelation
from plantrack.numbers.interval import ANY, Interval, common, logarithm, to_float
from plantrack.solver.constraints import variables_of
from plantrack.solver.elementary import elementary_vectors, whole, without
from plantrack.solver.simplex import Ends, broken_row, ends_of, feasible_point

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from collections.abc import Set as AbstractSet

    from plantrack.audit.bounds import Bound, PrintedBound
    from plantrack.audit.constraint_system import ConstraintSystem
    from plantrack.audit.presolve import Component, Kind
    from plantrack.solver.constraints import Constraint
    from plantrack.solver.elementary import Vector
    from plantrack.solver.variables import Variable

SLACK = 1e-9
"""Floats clear a relation only where it holds with this relative room, far over their error."""
FAR_WIDER = 3
"""A contradiction that is off by more than so many times as much is reported though one with fewer figures is there."""
TRIED = 3
"""Steps that a term of a relation takes."""
MAX_CHOICES = 16
"""More combinations of figures that exclude one another in their variables are not gone through."""

Key = "Variable | tuple[str, int]"
"""A variable, or `("constraint", number)`: the share of a law in a combination, kept beside the variables."""


@dataclass(frozen=True, eq=False)
class ElementaryRelation:
    """A relation before figures are chosen: whole exponents of variables, the constant, where it is from."""

    kind: Kind
    powers: tuple[tuple[Variable, int], ...]
    constant: Fraction
    constraints: tuple[Constraint, ...]

    @classmethod
    def of(cls, vector: Mapping[Variable, int], component: Component) -> ElementaryRelation:
        """A vector of the component's space; its numbers make the constant."""
        numbers = {variable: times for variable, times in vector.items() if variable.kind == "number"}
        if component.kind == "sum":
            constant = sum((-times * Fraction(each.indicator) for each, times in numbers.items()), start=ZERO)
        else:
            constant = math.prod(
                (Fraction(each.indicator) ** -times for each, times in numbers.items()), start=ONE
            )
        powers = sorted((variable, times) for variable, times in vector.items() if variable.kind != "number")
        return cls(component.kind, tuple(powers), constant, component.constraints)

    def depends_on(self, variables: AbstractSet[Variable]) -> bool:
        """Whether some of its variables are among these, or their figures bound these."""
        return any(not variables.isdisjoint(variable.bounded_by) for variable, _ in self.powers)

    @cached_property
    def shares(self) -> tuple[tuple[Constraint, Fraction], ...]:
        """The laws that make the relation, each with how often: solved variable by variable, exactly."""
        rows: list[dict[object, int]] = []
        scales = []
        for number, constraint in enumerate(self.constraints):
            row: dict[object, int] = dict(whole(dict(constraint.terms)))
            variable, times = constraint.terms[0]
            scales.append(times / row[variable])
            row["tie", number] = 1
            rows.append(row)
        goal: dict[object, int] = {("goal", 0): 1} | dict(self.powers)
        left = without(
            [*rows, goal],
            variables_of(self.constraints),
        )
        row = next(row for row in left if ("goal", 0) in row)
        return tuple(
            (constraint, Fraction(-row["tie", number], row["goal", 0]) / scales[number])
            for number, constraint in enumerate(self.constraints)
            if ("tie", number) in row
        )


ZERO, ONE = Fraction(0), Fraction(1)


def relations_of(component: Component, system: ConstraintSystem) -> list[ElementaryRelation]:
    """The elementary relations of a component, as many as are gone through."""
    pays = system.effort.pays
    vectors = elementary_vectors(component.basis.values(), one_sided(component, system), pays=pays)
    return [ElementaryRelation.of(vector, component) for vector in vectors]


def own_relations(spans: Iterable[Variable]) -> list[ElementaryRelation]:
    """For each span what its changes with a level say of its ratio, against what else is printed of it."""
    return [ElementaryRelation("product", ((span, 1), (span, -1)), ONE, ()) for span in spans]


class Choice:
    """The bounds that are left for each variable, and their ends as floats, computed once."""

    def __init__(
        self, system: ConstraintSystem, excluded: Iterable[PrintedBound] = (), like: Choice | None = None
    ) -> None:
        """`like` is a choice whose memory of what is free and of ends is shared."""
        self.system = system
        self.frees: dict[Variable, tuple[DomainBound, ...]] = {} if like is None else like.frees
        self.known: dict[tuple[Variable, str], tuple[Sequence[Bound | DomainBound], list[Ends]]] = (
            {} if like is None else like.known
        )
        self.excluded: set[PrintedBound] = set(excluded)
        self._bounds: dict[Variable, tuple[Bound | DomainBound, ...]] = {}
        self.choices: dict[frozenset[PrintedBound], Choice] = {}
        self.consistent: dict[Variable, list[Sequence[PrintedBound]]] = {}
        self.floats: dict[tuple[Bound | DomainBound, str], tuple[float, float]] = {}

    def exclude(self, bounds: Iterable[PrintedBound]) -> None:
        """Leave figures out from now on."""
        self.excluded |= set(bounds)
        self._bounds.clear()
        self.choices.clear()
        self.consistent.clear()

    def left(self, variable: Variable) -> list[PrintedBound]:
        """The figures of a variable that are not excluded."""
        return [each for each in self.system.bounds.get(variable, ()) if each not in self.excluded]

    def of(self, variable: Variable) -> tuple[Bound | DomainBound, ...]:
        """The bounds of a variable; its domain where no figure is left to speak of it."""
        if variable not in self._bounds:
            left = self.system.bounds_without(variable, self.excluded)
            self._bounds[variable] = left or self._free(variable)
        return self._bounds[variable]

    def _free(self, variable: Variable) -> tuple[DomainBound, ...]:
        if variable not in self.frees:
            is_number = variable.kind == "number"
            domain = (
                Interval.point(Fraction(variable.indicator)) if is_number else self.system.domains[variable]
            )
            self.frees[variable] = (DomainBound(variable, ANY if domain is None else domain),)
        return self.frees[variable]

    # -- one figure a quantity

    def _groups(self, variable: Variable) -> list[Sequence[PrintedBound]]:
        if variable not in self.consistent:
            left = self.left(variable)
            self.system.effort.pays(len(left) ** 2)
            self.consistent[variable] = consistent_subsets(left)
        return self.consistent[variable]

    def _consistent_choices(self, variables: Iterable[Variable]) -> tuple[list[Choice], bool]:
        """This choice for each greatest set of figures that do not exclude one another; whether these are all."""
        if not self.system.conflicting:
            return [self], True
        conflicting = [
            each
            for each in dict.fromkeys(chain(*(variable.bounded_by for variable in variables)))
            if each in self.system.conflicting
        ]
        left = {variable: each for variable in conflicting if (each := self.left(variable))}
        groups = [self._groups(variable) for variable in left]
        if math.prod(map(len, groups)) == 1:
            return [self], True
        choices = []
        for kept in islice(product(*groups), MAX_CHOICES):
            out = frozenset(chain(*left.values())) - set(chain(*kept))
            if out not in self.choices:
                self.choices[out] = Choice(self.system, self.excluded | out, self)
            choices.append(self.choices[out])
        return choices, math.prod(map(len, groups)) <= MAX_CHOICES

    # -- a component as a whole

    def broken(self, component: Component) -> tuple[Vector[Variable] | None, bool]:
        """A vector of the component that the figures break, and whether the answer is final.

        Where figures of one quantity exclude one another, each of those that agree is tried.
        """
        choices, final = self._consistent_choices(component.variables)
        for choice in choices:
            row, sure = choice._broken(component)  # noqa: SLF001 - another of its kind
            if row is not None:
                return row, True
            final = final and sure
        return None, final

    def _broken(self, component: Component) -> tuple[Vector[Variable] | None, bool]:
        """The same where no two figures of a quantity exclude one another, but what is made of several may.

        What must be zero has no logarithm: products with such a variable are not decided here.
        """
        if component.kind == "product" and not all(map(self._can_be_positive, component.variables)):
            return None, False
        groups = {each: self._consistent_ends(each, component.kind) for each in component.variables}
        final = math.prod(map(len, groups.values())) <= MAX_CHOICES
        for ends in islice(product(*groups.values()), MAX_CHOICES):
            chosen = dict(zip(groups, ends, strict=True))
            row, sure = broken_row(component.basis, chosen, component.kind, self.system.effort.pays)
            if row is not None:
                return row, True
            final = final and sure
        return None, final

    def point(self, component: Component) -> dict[Variable, float] | None:
        """Values of a component's variables that the figures allow, none of which exclude one another; floats."""
        if component.kind == "product" and not all(map(self._can_be_positive, component.variables)):
            return None
        groups = {each: self._consistent_ends(each, component.kind)[0] for each in component.variables}
        return feasible_point(component.basis, groups, component.kind)

    def _can_be_positive(self, variable: Variable) -> bool:
        return all(
            each.interval.high is None or each.interval.high.numerator > 0 for each in self.of(variable)
        )

    def _consistent_ends(self, variable: Variable, kind: Kind) -> list[Ends]:
        """The ends of what the bounds of a variable leave together, for each greatest set that agrees."""
        bounds = self.of(variable)
        known = self.known.get((variable, kind))
        if known is None or known[0] is not bounds:
            together = (_common(group) for group in consistent_subsets(bounds))
            known = bounds, [ends_of(each, kind) for each in together if each is not None]
            self.known[variable, kind] = known
        return known[1]

    # -- a relation

    def violated(self, relation: ElementaryRelation) -> ViolatedRelation | None:
        """The choice of one figure a quantity that breaks the relation most, with the fewest figures, if one does."""
        if not self.system.effort.pays(TRIED * len(relation.powers)):
            return None
        choices, _ = self._consistent_choices(variable for variable, _ in relation.powers)
        found = [violation for choice in choices if (violation := choice._violated(relation))]  # noqa: SLF001
        found = [violation for violation in found if violation.bounds]  # laws by themselves blame no figure
        return min(found, key=lambda each: (len(each.bounds), -each.off(1.0)), default=None)

    def _violated(self, relation: ElementaryRelation) -> ViolatedRelation | None:
        if not relation.constraints:
            return self._own(relation.powers[0][0])
        variables = [(self.of(variable), exponent) for variable, exponent in relation.powers]
        if all(isinstance(bounds[0], DomainBound) for bounds, _ in variables) or self._is_clear(
            relation, variables
        ):
            return None
        for sign in (1, -1):
            terms = tuple((_push(bounds, exponent * sign), exponent) for bounds, exponent in variables)
            violation = ViolatedRelation(relation.kind, terms, relation.constant)
            if violation.side() == sign:
                others = [
                    self._instead(term[0], variable)
                    for term, (variable, _) in zip(terms, relation.powers, strict=True)
                ]
                return self._with_fewest(violation, others, sign)._replace(constraints=relation.shares)
        return None

    def _with_fewest(
        self, violation: ViolatedRelation, others: Sequence[Sequence[Bound | DomainBound]], sign: int
    ) -> ViolatedRelation:
        """The relation with bounds that need fewer figures, as far as it is broken so, too."""
        for at, bounds in enumerate(others):
            for bound in bounds:
                if not self.system.effort.pays(TRIED * len(violation.terms)):
                    return violation._replace(is_minimal=False)
                terms = (*violation.terms[:at], (bound, violation.terms[at][1]), *violation.terms[at + 1 :])
                other = violation._replace(terms=terms)
                if len(other.bounds) < len(violation.bounds) and other.side() == sign:
                    if other.off(1.0) * FAR_WIDER < violation.off(1.0):
                        violation = violation._replace(is_minimal=False)
                    else:
                        violation = other
        return violation

    def _instead(self, bound: Bound | DomainBound, variable: Variable) -> tuple[Bound | DomainBound, ...]:
        """What may confine a variable with fewer figures than a bound does: other bounds, or what it can be at all."""
        others = self.of(variable) if len(bound.bounds) > 1 else ()
        return (*others, *self._free(variable)) if bound.bounds else others

    def _own(self, span: Variable) -> ViolatedRelation | None:
        """What a change with a level says of its span's ratio against anything else printed of it.

        Two figures of the ratio itself are a repetition, and told as such.
        """
        bounds = self.of(span)
        if not self.system.effort.pays(TRIED * len(bounds) ** 2):
            return None
        made = [bound for bound in bounds if len(bound.bounds) > 1 or bound not in bound.bounds]
        violations = []
        for lows, highs in ((made, bounds), (bounds, made)):
            low, high = max(lows, key=low_end, default=None), min(highs, key=high_end, default=None)
            if low is None or high is None or low.interval.overlaps(high.interval):
                continue
            pairs = ((one, other) for one, other in product(lows, highs) if low_end(one) > low_end(other))
            violations += [
                ViolatedRelation("product", ((one, 1), (other, -1)), ONE)
                for one, other in pairs
                if not one.interval.overlaps(other.interval)
            ]
        return min(violations, key=lambda each: (len(each.bounds), -each.off(1.0)), default=None)

    def _is_clear(
        self, relation: ElementaryRelation, variables: Sequence[tuple[tuple[Bound | DomainBound, ...], int]]
    ) -> bool:
        """Whether floats show that every choice holds with room to spare."""
        low = high = 0.0
        size = abs(to_float(relation.constant)) if relation.kind == "sum" else 1.0
        for bounds, exponent in variables:
            ends = [self._ends(bound, relation.kind) for bound in bounds]
            lows, highs = max(end[0] for end in ends), min(end[1] for end in ends)
            least, most = (lows, highs) if exponent > 0 else (highs, lows)
            low += exponent * least
            high += exponent * most
            size += abs(exponent) * max(abs(lows), abs(highs))
        wanted = logarithm(relation.constant) if relation.kind == "product" else to_float(relation.constant)
        room = SLACK * (size if math.isfinite(size) else 1.0)
        return low + room < wanted < high - room

    def _ends(self, bound: Bound | DomainBound, kind: str) -> tuple[float, float]:
        if (bound, kind) not in self.floats:
            interval = bound.interval
            ends = _float(interval.low, -math.inf), _float(interval.high, math.inf)
            if kind == "product":
                ends = tuple(math.log(end) if end > 0 else -math.inf for end in ends)  # type: ignore[assignment]
            self.floats[bound, kind] = ends
        return self.floats[bound, kind]


_P = TypeVar("_P", bound="Bound | DomainBound")
_L = TypeVar("_L")


def consistent_subsets(bounds: Sequence[_P]) -> list[Sequence[_P]]:
    """The greatest sets of bounds of one variable that do not exclude one another."""
    if _common(bounds) is not None:
        return [bounds]
    lows = [(low_end(each), each) for each in bounds]
    groups = [
        [each for low, each in lows if low <= start_low and each.interval.overlaps(start.interval)]
        for start_low, start in sorted(lows, key=_low)
    ]
    members = [frozenset(group) for group in groups]
    return [
        group for group, inside in zip(groups, members, strict=True) if not any(map(inside.__lt__, members))
    ]


def _low(of_one: tuple[_L, object]) -> _L:
    return of_one[0]


def _common(bounds: Iterable[Bound | DomainBound]) -> Interval | None:
    """The numbers that all the bounds allow; `None` where they exclude one another."""
    return common(bound.interval for bound in bounds)


def _float(value: Fraction | None, endless: float) -> float:
    return endless if value is None else to_float(value)


def _push(bounds: Sequence[Bound | DomainBound], direction: int) -> Bound | DomainBound:
    """The bound that pushes highest, or lowest where the direction is negative."""
    if len(bounds) == 1:
        return bounds[0]
    return max(bounds, key=low_end) if direction > 0 else min(bounds, key=high_end)


# -- repetitions ---------------------------------------------------------------------------------


def repetitions(system: ConstraintSystem, excluded: AbstractSet[PrintedBound]) -> Iterator[ViolatedRelation]:
    """Pairs of figures of one variable, but for those excluded, that exclude each other, the farthest apart first."""
    for bounds in system.bounds.values():
        left: list[PrintedBound] = [each for each in bounds if each not in excluded]
        while len(left) > 1:
            low, high = min(left, key=high_end), max(left, key=low_end)
            if low.interval.overlaps(high.interval):
                break
            yield ViolatedRelation("sum", ((high, 1), (low, -1)), Fraction(0))
            left = [each for each in left if each not in {low, high} and not _does_as_well(each, low, high)]


def _does_as_well(bound: PrintedBound, *pair: PrintedBound) -> bool:
    return any(not bound.interval.overlaps(other.interval) for other in pair)
