"""The worksheet of yearly tasks: every path with live formulas, so that one number changes a whole row."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from plantrack.language import Listing, text
from plantrack.paths import METHODS
from plantrack.paths.bounds import VALUE, bounds_of
from plantrack.plan.measures import printed_decimals
from plantrack.views.formulas import (
    FIRST_ROW,
    ONE,
    Term,
    column_name,
    growth,
    live,
    number,
    scaled,
)
from plantrack.views.names import Names
from plantrack.views.paths import PER_CENT, path_unit, step_form, value_form, without_path
from plantrack.views.table import EMPTY, Cell, Form, Table, said, words
from plantrack.views.targets import level_form

if TYPE_CHECKING:
    from collections.abc import Sequence

    from plantrack.language import Text
    from plantrack.paths import Path
    from plantrack.plan.catalogue import Catalogue
    from plantrack.plan.measures import Measure
    from plantrack.plan.plan import Plan
    from plantrack.views.table import Value

BEFORE = words("indicator", "unit", "method", "a year")
AFTER = words("target, as printed", "target value", "beyond the target", "reached", "remarks")
PACE = column_name(len(BEFORE) - 1)


def tasks_worksheet(loaded: Plan, paths: Sequence[Path], catalogue: Catalogue) -> Table:
    """A row for each path, years across.

    The pace is computed from base and target, the years from base and pace: whoever changes a base
    or a target sees the new pace, whoever types a pace over its formula sees where it leads.
    """
    years = sorted({year for path in paths for year in path.years})
    names = Names(loaded.model, catalogue)
    table = Table(text("Yearly tasks"), (*BEFORE, *words(*years), *AFTER), frozen=1)
    for path in paths:
        if path.why is None:
            name = names.quantity(path.indicator, path.place, path.scope)
            line = _Line(path, years, FIRST_ROW + len(table.rows))
            table.rows.append((name, path_unit(path, names), *_cells(line)))
    table.notes.append(text("blue numbers may be changed; a pace may be typed over its formula, too"))
    table.notes.extend(without_path(paths))
    return table


class _Line(NamedTuple):
    """A path, the years of the table, the row it stands in."""

    path: Path
    years: list[int]
    row: int

    def column(self, year: int) -> str:
        return column_name(len(BEFORE) + self.years.index(year))

    def after(self, at: int) -> str:
        """One of the columns behind the years."""
        return f"{column_name(len(BEFORE) + len(self.years) + at)}{self.row}"

    @property
    def base(self) -> Term:
        return Term(f"${self.column(self.path.years[0])}{self.row}", self.path.values[0])

    @property
    def goal(self) -> Term | None:
        value = self.path.asked
        return None if value is None else Term(f"${self.after(1)}", value)

    @property
    def last(self) -> Term:
        """The value of the target year."""
        due = self.path.due or self.path.years[-1]
        return Term(f"{self.column(due)}{self.row}", self.path.values[due - self.path.years[0]])

    def since_start(self, year: int) -> Term:
        """The years from the path's start, by the headings."""
        start = self.path.years[0]
        return Term(f"{self.column(year)}$1", float(year)).minus(
            Term(f"${self.column(start)}$1", float(start))
        )


def _cells(line: _Line) -> tuple[Value, ...]:
    path = line.path
    values = (_year_cell(line, year) if year in path.years else EMPTY for year in line.years)
    return METHODS[path.method].title, _pace_cell(line), *values, *_goal_cells(line), remarks(path.notes)


def remarks(notes: Sequence[Text]) -> Value:
    """What is to be known of a row."""
    return Listing(tuple(notes), "；") if notes else EMPTY


# -- pace and years ------------------------------------------------------------------------------


def asked_value(measure: Measure | None) -> float | None:
    """The number that a path begins or ends with: 51 for 超过50家."""
    return float(bounds_of(measure)[VALUE]) if measure is not None else None


def pace_form(path: Path) -> Form:
    """Rates as per cent, steps in the unit or in points."""
    return step_form(path.indicator, max(2, path.decimals)) if path.in_steps else PER_CENT


def after(base: Term, pace: Term, years: Term, path: Path, *, whole: bool = True) -> Term:
    """The value after so many years: `base * (1 + pace) ** years`, or in steps `base + pace * years`."""
    if path.in_steps:
        scale = pace_form(path).scale
        step = pace if scale == 1 else Term(pace.formula, pace.value * scale).over(number(scale))
        found = base.plus(step.times(years))
    else:
        found = base.times(ONE.plus(pace).to_the(years))
    return found.rounded() if whole and path.is_whole else found


def _pace_cell(line: _Line) -> Value:
    """From base and target; the printed pace, and what is held, stand as numbers to be changed."""
    path, base, goal = line.path, line.base, line.goal
    pace, form = path.step if path.rate is None else path.rate, pace_form(path)
    if pace is None:
        return EMPTY
    if goal is None or not path.reaches_target or (path.rate is not None and base.value <= 0):
        return Cell(pace, form, is_input=True)
    years = line.since_start(path.due or path.years[-1])
    term = scaled(goal.minus(base).over(years), form) if path.rate is None else growth(base, goal, years)
    return live(term, pace, form)


def _year_cell(line: _Line, year: int) -> Cell:
    path = line.path
    value = path.values[path.years.index(year)]
    if year == path.years[0]:
        return Cell(value, value_form(path, printed_decimals(path.first)), is_input=True)
    form, pace = value_form(path, path.decimals), path.step if path.rate is None else path.rate
    if pace is None:
        return Cell(value, form, is_input=True)
    return live(after(line.base, Term(f"${PACE}{line.row}", pace), line.since_start(year), path), value, form)


# -- the target ----------------------------------------------------------------------------------


def _goal_cells(line: _Line) -> tuple[Value, ...]:
    """The target as printed and as a number, by how much the path passes it, whether it is reached."""
    path, goal = line.path, line.goal
    shown = said(path.target or path.stated)
    if goal is None or path.goal is None or path.due is None:
        return shown, EMPTY, EMPTY, EMPTY
    form = step_form(path.indicator, path.decimals)
    beyond = line.last.minus(goal).rounded(path.decimals + (2 if form.scale != 1 else 0))
    passed = Cell(beyond.value, form, scaled(beyond, form).formula)
    asked = Cell(goal.value, level_form(path.indicator, printed_decimals(path.goal)), is_input=True)
    return shown, asked, passed, _reached(line, path.goal, beyond.value)


def _reached(line: _Line, goal: Measure, beyond: float) -> Cell:
    """Yes or no: on the bound's side, else the better side, else the number itself; in a range, its ends."""
    path, last, ends = line.path, line.last, goal.interval
    if path.bound == "range" and ends.low is not None and ends.high is not None:
        low, high = float(ends.low), float(ends.high)
        formula = f"AND({last.formula}>={low!r},{last.formula}<={high!r})"
        holds = low <= last.value <= high
    else:
        side = _SIDES.get(path.bound or "") or _SIDES.get(path.indicator.better or "", "=")
        formula = f"{line.after(2)}{side}0"
        holds = {">=": beyond >= 0, "<=": beyond <= 0, "=": beyond == 0}[side]
    whole = Listing(("IF(", formula, ',"', YES, '","', NO, '")'), "")
    return Cell(YES if holds else NO, formula=whole)


_SIDES = {"ge": ">=", "gt": ">=", "le": "<=", "lt": "<=", "up": ">=", "down": "<="}
YES, NO = text("yes"), text("no")
