"""A base that was revised after the plan, by a census or by new coverage: the whole series moves with it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from plantrack.numbers.interval import Interval

if TYPE_CHECKING:
    from fractions import Fraction

    from plantrack.plan.actuals import Actual
    from plantrack.plan.measures import Measure
    from plantrack.plan.model import Indicator

UNLIKE = 50
"""A number so many times another one of its quantity, or so small a part, is more likely in another unit."""


class Revision(NamedTuple):
    """The base as printed and as published later, and whether the plan's other levels move in proportion.

    Those of a stock or flow do, for its growth is meant; ratios, counts and limits are asked for themselves.
    """

    printed: Measure
    given: Actual
    moves: bool

    @property
    def ratio(self) -> Fraction:
        return self.given.measure.value / self.printed.value

    def moved(self, measure: Measure) -> Measure:
        """A level of the plan on the revised series: `level × revised base / printed base`."""
        if not self.moves:
            return measure
        ratio = self.given.interval.over(self.printed.interval)
        interval, high = measure.interval, measure.interval.high
        if interval.is_positive:
            derived = interval.times(ratio)
        elif interval.low is None and high is not None and high > 0 and ratio.high is not None:
            derived = Interval(None, high * ratio.high, low_closed=False, high_closed=False)
        else:
            derived = interval.scaled(self.ratio)
        return replace(measure, factor=measure.factor * self.ratio, whole=False, derived=derived)


def revision_of(printed: Measure, given: Actual, indicator: Indicator) -> Revision | None:
    """The revision that an actual of the base year tells; `None` where it is the printed base, rounded."""
    if given.interval.overlaps(printed.interval):
        return None
    are_positive = given.interval.is_positive and printed.interval.is_positive
    if are_positive and not printed.value / UNLIKE < given.measure.value < printed.value * UNLIKE:
        return None
    is_grown = indicator.kind in {"stock", "flow"} and indicator.role != "limit"
    moves = are_positive and is_grown and not printed.whole
    return Revision(printed, given, moves)
