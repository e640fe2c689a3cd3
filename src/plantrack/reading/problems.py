"""What is wrong with a file, before the file's name is known to it."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from plantrack.findings import CODES, Code, Level
from plantrack.language import text

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable

    from plantrack.language import Text
    from plantrack.plan.tree import Spot


class Problem(NamedTuple):
    """A finding about a file. `about` tells what it is about, where that is a figure or a key.

    `level` is another than its code's, where that is set.
    """

    code: Code
    spot: Spot
    message: Text
    about: str = ""
    level: Level | None = None


def problem(name: str, spot: Spot, message: Text, about: str = "") -> Problem:
    return Problem(CODES[name], spot, message, about)


MOST_OF_A_KIND = 20
"""So many problems of one kind are listed; nobody reads a longer list before mending the first."""
MOST = 50_000
"""After so many problems nothing more is read, except for such as only need counting."""


_MORE = text("{count} more like those above, the first here")


class TooMany(Exception):
    """A file with so many problems that reading on would tell nothing more."""


class Problems:
    """The problems of a long file, as they are found: the first of each kind, and how many more there are."""

    def __init__(self) -> None:
        self._listed: list[tuple[Problem, Hashable]] = []
        self._unlisted: dict[tuple[str, Level | None], Problem] = {}
        self._counts: Counter[tuple[str, Level | None]] = Counter()
        self._cells: Counter[Hashable] = Counter()
        self._last: Spot = (1, 1)
        self._left = MOST

    def note(self, found: Iterable[Problem]) -> None:
        """Note what was found elsewhere, however much."""
        for each in found:
            self._note(each)

    def add(self, found: Problem, shared: Hashable = None) -> None:
        """Note a problem, which cells share of which `is_new` was asked.

        Raises:
            TooMany: where reading on would tell nothing more.
        """
        self._note(found, shared)
        self._left -= 1
        if self._left < 0:
            raise TooMany

    def lists(self, name: str) -> bool:
        """Whether another problem of that kind would be listed, and so needs its message."""
        return self._counts[name, None] < MOST_OF_A_KIND

    def count(self, name: str, spot: Spot) -> None:
        """Note one more problem of a kind that is not listed and cheap to find: of these all are counted."""
        self._counts[name, None] += 1
        if (name, None) not in self._unlisted:
            self._unlisted[name, None] = problem(name, spot, _MORE)

    def is_new(self, shared: Hashable) -> bool:
        """Whether a problem that many cells may share is met for the first time; the cells are counted."""
        self._cells[shared] += 1
        return self._cells[shared] == 1

    def stop(self) -> None:
        """Note that nothing is read behind the last problem."""
        message = text("the rest of the file is not read: correct the above first")
        self._note(problem("too-large", self._last, message))

    def _note(self, found: Problem, shared: Hashable = None) -> None:
        kind = (found.code.name, found.level)
        self._counts[kind] += 1
        self._last = found.spot
        if self._counts[kind] <= MOST_OF_A_KIND:
            self._listed.append((found, shared))
        else:
            self._unlisted.setdefault(kind, found)

    def in_order(self) -> list[Problem]:
        """Those listed as they stand in the file, with how many more there are where the list stops."""
        told = []
        for each, shared in self._listed:
            count, said = self._cells[shared], each.message
            message = text("{said} ({count} cells)", said=said, count=count) if count > 1 else said
            told.append(each._replace(message=message))
        for kind, first in self._unlisted.items():
            count = self._counts[kind] - MOST_OF_A_KIND
            told.append(first._replace(message=text(_MORE.template, count=count)))
        return sorted(told, key=lambda each: each.spot)
