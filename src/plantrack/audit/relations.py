"""Violated relations: combinations of laws of minimal support that printed figures break.

An elementary relation is a product of powers that must be 1, or a sum of multiples that must be 0. Whether it
holds is decided exactly.
"""

from __future__ import annotations

import math
from fractions import Fraction
from functools import reduce
from typing import TYPE_CHECKING, Literal, NamedTuple

from plantrack.numbers.interval import Interval, logarithm, to_float

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from plantrack.audit.bounds import Bound, PrintedBound
    from plantrack.solver.constraints import Constraint
    from plantrack.solver.variables import Variable


TOUCHING = 1e-12
"""What is off by nothing but an open end, as a number."""


class DomainBound(NamedTuple):
    """An unprinted variable of a sum, confined by its domain alone."""

    variable: Variable
    interval: Interval

    @property
    def bounds(self) -> tuple[PrintedBound, ...]:
        return ()

    def interval_with(self, _: Mapping[PrintedBound, Interval]) -> Interval:
        return self.interval

    def float_ends(self, _: float) -> tuple[float, float]:
        return self.interval.floats()

    def left_for(self, _: PrintedBound, left: tuple[float, float]) -> tuple[float, float]:
        return left

    @property
    def nominal(self) -> float | None:
        """The one value of a number; no other latent has a nominal one."""
        return (
            to_float(self.interval.low) if self.interval.is_point and self.interval.low is not None else None
        )

    def nominal_for(self, _: PrintedBound, value: float) -> float | None:
        return value


class ViolatedRelation(NamedTuple):
    """Parts with whole exponents (`product`) or coefficients (`sum`), and what they must come to.

    `constraints` are the laws it combines, each with how often.
    """

    kind: Literal["product", "sum"]
    terms: tuple[tuple[Bound | DomainBound, int], ...]
    constant: Fraction
    constraints: tuple[tuple[Constraint, Fraction], ...] = ()
    is_minimal: bool = True
    """Whether all its figures are needed: one more is reported where the contradiction is far wider with it."""

    @property
    def must_contain(self) -> int:
        """What the range must contain for the relation to hold."""
        return 1 if self.kind == "product" else 0

    @property
    def is_small(self) -> bool:
        """Always: it is one number between two ends."""
        return True

    @property
    def bounds(self) -> tuple[PrintedBound, ...]:
        """The bounds involved, each once, in the order of the terms."""
        return tuple(dict.fromkeys(each for bound, _ in self.terms for each in bound.bounds))

    def range(self, instead: Mapping[PrintedBound, Interval] | None = None) -> Interval | None:
        """All products over the constant (or sums less it) that the bounds allow, some replaced.

        `None` where factors on both sides of a product may be zero, or one must be: nothing is decided.
        """
        instead = instead or {}
        bounds = [(bound.interval_with(instead), exponent) for bound, exponent in self.terms]
        if self.kind == "sum":
            total = reduce(Interval.plus, (interval.scaled(Fraction(times)) for interval, times in bounds))
            return total.shifted(-self.constant)
        positive = _positive(bounds)
        if positive is None:
            return None
        total = reduce(Interval.times, (interval.power(exponent) for interval, exponent in positive))
        return total.scaled(1 / self.constant)

    def side(self, instead: Mapping[PrintedBound, Interval] | None = None) -> int | None:
        """0 where it can hold; 1 or -1 where the range lies above or below what it must contain."""
        if self.kind == "product":
            return self._side_of_product(instead or {})
        reach = self.range(instead)
        if reach is None or reach.contains(Fraction(0)):
            return None if reach is None else 0
        return 1 if reach.low is not None and reach.low.numerator >= 0 else -1

    def _side_of_product(self, instead: Mapping[PrintedBound, Interval]) -> int | None:
        """In whole numbers, never reduced: this is asked most often."""
        factors = _positive([(bound.interval_with(instead), exponent) for bound, exponent in self.terms])
        if factors is None:
            return None
        low, low_closed = _end_of_product(factors, self.constant, least=True)
        high, high_closed = _end_of_product(factors, self.constant, least=False)
        if low > 0 or (low == 0 and not low_closed):
            return 1
        return -1 if high < 0 or (high == 0 and not high_closed) else 0

    def off(self, factor: float) -> float:
        """How far the range lies from what it must contain, roundings widened and ends closed; in floats.

        Where floats cannot tell the ends of a rounding apart, the exact range is taken.
        """
        if not all(bound.is_wide_enough for bound in self.bounds):
            return self._off_exactly(Fraction(factor))
        low = high = -to_float(self.constant) if self.kind == "sum" else -logarithm(self.constant)
        for bound, times in self.terms:
            ends = bound.float_ends(factor)
            if self.kind == "product":
                ends = tuple(math.log(end) if end > 0 else -math.inf for end in ends)  # type: ignore[assignment]
            low += times * ends[times < 0]
            high += times * ends[times > 0]
        off = max(low, -high)
        return off if math.isfinite(off) else math.copysign(1.0, off)

    def _off_exactly(self, factor: Fraction) -> float:
        reach = self.range({bound: bound.widened(factor) for bound in self.bounds})
        if reach is None:
            return -1.0
        above = -1.0 if reach.low is None else to_float(reach.low - self.must_contain)
        below = -1.0 if reach.high is None else to_float(self.must_contain - reach.high)
        if reach.contains(Fraction(self.must_contain)):
            return min(-TOUCHING, max(above, below))
        return max(TOUCHING, above, below)

    def nominal(self, bound: PrintedBound) -> float | None:
        """The value of one bound's variable that the printed values of the others come to."""
        apart = [term for term in self.terms if bound in term[0].bounds]
        others = [(each.nominal, times) for each, times in self.terms if bound not in each.bounds]
        if len(apart) != 1 or any(value is None for value, _ in others):
            return None
        each, exponent = apart[0]
        known = [(value, times) for value, times in others if value is not None]
        if self.kind == "sum":
            value = (to_float(self.constant) - sum(value * times for value, times in known)) / exponent
        elif any(value <= 0 for value, _ in known):
            return None
        else:
            value = (to_float(self.constant) / math.prod(value**times for value, times in known)) ** (
                1 / exponent
            )
        return each.nominal_for(bound, value)

    def left_for(self, bound: PrintedBound) -> tuple[float, float] | None:
        """Between which floats the others leave the bound's variable; `None` where it is not in one term alone."""
        apart = [term for term in self.terms if bound in term[0].bounds]
        others = tuple(term for term in self.terms if bound not in term[0].bounds)
        reach = self._replace(terms=others).range() if others else None
        if reach is None or len(apart) != 1:
            return None
        alone, times = apart[0]
        if self.kind == "sum":
            ends = sorted(end / -times for end in reach.floats())
        else:
            ends = sorted(_root(1 / end if end > 0 else math.inf, times) for end in reach.floats())
        left = ends[0], ends[1]
        return left if len(alone.bounds) == 1 else alone.left_for(bound, left)


def _end_of_product(
    factors: Sequence[tuple[Interval, int]], constant: Fraction, *, least: bool
) -> tuple[int, bool]:
    """-1, 0, 1 as the least (or greatest) product is below, at or above the constant; whether it is reached."""
    above, below, closed = constant.denominator, constant.numerator, True
    for interval, exponent in factors:
        is_low = least == (exponent > 0)
        end = interval.low if is_low else interval.high
        if not end:  # no end, or zero: nothing, or without bound, after the power
            return (-1 if least else 1), False
        over, under = (end.numerator, end.denominator) if exponent > 0 else (end.denominator, end.numerator)
        above *= over ** abs(exponent)
        below *= under ** abs(exponent)
        closed = closed and (interval.low_closed if is_low else interval.high_closed)
    return (above > below) - (above < below), closed


def _root(value: float, times: int) -> float:
    if value == 0 or math.isinf(value):
        return math.inf if (value > 0) == (times > 0) else 0.0
    return float(value ** (1 / times))


def _positive(parts: Sequence[tuple[Interval, int]]) -> list[tuple[Interval, int]] | None:
    """The factors less their zeros: where only one side may be zero, the other shows that it is not."""
    if all(interval.is_positive for interval, _ in parts):
        return list(parts)
    zero = Fraction(0)
    sides = {exponent > 0 for interval, exponent in parts if interval.contains(zero)}
    if len(sides) > 1:
        return None
    found = []
    for interval, exponent in parts:
        above = interval.intersection(Interval.above(zero))
        if above is None or interval.low is None or interval.low < 0:
            return None
        found.append((above, exponent))
    return found
