"""Targets without a number: comparisons with another quantity, and directions."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from plantrack.language import Text, text
from plantrack.track.status import is_within

if TYPE_CHECKING:
    from collections.abc import Mapping

    from plantrack.audit import Target
    from plantrack.numbers.interval import Interval
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
    found = _compared(relation, situation, situation.actual.interval, situation.base)
    return found._replace(status="off") if found.status == "behind" else found


_ROUNDING = text("rounding does not let the two be told apart")
_OPEN = text("the other side is only known as a bound")


def _judge_comparison(relation: Relation, situation: Situation) -> Verdict:
    other = _other(relation, situation, situation.actual.year)
    if other is None:
        return _unknown(relation, situation.actual.year)
    interval, gap = other.interval, relation.gap
    if gap is not None:
        interval = interval.plus(gap if relation.operator in {"above", "at_least"} else gap.negated())
    return _compared(relation, situation, situation.actual.interval, interval)._replace(other=other)


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
    grown, theirs = situation.actual.interval.over(base), other.interval.over(before.interval)
    return _compared(relation, situation, grown, theirs)._replace(other=other)


def _compared(relation: Relation, situation: Situation, ours: Interval, other: Interval) -> Verdict:
    """Whether our side less the other is what the relation asks for, whatever the rounding of both."""
    asked = relation._replace(gap=None).between
    difference = ours.plus(other.negated())
    if is_within(difference, asked):
        return Verdict("met")
    if not difference.overlaps(asked):
        due = situation.target.due
        return Verdict("missed" if due.isdigit() and situation.actual.year >= int(due) else "behind")
    return Verdict("undetermined", _OPEN if other.low is None or other.high is None else _ROUNDING)


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
