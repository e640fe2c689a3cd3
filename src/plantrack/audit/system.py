"""From figures to a system: what each figure confines, and the laws that tie what is confined.

A column is an unknown number: a level, the ratio of two levels of a span, or their difference. A
statement confines a column to an interval because a figure is printed. A tie is one law at one time.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING, TypeVar

from plantrack.audit.statements import Composite, Sign, Statement, outermost
from plantrack.numbers.interval import POSITIVE, Interval
from plantrack.solver.constraints import Tie, span_ties
from plantrack.solver.effort import Effort

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from collections.abc import Set as AbstractSet

    from plantrack.audit.statements import Part
    from plantrack.language import Words
    from plantrack.plan.model import Band, Indicator
    from plantrack.solver.variables import Column


@dataclass(frozen=True)
class System:
    """All statements by column, all ties between the columns, and what columns can be at all."""

    statements: dict[Column, tuple[Statement, ...]]
    ties: tuple[Tie, ...]
    domains: dict[Column, Interval | None]
    indicators: dict[str, Indicator]
    units: Mapping[str, Words] = field(default_factory=dict)
    """Unit, as the catalogue calls it -> its name behind a number."""
    meanings: Mapping[str, Sequence[str]] = field(default_factory=dict)
    """Vague moment, as columns name it -> the times it may mean."""
    bands: Mapping[tuple[str, str], Band] = field(default_factory=dict)
    """Indicator and place -> the band that a plan of that place sets in place of the catalogue's."""
    names: Mapping[str, Words] = field(default_factory=dict)
    """Vague moment, as columns name it -> its name."""
    effort: Effort = field(default_factory=Effort, compare=False)
    """What its audit may take, shared by all readings of it."""
    _parts: dict[Column, tuple[Part, ...]] = field(default_factory=dict, compare=False)
    _related: dict[Column, frozenset[Statement]] = field(default_factory=dict, compare=False)
    _heard: dict[Column, list[Column]] = field(default_factory=dict, compare=False)

    @cached_property
    def torn(self) -> frozenset[Column]:
        """The columns of which figures exclude one another."""
        return frozenset(
            column for column, each in self.statements.items() if len(each) > 1 and _together(each) is None
        )

    def reading(self, instead: Mapping[Statement, Statement]) -> System:
        """The same with some figures read as others say, which may speak of other columns."""
        if not instead:
            return self
        changed = {each.column for pair in instead.items() for each in pair}
        statements = dict(self.statements)
        for column in changed:
            left = [each for each in statements.get(column, ()) if each not in instead]
            added = [each for each in instead.values() if each.column == column]
            statements[column] = (*left, *added)
        fresh = [column for column in sorted(changed) if column not in self.domains]
        stale = {each for column in changed for each in (column, *self._hearing.get(column, ()))}
        return replace(
            self,
            statements=statements,
            ties=(*self.ties, *(tie for column in fresh for tie in span_ties(column))),
            domains=self.domains | {column: POSITIVE if column.kind == "ratio" else None for column in fresh},
            _parts=_less(self._parts, stale),
            _related=_less(self._related, stale),
            _heard={} if fresh else self._hearing,
        )

    @property
    def _hearing(self) -> dict[Column, list[Column]]:
        """Column -> the ratios of which its figures speak."""
        if not self._heard:
            for ratio in self.domains:
                for column in ratio.spoken_by if ratio.kind == "ratio" else ():
                    self._heard.setdefault(column, []).append(ratio)
        return self._heard

    def count(self, columns: Iterable[Column]) -> int:
        """How many figures speak of some columns."""
        return sum(len(self.statements.get(column, ())) for column in columns)

    def parts(self, column: Column) -> tuple[Part, ...]:
        """Everything that confines a column: its statements, and for a ratio changes with a level."""
        if column.kind != "ratio":
            return self.statements.get(column, ())
        if column not in self._parts:
            self._parts[column] = tuple(self._found(column, frozenset()))
        return self._parts[column]

    def parts_without(self, column: Column, aside: AbstractSet[Statement]) -> tuple[Part, ...]:
        """The same without the figures that are set aside."""
        parts = self.parts(column)
        if column not in self._related:
            self._related[column] = frozenset(each for part in parts for each in part.statements)
        return parts if self._related[column].isdisjoint(aside) else tuple(self._found(column, aside))

    def _found(self, column: Column, aside: AbstractSet[Statement]) -> Iterator[Part]:
        yield from self._left(column, aside)
        if column.kind != "ratio":
            return
        changes = self._left(column._replace(kind="difference"), aside)
        if not changes or self.domains.get(column.level(0)) is None:
            return  # a change says nothing of the ratio of numbers that may be below zero
        for at_end, number in ((True, 1), (False, 0)):
            levels = outermost(self._left(column.level(number), aside))
            for change in outermost(changes):
                yield from (Composite(change, level, at_end) for level in levels)
        yield from (Sign(change) for change in changes)

    def _left(self, column: Column, aside: AbstractSet[Statement]) -> list[Statement]:
        return [each for each in self.statements.get(column, ()) if each not in aside]


_V = TypeVar("_V")


def _less(known: dict[Column, _V], stale: Iterable[Column]) -> dict[Column, _V]:
    """What is known, but of some columns."""
    left = dict(known)
    for column in stale:
        left.pop(column, None)
    return left


def _together(statements: Sequence[Statement]) -> Interval | None:
    """What figures of one column leave together; `None` where they exclude one another."""
    both: Interval | None = statements[0].interval
    for each in statements[1:]:
        both = None if both is None else both.intersection(each.interval)
    return both
