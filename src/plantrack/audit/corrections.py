"""The fewest figures whose correction makes everything that is connected hold, and as many findings.

Reiter's duality: figures whose removal makes all hold are those that hit every minimal contradictory
set. Sets are added until the fewest figures that hit all known ones are shown to be enough (implicit
hitting sets: Ignatiev, Previti, Liffiton and Marques-Silva, "Smallest MUS Extraction with Minimal
Hitting Set Dualization", 2015, with the roles of the two exchanged).
"""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from plantrack.solver.hitting_sets import all_hitting, fewest_hitting

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from collections.abc import Set as AbstractSet

    from plantrack.audit.bounds import PrintedBound
    from plantrack.audit.constraint_system import ConstraintSystem
    from plantrack.audit.oracle import Oracle
    from plantrack.audit.proofs import Proof
    from plantrack.numbers.interval import Interval
    from plantrack.solver.variables import Variable

MAX_HITTING, MAX_TRIED = 200, 10
"""Of other sets of as few figures so many are looked at, and so many are asked about."""
MAX_ROUNDS = 50
"""More contradictory sets of connected figures are not sought."""


_C = TypeVar("_C")


class Unit(NamedTuple):
    """What is corrected at a time: the prints of one value, wherever they stand.

    All figures of a variable, or where these exclude one another those of one interval.
    """

    variable: Variable
    interval: Interval | None


def unit_of(bound: PrintedBound, system: ConstraintSystem) -> Unit:
    """The unit of a figure."""
    return Unit(bound.variable, bound.interval if bound.variable in system.conflicting else None)


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
    """One smallest set of figures whose removal makes everything connected hold.

    Args:
        known: contradictory sets of figures.
        oracle: what is connected.
        another: a contradictory set without some figures; `None` for none.
    """
    system = oracle.system
    sets = [frozenset(unit_of(each, system) for each in figures) for figures in known]
    members = _members(oracle)
    for _ in range(MAX_ROUNDS):
        hit = fewest_hitting(sets, _order, _preference, system.effort.pays)
        figures = frozenset(each for unit in hit for each in members.get(unit, ()))
        answer = oracle.holds(figures)
        more = another(figures) if answer is False else None
        if more is None:
            return Correction(
                _needed(figures, oracle) if answer else figures, len(hit), bool(answer), tuple(sets)
            )
        sets.append(frozenset(unit_of(each, system) for each in more))
    return Correction(figures, len(hit), is_shown=False, sets=tuple(sets))


def apart(correction: Correction, found: Sequence[Proof], oracle: Oracle) -> Correction:
    """As few figures, but where there are such one of each contradiction found: so each can be reported alone."""
    if not correction.is_shown:
        return correction
    reported, members = [units_of(each, oracle.system) for each in found], _members(oracle)

    def crowd(hit: frozenset[Unit]) -> int:
        return sum(max(0, len(hit & each) - 1) for each in reported)

    now = frozenset(unit_of(each, oracle.system) for each in correction.figures)
    others = islice(all_hitting(correction.sets, _preferred, correction.number), MAX_HITTING)
    better = sorted((each for each in others if crowd(each) < crowd(now)), key=crowd)
    for hit in better[:MAX_TRIED]:
        figures = frozenset(each for unit in hit for each in members.get(unit, ()))
        if oracle.holds(figures):
            return correction._replace(figures=_needed(figures, oracle))
    return correction


def necessary(
    found: Sequence[_C], units: Callable[[_C], frozenset[Unit]], pays: Callable[[float], bool]
) -> list[_C]:
    """Those of which each takes one more correction than the ones before it."""
    kept: list[_C] = []
    for each in found:
        if len(fewest_hitting([*map(units, kept), units(each)], _order, pays=pays)) > len(kept):
            kept.append(each)
    return kept


def further(
    found: Sequence[Proof], pool: Iterable[Proof], number: int, system: ConstraintSystem
) -> Iterator[Proof]:
    """Contradictions to be reported besides those found, until there are so many.

    One may share figures with those before, if no figure hits it and them in fewer corrections.
    """
    reported = [units_of(each, system) for each in found]
    left = [
        each
        for each in sorted(pool, key=lambda each: len(each.bounds))
        if units_of(each, system) not in reported
    ]
    while len(reported) < number and left:
        pays = system.effort.pays
        apart = (
            each
            for each in left
            if len(fewest_hitting([*reported, units_of(each, system)], _order, pays=pays)) > len(reported)
        )
        chosen = next(apart, None) or min(left, key=lambda each: _shared(units_of(each, system), reported))
        reported.append(units_of(chosen, system))
        left = [each for each in left if units_of(each, system) not in reported]
        yield chosen


def _shared(units: frozenset[Unit], reported: Iterable[frozenset[Unit]]) -> int:
    return sum(len(units & each) for each in reported)


def units_of(proof: Proof, system: ConstraintSystem) -> frozenset[Unit]:
    return frozenset(unit_of(each, system) for each in proof.bounds)


def _members(oracle: Oracle) -> dict[Unit, list[PrintedBound]]:
    members: dict[Unit, list[PrintedBound]] = {}
    for variable in sorted(oracle.variables):
        for bound in oracle.system.bounds.get(variable, ()):
            members.setdefault(unit_of(bound, oracle.system), []).append(bound)
    return members


def _needed(figures: frozenset[PrintedBound], oracle: Oracle) -> frozenset[PrintedBound]:
    """The figures less those that need not be removed: a bound beside the number that is wrong."""
    alike: dict[tuple[Variable, Interval], set[PrintedBound]] = {}
    for each in sorted(figures, key=lambda each: each.id):
        alike.setdefault((each.variable, each.interval), set()).add(each)
    left = figures
    for (variable, _), prints in alike.items():
        if any(each.variable == variable for each in left - prints) and oracle.holds(left - prints):
            left -= prints
    return left


def _preference(unit: Unit) -> tuple[int, str]:
    """Derived figures before levels, later ones before earlier."""
    is_level = unit.variable.kind == "level"
    return is_level, "".join(
        chr(0x10FFFF - ord(each)) for each in unit.variable.times[-1]
    ) if is_level else ""


def _order(unit: Unit) -> tuple[Variable, str]:
    """A key that puts units in the same order in every run."""
    return unit.variable, repr(unit.interval)


def _preferred(unit: Unit) -> tuple[object, ...]:
    return _preference(unit), _order(unit)
