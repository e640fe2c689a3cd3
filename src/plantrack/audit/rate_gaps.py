"""Growth that is so many points above other growth over several years: the yearly rates are compared.

Over several years the ratio of levels is a power of the rate, so that the gap between two rates is no sum
of columns: it is decided from what is printed of both rates.
"""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING

from plantrack.audit.exclusions import Exclusion, Figures
from plantrack.audit.roots import root_of
from plantrack.language import fixed, text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from plantrack.audit.columns import Column, Tie
    from plantrack.audit.exclusions import Intervals
    from plantrack.audit.statements import Statement
    from plantrack.audit.system import System


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
        for each in (statement, this, other)
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


def _pairs(tie: Tie, system: System) -> Iterator[tuple[Statement, Statement]]:
    """The rates printed on both sides."""
    sides = (_rates(column, system) for column, _ in tie.terms[:2])
    return product(*sides)  # type: ignore[return-value]


def _rates(column: Column, system: System) -> list[Statement]:
    """Yearly rates with a number, so that a rate is all that is known of both sides."""
    return [
        each
        for each in system.statements.get(column, ())
        if each.figure.kind == "growth" and each.figure.measure is not None
    ]


def _broken(gap: Statement, tie: Tie, system: System) -> Exclusion | None:
    broken = [
        exclusion
        for this, other in _pairs(tie, system)
        if (exclusion := _exclusion(gap, this, other, system)).side() == 1
    ]
    return next(iter(broken), None)


def _exclusion(gap: Statement, this: Statement, other: Statement, system: System) -> Exclusion:
    relation, years = gap.figure.relation, gap.figure.years
    assert relation is not None
    assert years is not None
    between = relation.between.closure()

    def is_excluded(given: Intervals) -> bool:
        rates = [root_of(given[each], years) for each in (this, other)]
        return not rates[0].plus(rates[1].negated()).overlaps(between)

    figures = Figures((gap, this, other))
    said = figures.named(system)
    return Exclusion(
        statements=figures.statements,
        is_excluded=is_excluded,
        code="comparison-conflict",
        says=text(
            "{this} is not {relation}, {other}: the yearly rates are {gap} points apart",
            this=said[1],
            relation=relation.words,
            other=said[2],
            gap=_points(this, other),
        ),
        identity=f"growth[{this.column.name}] - growth[{other.column.name}] = {gap.id}",
    )


def _points(this: Statement, other: Statement) -> str:
    """How far the printed rates are apart."""
    assert this.figure.measure is not None
    assert other.figure.measure is not None
    apart = 100 * (this.figure.measure.value - other.figure.measure.value)
    return fixed(float(apart), 2)
