"""Tables as HTML. All text may come from plan files, and is escaped."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from plantrack.formats.sheet import said_in
from plantrack.language import BLANKS, visible

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from plantrack.formats.sheet import Sheet
    from plantrack.language import Language
    from plantrack.views.table import Table


def to_html(table: Table, language: Language) -> str:
    """A table with its title as caption, its groups as rows, its notes as a list."""
    return "\n".join(_html(said_in(language, table)))


def _html(sheet: Sheet) -> Iterator[str]:
    yield f"<table><caption>{_text(sheet.title)}</caption>"
    yield f"<thead>{_row('th', [heading.title for heading in sheet.headings], sheet)}</thead><tbody>"
    for number, row in enumerate(sheet.rows):
        if number in sheet.groups:
            yield f'<tr><th colspan="{len(sheet.headings)}">{_text(sheet.groups[number])}</th></tr>'
        yield _row("td", row, sheet)
    yield "</tbody></table>"
    if sheet.notes:
        yield f"<ul>{''.join(f'<li>{_text(note)}</li>' for note in sheet.notes)}</ul>"


def _row(tag: str, cells: Sequence[str], sheet: Sheet) -> str:
    styles = (' style="text-align: right"' if heading.is_number else "" for heading in sheet.headings)
    made = (f"<{tag}{style}>{_text(cell)}</{tag}>" for cell, style in zip(cells, styles, strict=True))
    return f"<tr>{''.join(made)}</tr>"


def _text(said: str) -> str:
    return escape(visible(said, keep=BLANKS))
