"""Tables as Markdown."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from plantrack.formats.sheet import said_in
from plantrack.language import BLANKS, visible

if TYPE_CHECKING:
    from plantrack.formats.sheet import Sheet
    from plantrack.language import Language
    from plantrack.views.table import Table


def to_markdown(table: Table, language: Language) -> str:
    sheet = said_in(language, table, escaped)
    lines = [f"# {sheet.title}"]
    if sheet.headings:
        lines += ["", *table_lines(sheet)]
    if sheet.notes:
        lines += ["", *(f"- {note}" for note in sheet.notes)]
    return "\n".join(lines) + "\n"


def table_lines(sheet: Sheet) -> list[str]:
    rule = ["---:" if is_number else "---" for is_number in sheet.are_numbers]
    return [f"| {' | '.join(row)} |" for row in (sheet.headings, rule, *sheet.rows)]


def escaped(cell: str) -> str:
    """Text that Markdown shows as it is."""
    return _BEGINNING.sub(r"\1\\\2", _MARKUP.sub(r"\\\g<0>", visible(cell.replace("\n", " "), keep=BLANKS)))


_MARKUP = re.compile(r"[\\`*_\[\]<>|~&$#]")
_BEGINNING = re.compile(r"^(\d{0,9})([-+=.)])(?=\s|$|[-=])")
"""What Markdown, as GitHub reads it, would not show, and what begins a list or underlines a heading."""
