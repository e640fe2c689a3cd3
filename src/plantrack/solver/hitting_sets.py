"""Minimum hitting sets: the fewest elements that have one of each of some sets.

A set of corrections hits every minimal infeasible subset (R. Reiter, "A Theory of Diagnosis from First
Principles", Artificial Intelligence 32, 1987), so that a minimum hitting set is a smallest correction.
Depth-first branch and bound with iterative deepening; as many disjoint sets as are found in a greedy way are the
lower bound. NP-hard: at most `MAX_NODES` branches, then a greedy answer.
"""

from __future__ import annotations

from collections import Counter
from itertools import chain, count
from typing import TYPE_CHECKING, Any, TypeVar

from plantrack.solver.limits import MAX_NODES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

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
    elements = sorted(frozenset[_C]().union(*sets), key=order)
    number = {element: at for at, element in enumerate(elements)}
    numbered = [frozenset(number[element] for element in each) for each in sets]
    preferred = [(preference(element), at) for at, element in enumerate(elements)]
    return frozenset(elements[at] for at in _fewest(numbered, preferred.__getitem__, pays))


_Numbers = frozenset[int]
"""Elements by their numbers in the total order, which are faster to compare."""


def _fewest(sets: list[_Numbers], order: Callable[[int], Any], pays: Callable[[float], bool]) -> _Numbers:
    for size in count(len(_disjoint(sets))):  # as many elements as there are sets hit all
        search = _Hitting(order, pays)
        found = search.within(sets, frozenset(), size)
        if found is not None:
            return found
        if search.is_over:
            break
    return _greedy(sets)


class _Hitting:
    def __init__(self, order: Callable[[int], Any], pays: Callable[[float], bool]) -> None:
        self.order = order
        self.pays = pays
        self.nodes = 0
        self.is_over = False

    def within(self, sets: list[_Numbers], hit: _Numbers, size: int) -> _Numbers | None:
        left = [each for each in sets if hit.isdisjoint(each)]
        if not left:
            return hit
        self.nodes += 1
        self.is_over = self.is_over or self.nodes > MAX_NODES or not self.pays(BRANCH * len(left))
        if self.is_over or len(_disjoint(left)) > size:
            return None
        first = min(left, key=len)
        uses = Counter(chain.from_iterable(left))
        for element in sorted(first, key=lambda each: (-uses[each], self.order(each))):
            found = self.within(left, hit | {element}, size - 1)
            if found is not None:
                return found
        return None


def _disjoint(sets: Iterable[_Numbers]) -> list[_Numbers]:
    """Some sets that share nothing, small ones first: so many elements at least hit all."""
    taken: list[_Numbers] = []
    inside: set[int] = set()
    for each in sorted(sets, key=len):
        if inside.isdisjoint(each):
            taken.append(each)
            inside |= each
    return taken


def _greedy(sets: Iterable[_Numbers]) -> _Numbers:
    """Again and again the element that hits the most sets left, of such the one that stands first in them."""
    hit: set[int] = set()
    left = list(sets)
    while left:
        uses = Counter(chain.from_iterable(map(sorted, left)))
        best = max(uses, key=uses.__getitem__)
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
