"""Ids for names in the tree of a plan file, wherever an id may stand.

Nothing is guessed: a name that is none of the catalogue's or the plan's stays, and a rule tells what is wrong.
"""

from __future__ import annotations

import re
from functools import cached_property, lru_cache, partial
from operator import is_
from typing import TYPE_CHECKING

from plantrack.language import text
from plantrack.plan.model import FIGURE_KINDS, OPERATORS
from plantrack.plan.naming import Naming, by_name, id_of_name, is_id, key_of, places_by_name
from plantrack.plan.places import short_name
from plantrack.plan.tree import Node
from plantrack.reading.falls import unsigned_falls
from plantrack.reading.problems import problem

if TYPE_CHECKING:
    from collections.abc import Callable

    from plantrack.plan.catalogue import Catalogue
    from plantrack.reading.problems import Problem

    _Rewrite = Callable[[Node], Node]

_LAW_WORD = re.compile(r"@?[^\s+\-*/()=>@]+")


def with_ids(tree: Node, catalogue: Catalogue) -> tuple[Node, list[Problem]]:
    """The tree with ids in place of names, and what is wrong with names: two for one, or a fall without its verb."""
    naming = _naming(tree, catalogue)
    problems = [*unsigned_falls(tree, naming, catalogue)]
    writer = _Writer(naming, problems)
    return writer.plan(tree), problems


def _naming(tree: Node, catalogue: Catalogue) -> Naming:
    """The names of the catalogue and those that the plan gives; the plan's go before."""
    indicators = {
        key_of(word): name if name.isascii() else id_of_name(name)
        for name, each in _declared(tree.child("own"))
        for word in (*_listed(each, "aliases"), _written(each, "zh"), *([] if name.isascii() else [name]))
    }
    own = tree.child("place")
    declared = [*_declared(tree.child("places")), *([(_written(own, "id"), own)] if own is not None else ())]
    places = {
        key_of(word): name
        for name, each in declared
        for word in (short_name(_written(each, "zh")), _written(each, "en"), _written(each, "zh"))
        if word
    }
    known = _known(catalogue)
    return Naming(known.indicators | indicators, known.places | places)


@lru_cache(maxsize=4)
def _known(catalogue: Catalogue) -> Naming:
    return Naming(by_name(catalogue.indicators), places_by_name(catalogue.places))


def _declared(node: Node | None) -> list[tuple[str, Node]]:
    """What a mapping declares, by name."""
    return list(node.value.items()) if node is not None and isinstance(node.value, dict) else []


def _listed(node: Node, key: str) -> list[str]:
    child = node.child(key)
    listed = child.value if child is not None and isinstance(child.value, list) else ()
    return [each.value for each in listed if isinstance(each.value, str)]


def _written(node: Node | None, key: str) -> str:
    child = node.child(key) if node is not None else None
    return child.value if child is not None and isinstance(child.value, str) else ""


class _Writer:
    """Writes ids for names in the parts of a plan file that have them."""

    def __init__(self, naming: Naming, problems: list[Problem]) -> None:
        self.naming, self.problems = naming, problems

    def plan(self, tree: Node) -> Node:
        parts: dict[str, _Rewrite] = {
            "figures": lambda node: _in_each(self._keys(node), self._rows),
            "bands": self._keys,
            "own": lambda node: _in_each(self._named_by_key(node), self._own),
            "laws": lambda node: _in_each(node, self._law),
            "place": self._place,
            "places": lambda node: _in_each(node, self._place),
            "waivers": lambda node: _in_each(node, lambda each: _under(each, {"figures": self._figure_ids})),
        }
        return _under(tree, parts)

    def _rows(self, rows: Node) -> Node:
        return _in_each(rows, self._row)

    def _row(self, row: Node) -> Node:
        return _under(row, self._of_row)

    @cached_property
    def _of_row(self) -> dict[str, _Rewrite]:
        compared: dict[str, _Rewrite] = dict.fromkeys(OPERATORS, _scalar(self.naming.quantity))
        values: _Rewrite = partial(_values, compared)
        return {**dict.fromkeys(FIGURE_KINDS, values), "place": _scalar(self.naming.place)}

    def _named_by_key(self, own: Node) -> Node:
        """Indicators that have a Chinese name for an id, which is their name where they have no other."""
        if not isinstance(own.value, dict) or all(map(str.isascii, own.value)):
            return own
        named = {key: own.value[key] for key in own.value}
        for key, each in named.items():
            if not key.isascii() and isinstance(each.value, dict) and "zh" not in each.value:
                named[key] = each.with_value({"zh": Node(key, own.keys.get(key, own.spot)), **each.value})
        return self._renamed(own.with_value(named), lambda key: key if key.isascii() else id_of_name(key))

    def _own(self, indicator: Node) -> Node:
        return _under(indicator, {"is": self._law, "parts": _scalar(self.naming.indicator)})

    def _place(self, place: Node) -> Node:
        named = _scalar(self.naming.place)
        return _under(place, {"parent": named, "members": named})

    def _law(self, line: Node) -> Node:
        def word(match: re.Match[str]) -> str:
            written = match[0]
            return (
                f"@{self.naming.place(written[1:])}" if written[0] == "@" else self.naming.indicator(written)
            )

        return _scalar(lambda written: _LAW_WORD.sub(word, written))(line)

    def _figure_ids(self, node: Node) -> Node:
        def renamed(written: str) -> str:
            stem, slash, rest = written.partition("/")
            return f"{self.naming.quantity(stem)}{slash}{rest}"

        return self._renamed(node, renamed)

    def _keys(self, node: Node) -> Node:
        return self._renamed(node, self.naming.indicator)

    def _renamed(self, node: Node, id_of: Callable[[str], str]) -> Node:
        """A mapping with other keys; two that come to one are told, and the second is kept as a repeated one."""
        if not isinstance(node.value, dict) or all(map(is_id, node.value)):
            return node
        value, keys, repeated = {}, {}, list(node.repeated)
        first: dict[str, str] = {}
        for written, child in node.value.items():
            key, spot = id_of(written), node.keys.get(written, node.spot)
            if key in first:
                message = text(
                    '"{one}" and "{other}" are one: write what stands under both under one of them',
                    one=first[key],
                    other=written,
                )
                self.problems.append(problem("duplicate-key", spot, message))
                repeated.append((key, spot, child))
                continue
            first[key] = written
            value[key], keys[key] = child, spot
        return node._replace(value=value, keys=keys, repeated=tuple(repeated))


def _values(compared: dict[str, _Rewrite], values: Node) -> Node:
    """The values of a kind by time, of which comparisons name indicators."""
    is_of_numbers = isinstance(values.value, dict) and all(
        isinstance(each.value, str) for each in values.value.values()
    )
    return values if is_of_numbers else _in_each(values, partial(_comparison, compared))


def _comparison(compared: dict[str, _Rewrite], node: Node) -> Node:
    if isinstance(node.value, list):
        return _in_each(node, partial(_comparison, compared))
    return _under(node, compared)


def _scalar(written_as: Callable[[str], str]) -> _Rewrite:
    """What rewrites a text, or each text of a list."""
    return partial(_rewritten, written_as)


def _rewritten(written_as: Callable[[str], str], node: Node) -> Node:
    if isinstance(node.value, list):
        return _in_each(node, _scalar(written_as))
    if not isinstance(node.value, str) or (written := written_as(node.value)) == node.value:
        return node
    return node.with_value(written)


def _under(node: Node, rewrites: dict[str, _Rewrite]) -> Node:
    """A mapping with the values under some keys rewritten."""
    if not isinstance(node.value, dict):
        return node
    found = {key: rewrites[key](child) for key, child in node.value.items() if key in rewrites}
    is_same = all(child is node.value[key] for key, child in found.items())
    return node if is_same else node.with_value({**node.value, **found})


def _in_each(node: Node, rewrite: _Rewrite) -> Node:
    """A mapping or a list with each of its values rewritten."""
    if isinstance(node.value, dict):
        return _under(node, dict.fromkeys(node.value, rewrite))
    if isinstance(node.value, list):
        found = [rewrite(child) for child in node.value]
        return node if all(map(is_, found, node.value)) else node.with_value(found)
    return node
