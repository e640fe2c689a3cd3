"""Which of a plan's targets a path follows, and what else the plan prints of that quantity."""

from __future__ import annotations

from collections import defaultdict
from operator import itemgetter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from plantrack.audit import Target
    from plantrack.numbers.times import Time
    from plantrack.plan.figures import Figure
    from plantrack.plan.model import PlanModel

YEAR_DIGITS = 4
Quantity = tuple[str, str, str]
"""Indicator, place and scope."""
Aim = tuple[Quantity, bool, bool]
"""A quantity, whether its total over several years is meant, or every single one."""
TABLE_OF_TARGETS, LAST_ITEM = "指标", 1000


def followed_targets(targets: Sequence[Target], year: str) -> list[Target]:
    """For each quantity the target to follow: a number, for the plan's target year, beside its base.

    A total over several years, and what holds for every year, are followed beside a target of one. What is stated of
    the way in another row of the same quantity and time goes with it.
    """
    by_quantity: defaultdict[Aim, list[Target]] = defaultdict(list)
    for target in targets:
        by_quantity[aim_of(target)].append(target)
    return [
        _with_stated(max(same, key=lambda each: _preference(each, year)), same)
        for same in by_quantity.values()
    ]


def aim_of(target: Target) -> Aim:
    """What is one target, however often it is printed."""
    is_total, is_each_year = span_of_total(target) is not None, target.figure.each_year is not None
    return target.figure.quantity, is_total, is_each_year


def targets_of_table(targets: Sequence[Target], plan: PlanModel) -> list[Target]:
    """The rows of the document's table of targets, in its order.

    They stand in the sections with rows that tell their place in it, else with 指标 in the heading. A plan without such
    a table has all targets that print a number or a comparison.
    """
    told = {each.figure.section for each in targets if each.figure.row.item is not None}
    sections = told or {key for key, heading in plan.sections.items() if TABLE_OF_TARGETS in heading}
    rows = [each for each in targets if each.figure.section in sections]
    rows = rows or [each for each in targets if any(map(_is_measurable, each.ahead))]
    order = list(plan.sections)
    return sorted(
        followed_targets(rows, plan.target),
        key=lambda each: (order.index(each.figure.section), int(each.figure.row.item or LAST_ITEM)),
    )


def _is_measurable(figure: Figure) -> bool:
    return figure.relation is None or figure.relation.is_open or figure.relation.to is not None


def year_of(time: str) -> int | None:
    """The year that a time is, as targets name it; `None` for a month, a span or a moment."""
    return int(time) if len(time) == YEAR_DIGITS else None


def span_of_total(target: Target) -> tuple[int, int] | None:
    """First and last year of a target that is a flow's total over several."""
    at = target.target.at if target.target is not None else None
    if at is None or at.kind != "span" or target.indicator.kind != "flow":
        return None
    return span_of_years(at)


def span_of_years(time: Time) -> tuple[int, int]:
    """First and last year of a span."""
    assert time.start is not None
    assert time.end is not None
    return time.start // 12, time.end // 12 - 1


def _preference(target: Target, year: str) -> tuple[bool, ...]:
    has_number = target.target is not None and target.target.measure is not None
    beside = target.base is not None and target.base.section == target.figure.section
    is_of_year = len(target.due) == YEAR_DIGITS, target.due == year
    return has_number, *is_of_year, has_number and beside, has_number and target.stated is not None


def _with_stated(target: Target, same: Iterable[Target]) -> Target:
    times = target.start, target.due
    stated = (each.stated for each in (target, *same) if (each.start, each.due) == times)
    known = next((each for each in stated if each is not None and each.measure is not None), target.stated)
    return target._replace(stated=known)


def _printed(figures: Iterable[Figure], target: Target) -> Iterator[tuple[Figure, tuple[bool, int]]]:
    """The levels printed of the target's quantity, at the prices of the same year, each with how exact it is."""
    key = target.figure.quantity
    for each in figures:
        if each.kind != "level" or each.measure is None or each.each_year is not None:
            continue
        at_same_prices = each.row.price_year == target.figure.row.price_year
        if each.quantity == key and at_same_prices:
            numeral = each.measure.numeral
            yield each, (numeral.bound is None, numeral.step.denominator)


def printed_base(figures: Iterable[Figure], target: Target) -> Figure | None:
    """The level printed for the target's start: of its own row, else of its section, else with most digits."""
    own = target.figure
    found = (
        ((each.row_id == own.row_id, each.section == own.section, exactness), each)
        for each, exactness in _printed(figures, target)
        if each.due.text == target.start
    )
    return max(found, key=itemgetter(0), default=(None, None))[1]


def printed_levels(figures: Iterable[Figure], target: Target) -> tuple[Figure, ...]:
    """What is printed of the target's quantity at whole years, by year: one number a year, most exact.

    The path's own base and target stand for their years.
    """
    ours = {figure.id for figure in target.figures}
    found: dict[int, tuple[tuple[bool, tuple[bool, int]], Figure]] = {}
    for figure, exactness in _printed(figures, target):
        if figure.at is not None and (year := figure.at.year) is not None:
            ranked = (figure.id in ours, exactness), figure
            found[year] = max(found.get(year, ranked), ranked, key=itemgetter(0))
    return tuple(found[year][1] for year in sorted(found))
