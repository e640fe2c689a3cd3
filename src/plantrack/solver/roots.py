"""Roots of rational numbers between rational ends: `x ** (1 / n)`, exact where it is rational.

Newton's iteration on whole numbers, `y <- ((n - 1) y + x // y ** (n - 1)) // n` (Cohen, A Course in
Computational Algebraic Number Theory, algorithm 1.7.1); it doubles the digits a step, to `BITS` binary places.
"""

from __future__ import annotations

from fractions import Fraction

from plantrack.numbers.interval import Interval

BITS = 96
"""Roots that are not rational are enclosed to so many binary places."""


def root_of(interval: Interval, degree: int) -> Interval:
    """An interval around `x ** (1 / degree)` of all `x` of another, none of which is below zero.

    The unit is the root of the unit of `x`. Source: Cohen (1993), algorithm 1.7.1.
    """
    low, high = interval.low, interval.high
    low_root = None if low is None else _enclosed(low, degree)
    high_root = None if high is None else _enclosed(high, degree)
    return Interval(
        None if low_root is None else low_root[0],
        None if high_root is None else high_root[1],
        low_closed=low_root is not None and (interval.low_closed or low_root[0] < low_root[1]),
        high_closed=high_root is not None and (interval.high_closed or high_root[0] < high_root[1]),
    )


def _enclosed(value: Fraction, degree: int) -> tuple[Fraction, Fraction]:
    top, bottom = whole_root(value.numerator, degree), whole_root(value.denominator, degree)
    if top**degree == value.numerator and bottom**degree == value.denominator:
        return Fraction(top, bottom), Fraction(top, bottom)
    below = whole_root((value.numerator << (BITS * degree)) // value.denominator, degree)
    return Fraction(below, 1 << BITS), Fraction(below + 1, 1 << BITS)


def whole_root(value: int, degree: int) -> int:
    """The greatest whole `y` with `y ** degree <= value`, which is not below zero; by Newton's steps."""
    if value == 0:
        return 0
    guess = 1 << -(-value.bit_length() // degree)
    while (better := ((degree - 1) * guess + value // guess ** (degree - 1)) // degree) < guess:
        guess = better
    return guess
