"""A path as a chart of characters: years down, values across, 80 columns or as many as there are.

Years go down, so that labels stand in columns and nothing depends on the shape of a character.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from plantrack.formats.width import flush_right, width_of
from plantrack.language import Language, text
from plantrack.views.drawing import MARKS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from plantrack.views.drawing import Drawing

USUAL, NARROWEST, WIDEST = 80, 16, 100
"""Columns where there is no terminal; the least and the most that the values may take."""


class Signs(NamedTuple):
    """The characters of a chart."""

    printed: str
    path: str
    actual: str
    band: str
    up: str
    down: str
    half_line: str
    rule: str


FULL = Signs("●", "○", "◆", "░", "▸", "◂", "┄", "─")
PLAIN = Signs("*", "o", "x", "~", ">", "<", "-", "-")
"""For terminals that cannot show the others, or show them two columns wide: GBK, ASCII."""


def signs_for(encoding: str | None) -> Signs:
    """The signs that an encoding carries, each one column wide."""
    return FULL if (encoding or "").lower().replace("-", "").startswith("utf") else PLAIN


class _Scale(NamedTuple):
    """From values to columns of the chart."""

    low: float
    high: float
    columns: int

    def at(self, value: float) -> int:
        if self.high <= self.low:
            return self.columns // 2
        return round((value - self.low) / (self.high - self.low) * (self.columns - 1))


def chart_lines(drawing: Drawing, signs: Signs, language: Language, *, width: int = USUAL) -> Iterator[str]:
    """The chart line by line, none wider than `width` where that is 40 at least."""
    labels = _labels(drawing, language)
    widths = [max(map(width_of, column)) for column in zip(*labels, strict=True)]
    left = sum(widths) + 2 * len(widths)
    values = drawing.values
    scale = _Scale(min(values), max(values), min(WIDEST, max(NARROWEST, width - left)))
    yield drawing.title(language)
    for year, row in zip([None, *drawing.years], labels, strict=True):
        shown = "  ".join(flush_right(cell, size) for cell, size in zip(row, widths, strict=True))
        yield f"{shown}  {_plot(drawing, year, scale, signs)}".rstrip() if year else shown.rstrip()
    yield " " * left + signs.rule * scale.columns
    yield " " * left + _ruler(drawing, scale)
    yield from _wrapped(_legend(drawing, scale, signs, language), width)


def _labels(drawing: Drawing, language: Language) -> list[list[str]]:
    """Headings, then year, value and actual of every year; no third column where there is no actual."""
    titles = [text("year").say(language), text("value").say(language), text("actual").say(language)]
    values = {point.year: point.label for point in (*drawing.printed, *drawing.line)}
    if drawing.goal is not None and drawing.goal.side is not None:
        values[drawing.goal.point.year] = drawing.goal.point.label
    actuals = {point.year: point.label for point in drawing.actuals}
    beyond = {point.year for point in drawing.line if point.year > drawing.due}
    rows = [
        [f"{year}*" if year in beyond else str(year), values.get(year, ""), actuals.get(year, "")]
        for year in drawing.years
    ]
    kept = 3 if actuals else 2
    return [row[:kept] for row in (titles, *rows)]


def _plot(drawing: Drawing, year: int, scale: _Scale, signs: Signs) -> str:
    """One year's marks; what was published stands over what is printed, and that over the path."""
    cells = [" "] * scale.columns
    for strip in drawing.band:
        if strip.year == year and scale.at(strip.high) > scale.at(strip.low):
            for at in range(scale.at(strip.low), scale.at(strip.high) + 1):
                cells[at] = signs.band
    goal = drawing.goal
    if goal is not None and goal.side is not None and goal.point.year == year:
        _half_line(cells, scale.at(goal.point.value), signs, goal.side)
    layers = ((drawing.line, signs.path), (drawing.printed, signs.printed), (drawing.actuals, signs.actual))
    for points, sign in layers:
        for point in points:
            if point.year == year:
                cells[scale.at(point.value)] = sign
    return "".join(cells)


def _half_line(cells: list[str], start: int, signs: Signs, side: str) -> None:
    """From the bound to the end, with an arrow beside the bound."""
    reach = range(start, len(cells)) if side == "up" else range(start + 1)
    for at in reach:
        cells[at] = signs.half_line
    arrow = len(cells) - 1 if side == "up" else 0
    cells[arrow] = signs.up if side == "up" else signs.down


def _ruler(drawing: Drawing, scale: _Scale) -> str:
    """The least and the greatest value below their places; one of them where both have no room."""
    least = min(drawing.points, key=lambda point: point.value)
    most = max(drawing.points, key=lambda point: point.value)
    end = scale.at(most.value) + 1
    start = min(scale.at(least.value), max(0, end - width_of(most.label)))
    shown = " " * start + least.label
    if width_of(shown) + 2 + width_of(most.label) > end:
        return flush_right(most.label, end)
    return shown + flush_right(most.label, end - width_of(shown))


def _wrapped(parts: list[str], width: int) -> Iterator[str]:
    line = parts[0]
    for part in parts[1:]:
        longer = f"{line}   {part}"
        if width_of(longer) > width:
            yield line
        line = longer if width_of(longer) <= width else part
    yield line


def _legend(drawing: Drawing, scale: _Scale, signs: Signs, language: Language) -> list[str]:
    """What the signs mean that stand in the chart."""
    found = [(signs.printed, "printed")] if drawing.printed else []
    found.append((signs.path, "path"))
    if any(scale.at(strip.high) > scale.at(strip.low) for strip in drawing.band):
        found.append((signs.band, "band"))
    if drawing.actuals:
        found.append((signs.actual, "actual"))
    side = drawing.goal.side if drawing.goal is not None else None
    if side is not None:
        found.append((signs.up, "at least") if side == "up" else (signs.down, "at most"))
    return [f"{sign} {MARKS[name].say(language)}" for sign, name in found]
