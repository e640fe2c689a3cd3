"""Actuals as a table: a year a row, years across, or indicators across."""

from __future__ import annotations

import re
from functools import partial
from itertools import islice
from typing import TYPE_CHECKING, Literal, NamedTuple, Protocol

from plantrack.findings import Level
from plantrack.language import listing, shortened, text
from plantrack.numbers.words import MINUS, SIGN_OF, any_of, bounds
from plantrack.reading.delimited import Broken, Cell, Row
from plantrack.reading.heading_times import WHOLE, looks_like_time, read_time, read_year, time_above
from plantrack.reading.headings import COLUMNS, MOST_ROWS, Columns
from plantrack.reading.problems import Problem, problem
from plantrack.reading.table_units import UnitRows, speak_of_unit

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from plantrack.language import Text
    from plantrack.plan.tree import Spot
    from plantrack.reading.headings import Column, Known
    from plantrack.reading.problems import Problems

HEADING_ROWS = 10
HEADING_LINES = 1_000
"""So many rows a title may take up before the headings, and so many lines with the empty ones."""


class Grid(Protocol):
    """A table saved as text, or a worksheet."""

    @property
    def name(self) -> str: ...
    @property
    def separators(self) -> str: ...
    def rows(self, separator: str, lines: int | None = None) -> Iterator[Row]: ...
    def lines(self) -> Iterator[str]: ...


class Entry(NamedTuple):
    """One value as written: name, place, year, value, unit; empty where nothing is written.

    `spots` tells where a part stands. `units` are those that the table says its numbers are in,
    where the row names none; `None` where what it says is not understood. `note` is what the heading says of
    how far the value is settled; where it `grows`, the value is the growth on the year before.
    """

    name: str
    place: str
    year: str
    value: str
    unit: str
    spots: Callable[[Part], Spot]
    units: tuple[str, ...] | None = ()
    note: str = ""
    grows: bool = False


Part = Literal["name", "place", "year", "value"]


def read_table(table: Grid, known: Known, problems: Problems) -> Iterator[Entry]:
    """The entries of a table, row by row; what is wrong with its form goes to `problems`."""
    try:
        found = _best_reading(table, known)
    except Broken as error:
        problems.add(problem(error.name, error.spot, error.message))
        return
    if found.columns is None or not found.columns.is_complete:
        odd = [each.cell for each in found.columns.not_read] if found.columns is not None else []
        times = [each for each in odd if looks_like_time(each.key)]
        for each in times:
            problems.add(_odd_heading(each))
        if not times:
            problems.add(_no_headings(found.columns))
        return
    if found.columns.is_mixed:
        problems.add(_problem("invalid-value", found.columns.heading, _BOTH_FORMS))
        return
    if (second := found.columns.second_time) is not None:
        problems.add(_odd_heading(second))
        return
    try:
        yield from _entries_of(table, found, known, problems)
    except Broken as error:
        problems.add(problem(error.name, error.spot, error.message))


_BOTH_FORMS = text("a table has years across or a column of years, not both")


class _Reading(NamedTuple):
    """A table's separator, its headings, and the row in which these begin, from 0."""

    separator: str
    columns: Columns | None
    heading: int


def _best_reading(table: Grid, known: Known) -> _Reading:
    """The separator and the rows whose headings are understood best.

    Raises:
        Broken: where none are understood, and the first rows cannot be read with the separator
            that is most frequent in them.
    """
    best, broken = _Reading(table.separators[0], None, 0), list[tuple[str, Broken]]()
    for separator in table.separators:
        rows: list[Row] = []
        try:
            rows.extend(islice(table.rows(separator, HEADING_LINES), HEADING_ROWS + MOST_ROWS))
        except Broken as error:
            broken.append((separator, error))
        for number in range(min(len(rows), HEADING_ROWS)):
            for height in range(1, min(MOST_ROWS, len(rows) - number) + 1):
                if height > 1 and any(
                    map(_NUMBER.fullmatch, filter(_is_no_year, rows[number + height - 1].texts))
                ):
                    break
                columns = Columns(rows[number : number + height], known, time_above(rows[:number]))
                if best.columns is None or columns.score > best.columns.score:
                    best = _Reading(separator, columns, number)
    if broken and (best.columns is None or not best.columns.is_complete):
        head = "".join(islice(table.lines(), HEADING_ROWS))
        raise max(broken, key=lambda each: head.count(each[0]))[1]
    return best


def _is_no_year(written: str) -> bool:
    return read_year(written) is None


def _entries_of(table: Grid, found: _Reading, known: Known, problems: Problems) -> Iterator[Entry]:
    columns = found.columns
    assert columns is not None
    rows = table.rows(found.separator)
    units = UnitRows(known.is_unit, problems)
    for row in islice(rows, found.heading):
        units.read_title(row.cells)
        if (value := _value_in_title(row, known)) is not None:
            problems.add(_problem("wrong-type", value, _ABOVE))
    headings = [row.texts for row in islice(rows, len(columns.rows))]
    units.read_title(columns.bracketed)
    check, layout = _Form(columns, found.separator, problems), _Layout(columns, problems)
    for each in rows:
        if each.texts in headings:
            continue  # they stand again on the next page
        row = check.unmerged(each) if each.merged else each
        entries = layout.entries(row) if check.is_in_place(row) else ()
        own = units.units
        if speak_of_unit(row.texts):
            own = units.read(row, has_numbers=bool(entries))
        elif entries:
            units.last = None
        else:
            check.require_no_lone_number(row)
        yield from entries if own == () else [entry._replace(units=own) for entry in entries]
    units.finish()


def _value_in_title(row: Row, known: Known) -> Cell | None:
    """A number in a row above the headings that names an indicator, and so is none of a title."""
    cells = [each for each in row.cells if each.text]
    if not any(known.is_indicator(each.key) for each in cells):
        return None
    return next((each for each in cells if _is_meant_as_number(each.text)), None)


def _is_meant_as_number(written: str) -> bool:
    number = _BEFORE_NUMBER.sub("", written)
    return number[:1].isdigit() and read_year(written) is None


_BEFORE_NUMBER = re.compile(rf"\A(?:[{MINUS}]|{any_of((*SIGN_OF, *bounds('before')))})*")


_ABOVE = text("a value stands above the headings, where it is not read: move the headings above it")


class _Form:
    """Tells cells that stand where no value is read."""

    def __init__(self, columns: Columns, separator: str, problems: Problems) -> None:
        self.columns, self.separator, self.problems = columns, separator, problems
        self.unit = columns.roles.get("unit", columns.width)
        self.first_value = max(1, min(columns.values))
        self.name = columns.roles.get("indicator", columns.roles.get("year", 0))
        self.not_read = (*columns.odd, *columns.aside)

    def unmerged(self, row: Row) -> Row:
        """A row with what stands in merged cells over it; a number in one is told, for its place is not sure."""
        texts = row.texts + [""] * (max(row.merged) + 1 - len(row.texts))
        for at, first in row.merged.items():
            if at in self.columns.values and (first.row, first.column) == (row.line, at + 1):
                if any(map(str.isdigit, first.text)):
                    self.problems.add(_problem("wrong-type", first, _MERGED))
                texts[at] = ""
            elif at in self.columns.roles.values() and first.column == at + 1:
                texts[at] = first.text
        return row._replace(texts=texts)

    def is_in_place(self, row: Row) -> bool:
        """Whether the cells of a row stand under the headings that are meant."""
        for at in self.not_read:
            if (cell := row.cell(at)).text:
                self.report_odd(at, cell)
        swallowing = next(filter(self.holds_rows, row.cells), None) if row.is_broken else None
        if swallowing is not None:
            self.problems.add(_problem("wrong-type", swallowing, _SWALLOWED))
            return False
        astray = self.astray(row)
        if astray is not None:
            message = _BEHIND if astray.column > self.columns.width else _ASTRAY
            said = text(message.template, found=shortened(astray.text))
            self.problems.add(_problem("wrong-type", astray, said))
        return astray is None

    def holds_rows(self, cell: Cell) -> bool:
        """Whether lines of a cell look like rows of this table, as when quotation marks pair up wrongly."""
        first, *others = cell.text.split("\n")
        return bool(others) and any(
            line.count(self.separator) >= self.first_value and any(map(str.isdigit, line))
            for line in (first, *others)
        )

    def astray(self, row: Row) -> Cell | None:
        """A cell behind the last heading, or a number in the column of units."""
        texts, width = row.texts, self.columns.width
        if len(texts) > width:
            behind = next((at for at, each in enumerate(texts[width:], width) if each), None)
            if behind is not None:
                return row.cell(behind)
        if self.unit < len(texts) and texts[self.unit][:1].isdigit():
            return row.cell(self.unit)
        return None

    def require_no_lone_number(self, row: Row) -> None:
        """Tell a number in the columns of names and of times, in a row that has no value."""
        for cell in map(row.cell, sorted({self.name, self.columns.roles.get("year", self.name)})):
            if _NUMBER.fullmatch(cell.text) and read_time(cell.text) is None:
                message = text(_ASTRAY.template, found=shortened(cell.text))
                self.problems.add(_problem("wrong-type", cell, message))

    def report_odd(self, at: int, cell: Cell) -> None:
        if self.problems.is_new(("heading", at)):
            if at in self.columns.aside:
                found = _set_aside(self.columns.aside[at].cell)
                self.problems.add(found, shared=("heading", at))
            elif self.columns.odd[at].cell.text:
                self.problems.add(_odd_heading(self.columns.odd[at].cell))
            else:
                message = text(
                    '"{found}" stands under an empty heading, where it is not read: name the column',
                    found=shortened(cell.text),
                )
                self.problems.add(_problem("unknown-key", cell, message), shared=("heading", at))


_NUMBER = re.compile(r"-?[0-9][0-9.,]*%?")
_ASTRAY = text(
    '"{found}" stands in a column where it does not belong: is a number with a thousands separator not in '
    'quotes? Write "1,234.5" or 1234.5'
)
_BEHIND = text(
    '"{found}" stands under no heading: name the column; or is a number with a thousands separator not in '
    'quotes? Write "1,234.5" or 1234.5'
)
_MERGED = text("a number in merged cells: which year or indicator it belongs to is not sure; unmerge them")
_SWALLOWED = text("the cell holds whole rows, which are not read: is a quotation mark opened and not closed?")


# -- headings ------------------------------------------------------------------------------------


def _problem(name: str, cell: Cell, message: Text) -> Problem:
    return problem(name, (cell.row, cell.column), message)


def _set_aside(cell: Cell) -> Problem:
    message = text(
        'the column "{heading}" is set aside: only values of years or months, and their growth, are read',
        heading=shortened(cell.text),
    )
    return _problem("unknown-key", cell, message)._replace(level=Level.NOTE)


def _odd_heading(cell: Cell) -> Problem:
    if any(cell.key.partition("(")[0] in headings for headings in COLUMNS.values()):
        message = text('the heading "{heading}" stands twice: keep one column', heading=shortened(cell.text))
        return _problem("duplicate-key", cell, message)
    if looks_like_time(cell.key) and cell.key not in COLUMNS["year"]:
        message = text(
            '"{found}" is no time: write 2023, 2023年1—9月, 2023年9月末 or 2023Q3', found=shortened(cell.text)
        )
        return _problem("invalid-time", cell, message)
    known = (headings[0] for role, headings in COLUMNS.items() if role)
    message = text(
        'the heading "{heading}" is not understood; headings are {known}, years, or one that is passed over: {others}',
        heading=shortened(cell.text),
        known=listing(*known),
        others=listing(*COLUMNS[""][:6]),
    )
    return _problem("unknown-key", cell, message)


def _no_headings(columns: Columns | None) -> Problem:
    spot = (columns.heading.row, columns.heading.column) if columns is not None else (1, 1)
    message = text(
        "no headings are found: one of the first rows must name the columns, 指标,年份,数值,单位 "
        "(indicator,year,value,unit), 指标,单位,2021,2022 with years across, or 年份 and indicators across"
    )
    return problem("missing-key", spot, message)


def _time_of(column: Column, year: str) -> str:
    """The time of a value: that of its column, the months of a column in the year of its row, or that of its row."""
    if column.year is None:
        return year
    period = column.period
    if not year or period is None or period.year is not None:
        return column.year.text
    return f"{read_year(year) or year}年{column.year.text}"


class _Layout:
    """Takes rows apart: one value in long form, one for each year or indicator in wide form."""

    def __init__(self, columns: Columns, problems: Problems) -> None:
        self.name, self.place, self.unit, self.year = (
            columns.roles.get(role, columns.width) for role in ("indicator", "place", "unit", "year")
        )
        self.values = tuple(columns.values.items())
        self.nothing = [""] * (columns.width + 1)
        self.problems, self.last = problems, ("", "")
        self.months = columns.roles.get("months", columns.width)
        self.of_months = "季度" if "季" in columns.heading_of("months") else "月"
        self.is_long = not columns.is_across and "indicator" in columns.roles

    def entries(self, row: Row) -> Sequence[Entry]:
        """What a row gives that is no longer than the headings."""
        texts = row.texts + self.nothing[len(row.texts) :]
        name, place, unit, year = texts[self.name], texts[self.place], texts[self.unit], texts[self.year]
        if self.months < len(self.nothing) - 1:
            year = self._with_months(year, texts[self.months])
        if self.is_long:
            if not name:
                name = self._name_above(row, year)
            self.last = name, year
        return [
            Entry(
                column.name.text if column.name else name,
                place,
                _time_of(column, year),
                value,
                column.unit if column.grows else unit or column.unit,
                partial(self._spot, row.line, at, column),
                note=column.note,
                grows=column.grows,
            )
            for at, column in self.values
            if (value := texts[at])
        ]

    def _with_months(self, year: str, months: str) -> str:
        """The time that a year and what stands in a column of months tell together."""
        said = months + self.of_months if months.isdigit() else months
        if (time := read_time(said)) is not None and time.year is not None:
            return said
        return f"{read_year(year) or year}年{'' if said == WHOLE else said or '?'}"

    def _name_above(self, row: Row, year: str) -> str:
        """The name of the row above, where this is of the next year, as tables with merged cells are saved."""
        name, before = self.last
        years = read_year(before), read_year(year)
        if not name or None in years or int(years[1] or 0) != int(years[0] or 0) + 1:
            return ""
        if self.problems.is_new(("above", name)):
            message = text('no name stands here: "{name}" of the row above is taken', name=shortened(name))
            found = _problem("missing-key", row.cell(self.name), message)._replace(level=Level.WARNING)
            self.problems.add(found, ("above", name))
        return name

    def _spot(self, line: int, at: int, column: Column, part: Part) -> Spot:
        heading = column.year if part == "year" else column.name if part == "name" else None
        if heading is not None:
            return heading.row, heading.column
        return line, at + 1 if part == "value" else getattr(self, part) + 1
