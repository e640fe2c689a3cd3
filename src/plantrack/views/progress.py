"""The worksheets of published values: as given, and held against the paths with live formulas."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from plantrack.language import text
from plantrack.numbers.words import PERCENT
from plantrack.plan.measures import printed_decimals
from plantrack.views.formulas import FIRST_ROW, Term, column_name, growth, live, scaled
from plantrack.views.names import Names
from plantrack.views.paths import PER_CENT, path_unit, step_form
from plantrack.views.table import EMPTY, Cell, Table, said, words
from plantrack.views.targets import level_form
from plantrack.views.tasks import after, asked_value, pace_form, remarks
from plantrack.views.track import status_name

if TYPE_CHECKING:
    from collections.abc import Sequence

    from plantrack.audit import Implied
    from plantrack.paths import Path
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
START, BASE, YEAR, ACTUAL, PATH, OBSERVED, PLANNED, DUE, TARGET = map(
    column_name, (2, 3, 4, 5, 6, 8, 9, 11, 13)
)


def progress_worksheet(tracking: Tracking, loaded: Plan, catalogue: Catalogue) -> Table:
    """A row for each indicator with an actual; gap and paces follow the numbers typed over."""
    names, table = Names(loaded.model, catalogue), Table(text("Progress"), TITLES, frozen=1)
    for row in tracking.rows:
        if row.actual is not None:
            path, line = row.path, _Line(row, row.actual, FIRST_ROW + len(table.rows))
            name, unit = names.quantity(path.indicator, path.place, path.scope), path_unit(path, names)
            table.rows.append((name, unit, *_cells(line, tracking.year)))
    table.notes.append(
        text("blue numbers may be changed; the status is that of the numbers given, rounding allowed for")
    )
    return table


class _Line(NamedTuple):
    """A row of the worksheet, and where it stands."""

    row: Progress
    actual: Actual
    number: int

    def terms(self, *columns: str) -> list[Term] | None:
        """The numbers of these columns as terms; `None` where one of them has none."""
        path, pace = self.row.path, self.row.pace
        numbers = {
            START: path.years[0] if path.years else None,
            BASE: asked_value(path.first),
            YEAR: self.actual.year,
            ACTUAL: asked_value(_level(self.actual, path)),
            OBSERVED: pace.observed and pace.observed.nominal,
            PLANNED: pace.required and pace.required.nominal,
            DUE: path.due,
            TARGET: path.asked,
        }
        found = [(column, numbers[column]) for column in columns]
        terms = [Term(f"{column}{self.number}", float(value)) for column, value in found if value is not None]
        return terms if len(terms) == len(columns) else None


def _cells(line: _Line, year: int) -> tuple[Value, ...]:
    row, actual, path, pace = line.row, line.actual, line.row.path, line.row.pace
    return (
        path.years[0] if path.years else EMPTY,
        _asked(path.first, path),
        actual.year,
        _asked(_level(actual, path), path),
        _due(line),
        _gap(line),
        _pace(line, pace.observed, (BASE, ACTUAL, START, YEAR)),
        _pace(line, pace.required, (BASE, TARGET, START, DUE)),
        _pace(line, pace.remaining, (ACTUAL, TARGET, YEAR, DUE)),
        path.due,
        _projected(line),
        _asked(path.goal, path),
        said(row.target.target or row.target.stated),
        status_name(row, year),
        remarks(((row.why,) if row.why else ()) + row.notes),
    )


def _level(actual: Actual, path: Path) -> Measure | None:
    """What is comparable with base and target: a published growth rate is not, nor a level with an index."""
    return actual.measure if actual.kind == "level" and path.holds_levels else None


def _asked(measure: Measure | None, path: Path) -> Cell | None:
    value, form = asked_value(measure), level_form(path.indicator, printed_decimals(measure))
    return EMPTY if value is None else Cell(value, form, is_input=True)


def _due(line: _Line) -> Cell | None:
    """What the path has for the actual's year, by the pace planned where it is one pace for the whole way."""
    path, year = line.row.path, line.actual.year
    if year not in path.years or _level(line.actual, path) is None:
        return EMPTY
    value, form = path.values[path.years.index(year)], level_form(path.indicator, path.decimals)
    terms = line.terms(BASE, PLANNED, YEAR, START)
    if terms is None:
        return Cell(value, form)
    base, pace, last, start = terms
    return live(after(base._replace(value=path.values[0]), pace, last.minus(start), path), value, form)


def _gap(line: _Line) -> Cell | None:
    gap, path = line.row.pace.gap, line.row.path
    if gap is None or gap.nominal is None:
        return EMPTY
    form = step_form(path.indicator, max(path.decimals, printed_decimals(line.actual.measure)))
    actual, planned = (Term(f"{column}{line.number}", 0.0) for column in (ACTUAL, PATH))
    return Cell(gap.nominal, form, scaled(actual.minus(planned), form).formula)


def _pace(line: _Line, pace: Implied | None, columns: tuple[str, str, str, str]) -> Cell | None:
    """The pace from one number of the row to another, each of its year."""
    if pace is None or pace.nominal is None:
        return EMPTY
    path, form, value, terms = line.row.path, pace_form(line.row.path), pace.nominal, line.terms(*columns)
    if terms is None:
        return Cell(value, form)
    first, last, start, due = terms
    years = due.minus(start)
    if path.in_steps:
        return live(scaled(last.minus(first).over(years), form), value, form)
    is_rate = first.value > 0 and last.value >= 0
    return live(growth(first, last, years), value, form) if is_rate else Cell(value, form)


def _projected(line: _Line) -> Cell | None:
    projected, path = line.row.pace.projected, line.row.path
    if projected is None or projected.nominal is None:
        return EMPTY
    form, terms = level_form(path.indicator, max(path.decimals, 1)), line.terms(BASE, OBSERVED, DUE, START)
    if terms is None:
        return Cell(projected.nominal, form)
    base, pace, due, start = terms
    return live(after(base, pace, due.minus(start), path, whole=False), projected.nominal, form)


ACTUAL_TITLES = words("indicator", "unit", "year", "as printed", "number", "file", "line")


def actuals_worksheet(actuals: Sequence[Actual], loaded: Plan, catalogue: Catalogue) -> Table:
    """The published values as given."""
    names, table = Names(loaded.model, catalogue), Table(text("Actuals"), ACTUAL_TITLES, frozen=1)
    for actual in actuals:
        indicator, is_growth = names.indicators[actual.indicator], actual.kind == "growth"
        form = PER_CENT if is_growth else level_form(indicator, printed_decimals(actual.measure))
        table.rows.append(
            (
                names.quantity(indicator, actual.place),
                PERCENT if is_growth else names.unit(indicator),
                actual.year,
                actual.text,
                Cell(actual.value, form),
                actual.position.file,
                actual.position.line,
            )
        )
    return table
