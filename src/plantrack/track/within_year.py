"""Within a year: its months against what the path asks for that year, a quarter's end against the path itself.

Flows are counted since January; growth is that of the months since January on those of the year before; stocks and
ratios are held against the path at a quarter's end. Source: 完成年度目标, 累计同比, 仅供参考.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Literal, NamedTuple

from plantrack.language import Text, text
from plantrack.numbers.periods import YEAR_END
from plantrack.paths.series import summed
from plantrack.plan.actuals import of_quantity
from plantrack.plan.citing import in_words
from plantrack.plan.measures import asked_decimals
from plantrack.track import assessment
from plantrack.track.periods import asked_for, rate_of
from plantrack.track.status import REAL, Case, Rules, doubt, judge_level

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from plantrack.plan.actuals import Actual
    from plantrack.plan.relations import Relation
    from plantrack.track.assessment import Number
    from plantrack.track.progress import Progress, Status

QUARTERS = (3, 6, 9, YEAR_END)
Sort = Literal["flow", "level", "growth"]


class WithinYear(NamedTuple):
    """A row within a year: the latest months of it that are given, and what they are held against.

    `actual` is the sum since January, the value at a quarter's end, or the growth since January; `asked` what is asked
    for the whole year, by that time, or a year. `completion` is the share of what is asked, `share` that of the year
    that has passed, `before` the share that the year before had reached by then. A status that `is_indicative` is
    仅供参考: seasons are not allowed for. `why` tells why there is none. Of a comparison `relation` is what is
    asked for and `other` the other side at the same months.
    """

    sort: Sort
    actual: Actual
    status: Status = "undetermined"
    why: Text | None = None
    asked: Number | None = None
    completion: Number | None = None
    share: Fraction | None = None
    before: Fraction | None = None
    is_indicative: bool = False
    relation: Relation | None = None
    other: Actual | None = None

    @property
    def is_limit(self) -> bool:
        return self.status in {"within", "beyond"} and self.sort == "level"


def within_year(row: Progress, parts: Sequence[Actual], rules: Rules) -> WithinYear | None:
    """What the months of the latest year say that has no value of its own; `None` where there are none.

    Args:
        row: the indicator with its path and the values of whole years.
        parts: values of months, up to the year assessed.
        rules: how near is near.
    """
    name, place = row.path.indicator_id, row.path.place
    rate = rate_of(row.target)
    if rate is not None and (given := of_quantity(parts, name, place, "growth")):
        return _growth(row, given, rules)
    given = of_quantity(parts, name, place)
    years = {each.year for each in given} - {each.year for each in row.actuals}
    if not years:
        return _beside_growth(row, of_quantity(parts, name, place, "growth"))
    if not row.path.years or not _is_under_way(row, max(years)):
        return None
    latest = [each for each in given if each.year == max(years)]
    if row.path.indicator.kind != "flow" or row.path.kind == "index":
        return _level(row, latest, rules)
    return _flow(row, latest, [each for each in given if each.year == max(years) - 1], rules)


def _is_under_way(row: Progress, year: int) -> bool:
    return row.path.due is None or row.path.years[0] < year <= row.path.due


# -- flows ---------------------------------------------------------------------------------------


def since_january(parts: Sequence[Actual]) -> Mapping[int, Actual]:
    """Month -> what the year comes to by its end, as published, else as the sum of what is published one by one."""
    found = {each.months[1]: each for each in parts if each.months is not None and each.months[0] == 1}
    for each in sorted(parts, key=lambda each: each.months or ()):
        first, last = each.months or (1, YEAR_END)
        if last not in found and first - 1 in found:
            before = found[first - 1]
            found[last] = summed(before, each)._replace(months=(1, last))
    return found


def _flow(row: Progress, parts: Sequence[Actual], before: Sequence[Actual], rules: Rules) -> WithinYear:
    totals = since_january(parts)
    if not totals:
        return WithinYear("flow", parts[-1], why=NOT_FROM_JANUARY)
    month = max(totals)
    actual, side = totals[month], row.better or "up"
    found = WithinYear("flow", actual, share=Fraction(month, YEAR_END))
    asked, why = _asked_of_year(row, actual)
    if asked is None or why is not None:
        return found._replace(why=why)
    achieved = assessment.since_january(
        actual.measure.value, asked, month, _year_before(row, since_january(before).get(month)), side
    )
    status = assessment.verdict_in_year(
        achieved, side, tolerance=rules.tolerance, is_binding=rules.is_binding
    )
    return found._replace(
        status=status,
        asked=asked,
        completion=achieved.completion,
        before=achieved.share if achieved.is_seasonal else None,
        is_indicative=not achieved.is_seasonal,
    )


NOT_FROM_JANUARY = text("single months say nothing of the year: what it comes to since January is needed")


def _asked_of_year(row: Progress, actual: Actual) -> tuple[Number | None, Text | None]:
    """What the path asks of that year alone, or why it asks for nothing that the months can be held against."""
    path, year = row.path, actual.year
    if path.why is not None or year not in path.years:
        return None, path.why or text("the plan has no path for {year}", year=year)
    if path.is_real:
        return None, REAL
    months = (actual.months or (1, YEAR_END))[1]
    if (why := doubt(path, actual, Fraction(months, YEAR_END))) is not None and path.holds_levels:
        return None, why
    if (limit := _limit(row, actual)) is not None:
        return limit, None
    values = dict(zip(path.years, path.line.raw, strict=True))
    goal = path.goal.value if path.goal is not None and year == path.due and path.holds_levels else None
    asked: Number = values[year] if goal is None else goal
    if path.kind in {"total", "change"}:
        asked -= values[year - 1]
    return (
        (asked, None)
        if asked > 0
        else (None, text("the path asks for nothing above zero in {year}", year=year))
    )


def _limit(row: Progress, actual: Actual) -> Fraction | None:
    """What is asked for in every year alike."""
    case = Case(row.path, row.better, actual.measure.value, actual.year)
    return case.target if row.path.kind == "level" and case.is_limit and case.target else None


def _year_before(row: Progress, months: Actual | None) -> tuple[Fraction, Fraction] | None:
    """The same months of the year before, and all of that year."""
    if months is None:
        return None
    path, year = row.path, months.year
    whole = next((each.measure for each in row.actuals if each.year == year), None)
    if whole is None and path.holds_levels and year == path.years[0]:
        whole = path.first
    return (months.measure.value, whole.value) if whole is not None else None


def _beside_growth(row: Progress, given: Sequence[Actual]) -> WithinYear | None:
    """Months of which growth alone is given, where the target is no growth a year: told, and not judged."""
    known = {each.year for each in (*row.actuals, *row.rates)}
    latest = [each for each in given if each.year not in known][-1:]
    if not latest or not row.path.years or not _is_under_way(row, latest[0].year):
        return None
    return WithinYear(
        "growth", latest[0], why=text("growth since January is held against growth a year only")
    )


# -- levels and growth ---------------------------------------------------------------------------


def _level(row: Progress, parts: Sequence[Actual], rules: Rules) -> WithinYear:
    """A stock or ratio at a quarter's end against the path, 仅供参考."""
    ends = [each for each in parts if each.months is not None and each.months[1] in QUARTERS]
    if not ends:
        return WithinYear("level", parts[-1], why=text("the path is held against a quarter's end"))
    actual, path = ends[-1], row.path
    month = (actual.months or (1, YEAR_END))[1]
    found = WithinYear("level", actual, share=Fraction(month, YEAR_END), is_indicative=True)
    if not path.holds_levels:
        return found._replace(why=text("no base is printed for {time}", time=in_words(row.target.start)))
    if (why := path.why or (REAL if path.is_real else doubt(path, actual))) is not None:
        return found._replace(why=why)
    case = Case(path, row.better, actual.measure.value, actual.year, month)
    judged = judge_level(case, rules)
    is_limit = judged.achieved is not None and judged.achieved.kind == "limit"
    asked = case.target if is_limit else case.line
    return found._replace(status=judged.status, why=judged.why, asked=asked)


def _growth(row: Progress, given: Sequence[Actual], rules: Rules) -> WithinYear | None:
    """A target of growth a year by the growth of the months since January (累计同比)."""
    rate, years = rate_of(row.target), {each.year for each in given} - {each.year for each in row.rates}
    if rate is None or not years or not _is_under_way(row, max(years)):
        return None
    latest = [each for each in given if each.year == max(years)]
    totals = [each for each in latest if each.months is not None and each.months[0] == 1]
    if not totals:
        return WithinYear("growth", latest[-1], why=NOT_FROM_JANUARY)
    actual, side = totals[-1], row.better or ("down" if rate.value < 0 else "up")
    value, decimals = actual.measure.value, asked_decimals(rate)
    asked = asked_for(rate, value)
    status = assessment.verdict_on_mean(value, asked, decimals, is_binding=rules.is_binding, better=side)
    share = Fraction((actual.months or (1, YEAR_END))[1], YEAR_END)
    return WithinYear("growth", actual, status, asked=asked, share=share)
