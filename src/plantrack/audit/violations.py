"""The search for violated relations: which combinations of laws the printed figures break.

Each component of laws is decided as a whole first (`plantrack.solver.simplex`). Only of one that is
broken are the elementary relations enumerated, so that the smallest contradictions are reported first;
where they are too many, the rows that the decision itself stopped at are reported instead.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property, lru_cache
from itertools import product
from typing import TYPE_CHECKING

from plantrack.audit.bounds import high_end, low_end
from plantrack.audit.presolve import one_sided
from plantrack.audit.relations import DomainBound, ViolatedRelation
from plantrack.numbers.interval import common
from plantrack.solver.constraints import has_many_factors, variables_of
from plantrack.solver.elementary import cleared, elementary_vectors, eliminated, whole
from plantrack.solver.limits import MAX_KNOWN

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from collections.abc import Set as AbstractSet

    from plantrack.audit.bounds import Bound
    from plantrack.audit.choices import Choice
    from plantrack.audit.constraint_system import ConstraintSystem
    from plantrack.audit.presolve import Component, Kind
    from plantrack.solver.constraints import Constraint
    from plantrack.solver.variables import Variable

FAR_WIDER = 3
"""A contradiction that is off by more than so many times as much is reported though one with fewer figures is there."""
TRIED = 3
"""Steps that a term of a relation takes."""


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
        scales, pivots = _solved(self.constraints)
        row: dict[object, int] = {"goal": 1} | dict(self.powers)
        for variable, pivot in pivots:
            row = cleared(row, pivot, variable)
        return tuple(
            (constraint, Fraction(-row["tie", number], row["goal"]) / scales[number])
            for number, constraint in enumerate(self.constraints)
            if ("tie", number) in row
        )


@lru_cache(maxsize=MAX_KNOWN)
def _solved(
    constraints: tuple[Constraint, ...],
) -> tuple[list[Fraction], list[tuple[object, dict[object, int]]]]:
    """Laws in whole numbers: the scale of each, and the sums of them that clear a row of one variable after the other.

    Done once for all relations of a component: O(m^2 n) for m laws of n variables.
    """
    rows: list[dict[object, int]] = []
    scales = []
    for number, constraint in enumerate(constraints):
        row: dict[object, int] = dict(whole(dict(constraint.terms)))
        variable, times = constraint.terms[0]
        scales.append(times / row[variable])
        row["tie", number] = 1
        rows.append(row)
    return scales, eliminated(rows, variables_of(constraints))[0]


ZERO, ONE = Fraction(0), Fraction(1)


def relations_of(component: Component, system: ConstraintSystem) -> list[ElementaryRelation]:
    """The elementary relations of a component, as many as are gone through."""
    pays = system.effort.pays
    vectors = elementary_vectors(component.rows, one_sided(component, system), pays=pays)
    return [ElementaryRelation.of(vector, component) for vector in vectors if is_followed(vector, component)]


def fewest(relation: ElementaryRelation, choice: Choice) -> int:
    """How many figures break it at least: one for each variable that without a figure has no end that could."""

    def needs_one(variable: Variable) -> bool:
        ((_, domain),) = choice.free(variable)
        if relation.kind == "product":
            return domain.high is None and not domain.low
        return domain.high is None and domain.low is None and variable.kind != "slack"

    return sum(needs_one(variable) for variable, _ in relation.powers)


def is_followed(vector: Mapping[Variable, int], component: Component) -> bool:
    """Whether anybody would follow a sum, or a product of so many factors."""
    return component.kind == "sum" or not has_many_factors(vector)


def own_relations(spans: Iterable[Variable]) -> list[ElementaryRelation]:
    """For each span what its changes with a level say of its ratio, against what else is printed of it."""
    return [ElementaryRelation("product", ((span, 1), (span, -1)), ONE, ()) for span in spans]


def violated(relation: ElementaryRelation, choice: Choice) -> ViolatedRelation | None:
    """The choice of one figure a quantity that breaks the relation most, with the fewest figures, if one does."""
    if not choice.system.effort.pays(TRIED * len(relation.powers)):
        return None
    choices, _ = choice.consistent_choices(variable for variable, _ in relation.powers)
    found = [violation for each in choices if (violation := _violated(relation, each))]
    found = [violation for violation in found if violation.bounds]  # laws by themselves blame no figure
    return _fewest_and_widest(found)


def _fewest_and_widest(found: Sequence[ViolatedRelation]) -> ViolatedRelation | None:
    """The one with the fewest figures, and of these the one that is off most; a single one is not measured."""
    if len(found) <= 1:
        return found[0] if found else None
    return min(found, key=lambda each: (len(each.bounds), -each.off(1.0)))


def _violated(relation: ElementaryRelation, choice: Choice) -> ViolatedRelation | None:
    if not relation.constraints:
        return _own(relation.powers[0][0], choice)
    variables = [(choice.of(variable), exponent) for variable, exponent in relation.powers]
    if all(isinstance(bounds[0], DomainBound) for bounds, _ in variables):
        return None
    for sign in (1, -1):
        terms = tuple((_push(bounds, exponent * sign), exponent) for bounds, exponent in variables)
        violation = ViolatedRelation(relation.kind, terms, relation.constant)
        if violation.breaks(sign):
            others = [
                _instead(term[0], variable, choice)
                for term, (variable, _) in zip(terms, relation.powers, strict=True)
            ]
            return _with_fewest(violation, others, sign, choice)._replace(constraints=relation.shares)
    return None


def _with_fewest(
    violation: ViolatedRelation, others: Sequence[Sequence[Bound | DomainBound]], sign: int, choice: Choice
) -> ViolatedRelation:
    """The relation with bounds that need fewer figures, as far as it is broken so, too."""
    count, off = len(violation.bounds), None
    for at, bounds in enumerate(others):
        for bound in bounds:
            if not choice.system.effort.pays(TRIED * len(violation.terms)):
                return violation._replace(is_minimal=False)
            times = violation.terms[at][1]
            if not _pushes(bound, times * sign, violation.kind):
                continue
            terms = (*violation.terms[:at], (bound, times), *violation.terms[at + 1 :])
            other = violation._replace(terms=terms)
            if other.breaks(sign) and len(other.bounds) < count:
                off = violation.off(1.0) if off is None else off
                if (less := other.off(1.0)) * FAR_WIDER < off:
                    violation = violation._replace(is_minimal=False)
                else:
                    violation, count, off = other, len(other.bounds), less
    return violation


def _instead(
    bound: Bound | DomainBound, variable: Variable, choice: Choice
) -> tuple[Bound | DomainBound, ...]:
    """What may confine a variable with fewer figures than a bound does: other bounds, or what it can be at all."""
    others = choice.of(variable) if len(bound.bounds) > 1 else ()
    return (*others, *choice.free(variable)) if bound.bounds else others


def _pushes(bound: Bound | DomainBound, direction: int, kind: Kind) -> bool:
    """Whether it has an end on the side that pushes, and in products not at zero: without, nothing is broken."""
    end = bound.interval.low if direction > 0 else bound.interval.high
    return end is not None and (kind == "sum" or bool(end))


def _own(span: Variable, choice: Choice) -> ViolatedRelation | None:
    """What a change with a level says of its span's ratio against anything else printed of it.

    Two figures of the ratio itself are a repetition, and told as such.
    """
    bounds = choice.of(span)
    is_paid = choice.system.effort.pays(TRIED * len(bounds) ** 2)
    if not is_paid or common(each.interval for each in bounds) is not None:
        return None
    made = [bound for bound in bounds if len(bound.bounds) > 1 or bound not in bound.bounds]
    violations = [*_exclusions(made, bounds), *_exclusions(bounds, made)]
    return _fewest_and_widest(violations)


def _exclusions(
    lows: Sequence[Bound | DomainBound], highs: Sequence[Bound | DomainBound]
) -> Iterator[ViolatedRelation]:
    """Each bound of the first together with each of the others that lies wholly below it."""
    low, high = max(lows, key=low_end, default=None), min(highs, key=high_end, default=None)
    if low is None or high is None or low.interval.overlaps(high.interval):
        return
    for one, other in product(lows, highs):
        if low_end(one) > low_end(other) and not one.interval.overlaps(other.interval):
            yield ViolatedRelation("product", ((one, 1), (other, -1)), ONE)


def _push(bounds: Sequence[Bound | DomainBound], direction: int) -> Bound | DomainBound:
    """The bound that pushes highest, or lowest where the direction is negative."""
    if len(bounds) == 1:
        return bounds[0]
    return max(bounds, key=low_end) if direction > 0 else min(bounds, key=high_end)


# -- repetitions ---------------------------------------------------------------------------------


def repetitions(
    system: ConstraintSystem, among: AbstractSet[Variable] | None = None
) -> Iterator[ViolatedRelation]:
    """Pairs of figures of one variable, all or one of some, that exclude each other, the farthest apart first."""
    conflicting = system.conflicting if among is None else system.conflicting & among
    for variable in filter(conflicting.__contains__, system.bounds if conflicting else ()):
        left = system.bounds[variable]
        while len(left) > 1:
            low, high = min(left, key=high_end), max(left, key=low_end)
            if low.interval.overlaps(high.interval):
                break
            yield ViolatedRelation("sum", ((high, 1), (low, -1)), Fraction(0))
            ends = low.interval, high.interval
            left = tuple(each for each in left if all(map(each.interval.overlaps, ends)))
