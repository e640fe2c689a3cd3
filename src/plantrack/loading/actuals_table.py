"""Actuals as a table: which column is what, in long form (a year a row) or wide form (years across)."""

from __future__ import annotations

import csv
import re
from typing import TYPE_CHECKING, NamedTuple

from plantrack.language import listing, shortened, text
from plantrack.loading.delimited import MAX_ROWS, SEPARATORS, Cell, read_rows
from plantrack.loading.problems import Problem, problem
from plantrack.numeral import narrowed

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from plantrack.language import Text

COLUMNS: dict[str, tuple[str, ...]] = {
    "indicator": ("指标", "指标名称", "名称", "项目", "indicator", "name", "id"),
    "year": ("年份", "年度", "年", "时间", "year"),
    "value": ("数值", "值", "实际值", "实际", "完成值", "实际完成", "完成情况", "value", "actual"),
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
"""So many rows a title may take up before the headings."""


class Entry(NamedTuple):
    """One value as written, with where each part stands: name, place, year, value, unit.

    `units` are those that the table says its numbers are in, where the row names none; `None` where
    what it says is not understood.
    """

    name: Cell
    place: Cell | None
    year: Cell
    value: Cell
    unit: Cell | None
    units: tuple[str, ...] | None = ()


class _Columns(NamedTuple):
    """The headings of a table: the column of each role, and for wide tables of each year."""

    roles: dict[str, int]
    years: dict[int, Cell]
    unit: str
    bracketed: tuple[Cell, ...]
    unknown: tuple[Cell, ...]
    heading: Cell
    width: int

    @property
    def is_complete(self) -> bool:
        return "indicator" in self.roles and (bool(self.years) or {"year", "value"} <= self.roles.keys())

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


def read_table(content: str, is_unit: Callable[[str], bool]) -> tuple[list[Entry], list[Problem]]:
    """The entries of a table, and what is wrong with its form.

    Args:
        content: the text of the file.
        is_unit: whether something is a unit, as 亿元.
    """
    columns, above, rows, problems = _best_reading(content)
    if columns is None or not columns.is_complete:
        return [], problems or [_no_headings(columns)]
    if len(rows) >= MAX_ROWS:
        problems.append(problem("too-large", (MAX_ROWS, 1), text("more than {most} rows", most=MAX_ROWS)))
    problems += [_unknown(cell) for cell in columns.unknown if _is_used(cell, rows)]
    if columns.years and {"year", "value"} & columns.roles.keys():
        problems.append(
            problem(
                "invalid-value",
                (columns.heading.row, columns.heading.column),
                text("a table has years across or a column of years, not both"),
            )
        )
        return [], problems
    units = _UnitRows(is_unit, problems)
    for row in above:
        units.read(row)
    units.read(columns.bracketed)
    entries = []
    for row in rows:
        own = units.read(row, columns)
        found, more = _entries(row, columns)
        entries += [each._replace(units=own) for each in found]
        problems += more
    units.finish()
    return entries, problems


# -- units of the whole table --------------------------------------------------------------------

_WHO = "".join(f"(?<!{word})" for word in ("填报", "报送", "责任", "牵头", "编制", "主管", "制表", "各"))
"""Words before 单位 with which it means an office, not a unit."""
_UNIT_ROW = re.compile(rf"{_WHO}单位[:为]([^()]*)|\bunits?:([^()]*)")
_UNIT_ALONE = re.compile(r"(?:计量|金额|货币)?单位([^()]+)|.*\(([^()]+)\)")
_MONEY = re.compile("[十百千万亿]+[^0-9]{0,3}元")
"""A title in brackets that is an amount of some money is a unit, known or not."""
_BETWEEN_UNITS = re.compile("[、,;]|和|及")


class _UnitRows:
    """What a table says of its unit, row by row: `单位：千万元`, `（单位：亿元、%）`.

    A statement holds for the rows below it that name no unit of their own; in a row with numbers it
    holds for these. One that is not understood is a problem, and no number below it is read.
    """

    def __init__(self, is_unit: Callable[[str], bool], problems: list[Problem]) -> None:
        self.is_unit, self.problems = is_unit, problems
        self.units: tuple[str, ...] | None = ()
        self.last: Cell | None = None

    def read(self, row: Sequence[Cell], columns: _Columns | None = None) -> tuple[str, ...] | None:
        """The units that hold for this row, none where nothing is said; `None` where it is not understood."""
        has_numbers = columns is not None and bool(_entries(row, columns)[0])
        for number, cell in enumerate(row):
            rest = [each.key for each in row[number + 1 :] if each.text] if not has_numbers else []
            written = self.written(cell, rest, is_title=columns is None)
            if written is not None:
                units = self.understood(cell, written)
                if has_numbers:
                    return units
                self.units, self.last = units, cell
                break
        if has_numbers:
            self.last = None
        return self.units

    def written(self, cell: Cell, rest: Sequence[str], *, is_title: bool) -> list[str] | None:
        """The units that a cell names, with units in the cells behind it; `None` where it speaks of none."""
        match = _UNIT_ROW.search(cell.key)
        if match is not None:
            said = [match[1] or match[2] or "".join(rest[:1]), *filter(self.is_unit, rest)]
            parts = _BETWEEN_UNITS.split("、".join(said))
            return list(dict.fromkeys(each.removeprefix("人民币") for each in parts if each))
        alone = _UNIT_ALONE.fullmatch(cell.key) if is_title else None
        if alone is None:
            return None
        parts = _BETWEEN_UNITS.split(alone[1] or alone[2] or "")
        return parts if all(self.is_unit(each) or _MONEY.fullmatch(each) for each in parts) else None

    def understood(self, cell: Cell, written: Sequence[str]) -> tuple[str, ...] | None:
        strange = [each for each in written if not self.is_unit(each)]
        if written and not strange:
            return tuple(written)
        self.report(
            cell,
            text(
                '"{found}" is not understood: "{unit}" is no unit known here; write 单位：亿元 or 单位：亿元、%, or give each row its unit in a column 单位',
                found=shortened(cell.text),
                unit=shortened(strange[0] if strange else ""),
            ),
        )
        return None

    def finish(self) -> None:
        """Refuse a statement below all numbers: what it holds for is not sure."""
        if self.last is not None and self.units:
            self.report(
                self.last,
                text(
                    '"{found}" stands below the numbers: write it above them, or give each row its unit in a column 单位',
                    found=shortened(self.last.text),
                ),
            )

    def report(self, cell: Cell, message: Text) -> None:
        self.problems.append(problem("unit-mismatch", (cell.row, cell.column), message))


# -- headings ------------------------------------------------------------------------------------


def _best_reading(
    content: str,
) -> tuple[_Columns | None, list[list[Cell]], list[list[Cell]], list[Problem]]:
    """The separator whose headings are understood best, with the rows above and below them."""
    best: tuple[_Columns | None, list[list[Cell]], list[list[Cell]]] = None, [], []
    problems: list[Problem] = []
    for separator in SEPARATORS:
        try:
            rows = read_rows(content, separator)
        except csv.Error:
            problems = [problem("wrong-type", (1, 1), text("a quotation mark is opened and not closed"))]
            continue
        for number, row in enumerate(rows[:HEADING_ROWS]):
            columns = _columns(row)
            if best[0] is None or columns.score > best[0].score:
                best = columns, rows[:number], rows[number + 1 :]
    complete = best[0] is not None and best[0].is_complete
    return *best, [] if complete else problems


def _columns(row: Sequence[Cell]) -> _Columns:
    roles: dict[str, int] = {}
    years: dict[int, Cell] = {}
    unknown, bracketed, unit = [], [], ""
    for at, cell in enumerate(row):
        bare, _, inside = cell.key.rstrip(")").partition("(")
        role = _KNOWN.get(bare)
        if role and role not in roles:
            roles[role] = at
            if role == "value" and not _UNIT_ROW.search(cell.key):
                unit = inside
            elif inside:
                bracketed.append(cell)
        elif role is None and read_year(cell.text):
            years[at] = cell
        elif role is None and cell.text:
            unknown.append(cell)
    width = max((cell.column for cell in row if cell.text), default=0)
    return _Columns(roles, years, unit, tuple(bracketed), tuple(unknown), row[0], width)


def _is_used(heading: Cell, rows: Sequence[Sequence[Cell]]) -> bool:
    return any(len(row) >= heading.column and row[heading.column - 1].text for row in rows)


def _unknown(cell: Cell) -> Problem:
    known = (headings[0] for role, headings in COLUMNS.items() if role)
    return problem(
        "unknown-key",
        (cell.row, cell.column),
        text(
            'the heading "{heading}" is not understood; headings are {known}, years, or one that is passed over: {others}',
            heading=shortened(cell.text),
            known=listing(*known),
            others=listing(*COLUMNS[""][:6]),
        ),
    )


def _no_headings(columns: _Columns | None) -> Problem:
    spot = (columns.heading.row, columns.heading.column) if columns is not None else (1, 1)
    return problem(
        "missing-key",
        spot,
        text(
            "no headings are found: the first row must name the columns, 指标,年份,数值,单位 (indicator,year,value,unit), or 指标,单位,2021,2022 with years across"
        ),
    )


def _entries(row: Sequence[Cell], columns: _Columns) -> tuple[list[Entry], list[Problem]]:
    """A row's values: one in long form, one for each year in wide form."""
    extra = next((cell for cell in row[columns.width :] if cell.text), None)
    if extra is not None:
        return [], [_too_many(extra)]
    unit = _cell(row, columns.roles.get("unit"))
    if unit is not None and unit.key[:1].isdigit():
        return [], [_too_many(unit)]
    name, place = (_cell(row, columns.roles.get(role)) for role in ("indicator", "place"))
    if columns.unit and (unit is None or not unit.text):
        unit = row[0]._replace(text=columns.unit)
    years: dict[int, Cell | None] = dict(columns.years)
    if not years:
        years[columns.roles["value"]] = _cell(row, columns.roles["year"])
    entries = []
    for at, year in years.items():
        value = _cell(row, at)
        if value is not None and value.text and name is not None and year is not None:
            entries.append(Entry(name, place, year, value, unit))
    return entries, []


def _too_many(cell: Cell) -> Problem:
    return problem(
        "wrong-type",
        (cell.row, cell.column),
        text(
            '"{found}" stands in a column where it does not belong: is a number with a thousands separator not in quotes? Write "1,234.5" or 1234.5',
            found=shortened(cell.text),
        ),
    )


def _cell(row: Sequence[Cell], at: int | None) -> Cell | None:
    return row[at] if at is not None and at < len(row) else None
