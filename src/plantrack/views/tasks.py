"""The worksheet of yearly tasks: every path with live formulas, so that one number changes a whole row."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from plantrack.language import Language, Text, Words, listing, text
from plantrack.paths import METHODS
from plantrack.paths.bounds import VALUE, bounds_of
from plantrack.paths.path import printed_decimals
from plantrack.views.formulas import (
    EMPTY,
    FIRST_ROW,
    Cell,
    Grid,
    Whose,
    column_name,
    live,
    number_form,
    percent_form,
    points_form,
    quantity_name,
    rounded,
    titles,
    value_form,
)
from plantrack.views.table import said_text, unit_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from plantrack.paths import Path
    from plantrack.plan.catalogue import Catalogue
    from plantrack.plan.measures import Measure
    from plantrack.plan.plan import Plan

BEFORE = (text("indicator"), text("unit"), text("method"), text("a year"))
AFTER = (
    text("target, as printed"),
    text("target value"),
    text("beyond the target"),
    text("reached"),
    text("remarks"),
)
PACE = column_name(len(BEFORE) - 1)


def tasks_grid(loaded: Plan, paths: Sequence[Path], catalogue: Catalogue, language: Language) -> Grid:
    """A row for each path, years across.

    The pace is computed from base and target, the years from base and pace: whoever changes a base
    or a target sees the new pace, whoever types a pace over its formula sees where it leads.
    """
    plan = loaded.model
    years = sorted({year for path in paths for year in path.years})
    headings: tuple[str | int, ...] = (*titles(BEFORE, language), *years, *titles(AFTER, language))
    grid = Grid(text("Yearly tasks").say(language), headings)
    without: dict[Text, list[Words]] = {}
    for path in paths:
        if path.why is not None:
            without.setdefault(path.why, []).append(path.indicator.name)
        else:
            name = quantity_name(Whose(path.indicator, path.place, path.scope), plan, catalogue, language)
            unit = unit_of(path.indicator, catalogue, language)
            line = _Line(path, years, FIRST_ROW + len(grid.rows), language)
            grid.rows.append((Cell(name), Cell(unit), *_cells(line)))
    grid.notes.append(
        text("blue numbers may be changed; a pace may be typed over its formula, too").say(language)
    )
    for why, names in without.items():
        said = text("no path: {names}: {why}", names=listing(*names), why=why)
        grid.notes.append(said.say(language))
    return grid


class _Line(NamedTuple):
    """A path, the years of the grid, the row it stands in."""

    path: Path
    years: list[int]
    row: int
    language: Language

    def column(self, year: int) -> str:
        return column_name(len(BEFORE) + self.years.index(year))

    @property
    def goal(self) -> str:
        """Where the target stands."""
        return f"${column_name(len(BEFORE) + len(self.years) + 1)}{self.row}"

    @property
    def base(self) -> str:
        return f"${self.column(self.path.years[0])}{self.row}"

    @property
    def pace(self) -> str:
        return f"${PACE}{self.row}"

    def since_start(self, year: int) -> str:
        """The years from the path's start, by the headings."""
        return f"({self.column(year)}$1-${self.column(self.path.years[0])}$1)"


def _cells(line: _Line) -> list[Cell]:
    path = line.path
    values = [_year_cell(line, year) if year in path.years else EMPTY for year in line.years]
    method = Cell(METHODS[path.method].title.say(line.language))
    return [method, _pace_cell(line), *values, *_goal_cells(line), _remarks(line)]


def _remarks(line: _Line) -> Cell:
    said = listing(*line.path.notes)
    return Cell("；".join(each.say(line.language) for each in line.path.notes) if said.items else None)


# -- pace and years ------------------------------------------------------------------------------


def asked_value(measure: Measure | None) -> float | None:
    """The number that a path begins or ends with: 51 for 超过50家."""
    return float(bounds_of(measure)[VALUE]) if measure is not None else None


def in_points(path: Path) -> int:
    """Steps of per cent are shown in points, a hundred times the fraction."""
    return 100 if path.indicator.unit == "%" else 1


def pace_form(path: Path, language: Language) -> str:
    if not path.in_steps:
        return percent_form(2)
    decimals = max(2, path.decimals)
    return points_form(decimals, language) if in_points(path) != 1 else number_form(decimals)


def _pace_cell(line: _Line) -> Cell:
    """From base and target; the printed pace, and what is held, stand as numbers to be changed."""
    path = line.path
    form = pace_form(path, line.language)
    goal, base, span = asked_value(path.goal), path.values[0], (path.due or 0) - path.years[0]
    over = line.since_start(path.due or path.years[-1])
    if path.rate is not None:
        if goal is None or not path.reaches_target or base <= 0:
            return Cell(path.rate, form, is_input=True)
        return live(
            f"({line.goal}/{line.base})^(1/{over})-1", (goal / base) ** (1 / span) - 1, path.rate, form
        )
    if path.step is None:
        return EMPTY
    factor = in_points(path)
    if goal is None or not path.reaches_target:
        return Cell(path.step * factor, form, is_input=True)
    times = f"*{factor}" if factor != 1 else ""
    return live(
        f"({line.goal}-{line.base})/{over}{times}", (goal - base) / span * factor, path.step * factor, form
    )


def _year_cell(line: _Line, year: int) -> Cell:
    path = line.path
    at = path.years.index(year)
    value = path.values[at]
    if at == 0:
        return Cell(value, value_form(path.indicator, printed_decimals(path.first)), is_input=True)
    form = value_form(path.indicator, path.decimals)
    base, gone = path.values[0], line.since_start(year)
    if path.rate is not None:
        formula, computed = f"{line.base}*(1+{line.pace})^{gone}", base * (1 + path.rate) ** at
    elif path.step is not None:
        factor = in_points(path)
        by = f"{line.pace}/{factor}" if factor != 1 else line.pace
        formula, computed = f"{line.base}+{by}*{gone}", base + path.step * at
    else:
        return Cell(value, form, is_input=True)
    if path.is_whole:
        formula, computed = f"ROUND({formula},0)", rounded(computed)
    return live(formula, computed, value, form)


# -- the target ----------------------------------------------------------------------------------


def _goal_cells(line: _Line) -> tuple[Cell, ...]:
    """The target as printed and as a number, by how much the path passes it, whether it is reached."""
    path, language = line.path, line.language
    printed = Cell(said_text(path.target or path.stated, language))
    goal = asked_value(path.goal)
    if goal is None or path.goal is None or path.due is None:
        return printed, EMPTY, EMPTY, EMPTY
    digits = printed_decimals(path.goal)
    last = f"{line.column(path.due)}{line.row}"
    rounding = path.decimals + (2 if in_points(path) != 1 else 0)
    beyond = path.values[path.due - path.years[0]] - goal
    diff = f"ROUND({last}-{line.goal},{rounding})"
    factor = in_points(path)
    form = points_form(path.decimals, language) if factor != 1 else number_form(path.decimals)
    beyond_cell = Cell(rounded(beyond, rounding) * factor, form, f"{diff}*{factor}" if factor != 1 else diff)
    number = Cell(goal, value_form(path.indicator, digits), is_input=True)
    return printed, number, beyond_cell, _reached(line, path.goal, rounded(beyond, rounding))


def _reached(line: _Line, goal: Measure, beyond: float) -> Cell:
    """Yes or no: on the bound's side, else the better side, else the number itself; in a range, its ends."""
    path, (yes, no) = line.path, (each.say(line.language) for each in (text("yes"), text("no")))
    assert path.due is not None
    last = f"{line.column(path.due)}{line.row}"
    difference = f"{column_name(len(BEFORE) + len(line.years) + 2)}{line.row}"
    if path.bound == "range" and goal.interval.low is not None and goal.interval.high is not None:
        low, high = float(goal.interval.low), float(goal.interval.high)
        value = path.values[path.due - path.years[0]]
        formula = f"AND({last}>={low!r},{last}<={high!r})"
        holds = low <= value <= high
    else:
        side = {"ge": ">=", "gt": ">=", "le": "<=", "lt": "<="}.get(path.bound or "") or {
            "up": ">=",
            "down": "<=",
        }.get(path.indicator.better or "", "=")
        formula = f"{difference}{side}0"
        holds = {">=": beyond >= 0, "<=": beyond <= 0, "=": beyond == 0}[side]
    return Cell(yes if holds else no, "", f'IF({formula},"{yes}","{no}")')
