"""Whether a numeral of the plan stands at a number of the document: its digits and the words beside."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from plantrack.documents.document import plain
from plantrack.documents.marks import EXPONENT
from plantrack.documents.outline import letters
from plantrack.numbers.words import BOUND_WORDS, FALLING, RANGE_WORDS, any_of

if TYPE_CHECKING:
    from plantrack.documents import Document, Reading

REACH = 40
"""Characters before a number in which the words of its numeral and its bound are looked for."""


class Pattern(NamedTuple):
    """The digits of a numeral's first number, the words in front of them, and what follows in any blanks."""

    digits: str
    before: str
    after: re.Pattern[str]


_DIGITS = re.compile(rf"(?<![0-9.])10{EXPONENT}|[0-9]+(?:\.[0-9]+)?")


@lru_cache(maxsize=4096)
def pattern_of(numeral: str) -> Pattern | None:
    """The pattern of a numeral; `None` where it has no digits, as 翻一番."""
    squeezed = re.sub(r"(?<=[0-9]),(?=[0-9]{3})", "", "".join(plain(numeral).split()))
    first = _DIGITS.search(squeezed)
    if first is None:
        return None
    rest = squeezed[first.end() :]
    bound = re.search(f"{_BEHIND}$", rest)
    suffix = bound[0] if bound else ""
    after = _spread(rest.removesuffix(suffix))
    if suffix:
        after += ("" if "(" in rest else _PARENTHESIS) + _spread(suffix)
    return Pattern(first[0], squeezed[: first.start()], re.compile(after + _ending(rest, suffix)))


def _spread(words: str) -> str:
    return "".join(rf"\s*{re.escape(sign)}" for sign in words)


_BEHIND = rf"(?:{any_of(each.word for each in BOUND_WORDS if each.stands == 'behind')})"
_BOUND_AFTER = rf"\s*{_BEHIND}"
_PARENTHESIS = r"(?:\s*\([^()\n]{1,20}\))?"
_BETWEEN = rf"(?:—|{any_of(RANGE_WORDS)})"
_BOUND_BEFORE = re.compile(
    rf"(?:{'|'.join(each.pattern for each in BOUND_WORDS if each.stands == 'before')}|{any_of(FALLING)}|[0-9]—)$"
)
"""What would make another numeral of the one that follows it."""
_QUOTED = re.compile(r"\n[ \t]*>[ >]*(?:(?=[^ >])|(?<= )$)")
"""How Markdown begins a line of a quotation; right before a number the sign means `more than`."""


def _ending(rest: str, suffix: str) -> str:
    """What must not follow, for it would make another numeral; units are another question."""
    if not rest:
        return rf"(?![^\S\t]*(?:/|{_BETWEEN}\s*[0-9]))(?!{_BOUND_AFTER})"
    longer = r"(?!\.?[0-9])" if rest[-1].isdigit() else ""
    return longer if suffix else rf"{longer}(?!{_PARENTHESIS}{_BOUND_AFTER})"


def stands_at(pattern: Pattern, reading: Reading, document: Document) -> tuple[int, int] | None:
    """From where to where the numeral stands, exactly as it is in the plan."""
    content, start = document.plain, reading.start
    following = pattern.after.match(content, reading.end)
    if following is None:
        return None
    written = "\n" + content[max(0, start - REACH) : start]
    if not any(_leads(pattern, "".join(each.split())) for each in (written, _QUOTED.sub("", written))):
        return None
    for _ in pattern.before:
        start -= 1
        while content[start].isspace():
            start -= 1
    return start, following.end()


def _leads(pattern: Pattern, before: str) -> bool:
    """Whether the numeral's own words stand before its number, and none that would make it another."""
    return before.endswith(pattern.before) and not _BOUND_BEFORE.search(before.removesuffix(pattern.before))


@lru_cache(maxsize=4096)
def pairs_of(name: str) -> frozenset[str]:
    """The pairs of neighbouring letters in a name: what likeness is measured by."""
    return frozenset(map("".join, pairwise(letters(plain(name)))))


def likeness(name: str, start: int, document: Document) -> float:
    """How much of an indicator's name stands before a place, from 0 to 1.

    In a row of a table its label stands at the beginning, in a sentence shortly before the number.
    """
    pairs = pairs_of(name)
    number = document.line_at(start) - 1
    line = document.starts[number]
    is_in_row = 0 <= document.first_tabs[number] < start - line
    label = document.plain[line : min(start, line + REACH)] if is_in_row else ""
    words = letters(f"{label} {document.plain[max(0, start - 2 * REACH) : start]}")
    return sum(pair in words for pair in pairs) / (len(pairs) or 1)
