"""From the characters of a Word file's lines back to the `t` elements that they stand in.

A reader that is asked for it puts a tag of private characters before and behind the letters of every element. Tags go
through joining, splitting and squeezing of blanks like letters, so that no part of the reader need know of them.
Only characters that are seen are counted: blanks are squeezed, joined and dropped on the way.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from plantrack.documents.document import is_seen

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from plantrack.documents.package import Element

_HIGH, _LOW, _BASE = 0x100000, 0xF0000, 0xFF00
_END = chr(0xFFFFD)
_PRIVATE = f"{chr(_LOW)}-{chr(0x10FFFF)}"
_OPENING = f"([{chr(_HIGH)}-{chr(_HIGH + 0xFF)}])([{chr(_LOW)}-{chr(_LOW + _BASE - 1)}])"
_TAG = re.compile(f"{_OPENING}|{_END}|([^{_PRIVATE}]+|.)", re.DOTALL)


class Origin(NamedTuple):
    """The number of a `t` element in its part, from 0, and of a character among its seen ones."""

    element: int
    at: int


class Tags:
    """Tags for the `t` elements of a part of a Word file."""

    def __init__(self, root: Element) -> None:
        self._numbers = {each: number for number, each in enumerate(root.iter("{*}t"))}

    def tagged(self, letters: str, element: Element) -> str:
        """The letters between tags; those of other parts, and blanks, as they are."""
        number = self._numbers.get(element)
        body = letters.strip()
        if number is None or not body:
            return letters
        body = re.sub(f"[{_PRIVATE}]", "\ufffd", body)
        first = len(letters) - len(letters.lstrip())
        opening = chr(_HIGH + number // _BASE) + chr(_LOW + number % _BASE)
        return f"{letters[:first]}{opening}{body}{_END}{letters[first + len(letters.strip()) :]}"


def origins_of(lines: Sequence[str]) -> Iterator[list[Origin | None]]:
    """For each line with tags the origin of each character that is seen; `None` where it stands in no `t` element."""
    number, at = None, 0
    for line in lines:
        found: list[Origin | None] = []
        for high, low, letters in _TAG.findall(line):
            if not letters:
                number, at = (_number(high, low), 0) if high else (None, 0)
                continue
            for _ in filter(is_seen, letters):
                found.append(None if number is None else Origin(number, at))
                at += 1
        yield found


def _number(high: str, low: str) -> int:
    return (ord(high) - _HIGH) * _BASE + ord(low) - _LOW
