"""A path as a chart of characters: years down, so that labels stand in columns, and values across."""

from __future__ import annotations

from operator import attrgetter
from typing import TYPE_CHECKING, NamedTuple

from plantrack.formats.sheet import width_of
from plantrack.language import Language, text
from plantrack.views.drawing import MARKS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from plantrack.views.drawing import Drawing

USUAL, NARROWEST, WIDEST = 80, 16, 100
"""Columns where there is no terminal; the least and the most that the values may take."""


class Signs(NamedTuple):
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
    return FULL if (encoding or "").lower().replace("-", "").startswith("utf") else PLAIN


class _Scale(NamedTuple):
    low: float
    high: float
    columns: int

    def at(self, value: float) -> int:
        if self.high <= self.low:
            return self.columns // 2
        return round((value - self.low) / (self.high - self.low) * (self.columns - 1))


def chart_lines(drawing: Drawing, signs: Signs, language: Language, *, width: int = USUAL) -> Iterator[str]:
    """The chart line by line, none wider than `width` where that is 40 at least."""
    heading, *labels = map("  ".join, zip(*map(_padded, _columns(drawing, language)), strict=True))
    left = width_of(heading) + 2
    scale = _Scale(min(drawing.values), max(drawing.values), min(WIDEST, max(NARROWEST, width - left)))
    yield drawing.title(language)
    yield heading.rstrip()
    for year, label in zip(drawing.years, labels, strict=True):
        yield f"{label}  {_plot(drawing, year, scale, signs)}".rstrip()
    yield " " * left + signs.rule * scale.columns
    yield " " * left + _ruler(drawing, scale)
    yield from _wrapped(_legend(drawing, scale, signs, language), width)


def _columns(drawing: Drawing, language: Language) -> list[list[str]]:
    """Under their headings year, value and actual of every year; no third column where there is no actual."""
    values = {point.year: point.label for point in (*drawing.printed, *drawing.line)}
    if drawing.goal and drawing.goal.side:
        values[drawing.goal.point.year] = drawing.goal.point.label
    beyond = {point.year for point in drawing.line if point.year > drawing.due}
    years = [f"{year}*" if year in beyond else str(year) for year in drawing.years]
    columns = [
        [text("year").say(language), *years],
        [text("value").say(language), *(values.get(year, "") for year in drawing.years)],
    ]
    if actuals := {point.year: point.label for point in drawing.actuals}:
        columns.append([text("actual").say(language), *(actuals.get(year, "") for year in drawing.years)])
    return columns


def _padded(column: list[str]) -> list[str]:
    width = max(map(width_of, column))
    return [_flush_right(cell, width) for cell in column]


def _flush_right(words: str, width: int) -> str:
    return " " * (width - width_of(words)) + words


def _plot(drawing: Drawing, year: int, scale: _Scale, signs: Signs) -> str:
    """One year's marks; what was published stands over what is printed, and that over the path."""
    cells = [" "] * scale.columns
    for strip in drawing.band:
        low, high = scale.at(strip.low), scale.at(strip.high)
        if strip.year == year and high > low:
            cells[low : high + 1] = signs.band * (high + 1 - low)
    if drawing.goal and drawing.goal.point.year == year:
        _half_line(cells, scale.at(drawing.goal.point.value), signs, drawing.goal.side)
    layers = ((drawing.line, signs.path), (drawing.printed, signs.printed), (drawing.actuals, signs.actual))
    for points, sign in layers:
        for point in points:
            if point.year == year:
                cells[scale.at(point.value)] = sign
    return "".join(cells)


def _half_line(cells: list[str], start: int, signs: Signs, side: str | None) -> None:
    if side == "up":
        cells[start:] = signs.half_line * (len(cells) - start - 1) + signs.up
    elif side is not None:
        cells[: start + 1] = signs.down + signs.half_line * start


def _ruler(drawing: Drawing, scale: _Scale) -> str:
    """The least and the greatest value below their places; one of them where both have no room."""
    least, most = (choose(drawing.points, key=attrgetter("value")) for choose in (min, max))
    end = scale.at(most.value) + 1
    start = min(scale.at(least.value), max(0, end - width_of(most.label)))
    shown = " " * start + least.label
    if width_of(shown) + 2 + width_of(most.label) > end:
        return _flush_right(most.label, end)
    return shown + _flush_right(most.label, end - width_of(shown))


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
    side = drawing.goal.side if drawing.goal else None
    found = (
        (signs.printed, "printed", drawing.printed),
        (signs.path, "path", drawing.line),
        (signs.band, "band", any(scale.at(strip.high) > scale.at(strip.low) for strip in drawing.band)),
        (signs.actual, "actual", drawing.actuals),
        (signs.up, "at least", side == "up"),
        (signs.down, "at most", side == "down"),
    )
    return [f"{sign} {MARKS[name].say(language)}" for sign, name, is_shown in found if is_shown]
