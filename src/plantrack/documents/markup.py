"""The markup of a web page as events: elements that begin and end, and the text between.

lxml takes pages as browsers do, but stops at elements nested some thousand deep, and what follows
would be lost. Such pages are read by the standard library, which has no tree and no such limit.
"""

from __future__ import annotations

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
    """The events of a tree, and of what stands behind the end of the page."""
    from lxml import etree  # noqa: PLC0415 - part of an extra

    for top in (root, *root.itersiblings()):
        for kind, element in etree.iterwalk(top, events=("start", "end")):
            yield Start(element.tag, element.attrib) if kind == "start" else End(element.tag)
            if content := element.text if kind == "start" else element.tail:
                yield content


# -- pages that are nested deeply ----------------------------------------------------------------

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
