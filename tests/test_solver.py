"""The laws of the solver's set algorithms, held against trying everything."""

from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from plantrack.solver.hitting_sets import all_hitting, fewest_hitting
from plantrack.solver.minimal_subsets import minimal_subset

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
    def is_infeasible(some: list[int]) -> bool:
        return any(core <= set(some) for core in cores)

    kept = minimal_subset(list(range(8)), is_infeasible, piece)
    assert is_infeasible(kept)
    assert not any(is_infeasible([each for each in kept if each != one]) for one in kept)
