"""From contradictions to findings, with what each figure would have to read; meanings of vague moments."""

from __future__ import annotations

import math
from dataclasses import replace
from itertools import product
from typing import TYPE_CHECKING, NamedTuple

from plantrack.audit.advice import Adviser, Corrected
from plantrack.audit.all_conflicts import all_conflicts
from plantrack.audit.contradictions import Search
from plantrack.audit.identities import identities_of
from plantrack.audit.levels import difference_of, is_one_intention, opening_of
from plantrack.audit.minimal_sets import InfeasibleSubset, exact_of
from plantrack.audit.presolve import components_of
from plantrack.audit.severity import severity_of
from plantrack.audit.wording import code_of, message_of, note_of
from plantrack.findings import CODES, Contradiction, Finding, Level, Said
from plantrack.language import text
from plantrack.numbers.interval import to_float
from plantrack.solver.constraints import variables_of
from plantrack.solver.effort import BESIDE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from collections.abc import Set as AbstractSet
    from fractions import Fraction

    from plantrack.audit.alternatives import Cause
    from plantrack.audit.bounds import PrintedBound
    from plantrack.audit.constraint_system import ConstraintSystem
    from plantrack.audit.minimal_sets import Known
    from plantrack.audit.presolve import Components
    from plantrack.audit.proofs import Conflict, Proof
    from plantrack.language import Text
    from plantrack.plan.plan import Plan
    from plantrack.solver.effort import Effort
    from plantrack.solver.variables import Variable

WIDENED = 3
"""How far off constraints of both kinds are takes so many times the work of looking for a figure's values."""
MAX_MEANINGS = 16
"""More combined meanings of a plan's vague moments are not gone through."""


class Conflicts(NamedTuple):
    """The findings, gravest first; the figures that laws hold against others; the variables of what is not decided."""

    findings: list[Finding]
    reached: frozenset[str]
    undecided: frozenset[Variable]


def find_conflicts(
    system: ConstraintSystem, base_years: dict[str, int], wholes: frozenset[str] = frozenset()
) -> Conflicts:
    """One finding per independent contradiction between the figures of a system.

    Args:
        system: bounds, constraints, domains.
        base_years: plan -> its base year; later whole levels may be round targets.
        wholes: the indicators whose quantities are whole numbers.
    """
    closed = system.closed()
    known: Known = {}
    search = Search(closed, base_years, known=known)
    conflicts = all_conflicts(search)
    corrected = {each for conflict in conflicts for each in conflict.corrected}
    strict = Search(
        system, base_years, corrected, components=search.components, is_generous=True, known=known
    )
    touching = all_conflicts(strict)  # what only open ends exclude, once figures are corrected
    touched = {each for conflict in touching for each in conflict.corrected}
    adviser = Adviser(system, base_years, Corrected(frozenset(corrected), frozenset(touched)), known, wholes)
    findings = [_finding(each, adviser, closed) for each in conflicts]
    findings += [_finding(each, adviser, system) for each in touching]
    undecided = search.undecided() | strict.undecided()
    return Conflicts(sorted(findings, key=_gravity), _reached(search.components, closed), undecided)


def _reached(components: Components, system: ConstraintSystem) -> frozenset[str]:
    """Ids of the figures that some law holds against others."""
    reached: set[str] = set()
    held: list[Iterable[Variable]] = [row for component in components.of_one_kind for row in component.rows]
    held += [set(variables_of(constraints)) for constraints in components.mixed]
    held += [constraint.variables for constraint in components.redundant]
    held += [(span,) for span in components.changed]
    for variables in held:
        inside = {
            each.id for variable in variables for bound in system.bounds_on(variable) for each in bound.bounds
        }
        if len(inside) > 1:
            reached |= inside
    return frozenset(reached)


def whatever_is_meant(
    plans: Sequence[Plan],
    build: Callable[[dict[str, str]], ConstraintSystem],
    as_own: ConstraintSystem,
    base_years: dict[str, int],
    known: Iterable[Finding],
) -> list[Finding]:
    """A contradiction that every meaning of a plan's vague moments has, though none has it in common.

    Each moment is taken for each time it may mean, one choice throughout its plan; those of other plans
    stay times of their own. The figures of what is known already, with the moments as times of their
    own, are excluded. The first meaning's proof is shown, the others' stand under `cases`.

    Args:
        plans: the plans of the call.
        build: makes the system in which moments are taken for times.
        as_own: the system in which moments are times of their own.
        base_years: plan -> its base year.
        known: what was found in that system.
    """
    reported = {each.figure for finding in known if finding.proof for each in finding.proof.involved}
    return [
        finding
        for meanings in _meanings(plans, as_own)
        if not any(_is_new(meaning, as_own) for meaning in meanings)
        for finding in _in_every(meanings, reported, build, base_years)
    ]


def _in_every(
    meanings: Iterable[dict[str, str]],
    reported: AbstractSet[str],
    build: Callable[[dict[str, str]], ConstraintSystem],
    base_years: dict[str, int],
) -> list[Finding]:
    """One contradiction that all these meanings have, each with figures of its own."""
    searches: list[tuple[str, Search]] = []
    for meaning in meanings:
        search = _near_moments(build(meaning), reported, base_years)
        if not search.is_contradictory:
            return []
        reading = ", ".join(f"{moment.partition('@')[0]} = {time}" for moment, time in meaning.items())
        searches.append((reading, search))
    found = [(reading, search.system, all_conflicts(search)) for reading, search in searches]
    if not found or not all(conflicts for _, _, conflicts in found):
        return []
    findings = [
        (reading, _finding(conflicts[0], Adviser(system, base_years), system))
        for reading, system, conflicts in found
    ]
    first = findings[0][1]
    level = max((each.level for _, each in findings), key=list(Level).index)
    cases = tuple((reading, each.message) for reading, each in findings)
    return [replace(first, level=level, proof=first.proof._replace(cases=cases) if first.proof else None)]


def _near_moments(system: ConstraintSystem, reported: AbstractSet[str], base_years: dict[str, int]) -> Search:
    """A search of what vague moments speak of, but for figures that are reported already."""
    excluded = [each for variable in system.bounds.values() for each in variable if each.id in reported]
    touched = system.without(frozenset(excluded)).variables_of_moments()
    components = components_of(system.constraints, system).touching(touched)
    return Search(system, base_years, excluded, components=components)


def _is_new(meaning: dict[str, str], as_own: ConstraintSystem) -> bool:
    """Whether nothing else is said of the times meant: then a moment may as well be a time of its own."""
    constraining = {time for variable in as_own.domains for time in variable.times}
    times = set(meaning.values())
    return len(times) == len(meaning) and constraining.isdisjoint(times)


def _about(proof: Proof) -> str:
    """What a contradiction is about: its figures, whatever their order."""
    return "+".join(sorted(bound.id for bound in proof.bounds))


def _meanings(plans: Sequence[Plan], as_own: ConstraintSystem) -> Iterator[list[dict[str, str]]]:
    """Plan by plan, every choice of a time for each vague moment that matters, unless they are too many."""
    for loaded in plans:
        declared = {f"{name}@{loaded.id}": each.either for name, each in loaded.model.moments.items()}
        joining = moments_that_join(declared, as_own)
        moments = {name: times for name, times in declared.items() if name in joining}
        if moments and math.prod(map(len, moments.values())) <= MAX_MEANINGS:
            yield [dict(zip(moments, choice, strict=True)) for choice in product(*moments.values())]


def moments_that_join(moments: Mapping[str, Sequence[str]], as_own: ConstraintSystem) -> set[str]:
    """The moments of which some meaning joins numbers; any other may as well be a time of its own."""
    found: set[str] = set()
    readers: dict[Variable, Variable] = {}
    for variable in as_own.domains:
        if moments.keys().isdisjoint(variable.times) or found.issuperset(moments.keys() & variable.times):
            continue
        for reading in _readings(variable, moments):
            if reading in as_own.domains or reading in readers:
                found.update(variable.times, readers.get(reading, variable).times)
            readers[reading] = variable
    return found & moments.keys()


def _readings(variable: Variable, moments: Mapping[str, Sequence[str]]) -> set[Variable]:
    """The variables that a variable may be, with every moment taken for each time it may mean."""
    choices = product(*(moments.get(time, (time,)) for time in variable.times))
    return {variable._replace(times=times) for times in choices}


# -- what is reported ----------------------------------------------------------------------------


def _finding(conflict: Conflict, adviser: Adviser, system: ConstraintSystem) -> Finding:
    violation = conflict.proof
    exact = violation if isinstance(violation, InfeasibleSubset) else exact_of(violation, system)
    bounds = violation.bounds
    sure = Level.ERROR if conflict.is_error else Level.WARNING
    level = Level.NOTE if is_one_intention(violation) else sure
    assert conflict.connected is not None
    with system.effort.account(("advice", conflict.connected.variables), conflict.connected.count, BESIDE):
        advice = adviser.advice(conflict, exact)
        severity, is_weighed = weighed(exact, system.effort)
    said = [
        *(each.assumption for each in bounds),
        *(constraint.assumption for constraint, _ in violation.constraints),
    ]
    assumptions = tuple(dict.fromkeys(each for each in said if each))
    reach = violation.range()
    proof = Contradiction(
        plans=tuple(sorted({bound.figure.plan for bound in bounds})),
        involved=advice.involved,
        identities=identities_of(violation),
        must_contain=violation.must_contain,
        ratio=(None, None) if reach is None else (_number(reach.low), _number(reach.high)),
        severity=severity,
        is_weighed=is_weighed,
        readings=tuple(cause.alternative for cause in advice.causes),
        assumptions=assumptions,
        in_every=advice.enough,
        set_aside=advice.excluded,
        is_minimal=violation.is_minimal,
        causes=tuple(map(_reported, advice.causes)),
        alternatives=_others(conflict),
    )
    last = max(bounds, key=lambda bound: bound.figure.position)
    return Finding(
        code=CODES[code_of(violation)],
        level=level,
        message=_message(violation, proof, system, adviser.base_years, level),
        position=last.figure.position,
        about=_about(violation),
        proof=proof,
    )


def weighed(exact: Proof, effort: Effort) -> tuple[float | None, bool]:
    """How far off a contradiction is, and whether that was looked for: of both kinds only within the work left."""
    is_paid = not isinstance(exact, InfeasibleSubset) or effort.pays(exact.steps * WIDENED)
    return (severity_of(exact) if is_paid else None), is_paid


def _message(
    violation: Proof, proof: Contradiction, system: ConstraintSystem, base_years: dict[str, int], level: Level
) -> Text:
    """The figures and the arithmetic; before a warning what may have been meant, behind a note what differs."""
    if level is Level.NOTE:
        return note_of(violation, system, difference_of(violation))
    said = message_of(violation, proof, system)
    opening = opening_of(violation, system, base_years) if level is Level.WARNING else None
    return said if opening is None else text("{opening}: {said}", opening=opening, said=said)


def _others(conflict: Conflict) -> tuple[tuple[str, ...], ...]:
    """Other minimal sets of figures, each once."""
    reported = {frozenset(conflict.proof.bounds)}
    sets = []
    for other in conflict.alternatives:
        if frozenset(other.bounds) not in reported:
            reported.add(frozenset(other.bounds))
            sets.append(tuple(each.id for each in other.bounds))
    return tuple(sets)


def _reported(cause: Cause) -> tuple[str, tuple[Said, ...]]:
    return cause.alternative, tuple(map(_said, cause.instead))


def _said(bound: PrintedBound) -> Said:
    variable, interval = bound.variable, bound.interval
    ends = interval.low, interval.high, interval.low_closed, interval.high_closed
    return Said(bound.id, variable.kind, variable.when, *ends)


def _number(value: Fraction | None) -> str | None:
    return None if value is None else f"{to_float(value):.6g}"


def _gravity(finding: Finding) -> tuple[object, ...]:
    severity = finding.proof.severity if finding.proof else None
    return list(Level).index(finding.level), -(severity or float("inf")), finding.position
