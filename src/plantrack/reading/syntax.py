"""What is wrong where text is no YAML, in words for people who do not know the parser's."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from plantrack.language import Text, text
from plantrack.plan.mistyped import FULL_WIDTH_COLON
from plantrack.reading.mistyped import indentation, others, slip_in
from plantrack.reading.problems import Problem, problem

if TYPE_CHECKING:
    from collections.abc import Iterator

    from plantrack.plan.tree import Spot
    from plantrack.reading.mistyped import Slip

WIDE_COLON = re.compile(r"([ -~]*[!-~])\s*(：)\s*(.*)", re.DOTALL)
"""A key of plan files, the full-width colon after it, and the value."""


def wide_colon(written: object, spot: Spot, about: str = "") -> Problem | None:
    """The problem where a key, a full-width colon and the value stand as one text at `spot`."""
    match = WIDE_COLON.fullmatch(written) if isinstance(written, str) else None
    if match is None:
        return None
    return problem("full-width-colon", (spot[0], spot[1] + match.start(2)), FULL_WIDTH_COLON, about)


def syntax_problems(error: Any, content: str) -> Iterator[Problem]:  # noqa: ANN401 - of libyaml or of PyYAML
    """The problem that a parser's error with marks tells, at the place that has to be mended, and like ones below."""
    lines = content.split("\n")
    first = _syntax_problem(error, lines)
    yield first
    if first.code.name == "yaml-syntax":
        yield from (problem("yaml-syntax", each.spot, each.message) for each in others(lines, first.spot))


def _syntax_problem(error: Any, lines: list[str]) -> Problem:  # noqa: ANN401 - as above
    spot = _spot(error)
    line = lines[spot[0] - 1] if spot[0] <= len(lines) else ""
    if "\t" in line[: len(line) - len(line.lstrip())] or line[spot[1] - 1 : spot[1]] == "\t":
        at = spot[0], line.index("\t") + 1
        return problem("tab", at, text("a tab stands here: YAML is indented with blanks only"))
    words = f"{error.context or ''} {error.problem or ''}"
    if wide := _full_width_colon(lines, spot, is_late=_NO_COLON in words):
        return wide
    if slip := _slip(error, lines, spot, words):
        return problem("yaml-syntax", slip.spot, slip.message)
    if "nesting depth" in words:  # libyaml's own limit, which its scanner may meet before the events do
        return problem("too-deep", spot, TOO_DEEP)
    message = next((said for sign, said in _SYNTAX.items() if sign in words), _NO_YAML)
    return problem("yaml-syntax", spot, message)


def _slip(error: Any, lines: list[str], spot: Spot, words: str) -> Slip | None:  # noqa: ANN401 - as above
    """What is mistyped, in the line or from where a list or mapping in brackets begins; else a wrong indentation."""
    if "quoted scalar" in words or "nesting depth" in words:
        return None
    marks = [each.line + 1 for each in (error.context_mark, error.problem_mark) if each is not None]
    first = min(marks) if "flow" in words and marks else spot[0]
    slip = slip_in(lines, first, max([spot[0], *marks]) if "flow" in words else spot[0])
    if slip is None and spot[0] <= len(lines) and any(sign in words for sign in _INDENTED):
        slip = indentation(lines, spot[0])
    return slip


_INDENTED = (
    "did not find expected key",
    "expected <block end>",
    "did not find expected '-' indicator",
    "mapping values are not allowed",
)
MAX_DEPTH = 64
TOO_DEEP = text("nested more than {most} deep: a plan file needs at most 8", most=MAX_DEPTH)
_NO_YAML = text("this is not valid YAML: put text in quotes, and check signs and indentation")


def _spot(error: Any) -> Spot:  # noqa: ANN401 - as above
    begun = error.context_mark
    mark = error.problem_mark or begun
    # What was opened and never closed, or begun without a colon, is noticed lines later.
    if mark and begun and begun.line < mark.line and any(sign in (error.problem or "") for sign in _LATE):
        mark = begun
    return (mark.line + 1, mark.column + 1) if mark else (1, 1)


_NO_COLON = "could not find expected ':'"
_LATE = (
    "found unexpected end of stream",
    "expected ',' or '}'",
    "expected ',' or ']'",
    _NO_COLON,
)

_WIDE_KEY = re.compile(r"(?:^[\s-]*[^\s:：#{}\[\],，-]+|[{,]\s*[A-Za-z0-9_.>\"'-]+)\s*(：)")


def _full_width_colon(lines: list[str], spot: Spot, *, is_late: bool) -> Problem | None:
    """A key with a full-width colon on this line or the one before, which YAML trips over later."""
    for at, end in ((spot[0], None if is_late else spot[1]), (spot[0] - 1, None)):
        found = _WIDE_KEY.search(lines[at - 1][:end]) if 1 <= at <= len(lines) else None
        if found:
            return problem("full-width-colon", (at, found.start(1) + 1), FULL_WIDTH_COLON)
    return None


_BEGINS_WRONGLY: Text = text(
    "a value that begins with `*`, `&`, `!`, `|`, `>` or `%` means something else in YAML: put the text in quotes"
)
_SYNTAX: dict[str, Text] = {
    "mapping values are not allowed": text(
        "a colon is not expected here: put the text in quotes, or check the indentation"
    ),
    _NO_COLON: text("a key without a colon and a blank: write `key: value`"),
    "found unexpected end of stream": text(
        "a quotation mark is opened here and not closed: close it, or remove it"
    ),
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
    "scanning a plain scalar found unexpected ':'": text(
        "a value is missing after the colon, or the text has to stand in quotes"
    ),
    "block sequence entries are not allowed": text("a list begins on a line of its own, below its key"),
    "scanning an alias": _BEGINS_WRONGLY,
    "scanning an anchor": _BEGINS_WRONGLY,
    "scanning a tag": _BEGINS_WRONGLY,
    "found undefined tag handle": _BEGINS_WRONGLY,
    "scanning a block scalar": _BEGINS_WRONGLY,
    "scanning a directive": _BEGINS_WRONGLY,
    "found incompatible YAML document": text("this YAML version is not known: remove the line"),
    "parsing a quoted scalar": text(
        "after a backslash in double quotes stands no such sign: write `\\\\`, or use single quotes"
    ),
    "did not find expected <document start>": text(
        "a plan file is one document: remove `...` or `%` and what belongs to it"
    ),
}
"""What libyaml says -> what is to be done, the first that fits."""
