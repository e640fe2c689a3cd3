"""Closed forms of growth over arrays: implied yearly rates, their bounds, compounding.

Floats, for showing and for clearing many figures at once; verdicts are given by exact arithmetic
in `plantrack.audit`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
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
    """The least and the greatest rate that the roundings of base and target allow.

    Args:
        base: lowest and highest value that would be printed as the base.
        target: lowest and highest value that would be printed as the target; `inf` for none.
        years: how many years lie between.

    Returns:
        Two arrays of fractions per year: from the highest base to the lowest target, and from the
        lowest base to the highest target. Whether an end belongs is not told.
    """
    return implied_rate(base[1], target[0], years), implied_rate(base[0], target[1], years)


def compounded(base: ArrayLike, rate: ArrayLike, years: ArrayLike) -> Floats:
    """`base * (1 + rate) ** years`, in the base's unit; rates are fractions per year."""
    base, rate, years = (np.asarray(each, dtype=np.float64) for each in (base, rate, years))
    return np.asarray(base * np.power(1.0 + rate, years))
