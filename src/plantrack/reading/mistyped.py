"""Slips of the hand in YAML, found where the parser stumbles: where they are, and what to write instead."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, NamedTuple

from plantrack.language import listing, text

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from plantrack.language import Text
    from plantrack.plan.tree import Spot


MOST_LINES, LONGEST = 50, 2_000
"""Nobody types more lines in brackets, or longer ones; to look through them would take long."""


class Slip(NamedTuple):
    """Where something is mistyped, and what to do."""

    spot: Spot
    message: Text


def slip_in(lines: Sequence[str], first: int, last: int) -> Slip | None:
    """The first slip in some lines, counted from 1: where something begins, and where the parser stumbles."""
    for number in range(max(first, 1), min(last, first + MOST_LINES, len(lines)) + 1):
        if len(lines[number - 1]) > LONGEST:
            continue
        following = next((line for line in lines[number:] if line.strip()), "")
        for at, message in _slips(lines[number - 1], following):
            return Slip((number, at + 1), message)
    return None


def _slips(line: str, following: str) -> Iterator[tuple[int, Text]]:
    bare = re.sub(_QUOTED, lambda match: _BLOT * len(match[0]), line)
    if (opened := re.search(_OPENED, bare)) is not None:
        yield (
            opened.start("at"),
            text("a quotation mark is opened here and not closed: close it, or remove it"),
        )
        return
    for pattern, said in _SIGNS:
        if (found := re.search(pattern, bare)) is not None:
            at = found.start("at")
            sign = line[at : found.end("at")].strip()
            yield at, _told(said, sign)
    yield from _hash(bare)
    yield from _unbalanced(bare, following)


def others(lines: Sequence[str], told: Spot) -> Iterator[Slip]:
    """Slips that are sure in other rows and behind the one that is told: the parser has not come so far."""
    found = 0
    for number, line in enumerate(lines, 1):
        if number < told[0] or len(line) > LONGEST or not re.match(_ROW, line):
            continue
        bare = re.sub(_QUOTED, lambda match: _BLOT * len(match[0]), line)
        for pattern, said in _SURE:
            for match in re.finditer(pattern, bare):
                spot = number, match.start("at") + 1
                if spot > told and found < MOST_OTHERS:
                    found += 1
                    yield Slip(spot, _told(said, match["at"].strip()))


def _told(said: Text, found: str) -> Text:
    """The words for a slip, with what was found, and that in half width or with its first sign behind it."""
    narrow = unicodedata.normalize("NFKC", found)
    return text(said.template, found=found, narrow=narrow, turned=f"{found[1:]}{found[:1]}")


MOST_OTHERS = 20
_ROW = r"\s*-\s+\{"
_BLOT = "\0"
"""Stands for the characters of a quoted text."""
_QUOTED = r"\"(?:[^\"\\]|\\.)*\"|(?<![^\s{\[,:])'(?:[^']|'')*'"
_OPENED = r"[{\[,:\s](?P<at>[\"'])"
WITHOUT_BLANK = text("a blank is missing behind the colon: write `{found}: `")
_KEY = r"(?:[A-Za-z_][A-Za-z0-9_]*|[0-9]{4}(?:-[0-9]{2})?(?:(?:->|/)[0-9]{4}(?:-[0-9]{2})?)?)"
_SURE: tuple[tuple[str, Text], ...] = (
    (
        r"(?<=:\s)(?P<at>[^\s,{}\[\]:]+\[[^\[\]{}]*\][^\s,{}]*|\[[0-9.,]+%?\][^\s,{}\]]+)",
        text('a value with brackets stands in quotes here: "{found}"'),
    ),
    (
        r"(?<=[:,{\[-]\s)(?P<at>[*%][0-9][^,}\]\s]*)",
        text("the sign stands behind the number: write {turned}"),
    ),
    (
        r"(?<=[:,{\[-]\s)(?P<at>(?![*%][0-9])[*&!|>%@`][^,}\]]*)",
        text('YAML takes the first sign of {found} for something else: put it in quotes, "{found}"'),
    ),
)
"""Wrong in every row in brackets."""
_SIGNS: tuple[tuple[str, Text], ...] = (
    (
        rf"(?P<at>[，；;、])\s*{_KEY}\s*[:：]",
        text("`{found}` does not part entries: write `,` and a blank"),
    ),
    (
        r"(?:(?<=[:,{\[-])|(?<=[:,{\[-]\s)|^)(?P<at>[｛［])",
        text("the bracket `{found}` is full-width: write `{narrow}`"),
    ),
    (
        rf"(?:^|[{{,\s])(?P<at>{_KEY}):(?=[^\s:/])",
        WITHOUT_BLANK,
    ),
    (
        r"^\s*(?P<at>-)(?=[{\[A-Za-z\"])",
        text("a blank is missing behind `{found}`: write `- `"),
    ),
    *_SURE,
    (
        rf"{_BLOT}(?P<at>[^{_BLOT}\s,}}\]:#])",
        text("a quotation mark ends the text before `{found}`: within it, write “ ”"),
    ),
    (
        rf"\{{.*[^\s,{{\[:]\s+(?P<at>{_KEY}):\s",
        text("a comma is missing before `{found}`"),
    ),
)
"""What is mistyped in a line, at the place of the group, and what to do."""


def _hash(line: str) -> Iterator[tuple[int, Text]]:
    """A `#` that makes a comment of the rest, with the brackets that should close there."""
    found = re.search(r"\s#", line)
    if found is not None and _open(line[: found.start()]) > 0 >= _open(line):
        yield found.end() - 1, text("`#` behind a blank begins a comment: put the value in quotes")


def _unbalanced(line: str, following: str) -> Iterator[tuple[int, Text]]:
    """Brackets that are closed too often; or not at all, where the next line begins anew."""
    bare = re.sub(r"\s#.*", "", line)
    if (more := _open(bare)) < 0:
        yield bare.rindex("}"), text("one `}}` too many: {more} more are closed than opened", more=-more)
    if more > 0 and re.match(rf"\s*(?:-\s|{_KEY}:|$)", following):
        yield (
            _first_unclosed(bare),
            text("`{{` is not closed: write `}}` where it ends ({more} in this line)", more=more),
        )


def _first_unclosed(line: str) -> int:
    """Where the first bracket stands that is not closed."""
    stack: list[int] = []
    for at, sign in enumerate(line):
        if sign == "{":
            stack.append(at)
        elif sign == "}" and stack:
            stack.pop()
    return stack[0]


def _open(line: str) -> int:
    return line.count("{") - line.count("}")


def indentation(lines: Sequence[str], line: int) -> Slip | None:
    """Where a line begins deeper or less deep than any line above that it could belong to."""
    depth = _depth(lines[line - 1])
    levels: list[int] = []
    for above in lines[: line - 1]:
        if not above.strip() or above.lstrip().startswith("#"):
            continue
        levels = [each for each in levels if each < _depth(above)] + [_depth(above)]
    if not levels or depth in levels:
        return None
    known = listing(*levels)
    message = text(
        "{depth} blank(s) before this line, and {known} before those above: align it",
        depth=depth,
        known=known,
    )
    return Slip((line, depth + 1), message)


def _depth(line: str) -> int:
    return len(line) - len(line.lstrip(" "))
