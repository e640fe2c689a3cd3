"""Word files: a line for each paragraph and each row of a table, cells parted by tabs.

Read is what Word prints once every revision is accepted: insertions, content controls, text boxes,
nested tables, and notes behind the paragraph or table that refers to them. Headers and footers
repeat on every page and are not read.
"""

from __future__ import annotations

import re
from collections import Counter
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING

from plantrack.documents import limits
from plantrack.documents.marks import lowered, raised
from plantrack.documents.origins import Tags
from plantrack.documents.package import (
    Package,
    branch_of,
    child_of,
    is_on,
    look_of,
    looks_of,
    name_of,
    notes_of,
    opened,
    text_of,
    value_of,
)
from plantrack.documents.reading import Contents, contents_of, reads
from plantrack.language import text

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from plantrack.documents.package import Element


@reads(".docx")
def read_word(path: Path) -> Contents:
    return _read(path, is_tagged=False)


def read_tagged(path: Path) -> list[str]:
    """The same lines with tags that tell where in the file their letters stand: see `origins`."""
    return _read(path, is_tagged=True).lines


def _read(path: Path, *, is_tagged: bool) -> Contents:
    import lxml.etree  # noqa: F401, PLC0415 - part of an extra, asked for before the file is

    with opened(path) as archive:
        package = Package(archive)
        body, reader = package.body(), _Reader(package)
        reader.tags = Tags(body.getroottree().getroot()) if is_tagged else None
        seen = reader.seen
        seen["header"] = sum(map(_tells_something, (*package.roots("header"), *package.roots("footer"))))
        seen["comment"] = sum(map(len, package.roots("comments")))
    lines = list(reader.lines(body))
    if not seen["inserted"] and not seen["deleted"]:
        return contents_of(lines, seen)
    revisions = text(
        "the document has revisions and is read as if they were accepted (insertions read: {inserted}; "
        "deletions left out: {deleted})",
        inserted=seen["inserted"],
        deleted=seen["deleted"],
    )
    return contents_of(lines, seen, revisions)


def _tells_something(margin: Element) -> bool:
    """Whether it has a number, and is more than the number of the page."""
    words = _letters_in(margin)
    return re.search(r"\d", words) is not None and re.fullmatch(r"[-—–\s第页共/·\d]*", words) is None


def _letters_in(element: Element) -> str:
    return "".join(text_of(each) for each in element.iter() if name_of(each) == "t")


_Piece = tuple[str, int]
"""Letters of a paragraph, and 1 where they are raised and -1 where they are lowered."""
_DELETED = frozenset(("del", "moveFrom"))
_INSERTED = frozenset(("ins", "moveTo"))
_EMBEDDED = frozenset(("altChunk", "subDoc"))
_SIGNS = {"tab": "\t", "ptab": "\t", "cr": "\n", "noBreakHyphen": "-"}
_DRAWN = {
    **dict.fromkeys(("pic", "imagedata"), "picture"),
    **dict.fromkeys(("chart", "relIds"), "chart"),
    "OLEObject": "object",
}
_SYMBOL_FONT = {
    0xA3: "≤", 0xB3: "≥", 0xB1: "±", 0xB4: "×", 0xBB: "≈", 0xB0: "°", 0xB8: "÷", 0x25: "%", 0x2D: "-",
    0x2E: ".", 0x2F: "/", 0x2B: "+", 0x3C: "<", 0x3D: "=", 0x3E: ">", **{code: chr(code) for code in range(0x30, 0x3A)},
}  # fmt: skip
_WINGDINGS = {first + at: chr(0x2460 + at) for first in (0x81, 0x8C) for at in range(10)}
_FONTS = {"symbol": _SYMBOL_FONT, "wingdings": _WINGDINGS}
NOT_SHOWN = "□"
"""What stands for a symbol that is not known."""
_EQUATION = re.compile(r"\s*EQ\s+(?!\\[oO])", re.IGNORECASE)
r"""How a field begins that draws a formula; `\o` only draws a circle around its letters: a mark."""


class _Reader:
    """Reads elements, and counts what it leaves out or reads in a way that is told."""

    def __init__(self, package: Package) -> None:
        self.looks = looks_of(package)
        self.notes = notes_of(package)
        self.seen: Counter[str] = Counter()
        self.tally = limits.Tally()
        self.tags: Tags | None = None

    def counted(self, letters: str) -> str:
        self.tally.add(limits.CHARACTERS, len(letters))
        return letters

    def lines(self, parent: Element) -> Iterator[str]:
        """The lines of all blocks; a paragraph whose end is deleted goes on in the next."""
        begun: list[str] = []
        for block in self.inside(parent, "p", "tbl"):
            if name_of(block) == "tbl":
                yield from _Table(self).rows(block)
                continue
            paragraph = _Paragraph(self, block)
            begun.append(paragraph.content)
            marks = child_of(block, "pPr", "rPr")
            if any(name_of(each) in _DELETED for each in (() if marks is None else marks)):
                self.seen["deleted"] += 1
            else:
                yield from "".join(begun).splitlines() or [""]
                begun = []
            yield from (*paragraph.boxes, *paragraph.notes)
        yield from "".join(begun).splitlines()

    def filled_lines(self, parent: Element) -> Iterator[str]:
        return (line for line in self.lines(parent) if line.strip())

    def inside(self, parent: Element, *names: str) -> Iterator[Element]:
        """The elements of these names, whatever content controls and revisions are around them."""
        for child in parent:
            name = name_of(child)
            if name in names:
                yield child
            elif name in _EMBEDDED:
                self.seen["document"] += 1
            elif name in _DELETED:
                self.seen["deleted"] += 1
            elif name and not name.endswith("Pr") and name != "rt":
                self.seen["inserted"] += name in _INSERTED
                yield from self.inside(branch_of(child) if name == "AlternateContent" else child, *names)

    def letters(self, element: Element, name: str) -> str:
        if name == "t":
            return text_of(element)
        if name == "br":
            return "\n" if value_of(element, "type") in {"", "textWrapping"} else ""
        if name == "sym":
            return self.symbol(value_of(element, "font"), value_of(element, "char"))
        if name == "instrText":
            self.seen["equation"] += _EQUATION.match(text_of(element)) is not None
        return _SIGNS.get(name, "")

    def symbol(self, font: str, code: str) -> str:
        """A sign given by its number in a font; fonts of symbols have their own numbers."""
        number = int(code, 16) if re.fullmatch("[0-9A-Fa-f]{1,4}", code) else 0
        known = _FONTS.get(font.lower(), {}).get(number & 0xFF)
        if known is None and not chr(number).isprintable():
            self.seen["symbol"] += 1
            return NOT_SHOWN
        return known or chr(number)

    def drawn(self, element: Element) -> Iterator[str]:
        """The lines in text boxes and shapes; pictures, charts and objects are counted."""
        for child in element:
            name = name_of(child)
            if name == "txbxContent":
                yield from self.filled_lines(child)
            elif name == "txBody":
                yield from (self.counted(_letters_in(paragraph)) for paragraph in child)
            elif name == "AlternateContent":
                yield from self.drawn(branch_of(child))
            elif name == "textpath":
                yield self.counted(value_of(child, "string"))
            else:
                is_picture_of_object = name == "imagedata" and name_of(element.getparent()) == "object"
                self.seen["" if is_picture_of_object else _DRAWN.get(name, "")] += 1
                yield from self.drawn(child)


class _Paragraph:
    """The text of a paragraph, its text boxes, and the notes it refers to."""

    def __init__(self, reader: _Reader, paragraph: Element) -> None:
        self.reader = reader
        self.style = reader.looks.get(value_of(child_of(paragraph, "pPr", "pStyle"), "val"), {})
        self.boxes: list[str] = []
        self.notes: list[str] = []
        content = ""
        for level, pieces in groupby(self.pieces(paragraph), itemgetter(1)):
            words = "".join(letters for letters, _ in pieces)
            content += {0: words, 1: raised(words), -1: lowered(words, content)}[level]
        self.content = content

    def pieces(self, parent: Element) -> Iterator[_Piece]:
        for child in self.reader.inside(parent, "r", "oMath", "oMathPara"):
            if name_of(child) == "r":
                yield from self.run(child)
            else:
                yield from ((self.reader.counted(letters), level) for letters, level in _math(child))

    def run(self, run: Element) -> Iterator[_Piece]:
        """The letters of a run, in the look of its own properties, its style, its paragraph's style."""
        reader, properties = self.reader, child_of(run, "rPr")
        style = reader.looks.get(value_of(child_of(properties, "rStyle"), "val"), {})
        look = self.style | style | look_of(properties)
        unseen = "hidden" if is_on(look, "vanish") else "struck"
        if unseen == "hidden" or is_on(look, "strike") or is_on(look, "dstrike"):
            reader.seen[unseen] += any(name_of(each) == "t" for each in run)
            return
        level = {"superscript": 1, "subscript": -1}.get(look.get("vertAlign", ""), 0)
        for child in run:
            name = name_of(child)
            if name == "ruby":
                yield from self.pieces(child)
            elif name == "AlternateContent":
                yield from self.run(branch_of(child))
            elif name in {"drawing", "pict", "object"}:
                self.boxes.extend(reader.drawn(child))
            elif name in {"footnoteReference", "endnoteReference"}:
                note = reader.notes.pop((name.removesuffix("Reference"), value_of(child, "id")), ())
                self.notes.extend(reader.filled_lines(note))
            elif letters := reader.counted(reader.letters(child, name)):
                if reader.tags is not None and name == "t" and level == 0:
                    letters = reader.tags.tagged(letters, child)
                yield letters, level


class _Table:
    """`above` has the words of the cell above by column, for cells that are merged downwards.

    `notes` are the lines of text boxes and notes, which stand behind the table, for they would end it.
    """

    def __init__(self, reader: _Reader) -> None:
        self.reader, self.seen = reader, reader.seen
        self.above: dict[int, str] = {}
        self.notes: list[str] = []

    def rows(self, table: Element) -> Iterator[str]:
        for row in self.reader.inside(table, "tr"):
            properties = child_of(row, "trPr")
            if child_of(properties, "del") is not None:
                self.seen["deleted"] += 1
            elif is_on(look_of(properties), "hidden"):
                self.seen["hidden"] += 1
            else:
                self.seen["inserted"] += child_of(properties, "ins") is not None
                yield from self.row(row)
        yield from self.notes

    def row(self, row: Element) -> Iterator[str]:
        """The line of a row, then its nested tables; of a single cell, all its lines."""
        cells = list(self.reader.inside(row, "tc"))
        kept = [each for each in cells if child_of(each, "tcPr", "cellDel") is None]
        self.seen["deleted"] += len(cells) - len(kept)
        if len(kept) == 1:
            yield from self.reader.lines(kept[0])
            return
        column = _number(value_of(child_of(row, "trPr", "gridBefore"), "val"), 0)
        contents = [""] * limits.behind_cell(column + 1)
        behind: list[str] = []
        for cell in kept:
            content = self.cell(cell, behind)
            merged = child_of(cell, "tcPr", "vMerge")
            if merged is not None and value_of(merged, "val") != "restart":
                content = content or self.reader.counted(self.above.get(column, ""))
            self.above[column] = "" if re.search(r"\d", content) else content
            span = _number(value_of(child_of(cell, "tcPr", "gridSpan"), "val"), 1)
            contents += [content, *[""] * limits.behind_cell(span)]
            column += span
        yield "\t".join(contents)
        yield from behind

    def cell(self, cell: Element, behind: list[str]) -> str:
        """The words of a cell; the lines of tables in it are put `behind`."""
        parts = []
        for block in self.reader.inside(cell, "p", "tbl"):
            if name_of(block) == "tbl":
                behind.extend(_Table(self.reader).rows(block))
                continue
            paragraph = _Paragraph(self.reader, block)
            parts.append(paragraph.content)
            self.notes += [*paragraph.boxes, *paragraph.notes]
        return " ".join(" ".join(parts).split())


def _number(digits: str, otherwise: int) -> int:
    return int(digits) if re.fullmatch("[0-9]{1,6}", digits) else otherwise


def _math(element: Element) -> Iterator[_Piece]:
    for child in element:
        name = name_of(child)
        if name == "t":
            yield text_of(child), 0
        elif name in {"sup", "sub"}:
            level = 1 if name == "sup" else -1
            yield from ((letters, level) for letters, _ in _math(child))
        else:
            yield from (("/", 0),) if name == "den" else ()
            yield from _math(child)
