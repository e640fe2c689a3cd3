"""Tables of targets: what each column is, and a statement for each cell with a number."""

from __future__ import annotations

import re
from itertools import groupby, zip_longest
from typing import TYPE_CHECKING, NamedTuple

from plantrack.draft.names import FALL_OR_RISE, FLOW, read_name
from plantrack.draft.period import plan_years
from plantrack.draft.statements import Statement
from plantrack.language import text
from plantrack.numbers.words import BOUND_WORDS, FALLING, any_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from plantrack.documents import Document
    from plantrack.draft.period import Period

_YEAR = re.compile(r"(?<![0-9])(20[0-9]{2}|19[0-9]{2})(?![0-9])")
_NUMBER = re.compile(
    r"[^0-9\n]{0,8}[\[(〔【]?\s*[-—]?[0-9][0-9,]*(?:\.[0-9]+)?\s*[\])〕】]?[^0-9,，。;；]{0,10}"
)
_PERIOD = re.compile(r"[\[〔【]")
_FALL = re.compile(rf"(?:{any_of(FALLING)})(?:率|幅度)?$")
_BOUNDS = any_of(each.word for each in BOUND_WORDS)
_BINDING = re.compile(r"约束性|预期性")
HEADINGS: tuple[tuple[str, str], ...] = (
    ("number", r"序号|编号|^号$"),
    ("property", r"属性|性质|指标类型|^类型$"),
    ("remark", r"备注|责任|牵头|说明|来源|部门"),
    ("growth", r"年均|年平均|增长|增速|累计|\[\s*\]|变化"),
    ("unit", r"单位"),
    ("group", r"^类别$|^分类$|^领域$|^一级"),
    ("name", r"指标|名称|项目"),
)


class Cell(NamedTuple):
    """The text of a cell and where it stands."""

    text: str
    line: int
    start: int


class Column(NamedTuple):
    """What a column holds; of values the year, where its heading names one."""

    kind: str
    year: int | None = None
    unit: str = ""


def table_statements(document: Document, period: Period | None) -> Iterator[Statement]:
    """The statements of all tables of a document."""
    for rows in _tables(document):
        yield from _statements(rows, period, _unit_above(document, rows))


# -- rows ----------------------------------------------------------------------------------------


def _tables(document: Document) -> Iterator[list[list[Cell]]]:
    """The tables: rows of cells parted by tabs or bars, and those that were written one cell a line."""
    lines = [_cells(document, at) for at in range(len(document.lines))]
    for is_row, group in groupby(_runs(lines), lambda cells: cells is not None):
        rows = [row for row in group if row and not all(re.fullmatch(r"[-—:\s]*", cell.text) for cell in row)]
        if is_row:
            yield rows
    yield from _one_cell_a_line([cells[0] if len(cells) == 1 else None for cells in lines])


def _runs(lines: Sequence[list[Cell]]) -> Iterator[list[Cell] | None]:
    """The rows of tables, `None` for other lines; a short line between rows is the title of a group."""
    for at, cells in enumerate(lines):
        around = [lines[each] for each in (at - 1, at + 1) if 0 <= each < len(lines)]
        is_title = len(cells) == 1 and len(cells[0].text) <= GROUP_TITLE and "。" not in cells[0].text
        is_between = len(around) == 2 and all(len(each) > 2 for each in around)  # noqa: PLR2004
        yield cells if len(cells) > 2 or (is_title and is_between) else None  # noqa: PLR2004


GROUP_TITLE = 20
"""A line between two rows that is no longer is the title of what follows."""


def _cells(document: Document, at: int) -> list[Cell]:
    line, start = document.lines[at], document.starts[at]
    mark = "\t" if "\t" in line else "|"
    if mark == "|":
        body = line.strip()
        start += line.find(body) + body.startswith("|")
        line = body.strip("|") if "|" in body else line
    found = []
    for part in line.split(mark):
        stripped = part.strip()
        found.append(Cell(stripped, at + 1, start + part.find(stripped)))
        start += len(part) + 1
    filled = [cell for cell in found if cell.text]
    return (filled or found[:1]) if len(filled) <= 1 else found


def _one_cell_a_line(lines: Sequence[Cell | None]) -> Iterator[list[list[Cell]]]:
    """Rows put together again where each cell stands on a line of its own: a heading row begins with 指标."""
    for at, cell in enumerate(lines):
        if cell is None or _classified(cell.text).kind != "name" or len(cell.text) > 6:  # noqa: PLR2004
            continue
        body = []
        for each in lines[at:]:
            if each is None or len(each.text) > 40 or "。" in each.text:  # noqa: PLR2004
                break
            if each.text:
                body.append(each)
        head = [body[0]]
        for each in body[1:]:
            if _classified(each.text).kind == "text":
                break
            head.append(each)
        columns = [_classified(each.text) for each in head]
        if sum(each.kind in {"level", "growth"} for each in columns) > 1:
            yield [head, *_rows_of(body[len(head) :], columns)]


def _rows_of(cells: Sequence[Cell], columns: Sequence[Column]) -> Iterator[list[Cell]]:
    """Each name with the numbers behind it; what is in brackets belongs to growth, blank cells are missing."""
    row: list[Cell] = []
    for cell in (*cells, Cell("", 0, 0)):
        is_value = _is_number(cell.text) or _BINDING.fullmatch(cell.text) or cell.text in {"—", "-"}
        if not is_value and row:
            if len(row) > 1:
                yield list(_placed(row, columns))
            row = []
        row.append(cell)


def _placed(row: Sequence[Cell], columns: Sequence[Column]) -> Iterator[Cell]:
    name, *values = row
    free = {
        kind: [at for at, each in enumerate(columns) if each.kind == kind]
        for kind in ("level", "growth", "property")
    }
    at_columns = {0: name}
    numbers = [each for each in values if not _BINDING.fullmatch(each.text)]
    is_full = len(numbers) >= len(free["level"]) + len(free["growth"])
    for cell in values:
        is_growth = bool(_PERIOD.search(cell.text)) and not is_full
        wanted = "property" if _BINDING.fullmatch(cell.text) else "growth" if is_growth else "level"
        places = free[wanted] or free["growth"]
        if places:
            at_columns[places.pop(0)] = cell
    for at in range(len(columns)):
        yield at_columns.get(at, Cell("", name.line, name.start))


def _is_number(cell: str) -> bool:
    return _NUMBER.fullmatch(cell) is not None


# -- columns -------------------------------------------------------------------------------------


def _classified(heading: str) -> Column:
    """What a heading says that its column holds."""
    squeezed = re.sub(r"\s", "", heading)
    year = _YEAR.search(squeezed)
    unit = read_name(squeezed).unit
    if year and not re.search(r"年均|增长|增速|累计|变化", squeezed):
        return Column("level", int(year[1]), unit)
    if plan := re.search(
        r"([一二三四五六七八九十]{1,3})五[”\"]?(?:期?末|时期|期间)?$", squeezed.replace('"', "")
    ):
        return Column("level", plan_years(plan[1])[1], unit)
    if re.search(r"现状|基期|基准|基数", squeezed):
        return Column("base", None, unit)
    if re.search(r"目标值|规划值|规划目标|^目标$", squeezed):
        return Column("target", None, unit)
    for kind, pattern in HEADINGS:
        if re.search(pattern, squeezed):
            return Column(kind, None, unit)
    return Column("text")


def _columns(rows: Sequence[Sequence[Cell]], period: Period | None) -> tuple[list[Column], int]:
    """The columns, and how many rows the headings take: those before the first with a number that is no year."""
    depth = next((at for at, row in enumerate(rows) if any(_is_value(cell.text) for cell in row) and at), 0)
    while depth > 1 and len([cell for cell in rows[depth - 1] if cell.text]) == 1:
        depth -= 1
    joined = ["".join(dict.fromkeys(filter(None, parts))) for parts in _upright(rows[:depth])]
    columns = [_classified(each) for each in joined]
    return [_dated(each, period) for each in columns], depth


def _upright(rows: Sequence[Sequence[Cell]]) -> Iterator[list[str]]:
    for column in zip_longest(*rows):
        yield [cell.text if cell else "" for cell in column]


def _is_value(cell: str) -> bool:
    return _is_number(cell) and not _YEAR.search(cell)


def _dated(column: Column, period: Period | None) -> Column:
    if column.kind in {"base", "target"} and period is not None:
        return column._replace(kind="level", year=getattr(period, column.kind))
    return column


def _unit_above(document: Document, rows: Sequence[Sequence[Cell]]) -> str:
    first = min(cell.line for row in rows for cell in row)
    above = " ".join(document.lines[max(0, first - 3) : first - 1])
    found = re.search(r"单位[:：]\s*([^\s,，;；()（）]{1,8})", above)
    return found[1] if found else ""


# -- statements ----------------------------------------------------------------------------------


def _statements(
    rows: Sequence[Sequence[Cell]], period: Period | None, unit_above: str
) -> Iterator[Statement]:
    if len(rows) < 2:  # noqa: PLR2004
        return
    columns, depth = _columns(rows, period)
    names = [at for at, each in enumerate(columns) if each.kind == "name"]
    years = sorted(each.year for each in columns if each.kind == "level" and each.year)
    if not depth or not names or not (years or any(each.kind == "growth" for each in columns)):
        return
    base = years[0] if len(years) > 1 else period.base if period else None
    target = years[-1] if years else period.target if period else None
    for row in rows[depth:]:
        cells = {at: cell for at, cell in enumerate(row[: len(columns)])}
        named = [cells[at].text for at in names if at in cells and cells[at].text]
        if not named:
            continue
        name = read_name(named[-1])
        unit = next(
            (cells[at].text for at, each in enumerate(columns) if each.kind == "unit" and at in cells), ""
        )
        properties = [
            cells[at].text for at, each in enumerate(columns) if each.kind == "property" and at in cells
        ]
        binding = None if not any(properties) else "约束" in properties[0]
        told = _Row(name.zh, unit or name.unit or unit_above, base, target, binding)
        levels = [
            at
            for at, each in enumerate(columns)
            if each.kind == "level" and at in cells and _is_number(cells[at].text)
        ]
        for at, cell in cells.items():
            if columns[at].kind in {"level", "growth"} and _is_number(cell.text):
                yield told.statement(cell, columns[at], has_levels=len(levels) > 1)


class _Row(NamedTuple):
    """What the cells of a row have in common."""

    name: str
    unit: str
    base: int | None
    target: int | None
    binding: bool | None

    def statement(self, cell: Cell, column: Column, *, has_levels: bool) -> Statement:
        kind, time, unit = self._said(cell.text, column, has_levels=has_levels)
        doubt = None if time is not None else text("the years are not told")
        return Statement(
            cell.line,
            cell.start,
            cell.start + len(cell.text),
            self.name,
            kind,
            time,
            cell.text,
            unit,
            in_table=True,
            binding=self.binding,
            doubt=doubt,
        )

    def _said(self, printed: str, column: Column, *, has_levels: bool) -> tuple[str, str | None, str]:
        step = f"{self.base}->{self.target}" if self.base and self.target else None
        is_change = FALL_OR_RISE.search(self.name) is not None and self.unit in {"%", "‰"}
        if column.kind == "level" and not is_change:
            return "level", str(column.year), self.unit
        if is_change:
            start = self.base if column.year is None or column.year == self.target else None
            end = column.year or self.target
            return "total_growth", f"{start}->{end}" if start and end and start < end else step, self.unit
        if not _PERIOD.search(printed):
            measured = re.search(r"[0-9]\s*([^0-9\s%‰—.]+)", printed)
            if measured and not re.fullmatch(_BOUNDS, measured[1]):
                return "annual_change", step, measured[1]
            return "growth", step, column.unit or "%"
        if FLOW.search(self.name) and not has_levels and self.unit not in {"%", "‰"}:
            span = f"{self.base + 1}/{self.target}" if self.base and self.target else None
            return "level", span, self.unit
        return "change", step, "个百分点" if self.unit == "%" else self.unit
