"""Tables of targets: what each column is, and a statement for each cell with a number."""

from __future__ import annotations

import re
from collections import Counter
from itertools import chain, groupby
from typing import TYPE_CHECKING, NamedTuple

from plantrack.draft import words
from plantrack.draft.columns import Cell, Column, classified, columns_of, is_heading, why_unread, years_of
from plantrack.draft.names import read_name
from plantrack.draft.rows import Row
from plantrack.numbers.words import POWERS

if TYPE_CHECKING:
    from collections.abc import Container, Iterator, Sequence

    from plantrack.documents import Document
    from plantrack.draft.period import Period
    from plantrack.draft.statements import Statement
    from plantrack.language import Text

GROUP_TITLE = 20
"""A line between two rows that is no longer is the title of what follows."""
MOST_TITLES = 2
LONGEST_PART = 4
LONGEST_CELL, LONGEST_FIRST_HEADING, LONGEST_HEADING = 40, 6, 20
MOST_BETWEEN = 3
"""So many lines between rows may be titles of groups or long names."""
_VALUES = frozenset(("level", "growth", "base", "target"))


class Unread(NamedTuple):
    """A cell that became no statement, the row's name, and why."""

    cell: Cell
    name: str
    why: Text


Rows = list[list[Cell]]
ByKind = dict[str, list[tuple[Column, Cell]]]
"""Kind of columns -> the cells of a row in such columns."""


def table_statements(document: Document, period: Period | None, units: Container[str]) -> Iterator[Statement]:
    """The statements of all tables of a document.

    Args:
        document: the document.
        period: dates columns of present and target values.
        units: every unit that is known; what else stands in brackets of a heading is no unit.
    """
    for table in _tables(document, period):
        columns = [each._replace(unit=_unit_of(each.unit, units)) for each in table.columns]
        yield from table._replace(columns=columns).statements()


def _unit_of(bracketed: str, units: Container[str]) -> str:
    """The unit that a heading names; one that begins with a scale is one, known or not."""
    return bracketed if bracketed in units or bracketed.startswith(tuple(POWERS)) else ""


def unread_cells(document: Document, period: Period | None) -> Iterator[Unread]:
    """The cells of those tables that may say something and became no statement."""
    for table in _tables(document, period):
        yield from table.unread()


def has_targets(document: Document) -> bool:
    """Whether a table names indicators, and columns with their values."""
    kinds = ({each.kind for each in columns_of(rows, None)[0]} for rows in tables_of(document))
    return any("name" in each and each & {"level", "base", "target", "growth"} for each in kinds)


def years_in_tables(document: Document) -> list[int]:
    """The years that columns of values name, sorted."""
    columns = chain.from_iterable(columns_of(rows, None)[0] for rows in tables_of(document))
    return sorted({each.year for each in columns if each.kind == "level" and each.year})


def _tables(document: Document, period: Period | None) -> Iterator[_Table]:
    for rows in tables_of(document):
        if (table := _Table.of(rows, period, _unit_above(document, rows))) is not None:
            yield table


# -- rows ----------------------------------------------------------------------------------------


def tables_of(document: Document) -> Iterator[Rows]:
    """The tables: rows of cells parted by tabs or bars, and those that were written one cell a line."""
    lines = [_cells(document, at) for at in range(len(document.lines))]
    for is_table, group in groupby(_runs(lines), lambda cells: cells is not None):
        rows = [row for row in group if row and not all(re.fullmatch(r"[-—:\s]*", cell.text) for cell in row)]
        if is_table:
            yield from _parted(rows)
    yield from _one_cell_a_line([cells[0] if len(cells) == 1 else None for cells in lines])
    yield from _parted_by_blanks(document)


def _parted(rows: Rows) -> Iterator[Rows]:
    """The tables of rows without a line between: each begins with a row of headings behind one of numbers."""
    start, is_data = 0, False
    for at, row in enumerate(rows):
        if is_data and is_heading(row):
            yield rows[start:at]
            start = at
        is_data = any(cell.is_number for cell in row) and not is_heading(row)
    yield rows[start:]


def _cells(document: Document, at: int) -> list[Cell]:
    line, start = document.lines[at], document.starts[at]
    mark = "\t" if "\t" in line or "|" not in line else "|"
    if mark == "|":
        body = line.strip()
        start += line.find(body) + body.startswith("|")
        line = body.strip("|")
    found = []
    for part in line.split(mark):
        stripped = part.strip()
        found.append(Cell(stripped, at + 1, start + part.find(stripped)))
        start += len(part) + 1
    filled = [cell for cell in found if cell.text]
    return (filled or found[:1]) if len(filled) <= 1 else found


def _runs(lines: Sequence[list[Cell]]) -> Iterator[list[Cell] | None]:
    """The rows of tables, `None` for other lines; a few short lines between rows are titles of groups."""
    is_row = [len(cells) > 2 for cells in lines]  # noqa: PLR2004
    for is_in_rows, group in groupby(range(len(lines)), key=is_row.__getitem__):
        some = list(group)
        is_between = some[0] > 0 and some[-1] < len(lines) - 1 and len(some) <= MOST_TITLES
        is_titles = is_between and all(_is_title(lines[at]) for at in some)
        for at in some:
            yield lines[at] if is_in_rows or is_titles else None


def _is_title(cells: Sequence[Cell]) -> bool:
    return len(cells) == 1 and len(cells[0].text) <= GROUP_TITLE and "。" not in cells[0].text


def _parted_by_blanks(document: Document) -> Iterator[Rows]:
    """Tables as they come out of PDF: a row has a word for each heading; where one is missing nobody can tell which."""
    table: Rows = []
    left = 0
    for at in range(len(document.lines)):
        cells = _words(document, at)
        columns = [classified(cell.text) for cell in table[0]] if table else []
        if table and _fills(cells, columns):
            table.append(cells)
            left = MOST_BETWEEN
        elif _is_heading(cells):
            yield from [table] if len(table) > 1 else []
            table, left = [cells], MOST_BETWEEN
        elif left == 0:
            yield from [table] if len(table) > 1 else []
            table = []
        else:
            left -= 1
    yield from [table] if len(table) > 1 else []


def _words(document: Document, at: int) -> list[Cell]:
    """The words of a line that blanks part; none of one that is parted by tabs or bars, or of a sentence."""
    line, start = document.lines[at], document.starts[at]
    if re.search(r"[\t|。；]", line):
        return []
    return [Cell(word[0], at + 1, start + word.start()) for word in re.finditer(r"\S+", line)]


def _is_heading(cells: Sequence[Cell]) -> bool:
    kinds = [classified(cell.text).kind for cell in cells if len(cell.text) <= LONGEST_HEADING]
    values = sum(kind in _VALUES for kind in kinds)
    return len(kinds) == len(cells) > 2 and "name" in kinds[:2] and values > 1  # noqa: PLR2004


def _fills(cells: Sequence[Cell], columns: Sequence[Column]) -> bool:
    """Whether a row has a value in each column that wants one."""
    pairs = zip(cells, columns, strict=False)
    return len(cells) == len(columns) and all(
        cell.is_value for cell, column in pairs if column.kind in _VALUES
    )


def _one_cell_a_line(lines: Sequence[Cell | None]) -> Iterator[Rows]:
    """Rows put together again where each cell stands on a line of its own: a heading row begins with 指标."""
    for at, cell in enumerate(lines):
        if cell is None or len(cell.text) > LONGEST_FIRST_HEADING or classified(cell.text).kind != "name":
            continue
        body = []
        for each in lines[at:]:
            if each is None or len(each.text) > LONGEST_CELL or "。" in each.text:
                break
            body += [each] if each.text else []
        first = next((at for at, each in enumerate(body) if classified(each.text).kind == "text"), len(body))
        head, columns = body[:first], [classified(each.text) for each in body[:first]]
        if sum(each.kind in {"level", "growth"} for each in columns) > 1:
            yield [head, *_rows_of(body[first:], columns)]


def _rows_of(cells: Sequence[Cell], columns: Sequence[Column]) -> Iterator[list[Cell]]:
    """Each name with the values behind it."""
    row: list[Cell] = []
    for cell in (*cells, Cell("", 0, 0)):
        if len(row) == 1 and words.UNIT_ALONE.fullmatch(cell.text):
            row = [row[0]._replace(text=row[0].text + cell.text)]
            continue
        if not cell.is_value and row:
            if len(row) > 1:
                yield _placed(row, columns)
            row = []
        row.append(cell)


def _placed(row: Sequence[Cell], columns: Sequence[Column]) -> list[Cell]:
    """A row with a cell for each column: what is in brackets belongs to growth, blank cells are missing."""
    name, *values = row
    free = {
        kind: [at for at, each in enumerate(columns) if each.kind == kind]
        for kind in ("level", "growth", "property")
    }
    placed = {0: name}
    numbers = sum(words.BINDING.fullmatch(each.text) is None for each in values)
    is_full = numbers >= len(free["level"]) + len(free["growth"])
    for cell in values:
        is_growth = words.IN_BRACKETS.search(cell.text) is not None and not is_full
        wanted = "property" if words.BINDING.fullmatch(cell.text) else "growth" if is_growth else "level"
        places = free[wanted] or free["growth"]
        if places:
            placed[places.pop(0)] = cell
    return [placed.get(at, Cell("", name.line, name.start)) for at in range(len(columns))]


def _unit_above(document: Document, rows: Rows) -> str:
    first = min(cell.line for row in rows for cell in row)
    found = words.UNIT_ABOVE.search(" ".join(document.lines[max(0, first - 3) : first - 1]))
    return found[1] if found else ""


# -- statements ----------------------------------------------------------------------------------


class _Table(NamedTuple):
    """A table of indicators: the columns, the rows below their headings, and its years."""

    columns: list[Column]
    rows: Rows
    base: int | None
    target: int | None
    unit: str

    @classmethod
    def of(cls, rows: Rows, period: Period | None, unit: str) -> _Table | None:
        """`None` where it has no names, or no years."""
        columns, depth = columns_of(rows, period)
        kinds = {each.kind for each in columns}
        if not depth or "name" not in kinds or not kinds & {"level", "growth"}:
            return None
        return cls(columns, rows[depth:], *years_of(columns, period), unit)

    def statements(self) -> Iterator[Statement]:
        """Those of its rows with numbers, which are counted from 1."""
        for item, some in enumerate(filter(None, self._statements()), 1):
            yield from (each._replace(item=item) for each in some)

    def _statements(self) -> Iterator[list[Statement]]:
        rows = [
            (by_kind, of_row) for row in self.rows if (of_row := self._named(by_kind := self._by_kind(row)))
        ]
        for (by_kind, _), of_row in zip(rows, _told_apart(rows), strict=True):
            yield [of_row.statement(cell, column) for column, cell in _told(by_kind)]

    def _named(self, by_kind: ByKind) -> Row | None:
        """What the cells of a row have in common; `None` where it names nothing."""
        named = _names_in(by_kind)
        name = read_name(named[-1].text) if named else None
        if name is None or not name.zh:
            return None
        units = (cell.text for _, cell in by_kind.get("unit", ()) if cell.text)
        property_ = next((cell.text for _, cell in by_kind.get("property", ()) if cell.text), "")
        binding = words.IS_BINDING in property_ if property_ else None
        levels = [(column.year, cell.text) for column, cell in by_kind.get("level", ()) if cell.is_number]
        own_unit, start = next(units, name.unit), named[-1].start
        return Row(name.zh, own_unit, self.unit, self.base, self.target, start, levels, binding)

    def unread(self) -> Iterator[Unread]:
        """The cells that may say something and became no statement."""
        for row in self.rows:
            by_kind = self._by_kind(row)
            named = _names_in(by_kind)
            name = read_name(named[-1].text).zh if named else ""
            for column, cell in (
                by_kind.get("level", []) + by_kind.get("growth", []) + by_kind.get("text", [])
            ):
                if why := why_unread(column, cell, named=bool(name)):
                    yield Unread(cell, name, why)

    def _by_kind(self, row: Sequence[Cell]) -> ByKind:
        found: ByKind = {}
        for column, cell in zip(self.columns, row, strict=False):
            found.setdefault(column.kind, []).append((column, cell))
        return found


def _told_apart(rows: Sequence[tuple[ByKind, Row]]) -> Iterator[Row]:
    """The rows; those of one name with that of their group, or of the row that they are parts of, before it."""
    numbers = Counter(row.name for _, row in rows)
    groups = Counter((row.name, _group_of(by_kind)) for by_kind, row in rows)
    whole = ""
    for by_kind, row in rows:
        group = _group_of(by_kind)
        if numbers[row.name] == 1:
            whole = row.name
            yield row
        elif group and groups[row.name, group] == 1:
            yield row._replace(name=f"{group}{words.IN}{row.name}")
        elif whole and _is_part(by_kind, row.name):
            yield row._replace(name=f"{whole}{words.IN}{row.name}")
        else:
            yield row._replace(is_repeated=True)


def _is_part(by_kind: ByKind, name: str) -> bool:
    """Whether a row names a part of what stands above it: 其中：第二产业, 城镇."""
    names_amount = words.FLOW.search(name) or words.RATIO.search(name) or name.endswith(words.HEADS)
    is_short = len(name) <= LONGEST_PART and not names_amount
    return is_short or any(words.AMONG.match(cell.text) for cell in _names_in(by_kind))


def _group_of(by_kind: ByKind) -> str:
    return next((cell.text for _, cell in by_kind.get("group", ()) if cell.text), "")


def _names_in(by_kind: ByKind) -> list[Cell]:
    return [cell for _, cell in by_kind.get("name", ()) if cell.text]


def _told(by_kind: ByKind) -> list[tuple[Column, Cell]]:
    """The cells with values, and of those that only compare one of each wording."""
    values = (*by_kind.get("level", ()), *by_kind.get("growth", ()))
    in_step = {cell.text: (column, cell) for column, cell in values if cell.is_in_step}
    return [(column, cell) for column, cell in values if cell.is_number] + list(in_step.values())
