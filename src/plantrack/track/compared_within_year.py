"""Comparisons within a year: both sides at the same months, growth since January against growth since January."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from plantrack.language import text
from plantrack.numbers.periods import YEAR_END
from plantrack.plan.actuals import of_quantity, time_words
from plantrack.track.relations import Situation, judge_months, other_side
from plantrack.track.within_year import NOT_FROM_JANUARY, WithinYear, since_january

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from plantrack.plan.actuals import Actual, Kind
    from plantrack.plan.catalogue import Catalogue
    from plantrack.plan.relations import Relation
    from plantrack.track.progress import Progress
    from plantrack.track.within_year import Sort


def compared_within_year(
    row: Progress, relation: Relation, parts: Sequence[Actual], catalogue: Catalogue
) -> WithinYear | None:
    """What the months of the latest year say of a comparison or a direction; `None` where there are none.

    Of months that both sides have the latest count. Levels are indicative: months and seasons differ.
    """
    path, is_of_growth = row.path, row.target.figure.kind != "level" and relation.to is not None
    quantity = path.indicator_id, path.place
    given = [each for each in parts if (each.indicator, each.place) == quantity]
    year = _year_under_way(row, given)
    if year is None:
        return None
    sort: Sort = "growth" if is_of_growth else _sort_of(row)
    ours = _months(parts, quantity, year, sort)
    if not ours:
        why = _NO_GROWTH if is_of_growth else NOT_FROM_JANUARY
        return WithinYear(sort, [each for each in given if each.year == year][-1], why=why)
    name, place, offset = other_side(relation, row.target, catalogue)
    theirs = _months(parts, (name, place), year - offset, sort) if relation.to is not None else {}
    latest = max({*ours} & {*theirs} or ours)
    found = WithinYear(
        sort,
        ours[latest],
        share=Fraction(latest, YEAR_END),
        is_indicative=sort != "growth",
        relation=relation,
        other=theirs.get(latest),
    )
    return _judged(found, row, relation, (name, place, year - offset), catalogue)


def _judged(
    found: WithinYear, row: Progress, relation: Relation, against: tuple[str, str, int], catalogue: Catalogue
) -> WithinYear:
    """What is found with its status, or why it has none; `against` is the other side's quantity and year."""
    name, place, year = against
    actual, other = found.actual, found.other
    if relation.to is not None and other is None:
        side, time = relation.other or relation.to, time_words(year, actual.months)
        return found._replace(why=text("{other} is not known for {time}", other=side, time=time))
    if relation.to is None and found.sort == "flow":
        return found._replace(why=text("a direction is held against whole years"))
    lookup = {(name, place): {year: other}} if other is not None else {}
    judged = judge_months(relation, Situation(row.target, actual, row.path.first, lookup, catalogue))
    return found._replace(status=judged.status, why=judged.why)


_NO_GROWTH = text("growth is compared by the growth since January (累计同比) of both sides")


def _sort_of(row: Progress) -> Sort:
    return "flow" if row.path.indicator.kind == "flow" else "level"


def _year_under_way(row: Progress, given: Sequence[Actual]) -> int | None:
    """The latest year of which months are given and no value of its own, if the target's years have it."""
    years = {each.year for each in given} - {each.year for each in row.actuals}
    return max(years) if years and _is_under_way(row, max(years)) else None


def _is_under_way(row: Progress, year: int) -> bool:
    start, due = row.target.start, row.target.due
    return (not start.isdigit() or year > int(start)) and (not due.isdigit() or year <= int(due))


def _months(
    parts: Sequence[Actual], quantity: tuple[str, str], year: int, sort: Sort
) -> Mapping[int, Actual]:
    """The last month -> what is given for the year by then; of flows and of growth since January."""
    kind: Kind = "growth" if sort == "growth" else "level"
    given = [each for each in of_quantity(parts, *quantity, kind) if each.year == year]
    if sort == "flow":
        return since_january(given)
    ends = ((each.months or (1, YEAR_END), each) for each in given)
    return {last: each for (first, last), each in ends if sort == "level" or first == 1}
