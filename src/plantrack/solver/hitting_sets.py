"""Minimum hitting sets: the fewest elements that have one of each of some sets.

A set of corrections hits every minimal infeasible subset (R. Reiter, "A Theory of Diagnosis from First
Principles", Artificial Intelligence 32, 1987), so that a minimum hitting set is a smallest correction.
Depth-first branch and bound with iterative deepening; as many disjoint sets as are found in a greedy way are the
lower bound. NP-hard: at most `MAX_NODES` branches, then a greedy answer.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Generic, TypeVar

from plantrack.solver.limits import MAX_NODES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

_C = TypeVar("_C")

BRANCH = 2
"""Steps that a set takes in a branch."""


def fewest_hitting(
    sets: Sequence[frozenset[_C]],
    order: Callable[[_C], Any],
    preference: Callable[[_C], Any] = lambda _: 0,
    pays: Callable[[float], bool] = lambda _: True,
) -> frozenset[_C]:
    """A smallest set that has one element of each set; where no more steps may be taken, one that is small.

    Args:
        sets: what is to be hit.
        order: a total order of the elements, so that every run finds the same.
        preference: which of elements that hit as many sets are tried first.
        pays: whether so many steps may be taken.
    """
    most = len(_disjoint(sets))
    for size in range(most, len(sets) + 1):
        search: _Hitting[_C] = _Hitting(lambda each: (preference(each), order(each)), pays)
        found = search.within(list(sets), frozenset(), size)
        if found is not None:
            return found
        if search.is_over:
            break
    return _greedy(sets, order)


class _Hitting(Generic[_C]):
    def __init__(self, order: Callable[[_C], Any], pays: Callable[[float], bool]) -> None:
        self.order = order
        self.pays = pays
        self.nodes = 0
        self.is_over = False

    def within(self, sets: list[frozenset[_C]], hit: frozenset[_C], size: int) -> frozenset[_C] | None:
        left = [each for each in sets if hit.isdisjoint(each)]
        if not left:
            return hit
        self.nodes += 1
        self.is_over = self.is_over or self.nodes > MAX_NODES or not self.pays(BRANCH * len(left))
        if self.is_over or len(_disjoint(left)) > size:
            return None
        first = min(left, key=len)
        uses = {element: sum(element in each for each in left) for element in first}
        for element in sorted(first, key=lambda each: (-uses[each], self.order(each))):
            found = self.within(left, hit | {element}, size - 1)
            if found is not None:
                return found
        return None


def _disjoint(sets: Sequence[frozenset[_C]]) -> list[frozenset[_C]]:
    """Some sets that share nothing, small ones first: so many elements at least hit all."""
    taken: list[frozenset[_C]] = []
    for each in sorted(sets, key=len):
        if all(each.isdisjoint(other) for other in taken):
            taken.append(each)
    return taken


def _greedy(sets: Sequence[frozenset[_C]], order: Callable[[_C], Any]) -> frozenset[_C]:
    hit: set[_C] = set()
    left = list(sets)
    while left:
        elements = dict.fromkeys(element for each in left for element in sorted(each, key=order))
        best = max(elements, key=lambda element: sum(element in each for each in left))
        hit.add(best)
        left = [each for each in left if best not in each]
    return frozenset(hit)


def all_hitting(
    sets: Sequence[frozenset[_C]], order: Callable[[_C], Any], size: int
) -> Iterator[frozenset[_C]]:
    """Every set of so many elements that has one of each set."""
    left = list(sets)
    if not left:
        yield frozenset()
    elif size:
        first = min(left, key=len)
        for element in sorted(first, key=order):
            for hit in all_hitting([each for each in left if element not in each], order, size - 1):
                yield hit | {element}
