"""Targets without a number: comparisons with another quantity, and directions."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from plantrack.language import Text, text
from plantrack.numbers.interval import Interval
from plantrack.track.status import is_within

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from fractions import Fraction

    from plantrack.audit import Target
    from plantrack.plan.actuals import Actual
    from plantrack.plan.catalogue import Catalogue
    from plantrack.plan.measures import Relation
    from plantrack.track.progress import Status

    Lookup = Mapping[tuple[str, str], Mapping[int, Actual]]


class Verdict(NamedTuple):
    """A status with its reason, and the other side where there is one."""

    status: Status
    why: Text | None = None
    other: Actual | None = None


class Situation(NamedTuple):
    """What a target without a number is judged by: the latest actual, the base, all actuals."""

    target: Target
    actual: Actual
    base: Interval | None
    lookup: Lookup
    catalogue: Catalogue


def relation_of(target: Target) -> Relation | None:
    """What the target says instead of a number: the comparison or direction that leads."""
    figures = (target.target, target.stated, target.figure)
    return next((each.relation for each in figures if each is not None and each.relation is not None), None)


def judge_relation(relation: Relation, situation: Situation) -> Verdict:
    """Whether what is asked for holds of the latest actual; *off* is a direction turned round."""
    if relation.to is None:
        return _judge_direction(relation, situation)
    if situation.target.figure.kind != "level":
        return _judge_growth(relation, situation)
    return _judge_comparison(relation, situation)


def _judge_direction(relation: Relation, situation: Situation) -> Verdict:
    if situation.base is None:
        return Verdict("undetermined", text("no base is printed for {time}", time=situation.target.start))
    found = _compared(relation, situation, situation.base)
    return found._replace(status="off") if found.status == "behind" else found


_ROUNDING = text("rounding does not let the two be told apart")
_OPEN = text("the other side is only known as a bound")


def _above(interval: Interval) -> Interval | None:
    """What is above every number of it."""
    return None if interval.high is None else _half_line(interval.high, interval.high_closed, up=True)


def _below(interval: Interval) -> Interval | None:
    return None if interval.low is None else _half_line(interval.low, interval.low_closed, up=False)


def _half_line(end: Fraction, belongs: bool, *, up: bool) -> Interval:  # noqa: FBT001 - read by position
    if up:
        return Interval.above(end) if belongs else Interval.at_least(end)
    return Interval.below(end) if belongs else Interval.at_most(end)


def _not_below(interval: Interval) -> Interval | None:
    return None if interval.high is None else Interval.at_least(interval.high)


def _not_above(interval: Interval) -> Interval | None:
    return None if interval.low is None else Interval.at_most(interval.low)


_DIRECTIONS: dict[str, Callable[[Interval], Interval | None]] = {
    "up": _above,
    "down": _below,
    "not up": _not_above,
    "not down": _not_below,
    "above": _above,
    "below": _below,
    "at_most": _not_above,
    "at_least": _not_below,
}
"""Direction or comparison -> the values it asks for, whatever the other side rounds."""


def _is_due(situation: Situation) -> bool:
    return situation.target.due.isdigit() and situation.actual.year >= int(situation.target.due)


def _judge_comparison(relation: Relation, situation: Situation) -> Verdict:
    other = _other(relation, situation, situation.actual.year)
    if other is None:
        return _unknown(relation, situation.actual.year)
    interval, gap = other.interval, relation.gap
    if gap is not None:
        interval = interval.plus(gap if relation.operator in {"above", "at_least"} else gap.negated())
    return _compared(relation, situation, interval)._replace(other=other)


def _judge_growth(relation: Relation, situation: Situation) -> Verdict:
    """Growth since the base, of both sides; both must have an actual or a print for the base year."""
    start = situation.target.start
    other = _other(relation, situation, situation.actual.year)
    before = _other(relation, situation, int(start)) if start.isdigit() else None
    base = situation.base
    if other is None or before is None:
        return _unknown(relation, situation.actual.year if other is None else int(start))
    if base is None:
        return Verdict("undetermined", text("no base is printed for {time}", time=start))
    if not all(each.is_positive for each in (base, before.interval, situation.actual.interval)):
        return Verdict("undetermined", text("growth is compared of what is above zero only"))
    grown = situation._replace(actual=_grown(situation.actual, base))
    return _compared(relation, grown, other.interval.over(before.interval))._replace(other=other)


def _grown(actual: Actual, base: Interval) -> Actual:
    measure = replace(actual.measure, derived=actual.interval.over(base))
    return actual._replace(measure=measure)


def _compared(relation: Relation, situation: Situation, interval: Interval) -> Verdict:
    asked = _DIRECTIONS[relation.operator](interval)
    if asked is not None and is_within(situation.actual.interval, asked):
        return Verdict("met")
    against = _DIRECTIONS[_OPPOSITES[relation.operator]](interval)
    if against is not None and is_within(situation.actual.interval, against):
        return Verdict("missed" if _is_due(situation) else "behind")
    return Verdict("undetermined", _OPEN if asked is None or against is None else _ROUNDING)


_OPPOSITES = {
    "above": "at_most",
    "below": "at_least",
    "at_most": "above",
    "at_least": "below",
    "up": "not up",
    "down": "not down",
    "not up": "up",
    "not down": "down",
}


def _other(relation: Relation, situation: Situation, year: int) -> Actual | None:
    assert relation.to is not None
    name, _, place = relation.to.partition("@")
    if place == "parent":
        own = situation.catalogue.places.get(situation.target.figure.place)
        place = (own.parent or "") if own is not None else ""
    return situation.lookup.get((name, place or situation.target.figure.place), {}).get(year)


def _unknown(relation: Relation, year: int) -> Verdict:
    return Verdict(
        "undetermined",
        text("{other} is not known for {time}", other=relation.other or relation.to, time=year),
    )
