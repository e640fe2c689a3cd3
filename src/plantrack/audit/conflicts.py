"""From violated circuits to findings: one for each independent contradiction, the smallest first."""

from __future__ import annotations

import math
from dataclasses import replace
from itertools import product
from typing import TYPE_CHECKING, NamedTuple

from plantrack.audit.accounts import code_of, identities_of, message_of
from plantrack.audit.components import components_of, joined
from plantrack.audit.gravity import is_grave, severity_of, verdict_of
from plantrack.audit.mixed import is_contradictory
from plantrack.audit.readings import readings_of, survives_round_targets
from plantrack.audit.repairs import should_read
from plantrack.audit.search import Choice, Shape, own_shapes, repetitions, shapes_of
from plantrack.audit.system import build_system
from plantrack.audit.tangles import decide_left, problem_of, tangle_of
from plantrack.findings import CODES, Contradiction, Finding, Involved, Level

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from collections.abc import Set as AbstractSet
    from fractions import Fraction

    from plantrack.audit.circuits import Circuit
    from plantrack.audit.columns import Column, Tie
    from plantrack.audit.components import Component
    from plantrack.audit.system import Statement, System
    from plantrack.audit.tangles import Tangle
    from plantrack.catalogue import Catalogue
    from plantrack.loading import LoadedPlan

    Proof = Circuit | Tangle

MAX_ALTERNATIVES = 5
"""More other minimal sets of one contradiction are not listed."""
MAX_MEANINGS = 16
"""More combined meanings of vague moments are not gone through."""
MAX_FINDINGS = 200
"""More independent contradictions of one call are not sought."""


class Conflicts(NamedTuple):
    """The findings, gravest first; the figures that laws hold against others; the columns of what is not decided."""

    findings: list[Finding]
    reached: frozenset[str]
    undecided: frozenset[Column]


class Conflict(NamedTuple):
    """One independent contradiction: a minimal set, the figures that would do in it, other minimal sets that touch it."""

    proof: Proof
    doing: tuple[Statement, ...]
    alternatives: tuple[Proof, ...] = ()


def find_conflicts(system: System, base_years: dict[str, int]) -> Conflicts:
    """One finding per independent contradiction between the figures of a system.

    Args:
        system: statements, ties, domains.
        base_years: plan -> its base year; later whole levels may be round targets.
    """
    search = Search(system, base_years)
    conflicts = search.conflicts()
    findings = [
        _finding(conflict, search.deciding(conflict, conflicts), system, base_years) for conflict in conflicts
    ]
    return Conflicts(sorted(_settled(findings), key=_gravity), search.reached(), search.undecided())


class Search:
    """The contradictions of one system, one after the other, each with its figures set aside."""

    def __init__(
        self,
        system: System,
        base_years: dict[str, int],
        aside: Iterable[Statement] = (),
        *,
        of_moments: bool = False,
    ) -> None:
        """Search all laws, or only those that hang together with what is said of vague moments."""
        self.system = system
        self.base_years = base_years
        self.choice = Choice(system, aside)
        ties: Sequence[Tie] = system.ties
        if of_moments:
            touched = _columns_of_moments(system, self.choice.aside)
            ties = [
                tie
                for group in joined(ties)
                if any(touched & set(tie.columns) for tie in group)
                for tie in group
            ]
        self.components, self.mixed = components_of(ties, system)
        self.doubtful: list[tuple[Tie, ...]] = []
        self.tangled: list[tuple[Tie, ...]] = []
        self.unsure: list[tuple[Tie, ...]] = []

    def conflicts(self) -> list[Conflict]:
        """Repetitions, then what breaks laws of one kind, then of both."""
        found = [
            Conflict(pair, all_that_do(self.system, pair))
            for pair in repetitions(self.system)
            if self.choice.aside.isdisjoint(pair.statements)
        ]
        found += self._of_one_kind()
        found += self._of_both_kinds()
        return found

    def _of_one_kind(self) -> Iterator[Conflict]:
        """Violated circuits, the smallest first; the figures of one are set aside before the next.

        What holds goes on to hold when figures are set aside.
        """
        broken = [each for each in self.components if self._is_doubted(each)]
        shapes = own_shapes(self.system)
        shapes += [shape for component in broken for shape in shapes_of(component, self.system)]
        for _ in range(MAX_FINDINGS):
            circuits = [(shape, self.choice.violated(shape)) for shape in shapes]
            shapes = [shape for shape, circuit in circuits if circuit is not None]
            violated = [circuit for _, circuit in circuits if circuit is not None] or self._beyond(broken)
            if not violated:
                return
            circuit = self._told_first(violated)
            inside = set(circuit.statements)
            others = [each for each in violated if each is not circuit and inside & set(each.statements)]
            doing = all_that_do(self.system, circuit)
            yield Conflict(circuit, doing, tuple(sorted(others, key=_size)[:MAX_ALTERNATIVES]))
            self.choice.set_aside(doing)

    def _told_first(self, violated: Sequence[Circuit]) -> Circuit:
        """The smallest; or, where that is no error, the smallest error that shares figures with it."""
        ordered = sorted(violated, key=_size)
        inside = set(ordered[0].statements)
        touching = (each for each in ordered if inside & set(each.statements))
        errors = (each for each in touching if is_error(each, self.system, self.base_years))
        return next(errors, ordered[0])

    def _of_both_kinds(self) -> Iterator[Conflict]:
        """Tangles: what laws of both kinds exclude together, and laws that logarithms did not decide."""
        for ties in dict.fromkeys([*self.mixed, *self.doubtful]):
            for _ in range(MAX_FINDINGS):
                decisions = list(decide_left(ties, self.system, self._left))
                excluded = next((each for each, decision in decisions if decision == "contradictory"), None)
                if excluded is None:
                    break
                tangle = tangle_of(ties, excluded, self.system)
                self.tangled.append(ties)
                doing = all_that_do(self.system, tangle)
                yield Conflict(tangle, doing)
                self.choice.set_aside(doing)
            if any(decision == "undetermined" for _, decision in decisions):
                self.unsure.append(ties)

    def _left(self, column: Column) -> list[Statement]:
        statements = self.system.statements.get(column, ())
        return [each for each in statements if each not in self.choice.aside]

    def _is_doubted(self, component: Component) -> bool:
        """Whether a component is broken; one that is not decided by logarithms is kept for later."""
        row, final = self.choice.broken(component)
        if not final:
            self.doubtful.append(component.ties)
        return row is not None

    def _beyond(self, broken: Sequence[Component]) -> list[Circuit]:
        """What is still broken in components of which not all circuits were gone through."""
        found = []
        for component in broken:
            row, final = self.choice.broken(component)
            circuit = self.choice.violated(Shape.of(row, component)) if row is not None else None
            if circuit is not None:
                found.append(circuit)
            elif row is not None or not final:
                self.doubtful.append(component.ties)
        return found

    def deciding(self, conflict: Conflict, conflicts: Sequence[Conflict]) -> tuple[Statement, ...]:
        """The figures whose correction alone restores consistency, the other contradictions set aside."""
        own = set(conflict.proof.statements)
        others = {statement for other in conflicts if other is not conflict for statement in other.doing}
        return tuple(
            statement
            for statement in conflict.proof.statements
            if not self._is_broken(
                {*others, *self.system.statements[statement.column]} - (own - {statement}), own
            )
        )

    def _is_broken(self, aside: AbstractSet[Statement], touching: AbstractSet[Statement]) -> bool:
        """Whether laws of the figures' columns are still broken without those that are set aside."""
        choice = Choice(self.system, aside, self.choice)
        columns = {statement.column for statement in touching}
        spans = {column._replace(kind="ratio") for column in columns if len(column.times) > 1}
        if spans and any(
            choice.violated(shape) for shape in own_shapes(self.system) if shape.powers[0][0] in spans
        ):
            return True
        columns |= spans
        near = [each for each in self.components if columns & set(each.columns)]
        if any(choice.broken(component)[0] is not None for component in near):
            return True
        problems = (
            problem_of(ties, [each for each in self._all_of(ties) if each not in aside], self.system.domains)
            for ties in self.tangled
            if any(columns & set(tie.columns) for tie in ties)
        )
        return any(is_contradictory(problem, by_contraction=True) for problem in problems)

    def _all_of(self, ties: Sequence[Tie]) -> list[Statement]:
        columns = dict.fromkeys(column for tie in ties for column in tie.columns)
        return [each for column in columns for each in self.system.statements.get(column, ())]

    def reached(self) -> frozenset[str]:
        """Ids of the figures that some law holds against others."""
        reached: set[str] = set()
        rows = [row for component in self.components for row in component.rows]
        for columns in [*rows, *({shape.powers[0][0]} for shape in own_shapes(self.system))]:
            inside = {
                each.id
                for column in columns
                for part in self.system.parts(column)
                for each in part.statements
            }
            if len(inside) > 1:
                reached |= inside
        return frozenset(reached)

    def undecided(self) -> frozenset[Column]:
        """The columns of laws that are neither shown to hold together nor to be broken."""
        return frozenset(column for ties in self.unsure for tie in ties for column in tie.columns)


def whatever_is_meant(
    plans: Sequence[LoadedPlan], catalogue: Catalogue, base_years: dict[str, int], known: Iterable[Finding]
) -> list[Finding]:
    """A contradiction that every meaning of the vague moments has, though none has it in common.

    Each moment is taken for each time it may mean, one choice throughout its plan. The figures of what
    is known already, with the moments as times of their own, are set aside. The first meaning's proof
    is shown, the others' stand under `cases`.
    """
    told = {each.figure for finding in known if finding.proof for each in finding.proof.involved}
    findings: list[tuple[str, Finding]] = []
    for meaning in _meanings(plans):
        system = build_system(plans, catalogue, meaning)
        aside = [each for column in system.statements.values() for each in column if each.id in told]
        search = Search(system, base_years, aside, of_moments=True)
        conflicts = search.conflicts()
        if not conflicts:
            return []
        reading = ", ".join(f"{moment.partition('@')[0]} = {time}" for moment, time in meaning.items())
        deciding = search.deciding(conflicts[0], conflicts)
        findings.append((reading, _finding(conflicts[0], deciding, system, base_years)))
    if not findings:
        return []
    first = findings[0][1]
    level = Level.ERROR if all(each.level is Level.ERROR for _, each in findings) else Level.WARNING
    cases = tuple((reading, each.message) for reading, each in findings)
    return [replace(first, level=level, proof=first.proof._replace(cases=cases) if first.proof else None)]


def _columns_of_moments(system: System, aside: AbstractSet[Statement]) -> set[Column]:
    """The columns that figures not set aside speak of by a vague moment, and the levels at their ends."""
    spoken = {
        statement.column
        for statements in system.statements.values()
        for statement in statements
        if statement not in aside and any(time.kind == "moment" for time in statement.figure.times)
    }
    return spoken | {column.level(number) for column in spoken for number in range(len(column.times))}


def _about(proof: Proof) -> str:
    """What a contradiction is about: its figures, whatever their order."""
    return "+".join(sorted(statement.id for statement in proof.statements))


def _meanings(plans: Sequence[LoadedPlan]) -> list[dict[str, str]]:
    """Every choice of a time for each vague moment; none where they are too many to go through."""
    moments = {
        f"{name}@{loaded.plan.plan}": moment.either
        for loaded in plans
        if loaded.plan is not None
        for name, moment in loaded.plan.moments.items()
    }
    if not moments or math.prod(map(len, moments.values())) > MAX_MEANINGS:
        return []
    return [dict(zip(moments, choice, strict=True)) for choice in product(*moments.values())]


def _size(circuit: Circuit) -> tuple[int, int, int, int, list[str]]:
    """Few figures before many, plain laws before combined ones, sure ones before assumed, then by name."""
    statements = circuit.statements
    usual = sum(tie.usual for tie, _ in circuit.ties)
    assumed = sum(statement.assumption is not None for statement in statements)
    combined = sum(len(part.statements) > 1 for part, _ in circuit.terms)
    return len(statements), combined, usual, assumed, sorted(statement.id for statement in statements)


def all_that_do(system: System, proof: Proof) -> tuple[Statement, ...]:
    """The figures of a proof, and those of their quantities that would break it as well."""
    return tuple(each for one in proof.statements for each in (one, *_also(system, proof, one)))


def _also(system: System, proof: Proof, statement: Statement) -> list[Statement]:
    inside, side = set(proof.statements), proof.side()
    others = [each for each in system.statements[statement.column] if each not in inside]
    return [each for each in others if proof.side({statement: each.interval}) == side]


# -- what is reported ----------------------------------------------------------------------------


def _finding(
    conflict: Conflict, deciding: tuple[Statement, ...], system: System, base_years: dict[str, int]
) -> Finding:
    circuit = conflict.proof
    statements = circuit.statements
    tie = verdict_of(circuit) == "tie"
    level = Level.ERROR if is_error(circuit, system, base_years) else Level.WARNING
    readings = tuple(readings_of(circuit, system, base_years))
    assumptions = tuple(dict.fromkeys(each.assumption for each in statements if each.assumption))
    reach = circuit.range()
    proof = Contradiction(
        plans=tuple(sorted({statement.figure.plan for statement in statements})),
        involved=tuple(_involved(circuit, statement, system) for statement in statements),
        identities=identities_of(circuit),
        must_contain=circuit.must_contain,
        ratio=(None, None) if reach is None else (_number(reach.low), _number(reach.high)),
        severity=severity_of(circuit),
        readings=readings,
        assumptions=assumptions,
        in_every=tuple(statement.id for statement in deciding),
        alternatives=tuple(tuple(each.id for each in other.statements) for other in conflict.alternatives),
    )
    last = max(statements, key=lambda statement: statement.figure.position)
    return Finding(
        code=CODES[code_of(circuit)],
        level=level,
        message=message_of(circuit, proof, system, tie=tie),
        position=last.figure.position,
        about=_about(circuit),
        proof=proof,
    )


def is_error(proof: Proof, system: System, base_years: dict[str, int]) -> bool:
    """Whether one of its figures is wrong whatever was meant: no tie, no assumption, no round target explains it."""
    if any(each.assumption for each in proof.statements) or any(law.usual for law, _ in proof.ties):
        return False
    return (
        is_grave(proof) and verdict_of(proof) == "fails" and survives_round_targets(proof, system, base_years)
    )


def _involved(circuit: Proof, statement: Statement, system: System) -> Involved:
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
