"""YAML text as a tree of strings, every part with its line and column. The only YAML import.

Every scalar stays the text it was: `8.50%`, `010`, `NO` and `1:30` are never guessed at. What plan
files do not use (anchors, tags, tabs, a second document …) is reported and skipped over, so that
one problem does not hide the next. Nesting is counted on events, before anything is composed.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import yaml
from yaml.events import (
    AliasEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)

from plantrack.language import Text, text
from plantrack.numbers.numeral import MAX_DIGITS
from plantrack.plan.tree import Node, Spot
from plantrack.reading.characters import Cleaned, cleaned, odd_character, odd_in, without_odd
from plantrack.reading.mistyped import WITHOUT_BLANK
from plantrack.reading.problems import Problem, problem
from plantrack.reading.syntax import MAX_DEPTH, TOO_DEEP, WIDE_COLON, syntax_problems, wide_colon

if TYPE_CHECKING:
    from collections.abc import Callable

MAX_NODES = 200_000
MAX_CHARACTERS = 4_000_000
Event = Any
"""A parse event, of libyaml or of PyYAML."""


def read_tree(content: str) -> tuple[Node | None, list[Problem]]:
    """The tree that YAML text writes, and every problem on the way.

    The tree is `None` where nothing usable was read.
    """
    clean = cleaned(content)
    problems = list(clean.problems)
    if not clean.text.strip():
        return None, [*problems, _EMPTY]
    loader = _LOADER(clean.text)
    root = None
    try:
        root = _Builder(problems, clean, loader.get_event).document()
        if root is None:
            problems.append(_EMPTY)
    except yaml.MarkedYAMLError as error:
        for found in syntax_problems(error, clean.text):
            line, column = found.spot
            told = found._replace(spot=clean.spot(line - 1, column - 1))
            problems += [told] if told not in problems else []
    except _Stop:
        pass
    finally:
        loader.dispose()
    return root, problems


def read_plain(content: str) -> Any:  # noqa: ANN401 - dictionaries, lists and text
    """The plain data of a file of plantrack's own, in half the time: tests hold it to what `read_tree` reads."""
    loader = _LOADER(content)
    try:
        while not isinstance(event := loader.get_event(), yaml.CollectionStartEvent):
            pass
        return _plain(event, loader.get_event)
    finally:
        loader.dispose()


def _plain(event: Event, next_event: Callable[[], Event]) -> Any:  # noqa: ANN401
    kind = type(event)
    if kind is ScalarEvent:
        return event.value
    if kind is SequenceStartEvent:
        items = []
        while type(item := next_event()) is not SequenceEndEvent:
            items.append(_plain(item, next_event))
        return items
    mapping = {}
    while type(key := next_event()) is not MappingEndEvent:
        mapping[key.value] = _plain(next_event(), next_event)
    return mapping


_EMPTY = problem("empty-file", (1, 1), text("the file is empty: a plan file begins with `plan: <id>`"))
_LOADER = getattr(yaml, "CLoader", yaml.Loader)


class _Stop(Exception):
    """Reading on would not be safe."""


class _Builder:
    """Builds the tree from parse events, one at a time. Events are told apart by their exact class."""

    def __init__(self, problems: list[Problem], clean: Cleaned, next_event: Callable[[], Event]) -> None:
        self.problems, self.clean, self.next_event = problems, clean, next_event
        self.nodes = 0
        self.has_gaps = bool(clean.gaps)

    def spot(self, event: Event) -> Spot:
        mark = event.start_mark
        line, column = mark.line, mark.column
        return self.clean.spot(line, column) if self.has_gaps else (line + 1, column + 1)

    def report(self, name: str, at: Event | Spot, message: Text) -> None:
        self.problems.append(problem(name, at if isinstance(at, tuple) else self.spot(at), message))

    def document(self) -> Node | None:
        """The first document; what follows it is to be removed whatever it says."""
        root, is_second = None, False
        while (event := self.next_event()) is not None:
            if isinstance(event, yaml.DocumentStartEvent):
                if is_second:
                    message = text("a plan file is one document: remove this `---` and what follows")
                    self.report("second-document", event, message)
                    break
                is_second = True
            elif isinstance(event, yaml.NodeEvent):
                root = self.node(event, depth=1)
        return root

    def node(self, event: Event, depth: int) -> Node:
        self.check(event, depth)
        kind = type(event)
        if kind is ScalarEvent:
            return Node(self.scalar(event), self.spot(event))
        if kind is MappingStartEvent:
            return self.mapping(event, depth + 1)
        if kind is SequenceStartEvent:
            items = []
            while type(item := self.next_event()) is not SequenceEndEvent:
                items.append(self.node(item, depth + 1))
            return Node(items, self.spot(event))
        return Node("", self.spot(event))

    def scalar(self, event: Event) -> str:
        """The text; what means nothing only where it is in quotes."""
        value: str = self.unescaped(event) if event.style == '"' else event.value
        return "" if value in _NOTHING and not event.style else value

    def unescaped(self, event: Event) -> str:
        """The text of double quotes without the odd characters that only its escapes can have made."""
        value: str = event.value
        if event.end_mark.index - event.start_mark.index == len(value) + 2:
            return value  # no longer than its text and the quotes: without escapes
        self.problems += (odd_character(sign, self.spot(event)) for sign in odd_in(value))
        return without_odd(value)

    def mapping(self, start: Event, depth: int) -> Node:
        """The mapping whose keys and values lie at `depth`."""
        children: dict[str, Node] = {}
        spots: dict[str, Spot] = {}
        repeated: list[tuple[str, Spot, Node]] = []
        while type(event := self.next_event()) is not MappingEndEvent:
            spot = self.spot(event)
            key = self.key(event, depth)
            child = self.node(self.next_event(), depth)
            if key is None:
                continue
            if child.value == "" and start.flow_style:
                if self.continues(key, spot, children):
                    continue
                key, child = self.parted(key, spot, child)
            if key in children:
                first = "{}:{}".format(*spots[key])
                message = text('duplicate key "{key}" (first at {first}): keep one', key=key, first=first)
                self.report("duplicate-key", spot, message)
                repeated.append((key, spot, child))
                continue
            children[key] = child
            spots[key] = spot
        return Node(children, self.spot(start), spots, tuple(repeated))

    def continues(self, key: str, spot: Spot, children: dict[str, Node]) -> bool:
        """Whether a key without a value is the rest of a number that a comma has parted: `1,150亿元`."""
        last = next(reversed(children), None)
        before = children[last] if last is not None else None
        if before is None or not isinstance(before.value, str) or before.spot[0] != spot[0]:
            return False
        is_adjacent = spot[1] == before.spot[1] + len(before.value) + 1
        if (found := _continued(before.value, key, is_adjacent=is_adjacent)) is None:
            return False
        number, message = found
        self.report("invalid-numeral", spot, message)
        children[str(last)] = before._replace(value=number)
        return True

    def parted(self, key: str, spot: Spot, child: Node) -> tuple[str, Node]:
        """Key and value where a full-width colon stands between them, or no blank; otherwise as they are."""
        match, found = WIDE_COLON.fullmatch(key), wide_colon(key, spot)
        if match is not None and found is not None:
            self.problems.append(found)
            return match[1], Node(match[3], (spot[0], spot[1] + match.start(3)))
        if (match := re.fullmatch(_WITHOUT_BLANK, key)) is not None:
            self.report("yaml-syntax", spot, text(WITHOUT_BLANK.template, found=match[1]))
            return match[1], Node(match[2], (spot[0], spot[1] + match.start(2)))
        return key, child

    def key(self, event: Event, depth: int) -> str | None:
        if type(event) is ScalarEvent and event.value != "<<":
            self.check(event, depth)
            return self.unescaped(event) if event.style == '"' else str(event.value)
        node = self.node(event, depth)
        if type(event) is AliasEvent:
            return None
        if isinstance(node.value, str):
            self.report("alias", event, text("merge keys are not used in plan files: write the keys out"))
        else:
            self.report("wrong-type", event, text("a key must be plain text, not a list or mapping"))
        return None

    def check(self, event: Event, depth: int) -> None:
        self.nodes += 1
        if depth > MAX_DEPTH:
            self.report("too-deep", event, TOO_DEEP)
            raise _Stop
        if self.nodes > MAX_NODES:
            self.report("too-large", event, text("more than {most} entries: split the plan", most=MAX_NODES))
            raise _Stop
        if event.anchor is None and event.tag is None:  # an alias has an anchor
            return
        is_alias = type(event) is AliasEvent
        if event.anchor is not None:
            message = text(
                "`{sign}{name}`: anchors and aliases are not used in plan files; write the value out, or put it in "
                "quotes if it is text",
                sign="*" if is_alias else "&",
                name=event.anchor[:40],
            )
            self.report("alias", event, message)
        if not is_alias and event.tag is not None:
            tag = event.tag.replace("tag:yaml.org,2002:", "!!")[:40]
            message = text("`{tag}`: tags are not used in plan files; every value is text", tag=tag)
            self.report("tag", event, message)


def _continued(before: str, key: str, *, is_adjacent: bool) -> tuple[str, Text] | None:
    """The number of which a comma has parted the rest, and what is to be done."""
    if len(before) > MAX_DIGITS:
        return None
    if re.search(_BEFORE_COMMA, before) and re.match(_THOUSANDS, key):
        number = f"{before},{key}"
        return number, text('a comma parts entries here: put the number in quotes, "{number}"', number=number)
    if is_adjacent and re.search(_BEFORE_DECIMALS, before) and re.match(_DECIMALS, key):
        number = f"{before}.{key}"
        return number, text("a comma is no decimal point: write {number}", number=number)
    return None


_NOTHING = frozenset({"~", "null", "Null", "NULL"})
"""What YAML reads as no value: a slip where text is meant."""
_THOUSANDS = r"[0-9]{3}(?![0-9])"
_BEFORE_COMMA = r"(?<![0-9.])[0-9]{1,3}$"
_DECIMALS = r"(?!(?:19|20|21)[0-9]{2}$)[0-9]+(?![0-9:])"
_BEFORE_DECIMALS = r"(?<![0-9.])[0-9]+$"
_WITHOUT_BLANK = r"([A-Za-z_][A-Za-z0-9_]*|[0-9]{4}(?:->[0-9]{4})?):([^\s:/].*)"
