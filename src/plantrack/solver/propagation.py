"""Laws of both kinds without division or logarithm, and boxes that shrink to what the laws leave.

A law is a polynomial that must be zero: `share × gdp - value added`. A box gives each column two
floats that enclose its numbers: every operation is rounded outward by one step, so that what a
contraction empties is proven empty. Openness of ends is not kept: a contradiction that rests on an
open end is left to exact arithmetic.
"""

from __future__ import annotations

import math
from fractions import Fraction
from functools import reduce
from itertools import accumulate
from typing import TYPE_CHECKING, NamedTuple

from plantrack.numbers.interval import to_float
from plantrack.solver.elementary import whole, without
from plantrack.solver.variables import ONE

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from plantrack.numbers.interval import Interval
    from plantrack.solver.constraints import Tie
    from plantrack.solver.variables import Column

Monomial = tuple["Column", ...]
Pair = tuple[float, float]
Box = dict["Column", Pair]
INFINITY = math.inf
MAX_ROUNDS = 6
"""Contraction goes round all laws at most so often; it is a help, not a decision."""
LEAST_GAIN = 0.05
"""A round that shrinks nothing by more than this part of its width is the last."""


class Polynomial(NamedTuple):
    """Multiples of products of columns that together must be zero; the same with floats around each number."""

    terms: tuple[tuple[Fraction, Monomial], ...]
    enclosed_terms: tuple[tuple[Pair, Monomial], ...]
    columns: tuple[Column, ...]

    @classmethod
    def of(cls, *terms: tuple[Fraction, Monomial]) -> Polynomial:
        return cls(
            terms,
            tuple(((lowered(number), raised(number)), monomial) for number, monomial in terms),
            tuple(dict.fromkeys(column for _, monomial in terms for column in monomial)),
        )


def polynomials_of(ties: Sequence[Tie]) -> list[Polynomial]:
    """The laws, and for spans of which both ratio and difference are tied what the two mean together."""
    found = [_polynomial(tie) for tie in ties]
    spans = [column for tie in ties if not tie.law for column in tie.columns if column.kind == "ratio"]
    differences = {
        column for tie in ties if not tie.law for column in tie.columns if column.kind == "difference"
    }
    for ratio in dict.fromkeys(spans):
        difference = ratio._replace(kind="difference")
        if difference in differences:
            found += _ratio_and_difference(ratio, difference)
    return found


def sums_without(ties: Iterable[Tie], columns: Iterable[Column]) -> list[Polynomial]:
    """What the sums say together of their other columns, where it is more than one of them says."""
    rows = [whole(tie.row) for tie in ties if tie.kind == "sum"]
    left = [row for row in without(rows, columns) if row not in rows]
    return [
        Polynomial.of(
            *(
                (Fraction(times), () if column.kind == "number" else (column,))
                for column, times in row.items()
            )
        )
        for row in left
    ]


def _polynomial(tie: Tie) -> Polynomial:
    if tie.kind == "sum":
        terms = [(times, (column,)) for column, times in tie.terms]
        return Polynomial.of(*terms, *([(-tie.constant, ())] if tie.constant else []))
    sides: dict[bool, list[Column]] = {True: [], False: []}
    for column, power in tie.terms:
        sides[power > 0] += [column] * abs(int(power))
    return Polynomial.of((ONE, tuple(sides[True])), (-tie.constant, tuple(sides[False])))


def _ratio_and_difference(ratio: Column, difference: Column) -> list[Polynomial]:
    """`(ratio - 1) × start = difference` and `(ratio - 1) × end = ratio × difference`."""
    start, end, one = ratio.level(0), ratio.level(1), ONE
    return [
        Polynomial.of((one, (ratio, start)), (-one, (start,)), (-one, (difference,))),
        Polynomial.of((one, (ratio, end)), (-one, (end,)), (-one, (ratio, difference))),
    ]


# -- outward arithmetic --------------------------------------------------------------------------


def down(value: float) -> float:
    return math.nextafter(value, -INFINITY)


def up(value: float) -> float:
    return math.nextafter(value, INFINITY)


def enclosed(interval: Interval | None) -> Pair:
    """Floats around an interval."""
    if interval is None:
        return -INFINITY, INFINITY
    low, high = interval.low, interval.high
    return -INFINITY if low is None else lowered(low), INFINITY if high is None else raised(high)


def lowered(value: Fraction) -> float:
    near = to_float(value)
    return near if near == value else down(near)


def raised(value: Fraction) -> float:
    near = to_float(value)
    return near if near == value else up(near)


NOTHING: Pair = (0.0, 0.0)


def plus(one: Pair, other: Pair) -> Pair:
    if NOTHING in (one, other):
        return other if one == NOTHING else one
    return down(one[0] + other[0]), up(one[1] + other[1])


def times(one: Pair, other: Pair) -> Pair:
    if NOTHING in (one, other):
        return NOTHING
    if one[0] >= 0 and other[0] >= 0:
        return down(_product(one[0], other[0])), up(_product(one[1], other[1]))
    products = [_product(a, b) for a in one for b in other]
    return down(min(products)), up(max(products))


def _product(one: float, other: float) -> float:
    """Zero times an endless end is zero: no number of the interval is endless."""
    return 0.0 if 0.0 in (one, other) else one * other


def over(one: Pair, divisor: Pair) -> Pair:
    """Quotients; everything where the divisor may be zero."""
    if divisor[0] <= 0.0 <= divisor[1]:
        return -INFINITY, INFINITY
    quotients = [_quotient(a, b) for a in one for b in divisor]
    return down(min(quotients)), up(max(quotients))


def _quotient(one: float, other: float) -> float:
    if math.isinf(other):
        return 0.0
    return one / other


# -- contraction ---------------------------------------------------------------------------------


def contracted(polynomials: Sequence[Polynomial], box: Box) -> Box | None:
    """The box less what no solution can have; `None` where nothing is left."""
    box = dict(box)
    watched: dict[Column, list[int]] = {}
    for number, polynomial in enumerate(polynomials):
        for column in polynomial.columns:
            watched.setdefault(column, []).append(number)
    waiting = dict.fromkeys(range(len(polynomials)))
    for _ in range(MAX_ROUNDS * len(polynomials)):
        if not waiting:
            break
        at = next(iter(waiting))
        del waiting[at]
        for column, found in _left_for_each(polynomials[at], box):
            low, high = box[column]
            new = max(low, found[0]), min(high, found[1])
            if new[0] > new[1]:
                return None
            box[column] = new
            if new != (low, high) and _gains((low, high), new):
                waiting.update(dict.fromkeys(each for each in watched[column] if each != at))
    return box


def _gains(old: Pair, new: Pair) -> bool:
    if math.isinf(old[0]) or math.isinf(old[1]):
        return True
    return (old[1] - old[0]) - (new[1] - new[0]) > LEAST_GAIN * (old[1] - old[0])


def _left_for_each(polynomial: Polynomial, box: Box) -> Iterator[tuple[Column, Pair]]:
    """What a law leaves for each of its columns, the others anywhere in the box."""
    terms = polynomial.enclosed_terms
    values = [_value(number, monomial, box) for number, monomial in terms]
    before = list(accumulate(values, plus, initial=NOTHING))
    after = list(accumulate(reversed(values), plus, initial=NOTHING))[::-1]
    for column in polynomial.columns:
        inside = [at for at, (_, monomial) in enumerate(terms) if column in monomial]
        if any(terms[at][1].count(column) > 1 for at in inside):
            continue
        if len(inside) == 1:
            rest = plus(before[inside[0]], after[inside[0] + 1])
        else:
            rest = reduce(plus, (value for at, value in enumerate(values) if at not in inside), NOTHING)
        factors = (
            _value(terms[at][0], [each for each in terms[at][1] if each != column], box) for at in inside
        )
        yield column, over((-rest[1], -rest[0]), reduce(plus, factors, NOTHING))


def _value(number: Pair, columns: Iterable[Column], box: Box) -> Pair:
    for column in columns:
        number = times(number, box[column])
    return number
