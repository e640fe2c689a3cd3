"""A grid: one worksheet as a plain value, and the number formats that all grids share."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING, NamedTuple

from plantrack.language import POINTS, Language

if TYPE_CHECKING:
    from collections.abc import Sequence

    from plantrack.language import Text
    from plantrack.plan.catalogue import Catalogue
    from plantrack.plan.model import Indicator, PlanModel

Value = str | float | int | None


class Cell(NamedTuple):
    """One cell. `value` is what stands there, beside a `formula` what it comes to.

    `form` is a spreadsheet's number format; `is_input` marks what a reader may change.
    """

    value: Value = None
    form: str = ""
    formula: str | None = None
    is_input: bool = False


EMPTY = Cell()


@dataclass(frozen=True, slots=True)
class Grid:
    """A worksheet: headings in its first row (whole numbers are years), rows below, then notes.

    The first `frozen` columns stay in view.
    """

    name: str
    headings: tuple[str | int, ...]
    rows: list[tuple[Cell, ...]] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    frozen: int = 1


FIRST_ROW = 2
"""The spreadsheet's number of the first row below the headings."""
LETTERS = 26


def column_name(number: int) -> str:
    """`A` for 0, `AA` for 26."""
    name = ""
    number += 1
    while number:
        number, letter = divmod(number - 1, LETTERS)
        name = chr(ord("A") + letter) + name
    return name


def cells(*values: Value) -> list[Cell]:
    """Cells of text and plain numbers."""
    return [Cell(value) for value in values]


def titles(said: Sequence[Text], language: Language) -> tuple[str, ...]:
    return tuple(each.say(language) for each in said)


def live(formula: str, computed: float, value: float, form: str) -> Cell:
    """A formula where it gives the value that plantrack has, the bare value where it does not.

    Natural limits, targets met already and the like are no closed forms: a formula that would say
    something else than the path must not stand there.
    """
    agrees = math.isclose(computed, value, rel_tol=1e-9, abs_tol=1e-12)
    return Cell(value, form, formula if agrees else None, is_input=not agrees)


def rounded(value: float, decimals: int = 0) -> float:
    """As a spreadsheet's ROUND(value, decimals): halves away from zero."""
    size = Decimal(repr(abs(value))).quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
    return math.copysign(float(size), value)


# -- formats -------------------------------------------------------------------------------------


def number_form(decimals: int, suffix: str = "") -> str:
    """With thousands separators and that many decimals."""
    digits = "#,##0" + (f".{'0' * decimals}" if decimals else "")
    return f'{digits}"{suffix}"' if suffix else digits


def percent_form(decimals: int) -> str:
    """For fractions shown as per cent."""
    return "0" + (f".{'0' * decimals}" if decimals else "") + "%"


def value_form(indicator: Indicator, decimals: int) -> str:
    """For values of an indicator in its own unit, per cent as fractions."""
    return percent_form(decimals) if indicator.unit == "%" else number_form(decimals)


def points_form(decimals: int, language: Language) -> str:
    return number_form(decimals, POINTS.say(language))


# -- names ---------------------------------------------------------------------------------------


class Whose(NamedTuple):
    """Which quantity: its indicator, place and scope."""

    indicator: Indicator
    place: str
    scope: str


def quantity_name(whose: Whose, plan: PlanModel, catalogue: Catalogue, language: Language) -> str:
    """The indicator without its unit, with place and scope where they are not the plan's own."""
    place = catalogue.places.get(whose.place) if whose.place != plan.place.id else None
    parts = [place.name.say(language) if place is not None else "", whose.indicator.name.say(language)]
    if whose.scope:
        parts.append(whose.scope)
    return " ".join(filter(None, parts))
