"""The markup of a web page as events, elements that begin and end and the text between, and its style.

lxml takes pages as browsers do, but stops at elements nested some thousand deep, and what follows
would be lost. Such pages are read by the standard library, which has no tree and no such limit.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import partial
from html.parser import HTMLParser
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping


class Start(NamedTuple):
    tag: str
    attributes: Mapping[str, str]


class End(NamedTuple):
    """Every element that begins ends, the last first."""

    tag: str


Event = Start | End | str


def events_of(page: str) -> Callable[[], Iterator[Event]]:
    """What gives the events of a page from its beginning, as often as it is called."""
    from lxml import etree, html  # noqa: PLC0415 - part of an extra

    parser = html.HTMLParser(huge_tree=True, remove_comments=True, remove_pis=True)
    root = html.document_fromstring(page, parser=parser)
    if all(each.type != etree.ErrorTypes.ERR_RESOURCE_LIMIT for each in parser.error_log):
        return partial(_walked, root)
    deep = _Deep()
    deep.feed(page)
    deep.close()
    return partial(iter, deep.events)


def _walked(root: Any) -> Iterator[Event]:  # noqa: ANN401 - an element of lxml, which has no types
    """Of a tree, and of what stands behind the end of the page."""
    from lxml import etree  # noqa: PLC0415 - part of an extra

    for top in (root, *root.itersiblings()):
        for kind, element in etree.iterwalk(top, events=("start", "end")):
            yield Start(element.tag, element.attrib) if kind == "start" else End(element.tag)
            if content := element.text if kind == "start" else element.tail:
                yield content


_EMPTY = frozenset(
    ("area", "base", "br", "col", "embed", "frame", "hr", "img", "input", "link", "meta", "wbr")
)
_ENDED_BY = {
    "p": frozenset(("p", "div", "table", "ul", "ol", "li", "h1", "h2", "h3", "h4", "section", "blockquote")),
    "li": frozenset(("li",)),
    "option": frozenset(("option",)),
    "tr": frozenset(("tr", "tbody", "tfoot")),
    **dict.fromkeys(("dt", "dd"), frozenset(("dt", "dd"))),
    **dict.fromkeys(("td", "th"), frozenset(("td", "th", "tr", "tbody", "tfoot"))),
}
"""Elements that may be left open, and what then ends them."""


class _Deep(HTMLParser):
    """Collects the events of a page, however deeply its elements are nested."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.events: list[Event] = []
        self.open: list[str] = []
        self.number_open: Counter[str] = Counter()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        while self.open and tag in _ENDED_BY.get(self.open[-1], ()):
            self._end()
        self.events.append(Start(tag, {name: value or "" for name, value in attrs}))
        self.open.append(tag)
        self.number_open[tag] += 1
        if tag in _EMPTY:
            self._end()

    def handle_endtag(self, tag: str) -> None:
        while self.number_open[tag] and self._end() != tag:
            pass

    def handle_data(self, data: str) -> None:
        self.events.append(data)

    def close(self) -> None:
        super().close()
        while self.open:
            self._end()

    def _end(self) -> str:
        tag = self.open.pop()
        self.number_open[tag] -= 1
        self.events.append(End(tag))
        return tag


_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)", re.IGNORECASE)
_SHOWN = re.compile(r"(?:display|visibility)\s*:\s*(?!none|hidden|collapse)[a-z]", re.IGNORECASE)
_RAISED = re.compile(r"vertical-align\s*:\s*(?:super|text-top)", re.IGNORECASE)
_SIMPLE = re.compile(r"\s*[a-z0-9]*([.#][\w-]+)\s*", re.IGNORECASE)


def is_hidden(style: str) -> bool:
    return _HIDDEN.search(style) is not None


def is_raised(style: str) -> bool:
    return _RAISED.search(style) is not None


def is_struck(style: str) -> bool:
    declarations = (each.lower().partition(":") for each in style.split(";"))
    return any("text-decoration" in name and "line-through" in value for name, _, value in declarations)


def hidden_names(style: str) -> set[str]:
    """The classes and identifiers that a page hides; not those that another rule shows again."""
    hidden, shown = set(), set()
    for selectors, body in _rules(style):
        if is_hidden(body):
            hidden |= {match[1] for each in selectors.split(",") if (match := _SIMPLE.fullmatch(each))}
        if _SHOWN.search(body):
            shown |= set(re.findall(r"[.#][\w-]+", selectors))
    return hidden - shown


def _rules(style: str) -> Iterator[tuple[str, str]]:
    """Selectors and body of each rule; rules for paper or small screens are passed over."""
    begun, *comments = style.split("/*")
    code = begun + "".join(each.partition("*/")[2] for each in comments)
    depth, selectors = 0, ""
    for piece in re.split(r"([{}])", code):
        if piece in {"{", "}"}:
            depth = max(0, depth + (1 if piece == "{" else -1))
        elif depth == 0:
            selectors = piece.rpartition(";")[2]
        elif depth == 1 and not selectors.lstrip().startswith("@"):
            yield selectors, piece
