"""Web pages: a line for each block and each row of a table, cells parted by tabs.

Read is what a browser shows: not what is hidden, and not what is marked as deleted. A page is gone
through from its beginning to its end, twice, in time proportional to its length however deeply its
elements are nested: first to see which cells hold a part of the page rather than a word, then to
write the lines.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from plantrack.documents.marks import lowered, raised
from plantrack.documents.markup import End, Start, events_of
from plantrack.documents.reading import (
    MAX_CELLS,
    MAX_ELEMENTS,
    MAX_LINES,
    Contents,
    TooLarge,
    decoded,
    elements_in,
    reads,
    require_characters,
    require_span,
)
from plantrack.documents.stylesheet import hidden_names, is_hidden, is_raised, is_struck
from plantrack.language import text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from plantrack.documents.markup import Attributes, Event
    from plantrack.language import Text


@reads(".html", ".htm")
def read_page(path: Path) -> Contents:
    content = path.read_bytes()
    _require_few(content)
    events = events_of(_html_text(content))
    shown = _Shown("\n".join(_styles(events())) if _STYLE.search(content) else "")
    lines = _lines(shown.events(events()), _layout(shown.events(events())))
    return Contents(
        [line for line in lines if line.strip()],
        tuple(_not_read(shown.left_out)),
        tuple(_remarks(shown.left_out)),
    )


_STYLE = re.compile(rb"<style", re.IGNORECASE)
_PARAGRAPH = re.compile(rb"<(?:p|li|tr)\b", re.IGNORECASE)
_CELL = re.compile(rb"<t[dh]\b", re.IGNORECASE)


def _require_few(content: bytes) -> None:
    """Refuse a page that has too much of something before it is parsed.

    Raises:
        TooLarge: telling of what.
    """
    for is_larger, limit in (
        (sum(1 for _ in _PARAGRAPH.finditer(content)) > MAX_LINES, text("{most} paragraphs", most=MAX_LINES)),
        (sum(1 for _ in _CELL.finditer(content)) > MAX_CELLS, text("{most} cells", most=MAX_CELLS)),
        (elements_in(content) > MAX_ELEMENTS, text("{most} elements and attributes", most=MAX_ELEMENTS)),
    ):
        if is_larger:
            raise TooLarge(limit)


def _not_read(left_out: Counter[str]) -> Iterator[Text]:
    if left_out["picture"]:
        yield text("pictures ({number})", number=left_out["picture"])
    if left_out["page"]:
        yield text("embedded pages or objects ({number})", number=left_out["page"])


def _remarks(left_out: Counter[str]) -> Iterator[Text]:
    if left_out["deleted"]:
        yield text("deleted or struck passages left out: {number}", number=left_out["deleted"])
    if left_out["hidden"]:
        yield text("hidden passages left out: {number}", number=left_out["hidden"])


# -- what is not shown ---------------------------------------------------------------------------

_NO_TEXT = frozenset(
    ("script", "style", "head", "template", "noscript", "annotation", "annotation-xml", "rt", "rp")
)
_DELETED = frozenset(("del", "s", "strike"))
_OTHER_FILES = {
    **dict.fromkeys(("img", "canvas"), "picture"),
    **dict.fromkeys(("iframe", "frame", "object", "embed"), "page"),
}


def _styles(events: Iterable[Event]) -> Iterator[str]:
    """The style that a page has of its own."""
    is_style = False
    for event in events:
        if isinstance(event, Start):
            is_style = event.tag == "style"
        elif is_style and isinstance(event, str):
            yield event


class _Shown:
    """Leaves out what is not shown, and counts what may be missed.

    `hidden` are the classes and identifiers that the page's own style hides.
    """

    def __init__(self, style: str) -> None:
        self.hidden = hidden_names(style)
        self.left_out: Counter[str] = Counter()

    def events(self, events: Iterable[Event]) -> Iterator[Event]:
        self.left_out = Counter()
        reason, depth, is_told = None, 0, False
        for event in events:
            if reason is None and isinstance(event, Start):
                reason = self._reason(event)
                is_told = reason in {"picture", "page"}
            if reason is None:
                yield event
            elif isinstance(event, str):
                is_told = is_told or not event.isspace()
            else:
                depth += 1 if isinstance(event, Start) else -1
                if depth == 0:
                    self.left_out[reason] += is_told
                    reason = None

    def _reason(self, element: Start) -> str | None:
        """Why an element is no text of the page; `None` for what is."""
        tag, attributes = element
        style = attributes.get("style") or ""
        if tag in _NO_TEXT:
            return "code"
        if tag in {"html", "body"}:
            return None
        closed = tag == "dialog" and "open" not in attributes
        if (
            "hidden" in attributes
            or closed
            or is_hidden(style)
            or not self.hidden.isdisjoint(_names_of(attributes))
        ):
            return "hidden"
        if tag in _DELETED or is_struck(style):
            return "deleted"
        return _OTHER_FILES.get(tag)


def _names_of(attributes: Attributes) -> Iterator[str]:
    """An element's classes and its identifier, as styles write them."""
    yield from (f".{each}" for each in (attributes.get("class") or "").split())
    yield f"#{attributes.get('id')}"


# -- cells ---------------------------------------------------------------------------------------

_BLOCKS = (
    *("p", "div", "section", "article", "li", "dt", "dd", "h1", "h2", "h3", "h4", "h5", "h6"),
    *("table", "tr", "caption", "blockquote", "pre", "center", "header", "footer", "main", "aside"),
    *("ul", "ol", "dl", "figure", "figcaption", "fieldset", "address", "form", "hr", "option"),
)
_BREAKS = dict.fromkeys(_BLOCKS, ("\n", "\n")) | {"br": ("", "\n"), "td": ("", "\t"), "th": ("", "\t")}
_CELLS = frozenset(("td", "th"))


@dataclass
class _Cell:
    """A cell by its number among all elements, with its row, the blocks in it, and whether one is a table."""

    number: int
    row: int
    blocks: int = 0
    has_table: bool = False


def _layout(events: Iterable[Event]) -> set[int]:
    """The cells that hold a part of the page, with its own lines, rather than a word or a number.

    Those are cells with a table inside, and those that stand in their row alone with several blocks.
    They are told by their number among all elements.
    """
    cells_of_row: Counter[int] = Counter()
    around: list[int] = []
    waiting: list[_Cell] = []
    ended: list[_Cell] = []
    for number, event in _numbered(events):
        if isinstance(event, Start):
            if waiting:
                waiting[-1].blocks += event.tag in _BREAKS
                waiting[-1].has_table |= event.tag == "table"
            if event.tag in _CELLS:
                waiting.append(_Cell(number, around[-1] if around else 0))
                cells_of_row[waiting[-1].row] += 1
                _require_cell(event)
            around.append(number)
        else:
            around.pop()
            if event.tag in _CELLS:
                ended.append(waiting.pop())
                if waiting:
                    waiting[-1].blocks += ended[-1].blocks
                    waiting[-1].has_table |= ended[-1].has_table
    return {
        each.number for each in ended if each.has_table or (cells_of_row[each.row] == 1 and each.blocks > 1)
    }


def _numbered(events: Iterable[Event]) -> Iterator[tuple[int, Start | End]]:
    """Beginnings and ends, each with the number of elements that have begun."""
    number = 0
    for event in events:
        if not isinstance(event, str):
            number += isinstance(event, Start)
            yield number, event


def _require_cell(cell: Start) -> None:
    for name in ("colspan", "rowspan"):
        require_span(cell.attributes.get(name) or "")


# -- lines ---------------------------------------------------------------------------------------

_NOTE = re.compile(r"(?:foot|end)note-?ref|noteref", re.IGNORECASE)
"""How class or role of an element tells that it refers to a note."""


@dataclass
class _Open:
    """An element that has begun: what follows it, where its text begins, what becomes of it."""

    tag: str
    after: str
    is_cell: bool
    level: int
    start: int
    children: int = 0


class _Writer:
    """Writes the text of a page with the breaks of blocks, rows and cells; in a cell there are none.

    Superscripts become the characters for them, so that no mark becomes a digit.
    """

    def __init__(self, layout: set[int]) -> None:
        self.layout = layout
        self.parts: list[str] = []
        self.characters = 0
        self.number = 0
        self.open: list[_Open] = []
        self.cells = self.kept = self.moved = 0

    def write(self, words: str) -> None:
        if not words or (words == " " and self.parts and self.parts[-1].endswith(" ")):
            return
        self.parts.append(words)
        self.characters += len(words)
        require_characters(self.characters)

    def text(self, words: str) -> None:
        self.write((_lines_kept if self.kept else _one_blank)(words))

    def start(self, element: Start) -> None:
        self.number += 1
        is_layout = self.number in self.layout
        before, after = ("\n", "\n") if is_layout else _BREAKS.get(element.tag, ("", ""))
        if self.cells:
            before, after = (before and " ", after and " ")
        level = self._level(element)
        if self.moved:
            before, after, level = "", "", 0
        self.write(before)
        is_cell = element.tag in _CELLS and not is_layout
        self.open.append(_Open(element.tag, after, is_cell, level, len(self.parts)))
        self._count(self.open[-1], 1)

    def _level(self, element: Start) -> int:
        """1 where the text of an element is raised and -1 where it is lowered."""
        if self.open:
            around = self.open[-1]
            around.children += 1
            if around.tag == "mfrac" and around.children > 1:
                self.write("/")
            if around.tag == "msup" and around.children > 1:
                return 1
        return 1 if _is_raised(element) else -1 if element.tag == "sub" else 0

    def end(self) -> None:
        ended = self.open.pop()
        self._count(ended, -1)
        if ended.level:
            words = _one_blank("".join(self.parts[ended.start :]))
            del self.parts[ended.start :]
            before = self.parts[-1] if self.parts else ""
            self.write(raised(words) if ended.level > 0 else lowered(words, before))
        self.write(ended.after)

    def _count(self, element: _Open, step: int) -> None:
        self.cells += step * element.is_cell
        self.kept += step * (element.tag == "pre")
        self.moved += step * (element.level != 0)


def _lines(events: Iterable[Event], layout: set[int]) -> list[str]:
    writer = _Writer(layout)
    for event in events:
        if isinstance(event, str):
            writer.text(event)
        elif isinstance(event, Start):
            writer.start(event)
        else:
            writer.end()
    content = "".join(writer.parts)
    return ["\t".join(cell.strip(" ") for cell in line.split("\t")) for line in content.split("\n")]


def _is_raised(element: Start) -> bool:
    attributes = element.attributes
    marks = f"{attributes.get('class')} {attributes.get('role')}"
    return element.tag == "sup" or is_raised(attributes.get("style") or "") or _NOTE.search(marks) is not None


def _one_blank(content: str) -> str:
    return re.sub(r"\s+", " ", content)


def _lines_kept(content: str) -> str:
    return re.sub(r"[^\S\n\t]+", " ", content)


_CHARSET = re.compile(rb"""<meta[^>]{0,200}charset\s*=\s*["']?\s*([A-Za-z0-9_-]{1,40})""", re.IGNORECASE)


def _html_text(content: bytes) -> str:
    """The page in the encoding that it names; where it names a wrong one, as other texts."""
    named = _CHARSET.search(content[:4096])
    name = named[1].decode("ascii").lower() if named else "utf-8"
    try:
        page = content.decode("gb18030" if name.startswith("gb") else name)
    except (LookupError, UnicodeDecodeError):
        page = decoded(content)
    return re.sub(r"^\s*<\?xml[^>]*\?>", "", page)
