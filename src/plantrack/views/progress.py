"""The worksheets of published values: as given, and held against the paths with live formulas."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from plantrack.language import Language, text
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
    points_form,
    quantity_name,
    rounded,
    titles,
    value_form,
)
from plantrack.views.table import said_text, unit_of
from plantrack.views.tasks import asked_value, in_points, pace_form
from plantrack.views.track import status_text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from plantrack.audit import Implied
    from plantrack.paths import Path
    from plantrack.plan.actuals import Actual
    from plantrack.plan.catalogue import Catalogue
    from plantrack.plan.plan import Plan
    from plantrack.track import Progress, Tracking

HEADINGS = (
    text("indicator"),
    text("unit"),
    text("base year"),
    text("base value"),
    text("year"),
    text("actual"),
    text("path"),
    text("gap"),
    text("so far a year"),
    text("planned a year"),
    text("needed a year"),
    text("target year"),
    text("at this pace in the target year"),
    text("target value"),
    text("target, as printed"),
    text("status"),
    text("remarks"),
)
BASE_YEAR, BASE, YEAR, ACTUAL, DUE_PATH, PLANNED, DUE, TARGET, OBSERVED = (
    column_name(at) for at in (2, 3, 4, 5, 6, 9, 11, 13, 8)
)


def progress_grid(tracking: Tracking, loaded: Plan, catalogue: Catalogue, language: Language) -> Grid:
    """A row for each indicator with an actual; gap and paces follow the numbers typed over."""
    plan = loaded.model
    grid = Grid(text("Progress").say(language), titles(HEADINGS, language))
    for row in tracking.rows:
        if row.actual is None:
            continue
        path = row.path
        name = quantity_name(Whose(path.indicator, path.place, path.scope), plan, catalogue, language)
        unit = unit_of(path.indicator, catalogue, language)
        line = _Line(row, row.actual, FIRST_ROW + len(grid.rows), tracking.year, language)
        grid.rows.append((Cell(name), Cell(unit), *_cells(line)))
    grid.notes.append(
        text(
            "blue numbers may be changed; the status is that of the numbers given, rounding allowed for"
        ).say(language)
    )
    return grid


class _Line(NamedTuple):
    row: Progress
    actual: Actual
    number: int
    year: int
    language: Language

    def at(self, column: str) -> str:
        return f"{column}{self.number}"


def _cells(line: _Line) -> list[Cell]:
    row, actual = line.row, line.actual
    path, pace = row.path, row.pace
    base, goal = asked_value(path.first), asked_value(path.goal)
    return [
        Cell(path.years[0]) if path.years else EMPTY,
        EMPTY if base is None else Cell(base, _form(path, printed_decimals(path.first)), is_input=True),
        Cell(actual.year),
        Cell(asked_value(actual.measure), _form(path, printed_decimals(actual.measure)), is_input=True),
        _due(line),
        _gap(line, pace.gap),
        _pace(line, pace.observed, (BASE, ACTUAL), (BASE_YEAR, YEAR)),
        _pace(line, pace.required, (BASE, TARGET), (BASE_YEAR, DUE)),
        _pace(line, pace.remaining, (ACTUAL, TARGET), (YEAR, DUE)),
        Cell(path.due),
        _projected(line, pace.projected),
        EMPTY if goal is None else Cell(goal, _form(path, printed_decimals(path.goal)), is_input=True),
        Cell(said_text(row.target.target or row.target.stated, line.language)),
        Cell(status_text(row, line.year).say(line.language)),
        Cell(
            "；".join(each.say(line.language) for each in ((row.why,) if row.why else ()) + row.notes) or None
        ),
    ]


def _form(path: Path, decimals: int) -> str:
    return value_form(path.indicator, decimals)


def _numbers(line: _Line) -> dict[str, float]:
    """The numbers of the row by column, to hold formulas against what tracking found."""
    path = line.row.path
    found = {YEAR: float(line.actual.year)}
    if path.years:
        found[BASE_YEAR] = float(path.years[0])
    if path.due is not None:
        found[DUE] = float(path.due)
    measures = {BASE: path.first, ACTUAL: line.actual.measure, TARGET: path.goal}
    values = {column: asked_value(measure) for column, measure in measures.items()}
    return found | {column: value for column, value in values.items() if value is not None}


def _due(line: _Line) -> Cell:
    """What the path has for the actual's year, by the pace planned where it is one pace for the whole way."""
    path, actual = line.row.path, line.actual
    if actual.year not in path.years:
        return EMPTY
    at = path.years.index(actual.year)
    value, form = path.values[at], _form(path, path.decimals)
    required = line.row.pace.required
    if required is None or required.nominal is None:
        return Cell(value, form)
    years = f"({line.at(YEAR)}-{line.at(BASE_YEAR)})"
    first = path.values[0]
    if path.in_steps:
        factor = in_points(path)
        by = f"{line.at(PLANNED)}/{factor}" if factor != 1 else line.at(PLANNED)
        formula, computed = f"{line.at(BASE)}+{by}*{years}", first + required.nominal * at
    else:
        formula = f"{line.at(BASE)}*(1+{line.at(PLANNED)})^{years}"
        computed = first * (1 + required.nominal) ** at
    if path.is_whole:
        formula, computed = f"ROUND({formula},0)", rounded(computed)
    return live(formula, computed, value, form)


def _gap(line: _Line, gap: Implied | None) -> Cell:
    if gap is None or gap.nominal is None:
        return EMPTY
    path = line.row.path
    decimals = max(path.decimals, printed_decimals(line.actual.measure))
    factor = in_points(path)
    shown = points_form(decimals, line.language) if factor != 1 else number_form(decimals)
    formula = f"({line.at(ACTUAL)}-{line.at(DUE_PATH)})*{factor}"
    return Cell(gap.nominal * factor, shown, formula)


def _pace(line: _Line, pace: Implied | None, ends: tuple[str, str], years: tuple[str, str]) -> Cell:
    """The pace from one number of the row to another."""
    if pace is None or pace.nominal is None:
        return EMPTY
    path, known = line.row.path, _numbers(line)
    form, factor = pace_form(path, line.language), in_points(path) if path.in_steps else 1
    value = pace.nominal * factor
    if any(each not in known for each in (*ends, *years)):
        return Cell(value, form)
    first, last = (known[each] for each in ends)
    span = known[years[1]] - known[years[0]]
    over = f"({line.at(years[1])}-{line.at(years[0])})"
    if path.in_steps:
        formula, computed = (
            f"({line.at(ends[1])}-{line.at(ends[0])})/{over}*{factor}",
            (last - first) / span * factor,
        )
    elif first <= 0 or last < 0:
        return Cell(value, form)
    else:
        formula = f"({line.at(ends[1])}/{line.at(ends[0])})^(1/{over})-1"
        computed = (last / first) ** (1 / span) - 1
    return live(formula, computed, value, form)


def _projected(line: _Line, projected: Implied | None) -> Cell:
    path, known = line.row.path, _numbers(line)
    if projected is None or projected.nominal is None:
        return EMPTY
    form = _form(path, max(path.decimals, 1))
    observed = line.row.pace.observed
    if observed is None or observed.nominal is None or not known.keys() >= {BASE, BASE_YEAR, DUE}:
        return Cell(projected.nominal, form)
    years = f"({line.at(DUE)}-{line.at(BASE_YEAR)})"
    span = known[DUE] - known[BASE_YEAR]
    if path.in_steps:
        factor = in_points(path)
        formula = f"{line.at(BASE)}+{line.at(OBSERVED)}/{factor}*{years}"
        computed = known[BASE] + observed.nominal * span
    else:
        formula = f"{line.at(BASE)}*(1+{line.at(OBSERVED)})^{years}"
        computed = known[BASE] * (1 + observed.nominal) ** span
    return live(formula, computed, projected.nominal, form)


ACTUAL_HEADINGS = (
    text("indicator"),
    text("unit"),
    text("year"),
    text("as printed"),
    text("number"),
    text("file"),
    text("line"),
)


def actuals_grid(actuals: Sequence[Actual], loaded: Plan, catalogue: Catalogue, language: Language) -> Grid:
    """The published values as given."""
    plan = loaded.model
    grid = Grid(text("Actuals").say(language), titles(ACTUAL_HEADINGS, language))
    known = {**catalogue.indicators, **plan.own}
    for actual in actuals:
        indicator = known[actual.indicator]
        grid.rows.append(
            (
                Cell(quantity_name(Whose(indicator, actual.place, ""), plan, catalogue, language)),
                Cell(unit_of(indicator, catalogue, language)),
                Cell(actual.year),
                Cell(actual.text),
                Cell(actual.value, value_form(indicator, printed_decimals(actual.measure))),
                Cell(actual.position.file),
                Cell(actual.position.line),
            )
        )
    return grid
