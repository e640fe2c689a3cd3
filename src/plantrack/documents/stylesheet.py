"""What the style of a web page does to its words: hides, strikes or raises them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

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
