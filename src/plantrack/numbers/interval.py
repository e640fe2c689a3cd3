"""Sets of numbers between two ends, each exact and open or closed.

All arithmetic is on `fractions.Fraction`: whether two intervals meet is decided, never estimated.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, NoReturn, TypeVar

from plantrack.numbers.rationals import added, compared, divided, length, multiplied, negated, raised

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

_T = TypeVar("_T", Fraction, int)


def to_float(value: Fraction) -> float:
    """The float nearest to `value = numerator / denominator`, in the same unit (IEEE 754-2019, ties to even).

    Infinite where no float is as large; raises nothing.
    """
    above, below = value.as_integer_ratio()
    try:
        return above / below
    except OverflowError:
        return math.inf if above > below else -math.inf


def logarithm(value: Fraction) -> float:
    """`log(value) = log(numerator) - log(denominator)`, natural, of a number without unit.

    However large or small; source: the rule for the logarithm of a quotient.

    Raises:
        ValueError: where `value <= 0`.
    """
    above, below = value.as_integer_ratio()
    try:
        return math.log(above / below)
    except (OverflowError, ValueError):
        return math.log(above) - math.log(below)


@dataclass(frozen=True, slots=True)
class Interval:
    """A non-empty interval of rational ends; `None` is an infinite end and always open.

    It has no truth value: ask `contains`, `overlaps` or `is_point`.

    Raises:
        ValueError: where no number lies between the ends, or an infinite end is called closed.
    """

    low: Fraction | None
    high: Fraction | None
    low_closed: bool
    high_closed: bool

    def __post_init__(self) -> None:
        if (self.low is None and self.low_closed) or (self.high is None and self.high_closed):
            message = "an infinite end is open"
            raise ValueError(message)
        if _is_empty(self.low, self.high, closed=self.low_closed and self.high_closed):
            message = f"no number lies between {self.low} and {self.high}"
            raise ValueError(message)

    def __bool__(self) -> NoReturn:
        message = "an interval has no truth value; ask contains() or overlaps()"
        raise TypeError(message)

    @classmethod
    def point(cls, value: Fraction) -> Interval:
        return cls(value, value, low_closed=True, high_closed=True)

    @classmethod
    def at_least(cls, value: Fraction) -> Interval:
        return cls(value, None, low_closed=True, high_closed=False)

    @classmethod
    def above(cls, value: Fraction) -> Interval:
        return cls(value, None, low_closed=False, high_closed=False)

    @classmethod
    def at_most(cls, value: Fraction) -> Interval:
        return cls(None, value, low_closed=False, high_closed=True)

    @classmethod
    def below(cls, value: Fraction) -> Interval:
        return cls(None, value, low_closed=False, high_closed=False)

    def __hash__(self) -> int:
        """Of whole numbers: far faster than that of fractions."""
        low, high = (None if end is None else end.as_integer_ratio() for end in (self.low, self.high))
        return hash((low, high, self.low_closed, self.high_closed))

    @property
    def is_point(self) -> bool:
        return self.low is not None and self.high is not None and compared(self.low, self.high) == 0

    @property
    def length(self) -> int:
        """How many bits its longer end has."""
        return max(length(end) for end in (self.low or ZERO, self.high or ZERO))

    @property
    def is_positive(self) -> bool:
        """Whether every number in it is above zero."""
        low = self.low
        return low is not None and (low.numerator > 0 or not (low.numerator or self.low_closed))

    def contains(self, value: Fraction) -> bool:
        above = self.low is None or compared(value, self.low) >= (not self.low_closed)
        return above and (self.high is None or compared(self.high, value) >= (not self.high_closed))

    def overlaps(self, other: Interval) -> bool:
        """Whether some number lies in both."""
        return self.intersection(other) is not None

    def intersection(self, other: Interval) -> Interval | None:
        """The numbers that lie in both; `None` where there are none."""
        return common((self, other))

    def floats(self) -> tuple[float, float]:
        """Both ends as floats, for showing and guessing; infinite where there is none."""
        return (
            -math.inf if self.low is None else to_float(self.low),
            math.inf if self.high is None else to_float(self.high),
        )

    def closure(self) -> Interval:
        """The same interval with its finite ends included."""
        return _made(self.low, self.high, self.low is not None, self.high is not None)

    def negated(self) -> Interval:
        low, high = self.low, self.high
        return _made(
            None if high is None else negated(high),
            None if low is None else negated(low),
            self.high_closed,
            self.low_closed,
        )

    def shifted(self, by: Fraction) -> Interval:
        return _mapped(self, added, by) if by.numerator else self

    def scaled(self, by: Fraction) -> Interval:
        """Every number times `by`, which is not zero."""
        if by.numerator < 0:
            return self.negated().scaled(-by)
        if by.numerator == 0:
            message = "scaling by zero would forget the interval"
            raise ValueError(message)
        return self if by.numerator == by.denominator else _mapped(self, multiplied, by)

    def plus(self, other: Interval) -> Interval:
        """All sums of a number of this and a number of the other."""
        return _joined(self, other, added)

    def times(self, other: Interval) -> Interval:
        """All products of a number of this and a number of the other; both positive."""
        _require_positive(self, other)
        return _joined(self, other, multiplied)

    def over(self, divisor: Interval) -> Interval:
        """All quotients of a number of this by a number of the divisor, which is positive."""
        _require_positive(divisor)
        high, high_closed = _quotient_high(self, divisor)
        low, low_closed = _quotient_high(self.negated(), divisor)
        return _made(None if low is None else negated(low), high, low_closed, high_closed)

    def power(self, exponent: int) -> Interval:
        """Every number to a whole power, which is not zero; all positive."""
        _require_positive(self)
        if exponent < 0:
            low = ZERO if self.high is None else raised(self.high, exponent)
            high = raised(self.low, exponent) if self.low else None
            return _made(low, high, self.high_closed, high is not None and self.low_closed)
        if exponent == 0:
            message = "the zeroth power would forget the interval"
            raise ValueError(message)
        return self if exponent == 1 else _mapped(self, raised, exponent)

    def reciprocal(self) -> Interval:
        """One over every number; all positive."""
        return self.power(-1)


_put_low, _put_high, _put_low_closed, _put_high_closed = (
    getattr(Interval, name).__set__ for name in Interval.__slots__
)
"""What sets the fields of an interval being made."""


def _made(*fields: Fraction | bool | None) -> Interval:
    """An interval that arithmetic made of others, its fields in order: it needs no check, and there are many."""
    made = object.__new__(Interval)
    low, high, low_closed, high_closed = fields
    _put_low(made, low)
    _put_high(made, high)
    _put_low_closed(made, low_closed)
    _put_high_closed(made, high_closed)
    return made


def _mapped(interval: Interval, end: Callable[[Fraction, _T], Fraction], by: _T) -> Interval:
    """The numbers that an increasing function makes of those of an interval."""
    low = None if interval.low is None else end(interval.low, by)
    high = None if interval.high is None else end(interval.high, by)
    return _made(low, high, interval.low_closed, interval.high_closed)


def _joined(one: Interval, other: Interval, end: Callable[[Fraction, Fraction], Fraction]) -> Interval:
    """The numbers that a function that increases in both makes of those of two intervals."""
    low = None if one.low is None or other.low is None else end(one.low, other.low)
    high = None if one.high is None or other.high is None else end(one.high, other.high)
    return _made(low, high, one.low_closed and other.low_closed, one.high_closed and other.high_closed)


def common(intervals: Iterable[Interval]) -> Interval | None:
    """The numbers in all of some intervals: `max(lows) <= x <= min(highs)`, without open ends; `None` for no number.

    All in one unit. Source: the definition of an intersection.

    Raises:
        ValueError: where no interval is given.
    """
    first, *others = intervals
    low, high = (first.low, first.low_closed), (first.high, first.high_closed)
    for each in others:
        low = _tighter(low, (each.low, each.low_closed), is_high=False)
        high = _tighter(high, (each.high, each.high_closed), is_high=True)
    if not others:
        return first
    if _is_empty(low[0], high[0], closed=low[1] and high[1]):
        return None
    return _made(low[0], high[0], low[1], high[1])


def _quotient_high(interval: Interval, divisor: Interval) -> tuple[Fraction | None, bool]:
    """The high end of the quotients: over the least divisor where it is positive, else the greatest."""
    high = interval.high
    if high is None:
        return None, False
    if high.numerator > 0:
        by, closed = divisor.low, divisor.low_closed
        if not by:
            return None, False
    elif high.numerator < 0:
        by, closed = divisor.high, divisor.high_closed
        if by is None:
            return ZERO, False
    else:
        return high, interval.high_closed
    return divided(high, by), interval.high_closed and closed


def _require_positive(*intervals: Interval) -> None:
    for interval in intervals:
        if not interval.is_positive:
            message = "products and powers are defined for positive intervals"
            raise ValueError(message)


def _is_empty(low: Fraction | None, high: Fraction | None, *, closed: bool) -> bool:
    if low is None or high is None:
        return False
    return compared(high, low) < (not closed)


_End = tuple[Fraction | None, bool]


def _tighter(one: _End, other: _End, *, is_high: bool) -> _End:
    """The lower of two high ends, or the higher of two low ones; of equal ones the open one."""
    if one[0] is None or other[0] is None:
        return other if one[0] is None else one
    sign = compared(other[0], one[0]) if is_high else compared(one[0], other[0])
    return one if sign > 0 or (sign == 0 and not one[1]) else other


ZERO = Fraction(0)
ANY = Interval(None, None, low_closed=False, high_closed=False)
POSITIVE = Interval.above(ZERO)
NONNEGATIVE = Interval.at_least(ZERO)
