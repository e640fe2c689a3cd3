"""How much work an audit may take, counted in steps, so that what it leaves undecided is the same everywhere.

What hangs together has an account of its own, with a share for each of its figures: a plan of many figures
takes longer, and one infeasible subset leaves the others what they need. A step is some ten microseconds.
"""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterator

SHARE, LEAST = 800, 200_000
"""Steps for each figure of an account, and for all of few figures."""
BESIDE = 0.5
"""Finding the fewest corrections, and telling what would do, may each take so much of the work that a search may."""
ALL, MANY = 300_000, 300
"""Steps for all accounts of as many figures as a long plan has, or fewer; of more, so many times as much."""


class Effort:
    """The work left, account by account and in all.

    Args:
        figures: how many figures are audited.
        times: how many times the usual work may be done.
    """

    def __init__(self, figures: int = MANY, times: float = 1.0) -> None:
        self.times = times
        self._in_all = times * ALL * max(1.0, figures / MANY)
        self._left: dict[Hashable, float] = {}
        self._account: Hashable = None
        self.keep()

    def keep(self) -> None:
        """Remember what is left, for `again`."""
        self._kept = self._in_all, dict(self._left)

    def again(self) -> None:
        """Have again what was left when it was kept."""
        self._in_all, left = self._kept
        self._left = dict(left)

    @contextmanager
    def account(self, key: Hashable, figures: int, part: float = 1.0) -> Iterator[None]:
        """Charge all work to an account, or to a part of one; within one that is open already, to that."""
        if self._account is not None:
            yield
            return
        self._left.setdefault(key, self.times * part * max(LEAST, SHARE * figures))
        self._account = key
        try:
            yield
        finally:
            self._account = None

    def pays(self, steps: float) -> bool:
        """Whether work may be done; outside all accounts always."""
        if self._account is None:
            return True
        self._in_all -= min(steps, max(self._left[self._account], 0))  # what an account lacks is not done
        self._left[self._account] -= steps
        return not self.is_spent

    @property
    def was_spent(self) -> bool:
        """Whether some account came to its end."""
        return min([self._in_all, *self._left.values()]) <= 0

    @property
    def is_spent(self) -> bool:
        """Whether nothing is left in the open account, or in all."""
        return self._account is not None and min(self._left[self._account], self._in_all) <= 0
