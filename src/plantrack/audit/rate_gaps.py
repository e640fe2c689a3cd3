"""Growth that is so many points above other growth over several years: the yearly rates are compared.

Over several years the ratio of levels is a power of the rate, so that the gap between two rates is no sum
of columns: it is decided from what is printed of both rates.
"""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING

from plantrack.audit.exclusions import Exclusion, Figures
from plantrack.language import fixed, listing, text
from plantrack.solver.roots import root_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from plantrack.audit.exclusions import Intervals
    from plantrack.audit.statements import Statement
    from plantrack.audit.system import System
    from plantrack.numbers.interval import Interval
    from plantrack.solver.constraints import Tie
    from plantrack.solver.variables import Column

    Side = tuple[Statement, ...]


def rate_gaps(system: System) -> list[Exclusion]:
    """For each comparison of rates by an amount the printed rates that break it, the farthest off."""
    found = (_broken(statement, tie, system) for statement, tie in _gaps(system))
    return [each for each in found if each is not None]


def gaps_of_rates(system: System) -> set[str]:
    """Ids of the comparisons of rates by an amount: that they hold is not decided by laws."""
    return {statement.id for statement, _ in _gaps(system)}


def compared_rates(system: System) -> set[str]:
    """Ids of the comparisons both rates of which are printed, and of these rates."""
    return {
        each.id
        for statement, tie in _gaps(system)
        for this, other in _pairs(tie, system)
        for each in (statement, *this, *other)
    }


def _gaps(system: System) -> Iterator[tuple[Statement, Tie]]:
    ties = {tie.slack: tie for tie in system.ties if tie.slack is not None}
    for column, statements in system.statements.items():
        tie = ties.get(column)
        if tie is not None:
            yield from ((each, tie) for each in statements if has_gap_of_rates(each))


def has_gap_of_rates(statement: Statement) -> bool:
    """Whether it tells by how many points yearly growth over several years differs from other growth."""
    figure = statement.figure
    relation = figure.relation
    several = figure.kind == "growth" and figure.years != 1
    return several and relation is not None and relation.to is not None and relation.gap is not None


def _pairs(tie: Tie, system: System) -> Iterator[tuple[Side, Side]]:
    """What tells the rates of both sides."""
    this, other = (_sides(column, system) for column, _ in tie.terms[:2])
    return product(this, other)


def _sides(column: Column, system: System) -> list[Side]:
    """The figures that tell a rate: one printed, or the levels at the ends of its span."""
    told = [each for each in system.statements.get(column, ()) if each.figure.measure is not None]
    levels = (system.statements.get(column.level(number), ()) for number in (0, 1))
    return [(each,) for each in told] + [
        pair for pair in product(*levels) if all(each.interval.is_positive for each in pair)
    ]


def _ratio(side: Side, given: Intervals) -> Interval:
    """End over start."""
    ends = [given[each] for each in side]
    return ends[0] if len(ends) == 1 else ends[1].times(ends[0].reciprocal())


def _broken(gap: Statement, tie: Tie, system: System) -> Exclusion | None:
    broken = [
        exclusion
        for this, other in _pairs(tie, system)
        if (exclusion := _exclusion(gap, this, other, system)).side() == 1
    ]
    return next(iter(broken), None)


def _exclusion(gap: Statement, this: Side, other: Side, system: System) -> Exclusion:
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
        statements=figures.statements,
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
    first, last = side[0].column, side[-1].column
    return first.name if len(side) == 1 else first._replace(times=(first.times[0], last.times[0])).name


def _points(this: Side, other: Side, years: int) -> str:
    """How far the rates are apart, by the printed values."""
    rates = []
    for side in (this, other):
        values = [each.nominal or 1.0 for each in side]
        rates.append((values[-1] / (values[0] if len(values) > 1 else 1.0)) ** (1 / years))
    return fixed(100 * (rates[0] - rates[1]), 2)
