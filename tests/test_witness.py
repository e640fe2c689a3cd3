"""Which variables a witness computes from the others, and what it does where that fails."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest

from plantrack.numbers.interval import Interval
from plantrack.solver.propagation import Polynomial
from plantrack.solver.variables import ONE, Variable
from plantrack.solver.witness import witness

W, X, Y, Z = (Variable("level", name, "here", ("2020",)) for name in "wxyz")
OFF = 2.0**-40
"""So far are floats off that are not to be taken as they are."""


def total(value: int) -> Polynomial:
    """`x + y = value`."""
    return Polynomial.of((ONE, (X,)), (ONE, (Y,)), (Fraction(-value), ()))


@pytest.mark.parametrize("room", [(1.0, 0.5), (0.5, 1.0)])
def test_the_variable_with_most_room_follows_from_the_others(room: tuple[float, float]) -> None:
    found = witness(
        [total(3)], {X: None, Y: None}, {X: 1 + OFF, Y: 2 + OFF}, dict(zip((X, Y), room, strict=True))
    )
    x_follows = room[0] > room[1]
    assert found == (
        {X: 1 - Fraction(OFF), Y: 2 + Fraction(OFF)}
        if x_follows
        else {X: 1 + Fraction(OFF), Y: 2 - Fraction(OFF)}
    )


@pytest.mark.parametrize(
    ("x", "y", "x_follows"), [(1000, 1, True), (1, 1000, False), (0, Fraction(1, 2), True)]
)
def test_of_variables_of_which_no_room_is_told_the_greater_follows(
    x: int, y: Fraction, x_follows: bool
) -> None:
    """Zero as if it were one."""
    law = Polynomial.of((ONE, (X,)), (ONE, (Y,)), (-Fraction(x + y), ()))
    found = witness([law], {X: None, Y: None}, {X: float(x), Y: float(y) + OFF}, {})
    assert found is not None
    assert (found[Y] == Fraction(float(y) + OFF)) == x_follows
    assert found[X] + found[Y] == x + y


def test_of_unknowns_that_are_multiplied_the_first_takes_its_float() -> None:
    """`x y = 6` and `x + y = 5`: y is computed from x, which can then not be off."""
    product = Polynomial.of((ONE, (X, Y)), (Fraction(-6), ()))
    room = {X: 1.0, Y: 1.0}
    anywhere = {X: None, Y: None}
    assert witness([product, total(5)], anywhere, {X: 2.0, Y: 3 + OFF}, room) == {X: 2, Y: 3}
    assert witness([product, total(5)], anywhere, {X: 2 + OFF, Y: 3.0}, room) is None


def test_unknowns_that_are_multiplied_are_exchanged_for_others() -> None:
    """`x y = z` and `x + y = w`, x and y with most room: z and w, or one of them and y, follow."""
    laws = [
        Polynomial.of((ONE, (X, Y)), (-ONE, (Z,))),
        Polynomial.of((ONE, (X,)), (ONE, (Y,)), (-ONE, (W,))),
    ]
    near = {W: 5 - OFF, X: 2 + OFF, Y: 3 + OFF, Z: 6.0}
    around = {
        each: Interval(Fraction(value) - 1, Fraction(value) + 1, low_closed=True, high_closed=True)
        for each, value in near.items()
    }
    found = witness(laws, around, near, {W: 0.1, X: 1.0, Y: 1.0, Z: 0.1})
    assert found is not None
    assert found[X] * found[Y] == found[Z]
    assert found[X] + found[Y] == found[W]


def test_a_variable_with_one_value_is_never_computed() -> None:
    """`x + y = 3`, x one exactly."""
    near = {X: 1 + OFF, Y: 2.0}
    assert witness([total(3)], {X: Interval.point(ONE), Y: None}, near, {}) == {X: 1, Y: 2}
    assert witness([total(4)], {X: Interval.point(ONE), Y: None}, near, {}) == {X: 1, Y: 3}


def test_where_slopes_are_beyond_floats_the_floats_themselves_are_tried() -> None:
    """`x y = z`."""
    product = Polynomial.of((ONE, (X, Y)), (-ONE, (Z,)))
    near = {X: 2.0, Y: 1e200, Z: 2e200}
    with np.errstate(over="ignore"):
        assert witness([product], dict.fromkeys(near), near, {X: 1e200}) == near
        assert witness([product], dict.fromkeys(near), near | {Z: 3e200}, {X: 1e200}) is None


def test_repeated_and_opposite_constraints_leave_one_unknown() -> None:
    """`x + y = 3` twice: one variable follows; `x + y = 3` and `x + y = 4` have no witness."""
    room = {X: 1.0, Y: 0.5}
    anywhere = {X: None, Y: None}
    assert witness([total(3), total(3)], anywhere, {X: 1 + OFF, Y: 2.0}, room) == {X: 1, Y: 2}
    assert witness([total(3), total(4)], anywhere, {X: 1 + OFF, Y: 2.0}, room) is None


def test_unknowns_of_several_constraints_are_found_together() -> None:
    """`x + y = 0` and `x - y = 0`; with 4 on the right of the second 2 and -2."""
    equal = Polynomial.of((ONE, (X,)), (-ONE, (Y,)))
    anywhere, room = {X: None, Y: None}, {X: 1.0, Y: 1.0}
    assert witness([total(0), equal], anywhere, {X: OFF, Y: OFF}, room) == {X: 0, Y: 0}
    apart = Polynomial.of(*equal.terms, (Fraction(-4), ()))
    assert witness([total(0), apart], anywhere, {X: 2 + OFF, Y: OFF - 2}, room) == {X: 2, Y: -2}


def test_a_variable_without_room_still_moves_by_what_floats_cannot_tell() -> None:
    """`3 x = 1`, beside a constraint that says nothing of what can move."""
    three = Polynomial.of((Fraction(3), (X,)), (-ONE, ()))
    fixed = Polynomial.of((ONE, (Y,)), (Fraction(-7), ()))
    found = witness([fixed, three], {X: None, Y: Interval.point(Fraction(7))}, {X: 1 / 3, Y: 7.0}, {X: 0.0})
    assert found == {X: Fraction(1, 3), Y: 7}
