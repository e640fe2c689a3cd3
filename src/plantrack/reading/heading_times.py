"""The times that headings of a table tell: whole years, months of a year, the same time of the year before."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from plantrack.numbers.footnote_marks import narrowed
from plantrack.numbers.periods import YEAR_END, Period, read_period, split_period
from plantrack.numbers.words import DASHES, DIGITS, MINUS, RANGE_WORDS, SINCE_JANUARY, TEN, any_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from plantrack.reading.delimited import Row
    from plantrack.reading.headings import Column

TO = rf"(?:[{MINUS}{DASHES}]|{any_of(RANGE_WORDS)})"
_END = rf"1{TO}12月(?:累计)?|12月(?:31日|末|底)|[-/.]12[-/.]31"
YEAR = re.compile(rf"((?:19|20|21)[0-9]{{2}})(?:\.0|年度|年末|年底|年全年|年)?(?:{_END})?")
"""A whole year or its end; the months of a part of it are none."""
REACH = {
    **dict.fromkeys(SINCE_JANUARY, "to date"),
    **{f"1{to}本月{more}": "to date" for to in (*MINUS, *DASHES, *RANGE_WORDS) for more in ("", "累计")},
    **dict.fromkeys(("本月", "当月", "单月", "本月数", "当月数", "本月完成"), "month"),
}
"""Headings that tell from where to the month that stands elsewhere a value reaches."""
YEAR_BEFORE = {
    **dict.fromkeys(("上年同期", "去年同期", "上年同期数", "去年同期数", "同期数"), "same"),
    **dict.fromkeys(("上年全年", "去年全年", "上年全年数", "去年全年数"), "whole"),
}
"""Headings of the same time of the year before, and of that whole year."""


WHOLE = "全年"


@lru_cache(maxsize=5_000)
def read_year(written: str) -> str | None:
    """`2023` from `2023`, `２０２３年`, `2023年末`, `2023年1—12月`, `2023/12/31` or `2023.0`; else `None`."""
    try:
        match = YEAR.fullmatch(narrowed(written))
    except ValueError:
        return None
    return match[1] if match is not None else None


@lru_cache(maxsize=5_000)
def read_time(written: str) -> Period | None:
    """A whole year, or months of one; else `None`."""
    if (year := read_year(written)) is not None:
        return Period(int(year), 1, YEAR_END)
    try:
        return read_period(narrowed(written).lower())
    except ValueError:
        return None


def looks_like_time(key: str) -> bool:
    """Whether somebody meant a time: 2023年13月, 2023.6."""
    return _MEANT.fullmatch(key) is not None


_SIGNS = rf"0-9{''.join(DIGITS)}{TEN}月季度末底累计半年q/.{MINUS}{DASHES}"
_MEANT = re.compile(rf"(?:19|20|21)[0-9]{{2}}[-/.年q][{_SIGNS}]{{1,12}}|[0-9]{{1,2}}(?:月|季度)")


def time_above(rows: Sequence[Row]) -> Period | None:
    """The time that a title begins with, a year or months of one; `None` where none does, or titles differ.

    Elsewhere in a title a month may be that of its publication.
    """
    keys = [each.key for row in rows for each in row.cells if each.text]
    leading = set(filter(None, map(_leading_time, keys)))
    others = [key for key in keys if split_period(key) is not None and _leading_time(key) is None]
    leading = {each for each in leading if not each.is_whole} or leading
    return leading.pop() if len(leading) == 1 and not others else None


def _leading_time(title: str) -> Period | None:
    """The time that a title begins with, and goes on behind it where that is months."""
    if (part := split_period(title)) is not None:
        period, rest = part
        return period if period.year is not None and rest and title.endswith(rest) else None
    match = YEAR.match(title)
    return Period(int(match[1]), 1, YEAR_END) if match is not None else None


def months_in(bare: str) -> tuple[dict[str, str], str] | None:
    """The months that a heading tells, with their year if it does; and the rest of it."""
    part = split_period(bare)
    if part is None or (part[0].is_whole and part[0].year is not None):
        return None
    period, rest = part
    months = {"months": period._replace(year=None).text}
    rest = _OF_THE_MONTH.sub("", rest)
    return (months if period.year is None else {**months, "year": str(period.year)}), rest


_OF_THE_MONTH = re.compile(r"^(?:当月|本月|单月|当季|本季|累计)|^数$")


def reach_in(bare: str, is_known: Callable[[str], bool]) -> tuple[dict[str, str], str] | None:
    """From where to a month that stands elsewhere a value reaches; and the rest, where that is known."""
    for word in sorted(REACH, key=len, reverse=True):
        rest = bare.removeprefix(word)
        if rest != bare and (not rest or is_known(rest)):
            return {"reach": REACH[word]}, rest
    return None


def time_of(said: Mapping[str, str], above: Period | None) -> str | None:
    """The time that headings tell together, nothing where they tell none; `None` where it stays open."""
    months = read_period(said["months"]) if "months" in said else None
    if "reach" in said:
        months = months or above
        if months is None or months.is_whole:
            return None
        months = Period(None, 1 if said["reach"] == "to date" else months.last, months.last)
    year = said.get("year", "")
    if months is None:
        return year
    return months._replace(year=int(year) if year else None).text


def with_times(values: Mapping[int, Column], above: Period | None) -> dict[int, Column]:
    """Columns of values with the times that titles and neighbours tell; without those whose time stays open."""
    found = {at: _of_title(each, above) for at, each in values.items()}
    times = {
        at: period for at, each in found.items() if not each.grows and (period := each.period) is not None
    }
    return {
        at: column
        for at, each in _with_months(_with_growth(found, times), times).items()
        if (column := _of_year_before(each, at, times)) is not None
    }


def _of_title(column: Column, above: Period | None) -> Column:
    """A column of months without a year, or one without a time where the title is of months of a year."""
    period = column.period
    if above is None or column.name is not None or column.before:
        return column
    if period is not None and period.year is None:
        return column.at(period._replace(year=above.year))
    return column.at(above) if column.year is None and not (column.grows or above.is_whole) else column


def _with_growth(columns: dict[int, Column], times: Mapping[int, Period]) -> dict[int, Column]:
    """Growth without a time: of the one column, of the later year to its left, or each of its own beside it."""
    bare = [at for at, each in columns.items() if each.grows and each.year is None and each.name is None]
    if len(bare) == 1 and (period := _time_of_growth(times, bare[0])) is not None:
        return columns | {bare[0]: columns[bare[0]].at(period)}
    if len(times) == len(bare) and all(at - 1 in times for at in bare):
        return columns | {at: columns[at].at(times[at - 1]) for at in bare}
    return columns


def _time_of_growth(times: Mapping[int, Period], at: int) -> Period | None:
    """The only time of a table, or the later of a year and the one before it where growth stands beside it."""
    if len({*times.values()}) == 1:
        return next(iter(times.values())) if len(times) == 1 else None
    beside = times.get(at - 1)
    return beside if set(times.values()) == {beside, _year_before(beside)} else None


def _year_before(period: Period | None) -> Period | None:
    return period._replace(year=period.year - 1) if period is not None and period.year is not None else None


def _with_months(columns: dict[int, Column], times: Mapping[int, Period]) -> dict[int, Column]:
    """Growth under the year alone is that of the months beside it: 2023年 over 1—9月 and 增长."""
    found = dict(columns)
    for at, each in columns.items():
        beside = times.get(at - 1)
        is_below_year = each.grows and each.year is not None and each.year.row != each.cell.row
        if is_below_year and beside is not None and not beside.is_whole and WHOLE not in each.cell.key:
            found[at] = each.at(beside)
    return found


def _of_year_before(column: Column, at: int, times: Mapping[int, Period]) -> Column | None:
    """A column of the year before, by the months of the table or of the column to its left; else `None`."""
    if not column.before:
        return column
    parts = {each for each in times.values() if not each.is_whole}
    beside = times.get(at - 1)
    period = parts.pop() if len(parts) == 1 else beside if beside in parts else None
    if period is None or period.year is None:
        return None
    same = period._replace(year=period.year - 1)
    return column.at(same if column.before == "same" else same._replace(first=1, last=YEAR_END))
