"""Records: everything that JSON documents and tidy rows tell of a result, by name, as typed values.

A document is a record written as JSON (`written`); a tidy row is the same record laid flat (`flat`).
"""

from __future__ import annotations

import math
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Any, NamedTuple

from plantrack.language import Text
from plantrack.numbers.interval import Interval, to_float
from plantrack.numbers.times import Time
from plantrack.numbers.words import POINTS, POINTS_OF, SHARES, TIMES
from plantrack.plan.figures import Figure
from plantrack.plan.measures import BARE_UNITS, Measure
from plantrack.plan.model import Indicator

if TYPE_CHECKING:
    from collections.abc import Iterable

    from plantrack.audit import Implied

Record = dict[str, Any]
PER_YEAR = "/年"


def unit_of(kind: str, indicator: Indicator) -> str:
    """The unit of a figure of that kind: 亿元, 亿元/年, 个百分点, %/年."""
    in_points = kind in {"change", "annual_change"} and indicator.unit in {*SHARES, TIMES}
    unit = POINTS_OF.get(indicator.unit, POINTS[0]) if in_points else BARE_UNITS.get(kind, indicator.unit)
    return f"{unit}{PER_YEAR}" if kind in {"growth", "annual_change"} else unit


class Amount(NamedTuple):
    """A number with its unit for tidy rows; JSON has what a figure prints, any other as it is kept."""

    value: Figure | Implied | Fraction | float | None
    unit: str

    def flat(self, name: str) -> Record:
        """In its unit: the number, and the ends of its interval where it may have one."""
        ends: tuple[Fraction | float | None, ...]
        match self.value:
            case Figure(measure=Measure(value=value, interval=interval)):
                ends = (value, interval.low, interval.high)
            case Figure():
                return {}
            case tuple():  # what is implied
                ends = self.value
            case number:
                return {name: self.number(number)}
        stem = "" if name == "value" else f"{name}_"
        return dict(zip((name, f"{stem}low", f"{stem}high"), map(self.number, ends), strict=True))

    def number(self, value: Fraction | float | None) -> float | None:
        """A number as it is kept, in the unit; nothing for what no float holds."""
        if value is None:
            return None
        scaled = value * SHARES.get(self.unit.removesuffix(PER_YEAR), 1)
        number = to_float(scaled) if isinstance(scaled, Fraction) else scaled
        return number if math.isfinite(number) else None


POSITION = "file=position.file line=position.line column=position.column"
BOUND = "target.measure.numeral.bound"


def attributes(of: object, *keys: str) -> Record:
    """What `key=path` names, in that order; a key alone is the path."""
    pairs = (each.partition("=") for each in " ".join(keys).split())
    return {key: attribute(of, path or key) for key, _, path in pairs}


def attribute(of: Any, path: str) -> Any:  # noqa: ANN401 - whatever it holds
    """An attribute of an attribute: `measure.numeral.bound`; nothing where one of them is nothing."""
    for name in path.split("."):
        of = getattr(of, name) if of is not None else None
    return of


def flat(record: Record, columns: Iterable[str]) -> Record:
    """The row of a tidy table, with nothing in the columns that the record has not."""
    row: Record = {}
    for key, value in record.items():
        if isinstance(value, Amount):
            row |= value.flat(key)
        elif isinstance(value, Indicator):
            row |= {"indicator_zh": value.zh, "indicator_en": value.en}
        elif isinstance(value, Interval):
            row |= {"low_closed": value.low_closed, "high_closed": value.high_closed}
        elif isinstance(value, list | tuple) and not isinstance(value, Text | Time):
            row[key] = "; ".join(map(str, value)) or None
        elif not isinstance(value, dict):
            row[key] = written(value)
    row |= _times(*(row.get(key) for key in ("at", "from", "to")))
    return {column: row.get("in" if column == "section" else column) for column in columns}


def _times(at: str | None, start: str | None, end: str | None) -> Record:
    """Whole years as numbers; what is no whole year (2017-09, mid13) makes the text `time`."""
    given = {"at": at, "from": start, "to": end}
    years = {key: int(each) if each is not None and each.isdigit() else None for key, each in given.items()}
    is_whole = all(each is None or each.isdigit() for each in given.values())
    return years | {"time": None if is_whole else at or f"{start}->{end}"}


def written(value: Any) -> Any:  # noqa: ANN401 - whatever JSON can write
    """A value as JSON has it: a sentence in English, an exact number as text, any other to full precision."""
    match value:
        case Amount(Fraction() as exact):
            return to_float(exact)
        case Amount(amount):
            return written(amount)
        case dict():
            return {key: written(each) for key, each in value.items()}
        case Text():
            return value.say("en")
        case Time() | Figure():
            return value.text
        case Fraction():
            return exact_text(value)
        case Interval(low, high, low_closed, high_closed):
            return written({"low": low, "high": high, "low_closed": low_closed, "high_closed": high_closed})
        case tuple() if hasattr(value, "_asdict"):
            return written(value._asdict())
        case list() | tuple():
            return [written(each) for each in value]
        case _:
            return value


def exact_text(value: Fraction) -> str:
    """An exact decimal, or `p/q` where there is none."""
    places = value.denominator.bit_length()
    if 10**places % value.denominator:
        return f"{_digits(value.numerator)}/{_digits(value.denominator)}"
    digits = _digits(abs(value.numerator) * 10**places // value.denominator).rjust(places + 1, "0")
    sign, decimals = "-" if value < 0 else "", digits[-places:].rstrip("0")
    return f"{sign}{digits[:-places]}.{decimals}" if decimals else f"{sign}{digits[:-places]}"


def _digits(value: int) -> str:
    """All its digits: Python writes no whole numbers of thousands of them, decimals it does."""
    return format(Decimal(value), "f")
