"""Units of actuals: which one a bare number is in, and the number with it."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING

from plantrack.language import listing, shortened, text
from plantrack.numbers.footnote_marks import split_marks
from plantrack.numbers.numeral import read_numeral
from plantrack.numbers.rounding import ONE
from plantrack.plan.measures import Misunderstood, read_value
from plantrack.plan.model import Row

if TYPE_CHECKING:
    from plantrack.numbers.numeral import Numeral
    from plantrack.plan.catalogue import Catalogue
    from plantrack.plan.measures import Subject
    from plantrack.reading.actuals_layout import Entry

ACTUALS_ROW = Row.model_validate({"in": "actuals"})
"""The row of a plan that an actual would stand in."""


def is_unit(written: str, catalogue: Catalogue) -> bool:
    """Whether it is a unit that is known, with its scale: 千万元."""
    try:
        one = read_numeral(f"1{written}")
    except ValueError:
        return False
    return one.values == (ONE,) and bool(one.unit) and one.unit in catalogue.units


def unit_of_table(entry: Entry, subject: Subject, catalogue: Catalogue) -> str:
    """The one of the table's units that the indicator can be in; nothing where the table names none.

    Raises:
        Misunderstood: where none or several of them will do.
    """
    fitting = [each for each in entry.units or () if _fits(each, subject, catalogue)]
    if not entry.units or len(fitting) == 1:
        return fitting[0] if fitting else ""
    message = text(
        'the table is in {units}, and {name} in {own}: write the unit of "{value}" beside it or in a column 单位',
        units=listing(*entry.units),
        name=subject.indicator.name,
        own=subject.indicator.unit,
        value=shortened(entry.value),
    )
    raise Misunderstood("unit-mismatch", message)


def _fits(unit: str, subject: Subject, catalogue: Catalogue) -> bool:
    try:
        list(read_value("level", f"1{unit}", ACTUALS_ROW, subject, catalogue))
    except Misunderstood:
        return False
    return True


def joined(bare: Numeral, unit: str) -> str:
    """A number without a unit with one: `50家以上` from `50以上`.

    Raises:
        Misunderstood: where it is no number in that unit, as 1.2亿 in 万元.
    """
    number, marks = split_marks(bare.text)
    for end in range(len(number), 0, -1):
        written = f"{number[:end]}{unit}{number[end:]}"
        if _is_in(written, bare, unit):
            return written + marks
    message = text(
        '"{value}" is no number in {unit}: write its own unit beside it',
        value=shortened(bare.text),
        unit=unit,
    )
    raise Misunderstood("unit-mismatch", message)


@lru_cache(maxsize=1000)
def may_follow(unit: str) -> bool:
    """Whether a unit simply stands behind a bare number: 98.7 and 亿元 are 98.7亿元."""
    try:
        return all(joined(read_numeral(each), unit) == each + unit for each in _NUMBERS)
    except (Misunderstood, ValueError):
        return False


_NUMBERS = ("0", "1", "15", "1.5", "0.05", "2020")


def _is_in(written: str, bare: Numeral, unit: str) -> bool:
    """Whether it says in the unit what the bare number says."""
    try:
        found, one = read_numeral(written), read_numeral(f"1{unit}")
    except ValueError:
        return False
    if bare.scale != 1 and one.scale != 1:
        return False
    meant = replace(bare, text=written, unit=one.unit, scale=bare.scale * one.scale)
    return one.values == (ONE,) and found == meant
