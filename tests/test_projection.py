"""What a projection must leave: products of numbers that may not be above zero, and numbers that would be long."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

import pytest

from plantrack.numbers.interval import NONNEGATIVE, POSITIVE, Interval
from plantrack.solver.constraints import Constraint
from plantrack.solver.feasibility import decide
from plantrack.solver.problem import Problem
from plantrack.solver.projection import implied_by, projected, would_be_long
from plantrack.solver.variables import ONE, Variable

if TYPE_CHECKING:
    from collections.abc import Iterable

T, U, V, W, X, Y = (Variable("level", name, "here", ("2020",)) for name in "tuvwxy")
TOTAL = Constraint("sum", (*((each, ONE) for each in (V, W, X, Y)), (T, -ONE)), Fraction(0))
"""Says nothing, for nothing is said of `t`; but so all others are in two constraints, none a leaf."""


def point(value: int) -> Interval:
    return Interval.point(Fraction(value))


def product(*factors: Variable, to: Variable, constant: Fraction = ONE) -> Constraint:
    """The product of the factors is `constant` times another variable."""
    return Constraint("product", (*((each, ONE) for each in factors), (to, -ONE)), constant)


def scaled(ends: Iterable[Interval]) -> Problem:
    """`u v = x` and `u w = y`."""
    known = dict(zip((U, V, W, X, Y), ends, strict=True))
    return Problem((product(U, V, to=X), product(U, W, to=Y), TOTAL), known | {T: None})


def test_a_size_that_nothing_confines_is_left_out_of_products_of_numbers_above_zero() -> None:
    """`x w = y v` is left of both."""
    halves = scaled([POSITIVE, point(1), point(2), point(3), point(6)])
    left = projected(halves)
    assert left is not None
    assert all(U not in each.variables for each in left.constraints)
    assert decide(halves) == "consistent"
    assert decide(scaled([POSITIVE, point(1), point(2), point(3), point(5)])) == "contradictory"


@pytest.mark.parametrize("size", [NONNEGATIVE, Interval.above(ONE), Interval.at_most(ONE)])
def test_a_size_that_may_be_zero_or_has_an_end_is_kept(size: Interval) -> None:
    several = Interval(ONE, Fraction(2), low_closed=True, high_closed=True)
    left = projected(scaled([size, several, several, several, several]))
    assert left is not None
    assert sum(U in each.variables for each in left.constraints) == 2


def test_numbers_below_zero_are_not_taken_for_positive_ones() -> None:
    """`u × -1 = 1` and `u × -1 = 1`: `x w = y v` holds, and no u above zero makes it so; nor is any asked to be."""
    below = scaled([POSITIVE, point(-1), point(-1), point(1), point(1)])
    assert decide(below) == "contradictory"
    unknown = Problem(below.constraints, below.intervals | {V: None, W: None})
    assert decide(unknown) == "consistent"


@pytest.mark.parametrize(("power", "bits", "is_long"), [(4, 2500, False), (4, 2501, True), (-4, 2501, True)])
def test_powers_of_up_to_ten_thousand_bits_are_computed(power: int, bits: int, is_long: bool) -> None:
    """A power of two has one bit more than its exponent, and its denominator another."""
    assert would_be_long([(point(2 ** (bits - 2)), Fraction(power))]) == is_long
    halves = [(point(2 ** (bits - 2)), Fraction(power, 2))] * 2
    assert would_be_long(halves) == is_long


def test_what_one_factor_must_be_is_the_product_over_the_others() -> None:
    """`2 x = u v`, and the same written as `1 / (u v) = 1 / (2 x)`."""
    known = {V: point(3), X: point(12)}
    assert implied_by(product(U, V, to=X, constant=Fraction(2)), U, known) == point(8)
    inverse = Constraint("product", ((U, -ONE), (V, -ONE), (X, ONE)), Fraction(1, 2))
    assert implied_by(inverse, U, known) == point(8)
    total = Constraint("sum", ((U, Fraction(-2)), (V, ONE), (X, ONE)), Fraction(3))
    assert implied_by(total, U, known) == point(6)


@pytest.mark.parametrize(("total", "is_left"), [(2, True), (4, True), (5, False)])
def test_constraints_without_cycles_are_decided_by_what_they_leave_of_one_another(
    total: int, is_left: bool
) -> None:
    """`v + w = x` and `x = y`, v and w between 1 and 2."""
    several = Interval(ONE, Fraction(2), low_closed=True, high_closed=True)
    laws = (
        Constraint("sum", ((V, ONE), (W, ONE), (X, -ONE)), Fraction(0)),
        Constraint("sum", ((X, ONE), (Y, -ONE)), Fraction(0)),
    )
    left = projected(Problem(laws, {V: several, W: several, X: None, Y: point(total)}))
    assert left == (Problem((), {}) if is_left else None)


@pytest.mark.parametrize(("square", "is_left"), [(9, True), (1, False), (8, False)])
def test_where_only_numbers_are_left_of_products_they_decide(square: int, is_left: bool) -> None:
    """`u v = 3` and `u u v v = 9`."""
    once = Constraint("product", ((U, ONE), (V, ONE)), Fraction(3))
    twice = Constraint("product", ((U, Fraction(2)), (V, Fraction(2))), Fraction(square))
    left = projected(Problem((once, twice), {U: POSITIVE, V: POSITIVE}))
    assert left == (Problem((), {}) if is_left else None)


def test_products_of_too_many_factors_are_not_merged() -> None:
    """`u v = 10^n x` and `u w = y`: a number counts by its digits, the four others once each."""
    several = Interval(ONE, Fraction(2), low_closed=True, high_closed=True)
    for digits, is_merged in ((196, True), (197, False)):
        number = Fraction(10) ** (digits - 1)
        laws = (product(U, V, to=X, constant=number), product(U, W, to=Y), TOTAL)
        known = dict.fromkeys((V, W, Y), several) | {U: POSITIVE, X: several.scaled(1 / number), T: None}
        left = projected(Problem(laws, known))
        assert left is not None
        assert (len(left.constraints) == 2) == is_merged
