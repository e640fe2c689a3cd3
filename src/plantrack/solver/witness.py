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

from plantrack.numbers.interval import to_float
from plantrack.solver.elementary import reduced, whole
from plantrack.solver.limits import MAX_TRIES

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

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
    """The float as it is, or the interval's one value."""
    if interval is not None and interval.is_point and interval.low is not None:
        return interval.low
    number = Fraction(value)
    if interval is None or interval.contains(number) or interval.low is None or interval.high is None:
        return number
    return (interval.low + interval.high) / 2


def _dependent(
    polynomials: Sequence[Polynomial], near: Mapping[Variable, float], room: Mapping[Variable, float]
) -> set[Variable]:
    """One variable for each constraint that says something new, those with most room first (complete pivoting)."""
    variables = list(room)
    number = {variable: at for at, variable in enumerate(variables)}
    matrix = np.zeros((len(polynomials), len(variables)))
    for row, polynomial in enumerate(polynomials):
        for coefficient, monomial in polynomial.terms:
            for at, variable in enumerate(monomial):
                if variable in number:
                    others = [near[each] for other, each in enumerate(monomial) if other != at]
                    matrix[row, number[variable]] += (
                        to_float(coefficient) * math.prod(others) * room[variable]
                    )
    if not np.isfinite(matrix).all():
        return set()
    sizes = np.abs(matrix).max(axis=1, initial=0.0)
    matrix = matrix[sizes > 0] / sizes[sizes > 0, None]
    chosen: set[Variable] = set()
    while matrix.size:
        row, at = np.unravel_index(np.abs(matrix).argmax(), matrix.shape)
        pivot = matrix[row, at]
        if abs(pivot) < LEAST_PIVOT:
            break
        chosen.add(variables[int(at)])
        matrix = np.delete(matrix - np.outer(matrix[:, at] / pivot, matrix[row]), row, axis=0)
    return chosen


def _solve(
    polynomials: Sequence[Polynomial], dependent: set[Variable], numbers: Numbers
) -> set[Variable] | None:
    """Fill in the dependent variables; the variables at which it is stuck because they are multiplied."""
    waiting = list(polynomials)
    while unknown := dependent - numbers.keys():
        waiting = [each for each in waiting if not unknown.isdisjoint(each.variables)]
        lines = []
        before = len(numbers)
        for polynomial in waiting:
            line = _linear_in(unknown, polynomial, numbers)
            if line is not None and len(line.keys() - {None}) == 1:
                numbers |= _solved([line])
                unknown -= numbers.keys()
            elif line is not None and line.keys() - {None}:
                lines.append(line)
        if len(numbers) == before:
            numbers |= _solved(lines)
        if len(numbers) == before:
            monomials = (monomial for polynomial in waiting for _, monomial in polynomial.terms)
            return {each[0] for each in monomials if len(unknown.intersection(each)) > 1} or unknown
    return None


Line = dict["Variable | None", Fraction]


def _linear_in(unknown: set[Variable], polynomial: Polynomial, numbers: Numbers) -> Line | None:
    """A constraint as multiples of the unknown and a rest under `None`; `None` where two unknowns are multiplied."""
    line: Line = {}
    for coefficient, monomial in polynomial.terms:
        value, own = coefficient, None
        for variable in monomial:
            if variable in unknown:
                if own is not None:
                    return None
                own = variable
            else:
                value *= numbers[variable]
        line[own] = line.get(own, Fraction(0)) + value
    rest = line.pop(None, None)
    line = {variable: value for variable, value in line.items() if value}
    return line | {None: rest} if rest else line


def _solved(lines: Sequence[Line]) -> Numbers:
    """The unknowns that the lines determine."""
    return {
        variable: Fraction(-row.get(None, 0), row[variable])
        for variable, row in reduced(map(whole, lines)).items()
        if variable is not None and not row.keys() - {variable, None}
    }


def _is_witness(
    numbers: Numbers, polynomials: Sequence[Polynomial], intervals: Mapping[Variable, Interval | None]
) -> bool:
    confined = ((intervals[variable], number) for variable, number in numbers.items())
    inside = all(interval is None or interval.contains(number) for interval, number in confined)
    return inside and all(_amount(each, numbers) == 0 for each in polynomials)


def _amount(polynomial: Polynomial, numbers: Numbers) -> Fraction:
    total = Fraction(0)
    for coefficient, monomial in polynomial.terms:
        value = coefficient
        for variable in monomial:
            value *= numbers[variable]
        total += value
    return total
