"""What bounds the enumeration of elementary vectors and the search of hitting sets, and what they cost."""

from __future__ import annotations

from typing import TYPE_CHECKING

from plantrack.solver import elementary, hitting_sets
from plantrack.solver.elementary import elementary_vectors
from plantrack.solver.hitting_sets import all_hitting, fewest_hitting

if TYPE_CHECKING:
    import pytest


def chain(length: int) -> list[dict[int, int]]:
    """`x_0 = x_1 = x_2 = ...`: every pair of them is an elementary vector."""
    return [{at: 1, at + 1: -1} for at in range(length)]


class Purse:
    """Pays so many times, and keeps what was asked."""

    def __init__(self, times: int) -> None:
        self.times = times
        self.asked: list[float] = []

    def __call__(self, steps: float) -> bool:
        self.asked.append(steps)
        return len(self.asked) <= self.times


def test_each_vector_that_is_tested_is_paid_by_the_number_of_rows() -> None:
    """Two steps a row; 21 pairs of seven variables, of which the six rows of the echelon form cost nothing."""
    endless = Purse(1000)
    assert len(elementary_vectors(chain(6), pays=endless)) == 21
    assert set(endless.asked) == {12}
    assert len(endless.asked) >= 21 - 6
    for times in range(3):
        purse = Purse(times)
        assert len(elementary_vectors(chain(6), pays=purse)) == 6 + times
        assert len(purse.asked) == times + 1  # what is not paid ends it


def test_when_there_are_as_many_vectors_as_asked_no_more_are_sought(monkeypatch: pytest.MonkeyPatch) -> None:
    assert len(elementary_vectors(chain(6), most=6)) == 6
    assert len(elementary_vectors(chain(6), most=7)) > 6
    monkeypatch.setattr(elementary, "MAX_TESTS", 7)
    assert 6 < len(elementary_vectors(chain(6))) < 21
    monkeypatch.setattr(elementary, "MAX_TESTS", 6)
    assert len(elementary_vectors(chain(6))) == 6


def test_of_more_than_thirty_rows_those_that_are_elementary_come_first() -> None:
    """They are far shorter; of thirty those of the echelon form, which all have the last variable."""
    rows = chain(31)
    assert {frozenset(each) for each in elementary_vectors(rows, most=1)} == {
        frozenset(each) for each in rows
    }
    assert all(30 in each for each in elementary_vectors(chain(30), most=1))
    sum_of_two = {key: rows[0].get(key, 0) + rows[5].get(key, 0) for key in {*rows[0], *rows[5]}}
    beside = [*rows[:5], *rows[6:], sum_of_two]
    first = {frozenset(each) for each in elementary_vectors(beside, most=1)}
    assert frozenset(sum_of_two) not in first  # for a part of it is a vector, too


SETS = [frozenset(each) for each in ({1, 2}, {1, 3}, {1, 3, 4}, {2, 5}, {3, 6})]
"""Hit by 2 and 3, though 1 hits more than 2."""


def test_a_branch_is_paid_by_the_sets_that_are_left() -> None:
    """Two steps a set: all five at first, then those that 1, tried first, does not hit."""
    purse = Purse(1000)
    assert fewest_hitting(SETS, int, pays=purse) == {2, 3}
    assert purse.asked[:2] == [10, 4]
    assert not all(
        fewest_hitting(SETS, int, pays=Purse(times)) == {2, 3} for times in range(len(purse.asked))
    )


def test_beyond_so_many_branches_few_enough_are_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    purse = Purse(1000)
    fewest_hitting(SETS, int, pays=purse)
    monkeypatch.setattr(hitting_sets, "MAX_NODES", len(purse.asked))
    assert fewest_hitting(SETS, int) == {2, 3}
    monkeypatch.setattr(hitting_sets, "MAX_NODES", len(purse.asked) - 1)
    assert fewest_hitting(SETS, int) != {2, 3}
    monkeypatch.setattr(hitting_sets, "MAX_NODES", 1)
    assert fewest_hitting(SETS, int) == {1, 2, 3}


def test_more_are_sought_where_the_sets_that_share_nothing_are_too_few() -> None:
    """Of a ring of three sets two elements hit all, though no two of the sets share nothing."""
    ring = [frozenset(each) for each in ({11, 12}, {12, 13}, {11, 13})]
    assert fewest_hitting([*SETS, *ring], int) == {2, 3, 11, 12}


def test_nothing_hits_no_sets_and_too_few_elements_hit_none() -> None:
    assert fewest_hitting([], int) == frozenset()
    assert list(all_hitting([], int, 2)) == [frozenset()]
    assert list(all_hitting(SETS, int, 1)) == []
