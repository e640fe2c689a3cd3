"""A witness: rational numbers, one for each column, that obey every law exactly and lie in every interval."""

from __future__ import annotations

import math
from fractions import Fraction
from typing import TYPE_CHECKING

import numpy as np

from plantrack.numbers.interval import to_float

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from plantrack.numbers.interval import Interval
    from plantrack.solver.propagation import Polynomial
    from plantrack.solver.variables import Column

    Numbers = dict[Column, Fraction]

MAX_TRIES = 4
"""Other columns are made to depend at most so often where two of them are multiplied."""
LEAST_PIVOT = 1e-13
HARDLY = 1e-9
"""Part of its value by which a column moves that others leave no room, as far as floats can tell."""


def witness(
    polynomials: Sequence[Polynomial],
    intervals: Mapping[Column, Interval | None],
    near: Mapping[Column, float],
    room: Mapping[Column, float],
) -> Numbers | None:
    """Numbers near the floats given; `None` where none was found.

    For each law one column, of those with most room, is made to depend on the others. These take
    the values of their floats, the dependent ones follow exactly.

    Args:
        polynomials: the laws.
        intervals: where each column must lie; `None` for anywhere.
        near: a point that obeys the laws but for rounding.
        room: how far columns can move; those not named hardly can.
    """
    if not all(map(math.isfinite, (*near.values(), *room.values()))):
        return None  # numbers that floats cannot hold
    free = {
        column: HARDLY * (abs(value) or 1.0)
        for column, value in near.items()
        if (interval := intervals[column]) is None or not interval.is_point
    } | {column: each for column, each in room.items() if each > 0}
    for _ in range(MAX_TRIES):
        dependent = _dependent(polynomials, near, free)
        numbers = {
            column: _fixed(near[column], intervals[column]) for column in near if column not in dependent
        }
        stuck = _solve(polynomials, dependent, numbers)
        if stuck is None:
            return numbers if _is_witness(numbers, polynomials, intervals) else None
        for column in stuck:
            free.pop(column, None)
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
    polynomials: Sequence[Polynomial], near: Mapping[Column, float], room: Mapping[Column, float]
) -> set[Column]:
    """One column for each law that says something new, those with most room first (complete pivoting)."""
    columns = list(room)
    number = {column: at for at, column in enumerate(columns)}
    matrix = np.zeros((len(polynomials), len(columns)))
    for row, polynomial in enumerate(polynomials):
        for coefficient, monomial in polynomial.terms:
            for at, column in enumerate(monomial):
                if column in number:
                    others = [near[each] for other, each in enumerate(monomial) if other != at]
                    matrix[row, number[column]] += to_float(coefficient) * math.prod(others) * room[column]
    if not np.isfinite(matrix).all():
        return set()
    sizes = np.abs(matrix).max(axis=1, initial=0.0)
    matrix = matrix[sizes > 0] / sizes[sizes > 0, None]
    chosen: set[Column] = set()
    while matrix.size:
        row, at = np.unravel_index(np.abs(matrix).argmax(), matrix.shape)
        pivot = matrix[row, at]
        if abs(pivot) < LEAST_PIVOT:
            break
        chosen.add(columns[int(at)])
        matrix = np.delete(matrix - np.outer(matrix[:, at] / pivot, matrix[row]), row, axis=0)
    return chosen


def _solve(polynomials: Sequence[Polynomial], dependent: set[Column], numbers: Numbers) -> set[Column] | None:
    """Fill in the dependent columns; the columns at which it is stuck because they are multiplied."""
    waiting = list(polynomials)
    while unknown := dependent - numbers.keys():
        waiting = [each for each in waiting if not unknown.isdisjoint(each.columns)]
        lines = []
        before = len(numbers)
        for polynomial in waiting:
            line = _linear_in(unknown, polynomial, numbers)
            if line is not None and len(line) == PAIR:
                numbers |= _solved([line])
                unknown -= numbers.keys()
            elif line is not None and len(line) > PAIR:
                lines.append(line)
        if len(numbers) == before:
            numbers |= _solved(lines)
        if len(numbers) == before:
            return {
                column
                for polynomial in waiting
                for _, monomial in polynomial.terms
                for column in monomial[:1]
                if len(unknown.intersection(monomial)) > 1
            } or unknown
    return None


PAIR = 2
Line = dict["Column | None", Fraction]


def _linear_in(unknown: set[Column], polynomial: Polynomial, numbers: Numbers) -> Line | None:
    """A law as multiples of the unknown and a rest under `None`; `None` where two unknowns are multiplied."""
    line: Line = {None: Fraction(0)}
    for coefficient, monomial in polynomial.terms:
        value, own = coefficient, None
        for column in monomial:
            if column in unknown:
                if own is not None:
                    return None
                own = column
            else:
                value *= numbers[column]
        line[own] = line.get(own, Fraction(0)) + value
    return {column: value for column, value in line.items() if value or column is None}


def _solved(lines: Sequence[Line]) -> Numbers:
    """The unknowns that the lines determine."""
    basis: dict[Column, Line] = {}
    for line in lines:
        left = line
        for column, pivot in basis.items():
            left = _cleared(left, pivot, column)
        own = next((column for column in left if column is not None), None)
        if own is None:
            continue
        left = {column: value / left[own] for column, value in left.items()}
        basis = {column: _cleared(other, left, own) for column, other in basis.items()}
        basis[own] = left
    return {
        column: -line.get(None, Fraction(0))
        for column, line in basis.items()
        if not line.keys() - {column, None}
    }


def _cleared(line: Line, pivot: Line, column: Column) -> Line:
    times = line.get(column)
    if not times:
        return line
    result = dict(line)
    for key, value in pivot.items():
        result[key] = result.get(key, Fraction(0)) - times * value
    return {key: value for key, value in result.items() if value}


def _is_witness(
    numbers: Numbers, polynomials: Sequence[Polynomial], intervals: Mapping[Column, Interval | None]
) -> bool:
    """Whether every law and every interval is obeyed, exactly."""
    confined = ((intervals[column], number) for column, number in numbers.items())
    inside = all(interval is None or interval.contains(number) for interval, number in confined)
    return inside and all(_amount(each, numbers) == 0 for each in polynomials)


def _amount(polynomial: Polynomial, numbers: Numbers) -> Fraction:
    total = Fraction(0)
    for coefficient, monomial in polynomial.terms:
        value = coefficient
        for column in monomial:
            value *= numbers[column]
        total += value
    return total
