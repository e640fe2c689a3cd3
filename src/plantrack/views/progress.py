"""The worksheets of published values: as given, and held against the paths with live formulas."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from plantrack.language import text
from plantrack.paths.path import printed_decimals
from plantrack.views.formulas import FIRST_ROW, Term, column_name, growth, live, scaled
from plantrack.views.names import Names
from plantrack.views.paths import step_form
from plantrack.views.table import EMPTY, Cell, Table, said, words
from plantrack.views.targets import level_form
from plantrack.views.tasks import after, asked_value, pace_form, remarks
from plantrack.views.track import status_name

if TYPE_CHECKING:
    from collections.abc import Sequence

    from plantrack.audit import Implied
    from plantrack.plan.actuals import Actual
    from plantrack.plan.catalogue import Catalogue
    from plantrack.plan.measures import Measure
    from plantrack.plan.plan import Plan
    from plantrack.track import Progress, Tracking
    from plantrack.views.table import Value

TITLES = (
    *words("indicator", "unit", "base year", "base value", "year", "actual", "path", "gap"),
    *words("so far a year", "planned a year", "needed a year", "target year"),
    *words("at this pace in the target year", "target value", "target, as printed", "status"),
    *words("remarks"),
)


def progress_worksheet(tracking: Tracking, loaded: Plan, catalogue: Catalogue) -> Table:
    """A row for each indicator with an actual; gap and paces follow the numbers typed over."""
    names, title = Names(loaded.model, catalogue), text("Progress")
    table = Table(title, TITLES, name=title)
    for row in tracking.rows:
        if row.actual is not None:
            path, line = row.path, _Line(row, row.actual, FIRST_ROW + len(table.rows))
            name, unit = names.quantity(path.indicator, path.place, path.scope), names.unit(path.indicator)
            table.rows.append((name, unit, *_cells(line, tracking.year)))
    table.notes.append(
        text("blue numbers may be changed; the status is that of the numbers given, rounding allowed for")
    )
    return table


class _Line(NamedTuple):
    """A row of the worksheet, with its numbers as terms; `None` where there is none."""

    row: Progress
    actual: Actual
    number: int

    def _term(self, column: int, value: float | None) -> Term | None:
        return None if value is None else Term(f"{column_name(column)}{self.number}", float(value))

    @property
    def start(self) -> Term | None:
        years = self.row.path.years
        return self._term(2, years[0] if years else None)

    @property
    def base(self) -> Term | None:
        return self._term(3, asked_value(self.row.path.first))

    @property
    def year(self) -> Term | None:
        return self._term(4, self.actual.year)

    @property
    def given(self) -> Term | None:
        return self._term(5, asked_value(self.actual.measure))

    @property
    def due(self) -> Term | None:
        return self._term(11, self.row.path.due)

    @property
    def goal(self) -> Term | None:
        return self._term(13, asked_value(self.row.path.goal))

    def pace(self, column: int, pace: Implied | None) -> Term | None:
        return self._term(column, pace.nominal if pace is not None else None)


OBSERVED, PLANNED = 8, 9
"""Columns."""


def _cells(line: _Line, year: int) -> tuple[Value, ...]:
    row, actual = line.row, line.actual
    path, pace = row.path, row.pace
    return (
        path.years[0] if path.years else EMPTY,
        _asked(path.first, line),
        actual.year,
        _asked(actual.measure, line),
        _due(line),
        _gap(line, pace.gap),
        _pace(line, pace.observed, (line.base, line.given), (line.start, line.year)),
        _pace(line, pace.required, (line.base, line.goal), (line.start, line.due)),
        _pace(line, pace.remaining, (line.given, line.goal), (line.year, line.due)),
        path.due,
        _projected(line, pace.projected),
        _asked(path.goal, line),
        said(row.target.target or row.target.stated),
        status_name(row, year),
        remarks(((row.why,) if row.why else ()) + row.notes),
    )


def _asked(measure: Measure | None, line: _Line) -> Cell | None:
    value = asked_value(measure)
    form = level_form(line.row.path.indicator, printed_decimals(measure))
    return EMPTY if value is None else Cell(value, form, is_input=True)


def _due(line: _Line) -> Value:
    """What the path has for the actual's year, by the pace planned where it is one pace for the whole way."""
    path, actual = line.row.path, line.actual
    if actual.year not in path.years:
        return EMPTY
    value, form = path.values[path.years.index(actual.year)], level_form(path.indicator, path.decimals)
    pace, start, year, base = line.pace(PLANNED, line.row.pace.required), line.start, line.year, line.base
    if pace is None or start is None or year is None or base is None:
        return Cell(value, form)
    first = base._replace(value=path.values[0])
    return live(after(first, pace, year.minus(start), path), value, form)


def _gap(line: _Line, gap: Implied | None) -> Cell | None:
    if gap is None or gap.nominal is None:
        return EMPTY
    path = line.row.path
    form = step_form(path.indicator, max(path.decimals, printed_decimals(line.actual.measure)))
    difference = Term(f"{column_name(5)}{line.number}", 0.0).minus(
        Term(f"{column_name(6)}{line.number}", 0.0)
    )
    return Cell(gap.nominal, form, scaled(difference, form).formula)


def _pace(
    line: _Line,
    pace: Implied | None,
    ends: tuple[Term | None, Term | None],
    years: tuple[Term | None, Term | None],
) -> Cell | None:
    """The pace from one number of the row to another."""
    if pace is None or pace.nominal is None:
        return EMPTY
    path, form, value = line.row.path, pace_form(line.row.path), pace.nominal
    (first, last), (start, due) = ends, years
    if first is None or last is None or start is None or due is None:
        return Cell(value, form)
    if path.in_steps:
        return live(scaled(last.minus(first).over(due.minus(start)), form), value, form)
    if first.value <= 0 or last.value < 0:
        return Cell(value, form)
    return live(growth(first, last, due.minus(start)), value, form)


def _projected(line: _Line, projected: Implied | None) -> Cell | None:
    if projected is None or projected.nominal is None:
        return EMPTY
    path = line.row.path
    form = level_form(path.indicator, max(path.decimals, 1))
    pace, start, base, due = line.pace(OBSERVED, line.row.pace.observed), line.start, line.base, line.due
    if pace is None or start is None or base is None or due is None:
        return Cell(projected.nominal, form)
    return live(after(base, pace, due.minus(start), path, whole=False), projected.nominal, form)


ACTUAL_TITLES = words("indicator", "unit", "year", "as printed", "number", "file", "line")


def actuals_worksheet(actuals: Sequence[Actual], loaded: Plan, catalogue: Catalogue) -> Table:
    """The published values as given."""
    names, title = Names(loaded.model, catalogue), text("Actuals")
    table = Table(title, ACTUAL_TITLES, name=title)
    for actual in actuals:
        indicator = names.indicators[actual.indicator]
        table.rows.append(
            (
                names.quantity(indicator, actual.place),
                names.unit(indicator),
                actual.year,
                actual.text,
                Cell(actual.value, level_form(indicator, printed_decimals(actual.measure))),
                actual.position.file,
                actual.position.line,
            )
        )
    return table
