"""How wide words are where every Chinese character takes the room of two digits."""

from __future__ import annotations

import unicodedata


def width_of(words: str) -> int:
    """The width of the widest line, in digits."""
    return max((sum(map(_width, line)) for line in words.splitlines()), default=0)


def _width(sign: str) -> int:
    if unicodedata.combining(sign):
        return 0
    return 1 + (unicodedata.east_asian_width(sign) in "WF")


def flush_right(words: str, width: int) -> str:
    return " " * (width - width_of(words)) + words
