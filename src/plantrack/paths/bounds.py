"""From printed numbers to arrays: the value, and the bounds of what would be printed so.

An array of bounds has shape `(5,)`: value, low, high, and low and high where 以上 or 以下 is taken at its number.
"""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING

import numpy as np

from plantrack.audit import Implied
from plantrack.numbers.growth import implied_rate

if TYPE_CHECKING:
    from collections.abc import Callable
    from fractions import Fraction

    from plantrack.numbers.growth import Floats
    from plantrack.plan.figures import Figure
    from plantrack.plan.measures import Measure
    from plantrack.plan.model import Indicator

VALUE, LOW, HIGH, NEAR_LOW, NEAR_HIGH = range(5)
CROSSED = [VALUE, HIGH, LOW, NEAR_HIGH, NEAR_LOW]
"""The other bound of each: beyond a target is lowest where the path came from highest."""


def bounds_of(measure: Measure) -> Floats:
    """`value ± half a unit of the last printed digit`, shape `(5,)`, in the indicator's own unit.

    Infinite where the print leaves a side open. Of what comes in whole numbers the value is whole: 51 for
    超过50家, 3 for 2—3家. Source: the print, by `Measure.interval`.
    """
    interval, value = measure.interval, float(measure.value)
    low = -np.inf if interval.low is None else float(interval.low)
    high = np.inf if interval.high is None else float(interval.high)
    if measure.whole and measure.numeral.bound in _STRICT:
        value += _STRICT[measure.numeral.bound]
        low, high = max(low, value) if np.isinf(high) else low, min(high, value) if np.isinf(low) else high
    if measure.whole:
        value = float(np.floor(value + 0.5))
    near = (low if np.isfinite(low) else value), (high if np.isfinite(high) else value)
    return np.array([value, low, high, *near])


def ends_of_range(measure: Measure) -> tuple[Fraction, Fraction] | None:
    """The two numbers of a range as printed, least first, in the indicator's own unit; `None` of anything else."""
    numeral = measure.numeral
    if numeral.bound != "range":
        return None
    low, high = sorted(each * numeral.verb * numeral.scale * measure.factor for each in numeral.values)
    return low, high


def bounds_towards(asked: Measure, first: Measure | None, better: str | None) -> Floats:
    """`bounds_of(asked)`, shape `(5,)`; of a range the value is the nearest to where the path comes from.

    Inside the range, and beyond it on the better side, that is where it comes from: nothing is made worse. Without a
    start it is the middle.
    """
    bounds, ends = bounds_of(asked), ends_of_range(asked)
    if ends is not None and first is not None:
        low, high = ends
        is_passed = {"up": first.value > high, "down": first.value < low}.get(better or "", False)
        bounds[VALUE] = float(first.value if is_passed else min(max(first.value, low), high))
    return bounds


_STRICT = {"gt": 1.0, "lt": -1.0}
"""The nearest whole number beyond a bound that is not included: 超过50家 is 51 at least."""


Spread = tuple[float, float, float]
"""A number, and the least and the greatest it may be."""


def spread_of(measure: Measure, *, is_near: bool = False) -> Spread:
    """`(value, low, high)` of `bounds_of`, in the indicator's own unit; source: the print.

    With `is_near` an open side is taken at the printed number.
    """
    bounds = bounds_of(measure)
    rows = (VALUE, NEAR_LOW, NEAR_HIGH) if is_near else (VALUE, LOW, HIGH)
    value, low, high = (float(bounds[row]) for row in rows)
    return value, low, high


def combined(formula: Callable[[float, float], float], one: Spread, other: Spread) -> Implied | None:
    """`formula(one, other)`, with its least and greatest value over all bounds, in the formula's unit.

    The formula is monotone in each number, so that its extremes are at the corners; what only an open side leads to
    is no end, and neither is known where a corner has no value. `None` where the formula
    has none. Source: interval arithmetic of monotone functions.
    """
    with np.errstate(all="ignore"):
        nominal = float(formula(one[0], other[0]))
        corners = [(corner, float(formula(*corner))) for corner in product(one[1:], other[1:])]
    if not np.isfinite(nominal):
        return None
    known = [nominal, *(value for corner, value in corners if np.isfinite(corner).all())]
    if np.isnan(known).any():
        return Implied(nominal, None, None)
    beyond = np.array([*known, *(value for _, value in corners)])
    least, most = float(np.nanmin(beyond)), float(np.nanmax(beyond))
    return Implied(nominal, least if least in known else None, most if most in known else None)


def rate_over(years: int) -> Callable[[float, float], float]:
    """`(last / first) ** (1 / years) - 1`, a fraction a year; source as in `implied_rate`.

    What has no lower end is taken down to where rates end, just above zero.
    """
    return lambda first, last: float(implied_rate(_ended(first), _ended(last), years))


def _ended(value: float) -> float:
    return float(np.finfo(float).tiny) if value == -np.inf else value


def step_over(years: int) -> Callable[[float, float], float]:
    """`(last - first) / years`, in the numbers' unit a year; source: the mean annual change, 年均增加."""
    return lambda first, last: (last - first) / years


def pace_of(stated: Figure) -> tuple[Floats, bool] | None:
    """The yearly pace that is printed, and whether it is in steps.

    `(1 + total growth) ** (1 / years) - 1`, `multiple ** (1 / years) - 1` or `change / years`; what is printed for one
    year stays as it is.

    Returns:
        Bounds, shape `(5,)`, as a fraction a year, or as a step a year in the indicator's unit; `None`
        where the figure tells no number or does not lead from year to year. Source: the print.
    """
    years = stated.years
    if stated.measure is None or not years or stated.kind not in _PACES:
        return None
    convert, in_steps = _PACES[stated.kind]
    with np.errstate(invalid="ignore"):
        return convert(bounds_of(stated.measure), years), in_steps


_PACES: dict[str, tuple[Callable[[Floats, int], Floats], bool]] = {
    "growth": (lambda given, _: given, False),
    "total_growth": (lambda given, years: implied_rate(1, 1 + given, years), False),
    "multiple": (lambda given, years: implied_rate(1, given, years), False),
    "annual_change": (lambda given, _: given, True),
    "change": (lambda given, years: given / years, True),
}
"""Kind of figure -> its pace a year from what is printed for the whole, and whether it is a step."""


def natural_limits(indicator: Indicator) -> tuple[float, float]:
    """`least <= indicator <= most` in its own unit: no negative stock, no share over its whole.

    Source: its domain and its limit in the catalogue or the plan.
    """
    least = -np.inf if indicator.domain == "any" else 0.0
    return least, np.inf if indicator.most is None else float(indicator.most)


def within_limits(line: Floats, indicator: Indicator, *printed: Floats) -> Floats:
    """`min(max(line, least), most)`, shape `(5, n)`, in the indicator's unit: a line with its band within limits.

    A number that is printed beyond a limit is not altered: the limit gives way to it. Source: `natural_limits`.
    """
    least, most = natural_limits(indicator)
    values = [float(each[VALUE]) for each in printed]
    least, most = min(least, *values), max(most, *values)
    for row, limit in ((LOW, least), (NEAR_LOW, least), (HIGH, most), (NEAR_HIGH, most)):
        line[row][np.isnan(line[row])] = limit
    return np.clip(line, least, most)
