"""What a file writes as a tree of strings, every part with its line and column."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

Spot = tuple[int, int]
"""Line and column, from 1."""
Path = tuple[str | int, ...]
_NO_KEYS: Mapping[str, Spot] = {}


class Node(NamedTuple):
    """A scalar, mapping or list, where it begins, and for mappings where each key stands.

    `repeated` holds what stands under keys that stand again: key, its place, the value.
    """

    value: str | dict[str, Node] | list[Node]
    spot: Spot
    keys: Mapping[str, Spot] = _NO_KEYS
    repeated: tuple[tuple[str, Spot, Node], ...] = ()

    def with_value(self, value: str | dict[str, Node] | list[Node]) -> Node:
        """The same place with another value."""
        return Node(value, self.spot, self.keys, self.repeated)

    def plain(self) -> object:
        """The same without places: nested dicts, lists and strings."""
        value = self.value
        if isinstance(value, str):
            return value
        if isinstance(value, dict):
            return {
                key: node.value if isinstance(node.value, str) else node.plain()
                for key, node in value.items()
            }
        return [node.plain() for node in value]

    def child(self, step: str | int) -> Node | None:
        """The node under a key or index."""
        value, found = self.value, None
        if isinstance(value, dict):
            found = value.get(str(step))
        elif isinstance(value, list) and isinstance(step, int) and step < len(value):
            found = value[step]
        return found

    def spot_of(self, path: Path, *, key: bool = False) -> Spot:
        """Where the value at `path` begins (or its key); the nearest parent's where there is none."""
        node, spot = self, self.spot
        for step in path:
            value = node.value
            child = value.get(step) if isinstance(value, dict) and isinstance(step, str) else node.child(step)
            if child is None:
                return node.keys.get(str(step), spot)
            spot = node.keys.get(str(step), child.spot) if key else child.spot
            node = child
        return spot

    def last_line(self) -> int:
        """The line on which the last value in it begins."""
        if isinstance(self.value, str) or not self.value:
            return self.spot[0]
        nodes = self.value.values() if isinstance(self.value, dict) else self.value
        return max(node.last_line() for node in nodes)
