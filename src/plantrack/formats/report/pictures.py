"""Where the lines and bars of the pages' pictures run; templates draw them."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable

    from plantrack.language import Said
    from plantrack.views.drawing import Drawing, Point
    from plantrack.views.gauge import Band, Gauge

WIDTH, EDGE = 320, 12
"""Of a gauge, and the blank on each side."""
PATH_WIDTH, PATH_HEIGHT, PATH_EDGE = 96, 28, 4
MARGIN = 0.15
"""Of what is shown, on each side of it."""


class Bar(NamedTuple):
    """From `x` on, so wide; the number itself at `dot`. An end that is open reaches the edge."""

    x: float
    width: float
    dot: float | None
    opens_left: bool
    opens_right: bool
    label: Said


class Bars(NamedTuple):
    printed: Bar
    fitting: Bar


class Trail(NamedTuple):
    """A path: its corners as SVG writes them, its first and last point, the goal, and what it says."""

    corners: str
    dots: tuple[tuple[float, float], ...]
    first: Point
    last: Point


def bars_of(gauge: Gauge) -> Bars | None:
    """Nothing where an end is beyond floats."""
    ends = [each for band in gauge for each in band[:3] if each is not None]
    low, high = min(ends), max(ends)
    room = (high - low) * MARGIN or abs(high) * MARGIN or 1.0
    if not math.isfinite(high - low + 2 * room):
        return None
    at = _scale(low - room, high + room, EDGE, WIDTH - EDGE)
    return Bars(_bar(gauge.printed, at), _bar(gauge.fitting, at))


def _bar(band: Band, at: Callable[[float], float]) -> Bar:
    left = 0.0 if band.low is None else at(band.low)
    right = float(WIDTH) if band.high is None else at(band.high)
    dot = None if band.nominal is None else at(band.nominal)
    return Bar(left, max(2.0, round(right - left, 1)), dot, band.low is None, band.high is None, band.label)


def trail_of(drawing: Drawing) -> Trail | None:
    points = [point for point in drawing.line if math.isfinite(point.value)]
    if len(points) < 2:  # noqa: PLR2004 - a line has two ends
        return None
    across = _scale(points[0].year, points[-1].year, PATH_EDGE, PATH_WIDTH - PATH_EDGE)
    values = [point.value for point in points]
    up = _scale(min(values), max(values), PATH_HEIGHT - PATH_EDGE, PATH_EDGE)
    corners = [(across(point.year), up(point.value)) for point in points]
    written = " ".join(f"{x:g},{y:g}" for x, y in corners)
    return Trail(written, (corners[0], corners[-1]), points[0], points[-1])


def _scale(low: float, high: float, first: float, last: float) -> Callable[[float], float]:
    """From values to places; of a single value the middle."""

    def at(value: float) -> float:
        share = 0.5 if high == low else (value - low) / (high - low)
        return round(first + share * (last - first), 1)

    return at
