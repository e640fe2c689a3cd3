"""Targets of several years: growth a year by the mean of the published rates, and totals by the sum of the years."""

from __future__ import annotations

import math
from fractions import Fraction
from typing import TYPE_CHECKING, NamedTuple

from plantrack.language import Text, listing, text
from plantrack.paths.bounds import ends_of_range
from plantrack.plan.measures import asked_decimals
from plantrack.track import assessment
from plantrack.track.assessment import Elapsed
from plantrack.track.status import BOUNDS, Judged

if TYPE_CHECKING:
    from collections.abc import Mapping

    from plantrack.audit import Target
    from plantrack.plan.measures import Measure
    from plantrack.track.assessment import Side
    from plantrack.track.progress import Status
    from plantrack.track.status import Rules

    Years = Mapping[int, Fraction]
    """Year -> what is published for it."""


def judge_growth(
    rate: Measure, published: Years, span: tuple[int, int], better: Side | None, rules: Rules
) -> Judged:
    """A target of growth a year from the first year of `span` to the last, by the geometric mean."""
    (start, due), last = span, max(published)
    elapsed = Elapsed(Fraction(last - start), due - start)
    asked = asked_for(rate, Fraction(assessment.mean_growth(list(published.values()))))
    found = assessment.growth_a_year(asked, list(published.values()), elapsed)
    why = None if len(published) == last - start else _known(published, span)
    side, decimals = _side(rate, better), asked_decimals(rate)
    assert found.mean is not None
    if last < due:
        status = assessment.verdict_on_mean(
            found.mean, asked, decimals, is_binding=rules.is_binding, better=side
        )
        return Judged(status, None, found, (why,) if why is not None else ())
    if why is not None:
        return Judged("undetermined", why, found)
    final = assessment.verdict_on_mean(found.mean, asked, decimals, is_binding=True, better=side)
    return Judged("missed" if final == "behind" else "met", None, found)


def _side(rate: Measure, better: Side | None) -> Side:
    """Where a growth target is passed: where its bound points, else the better side, else on with its sign."""
    if rate.interval.low is None or rate.interval.high is None:
        return "down" if rate.interval.low is None else "up"
    return better or ("down" if rate.value < 0 else "up")


def judge_total(total: Measure, published: Years, span: tuple[int, int], side: Side, rules: Rules) -> Judged:
    """A total over the years of `span`, by the sum of those passed; where less is better it is a ceiling.

    Of a range it is the end nearest to the sum; what is due by now leads to the least, as the path does.
    """
    (first, due), last = span, max(published)
    elapsed = Elapsed(Fraction(last - first + 1), due - first + 1)
    if len(published) < elapsed.passed:
        return Judged("undetermined", _known(published, (first - 1, last)))
    done = sum(published.values(), start=Fraction(0))
    asked = asked_for(total, done)
    found = assessment.total_over_the_period(asked, list(published.values()), elapsed)
    found = found._replace(due=asked_for(total, Fraction(0)) * elapsed.share)
    is_met = asked == done or assessment.meets(done, asked, side)
    if side == "down" and asked > 0:
        return Judged("within" if is_met else "beyond", None, found._replace(needed=None))
    if last == due:
        return Judged("met" if is_met else "missed", None, found)
    if is_met:
        return Judged("reached", None, found._replace(needed=None))
    status = assessment.verdict_on_way(found, elapsed, tolerance=rules.tolerance, is_binding=rules.is_binding)
    return Judged(status, None, found)


def judge_each_year(asked: Measure, published: Years, span: tuple[int, int], case: EachYear) -> Judged:
    """What holds for every year of `span`: kept so far, or missed in any year."""
    (first, due), last = span, max(published)
    ends, side = ends_of_range(asked), BOUNDS.get(asked.numeral.bound) or case.better or "up"
    floor = asked.value if ends is None else ends[side == "down"]
    found = assessment.floor_of_each_year(floor, list(published.values()), side, case.decimals)
    missed = [
        str(year)
        for year, each in published.items()
        if not assessment.meets(each, floor, side, case.decimals)
    ]
    kept = text("kept in {kept} of {known} years", kept=len(published) - len(missed), known=len(published))
    if missed:
        notes = (kept, text("not kept in {years}", years=listing(*missed)))
        status: Status = "beyond" if case.is_limit else "missed" if last == due else "behind"
        return Judged(status, None, found, notes)
    if len(published) < last - first + 1:
        return Judged("undetermined", _known(published, (first - 1, last)), found, (kept,))
    return Judged(
        "within" if case.is_limit else "met" if last == due else "on the path", None, found, (kept,)
    )


class EachYear(NamedTuple):
    """What a promise of every year is judged by: the better side, the decimals of a share, whether it is a limit."""

    better: Side | None
    decimals: int | None
    is_limit: bool


def rate_of(target: Target) -> Measure | None:
    """The growth a year that is asked for, where no level is."""
    stated = target.stated
    if target.target is not None or stated is None or stated.kind != "growth" or stated.measure is None:
        return None
    is_yearly = target.start.isdigit() and target.due.isdigit() and stated.measure.value > -1
    return stated.measure if is_yearly else None


def total_growth_of(target: Target) -> Measure | None:
    """The growth over the whole that is asked for, where no level is."""
    stated = target.stated
    if target.target is not None or stated is None or stated.kind != "total_growth" or stated.measure is None:
        return None
    is_told = target.start.isdigit() and target.due.isdigit() and -1 < stated.measure.value != 0
    return stated.measure if is_told else None


def judge_total_growth(
    total: Measure, published: Years, span: tuple[int, int], better: Side | None, rules: Rules
) -> Judged:
    """Growth over the whole from the first year of `span` to the last, by the product of the years' growth."""
    (start, due), last = span, max(published)
    elapsed = Elapsed(Fraction(last - start), due - start)
    if len(published) < elapsed.passed:
        return Judged("undetermined", _known(published, (start, last)))
    reached = math.prod((1 + each for each in published.values()), start=Fraction(1)) - 1
    asked = asked_for(total, reached) or total.value
    found = assessment.growth_over_the_whole(asked, reached, elapsed)
    is_met = asked == reached or assessment.meets(reached, asked, _side(total, better))
    if last == due:
        return Judged("met" if is_met else "missed", None, found)
    if is_met:
        return Judged("reached", None, found._replace(needed=None))
    status = assessment.verdict_on_way(found, elapsed, tolerance=rules.tolerance, is_binding=rules.is_binding)
    return Judged(status, None, found)


def asked_for(measure: Measure, reached: Fraction) -> Fraction:
    """What is asked for; of a range the number in it that is nearest to what is reached."""
    ends = ends_of_range(measure)
    return measure.value if ends is None else min(max(reached, ends[0]), ends[1])


def _known(published: Years, span: tuple[int, int]) -> Text:
    return text("{known} of {all} years are known", known=len(published), all=span[1] - span[0])
