"""Statuses: what an actual says of its target, given only where rounding cannot change it.

The rules, in this order; "better" is where the target's bound points, else the indicator's better
direction, else the side on which the target lies of its base:

1. *met*: every value that would be printed as the actual is one the target asks for, or better. A
   target without a bound asks for what would be printed as it, or better; before the target year this
   is *on the path* where the path itself is so near the target by then.
2. In the target year: *missed* where no such value is; else *undetermined*, for rounding decides.
3. Before: *ahead* or *behind* where every such value lies on the better or the worse side of the
   path's band in that year; *on the path* where rounding cannot tell them apart.
4. *off* instead of *behind* where the path was there before half of the time that has gone, or
   never: less than half of what was due is done.
"""

from __future__ import annotations

import math
from fractions import Fraction
from typing import TYPE_CHECKING, Literal

from plantrack.language import Text, text
from plantrack.numbers.interval import Interval

if TYPE_CHECKING:
    from plantrack.audit import Implied, Target
    from plantrack.paths import Path
    from plantrack.plan.actuals import Actual
    from plantrack.track.progress import Status

    Judged = tuple[Status, Text | None]
    Side = Literal["up", "down"]

SLACK = 1e-9
"""Relative room around a band of floats, far more than their error: what is claimed is proven."""


def better_side(target: Target, path: Path) -> Side | None:
    """Where the target is passed; `None` where nothing tells."""
    if path.bound in {"ge", "gt"}:
        return "up"
    if path.bound in {"le", "lt"}:
        return "down"
    if target.indicator.better is not None:
        return target.indicator.better
    first, goal = path.first, path.goal
    if first is None or goal is None:
        return None
    return _side_of(goal.interval, first.interval)


def _side_of(one: Interval, other: Interval) -> Side | None:
    """On which side of the other this one lies for sure."""
    if one.overlaps(other):
        return None
    is_above = other.high is not None and one.low is not None and one.low >= other.high
    return "up" if is_above else "down"


def judge_level(path: Path, actual: Actual, better: Side | None, ahead: Implied | None) -> Judged:
    """The status of a target that is a number.

    Args:
        path: the way to the target; it may have no line where no base is printed.
        actual: the latest actual, of the target year at the latest.
        better: the side on which the target is passed.
        ahead: how many years it is ahead of the path.
    """
    assert path.due is not None
    asked = asked_for(path, better)
    if asked is not None and is_within(actual.interval, asked):
        return ("on the path" if _is_underway(path, actual) else "met"), None
    if actual.year >= path.due and asked is not None:
        if not actual.interval.overlaps(asked):
            return "missed", None
        return "undetermined", text('"{text}" is rounded too coarsely to tell', text=actual.text)
    return _against_line(path, actual, better, ahead)


def _is_underway(path: Path, actual: Actual) -> bool:
    """Whether an actual that would be printed as the target is no further than the path before its end."""
    assert path.due is not None
    is_early = actual.year < path.due and actual.year in path.years
    return is_early and path.bound in {None, "about"} and _side_of_line(path, actual) is None


def _against_line(path: Path, actual: Actual, better: Side | None, ahead: Implied | None) -> Judged:
    if path.why is not None:
        return "undetermined", path.why
    side = _side_of_line(path, actual)
    if side is None:
        return "on the path", None
    if better is None:
        return "undetermined", text("nothing tells whether more or less is better")
    if side == better:
        return "ahead", None
    return ("off" if _is_off(path, actual, ahead) else "behind"), None


def _side_of_line(path: Path, actual: Actual) -> Side | None:
    """On which side of the path's band the actual lies; `None` where rounding cannot tell."""
    return _side_of(actual.interval, _band(path, actual.year))


def _band(path: Path, year: int) -> Interval:
    """What roundings allow for the path in a year, with room for the error of floats."""
    number = path.years.index(year)
    low, high = sorted((path.line.near_low[number], path.line.near_high[number]))
    room = SLACK * max(abs(low), abs(high))
    least = Fraction(low - room) if math.isfinite(low - room) else None
    most = Fraction(high + room) if math.isfinite(high + room) else None
    return Interval(least, most, low_closed=least is not None, high_closed=most is not None)


def _is_off(path: Path, actual: Actual, ahead: Implied | None) -> bool:
    """Whether less than half of what was due by then is done, whatever the rounding."""
    if ahead is None or ahead.high is None:
        return True
    return ahead.high < -(actual.year - path.years[0]) / 2 - SLACK


def asked_for(path: Path, better: Side | None) -> Interval | None:
    """The values a target asks for, in the indicator's unit: `>= low` or `<= high` where it has no bound.

    A bound asks for its own interval. Where only the pace is printed, what it leads to in the target year is
    asked for; `None` where nothing is printed. Source: the target's print, and `better_side`.
    """
    goal = path.goal
    if goal is not None:
        interval, has_bound = goal.interval, goal.numeral.bound in {"ge", "gt", "le", "lt"}
    elif path.due in path.years:
        interval, has_bound = _band(path, path.due), False
    else:
        return None
    if better is None or has_bound:
        return interval
    if better == "up":
        return Interval(interval.low, None, low_closed=interval.low_closed, high_closed=False)
    return Interval(None, interval.high, low_closed=False, high_closed=interval.high_closed)


def is_within(inner: Interval, outer: Interval) -> bool:
    """Whether every number of the one lies in the other."""
    return inner.intersection(outer) == inner
