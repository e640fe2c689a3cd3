"""Bounds on variables: printed (one figure), derived (a change with a level), and sign (a direction alone)."""

from __future__ import annotations

import math
from dataclasses import dataclass, field, replace
from fractions import Fraction
from functools import cached_property
from typing import TYPE_CHECKING, Protocol

from plantrack.numbers.interval import POSITIVE, Interval
from plantrack.numbers.words import INEXACT

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from plantrack.language import Text
    from plantrack.plan.figures import Figure
    from plantrack.solver.variables import Variable

_ROUNDED = (None, *INEXACT)
"""What a numeral is, without a bound or with a word that it is inexact, where a wider rounding widens it."""
NARROW = 1e-9
"""Roundings narrower than this bound of their number are left to exact arithmetic."""


@dataclass(frozen=True)
class PrintedBound:
    """What a figure confines a variable to. Compared and hashed by its figure."""

    variable: Variable = field(compare=False)
    figure: Figure = field(compare=False)
    id: str
    domain: Interval | None = field(compare=False, default=None)
    assumption: Text | None = field(compare=False, default=None)
    given: Callable[[], Interval] | None = field(compare=False, default=None)
    """What makes an interval to be taken for what is printed."""

    @property
    def bounds(self) -> tuple[PrintedBound, ...]:
        return (self,)

    def interval_with(self, instead: Mapping[PrintedBound, Interval]) -> Interval:
        """Its interval, or the one to be taken instead."""
        return instead.get(self, self.interval)

    @cached_property
    def interval(self) -> Interval:
        """Where the variable must lie; the figure's own interval, turned into the variable's measure."""
        if self.given is not None:
            return self.given()
        return self.of(printed_interval(self.figure))

    def instead(self, interval: Interval | None) -> PrintedBound:
        """The same figure with another interval, if there is one."""
        return self if interval is None else replace(self, given=lambda: interval)

    def closed(self, interval: Interval) -> Interval:
        """A variable interval with its ends included, as far as the variable can take them."""
        closed = interval.closure()
        if self.variable.kind == "ratio":
            return _within(closed, POSITIVE)
        return closed if self.domain is None else _within(closed, self.domain)

    @cached_property
    def is_rounded(self) -> bool:
        """Whether a wider rounding would widen it: no bound, no range, no exact count."""
        measure = self.figure.measure
        return measure is not None and measure.numeral.bound in _ROUNDED and not measure.interval.is_point

    def widened(self, factor: Fraction, *, closed: bool = True) -> Interval:
        """Its interval with the rounding so many times as wide about its middle, and the ends included."""
        measure = self.figure.measure
        if measure is None or not self.is_rounded:
            return self.closed(self.interval)
        low, high = measure.interval.low, measure.interval.high
        assert low is not None
        assert high is not None
        more = (high - low) * ((factor - 1) / 2)
        wide = self.of(Interval(low - more, high + more, low_closed=closed, high_closed=closed))
        return self.closed(wide) if closed else wide

    @cached_property
    def is_wide_enough(self) -> bool:
        """Whether floats can tell the ends of its rounding apart, however it is widened."""
        if not self.is_rounded or self.figure.measure is None:
            return True
        low, high = self.figure.measure.interval.floats()
        return high - low > NARROW * max(abs(low), abs(high))

    @cached_property
    def _rounding(self) -> tuple[float, float] | None:
        """The middle of what the rounded numeral stands for, and how far it reaches; in floats."""
        measure = self.figure.measure
        if measure is None or not self.is_rounded:
            return None
        low, high = measure.interval.floats()
        return (low + high) / 2, (high - low) / 2

    def float_ends(self, factor: float) -> tuple[float, float]:
        """`widened` in floats."""
        if self._rounding is None:
            return self.interval.floats()
        middle, reach = self._rounding
        reach *= factor
        kind, years = self.figure.kind, self.figure.years or 1
        if kind in {"growth", "total_growth"}:
            power = years if kind == "growth" else 1
            return _power(1 + middle - reach, power), _power(1 + middle + reach, power)
        if kind == "annual_change":
            return (middle - reach) * years, (middle + reach) * years
        least = 0.0 if kind == "multiple" or self.domain is not None else -math.inf
        return max(least, middle - reach), max(least, middle + reach)

    def left_for(self, _: PrintedBound, left: tuple[float, float]) -> tuple[float, float] | None:
        """Between which floats what is left for its variable leaves itself."""
        return left

    @cached_property
    def nominal(self) -> float | None:
        """The printed value as the variable tells it; `None` of words."""
        measure = self.figure.measure
        if measure is None:
            return None
        value, years = float(measure.value), self.figure.years or 1
        if self.figure.kind == "growth":
            return _power(1 + value, years)
        if self.figure.kind == "total_growth":
            return 1 + value
        return value * years if self.figure.kind == "annual_change" else value

    def nominal_for(self, _: PrintedBound, value: float) -> float | None:
        """The value of a figure at which the variable has one."""
        return value

    def of(self, interval: Interval, years: int | None = None) -> Interval:
        """An interval of the figure's measure as one of the variable's, over so many years."""
        if self.variable.kind == "slack":
            return interval
        kind, years = self.figure.kind, years or self.figure.years or 1
        if kind in {"growth", "total_growth"}:
            ratio = positive_part(interval.shifted(Fraction(1)))
            return ratio.power(years) if kind == "growth" else ratio
        if kind == "multiple":
            return positive_part(interval)
        if kind == "annual_change":
            return interval.scaled(Fraction(years))
        return interval if self.domain is None else _within(interval, self.domain)


def _power(base: float, exponent: int) -> float:
    """A power of a number that is zero where it would be below; infinite where no float is as large."""
    try:
        return max(0.0, base) ** exponent
    except OverflowError:
        return math.inf


@dataclass(frozen=True)
class DerivedBound:
    """A change and the level at one end of its span, which together confine the span's ratio."""

    change: PrintedBound
    level: PrintedBound
    at_end: bool

    @property
    def variable(self) -> Variable:
        return self.change.variable._replace(kind="ratio")

    @property
    def bounds(self) -> tuple[PrintedBound, ...]:
        return self.change, self.level

    @cached_property
    def interval(self) -> Interval:
        return self.interval_with({})

    def interval_with(self, instead: Mapping[PrintedBound, Interval]) -> Interval:
        """End over start: `1 / (1 - d / x)` from the level at the end, `1 + d / x` from the start."""
        level, change = self.level.interval_with(instead), self.change.interval_with(instead)
        if not level.is_positive:
            return POSITIVE
        share = change.over(level)
        if self.at_end:
            return positive_part(share.negated().shifted(Fraction(1))).reciprocal()
        return positive_part(share.shifted(Fraction(1)))

    def float_ends(self, factor: float) -> tuple[float, float]:
        """`interval_with` widened roundings, in floats."""
        shares = [
            change / level if level else math.copysign(math.inf, change)
            for change in self.change.float_ends(factor)
            for level in self.level.float_ends(factor)
        ]
        if not self.at_end:
            return max(0.0, 1 + min(shares)), max(0.0, 1 + max(shares))
        ends = [max(0.0, 1 - share) for share in (max(shares), min(shares))]
        return tuple(1 / end if end else math.inf for end in reversed(ends))  # type: ignore[return-value]

    def left_for(self, bound: PrintedBound, ratio: tuple[float, float]) -> tuple[float, float] | None:
        """Between which floats a ratio leaves the change, or the level, the other as printed."""
        shares = list(map(self._share, ratio))
        low, high = self.change.interval.floats()
        if bound == self.change:
            values = [share * end for share in shares for end in self.level.interval.floats()]
        elif low < 0 < high:
            return None
        else:
            falls = high <= 0
            shares = [min(0.0, share) if falls else max(0.0, share) for share in shares]
            values = [end / share if share else math.inf for share in shares for end in (low, high)]
        known = [value for value in values if not math.isnan(value)]
        return min(known), max(known)

    def _share(self, ratio: float) -> float:
        """The change as a part of the level."""
        if not self.at_end:
            return ratio - 1
        return 1 - 1 / ratio if ratio else -math.inf

    @property
    def nominal(self) -> float | None:
        """The ratio that the printed values of level and change mean."""
        change, level = self.change.nominal, self.level.nominal
        if not level or change is None or (self.at_end and change == level):
            return None
        return level / (level - change) if self.at_end else 1 + change / level

    def nominal_for(self, bound: PrintedBound, value: float) -> float | None:
        """The change, or the level, that has this ratio with the other as printed."""
        share = 1 - 1 / value if self.at_end and value else value - 1
        if bound == self.change:
            return None if self.level.nominal is None else share * self.level.nominal
        return None if self.change.nominal is None or not share else self.change.nominal / share


@dataclass(frozen=True)
class SignBound:
    """A change whose direction tells whether the span's ratio is above or below one."""

    change: PrintedBound

    @property
    def variable(self) -> Variable:
        return self.change.variable._replace(kind="ratio")

    @property
    def bounds(self) -> tuple[PrintedBound, ...]:
        return (self.change,)

    @cached_property
    def interval(self) -> Interval:
        return self.interval_with({})

    @property
    def nominal(self) -> None:
        """No number is reported by a direction."""

    def nominal_for(self, _: PrintedBound, __: float) -> None:
        """No number is reported by a direction."""

    def float_ends(self, factor: float) -> tuple[float, float]:
        """`interval_with` widened roundings, in floats."""
        low, high = self.change.float_ends(factor)
        return (1.0 if low >= 0 else 0.0), (1.0 if high <= 0 else math.inf)

    def left_for(self, _: PrintedBound, ratio: tuple[float, float]) -> tuple[float, float] | None:
        """Above zero where the ratio is above one, below it where it is below."""
        return (0.0 if ratio[0] >= 1 else -math.inf), (0.0 if ratio[1] <= 1 else math.inf)

    def interval_with(self, instead: Mapping[PrintedBound, Interval]) -> Interval:
        """Above one where every change is above zero, below one where every change is below."""
        change, one = self.change.interval_with(instead), Fraction(1)
        if change.low is not None and change.low >= 0:
            return Interval.at_least(one) if change.contains(Fraction(0)) else Interval.above(one)
        if change.high is not None and change.high <= 0:
            below = Interval.at_most(one) if change.contains(Fraction(0)) else Interval.below(one)
            return positive_part(below)
        return POSITIVE


Bound = PrintedBound | DerivedBound | SignBound


class Confining(Protocol):
    """What confines a variable: a bound, something made of several, or a domain."""

    @property
    def interval(self) -> Interval: ...

    @property
    def bounds(self) -> tuple[PrintedBound, ...]: ...


def outermost(bounds: Sequence[PrintedBound]) -> list[PrintedBound]:
    """Of one variable those with the highest low end and the lowest high end: no other confines more."""
    if len(bounds) <= 1:
        return list(bounds)
    return list(dict.fromkeys((max(bounds, key=low_end), min(bounds, key=high_end))))


def high_end(bound: Confining) -> tuple[Fraction | float, bool, tuple[str, ...]]:
    """A key by which the bound with the lowest high end comes first."""
    interval = bound.interval
    end = math.inf if interval.high is None else interval.high
    return end, interval.high_closed, tuple(each.id for each in bound.bounds)


def low_end(bound: Confining) -> tuple[Fraction | float, bool, tuple[str, ...]]:
    """A key by which the bound with the highest low end comes last."""
    interval = bound.interval
    end = -math.inf if interval.low is None else interval.low
    return end, not interval.low_closed, tuple(each.id for each in bound.bounds)


def printed_interval(figure: Figure) -> Interval:
    """The interval of a numeral; of a relation what lies between its sides.

    Of growth over several years only which side is greater is taken: by how much is no sum of variables.
    """
    if figure.measure is not None:
        return figure.measure.interval
    assert figure.relation is not None
    if figure.kind == "growth" and figure.years != 1:
        return figure.relation._replace(gap=None).between
    return figure.relation.between


def _within(interval: Interval, domain: Interval) -> Interval:
    """The part of an interval that its domain allows; the interval itself where there is none."""
    bound = interval.intersection(domain)
    return interval if bound is None else bound


def positive_part(interval: Interval) -> Interval:
    """The positive numbers of an interval: a ratio of positive levels is one."""
    bound = interval.intersection(POSITIVE)
    return POSITIVE if bound is None else bound
