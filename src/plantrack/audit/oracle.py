"""The oracle: whether all figures that laws connect can be true together, some left out, some read otherwise.

Whatever is reported beside a contradiction (what a figure would have to read, which figure alone is
enough, which reading explains it) is asked here, of everything that is connected with it.
"""

from __future__ import annotations

from functools import cached_property, lru_cache
from itertools import chain
from operator import attrgetter
from typing import TYPE_CHECKING
from weakref import proxy

from plantrack.audit.choices import Choice
from plantrack.audit.free_rows import without_free_rows
from plantrack.audit.minimal_sets import decide_left
from plantrack.audit.presolve import components_of, joined
from plantrack.audit.violations import own_relations, violated

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from collections.abc import Set as AbstractSet

    from plantrack.audit.bounds import PrintedBound
    from plantrack.audit.constraint_system import ConstraintSystem
    from plantrack.audit.minimal_sets import Known
    from plantrack.audit.presolve import Components
    from plantrack.numbers.interval import Interval
    from plantrack.solver.constraints import Constraint
    from plantrack.solver.variables import Variable

    Instead = Mapping[PrintedBound, PrintedBound]

NOTHING: Mapping[PrintedBound, PrintedBound] = {}


class Oracle:
    """All laws and figures that are connected with some variables, directly or through others.

    Args:
        system: figures and laws.
        near: the variables; figures of other variables that no law connects with them are not asked about.
        constraints: the laws that can say something.
        never: figures left out of every question.
        known: what is decided of constraints of both kinds, shared by all that ask.
    """

    def __init__(
        self,
        system: ConstraintSystem,
        near: Iterable[Variable],
        constraints: Sequence[Constraint],
        never: AbstractSet[PrintedBound] = frozenset(),
        known: Known | None = None,
    ) -> None:
        self.system = system
        self.known: Known = {} if known is None else known
        self.never = never
        self.variables, self.constraints = connected(near, constraints)
        self.printed = tuple(sorted(variable for variable in self.variables if variable in system.bounds))
        self._components: dict[frozenset[PrintedBound], Components] = {}
        self._systems: dict[frozenset[PrintedBound], ConstraintSystem] = {}
        self._questions: dict[tuple[frozenset[PrintedBound], tuple[PrintedBound, ...]], Question] = {}
        self._parts: dict[tuple[object, ...], bool | None] = {}
        self._memory = Choice(system)

    def holds(
        self,
        instead: Instead = NOTHING,
        *,
        without: AbstractSet[PrintedBound] = frozenset(),
        open_: Iterable[PrintedBound] | None = None,
    ) -> bool | None:
        """Whether the figures can all be true, some read otherwise, some left out; `None` where it is not decided.

        Args:
            instead: figure -> as it is read.
            without: figures that are left out.
            open_: figures that may read anything where nothing stands `instead` of them; asked again with other
                readings of the same open figures, what does not depend on them is not decided again.
        """
        if self.system.effort.is_spent:
            return None
        return self._question(without, instead if open_ is None else open_).holds(instead)

    def may_hold(
        self, instead: Instead, *, without: AbstractSet[PrintedBound], open_: Iterable[PrintedBound]
    ) -> bool | None:
        """The same but for laws of both kinds: a part of the question, far cheaper than all of it."""
        return None if self.system.effort.is_spent else self._question(without, open_).may_hold(instead)

    def value(
        self, variable: Variable, without: AbstractSet[PrintedBound], open_: Iterable[PrintedBound]
    ) -> float | None:
        """A value of a variable with which laws of one kind hold, some figures left out, some open; in floats."""
        return None if self.system.effort.is_spent else self._question(without, open_).value(variable)

    def _question(self, without: AbstractSet[PrintedBound], open_: Iterable[PrintedBound]) -> Question:
        asked = frozenset(without | self.never), tuple(open_)
        if asked not in self._questions:
            self._questions[asked] = Question(proxy(self), *asked)  # which does not keep it
        return self._questions[asked]

    @property
    def count(self) -> int:
        """How many figures are connected."""
        return self.system.count(self.printed)

    def components(
        self, opened: ConstraintSystem, without: frozenset[PrintedBound], open_: Sequence[PrintedBound]
    ) -> Components:
        """What is to be decided with figures opened: as without opening them, where that changes no sign."""
        if not all(each.anything.is_positive for each in open_):
            return components_of(self.constraints, opened, self.printed)
        if without not in self._components:
            self._components[without] = components_of(self.constraints, self.left(without), self.printed)
        known, variables = self._components[without], {each.variable for each in open_}
        if all(variables.isdisjoint(constraint.bounded_by) for constraint in known.redundant):
            return known
        return components_of(self.constraints, opened, self.printed)

    def left(self, without: frozenset[PrintedBound]) -> ConstraintSystem:
        """The system less some figures."""
        if without not in self._systems:
            self._systems[without] = self.system.without(without)
        return self._systems[without]

    def rest_holds(self, rest: Components, without: frozenset[PrintedBound]) -> bool | None:
        """Whether what depends on no open figure holds; each part of it is asked once with the same figures."""
        system = self.left(without)
        answers = set()
        for part in rest.parts():
            laws = tuple(chain(*(each.constraints for each in part.of_one_kind), *part.mixed))
            bounding = frozenset(
                chain(*(span.bounded_by for span in part.changed), *(law.bounded_by for law in laws))
            )
            asked = (
                laws,
                part.changed,
                frozenset(
                    each for each in without if not bounding.isdisjoint(self.system.bounded_by((each,)))
                ),
            )
            if asked not in self._parts:
                self._parts[asked] = holds_for(part, self.choice(system), self.known)
            if self._parts[asked] is False:
                return False
            answers.add(self._parts[asked])
        return None if None in answers else True

    def choice(self, system: ConstraintSystem) -> Choice:
        """The figures of a reading of the system, with a memory shared by all that is asked."""
        return Choice(system, like=self._memory)


def laws_that_can_say_something(
    system: ConstraintSystem, open_: Iterable[PrintedBound], without: AbstractSet[PrintedBound]
) -> tuple[Constraint, ...]:
    """The laws less those that unprinted variables can always obey, whatever the open figures read."""
    open_ = tuple(open_)
    opened = system.reading({each: each.instead(each.anything) for each in open_})
    _, near = connected((each.variable for each in open_), system.constraints)
    return tuple(without_free_rows(near, opened.without(frozenset(without)).about))


class Question:
    """What laws and figures leave for the figures that are open, asked of one reading after another."""

    def __init__(
        self, oracle: Oracle, without: frozenset[PrintedBound], open_: Sequence[PrintedBound]
    ) -> None:
        self.oracle = oracle
        self.without = without
        self.open = open_
        anything = {each: each.instead(each.anything) for each in open_ if each not in without}
        self.system = oracle.left(without).reading(anything)
        self._readings: dict[tuple[tuple[str, Interval], ...], tuple[Choice, bool | None]] = {}

    @cached_property
    def components(self) -> Components:
        """What is to be decided."""
        return self.oracle.components(self.system, self.without, self.open)

    @cached_property
    def _parts(self) -> tuple[Components, Components]:
        """What can depend on the open figures, and what cannot."""
        return self.components.depending_on({each.variable for each in self.open})

    @cached_property
    def _with_nothing(self) -> bool | None:
        """Whether all can be true, the open figures anywhere."""
        return self._with(NOTHING)

    @cached_property
    def _rest_holds(self) -> bool | None:
        """Whether what does not depend on the open figures holds."""
        if not self.system.conflicting.isdisjoint(self.oracle.printed):
            return False
        return self.oracle.rest_holds(self._parts[1], self.without)

    def holds(self, instead: Instead) -> bool | None:
        """Whether all can be true with these figures in place of open ones; `None` where it is not decided."""
        return self._with(instead) if instead else self._with_nothing

    def may_hold(self, instead: Instead) -> bool | None:
        """The same but for constraints of both kinds, which are dear; asked once of each reading."""
        return self._apart(instead)[1]

    def _with(self, instead: Instead) -> bool | None:
        choice, apart = self._apart(instead)
        if apart is False:
            return False
        near = self._near(choice, self._parts[0]._replace(of_one_kind=(), changed=()), instead)
        return near if apart or near is False else None

    def _apart(self, instead: Instead) -> tuple[Choice, bool | None]:
        """A reading, and whether all but constraints of both kinds holds with it."""
        read = tuple((each.id, each.interval) for each in instead.values())
        if read not in self._readings:
            system = self.system.reading(instead) if instead else self.system
            choice = self.oracle.choice(system)
            answer: bool | None = False
            if self._rest_holds is not False and system.conflicting.isdisjoint(
                each.variable for each in instead.values()
            ):
                near = self._near(choice, self._parts[0]._replace(mixed=()), instead)
                answer = near if self._rest_holds or near is False else None
            self._readings[read] = choice, answer
        return self._readings[read]

    def _near(self, choice: Choice, components: Components, instead: Instead) -> bool | None:
        return holds_for(components, choice, self.oracle.known, halving=not instead)

    def value(self, variable: Variable) -> float | None:
        """A value of a variable with which constraints of one kind hold, the open figures anywhere; in floats."""
        choice = self.oracle.choice(self.system)
        for component in self._parts[0].of_one_kind:
            if variable in component.variables:
                point = choice.point(component)
                return None if point is None else point[variable]
        return None


def holds_for(components: Components, choice: Choice, known: Known, *, halving: bool = True) -> bool | None:
    """Whether laws are shown to hold for the figures of a choice; `None` where it is not decided.

    Figures of one variable are not held against one another.
    """
    if any(violated(relation, choice) for relation in own_relations(components.changed)):
        return False
    answers = [choice.broken(component) for component in components.of_one_kind]
    if any(row is not None for row, _ in answers):
        return False
    doubtful = [
        each.constraints
        for each, (_, final) in zip(components.of_one_kind, answers, strict=True)
        if not final
    ]
    decided = True
    for constraints in (*components.mixed, *doubtful):
        if choice.system.effort.is_spent:
            return None
        for _, decision in decide_left(constraints, choice.system, halving=halving, known=known):
            if decision == "contradictory":
                return False
            decided = decided and decision == "consistent"
    return True if decided and not choice.system.effort.is_spent else None


def connected(
    near: Iterable[Variable], constraints: Sequence[Constraint]
) -> tuple[frozenset[Variable], tuple[Constraint, ...]]:
    """All variables and laws that hang together with some variables, by bounds as well."""
    found = frozenset(each for variable in near for each in variable.bounded_by)
    parts = _parts(tuple(constraints)) if found else {}
    joining = {id(part): part for each in found if (part := parts.get(each)) is not None}.values()
    taken = frozenset(chain.from_iterable(laws for _, laws in joining))
    return found.union(*(variables for variables, _ in joining)), tuple(
        filter(taken.__contains__, constraints)
    )


@lru_cache(maxsize=8)
def _parts(
    constraints: tuple[Constraint, ...],
) -> dict[Variable, tuple[frozenset[Variable], list[Constraint]]]:
    """All that hangs together with each variable; the constraints of one system are asked for again and again."""
    parts: dict[Variable, tuple[frozenset[Variable], list[Constraint]]] = {}
    for laws in joined(constraints, attrgetter("bounded_by")):
        variables = frozenset().union(*(each.bounded_by for each in laws))
        parts |= dict.fromkeys(variables, (variables, laws))
    return parts
