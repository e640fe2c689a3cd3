"""What a chart or a picture shows of one path, as numbers in the unit that is shown (per cent as such)."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple

from plantrack.language import fixed, say, text
from plantrack.paths import comparable
from plantrack.plan.actuals import of_quantity
from plantrack.plan.measures import printed_decimals
from plantrack.views.names import bracketed, joined
from plantrack.views.page import name_of
from plantrack.views.paths import path_values
from plantrack.views.table import Cell, Form, Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from plantrack.language import Language, Said
    from plantrack.paths import Path, Task
    from plantrack.plan.actuals import Actual
    from plantrack.plan.measures import Measure
    from plantrack.views.names import Names

PICTURES = {".svg": "svg", ".png": "png", ".pdf": "pdf"}
"""Suffixes of pictures."""


SEEN = 0.04
"""The share of a picture's height from which a band is no line."""


class Point(NamedTuple):
    """A value of a year, and what is written beside it: digits and signs, which need no language."""

    year: int
    value: float
    label: str


class Strip(NamedTuple):
    year: int
    low: float
    high: float


class Goal(NamedTuple):
    """The target: a number, or with `side` the half-line above or below it."""

    point: Point
    side: str | None


class Drawing(NamedTuple):
    """One path; `place` is empty where the name tells it, `due` the last year that is no extrapolation."""

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
    def is_band_seen(self) -> bool:
        """Whether the band is wide enough to be seen beside the way that the values go."""
        values = [point.value for point in self.points]
        widest = max((strip.high - strip.low for strip in self.band), default=0.0)
        return widest > SEEN * (max(values) - min(values))

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


def draw_tasks(tasks: Iterable[Task], actuals: Sequence[Actual], names: Names) -> Iterator[Drawing]:
    """Every row of the table of targets that has a path, as the table calls it."""
    for target, path in tasks:
        if path.why is None:
            drawing = draw_path(path, actuals, names)
            name = bracketed(name_of(target, names), names.unit_of_path(path))
            yield drawing._replace(name=name) if target.figure.row.named else drawing


def draw_path(path: Path, actuals: Sequence[Actual], names: Names) -> Drawing:
    assert path.due is not None
    factor, place = path.factor, names.plan.place
    values = zip(path.years, path.values, path_values(path), strict=True)
    line = (Point(year, value * factor, cell.say("en")) for year, value, cell in values)
    ends = zip(path.years, path.line.near_low, path.line.near_high, strict=True)
    band = (Strip(year, low * factor, high * factor) for year, low, high in ends)
    measures = ((int(figure.due.text), figure.measure) for figure in path.printed)
    printed = (_printed(year, measure, path) for year, measure in measures if measure is not None)
    ours = (
        Point(each.year, each.value * factor, fixed(each.value * factor, printed_decimals(each.measure)))
        for each in comparable(of_quantity(actuals, path.indicator_id, path.place), path)
        if not path.scope
    )
    goal = _printed(path.due, path.goal, path) if path.goal is not None else None
    return Drawing(
        place.name if path.place == place.id else None,
        names.of_path(path),
        tuple(line),
        tuple(band),
        tuple(printed),
        tuple(ours),
        Goal(goal, _SIDES.get(path.bound or "")) if goal is not None else None,
        path.until or path.due,
        path.notes,
    )


def _printed(year: int, measure: Measure, path: Path) -> Point:
    form, interval = Form(printed_decimals(measure), path.factor), measure.interval
    shown: Cell | Span = Cell(measure.value, form)
    if measure.numeral.bound == "range":
        low, high = (None if end is None else float(end) for end in (interval.low, interval.high))
        shown = Span(low, high, form)
    sign = BOUND_SIGNS.get(measure.numeral.bound or "", "")
    return Point(year, float(measure.value) * path.factor, sign + shown.say("en"))


BOUND_SIGNS = {"ge": "≥", "gt": ">", "le": "≤", "lt": "<", "about": "≈", "near": "≈", "over": ">"}
