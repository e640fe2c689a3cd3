"""Whether numbers of one indicator may be the same one: 8.5% and 8.50%, 76.9亿元 and 76.91."""

from __future__ import annotations

import re
from fractions import Fraction
from itertools import combinations
from typing import TYPE_CHECKING, NamedTuple

from plantrack.numbers.numeral import read_numeral

if TYPE_CHECKING:
    from collections.abc import Collection

    from plantrack.draft.statements import Statement

MOST_COMPARED = 50
"""So many different numbers of one indicator are never the same."""


class Rounded(NamedTuple):
    """The size of a number and of one unit of its last digit; of what is no numeral its digits alone."""

    value: Fraction
    step: Fraction
    digits: str = ""

    def agrees(self, other: Rounded) -> bool:
        """Whether both may be roundings of one number."""
        if self.digits or other.digits:
            return self.digits == other.digits
        return 2 * abs(self.value - other.value) <= max(self.step, other.step)


def rounded(statement: Statement) -> Rounded:
    """The number of a statement, in base units as far as its unit is known."""
    printed = "".join((statement.meant or statement.printed).split())
    is_bare = printed[-1:].isdigit()
    try:
        numeral = read_numeral(printed + statement.unit if is_bare else printed)
    except ValueError:
        return Rounded(Fraction(0), Fraction(0), re.sub(r"[^0-9.]", "", printed))
    return Rounded(abs(numeral.value), numeral.step * numeral.scale)


def disagree(numbers: Collection[Rounded]) -> bool:
    """Whether two of the numbers cannot be the same."""
    pairs = combinations(numbers, 2)
    return len(numbers) > MOST_COMPARED or any(not one.agrees(other) for one, other in pairs)
