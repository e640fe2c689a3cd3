"""The exact range of one variable of a component: what all its others leave for it (a projection to one dimension).

By the theorem on elementary vectors (Rockafellar, Convex Analysis, Theorem 22.6) each end is told by one elementary
vector, the others at the ends that hold it back. The simplex method stops at such a vector when the variable is asked
to lie farther out than it can, not always at the tightest: the variable is asked for the end found until it can be
there, and the end is attained but for open ends. One run of the simplex method for each vector, two an end as a rule.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, TypeVar

from plantrack.numbers.interval import ANY, POSITIVE, Interval, logarithm, to_float
from plantrack.solver.elementary import Vector, cleared, coprime
from plantrack.solver.limits import MAX_VECTORS
from plantrack.solver.roots import root_of
from plantrack.solver.simplex import End, Ends, broken_row

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from plantrack.solver.simplex import Kind

_C = TypeVar("_C")

FAR = Fraction(10) ** 60
"""No printed number is as large nor, in products, as small as one over it: what reaches it has no end."""


def implied_range(
    basis: Mapping[_C, Vector[_C]],
    ends: Mapping[_C, Ends],
    kind: Kind,
    variable: _C,
    pays: Callable[[float], bool] = lambda _: True,
) -> Interval | None:
    """The interval of `x_v` over all `x` between the ends with `row · x = 0` (of logarithms in products).

    The variable's own ends are left out of account. Exact but for roots, which are rounded outward to 96 binary
    places; an end that is not decided may lie farther out. `None` where the ends of the others exclude one another.
    In the variable's unit. Source: Rockafellar (1970), Theorem 22.6.
    """

    def broken(times: int, asked: Ends) -> Vector[_C] | None:
        return broken_row(_last(basis, variable, times), {**ends, variable: asked}, kind, pays)[0]

    low, high = (_half_line(broken, ends, kind, variable, is_high=side) for side in (False, True))
    return None if low is None or high is None else low.intersection(high)


def _half_line(
    broken: Callable[[int, Ends], Vector[_C] | None],
    ends: Mapping[_C, Ends],
    kind: Kind,
    variable: _C,
    *,
    is_high: bool,
) -> Interval | None:
    """What one end leaves of the variable: of elementary vectors each bounds it closer than the one before.

    `broken` gives a vector that excludes that so many times the variable lies between some ends.
    """
    half = POSITIVE if kind == "product" else ANY
    times, asked = 1, _far_out(kind, is_high=is_high)
    for _ in range(MAX_VECTORS):
        row = broken(times, asked)
        if row is None:
            break
        if variable not in row:
            return None
        row = coprime({**row, variable: row[variable] * times})
        times = abs(row[variable])
        end = _outermost(row, ends, kind, variable, is_high=is_high)
        asked = Ends(end, None) if is_high else Ends(None, end)
        half = _up_to(end, times, kind, is_high=is_high)
    return half


def _last(basis: Mapping[_C, Vector[_C]], variable: _C, by: int) -> dict[_C, Vector[_C]]:
    """The same space with `by` times the variable in one row alone, its own, and behind all others."""
    own, pivot = next((own, row) for own, row in basis.items() if variable in row)
    rows = {key: cleared(row, pivot, variable) for key, row in basis.items() if key != own}
    last = {each: times * by for each, times in pivot.items() if each != variable}
    return {**rows, variable: coprime({**last, variable: pivot[variable]})}


def _far_out(kind: Kind, *, is_high: bool) -> Ends:
    """One end beyond all numbers on a side."""
    exact = FAR if is_high else 1 / FAR if kind == "product" else -FAR
    end = End(exact, logarithm(exact) if kind == "product" else to_float(exact), 0)
    return Ends(end, None) if is_high else Ends(None, end)


def _outermost(row: Vector[_C], ends: Mapping[_C, Ends], kind: Kind, variable: _C, *, is_high: bool) -> End:
    """How far the others, each at the end that holds it back, let `|row[v]|` times the variable go."""
    value, step = Fraction(int(kind == "product")), 0
    for each, times in row.items():
        if each == variable:
            continue
        by = -times if row[variable] > 0 else times
        end = ends[each].high if (by > 0) == is_high else ends[each].low
        assert end is not None, "the simplex method stops only where every other variable is held back"
        value, step = (
            value * end.exact**by if kind == "product" else value + end.exact * by,
            step + by * end.step,
        )
    return End(value, logarithm(value) if kind == "product" else to_float(value), step)


def _up_to(end: End, times: int, kind: Kind, *, is_high: bool) -> Interval:
    """The numbers of which so many (or, in products, that power) lie on this side of an end."""
    value = end.exact if kind == "product" else end.exact / times
    half = Interval(None, value, low_closed=False, high_closed=not end.step)
    if not is_high:
        half = Interval(value, None, low_closed=not end.step, high_closed=False)
    return root_of(half, times) if kind == "product" and times > 1 else half
