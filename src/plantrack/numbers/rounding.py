"""Rounding: which numbers a printed one stands for, by the conventions of printers, and a number as it is printed."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from plantrack.numbers.interval import Interval
from plantrack.numbers.rationals import added, divided, multiplied, negated

if TYPE_CHECKING:
    from collections.abc import Callable

MAX_DECIMALS = 60
"""No printed number has more."""
ZERO, HALF, ONE = Fraction(0), Fraction(1, 2), Fraction(1)


def preimage(value: Fraction, unit: Fraction, convention: str = "half_away") -> Interval:
    """The numbers that `convention` turns into `value` when it rounds to whole multiples of `unit`.

    [value - below · unit, value + above · unit], where `CONVENTIONS` tells the reach of value / unit and
    which ends belong: [v - u/2, v + u/2) for 四舍五入 of v > 0. `half_away`, `half_even`, `truncation`,
    `floor` and `ceiling` are the rounding directions of their source, IEEE 754-2019, section 4.3.

    Args:
        value: the printed value, a multiple of `unit`.
        unit: one unit of the last printed digit, above zero, in which `value` is measured, too.
        convention: a key of `CONVENTIONS`; `half_away` is 四舍五入, ties away from zero.

    Raises:
        KeyError: for another convention.
    """
    below, above, below_closed, above_closed = CONVENTIONS[convention](divided(value, unit))
    return Interval(
        added(value, negated(multiplied(below, unit))),
        added(value, multiplied(above, unit)),
        low_closed=below_closed,
        high_closed=above_closed,
    )


Reach = tuple[Fraction, Fraction, bool, bool]
"""How far the numbers printed as a value lie below and above it, in units; whether ends belong."""
FLOOR: Reach = (ZERO, ONE, True, False)
CEILING: Reach = (ONE, ZERO, False, True)
EITHER_WAY: Reach = (ONE, ONE, False, False)
NO_ROUNDING: Reach = (ZERO, ZERO, True, True)
CONVENTIONS: dict[str, Callable[[Fraction], Reach]] = {
    "half_away": lambda count: (HALF, HALF, count > 0, count < 0),
    "half_up": lambda _: (HALF, HALF, True, False),
    "half_even": lambda count: (HALF, HALF, count % 2 == 0, count % 2 == 0),
    "either_tie": lambda _: (HALF, HALF, True, True),
    "truncation": lambda count: FLOOR if count > 0 else CEILING if count < 0 else EITHER_WAY,
    "raising": lambda count: CEILING if count > 0 else FLOOR if count < 0 else NO_ROUNDING,
    "floor": lambda _: FLOOR,
    "ceiling": lambda _: CEILING,
    "either_way": lambda _: EITHER_WAY,
}
"""Name of the convention -> the reach of the value `count` units, `count` a whole number."""


def decimal_text(value: Fraction, decimals: int) -> str:
    """`value` rounded 四舍五入 to that many decimals, as it would be printed; a zero has no sign."""
    scaled = abs(value) * 10**decimals
    digits = str((2 * scaled.numerator + scaled.denominator) // (2 * scaled.denominator))
    digits = digits.rjust(decimals + 1, "0")
    sign = "-" if value < 0 and digits.strip("0") else ""
    whole, fraction = digits[: len(digits) - decimals], digits[len(digits) - decimals :]
    return f"{sign}{whole}.{fraction}" if decimals else f"{sign}{whole}"


def rounded_text(interval: Interval) -> str:
    """The digits whose `preimage` under 四舍五入 this interval is: 8.5 for [8.45, 8.55).

    Raises:
        ValueError: where it is no such pre-image.
    """
    if interval.low is None or interval.high is None or interval.is_point:
        message = "only a rounded numeral has two finite ends apart"
        raise ValueError(message)
    unit = interval.high - interval.low
    decimals = next((n for n in range(MAX_DECIMALS) if unit * 10**n == 1), None)
    if decimals is None:
        message = f"{unit} is no unit of a decimal place"
        raise ValueError(message)
    return decimal_text((interval.low + interval.high) / 2, decimals)


def inexact_reach(value: Fraction, step: Fraction) -> Fraction:
    """How far 约 reaches: half of what `value` is rounded to, at most a tenth of it, at least its own rounding.

    max(step / 2, min(r / 2, |value| / 10)), where r is the largest 1 or 5 times a power of ten that
    divides `value`. All in one measure; `step` is one unit of the last printed digit.
    Source: docs/why.md, Inexact words carry no error (2026-11-28).
    """
    return max(step / 2, min(round_unit(value, (1, 5)) / 2, abs(value) / 10))


def round_unit(value: Fraction, digits: tuple[int, ...], most: Fraction | None = None) -> Fraction:
    """The largest u = d · 10^k, d of `digits`, with value = n · u and u <= `most`; 0 for the value 0.

    In the unit of `value`; without `most` it is `|value|`. Source: docs/why.md, Round targets (2026-11-28).
    """
    if not value:
        return ZERO
    top = abs(value) if most is None else most
    powers = (Fraction(10) ** power for power in range(len(str(int(top))), -2 * MAX_DECIMALS, -1))
    units = (digit * power for power in powers for digit in sorted(digits, reverse=True))
    return next(unit for unit in units if unit <= top and (value / unit).denominator == 1)


def last_nonzero(value: Fraction, step: Fraction) -> Fraction:
    """The unit of the last digit of `value` that is not zero: the greatest `step · 10^k` that divides it, 100 for 300.

    `step` is the unit of its last digit. Source: docs/why.md, Inexact words carry no error (2026-11-28).
    """
    digits = str(value / step)
    return step * 10 ** (len(digits) - len(digits.rstrip("0"))) if value else step
