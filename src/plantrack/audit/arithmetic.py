"""Values that are computed from printed figures, each with what it was computed from: products and sums."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import reduce
from typing import TYPE_CHECKING, Literal

from plantrack.audit.bounds import positive_part
from plantrack.numbers.interval import ANY, Interval
from plantrack.solver.projection import would_be_long
from plantrack.solver.variables import ONE

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from plantrack.audit.bounds import PrintedBound
    from plantrack.solver.constraints import Constraint
    from plantrack.solver.variables import Variable

    Part = tuple["Value", Fraction]

APART = "points"
"""The measure of how far apart growth is."""


@dataclass(frozen=True, eq=False)
class Value:
    """A number of one quantity: what the printed values make of it, and where it may lie.

    A figure is a value without `op`; where its variable takes another measure, `base` to the power or times
    `times` is the value: growth of 8 % over five years is 1.08 to the fifth. A computed one has parts, each
    with its power or factor.
    """

    variable: Variable
    nominal: Fraction
    interval: Interval
    op: Literal["product", "sum", "rate", ""] = ""
    parts: tuple[Part, ...] = ()
    figure: str | None = None
    kind: str = ""
    base: Fraction = ONE
    range: Interval = ANY
    times: Fraction = ONE
    measure: str = ""

    def __post_init__(self) -> None:
        if self.op:
            object.__setattr__(self, "base", self.nominal)
            object.__setattr__(self, "range", self.interval)

    def steps(self) -> list[Value]:
        """All that is computed for it, what is needed first; itself last."""
        found: dict[Value, None] = {}
        self._add_steps(found)
        return list(found)

    def _add_steps(self, found: dict[Value, None]) -> None:
        if self.op and self not in found:
            for part, _ in self.parts:
                part._add_steps(found)  # noqa: SLF001 - another of its kind
            found[self] = None

    def alone(self) -> Value:
        """A figure as a step of its own."""
        is_power = self.variable.kind == "ratio"
        return Value(
            self.variable, self.nominal, self.interval, "product" if is_power else "sum", ((self, ONE),)
        )

    def as_printed(self) -> Value:
        """A figure as a step in its own measure."""
        more = self.kind in {"growth", "total_growth"}
        itself = replace(self, nominal=self.base, interval=self.range, times=ONE)
        parts = ((itself, ONE), (number(ONE, self.variable), -ONE)) if more else ((itself, ONE),)
        interval = self.range.shifted(-ONE) if more else self.range
        return Value(self.variable, self.base - more, interval, "sum", parts, measure=self.kind)

    def as_rate(self) -> Value:
        """Growth as the rate that is printed."""
        rate, interval = self.base - 1, self.range.shifted(-ONE)
        return replace(self, nominal=rate, interval=interval, base=rate, range=interval, times=ONE)

    def measured(self, measure: str) -> Value:
        return Value(self.variable, self.nominal, self.interval, self.op, self.parts, measure=measure)


def of_bound(bound: PrintedBound) -> Value:
    """A figure as it bounds its variable."""
    figure, interval = bound.figure, bound.interval
    measure, times = figure.measure, Fraction(figure.pace_years)
    if measure is None or bound.variable.kind == "slack":
        return leaf(interval, bound.variable, bound.id)
    one = ONE if figure.kind in {"growth", "total_growth"} else Fraction(0)
    base = measure.value + one
    return Value(
        bound.variable,
        base ** int(times) if figure.kind == "growth" else base * times,
        interval,
        figure=bound.id,
        kind=figure.kind,
        base=base,
        range=positive_part(measure.interval.shifted(one)) if one else interval.scaled(1 / times),
        times=times,
    )


def leaf(interval: Interval, variable: Variable, figure: str | None = None) -> Value:
    """What is known to lie between ends and is no number: the end next to no change stands for it."""
    ends = [each for each in (interval.low, interval.high) if each is not None]
    still = ONE if variable.kind == "ratio" else Fraction(0)
    nominal = min(ends, key=lambda end: abs(end - still), default=still)
    return Value(variable, nominal, interval, figure=figure, base=nominal, range=interval)


def number(value: Fraction, variable: Variable) -> Value:
    return leaf(Interval.point(value), variable)


def solved(constraint: Constraint, variable: Variable, known: Mapping[Variable, Value]) -> Value | None:
    """What a constraint leaves for a variable, the others known."""
    powers = dict(constraint.terms)
    own = powers.pop(variable)
    if constraint.kind == "product" and abs(own) != 1:
        return None
    parts = [(known[each], -power / own) for each, power in powers.items()]
    return computed(constraint.kind, parts, constraint.constant, 1 / own, variable)


def computed(
    kind: str, parts: Sequence[Part], constant: Fraction, times: Fraction, variable: Variable
) -> Value | None:
    """`constant ** times * prod(x ** p)`, or `constant * times + sum(p * x)`.

    `None` where it is not defined, or too long for anybody to repeat.
    """
    if would_be_long((each.interval, power) for each, power in parts):
        return None
    if kind == "sum":
        return _sum(parts, constant * times, variable)
    if any(power.denominator != 1 for _, power in parts) or times.denominator != 1:
        return None
    return _product(parts, constant ** int(times), variable)


def _sum(parts: Sequence[Part], constant: Fraction, variable: Variable) -> Value:
    parts = [
        (each.alone() if each.kind == "growth" and each.times != 1 else each, times) for each, times in parts
    ]
    more = [(number(constant, variable), ONE)] if constant else []
    nominal = sum((each.nominal * times for each, times in parts), start=constant)
    intervals = (each.interval.scaled(times) for each, times in parts)
    interval = reduce(Interval.plus, intervals, Interval.point(constant))
    return Value(variable, nominal, interval, "sum", (*parts, *more))


def _product(parts: Sequence[Part], constant: Fraction, variable: Variable) -> Value | None:
    if not all(each.interval.is_positive and each.nominal > 0 for each, _ in parts) or constant <= 0:
        return None
    made = list(_factors(parts))
    more = [(number(constant, variable), ONE)] if constant != 1 else []
    nominal = math.prod((each.nominal ** int(power) for each, power in made), start=constant)
    intervals = (each.interval.power(int(power)) for each, power in made)
    interval = reduce(Interval.times, intervals, Interval.point(constant))
    return Value(variable, nominal, interval, "product", (*made, *more))


def _factors(parts: Sequence[Part]) -> Iterator[Part]:
    """The parts of a product; a change a year is multiplied by its years before."""
    for each, power in parts:
        is_yearly = each.kind == "annual_change" and each.times != 1
        yield (each.alone() if is_yearly else each), power
