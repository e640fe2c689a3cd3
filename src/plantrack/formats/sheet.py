"""A table said in a language: every cell is text. What terminal, CSV and Markdown write."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from plantrack.language import BLANKS, visible, without_commands

if TYPE_CHECKING:
    from collections.abc import Callable

    from plantrack.language import Language
    from plantrack.views.table import Table, Value


class Heading(NamedTuple):
    """One column's heading; numbers are set flush right and never wrapped."""

    title: str
    is_number: bool = False


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table of text. Rows under one of the `groups` stand together."""

    title: str
    headings: tuple[Heading, ...]
    rows: tuple[tuple[str, ...], ...]
    groups: dict[int, str]
    notes: tuple[str, ...]


def said_in(language: Language, table: Table, seen: Callable[[str], str] = str) -> Sheet:
    """The table in a language, every text as `seen` leaves it."""

    def shown(value: Value) -> str:
        return seen(characters(value, language))

    return Sheet(
        shown(table.title),
        tuple(Heading(shown(title), is_number) for title, is_number in table.columns),
        tuple(tuple(map(shown, row)) for row in table.rows),
        {at: shown(group) for at, group in table.groups.items()},
        tuple(map(shown, table.notes)),
    )


def characters(value: Value, language: Language) -> str:
    """What stands in a cell."""
    if value is None:
        return ""
    return value.say(language) if hasattr(value, "say") else str(value)


def steering_nothing(said: str) -> str:
    """With a visible sign for whatever would steer a terminal."""
    return without_commands(visible(said, keep=BLANKS))
