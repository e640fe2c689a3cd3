"""Formulas of a spreadsheet: each term is written as a formula and carries what it comes to."""

from __future__ import annotations

import math
from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING, NamedTuple

from plantrack.views.table import Cell

if TYPE_CHECKING:
    from plantrack.views.table import Form

FIRST_ROW = 2
"""The spreadsheet's number of the first row below the headings."""
LETTERS = 26
OF_COUNTS = 6
"""Decimals of a count beyond which there is only the error of floats."""
SUM, PRODUCT, POWER, ATOM = range(4)
"""How strongly a term holds together."""


def column_name(number: int) -> str:
    """`A` for 0, `AA` for 26."""
    before, letter = divmod(number, LETTERS)
    return (column_name(before - 1) if before else "") + chr(ord("A") + letter)


class Term(NamedTuple):
    formula: str
    value: float
    strength: int = ATOM

    def plus(self, other: Term) -> Term:
        return Term(f"{self.formula}+{other.at(PRODUCT)}", self.value + other.value, SUM)

    def minus(self, other: Term) -> Term:
        return Term(f"{self.formula}-{other.at(PRODUCT)}", self.value - other.value, SUM)

    def times(self, other: Term) -> Term:
        return Term(f"{self.at(PRODUCT)}*{other.at(POWER)}", self.value * other.value, PRODUCT)

    def over(self, other: Term) -> Term:
        return Term(f"{self.at(PRODUCT)}/{other.at(POWER)}", self.value / other.value, PRODUCT)

    def to_the(self, other: Term) -> Term:
        return Term(f"{self.at(ATOM)}^{other.at(ATOM)}", float(self.value**other.value), POWER)

    def rounded(self, decimals: int = 0) -> Term:
        return Term(f"ROUND({self.formula},{decimals})", rounded(self.value, decimals))

    def whole(self, bound: str | None) -> Term:
        """As a path shows counts: the nearest whole number, or the next above towards what is at least."""
        if bound not in {"ge", "gt"}:
            return self.rounded()
        exact = self.rounded(OF_COUNTS)
        return Term(f"ROUNDUP({exact.formula},0)", float(math.ceil(exact.value)))

    def at(self, strength: int) -> str:
        """Within a term of that strength: in brackets where its own is less."""
        return self.formula if self.strength >= strength else f"({self.formula})"


def number(value: int) -> Term:
    return Term(str(value), float(value))


ONE = number(1)


def growth(first: Term, last: Term, years: Term) -> Term:
    """`(last / first) ** (1 / years) - 1`: the constant rate that leads from one to the other."""
    return last.over(first).to_the(ONE.over(years)).minus(ONE)


def live(term: Term, value: float, form: Form) -> Cell:
    """A formula where it gives the value that plantrack has; the bare value where a limit, say, makes it another."""
    agrees = math.isclose(term.value, value * form.scale, rel_tol=1e-9, abs_tol=1e-12)
    return Cell(value, form, term.formula if agrees else None, is_input=not agrees)


def scaled(term: Term, form: Form) -> Term:
    return term if form.scale == 1 else term.times(number(form.scale))


def rounded(value: float, decimals: int = 0) -> float:
    """As a spreadsheet's ROUND(value, decimals): halves away from zero."""
    size = Decimal(repr(abs(value))).quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
    return math.copysign(float(size), value)
