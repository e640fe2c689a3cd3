"""Sheets as CSV and Markdown."""

from __future__ import annotations

import csv
import io
import re
from typing import TYPE_CHECKING

from plantrack.language import BLANKS, text, visible

if TYPE_CHECKING:
    from plantrack.language import Language
    from plantrack.views.table import Sheet

FORMULA_SIGNS = ("=", "+", "-", "@")


def to_csv(sheet: Sheet, language: Language = "en") -> str:
    """Comma-separated values with a heading row; groups become a column, notes are left out."""
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\r\n")
    grouped = [text("section").say(language)] if sheet.groups else []
    writer.writerow([*grouped, *(heading.title for heading in sheet.headings)])
    group = ""
    for number, row in enumerate(sheet.rows):
        group = sheet.groups.get(number, group)
        cells = [group, *row] if grouped else row
        writer.writerow([as_data(cell) for cell in cells])
    return stream.getvalue()


def as_data(cell: str) -> str:
    """What a spreadsheet shows as it is: text that looks like a formula gets an apostrophe, numbers do not."""
    cell = visible(cell.replace("\n", " "), keep=BLANKS)
    if not cell.startswith(FORMULA_SIGNS):
        return cell
    try:
        float(cell)
    except ValueError:
        return f"'{cell}"
    return cell


def to_markdown(sheet: Sheet) -> str:
    """A pipe table under the sheet's title, with its notes as a list."""
    lines = [f"# {escaped(sheet.title)}"]
    if sheet.headings:
        lines += ["", _row([heading.title for heading in sheet.headings])]
        lines.append(_row(["---:" if heading.is_number else "---" for heading in sheet.headings], raw=True))
        lines += [_row(row) for row in sheet.rows]
    if sheet.notes:
        lines += ["", *(f"- {escaped(note)}" for note in sheet.notes)]
    return "\n".join(lines) + "\n"


def _row(cells: list[str] | tuple[str, ...], *, raw: bool = False) -> str:
    return "| " + " | ".join(cell if raw else escaped(cell) for cell in cells) + " |"


def escaped(cell: str) -> str:
    """Text that Markdown shows as it is."""
    return _BEGINNING.sub(r"\1\\\2", _MARKUP.sub(r"\\\g<0>", visible(cell.replace("\n", " "), keep=BLANKS)))


_MARKUP = re.compile(r"[\\`*_\[\]<>|~&$#]")
_BEGINNING = re.compile(r"^(\d{0,9})([-+=.)])(?=\s|$|[-=])")
"""What Markdown, as GitHub reads it, would not show, and what begins a list or underlines a heading."""
