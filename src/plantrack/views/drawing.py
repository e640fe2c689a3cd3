"""What a chart or a picture shows of one path, as numbers in the unit that is shown (per cent as such)."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple

from plantrack.language import fixed, say, text
from plantrack.paths import comparable
from plantrack.plan.actuals import of_quantity
from plantrack.plan.measures import printed_decimals
from plantrack.views.names import joined
from plantrack.views.paths import measured_path, path_values
from plantrack.views.table import Cell, Form, Span

if TYPE_CHECKING:
    from collections.abc import Sequence

    from plantrack.language import Language
    from plantrack.paths import Path
    from plantrack.plan.actuals import Actual
    from plantrack.plan.measures import Measure
    from plantrack.views.names import Names
    from plantrack.views.table import Said

PICTURES = {".svg": "svg", ".png": "png", ".pdf": "pdf"}
"""Suffixes of pictures."""


class Point(NamedTuple):
    """A value of a year, and what is written beside it: digits and signs, which need no language."""

    year: int
    value: float
    label: str


class Strip(NamedTuple):
    """What rounding leaves in a year."""

    year: int
    low: float
    high: float


class Goal(NamedTuple):
    """The target: a number, or with `side` the half-line above or below it."""

    point: Point
    side: str | None


class Drawing(NamedTuple):
    """One path: the line year by year with its band, what is printed, what was published, the target.

    `place` is empty where it is not the plan's own: then the name tells it. `due` is the last year
    that is no extrapolation.
    """

    place: Said | None
    name: Said
    line: tuple[Point, ...]
    band: tuple[Strip, ...]
    printed: tuple[Point, ...]
    actuals: tuple[Point, ...]
    goal: Goal | None
    due: int
    notes: tuple[Said, ...]

    def title(self, language: Language) -> str:
        return say(joined(self.place, self.name), language)

    @property
    def years(self) -> list[int]:
        return sorted({point.year for point in self.points})

    @property
    def points(self) -> tuple[Point, ...]:
        return (*self.line, *self.printed, *self.actuals)

    @property
    def values(self) -> list[float]:
        """Everything that must find room."""
        found = [point.value for point in self.points]
        found += [end for strip in self.band for end in (strip.low, strip.high)]
        if self.goal is not None:
            found.append(self.goal.point.value)
        return [value for value in found if math.isfinite(value)]


MARKS = {
    "printed": text("as printed"),
    "path": text("yearly path"),
    "actual": text("actual"),
    "band": text("band of rounding"),
    "at least": text("target: at least"),
    "at most": text("target: at most"),
    "target": text("target"),
}
_SIDES = {"ge": "up", "gt": "up", "le": "down", "lt": "down"}


def draw_path(path: Path, actuals: Sequence[Actual], names: Names) -> Drawing:
    """The numbers of a path that has a line, with what is printed around it."""
    assert path.due is not None
    factor = path.factor
    line = tuple(
        Point(year, value * factor, cell.say("en"))
        for year, value, cell in zip(path.years, path.values, path_values(path), strict=True)
    )
    ends = zip(path.years, path.line.near_low, path.line.near_high, strict=True)
    band = tuple(Strip(year, low * factor, high * factor) for year, low, high in ends)
    printed = tuple(
        _printed(int(figure.due.text), figure.measure, path)
        for figure in path.printed
        if figure.measure is not None
    )
    ours = tuple(
        Point(each.year, each.value * factor, fixed(each.value * factor, printed_decimals(each.measure)))
        for each in comparable(of_quantity(actuals, path.indicator_id, path.place), path)
        if not path.scope
    )
    place = names.plan.place.name if path.place == names.plan.place.id else None
    name = measured_path(path, names)
    return Drawing(place, name, line, band, printed, ours, _goal(path), path.until or path.due, path.notes)


def _printed(year: int, measure: Measure, path: Path) -> Point:
    """A printed number; its bound is shown as a sign, which needs no language."""
    form, interval = Form(printed_decimals(measure), path.factor), measure.interval
    shown: Cell | Span = Cell(measure.value, form)
    if measure.numeral.bound == "range":
        low, high = (None if end is None else float(end) for end in (interval.low, interval.high))
        shown = Span(low, high, form)
    sign = BOUND_SIGNS.get(measure.numeral.bound or "", "")
    return Point(year, float(measure.value) * path.factor, sign + shown.say("en"))


BOUND_SIGNS = {"ge": "≥", "gt": ">", "le": "≤", "lt": "<", "about": "≈", "near": "≈", "over": ">"}


def _goal(path: Path) -> Goal | None:
    if path.goal is None or path.due is None:
        return None
    return Goal(_printed(path.due, path.goal, path), _SIDES.get(path.bound or ""))
