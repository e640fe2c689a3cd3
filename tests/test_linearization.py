"""Constraints made linear about a point: by hand where they are lines, and how many steps are taken."""

from __future__ import annotations

import math
from fractions import Fraction
from typing import Literal

import numpy as np
import pytest

from plantrack.solver import linearization
from plantrack.solver.centre import farthest
from plantrack.solver.linearization import LinearizedBox, middle_and_half
from plantrack.solver.propagation import Box, Pair, Polynomial
from plantrack.solver.variables import ONE, Variable

X, Y, Z = (Variable("level", name, "here", ("2020",)) for name in "xyz")
ENDLESS = (-math.inf, math.inf)


def line(x: int, y: int, total: float) -> Polynomial:
    """`a x + b y = total`."""
    return Polynomial.of((Fraction(x), (X,)), (Fraction(y), (Y,)), (-Fraction(total), ()))


def view(*laws: Polynomial, x: Pair = (-1, 1), y: Pair = (-1, 1)) -> LinearizedBox:
    return LinearizedBox.of(laws, {X: x, Y: y})


@pytest.mark.parametrize(
    ("low", "high", "middle", "half"),
    [
        (1, 3, 2, 1),
        (4, math.inf, 6, 2),
        (-4, math.inf, -2, 2),
        (0, math.inf, 1, 1),
        (-math.inf, 4, 2, 2),
        (-math.inf, -4, -6, 2),
        (-math.inf, 0, -1, 1),
        (*ENDLESS, 0, 1),
        (-1e101, 4, 2, 2),
        (4, 1e101, 6, 2),
        (-1e100, 1e100, 0, 1e100),
    ],
)
def test_without_an_end_the_middle_is_half_as_far_as_the_other_end_is_from_zero(
    low: float, high: float, middle: float, half: float
) -> None:
    """From zero itself one; ends that floats should not reckon with are none."""
    assert middle_and_half(low, high) == (middle, half)


class Steps:
    """Counts the equations that are solved by least squares."""

    def __init__(self, patch: pytest.MonkeyPatch) -> None:
        self.count = 0
        self._solve = np.linalg.lstsq
        patch.setattr(np.linalg, "lstsq", self)

    def __call__(self, *arguments: np.ndarray, **options: None) -> tuple[np.ndarray, ...]:
        self.count += 1
        return self._solve(*arguments, **options)


@pytest.fixture
def steps(monkeypatch: pytest.MonkeyPatch) -> Steps:
    return Steps(monkeypatch)


@pytest.mark.parametrize("sign", [1, -1])
def test_a_line_through_the_box_is_met_in_one_step(steps: Steps, sign: int) -> None:
    found = view(line(1, 1, sign)).nearest()
    assert found == pytest.approx([sign / 2, sign / 2])
    assert steps.count == 1


@pytest.mark.parametrize("sign", [1, -1])
def test_where_there_is_no_end_a_point_may_lie_as_far_as_it_must(steps: Steps, sign: int) -> None:
    """`x + y = 4`, both from -1 on; `x + y = -4`, both up to 1: two half-widths from the middle."""
    free = (-1.0, math.inf) if sign > 0 else (-math.inf, 1.0)
    boxed = view(line(1, 1, 4 * sign), x=free, y=free)
    found = boxed.nearest()
    assert found is not None
    assert boxed.values(found)[X] == pytest.approx(2 * sign)
    assert steps.count == 1


@pytest.mark.parametrize("sign", [1, -1])
def test_a_variable_beyond_an_end_weighs_more_until_it_is_inside(steps: Steps, sign: int) -> None:
    """`3 x + y = 3.6`: the nearest point has x at 1.08; x from 0.87 on is inside."""
    found = view(line(3, 1, 3.6 * sign)).nearest()
    assert found is not None
    assert 2 <= steps.count <= 4
    assert np.abs(found).max() < 1
    assert 3 * found[0] + found[1] == pytest.approx(3.6 * sign)


def test_where_no_point_is_inside_none_is_found(steps: Steps) -> None:
    """`x + y = 3`, both at most 1; and a constraint of nothing that can move."""
    assert view(line(1, 1, 3)).nearest() is None
    assert steps.count <= 12
    assert view(line(1, 1, 3), x=(1, 1), y=(2, 2)).nearest() is None


@pytest.mark.parametrize("sign", [1, -1])
def test_a_point_at_an_end_has_no_room_and_is_not_inside(sign: int) -> None:
    """`2 x = 2`, x at most 1."""
    assert view(line(2, 0, 2 * sign)).nearest() is None
    assert view(line(2, 0, 2 * sign), x=(-1.01, 1.01)).nearest() is not None


@pytest.mark.parametrize(("total", "radius", "approaches"), [(1, 0.5, 1), (3, 1.5, 2)])
def test_of_lines_the_first_centre_is_the_last_if_it_lies_inside(
    total: int, radius: float, approaches: int
) -> None:
    """Outside it is asked once more, for of curves the next might be nearer."""
    found = list(view(line(1, 1, total)).approaches())
    assert len(found) == approaches
    for each in found:
        assert each.radius == pytest.approx(radius)
        assert each.point == pytest.approx([total / 2, total / 2])


def test_of_a_curve_the_centres_come_nearer() -> None:
    """`x y = 3` with both between 1 and 3: the root of 3, 0.268 of a half-width from the middle."""
    curve = Polynomial.of((ONE, (X, Y)), (Fraction(-3), ()))
    found = list(view(curve, x=(1, 3), y=(1, 3)).approaches())
    off = [abs(each.radius - (2 - math.sqrt(3))) for each in found]
    assert 3 <= len(found) <= 6
    assert off == sorted(off, reverse=True)
    assert off[-1] < 1e-9


def test_what_says_nothing_of_the_box_has_no_dual_value() -> None:
    """`x + y = 1` beside a constraint of a variable that cannot move."""
    fixed = Polynomial.of((ONE, (Z,)), (Fraction(-7), ()))
    box: Box = {X: (-1, 1), Y: (-1, 1), Z: (7, 7)}
    (both,) = LinearizedBox.of([fixed, line(1, 1, 1)], box).approaches()
    assert both.duals == pytest.approx([0, -0.5])  # y_k f_k changes by the radius: 0.5 of 1 - x - y
    (alone,) = LinearizedBox.of([fixed], box).approaches()
    assert (alone.point.tolist(), alone.radius, alone.duals.tolist()) == ([0, 0], 0, [0])


@pytest.mark.parametrize(("sign", "expected"), [(1, 1.0), (-1, 0.0)])
def test_the_end_of_a_variable_is_where_the_other_stops_it(sign: int, expected: float) -> None:
    """`x + y = 1`, y from -1 to 1 and x without ends below 1: x from 0 on, and up to 1."""
    boxed = view(line(1, 1, 1), x=(-3, 1))
    assert boxed.end(np.zeros(2), X, sign) == pytest.approx(expected, abs=1e-6)


@pytest.mark.parametrize(("sign", "expected"), [(1, 3), (-1, 1)])
def test_along_a_curve_the_end_is_found_in_some_lines(sign: int, expected: float) -> None:
    """`x y = 3` with y between 1 and 3: x from 1 to 3."""
    curve = Polynomial.of((ONE, (X, Y)), (Fraction(-3), ()))
    boxed = view(curve, x=(0.1, 10), y=(1, 3))
    start = boxed.nearest()
    assert start is not None
    assert boxed.end(start, X, sign) == pytest.approx(expected, rel=1e-3)


@pytest.mark.parametrize("sign", [1, -1])
def test_without_an_end_a_variable_goes_endlessly_far(sign: int) -> None:
    """`x = y`, neither with an end on this side."""
    free = (-1, math.inf) if sign > 0 else (-math.inf, 1)
    assert view(line(1, -1, 0), x=free, y=free).end(np.zeros(2), X, sign) == sign * math.inf


@pytest.mark.parametrize(
    ("low", "high", "moves"),
    [
        (1e6, 1e6 + 1e-5, True),
        (1e6, 1e6 + 1e-7, False),
        (-1e6 - 1e-7, -1e6, False),
        (0, 1e-23, True),
        (0, 1e-25, False),
        (5, 5, False),
    ],
)
def test_what_is_narrower_than_floats_tell_cannot_move(low: float, high: float, moves: bool) -> None:
    """Than a million millionth of its size, and as much of that near zero."""
    assert (X in LinearizedBox.of([], {X: (low, high)}).variables) == moves


@pytest.mark.parametrize(
    ("at", "reached", "is_last"),
    [
        (1.5, 0, False),  # nothing was solved yet
        (0.5, (0.5, math.inf), True),
        (1.5, (1.5, math.inf), False),
        (1.5, (1.5, 1.6), False),
        (1.5, (1.5, 1.5), True),
        (1.0, (1.0, 1.1), False),
        (0.5, (0.6, math.inf), True),
    ],
)
def test_a_point_that_obeys_all_is_the_last_if_it_lies_inside_or_comes_no_nearer(
    at: float, reached: tuple[float, float] | Literal[0], is_last: bool
) -> None:
    """`x + y = 2 at`: its radius, and that of the one before."""
    boxed = view(line(1, 1, 2 * at))
    point = np.array([at, at])
    assert (boxed.nearer(point, reached) is None) == is_last
    assert boxed.nearer(point * 0.9, reached) is not None


def test_along_a_line_the_end_takes_one_program_and_another_that_moves_no_more(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked = []
    monkeypatch.setattr(linearization, "farthest", lambda *given: asked.append(given) or farthest(*given))
    assert view(line(1, 1, 1), x=(-3, 1)).end(np.zeros(2), X, 1) == pytest.approx(1)
    assert len(asked) == 2
