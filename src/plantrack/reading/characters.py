"""Characters that nobody sees and that make two equal-looking texts differ.

Each is told at its place; then the text is read as it would be without them, so that one of them
neither stops the parser nor makes names unknown.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from plantrack.language import text
from plantrack.reading.problems import Problem, problem

if TYPE_CHECKING:
    from collections.abc import Mapping

    from plantrack.plan.tree import Spot

_WIDE = "\u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000"
"""Blanks and line ends other than the ordinary ones."""
_UNSEEN = (
    "\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\u00ad\u034f\u061c\u115f\u1160\u180e\u200b-\u200f"
    "\u202a-\u202e\u2060-\u206f\u3164\ufeff\uffa0\ufff9-\ufffb\ufffe\uffff\U000e0000-\U000e007f"
)
"""Controls, and what has no width: joiners, directions, fillers, tags, byte order marks."""
_BLANK = re.compile(f"[{_WIDE}]")
_ODD = re.compile(f"([{_WIDE}{_UNSEEN}])\\1*")
_NO_GAPS: Mapping[int, list[int]] = MappingProxyType({})


class Cleaned(NamedTuple):
    """A text without odd characters, and what was odd in it.

    `gaps` tells, line by line, before which columns of the text a character was taken out, from 0.
    """

    text: str
    problems: tuple[Problem, ...] = ()
    gaps: Mapping[int, list[int]] = _NO_GAPS

    def spot(self, line: int, column: int) -> Spot:
        """Where in the original stands what is at this line and column, from 0, of the text."""
        if line in self.gaps:
            column += bisect_right(self.gaps[line], column)
        return line + 1, column + 1


def cleaned(content: str) -> Cleaned:
    """The text with ordinary blanks for wide ones, and without what has no width."""
    if _ODD.search(content) is None:
        return Cleaned(content)
    problems: list[Problem] = []
    gaps: dict[int, list[int]] = {}
    lines = content.split("\n")
    for number, line in enumerate(lines):
        for match in _ODD.finditer(line):
            problems.append(odd_character(match[1], (number + 1, match.start() + 1)))
            if not _BLANK.match(match[1]):
                taken = gaps.setdefault(number, [])
                taken += [match.start() - len(taken)] * len(match[0])
        lines[number] = without_odd(line)
    return Cleaned("\n".join(lines), tuple(problems), gaps)


def odd_character(sign: str, spot: Spot) -> Problem:
    message = text(
        "invisible character {name}: delete it, or write an ordinary blank", name=f"U+{ord(sign):04X}"
    )
    return problem("invisible-character", spot, message)


def odd_in(value: str) -> list[str]:
    """The odd characters of a value, which its escapes have made."""
    return [match[1] for match in _ODD.finditer(value)]


def without_odd(value: str) -> str:
    return _ODD.sub(lambda match: " " * len(match[0]) if _BLANK.match(match[1]) else "", value)
