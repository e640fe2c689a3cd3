"""Grids as an Excel workbook. The only xlsxwriter import, part of the extra `xlsx`.

Text is written as text, whatever it looks like; formulas stand with the values they come to, so that
viewers that do not calculate show them too.
"""

from __future__ import annotations

import io
import math
from typing import TYPE_CHECKING, Any

from plantrack import __version__
from plantrack.errors import PlantrackError
from plantrack.formats.width import width_of
from plantrack.language import BLANKS, text, visible
from plantrack.views.formulas import Cell

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from plantrack.views.formulas import Grid

FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r", "'")
MAX_TEXT = 32_000
"""Excel holds 32,767 characters in a cell."""
WIDEST, NARROWEST = 52, 7
"""Columns in digits; wider text wraps."""
INPUT_COLOR, HEADING_COLOR, HEADING_FILL = "#1F4E9E", "#FFFFFF", "#2F5D8A"


def workbook_bytes(grids: Sequence[Grid], title: str) -> bytes:
    """The workbook as a file's content, a worksheet for each grid.

    Raises:
        PlantrackError: where xlsxwriter is not installed.
    """
    try:
        import xlsxwriter  # noqa: PLC0415 - part of an extra
    except ImportError:
        raise PlantrackError(
            text('to write .xlsx files, install what it takes: pip install "plantrack[xlsx]"')
        ) from None
    stream = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    book = xlsxwriter.Workbook(stream, options)
    book.set_properties({"title": visible(title), "comments": f"plantrack {__version__}"})
    writer = _Writer(book)
    for grid in grids:
        writer.write(grid)
    book.close()
    return stream.getvalue()


class _Writer:
    """Worksheets of one book; formats are made once."""

    def __init__(self, book: Any) -> None:  # noqa: ANN401 - xlsxwriter has no types
        self.book = book
        self.formats: dict[tuple[tuple[str, object], ...], Any] = {}

    def format(self, **properties: object) -> Any:  # noqa: ANN401 - xlsxwriter has no types
        key = tuple(sorted({"valign": "top", **properties}.items()))
        if key not in self.formats:
            self.formats[key] = self.book.add_format(dict(key))
        return self.formats[key]

    def write(self, grid: Grid) -> None:
        sheet = self.book.add_worksheet(grid.name)
        heading = {"bold": True, "font_color": HEADING_COLOR, "bg_color": HEADING_FILL, "align": "center"}
        for column, title in enumerate(grid.headings):
            self._cell(sheet, 0, column, Cell(title, "0" if isinstance(title, int) else ""), **heading)
        for number, row in enumerate(grid.rows, start=1):
            for column, cell in enumerate(row):
                self._cell(sheet, number, column, cell)
        widths = list(column_widths(grid))
        for number, note in enumerate(grid.notes, start=len(grid.rows) + 2):
            self._note(sheet, number, note, widths)
        for column, width in enumerate(widths):
            sheet.set_column(column, column, width)
        for number, row in enumerate(grid.rows, start=1):
            sheet.set_row(number, LINE_HEIGHT * lines_of(row, widths))
        sheet.freeze_panes(1, grid.frozen)
        if grid.rows:
            sheet.autofilter(0, 0, len(grid.rows), len(grid.headings) - 1)
        sheet.set_landscape()
        sheet.set_paper(9)  # A4
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(0)

    def _note(self, sheet: Any, row: int, note: str, widths: Sequence[int]) -> None:  # noqa: ANN401
        """Across the whole table, so that a long note makes the page no wider."""
        if len(widths) > 1:
            sheet.merge_range(row, 0, row, len(widths) - 1, "", self.format(italic=True))
        self._cell(sheet, row, 0, Cell(note), italic=True)
        sheet.set_row(row, LINE_HEIGHT * lines_of([Cell(note)], [sum(widths)]))

    def _cell(self, sheet: Any, row: int, column: int, cell: Cell, **properties: object) -> None:  # noqa: ANN401
        if cell.form:
            properties["num_format"] = cell.form
        if cell.is_input:
            properties["font_color"] = INPUT_COLOR
        value = cell.value
        if isinstance(value, str):
            value = visible(value, keep=BLANKS + "\n")
            properties.setdefault("text_wrap", True)
            properties.setdefault("align", "left")
            properties.setdefault("indent", 1)
            if value.startswith(FORMULA_SIGNS):
                properties["quote_prefix"] = True
        made = self.format(**properties)
        if cell.formula is not None:
            sheet.write_formula(row, column, f"={cell.formula}", made, "" if value is None else value)
        elif value is None or (isinstance(value, float) and not math.isfinite(value)):
            sheet.write_blank(row, column, None, made)
        elif isinstance(value, str):
            sheet.write_string(row, column, value[:MAX_TEXT], made)
        else:
            sheet.write_number(row, column, value, made)


# -- widths --------------------------------------------------------------------------------------


def column_widths(grid: Grid) -> Iterator[int]:
    """Wide enough for every number and for text up to a width; a Chinese character takes two digits."""
    for column, heading in enumerate(grid.headings):
        shown = [_shown_width(row[column]) for row in grid.rows if column < len(row)]
        yield min(WIDEST, max(NARROWEST, width_of(str(heading)) + FILTER_ARROW, *shown, 0) + 2)


def lines_of(row: Sequence[Cell], widths: Sequence[int]) -> int:
    """How many lines the longest text of a row takes; not every program finds out by itself."""
    texts = ((cell.value, width - INDENT) for cell, width in zip(row, widths, strict=False))
    return max((_lines(value, room) for value, room in texts if isinstance(value, str)), default=1)


def _lines(words: str, room: int) -> int:
    """Broken lines are not filled to the last character."""
    width = width_of(words)
    return 1 if width <= room else math.ceil(width / (room - 2))


FILTER_ARROW, INDENT = 2, 2
LINE_HEIGHT = 15
"""In points."""


def _shown_width(cell: Cell) -> int:
    """About as wide as the number with its separators, decimals and unit."""
    if cell.value is None or isinstance(cell.value, str):
        return width_of(cell.value or "")
    decimals = cell.form.partition(".")[2].count("0")
    is_percent = "%" in cell.form
    digits = f"{cell.value * (100 if is_percent else 1):,.{decimals}f}"
    suffix = cell.form.split('"')[1] if '"' in cell.form else ""
    return len(digits) + is_percent + width_of(suffix)
