"""From violated circuits to findings: one for each independent contradiction, the smallest first."""

from __future__ import annotations

from dataclasses import replace
from itertools import islice, product
from typing import TYPE_CHECKING, NamedTuple

from plantrack.audit.accounts import code_of, identity_of, message_of
from plantrack.audit.circuits import Circuit, should_read
from plantrack.audit.readings import readings_of
from plantrack.audit.search import Choice, find_shapes, repetitions
from plantrack.audit.system import build_system
from plantrack.findings import CODES, Contradiction, Finding, Involved, Level

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from fractions import Fraction

    from plantrack.audit.columns import Column
    from plantrack.audit.search import Shape
    from plantrack.audit.system import Statement, System
    from plantrack.catalogue import Catalogue
    from plantrack.loading import LoadedPlan

MAX_ALTERNATIVES = 5
"""More other minimal sets of one contradiction are not listed."""
MAX_MEANINGS = 16
"""More combined meanings of vague moments are not gone through."""
MAX_FINDINGS = 200
"""More independent contradictions of one call are not sought."""


class Conflicts(NamedTuple):
    """The findings, gravest first; what laws reached; the columns of what is not decided."""

    findings: list[Finding]
    reached: frozenset[str]
    undecided: frozenset[Column]


class Conflict(NamedTuple):
    """One independent contradiction: a minimal set, who could settle it, other minimal sets."""

    circuit: Circuit
    in_every: tuple[Statement, ...]
    alternatives: tuple[Circuit, ...]


def find_conflicts(system: System, base_years: dict[str, int]) -> Conflicts:
    """One finding per independent contradiction between the figures of a system.

    Args:
        system: statements, ties, domains.
        base_years: plan -> its base year; later whole levels may be round targets.
    """
    shapes, undecided = find_shapes(system)
    conflicts = search_conflicts(system, shapes)
    findings = [_finding(conflict, system, base_years) for conflict in conflicts]
    return Conflicts(sorted(_settled(findings), key=_gravity), _reached(system, shapes), undecided)


def search_conflicts(system: System, shapes: Sequence[Shape]) -> list[Conflict]:
    """The independent contradictions of a system."""
    conflicts = [Conflict(circuit, circuit.statements, ()) for circuit in repetitions(system)]
    return conflicts + independent_conflicts(system, shapes)


def _reached(system: System, shapes: Sequence[Shape]) -> frozenset[str]:
    """Ids of the figures that some circuit holds against others."""
    reached: set[str] = set()
    for shape in shapes:
        inside = {
            each.id for column, _ in shape.powers for part in system.parts(column) for each in part.statements
        }
        if len(inside) > 1 and all(
            system.parts(column) or column.kind == "slack" for column, _ in shape.powers
        ):
            reached |= inside
    return frozenset(reached)


def whatever_is_meant(
    plans: Sequence[LoadedPlan], catalogue: Catalogue, base_years: dict[str, int], known: Iterable[Finding]
) -> list[Finding]:
    """A contradiction that every meaning of the vague moments has, though none has it in common.

    Each moment is taken for each time it may mean, one choice throughout its plan. What is known
    already, with the moments as times of their own, is left out. The first meaning's proof is
    shown, the others' stand under `cases`.
    """
    told = {finding.about for finding in known}
    fresh: list[tuple[str, System, Conflict]] = []
    for meaning in _meanings(plans):
        system = build_system(plans, catalogue, meaning)
        conflicts = search_conflicts(system, find_shapes(system).shapes)
        new = next((each for each in conflicts if _about(each.circuit) not in told), None)
        if new is None:
            return []
        reading = ", ".join(f"{moment.partition('@')[0]} = {time}" for moment, time in meaning.items())
        fresh.append((reading, system, new))
    if not fresh:
        return []
    findings = [(reading, _finding(conflict, system, base_years)) for reading, system, conflict in fresh]
    first = findings[0][1]
    level = Level.ERROR if all(each.level is Level.ERROR for _, each in findings) else Level.WARNING
    cases = tuple((reading, each.message.say("en")) for reading, each in findings)
    return [replace(first, level=level, proof=first.proof._replace(cases=cases) if first.proof else None)]


def _about(circuit: Circuit) -> str:
    """What a contradiction is about: its figures, whatever their order."""
    return "+".join(sorted(statement.id for statement in circuit.statements))


def _meanings(plans: Sequence[LoadedPlan]) -> list[dict[str, str]]:
    """Every choice of a time for each vague moment, at most so many."""
    moments = {
        f"{name}@{loaded.plan.plan}": moment.either
        for loaded in plans
        if loaded.plan is not None
        for name, moment in loaded.plan.moments.items()
    }
    choices = islice(product(*moments.values()), MAX_MEANINGS) if moments else []
    return [dict(zip(moments, choice, strict=True)) for choice in choices]


def independent_conflicts(system: System, shapes: Sequence[Shape]) -> list[Conflict]:
    """Violated circuits, the smallest first; the figures of one are set aside before the next."""
    choice = Choice(system)
    found: list[Conflict] = []
    left = list(shapes)
    while len(found) < MAX_FINDINGS:
        violated = {shape: circuit for shape in left if (circuit := choice.violated(shape)) is not None}
        if not violated:
            return found
        circuit = min(violated.values(), key=_size)
        statements = circuit.statements
        others = [
            each
            for each in violated.values()
            if each is not circuit and set(each.statements) & set(statements)
        ]
        found.append(
            Conflict(
                circuit,
                _in_every(choice, statements, violated),
                tuple(sorted(others, key=_size)[:MAX_ALTERNATIVES]),
            )
        )
        choice.set_aside(
            [each for statement in statements for each in _all_that_do(system, circuit, statement)]
        )
        left = list(violated)
    return found


def _size(circuit: Circuit) -> tuple[int, int, int, int, list[str]]:
    """Few figures before many, plain laws before combined ones, sure ones before assumed, then by name."""
    statements = circuit.statements
    usual = sum(tie.usual for tie, _ in circuit.ties)
    assumed = sum(statement.assumption is not None for statement in statements)
    combined = sum(len(part.statements) > 1 for part, _ in circuit.terms)
    return len(statements), combined, usual, assumed, sorted(statement.id for statement in statements)


def _in_every(
    choice: Choice, statements: Iterable[Statement], violated: dict[Shape, Circuit]
) -> tuple[Statement, ...]:
    """The figures of a conflict without which nothing that touches the conflict is violated."""
    touching = [shape for shape, circuit in violated.items() if set(circuit.statements) & set(statements)]
    needed = []
    for statement in statements:
        alone = Choice(choice.system)
        alone.set_aside([*choice.aside, *choice.system.statements[statement.column]])
        if all(alone.violated(shape) is None for shape in touching):
            needed.append(statement)
    return tuple(needed)


def _all_that_do(system: System, circuit: Circuit, statement: Statement) -> list[Statement]:
    """The figure, and those of its quantity that would break the circuit as well."""
    return [statement, *_also(system, circuit, statement)]


def _also(system: System, circuit: Circuit, statement: Statement) -> list[Statement]:
    inside, side = set(circuit.statements), circuit.side()
    others = [each for each in system.statements[statement.column] if each not in inside]
    return [each for each in others if circuit.side({statement: each.interval}) == side]


# -- what is reported ----------------------------------------------------------------------------


def _finding(conflict: Conflict, system: System, base_years: dict[str, int]) -> Finding:
    circuit = conflict.circuit
    statements = circuit.statements
    tie = circuit.verdict() == "tie"
    readings = tuple(readings_of(circuit, system, base_years))
    assumptions = tuple(dict.fromkeys(each.assumption for each in statements if each.assumption))
    rests_on_less = bool(assumptions) or any(law.usual for law, _ in circuit.ties)
    is_error = not tie and circuit.is_grave() and not rests_on_less and "round-target" not in readings
    reach = circuit.range()
    proof = Contradiction(
        plans=tuple(sorted({statement.figure.plan for statement in statements})),
        involved=tuple(_involved(circuit, statement, system) for statement in statements),
        identities=(identity_of(circuit),),
        must_contain=circuit.must_contain,
        ratio=(None, None) if reach is None else (_number(reach.low), _number(reach.high)),
        severity=circuit.severity(),
        readings=readings,
        assumptions=assumptions,
        in_every=tuple(statement.id for statement in conflict.in_every),
        alternatives=tuple(tuple(each.id for each in other.statements) for other in conflict.alternatives),
    )
    last = max(statements, key=lambda statement: statement.figure.position)
    return Finding(
        code=CODES[code_of(circuit)],
        level=Level.ERROR if is_error else Level.WARNING,
        message=message_of(circuit, proof, system, tie=tie),
        position=last.figure.position,
        about=_about(circuit),
        proof=proof,
    )


def _involved(circuit: Circuit, statement: Statement, system: System) -> Involved:
    numerals, count = should_read(circuit, statement)
    also = tuple(each.id for each in _also(system, circuit, statement))
    return Involved(statement.id, numerals, count, also)


def _number(value: Fraction | None) -> str | None:
    return None if value is None else f"{float(value):.6g}"


def _settled(findings: Sequence[Finding]) -> list[Finding]:
    """Each finding with those that would go if one of its deciding figures were corrected."""
    deciding = {finding.id: set(finding.proof.in_every) for finding in findings if finding.proof}
    result = []
    for finding in findings:
        settles = tuple(
            other.id
            for other in findings
            if other is not finding and deciding.get(finding.id, set()) & deciding.get(other.id, set())
        )
        proof = finding.proof._replace(settles=settles) if finding.proof else None
        result.append(finding.with_proof(proof))
    return result


def _gravity(finding: Finding) -> tuple[object, ...]:
    severity = finding.proof.severity if finding.proof else None
    return list(Level).index(finding.level), -(severity or float("inf")), finding.position
