"""What a terminal shows, as worksheets."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from plantrack.language import Language, text
from plantrack.views.formulas import Cell, Grid, number_form, percent_form

if TYPE_CHECKING:
    from collections.abc import Sequence

    from plantrack.views.table import Sheet

_NUMBER = re.compile(r"[+-]?[0-9]{1,15}(?:\.([0-9]{1,9}))?(%?)", re.ASCII)


def sheet_grids(sheets: Sequence[Sheet], language: Language) -> list[Grid]:
    """A worksheet for each sheet; groups become a column, the title goes below the table."""
    return [_grid(sheet, str(number), language) for number, sheet in enumerate(sheets, start=1)]


def _grid(sheet: Sheet, name: str, language: Language) -> Grid:
    grouped = (text("section").say(language),) if sheet.groups else ()
    headings = (*grouped, *(heading.title for heading in sheet.headings))
    grid = Grid(name, headings, notes=[sheet.title, *sheet.notes], frozen=len(grouped) + 1)
    group = ""
    for number, row in enumerate(sheet.rows):
        group = sheet.groups.get(number, group)
        shown = (
            number_cell(cell) if heading.is_number else Cell(cell)
            for heading, cell in zip(sheet.headings, row, strict=True)
        )
        grid.rows.append((*(Cell(group) for _ in grouped), *shown))
    return grid


def number_cell(shown: str) -> Cell:
    """A number with its decimals where the cell is nothing else, otherwise its text."""
    match = _NUMBER.fullmatch(shown)
    if match is None:
        return Cell(shown)
    decimals, per_cent = len(match[1] or ""), bool(match[2])
    form = percent_form(decimals) if per_cent else number_form(decimals)
    if not decimals and not per_cent:
        form = "0"  # years, lines and counts: no separators
    return Cell(float(shown.removesuffix("%")) / (100 if per_cent else 1), form)
