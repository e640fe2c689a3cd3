"""The laws of the solver's set and vector algorithms, held against trying everything."""

from collections.abc import Sequence
from fractions import Fraction
from itertools import combinations

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from plantrack.numbers.interval import Interval
from plantrack.solver.elementary import _bundles as bundles
from plantrack.solver.elementary import elementary_vectors, reduced, whole
from plantrack.solver.hitting_sets import all_hitting, fewest_hitting
from plantrack.solver.minimal_subsets import minimal_subset
from plantrack.solver.roots import root_of, whole_root
from plantrack.solver.simplex import broken_row, ends_of, feasible_point

SETS = st.lists(st.frozensets(st.integers(0, 7), min_size=1, max_size=4), max_size=6)


def smallest(sets: list[frozenset[int]]) -> set[frozenset[int]]:
    """Every smallest set that hits all."""
    for size in range(9):
        found = {
            frozenset(hit) for hit in combinations(range(8), size) if all(set(hit) & each for each in sets)
        }
        if found:
            return found
    raise AssertionError


@given(SETS)
def test_no_set_with_fewer_elements_hits_all(sets: list[frozenset[int]]) -> None:
    found = fewest_hitting(sets, lambda each: each)
    assert found in smallest(sets)
    assert set(all_hitting(sets, lambda each: each, len(found))) == smallest(sets)


@given(SETS)
def test_without_branches_some_set_hits_all(sets: list[frozenset[int]]) -> None:
    found = fewest_hitting(sets, lambda each: each, pays=lambda _: False)
    assert all(found & each for each in sets)


@given(SETS.filter(bool), st.integers(1, 8))
def test_no_element_of_a_minimal_subset_can_be_spared(cores: list[frozenset[int]], piece: int) -> None:
    asked = []

    def is_infeasible(some: list[int]) -> bool:
        asked.append(len(some))
        return any(core <= set(some) for core in cores)

    kept = minimal_subset(list(range(8)), is_infeasible, piece)
    assert min(asked) > 0  # nothing is never asked about
    assert is_infeasible(kept)
    assert not any(is_infeasible([each for each in kept if each != one]) for one in kept)


@pytest.mark.parametrize(("piece", "questions"), [(32, 12), (1, 64), (0, 64)])
@pytest.mark.parametrize("needed", [0, 40, 63])
def test_many_elements_that_can_be_spared_are_taken_out_together(
    piece: int, questions: int, needed: int
) -> None:
    """Of 64 one is needed: two questions for each halving of the piece, or one for each element."""
    asked = []

    def is_infeasible(some: Sequence[int]) -> bool:
        asked.append(some)
        return needed in some

    assert minimal_subset(range(64), is_infeasible, piece) == [needed]
    assert len(asked) <= questions


def test_of_hitting_sets_as_small_the_preferred_one_is_found_and_without_branches_what_hits_most() -> None:
    assert fewest_hitting([frozenset({1, 2})], int) == {1}
    assert fewest_hitting([frozenset({1, 2})], int, preference=lambda each: -each) == {2}
    apart = [frozenset({1, 2}), frozenset({3, 4})]
    assert fewest_hitting(apart, int, preference=lambda each: -each) == {2, 4}
    misleading = [frozenset(each) for each in ({1, 2}, {1, 3}, {1, 3, 4}, {2, 5}, {3, 6})]
    assert fewest_hitting(misleading, int) == {2, 3}  # though 1 hits more than 2
    shared = [frozenset({1, 2}), frozenset({2, 3})]
    assert fewest_hitting(shared, int, pays=lambda _: False) == {2}


# -- vectors -------------------------------------------------------------------------------------

MATRICES = st.integers(1, 3).flatmap(
    lambda rows: st.lists(st.lists(st.integers(-2, 2), min_size=5, max_size=5), min_size=rows, max_size=rows)
)


def vectors_of(matrix: list[list[int]]) -> list[dict[int, int]]:
    rows = [{at: value for at, value in enumerate(row) if value} for row in matrix]
    return [row for row in rows if row]


def rank(matrix: list[list[int]], columns: set[int]) -> int:
    return int(np.linalg.matrix_rank(np.array(matrix)[:, sorted(columns)])) if columns else 0


@given(MATRICES)
def test_elementary_vectors_are_those_of_minimal_support(matrix: list[list[int]]) -> None:
    """A support is that of one vector, up to multiples, and every part of it is that of none."""
    everything = set(range(5))

    def free(support: set[int]) -> int:
        return rank(matrix, everything) - rank(matrix, everything - support)

    expected = {
        frozenset(support)
        for size in range(1, 6)
        for support in map(set, combinations(everything, size))
        if free(support) == 1 and all(free(support - {each}) == 0 for each in support)
    }
    found = elementary_vectors(vectors_of(matrix))
    assert {frozenset(vector) for vector in found} == expected
    for vector in found:
        line = [vector.get(at, 0) for at in range(5)]
        assert rank([*matrix, line], everything) == rank(matrix, everything)
        assert np.gcd.reduce(list(vector.values())) == 1


def test_a_vector_in_which_endless_variables_pull_apart_is_left_out() -> None:
    """`x = a`, `y = b` and `a - b = c`: `x - y = c` excludes nothing where `x` and `y` have no upper end."""
    rows = [{"x": 1, "a": -1}, {"y": 1, "b": -1}, {"a": 1, "b": -1, "c": -1}]
    every = {frozenset(each) for each in elementary_vectors(rows)}
    some = {frozenset(each) for each in elementary_vectors(rows, {"x": 1, "y": 1})}
    assert every - some == {frozenset("xyc")}
    assert frozenset("acy") in some


def test_rows_become_coprime_whole_numbers() -> None:
    assert whole({"a": Fraction(1, 2), "b": Fraction(-1, 3)}) == {"a": 3, "b": -2}
    assert whole({"a": Fraction(2), "b": Fraction(4)}) == {"a": 1, "b": 2}
    assert whole({"a": Fraction(9), "b": Fraction(3)}) == {"a": 3, "b": 1}


@given(MATRICES, st.lists(st.integers(-3, 3), min_size=5, max_size=5), st.sampled_from(["sum", "product"]))
def test_a_feasible_point_lies_in_all_intervals_and_obeys_all_rows(
    matrix: list[list[int]], near: list[int], kind: str
) -> None:
    ends = {
        at: ends_of(
            Interval(Fraction(2) ** value, Fraction(2) ** (value + 1), low_closed=True, high_closed=True),
            kind,
        )
        for at, value in enumerate(near)
    }
    basis = reduced(vectors_of(matrix))
    point = feasible_point(basis, ends, kind)
    assert (point is None) == (broken_row(basis, ends, kind)[0] is not None)
    if point is None:
        return
    for at, value in point.items():
        assert ends[at].low.exact * (1 - 1e-9) <= value <= ends[at].high.exact * (1 + 1e-9)
    for row in basis.values():
        numbers = {at: point[at] if kind == "sum" else np.log(point[at]) for at in row}
        assert sum(times * numbers[at] for at, times in row.items()) == pytest.approx(0, abs=1e-8)


# -- roots ---------------------------------------------------------------------------------------


@given(st.integers(0, 10**40), st.integers(1, 7))
def test_a_whole_root_is_the_greatest_that_is_not_too_large(value: int, degree: int) -> None:
    found = whole_root(value, degree)
    assert found**degree <= value < (found + 1) ** degree


@given(st.fractions(0, 100), st.fractions(0, 100), st.booleans(), st.booleans(), st.integers(1, 5))
def test_a_root_encloses_the_roots_and_is_exact_where_they_are_rational(
    low: Fraction, more: Fraction, low_closed: bool, high_closed: bool, degree: int
) -> None:
    """Raised to the power again, it is the interval, or holds it where its ends have no rational root."""
    assume(more)
    given_one = Interval(low, low + more, low_closed=low_closed, high_closed=high_closed)
    found = root_of(given_one, degree)
    assert found.low**degree <= low
    assert found.high**degree >= low + more
    assert (found.high**degree - found.low**degree) - more < Fraction(1, 10**20)
    exact = Interval(low**degree, (low + more) ** degree, low_closed=low_closed, high_closed=high_closed)
    assert root_of(exact, degree) == given_one
    assert root_of(Interval.above(Fraction(2)), 2).low_closed
    assert root_of(Interval.at_most(Fraction(2)).intersection(Interval.above(Fraction(0))), 2).high_closed
    assert root_of(Interval.above(Fraction(4)), 2) == Interval.above(Fraction(2))


def test_variables_in_one_proportion_in_every_row_are_one_bundle() -> None:
    rows = [{"a": 1, "b": 2, "c": -3, "d": 1}, {"a": 2, "b": 4, "c": -6}]
    assert bundles(rows) == {"a": {"a": (1, 1), "b": (2, 1), "c": (-3, 1)}, "d": {"d": (1, 1)}}


@pytest.mark.parametrize("belongs", [True, False])
def test_a_root_that_is_rounded_outward_belongs_and_one_that_is_exact_as_its_end_does(belongs: bool) -> None:
    found = root_of(Interval(Fraction(4), Fraction(9), low_closed=belongs, high_closed=belongs), 2)
    assert found == Interval(Fraction(2), Fraction(3), low_closed=belongs, high_closed=belongs)
    around = root_of(Interval(Fraction(2), Fraction(3), low_closed=belongs, high_closed=belongs), 2)
    assert around.low_closed
    assert around.high_closed
    assert around.low is not None
    assert around.high is not None
    assert 0 < 2 - around.low**2 < Fraction(1, 10**9) > around.high**2 - 3 > 0


@pytest.mark.parametrize("value", [Fraction(1, 10), Fraction(1, 10**9), Fraction(0), Fraction(-1, 3)])
def test_two_small_numbers_that_are_equal_are_not_told_apart(value: Fraction) -> None:
    """`a = b`, both one number, too small to be apart from what floats lose; then a little less of it."""
    same, less = Interval.point(value), Interval.point(value - Fraction(1, 10**40))
    rows = reduced([{"a": 1, "b": -1}])
    for other, is_broken in ((same, False), (less, True)):
        row, is_final = broken_row(rows, {"a": ends_of(same, "sum"), "b": ends_of(other, "sum")}, "sum")
        assert (row is not None, is_final) == (is_broken, True)
