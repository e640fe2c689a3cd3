"""The oracle: whether all figures that laws connect can be true together, some left out, some read otherwise.

Whatever is told beside a contradiction (what a figure would have to read, which figure alone is
enough, which reading explains it) is asked here, of everything that is connected with it.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from plantrack.audit.components import components_of
from plantrack.audit.search import Choice, own_shapes
from plantrack.audit.statements import high_end, low_end
from plantrack.audit.tangles import decide_left
from plantrack.numbers.interval import ANY, POSITIVE

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from collections.abc import Set as AbstractSet

    from plantrack.audit.components import Components
    from plantrack.audit.statements import Statement
    from plantrack.audit.system import System
    from plantrack.audit.tangles import Known
    from plantrack.numbers.interval import Interval
    from plantrack.solver.constraints import Tie
    from plantrack.solver.variables import Column

    Instead = Mapping[Statement, Statement]

NOTHING: Mapping[Statement, Statement] = {}


class Oracle:
    """All laws and figures that are connected with some columns, directly or through others.

    Args:
        system: figures and laws.
        near: the columns; figures of other columns that no law connects with them are not asked about.
        ties: the laws that can say something.
        never: figures left out of every question.
        known: what is decided of laws of both kinds, shared by all that ask.
    """

    def __init__(
        self,
        system: System,
        near: Iterable[Column],
        ties: Sequence[Tie],
        never: AbstractSet[Statement] = frozenset(),
        known: Known | None = None,
    ) -> None:
        self.system = system
        self.known: Known = {} if known is None else known
        self.never = never
        self.columns, self.ties = connected(near, ties)
        self.printed = tuple(sorted(column for column in self.columns if column in system.statements))
        self.repeated = tuple(column for column in self.printed if len(system.statements[column]) > 1)
        self._answers: dict[frozenset[Statement], bool | None] = {}
        self._components: dict[frozenset[Statement], Components] = {}
        self._rests: dict[tuple[object, ...], bool | None] = {}
        self._memory = Choice(system)

    def holds(self, without: AbstractSet[Statement] = frozenset()) -> bool | None:
        """Whether the figures can all be true without some of them; `None` where it is not decided."""
        asked = frozenset(without)
        if self.system.effort.is_spent:
            return None
        if asked not in self._answers:
            self._answers[asked] = self.question(asked, ()).holds(NOTHING)
        return self._answers[asked]

    @property
    def count(self) -> int:
        """How many figures are connected."""
        return self.system.count(self.printed)

    def question(self, without: AbstractSet[Statement], open_: Iterable[Statement]) -> Question:
        """The same with some figures left open, to be asked what they may read."""
        return Question(self, frozenset(without | self.never), tuple(open_))

    def components(
        self, opened: System, without: frozenset[Statement], open_: Sequence[Statement]
    ) -> Components:
        """What is to be decided with figures opened: as without opening them, where that changes no sign."""
        if without not in self._components:
            self._components[without] = components_of(self.ties, self.system, without, self.printed)
        known = self._components[without]
        columns = {each.column for each in open_}
        implied = any(not columns.isdisjoint(tie.spoken_by) for tie in known.implied)
        if not implied and all(_anything(each).is_positive for each in open_):
            return known
        return components_of(self.ties, opened, without, self.printed)

    def rest_holds(self, rest: Components, without: frozenset[Statement]) -> bool | None:
        """Whether what depends on no open figure holds."""
        asked = without, tuple(each.ties for each in rest.of_one_kind), rest.mixed, rest.changed
        if asked not in self._rests:
            self._rests[asked] = holds_for(rest, self.choice(self.system, without), self.known)
        return self._rests[asked]

    def choice(self, system: System, without: frozenset[Statement]) -> Choice:
        """The figures of a reading of the system that are left, with a memory shared by all that is asked."""
        return Choice(system, without, self._memory)


def laws_that_can_say_something(
    system: System, open_: Iterable[Statement], without: AbstractSet[Statement]
) -> tuple[Tie, ...]:
    """The laws less those that unprinted columns can always obey, whatever the open figures read."""
    open_ = tuple(open_)
    opened = system.reading({each: each.instead(_anything(each)) for each in open_})
    _, near = connected((each.column for each in open_), system.ties)
    return components_of(near, opened, without).spoken


class Question:
    """What laws and figures leave for the figures that are open, asked of one reading after another."""

    def __init__(self, oracle: Oracle, without: frozenset[Statement], open_: Sequence[Statement]) -> None:
        self.oracle = oracle
        self.without = without
        self.open = open_
        self.system = oracle.system.reading({each: each.instead(_anything(each)) for each in open_})

    @cached_property
    def components(self) -> Components:
        """What is to be decided."""
        return self.oracle.components(self.system, self.without, self.open)

    @cached_property
    def _parts(self) -> tuple[Components, Components]:
        """What can depend on the open figures, and what cannot."""
        return self.components.speaking_of({each.column for each in self.open})

    @cached_property
    def _rest_holds(self) -> bool | None:
        """Whether what does not depend on the open figures holds."""
        if any(self._is_torn(column, self.system) for column in self.oracle.repeated):
            return False
        return self.oracle.rest_holds(self._parts[1], self.without)

    def holds(self, instead: Instead) -> bool | None:
        """Whether all can be true with these figures in place of open ones; `None` where it is not decided."""
        if self.system.effort.is_spent:
            return None
        if self._rest_holds is False:
            return False
        system = self.system.reading(instead) if instead else self.system
        columns = {each.column for each in instead.values()}
        if any(self._is_torn(column, system) for column in columns):
            return False
        choice = self.oracle.choice(system, self.without)
        near = holds_for(self._parts[0], choice, self.oracle.known, halving=not instead)
        return near if self._rest_holds or near is False else None

    def excludes_everything(self) -> bool:
        """Whether laws of one kind alone show that the open figures can read nothing."""
        if self.system.effort.is_spent:
            return False
        if self._rest_holds is False:
            return True
        near = self._parts[0]._replace(mixed=())
        return holds_for(near, self.oracle.choice(self.system, self.without), self.oracle.known) is False

    def value(self, column: Column) -> float | None:
        """A value of a column with which laws of one kind hold, the open figures anywhere; in floats."""
        if self.system.effort.is_spent:
            return None
        choice = self.oracle.choice(self.system, self.without)
        for component in self._parts[0].of_one_kind:
            if column in component.columns:
                point = choice.point(component)
                return None if point is None else point[column]
        return None

    def _is_torn(self, column: Column, system: System) -> bool:
        """Whether figures of one column exclude one another."""
        left = [each for each in system.statements.get(column, ()) if each not in self.without]
        if len(left) <= 1:
            return False
        return not max(left, key=low_end).interval.overlaps(min(left, key=high_end).interval)


def holds_for(components: Components, choice: Choice, known: Known, *, halving: bool = True) -> bool | None:
    """Whether laws are shown to hold for the figures of a choice; `None` where it is not decided.

    Figures of one column are not held against one another.
    """
    if any(choice.violated(shape) for shape in own_shapes(components.changed)):
        return False
    answers = [choice.broken(component) for component in components.of_one_kind]
    if any(row is not None for row, _ in answers):
        return False
    doubtful = [
        each.ties for each, (_, final) in zip(components.of_one_kind, answers, strict=True) if not final
    ]
    decided = True
    for ties in (*components.mixed, *doubtful):
        if choice.system.effort.is_spent:
            return None
        for _, decision in decide_left(ties, choice.system, choice.left, halving=halving, known=known):
            if decision == "contradictory":
                return False
            decided = decided and decision == "consistent"
    return True if decided and not choice.system.effort.is_spent else None


def _anything(statement: Statement) -> Interval:
    """All that a figure's column can take at all."""
    if statement.column.kind == "ratio":
        return POSITIVE
    return ANY if statement.domain is None else statement.domain


def connected(near: Iterable[Column], ties: Sequence[Tie]) -> tuple[frozenset[Column], tuple[Tie, ...]]:
    """All columns and laws that hang together with some columns."""
    uses: dict[Column, list[Tie]] = {}
    for tie in ties:
        for column in tie.columns:
            uses.setdefault(column, []).append(tie)
    found = {each for column in near for each in column.spoken_by}
    waiting = list(found)
    taken: dict[int, Tie] = {}
    while waiting:
        for tie in uses.get(waiting.pop(), ()):
            if id(tie) not in taken:
                taken[id(tie)] = tie
                fresh = tie.spoken_by - found
                found |= fresh
                waiting += fresh
    return frozenset(found), tuple(tie for tie in ties if id(tie) in taken)
