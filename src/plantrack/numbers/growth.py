"""Closed forms of growth over arrays: implied yearly rates, their bounds, compounding.

Floats, for showing and for clearing many figures at once; verdicts are given by exact arithmetic
in `plantrack.audit`.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import ArrayLike, NDArray

    Floats = NDArray[np.float64]


def implied_rate(base: ArrayLike, target: ArrayLike, years: ArrayLike) -> Floats:
    """The constant yearly rate that leads from base to target: `(target / base) ** (1 / years) - 1`.

    Args:
        base: positive values in any unit; arrays broadcast with the others.
        target: non-negative values in the same unit.
        years: how many years lie between, above zero.

    Returns:
        Rates as fractions per year; `nan` where the base is not positive, the target negative or
        the years not positive. Source: the compound annual growth rate, 年均增速.
    """
    base, target, years = (np.asarray(each, dtype=np.float64) for each in (base, target, years))
    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
        rate = np.power(target / base, 1.0 / years)
        rate -= 1.0
    meaningless = ~((base > 0) & (target >= 0) & (years > 0))
    return np.where(meaningless, np.nan, rate) if meaningless.any() else rate


def implied_rate_bounds(
    base: tuple[ArrayLike, ArrayLike], target: tuple[ArrayLike, ArrayLike], years: ArrayLike
) -> tuple[Floats, Floats]:
    """`implied_rate(high base, low target)` and `implied_rate(low base, high target)`.

    These are the least and the greatest rate that the roundings of base and target allow.

    Args:
        base: lowest and highest value that would be printed as the base.
        target: lowest and highest value that would be printed as the target; `inf` for none.
        years: how many years lie between.

    Returns:
        Two arrays of fractions per year, of the shape that the arguments broadcast to. Whether an end
        belongs is not told. Source: the rate falls with the base and rises with the target.
    """
    return implied_rate(base[1], target[0], years), implied_rate(base[0], target[1], years)


def compounded(base: ArrayLike, rate: ArrayLike, years: ArrayLike) -> Floats:
    """`base * (1 + rate) ** years`, in the base's unit; rates are fractions per year.

    Arrays of any shapes that broadcast; the result has their common shape. Source: compound growth.
    """
    base, rate, years = (np.asarray(each, dtype=np.float64) for each in (base, rate, years))
    return np.asarray(base * np.power(1.0 + rate, years))


# -- year by year --------------------------------------------------------------------------------


def constant_growth(base: ArrayLike, target: ArrayLike, years: int, *, last: int | None = None) -> Floats:
    """The same rate every year: `base * (target / base) ** (year / years)`.

    Args:
        base: positive values, any shape `(...)`, in the indicator's unit.
        target: non-negative values of the same shape.
        years: how many years lie between, at least one.
        last: how many years to go; where it is more than `years`, at the same rate.

    Returns:
        Shape `(..., last + 1)`; base and target stand in it exactly. `nan` in between where no
        rate leads from base to target. Source: the compound annual growth rate, 年均增速. One power
        for each path, the years by multiplication: six years are ten times faster than six powers.
    """
    values = _empty(base, target, last or years)
    with np.errstate(invalid="ignore", over="ignore"):
        factor = implied_rate(base, target, years)
        factor += 1.0
        for year in range(1, len(values)):
            np.multiply(values[year - 1] if year - 1 != years else target, factor, out=values[year, ...])
    return _with_exact_ends(values, target, years)


def constant_step(base: ArrayLike, target: ArrayLike, years: int, *, last: int | None = None) -> Floats:
    """The same step every year: `base + (target - base) * year / years`.

    Args, unit and shape `(..., last + 1)` as in `constant_growth`; base and target may be any numbers.
    Source: linear interpolation.
    """
    values = _empty(base, target, last or years)
    with np.errstate(invalid="ignore"):
        step = (np.asarray(target, dtype=np.float64) - np.asarray(base, dtype=np.float64)) / years
        for year in range(1, len(values)):
            np.multiply(step, year, out=values[year, ...])
            values[year] += values[0]
    return _with_exact_ends(values, target, years)


def through(at: Sequence[int], values: Floats, *, last: int, in_steps: bool = False) -> Floats:
    """Through every value, growing at one rate (or in equal steps) from each to the next.

    Args:
        at: offsets of the values in years, ascending, the first zero.
        values: shape `(..., len(at))`, in the indicator's unit.
        last: the last year; beyond the last value it goes on as before it.
        in_steps: equal steps instead of one rate.

    Returns:
        Shape `(..., last + 1)`, in the unit of the values, each of which stands in it exactly:
        between two of them `constant_growth` or `constant_step`. Source: piecewise interpolation.
    """
    between = constant_step if in_steps else constant_growth
    parts = []
    for number, (start, end) in enumerate(pairwise(at)):
        final = number == len(at) - 2
        part = between(
            values[..., number], values[..., number + 1], end - start, last=last - start if final else None
        )
        parts.append(part if final else part[..., :-1])
    return np.concatenate(parts, axis=-1)


WHOLE = 1e-6
"""What the error of floats may be of a count: no step."""


def whole_steps(values: Floats, bound: str | None = None) -> Floats:
    """`floor(values + 0.5)`: the nearest whole numbers, halves upwards; `ceil(values)` towards a `ge` or `gt`.

    Of the same shape and unit. Their steps are whole, and add up to the difference of the ends exactly; a year that is
    rounded down would fall short of what is at least. Source: counts are sums of whole steps.
    """
    if bound in {"ge", "gt"}:
        return np.ceil(values - WHOLE)
    return np.floor(values + 0.5)


def _empty(base: ArrayLike, target: ArrayLike, last: int) -> Floats:
    """Years first, so that a year of all paths lies together in memory; the first filled in."""
    shape = np.broadcast_shapes(np.shape(base), np.shape(target))
    values = np.empty((last + 1, *shape))
    values[0] = base
    return values


def _with_exact_ends(values: Floats, target: ArrayLike, years: int) -> Floats:
    values[years] = target
    return np.moveaxis(values, 0, -1)
