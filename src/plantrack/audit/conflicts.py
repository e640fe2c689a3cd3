"""From contradictions to findings, with what each figure would have to read; meanings of vague moments."""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import replace
from itertools import product
from typing import TYPE_CHECKING, NamedTuple

from plantrack.audit.accounts import code_of, identities_of, message_of, note_of
from plantrack.audit.advice import Adviser, Corrected
from plantrack.audit.components import components_of
from plantrack.audit.contradictions import (
    Search,
    closed_system,
    columns_of_moments,
)
from plantrack.audit.gravity import severity_of
from plantrack.audit.levels import difference_of, is_one_intention, opening_of
from plantrack.audit.tangles import Tangle, exact_of
from plantrack.findings import CODES, Contradiction, Finding, Level, Said
from plantrack.language import text
from plantrack.numbers.interval import to_float
from plantrack.solver.effort import BESIDE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from collections.abc import Set as AbstractSet
    from fractions import Fraction

    from plantrack.audit.components import Components
    from plantrack.audit.contradictions import Conflict, Proof
    from plantrack.audit.readings import Cause
    from plantrack.audit.statements import Statement
    from plantrack.audit.system import System
    from plantrack.audit.tangles import Known
    from plantrack.language import Text
    from plantrack.plan.plan import Plan
    from plantrack.solver.effort import Effort
    from plantrack.solver.variables import Column

WIDENED = 3
"""How far off laws of both kinds are takes so many times the work that it takes to look for a figure's values."""
MAX_MEANINGS = 16
"""More combined meanings of a plan's vague moments are not gone through."""


class Conflicts(NamedTuple):
    """The findings, gravest first; the figures that laws hold against others; the columns of what is not decided."""

    findings: list[Finding]
    reached: frozenset[str]
    undecided: frozenset[Column]


def find_conflicts(
    system: System, base_years: dict[str, int], wholes: frozenset[str] = frozenset()
) -> Conflicts:
    """One finding per independent contradiction between the figures of a system.

    Args:
        system: statements, ties, domains.
        base_years: plan -> its base year; later whole levels may be round targets.
        wholes: the indicators whose quantities are whole numbers.
    """
    closed = closed_system(system)
    known: Known = {}
    search = Search(closed, base_years, known=known)
    conflicts = search.conflicts()
    corrected = {each for conflict in conflicts for each in conflict.corrected}
    touching = _touching(system, search.components, base_years, corrected, known)
    touched = {each for conflict in touching for each in conflict.corrected}
    adviser = Adviser(system, base_years, Corrected(frozenset(corrected), frozenset(touched)), known, wholes)
    findings = [_finding(each, adviser, closed) for each in conflicts]
    findings += [_finding(each, adviser, system) for each in touching]
    return Conflicts(sorted(findings, key=_gravity), search.reached(), search.undecided())


def _touching(
    system: System,
    components: Components,
    base_years: dict[str, int],
    corrected: AbstractSet[Statement],
    known: Known,
) -> list[Conflict]:
    """What only open ends exclude, once figures are corrected; laws of both kinds are not asked about open ends.

    Laws that say something of intervals with their ends say no less of those without.
    """
    components = components._replace(mixed=())
    return Search(
        system, base_years, corrected, components=components, is_generous=True, known=known
    ).conflicts()


def whatever_is_meant(
    plans: Sequence[Plan],
    build: Callable[[dict[str, str]], System],
    as_own: System,
    base_years: dict[str, int],
    known: Iterable[Finding],
) -> list[Finding]:
    """A contradiction that every meaning of a plan's vague moments has, though none has it in common.

    Each moment is taken for each time it may mean, one choice throughout its plan; those of other plans
    stay times of their own. The figures of what is known already, with the moments as times of their
    own, are set aside. The first meaning's proof is shown, the others' stand under `cases`.

    Args:
        plans: the plans of the call.
        build: makes the system in which moments are taken for times.
        as_own: the system in which moments are times of their own.
        base_years: plan -> its base year.
        known: what was found in that system.
    """
    told = {each.figure for finding in known if finding.proof for each in finding.proof.involved}
    return [
        finding
        for meanings in _meanings(plans, as_own)
        if not any(_is_new(meaning, as_own) for meaning in meanings)
        for finding in _in_every(meanings, told, build, base_years)
    ]


def _in_every(
    meanings: Iterable[dict[str, str]],
    told: AbstractSet[str],
    build: Callable[[dict[str, str]], System],
    base_years: dict[str, int],
) -> list[Finding]:
    """One contradiction that all these meanings have, each with figures of its own."""
    searches: list[tuple[str, Search]] = []
    for meaning in meanings:
        search = _near_moments(build(meaning), told, base_years)
        if not search.is_contradictory:
            return []
        reading = ", ".join(f"{moment.partition('@')[0]} = {time}" for moment, time in meaning.items())
        searches.append((reading, search))
    found = [(reading, search.system, search.conflicts()) for reading, search in searches]
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


def _near_moments(system: System, told: AbstractSet[str], base_years: dict[str, int]) -> Search:
    """A search of what vague moments speak of, but for figures that are told already."""
    aside = [each for column in system.statements.values() for each in column if each.id in told]
    touched = columns_of_moments(system, set(aside))
    components = components_of(system.ties, system).touching(touched)
    return Search(system, base_years, aside, components=components)


def _is_new(meaning: dict[str, str], as_own: System) -> bool:
    """Whether nothing else is said of the times meant: then a moment may as well be a time of its own."""
    spoken = {time for column in as_own.domains for time in column.times}
    times = set(meaning.values())
    return len(times) == len(meaning) and spoken.isdisjoint(times)


def _about(proof: Proof) -> str:
    """What a contradiction is about: its figures, whatever their order."""
    return "+".join(sorted(statement.id for statement in proof.statements))


def _meanings(plans: Sequence[Plan], as_own: System) -> Iterator[list[dict[str, str]]]:
    """Plan by plan, every choice of a time for each vague moment that matters, unless they are too many."""
    for loaded in plans:
        declared = {f"{name}@{loaded.id}": each.either for name, each in loaded.model.moments.items()}
        joining = moments_that_join(declared, as_own)
        moments = {name: times for name, times in declared.items() if name in joining}
        if moments and math.prod(map(len, moments.values())) <= MAX_MEANINGS:
            yield [dict(zip(moments, choice, strict=True)) for choice in product(*moments.values())]


def moments_that_join(moments: Mapping[str, Sequence[str]], as_own: System) -> set[str]:
    """The moments of which some meaning joins numbers; any other may as well be a time of its own."""
    vague = [column for column in as_own.domains if not moments.keys().isdisjoint(column.times)]
    readings = {column: _readings(column, moments) for column in vague}
    times_read = Counter(reading for each in readings.values() for reading in each)
    return {
        time
        for column, each in readings.items()
        if any(times_read[reading] > 1 or reading in as_own.domains for reading in each)
        for time in column.times
        if time in moments
    }


def _readings(column: Column, moments: Mapping[str, Sequence[str]]) -> set[Column]:
    """The columns that a column may be, with every moment taken for each time it may mean."""
    choices = product(*(moments.get(time, (time,)) for time in column.times))
    return {column._replace(times=times) for times in choices}


# -- what is reported ----------------------------------------------------------------------------


def _finding(conflict: Conflict, adviser: Adviser, system: System) -> Finding:
    circuit = conflict.proof
    exact = circuit if isinstance(circuit, Tangle) else exact_of(circuit, system)
    statements = circuit.statements
    sure = Level.ERROR if conflict.is_error else Level.WARNING
    level = Level.NOTE if is_one_intention(circuit) else sure
    assert conflict.connected is not None
    with system.effort.account(("advice", conflict.connected.columns), conflict.connected.count, BESIDE):
        advice = adviser.advice(conflict, exact)
        severity, is_weighed = weighed(exact, system.effort)
    said = [*(each.assumption for each in statements), *(tie.assumption for tie, _ in circuit.ties)]
    assumptions = tuple(dict.fromkeys(each for each in said if each))
    reach = circuit.range()
    proof = Contradiction(
        plans=tuple(sorted({statement.figure.plan for statement in statements})),
        involved=advice.involved,
        identities=identities_of(circuit),
        must_contain=circuit.must_contain,
        ratio=(None, None) if reach is None else (_number(reach.low), _number(reach.high)),
        severity=severity,
        is_weighed=is_weighed,
        readings=tuple(cause.reading for cause in advice.causes),
        assumptions=assumptions,
        in_every=advice.enough,
        set_aside=advice.aside,
        is_minimal=circuit.is_minimal,
        causes=tuple(map(_told, advice.causes)),
        alternatives=_others(conflict),
    )
    last = max(statements, key=lambda statement: statement.figure.position)
    return Finding(
        code=CODES[code_of(circuit)],
        level=level,
        message=_message(circuit, proof, system, adviser.base_years, level),
        position=last.figure.position,
        about=_about(circuit),
        proof=proof,
    )


def weighed(exact: Proof, effort: Effort) -> tuple[float | None, bool]:
    """How far off a contradiction is, and whether that was looked for: of laws of both kinds within the work left."""
    is_paid = not isinstance(exact, Tangle) or effort.pays(exact.steps * WIDENED)
    return (severity_of(exact) if is_paid else None), is_paid


def _message(
    circuit: Proof, proof: Contradiction, system: System, base_years: dict[str, int], level: Level
) -> Text:
    """The figures and the arithmetic; before a warning what may have been meant, behind a note what differs."""
    if level is Level.NOTE:
        return note_of(circuit, system, difference_of(circuit))
    said = message_of(circuit, proof, system)
    opening = opening_of(circuit, system, base_years) if level is Level.WARNING else None
    return said if opening is None else text("{opening}: {said}", opening=opening, said=said)


def _others(conflict: Conflict) -> tuple[tuple[str, ...], ...]:
    """Other minimal sets of figures, each once."""
    told = {frozenset(conflict.proof.statements)}
    sets = []
    for other in conflict.alternatives:
        if frozenset(other.statements) not in told:
            told.add(frozenset(other.statements))
            sets.append(tuple(each.id for each in other.statements))
    return tuple(sets)


def _told(cause: Cause) -> tuple[str, tuple[Said, ...]]:
    return cause.reading, tuple(map(_said, cause.instead))


def _said(statement: Statement) -> Said:
    column, interval = statement.column, statement.interval
    ends = interval.low, interval.high, interval.low_closed, interval.high_closed
    return Said(statement.id, column.kind, column.when, *ends)


def _number(value: Fraction | None) -> str | None:
    return None if value is None else f"{to_float(value):.6g}"


def _gravity(finding: Finding) -> tuple[object, ...]:
    severity = finding.proof.severity if finding.proof else None
    return list(Level).index(finding.level), -(severity or float("inf")), finding.position
