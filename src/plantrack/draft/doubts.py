"""Why a person must look at a number of a sentence: what its words leave open."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from plantrack.draft import words
from plantrack.draft.kinds import CHANGES, is_over_several
from plantrack.language import text
from plantrack.numbers.words import PERCENT, PERMILLE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from plantrack.draft.amounts import Amount
    from plantrack.draft.leads import Before
    from plantrack.language import Text


_TIME_BEGINS = re.compile(rf"全年|(?<![比较从由自是为于])(?={words.YEAR}年)")
"""Where a sentence comes to speak of another time, whatever part of a year it named before."""
_ON_BASIS = re.compile(r"基础上|[比较](?![重例率])[^，。；;0-9]{2,8}(?<![目提])前(?!列|[^，。；;]*年)")
"""Before a change from a year that stands before it or nowhere: 在2020年100亿元的基础上增长50%, 比改制前增长5%."""
_START_TOLD = re.compile(r"上年|去年|[年期末]初|末")
_BEGINNING_OF_PLAN = re.compile(rf'"?{words.ORDINAL}五"?(?:时期|规划)?期?初')
"""It may be the plan's first year or the year before: “十三五”初期."""
_MEAN_OF_YEARS = re.compile(words.YEARLY_MEAN)


def doubts(time: str | None, kind: str, before: Before, amount: Amount, content: str) -> Iterator[Text]:
    """What is open, the gravest first; `content` is the text that the amount stands in."""
    if time is None or _is_start_open(time, kind, before):
        yield text("the year is not told")
    yield from _of_time(kind, before)
    if before.is_sign_open:
        yield text("is the dash a minus?")
    if amount.is_parted(content):
        yield text("is it one number with the digits before the comma?")
    if kind == "total_growth" and _is_span_open(before, amount):
        yield text("nothing tells whether this is a year's growth or that of the whole period")


def _of_time(kind: str, before: Before) -> Iterator[Text]:
    said = before.clause if before.is_in_list else before.words
    since_year = _TIME_BEGINS.split(before.earlier + before.words)[-1]
    if kind != "rank" and _BEGINNING_OF_PLAN.search(said):
        yield text("the beginning of a plan may be its first year or the year before")
    if words.PART_OF_YEAR.search(since_year):
        yield text("a month or another part of a year is named")
    counted = kind in CHANGES and words.SPAN_COUNTED.search(since_year)
    if counted or (kind != "level" and _ON_BASIS.search(said)):
        yield text("the years are not told")
    if kind == "level" and _MEAN_OF_YEARS.search(said):
        yield text("a mean of several years is told")


def _is_start_open(time: str, kind: str, before: Before) -> bool:
    """Whether a way begins in the year before the one that is told, of which no word says so: 2020年由8%提高到9%."""
    is_told = kind not in {"level", "rank"} or _START_TOLD.search(before.words)
    years = words.SAID_YEAR.findall(before.earlier + before.words)
    is_start = words.FROM.search(before.words) is not None
    return is_start and not is_told and bool(years) and time == str(int(years[-1]) - 1)


def _is_span_open(before: Before, amount: Amount) -> bool:
    """Whether no word of the sentence tells that its growth in per cent is that of several years."""
    said = (before.words, before.earlier)
    is_told = is_over_several(before) or any(words.SPAN_SAID.search(each) for each in said)
    return amount.unit in {PERCENT, PERMILLE} and not is_told
