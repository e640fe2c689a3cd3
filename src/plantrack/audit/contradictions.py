"""The independent contradictions of a system, one after the other, each with its figures set aside."""

from __future__ import annotations

from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from plantrack.audit.components import components_of
from plantrack.audit.levels import generous_system, is_error, is_one_intention
from plantrack.audit.search import Choice, Shape, own_shapes, repetitions, shapes_of
from plantrack.audit.statements import Composite, Sign, Statement
from plantrack.audit.tangles import Tangle, decide_left, tangle_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from collections.abc import Set as AbstractSet

    from plantrack.audit.circuits import Circuit, Free
    from plantrack.audit.columns import Column, Tie
    from plantrack.audit.components import Component, Components
    from plantrack.audit.statements import Part
    from plantrack.audit.system import System

    Proof = Circuit | Tangle

MAX_ALTERNATIVES = 5
"""More other minimal sets of one contradiction are not listed."""
MAX_FINDINGS = 200
"""More independent contradictions of one call are not sought."""


class Conflict(NamedTuple):
    """One independent contradiction: a minimal set, the figures that would do in it, other minimal sets that touch it.

    Whether it is an error is not asked of what a generous search finds.
    """

    proof: Proof
    doing: tuple[Statement, ...]
    is_error: bool
    alternatives: tuple[Proof, ...] = ()


class Search:
    """The contradictions of one system, one after the other, each with its figures set aside."""

    def __init__(
        self,
        system: System,
        base_years: dict[str, int],
        aside: Iterable[Statement] = (),
        *,
        components: Components | None = None,
        is_generous: bool = False,
    ) -> None:
        """Search all laws, or only those of some components.

        `is_generous` tells that the system's intervals are wider than printed, to find errors.
        """
        self.system = system
        self.base_years = base_years
        self.is_generous = is_generous
        self.choice = Choice(system, aside)
        self.components = components or components_of(system.ties, system)
        self.doubtful: list[tuple[Tie, ...]] = []
        self.unsure: list[tuple[Tie, ...]] = []
        self.answers: dict[tuple[tuple[Tie, ...], frozenset[Statement]], bool] = {}

    def conflicts(self) -> list[Conflict]:
        """Repetitions, then what breaks laws."""
        found = [
            Conflict(pair, all_that_do(self.system, pair), is_error(pair, self.system, self.base_years))
            for pair in repetitions(self.system)
            if self.choice.aside.isdisjoint(pair.statements)
        ]
        return [*found, *self.of_laws()]

    def of_laws(self) -> Iterator[Conflict]:
        """What breaks laws of one kind, then of both.

        An inequality that figures set aside had made sure of may be broken by what is left.
        """
        components, told = self.components, self._silenced(self.choice.aside)
        while True:
            yield from self._of_one_kind(components)
            yield from self._of_both_kinds(components)
            silent = self._silenced(self.choice.aside) - told
            if not silent:
                return
            told |= silent
            components = components_of(self.components.spoken, self.system, self.choice.aside).touching(
                silent
            )

    def _silenced(self, aside: AbstractSet[Statement]) -> set[Column]:
        """The columns that have no figure any more, of laws that the printed numbers imply."""
        printed = (each for tie in self.components.implied for each in tie.columns if self.system.parts(each))
        return {column for column in printed if not self.system.parts_without(column, aside)}

    def _of_one_kind(self, components: Components) -> Iterator[Conflict]:
        """Violated circuits, the smallest first; the figures of one are set aside before the next.

        What holds goes on to hold when figures are set aside.
        """
        broken = [each for each in components.of_one_kind if self._is_doubted(each)]
        shapes = own_shapes(components.changed)
        shapes += [shape for component in broken for shape in shapes_of(component, self.system)]
        for _ in range(MAX_FINDINGS):
            circuits = [(shape, self.choice.violated(shape)) for shape in shapes]
            shapes = [shape for shape, circuit in circuits if circuit is not None]
            violated = [circuit for _, circuit in circuits if circuit is not None] or self._beyond(broken)
            if not violated:
                return
            circuit = min(violated, key=lambda each: (is_one_intention(each), _size(each)))
            inside = set(circuit.statements)
            others = [each for each in violated if each is not circuit and inside & set(each.statements)]
            yield self._told(circuit, sorted(others, key=_size)[:MAX_ALTERNATIVES])
        self.unsure += [component.ties for component in broken]

    def _told(self, proof: Proof, alternatives: Sequence[Proof] = ()) -> Conflict:
        """The contradiction, or an error that shares figures with it; its figures are set aside."""
        sure = not self.is_generous and is_error(proof, self.system, self.base_years)
        if not self.is_generous and not sure:
            inside = set(proof.statements)
            error = next((each for each in self._errors_near(proof) if inside & set(each.statements)), None)
            if error is not None:
                proof, alternatives, sure = error, [proof, *alternatives], True
        doing = all_that_do(self.system, proof)
        self.choice.set_aside(doing)
        return Conflict(proof, doing, sure, tuple(alternatives))

    def _errors_near(self, proof: Proof) -> Iterator[Proof]:
        """What is still contradictory when roundings are twice as wide and targets were made round."""
        near = self.components.touching(_columns_of(proof.statements))
        search = Search(self._generous, self.base_years, self.choice.aside, components=near, is_generous=True)
        originals = {each.id: each for column in self.system.statements.values() for each in column}
        for conflict in search.of_laws():
            error = with_originals(conflict.proof, originals)
            if is_error(error, self.system, self.base_years):
                yield error

    @cached_property
    def _generous(self) -> System:
        return generous_system(self.system, self.base_years)

    def _of_both_kinds(self, components: Components) -> Iterator[Conflict]:
        """Tangles: what laws of both kinds exclude together, and laws that logarithms did not decide."""
        for ties in dict.fromkeys([*components.mixed, *self.doubtful]):
            for _ in range(MAX_FINDINGS):
                halving = not self.is_generous  # what is sought beside a contradiction may be missed
                decisions = list(decide_left(ties, self.system, self.choice.left, halving=halving))
                excluded = next((each for each, decision in decisions if decision == "contradictory"), None)
                if excluded is None:
                    break
                yield self._told(tangle_of(ties, excluded, self.system))
            if any(decision == "undetermined" for _, decision in decisions):
                self.unsure.append(ties)

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
        columns = _columns_of(own)
        near = self.components.touching(columns)
        without = {
            statement: {*others, *self.system.statements[statement.column]} - (own - {statement})
            for statement in conflict.proof.statements
        }
        return tuple(
            statement
            for statement, aside in without.items()
            if self._holds(aside, near)
            and ((silent := self._silenced(aside)).isdisjoint(columns) or self._holds_woken(aside, silent))
        )

    def _holds_woken(self, aside: AbstractSet[Statement], silent: AbstractSet[Column]) -> bool:
        """Whether the inequalities hold, too, that figures set aside had made sure of."""
        woken = components_of(self.components.spoken, self.system, aside)
        return self._holds(aside, woken.touching(silent))

    def _holds(self, aside: AbstractSet[Statement], near: Components) -> bool:
        """Whether laws are shown to hold without the figures that are set aside."""
        choice = Choice(self.system, aside, self.choice)
        if any(choice.violated(shape) for shape in own_shapes(near.changed)):
            return False
        answers = [choice.broken(component) for component in near.of_one_kind]
        if any(row is not None for row, _ in answers):
            return False
        doubtful = [
            each.ties for each, (_, final) in zip(near.of_one_kind, answers, strict=True) if not final
        ]
        return all(self._is_consistent(ties, choice) for ties in (*near.mixed, *doubtful))

    def _is_consistent(self, ties: tuple[Tie, ...], choice: Choice) -> bool:
        """Whether laws of both kinds are shown to hold for the figures that are left; asked once of the same."""
        columns = dict.fromkeys(column for tie in ties for column in tie.columns)
        asked = ties, frozenset(each for column in columns for each in choice.left(column))
        if asked not in self.answers:
            decisions = decide_left(ties, self.system, choice.left, halving=False)
            self.answers[asked] = all(decision == "consistent" for _, decision in decisions)
        return self.answers[asked]

    def reached(self) -> frozenset[str]:
        """Ids of the figures that some law holds against others."""
        reached: set[str] = set()
        held: list[Iterable[Column]] = [
            row for component in self.components.of_one_kind for row in component.rows
        ]
        held += [{column for tie in ties for column in tie.columns} for ties in self.components.mixed]
        held += [tie.columns for tie in self.components.implied]
        held += [(span,) for span in self.components.changed]
        for columns in held:
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


def _columns_of(statements: Iterable[Statement]) -> set[Column]:
    """The columns of figures, and of a change the ratio that it confines as well."""
    columns = {statement.column for statement in statements}
    return columns | {column._replace(kind="ratio") for column in columns if len(column.times) > 1}


def columns_of_moments(system: System, aside: AbstractSet[Statement]) -> set[Column]:
    """The columns that figures not set aside speak of by a vague moment, and the levels at their ends."""
    spoken = {
        statement.column
        for statements in system.statements.values()
        for statement in statements
        if statement not in aside and any(time.kind == "moment" for time in statement.figure.times)
    }
    return spoken | {column.level(number) for column in spoken for number in range(len(column.times))}


def _size(circuit: Circuit) -> tuple[int, int, int, int, list[str]]:
    """Few figures before many, plain laws before combined ones, sure ones before assumed, then by name."""
    statements = circuit.statements
    usual = sum(tie.usual for tie, _ in circuit.ties)
    assumed = sum(statement.assumption is not None for statement in statements)
    combined = sum(len(part.statements) > 1 for part, _ in circuit.terms)
    return len(statements), combined, usual, assumed, sorted(statement.id for statement in statements)


def all_that_do(system: System, proof: Proof) -> tuple[Statement, ...]:
    """The figures of a proof, and those of their quantities that would break it as well."""
    return tuple(each for one in proof.statements for each in (one, *also_doing(system, proof, one)))


def also_doing(system: System, proof: Proof, statement: Statement) -> list[Statement]:
    """The other figures of a statement's quantity with which the proof's would be broken as well."""
    inside = set(proof.statements)
    others = [each for each in system.statements[statement.column] if each not in inside]
    if not others:
        return []
    side = proof.side()
    return [each for each in others if proof.side({statement: each.interval}) == side]


def with_originals(proof: Proof, originals: Mapping[str, Statement]) -> Proof:
    """A proof found among other statements of the same figures, with these."""
    if isinstance(proof, Tangle):
        return proof._replace(statements=tuple(originals[each.id] for each in proof.statements))
    return proof._replace(terms=tuple((_original(part, originals), times) for part, times in proof.terms))


def _original(part: Part | Free, originals: Mapping[str, Statement]) -> Part | Free:
    if isinstance(part, Statement):
        return originals[part.id]
    if isinstance(part, Composite):
        return replace(part, change=originals[part.change.id], level=originals[part.level.id])
    return replace(part, change=originals[part.change.id]) if isinstance(part, Sign) else part
