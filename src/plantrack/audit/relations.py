"""Violated relations: combinations of laws of minimal support that printed figures break.

An elementary relation is a product of powers that must be 1, or a sum of multiples that must be 0. Whether it
holds is decided exactly.
"""

from __future__ import annotations

import math
from fractions import Fraction
from functools import reduce
from typing import TYPE_CHECKING, Literal, NamedTuple

from plantrack.numbers.interval import Interval

if TYPE_CHECKING:
    from collections.abc import Sequence

    from plantrack.audit.bounds import Bound, Intervals, PrintedBound
    from plantrack.solver.constraints import Constraint
    from plantrack.solver.variables import Variable


FINE = 2**24
"""Factors by which roundings are widened are multiples of one over this: whole numbers stay small."""
NEAR = 1e-3
"""Logarithms below this are taken of the difference, so that no digits are lost."""


class DomainBound(NamedTuple):
    """An unprinted variable of a sum, confined by its domain alone."""

    variable: Variable
    interval: Interval

    @property
    def bounds(self) -> tuple[PrintedBound, ...]:
        return ()

    def interval_with(self, _: Intervals) -> Interval:
        return self.interval

    def left_for(self, _: PrintedBound, left: tuple[float, float], __: Intervals) -> tuple[float, float]:
        return left


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

    def range(self, instead: Intervals | None = None) -> Interval | None:
        """All products over the constant (or sums less it) that the bounds allow, some replaced.

        `None` where factors on both sides of a product may be zero, or one must be: nothing is decided.
        """
        if self.kind == "sum":
            return self.sums(instead or {})
        positive = _positive([(bound.interval_with(instead or {}), power) for bound, power in self.terms])
        if positive is None:
            return None
        powers = (interval.power(exponent) for interval, exponent in positive)
        return reduce(Interval.times, powers, Interval.point(1 / self.constant))

    def sums(self, instead: Intervals) -> Interval:
        """All sums less the constant that the bounds allow, some replaced."""
        multiples = (bound.interval_with(instead).scaled(Fraction(times)) for bound, times in self.terms)
        return reduce(Interval.plus, multiples, Interval.point(-self.constant))

    def product_in_floats(self, instead: Intervals) -> tuple[float, float] | None:
        """The ends of the range of a product, in floats."""
        low, high, is_known = self._ends_of_product(instead)
        if not is_known:
            return None
        return 0.0 if low is None else low.value, math.inf if high is None else high.value

    def side(self, instead: Intervals | None = None) -> int | None:
        """0 where it can hold; 1 or -1 where the range lies above or below what it must contain."""
        if self.kind == "product":
            low, high, is_decided = self._ends_of_product(instead or {})
            if not is_decided:
                return None
            if low is not None and low.is_beyond(1):
                return 1
            return -1 if high is not None and high.is_beyond(-1) else 0
        reach = self.sums(instead or {})
        if reach.contains(Fraction(0)):
            return 0
        return 1 if reach.low is not None and reach.low.numerator >= 0 else -1

    def breaks(self, sign: int) -> bool:
        """Whether its `side` is this one, not zero: the end on that side tells it alone."""
        parts = [(bound.interval, times) for bound, times in self.terms]
        end_of = _end_of_sum if self.kind == "sum" else _end_of_product
        end = end_of(parts, self.constant, least=sign > 0)
        if end is None or not end.is_beyond(sign):
            return False
        return self.kind == "sum" or _positive(parts) is not None

    def off(self, factor: float) -> float:
        """How far the range lies from what it must contain, roundings widened and ends closed.

        Of sums a difference, of products a logarithm.
        """
        exact = Fraction(round(factor * FINE), FINE)
        wide = {bound: bound.widened(exact) for bound in self.bounds}
        if self.kind == "product":
            low, high, _ = self._ends_of_product(wide)
            off = max(-math.inf if low is None else low.log, -math.inf if high is None else -high.log)
        else:
            least, most = self.sums(wide).floats()
            off = max(least, -most)
        return off if math.isfinite(off) else math.copysign(1.0, off)

    def _ends_of_product(self, instead: Intervals) -> tuple[_End | None, _End | None, bool]:
        """The least and the greatest product over the constant, `None` for no end or zero; whether they are known."""
        factors = _positive([(bound.interval_with(instead), exponent) for bound, exponent in self.terms])
        if factors is None:
            return None, None, False
        low, high = (_end_of_product(factors, self.constant, least=least) for least in (True, False))
        return low, high, True

    def nominal(self, bound: PrintedBound) -> float | None:
        """The value of one bound's variable that the printed values of the others come to."""
        left = self.left_for(bound, {each: each.printed for each in self.bounds})
        return left[0] if left is not None and left[0] == left[1] else None

    def left_for(self, bound: PrintedBound, instead: Intervals | None = None) -> tuple[float, float] | None:
        """Between which floats the others leave the bound's variable; `None` where it is not in one term alone."""
        instead = instead or {}
        apart = [term for term in self.terms if bound in term[0].bounds]
        if len(apart) != 1:
            return None
        others = self._replace(terms=tuple(each for each in self.terms if each not in apart))
        ((alone, times),) = apart
        if self.kind == "sum":
            low, high = others.sums(instead).scaled(Fraction(-1, times)).floats()
        else:
            ends = others.product_in_floats(instead)
            if ends is None:
                return None
            low, high = sorted(_root(1 / end if end > 0 else math.inf, times) for end in ends)
        return alone.left_for(bound, (low, high), instead)


class _End(NamedTuple):
    """An end of a range, in whole numbers that are never reduced: `above / below`, of sums and one more."""

    above: int
    below: int
    closed: bool

    def is_beyond(self, sign: int) -> bool:
        """Whether all numbers inside of it lie above one (1), or below it (-1)."""
        size = (self.above - self.below) * sign
        return size > 0 or (size == 0 and not self.closed)

    @property
    def value(self) -> float:
        try:
            return self.above / self.below
        except OverflowError:
            return math.inf

    @property
    def log(self) -> float:
        size = math.log(self.above) - math.log(self.below)
        return size if abs(size) > NEAR else math.log1p((self.above - self.below) / self.below)


def _end_of_product(
    factors: Sequence[tuple[Interval, int]], constant: Fraction, *, least: bool
) -> _End | None:
    above, below, closed = constant.denominator, constant.numerator, True
    for interval, exponent in factors:
        is_low = least == (exponent > 0)
        end = interval.low if is_low else interval.high
        if not end:  # no end, or zero: nothing, or without bound, after the power
            return None
        over, under = end.as_integer_ratio()
        if exponent < 0:
            over, under = under, over
        above *= over ** abs(exponent)
        below *= under ** abs(exponent)
        closed = closed and (interval.low_closed if is_low else interval.high_closed)
    return _End(above, below, closed)


def _end_of_sum(parts: Sequence[tuple[Interval, int]], constant: Fraction, *, least: bool) -> _End | None:
    above, below, closed = -constant.numerator, constant.denominator, True
    for interval, times in parts:
        is_low = least == (times > 0)
        end = interval.low if is_low else interval.high
        if end is None:
            return None
        over, under = end.as_integer_ratio()
        above, below = above * under + times * over * below, below * under
        closed = closed and (interval.low_closed if is_low else interval.high_closed)
    return _End(above + below, below, closed)


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
