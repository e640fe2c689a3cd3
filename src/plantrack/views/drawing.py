"""What a chart or a picture shows of one path, as numbers in the unit that is shown (per cent as such)."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple

from plantrack.language import Language, fixed, range_text, text
from plantrack.paths.path import printed_decimals
from plantrack.plan.actuals import of_quantity
from plantrack.views.paths import path_name, value_texts

if TYPE_CHECKING:
    from collections.abc import Sequence

    from plantrack.paths import Path
    from plantrack.plan.actuals import Actual
    from plantrack.plan.catalogue import Catalogue
    from plantrack.plan.measures import Measure
    from plantrack.plan.model import PlanModel


PICTURES = {".svg": "svg", ".png": "png", ".pdf": "pdf"}
"""Suffixes of pictures."""


class Point(NamedTuple):
    """A value of a year, and what is written beside it."""

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

    place: str
    name: str
    line: tuple[Point, ...]
    band: tuple[Strip, ...]
    printed: tuple[Point, ...]
    actuals: tuple[Point, ...]
    goal: Goal | None
    due: int
    notes: tuple[str, ...]

    @property
    def title(self) -> str:
        return f"{self.place} {self.name}".strip()

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
        Point(year, value * factor, label)
        for year, value, label in zip(path.years, path.values, value_texts(path), strict=True)
    )
    ends = zip(path.years, path.line.near_low, path.line.near_high, strict=True)
    band = tuple(Strip(year, low * factor, high * factor) for year, low, high in ends)
    printed = [
        _printed(int(figure.due.text), figure.measure, path)
        for figure in path.printed
        if figure.measure is not None
    ]
    ours = tuple(
        Point(each.year, each.value * factor, fixed(each.value * factor, printed_decimals(each.measure)))
        for each in of_quantity(actuals, path.indicator_id, path.place)
        if not path.scope
    )
    place = names.plan.place.name.say(names.language) if path.place == names.plan.place.id else ""
    name = path_name(path, names.plan, names.catalogue, names.language)
    notes = tuple(note.say(names.language) for note in path.notes)
    return Drawing(place, name, line, band, tuple(printed), ours, _goal(path), path.until or path.due, notes)


class Names(NamedTuple):
    """What names are looked up in."""

    plan: PlanModel
    catalogue: Catalogue
    language: Language


def _printed(year: int, measure: Measure, path: Path) -> Point:
    """A printed number; its bound is shown as a sign, which needs no language."""
    value, decimals = float(measure.value) * path.factor, printed_decimals(measure)
    shown = fixed(value, decimals)
    if measure.numeral.bound == "range":
        interval = measure.interval
        low, high = (
            None if end is None else float(end) * path.factor for end in (interval.low, interval.high)
        )
        shown = range_text(low, high, decimals)
    return Point(year, value, BOUND_SIGNS.get(measure.numeral.bound or "", "") + shown)


BOUND_SIGNS = {"ge": "≥", "gt": ">", "le": "≤", "lt": "<", "about": "≈", "near": "≈", "over": ">"}


def _goal(path: Path) -> Goal | None:
    if path.goal is None or path.due is None:
        return None
    return Goal(_printed(path.due, path.goal, path), _SIDES.get(path.bound or ""))
