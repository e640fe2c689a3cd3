"""YAML text as a tree of strings, every part with its line and column. The only YAML import.

Every scalar stays the text it was: `8.50%`, `010`, `NO` and `1:30` are never guessed at. What plan
files do not use (anchors, tags, tabs, a second document …) is reported and skipped over, so that
one problem does not hide the next. Nesting is counted on events, before anything is composed.
"""

from __future__ import annotations

import re
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, NamedTuple

import yaml

from plantrack.findings import CODES, Code
from plantrack.language import Text, text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

MAX_DEPTH = 64
MAX_NODES = 200_000
MAX_CHARACTERS = 4_000_000

Path = tuple[str | int, ...]
Spot = tuple[int, int]
"""Line and column, from 1."""
_NO_KEYS: Mapping[str, Spot] = MappingProxyType({})


class Node(NamedTuple):
    """A scalar, mapping or list, where it begins, and for mappings where each key stands."""

    value: str | dict[str, Node] | list[Node]
    spot: Spot
    keys: Mapping[str, Spot] = _NO_KEYS

    def plain(self) -> object:
        """The same without places: nested dicts, lists and strings."""
        value = self.value
        if isinstance(value, str):
            return value
        if isinstance(value, dict):
            return {key: node.plain() for key, node in value.items()}
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
            child = node.child(step)
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


class Problem(NamedTuple):
    """A finding about a file, before the file's name is known to it.

    `about` tells what it is about, where that is a figure or a key.
    """

    code: Code
    spot: Spot
    message: Text
    about: str = ""


def problem(name: str, spot: Spot, message: Text, about: str = "") -> Problem:
    return Problem(CODES[name], spot, message, about)


def read_tree(content: str) -> tuple[Node | None, list[Problem]]:
    """The tree that YAML text writes, and every problem on the way.

    The tree is `None` where nothing usable was read.
    """
    problems = list(_odd_characters(content))
    if not content.strip():
        return None, [*problems, problem("empty-file", (1, 1), _EMPTY)]
    loader = _LOADER(content)
    builder = _Builder(problems, loader.get_event)
    try:
        root = builder.document()
        if root is None:
            problems.append(problem("empty-file", (1, 1), _EMPTY))
    except yaml.MarkedYAMLError as error:
        problems.append(_syntax_problem(error, content))
        root = None
    except yaml.YAMLError as error:
        if not problems:
            problems.append(
                problem("yaml-syntax", (1, 1), text("not valid YAML: {problem}", problem=str(error)))
            )
        root = None
    except _Stop:
        root = None
    finally:
        loader.dispose()
    return root, problems


_TOO_DEEP = text("nested more than {most} deep: a plan file needs at most 8", most=MAX_DEPTH)
_EMPTY = text("the file is empty: a plan file begins with `plan: <id>`")
_LOADER = getattr(yaml, "CLoader", yaml.Loader)


class _Stop(Exception):
    """Reading on would not be safe."""


class _Builder:
    """Builds the tree from parse events, one at a time. Events are told apart by their exact class."""

    def __init__(self, problems: list[Problem], next_event: Callable[[], Any]) -> None:
        self.problems = problems
        self.next_event = next_event
        self.nodes = 0

    def report(self, name: str, mark: Any, message: Text) -> None:  # noqa: ANN401 - see _spot
        self.problems.append(problem(name, _spot(mark), message))

    def document(self) -> Node | None:
        root: Node | None = None
        seen = 0
        while (event := self.next_event()) is not None:
            if isinstance(event, yaml.DocumentStartEvent):
                seen += 1
                if seen > 1:
                    self.report(
                        "second-document",
                        event.start_mark,
                        text("a plan file is one document: remove this `---` and what follows"),
                    )
                    raise _Stop
            elif isinstance(event, yaml.NodeEvent):
                root = self.node(event, depth=1)
        return root

    def node(self, event: Any, depth: int) -> Node:  # noqa: ANN401 - events differ in what they carry
        self.check(event, depth)
        mark = event.start_mark
        spot = (mark.line + 1, mark.column + 1)
        kind = type(event)
        if kind is yaml.ScalarEvent:
            return Node(event.value, spot)
        if kind is yaml.MappingStartEvent:
            return self.mapping(spot, depth + 1)
        if kind is yaml.SequenceStartEvent:
            items = []
            while type(item := self.next_event()) is not yaml.SequenceEndEvent:
                items.append(self.node(item, depth + 1))
            return Node(items, spot)
        return Node("", spot)

    def mapping(self, spot: Spot, depth: int) -> Node:
        """The mapping whose keys and values lie at `depth`."""
        children: dict[str, Node] = {}
        spots: dict[str, Spot] = {}
        while type(event := self.next_event()) is not yaml.MappingEndEvent:
            key = self.key(event, depth)
            child = self.node(self.next_event(), depth)
            if key is None:
                continue
            if key in children:
                first = "{}:{}".format(*spots[key])
                self.report(
                    "duplicate-key",
                    event.start_mark,
                    text('duplicate key "{key}" (first at {first}): keep one', key=key, first=first),
                )
                continue
            children[key] = child
            mark = event.start_mark
            spots[key] = (mark.line + 1, mark.column + 1)
        return Node(children, spot, spots)

    def key(self, event: Any, depth: int) -> str | None:  # noqa: ANN401 - as above
        if type(event) is yaml.ScalarEvent and event.value != "<<":
            self.check(event, depth)
            key: str = event.value
            return key
        node = self.node(event, depth)
        if type(event) is yaml.AliasEvent:
            return None
        if isinstance(node.value, str):
            self.report(
                "alias", event.start_mark, text("merge keys are not used in plan files: write the keys out")
            )
        else:
            self.report(
                "wrong-type", event.start_mark, text("a key must be plain text, not a list or mapping")
            )
        return None

    def check(self, event: Any, depth: int) -> None:  # noqa: ANN401 - as above
        self.nodes += 1
        if depth > MAX_DEPTH:
            self.report("too-deep", event.start_mark, _TOO_DEEP)
            raise _Stop
        if self.nodes > MAX_NODES:
            self.report(
                "too-large",
                event.start_mark,
                text("more than {most} entries: split the plan", most=MAX_NODES),
            )
            raise _Stop
        if event.anchor is not None:
            sign = "*" if type(event) is yaml.AliasEvent else "&"
            self.report(
                "alias",
                event.start_mark,
                text(
                    "`{sign}{name}`: anchors and aliases are not used in plan files; write the value out, or put it in quotes if it is text",
                    sign=sign,
                    name=event.anchor[:40],
                ),
            )
        if type(event) is not yaml.AliasEvent and event.tag is not None:
            self.report(
                "tag",
                event.start_mark,
                text("`{tag}`: tags are not used in plan files; every value is text", tag=event.tag[:40]),
            )


def _spot(mark: Any) -> Spot:  # noqa: ANN401 - marks of libyaml and of PyYAML
    return mark.line + 1, mark.column + 1


# -- characters ----------------------------------------------------------------------------------

_ODD = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\u00a0\u00ad\u200b-\u200f\u2028-\u202f\u2060-\u2064\u3000\ufeff\ufffe\uffff]"
)


def _odd_characters(content: str) -> Iterator[Problem]:
    """Characters that nobody sees and that make two equal-looking texts differ."""
    for number, line in enumerate(content.split("\n"), 1):
        if _ODD.search(line):
            for match in _ODD.finditer(line):
                name = f"U+{ord(match[0]):04X}"
                yield problem(
                    "invisible-character",
                    (number, match.start() + 1),
                    text("invisible character {name}: delete it, or write an ordinary blank", name=name),
                )


# -- syntax errors -------------------------------------------------------------------------------


def _syntax_problem(error: yaml.MarkedYAMLError, content: str) -> Problem:
    mark = error.problem_mark or error.context_mark
    if mark and error.context_mark and any(sign in (error.problem or "") for sign in _UNCLOSED):
        # What was opened and never closed is noticed lines later.
        mark = error.context_mark if error.context_mark.line < mark.line else mark
    spot = _spot(mark) if mark else (1, 1)
    lines = content.split("\n")
    line = lines[spot[0] - 1] if spot[0] <= len(lines) else ""
    if "\t" in line[: len(line) - len(line.lstrip())] or line[spot[1] - 1 : spot[1]] == "\t":
        return problem(
            "tab",
            (spot[0], line.index("\t") + 1),
            text("a tab stands here: YAML is indented with blanks only"),
        )
    if wide := _full_width_colon(lines, spot[0]):
        return wide
    words = f"{error.context or ''} {error.problem or ''}"
    if "nesting depth" in words:  # libyaml's own limit, which its scanner may meet before the events do
        return problem("too-deep", spot, _TOO_DEEP)
    for sign, message in _SYNTAX.items():
        if sign in words:
            return problem("yaml-syntax", spot, message)
    return problem("yaml-syntax", spot, text("not valid YAML: {problem}", problem=words.strip()))


FULL_WIDTH_COLON = text("the colon here is full-width: write `:` and a blank")
_WIDE_KEY = re.compile(r"^[\s{-]*[A-Za-z0-9_>\"'-]+\s*(：)")


def _full_width_colon(lines: list[str], number: int) -> Problem | None:
    """A key with a full-width colon on this line or the one before, which YAML trips over later."""
    for at in (number, number - 1):
        if 1 <= at <= len(lines) and (match := _WIDE_KEY.match(lines[at - 1])):
            return problem("full-width-colon", (at, match.start(1) + 1), FULL_WIDTH_COLON)
    return None


_UNCLOSED = ("found unexpected end of stream", "expected ',' or '}'", "expected ',' or ']'")
_SYNTAX = {
    "mapping values are not allowed": text(
        "a colon is not expected here: put the text in quotes, or check the indentation"
    ),
    "could not find expected ':'": text("a key without a colon: write `key: value`"),
    "found unexpected end of stream": text("a quotation mark is opened and not closed"),
    "cannot start any token": text("this character cannot begin a value: put the text in quotes"),
    "expected ',' or '}'": text("a comma or `}}` is missing"),
    "expected ',' or ']'": text("a comma or `]` is missing"),
    "did not find expected '-' indicator": text("a list entry must begin with `- `, as deep as the others"),
    "expected <block end>": text("the indentation does not fit the lines above"),
    "did not find expected key": text(
        "the indentation does not fit the lines above, or a quotation mark is missing"
    ),
    "while parsing a flow node": text("a value is missing here"),
    "did not find expected node content": text("a value is missing here"),
}
