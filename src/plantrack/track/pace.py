"""How far and how fast: gaps, paces and what they lead to, with what roundings allow.

Floats, for showing; statuses rest on `plantrack.track.status`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from plantrack.audit import Implied
from plantrack.numbers.growth import compounded, implied_rate
from plantrack.paths.bounds import combined, ends_of_range, natural_limits, rate_over, spread_of, step_over
from plantrack.track.progress import Pace

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from plantrack.paths import Path
    from plantrack.paths.bounds import Spread
    from plantrack.plan.actuals import Actual


def pace_against(path: Path, actual: Actual) -> Pace:
    """The actual against the path in its year, and the paces behind and ahead of it."""
    assert path.due is not None
    assert path.first is not None
    first, now = spread_of(path.first, is_near=True), spread_of(actual.measure, is_near=True)
    start = path.years[0]
    gone, left, span = actual.year - start, path.due - actual.year, path.due - start
    here = _at(path, actual.year) if actual.year in path.years else None
    between = step_over if path.in_steps else rate_over
    is_under_way = left > 0 and gone > 0
    onward = _onward(gone, span, in_steps=path.in_steps)
    return Pace(
        measure="annual_change" if path.in_steps else "growth",
        gap=combined(lambda value, line: value - line, now, here) if here else None,
        years_ahead=_years_ahead(path, now, gone) if here else None,
        observed=combined(between(gone), first, now) if gone > 0 else None,
        required=None if _is_held(path) else combined(between(span), first, _goal(path)),
        remaining=combined(between(left), now, _goal(path, actual)) if left > 0 else None,
        projected=_limited(combined(onward, first, now), path) if is_under_way else None,
    )


def _goal(path: Path, actual: Actual | None = None) -> Spread:
    """What a pace leads to: of a range the number that the path leads to, or the end nearest to an actual."""
    assert path.due is not None
    ends = ends_of_range(path.goal) if path.goal is not None else None
    if ends is not None and path.asked is not None:
        end = path.asked if actual is None else float(min(max(actual.measure.value, ends[0]), ends[1]))
        return end, end, end
    if path.goal is not None:
        return spread_of(path.goal, is_near=True)
    number, line = path.years.index(path.due), path.line
    return line.raw[number], line.near_low[number], line.near_high[number]


def _is_held(path: Path) -> bool:
    """Whether the first value meets the target already, so that no pace is asked for."""
    line = path.line.raw
    return path.reaches_target and line[0] == line[-1] != path.asked


def _at(path: Path, year: int) -> Spread:
    number = path.years.index(year)
    line = path.line
    return line.values[number], line.near_low[number], line.near_high[number]


def _onward(gone: int, span: int, *, in_steps: bool) -> Callable[[float, float], float]:
    """From base and actual to the target year at the pace between them."""
    if in_steps:
        return lambda first, now: first + (now - first) * span / gone
    return lambda first, now: float(compounded(first, implied_rate(first, now, gone), span))


def _limited(projected: Implied | None, path: Path) -> Implied | None:
    if projected is None:
        return None
    least, most = natural_limits(path.indicator)
    return Implied(*(None if end is None else min(max(end, least), most) for end in projected))


# -- years ahead ---------------------------------------------------------------------------------


def _years_ahead(path: Path, now: Spread, gone: int) -> Implied | None:
    """When the path reaches the actual, less when it was reached; `None` where the path does not rise or fall."""
    lines = [path.line.raw] if path.is_whole else [path.line.raw, path.line.near_low, path.line.near_high]
    nominal = time_on_path(path, now[0])
    times = [time_on_path(path, value, line) for line in lines[-2:] for value in now[1:]]
    if nominal is None or any(each is None for each in times):
        return None
    known = [each - gone for each in (nominal, *times) if each is not None]
    return Implied(nominal - gone, min(known), max(known))


def time_on_path(path: Path, value: float, line: Sequence[float] | None = None) -> float | None:
    """The years after its start in which a path reaches a value; `None` where it does not rise or fall throughout.

    Between years the path is followed at its own rate or step, before its start and after its end at the first and
    the last one. Source: linear interpolation, of logarithms where the path goes by rates.
    """
    assert path.due is not None
    numbers = np.asarray((path.line.raw if line is None else line)[: path.due - path.years[0] + 1])
    if not path.in_steps:
        if min(value, *numbers.tolist()) <= 0:
            return None
        value, numbers = np.log(value), np.log(numbers)
    steps = np.diff(numbers)
    if not ((steps > 0).all() or (steps < 0).all()):
        return None
    if steps[0] < 0:
        value, numbers, steps = -value, -numbers, -steps
    if value < numbers[0]:
        return float((value - numbers[0]) / steps[0])
    if value > numbers[-1]:
        return float(len(steps) + (value - numbers[-1]) / steps[-1])
    return float(np.interp(value, numbers, np.arange(len(numbers))))
