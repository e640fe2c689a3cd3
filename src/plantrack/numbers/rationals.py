"""Arithmetic of `fractions.Fraction` on the whole numbers inside: the same numbers, several times as fast.

The operators of `Fraction` ask what the other number is and check what they make; here both are fractions.
"""

from __future__ import annotations

from fractions import Fraction
from math import gcd


def length(value: Fraction) -> int:
    """How many bits its numerator and denominator have: what arithmetic with it takes grows with that."""
    return value.numerator.bit_length() + value.denominator.bit_length()


def added(one: Fraction, other: Fraction) -> Fraction:
    """`one + other = (a d + c b) / (b d)`, all in one unit; source: the definition of the sum of fractions."""
    (above, below), (over, under) = one.as_integer_ratio(), other.as_integer_ratio()
    return reduced(above * under + over * below, below * under)


def multiplied(one: Fraction, other: Fraction) -> Fraction:
    """`one * other = (a c) / (b d)`, in the product of their units; source: the definition of the product."""
    (above, below), (over, under) = one.as_integer_ratio(), other.as_integer_ratio()
    return reduced(above * over, below * under)


def divided(one: Fraction, other: Fraction) -> Fraction:
    """`one / other = (a d) / (b c)`, in the quotient of their units, `other` not zero; source: its definition."""
    (above, below), (over, under) = one.as_integer_ratio(), other.as_integer_ratio()
    return reduced(above * under, below * over) if over > 0 else reduced(-above * under, -below * over)


def negated(value: Fraction) -> Fraction:
    """`-value`, in its unit; source: its definition."""
    above, below = value.as_integer_ratio()
    return _made(-above, below)


def raised(value: Fraction, exponent: int) -> Fraction:
    """`value ** exponent`, in that power of its unit; the value above zero where the exponent is not. By definition."""
    above, below = value.as_integer_ratio()
    return (
        _made(above**exponent, below**exponent)
        if exponent >= 0
        else _made(below**-exponent, above**-exponent)
    )


def compared(one: Fraction, other: Fraction) -> int:
    """-1, 0 or 1 as one number is below, equal to or above the other; faster than the operators."""
    (above, below), (over, under) = one.as_integer_ratio(), other.as_integer_ratio()
    left, right = above * under, over * below
    return (left > right) - (left < right)


def reduced(above: int, below: int) -> Fraction:
    """`above / below` in lowest terms, `below` above zero; without unit. Source: division by the greatest divisor."""
    divisor = gcd(above, below)
    return _made(above // divisor, below // divisor)


def _made(above: int, below: int) -> Fraction:
    """A fraction of whole numbers without a common divisor, `below` above zero: it needs no check."""
    made = object.__new__(Fraction)
    _put_above(made, above)
    _put_below(made, below)
    return made


_put_above, _put_below = (getattr(Fraction, name).__set__ for name in ("_numerator", "_denominator"))
