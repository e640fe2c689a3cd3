"""The headings of a table of actuals: what each column holds, told by one to three rows."""

from __future__ import annotations

import re
from functools import cache, partial
from typing import TYPE_CHECKING, NamedTuple

from plantrack.numbers.footnote_marks import split_marks
from plantrack.numbers.words import (
    COUNT,
    GROWN,
    PERIODS,
    POINTS,
    RANK,
    REPEATED,
    SIGN_OF,
    any_of,
)
from plantrack.plan.naming import key_of
from plantrack.reading.heading_times import (
    TO,
    YEAR,
    YEAR_BEFORE,
    months_in,
    reach_in,
    read_time,
    read_year,
    time_of,
    with_times,
)
from plantrack.reading.table_units import speaks_of_unit

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from plantrack.numbers.periods import Period
    from plantrack.reading.delimited import Cell, Row

    Read = Callable[[Cell], Mapping[str, str] | None]


COLUMNS: dict[str, tuple[str, ...]] = {
    "indicator": (
        *("指标", "指标名称", "名称", "项目", "主要指标", "指标名", "项目名称", "indicator", "name", "id"),
    ),
    "year": ("年份", "年度", "年", "时间", "时期", "期间", "期别", "日期", "year", "period", "date"),
    "months": ("月份", "月", "月度", "季度", "month", "quarter"),
    "value": (
        *("数值", "值", "实际值", "实际", "完成值", "实际完成", "完成情况", "完成", "完成数", "实际数"),
        *("绝对值", "绝对数", "总量", "指标值", "value", "actual"),
    ),
    "unit": ("单位", "计量单位", "unit"),
    "place": ("地区", "城市", "place", "region"),
    "": (
        *("序号", "编号", "备注", "说明", "来源", "数据来源", "属性", "指标属性", "类别", "分类", "责任单位"),
        *("牵头单位", "责任部门", "no", "no.", "note", "notes", "source", "remarks"),
    ),
}
"""What a column holds -> the headings it may have; the last are passed over."""
_KNOWN = {heading: role for role, headings in COLUMNS.items() for heading in headings}
MOST_ROWS = 3
"""Rows that the headings take up at most."""
LONGEST = 100
"""A longer text is no heading."""
STATUSES = {
    "": 0,
    **dict.fromkeys(("实际", "完成", "决算", "年报", "实绩", "最终核实", "基期", "基数"), 0),
    **dict.fromkeys(("快报", "初步", "初步核算", "初步统计", "统计快报"), 1),
    **dict.fromkeys(("预计", "预期", "预计完成"), 2),
}
"""How far a value is settled -> its rank: of the values of a year the most settled is read."""
STATUS = rf"(?:{any_of(STATUSES)})(?:完成)?(?:数据?|值|情况)?"
_GROWTH = re.compile(
    rf"(?:(?:同比|[比较]上年(?:同期)?)(?:{GROWN}|增减|增速)?|{GROWN}(?:速度)?|增速|增幅|growth)±?[%率]?"
)
_WORDS_ASIDE = (
    rf"{any_of(PERIODS)}|上半年|下半年|五年|上年|去年|同期|时期|期间|合计|累计|总计|完成|实际|进度|比例|占比|比重|占|全省|全国"
    rf"|排名|[{RANK}名]{REPEATED}|目标|任务|计划|规划|预期|年均|增减|增速|{any_of((*SIGN_OF, *POINTS))}"
)
_ASIDE = re.compile(
    rf"(?=.*(?:{_WORDS_ASIDE}))(?:{_WORDS_ASIDE}|(?<![0-9])(?:[0-9]{{4}}|[0-9]{{1,2}})(?![0-9])|{COUNT}"
    rf"|{TO}|[“”\"、/%年比较上前初末底率值数额量度均{RANK}])++"
)
"""What is neither a value of a whole year nor its growth on the year before: set aside.

Words are taken as they come (`++`): tried in every way, a heading of forty letters would take seconds.
"""
_FILLING = re.compile(
    rf"全年|各年度?|历年|年度|情况|全市|余额|^1{TO}12月(?:累计)?$|[“”\"]*{COUNT}(?<=五)[“”\"]*(?:时期|期间)?"
)
_BRACKETS = re.compile(r"\(([^()]*)\)")


class Known(NamedTuple):
    """What tells units and names of indicators from other words."""

    is_unit: Callable[[str], bool]
    is_indicator: Callable[[str], bool]


class Column(NamedTuple):
    """What a column holds. `role` is `None` where its headings are not understood, `aside` where it is set aside.

    A column of values may be of one `year` or of some of its months (`2023年1—9月`; of no year where none is told),
    or of one indicator (`name`), and of its growth. `before` is the same time of the year before, or that whole year.
    """

    cell: Cell
    role: str | None
    year: Cell | None = None
    name: Cell | None = None
    unit: str = ""
    note: str = ""
    grows: bool = False
    before: str = ""

    @property
    def period(self) -> Period | None:
        """The time that the headings tell; `None` where they tell none."""
        return read_time(self.year.text) if self.year is not None else None

    def at(self, period: Period, cell: Cell | None = None) -> Column:
        """The column as one of this time, told by that cell."""
        return self._replace(year=(cell or self.year or self.cell)._replace(text=period.text))

    @property
    def is_plain(self) -> bool:
        """Whether it is not set aside, and its headings tell no unit, no status and no indicator."""
        return not (self.role == "aside" or self.unit or self.note or self.name)


class Columns:
    """The columns of a table by its headings, which stand in one row or in several; `above` is what titles tell."""

    def __init__(self, rows: Sequence[Row], known: Known, above: Period | None = None) -> None:
        self.rows, self.heading, self.width = rows, rows[0].cell(0), max(len(each.texts) for each in rows)
        self.bracketed: list[Cell] = []
        self.roles: dict[str, int] = {}
        self.values: dict[int, Column] = {}
        self.odd: dict[int, Column] = {}
        self.aside: dict[int, Column] = {}
        self.understood = 0
        read = cache(partial(_said, known=known))
        for at in range(self.width):
            self._add(at, _headings(rows, at, read), read, above)
        if "months" in self.roles and "year" not in self.roles:
            self.roles["year"] = self.roles.pop("months")
        if "indicator" in self.roles:
            named = {at: self.values.pop(at) for at, each in tuple(self.values.items()) if each.name}
            self.odd |= {at: each._replace(role=None) for at, each in named.items()}
        if "year" not in self.roles:
            found = with_times(self.values, above)
            self.aside |= {at: each for at, each in self.values.items() if at not in found}
            self.values = found
        self._keep_most_settled()

    def _add(self, at: int, cells: Sequence[Cell], read: Read, above: Period | None) -> None:
        column = _column(cells, read, above) if cells else Column(self.rows[-1].cell(at), None)
        role = column.role
        if role == "year" and role in self.roles and self._is_one_heading(role, at):
            role = "months"  # 时间 over a year and its month
        if role == "aside":
            self.aside[at] = column
        elif role == "value" and self._is_of_values(column):
            self.values[at] = column
        elif role in {"indicator", "year", "months", "unit", "place"} and role not in self.roles:
            self.roles[role] = at
        elif role != "":
            self.odd[at] = column._replace(role=None)
            return
        self.understood += len(cells)
        if column.is_plain:
            self.bracketed += [each for each in cells if "(" in each.key]

    def _is_one_heading(self, role: str, at: int) -> bool:
        """Whether a column and the one of a role before it stand below one merged heading."""
        row, before = self.rows[-1], self.roles[role]
        return before == at - 1 and at in row.merged and row.merged.get(before) == row.merged[at]

    def _is_of_values(self, column: Column) -> bool:
        return bool(column.year or column.name or column.before) or self._is_first(column)

    def _is_first(self, column: Column) -> bool:
        if column.grows and any(each.year for each in self.values.values()):
            return True
        alike = (each for each in self.values.values() if not (each.year or each.name))
        return all(each.grows != column.grows for each in alike)

    def _keep_most_settled(self) -> None:
        """Of several columns of one year read the one that is settled most, and set aside the others."""
        ranks: dict[tuple[str, str, bool], int] = {}
        keys = {at: _identity(each) for at, each in self.values.items()}
        for at, each in self.values.items():
            ranks[keys[at]] = min(ranks.get(keys[at], 9), _rank(each.note))
        for at, each in tuple(self.values.items()):
            if _rank(each.note) > ranks[keys[at]] or (each.grows and not self._has_year(each)):
                self.aside[at] = self.values.pop(at)

    def _has_year(self, column: Column) -> bool:
        return column.year is not None or "year" in self.roles

    @property
    def second_time(self) -> Cell | None:
        """The heading of a further column of times, without which nothing can be read."""
        times = (*COLUMNS["year"], *COLUMNS["months"])
        return next((each.cell for each in self.odd.values() if each.cell.key in times), None)

    @property
    def not_read(self) -> Sequence[Column]:
        return (*self.odd.values(), *self.aside.values())

    def heading_of(self, role: str) -> str:
        """What stands above the column of a role."""
        return "".join(row.text(self.roles[role]) for row in self.rows) if role in self.roles else ""

    @property
    def is_across(self) -> bool:
        """Whether each column of values is of one year, or of some of its months."""
        return any(each.year and self._is_alone(each) for each in self.values.values())

    def _is_alone(self, column: Column) -> bool:
        """Whether the headings tell the whole time of a column: months alone may be of the year of a row."""
        return "year" not in self.roles or (column.period is not None and column.period.year is not None)

    @property
    def is_mixed(self) -> bool:
        """Whether years stand across and down as well."""
        plain = any(not each.year for each in self.values.values())
        return self.is_across and (plain or "year" in self.roles)

    @property
    def is_complete(self) -> bool:
        if "indicator" in self.roles:
            return bool(self.values) and (self.is_across or "year" in self.roles)
        return "year" in self.roles and any(each.name for each in self.values.values())

    @property
    def score(self) -> tuple[bool, int]:
        odd = sum(1 for each in self.odd.values() if each.cell.text)
        return self.is_complete, self.understood - odd * (len(self.rows) > 1)


def _identity(column: Column) -> tuple[str, str, bool]:
    name, year = column.name.key if column.name else "", column.year.text if column.year else ""
    return read_year(year) or year, name, column.grows


def _rank(note: str) -> int:
    return max((rank for status, rank in STATUSES.items() if status in note), default=0)


def _headings(rows: Sequence[Row], at: int, read: Read) -> Sequence[Cell]:
    """The headings above a column: an upper one over several columns is merged or stands over the first."""
    cells: list[Cell] = []
    for number, row in enumerate(rows):
        cell = row.merged.get(at) or row.cell(at)
        is_above = any(each.cell(at).text or at in each.merged for each in rows[number + 1 :])
        if not cell.text and is_above and not row.merged:
            cell = next((each for each in reversed(list(row.cells)[:at]) if each.text), cell)
            if (read(cell) or {"role": "odd"}).get("role", "value") != "value":
                continue
        if cell.text and cell not in cells:
            cells.append(cell)
    return cells


def _column(cells: Sequence[Cell], read: Read, above: Period | None) -> Column:
    """What the headings above one another say together."""
    said: dict[str, str] = {"note": ""}
    places: dict[str, Cell] = {}
    for cell in cells:
        part = read(cell)
        if part is None:
            return Column(cell, None)
        if said.keys() & part.keys() - {"note", "aside"}:
            return Column(cell, None)
        said |= {**part, "note": said.get("note", "") + part.get("note", "")}
        places |= dict.fromkeys(part, cell)
    if (time := time_of(said, above)) is None:
        said["aside"] = "1"
    elif time:
        places["year"] = places.get("months") or places.get("reach") or places["year"]
    for key in ("months", "reach"):
        places.pop(key, None)
    return Column(
        cells[-1],
        _role_of(said, places),
        places["year"]._replace(text=time) if time else None,
        places.get("name"),
        said.get("unit", ""),
        said["note"],
        "grows" in said,
        said.get("before", ""),
    )


def _role_of(said: Mapping[str, str], places: Mapping[str, Cell]) -> str | None:
    """What a column holds by all its headings; `None` where they do not go together."""
    role = said.get("role", "value")
    if role == "value" and "aside" in said:
        return "aside"
    is_odd = (role != "value" and len(places) > 1) or not places.keys() - {"unit"}
    return None if is_odd or {"year", "name"} <= places.keys() else role


def _said(cell: Cell, known: Known) -> dict[str, str] | None:
    """What one heading says, by kind; `None` where it is not understood."""
    key = key_of(split_marks(cell.text)[0])
    if len(key) > LONGEST:
        return None
    bare, inside = _BRACKETS.sub("", key), _BRACKETS.findall(key)
    if bare in _KNOWN:
        role, unit = _KNOWN[bare], "".join(inside)
        with_unit = role == "value" and unit and not speaks_of_unit(cell.text)
        return {"role": role, **_in_brackets(unit, known)} if with_unit else {"role": role}
    if known.is_indicator(cell.text):
        return {"name": key}
    if bare and known.is_unit(bare) and not inside:
        return {"unit": bare}
    said = _of_values(bare, known)
    for each in inside if said is not None else ():
        more = _in_brackets(each.removeprefix("单位:"), known)
        if more.get("unit") == each and not known.is_unit(each):
            return None
        said = {**(said or {}), **more}
    return said


def _in_brackets(written: str, known: Known) -> dict[str, str]:
    if re.fullmatch(STATUS, written):
        return {"note": written}
    return {"year": written} if read_year(written) and not known.is_unit(written) else {"unit": written}


def _of_values(bare: str, known: Known) -> dict[str, str] | None:
    """What the heading of values says outside its brackets: a year, how far it is settled, that it is growth."""
    if _GROWTH.fullmatch(bare):
        return {"grows": "1"}
    if bare in YEAR_BEFORE:
        return {"before": YEAR_BEFORE[bare]}
    said, rest = months_in(bare) or reach_in(bare, _is_growth_or_status) or ({}, bare)
    match = YEAR.search(rest)
    rest = _FILLING.sub("", rest if match is None else rest[: match.start()] + rest[match.end() :])
    if match is not None:
        said["year"] = match[1]
    if not rest:
        return said
    if re.fullmatch(STATUS, rest):
        return {**said, "note": rest}
    if _GROWTH.fullmatch(rest):
        return {**said, "grows": "1"}
    if known.is_unit(rest):
        return {**said, "unit": rest}
    return {"aside": bare} if _ASIDE.fullmatch(bare) else None


def _is_growth_or_status(rest: str) -> bool:
    return (_GROWTH.fullmatch(rest) or re.fullmatch(STATUS, rest)) is not None
