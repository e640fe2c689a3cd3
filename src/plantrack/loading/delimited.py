"""Tables typed in a spreadsheet and saved as text, whatever the encoding and the separator.

Cells are numbered as a spreadsheet does: row and column from 1.
"""

from __future__ import annotations

import csv
import io
import unicodedata
from typing import NamedTuple

MAX_ROWS = 20_000
ENCODINGS = ("utf-8-sig", "gb18030")
"""Tried in this order: what is valid UTF-8 is never GBK by accident, the other way round it may be."""
SEPARATORS = ",\t;，；"
_MARKS = {b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}


class Cell(NamedTuple):
    """A cell's text without the blanks around it, and where it stands."""

    text: str
    row: int
    column: int

    @property
    def key(self) -> str:
        """The text as headings and names are compared: narrow letters, no blanks, lower case."""
        return "".join(unicodedata.normalize("NFKC", self.text).split()).lower()


def decoded(content: bytes) -> str | None:
    """The text of a file in UTF-8, UTF-16 with a mark, or GB 18030 (GBK); `None` where it is none of them."""
    for encoding in (_MARKS.get(content[:2]), *ENCODINGS):
        if encoding is not None:
            try:
                text = content.decode(encoding)
            except UnicodeDecodeError:
                continue
            return None if "\x00" in text else text.replace("\r\n", "\n").replace("\r", "\n")
    return None


def read_rows(text: str, separator: str) -> list[list[Cell]]:
    """The rows that are not empty; quoted cells may hold separators and line breaks.

    Raises:
        csv.Error: where a quotation mark is never closed.
    """
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    rows: list[list[Cell]] = []
    start = 1
    for cells in reader:
        row = [Cell(_plain(cell), start, number) for number, cell in enumerate(cells, 1)]
        start = reader.line_num + 1
        if any(cell.text for cell in row) and not row[0].text.lower().startswith("sep="):
            rows.append(row)
        if len(rows) > MAX_ROWS:
            break
    return rows


def _plain(cell: str) -> str:
    """Without blanks of any width, and the apostrophe or equals sign that keeps a number text."""
    cell = cell.replace("\u3000", " ").replace("\u00a0", " ").strip().removeprefix("\ufeff")
    if cell.startswith('="') and cell.endswith('"'):
        return cell[2:-1]
    return cell.removeprefix("'")
