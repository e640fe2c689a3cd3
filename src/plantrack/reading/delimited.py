"""Tables typed in a spreadsheet and saved as text, whatever the encoding and the separator.

Cells are numbered as a spreadsheet does: row and column from 1. A table is read row by row, so that
one of a million rows takes no more memory than its bytes.
"""

from __future__ import annotations

import codecs
import csv
import io
import re
from functools import lru_cache
from itertools import islice
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from plantrack.language import Text, text
from plantrack.plan.naming import key_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

MAX_BYTES = 64_000_000
MAX_LINES = 1_048_576
"""A spreadsheet has no more rows."""
MAX_COLUMNS = 1_000
MAX_LINE = 1_000_000
"""Characters of one line."""
ENCODINGS = ("utf-8-sig", "gb18030")
"""Tried in this order: what is valid UTF-8 is never GBK by accident, the other way round it may be."""
SEPARATORS = ",\t;，；"
_MARKS = {b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}
CACHED = 5_000
"""Texts that recur in a table, as names, years and units do, are looked at once."""
_PART = 1 << 20


class Cell(NamedTuple):
    """A cell's text without the blanks around it, and where it stands."""

    text: str
    row: int
    column: int

    @property
    def key(self) -> str:
        """The text as headings and names are compared."""
        return key_of(self.text)


_NONE_MERGED: Mapping[int, Cell] = MappingProxyType({})


class Row(NamedTuple):
    """The line on which a row begins, and the texts of its cells up to the last that is not empty.

    `is_broken` tells whether line breaks stand in its cells; `merged`, for each column that lies in a merged
    cell of a worksheet, what stands in that.
    """

    line: int
    texts: list[str]
    is_broken: bool = False
    merged: Mapping[int, Cell] = _NONE_MERGED

    def text(self, at: int) -> str:
        return self.texts[at] if at < len(self.texts) else ""

    def cell(self, at: int) -> Cell:
        return Cell(self.text(at), self.line, at + 1)

    @property
    def cells(self) -> Iterator[Cell]:
        return (Cell(each, self.line, number) for number, each in enumerate(self.texts, 1))


class Broken(Exception):
    """A table that cannot be read further: what is wrong, and in which cell."""

    def __init__(self, name: str, spot: tuple[int, int], message: Text) -> None:
        super().__init__(name)
        self.name, self.spot, self.message = name, spot, message


# -- encodings -----------------------------------------------------------------------------------


def encoding_of(content: bytes) -> str | None:
    """UTF-8, UTF-16 with a mark, or GB 18030 (GBK); `None` where the content is text in none of them."""
    for encoding in (_MARKS.get(content[:2]), *ENCODINGS):
        if encoding is not None:
            try:
                return encoding if _is_without_nul(content, encoding) else None
            except UnicodeDecodeError:
                continue
    return None


def _is_without_nul(content: bytes, encoding: str) -> bool:
    """Whether no NUL is in it. It is decoded in parts, for the whole text may take four times its bytes."""
    decoder = codecs.getincrementaldecoder(encoding)()
    is_clean = True
    for at in range(0, len(content), _PART):
        is_clean &= "\x00" not in decoder.decode(content[at : at + _PART])
    return is_clean & ("\x00" not in decoder.decode(b"", final=True))


# -- rows ----------------------------------------------------------------------------------------


class Table(NamedTuple):
    """The bytes of a table and their encoding, which can be read with one separator after another."""

    content: bytes
    encoding: str
    name: str = ""
    separators: str = SEPARATORS

    def rows(self, separator: str, lines: int | None = None) -> Iterator[Row]:
        """The rows that are not empty, of the first lines only where so many are asked for.

        Quoted cells may hold separators and line breaks.

        Raises:
            Broken: where it cannot be read further.
        """
        reader = csv.reader(islice(self._short_lines(), lines), delimiter=separator, strict=True)
        start = 1
        while True:
            try:
                written = next(reader, None)
            except csv.Error:
                raise self._why_broken(start, separator) from None
            if written is None:
                return
            texts = list(map(plain_text, written))
            while texts and not texts[-1]:
                texts.pop()
            if len(texts) > MAX_COLUMNS:
                raise Broken(
                    "too-large", (start, MAX_COLUMNS), text("more than {most} columns", most=MAX_COLUMNS)
                )
            if texts and not (start == 1 and texts[0].lower().startswith("sep=")):
                yield Row(start, texts, reader.line_num > start)
            start = reader.line_num + 1

    def lines(self) -> Iterator[str]:
        """The lines of the file, whatever ends them."""
        return io.TextIOWrapper(io.BytesIO(self.content), encoding=self.encoding, newline=None)

    def _short_lines(self) -> Iterator[str]:
        """The lines, as long as they are neither too many nor too long.

        Raises:
            Broken: where they are.
        """
        for number, line in enumerate(self.lines(), 1):
            if number > MAX_LINES:
                raise Broken("too-large", (number, 1), text("more than {most} rows", most=MAX_LINES))
            if len(line) > MAX_LINE:
                raise Broken(
                    "too-large", (number, 1), text("the line has more than {most} characters", most=MAX_LINE)
                )
            yield line

    def _why_broken(self, start: int, separator: str) -> Broken:
        """Which cell of the row that begins on line `start` cannot be read, and why."""
        rest = "".join(islice(self.lines(), start - 1, None))
        most = csv.field_size_limit()
        cell = re.compile(_CELL.format(separator=re.escape(separator)))
        at, column = 0, 1
        while (match := cell.match(rest, at)) is not None and len(match[0]) <= most and match["end"]:
            at, column = match.end(), column + 1
        if match is None:
            return Broken("wrong-type", (start, column), _OPEN)
        return Broken("wrong-type", (start, column), text(_LONG.template, most=most))


_CELL = '(?:"(?:[^"]|"")*+"|(?!")[^{separator}\n]*+)(?P<end>{separator}|(?=\n)|$)'
"""A cell in quotation marks or without them, as csv tells them apart, and what ends it."""
_OPEN = text(
    "the quotation mark that opens this cell is not closed at its end: close it, and write a mark within a cell twice"
)
_LONG = text(
    "the cell has more than {most} characters: shorten it; where it should be short, a quotation mark is missing"
)


@lru_cache(maxsize=CACHED)
def plain_text(cell: str) -> str:
    """Without blanks of any width, and the apostrophe or equals sign that keeps a number text."""
    cell = cell.replace("\u3000", " ").replace("\u00a0", " ").strip().removeprefix("\ufeff")
    if cell.startswith('="') and cell.endswith('"'):
        return cell[2:-1]
    return cell.removeprefix("'")
