"""Where a box is halved, how deep, and what its halves cost."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest

from plantrack.numbers.interval import Interval
from plantrack.solver import feasibility
from plantrack.solver.centre import Centre
from plantrack.solver.constraints import Constraint
from plantrack.solver.feasibility import _BranchAndPrune as BranchAndPrune
from plantrack.solver.feasibility import _halves as halves
from plantrack.solver.feasibility import decide, excludes
from plantrack.solver.linearization import LinearizedBox
from plantrack.solver.problem import Problem
from plantrack.solver.propagation import Box, Polynomial
from plantrack.solver.variables import ONE, Variable

U, V, X, Y, Z = (Variable("level", name, "here", ("2020",)) for name in "uvxyz")
TWO = Fraction(2)


def cut(box: Box, *polynomials: Polynomial, duals: list[float] | None = None) -> list[Box]:
    view = LinearizedBox.of(polynomials, box)
    return halves(view, np.array(duals or [1.0] * len(polynomials)))


def at(variable: Variable, box: Box) -> list[Box]:
    low, high = box[variable]
    return [box | {variable: (low, (low + high) / 2)}, box | {variable: ((low + high) / 2, high)}]


def test_a_box_is_halved_at_the_widest_variable_that_another_multiplies() -> None:
    """`x y = z`: z is wider, but the constraint is a line in it; y varies by two thirds, x by half."""
    product = Polynomial.of((ONE, (X, Y)), (-ONE, (Z,)))
    box = {X: (1.0, 3.0), Y: (1.0, 5.0), Z: (0.0, 100.0)}
    assert cut(box, product) == at(Y, box)
    wider = box | {X: (10.0, 90.0)}
    assert cut(wider, product) == at(X, wider)
    fixed = box | {Y: (2.0, 2.0)}
    assert cut(fixed, product) == []


def test_terms_count_by_their_size_and_by_the_dual_value_of_their_constraint() -> None:
    """`x y = 4` and `n u v = 4 n`, x and u as wide as each other and wider than y and v."""
    box = {X: (1.0, 3.0), Y: (1.5, 2.5), U: (1.0, 3.0), V: (1.5, 2.5)}
    one = Polynomial.of((ONE, (X, Y)), (Fraction(-4), ()))
    for number, duals, expected in (
        (Fraction(-3), [1.0, 1.0], U),
        (Fraction(1, 3), [1.0, 1.0], X),
        (Fraction(-3), [-9.0, 1.0], X),
        (Fraction(1, 3), [1.0, -9.0], U),
        (Fraction(-3), [0.0, 0.0], U),  # what has no dual value still counts
    ):
        other = Polynomial.of((number, (U, V)), (-4 * number, ()))
        assert cut(box, one, other, duals=duals) == at(expected, box)
    small = {X: (1.0, 3.0), Y: (1.0, 3.0), U: (0.1, 0.3), V: (0.09, 0.31)}  # wider for their size, but small
    assert cut(small, one, Polynomial.of((ONE, (U, V)), (Fraction(-1, 25), ()))) == at(X, small)


def test_a_width_counts_as_a_part_of_its_middle() -> None:
    """`x y = 20`: x varies by a third and is wider, y by nearly a half."""
    box = {X: (10.0, 14.0), Y: (1.0, 1.6)}
    assert cut(box, Polynomial.of((ONE, (X, Y)), (Fraction(-20), ()))) == at(Y, box)


def test_a_variable_in_two_curved_terms_counts_for_both() -> None:
    """`x y + y z = 4`, y a little less wide than x and z."""
    box = {X: (1.0, 3.0), Y: (1.1, 2.9), Z: (1.0, 3.0)}
    assert cut(box, Polynomial.of((ONE, (X, Y)), (ONE, (Y, Z)), (Fraction(-4), ()))) == at(Y, box)


def test_around_zero_a_width_is_counted_as_it_is() -> None:
    """`x y = 1`, x from -2 to 2 and y from -3 to 3: their middles are no measure of them."""
    box = {X: (-2.0, 2.0), Y: (-3.0, 3.0)}
    assert cut(box, Polynomial.of((ONE, (X, Y)), (-ONE, ()))) == at(Y, box)
    beside = box | {Y: (1.0, 3.0)}
    assert cut(beside, Polynomial.of((ONE, (X, Y)), (-ONE, ()))) == at(X, beside)


def around_one(total: Fraction) -> Problem:
    """`x y = 1` and `x + y = total`, both between 1/2 and 2: solved from 2 on alone."""
    product = Constraint("product", ((X, ONE), (Y, ONE)), ONE)
    wide = Interval(1 / TWO, TWO, low_closed=True, high_closed=True)
    return Problem((product, Constraint("sum", ((X, ONE), (Y, ONE)), total)), {X: wide, Y: wide})


def decided(problem: Problem) -> tuple[str, list[float]]:
    """What is decided, and what was asked to be paid for it."""
    asked: list[float] = []

    def pays(steps: float) -> bool:
        asked.append(steps)
        return True

    return decide(problem, pays=pays), asked


def test_a_box_is_halved_four_times_at_most_each_half_at_four_times_the_cost() -> None:
    """A total closer below 2 than halves tell: 2 + 4 + 8 + 16 boxes at most, and undetermined."""
    answer, asked = decided(around_one(TWO - Fraction(1, 10**9)))
    assert answer == "undetermined"
    projection, whole, *parts = asked
    assert projection == 4 * 2
    assert set(parts) == {4 * whole}
    assert 4 <= len(parts) <= 2 + 4 + 8 + 16


@pytest.mark.parametrize(("more", "is_halved_again"), [(28, True), (29, False)])
def test_boxes_of_more_than_thirty_variables_are_only_halved_once(more: int, is_halved_again: bool) -> None:
    """Others beside x and y, each a part of a product of its own, so that they stay in the box."""
    base = around_one(TWO - Fraction(1, 10**4))
    names = [Variable("level", f"n{number}", "here", ("2020",)) for number in range(more)]
    ring = [Constraint("product", ((names[at - 1], ONE), (name, -ONE)), ONE) for at, name in enumerate(names)]
    near = Interval(ONE, TWO, low_closed=True, high_closed=True)
    joined = Constraint("sum", ((names[0], ONE), (names[1], ONE), (X, ONE), (Y, ONE)), Fraction(5))
    problem = Problem((*base.constraints, *ring, joined), base.intervals | dict.fromkeys(names, near))
    _, asked = decided(problem)
    assert len(asked) >= 2 + 2
    assert (len(asked) > 2 + 2) == is_halved_again


@pytest.mark.parametrize(
    ("answers", "expected", "asked"),
    [
        (["contradictory", "contradictory"], "contradictory", 2),
        (["contradictory", "consistent"], "consistent", 2),
        (["consistent", "contradictory"], "consistent", 1),
        (["undetermined", "contradictory"], "undetermined", 2),
        (["contradictory", "undetermined"], "undetermined", 2),
    ],
)
def test_halves_are_consistent_where_one_is_and_contradictory_where_both_are(
    answers: list[str], expected: str, asked: int
) -> None:
    left = iter(answers)

    class Scripted(BranchAndPrune):
        def decided(self, _: Box) -> tuple[str, type[list[Box]]]:
            return next(left), list

    problem = around_one(TWO)
    search = Scripted(problem, problem.polynomials(), lambda _: True)
    assert search.decided_in_parts([{}, {}], 1) == expected
    assert len(list(left)) == len(answers) - asked
    assert search.decided_in_parts([{}, {}], 0) == "undetermined"


@pytest.mark.parametrize(
    ("radius", "has_witness", "is_proven", "expected"),
    [
        (0.5, True, False, "consistent"),
        (1.0, True, False, "undetermined"),  # at an end no witness is sought
        (0.5, False, True, "undetermined"),  # nor a proof inside
        (1.0, False, True, "contradictory"),
        (1.5, False, True, "contradictory"),
        (1.5, False, False, "undetermined"),
    ],
)
def test_the_centre_becomes_a_witness_inside_and_outside_a_proof(
    radius: float, has_witness: bool, is_proven: bool, expected: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    problem = around_one(TWO)
    found = Centre(np.zeros(2), radius, np.ones(2))
    monkeypatch.setattr(LinearizedBox, "nearest", lambda _: None)
    monkeypatch.setattr(LinearizedBox, "approaches", lambda _: iter([found]))
    monkeypatch.setattr(feasibility, "witness", lambda *_: {} if has_witness else None)
    monkeypatch.setattr(feasibility, "excludes", lambda *_: is_proven)
    search = BranchAndPrune(problem, problem.polynomials(), lambda _: True)
    assert search.decided({X: (0.5, 2.0), Y: (0.5, 2.0)})[0] == expected


@pytest.mark.parametrize("dual", [1e-3, -1e-3, 1e3])
@pytest.mark.parametrize(("total", "is_excluded"), [(3, True), (-3, True), (1, False), (-1, False)])
def test_a_sum_that_two_parts_cannot_come_to_is_excluded_by_any_dual_value(
    total: int, is_excluded: bool, dual: float
) -> None:
    """`x + y = total`, both from -1 to 1."""
    both = Polynomial.of((ONE, (X,)), (ONE, (Y,)), (Fraction(-total), ()))
    view = LinearizedBox.of([both], {X: (-1.0, 1.0), Y: (-1.0, 1.0)})
    assert excludes(view, Centre(np.zeros(2), 1.5, np.array([dual]))) == is_excluded
