"""Actuals as a table: which column is what, in long form (a year a row) or wide form (years across)."""

from __future__ import annotations

import re
from functools import partial
from itertools import islice
from typing import TYPE_CHECKING, Literal, NamedTuple

from plantrack.language import listing, shortened, text
from plantrack.numbers.footnote_marks import narrowed
from plantrack.numbers.words import MINUS, SIGN_OF, any_of, bounds
from plantrack.reading.delimited import SEPARATORS, Broken, Cell, Row, Table
from plantrack.reading.problems import Problem, problem
from plantrack.reading.table_units import UnitRows, speaks_of_unit

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from plantrack.language import Text
    from plantrack.plan.tree import Spot
    from plantrack.reading.problems import Problems

COLUMNS: dict[str, tuple[str, ...]] = {
    "indicator": ("指标", "指标名称", "名称", "项目", "indicator", "name", "id"),
    "year": ("年份", "年度", "年", "时间", "year"),
    "value": ("数值", "值", "实际值", "实际", "完成值", "实际完成", "完成情况", "value", "actual"),
    "growth": ("增速", "增长率", "同比增长", "比上年增长", "增长", "growth"),
    "unit": ("单位", "计量单位", "unit"),
    "place": ("地区", "城市", "place", "region"),
    "": (
        "序号",
        "编号",
        "备注",
        "说明",
        "来源",
        "数据来源",
        "no",
        "no.",
        "note",
        "notes",
        "source",
        "remarks",
    ),
}
"""What a column holds -> the headings it may have; the last are passed over."""
_KNOWN = {heading: role for role, headings in COLUMNS.items() for heading in headings}
_YEAR = re.compile(r"([0-9]{4})(?:\.0)?(?:年|年末|年底|年度)?")
HEADING_ROWS = 10
HEADING_LINES = 1_000
"""So many rows a title may take up before the headings, and so many lines with the empty ones."""


class Entry(NamedTuple):
    """One value as written: name, place, year, value, unit; empty where nothing is written.

    `spots` tells where a part stands. `units` are those that the table says its numbers are in,
    where the row names none; `None` where what it says is not understood. `is_growth` is a value on the year before.
    """

    name: str
    place: str
    year: str
    value: str
    unit: str
    spots: Callable[[Part], Spot]
    units: tuple[str, ...] | None = ()
    is_growth: bool = False


Part = Literal["name", "place", "year", "value"]


class Known(NamedTuple):
    """What tells units and names of indicators from other words."""

    is_unit: Callable[[str], bool]
    is_indicator: Callable[[str], bool]


class _Columns(NamedTuple):
    """The headings of a table: the column of each role, and for wide tables of each year.

    `odd` are headings that are not understood, stand twice or are empty.
    """

    roles: dict[str, int]
    years: dict[int, Cell]
    unit: str
    bracketed: tuple[Cell, ...]
    odd: dict[int, Cell]
    heading: Cell
    width: int

    @property
    def is_complete(self) -> bool:
        return "indicator" in self.roles and (
            bool(self.years) or ("year" in self.roles and bool({"value", "growth"} & self.roles.keys()))
        )

    @property
    def score(self) -> tuple[bool, int]:
        return self.is_complete, len(self.roles) + len(self.years)


def read_year(written: str) -> str | None:
    """`2023` from `2023`, `２０２３年`, `2023年末` or a spreadsheet's `2023.0`; `None` for anything else."""
    try:
        match = _YEAR.fullmatch(narrowed(written))
    except ValueError:
        return None
    return match[1] if match is not None else None


def read_table(table: Table, known: Known, problems: Problems) -> Iterator[Entry]:
    """The entries of a table, row by row; what is wrong with its form goes to `problems`."""
    try:
        found = _best_reading(table)
    except Broken as error:
        problems.add(problem(error.name, error.spot, error.message))
        return
    if found.columns is None or not found.columns.is_complete:
        problems.add(_no_headings(found.columns))
        return
    columns = found.columns
    if columns.years and {"year", "value"} & columns.roles.keys():
        problems.add(_problem("invalid-value", columns.heading, _BOTH_FORMS))
        return
    try:
        yield from _entries_of(table, found, known, problems)
    except Broken as error:
        problems.add(problem(error.name, error.spot, error.message))


_BOTH_FORMS = text("a table has years across or a column of years, not both")


class _Reading(NamedTuple):
    """A table's separator, its headings, and the row in which these stand, from 0."""

    separator: str
    columns: _Columns | None
    heading: int


def _best_reading(table: Table) -> _Reading:
    """The separator whose headings are understood best.

    Raises:
        Broken: where none are understood, and the first rows cannot be read with the separator
            that is most frequent in them.
    """
    best, broken = _Reading(SEPARATORS[0], None, 0), list[tuple[str, Broken]]()
    for separator in SEPARATORS:
        try:
            for number, row in enumerate(islice(table.rows(separator, HEADING_LINES), HEADING_ROWS)):
                columns = _columns(row)
                if best.columns is None or columns.score > best.columns.score:
                    best = _Reading(separator, columns, number)
        except Broken as error:
            broken.append((separator, error))
    if broken and (best.columns is None or not best.columns.is_complete):
        head = "".join(islice(table.lines(), HEADING_ROWS))
        raise max(broken, key=lambda each: head.count(each[0]))[1]
    return best


def _entries_of(table: Table, found: _Reading, known: Known, problems: Problems) -> Iterator[Entry]:
    columns = found.columns
    assert columns is not None
    rows = table.rows(found.separator)
    units = UnitRows(known.is_unit, problems)
    for row in islice(rows, found.heading):
        units.read_title(row.cells)
        if (value := _value_in_title(row, known)) is not None:
            problems.add(_problem("wrong-type", value, _ABOVE))
    next(rows)
    units.read_title(columns.bracketed)
    check, layout = _Form(columns, found.separator, problems), _Layout(columns)
    for row in rows:
        entries = layout.entries(row) if check.is_in_place(row) else ()
        own = units.units
        if any(map(speaks_of_unit, row.texts)):
            own = units.read(row, has_numbers=bool(entries))
        elif entries:
            units.last = None
        else:
            check.require_no_lone_number(row)
        yield from entries if own == () else [each._replace(units=own) for each in entries]
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

    def __init__(self, columns: _Columns, separator: str, problems: Problems) -> None:
        self.columns, self.separator, self.problems = columns, separator, problems
        self.unit = columns.roles.get("unit", columns.width)
        self.first_value = max(1, min(columns.years, default=columns.roles.get("value", 1)))

    def is_in_place(self, row: Row) -> bool:
        """Whether the cells of a row stand under the headings that are meant."""
        for at in self.columns.odd:
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
            return row.cell(next(at for at, each in enumerate(texts) if each and at >= width))
        if self.unit < len(texts) and texts[self.unit][:1].isdigit():
            return row.cell(self.unit)
        return None

    def require_no_lone_number(self, row: Row) -> None:
        """Tell a number in the column of names, in a row that has no value."""
        name = row.cell(self.columns.roles["indicator"])
        if _NUMBER.fullmatch(name.text) and read_year(name.text) is None:
            self.problems.add(
                _problem("wrong-type", name, text(_ASTRAY.template, found=shortened(name.text)))
            )

    def report_odd(self, at: int, cell: Cell) -> None:
        heading = self.columns.odd[at]
        if self.problems.is_new(("heading", at)):
            if heading.text:
                self.problems.add(_odd_heading(heading))
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
_SWALLOWED = text("the cell holds whole rows, which are not read: is a quotation mark opened and not closed?")


# -- headings ------------------------------------------------------------------------------------


def _columns(row: Row) -> _Columns:
    roles: dict[str, int] = {}
    years: dict[int, Cell] = {}
    odd: dict[int, Cell] = {}
    bracketed, unit = [], ""
    for at, cell in enumerate(row.cells):
        bare, _, inside = cell.key.rstrip(")").partition("(")
        role = _KNOWN.get(bare)
        if role and role not in roles:
            roles[role] = at
            if role == "value" and not speaks_of_unit(cell.text):
                unit = inside
            elif inside:
                bracketed.append(cell)
        elif role is None and read_year(cell.text):
            years[at] = cell
        elif role != "":
            odd[at] = cell
    return _Columns(roles, years, unit, tuple(bracketed), odd, row.cell(0), len(row.texts))


def _problem(name: str, cell: Cell, message: Text) -> Problem:
    return problem(name, (cell.row, cell.column), message)


def _odd_heading(cell: Cell) -> Problem:
    if cell.key.partition("(")[0] in _KNOWN:
        message = text('the heading "{heading}" stands twice: keep one column', heading=shortened(cell.text))
        return _problem("duplicate-key", cell, message)
    known = (headings[0] for role, headings in COLUMNS.items() if role)
    message = text(
        'the heading "{heading}" is not understood; headings are {known}, years, or one that is passed over: {others}',
        heading=shortened(cell.text),
        known=listing(*known),
        others=listing(*COLUMNS[""][:6]),
    )
    return _problem("unknown-key", cell, message)


def _no_headings(columns: _Columns | None) -> Problem:
    spot = (columns.heading.row, columns.heading.column) if columns is not None else (1, 1)
    return problem(
        "missing-key",
        spot,
        text(
            "no headings are found: the first row must name the columns, 指标,年份,数值,单位 "
            "(indicator,year,value,unit), or 指标,单位,2021,2022 with years across"
        ),
    )


class _Layout:
    """Takes rows apart: one value in long form, one for each year in wide form."""

    def __init__(self, columns: _Columns) -> None:
        self.name, self.place, self.unit, self.year, self.value, self.growth = (
            columns.roles.get(role, columns.width)
            for role in ("indicator", "place", "unit", "year", "value", "growth")
        )
        self.unit_of_values = columns.unit
        self.years = tuple(columns.years.items())
        self.nothing = [""] * (columns.width + 1)

    def entries(self, row: Row) -> Sequence[Entry]:
        """What a row gives that is no longer than the headings."""
        line, texts = row.line, row.texts + self.nothing[len(row.texts) :]
        name, place, unit = texts[self.name], texts[self.place], texts[self.unit] or self.unit_of_values
        if not self.years:
            year, spots = texts[self.year], partial(self._spot, line)
            found = [Entry(name, place, year, value, unit, spots)] if (value := texts[self.value]) else []
            if growth := texts[self.growth]:
                grown = partial(self._spot_of_growth, line)
                found.append(Entry(name, place, year, growth, "%", grown, is_growth=True))
            return found
        return [
            Entry(name, place, year.text, value, unit, partial(self._spot_across, line, at, year))
            for at, year in self.years
            if (value := texts[at])
        ]

    def _spot(self, line: int, part: Part) -> Spot:
        return line, getattr(self, part) + 1

    def _spot_of_growth(self, line: int, part: Part) -> Spot:
        return line, self.growth + 1 if part == "value" else getattr(self, part) + 1

    def _spot_across(self, line: int, at: int, year: Cell, part: Part) -> Spot:
        if part == "year":
            return year.row, year.column
        return line, at + 1 if part == "value" else getattr(self, part) + 1
