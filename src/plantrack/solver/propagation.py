"""Interval constraint propagation: boxes that shrink to what polynomial constraints leave.

    x  in  -(sum of the terms without x) / (sum of the factors of x)      for each variable of `sum_j c_j prod(x) = 0`

(HC3 contraction: Benhamou and Older, "Applying Interval Arithmetic to Real, Integer and Boolean Constraints",
J. Logic Programming 32, 1997). A box gives each variable two floats that enclose its numbers; every operation is
rounded outward, so that what a contraction empties is proven empty. Whether ends are open is not kept.
At most `MAX_ROUNDS` rounds over all constraints, each linear in their factors.
"""

from __future__ import annotations

import math
from fractions import Fraction
from functools import reduce
from itertools import accumulate
from math import nextafter
from typing import TYPE_CHECKING, NamedTuple

from plantrack.numbers.interval import to_float
from plantrack.solver.constraints import variables_of
from plantrack.solver.elementary import without
from plantrack.solver.limits import MAX_ROUNDS
from plantrack.solver.variables import ONE

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from plantrack.numbers.interval import Interval
    from plantrack.solver.constraints import Constraint
    from plantrack.solver.variables import Variable

Monomial = tuple["Variable", ...]
Pair = tuple[float, float]
Box = dict["Variable", Pair]
INFINITY = math.inf
LEAST_GAIN = 0.05
"""A round that shrinks nothing by more than this part of its width is the last."""


class Polynomial(NamedTuple):
    """Multiples of products of variables that together must be zero; the same with floats around each number."""

    terms: tuple[tuple[Fraction, Monomial], ...]
    enclosed_terms: tuple[tuple[Pair, Monomial], ...]
    variables: tuple[Variable, ...]

    @classmethod
    def of(cls, *terms: tuple[Fraction, Monomial]) -> Polynomial:
        return cls(
            terms,
            tuple(((lowered(number), raised(number)), monomial) for number, monomial in terms),
            tuple(dict.fromkeys(variable for _, monomial in terms for variable in monomial)),
        )


def polynomials_of(constraints: Sequence[Constraint]) -> list[Polynomial]:
    """The constraints, and for spans of which both ratio and difference are linked what the two mean together."""
    found = [_polynomial(constraint) for constraint in constraints]
    spans = variables_of(constraint for constraint in constraints if not constraint.law)
    for variable in spans:
        difference = variable._replace(kind="difference")
        if variable.kind == "ratio" and difference in spans:
            found += _ratio_and_difference(variable, difference)
    return found


def sums_without(constraints: Iterable[Constraint], variables: Iterable[Variable]) -> list[Polynomial]:
    """The sums projected onto their other variables, where that is more than one of them says alone."""
    rows = [constraint.vector for constraint in constraints if constraint.kind == "sum"]
    left = [row for row in without(rows, variables) if row not in rows]
    return [
        Polynomial.of(
            *(
                (Fraction(times), () if variable.kind == "number" else (variable,))
                for variable, times in row.items()
            )
        )
        for row in left
    ]


def _polynomial(constraint: Constraint) -> Polynomial:
    if constraint.kind == "sum":
        terms = [(times, (variable,)) for variable, times in constraint.terms]
        return Polynomial.of(*terms, *([(-constraint.constant, ())] if constraint.constant else []))
    sides: dict[bool, list[Variable]] = {True: [], False: []}
    for variable, power in constraint.terms:
        sides[power > 0] += [variable] * abs(int(power))
    return Polynomial.of((ONE, tuple(sides[True])), (-constraint.constant, tuple(sides[False])))


def _ratio_and_difference(ratio: Variable, difference: Variable) -> list[Polynomial]:
    """`(ratio - 1) × start = difference` and `(ratio - 1) × end = ratio × difference`."""
    start, end, one = ratio.level(0), ratio.level(1), ONE
    return [
        Polynomial.of((one, (ratio, start)), (-one, (start,)), (-one, (difference,))),
        Polynomial.of((one, (ratio, end)), (-one, (end,)), (-one, (ratio, difference))),
    ]


# -- outward arithmetic --------------------------------------------------------------------------


def down(value: float) -> float:
    """The greatest float `y < value`, in its unit; of -inf -inf (source: nextDown of IEEE 754-2019)."""
    return nextafter(value, -INFINITY)


def up(value: float) -> float:
    """The least float `y > value`, in its unit; of inf inf (source: nextUp of IEEE 754-2019)."""
    return nextafter(value, INFINITY)


def enclosed(interval: Interval | None) -> Pair:
    """The least floats around an interval, `(-inf, inf)` for none: `low <= interval <= high`."""
    if interval is None:
        return -INFINITY, INFINITY
    low, high = interval.low, interval.high
    return -INFINITY if low is None else lowered(low), INFINITY if high is None else raised(high)


def lowered(value: Fraction) -> float:
    """A float `y <= value`, in its unit, and equal to it where it is a float.

    Source: docs/why.md, Laws of both kinds: branch and prune (2026-11-24).
    """
    near = to_float(value)
    return near if _is_float(value, near) else down(near)


def raised(value: Fraction) -> float:
    """A float `y >= value`, in its unit, and equal to it where it is a float.

    Source: docs/why.md, Laws of both kinds: branch and prune (2026-11-24).
    """
    near = to_float(value)
    return near if _is_float(value, near) else up(near)


def _is_float(value: Fraction, near: float) -> bool:
    """Whether a number is a float; faster than to compare them."""
    return math.isfinite(near) and near.as_integer_ratio() == (value.numerator, value.denominator)


NOTHING: Pair = (0.0, 0.0)


def plus(one: Pair, other: Pair) -> Pair:
    """`[a + c, b + d]`, rounded outward."""
    if NOTHING in (one, other):
        return other if one == NOTHING else one
    return nextafter(one[0] + other[0], -INFINITY), nextafter(one[1] + other[1], INFINITY)


def times(one: Pair, other: Pair) -> Pair:
    """`[min, max]` of `ac, ad, bc, bd`, rounded outward."""
    if NOTHING in (one, other):
        return NOTHING
    if one[0] >= 0 and other[0] >= 0:  # neither high end is zero, so no zero meets an endless end
        return nextafter(one[0] * other[0], -INFINITY), nextafter(one[1] * other[1], INFINITY)
    products = [_product(a, b) for a in one for b in other]
    return down(min(products)), up(max(products))


def _product(one: float, other: float) -> float:
    """Zero times an endless end is zero: no number of the interval is endless."""
    return 0.0 if 0.0 in (one, other) else one * other


def over(one: Pair, divisor: Pair) -> Pair:
    """`[min, max]` of `a/c, a/d, b/c, b/d`, rounded outward; everything where the divisor may be zero."""
    if divisor[0] <= 0.0 <= divisor[1]:
        return -INFINITY, INFINITY
    if one[0] >= 0 and divisor[0] > 0 and divisor[1] < INFINITY:
        return down(one[0] / divisor[1]), up(one[1] / divisor[0])
    quotients = [_quotient(a, b) for a in one for b in divisor]
    return down(min(quotients)), up(max(quotients))


def _quotient(one: float, other: float) -> float:
    if math.isinf(other):
        return 0.0
    return one / other


# -- contraction ---------------------------------------------------------------------------------


def contracted(polynomials: Sequence[Polynomial], box: Box) -> Box | None:
    """The box less what no solution can have; `None` where nothing is left, which is a proof.

    Constraints wait in a queue (AC-3, Mackworth, Artificial Intelligence 8, 1977); one whose variable lost
    at least `LEAST_GAIN` of its width wakes the others that have it.
    """
    box = dict(box)
    watched: dict[Variable, list[int]] = {}
    for number, polynomial in enumerate(polynomials):
        for variable in polynomial.variables:
            watched.setdefault(variable, []).append(number)
    waiting = dict.fromkeys(range(len(polynomials)))
    for _ in range(MAX_ROUNDS * len(polynomials)):
        if not waiting:
            break
        at = next(iter(waiting))
        del waiting[at]
        for variable, found in _left_for_each(polynomials[at], box):
            low, high = box[variable]
            new = max(low, found[0]), min(high, found[1])
            if new[0] > new[1]:
                return None
            box[variable] = new
            if new != (low, high) and _gains((low, high), new):
                waiting.update(dict.fromkeys(each for each in watched[variable] if each != at))
    return box


def _gains(old: Pair, new: Pair) -> bool:
    if math.isinf(old[0]) or math.isinf(old[1]):
        return True
    return (old[1] - old[0]) - (new[1] - new[0]) > LEAST_GAIN * (old[1] - old[0])


def _left_for_each(polynomial: Polynomial, box: Box) -> Iterator[tuple[Variable, Pair]]:
    """What a constraint leaves for each of its variables, the others anywhere in the box."""
    terms = polynomial.enclosed_terms
    values = [_value(number, monomial, box) for number, monomial in terms]
    before = list(accumulate(values, plus, initial=NOTHING))
    after = list(accumulate(reversed(values), plus, initial=NOTHING))[::-1]
    for variable in polynomial.variables:
        inside = [at for at, (_, monomial) in enumerate(terms) if variable in monomial]
        if any(terms[at][1].count(variable) > 1 for at in inside):
            continue
        first, *others = inside
        if not others:
            rest = plus(before[first], after[first + 1])
        else:
            rest = reduce(plus, (value for at, value in enumerate(values) if at not in inside), NOTHING)
        factors = (
            _value(terms[at][0], [each for each in terms[at][1] if each != variable], box) for at in inside
        )
        yield variable, over((-rest[1], -rest[0]), reduce(plus, factors, NOTHING))


def _value(number: Pair, variables: Iterable[Variable], box: Box) -> Pair:
    for variable in variables:
        number = times(number, box[variable])
    return number
