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
    from collections.abc import Collection, Iterable, Sequence
    from fractions import Fraction

    from plantrack.audit.bounds import PrintedBound
    from plantrack.audit.projections import Projection
    from plantrack.solver.variables import Variable

KEPT = 3
"""So many of the least and of the greatest that blocks print of one quantity are kept to be known to others."""


class Side(NamedTuple):
    """One end of what is left for a quantity, and the blocks that leave no more."""

    variable: Variable
    half_line: Interval
    blocks: frozenset[int]


class Agreed(NamedTuple):
    """What blocks leave for a quantity together, some of what they print, and the blocks that contradict it."""

    sides: tuple[Side, ...]
    printed: tuple[tuple[int, PrintedBound], ...]
    apart: frozenset[int] = frozenset()

    @property
    def interval(self) -> Interval:
        return together(self.sides).popitem()[1] if self.sides else ANY

    def sides_for(self, block: int) -> tuple[Side, ...]:
        """The ends that other blocks set for one that does not contradict them."""
        return () if block in self.apart else tuple(each for each in self.sides if each.blocks != {block})

    def printed_beside(self, block: int) -> list[PrintedBound]:
        """The least and the greatest that other blocks print."""
        others = [each for number, each in self.printed if number != block]
        return [] if block in self.apart else outermost(others)


class Agreement(NamedTuple):
    """What blocks agree upon, its spans by the levels at their start, and sets of blocks that contradict each other."""

    of: dict[Variable, Agreed]
    spans: dict[Variable, tuple[Variable, ...]]
    apart: tuple[tuple[int, ...], ...]

    def known_in(self, domains: Collection[Variable]) -> dict[Variable, Agreed]:
        """What is known of variables, and of the spans between them."""
        spans = (span for each in domains for span in self.spans.get(each, ()) if span.level(1) in domains)
        return {each: self.of[each] for each in (*domains, *spans) if each in self.of}

    def narrowed(self, before: Agreement) -> frozenset[Variable]:
        """The variables of which notably less is left than before."""
        return frozenset(
            variable
            for variable, each in self.of.items()
            if variable not in before.of or is_narrower(each.interval, before.of[variable].interval)
        )


Of = tuple[int, "Projection"]
"""The projection of a block, by its number."""


def agreement_of(projections: Iterable[Sequence[Projection]]) -> Agreement:
    """What the blocks agree upon, given the projections of each."""
    by_variable: defaultdict[Variable, list[Of]] = defaultdict(list)
    for number, block in enumerate(projections):
        for each in block:
            by_variable[each.variable].append((number, each))
    found: dict[Variable, Agreed] = {}
    apart: dict[tuple[int, ...], None] = {}
    spans: dict[Variable, tuple[Variable, ...]] = {}
    for variable in sorted(by_variable):
        largest, *others = _groups(by_variable[variable])
        found[variable] = _agreed(largest, frozenset(number for group in others for number, _ in group))
        apart |= dict.fromkeys(_pair(largest, group) for group in others)
        if variable.kind != "level":
            start = variable.level(0)
            spans[start] = (*spans.get(start, ()), variable)
    return Agreement(found, spans, tuple(apart))


def is_narrower(interval: Interval, before: Interval) -> bool:
    """Whether notably less is left: an end more, or some part of the width less."""
    (low, high), (least, greatest) = interval.floats(), before.floats()
    if (math.isinf(least) and not math.isinf(low)) or (math.isinf(greatest) and not math.isinf(high)):
        return True
    return high - low < (1 - NOTABLE) * (greatest - least)


NOTABLE = 0.05
"""What an interval loses of its width counts from here on; what loses less is as good as known."""


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
    least, greatest = max(group, key=_low), min(group, key=_high)
    low, high = least[1].interval, greatest[1].interval
    halves = (
        (least, Interval(low.low, None, low_closed=low.low_closed, high_closed=False)),
        (greatest, Interval(None, high.high, low_closed=False, high_closed=high.high_closed)),
    )
    printed = [(number, bound) for number, each in group for bound in each.printed]
    tight = sorted(printed, key=lambda each: low_end(each[1]))[-KEPT:]
    tight += sorted(printed, key=lambda each: high_end(each[1]))[:KEPT]
    return Agreed(
        tuple(Side(of[1].variable, half, _blocks(of)) for of, half in halves if half != ANY),
        tuple(each for each in printed if each in tight),
        apart,
    )


def _blocks(of: Of) -> frozenset[int]:
    return of[1].blocks | {of[0]}


def _pair(one: Sequence[Of], other: Sequence[Of]) -> tuple[int, ...]:
    """The blocks of one of each group whose intervals exclude each other: the farthest ends of the two."""
    for below, above in ((one, other), (other, one)):
        low, high = max(above, key=_low), min(below, key=_high)
        if not low[1].interval.overlaps(high[1].interval):
            return tuple(sorted(_blocks(low) | _blocks(high)))
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
