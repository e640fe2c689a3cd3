"""Tables as an Excel workbook. The only xlsxwriter import, part of the extra `xlsx`.

Text is text, whatever it looks like; formulas stand with their values, for viewers that do not calculate.
"""

from __future__ import annotations

import io
import math
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from plantrack import __version__
from plantrack.errors import PlantrackError
from plantrack.formats.sheet import characters, width_of
from plantrack.language import BLANKS, say, text, visible
from plantrack.numbers.interval import to_float
from plantrack.views.table import Cell, Span

if TYPE_CHECKING:
    from collections.abc import Sequence

    from plantrack.language import Language, Said
    from plantrack.views.table import Form, Table, Value

FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r", "'")
MAX_TEXT = 32_000
"""Excel holds 32,767 characters in a cell."""
WIDEST, NARROWEST = 52, 7
"""Columns in digits; wider text wraps."""
INPUT_COLOR = "#1F4E9E"
HEADING = {"bold": True, "font_color": "#FFFFFF", "bg_color": "#2F5D8A", "align": "center"}
FILTER_ARROW, INDENT, SEPARATED = 2, 2, 4
LINE_HEIGHT = 15
"""In points."""


def workbook_bytes(tables: Sequence[Table], title: Said, language: Language) -> bytes:
    """The workbook as a file's content, a worksheet for each table; an error where xlsxwriter is not installed."""
    stream = io.BytesIO()
    book = new_workbook(stream, visible(say(title, language)))
    writer = Writer(book, language)
    for number, table in enumerate(tables, start=1):
        writer.write(table, str(number))
    book.close()
    return stream.getvalue()


def new_workbook(stream: io.BytesIO, title: str) -> Any:  # noqa: ANN401 - xlsxwriter has no types
    """A workbook that takes no text for a formula or a link."""
    try:
        import xlsxwriter  # noqa: PLC0415 - part of an extra
    except ImportError:
        raise PlantrackError(
            text('to write .xlsx files, install what it takes: pip install "plantrack[xlsx]"')
        ) from None
    as_text = {"strings_to_formulas": False, "strings_to_urls": False}
    book = xlsxwriter.Workbook(stream, {"in_memory": True, **as_text})
    book.set_properties({"title": title, "comments": f"plantrack {__version__}"})
    return book


def number_format(form: Form, language: Language) -> str:
    """With thousands separators, decimals and the unit behind."""
    decimals = f".{'0' * form.decimals}" if form.decimals else ""
    unit = visible(say(form.unit, language)).replace('"', "'")
    shown = f"0{decimals}%" if unit == "%" else f"#,##0{decimals}" + (f'"{unit}"' if unit else "")
    return f"+{shown};-{shown};{shown}" if form.signed else shown


class Writer:
    """Writes tables as worksheets; numbers in full under their formats."""

    def __init__(self, book: Any, language: Language) -> None:  # noqa: ANN401 - xlsxwriter has no types
        self.book = book
        self.language = language
        self.formats: dict[tuple[tuple[str, object], ...], Any] = {}

    def format(self, **properties: object) -> Any:  # noqa: ANN401 - xlsxwriter has no types
        key = tuple(sorted({"valign": "top", **properties}.items()))
        if key not in self.formats:
            self.formats[key] = self.book.add_format(dict(key))
        return self.formats[key]

    def write(self, table: Table, number: str) -> None:
        """A worksheet; a table that is not made for a workbook is numbered, and its title stands below."""
        flat, is_made = table.flat(), table.frozen is not None
        sheet = self.book.add_worksheet(say(table.title, self.language) if is_made else number)
        for column, (title, _) in enumerate(flat.columns):
            year = {"num_format": "0"} if isinstance(title, int) else {}
            self.cell(sheet, 0, column, title, **HEADING, **year)
        widths = [self._width(flat, column) for column in range(len(flat.columns))]
        for column, width in enumerate(widths):
            sheet.set_column(column, column, width)
        for at, row in enumerate(flat.rows, start=1):
            for column, value in enumerate(row):
                self.cell(sheet, at, column, value)
            sheet.set_row(at, LINE_HEIGHT * max(map(self.lines, row, widths), default=1))
        notes = table.notes if is_made else [table.title, *table.notes]
        for at, note in enumerate(notes, start=len(flat.rows) + 2):
            self._note(sheet, at, note, widths)
        sheet.freeze_panes(1, 1 + bool(table.groups) if table.frozen is None else table.frozen)
        if flat.rows:
            sheet.autofilter(0, 0, len(flat.rows), len(flat.columns) - 1)
        sheet.set_landscape()
        sheet.set_paper(9)  # A4
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(0)

    def _note(self, sheet: Any, row: int, note: Said, widths: Sequence[int]) -> None:  # noqa: ANN401
        """Across the whole table, so that a long note makes the page no wider."""
        if len(widths) > 1:
            sheet.merge_range(row, 0, row, len(widths) - 1, "", self.format(italic=True))
        self.cell(sheet, row, 0, note, italic=True)
        sheet.set_row(row, LINE_HEIGHT * self.lines(note, sum(widths)))

    def cell(self, sheet: Any, row: int, column: int, value: Value, **properties: object) -> None:  # noqa: ANN401
        """Numbers in full under their format; of a span the number where it is one, else its text."""
        cell, number, formula = _alone(value), _number(value), None
        if isinstance(cell, Cell):
            formula = None if cell.formula is None else f"={say(cell.formula, self.language)}"
            properties |= self._look(cell, has_number=number is not None)
        is_empty = value is None or (isinstance(value, Cell) and value.value is None)
        said = None if is_empty or number is not None else self._text(value)
        if said is not None:
            properties = {"text_wrap": True, "align": "left", "indent": 1, **properties}
            if said.startswith(FORMULA_SIGNS):
                properties["quote_prefix"] = True
        made = self.format(**properties)
        if formula is not None:
            sheet.write_formula(row, column, formula, made, number if said is None else said)
        elif said is not None:
            sheet.write_string(row, column, said[:MAX_TEXT], made)
        elif isinstance(value, bool):
            sheet.write_boolean(row, column, value, made)
        elif number is not None and math.isfinite(number):
            sheet.write_number(row, column, number, made)
        else:
            sheet.write_blank(row, column, None, made)

    def _look(self, cell: Cell, *, has_number: bool) -> dict[str, object]:
        """The format of a number, or of a cell that waits for one; what is to be filled in has its colour."""
        look: dict[str, object] = {}
        if has_number or cell.value is None:
            look["num_format"] = number_format(cell.form, self.language)
        if cell.is_input:
            look["font_color"] = INPUT_COLOR
        return look

    def _text(self, value: Value) -> str:
        return visible(characters(value, self.language), keep=BLANKS + "\n")

    def _width(self, table: Table, column: int) -> int:
        """Wide enough for every number and for text up to a width; a Chinese character takes two digits."""
        heading = width_of(self._text(table.columns[column].title)) + FILTER_ARROW
        return min(WIDEST, max(NARROWEST, heading, *(self._room(row[column]) for row in table.rows)) + 2)

    def _room(self, value: Value) -> int:
        """About as wide as the text, or the number with its separators, decimals and unit."""
        width = width_of(self._text(value))
        return width if _number(value) is None else width + width // SEPARATED

    def lines(self, value: Value, width: int) -> int:
        """How many lines a text takes; not every program finds out by itself."""
        if _number(value) is not None:
            return 1
        room = width - INDENT
        wide = map(width_of, self._text(value).splitlines())
        # lines are not filled to the last character
        return max(1, sum(1 if each <= room else math.ceil(each / (room - 2)) for each in wide))


def _alone(value: Value) -> Value:
    return value.alone if isinstance(value, Span) else value


def _number(value: Value) -> float | None:
    cell = _alone(value)
    if isinstance(cell, Cell) and isinstance(cell.value, float | int | Fraction):
        number = cell.value * cell.form.scale
        return to_float(number) if isinstance(number, Fraction) else number
    return cell if isinstance(cell, int | float) else None
