"""What printed figures imply for quantities that are not printed: GDP, population, earlier levels."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from plantrack.audit.accounts import implied_by
from plantrack.numbers.interval import to_float

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from plantrack.audit.statements import Statement
    from plantrack.audit.system import System
    from plantrack.numbers.interval import Interval
    from plantrack.solver.constraints import Tie
    from plantrack.solver.variables import Column

ROUNDS = 4
"""How often what was implied is used to imply more."""


class Latent(NamedTuple):
    """An unprinted level, the interval that figures leave for it, and these figures."""

    column: Column
    interval: Interval
    by: tuple[Statement, ...]


def implied_latents(system: System) -> list[Latent]:
    """Unprinted levels that laws tie to printed ones, in the order of columns.

    Where ways to imply one level exclude each other there is an entry for each, and none of them is
    used further: that is a contradiction, and reported as such.
    """
    known, by = _printed(system)
    found: dict[Column, list[Latent]] = {}
    waiting: Sequence[Tie] = system.ties
    for _ in range(ROUNDS):
        fresh: dict[Column, list[Latent]] = {}
        for tie in waiting:
            for latent in _ways(tie, known, by, system):
                if latent.column not in found:
                    fresh.setdefault(latent.column, []).append(latent)
        for column, ways in fresh.items():
            found[column] = merged = _merged(ways)
            if len(merged) == 1:
                known[column], by[column] = merged[0].interval, merged[0].by
        waiting = [tie for tie in system.ties if not fresh.keys().isdisjoint(tie.columns)]
    return [latent for column in sorted(found) for latent in found[column]]


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


def _printed(system: System) -> tuple[dict[Column, Interval], dict[Column, tuple[Statement, ...]]]:
    """The numbers printed for each column, together where they agree, else the first number, or the first bound."""
    known: dict[Column, Interval] = {}
    by: dict[Column, tuple[Statement, ...]] = {}
    for column, printed in system.statements.items():
        statements = tuple(sorted(printed, key=lambda each: each.figure.is_bound))
        if column.kind in {"level", "ratio", "difference"} and statements[0].figure.measure is not None:
            interval, agreeing = statements[0].interval, [statements[0]]
            for statement in statements[1:]:
                both = interval.intersection(statement.interval)
                if both is not None:
                    interval = both
                    agreeing.append(statement)
            known[column], by[column] = interval, tuple(agreeing)
    return known, by


def _ways(
    tie: Tie, known: dict[Column, Interval], by: dict[Column, tuple[Statement, ...]], system: System
) -> Iterator[Latent]:
    """The one unknown level of a law, if it has just one: of 3000亿元以上 the level is not known."""
    columns = [column for column, _ in tie.terms]
    missing = [each for each in columns if each not in known] or [
        each for each in columns if _is_bounded_only(each, system)
    ]
    if len(missing) != 1 or missing[0].kind != "level":
        return
    (column,) = missing
    if column in system.statements and not _is_bounded_only(column, system):
        return
    interval = implied_by(tie, column, known)
    if interval is not None:
        yield Latent(
            column, interval, tuple(each for other, _ in tie.terms if other != column for each in by[other])
        )


def _is_bounded_only(column: Column, system: System) -> bool:
    """Whether bounds are all that is printed of it."""
    return column in system.statements and all(each.figure.is_bound for each in system.statements[column])


def _merged(ways: list[Latent]) -> list[Latent]:
    """One entry where all ways agree, each where they do not."""
    whole = ways[0]
    for way in ways[1:]:
        both = whole.interval.intersection(way.interval)
        if both is None:
            return ways
        whole = Latent(whole.column, both, tuple(dict.fromkeys((*whole.by, *way.by))))
    return [whole]
