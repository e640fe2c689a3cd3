"""What the values of a path are: levels; an index or a change where no level is printed; or a running total."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from itertools import accumulate, takewhile
from typing import TYPE_CHECKING, Literal, NamedTuple

from plantrack.numbers.interval import Interval
from plantrack.numbers.numeral import read_numeral
from plantrack.numbers.rounding import decimal_text
from plantrack.paths.bounds import pace_of
from plantrack.paths.choose import span_of_total, span_of_years, year_of
from plantrack.plan.measures import MAX_DECIMALS, Measure, printed_decimals

if TYPE_CHECKING:
    from collections.abc import Iterable

    from plantrack.audit import Target
    from plantrack.paths.path import Path
    from plantrack.plan.actuals import Actual
    from plantrack.plan.figures import Figure
    from plantrack.plan.model import Indicator

Kind = Literal["level", "index", "change", "total", "each year"]
"""Levels; an index whose base is 100; what has been added since the base; the sum of the years so far; what holds
for every single year."""


class Series(NamedTuple):
    """What a path goes along: from which year to which, from what, in the unit of which indicator.

    `origin` stands for the base where levels have none to print: 100 of an index, 0 of a change or a total, and what
    holds for every year itself.
    """

    kind: Kind
    start: int | None
    due: int | None
    origin: Measure | None
    indicator: Indicator


def series_of(target: Target, *, has_base: bool) -> Series:
    """The series that a target speaks of; without a base, growth is that of an index and a change begins at zero."""
    span, indicator, stated = span_of_total(target), target.indicator, target.stated
    if target.target is not None and target.target.each_year is not None:
        first, last = span_of_years(target.target.each_year)
        return Series("each year", first, last, target.target.measure, indicator)
    if span is not None and target.target is not None and target.target.measure is not None:
        of_years = indicator.model_copy(update={"limit": None})
        return Series("total", span[0] - 1, span[1], _origin(0, like=target.target.measure), of_years)
    start, due = year_of(target.start), year_of(target.due)
    is_asked = target.target is not None and target.target.measure is not None
    pace = pace_of(stated) if stated is not None else None
    if has_base or is_asked or stated is None or stated.measure is None or pace is None:
        return Series("level", start, due, None, indicator)
    _, in_steps = pace
    if in_steps:
        added = indicator.model_copy(update={"domain": "any", "limit": None})
        return Series("change", start, due, _origin(0, like=stated.measure), added)
    index = indicator.model_copy(update={"unit": "", "kind": "index", "domain": "positive", "limit": None})
    return Series("index", start, due, _origin(100), index)


def derived_base(target: Target) -> Measure | None:
    """`T / (1+g)^n`, the base that a target and the growth printed of the way lead back to, in the indicator's unit.

    Growth over the whole, multiples and changes lead back in the same way. `None` where either is a bound or a range,
    or the growth is at constant prices and the target at those of its year. Source: growth compounded.
    """
    stated = target.stated
    to, by = (each.measure if each is not None else None for each in (target.target, stated))
    if stated is None or to is None or by is None or not _leads_back(target):
        return None
    interval = _led_back(to.interval, by.interval, stated)
    value = _led_back(Interval.point(to.value), Interval.point(by.value), stated)
    if interval is None or value is None or value.low is None or value.low <= 0:
        return None
    decimals = 0 if to.whole else printed_decimals(to) + len(str(target.indicator.per_one)) + 1
    numeral = read_numeral(decimal_text(value.low, decimals))
    return Measure(numeral, to.unit, Fraction(1), whole=to.whole, derived=interval)


def _leads_back(target: Target) -> bool:
    """Whether what is stated is of the way from base to target, at the target's prices, and both are plain numbers."""
    goal, stated = target.target, target.stated
    if goal is None or stated is None or not stated.years or stated.start is None:
        return False
    is_real = (stated.row.prices or target.indicator.prices) == "constant" and stated.kind in _RATIOS
    if (stated.start.text, stated.due.text) != (target.start, target.due):
        return False
    measures = goal.measure, stated.measure
    is_plain = all(each is not None and each.numeral.bound is None for each in measures)
    return is_plain and not (is_real and goal.row.price_year is None)


_RATIOS = ("growth", "total_growth", "multiple")


def _led_back(goal: Interval, by: Interval, stated: Figure) -> Interval | None:
    """The goal before so many years of growth or change, exactly; `None` where a growth of −100 % led there."""
    kind, years = stated.kind, stated.years or 1
    if kind in {"change", "annual_change"}:
        return goal.plus(by.scaled(Fraction(years if kind == "annual_change" else 1)).negated())
    ratio = by if kind == "multiple" else by.shifted(Fraction(1))
    if not (ratio.is_positive and goal.is_positive):
        return None
    return goal.over(ratio.power(years) if kind == "growth" else ratio)


def _origin(value: int, *, like: Measure | None = None) -> Measure:
    """A number that is exact by definition; whole where what leads on from it is whole."""
    return Measure(
        read_numeral(str(value)),
        "",
        Fraction(1),
        whole=like is not None and like.whole,
        derived=Interval.point(Fraction(value)),
    )


def running_totals(actuals: Iterable[Actual], first: int) -> tuple[Actual, ...]:
    """`C_k`, the sums of the years from `first` on, as far as every year is known; in the indicator's unit.

    Source: 累计完成.
    """
    after = (each for each in actuals if each.year >= first)
    known = takewhile(lambda each: each[1].year == each[0], enumerate(after, first))
    return tuple(accumulate((each for _, each in known), summed))


def comparable(actuals: tuple[Actual, ...], path: Path) -> tuple[Actual, ...]:
    """What of a quantity's actuals can be held against the values of a path: the running totals of a total."""
    if path.kind == "total" and path.total_from is not None:
        return running_totals(actuals, path.total_from)
    return actuals if path.holds_levels else ()


def summed(sum_so_far: Actual, actual: Actual) -> Actual:
    """The latter actual with the sum of both, in the indicator's unit, rounded as both are."""
    one, other = sum_so_far.measure, actual.measure
    value = one.value + other.value
    decimals = next((at for at in range(MAX_DECIMALS) if (value * 10**at).denominator == 1), MAX_DECIMALS)
    total = replace(
        other,
        numeral=read_numeral(decimal_text(value, decimals)),
        factor=Fraction(1),
        whole=one.whole and other.whole,
        derived=one.interval.plus(other.interval),
    )
    return actual._replace(measure=total)
