"""What a law's sides are measured in: amounts with amounts, counts with counts, ratios with ratios.

An amount per head is an amount, as in the documents, where 保险密度 is printed in 元 and in 元/人.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from plantrack.laws.grammar import Member, members_of
from plantrack.numbers.words import PERCENT, PERSON, PIECE

if TYPE_CHECKING:
    from collections.abc import Mapping

    from plantrack.laws.grammar import Expression, Law
    from plantrack.plan.catalogue import Catalogue
    from plantrack.plan.model import Indicator

COUNTED = (PIECE, PERSON)
RATIO = PERCENT

Dimension = Counter[str]
"""Base unit -> its power; empty for a ratio."""


class MixedUnits(Exception):
    """Two sides that are not measured alike. `at` is the first indicator of the second."""

    def __init__(self, one: Dimension, other: Dimension, at: str) -> None:
        super().__init__(at)
        self.one, self.other, self.at = _said(one), _said(other), at


class PlainNumber(Exception):
    """A number added to, or compared with, an amount; `at` is the first indicator of its other side."""

    def __init__(self, unit: Dimension, at: str) -> None:
        super().__init__(at)
        self.unit, self.at = _said(unit), at


def require_like_units(law: Law, indicators: Mapping[str, Indicator], catalogue: Catalogue) -> None:
    """Raise MixedUnits or PlainNumber for the first two sides that are added or compared and not measured alike."""
    _Measured(indicators, catalogue).both(law.left, law.right)


class _Measured:
    """The dimensions of expressions; `None` for plain numbers and for units that are not known."""

    def __init__(self, indicators: Mapping[str, Indicator], catalogue: Catalogue) -> None:
        self.indicators = indicators
        self.catalogue = catalogue

    def both(self, left: Expression, right: Expression) -> Dimension | None:
        """The dimension that both have."""
        one, other = self.of(left), self.of(right)
        if one is None or other is None:
            number, side = (left, right) if one is None else (right, left)
            dimension = one if other is None else other
            self._require_no_unit(number, dimension, side)
            return dimension
        if _kind(one) != _kind(other):
            at = next((member.indicator for member in members_of(right)), "")
            raise MixedUnits(one, other, at)
        return one

    def _require_no_unit(self, number: Expression, dimension: Dimension | None, side: Expression) -> None:
        """Refuse a number beside an amount, or beside a count in units of several."""
        if not dimension or next(members_of(number), None) is not None or number == 0:
            return
        names = [member.indicator for member in members_of(side)]
        for name in filter(self.indicators.__contains__, names):
            unit = self.catalogue.units.get(self.indicators[name].unit)
            if unit is not None and not unit.whole:
                raise PlainNumber(dimension, names[0])

    def of(self, expression: Expression) -> Dimension | None:
        if isinstance(expression, Member):
            indicator = self.indicators.get(expression.indicator)
            return self._of_unit(indicator.unit) if indicator is not None else None
        if not isinstance(expression, tuple):
            return None
        if expression.sign in {"+", "-"}:
            return self.both(expression.left, expression.right)
        one, other = self.of(expression.left), self.of(expression.right)
        return _product(one or Counter(), other or Counter(), 1 if expression.sign == "*" else -1)

    def _of_unit(self, written: str) -> Dimension | None:
        dimension: Dimension = Counter()
        for number, part in enumerate(written.split("/")):
            unit = self.catalogue.units.get(part)
            if unit is None:
                return None
            power = Counter({} if unit.base == "1" else {unit.base: 1})
            dimension = _product(dimension, power, -1 if number else 1)
        return dimension


def _product(one: Dimension, other: Dimension, sign: int) -> Dimension:
    powers = {base: one[base] + sign * other[base] for base in {*one, *other}}
    return Counter({base: power for base, power in powers.items() if power})


def _kind(dimension: Dimension) -> Dimension:
    """Without the counts that an amount is per, or that another count is per."""
    rest = Counter({base: power for base, power in dimension.items() if base not in COUNTED})
    counts = Counter({base: power for base, power in dimension.items() if base in COUNTED and power > 0})
    return rest or counts or dimension


def _said(dimension: Dimension) -> str:
    """`元`, `个/人`, `%`."""
    over = [base for base, power in sorted(dimension.items()) for _ in range(power)]
    under = [base for base, power in sorted(dimension.items()) for _ in range(-power)]
    return "/".join(["×".join(over) or "1", *under]) if dimension else RATIO
