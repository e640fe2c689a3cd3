"""Growth that is so many points above other growth over several years: the yearly rates are compared.

Over several years the ratio of levels is a power of the rate, so that the gap between two rates is no sum
of variables: it is decided from what is printed of both rates.
"""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING

from plantrack.audit.exclusions import Exclusion, Figures
from plantrack.language import fixed, listing, text
from plantrack.solver.roots import root_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from plantrack.audit.bounds import PrintedBound
    from plantrack.audit.constraint_system import ConstraintSystem
    from plantrack.audit.exclusions import Intervals
    from plantrack.numbers.interval import Interval
    from plantrack.solver.constraints import Constraint
    from plantrack.solver.variables import Variable

    Side = tuple[PrintedBound, ...]


def rate_gaps(system: ConstraintSystem) -> list[Exclusion]:
    """For each comparison of rates by an amount the printed rates that break it, the farthest off."""
    found = (_broken(bound, constraint, system) for bound, constraint in _gaps(system))
    return [each for each in found if each is not None]


def gaps_of_rates(system: ConstraintSystem) -> set[str]:
    """Ids of the comparisons of rates by an amount: that they hold is not decided by laws."""
    return {bound.id for bound, _ in _gaps(system)}


def compared_rates(system: ConstraintSystem) -> set[str]:
    """Ids of the comparisons both rates of which are printed, and of these rates."""
    return {
        each.id
        for bound, constraint in _gaps(system)
        for this, other in _pairs(constraint, system)
        for each in (bound, *this, *other)
    }


def _gaps(system: ConstraintSystem) -> Iterator[tuple[PrintedBound, Constraint]]:
    constraints = {each.slack: each for each in system.constraints if each.slack is not None}
    for variable, bounds in system.bounds.items():
        constraint = constraints.get(variable)
        if constraint is not None:
            yield from ((each, constraint) for each in bounds if has_gap_of_rates(each))


def has_gap_of_rates(bound: PrintedBound) -> bool:
    """Whether it tells by how many points yearly growth over several years differs from other growth."""
    figure = bound.figure
    relation = figure.relation
    several = figure.kind == "growth" and figure.years != 1
    return several and relation is not None and relation.to is not None and relation.gap is not None


def _pairs(constraint: Constraint, system: ConstraintSystem) -> Iterator[tuple[Side, Side]]:
    """What tells the rates of both sides."""
    this, other = (_sides(variable, system) for variable, _ in constraint.terms[:2])
    return product(this, other)


def _sides(variable: Variable, system: ConstraintSystem) -> list[Side]:
    """The figures that tell a rate: one printed, or the levels at the ends of its span."""
    reported = [each for each in system.bounds.get(variable, ()) if each.figure.measure is not None]
    levels = (system.bounds.get(variable.level(number), ()) for number in (0, 1))
    return [(each,) for each in reported] + [
        pair for pair in product(*levels) if all(each.interval.is_positive for each in pair)
    ]


def _ratio(side: Side, given: Intervals) -> Interval:
    """End over start."""
    ends = [given[each] for each in side]
    return ends[0] if len(ends) == 1 else ends[1].times(ends[0].reciprocal())


def _broken(gap: PrintedBound, constraint: Constraint, system: ConstraintSystem) -> Exclusion | None:
    broken = [
        exclusion
        for this, other in _pairs(constraint, system)
        if (exclusion := _exclusion(gap, this, other, system)).side() == 1
    ]
    return next(iter(broken), None)


def _exclusion(gap: PrintedBound, this: Side, other: Side, system: ConstraintSystem) -> Exclusion:
    relation, years = gap.figure.relation, gap.figure.years
    assert relation is not None
    assert years is not None
    between = relation.between.closure()

    def is_excluded(given: Intervals) -> bool:
        rates = [root_of(_ratio(side, given), years) for side in (this, other)]
        return not rates[0].plus(rates[1].negated()).overlaps(between)

    figures = Figures((gap, *this, *other))
    said = figures.named(system)
    rates = listing(*said[1 : 1 + len(this)]), listing(*said[1 + len(this) :])
    return Exclusion(
        bounds=figures.bounds,
        is_excluded=is_excluded,
        code="comparison-conflict",
        says=text(
            "{this} is not {relation}, {other}: the yearly rates are {gap} points apart",
            this=rates[0],
            relation=relation.words,
            other=rates[1],
            gap=_points(this, other, years),
        ),
        identity=" - ".join(f"growth[{_name(side)}]" for side in (this, other)) + f" = {gap.id}",
    )


def _name(side: Side) -> str:
    """The span that figures tell the rate of."""
    first, last = side[0].variable, side[-1].variable
    return first.name if len(side) == 1 else first._replace(times=(first.times[0], last.times[0])).name


def _points(this: Side, other: Side, years: int) -> str:
    """How far the rates are apart, by the printed values."""
    rates = []
    for side in (this, other):
        values = [each.printed.floats()[0] or 1.0 for each in side]
        rates.append((values[-1] / (values[0] if len(values) > 1 else 1.0)) ** (1 / years))
    return fixed(100 * (rates[0] - rates[1]), 2)
