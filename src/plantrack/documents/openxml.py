"""The elements of Word files, and the parts beside the body: styles, notes, headers, comments."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

    from plantrack.documents.package import Package

Element = Any
"""An element of lxml, which has no types."""
Look = dict[str, str]
"""Properties of letters that decide how they are read, by name."""


def name_of(element: Element) -> str:
    """Without its namespace; of comments, none."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def child_of(element: Element | None, *names: str) -> Element | None:
    """The element that a path of names leads to."""
    for name in names:
        if element is None:
            return None
        element = next((each for each in element if name_of(each) == name), None)
    return element


def value_of(element: Element | None, name: str) -> str:
    """An attribute by its name without namespace; empty where there is none."""
    if element is None:
        return ""
    return next((value for key, value in element.attrib.items() if key.rpartition("}")[2] == name), "")


def text_of(element: Element) -> str:
    """The letters in an element, whatever parts them."""
    return str(element.xpath("string()")) if len(element) else element.text or ""


def branch_of(alternatives: Element) -> Element:
    """The one of several forms of the same content that is read: the first that has text."""
    for each in alternatives:
        if any(name_of(inner) in {"t", "delText"} for inner in each.iter()):
            return each
    return alternatives[0] if len(alternatives) else ()


# -- parts of the file ---------------------------------------------------------------------------


class Parts(NamedTuple):
    """What stands outside the body: looks by style, notes by kind and number, headers and footers."""

    looks: Mapping[str, Look]
    notes: Mapping[tuple[str, str], Element]
    margins: list[Element]
    comments: int

    @classmethod
    def of(cls, package: Package) -> Parts:
        notes: dict[tuple[str, str], Element] = {
            (kind, value_of(note, "id")): note
            for kind in ("footnote", "endnote")
            for root in package.roots(f"{kind}s")
            for note in root
            if name_of(note) == kind
        }
        styles = next(iter(package.roots("styles")), ())
        comments = sum(len(root) for root in package.roots("comments"))
        return cls(_looks(styles), notes, [*package.roots("header"), *package.roots("footer")], comments)


def _looks(styles: Element) -> dict[str, Look]:
    """The look of each style, with what it takes over from those it is based on."""
    own = {
        value_of(style, "styleId"): (
            value_of(child_of(style, "basedOn"), "val"),
            look_of(child_of(style, "rPr")),
        )
        for style in styles
        if name_of(style) == "style"
    }
    looks = {}
    for name in own:
        look: Look = {}
        style = name
        for _ in range(MOST_STYLES):
            style, added = own.get(style, ("", {}))
            look = added | look
        looks[name] = look
    return looks


MOST_STYLES = 20
"""Styles based on one another are fewer; more go round in a circle."""
_LOOKS = frozenset(("vanish", "strike", "dstrike", "vertAlign", "hidden"))
_OFF = frozenset(("0", "false", "off", "none", "baseline"))


def look_of(properties: Element | None) -> Look:
    children = () if properties is None else properties
    return {name_of(each): value_of(each, "val") for each in children if name_of(each) in _LOOKS}


def is_on(look: Look, name: str) -> bool:
    return look.get(name, "off") not in _OFF
