"""Projection: a problem less what hangs at one variable, and less what products have between them, exactly.

    a x + sum_i b_i y_i = c, each y_i in no other constraint    =>    x in (c - sum_i b_i Y_i) / a
    x = u v, w = u / y, each x, u > 0 and u in nothing else     =>    x y = v w

What is left has a solution if and only if the whole has: intervals are added and multiplied exactly, open ends
included (interval propagation decides constraints without cycles: Freuder, "A Sufficient Condition for
Backtrack-Free Search", J. ACM 29, 1982), and logarithms of products are projected as in `elementary`. Linear in the
constraints but for that elimination, which is done once for each set of constraints.
"""

from __future__ import annotations

import math
from fractions import Fraction
from functools import lru_cache, reduce
from typing import TYPE_CHECKING

from plantrack.numbers.interval import ANY, Interval
from plantrack.solver.constraints import Constraint, has_many_factors, variables_of
from plantrack.solver.elementary import without
from plantrack.solver.limits import MAX_BITS, MAX_KNOWN
from plantrack.solver.problem import Problem

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from plantrack.solver.elementary import Vector
    from plantrack.solver.variables import Variable


def projected(problem: Problem) -> Problem | None:
    """A problem that has a solution if and only if this one has; `None` where that is shown not to be."""
    for step in (_without_leaves, _without_latents, _without_leaves):
        left = step(problem)
        if left is None:
            return None
        problem = left
    return problem


def _without_leaves(problem: Problem) -> Problem | None:
    """The problem less constraints of which others have one variable at most, what they leave of it kept."""
    intervals = _with_open_ends(problem.intervals)
    left = dict.fromkeys(problem.constraints)
    using: dict[Variable, dict[Constraint, None]] = {}
    for constraint in left:
        for each in constraint.variables:
            using.setdefault(each, {})[constraint] = None
    waiting = list(left)
    while waiting:
        constraint = waiting.pop()
        variable = _only_shared(constraint, using) if constraint in left else None
        if variable is None:
            continue
        implied = implied_by(constraint, variable, intervals)
        if implied is None:
            continue
        both = implied.intersection(intervals[variable])
        if both is None:
            return None
        intervals[variable] = both
        del left[constraint]
        for each in constraint.variables:
            del using[each][constraint]
        waiting += using[variable]
    return Problem(tuple(left), {variable: intervals[variable] for variable in variables_of(left)})


def _with_open_ends(intervals: Mapping[Variable, Interval | None]) -> dict[Variable, Interval]:
    """The intervals, with that of all numbers where a variable may lie anywhere."""
    return {variable: ANY if interval is None else interval for variable, interval in intervals.items()}


def _only_shared(constraint: Constraint, using: Mapping[Variable, Collection[Constraint]]) -> Variable | None:
    """The one variable that other constraints have, or the first where they have none; `None` for several."""
    shared = [variable for variable in constraint.variables if len(using[variable]) > 1]
    return None if len(shared) > 1 else next(iter(shared or constraint.variables))


def _without_latents(problem: Problem) -> Problem | None:
    """The problem less variables above zero, confined by nothing else, that only products of such numbers have."""
    products, others = _positive_products(problem)
    elsewhere = variables_of(others)
    latent = [
        variable
        for variable in variables_of(products)
        if variable not in elsewhere and _is_half_line(problem.intervals[variable])
    ]
    if not latent:
        return problem
    merged = _merged(tuple(products), tuple(latent))
    if merged is None:
        return problem
    if any(not each.terms and each.constant != 1 for each in merged):
        return None
    constraints = (*others, *(each for each in merged if each.terms))
    return Problem(
        constraints, {variable: problem.intervals[variable] for variable in variables_of(constraints)}
    )


def _positive_products(problem: Problem) -> tuple[list[Constraint], list[Constraint]]:
    """The products of numbers above zero, and all other constraints."""
    above = {
        variable
        for variable, interval in problem.intervals.items()
        if interval is not None and interval.is_positive
    }
    products: list[Constraint] = []
    others: list[Constraint] = []
    for constraint in problem.constraints:
        is_positive = constraint.kind == "product" and above.issuperset(constraint.variables)
        (products if is_positive else others).append(constraint)
    return products, others


def _is_half_line(interval: Interval | None) -> bool:
    return interval is not None and interval.low == 0 and interval.high is None


@lru_cache(maxsize=MAX_KNOWN)
def _merged(products: tuple[Constraint, ...], latent: tuple[Variable, ...]) -> tuple[Constraint, ...] | None:
    """What the products say of their other variables; `None` where that would be products of too many factors."""
    rows = without((constraint.vector for constraint in products), latent)
    return None if any(map(has_many_factors, rows)) else tuple(map(_product, rows))


def _product(row: Vector[Variable]) -> Constraint:
    terms = tuple((variable, Fraction(power)) for variable, power in row.items() if variable.kind != "number")
    numbers = (Fraction(each.indicator) ** -power for each, power in row.items() if each.kind == "number")
    return Constraint("product", terms, math.prod(numbers, start=Fraction(1)), law="several")


def would_be_long(parts: Iterable[tuple[Interval, Fraction]]) -> bool:
    """Whether a product of powers of intervals, or a sum of as many multiples, would have too long ends."""
    bits = [each.length * abs(power.numerator) // power.denominator for each, power in parts]
    return sum(bits) > MAX_BITS


def implied_by(
    constraint: Constraint, variable: Variable, known: Mapping[Variable, Interval]
) -> Interval | None:
    """The interval that a law leaves for one variable when the others are known; `None` if one is not.

    Exact: every number of it is reached; `None` also where its ends would be too long. In the variable's unit.
    """
    powers = dict(constraint.terms)
    exponent = powers.pop(variable)
    others = [
        (known[each], power) for each, power in powers.items() if each in known and power.denominator == 1
    ]
    if not others or len(others) < len(powers) or would_be_long(others):
        return None
    if constraint.kind == "sum":
        whole = (interval.scaled(power / -exponent) for interval, power in others)
        return reduce(Interval.plus, whole).shifted(constraint.constant / exponent)
    if abs(exponent) != 1 or not all(interval.is_positive for interval, _ in others):
        return None
    factors = (interval.power(int(power * -exponent)) for interval, power in others)
    return reduce(Interval.times, factors).scaled(constraint.constant ** int(exponent))
