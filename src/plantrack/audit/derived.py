"""What printed figures imply for quantities that are not printed: GDP, population, earlier levels."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from plantrack.numbers.interval import to_float
from plantrack.solver.projection import implied_by

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from plantrack.audit.bounds import PrintedBound
    from plantrack.audit.constraint_system import ConstraintSystem
    from plantrack.numbers.interval import Interval
    from plantrack.solver.constraints import Constraint
    from plantrack.solver.variables import Variable

ROUNDS = 4
"""How often what was implied is used to imply more."""


class Latent(NamedTuple):
    """An unprinted level, the interval that figures leave for it, and these figures."""

    variable: Variable
    interval: Interval
    by: tuple[PrintedBound, ...]

    def __repr__(self) -> str:
        low, high = (
            None if end is None else to_float(end) for end in (self.interval.low, self.interval.high)
        )
        return f"<Latent {self.variable.indicator} {', '.join(self.variable.times)}: {low} to {high}>"


def implied_latents(system: ConstraintSystem) -> list[Latent]:
    """Unprinted levels that laws constraint to printed ones, in the order of variables.

    Where ways to imply one level exclude each other there is an entry for each, and none of them is
    used further: that is a contradiction, and reported as such.
    """
    known, by = _printed(system)
    found: dict[Variable, list[Latent]] = {}
    waiting: Sequence[Constraint] = system.constraints
    for _ in range(ROUNDS):
        fresh: dict[Variable, list[Latent]] = {}
        for constraint in waiting:
            for latent in _ways(constraint, known, by, system):
                if latent.variable not in found:
                    fresh.setdefault(latent.variable, []).append(latent)
        for variable, ways in fresh.items():
            found[variable] = merged = merged_ways(ways)
            if len(merged) == 1:
                known[variable], by[variable] = merged[0].interval, merged[0].by
        waiting = [each for each in system.constraints if not fresh.keys().isdisjoint(each.variables)]
    return [latent for variable in sorted(found) for latent in found[variable]]


class Growth(NamedTuple):
    """The mean growth a year that two intervals allow, fractions a year; floats, for showing and clearing."""

    low: float
    high: float


def growth_between(before: Interval, after: Interval, years: int) -> Growth | None:
    """The growth a year from one interval to the other; `None` unless both are above zero and have two ends."""
    ends = before.low, before.high, after.low, after.high
    if years <= 0 or any(end is None or end <= 0 for end in ends):
        return None
    first_low, first_high, last_low, last_high = (to_float(end) for end in ends if end is not None)
    return Growth(
        (last_low / first_high) ** (1 / years) - 1,
        (last_high / first_low) ** (1 / years) - 1,
    )


def _printed(
    system: ConstraintSystem,
) -> tuple[dict[Variable, Interval], dict[Variable, tuple[PrintedBound, ...]]]:
    """The numbers printed for each variable, together where they agree, else the first number, or the first bound."""
    known: dict[Variable, Interval] = {}
    by: dict[Variable, tuple[PrintedBound, ...]] = {}
    for variable, printed in system.bounds.items():
        bounds = tuple(sorted(printed, key=lambda each: each.figure.is_bound))
        if variable.kind in {"level", "ratio", "difference"} and bounds[0].figure.measure is not None:
            interval, consistent_subsets = bounds[0].interval, [bounds[0]]
            for bound in bounds[1:]:
                both = interval.intersection(bound.interval)
                if both is not None:
                    interval = both
                    consistent_subsets.append(bound)
            known[variable], by[variable] = interval, tuple(consistent_subsets)
    return known, by


def _ways(
    constraint: Constraint,
    known: dict[Variable, Interval],
    by: dict[Variable, tuple[PrintedBound, ...]],
    system: ConstraintSystem,
) -> Iterator[Latent]:
    """The one unknown level of a law, if it has just one: of 3000亿元以上 the level is not known."""
    variables = [variable for variable, _ in constraint.terms]
    missing = [each for each in variables if each not in known] or [
        each for each in variables if _is_bounded_only(each, system)
    ]
    if len(missing) != 1 or missing[0].kind != "level":
        return
    (variable,) = missing
    if variable in system.bounds and not _is_bounded_only(variable, system):
        return
    interval = implied_by(constraint, variable, known)
    if interval is not None:
        yield Latent(
            variable,
            interval,
            tuple(each for other, _ in constraint.terms if other != variable for each in by[other]),
        )


def _is_bounded_only(variable: Variable, system: ConstraintSystem) -> bool:
    return variable in system.bounds and all(each.figure.is_bound for each in system.bounds[variable])


def merged_ways(ways: list[Latent]) -> list[Latent]:
    """What several ways to imply one level imply together; all of them where they exclude one another."""
    whole = ways[0]
    for way in ways[1:]:
        both = whole.interval.intersection(way.interval)
        if both is None:
            return ways
        whole = Latent(whole.variable, both, tuple(dict.fromkeys((*whole.by, *way.by))))
    return [whole]
