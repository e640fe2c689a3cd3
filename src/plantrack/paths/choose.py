"""Which of a plan's targets a path follows, and what else the plan prints of that quantity."""

from __future__ import annotations

from operator import itemgetter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from plantrack.audit import Target
    from plantrack.numbers.numeral import Numeral
    from plantrack.plan.figures import Figure

YEAR_DIGITS = 4
Quantity = tuple[str, str, str]
"""Indicator, place and scope."""


def followed_targets(targets: Sequence[Target], year: str) -> list[Target]:
    """For each quantity the target to follow: a number, for the plan's target year, beside its base.

    What is stated of the way in another row of the same quantity and time goes with it.
    """
    best: dict[Quantity, Target] = {}
    for target in targets:
        key = quantity_of(target.figure)
        if key not in best or _preference(target, year) > _preference(best[key], year):
            best[key] = target
    return [_with_stated(each, targets) for each in best.values()]


def year_of(time: str) -> int | None:
    """The year that a time is, as targets name it; `None` for a month, a span or a moment."""
    return int(time) if len(time) == YEAR_DIGITS else None


def quantity_of(figure: Figure) -> Quantity:
    return figure.indicator, figure.place, figure.row.scope or ""


def _preference(target: Target, year: str) -> tuple[bool, ...]:
    has_number = target.target is not None and target.target.measure is not None
    beside = target.base is not None and target.base.section == target.figure.section
    return (
        has_number,
        len(target.due) == YEAR_DIGITS,
        target.due == year,
        has_number and beside,
        has_number and target.stated is not None,
    )


def _with_stated(target: Target, targets: Sequence[Target]) -> Target:
    if target.stated is not None and target.stated.measure is not None:
        return target
    key = quantity_of(target.figure), target.start, target.due
    others = (each.stated for each in targets if (quantity_of(each.figure), each.start, each.due) == key)
    stated = next((each for each in others if each is not None and each.measure is not None), None)
    return target if stated is None else target._replace(stated=stated)


def _printed(figures: Iterable[Figure], target: Target) -> Iterator[tuple[Figure, Numeral]]:
    """The levels printed of the target's quantity, whatever the price basis of its growth."""
    key = quantity_of(target.figure)
    for each in figures:
        if each.kind == "level" and each.measure is not None and quantity_of(each) == key:
            yield each, each.measure.numeral


def printed_base(figures: Iterable[Figure], target: Target) -> Figure | None:
    """The level printed for the time that the target starts from.

    Of the target's own row, else of its section, else with most digits.
    """
    own = target.figure
    found = (
        ((each.row_id == own.row_id, each.section == own.section, *_exactness(numeral)), each)
        for each, numeral in _printed(figures, target)
        if each.due.text == target.start
    )
    _, base = max(found, key=itemgetter(0), default=(None, None))
    return base


def printed_levels(figures: Iterable[Figure], target: Target) -> tuple[Figure, ...]:
    """What is printed of the target's quantity at whole years: one number a year, by year.

    The path's own base and target stand for their years; otherwise the number with most digits.
    """
    ours = {figure.id for figure in target.figures}
    found: dict[int, tuple[tuple[bool, bool, int], Figure]] = {}
    for figure, numeral in _printed(figures, target):
        if figure.at is not None and (year := figure.at.year) is not None:
            rank = figure.id in ours, *_exactness(numeral)
            if year not in found or rank > found[year][0]:
                found[year] = rank, figure
    return tuple(found[year][1] for year in sorted(found))


def _exactness(numeral: Numeral) -> tuple[bool, int]:
    """Whether it is a number and no bound, and how many digits it has: more is more exact."""
    return numeral.bound is None, numeral.step.denominator
