"""Values under keys that stand again: a file is also read as if each of them were the one to keep."""

from __future__ import annotations

from typing import TYPE_CHECKING

from plantrack.plan.tree import Node

if TYPE_CHECKING:
    from collections.abc import Iterator

    from plantrack.plan.tree import Spot

MAX_READINGS = 5
"""So often one key is followed; who writes it more often is told that it stands twice."""


def other_readings(tree: Node) -> Iterator[tuple[Node, set[Spot]]]:
    """The tree with the next value of every repeated key, again and again, and what is new in it."""
    for _ in range(MAX_READINGS):
        fresh: set[Spot] = set()
        tree = _read_on(tree, fresh)
        if not fresh:
            return
        yield tree, fresh


def _read_on(node: Node, fresh: set[Spot]) -> Node:
    """The same with the next value of each repeated key; their places are added to `fresh`.

    What is repeated inside a value comes first: it would be gone with the value.
    """
    if isinstance(node.value, list):
        return node._replace(value=[_read_on(each, fresh) for each in node.value])
    if not isinstance(node.value, dict):
        return node
    before = len(fresh)
    children = {key: _read_on(child, fresh) for key, child in node.value.items()}
    if len(fresh) > before or not node.repeated:
        return node._replace(value=children)
    following = {key: (spot, child) for key, spot, child in reversed(node.repeated)}
    for spot, child in following.values():
        fresh.update((spot, *_spots(child)))
    children |= {key: child for key, (_, child) in following.items()}
    keys = {**node.keys, **{key: spot for key, (spot, _) in following.items()}}
    later = (each for each in node.repeated if each[1] != following[each[0]][0])
    return Node(children, node.spot, keys, tuple(later))


def _spots(node: Node) -> Iterator[Spot]:
    """Where the node, its keys and everything in it stand."""
    yield node.spot
    yield from node.keys.values()
    if not isinstance(node.value, str):
        for each in node.value.values() if isinstance(node.value, dict) else node.value:
            yield from _spots(each)
