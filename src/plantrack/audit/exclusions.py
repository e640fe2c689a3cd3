"""Exclusions: figures that cannot all be true for a reason that is no law between columns.

Each is decided exactly from the intervals of its figures. What they would have to read is not told.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, NamedTuple

from plantrack.audit.accounts import named
from plantrack.audit.levels import is_one_intention, level_of, opening_of
from plantrack.findings import CODES, Contradiction, Finding, Involved, Level
from plantrack.language import Text, text

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from plantrack.audit.statements import Statement
    from plantrack.audit.system import System
    from plantrack.numbers.interval import Interval
    from plantrack.solver.constraints import Tie
    from plantrack.solver.variables import Column

    Intervals = Mapping[Statement, Interval]


@dataclass(frozen=True)
class Exclusion:
    """Figures, whether their intervals exclude one another, and what is told of them.

    `says` is the finding's sentence, `identity` the same with ids; `most` is the gravest level it takes.
    """

    statements: tuple[Statement, ...]
    is_excluded: Callable[[Intervals], bool]
    code: str
    says: Text
    identity: str
    ties: tuple[tuple[Tie, Fraction], ...] = ()
    most: Level = Level.ERROR
    must_contain: int | None = None
    is_small: bool = True

    def side(self, instead: Intervals | None = None) -> int | None:
        """0 where the figures can all be true, 1 where they cannot."""
        given = {each: each.interval for each in self.statements} | dict(instead or {})
        return int(self.is_excluded(given))

    def without(self, statement: Statement) -> Rest:
        """The others, to ask what they leave for one."""
        return Rest(self, statement)

    def nominal(self, _: Statement) -> None:
        """No value is told."""

    def off(self, factor: float) -> float:
        """One where they exclude one another with roundings so many times as wide, else zero."""
        return float(self.side({each: each.widened(Fraction(factor)) for each in self.statements}) or 0)


class Rest(NamedTuple):
    """An exclusion with one figure taken out."""

    exclusion: Exclusion
    statement: Statement

    def side(self, interval: Interval) -> int | None:
        """Whether the figure can have this interval."""
        return self.exclusion.side({self.statement: interval})

    def left(self) -> None:
        """No guess is made."""


class Figures(NamedTuple):
    """Figures that are told together."""

    statements: tuple[Statement, ...]

    def named(self, system: System) -> list[Text]:
        """Each by its indicator, time, numeral and section."""
        return [named(each, self, system) for each in self.statements]


def finding_of(exclusion: Exclusion, system: System, base_years: Mapping[str, int]) -> Finding:
    """The finding, with its figures and how grave it is."""
    statements = exclusion.statements
    level = max(level_of(exclusion, system, base_years), exclusion.most, key=list(Level).index)
    opening = None if is_one_intention(exclusion) else opening_of(exclusion, system, base_years)
    assumed = [each.assumption for each in statements] + [tie.assumption for tie, _ in exclusion.ties]
    proof = Contradiction(
        plans=tuple(sorted({each.figure.plan for each in statements})),
        involved=tuple(Involved(each.id, (), None) for each in statements),
        identities=(exclusion.identity,),
        must_contain=None,
        ratio=(None, None),
        severity=None,
        assumptions=tuple(dict.fromkeys(filter(None, assumed))),
    )
    says = exclusion.says
    if opening is not None and level is Level.WARNING:
        says = text("{opening}: {said}", opening=opening, said=says)
    return Finding(
        code=CODES[exclusion.code],
        level=level,
        message=says,
        position=max(each.figure.position for each in statements),
        about="+".join(sorted(each.id for each in statements)),
        proof=proof,
    )


def least(
    statements: Sequence[Statement], excluded: Callable[[Sequence[Statement]], bool]
) -> list[Statement]:
    """The figures without which the rest would no longer be excluded, each tried once, the last first."""
    kept = list(statements)
    for each in reversed(statements):
        rest = [other for other in kept if other is not each]
        if excluded(rest):
            kept = rest
    return kept


def together(intervals: Sequence[Interval]) -> Interval | None:
    """The numbers that lie in all; `None` where there are none."""
    left: Interval | None = intervals[0]
    for each in intervals[1:]:
        left = None if left is None else left.intersection(each)
    return left


def known_of(statements: Sequence[Statement], given: Intervals) -> dict[Column, Interval]:
    """What figures leave of their columns; of those they exclude one another in, nothing is told."""
    by: dict[Column, list[Interval]] = {}
    for each in statements:
        by.setdefault(each.column, []).append(given[each])
    left = {column: together(intervals) for column, intervals in by.items()}
    return {column: interval for column, interval in left.items() if interval is not None}
