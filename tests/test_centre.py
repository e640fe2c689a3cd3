"""The Chebyshev centre by hand where it is plain, and how many of Newton's steps it takes."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import pytest

from plantrack.solver.centre import _solved as solved
from plantrack.solver.centre import centre, farthest


class Steps:
    """Counts the matrices that are inverted, one in each of Newton's steps."""

    def __init__(self, patch: pytest.MonkeyPatch) -> None:
        self.count = 0
        self._invert = np.linalg.inv
        patch.setattr(np.linalg, "inv", self)

    def __call__(self, matrix: np.ndarray) -> np.ndarray:
        self.count += 1
        return self._invert(matrix)


@pytest.fixture
def steps(monkeypatch: pytest.MonkeyPatch) -> Steps:
    return Steps(monkeypatch)


@pytest.mark.parametrize(
    ("total", "has_low", "has_high", "radius"),
    [
        (4, (True, True), (True, True), 2),
        (-4, (True, True), (True, True), 2),
        (4, (False, False), (True, True), 2),
        (-4, (True, True), (False, False), 2),
        (4, (True, True), (False, True), 0),  # the first goes up as far as is asked
        (-4, (True, False), (True, True), 0),
        (4, (False, False), (False, False), 0),
        (0, (True, True), (True, True), 0),
    ],
)
def test_the_centre_of_a_sum_lies_half_way_for_each_part_that_has_an_end(
    total: int, has_low: tuple[bool, bool], has_high: tuple[bool, bool], radius: int
) -> None:
    """`z_1 + z_2 = total`: where one part is free to take all, nothing is as far as an end."""
    found = centre(np.ones((1, 2)), np.array([float(total)]), np.array(has_low), np.array(has_high))
    assert found.radius == pytest.approx(radius, abs=1e-8)
    assert found.point.sum() == pytest.approx(total, abs=1e-8)
    if radius:
        assert found.point == pytest.approx([total / 2] * 2)
        assert found.duals[0] * total == pytest.approx(-radius)


@pytest.mark.parametrize("equations", [1, 3, 5])
def test_nine_steps_are_enough(steps: Steps, equations: int) -> None:
    """Of equations with a solution within 0.9, each residual less than a part in ten million of what it could be."""
    for seed in range(12):
        dice = np.random.default_rng(seed)
        matrix, ends = dice.normal(size=(equations, 8)), np.ones(8, dtype=bool)
        right_side = matrix @ dice.uniform(-0.9, 0.9, 8)
        steps.count = 0
        found = centre(matrix, right_side, ends, ends)
        assert 5 <= steps.count <= 9
        assert np.abs(matrix @ found.point - right_side).max() < 1e-7
        assert found.radius == pytest.approx(np.abs(found.point).max(), abs=1e-7)
        assert found.radius <= 0.9


def test_equations_that_exclude_one_another_are_given_up_soon(steps: Steps) -> None:
    """`z = 0.5` and `z = 0.9`; some steps show that nothing gets better."""
    ends = np.ones(2, dtype=bool)
    found = centre(np.ones((2, 2)), np.array([0.5, 0.9]), ends, ends)
    assert 5 <= steps.count <= 9
    assert np.isfinite(found.point).all()


def test_a_repeated_equation_changes_nothing(steps: Steps) -> None:
    ends = np.ones(2, dtype=bool)
    found = centre(np.ones((2, 2)), np.array([0.5, 0.5]), ends, ends)
    assert steps.count <= 10
    assert found.point == pytest.approx([0.25, 0.25])
    assert found.duals.sum() == pytest.approx(-0.5, abs=1e-4)


def test_without_any_end_the_farthest_point_is_endlessly_far() -> None:
    none = np.zeros(2, dtype=bool)
    found = farthest(np.ones((1, 2)), np.array([0.5]), none, none, np.array([1.0, 0.0]))
    assert np.isinf(found).all()


@pytest.mark.parametrize("sign", [1.0, -1.0])
def test_the_farthest_point_stops_at_the_first_end_that_holds_it_back(sign: float) -> None:
    """`z_1 = z_2`, the first with the end on this side, the second with the other end alone."""
    first, second = np.array([sign < 0, sign > 0]), np.array([sign > 0, sign < 0])
    found = farthest(np.array([[1.0, -1.0]]), np.zeros(1), first, second, np.array([sign, 0.0]))
    assert found == pytest.approx([sign, sign])


# -- when it ends ----------------------------------------------------------------------------------


class State(NamedTuple):
    """How far the state of this number is from the centre, by its gap and by its residuals."""

    number: int
    gap: float
    greatest: float

    @property
    def is_finite(self) -> bool:
        return np.isfinite(self.gap)


class Scripted(list[State]):
    """A program whose states are given."""

    def start(self) -> State:
        return self[0]

    def residuals(self, now: State) -> State:
        return now

    def step(self, now: State, off: State) -> State:
        assert now is off
        return self[now.number + 1]


@pytest.mark.parametrize("by_gap", [True, False])
@pytest.mark.parametrize(
    ("distances", "last"),
    [
        ([1, 0.1, 1e-11, 1e-12], 2),
        ([1, 0.5, 0.46, 0.46, 0.46, 0.46, 0.46, 0.1], 6),
        ([1, 0.5, 0.45, 0.45, 0.45, 0.45, 0.45, 0.1], 6),
        ([1, 2, 3, 4, 5, 0.5, 1, 1, 1, 1, 0.1, 1e-11], 11),
        ([1, 2, 3, 4, 5, 0.5, 1, 1, 1, 1, 0.49, 0.1], 10),
        ([0.8**number for number in range(60)], 50),
    ],
)
def test_it_ends_at_the_centre_or_at_the_fifth_step_that_brings_it_no_tenth_nearer(
    distances: list[float], last: int, by_gap: bool
) -> None:
    """Or after fifty steps. Both the gap and the residuals count."""
    ways = [(each, 0.0) if by_gap else (0.0, each) for each in distances]
    assert solved(Scripted(State(number, *way) for number, way in enumerate(ways))).number == last


def test_it_ends_before_numbers_that_floats_cannot_hold() -> None:
    states = Scripted([State(0, 1.0, 0.0), State(1, 0.5, 0.0), State(2, np.inf, 0.0), State(3, 1e-12, 0.0)])
    assert solved(states).number == 1
