"""Web pages: a line for each block and each row of a table, cells parted by tabs.

Read is what a browser shows: not what is hidden, and not what is marked as deleted.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, Any

from plantrack.documents.marks import lowered, raised
from plantrack.documents.reading import Contents, decoded, reads
from plantrack.language import text

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from plantrack.language import Text

Element = Any
"""An element of lxml, which has no types."""


@reads(".html", ".htm")
def read_page(path: Path) -> Contents:
    from lxml import html  # noqa: PLC0415 - part of an extra

    root = html.document_fromstring(_html_text(path.read_bytes()))
    left_out = _leave_out(root)
    _raise_and_lower(root)
    _break_lines(root)
    lines = re.sub(r" *([\t\n]) *", r"\1", root.text_content()).split("\n")
    return Contents(
        [line for line in lines if line.strip()], tuple(_not_read(left_out)), tuple(_remarks(left_out))
    )


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
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)", re.IGNORECASE)
_STRUCK = re.compile(r"text-decoration[a-z-]*\s*:[^;]*line-through", re.IGNORECASE)


def _leave_out(root: Element) -> Counter[str]:
    """Take out what is not shown, and count what may be missed."""
    left_out: Counter[str] = Counter()
    hidden = _hidden_names("\n".join(each.text or "" for each in root.iter("style")))
    waiting = [root]
    while waiting:
        for element in list(waiting.pop()):
            reason = _reason_to_leave_out(element, hidden)
            if reason is None:
                waiting.append(element)
                continue
            if reason in {"picture", "page"} or element.xpath("string()").strip():
                left_out[reason] += 1
            element.drop_tree()
    return left_out


def _reason_to_leave_out(element: Element, hidden: set[str]) -> str | None:
    """Why an element is no text of the page; `None` for what is.

    `hidden` are the classes and identifiers that the page's own style hides.
    """
    tag, style = element.tag, element.get("style") or ""
    if not isinstance(tag, str) or tag in _NO_TEXT:
        return "code"
    if tag == "body":
        return None
    closed = tag == "dialog" and "open" not in element.attrib
    if (
        "hidden" in element.attrib
        or closed
        or _HIDDEN.search(style)
        or not hidden.isdisjoint(_names_of(element))
    ):
        return "hidden"
    if tag in _DELETED or _STRUCK.search(style):
        return "deleted"
    return _OTHER_FILES.get(tag)


def _names_of(element: Element) -> Iterator[str]:
    """An element's classes and its identifier, as styles write them."""
    yield from (f".{each}" for each in (element.get("class") or "").split())
    yield f"#{element.get('id')}"


_FOR_OTHERS = re.compile(r"@[^{};@]*\{(?:[^{}]*\{[^{}]*\})*[^{}]*\}")
"""Rules for paper or small screens."""
_RULE = re.compile(r"(?:^|(?<=\}))([^{}]+)\{([^{}]*)\}")
_SIMPLE = re.compile(r"\s*[a-z0-9]*([.#][\w-]+)\s*", re.IGNORECASE)
_SHOWN = re.compile(r"(?:display|visibility)\s*:\s*(?!none|hidden|collapse)[a-z]", re.IGNORECASE)


def _hidden_names(style: str) -> set[str]:
    """The classes and identifiers that a page hides; not those that another rule shows again."""
    begun, *comments = style.split("/*")
    code = begun + "".join(each.partition("*/")[2] for each in comments)
    rules = [match.groups() for match in _RULE.finditer(_FOR_OTHERS.sub("", code))]
    hidden = {
        match[1]
        for selectors, body in rules
        if _HIDDEN.search(body)
        for each in selectors.split(",")
        if (match := _SIMPLE.fullmatch(each))
    }
    shown = {
        name
        for selectors, body in rules
        if _SHOWN.search(body)
        for name in re.findall(r"[.#][\w-]+", selectors)
    }
    return hidden - shown


# -- marks ---------------------------------------------------------------------------------------

_RAISED_STYLE = re.compile(r"vertical-align\s*:\s*(?:super|text-top)", re.IGNORECASE)
_NOTE = re.compile(r"(?:foot|end)note-?ref|noteref", re.IGNORECASE)
"""How class or role of an element tells that it refers to a note."""


def _raise_and_lower(root: Element) -> None:
    """Superscripts as the characters for them, so that no mark becomes a digit."""
    for element in list(root.iter()):
        if _is_raised(element):
            _replace(element, raised(_one_blank(element.text_content())))
        elif element.tag == "sub":
            _replace(element, lowered(_one_blank(element.text_content()), _before(element)))
        elif element.tag in {"msup", "mfrac"} and len(element) > 1:
            last = element[-1]
            shown = last.text_content().strip()
            _replace(last, raised(shown) if element.tag == "msup" else f"/{shown}")


def _is_raised(element: Element) -> bool:
    style, marks = element.get("style") or "", f"{element.get('class')} {element.get('role')}"
    return element.tag == "sup" or bool(_RAISED_STYLE.search(style) or _NOTE.search(marks))


def _replace(element: Element, content: str) -> None:
    for child in list(element):
        element.remove(child)
    element.text = content


def _before(element: Element) -> str:
    """The text right in front of an element, as far as it stands in the same one."""
    previous, parent = element.getprevious(), element.getparent()
    if previous is not None:
        return str(previous.tail or previous.text_content())
    return str(parent.text or "") if parent is not None else ""


# -- lines ---------------------------------------------------------------------------------------

_BLOCKS = (
    *("p", "div", "section", "article", "li", "dt", "dd", "h1", "h2", "h3", "h4", "h5", "h6"),
    *("table", "tr", "caption", "blockquote", "pre", "center", "header", "footer", "main", "aside"),
    *("ul", "ol", "dl", "figure", "figcaption", "fieldset", "address", "form", "hr", "option"),
)
_BREAKS = dict.fromkeys(_BLOCKS, ("\n", "\n")) | {"br": ("", "\n"), "td": ("", "\t"), "th": ("", "\t")}
_CELLS = ("td", "th")


def _break_lines(root: Element) -> None:
    """Write the breaks of blocks, rows and cells into the text; inside a cell there are none."""
    layout = {cell for cell in root.iter(*_CELLS) if _is_layout(cell)}
    in_cells = {each for cell in root.iter(*_CELLS) if cell not in layout for each in cell.iterdescendants()}
    kept = {each for block in root.iter("pre") for each in block.iterdescendants()}
    for element in root.iter():
        before, after = ("\n", "\n") if element in layout else _BREAKS.get(element.tag, ("", ""))
        if element in in_cells:
            before, after = (before and " ", after and " ")
        keeps = element in kept or element.tag == "pre"
        element.text = before + (_lines_kept if keeps else _one_blank)(element.text)
        element.tail = after + (_lines_kept if element in kept else _one_blank)(element.tail)


def _is_layout(cell: Element) -> bool:
    """Whether a cell holds a part of the page, with its own lines, rather than a word or a number.

    That is one with a table inside, and one that stands in its row alone with several blocks.
    """
    if next(cell.iterdescendants("table"), None) is not None:
        return True
    row = cell.getparent()
    return len(row) == 1 and sum(1 for each in cell.iter() if each.tag in _BREAKS and each is not cell) > 1


def _one_blank(content: str | None) -> str:
    return re.sub(r"\s+", " ", content or "")


def _lines_kept(content: str | None) -> str:
    return re.sub(r"[^\S\n\t]+", " ", content or "")


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
