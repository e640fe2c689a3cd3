"""Tangles: figures that laws of both kinds exclude together, where no single circuit does."""

from __future__ import annotations

from collections import defaultdict
from fractions import Fraction
from itertools import islice, product
from typing import TYPE_CHECKING, Literal, NamedTuple

from plantrack.audit.components import Confined, is_mixed, joined, without_idle, without_implied
from plantrack.audit.search import MAX_CHOICES, agreeing
from plantrack.audit.statements import Composite, Sign, outermost
from plantrack.solver.feasibility import (
    LARGE,
    Problem,
    decide,
    distance_out,
    is_contradictory,
    likely_range,
    steps_of,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from plantrack.audit.circuits import Circuit
    from plantrack.audit.statements import Statement
    from plantrack.audit.system import System
    from plantrack.numbers.interval import Interval
    from plantrack.solver.constraints import Tie
    from plantrack.solver.feasibility import Decision
    from plantrack.solver.variables import Column, ColumnKind

    Domains = Mapping[Column, Interval | None]
    Known = dict[tuple[bool, tuple[Tie, ...], tuple[Interval | None, ...]], Decision]
    """What was decided of laws and the intervals of their columns, so that it is decided once."""

ASKED = 20
"""Decisions that it takes to look for a figure's values, about."""


class Tangle(NamedTuple):
    """A minimal set of figures, the laws that exclude them together, and all laws of their component."""

    statements: tuple[Statement, ...]
    laws: tuple[Tie, ...]
    domains: Domains
    scope: tuple[Tie, ...]
    is_minimal: bool = True
    """Whether it is shown that none of the figures can be spared."""
    pays: Callable[[float], bool] = lambda _: True
    """Whether so many steps may be taken to decide it with other intervals."""

    kind: Literal["mixed"] = "mixed"
    must_contain: None = None

    @property
    def ties(self) -> tuple[tuple[Tie, Fraction], ...]:
        return tuple((law, Fraction(1)) for law in self.laws)

    @property
    def terms(self) -> tuple[tuple[Statement, int], ...]:
        return tuple((statement, 1) for statement in self.statements)

    @property
    def is_small(self) -> bool:
        """Whether few columns hang together."""
        return len({column for law in self.laws for column in law.columns}) <= LARGE

    @property
    def steps(self) -> float:
        """What it takes to look for the values of a figure with which it holds."""
        return ASKED * steps_of(self.problem)

    @property
    def problem(self) -> Problem:
        """What its laws say of its figures."""
        return problem_of(self.scope, self.statements, self.domains)

    def range(self) -> None:
        """No single number tells how far off laws of both kinds are."""

    def side(
        self, instead: Mapping[Statement, Interval] | None = None, *, halving: bool = True
    ) -> int | None:
        """0 where the figures can hold together, 1 where they cannot, `None` where it is not decided."""
        statements = [each.instead((instead or {}).get(each)) for each in self.statements]
        problem = problem_of(self.scope, statements, self.domains)
        decision = decide(problem, halving=halving, pays=self.pays)
        return {"consistent": 0, "contradictory": 1, "undetermined": None}[decision]

    def off(self, factor: float) -> float:
        """How far outside the widened roundings the nearest numbers lie that obey the laws; in floats."""
        wide = [each.instead(each.widened(Fraction(factor))) for each in self.statements]
        return distance_out(problem_of(self.scope, wide, self.domains))

    def nominal(self, _: Statement) -> None:
        """Laws of both kinds are not solved for one value."""

    def without(self, statement: Statement) -> Loose:
        """The others, to ask what they leave for one statement."""
        return Loose(self, statement)


class Loose(NamedTuple):
    """A tangle with one statement taken out."""

    tangle: Tangle
    statement: Statement

    def side(self, interval: Interval) -> int | None:
        """The tangle's side with this interval for the statement, as far as is quickly told."""
        return self.tangle.side({self.statement: interval}, halving=False)

    def left(self) -> tuple[float, float] | None:
        """Between which values the others seem to leave the statement's column; `None` where there are none."""
        tangle, column = self.tangle, self.statement.column
        others = {each.column: each.interval for each in tangle.statements if each.column != column}
        columns = dict.fromkeys(each for law in tangle.scope for each in law.columns)
        problem = Problem(tangle.scope, {each: others.get(each, tangle.domains[each]) for each in columns})
        return likely_range(problem, column)


def problem_of(ties: Sequence[Tie], statements: Iterable[Statement], domains: Domains) -> Problem:
    """What the laws say of these figures alone; laws that say nothing left out."""
    by_column: defaultdict[Column, list[Statement]] = defaultdict(list)
    for statement in statements:
        by_column[statement.column].append(statement)
    about = Confined(lambda column: by_column.get(column, ()), domains)
    kept = without_idle(without_implied(without_idle(ties, about), about), about)
    columns = dict.fromkeys(column for tie in kept for column in tie.columns)
    intervals: dict[Column, Interval | None] = {}
    for column in columns:
        intervals[column] = domains[column]
        for number, statement in enumerate(by_column.get(column, ())):
            before = intervals[column] if number else None
            both = statement.interval if before is None else statement.interval.intersection(before)
            intervals[column] = both if both is not None else statement.interval
    return Problem(tuple(kept), intervals)


def decide_left(
    ties: Sequence[Tie],
    system: System,
    left: Callable[[Column], Sequence[Statement]],
    *,
    halving: bool = True,
    known: Known | None = None,
) -> Iterator[tuple[list[Statement], Decision]]:
    """Each choice of figures that agree within their columns, and the decision about it.

    Of laws of both kinds only those are decided that still hang together with the other kind: of
    the others that has been done.

    Args:
        ties: the laws.
        system: domains of their columns.
        left: the figures of a column.
        halving: whether boxes are halved where nothing else decides.
        known: decisions to be shared.
    """
    known, pays = {} if known is None else known, system.effort.pays
    columns = dict.fromkeys(column for tie in ties for column in tie.columns)
    groups = [agreeing(each) for column in columns if (each := left(column))]
    mixed = is_mixed(ties, system.domains)
    for choice in islice(product(*groups), MAX_CHOICES):
        statements = [statement for group in choice for statement in outermost(group)]
        problem = problem_of(ties, statements, system.domains)
        for part in joined(problem.ties):
            if not mixed or is_mixed(part, system.domains):
                asked = halving, tuple(part), tuple(problem.intervals[column] for column in _columns(part))
                if asked not in known:
                    decision = decide(Problem(tuple(part), problem.intervals), halving=halving, pays=pays)
                    if system.effort.is_spent:
                        yield statements, decision
                        continue
                    known[asked] = decision
                yield statements, known[asked]


def _columns(ties: Sequence[Tie]) -> dict[Column, None]:
    return dict.fromkeys(column for tie in ties for column in tie.columns)


def tangle_of(ties: Sequence[Tie], statements: Sequence[Statement], system: System) -> Tangle:
    """A minimal set of figures among those that the laws exclude, by deletion."""
    pays = system.effort.pays

    def quickly(some: Sequence[Statement]) -> bool:
        problem = problem_of(ties, some, system.domains)
        return pays(steps_of(problem)) and is_contradictory(problem)

    def slowly(some: Sequence[Statement]) -> bool:
        return decide(problem_of(ties, some, system.domains), pays=pays) == "contradictory"

    kept = _minimal(_minimal(statements, quickly) if quickly(statements) else statements, slowly)
    laws = problem_of(ties, kept, system.domains).ties
    return Tangle(tuple(kept), laws, system.domains, tuple(ties), not system.effort.is_spent, pays)


def exact_of(circuit: Circuit, system: System) -> Circuit | Tangle:
    """The circuit, or its figures and laws as a tangle where as independent parts they have more room than there is.

    That is where a figure stands in two parts, or a change by its sign alone and levels tell how much.
    """
    made = [part for part, _ in circuit.terms if isinstance(part, (Composite, Sign))]
    is_twice = len(circuit.statements) < sum(len(part.statements) for part, _ in circuit.terms)
    has_level = any(statement.column.kind == "level" for statement in circuit.statements)
    if not is_twice and not (has_level and any(isinstance(part, Sign) for part in made)):
        return circuit
    spans = {part.change.column._replace(kind=kind) for part in made for kind in _SPANS}
    laws = {law for law, _ in circuit.ties}
    scope = tuple(
        tie
        for tie in system.ties
        if tie in laws or (not tie.law and any(column in spans for column in tie.columns))
    )
    tangle = Tangle(circuit.statements, scope, system.domains, scope, pays=system.effort.pays)
    return tangle if tangle.side() == 1 else circuit


_SPANS: tuple[ColumnKind, ...] = ("difference", "ratio")


def _minimal(
    statements: Sequence[Statement], excluded: Callable[[Sequence[Statement]], bool]
) -> list[Statement]:
    """The statements without which the rest would no longer be excluded, taken out in growing pieces."""
    kept = list(statements)
    size = max(1, len(kept) // 2)
    while True:
        at = 0
        while at < len(kept):
            rest = kept[:at] + kept[at + size :]
            if rest and excluded(rest):
                kept = rest
            else:
                at += size
        if size == 1:
            return kept
        size = max(1, size // 2)
