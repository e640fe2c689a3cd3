"""The fewest figures whose correction makes everything that is connected hold, and as many findings.

Reiter's duality: figures whose removal makes all hold are those that hit every minimal contradictory
set. Sets are added until the fewest figures that hit all known ones are shown to be enough (implicit
hitting sets: Ignatiev, Previti, Liffiton and Marques-Silva, "Smallest MUS Extraction with Minimal
Hitting Set Dualization", 2015, with the roles of the two exchanged).
"""

from __future__ import annotations

from itertools import islice
from operator import attrgetter
from typing import TYPE_CHECKING, NamedTuple

from plantrack.solver.hitting_sets import all_hitting, fewest_hitting

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from collections.abc import Set as AbstractSet

    from plantrack.audit.bounds import PrintedBound
    from plantrack.audit.constraint_system import ConstraintSystem
    from plantrack.audit.oracle import Oracle
    from plantrack.audit.proofs import Conflict, Proof
    from plantrack.numbers.interval import Interval
    from plantrack.solver.variables import Variable

MAX_HITTING, MAX_TRIED = 200, 10
"""Of other sets of as few figures so many are looked at, and so many are asked about."""
MAX_ROUNDS = 50
"""More contradictory sets of connected figures are not sought."""


class Unit(NamedTuple):
    """What is corrected at a time: the prints of one value; of a variable whose figures agree, all."""

    variable: Variable
    interval: Interval | None

    @property
    def order(self) -> tuple[Variable, str]:
        return self.variable, repr(self.interval)

    @property
    def preference(self) -> tuple[bool, tuple[int, ...]]:
        """Levels last, of levels the latest first."""
        is_level = self.variable.kind == "level"
        return is_level, tuple(-ord(each) for each in "".join(self.variable.times) if is_level)


ORDER, PREFERENCE = attrgetter("order"), attrgetter("preference")


def _units(figures: Iterable[PrintedBound], system: ConstraintSystem) -> frozenset[Unit]:
    return frozenset(
        Unit(each.variable, each.interval if each.variable in system.conflicting else None)
        for each in figures
    )


def _figures(units: Iterable[Unit], oracle: Oracle) -> frozenset[PrintedBound]:
    return frozenset(
        bound
        for unit in units
        if unit.variable in oracle.variables
        for bound in oracle.system.bounds.get(unit.variable, ())
        if unit in _units((bound,), oracle.system)
    )


class Correction(NamedTuple):
    """Figures without which all holds, of how many values they are prints, and whether it is shown that all holds."""

    figures: frozenset[PrintedBound]
    number: int
    is_shown: bool
    sets: tuple[frozenset[Unit], ...]


def fewest_corrections(
    known: Iterable[Sequence[PrintedBound]],
    oracle: Oracle,
    another: Callable[[AbstractSet[PrintedBound]], Sequence[PrintedBound] | None],
) -> Correction:
    """One smallest set of figures without which all holds; `another` gives a contradictory set without some figures."""
    system = oracle.system
    sets = [_units(figures, system) for figures in known]
    for _ in range(MAX_ROUNDS):
        hit = fewest_hitting(sets, ORDER, PREFERENCE, system.effort.pays)
        figures = _figures(hit, oracle)
        answer = oracle.holds(without=figures)
        more = another(figures) if answer is False else None
        if more is None:
            needed = _needed(figures, oracle) if answer else figures
            return Correction(needed, len(hit), bool(answer), tuple(sets))
        sets.append(_units(more, system))
    return Correction(figures, len(hit), is_shown=False, sets=tuple(sets))


def apart(correction: Correction, found: Sequence[Proof], oracle: Oracle) -> Correction:
    """As few figures, but where there are such one of each contradiction found: so each can be reported alone."""
    if not correction.is_shown:
        return correction
    reported = [_units(each.bounds, oracle.system) for each in found]

    def crowd(hit: frozenset[Unit]) -> int:
        return sum(max(0, len(hit & each) - 1) for each in reported)

    now = crowd(_units(correction.figures, oracle.system))
    sets = all_hitting(correction.sets, attrgetter("preference", "order"), correction.number)
    better = sorted((each for each in islice(sets, MAX_HITTING) if crowd(each) < now), key=crowd)
    for hit in better[:MAX_TRIED]:
        figures = _figures(hit, oracle)
        if oracle.holds(without=figures):
            return correction._replace(figures=_needed(figures, oracle))
    return correction


def necessary(found: Iterable[Conflict], system: ConstraintSystem) -> list[Conflict]:
    kept: list[Conflict] = []
    reported: list[frozenset[Unit]] = []
    for each in found:
        units = _units(each.proof.bounds, system)
        if _takes_one_more(units, reported, system):
            kept.append(each)
            reported.append(units)
    return kept


def _takes_one_more(
    units: frozenset[Unit], reported: Sequence[frozenset[Unit]], system: ConstraintSystem
) -> bool:
    hit = fewest_hitting([*reported, units], ORDER, pays=system.effort.pays)
    return len(hit) > len(reported)


def further(
    found: Sequence[Proof], pool: Iterable[Proof], number: int, system: ConstraintSystem
) -> Iterator[Proof]:
    """Contradictions besides those found, until there are so many, first such as take one more correction."""
    reported = [_units(each.bounds, system) for each in found]
    left = [(_units(each.bounds, system), each) for each in sorted(pool, key=lambda each: len(each.bounds))]
    while len(reported) < number and (left := [each for each in left if each[0] not in reported]):
        units, chosen = next(
            (each for each in left if _takes_one_more(each[0], reported, system)), None
        ) or min(left, key=lambda each: sum(len(each[0] & other) for other in reported))
        reported.append(units)
        yield chosen


def _needed(figures: frozenset[PrintedBound], oracle: Oracle) -> frozenset[PrintedBound]:
    """The figures less those that need not be removed: a bound beside the number that is wrong."""
    alike: dict[tuple[Variable, Interval], set[PrintedBound]] = {}
    for each in sorted(figures, key=lambda each: each.id):
        alike.setdefault((each.variable, each.interval), set()).add(each)
    left = figures
    for (variable, _), prints in alike.items():
        if any(each.variable == variable for each in left - prints) and oracle.holds(without=left - prints):
            left -= prints
    return left
