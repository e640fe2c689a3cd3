"""Exclusions: figures that cannot all be true for a reason that is no law between variables.

Each is decided exactly from the intervals of its figures. What they would have to read is not reported.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from plantrack.audit.levels import level_of, opened, opening_of
from plantrack.audit.proofs import finding_of
from plantrack.findings import Contradiction, Finding, Involved, Level
from plantrack.numbers.interval import common
from plantrack.solver.minimal_subsets import minimal_subset

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from fractions import Fraction

    from plantrack.audit.bounds import PrintedBound
    from plantrack.audit.constraint_system import ConstraintSystem
    from plantrack.language import Text
    from plantrack.numbers.interval import Interval
    from plantrack.solver.constraints import Constraint
    from plantrack.solver.variables import Variable

    Intervals = Mapping[PrintedBound, Interval]

_T = TypeVar("_T")


@dataclass(frozen=True)
class Exclusion:
    """Figures, whether their intervals exclude one another, and what is reported of them.

    `says` is the finding's sentence, `identity` the same with ids; `most` is the gravest level it takes.
    """

    bounds: tuple[PrintedBound, ...]
    is_excluded: Callable[[Intervals], bool]
    code: str
    says: Text
    identity: str
    constraints: tuple[tuple[Constraint, Fraction], ...] = ()
    most: Level = Level.ERROR

    def side(self, instead: Intervals | None = None) -> int:
        """0 where the figures can all be true, 1 where they cannot."""
        given = {each: each.interval for each in self.bounds} | dict(instead or {})
        return int(self.is_excluded(given))


def finding_of_exclusion(exclusion: Exclusion, system: ConstraintSystem) -> Finding:
    """The finding, with its figures and how grave it is."""
    level = max(level_of(exclusion, system), exclusion.most, key=list(Level).index)
    opening = opening_of(level, exclusion, system)
    message = opened(exclusion.says, opening)
    involved = tuple(Involved(each.id, (), None) for each in exclusion.bounds)
    told = Contradiction(involved=involved, identities=(exclusion.identity,), opening=opening)
    return finding_of(exclusion, exclusion.code, level, message, told)


def least(elements: Sequence[_T], excluded: Callable[[Sequence[_T]], bool]) -> list[_T]:
    """Those without which the rest would no longer be excluded, each tried once, the last first."""
    return minimal_subset(elements[::-1], excluded)[::-1]


def known_of(given: Intervals) -> dict[Variable, Interval]:
    """What figures leave of their variables; of those they exclude one another in, nothing is reported."""
    by: defaultdict[Variable, list[Interval]] = defaultdict(list)
    for each, interval in given.items():
        by[each.variable].append(interval)
    left = {variable: common(intervals) for variable, intervals in by.items()}
    return {variable: interval for variable, interval in left.items() if interval is not None}
