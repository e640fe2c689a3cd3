"""The exact range of one variable of a component: what all its others leave for it (a projection to one dimension).

By the theorem on elementary vectors (Rockafellar, Convex Analysis, Theorem 22.6) each end is told by one elementary
vector, the others at the ends that hold it back. The simplex method stops at it when the variable is asked to lie
farther out than it can, and is looked at last (Bland's rule): then all others stand between their ends, and the end is
attained. One run of the simplex method an end.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, TypeVar

from plantrack.numbers.interval import ANY, POSITIVE, Interval, logarithm, to_float
from plantrack.solver.elementary import Vector, cleared
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
    places; an end that is not decided is none. `None` where the ends of the others exclude one another.
    In the variable's unit. Source: Rockafellar (1970), Theorem 22.6.
    """
    ordered = _last(basis, variable)
    found: Interval | None = POSITIVE if kind == "product" else ANY
    for is_high in (False, True):
        row, _ = broken_row(ordered, {**ends, variable: _far_out(kind, is_high=is_high)}, kind, pays)
        if row is not None and found is not None:
            side = _side(row, ends, kind, variable, is_high=is_high) if variable in row else None
            found = None if side is None else found.intersection(side)
    return found


def _last(basis: Mapping[_C, Vector[_C]], variable: _C) -> dict[_C, Vector[_C]]:
    """The same space with the variable in one row alone, its own, and behind all others."""
    own, pivot = next((own, row) for own, row in basis.items() if variable in row)
    rows = {key: cleared(row, pivot, variable) for key, row in basis.items() if key != own}
    last = {each: times for each, times in pivot.items() if each != variable}
    return {**rows, variable: {**last, variable: pivot[variable]}}


def _far_out(kind: Kind, *, is_high: bool) -> Ends:
    """One end beyond all numbers on a side."""
    exact = FAR if is_high else 1 / FAR if kind == "product" else -FAR
    end = End(exact, logarithm(exact) if kind == "product" else to_float(exact), 0)
    return Ends(end, None) if is_high else Ends(None, end)


def _side(
    row: Vector[_C], ends: Mapping[_C, Ends], kind: Kind, variable: _C, *, is_high: bool
) -> Interval | None:
    """How far the others, each at the end that holds it back, let the variable go: a half-line."""
    own, is_attained = row[variable], True
    value = Fraction(int(kind == "product"))
    for each, times in row.items():
        if each == variable:
            continue
        by = -times if own > 0 else times
        end = ends[each].high if (by > 0) == is_high else ends[each].low
        assert end is not None, "the simplex method stops only where every other variable is held back"
        is_attained = is_attained and not end.step
        value = value * end.exact**by if kind == "product" else value + end.exact * by
    value = value if kind == "product" else value / abs(own)
    half = Interval(None, value, low_closed=False, high_closed=is_attained)
    if not is_high:
        half = Interval(value, None, low_closed=is_attained, high_closed=False)
    return root_of(half, abs(own)) if kind == "product" and abs(own) > 1 else half
