"""Bounds on variables: printed (one figure), derived (a change with a level), and sign (a direction alone)."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property
from typing import TYPE_CHECKING, Protocol

from plantrack.numbers.interval import ANY, POSITIVE, Interval
from plantrack.numbers.rationals import added, multiplied, negated
from plantrack.numbers.words import INEXACT

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from plantrack.language import Text
    from plantrack.plan.figures import Figure
    from plantrack.solver.variables import Variable

    Intervals = Mapping["PrintedBound", Interval]

LESS_ONE, HALF = Fraction(-1), Fraction(1, 2)
_ROUNDED = (None, *INEXACT)
"""What a numeral is, without a bound or with a word that it is inexact, where a wider rounding widens it."""


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

    def __hash__(self) -> int:
        """Of what it is compared by, without a tuple around it: there are many."""
        return hash(self.id)

    @property
    def bounds(self) -> tuple[PrintedBound, ...]:
        return (self,)

    def interval_with(self, instead: Intervals) -> Interval:
        """Its interval, or the one to be taken instead."""
        return instead.get(self, self.interval)

    @cached_property
    def interval(self) -> Interval:
        """Where the variable must lie; the figure's own interval, turned into the variable's measure."""
        if self.given is not None:
            return self.given()
        return self.of(printed_interval(self.figure))

    def mentions_moment(self, key: str | None = None) -> bool:
        """Whether it speaks of a vague moment (目前, 近年来), or of the one that variables name so."""
        moments = (time for time in self.figure.times if time.kind == "moment")
        return any(key in {None, f"{time.text}@{self.figure.plan}"} for time in moments)

    @property
    def anything(self) -> Interval:
        """All that its variable can take at all."""
        if self.variable.kind == "ratio":
            return POSITIVE
        return ANY if self.domain is None else self.domain

    def instead(self, interval: Interval | None) -> PrintedBound:
        """The same figure with another interval, if there is one."""
        return self if interval is None else self.made_to_be(lambda: interval)

    def made_to_be(self, given: Callable[[], Interval], of: Variable | None = None) -> PrintedBound:
        """The same figure with the interval that something makes when it is asked for, of its or another variable."""
        variable = self.variable if of is None else of
        return PrintedBound(variable, self.figure, self.id, self.domain, self.assumption, given)

    def closed(self, interval: Interval) -> Interval:
        """A variable interval with its ends included, as far as the variable can take them."""
        return _within(interval.closure(), self.anything)

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
        more = multiplied(added(high, negated(low)), multiplied(added(factor, LESS_ONE), HALF))
        less = added(low, negated(more))
        wide = self.of(Interval(less, added(high, more), low_closed=closed, high_closed=closed))
        return self.closed(wide) if closed else wide

    def left_for(
        self, _: PrintedBound, left: tuple[float, float], __: Intervals
    ) -> tuple[float, float] | None:
        """Between which floats what is left for its variable leaves itself."""
        return left

    @property
    def printed(self) -> Interval:
        """The printed value as the variable tells it; of words their interval."""
        measure = self.figure.measure
        return self.interval if measure is None else self.of(Interval.point(measure.value))

    def of(self, interval: Interval, years: int | None = None) -> Interval:
        """An interval of the figure's measure as one of the variable's, over so many years."""
        if self.variable.kind == "slack":
            return interval
        kind, years = self.figure.kind, years or self.figure.pace_years
        if kind in {"growth", "total_growth"}:
            return positive_part(interval.shifted(Fraction(1))).power(years)
        if kind == "multiple":
            return positive_part(interval)
        if kind == "annual_change":
            return interval.scaled(Fraction(years))
        return interval if self.domain is None else _within(interval, self.domain)


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
        return self._of(self.change.interval, self.level.interval)

    def interval_with(self, instead: Intervals) -> Interval:
        """Its interval, or the one that other intervals of the change and the level make."""
        if self.change not in instead and self.level not in instead:
            return self.interval
        return self._of(self.change.interval_with(instead), self.level.interval_with(instead))

    def _of(self, change: Interval, level: Interval) -> Interval:
        """End over start: `1 / (1 - d / x)` from the level at the end, `1 + d / x` from the start."""
        if not level.is_positive:
            return POSITIVE
        share = change.over(level)
        if self.at_end:
            return positive_part(share.negated().shifted(Fraction(1))).reciprocal()
        return positive_part(share.shifted(Fraction(1)))

    def left_for(
        self, bound: PrintedBound, ratio: tuple[float, float], instead: Intervals
    ) -> tuple[float, float] | None:
        """Between which floats a ratio leaves the change, or the level, the other as printed."""
        shares = list(map(self._share, ratio))
        low, high = self.change.interval_with(instead).floats()
        if bound == self.change:
            level = self.level.interval_with(instead).floats()
            values = [share * end for share in shares for end in level]
        elif low < 0 < high:
            return None
        else:
            falls = high <= 0
            shares = [min(0.0, share) if falls else max(0.0, share) for share in shares]
            values = [end / share if share else math.inf for share in shares for end in (low, high)]
        known = [value for value in values if not math.isnan(value)]
        return min(known), max(known)

    def _share(self, ratio: float) -> float:
        if not self.at_end:
            return ratio - 1
        return 1 - 1 / ratio if ratio else -math.inf


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
        return _sign_of(self.change.interval)

    def left_for(
        self, _: PrintedBound, ratio: tuple[float, float], __: Intervals
    ) -> tuple[float, float] | None:
        """Above zero where the ratio is above one, below it where it is below."""
        return (0.0 if ratio[0] >= 1 else -math.inf), (0.0 if ratio[1] <= 1 else math.inf)

    def interval_with(self, instead: Intervals) -> Interval:
        """Its interval, or the one that another interval of the change makes."""
        return _sign_of(instead[self.change]) if self.change in instead else self.interval


def _sign_of(change: Interval) -> Interval:
    """Above one where every change is above zero, below one where every change is below."""
    one = Fraction(1)
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
    if interval.is_positive:
        return interval  # no domain excludes what is above zero
    bound = interval.intersection(domain)
    return interval if bound is None else bound


def positive_part(interval: Interval) -> Interval:
    """The positive numbers of an interval: a ratio of positive levels is one."""
    bound = interval if interval.is_positive else interval.intersection(POSITIVE)
    return POSITIVE if bound is None else bound
