"""Growth that is so many points above other growth over several years: the yearly rates are compared.

Over several years the ratio of levels is a power of the rate, so that the gap between two rates is no sum
of variables: it is decided from what is printed of both rates.
"""

from __future__ import annotations

from itertools import islice, product
from typing import TYPE_CHECKING

from plantrack.audit.coverage import is_gap_of_rates
from plantrack.audit.exclusions import Exclusion
from plantrack.audit.wording import named
from plantrack.language import fixed, listing, text
from plantrack.solver.roots import root_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from collections.abc import Set as AbstractSet

    from plantrack.audit.bounds import PrintedBound
    from plantrack.audit.constraint_system import ConstraintSystem
    from plantrack.audit.exclusions import Intervals
    from plantrack.numbers.interval import Interval
    from plantrack.solver.variables import Variable

    Side = tuple[PrintedBound, ...]


def rate_gaps(system: ConstraintSystem) -> Iterator[Exclusion]:
    """For each comparison of rates by an amount the first printed rates that break it."""
    for gap, pairs in _compared(system):
        exclusions = (_exclusion(gap, *pair, system) for pair in pairs)
        yield from islice((each for each in exclusions if each.side() == 1), 1)


def reached_with_gaps(reached: AbstractSet[str], system: ConstraintSystem) -> AbstractSet[str]:
    """Ids of the figures that laws reach, and of comparisons of rates and these rates where both are printed."""
    compared = list(_compared(system))
    rates = {each.id for gap, pairs in compared for this, other in pairs for each in (gap, *this, *other)}
    return reached - {gap.id for gap, _ in compared} | rates


def _compared(system: ConstraintSystem) -> Iterator[tuple[PrintedBound, list[tuple[Side, Side]]]]:
    constraints = {each.slack: each for each in system.constraints if each.slack is not None}
    for variable, bounds in system.bounds.items():
        for gap in bounds if variable in constraints else ():
            if is_gap_of_rates(gap.figure):
                this, other = (_sides(each, system) for each, _ in constraints[variable].terms[:2])
                yield gap, list(product(this, other))


def _sides(variable: Variable, system: ConstraintSystem) -> list[Side]:
    """The figures that tell a rate: one printed, or the levels at the ends of its span."""
    levels = product(*(system.bounds.get(variable.level(number), ()) for number in (0, 1)))
    sides: list[Side] = [
        (each,) for each in system.bounds.get(variable, ()) if each.figure.measure is not None
    ]
    return sides + [pair for pair in levels if all(each.interval.is_positive for each in pair)]


def _exclusion(gap: PrintedBound, this: Side, other: Side, system: ConstraintSystem) -> Exclusion:
    relation, years = gap.figure.relation, gap.figure.years
    assert relation is not None
    assert years is not None
    between = relation.between.closure()

    def rate(side: Side, given: Intervals) -> Interval:
        start, *end = (given[each] for each in side)
        return root_of(end[0].times(start.reciprocal()) if end else start, years)

    def points(side: Side) -> float:
        start, *end = (each.nominal or 1.0 for each in side)
        return float((end[0] / start if end else start) ** (1 / years))

    said = named((gap, *this, *other), system)
    return Exclusion(
        bounds=(gap, *this, *other),
        is_excluded=lambda given: not rate(this, given).plus(rate(other, given).negated()).overlaps(between),
        code="comparison-conflict",
        says=text(
            "{this} is not {relation}, {other}: the yearly rates are {gap} points apart",
            this=listing(*said[1 : 1 + len(this)]),
            relation=relation.words,
            other=listing(*said[1 + len(this) :]),
            gap=fixed(100 * (points(this) - points(other)), 2),
        ),
        identity=" - ".join(f"growth[{_name(side)}]" for side in (this, other)) + f" = {gap.id}",
    )


def _name(side: Side) -> str:
    first, last = side[0].variable, side[-1].variable
    return first.name if len(side) == 1 else first._replace(times=(first.times[0], last.times[0])).name
