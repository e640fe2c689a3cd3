"""The independent contradictions of a system, one after the other, each with its figures set aside."""

from __future__ import annotations

from dataclasses import replace
from functools import cached_property
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from plantrack.audit.circuits import Circuit
from plantrack.audit.components import components_of
from plantrack.audit.corrections import apart, fewest_corrections, further, necessary, units_of
from plantrack.audit.levels import generous_system, is_error
from plantrack.audit.oracle import Oracle, connected, holds_for, laws_that_can_say_something
from plantrack.audit.search import Choice, Shape, own_shapes, repetitions, shapes_of
from plantrack.audit.statements import Composite, Sign, Statement
from plantrack.audit.tangles import Tangle, decide_left, tangle_of
from plantrack.solver.constraints import span_ties
from plantrack.solver.effort import BESIDE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from collections.abc import Set as AbstractSet

    from plantrack.audit.circuits import Free
    from plantrack.audit.components import Component, Components
    from plantrack.audit.statements import Part
    from plantrack.audit.system import System
    from plantrack.audit.tangles import Known
    from plantrack.solver.constraints import Tie
    from plantrack.solver.feasibility import Decision
    from plantrack.solver.variables import Column

    Proof = Circuit | Tangle

_V = TypeVar("_V")
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
    connected: Oracle | None = None
    corrected: frozenset[Statement] = frozenset()
    """One smallest set of figures without which all that is connected holds."""

    aside: frozenset[Statement] = frozenset()
    """Figures that were left out when it was found."""

    @property
    def others(self) -> frozenset[Statement]:
        """Figures of other contradictions, which are taken for corrected in all that is told of this one."""
        return (self.corrected | self.aside) - set(self.proof.statements)


class Search:
    """The contradictions of one system, one after the other, each with its figures set aside."""

    def __init__(  # noqa: PLR0913 - each narrows the search in its own way
        self,
        system: System,
        base_years: dict[str, int],
        aside: Iterable[Statement] = (),
        *,
        components: Components | None = None,
        is_generous: bool = False,
        known: Known | None = None,
        about: AbstractSet[Column] = frozenset(),
        later: AbstractSet[Statement] = frozenset(),
    ) -> None:
        """Search all laws, or only those of some components.

        `is_generous` tells that the system's intervals are wider than printed, to find errors; `known`
        is what was decided of laws of both kinds. Contradictions `about` some columns are told before others;
        when laws of one kind tell no more of them, the figures of `later` are set aside.
        """
        self.known: Known = {} if known is None else known
        self.system = system
        self.base_years = base_years
        self.is_generous = is_generous
        self.about, self.later = about, later
        self.choice = Choice(system, aside)
        self.components = components or components_of(system.ties, system)
        self.never = frozenset(self.choice.aside)
        self.doubtful: list[tuple[Tie, ...]] = []
        self.unsure: list[tuple[Tie, ...]] = []

    def conflicts(self) -> list[Conflict]:
        """As many contradictions as the fewest figures whose correction makes all hold."""
        found: list[Conflict] = []
        for part, oracle in self._parts(self.apart()):
            with self.system.effort.account(("corrections", oracle.columns), oracle.count, BESIDE):
                found += self._completed(part, oracle)
        return found

    @property
    def is_contradictory(self) -> bool:
        """Whether there is any contradiction to be found, without looking for its figures."""
        if next(repetitions(self.system, self.never), None) is not None:
            return True
        halving = not self.is_generous
        return holds_for(self.components, self.choice, self.known, halving=halving) is False

    def apart(self) -> list[Conflict]:
        """Contradictions that share no figure: repetitions, then what breaks laws."""
        return [*self._repeated(), *self.of_laws()]

    def _repeated(self) -> Iterator[Conflict]:
        yield from map(self._as_conflict, repetitions(self.system, self.never))

    def _as_conflict(self, proof: Proof) -> Conflict:
        return Conflict(proof, all_that_do(self.system, proof), is_error(proof, self.system, self.base_years))

    def _parts(self, conflicts: Sequence[Conflict]) -> Iterator[tuple[list[Conflict], Oracle]]:
        """The contradictions that are connected with one another, and all that is connected with them."""
        left = list(conflicts)
        open_ = [each for conflict in conflicts for each in conflict.doing]
        ties = laws_that_can_say_something(self.system, open_, self.never) if conflicts else ()
        while left:
            oracle = Oracle(self.system, _columns_of(left[0].proof.statements), ties, self.never, self.known)
            part = [
                each for each in left if not oracle.columns.isdisjoint(_columns_of(each.proof.statements))
            ]
            left = [each for each in left if each not in part]
            yield part, oracle

    def _completed(self, found: list[Conflict], oracle: Oracle) -> Iterator[Conflict]:
        """As many as figures must be corrected at least, each with those of the others."""
        pool = [each for conflict in found for each in (conflict.proof, *conflict.alternatives)]
        found = necessary(
            sorted(found, key=_as_told),
            lambda each: units_of(each.proof, self.system),
            self.system.effort.pays,
        )

        def another(without: AbstractSet[Statement]) -> Sequence[Statement] | None:
            proof = self._first_without(without, oracle)
            if proof is not None:
                pool.append(proof)
            return None if proof is None else proof.statements

        correction = fewest_corrections([each.statements for each in pool], oracle, another)
        more = further([each.proof for each in found], pool, correction.number, self.system)
        found += map(self._as_conflict, more)
        correction = apart(correction, [each.proof for each in found], oracle)
        for each in found:
            yield each._replace(
                connected=oracle, corrected=correction.figures, aside=_inside(oracle, self.never)
            )

    def _first_without(self, without: AbstractSet[Statement], oracle: Oracle) -> Proof | None:
        """A contradiction that is left without some figures."""
        aside = self.never | without
        components = components_of(oracle.ties, self.system, aside)
        search = Search(self.system, self.base_years, aside, components=components, known=self.known)
        repeated = (
            each
            for each in repetitions(self.system, search.never)
            if each.statements[0].column in oracle.columns
        )
        return next(chain(repeated, (found.proof for found in search.of_laws())), None)

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
        broken = [each for each in components.of_one_kind if self._paid(each.ties, self._is_doubted, each)]
        shapes: list[tuple[tuple[Tie, ...], Shape]]
        shapes = [((), shape) for shape in own_shapes(components.changed)]
        for each in broken:
            shapes += [
                (each.ties, shape)
                for shape in self._paid(each.ties, shapes_of, each, self.system)
                if not self.about or shape.speaks_of(self.about)
            ]
        for _ in range(MAX_FINDINGS):
            circuits = [
                (ties, shape, self._paid(ties, self.choice.violated, shape)) for ties, shape in shapes
            ]
            shapes = [(ties, shape) for ties, shape, circuit in circuits if circuit is not None]
            violated = [circuit for _, _, circuit in circuits if circuit is not None]
            if not violated:
                self.choice.set_aside(self.later)
                violated = self._beyond(broken)
            if not violated:
                self.unsure += self._unlooked(components)
                return
            circuit = self._paid((), self._lean, min(violated, key=_size))
            inside = set(circuit.statements)
            others = [each for each in violated if each is not circuit and inside & set(each.statements)]
            yield self._paid((), self._told, circuit, sorted(others, key=_size)[:MAX_ALTERNATIVES])
        self.unsure += [component.ties for component in broken]

    def _unlooked(self, components: Components) -> list[tuple[Tie, ...]]:
        """What spans mean of which changes are printed, where no more work could be done on them."""
        is_left = self._paid((), self.system.effort.pays, 0)
        return [] if is_left else [tuple(span_ties(span)) for span in components.changed]

    def _paid(self, ties: Sequence[Tie], work: Callable[..., _V], *arguments: object) -> _V:
        """Work that is charged to the account of some laws, with a share for each figure of their columns."""
        columns = {column for tie in ties for column in tie.columns}
        with self.system.effort.account(("search", *ties), self.system.count(columns)):
            return work(*arguments)

    def _lean(self, circuit: Circuit) -> Circuit:
        """The circuit less the figures that domains make needless.

        Products of plain figures are minimal by themselves; of parts that are made of several it is not asked.
        """
        if not _is_plain(circuit):
            return circuit._replace(is_minimal=False)
        if self.is_generous or circuit.kind == "product" or len(circuit.statements) <= FEW:
            return circuit
        for statement in circuit.statements:
            fewer, is_enough = self._within(set(circuit.statements) - {statement})
            if fewer is not None:
                return self._lean(fewer)
            if is_enough:
                return circuit._replace(is_minimal=False)
        return circuit._replace(is_minimal=False) if self.system.effort.is_spent else circuit

    def _within(self, figures: AbstractSet[Statement]) -> tuple[Circuit | None, bool]:
        """A contradiction of some figures alone by laws of one kind, and whether there is one by any laws."""
        aside = self._everything - figures
        _, near = connected(_columns_of(figures), self.components.spoken)
        components = components_of(near, self.system, aside)
        search = Search(self.system, self.base_years, aside, components=components, is_generous=True)
        found = next(search._of_one_kind(components), None)
        if found is not None:
            return found.proof if isinstance(found.proof, Circuit) else None, True
        decisions = (
            decision
            for ties in (*components.mixed, *search.doubtful)
            for _, decision in decide_left(
                ties, self.system, search.choice.left, halving=False, known=self.known
            )
        )
        return None, "contradictory" in decisions

    @cached_property
    def _everything(self) -> frozenset[Statement]:
        return frozenset(chain.from_iterable(self.system.statements.values()))

    def _told(self, proof: Proof, alternatives: Sequence[Proof] = ()) -> Conflict:
        """The contradiction, or an error that shares figures with it; its figures are set aside."""
        sure = not self.is_generous and is_error(proof, self.system, self.base_years)
        if not self.is_generous and not sure:
            error = next((each for each in self._errors_near(proof) if _is_beside(each, proof)), None)
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
                decisions = self._paid(ties, self._decisions, ties)
                excluded = next((each for each, decision in decisions if decision == "contradictory"), None)
                if not excluded:  # nothing, or laws by themselves, which no figure is to blame for
                    break
                tangle = self._paid(ties, tangle_of, ties, excluded, self.system)
                yield self._paid(ties, self._told, tangle)
            if any(
                decision == "undetermined" or (decision == "contradictory" and not some)
                for some, decision in decisions
            ):
                self.unsure.append(ties)

    def _decisions(self, ties: Sequence[Tie]) -> list[tuple[list[Statement], Decision]]:
        halving = not self.is_generous  # what is sought beside a contradiction may be missed
        return list(decide_left(ties, self.system, self.choice.left, halving=halving, known=self.known))

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
            row, final = self._paid(component.ties, self.choice.broken, component)
            shape = Shape.of(row, component) if row is not None else None
            circuit = None if shape is None else self._paid(component.ties, self.choice.violated, shape)
            if circuit is not None:
                found.append(circuit)
            elif row is not None or not final:
                self.doubtful.append(component.ties)
        return found

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


def _is_beside(error: Proof, proof: Proof) -> bool:
    """Whether an error shares figures with a contradiction, and is not the same with several more."""
    inside, outside = set(proof.statements), set(error.statements) - set(proof.statements)
    return not inside.isdisjoint(error.statements) and not (
        inside <= set(error.statements) and len(outside) > 1
    )


def _is_plain(circuit: Circuit) -> bool:
    """Whether each of its figures stands by itself."""
    return all(len(part.statements) <= 1 and not isinstance(part, Sign) for part, _ in circuit.terms)


FEW = 2
"""Sums of so many figures have no figure to spare: domains are tried in place of each."""


def _inside(oracle: Oracle, statements: AbstractSet[Statement]) -> frozenset[Statement]:
    return frozenset(each for each in statements if each.column in oracle.columns)


def _columns_of(statements: Iterable[Statement]) -> set[Column]:
    """The columns of figures, and of a change the ratio that it confines as well."""
    columns = {statement.column for statement in statements}
    return columns | {column._replace(kind="ratio") for column in columns if len(column.times) > 1}


def columns_of_moments(system: System, aside: AbstractSet[Statement], key: str | None = None) -> set[Column]:
    """The columns that figures not set aside speak of by a vague moment, and the levels at their ends.

    `key` is one moment as columns name it; without it all count.
    """
    spoken = {
        statement.column
        for statements in system.statements.values()
        for statement in statements
        if statement not in aside and speaks_of_moment(statement, key)
    }
    return spoken | {column.level(number) for column in spoken for number in range(len(column.times))}


def speaks_of_moment(statement: Statement, key: str | None = None) -> bool:
    """Whether a figure speaks of a vague moment, or of the one that columns name so."""
    figure = statement.figure
    return any(time.kind == "moment" and key in {None, f"{time.text}@{figure.plan}"} for time in figure.times)


def _as_told(conflict: Conflict) -> tuple[bool, int]:
    """Errors before others, few figures before many."""
    return not conflict.is_error, len(conflict.proof.statements)


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
    return [each for each in others if side and proof.side({statement: each.interval}) == side]


def agreeing_prints(system: System, proof: Proof, statement: Statement) -> list[Statement]:
    """The figures of a statement's quantity that exclude it, and with which the proof's would not be broken."""
    if statement.column not in system.torn:
        return []
    inside = set(proof.statements)
    others = [each for each in system.statements[statement.column] if each not in inside]
    return [
        each
        for each in others
        if not each.interval.overlaps(statement.interval) and proof.side({statement: each.interval}) == 0
    ]


def closed_system(system: System) -> System:
    """The same with the ends of every interval included: open ends alone make no contradiction."""
    return replace(
        system,
        statements={
            column: tuple(each.instead(each.closed(each.interval)) for each in statements)
            for column, statements in system.statements.items()
        },
        _parts={},
        _related={},
    )


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
