"""From printed numbers to arrays: the value, and the ends of what would be printed so.

An array of ends has shape `(5,)`: value, low, high, and low and high with a bound taken at its number.
"""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING

import numpy as np

from plantrack.audit import Implied
from plantrack.numbers.growth import implied_rate
from plantrack.numbers.numeral import read_numeral

if TYPE_CHECKING:
    from collections.abc import Callable

    from plantrack.numbers.growth import Floats
    from plantrack.plan.figures import Figure
    from plantrack.plan.measures import Measure
    from plantrack.plan.model import Indicator

VALUE, LOW, HIGH, NEAR_LOW, NEAR_HIGH = range(5)
CROSSED = [VALUE, HIGH, LOW, NEAR_HIGH, NEAR_LOW]
"""The other end of each: what lies beyond a target is lowest where the path came from highest."""


def ends_of(measure: Measure) -> Floats:
    """The ends of a printed number in the indicator's own unit; shape `(5,)`.

    Of what comes in whole numbers the value is whole: 51 for 超过50家, 3 for 2—3家.
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


_STRICT = {"gt": 1.0, "lt": -1.0}
"""The nearest whole number beyond a bound that is not included: 超过50家 is 51 at least."""


Spread = tuple[float, float, float]
"""A number, and the least and the greatest it may be."""


def combined(formula: Callable[[float, float], float], one: Spread, other: Spread) -> Implied | None:
    """A formula of two numbers, monotone in each, over all their ends; `None` where it has no value."""
    with np.errstate(all="ignore"):
        nominal = float(formula(one[0], other[0]))
        corners = [float(formula(*ends)) for ends in product(one[1:], other[1:])]
    if not np.isfinite(nominal):
        return None
    ends = np.array([nominal, *corners])
    if np.isnan(ends).any():
        return Implied(nominal, None, None)
    least, most = float(ends.min()), float(ends.max())
    return Implied(nominal, least if np.isfinite(least) else None, most if np.isfinite(most) else None)


def rate_over(years: int) -> Callable[[float, float], float]:
    """From two numbers the rate a year between them."""
    return lambda first, last: float(implied_rate(first, last, years))


def step_over(years: int) -> Callable[[float, float], float]:
    """From two numbers the step a year between them."""
    return lambda first, last: (last - first) / years


def pace_of(stated: Figure) -> tuple[Floats, bool] | None:
    """The yearly pace that is printed, and whether it is in steps.

    Returns:
        Ends, shape `(5,)`, as a fraction a year, or as a step a year in the indicator's unit; `None`
        where the figure tells no number or does not lead from year to year.
    """
    years = stated.years
    if stated.measure is None or not years or stated.kind not in _PACES:
        return None
    convert, in_steps = _PACES[stated.kind]
    with np.errstate(invalid="ignore"):
        return convert(ends_of(stated.measure), years), in_steps


_PACES: dict[str, tuple[Callable[[Floats, int], Floats], bool]] = {
    "growth": (lambda ends, _: ends, False),
    "total_growth": (lambda ends, years: implied_rate(1, 1 + ends, years), False),
    "multiple": (lambda ends, years: implied_rate(1, ends, years), False),
    "annual_change": (lambda ends, _: ends, True),
    "change": (lambda ends, years: ends / years, True),
}
"""Kind of figure -> its pace a year from what is printed for the whole, and whether it is a step."""


def natural_limits(indicator: Indicator) -> tuple[float, float]:
    """The least and the most an indicator can be: no negative stock, no share over its whole."""
    least = -np.inf if indicator.domain == "any" else 0.0
    if indicator.limit is None:
        return least, np.inf
    most = read_numeral(indicator.limit).value / (100 if indicator.unit == "%" else 1)
    return least, float(most)


def within_limits(line: Floats, indicator: Indicator, *printed: Floats) -> Floats:
    """A line with its band, shape `(5, n)`, kept within the indicator's limits.

    A number that is printed beyond a limit is not altered: the limit gives way to it.
    """
    least, most = natural_limits(indicator)
    values = [float(ends[VALUE]) for ends in printed]
    least, most = min(least, *values), max(most, *values)
    for row, end in ((LOW, least), (NEAR_LOW, least), (HIGH, most), (NEAR_HIGH, most)):
        line[row][np.isnan(line[row])] = end
    return np.clip(line, least, most)
