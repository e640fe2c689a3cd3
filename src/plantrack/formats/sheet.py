"""A table said in a language: every cell is text. What terminal, CSV, Markdown and notebooks write."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple
from unicodedata import combining, east_asian_width

if TYPE_CHECKING:
    from collections.abc import Callable

    from plantrack.language import Language
    from plantrack.views.table import Table, Value


class Sheet(NamedTuple):
    """A table of text. Rows under one of the `groups` stand together.

    Which columns are of numbers is told by `are_numbers`: those are set flush right and never wrapped.
    """

    title: str
    headings: tuple[str, ...]
    are_numbers: tuple[bool, ...]
    rows: tuple[tuple[str, ...], ...]
    groups: dict[int, str]
    notes: tuple[str, ...]


def said_in(
    language: Language, table: Table, seen: Callable[[str], str] = str, verbosity: Literal[-1, 0, 1] = 1
) -> Sheet:
    notes = [] if verbosity < 0 else [*table.notes, *(table.details if verbosity else ())]

    def shown(value: Value) -> str:
        return seen(characters(value, language))

    return Sheet(
        shown(table.title),
        tuple(shown(column.title) for column in table.columns),
        tuple(column.is_number for column in table.columns),
        tuple(tuple(map(shown, row)) for row in table.rows),
        {at: shown(group) for at, group in table.groups.items()},
        tuple(map(shown, notes)),
    )


def characters(value: Value, language: Language) -> str:
    if value is None:
        return ""
    return value.say(language) if hasattr(value, "say") else str(value)


def width_of(words: str) -> int:
    """The width of the widest line in digits; a Chinese character is as wide as two."""
    return max((sum(map(_width, line)) for line in words.splitlines()), default=0)


def _width(sign: str) -> int:
    return 0 if combining(sign) else 1 + (east_asian_width(sign) in "WF")
