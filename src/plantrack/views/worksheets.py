"""The worksheets of a plan's workbook, in the order in which they are read; paths and progress have live formulas."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from plantrack import __version__
from plantrack.language import Listing, labelled, span_of, text
from plantrack.numbers.words import PERCENT
from plantrack.paths import METHODS
from plantrack.paths.bounds import VALUE, bounds_of
from plantrack.plan.actuals import time_words
from plantrack.plan.measures import printed_decimals
from plantrack.views.findings import findings_worksheet
from plantrack.views.formulas import FIRST_ROW, ONE, Term, column_name, growth, live, number, scaled
from plantrack.views.names import Names, level_form, step_decimals, step_form
from plantrack.views.paths import PER_CENT, without_path
from plantrack.views.plans import figures_worksheet
from plantrack.views.table import Cell, Form, Table, words
from plantrack.views.targets import asked_value, targets_worksheet
from plantrack.views.tracked import kept, status_name
from plantrack.views.within_year import within_year_table

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from plantrack.audit import Audit, Implied
    from plantrack.language import Said, Text
    from plantrack.paths import Path
    from plantrack.plan.actuals import Actual
    from plantrack.plan.catalogue import Catalogue
    from plantrack.plan.measures import Measure
    from plantrack.plan.plan import Plan
    from plantrack.track import Progress, Tracking
    from plantrack.views.table import Value


class Account(NamedTuple):
    """All that a workbook tells of one plan. Without actuals there is no tracking."""

    loaded: Plan
    audit: Audit
    paths: Sequence[Path]
    actuals: Sequence[Actual] = ()
    tracking: Tracking | None = None


WHAT_STANDS_WHERE: dict[Said, Text] = {
    text("Yearly tasks"): text("targets broken down by year; the pace, base and target may be changed"),
    text("Progress"): text("published values against the yearly tasks"),
    text("Within the year"): text("months of the running year against its task"),
    text("Actuals"): text("published values as given"),
    text("Targets"): text("base, target, what is printed of the way and what they imply"),
    text("Findings"): text("numbers that cannot all be right, and what each would have to read"),
    text("Figures"): text("every printed number with its place"),
}


def worksheets(account: Account, catalogue: Catalogue) -> list[Table]:
    loaded, audit, tracking = account.loaded, account.audit, account.tracking
    names = Names(loaded.model, catalogue)
    tables = [_tasks(account.paths, names)]
    if tracking is not None:
        tables += _progress(tracking, names), _actuals(account.actuals, names)
        if any(row.within is not None for row in tracking.rows):
            tables.insert(2, within_year_table(tracking, loaded, catalogue))
    tables.append(targets_worksheet(audit, loaded, catalogue))
    tables.append(findings_worksheet(audit, loaded, catalogue))
    tables.append(figures_worksheet(loaded, catalogue))
    return [_cover(account, tables), *tables]


def _cover(account: Account, tables: Sequence[Table]) -> Table:
    plan, tracking = account.loaded.model, account.tracking
    facts: tuple[tuple[Value, Value], ...] = (
        (text("place"), plan.place.name),
        (text("document number"), plan.document),
        (text("issued"), plan.issued),
        (text("years"), span_of(plan.base, plan.target)),
        (text("plan file"), account.loaded.file),
        (text("made by"), f"plantrack {__version__}"),
        (text("actuals as of"), str(tracking.year) if tracking is not None else None),
    )
    table = Table(text("About"), words("plan", plan.title.name), frozen=0)
    table.rows.extend(fact for fact in facts if fact[1] is not None)
    table.notes.extend(labelled(each.title, WHAT_STANDS_WHERE[each.title]) for each in tables)
    return table


BEFORE = words("indicator", "unit", "method", "a year")
AFTER = words("target, as printed", "target value", "beyond the target", "reached", "remarks")
PACE = column_name(len(BEFORE) - 1)


def _tasks(paths: Sequence[Path], names: Names) -> Table:
    """A row for each path, years across: the pace follows from base and target, every year from base and pace."""
    years = sorted({year for path in paths for year in path.years})
    table = Table(text("Yearly tasks"), (*BEFORE, *words(*years), *AFTER), frozen=1)
    for path in paths:
        if path.why is None:
            line = _Task(path, years, FIRST_ROW + len(table.rows))
            whose, pace = (*_whose(path, names), METHODS[path.method].title), _pace_cell(line)
            values = (_year_cell(line, year) if year in path.years else None for year in years)
            table.rows.append((*whose, pace, *values, *_goal_cells(line), _remarks(path.notes)))
    table.notes.append(text("blue numbers may be changed; a pace may be typed over its formula, too"))
    table.notes.extend(without_path(paths, names))
    return table


def _whose(path: Path, names: Names) -> tuple[Value, Value]:
    return names.quantity(path.indicator, path.place, path.scope), names.unit_of_path(path)


class _Task(NamedTuple):
    path: Path
    years: list[int]
    row: int

    def column(self, year: int) -> str:
        return column_name(len(BEFORE) + self.years.index(year))

    def after(self, at: int) -> str:
        return f"{column_name(len(BEFORE) + len(self.years) + at)}{self.row}"

    @property
    def base(self) -> Term:
        return Term(f"${self.column(self.path.years[0])}{self.row}", self.path.values[0])

    @property
    def goal(self) -> Term | None:
        return None if self.path.asked is None else Term(f"${self.after(1)}", self.path.asked)

    @property
    def due(self) -> int:
        return self.path.due or self.path.years[-1]

    def since_start(self, year: int) -> Term:
        """The years from the path's start, by the headings."""
        last, first = (Term(f"{self.column(each)}$1", float(each)) for each in (year, self.path.years[0]))
        return last.minus(first._replace(formula=f"${first.formula}"))


def _remarks(notes: Sequence[Text]) -> Value:
    return Listing(tuple(notes), "；") if notes else None


def _asked_value(measure: Measure | None) -> float | None:
    """The number that a path begins or ends with: 51 for 超过50家."""
    return float(bounds_of(measure)[VALUE]) if measure is not None else None


def _asked(measure: Measure | None, path: Path) -> Cell | None:
    value = path.asked if measure is path.goal else _asked_value(measure)
    form = level_form(path.indicator, printed_decimals(measure))
    return None if value is None else Cell(value, form, is_input=True)


def _pace_form(path: Path) -> Form:
    return step_form(path.indicator, step_decimals(path, path.step)) if path.in_steps else PER_CENT


def _after(base: Term, pace: Term, years: Term, path: Path) -> Term:
    """The value after so many years: `base * (1 + pace) ** years`, or in steps `base + pace * years`."""
    if not path.in_steps:
        return base.times(ONE.plus(pace).to_the(years))
    scale = _pace_form(path).scale
    step = pace if scale == 1 else Term(pace.formula, pace.value * scale).over(number(scale))
    return base.plus(step.times(years))


def _whole(term: Term, path: Path) -> Term:
    return term.whole(path.bound_reached) if path.is_whole else term


def _pace_cell(line: _Task) -> Value:
    """From base and target; the printed pace, and what is held, stand as numbers to be changed."""
    path, base, goal = line.path, line.base, line.goal
    pace, form = path.step if path.rate is None else path.rate, _pace_form(path)
    if pace is None:
        return None
    if goal is None or not path.reaches_target or (path.rate is not None and base.value <= 0):
        return Cell(pace, form, is_input=True)
    years = line.since_start(line.due)
    term = scaled(goal.minus(base).over(years), form) if path.rate is None else growth(base, goal, years)
    return live(term, pace, form)


def _year_cell(line: _Task, year: int) -> Cell:
    path = line.path
    value, pace = path.values[path.years.index(year)], path.step if path.rate is None else path.rate
    is_first = year == path.years[0]
    decimals = printed_decimals(path.first) if is_first else path.decimals
    form = (step_form if path.kind == "change" else level_form)(path.indicator, decimals)
    if is_first or pace is None:
        return Cell(value, form, is_input=True)
    term = _after(line.base, Term(f"${PACE}{line.row}", pace), line.since_start(year), path)
    return live(_whole(term, path), value, form)


def _goal_cells(line: _Task) -> tuple[Value, ...]:
    """The target as printed and as a number, by how much the path passes it, whether it is reached."""
    path, goal, shown = line.path, line.goal, Listing((asked_value(line.path),))
    if goal is None or path.goal is None or path.due is None:
        return shown, None, None, None
    form = step_form(path.indicator, path.decimals)
    last = Term(f"{line.column(line.due)}{line.row}", path.values[line.due - path.years[0]])
    beyond = last.minus(goal).rounded(path.decimals + (2 if form.scale != 1 else 0))
    passed = Cell(beyond.value, form, scaled(beyond, form).formula)
    reached = _reached(path, last, beyond._replace(formula=line.after(2)))
    return shown, _asked(path.goal, path), passed, reached


def _reached(path: Path, last: Term, beyond: Term) -> Cell:
    """Yes or no: on the bound's side, else the better side, else the number itself; in a range, its ends."""
    assert path.goal is not None
    ends, yes, no = path.goal.interval, text("yes"), text("no")
    if path.bound == "range" and ends.low is not None and ends.high is not None:
        low, high = float(ends.low), float(ends.high)
        formula = f"AND({last.formula}>={low!r},{last.formula}<={high!r})"
        holds = low <= last.value <= high
    else:
        side = _SIDES.get(path.bound or "") or _SIDES.get(path.indicator.better or "", "=")
        formula = f"{beyond.formula}{side}0"
        holds = {">=": beyond.value >= 0, "<=": beyond.value <= 0, "=": beyond.value == 0}[side]
    whole = Listing(("IF(", formula, ',"', yes, '","', no, '")'), "")
    return Cell(yes if holds else no, formula=whole)


_SIDES = {"ge": ">=", "gt": ">=", "le": "<=", "lt": "<=", "up": ">=", "down": "<="}


TITLES = (
    *words("indicator", "unit", "base year", "base value", "year", "actual", "path", "gap"),
    *words("so far a year", "planned a year", "needed a year", "target year"),
    *words("at this pace in the target year", "target value", "target, as printed", "status"),
    *words("remarks"),
)
START, BASE, YEAR, ACTUAL, PATH, _, OBSERVED, PLANNED, _, DUE, _, TARGET = map(column_name, range(2, 14))


def _progress(tracking: Tracking, names: Names) -> Table:
    note = text("blue numbers may be changed; the status is that of the numbers given, rounding allowed for")
    table = Table(text("Progress"), TITLES, notes=[note], frozen=1)
    for row in tracking.rows:
        if row.actual is not None:
            line = _Tracked(row, row.actual, FIRST_ROW + len(table.rows))
            table.rows.append((*_whose(row.path, names), *_tracked_cells(line, tracking.year)))
    return table


class _Tracked(NamedTuple):
    row: Progress
    actual: Actual
    number: int

    def cell(
        self, value: float | None, form: Form, term_of: Callable[..., Term | None], *columns: str
    ) -> Cell | None:
        """A value by formula, where these columns have the numbers for it."""
        if value is None:
            return None
        terms = self.terms(columns)
        term = term_of(*terms) if len(terms) == len(columns) else None
        return Cell(value, form) if term is None else live(term, value, form)

    def terms(self, columns: Sequence[str]) -> list[Term]:
        """The numbers of these columns, without those that have none."""
        path, pace = self.row.path, self.row.pace
        numbers = {
            START: path.years[0] if path.years else None,
            BASE: _asked_value(path.first),
            YEAR: self.actual.year,
            ACTUAL: _asked_value(_level(self.actual, path)),
            OBSERVED: _nominal(pace.observed),
            PLANNED: _nominal(pace.required),
            DUE: path.due,
            TARGET: path.asked,
        }
        found = ((column, numbers[column]) for column in columns)
        return [Term(f"{column}{self.number}", float(value)) for column, value in found if value is not None]


def _level(actual: Actual, path: Path) -> Measure | None:
    """What is comparable with base and target: a published growth rate is not, nor a level with an index."""
    return actual.measure if actual.kind == "level" and path.holds_levels else None


def _nominal(amount: Implied | None) -> float | None:
    return amount.nominal if amount is not None else None


def _tracked_cells(line: _Tracked, year: int) -> tuple[Value, ...]:
    row, actual, path, pace = line.row, line.actual, line.row.path, line.row.pace
    form, limit = level_form(path.indicator, path.decimals), kept(row)

    def projected(base: Term, pace: Term, due: Term, start: Term) -> Term:
        return _after(base, pace, due.minus(start), path)

    def planned(base: Term, *others: Term) -> Term:
        return _whole(projected(base._replace(value=path.values[0]), *others), path)

    finer = level_form(path.indicator, max(path.decimals, 1))
    return (
        path.years[0] if path.years else None,
        _asked(path.first, path),
        actual.year,
        _asked(_level(actual, path), path),
        line.cell(row.due_by_year.get(actual.year), form, planned, BASE, PLANNED, YEAR, START)
        if limit is None
        else line.cell(float(limit), form, lambda target: target, TARGET),
        _gap(line),
        _pace(line, pace.observed, BASE, ACTUAL, START, YEAR),
        _pace(line, pace.required, BASE, TARGET, START, DUE),
        _pace(line, pace.remaining, ACTUAL, TARGET, YEAR, DUE),
        path.due,
        line.cell(_nominal(pace.projected), finer, projected, BASE, OBSERVED, DUE, START),
        _asked(path.goal, path),
        Listing((asked_value(row.target),)),
        status_name(row, year),
        _remarks(((row.why,) if row.why else ()) + row.notes),
    )


def _gap(line: _Tracked) -> Cell | None:
    gap, path, limit = _nominal(line.row.pace.gap), line.row.path, kept(line.row)
    if gap is None:
        return None
    gap = gap if limit is None else float(line.actual.measure.value - limit)
    form = step_form(path.indicator, max(path.decimals, printed_decimals(line.actual.measure)))
    actual, planned = (Term(f"{column}{line.number}", 0.0) for column in (ACTUAL, PATH))
    return Cell(gap, form, scaled(actual.minus(planned), form).formula)


def _pace(line: _Tracked, pace: Implied | None, *columns: str) -> Cell | None:
    path, form = line.row.path, _pace_form(line.row.path)

    def term(first: Term, last: Term, start: Term, due: Term) -> Term | None:
        years = due.minus(start)
        if path.in_steps:
            return scaled(last.minus(first).over(years), form)
        return growth(first, last, years) if first.value > 0 and last.value >= 0 else None

    return line.cell(_nominal(pace), form, term, *columns)


def _actuals(actuals: Sequence[Actual], names: Names) -> Table:
    columns = words("indicator", "unit", "year", "as printed", "number", "file", "line")
    table = Table(text("Actuals"), columns, frozen=1)
    for actual in actuals:
        indicator, (file, line, *_) = names.indicators[actual.indicator], actual.position
        is_growth, form = actual.kind == "growth", level_form(indicator, printed_decimals(actual.measure))
        value = Cell(actual.value, PER_CENT if is_growth else form)
        name, unit = names.quantity(indicator, actual.place), PERCENT if is_growth else names.unit(indicator)
        time: Value = actual.year if actual.months is None else time_words(actual.year, actual.months)
        table.rows.append((name, unit, time, actual.text, value, file, line))
    return table
