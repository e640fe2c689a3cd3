"""What blocks agree upon for each quantity that several speak of, and which do not.

The intervals of one quantity can all hold a number if each two of them do (Helly's theorem on the line). Where some
exclude others, as many as can be agree, and each of the others contradicts one of them.
"""

from __future__ import annotations

import math
from collections import defaultdict
from heapq import heappop, heappush
from typing import TYPE_CHECKING, NamedTuple

from plantrack.audit.bounds import high_end, low_end, outermost
from plantrack.numbers.interval import ANY, Interval

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from fractions import Fraction

    from plantrack.audit.bounds import PrintedBound
    from plantrack.audit.projections import Projection
    from plantrack.solver.variables import Variable

KEPT = 3
"""So many of the least and of the greatest that blocks print of one quantity are kept to be known to others."""


class Side(NamedTuple):
    """One end of what is left for a quantity, and the block that leaves no more."""

    variable: Variable
    half_line: Interval
    block: int


class Agreed(NamedTuple):
    """What blocks leave for a quantity together, the blocks that set its ends, and those that contradict them."""

    sides: tuple[Side, ...]
    printed: tuple[tuple[int, PrintedBound], ...]
    apart: frozenset[int] = frozenset()

    def sides_for(self, block: int) -> tuple[Side, ...]:
        """The ends that other blocks set for one that does not contradict them."""
        return () if block in self.apart else tuple(each for each in self.sides if each.block != block)

    def printed_beside(self, block: int) -> list[PrintedBound]:
        """The least and the greatest that other blocks print."""
        others = [each for number, each in self.printed if number != block]
        return [] if block in self.apart else outermost(others)


Of = tuple[int, "Projection"]
"""The projection of a block, by its number."""


def agreed_of(
    projections: Iterable[Sequence[Projection]],
) -> tuple[dict[Variable, Agreed], list[tuple[int, int]]]:
    """What the blocks agree upon, and pairs of blocks that contradict each other, each pair once.

    Args:
        projections: of each block.
    """
    by_variable: defaultdict[Variable, list[Of]] = defaultdict(list)
    for number, block in enumerate(projections):
        for each in block:
            by_variable[each.variable].append((number, each))
    found: dict[Variable, Agreed] = {}
    pairs: dict[tuple[int, int], None] = {}
    for variable in sorted(by_variable):
        groups = _groups(by_variable[variable])
        largest, *others = groups
        found[variable] = _agreed(largest, frozenset(number for group in others for number, _ in group))
        pairs |= dict.fromkeys(_pair(largest, group) for group in others)
    return found, list(pairs)


def _groups(those: Sequence[Of]) -> list[list[Of]]:
    """The largest group with a number in common, then the largest of the rest, and so on; O(n log n) each."""
    groups, left = [], sorted(those, key=_low)
    while left:
        start = _most_overlapped(left)
        inside = [
            each
            for each in left
            if _low(each) <= _low(start) and each[1].interval.overlaps(start[1].interval)
        ]
        groups.append(sorted(inside, key=_number))
        left = [each for each in left if each not in inside]
    return groups


def _most_overlapped(by_low: Sequence[Of]) -> Of:
    """The one at whose low end most of them have numbers."""
    highs: list[tuple[Fraction | float, bool, int]] = []
    most, best = 0, by_low[0]
    for at, each in enumerate(by_low):
        value, is_open = _low(each)
        while highs and not (highs[0][0] > value or (highs[0][0] == value and highs[0][1] and not is_open)):
            heappop(highs)
        heappush(highs, (*_high(each), at))
        if len(highs) > most:
            most, best = len(highs), each
    return best


def _low(of: Of) -> tuple[Fraction | float, bool]:
    interval = of[1].interval
    return -math.inf if interval.low is None else interval.low, not interval.low_closed


def _high(of: Of) -> tuple[Fraction | float, bool]:
    interval = of[1].interval
    return math.inf if interval.high is None else interval.high, interval.high_closed


def _number(of: Of) -> int:
    return of[0]


def _agreed(group: Sequence[Of], apart: frozenset[int]) -> Agreed:
    (below, least), (above, greatest) = max(group, key=_low), min(group, key=_high)
    low, high = least.interval, greatest.interval
    sides = (
        Side(least.variable, Interval(low.low, None, low_closed=low.low_closed, high_closed=False), below),
        Side(
            least.variable, Interval(None, high.high, low_closed=False, high_closed=high.high_closed), above
        ),
    )
    printed = [(number, bound) for number, each in group for bound in each.printed]
    tight = sorted(printed, key=lambda each: low_end(each[1]))[-KEPT:]
    tight += sorted(printed, key=lambda each: high_end(each[1]))[:KEPT]
    return Agreed(
        tuple(each for each in sides if each.half_line != ANY),
        tuple(each for each in printed if each in tight),
        apart,
    )


def _pair(one: Sequence[Of], other: Sequence[Of]) -> tuple[int, int]:
    """Two blocks, one of each group, whose intervals exclude each other: the farthest ends of the two."""
    for below, above in ((one, other), (other, one)):
        low, high = max(above, key=_low), min(below, key=_high)
        if not low[1].interval.overlaps(high[1].interval):
            return min(low[0], high[0]), max(low[0], high[0])
    message = "groups with a number in common are one group"
    raise AssertionError(message)


def together(sides: Iterable[Side]) -> dict[Variable, Interval]:
    """What sides leave of each quantity."""
    left: dict[Variable, Interval] = {}
    for each in sides:
        both = left.get(each.variable, ANY).intersection(each.half_line)
        assert both is not None, "the sides of one quantity have a number in common"
        left[each.variable] = both
    return left
