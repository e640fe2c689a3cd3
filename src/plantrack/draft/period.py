"""Which years a document speaks of: its own, and those that each of its sentences is about."""

from __future__ import annotations

from collections import Counter
from itertools import takewhile
from typing import TYPE_CHECKING, NamedTuple

from plantrack.draft import words
from plantrack.numbers.number_words import heading_number

if TYPE_CHECKING:
    import re

    from plantrack.documents import Document

YEARS_OF_A_PLAN = 5
HEAD = 400
"""Characters at a document's beginning in which its years are looked for."""
OPENING = 60
"""Characters at a paragraph's beginning that tell which years it is about."""
BEGINNING = 12
IN_LIST = "——"


class Period(NamedTuple):
    """A base and a target year, the year of the report where the document is one, and whether they are a guess."""

    base: int
    target: int
    report: int | None = None
    is_guessed: bool = False


def plan_years(ordinal: str) -> tuple[int, int]:
    """The base and the target year of a five-year plan: 2020 and 2025 of 十四."""
    target = 1955 + heading_number(ordinal) * YEARS_OF_A_PLAN
    return target - YEARS_OF_A_PLAN, target


def read_period(document: Document) -> Period | None:
    """Base and target from the title: 十四五, 2021—2025年, or the report of a year; `None` where none is named."""
    head = "\n".join(line for line in document.plain[:HEAD].split("\n") if not words.IN_SENTENCE.search(line))
    if report := words.REPORT.search(document.plain[:HEAD]):
        year = int(report[1] or report[2])
        return Period(year - 1, year, year)
    if bulletin := words.BULLETIN.search(document.plain[:HEAD]):
        year = int(bulletin[1])
        return Period(year, year + 1, year + 1)
    if found := words.PLAN_IN_TITLE.search(head):
        return Period(*plan_years(found[1] or found[2]))
    if found := words.YEARS_NAMED.search(head):
        return Period(int(found[1]) - 1, int(found[2]))
    return None


def guessed_period(document: Document) -> Period | None:
    """The year that aims of the text name most often, and five years before: a guess, to be told as one."""
    years = Counter(words.BY_YEAR.findall(document.plain))
    if not years:
        return None
    target = int(max(years, key=lambda year: (years[year], -int(year))))
    return Period(target - YEARS_OF_A_PLAN, target, is_guessed=True)


class When(NamedTuple):
    """The years that a sentence is about: a base and an end, and whether a single year's growth is meant.

    `now` is the year in which the document is written, as far as its numbers go.
    """

    base: int | None
    end: int | None
    is_yearly: bool = False
    now: int | None = None

    def told_by(self, before: str) -> When:
        """The same, or what the words before a number say instead; from the year that they compare with."""
        than = words.COMPARED_WITH.search(before)
        if than is None:
            return self._told_by(before)
        return self._told_by(before.replace(than[0], "")).since(int(than[1]))

    def _told_by(self, before: str) -> When:
        said = words.THAN_PLAN.sub("", words.FROM_SAID_YEAR.sub("", before))
        if (span := words.YEARS_TOLD.search(before)) and not words.SAID_YEAR.search(before, span.end()):
            return self._over(int(span[1]), int(span[2]))
        year = next(reversed([*words.SAID_YEAR.finditer(said)]), None)
        plan = words.SPAN_NAMED.search(said, year.end() if year else 0)
        if plan:
            return self._of_plan(plan, before)
        if year:
            return self._ending(int(year[1]))
        if self.now is not None and words.NOW.search(said) and (self.end or 0) > self.now:
            return self._replace(base=self.now - YEARS_OF_A_PLAN, end=self.now)
        return self

    def _of_plan(self, plan: re.Match[str], before: str) -> When:
        """The years of a plan that the words before a number name, or its last year."""
        ordinal, tail = plan[1] or plan[2] or plan[3], plan[4]
        base, target = plan_years(ordinal)
        if tail not in words.AT_END:
            return self._replace(base=base, end=target, is_yearly=False)
        if self.end == target:
            return self
        if words.FROM.search(before):
            return self._replace(base=target, is_yearly=False)
        return self._replace(base=base, end=target, is_yearly=False)

    def _over(self, first: int, end: int) -> When:
        """What a span of years tells; 2015—2020年 is one from 2015, 2016—2020年 from the year before."""
        is_from = first % YEARS_OF_A_PLAN == 0
        return self._replace(base=first - (not is_from), end=end, is_yearly=False)

    def since(self, year: int | None) -> When:
        """The same, of a way from a year: 由2015年的3.5%下降到2020年的1.5%，下降2个百分点."""
        if year is None or self.end is None or year >= self.end:
            return self
        return self._replace(base=year, is_yearly=False)

    def _ending(self, end: int) -> When:
        """What leads to a year: the last year of a later plan from its base; a year that is over, by itself."""
        is_over = self.now is not None and end <= self.now
        if end % YEARS_OF_A_PLAN == 0 and not is_over and self.end is not None and end > self.end:
            return self._replace(base=end - YEARS_OF_A_PLAN, end=end, is_yearly=False)
        base = self.base if self.base is not None and self.base < end else end - 1
        return self._replace(base=base, end=end, is_yearly=self.is_yearly or is_over)

    def of(self, kind: str, before: str, clause: str) -> str | None:
        """The time of a statement of that kind, as plan files write it.

        `before` are the words since the number before, `clause` those since the clause's beginning.
        """
        if kind in {"level", "rank"}:
            time = self._of_level(before)
            return None if time is None else str(time)
        return None if self.end is None else self._of_step(kind, before, clause, self.end)

    @property
    def whole(self) -> str | int | None:
        """The span of the five years that end here, `2021/2025`; else the year."""
        if self.base is None or self.end is None or self.end - self.base != YEARS_OF_A_PLAN:
            return self.end
        return f"{self.base + 1}/{self.end}"

    def _of_level(self, before: str) -> str | int | None:
        if words.THAN_END_OF_PLAN.search(before):
            return self.base
        if than := words.LEVEL_THAN.search(before):
            return int(than[1])
        if not words.FROM.search(before):
            return self._of_total(before) if words.OVER_PERIOD.search(before) else self.end
        if year := words.FROM_YEAR.search(before):
            return int(year[1])
        return self.end - 1 if words.YEAR_BEFORE.search(before) and self.end else self.base

    def _of_total(self, before: str) -> str | int | None:
        span = words.YEARS_TOLD.search(before)
        return f"{span[1]}/{span[2]}" if span else self.whole

    def _of_step(self, kind: str, before: str, clause: str, end: int) -> str | None:
        if (plan := words.THAN_PERIOD.search(before)) and isinstance(self.whole, str):
            first, last = plan_years(plan[1])
            return f"{first + 1}/{last}->{self.whole}"
        if (compared := year_compared(clause)) is not None and compared < end:
            return f"{compared}->{end}"
        is_average = words.YEARLY.search(before) is not None
        is_of_a_year = self.is_yearly or words.LAST_YEAR.search(before) is not None
        if is_of_a_year and not is_average and kind != "multiple":
            return f"{end - 1}->{end}"
        base = end - YEARS_OF_A_PLAN if self.is_yearly and is_average else self.base
        return None if base is None or base >= end else f"{base}->{end}"


def year_compared(clause: str) -> int | None:
    """The year that a clause compares with: 比2015年, 较"十三五"末, 是"十二五"初期的."""
    if year := words.THAN_YEAR.search(clause):
        return int(year[1])
    point = words.THAN_POINT_OF_PLAN.search(clause)
    return None if point is None else plan_years(point[1])[point[2] == "末"]


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
        if is_report and line.startswith(IN_LIST):
            opening += _five_years_in_list(document.lines, at)
        of_line = (_of_report if is_report else _of_plan)(opening, period, when)
        modes.append(of_line._replace(now=period.base))
        if not (is_report and _names_plan_in_passing(opening)):
            when = of_line
    return modes


def _names_plan_in_passing(opening: str) -> bool:
    """Whether a paragraph comes to speak of a plan only after its beginning: the next goes on as before."""
    plan = words.PLAN_OF_REVIEW.search(opening[: OPENING // 2])
    return plan is not None and plan.start() > BEGINNING and not words.FIVE_YEARS.search(opening)


def _five_years_in_list(lines: list[str], at: int) -> str:
    """The word of five years in any part of a list: what one says holds for all."""
    following = takewhile(lambda line: line.startswith(IN_LIST), lines[at:])
    return next((found[0] for line in following if (found := words.FIVE_YEARS.search(line))), "")


def _of_report(opening: str, period: Period, when: When) -> When:
    past, year = period.base, period.target
    is_heading = words.HEADING.match(opening) is not None
    if opening.startswith(f"{past}年") or (is_heading and f"{past}年" in opening):
        return When(past - 1, past, is_yearly=True)
    if words.FIVE_YEARS.search(opening):
        return When(past - YEARS_OF_A_PLAN, past)
    if words.PAST_YEAR.search(opening):
        return When(past - 1, past, is_yearly=True)
    if found := words.PLAN_OF_REVIEW.search(opening[: OPENING // 2]):
        return When(*plan_years(found[1]))
    if words.AIM.search(opening) and (str(year) in opening or words.THIS_YEAR.search(opening)):
        return When(past, year, is_yearly=True)
    return When(past - 1, past, is_yearly=True) if f"{past}年" in opening else when


def _of_plan(opening: str, period: Period, when: When) -> When:
    if not words.HEADING.match(opening):
        return when
    if words.REVIEW.search(opening):
        return When(period.base - YEARS_OF_A_PLAN, period.base)
    if words.AIM.search(opening) or words.CHAPTER.match(opening):
        return When(period.base, period.target)
    return when
