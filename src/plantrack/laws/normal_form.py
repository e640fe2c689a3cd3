"""A law as what can be reckoned with: a product of powers that is one, or a sum of multiples that is zero."""

from __future__ import annotations

from fractions import Fraction
from functools import lru_cache
from typing import TypeVar

from plantrack.laws.grammar import Expression, Law, Member

Number = TypeVar("Number", int, Fraction)
Monomial = tuple[Fraction, dict[Member, int]]
"""A factor, and the power of each member."""
Linear = tuple[Fraction, dict[Member, Fraction]]
"""A summand, and how often each member is added."""


@lru_cache(maxsize=5_000)
def forms_of(law: Law) -> tuple[Monomial | None, Linear | None]:
    """The law as a product of powers that is one, else as a sum of multiples that is zero (or more).

    Both `None` where it is neither. A form without members says nothing of any.
    """
    left, right = _monomial(law.left), _monomial(law.right)
    if law.relation == "=" and left is not None and right is not None:
        monomial = _times(left, right, -1)
        if monomial is not None:
            return monomial, None
    return None, _plus(_linear(law.left), _linear(law.right), -1)


def _monomial(expression: Expression) -> Monomial | None:
    """A product of powers; `None` where there is a sum, of places too."""
    if isinstance(expression, Fraction):
        return expression, {}
    if isinstance(expression, Member):
        return None if expression.summed else (Fraction(1), {expression: 1})
    left, right = _monomial(expression.left), _monomial(expression.right)
    if expression.sign in {"+", "-"} or left is None or right is None:
        return None
    return _times(left, right, 1 if expression.sign == "*" else -1)


def _times(left: Monomial, right: Monomial, power: int) -> Monomial | None:
    if left[0] <= 0 or right[0] <= 0:
        return None
    return left[0] * right[0] ** power, _added(left[1], right[1], power)


def _linear(expression: Expression) -> Linear | None:
    """A sum of multiples; `None` where members are multiplied or divided."""
    if isinstance(expression, Fraction):
        return expression, {}
    if isinstance(expression, Member):
        return Fraction(0), {expression: Fraction(1)}
    left, right = _linear(expression.left), _linear(expression.right)
    if left is None or right is None:
        return None
    if expression.sign in {"+", "-"}:
        return _plus(left, right, 1 if expression.sign == "+" else -1)
    if not right[1] and right[0]:
        return _scaled(left, right[0] if expression.sign == "*" else 1 / right[0])
    return _scaled(right, left[0]) if expression.sign == "*" and not left[1] else None


def _scaled(linear: Linear, by: Fraction) -> Linear:
    return linear[0] * by, {member: each * by for member, each in linear[1].items()}


def _plus(left: Linear | None, right: Linear | None, sign: int) -> Linear | None:
    if left is None or right is None:
        return None
    return left[0] + sign * right[0], _added(left[1], right[1], sign)


def _added(left: dict[Member, Number], right: dict[Member, Number], sign: int) -> dict[Member, Number]:
    """`left + sign * right`, member by member, without those that are zero then."""
    sums = left.copy()
    for member, each in right.items():
        sums[member] = sums.get(member, 0) + sign * each
    return {member: each for member, each in sums.items() if each}
