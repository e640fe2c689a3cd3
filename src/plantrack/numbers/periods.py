"""Periods within a year, as tables write them: 2023-06, 2023Q2, 1—9月累计, 前三季度, 上半年, 9月末."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from plantrack.numbers.number_words import heading_number
from plantrack.numbers.words import COUNT, DASHES, HALVES, MINUS, OF_MONTHS, RANGE_WORDS, UNTIL, any_of

YEAR_END = 12
LONGEST = 20
"""Characters that a period takes at most."""


class Period(NamedTuple):
    """Months of a year, from 1; of no `year` where none is told. `is_end`: at the end of the last of them."""

    year: int | None
    first: int
    last: int
    is_end: bool = False

    @property
    def is_whole(self) -> bool:
        return (self.first, self.last) == (1, YEAR_END)

    @property
    def text(self) -> str:
        """As it is read again."""
        months = f"{self.last}月" if self.first == self.last else f"{self.first}—{self.last}月"
        return f"{'' if self.year is None else f'{self.year}年'}{months}{'末' if self.is_end else ''}"


@lru_cache(maxsize=5_000)
def read_period(written: str) -> Period | None:
    """The months that a narrow text without blanks writes, and nothing beside them; else `None`."""
    for form, read in _FORMS:
        if (match := form.fullmatch(written)) is not None:
            found = read(match)
            return found if found and 1 <= found.first <= found.last <= YEAR_END else None
    return None


@lru_cache(maxsize=5_000)
def split_period(written: str) -> tuple[Period, str] | None:
    """The months that a heading names, and what it says besides; `None` where it names none.

    The longest that is understood is taken: 2023年1—9月累计 of 2023年1—9月累计增长.
    """
    if (whole := read_period(written)) is not None:
        return whole, ""
    if not any(sign in written for sign in "月季半全qh"):
        return None
    for start in range(len(written)):
        for end in range(min(len(written), start + LONGEST), start + 1, -1):
            if (found := read_period(written[start:end])) is not None:
                return found, written[:start] + written[end:]
    return None


_TO = rf"(?:[{MINUS}{DASHES}]|{any_of(RANGE_WORDS)})"
_N = rf"([0-9]{{1,2}}|{COUNT})"
_YEAR = r"((?:19|20|21)[0-9]{2})"
_CHINESE_YEAR = rf"(?:{_YEAR}(?:年度?|[-/.])?)?"
_UNTIL = rf"({any_of(UNTIL)})?"
_BEHIND = r"(?:份|间)?(累计|止累计|累计数)?(末|底)?(累计)?(?:数|值)?(?:止)?"


def _number(written: str) -> int:
    return int(written) if written.isdigit() else heading_number(written)


def _months(match: re.Match[str]) -> Period:
    """1—9月, 9月, 截至9月末, 9月累计."""
    until, year, first, last, cumulated, end, again = match.groups()
    is_from_january = bool(until or cumulated or again)
    start = 1 if is_from_january else _number(first or last)
    return Period(int(year) if year else None, start, _number(last), bool(end) and start == _number(last))


def _first_months(match: re.Match[str]) -> Period:
    year, last, kind = match.groups()
    return Period(int(year) if year else None, 1, _number(last) * (3 if kind.startswith("季") else 1))


def _quarters(match: re.Match[str]) -> Period:
    """一季度, 1—3季度, Q3, 三季度累计, 二季度末."""
    until, year, first, *numbers, cumulated, end, again = match.groups()
    last = _number(next(filter(None, numbers)))
    is_from_january = bool(until or cumulated or again)
    start = 1 if is_from_january else 3 * _number(first) - 2 if first else 3 * last - 2
    if end and not first:
        start = 3 * last
    return Period(int(year) if year else None, start, 3 * last, start == 3 * last)


def _halves(match: re.Match[str]) -> Period:
    year, half, end = match.groups()
    first = 1 if half in {HALVES[0], "h1"} else 7
    last = first + 5
    return Period(int(year) if year else None, last if end else first, last, bool(end))


def _whole(match: re.Match[str]) -> Period:
    return Period(int(match[1]) if match[1] else None, 1, YEAR_END)


def _iso(match: re.Match[str]) -> Period:
    year, month = map(int, match.groups())
    return Period(year, month, month)


def _iso_span(match: re.Match[str]) -> Period | None:
    year, first, other, last = map(int, match.groups())
    return Period(year, first, last) if year == other else None


def _day(match: re.Match[str]) -> Period | None:
    """The last day of a month; of any other day nothing is known."""
    year, month, day = map(int, match.groups())
    is_leap_february = (month, year % 4) == (2, 0)
    is_last = _DAYS.get(month) == day - is_leap_february
    return Period(year, month, month, is_end=True) if is_last else None


_DAYS = {1: 31, 2: 28, 3: 31, 4: 30, 5: 31, 6: 30, 7: 31, 8: 31, 9: 30, 10: 31, 11: 30, 12: 31}
_FORMS = tuple(
    (re.compile(form), read)
    for form, read in (
        (rf"{_YEAR}[-/.]?(0[1-9]|1[0-2])", _iso),
        (rf"{_YEAR}[-/]([1-9])", _iso),
        (rf"{_YEAR}-([0-9]{{2}})/([0-9]{{4}})-([0-9]{{2}})", _iso_span),
        (rf"{_YEAR}(?:年|[-/.])([0-9]{{1,2}})(?:月|[-/.])([0-9]{{1,2}})日?", _day),
        (rf"{_UNTIL}{_CHINESE_YEAR}(?:{_N}月?{_TO})?{_N}月{_BEHIND}", _months),
        (rf"{_CHINESE_YEAR}前{_N}({OF_MONTHS}|季度?)(?:累计)?", _first_months),
        (
            rf"{_UNTIL}{_CHINESE_YEAR}(?:第?{_N}季?度?{_TO})?(?:第?{_N}季度?|q([1-4])|([1-4])q){_BEHIND}",
            _quarters,
        ),
        (rf"{_CHINESE_YEAR}({any_of(HALVES)})半年度?(末|底)?(?:累计)?", _halves),
        (rf"{_CHINESE_YEAR}全年(?:累计)?", _whole),
        (rf"{_CHINESE_YEAR}(h[12])(末|底)?", _halves),
    )
)
