"""What a figure may mean beyond what is printed: other prices, wider roundings, numbers made round."""

from __future__ import annotations

import math
from fractions import Fraction
from typing import TYPE_CHECKING

from plantrack.audit.constraint_system import band_of
from plantrack.language import listing
from plantrack.numbers.interval import POSITIVE, Interval
from plantrack.numbers.numeral import read_numeral
from plantrack.numbers.rounding import preimage, round_unit
from plantrack.numbers.times import read_time

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Set as AbstractSet

    from plantrack.audit.bounds import PrintedBound
    from plantrack.audit.constraint_system import ConstraintSystem
    from plantrack.language import Listing
    from plantrack.plan.measures import Measure

    Intervals = dict[PrintedBound, Interval]


TWICE = Fraction(2)
"""An error has no explanation in roundings less than this many times as wide."""


ROUND = (1, 2, 5)
"""A round number is a multiple of one of these times a power of ten."""


GROWTH = ("growth", "total_growth")


def is_inexact(bound: PrintedBound) -> bool:
    measure = bound.figure.measure
    return measure is not None and measure.numeral.is_inexact


def is_comparable_growth(bound: PrintedBound, system: ConstraintSystem) -> bool:
    """Whether it is growth that offices compute on comparable coverage."""
    indicator = system.indicators.get(bound.variable.indicator)
    is_growth = bound.figure.kind in GROWTH
    return is_growth and indicator is not None and indicator.growth_basis == "comparable"


def at_other_prices(bound: PrintedBound, interval: Interval, system: ConstraintSystem) -> Interval:
    """A ratio of levels as it may be where current and constant prices are mistaken for one another."""
    years = _years_of(bound, system)
    prices = _price_band(bound.variable.place, system)
    if years is None or prices is None or not interval.is_positive:
        return POSITIVE
    moved = prices.power(years)
    if bound.variable.basis == "constant":
        moved = moved.reciprocal()
    return interval.times(moved)


def _price_band(place: str, system: ConstraintSystem) -> Interval | None:
    """What prices may be after a year, twice as wide as the band of the deflator."""
    band = band_of("deflator", place, system)
    if band is None:
        return None
    low, high = (read_numeral(end).value / 100 for end in (band.low, band.high))
    room = (high - low) / 2
    return Interval(1 + low - room, 1 + high + room, low_closed=True, high_closed=True)


def _years_of(bound: PrintedBound, system: ConstraintSystem) -> int | None:
    """The years of a span, rounded up; the most that a vague moment may mean; `None` where that is not known."""
    start, end = (system.meanings.get(time, (time,)) for time in bound.variable.times)
    months = [
        last.end - first.end if first.end is not None and last.end is not None else None
        for first in map(read_time, (time.partition("@")[0] for time in start))
        for last in map(read_time, (time.partition("@")[0] for time in end))
    ]
    known = [each for each in months if each is not None]
    return -(-max(known) // 12) if known and len(known) == len(months) else None


def is_count(measure: Measure) -> bool:
    """Whether it counts whole things one by one, with no rounding."""
    numeral = measure.numeral
    return measure.whole and numeral.scale == 1 and numeral.step == 1


def rounded_bound(bound: PrintedBound) -> Interval | None:
    """What is met by a number that rounds to the printed bound, 9%以上 by 8.96 %; `None` for no such bound."""
    measure = bound.figure.measure
    if measure is None or measure.numeral.bound not in {"ge", "gt", "le", "lt", "range"}:
        return None
    if measure.numeral.exact or is_count(measure):
        return None
    half = measure.numeral.step * measure.numeral.scale * measure.factor / 2
    return bound.closed(bound.of(_widened(measure.interval, half)))


def twice_as_wide(bound: PrintedBound) -> Interval:
    """Its interval with twice the rounding, a bound's own rounding included."""
    rounded = rounded_bound(bound)
    return bound.widened(TWICE, closed=False) if rounded is None else rounded


def as_round(bound: PrintedBound, *, from_rate: bool) -> Interval:
    """Its interval if numbers were made round, as far as they may have been; a bound's own rounding included.

    `from_rate` tells that a rate of growth is printed, from which a small count may have been made whole.
    """
    own = (
        round_target(bound, "either_way", from_rate=from_rate),
        round_change(bound),
        rounded_bound(bound),
    )
    found = next((each for each in own if each is not None), None)
    return bound.closed(bound.interval) if found is None else found


def _with_target(
    bound: PrintedBound,
    interval: Interval,
    system: ConstraintSystem,
    inside: AbstractSet[PrintedBound] = frozenset(),
) -> Interval:
    """A change or a multiple that may have been computed from a target, not `inside`, that had been made round."""
    variable, kind = bound.variable, bound.figure.kind
    if kind not in {"change", "annual_change", "multiple"}:
        return interval
    for level in system.bounds.get(variable.level(1), ()):
        measure = level.figure.measure
        target = _target_at_unit(level, "either_way", made_whole=True)
        if level in inside or measure is None or target is None or measure.value <= 0:
            continue
        if kind != "multiple":
            interval = hull(interval, interval.plus(target.shifted(-measure.value)))
        elif interval.is_positive and target.is_positive:
            interval = hull(interval, interval.times(target.scaled(1 / measure.value)))
    return interval


def round_target(
    bound: PrintedBound, convention: str = "half_away", *, from_rate: bool = False
) -> Interval | None:
    """A target's interval at the unit to which it may have been made round; `None` for what is no round target.

    The unit is the largest of 1, 2, 5 × 10^k that divides the target and is at most a tenth of it:
    4900 may be rounded to 100, 2450 to 50, 12000 to 1000, 175 to 5. Planners fix a rate and then make
    the target round, or the bound that it is; never the base.
    """
    if is_inexact(bound):
        return None
    return _target_at_unit(bound, convention, made_whole=_is_made_whole(bound, from_rate=from_rate))


def _target_at_unit(bound: PrintedBound, convention: str, *, made_whole: bool) -> Interval | None:
    figure, measure = bound.figure, bound.figure.measure
    if measure is None or figure.kind != "level" or not figure.is_ahead:
        return None
    return _at_unit(bound, measure, convention, made_whole=made_whole)


def _is_made_whole(bound: PrintedBound, *, from_rate: bool) -> bool:
    measure = bound.figure.measure
    if measure is None or not is_count(measure):
        return False
    return from_rate or measure.numeral.values[0] >= LARGE_COUNT


LARGE_COUNT = 10
"""Counts from here on may be made round by one."""


def round_change(bound: PrintedBound) -> Interval | None:
    """A change's interval where zeros at its end may be rounding (增加1100亿元), of a target up or down, too."""
    figure, measure = bound.figure, bound.figure.measure
    if measure is None or figure.kind not in {"change", "annual_change"} or is_inexact(bound):
        return None
    if figure.is_ahead:
        return _at_unit(bound, measure, "either_way")
    is_zero = _ends_in_zero(measure) and bound.is_rounded
    return _at_unit(bound, measure, "half_away") if is_zero else None


def rounded_zeros(bound: PrintedBound) -> Interval | None:
    """A change's interval if the zeros at its end are rounding; `None` where it ends in none."""
    measure = bound.figure.measure
    return None if measure is None or not _ends_in_zero(measure) else round_change(bound)


def digits_of(bounds: Iterable[PrintedBound]) -> Listing:
    """The numbers of figures alone: 1100, 1200."""
    measures = (each.figure.measure for each in bounds)
    return listing(*dict.fromkeys(each.numeral.digits for each in measures if each is not None))


def _ends_in_zero(measure: Measure) -> bool:
    return (measure.numeral.values[0] / (10 * measure.numeral.step)).denominator == 1


def _at_unit(
    bound: PrintedBound, measure: Measure, convention: str, *, made_whole: bool = False
) -> Interval | None:
    """What is printed, at the unit of a round number; `None` where that is no coarser than its last digit.

    `made_whole` tells that the last digit of an exact count may be rounding, too.
    """
    numeral = measure.numeral
    if numeral.meant is not None or numeral.fraction_of is not None:
        return None
    units = [max(round_unit(value, ROUND, abs(value) / 10), numeral.step) for value in numeral.values]
    if max(units) == numeral.step and not made_whole:
        return None
    wide = [preimage(value, unit, convention) for value, unit in zip(numeral.values, units, strict=True)]
    low = None if numeral.bound in {"le", "lt"} else wide[0].low
    high = None if numeral.bound in {"ge", "gt"} else wide[-1].high
    ends = Interval(
        low,
        high,
        low_closed=low is not None and wide[0].low_closed,
        high_closed=high is not None and wide[-1].high_closed,
    )
    return bound.of(ends.scaled(Fraction(numeral.verb * numeral.scale) * measure.factor))


def _widened(interval: Interval, by: Fraction) -> Interval:
    low = None if interval.low is None else interval.low - by
    high = None if interval.high is None else interval.high + by
    return Interval(low, high, low_closed=low is not None, high_closed=high is not None)


def generous_system(system: ConstraintSystem) -> ConstraintSystem:
    """The same laws, every figure as wide as no error may be founded on it: what breaks them still may be an error."""
    return system.with_intervals(lambda each: most_generous(each, system))


def most_generous(bound: PrintedBound, system: ConstraintSystem) -> Interval:
    """Everything that the rules allow a figure to mean, together; what is inexact confines nothing."""
    if is_inexact(bound):
        return bound.anything
    if bound.assumption is not None:
        return at_other_prices(bound, twice_as_wide(bound), system)
    made_round = _with_target(bound, as_round(bound, from_rate=True), system)
    return hull(twice_as_wide(bound), made_round)


def hull(one: Interval, other: Interval) -> Interval:
    """The smallest interval that holds both."""
    low, high = min(one, other, key=_low), max(one, other, key=_high)
    return Interval(low.low, high.high, low_closed=low.low_closed, high_closed=high.high_closed)


def _low(interval: Interval) -> tuple[Fraction | float, bool]:
    return -math.inf if interval.low is None else interval.low, not interval.low_closed


def _high(interval: Interval) -> tuple[Fraction | float, bool]:
    return math.inf if interval.high is None else interval.high, interval.high_closed
