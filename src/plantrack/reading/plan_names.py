"""Plans by the names in their files: that of their place, 肇庆 or 肇庆市, or the document's title."""

from __future__ import annotations

from typing import TYPE_CHECKING

from plantrack.plan.naming import key_of
from plantrack.plan.places import short_name
from plantrack.reading.yaml_tree import MAX_CHARACTERS, read_tree

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from plantrack.plan.tree import Node

LEAST = 2
"""A part of a title is no shorter."""


def plans_called(name: str, files: Mapping[str, Path]) -> list[str]:
    """The ids of the plans whose place or title has that name; where none has, those whose title contains it."""
    key = key_of(name)
    heads = {plan: head for plan, file in files.items() if (head := _head_of(file, name)) is not None}
    exact = [plan for plan, head in heads.items() if key in map(key_of, _names(head))]
    if exact or len(key) < LEAST:
        return exact
    return [plan for plan, head in heads.items() if key in key_of(_written(head, "title", "zh"))]


def _head_of(file: Path, name: str) -> Node | None:
    """What a plan file writes, where the name stands in it at all."""
    try:
        if file.stat().st_size > MAX_CHARACTERS:
            return None
        written = file.read_text(encoding="utf-8-sig")
    except (OSError, ValueError):
        return None
    return read_tree(written)[0] if name.strip().lower() in written.lower() else None


def _names(head: Node) -> Iterator[str]:
    for key in ("id", "zh", "en"):
        if written := _written(head, "place", key):
            yield written
    if zh := _written(head, "place", "zh"):
        yield short_name(zh)
    for key in ("zh", "en"):
        if written := _written(head, "title", key):
            yield written


def _written(head: Node, part: str, key: str) -> str:
    node = head.child(part)
    child = node.child(key) if node is not None else None
    return child.value if child is not None and isinstance(child.value, str) else ""
