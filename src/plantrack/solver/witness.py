"""A witness: rational numbers near a float point that obey every constraint exactly and lie in every interval.

For each constraint one variable is made to depend on the others, those with most room first (Gaussian elimination
with complete pivoting of the Jacobian, O(m^2 n)); the others take their floats, and the dependent ones follow by
exact elimination in `Fraction`. All is checked again in the end, so that a witness is a proof.
"""

from __future__ import annotations

import math
from fractions import Fraction
from typing import TYPE_CHECKING

import numpy as np

from plantrack.numbers.interval import ZERO
from plantrack.numbers.rationals import length
from plantrack.solver.elementary import reduced, whole
from plantrack.solver.limits import MAX_BITS, MAX_TRIES
from plantrack.solver.terms import Terms

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from collections.abc import Set as AbstractSet

    from plantrack.numbers.interval import Interval
    from plantrack.solver.propagation import Polynomial
    from plantrack.solver.variables import Variable

    Numbers = dict[Variable, Fraction]

LEAST_PIVOT = 1e-13
HARDLY = 1e-9
"""Part of its value by which a variable moves that others leave no room, as far as floats can tell."""


def witness(
    polynomials: Sequence[Polynomial],
    intervals: Mapping[Variable, Interval | None],
    near: Mapping[Variable, float],
    room: Mapping[Variable, float],
) -> Numbers | None:
    """Numbers near the floats given; `None` where none was found.

    For each constraint one variable, of those with most room, is made to depend on the others. These take
    the values of their floats, the dependent ones follow exactly.

    Args:
        polynomials: the constraints.
        intervals: where each variable must lie; `None` for anywhere.
        near: a point that obeys the constraints but for rounding.
        room: how far variables can move; those not named hardly can.
    """
    if not all(map(math.isfinite, (*near.values(), *room.values()))):
        return None  # numbers that floats cannot hold
    free = {
        variable: HARDLY * (abs(value) or 1.0)
        for variable, value in near.items()
        if (interval := intervals[variable]) is None or not interval.is_point
    } | {variable: each for variable, each in room.items() if each > 0}
    for _ in range(MAX_TRIES):
        dependent = _dependent(polynomials, near, free)
        numbers = {each: _fixed(near[each], intervals[each]) for each in near if each not in dependent}
        stuck = _solve(polynomials, dependent, numbers)
        if stuck is None:
            return numbers if _is_witness(numbers, polynomials, intervals) else None
        for variable in stuck:
            free.pop(variable, None)
    return None


def _fixed(value: float, interval: Interval | None) -> Fraction:
    """The float as it is, or the middle of an interval that does not hold it."""
    number = Fraction(value)
    if interval is None or interval.contains(number) or interval.low is None or interval.high is None:
        return number
    return (interval.low + interval.high) / 2


def _dependent(
    polynomials: Sequence[Polynomial], near: Mapping[Variable, float], room: Mapping[Variable, float]
) -> set[Variable]:
    """One variable for each constraint that says something new, those with most room first (complete pivoting)."""
    variables = list(room)
    values = np.array([near[each] for each in variables])
    _, slopes = Terms.of(polynomials, variables, near).at(values)
    matrix = slopes * np.array([room[each] for each in variables])
    if not np.isfinite(matrix).all():
        return set()
    sizes = np.abs(matrix).max(axis=1, initial=0.0)
    matrix /= np.maximum(sizes, np.finfo(float).tiny)[:, None]
    chosen: set[Variable] = set()
    for _ in polynomials if variables else ():
        row, at = divmod(int(np.abs(matrix).argmax()), len(variables))
        pivot = matrix[row, at]
        if abs(pivot) < LEAST_PIVOT:
            break
        chosen.add(variables[at])
        matrix -= np.outer(matrix[:, at] / pivot, matrix[row])
        matrix[row] = 0.0
    return chosen


def _solve(
    polynomials: Sequence[Polynomial], dependent: set[Variable], numbers: Numbers
) -> set[Variable] | None:
    """Fill in the dependent variables; the variables at which it is stuck because they are multiplied."""
    waiting = list(polynomials)
    while unknown := dependent - numbers.keys():
        waiting = [each for each in waiting if not unknown.isdisjoint(each.variables)]
        before = len(numbers)
        _solve_singly(waiting, unknown, numbers)
        if len(numbers) == before:
            lines = (_linear_in(unknown, polynomial, numbers) for polynomial in waiting)
            numbers |= _solved([line for line in lines if line])
        if len(numbers) == before:
            return _multiplied(waiting, unknown) or unknown
    return None


def _solve_singly(waiting: Sequence[Polynomial], unknown: set[Variable], numbers: Numbers) -> None:
    """Fill in each variable that is the only unknown of a constraint, one after the other."""
    for polynomial in waiting:
        asked = unknown.difference(numbers).intersection(polynomial.variables)
        if len(asked) == 1 and (line := _linear_in(asked, polynomial, numbers)):
            (variable,) = asked
            numbers[variable] = -line.get(None, ZERO) / line[variable]


def _multiplied(waiting: Sequence[Polynomial], unknown: set[Variable]) -> set[Variable]:
    """The first variables of products of several unknowns."""
    monomials = (monomial for polynomial in waiting for _, monomial in polynomial.terms)
    return {each[0] for each in monomials if len(unknown.intersection(each)) > 1}


Line = dict["Variable | None", Fraction]


def _linear_in(unknown: AbstractSet[Variable], polynomial: Polynomial, numbers: Numbers) -> Line | None:
    """A constraint as multiples of the unknown and a rest under `None`.

    `None` where two unknowns are multiplied, or numbers would be too long.
    """
    line: Line = {}
    for coefficient, monomial in polynomial.terms:
        own = [variable for variable in monomial if variable in unknown]
        if len(own) > 1:
            return None
        known = [numbers[variable] for variable in monomial if variable not in unknown]
        if sum(map(length, known)) > MAX_BITS:
            return None
        key = next(iter(own), None)
        line[key] = line.get(key, 0) + Fraction(*_product((coefficient, *known)))
    rest = line.pop(None, None)
    line = {variable: value for variable, value in line.items() if value}
    return line | {None: rest} if line and rest else line


def _solved(lines: Sequence[Line]) -> Numbers:
    """The unknowns that the lines determine: those that stand alone in a row, whichever the row was reduced by."""
    return {
        variable: Fraction(-row.get(None, 0), row[variable])
        for row in reduced(map(whole, lines)).values()
        for variable in row
        if variable is not None and row.keys() <= {variable, None}
    }


def _is_witness(
    numbers: Numbers, polynomials: Sequence[Polynomial], intervals: Mapping[Variable, Interval | None]
) -> bool:
    confined = ((intervals[variable], number) for variable, number in numbers.items())
    inside = all(interval is None or interval.contains(number) for interval, number in confined)
    return inside and all(_is_zero(each, numbers) for each in polynomials)


def _is_zero(polynomial: Polynomial, numbers: Numbers) -> bool:
    """Whether its terms come to zero."""
    above, below = 0, 1
    for coefficient, monomial in polynomial.terms:
        over, under = _product((coefficient, *(numbers[variable] for variable in monomial)))
        above, below = above * under + over * below, below * under
    return above == 0


def _product(factors: Sequence[Fraction]) -> tuple[int, int]:
    """The product in whole numbers that are not reduced: `above / below`."""
    return math.prod(each.numerator for each in factors), math.prod(each.denominator for each in factors)
