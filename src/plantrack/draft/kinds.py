"""Which kind of figure a number of a sentence is: by its verb, its unit, and what the words before it compare with."""

from __future__ import annotations

from typing import TYPE_CHECKING

from plantrack.draft import words
from plantrack.draft.period import year_compared
from plantrack.numbers.words import PERCENT, PERMILLE, POINTS, TIMES

if TYPE_CHECKING:
    from plantrack.draft.amounts import Amount
    from plantrack.draft.leads import Before
    from plantrack.draft.period import When

CHANGES = frozenset(("growth", "total_growth", "change", "annual_change"))


def kind_of(before: Before, amount: Amount, when: When, *, name: str, last: str) -> str:
    """The kind of a number of what is called `name`; `last` is that of the number before."""
    is_average, unit = words.YEARLY.search(before.words) is not None, amount.unit
    if amount.is_rank:
        return "rank"
    if amount.is_word:
        return "multiple" if amount.number.text.endswith(("番", TIMES)) else "level"
    if unit == TIMES:
        return "total_growth" if before.tells_change(unit) else "multiple"
    if unit in {PERCENT, PERMILLE}:
        return _of_share(before, when, is_average=is_average, last=last)
    if before.verb == words.ADDED and name.startswith(words.ADDED):
        return "level"
    if unit in POINTS or before.tells_change(unit):
        return "annual_change" if is_average else "change"
    return "level"


def _of_share(before: Before, when: When, *, is_average: bool, last: str) -> str:
    if not (before.tells_change(PERCENT) or words.GROWTH_NAMED.search(before.words)):
        return "level"
    if is_average or words.LAST_YEAR.search(before.compared):
        return "growth"
    if words.PART_BEGINS.match(before.words) and last == "growth":
        return "growth"
    return "total_growth" if is_over_several(before) or not when.is_yearly else "growth"


def is_over_several(before: Before) -> bool:
    """Whether growth is compared with a time several years before."""
    return words.OVER_SEVERAL.search(before.clause) is not None or year_compared(before.clause) is not None
