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
from itertools import count
from typing import TYPE_CHECKING

from plantrack.documents import limits
from plantrack.documents.marks import lowered, raised
from plantrack.documents.markup import End, Start, events_of, hidden_names, is_hidden, is_raised, is_struck
from plantrack.documents.reading import Contents, contents_of, decoded, reads

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from plantrack.documents.markup import Event


@reads(".html", ".htm")
def read_page(path: Path) -> Contents:
    content = path.read_bytes()
    limits.PARAGRAPHS.require(sum(1 for _ in _PARAGRAPH.finditer(content)))
    limits.CELLS.require(sum(1 for _ in _CELL.finditer(content)))
    limits.ELEMENTS.require(limits.elements_in(content))
    events = events_of(_html_text(content))
    hidden = hidden_names("\n".join(_styles(events()))) if _STYLE.search(content) else set()
    layout = _layout(_shown(events(), hidden, Counter()))
    left_out: Counter[str] = Counter()
    lines = _lines(_shown(events(), hidden, left_out), layout)
    return contents_of([line for line in lines if line.strip()], left_out)


_STYLE = re.compile(rb"<style", re.IGNORECASE)
_PARAGRAPH = re.compile(rb"<(?:p|li|tr)\b", re.IGNORECASE)
_CELL = re.compile(rb"<t[dh]\b", re.IGNORECASE)
_CHARSET = re.compile(rb"""<meta[^>]{0,200}charset\s*=\s*["']?\s*([A-Za-z0-9_-]{1,40})""", re.IGNORECASE)


def _html_text(content: bytes) -> str:
    """In the encoding that it names; where it names a wrong one, as other texts."""
    named = _CHARSET.search(content[:4096])
    name = named[1].decode("ascii").lower() if named else "utf-8"
    try:
        page = content.decode("gb18030" if name.startswith("gb") else name)
    except (LookupError, UnicodeDecodeError):
        page = decoded(content)
    return re.sub(r"^\s*<\?xml[^>]*\?>", "", page)


_NO_TEXT = frozenset(
    ("script", "style", "head", "template", "noscript", "annotation", "annotation-xml", "rt", "rp")
)
_DELETED = frozenset(("del", "s", "strike"))
_OTHER_FILES = {
    **dict.fromkeys(("img", "canvas"), "picture"),
    **dict.fromkeys(("iframe", "frame", "object", "embed"), "page"),
}


def _styles(events: Iterable[Event]) -> Iterator[str]:
    is_style = False
    for event in events:
        if isinstance(event, Start):
            is_style = event.tag == "style"
        elif is_style and isinstance(event, str):
            yield event


def _shown(events: Iterable[Event], hidden: set[str], left_out: Counter[str]) -> Iterator[Event]:
    """What is shown; what may be missed is counted in `left_out`."""
    reason, depth, is_told = None, 0, False
    for event in events:
        if reason is None and isinstance(event, Start):
            reason = _why_left_out(event, hidden)
            is_told = reason in {"picture", "page"}
        if reason is None:
            yield event
        elif isinstance(event, str):
            is_told = is_told or not event.isspace()
        else:
            depth += 1 if isinstance(event, Start) else -1
            if depth == 0:
                left_out[reason] += is_told
                reason = None


def _why_left_out(element: Start, hidden: set[str]) -> str | None:
    """`None` for text of the page; `hidden` are the names that the page's own style hides."""
    tag, attributes = element
    style = attributes.get("style") or ""
    if tag in _NO_TEXT:
        return "code"
    if tag in {"html", "body"}:
        return None
    names = {f"#{attributes.get('id')}", *(f".{each}" for each in (attributes.get("class") or "").split())}
    is_closed = tag == "dialog" and "open" not in attributes
    if is_closed or "hidden" in attributes or is_hidden(style) or hidden & names:
        return "hidden"
    return "struck" if tag in _DELETED or is_struck(style) else _OTHER_FILES.get(tag)


_BLOCKS = (
    *("p", "div", "section", "article", "li", "dt", "dd", "h1", "h2", "h3", "h4", "h5", "h6"),
    *("table", "tr", "caption", "blockquote", "pre", "center", "header", "footer", "main", "aside"),
    *("ul", "ol", "dl", "figure", "figcaption", "fieldset", "address", "form", "hr", "option"),
)
_BREAKS = dict.fromkeys(_BLOCKS, ("\n", "\n")) | {"br": ("", "\n"), "td": ("", "\t"), "th": ("", "\t")}
_CELLS = frozenset(("td", "th"))


def _layout(events: Iterable[Event]) -> set[int]:
    """The cells, by number among all elements, that hold a part of the page rather than a word or a number.

    Those have a table inside, or stand in their row alone with several blocks.
    """
    cells_of_row: Counter[int] = Counter()
    around, numbers = [0], count(1)
    begun: list[tuple[int, int, int]] = []
    ended = []
    blocks = tables = 0
    for event in events:
        if isinstance(event, Start):
            number = next(numbers)
            blocks += event.tag in _BREAKS
            tables += event.tag == "table"
            if event.tag in _CELLS:
                cells_of_row[around[-1]] += 1
                begun.append((number, blocks, tables))
                for name in ("colspan", "rowspan"):
                    limits.require_span(event.attributes.get(name) or "")
            around.append(number)
        elif isinstance(event, End):
            around.pop()
            if event.tag in _CELLS:
                number, blocks_before, tables_before = begun.pop()
                ended.append((number, around[-1], blocks - blocks_before, tables - tables_before))
    return {
        number
        for number, row, inside, tables_inside in ended
        if tables_inside or (cells_of_row[row] == 1 and inside > 1)
    }


_NOTE = re.compile(r"(?:foot|end)note-?ref|noteref", re.IGNORECASE)
"""How class or role of an element tells that it refers to a note."""


@dataclass
class _Open:
    """What follows an element that has begun, where its text begins, what becomes of it."""

    tag: str = ""
    after: str = ""
    level: int = 0
    start: int = 0
    in_cell: bool = False
    in_pre: bool = False
    is_moved: bool = False
    children: int = 0
    spans: tuple[int, int] | None = None
    """Of a cell of a table, over how many columns and rows it goes."""


class _Grid:
    """The columns of a table while it is written: what goes over several rows is written in each.

    A name is repeated; a number stands once, and leaves an empty cell.
    """

    def __init__(self) -> None:
        self.column = 0
        self.hanging: dict[int, tuple[int, str]] = {}

    def before_cell(self) -> str:
        """What hangs down from above to the left of the next free column."""
        return "".join(self._hung())

    def _hung(self) -> Iterator[str]:
        while self.column in self.hanging:
            rows, words = self.hanging.pop(self.column)
            if rows > 1:
                self.hanging[self.column] = rows - 1, words
            self.column += 1
            yield f"{words}\t"

    def behind_cell(self, spans: tuple[int, int], words: str) -> str:
        """The empty cells behind one over several columns, which hangs down into rows below."""
        columns, rows = spans
        kept = "" if re.search(r"\d", words) else words
        for at in range(columns) if rows > 1 else ():
            self.hanging[self.column + at] = rows - 1, "" if at else kept
        self.column += columns
        return "\t" * (columns - 1)

    def end_row(self) -> str:
        """What hangs down to the right of the last cell."""
        parts, last = [], max(self.hanging, default=-1)
        while self.column <= last:
            if self.column not in self.hanging:
                parts.append("\t")
                self.column += 1
            parts.append(self.before_cell())
        self.column = 0
        return "".join(parts)


class _Writer:
    """Writes a page with the breaks of blocks, rows and cells; in a cell there are none.

    Superscripts become the characters for them, so that no mark becomes a digit.
    """

    def __init__(self, layout: set[int]) -> None:
        self.layout = layout
        self.parts: list[str] = []
        self.tally = limits.Tally()
        self.numbers = count(1)
        self.open = [_Open()]
        self.grids: list[_Grid] = []

    def write(self, words: str) -> None:
        if words and not (words == " " and self.parts and self.parts[-1].endswith(" ")):
            self.parts.append(words)
            self.tally.add(limits.CHARACTERS, len(words))

    def text(self, words: str) -> None:
        self.write(re.sub(r"[^\S\n\t]+" if self.open[-1].in_pre else r"\s+", " ", words))

    def start(self, element: Start) -> None:
        tag, around = element.tag, self.open[-1]
        is_layout = next(self.numbers) in self.layout
        before, after = _breaks_of(tag, around, is_layout=is_layout)
        level = self._level(element, around)
        if around.is_moved:
            level = 0
        self.write(before)
        is_cell = tag in _CELLS and not is_layout
        if tag == "table":
            self.grids.append(_Grid())
        if is_cell and not around.in_cell and self.grids:
            self.write(self.grids[-1].before_cell())
        begun = _Open(tag, after, level, len(self.parts))
        begun.in_cell = around.in_cell or is_cell
        if is_cell and not around.in_cell:
            begun.spans = _span(element, "colspan"), _span(element, "rowspan")
        begun.in_pre = around.in_pre or tag == "pre"
        begun.is_moved = around.is_moved or level != 0
        self.open.append(begun)

    def _level(self, element: Start, around: _Open) -> int:
        """1 where text is raised and -1 where it is lowered."""
        around.children += 1
        if around.tag == "mfrac" and around.children > 1:
            self.write("/")
        if around.tag == "msup" and around.children > 1:
            return 1
        return 1 if _is_raised(element) else -1 if element.tag == "sub" else 0

    def end(self) -> None:
        ended = self.open.pop()
        if ended.level:
            words = re.sub(r"\s+", " ", "".join(self.parts[ended.start :]))
            del self.parts[ended.start :]
            before = self.parts[-1] if self.parts else ""
            self.write(raised(words) if ended.level > 0 else lowered(words, before))
        if ended.spans is not None and self.grids:
            words = " ".join("".join(self.parts[ended.start :]).split())
            self.write(ended.after + self.grids[-1].behind_cell(ended.spans, words))
            return
        if ended.tag == "tr" and self.grids and not ended.in_cell:
            self.write(self.grids[-1].end_row())
        if ended.tag == "table" and self.grids:
            self.grids.pop()
        self.write(ended.after)


def _breaks_of(tag: str, around: _Open, *, is_layout: bool) -> tuple[str, str]:
    """What is written before and after an element: in a cell blanks, in what is raised or lowered nothing."""
    if around.is_moved:
        return "", ""
    before, after = ("\n", "\n") if is_layout else _BREAKS.get(tag, ("", ""))
    return (before and " ", after and " ") if around.in_cell else (before, after)


def _span(element: Start, name: str) -> int:
    """Over how many columns or rows a cell goes."""
    digits = (element.attributes.get(name) or "").strip()
    number = int(digits) if re.fullmatch("[1-9][0-9]{0,5}", digits) else 1
    return 1 + limits.behind_cell(number) if name == "colspan" else number


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
