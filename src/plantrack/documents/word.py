"""Word files: a line for each paragraph and each row of a table, cells parted by tabs.

Read is what Word prints once every revision is accepted: insertions, content controls, text boxes,
nested tables, and notes behind the paragraph or table that refers to them. Headers and footers
repeat on every page and are not read. python-docx opens the file; it reads paragraphs and plain
tables only, so that the text is taken from the elements here.
"""

from __future__ import annotations

import re
import zipfile
from collections import Counter
from itertools import groupby
from typing import TYPE_CHECKING, Any, NamedTuple

from plantrack.documents.marks import lowered, raised
from plantrack.documents.reading import MAX_BYTES, Contents, reads
from plantrack.errors import PlantrackError
from plantrack.language import text

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from plantrack.language import Text

Element = Any
"""An element of lxml, which has no types."""
Look = dict[str, str]
"""Properties of letters that decide how they are read, by name."""
MAX_UNPACKED = 10 * MAX_BYTES


@reads(".docx")
def read_word(path: Path) -> Contents:
    """The text of a Word file.

    Raises:
        PlantrackError: where its parts are larger than any document's.
    """
    import docx  # noqa: PLC0415 - part of an extra

    if zipfile.is_zipfile(path):
        with zipfile.ZipFile(path) as archive:
            if sum(part.file_size for part in archive.infolist()) > MAX_UNPACKED:
                raise PlantrackError(text("{file} has more than {most} bytes", file=path, most=MAX_UNPACKED))
    document = docx.Document(str(path))
    parts = _Parts.of(document.part)
    reader = _Reader(parts.looks, parts.notes)
    lines = list(reader.lines(document.element.body))
    reader.seen["header"] = sum(map(_tells_something, parts.margins))
    reader.seen["comment"] = parts.comments
    return Contents(lines, tuple(_not_read(reader.seen)), tuple(_remarks(reader.seen)))


def _not_read(seen: Counter[str]) -> Iterator[Text]:
    for what, said in (
        ("picture", text("pictures ({number})", number=seen["picture"])),
        ("chart", text("charts or diagrams ({number})", number=seen["chart"])),
        ("object", text("embedded objects ({number})", number=seen["object"])),
        ("document", text("embedded documents ({number})", number=seen["document"])),
        ("equation", text("equation fields ({number})", number=seen["equation"])),
        ("symbol", text("signs of symbol fonts ({number})", number=seen["symbol"])),
        ("header", text("headers or footers with numbers ({number})", number=seen["header"])),
    ):
        if seen[what]:
            yield said


def _remarks(seen: Counter[str]) -> Iterator[Text]:
    if seen["inserted"] or seen["deleted"]:
        yield text(
            "the document has revisions and is read as if they were accepted (insertions read: {inserted}; deletions left out: {deleted})",
            inserted=seen["inserted"],
            deleted=seen["deleted"],
        )
    if seen["struck"]:
        yield text("deleted or struck passages left out: {number}", number=seen["struck"])
    if seen["hidden"]:
        yield text("hidden passages left out: {number}", number=seen["hidden"])
    if seen["comment"]:
        yield text("comments, which are no part of the text: {number}", number=seen["comment"])


# -- parts of the file ---------------------------------------------------------------------------


class _Parts(NamedTuple):
    """What stands outside the body: looks by style, notes by kind and number, headers and footers."""

    looks: Mapping[str, Look]
    notes: Mapping[tuple[str, str], Element]
    margins: list[Element]
    comments: int

    @classmethod
    def of(cls, main: Any) -> _Parts:  # noqa: ANN401 - a part of python-docx
        roots: dict[str, list[Element]] = {}
        for relation in main.rels.values():
            if not relation.is_external:
                kind = relation.reltype.rpartition("/")[2]
                roots.setdefault(kind, []).append(_root_of(relation.target_part))
        notes: dict[tuple[str, str], Element] = {
            (kind, _value(note, "id")): note
            for kind in ("footnote", "endnote")
            for root in roots.get(f"{kind}s", ())
            for note in root
            if _name(note) == kind
        }
        styles = next(iter(roots.get("styles", ())), ())
        comments = sum(len(root) for root in roots.get("comments", ()))
        return cls(_looks(styles), notes, [*roots.get("header", ()), *roots.get("footer", ())], comments)


def _root_of(part: Any) -> Element:  # noqa: ANN401 - a part of python-docx
    """The root of a part's XML; nothing where it has none."""
    from docx.oxml import parse_xml  # noqa: PLC0415 - part of an extra

    if hasattr(part, "element"):
        return part.element
    is_xml = part.content_type.endswith("+xml")
    return parse_xml(part.blob) if is_xml and re.search("notes|comments", part.content_type) else ()


def _tells_something(margin: Element) -> bool:
    """Whether a header or footer has a number, and is more than the number of the page."""
    words = "".join(each.text or "" for each in margin.iter() if _name(each) == "t")
    return re.search(r"\d", words) is not None and re.fullmatch(r"[-—–\s第页共/·\d]*", words) is None


def _looks(styles: Element) -> dict[str, Look]:
    """The look of each style, with what it takes over from those it is based on."""
    own: dict[str, tuple[str, Look]] = {}
    for style in styles:
        if _name(style) == "style":
            based_on = _value(_child(style, "basedOn"), "val")
            own[_value(style, "styleId")] = (based_on, _look(_child(style, "rPr")))
    looks = {}
    for name in own:
        look: Look = {}
        style = name
        for _ in range(MOST_STYLES):
            base, added = own.get(style, ("", {}))
            look, style = added | look, base
        looks[name] = look
    return looks


MOST_STYLES = 20
"""Styles based on one another are fewer; more go round in a circle."""
_LOOKS = frozenset(("vanish", "strike", "dstrike", "vertAlign"))
_OFF = frozenset(("0", "false", "off", "none", "baseline"))


def _look(properties: Element | None) -> Look:
    return {
        _name(each): _value(each, "val")
        for each in (properties if properties is not None else ())
        if _name(each) in _LOOKS
    }


def _is_on(look: Look, name: str) -> bool:
    return look.get(name, "off") not in _OFF


# -- elements ------------------------------------------------------------------------------------


def _name(element: Element) -> str:
    """The name of an element without its namespace; of comments, none."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def _child(element: Element | None, *names: str) -> Element | None:
    """The element that a path of names leads to."""
    for name in names:
        if element is None:
            return None
        element = next((each for each in element if _name(each) == name), None)
    return element


def _value(element: Element | None, name: str) -> str:
    """An attribute by its name without namespace; empty where there is none."""
    if element is None:
        return ""
    return next((value for key, value in element.attrib.items() if key.rpartition("}")[2] == name), "")


def _branch(alternatives: Element) -> Element:
    """The one of several forms of the same content that is read: the first that has text."""
    for each in alternatives:
        if any(_name(inner) in {"t", "delText"} for inner in each.iter()):
            return each
    return alternatives[0] if len(alternatives) else ()


# -- reading -------------------------------------------------------------------------------------


class _Piece(NamedTuple):
    """Letters of a paragraph; `level` is 1 where they are raised and -1 where they are lowered."""

    content: str
    level: int = 0


class _Paragraph(NamedTuple):
    """The text of a paragraph, the lines of its text boxes, and those of the notes it refers to."""

    content: str
    boxes: list[str]
    notes: list[str]


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


class _Reader:
    """Reads elements, and counts what it leaves out or reads in a way that is told."""

    def __init__(self, looks: Mapping[str, Look], notes: Mapping[tuple[str, str], Element]) -> None:
        self.looks = looks
        self.notes = dict(notes)
        self.seen: Counter[str] = Counter()

    # blocks

    def lines(self, parent: Element) -> Iterator[str]:
        """The lines of all blocks; a paragraph whose end is deleted goes on in the next."""
        begun = ""
        for block in self.inside(parent, "p", "tbl"):
            if _name(block) == "tbl":
                yield from self.rows(block)
                continue
            paragraph = self.paragraph(block)
            content, begun = begun + paragraph.content, ""
            if _is_end_deleted(block):
                self.seen["deleted"] += 1
                begun = content
            else:
                yield from content.splitlines() or [""]
            yield from (*paragraph.boxes, *paragraph.notes)
        if begun:
            yield from begun.splitlines()

    def inside(self, parent: Element, *names: str) -> Iterator[Element]:
        """The elements of these names, whatever content controls and revisions are around them."""
        for child in parent:
            name = _name(child)
            if name in names:
                yield child
            elif name in _EMBEDDED:
                self.seen["document"] += 1
            elif name in _DELETED:
                self.seen["deleted"] += 1
            elif not name.endswith("Pr") and name:
                self.seen["inserted"] += name in _INSERTED
                yield from self.inside(_branch(child) if name == "AlternateContent" else child, *names)

    # tables

    def rows(self, table: Element) -> Iterator[str]:
        above: dict[int, str] = {}
        notes: list[str] = []
        for row in self.inside(table, "tr"):
            properties = _child(row, "trPr")
            if _child(properties, "del") is not None:
                self.seen["deleted"] += 1
            elif _is_on(_hidden(properties), "hidden"):
                self.seen["hidden"] += 1
            else:
                self.seen["inserted"] += _child(properties, "ins") is not None
                yield from self.row(row, above, notes)
        yield from notes

    def row(self, row: Element, above: dict[int, str], notes: list[str]) -> Iterator[str]:
        """The line of a row, then its nested tables; of a single cell, all its lines.

        Args:
            row: the element.
            above: the words of the cell above by column, for cells that are merged downwards.
            notes: where text boxes and notes are put, for they would end the table.
        """
        cells = list(self.inside(row, "tc"))
        kept = [each for each in cells if _child(each, "tcPr", "cellDel") is None]
        self.seen["deleted"] += len(cells) - len(kept)
        if len(kept) == 1:
            yield from self.lines(kept[0])
            return
        column = _number(_value(_child(row, "trPr", "gridBefore"), "val"), 0)
        contents: list[str] = []
        behind: list[str] = []
        for cell in kept:
            content = self.cell(cell, behind, notes)
            merged = _child(cell, "tcPr", "vMerge")
            if merged is not None and _value(merged, "val") != "restart":
                content = content or above.get(column, "")
            above[column] = "" if re.search(r"\d", content) else content
            contents.append(content)
            column += _number(_value(_child(cell, "tcPr", "gridSpan"), "val"), 1)
        yield "\t".join(contents)
        yield from behind

    def cell(self, cell: Element, behind: list[str], notes: list[str]) -> str:
        parts = []
        for block in self.inside(cell, "p", "tbl"):
            if _name(block) == "tbl":
                behind.extend(self.rows(block))
                continue
            paragraph = self.paragraph(block)
            parts.append(paragraph.content)
            notes += [*paragraph.boxes, *paragraph.notes]
        return " ".join(" ".join(parts).split())

    # paragraphs

    def paragraph(self, paragraph: Element) -> _Paragraph:
        boxes: list[str] = []
        notes: list[str] = []
        style = self.looks.get(_value(_child(paragraph, "pPr", "pStyle"), "val"), {})
        content = ""
        for level, pieces in groupby(self.pieces(paragraph, style, boxes, notes), lambda each: each.level):
            words = "".join(each.content for each in pieces)
            content += {0: words, 1: raised(words), -1: lowered(words, content)}[level]
        return _Paragraph(content, boxes, notes)

    def pieces(self, parent: Element, style: Look, boxes: list[str], notes: list[str]) -> Iterator[_Piece]:
        for child in parent:
            name = _name(child)
            if name == "r":
                yield from self.run(child, style, boxes, notes)
            elif name in _DELETED:
                self.seen["deleted"] += 1
            elif name in {"oMath", "oMathPara"}:
                yield from _math(child)
            elif name == "AlternateContent":
                yield from self.pieces(_branch(child), style, boxes, notes)
            elif name in _EMBEDDED:
                self.seen["document"] += 1
            elif name and not name.endswith("Pr") and name != "rt":
                self.seen["inserted"] += name in _INSERTED
                yield from self.pieces(child, style, boxes, notes)

    def run(self, run: Element, style: Look, boxes: list[str], notes: list[str]) -> Iterator[_Piece]:
        """The letters of a run, in the look of its own properties, its style, its paragraph's style."""
        properties = _child(run, "rPr")
        look = style | self.looks.get(_value(_child(properties, "rStyle"), "val"), {}) | _look(properties)
        unseen = "hidden" if _is_on(look, "vanish") else "struck"
        if unseen == "hidden" or _is_on(look, "strike") or _is_on(look, "dstrike"):
            self.seen[unseen] += any(_name(each) == "t" for each in run)
            return
        level = {"superscript": 1, "subscript": -1}.get(look.get("vertAlign", ""), 0)
        for child in run:
            name = _name(child)
            if name == "ruby":
                yield from self.pieces(child, style, boxes, notes)
            elif name == "AlternateContent":
                yield from self.run(_branch(child), style, boxes, notes)
            elif name in {"drawing", "pict", "object"}:
                boxes.extend(self.drawn(child))
            elif name in {"footnoteReference", "endnoteReference"}:
                note = self.notes.pop((name.removesuffix("Reference"), _value(child, "id")), ())
                notes.extend(line for line in self.lines(note) if line.strip())
            elif letters := self.letters(child, name):
                yield _Piece(letters, level)

    def letters(self, element: Element, name: str) -> str:
        if name == "t":
            return element.text or ""
        if name == "br":
            return "\n" if _value(element, "type") in {"", "textWrapping"} else ""
        if name == "sym":
            return self.symbol(_value(element, "font"), _value(element, "char"))
        if name == "instrText":
            self.seen["equation"] += _is_equation(element.text or "")
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
            name = _name(child)
            if name == "txbxContent":
                yield from (line for line in self.lines(child) if line.strip())
            elif name == "txBody":
                for paragraph in child:
                    yield "".join(each.text or "" for each in paragraph.iter() if _name(each) == "t")
            elif name == "AlternateContent":
                yield from self.drawn(_branch(child))
            elif name == "textpath":
                yield _value(child, "string")
            else:
                is_picture_of_object = name == "imagedata" and _name(element.getparent()) == "object"
                self.seen["" if is_picture_of_object else _DRAWN.get(name, "")] += 1
                yield from self.drawn(child)


def _is_end_deleted(paragraph: Element) -> bool:
    marks = _child(paragraph, "pPr", "rPr")
    return any(_name(each) in _DELETED for each in (marks if marks is not None else ()))


def _hidden(properties: Element | None) -> Look:
    hidden = _child(properties, "hidden")
    return {} if hidden is None else {"hidden": _value(hidden, "val")}


def _number(digits: str, otherwise: int) -> int:
    return int(digits) if re.fullmatch("[0-9]{1,6}", digits) else otherwise


def _is_equation(instruction: str) -> bool:
    r"""Whether a field draws a formula; `\o` only draws a circle around its letters: a mark."""
    return re.match(r"\s*EQ\s+(?!\\[oO])", instruction, re.IGNORECASE) is not None


def _math(element: Element) -> Iterator[_Piece]:
    """The letters of a formula, its exponents raised."""
    for child in element:
        name = _name(child)
        if name == "t":
            yield _Piece(child.text or "")
        elif name in {"sup", "sub"}:
            level = 1 if name == "sup" else -1
            yield from (_Piece(each.content, level) for each in _math(child))
        else:
            yield from (_Piece("/"),) if name == "den" else ()
            yield from _math(child)
