"""Worksheets as tables, each cell as it is shown. The only openpyxl import, part of the extra `xlsx`."""

from __future__ import annotations

import io
import re
import warnings
import zlib
from datetime import date
from decimal import ROUND_HALF_UP, Context, Decimal
from typing import TYPE_CHECKING, Any, NamedTuple
from zipfile import BadZipFile, ZipFile

from plantrack.errors import PlantrackError
from plantrack.language import text
from plantrack.reading.delimited import MAX_BYTES, MAX_COLUMNS, Cell, Row, plain_text

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

MAX_CELLS = 2_000_000
NO_VALUE = "=?"
"""Stands for a formula whose value the file does not hold: no number, and not missing."""


class Sheet(NamedTuple):
    """A worksheet, read like a table that is saved as text."""

    name: str
    found: list[Row]
    separators: str = "\t"

    def rows(self, separator: str, lines: int | None = None) -> Iterator[Row]:  # noqa: ARG002 - as a table has it
        """The rows that are not empty, of the first lines only where so many are asked for."""
        return (each for each in self.found if lines is None or each.line <= lines)

    def lines(self) -> Iterator[str]:
        return ("".join(each.texts) for each in self.found)


def read_workbook(path: Path, content: bytes, *, rounded: bool = False) -> list[Sheet]:
    """The visible worksheets of a workbook, which is the content of a file.

    Numbers have all their digits, or where they are `rounded` those that the sheet shows: 15.0% of 0.1504.

    Raises:
        PlantrackError: where it is none, is too large, or openpyxl is not installed.
    """
    try:
        from openpyxl import load_workbook  # noqa: PLC0415 - slow to import, and part of an extra
    except ImportError:
        message = text('to read .xlsx files, install what it takes: pip install "plantrack[xlsx]"')
        raise PlantrackError(message) from None
    try:
        with ZipFile(io.BytesIO(content)) as archive:
            if sum(each.file_size for each in archive.infolist()) > MAX_BYTES:
                raise PlantrackError(text("{file} has more than {most} bytes", file=path, most=MAX_BYTES))
        with warnings.catch_warnings(action="ignore"):
            books = [load_workbook(io.BytesIO(content), data_only=each) for each in (True, False)]
        return _visible_of(path, *books, rounded=rounded)
    except _BROKEN:
        message = text(
            "{file} is no workbook that can be read: open it and save it as .xlsx again", file=path
        )
        raise PlantrackError(message) from None


def _visible_of(path: Path, shown: Any, typed: Any, *, rounded: bool) -> list[Sheet]:  # noqa: ANN401 - openpyxl has no types
    """The worksheets that can be seen, of a workbook with values and of the same with formulas."""
    pairs = zip(shown.worksheets, typed.worksheets, strict=True)
    visible = [each for each in pairs if each[0].sheet_state == "visible"]
    if not visible:
        raise PlantrackError(text("{file} has no worksheet that can be seen", file=path))
    return [Sheet(one.title, list(_rows(one, other, rounded=rounded))) for one, other in visible]


_BROKEN = (
    *(BadZipFile, zlib.error, EOFError, OSError, SyntaxError, RuntimeError),
    *(ValueError, LookupError, TypeError, AttributeError, AssertionError),
)
"""What zipfile, zlib and openpyxl raise for what is no workbook, or a broken one, some of it cell by cell."""


def _rows(sheet: Any, typed: Any, *, rounded: bool) -> Iterator[Row]:  # noqa: ANN401 - openpyxl has no types
    width = min(sheet.max_column, MAX_COLUMNS)
    if sheet.max_row * width > MAX_CELLS:
        raise PlantrackError(text("more than {most} cells in {sheet}", most=MAX_CELLS, sheet=sheet.title))
    if _reaches_beyond(sheet):
        raise PlantrackError(text("more than {most} columns", most=MAX_COLUMNS))
    merged = _merged(sheet, rounded=rounded)
    for cells, formulas in zip(sheet.iter_rows(max_col=width), typed.iter_rows(max_col=width), strict=True):
        line = cells[0].row
        texts = [
            _shown(cell, formula, rounded=rounded) for cell, formula in zip(cells, formulas, strict=True)
        ]
        while texts and not texts[-1]:
            texts.pop()
        if texts or line in merged:
            yield Row(line, texts, merged=merged.get(line, {}))


def _reaches_beyond(sheet: Any) -> bool:  # noqa: ANN401 - as above
    """Whether a cell behind the columns that are read holds anything; many a sheet has empty ones to its very end."""
    filled = sheet._cells.items() if sheet.max_column > MAX_COLUMNS else ()  # noqa: SLF001 - others make cells
    return any(column > MAX_COLUMNS and cell.value is not None for (_, column), cell in filled)


def _merged(sheet: Any, *, rounded: bool) -> Mapping[int, dict[int, Cell]]:  # noqa: ANN401 - as above
    """Line -> column, from 0, of each merged cell -> what stands in its first."""
    found: dict[int, dict[int, Cell]] = {}
    for area in sheet.merged_cells.ranges:
        first = sheet.cell(area.min_row, area.min_col)
        cell = Cell(_shown(first, first, rounded=rounded), area.min_row, area.min_col)
        for line in range(area.min_row, min(area.max_row, sheet.max_row) + 1 if cell.text else area.min_row):
            columns = range(area.min_col - 1, min(area.max_col, MAX_COLUMNS))
            found.setdefault(line, {}).update(dict.fromkeys(columns, cell))
    return found


def _shown(cell: Any, typed: Any, *, rounded: bool) -> str:  # noqa: ANN401 - as above
    """What a cell shows: digits as typed, no more than the 15 that a spreadsheet keeps; per cent as per cent."""
    value, form = cell.value, str(cell.number_format).split(";", 1)[0]
    if value is None:
        return NO_VALUE if typed.data_type == "f" else ""
    if isinstance(value, date):
        plain = re.sub(r'"[^"]*"|\[[^\]]*\]|\\.', "", form).lower()
        shown = set("ymd") & set(plain)
        return (
            f"{value.year}年"
            if shown == {"y"}
            else f"{value:{'%Y-%m' if shown == set('ym') else '%Y-%m-%d'}}"
        )
    if isinstance(value, bool) or not isinstance(value, int | float):
        return plain_text(str(value))
    return _number(Decimal(f"{value:.15g}"), form, rounded=rounded)


_DECIMALS = re.compile(r"[#,0?]*[0#](?:\.(?P<all>0*)(?P<some>#*))?\s*%?")
"""A format that shows so many decimals, and some more where they are no zeros."""


def _number(value: Decimal, form: str, *, rounded: bool) -> str:
    """A number in its format: `98.7亿元` in `0.0"亿元"`; with a mark of its own where that scales it."""
    literals = re.findall(r'"([^"]*)"|\\(.)', form)
    bare = re.sub(r'"[^"]*"|\\.|\[[^\]]*\]|_.|\*.', "", form)
    if "%" in bare:
        value *= 100
    behind = "%" if "%" in bare else ""
    if re.search(r"[0#?],+(?![0#?,])|!", bare):
        behind += "?"  # shown in thousands or by a trick: what is meant is not sure
    shown = _DECIMALS.fullmatch(bare.strip()) if rounded and value.is_finite() else None
    if shown is None:
        digits = f"{value.normalize():f}"
    else:
        least, most = (len(each or "") for each in (shown["all"], shown["some"]))
        digits = f"{value.quantize(Decimal(1).scaleb(-least - most), ROUND_HALF_UP, Context(prec=400)):f}"
        for _ in range(most):
            digits = digits.removesuffix("0")
        digits = digits.removesuffix(".")
    return f"{digits}{behind}{''.join(one or other for one, other in literals).strip()}"
