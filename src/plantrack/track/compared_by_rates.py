"""Growth against another's growth (高于经济增速), by the rates that are published for the same years of both sides."""

from __future__ import annotations

import math
from fractions import Fraction
from typing import TYPE_CHECKING

from plantrack.language import text
from plantrack.numbers.interval import logarithm
from plantrack.plan.actuals import of_quantity
from plantrack.track.relations import IN_STEP, Situation, Verdict, compared, other_side, relation_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from plantrack.audit import Target
    from plantrack.language import Text
    from plantrack.plan.actuals import Actual
    from plantrack.plan.catalogue import Catalogue
    from plantrack.plan.relations import Relation
    from plantrack.track.progress import Progress


def compared_by_rates(
    row: Progress, actuals: Sequence[Actual], catalogue: Catalogue, year: int
) -> Progress | None:
    """A row judged as of a year by the geometric means of both sides; `None` where none is asked for or known.

    Rates published are at one price basis, levels are not: where both are given, rates count.
    """
    target, relation = row.target, relation_of(row.target)
    is_of_years = target.start.isdigit() and target.due.isdigit() and target.figure.kind == "growth"
    if relation is None or relation.to is None or not is_of_years:
        return None
    span = range(int(target.start) + 1, int(target.due) + 1)
    ours, others = _known_of_both(target, other_side(relation, target, catalogue), actuals, span)
    if not ours or min(each.value for each in (*ours, *others)) <= -1:
        return None
    means = _mean(ours), _mean(others)
    missing = ours[-1].year - int(target.start) - len(ours)
    known_years = text("{known} of {all} years are known", known=len(ours), all=len(ours) + missing)
    row = row._replace(
        actual=ours[-1], rates=tuple(ours), notes=(_told(*means), *[known_years] * (missing > 0))
    )
    if year > span[-1] > ours[-1].year:
        return row._replace(why=text("{due} is past, and no actual is given for it", due=span[-1]))
    if missing and ours[-1].year == span[-1]:
        return row._replace(why=known_years, notes=row.notes[:1])
    situation = Situation(target, ours[-1], None, {}, catalogue)
    difference = _grown(ours) - _grown(others)
    if relation.gap is not None:
        difference = Fraction(means[0]) - Fraction(means[1])
    found = _judged(relation, situation, difference)
    return row._replace(status=found.status, why=found.why)


def _known_of_both(
    target: Target, other: tuple[str, str, int], actuals: Sequence[Actual], span: range
) -> tuple[list[Actual], list[Actual]]:
    """The growth of a target's quantity and of the other, in the years of a span that both are known of."""
    name, place, offset = other
    theirs = {each.year + offset: each for each in of_quantity(actuals, name, place, "growth")}
    known = of_quantity(actuals, target.figure.indicator, target.figure.place, "growth")
    ours = [each for each in known if each.year in span and each.year in theirs]
    return ours, [theirs[each.year] for each in ours]


def _judged(relation: Relation, situation: Situation, difference: Fraction) -> Verdict:
    if relation.operator == "in_step":
        return Verdict("undetermined", IN_STEP)
    return compared(relation, situation, difference)


def _grown(rates: Sequence[Actual]) -> Fraction:
    return math.prod((1 + each.measure.value for each in rates), start=Fraction(1))


def _mean(rates: Sequence[Actual]) -> float:
    return math.expm1(sum(logarithm(1 + each.measure.value) for each in rates) / len(rates))


def _told(*means: float) -> Text:
    ours, theirs = (f"{100 * each:.2f}%" for each in means)
    return text(
        "{ours} a year against {theirs}, both means (geometric) of what is published",
        ours=ours,
        theirs=theirs,
    )
