"""Which years a document speaks of: its own, its base and target, and those that its words name."""

from __future__ import annotations

import re
from itertools import takewhile
from typing import TYPE_CHECKING, NamedTuple

from plantrack.numbers.number_words import heading_number

if TYPE_CHECKING:
    from plantrack.documents import Document

FIRST_PLAN = 1951
"""The first year of the first five-year plan, as they are counted: the tenth began in 2001, the first in 1953."""
YEARS_OF_A_PLAN = 5
_ORDINAL = "[一二三四五六七八九十]{1,3}"
_PLAN = re.compile(rf'"?({_ORDINAL})五"?')
_YEAR = re.compile(r"(?<![0-9.])(20[0-9]{2}|19[0-9]{2})(?=年|/|—|至|-|$)")
HEAD = 400
"""Characters at a document's beginning in which its years are looked for."""


class Period(NamedTuple):
    """A base and a target year, and the year in which the document was written where it is told."""

    base: int
    target: int
    report: int | None = None


def plan_years(ordinal: str) -> tuple[int, int]:
    """The base and the target year of a five-year plan: 2020 and 2025 of 十四."""
    number = heading_number(ordinal)
    return 1950 + number * YEARS_OF_A_PLAN, 1955 + number * YEARS_OF_A_PLAN


def read_period(document: Document) -> Period | None:
    """Base and target from the title: 十四五, 2021—2025年, or the report of a year; `None` where none is named."""
    head = document.plain[:HEAD]
    report = re.search(r"工作报告\s*\(?(20[0-9]{2})年?|(20[0-9]{2})年[^。\n]{0,20}工作报告", head)
    if report:
        year = int(report[1] or report[2])
        return Period(year - 1, year, year)
    if found := _PLAN.search(head):
        return Period(*plan_years(found[1]))
    if found := re.search(r"(20[0-9]{2})年?\s*[—至到-]\s*(20[0-9]{2})年", head):
        return Period(int(found[1]) - 1, int(found[2]))
    return None


# -- what sentences are about ---------------------------------------------------------------------

_SPAN_NAMED = re.compile(rf'"?({_ORDINAL})五"?(期间|时期|以来|规划期|期?末|期?初|初期)?')
_FIVE_YEARS = re.compile(r"五年来|这五年|过去五年|五年间|[五5]年来|的五年|[五5]年累计")
_REVIEW = re.compile(r"回顾|现状|基础|成就|成效|成绩|进展|过去")
_AIM = re.compile(r"目标|预期|展望|安排|任务|思路|重点")
_SAID_YEAR = re.compile(r"(20[0-9]{2})年(?!代)")
_FROM_YEAR = re.compile(r"(?:从|由|比|较)(?:20[0-9]{2})年[^，。]{0,6}$")
OPENING = 60
"""Characters at a paragraph's beginning that tell which years it is about."""


class When(NamedTuple):
    """The years that a sentence is about: a base and an end, and whether a single year's growth is meant."""

    base: int | None
    end: int | None
    is_yearly: bool = False

    def told_by(self, before: str) -> When:
        """The same, or what the words before a number say instead."""
        words = re.sub(_FROM_YEAR, "", before)
        if years := _SAID_YEAR.findall(words):
            end = int(years[-1])
            if end % YEARS_OF_A_PLAN == 0 and self.end is not None and end > self.end:
                return When(end - YEARS_OF_A_PLAN, end)
            base = self.base if self.base is not None and self.base < end else end - 1
            return When(base, end, self.is_yearly)
        if found := _SPAN_NAMED.search(words):
            base, target = plan_years(found[1])
            if found[2] in {"末", "期末"}:
                return self._replace(base=target, is_yearly=False) if self.end != target else self
            return When(base, target)
        return self

    def of(self, kind: str, *, is_yearly: bool, is_from: bool, before: str) -> str | None:
        """The time of a statement of that kind, as plan files write it."""
        if kind == "level" and re.search(r"(?:比|较)[^，]{1,8}末的?$", before):
            return str(self.base)
        from_year = re.search(r"(?:从|由)(20[0-9]{2})年", before)
        if is_from and kind in {"level", "rank"}:
            if from_year:
                return from_year[1]
            if re.search(r"上年|去年", before) and self.end:
                return str(self.end - 1)
            return str(self.base) if self.base else None
        if self.end is None:
            return None
        if kind in {"level", "rank"}:
            return str(self.end)
        compared = re.search(r"(?:比|较)(20[0-9]{2})年", before)
        if compared and int(compared[1]) < self.end:
            return f"{compared[1]}->{self.end}"
        if self.is_yearly and not is_yearly and kind != "multiple":
            return f"{self.end - 1}->{self.end}"
        base = self.base
        if is_yearly and self.is_yearly:
            base = self.end - YEARS_OF_A_PLAN
        return f"{base}->{self.end}" if base is not None else None


def read_modes(document: Document, period: Period | None) -> list[When]:
    """For each line the years that it is about, by its beginning, else as the lines before."""
    if period is None:
        return [When(None, None)] * len(document.lines)
    is_report = period.report is not None
    when = (
        When(period.base - 1, period.base, is_yearly=True) if is_report else When(period.base, period.target)
    )
    modes = []
    for at, line in enumerate(document.lines):
        opening = line[:OPENING]
        if is_report and line.startswith("——"):
            opening += _five_years_in_list(document.lines, at)
        when = (_of_report if is_report else _of_plan)(opening, period, when)
        modes.append(when)
    return modes


def _five_years_in_list(lines: list[str], at: int) -> str:
    """The word of five years in any part of a list that begins with ——: what one says holds for all."""
    following = takewhile(lambda line: line.startswith("——"), lines[at:])
    return next((found[0] for line in following if (found := _FIVE_YEARS.search(line))), "")


def _of_report(opening: str, period: Period, when: When) -> When:
    past, year = period.base, period.target
    if _FIVE_YEARS.search(opening):
        return When(past - YEARS_OF_A_PLAN, past)
    if found := re.search(rf'(?<![比较])"({_ORDINAL})五"', opening[:30]):
        base, target = plan_years(found[1])
        return When(base, target)
    if _AIM.search(opening) and (str(year) in opening or "今年" in opening or "预期目标" in opening):
        return When(past, year, is_yearly=True)
    if "过去一年" in opening or f"{past}年" in opening:
        return When(past - 1, past, is_yearly=True)
    return when


def _of_plan(opening: str, period: Period, when: When) -> When:
    if not re.match(
        r"\s*(?:第.{1,4}[章节]|[一二三四五六七八九十]+、|[(（][一二三四五六七八九十]+[)）])", opening
    ):
        return when
    if _REVIEW.search(opening):
        return When(period.base - YEARS_OF_A_PLAN, period.base)
    if _AIM.search(opening) or re.match(r"\s*第.{1,4}章", opening):
        return When(period.base, period.target)
    return when
