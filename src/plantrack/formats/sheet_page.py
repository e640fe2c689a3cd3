"""Pages as workbooks: the first worksheet is the page to print, the next ones its data, a row for each thing."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

from plantrack.formats.layout import MARGIN, heading_lines, laid_out
from plantrack.formats.sheet import said_in, width_of
from plantrack.formats.word_page import FANG, HEI, SMALL, SONG, TITLE, noted, printable
from plantrack.formats.xlsx import LINE_HEIGHT, MAX_TEXT, Writer, new_workbook
from plantrack.language import say, text
from plantrack.views.table import Column, Table

if TYPE_CHECKING:
    from plantrack.formats.layout import Layout
    from plantrack.formats.sheet import Sheet
    from plantrack.language import Language, Text
    from plantrack.views.page import Page
    from plantrack.views.tidy import Records

A4, USUAL, AIR = 9, 11.0, 4
"""Excel's number of the paper; points of its letters, and above and below them."""
INCH = 25.4
"""Millimetres."""


def sheet_page(page: Page, data: Records, language: Language) -> bytes:
    """The workbook's content.

    Raises:
        PlantrackError: where xlsxwriter is not installed.
    """
    stream = io.BytesIO()
    sheet = said_in(language, page.table, printable)
    book = new_workbook(stream, sheet.title)
    writer = _PageWriter(book, language)
    writer.write_page(page, sheet, laid_out(sheet))
    writer.write(_table_of(data, text("data")), "")
    if page.months is not None:
        writer.write(_table_of(page.months, text("data of months")), "")
    book.close()
    return stream.getvalue()


def _table_of(data: Records, title: Text) -> Table:
    columns = tuple(Column(key) for key in data.columns)
    rows = [tuple(row[key] for key in data.columns) for row in data.rows]
    return Table(title, columns, rows, frozen=1)


class _PageWriter(Writer):
    """Title, lead, the line over the corners, headings, rows with borders, notes; all in one print area."""

    def write_page(self, page: Page, sheet: Sheet, layout: Layout) -> None:
        self.paper = self.book.add_worksheet(say(text("page"), self.language))
        self.widths, last = layout.widths, len(layout.widths) - 1
        for column, width in enumerate(layout.widths):
            self.paper.set_column(column, column, width)
        lead, left, right = (
            printable(say(each, self.language)) for each in (page.lead, page.left, page.right)
        )
        self._line(0, sheet.title, align="center", font_name=HEI, font_size=TITLE)
        if lead:
            self._line(1, lead, font_name=FANG)
        start, middle = 1 + bool(lead), last // 2
        if left or right:
            self._over(start, (0, middle), left, font_name=SONG)
            self._over(start, (middle + 1, last), right, font_name=SONG, align="right")
            start += 1
        below = self._table(start, page, sheet, layout)
        for at, note in enumerate(noted(sheet.notes, self.language), start=below):
            self._line(at, note, font_name=FANG, font_size=SMALL)
        _set_up(self.paper, layout, (start, below + len(sheet.notes) - 1, last))

    def _line(self, row: int, said: str, font_size: float = USUAL, **look: object) -> None:
        """Text over all columns, as high as it needs."""
        self._over(row, (0, len(self.widths) - 1), said, font_size=font_size, text_wrap=True, **look)
        lines = 1 + int(width_of(said) * font_size / USUAL // sum(self.widths))
        self.paper.set_row(row, LINE_HEIGHT * lines * max(1.0, font_size / USUAL))

    def _over(self, row: int, ends: tuple[int, int], said: str, **look: object) -> None:
        """Text over the columns from one to another."""
        made, (first, last) = self.format(**{"valign": "vcenter"} | look), ends
        if last > first:
            self.paper.merge_range(row, first, row, last, "", made)
        self.paper.write_string(row, first, said[:MAX_TEXT], made)

    def _table(self, start: int, page: Page, sheet: Sheet, layout: Layout) -> int:
        """Headings and rows; the number of the row below."""
        box = {"border": 1, "valign": "vcenter", "text_wrap": True}
        for column, heading in enumerate(sheet.headings):
            said = "\n".join(heading_lines(heading))
            self.paper.write_string(start, column, said, self.format(**box, align="center", font_name=HEI))
        self.paper.set_row(start, 2 * LINE_HEIGHT)
        row = start + 1
        for at, values in enumerate(page.table.rows):
            if at in sheet.groups:
                self._over(row, (0, len(values) - 1), sheet.groups[at], border=1, font_name=HEI)
                row += 1
            for column, (value, side) in enumerate(zip(values, layout.aligned, strict=True)):
                look = {"align": side, "indent": int(side == "left"), "font_name": SONG}
                self.cell(self.paper, row, column, value, **box, **look)
            lines = max(map(self.lines, values, map(int, layout.widths)))
            self.paper.set_row(row, LINE_HEIGHT * lines + AIR)
            row += 1
        return row


def _set_up(paper: Any, layout: Layout, ends: tuple[int, int, int]) -> None:  # noqa: ANN401 - xlsxwriter has no types
    """A4, one page wide, with borders of the page and headings on every page."""
    headings, last_row, last_column = ends
    paper.set_paper(A4)
    if layout.is_across:
        paper.set_landscape()
    paper.set_margins(*[MARGIN / INCH] * 4)
    paper.center_horizontally()
    paper.fit_to_pages(1, 0)
    paper.print_area(0, 0, last_row, last_column)
    paper.repeat_rows(headings)
    paper.freeze_panes(headings + 1, 0)
    paper.set_footer("&C&P")
