"""The formulas of an assessment, one function for each kind of target.

Printed and published values come in as exact numbers, taken at their number and not as intervals, in the indicator's
own unit (per cent as fractions). What needs a root or a logarithm is a float, everything else stays exact.
Source of all: the practice of mid-term assessments of five-year plans, tested with published worked examples.
"""

from __future__ import annotations

import math
from fractions import Fraction
from typing import TYPE_CHECKING, Literal, NamedTuple

from plantrack.numbers.interval import logarithm, to_float
from plantrack.numbers.rounding import decimal_text

if TYPE_CHECKING:
    from collections.abc import Sequence

Number = Fraction | float
Side = Literal["up", "down"]
Kind = Literal["growth", "difference", "to zero", "limit", "range", "held"]
KindOfPace = Literal["growth a year", "growth over the whole", "total", "each year"]
ALIKE: frozenset[Kind | KindOfPace] = frozenset(("limit", "held", "each year"))
"""What asks for the same in every year: a limit, a base to hold, a floor or ceiling of each year."""
Verdict = Literal["reached", "ahead", "on the path", "behind", "within", "beyond", "met", "missed"]
TOLERANCE = Fraction(5, 100)
"""How far progress and the share of time may lie apart; progress is a share without unit."""
MEAN_TOLERANCE = Fraction(1, 1000)
"""The same of a mean growth rate: 0.1 point."""
ROOM = 1e-9
"""What the error of floats may amount to, in favour of the path."""


class Elapsed(NamedTuple):
    """The time of a target: `passed` of `years`; a month is a twelfth of a year."""

    passed: Fraction
    years: int

    @property
    def share(self) -> Fraction:
        return self.passed / self.years

    @property
    def left(self) -> Fraction:
        return self.years - self.passed


class Achievement(NamedTuple):
    """What a target's formulas give; `None` where a target of this kind has no such number.

    `completion` is the share of the target (完成率), `progress` the share of the way (完成进度), both without unit.
    `due` is what would be on the path by now, `needed` the pace for every year left (a rate as a fraction, or a step
    in the unit), `remaining` what is left in all, `margin` the room within a limit, `mean` the mean growth a year.
    """

    kind: Kind | KindOfPace
    completion: Number | None = None
    progress: Number | None = None
    due: Number | None = None
    needed: Number | None = None
    remaining: Number | None = None
    margin: Number | None = None
    mean: Number | None = None


# -- values of one year --------------------------------------------------------------------------


def growth_type(base: Fraction, target: Fraction, actual: Fraction, elapsed: Elapsed) -> Achievement:
    """`A/T`; `ln(A/B) / ln(T/B)`; due `B·(T/B)^s`; needed `(T/A)^(1/(n-k)) - 1`, a fraction a year.

    Of stocks and flows above zero whose path is geometric; source: compound growth.
    """
    way = logarithm(target / base)
    known = actual > 0
    return Achievement(
        "growth",
        completion=actual / target,
        progress=logarithm(actual / base) / way if known else None,
        due=to_float(base) * math.exp(way * elapsed.share),
        needed=_rate(logarithm(target / actual), elapsed.left) if known else None,
    )


def difference_type(base: Fraction, target: Fraction, actual: Fraction, elapsed: Elapsed) -> Achievement:
    """`A/T`; `(A-B) / (T-B)`; due `B + (T-B)·s`; needed `(T-A) / (n-k)`, in the unit a year.

    Of ratios, points, indices and what is zero or below: the path is straight. Source: equal yearly steps.
    """
    return Achievement(
        "difference",
        completion=actual / target if target > 0 else None,
        progress=(actual - base) / (target - base),
        due=base + (target - base) * elapsed.share,
        needed=_step(target - actual, elapsed.left),
    )


def less_is_better(
    base: Fraction, target: Fraction, actual: Fraction, elapsed: Elapsed, *, in_steps: bool
) -> Achievement:
    """`T/A`; `(B-A) / (B-T)` or `ln(B/A) / ln(B/T)`; due and needed as where more is better.

    The path is straight with `in_steps`, geometric without; source: the two types above with their signs turned.
    """
    found = (difference_type if in_steps else growth_type)(base, target, actual, elapsed)
    return found._replace(completion=target / actual if target > 0 and actual > 0 else None)


def towards_zero(base: Fraction, actual: Fraction, elapsed: Elapsed) -> Achievement:
    """`(B-A) / B`; due `B·(1-s)`; needed `A / (n-k)` less in every year left, a step in the unit.

    Of what is to vanish (清零); source: equal yearly steps. Zero has no completion.
    """
    found = difference_type(base, Fraction(0), actual, elapsed)
    return found._replace(kind="to zero")


def within_limit(limit: Fraction, actual: Fraction, better: Side) -> Achievement:
    """No progress: the margin `T-A` below a ceiling, `A-T` above a floor, in the unit; negative outside.

    Source: a limit is kept in every year and not come nearer to.
    """
    return Achievement("limit", due=limit, margin=limit - actual if better == "down" else actual - limit)


def towards_range(
    low: Fraction, high: Fraction, base: Fraction | None, actual: Fraction, elapsed: Elapsed
) -> Achievement:
    """Inside `[L, U]` complete. Outside, to the nearest end E: `(A-B) / (E-B)`, due `B + (E-B)·s`, needed to E.

    Without a base, or with one inside the range, there is no way and no progress. In the unit; source: equal steps.
    """
    if low <= actual <= high:
        return Achievement("range", completion=Fraction(1))
    end = low if actual < low else high
    if base is None or low <= base <= high:
        return Achievement("range", needed=_step(end - actual, elapsed.left))
    found = difference_type(base, end, actual, elapsed)
    return found._replace(kind="range", completion=None)


def held(target: Fraction, actual: Fraction) -> Achievement:
    """`A/T` of a target that is the base (保持): held or not; source: there is no way to go."""
    return Achievement("held", completion=actual / target if target > 0 else None, due=target)


# -- values of several years ---------------------------------------------------------------------


def growth_a_year(rate: Fraction, published: Sequence[Fraction], elapsed: Elapsed) -> Achievement:
    """`mean/g`; `Σln(1+gᵢ) / (n·ln(1+g))`; needed `((1+g)^n / Π(1+gᵢ))^(1/(n-k)) - 1`; fractions a year.

    The mean is geometric: `Π(1+gᵢ)^(1/m) - 1` over the m years published, which are at one price basis. What is needed
    is told where all years passed are known. Source: 几何平均法.
    """
    grown, mean = _grown(published), mean_growth(published)
    whole = elapsed.years * logarithm(1 + rate)
    return Achievement(
        "growth a year",
        completion=mean / float(rate) if rate else None,
        progress=grown / whole if rate else None,
        needed=_rate(whole - grown, elapsed.left) if len(published) == elapsed.passed else None,
        mean=mean,
    )


def mean_growth(published: Sequence[Fraction]) -> float:
    """`Π(1+gᵢ)^(1/m) - 1`, a fraction a year. Source: 几何平均法."""
    return math.expm1(_grown(published) / len(published))


def _grown(published: Sequence[Fraction]) -> float:
    return sum(map(logarithm, (1 + each for each in published)))


def growth_over_the_whole(total: Fraction, reached: Fraction, elapsed: Elapsed) -> Achievement:
    """`x_k/x`; `ln(1+x_k) / ln(1+x)`; due `(1+x)^s - 1`; remaining `(1+x)/(1+x_k) - 1` and its yearly root; fractions.

    Falls have `x < 0`. Source: 累计增长（降低）, as the statistics bureaus reckon the progress of energy saving.
    """
    way, gone = logarithm(1 + total), logarithm(1 + reached)
    return Achievement(
        "growth over the whole",
        completion=reached / total,
        progress=gone / way,
        due=math.expm1(way * elapsed.share),
        needed=_rate(way - gone, elapsed.left),
        remaining=(1 + total) / (1 + reached) - 1,
    )


def total_over_the_period(total: Fraction, years: Sequence[Fraction], elapsed: Elapsed) -> Achievement:
    """`C_k/T` as completion and as progress; due `T·s`; remaining `T-C_k`, needed `(T-C_k) / (n-k)`; in the unit.

    `C_k` is the sum of the years passed; source: 累计完成.
    """
    done = sum(years, start=Fraction(0))
    reached = done / total if total else None
    return Achievement(
        "total",
        completion=reached,
        progress=reached,
        due=total * elapsed.share,
        needed=_step(total - done, elapsed.left),
        remaining=total - done,
    )


def floor_of_each_year(
    floor: Fraction, years: Sequence[Fraction], better: Side = "up", decimals: int | None = None
) -> Achievement:
    """`A/T` of the latest year, `T/A` of a ceiling; the years met of the years passed as progress; due T, in the unit.

    Source: 每年不少于, a promise of every single year.
    """
    kept = sum(meets(each, floor, better, decimals) for each in years)
    part, whole = (years[-1], floor) if better == "up" else (floor, years[-1])
    return Achievement(
        "each year",
        completion=part / whole if whole > 0 else None,
        progress=Fraction(kept, len(years)),
        due=floor,
    )


# -- months of a year ----------------------------------------------------------------------------


class InYear(NamedTuple):
    """What the months since January come to: `completion` of the year's target, against a `share` of the year.

    The share is last year's by the same month (`is_seasonal`), else that of the time. `lead` is the distance between
    the two towards the better side.
    """

    completion: Number
    share: Fraction
    lead: Number
    is_seasonal: bool


def since_january(
    done: Fraction, target: Number, months: int, before: tuple[Fraction, Fraction] | None, better: Side
) -> InYear:
    """`C_m / T` against `C'_m / A'` of the year `before` (its months, and all of it), else against `m/12`; no units.

    Source: 完成年度目标 against 时间进度, and against 上年同期进度 of what is seasonal.
    """
    is_seasonal = before is not None and min(before) > 0
    share = before[0] / before[1] if before is not None and is_seasonal else Fraction(months, 12)
    completion = Fraction(done) / Fraction(target)
    lead = completion - share
    return InYear(completion, share, lead if better == "up" else -lead, is_seasonal)


def verdict_in_year(
    found: InYear, better: Side, *, tolerance: Fraction = TOLERANCE, is_binding: bool = False
) -> Verdict:
    """*reached* where the year's target is, *beyond* where it is a ceiling that is passed; else by the lead.

    Source: the same room as between progress and the share of the time.
    """
    if better == "up" and found.completion >= 1 - ROOM:
        return "reached"
    if better == "down" and found.completion > 1 + ROOM:
        return "beyond"
    return _verdict(found.lead, tolerance, is_binding=is_binding)


def _rate(way: float, left: Fraction) -> float | None:
    """`exp(way / left) - 1`, a fraction a year; `None` where no year is left."""
    return math.expm1(way / float(left)) if left > 0 else None


def _step(way: Fraction, left: Fraction) -> Fraction | None:
    return way / left if left > 0 else None


# -- verdicts ------------------------------------------------------------------------------------


def meets(actual: Fraction, target: Fraction, better: Side, decimals: int | None = None) -> bool:
    """`A >= T` as printed, `A <= T` where less is better; with `decimals` also A rounded to these.

    Rates and shares are compared at the target's decimals: 8.96 % meets 9 %. Where less is better nothing but zero
    is none (清零): 0.4 % does not meet 0. Source: the printed number.
    """
    is_none = target == 0 and better == "down"
    asked = actual if decimals is None or is_none else Fraction(decimal_text(actual, decimals))
    return target in (actual, asked) or (actual > target) == (better == "up")


def verdict_on_way(
    found: Achievement, elapsed: Elapsed, *, tolerance: Fraction = TOLERANCE, is_binding: bool = False
) -> Verdict:
    """*ahead* or *behind* where progress and share of time lie more than `tolerance` apart; binding rows: none below.

    Without a progress a target that is not met is behind. Source: progress against the share of time.
    """
    if found.progress is None:
        return "behind"
    return _verdict(found.progress - elapsed.share, tolerance, is_binding=is_binding)


def verdict_on_mean(
    mean: Number, rate: Fraction, decimals: int, *, is_binding: bool = False, better: Side = "up"
) -> Verdict:
    """The mean growth against the rate, both fractions: 0.1 point apart at the target's decimals of per cent.

    Source: growth targets are judged by the mean of the years (年均).
    """
    lead = Fraction(mean) - rate
    as_rounded = Fraction(mean) + Fraction(math.copysign(ROOM, mean))
    if Fraction(decimal_text(as_rounded * 100, decimals)) == rate * 100:
        lead = Fraction(0)
    return _verdict(lead if better == "up" else -lead, MEAN_TOLERANCE, is_binding=is_binding)


def _verdict(lead: Number, tolerance: Fraction, *, is_binding: bool) -> Verdict:
    if lead > tolerance + ROOM:
        return "ahead"
    return "behind" if lead < -(0 if is_binding else tolerance) - ROOM else "on the path"
