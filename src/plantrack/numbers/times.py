"""Times as plan files write them: a year, a month, a quarter, some months, a span of whole years, a vague moment."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Literal, NamedTuple

FIRST_YEAR, LAST_YEAR = 1900, 2200
"""Plans speak of no other years; a year outside is a slip of the keyboard."""


class OutOfOrder(ValueError):
    """A span that ends before it begins."""


TimeKind = Literal["year", "month", "months", "span", "moment"]


class Time(NamedTuple):
    """When a quantity is meant. `start` and `end` count months; a moment has neither."""

    text: str
    kind: TimeKind
    start: int | None = None
    end: int | None = None

    def __str__(self) -> str:
        return self.text

    @property
    def year(self) -> int | None:
        """The calendar year, where the time is one whole year."""
        return int(self.text) if self.kind == "year" else None

    @property
    def is_of_months(self) -> bool:
        """Whether it is told in months: one, some, or a quarter."""
        return self.kind in {"month", "months"}

    def is_before(self, other: Time) -> bool | None:
        """Whether this ends earlier than the other; `None` where a moment leaves it open."""
        if self.end is None or other.end is None:
            return None
        return self.end < other.end


@lru_cache(maxsize=5_000)
def read_time(text: str) -> Time:
    """The time that `text` writes; a name that is no number is a moment.

    Raises:
        OutOfOrder: for a span that ends before it begins.
        ValueError: for a malformed or impossible time.
    """
    if _YEAR.fullmatch(text):
        year = _year(text)
        return Time(text, "year", year * 12, year * 12 + 12)
    if match := _MONTH.fullmatch(text):
        month = _year(match[1]) * 12 + int(match[2])
        return Time(text, "month", month - 1, month)
    if match := _QUARTER.fullmatch(text):
        month = _year(match[1]) * 12 + int(match[2]) * 3
        return Time(text, "months", month - 3, month)
    if match := _MONTHS.fullmatch(text):
        first, last = (_year(match[at]) * 12 + int(match[at + 1]) for at in (1, 3))
        if first > last:
            raise OutOfOrder(text)
        return Time(text, "months", first - 1, last)
    if match := _SPAN.fullmatch(text):
        first, last = _year(match[1]), _year(match[2])
        if first > last:
            raise OutOfOrder(text)
        return Time(text, "span", first * 12, last * 12 + 12)
    if _NAME.fullmatch(text):
        return Time(text, "moment")
    raise ValueError(text)


@lru_cache(maxsize=5_000)
def read_step(text: str) -> tuple[Time, Time]:
    """The two times of `a->b`, `a` being the one compared with.

    Raises:
        ValueError: for a malformed step.
    """
    start, arrow, end = text.partition("->")
    if not arrow:
        raise ValueError(text)
    return read_time(start.strip(" ")), read_time(end.strip(" "))


def years_between(start: Time, end: Time) -> int | None:
    """How many whole years lie between two years; `None` where either is not a year."""
    if start.year is None or end.year is None:
        return None
    return end.year - start.year


_YEAR = re.compile(r"([0-9]{4})")
_MONTH = re.compile(r"([0-9]{4})-(0[1-9]|1[0-2])")
_QUARTER = re.compile(r"([0-9]{4})-Q([1-4])")
_MONTHS = re.compile(r"([0-9]{4})-(0[1-9]|1[0-2])/([0-9]{4})-(0[1-9]|1[0-2])")
_SPAN = re.compile(r"([0-9]{4})/([0-9]{4})")
_NAME = re.compile(r"[a-z][a-z0-9_]{0,40}")
_TIME = "|".join(form.pattern for form in (_YEAR, _MONTH, _QUARTER, _MONTHS, _SPAN, _NAME))
TIME_FORM = f"^({_TIME})$"
STEP_FORM = f"^({_TIME}) *-> *({_TIME})$"
SPAN_FORM = f"^{_SPAN.pattern}$"
YEARS_FORM = f"^{_YEAR.pattern} *-> *{_YEAR.pattern}$"
"""Forms of a time, of a step, of a span and of a step in whole years, for the schema of the plan file."""


def _year(digits: str) -> int:
    year = int(digits)
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise ValueError(digits)
    return year
