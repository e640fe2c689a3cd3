"""Targets without a number: comparisons with another quantity, and directions."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, NamedTuple

from plantrack.language import Text, text
from plantrack.numbers.growth import implied_rate
from plantrack.plan.citing import in_words
from plantrack.plan.model import LAST_YEAR

if TYPE_CHECKING:
    from collections.abc import Mapping

    from plantrack.audit import Target
    from plantrack.numbers.interval import Interval
    from plantrack.plan.actuals import Actual
    from plantrack.plan.catalogue import Catalogue
    from plantrack.plan.measures import Measure
    from plantrack.plan.relations import Operator, Relation
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
    base: Measure | None
    lookup: Lookup
    catalogue: Catalogue


def relation_of(target: Target) -> Relation | None:
    """What the target says instead of a number: the comparison or direction that leads."""
    figures = (target.target, target.stated, target.figure)
    return next((each.relation for each in figures if each is not None and each.relation is not None), None)


def judge_relation(relation: Relation, situation: Situation) -> Verdict:
    """Whether what is asked for holds of the latest actual, at its number."""
    if relation.operator == "assigned":
        return Verdict(
            "undetermined", text("{other} assigns the number, which is not known yet", other=relation.other)
        )
    if relation.operator == "in_step":
        return _beside(relation, situation)
    if relation.to is None:
        return _judge_direction(relation, situation)
    if situation.target.figure.kind != "level":
        return _judge_growth(relation, situation)
    return _judge_comparison(relation, situation)


def judge_months(relation: Relation, situation: Situation) -> Verdict:
    """The same of months before the target year is over: both sides of growth are growth since January."""
    if relation.operator == "in_step":
        return Verdict("undetermined", IN_STEP)
    is_open = relation.operator == "assigned" or relation.to is None
    found = (judge_relation if is_open else _judge_comparison)(relation, situation)
    return found._replace(status=_BEFORE_THE_END.get(found.status, found.status))


_BEFORE_THE_END: dict[Status, Status] = {"met": "on the path", "missed": "behind"}
IN_STEP = text("how near “in step” is, nobody says: it is listed, and held against nothing")


def _beside(relation: Relation, situation: Situation) -> Verdict:
    """In step with another quantity: both growths a year where they are known, and no verdict."""
    start, base = situation.target.start, situation.base
    if relation.to is None or base is None or not start.isdigit() or situation.actual.year <= int(start):
        return Verdict("undetermined", IN_STEP)
    last, first = (_other(relation, situation, year) for year in (situation.actual.year, int(start)))
    ends = [base, situation.actual.measure, *(each.measure for each in (first, last) if each is not None)]
    if first is None or last is None or min(each.value for each in ends) <= 0:
        return Verdict("undetermined", IN_STEP)
    years = situation.actual.year - int(start)
    ours, theirs = (
        f"{100 * float(implied_rate(float(one.value), float(other.value), years)):.2f}%"
        for one, other in (ends[:2], ends[2:])
    )
    why = text(
        "how near “in step” is, nobody says: {ours} a year against {theirs}, both by their levels",
        ours=ours,
        theirs=theirs,
    )
    return Verdict("undetermined", why, last)


def _judge_direction(relation: Relation, situation: Situation) -> Verdict:
    if situation.base is None:
        return Verdict(
            "undetermined", text("no base is printed for {time}", time=in_words(situation.target.start))
        )
    return compared(relation, situation, situation.actual.measure.value - situation.base.value)


_OPEN = text("the other side is only known as a bound")


def _judge_comparison(relation: Relation, situation: Situation) -> Verdict:
    other = _other(relation, situation, situation.actual.year)
    if other is None:
        return _unknown(relation, situation.actual.year)
    if None in (other.interval.low, other.interval.high):
        return _beside_a_bound(relation, situation, other)
    return compared(relation, situation, situation.actual.measure.value - other.measure.value, other)


def _beside_a_bound(relation: Relation, situation: Situation, other: Actual) -> Verdict:
    """The other side is known as a bound: decided where whatever it is leaves no doubt."""
    asked = relation.between
    difference = other.interval.negated().shifted(situation.actual.measure.value)
    if difference.intersection(asked) == difference:
        return Verdict(_held(situation), other=other)
    if not difference.overlaps(asked):
        return Verdict(_broken(situation), other=other)
    return Verdict("undetermined", _OPEN, other)


def _judge_growth(relation: Relation, situation: Situation) -> Verdict:
    """Growth since the base, of both sides; both must have an actual or a print for the base year.

    A gap between growths a year is one between means of the years.
    """
    start = situation.target.start
    other = _other(relation, situation, situation.actual.year)
    before = _other(relation, situation, int(start)) if start.isdigit() else None
    base = situation.base
    if other is None or before is None:
        return _unknown(relation, situation.actual.year if other is None else int(start))
    if base is None:
        return Verdict("undetermined", text("no base is printed for {time}", time=in_words(start)))
    ours, theirs = situation.actual.measure.value, other.measure.value
    if min(base.value, before.measure.value, ours, theirs) <= 0:
        return Verdict("undetermined", text("growth is compared of what is above zero only"))
    grown, theirs = ours / base.value, theirs / before.measure.value
    if relation.gap is None or situation.target.figure.kind != "growth":
        return compared(relation, situation, grown - theirs, other)
    years = situation.actual.year - int(start)
    mean, other_mean = (float(implied_rate(1, float(each), years)) for each in (grown, theirs))
    return compared(relation, situation, Fraction(mean) - Fraction(other_mean), other)


def compared(
    relation: Relation, situation: Situation, difference: Fraction, other: Actual | None = None
) -> Verdict:
    """Whether our side less the other is what the relation asks for, both at their number."""
    asked = relation._replace(gap=None).between
    if relation.gap is not None:
        gap = _nominal(relation.gap)
        difference -= gap if relation.operator in {"above", "at_least"} else -gap
        asked = relation._replace(
            operator=_INCLUSIVE.get(relation.operator, relation.operator), gap=None
        ).between
    holds = asked.contains(difference)
    return Verdict(_held(situation) if holds else _broken(situation), other=other)


_INCLUSIVE: dict[Operator, Operator] = {"above": "at_least", "below": "at_most"}
"""A comparison by a printed gap is met where the gap is reached."""


def _nominal(gap: Interval) -> Fraction:
    """The number that a printed gap stands for: its only end, or the middle of what is printed so."""
    ends = [each for each in (gap.low, gap.high) if each is not None]
    return sum(ends, start=Fraction(0)) / max(len(ends), 1)


def _held(situation: Situation) -> Status:
    """What holds before the target year has to hold then, too."""
    return "met" if _is_over(situation) else "on the path"


def _broken(situation: Situation) -> Status:
    return "missed" if _is_over(situation) else "behind"


def _is_over(situation: Situation) -> bool:
    due = situation.target.due
    return due.isdigit() and situation.actual.year >= int(due)


def _other(relation: Relation, situation: Situation, year: int) -> Actual | None:
    name, place, offset = other_side(relation, situation.target, situation.catalogue)
    return situation.lookup.get((name, place), {}).get(year - offset)


def other_side(relation: Relation, target: Target, catalogue: Catalogue) -> tuple[str, str, int]:
    """The indicator and the place that a target is compared with, and how many years before."""
    figure = target.figure
    if relation.to is None or relation.to == LAST_YEAR:
        return figure.indicator, figure.place, int(relation.to == LAST_YEAR)
    name, _, place = relation.to.partition("@")
    if place == "parent":
        own = catalogue.places.get(figure.place)
        place = (own.parent or "") if own is not None else ""
    return name, place or figure.place, 0


def _unknown(relation: Relation, year: int) -> Verdict:
    return Verdict(
        "undetermined",
        text(
            "{other} is not known for {time}", other=relation.other or relation.to, time=in_words(str(year))
        ),
    )
