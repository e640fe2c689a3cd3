"""Why a person must look at a number of a sentence: what its words leave open."""

from __future__ import annotations

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


def doubts(time: str | None, kind: str, before: Before, amount: Amount, content: str) -> Iterator[Text]:
    """What is open, the gravest first; `content` is the text that the amount stands in."""
    if time is None:
        yield text("the year is not told")
    yield from _of_time(kind, before)
    if before.is_sign_open:
        yield text("is the dash a minus?")
    if amount.is_parted(content):
        yield text("is it one number with the digits before the comma?")
    if kind == "total_growth" and _is_span_open(before, amount):
        yield text("nothing tells whether this is a year's growth or that of the whole period")


def _of_time(kind: str, before: Before) -> Iterator[Text]:
    if kind != "rank" and words.BEGINNING_OF_PLAN.search(before.words):
        yield text("the beginning of a plan may be its first year or the year before")
    if words.PART_OF_YEAR.search(before.earlier + before.words):
        yield text("a month or another part of a year is named")
    counted = kind in CHANGES and words.SPAN_COUNTED.search(before.words)
    if counted or (kind != "level" and words.ON_BASIS.search(before.words)):
        yield text("the years are not told")
    if kind == "level" and words.MEAN_OF_YEARS.search(before.words):
        yield text("a mean of several years is told")


def _is_span_open(before: Before, amount: Amount) -> bool:
    """Whether no word of the sentence tells that its growth in per cent is that of several years."""
    said = (before.words, before.earlier)
    is_told = is_over_several(before) or any(words.SPAN_SAID.search(each) for each in said)
    return amount.unit in {PERCENT, PERMILLE} and not is_told
