"""Tables and sentences for a terminal. The only rich import.

Numbers are never cut: where a sheet is wider than the terminal, its text columns wrap, and where
even that is not enough its columns are set below one another. Into a pipe there is no width.
"""

from __future__ import annotations

import re
import sys
from itertools import pairwise
from typing import TYPE_CHECKING, Literal

from rich.box import SIMPLE_HEAD
from rich.cells import cell_len, set_cell_size
from rich.console import Console
from rich.table import Table
from rich.text import Text as Line

from plantrack.formats.sheet import said_in
from plantrack.language import BLANKS, visible, without_commands

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import TextIO

    from plantrack.formats.sheet import Sheet
    from plantrack.language import Language
    from plantrack.views.table import Table as View

Color = Literal["auto", "always", "never"]
PADDING = 2
"""Cells between two columns."""
UNLIMITED = 10**9
EXCERPT = 1000
"""The most cells of a file's line that are shown, also where there is no width."""
HANGING = 2
SHORT = 8
"""A cell no wider than this is not broken: a verdict, a year, 上升."""


class Screen:
    """Where tables and sentences are printed: a terminal, or a pipe without width."""

    def __init__(self, color: Color = "auto", stream: TextIO | None = None) -> None:
        stream = stream or sys.stdout
        self.console = Console(
            file=stream,
            width=None if stream.isatty() else UNLIMITED,
            color_system={"never": None, "auto": "auto", "always": "standard"}[color],
            force_terminal=True if color == "always" else None,
            no_color={"never": True, "auto": None, "always": False}[color],  # which stands above NO_COLOR
            markup=False,
            highlight=False,
            emoji=False,
            # old Windows consoles know no escape sequences: rich asks, and colours in their way
            legacy_windows=None if stream.isatty() else False,
        )
        self.width = self.console.width

    def line(self, sentence: str = "", style: str = "", *, indent: int = 0) -> None:
        """A sentence, wrapped where the terminal ends."""
        sentence = steering_nothing(sentence)
        words = sentence.lstrip(" ")
        indent += len(sentence) - len(words)
        for part in wrapped(words, self.width - indent):
            self._print(Line(" " * indent + part, style=style))

    def labelled(self, label: str, sentence: str, style: str) -> None:
        """A sentence behind a label; what is wrapped stands a little in."""
        first, *others = wrapped(f"{label} {steering_nothing(sentence)}", self.width, hanging=HANGING)
        self._print(Line.assemble((label, style), first.removeprefix(label)))
        for part in others:
            self._print(Line(" " * HANGING + part))

    def excerpt(self, line: str, number: int, column: int, style: str) -> None:
        """A line of a file with its number, and a caret below the character at `column` (from 1)."""
        gutter = f"{number:>5} | "
        shown, before, under = clipped(line, column, min(EXCERPT, self.width - len(gutter)))
        self._print(Line.assemble((gutter, "dim"), shown))
        blank = " " * (len(gutter) - 2) + "| " + " " * before
        self._print(Line.assemble((blank, "dim"), ("^" * under, style)))

    def drawn(self, line: str) -> None:
        self._print(Line(steering_nothing(line)))

    def show(self, table: View, language: Language, verbosity: Literal[-1, 0, 1] = 0) -> None:
        """A table, or where it is too wide its columns below one another."""
        sheet = said_in(language, table, steering_nothing, verbosity)
        self.line(sheet.title, "bold")
        widths = self._widths(sheet)
        if sheet.rows and widths is not None:
            self._table(sheet, widths)
        elif sheet.rows:
            self._records(sheet)
        for note in sheet.notes:
            self.line(note, "dim")

    def _table(self, sheet: Sheet, widths: list[int]) -> None:
        """Cells are wrapped and spaced here, so that rich has only to place them."""
        for start, end in pairwise(sorted({0, *sheet.groups, len(sheet.rows)})):
            if start in sheet.groups:
                self.line(sheet.groups[start], "cyan")
            table = Table(box=SIMPLE_HEAD, show_header=start == 0, padding=0, show_edge=False)
            for at, cell in enumerate(_spaced(sheet, sheet.headings, widths)):
                justify: Literal["right", "left"] = "right" if sheet.are_numbers[at] else "left"
                table.add_column(cell, justify=justify, width=widths[at] + (at > 0), no_wrap=True)
            for row in sheet.rows[start:end]:
                table.add_row(*_spaced(sheet, row, widths))
            self._print(table)

    def _widths(self, sheet: Sheet) -> list[int] | None:
        """Every column as wide as its cells; where that is too wide, words are broken, or nothing will do."""
        room = self.width - PADDING * (len(sheet.headings) - 1)
        columns = list(zip(sheet.headings, *sheet.rows, strict=True))
        widths = [max(map(cell_len, column)) for column in columns]
        if sum(widths) <= room:
            return widths
        least = [max(map(_widest_piece, column)) for column in columns]
        if sum(least) > room:
            return None
        more = levelled([width - own for width, own in zip(widths, least, strict=True)], room - sum(least))
        return [own + each for own, each in zip(least, more, strict=True)]

    def _records(self, sheet: Sheet) -> None:
        for number, row in enumerate(sheet.rows):
            if number in sheet.groups:
                self.line(sheet.groups[number], "cyan")
            if row[0]:
                self.line(row[0], "bold")
            for heading, cell in zip(sheet.headings[1:], row[1:], strict=True):
                if cell:
                    self.line(f"{heading}: {cell}", indent=2)

    def _print(self, what: object) -> None:
        """Lines without colours are written as they are: rich takes its time for each."""
        if isinstance(what, Line) and self.console.color_system is None:
            self.console.file.write(f"{what.plain}\n")
            return
        self.console.print(what, soft_wrap=isinstance(what, Line))


def steering_nothing(said: str) -> str:
    return without_commands(visible(said, keep=BLANKS))


def _spaced(sheet: Sheet, row: Sequence[str], widths: list[int]) -> list[Line]:
    """Each cell in lines of its column's width, words a blank away from the column before."""
    cells = []
    for at, (cell, width) in enumerate(zip(row, widths, strict=True)):
        blank = "" if at == 0 or sheet.are_numbers[at] else " " * (PADDING - 1)
        cells.append(Line("\n".join(blank + line for line in wrapped(cell, width))))
    return cells


def _widest_piece(cell: str) -> int:
    if (width := cell_len(cell)) <= SHORT:
        return width
    return max((cell_len(piece) for piece in _PIECE.findall(cell) if piece.strip()), default=0)


def levelled(wishes: Sequence[int], room: int) -> list[int]:
    """What each gets of `room` where the largest wishes give way first, the earlier of equal ones."""
    given = [0] * len(wishes)
    while room > 0 and (growing := [at for at, wish in enumerate(wishes) if given[at] < wish]):
        for at in growing[-room:]:
            given[at] += 1
        room -= len(growing)
    return given


def clipped(line: str, column: int, room: int) -> tuple[str, int, int]:
    """The part of a line around `column` that fits into `room` cells, where that column is, how wide it is.

    Two thirds of the room are for what follows; `…` stands for what is left out. No more of the line
    is looked at than may have room, for it may be the only line of a large file.
    """
    reach = 2 * max(room, 0) + 1
    before, at = line[max(0, column - 1 - reach) : column - 1], line[column - 1 : column]
    after = line[column : column + reach]
    under = max(1, cell_len(at))
    if len(line) <= reach and cell_len(line) <= room:
        return line, cell_len(before), under
    free = max(0, room - under - 2)
    left = min(cell_len(before), max(free // 3, free - cell_len(after)))
    lead = before if cell_len(before) <= left else "…" + set_cell_size(before[::-1], left)[::-1]
    tail = after if cell_len(after) <= free - left else set_cell_size(after, free - left) + "…"
    return lead + at + tail, cell_len(lead), under


_PIECE = re.compile(
    r"[（“《〔[]*(?:[!-~–≥≤]{0,60}[0-9][!-~–]*[\u4e00-\u9fff]{0,4}|[!-~–]+|[^\s])[，。；：、）”》〕！？％\]]*|\s+"
)
"""What a line break must not divide: words, numbers, a sign with the stops around it."""


def wrapped(sentence: str, width: int, *, hanging: int = 0) -> list[str]:
    """The lines of a sentence, none wider than `width` cells unless one word is; all but the first by so much less."""
    if cell_len(sentence) <= width:
        return [sentence]
    lines = [""]
    for piece in _PIECE.findall(sentence):
        if lines[-1].strip() and cell_len(lines[-1]) + cell_len(piece.rstrip()) > width:
            lines[-1:] = [lines[-1].rstrip(), ""]
            width -= hanging if len(lines) == 2 else 0  # noqa: PLR2004
        if lines[-1] or len(lines) == 1 or piece.strip():
            lines[-1] += piece
    return lines
