"""The search for violated circuits: which combinations of laws the printed figures break.

Each component of laws is decided as a whole first (`plantrack.solver.simplex`). Only of one that is
broken are the circuits enumerated, so that the smallest contradictions are told first; where they are
too many, the rows that the decision itself stopped at are told instead.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from itertools import chain, islice, product
from typing import TYPE_CHECKING, TypeVar

from plantrack.audit.circuits import Circuit, Free
from plantrack.audit.components import one_sided
from plantrack.audit.statements import high_end, low_end
from plantrack.numbers.interval import ANY, Interval, logarithm, to_float
from plantrack.solver.elementary import elementary_vectors, whole, without
from plantrack.solver.simplex import Ends, broken_row, ends_of, feasible_point

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from collections.abc import Set as AbstractSet

    from plantrack.audit.components import Component, Kind
    from plantrack.audit.statements import Part, Statement
    from plantrack.audit.system import System
    from plantrack.solver.constraints import Tie
    from plantrack.solver.elementary import Vector
    from plantrack.solver.variables import Column

SLACK = 1e-9
"""Floats clear a circuit only where it holds with this relative room, far over their error."""
FAR_WIDER = 3
"""A contradiction that is off by more than so many times as much is told though one with fewer figures is there."""
TRIED = 3
"""Steps that a term of a circuit takes."""
MAX_CHOICES = 16
"""More combinations of figures that exclude one another in their columns are not gone through."""

Key = "Column | tuple[str, int]"
"""A column, or `("tie", number)`: the share of a law in a combination, kept beside the columns."""


@dataclass(frozen=True, eq=False)
class Shape:
    """A circuit before figures are chosen: whole exponents of columns, the constant, where it is from."""

    kind: Kind
    powers: tuple[tuple[Column, int], ...]
    constant: Fraction
    ties: tuple[Tie, ...]

    @classmethod
    def of(cls, vector: Mapping[Column, int], component: Component) -> Shape:
        """A vector of the component's space; its numbers make the constant."""
        numbers = {column: times for column, times in vector.items() if column.kind == "number"}
        if component.kind == "sum":
            constant = sum((-times * Fraction(each.indicator) for each, times in numbers.items()), start=ZERO)
        else:
            constant = math.prod(
                (Fraction(each.indicator) ** -times for each, times in numbers.items()), start=ONE
            )
        powers = sorted((column, times) for column, times in vector.items() if column.kind != "number")
        return cls(component.kind, tuple(powers), constant, component.ties)

    def speaks_of(self, columns: AbstractSet[Column]) -> bool:
        """Whether some of its columns are among these, or their figures speak of these."""
        return any(not columns.isdisjoint(column.spoken_by) for column, _ in self.powers)

    @cached_property
    def shares(self) -> tuple[tuple[Tie, Fraction], ...]:
        """The laws that make the circuit, each with how often: solved column by column, exactly."""
        rows: list[dict[object, int]] = []
        scales = []
        for number, tie in enumerate(self.ties):
            row: dict[object, int] = dict(whole(dict(tie.terms)))
            column, times = tie.terms[0]
            scales.append(times / row[column])
            row["tie", number] = 1
            rows.append(row)
        goal: dict[object, int] = {("goal", 0): 1} | dict(self.powers)
        left = without([*rows, goal], dict.fromkeys(column for tie in self.ties for column in tie.columns))
        row = next(row for row in left if ("goal", 0) in row)
        return tuple(
            (tie, Fraction(-row["tie", number], row["goal", 0]) / scales[number])
            for number, tie in enumerate(self.ties)
            if ("tie", number) in row
        )


ZERO, ONE = Fraction(0), Fraction(1)


def shapes_of(component: Component, system: System) -> list[Shape]:
    """The circuits of a component, as many as are gone through."""
    pays = system.effort.pays
    vectors = elementary_vectors(component.basis.values(), one_sided(component, system), pays=pays)
    return [Shape.of(vector, component) for vector in vectors]


def own_shapes(spans: Iterable[Column]) -> list[Shape]:
    """For each span what its changes with a level say of its ratio, against what else is printed of it."""
    return [Shape("product", ((span, 1), (span, -1)), ONE, ()) for span in spans]


class Choice:
    """The parts that are left for each column, and their ends as floats, computed once."""

    def __init__(self, system: System, aside: Iterable[Statement] = (), like: Choice | None = None) -> None:
        """`like` is a choice whose memory of what is free and of ends is shared."""
        self.system = system
        self.frees: dict[Column, tuple[Free, ...]] = {} if like is None else like.frees
        self.known: dict[tuple[Column, str], tuple[Sequence[Part | Free], list[Ends]]] = (
            {} if like is None else like.known
        )
        self.aside: set[Statement] = set(aside)
        self.parts: dict[Column, tuple[Part | Free, ...]] = {}
        self.worlds: dict[frozenset[Statement], Choice] = {}
        self.agreed: dict[Column, list[Sequence[Statement]]] = {}
        self.floats: dict[tuple[Part | Free, str], tuple[float, float]] = {}

    def set_aside(self, statements: Iterable[Statement]) -> None:
        """Leave figures out from now on."""
        self.aside |= set(statements)
        self.parts.clear()
        self.worlds.clear()
        self.agreed.clear()

    def left(self, column: Column) -> list[Statement]:
        """The figures of a column that are not set aside."""
        return [each for each in self.system.statements.get(column, ()) if each not in self.aside]

    def of(self, column: Column) -> tuple[Part | Free, ...]:
        """The parts of a column; its domain where no figure is left to speak of it."""
        if column not in self.parts:
            left = self.system.parts_without(column, self.aside)
            self.parts[column] = left or self._free(column)
        return self.parts[column]

    def _free(self, column: Column) -> tuple[Free, ...]:
        if column not in self.frees:
            is_number = column.kind == "number"
            domain = Interval.point(Fraction(column.indicator)) if is_number else self.system.domains[column]
            self.frees[column] = (Free(column, ANY if domain is None else domain),)
        return self.frees[column]

    # -- one figure a quantity

    def _groups(self, column: Column) -> list[Sequence[Statement]]:
        if column not in self.agreed:
            left = self.left(column)
            self.system.effort.pays(len(left) ** 2)
            self.agreed[column] = agreeing(left)
        return self.agreed[column]

    def _agreed(self, columns: Iterable[Column]) -> tuple[list[Choice], bool]:
        """This choice for each greatest set of figures of columns that do not exclude one another; whether these are all."""
        if not self.system.torn:
            return [self], True
        torn = [
            each
            for each in dict.fromkeys(chain(*(column.spoken_by for column in columns)))
            if each in self.system.torn
        ]
        left = {column: each for column in torn if (each := self.left(column))}
        groups = [self._groups(column) for column in left]
        if math.prod(map(len, groups)) == 1:
            return [self], True
        worlds = []
        for kept in islice(product(*groups), MAX_CHOICES):
            out = frozenset(chain(*left.values())) - set(chain(*kept))
            if out not in self.worlds:
                self.worlds[out] = Choice(self.system, self.aside | out, self)
            worlds.append(self.worlds[out])
        return worlds, math.prod(map(len, groups)) <= MAX_CHOICES

    # -- a component as a whole

    def broken(self, component: Component) -> tuple[Vector[Column] | None, bool]:
        """A vector of the component that the figures break, and whether the answer is final.

        Where figures of one quantity exclude one another, each of those that agree is tried.
        """
        worlds, final = self._agreed(component.columns)
        for world in worlds:
            row, sure = world._broken(component)  # noqa: SLF001 - another of its kind
            if row is not None:
                return row, True
            final = final and sure
        return None, final

    def _broken(self, component: Component) -> tuple[Vector[Column] | None, bool]:
        """The same where no two figures of a quantity exclude one another, but what is made of several may.

        What must be zero has no logarithm: products with such a column are not decided here.
        """
        if component.kind == "product" and not all(map(self._can_be_positive, component.columns)):
            return None, False
        groups = {column: self._agreeing(column, component.kind) for column in component.columns}
        final = math.prod(map(len, groups.values())) <= MAX_CHOICES
        for ends in islice(product(*groups.values()), MAX_CHOICES):
            chosen = dict(zip(groups, ends, strict=True))
            row, sure = broken_row(component.basis, chosen, component.kind, self.system.effort.pays)
            if row is not None:
                return row, True
            final = final and sure
        return None, final

    def point(self, component: Component) -> dict[Column, float] | None:
        """Values of a component's columns that the figures allow, none of which exclude one another; floats."""
        if component.kind == "product" and not all(map(self._can_be_positive, component.columns)):
            return None
        groups = {column: self._agreeing(column, component.kind)[0] for column in component.columns}
        return feasible_point(component.basis, groups, component.kind)

    def _can_be_positive(self, column: Column) -> bool:
        return all(part.interval.high is None or part.interval.high.numerator > 0 for part in self.of(column))

    def _agreeing(self, column: Column, kind: Kind) -> list[Ends]:
        """The ends of what the parts of a column leave together, for each greatest set that agrees."""
        parts = self.of(column)
        known = self.known.get((column, kind))
        if known is None or known[0] is not parts:
            together = (_together(group) for group in agreeing(parts))
            known = parts, [ends_of(each, kind) for each in together if each is not None]
            self.known[column, kind] = known
        return known[1]

    # -- a circuit

    def violated(self, shape: Shape) -> Circuit | None:
        """The choice of one figure a quantity that breaks the circuit most, with the fewest figures, if one does."""
        if not self.system.effort.pays(TRIED * len(shape.powers)):
            return None
        worlds, _ = self._agreed(column for column, _ in shape.powers)
        found = [circuit for world in worlds if (circuit := world._violated(shape))]  # noqa: SLF001
        found = [circuit for circuit in found if circuit.statements]  # laws by themselves blame no figure
        return min(found, key=lambda each: (len(each.statements), -each.off(1.0)), default=None)

    def _violated(self, shape: Shape) -> Circuit | None:
        if not shape.ties:
            return self._own(shape.powers[0][0])
        columns = [(self.of(column), exponent) for column, exponent in shape.powers]
        if all(isinstance(parts[0], Free) for parts, _ in columns) or self._is_clear(shape, columns):
            return None
        for sign in (1, -1):
            terms = tuple((_push(parts, exponent * sign), exponent) for parts, exponent in columns)
            circuit = Circuit(shape.kind, terms, shape.constant)
            if circuit.side() == sign:
                others = [
                    self._instead(term[0], column)
                    for term, (column, _) in zip(terms, shape.powers, strict=True)
                ]
                return self._with_fewest(circuit, others, sign)._replace(ties=shape.shares)
        return None

    def _with_fewest(self, circuit: Circuit, others: Sequence[Sequence[Part | Free]], sign: int) -> Circuit:
        """The circuit with parts that need fewer figures, as far as it is broken so, too."""
        for at, parts in enumerate(others):
            for part in parts:
                if not self.system.effort.pays(TRIED * len(circuit.terms)):
                    return circuit._replace(is_minimal=False)
                terms = (*circuit.terms[:at], (part, circuit.terms[at][1]), *circuit.terms[at + 1 :])
                other = circuit._replace(terms=terms)
                if len(other.statements) < len(circuit.statements) and other.side() == sign:
                    if other.off(1.0) * FAR_WIDER < circuit.off(1.0):
                        circuit = circuit._replace(is_minimal=False)
                    else:
                        circuit = other
        return circuit

    def _instead(self, part: Part | Free, column: Column) -> tuple[Part | Free, ...]:
        """What may confine a column with fewer figures than a part does: other parts, or what it can be at all."""
        others = self.of(column) if len(part.statements) > 1 else ()
        return (*others, *self._free(column)) if part.statements else others

    def _own(self, span: Column) -> Circuit | None:
        """What a change with a level says of its span's ratio against anything else printed of it.

        Two figures of the ratio itself are a repetition, and told as such.
        """
        parts = self.of(span)
        if not self.system.effort.pays(TRIED * len(parts) ** 2):
            return None
        made = [part for part in parts if len(part.statements) > 1 or part not in part.statements]
        circuits = []
        for lows, highs in ((made, parts), (parts, made)):
            low, high = max(lows, key=low_end, default=None), min(highs, key=high_end, default=None)
            if low is None or high is None or low.interval.overlaps(high.interval):
                continue
            pairs = ((one, other) for one, other in product(lows, highs) if low_end(one) > low_end(other))
            circuits += [
                Circuit("product", ((one, 1), (other, -1)), ONE)
                for one, other in pairs
                if not one.interval.overlaps(other.interval)
            ]
        return min(circuits, key=lambda each: (len(each.statements), -each.off(1.0)), default=None)

    def _is_clear(self, shape: Shape, columns: Sequence[tuple[tuple[Part | Free, ...], int]]) -> bool:
        """Whether floats show that every choice holds with room to spare."""
        low = high = 0.0
        size = abs(to_float(shape.constant)) if shape.kind == "sum" else 1.0
        for parts, exponent in columns:
            ends = [self._ends(part, shape.kind) for part in parts]
            lows, highs = max(end[0] for end in ends), min(end[1] for end in ends)
            least, most = (lows, highs) if exponent > 0 else (highs, lows)
            low += exponent * least
            high += exponent * most
            size += abs(exponent) * max(abs(lows), abs(highs))
        wanted = logarithm(shape.constant) if shape.kind == "product" else to_float(shape.constant)
        room = SLACK * (size if math.isfinite(size) else 1.0)
        return low + room < wanted < high - room

    def _ends(self, part: Part | Free, kind: str) -> tuple[float, float]:
        if (part, kind) not in self.floats:
            interval = part.interval
            ends = _float(interval.low, -math.inf), _float(interval.high, math.inf)
            if kind == "product":
                ends = tuple(math.log(end) if end > 0 else -math.inf for end in ends)  # type: ignore[assignment]
            self.floats[part, kind] = ends
        return self.floats[part, kind]


_P = TypeVar("_P", bound="Part | Free")


def agreeing(parts: Sequence[_P]) -> list[Sequence[_P]]:
    """The greatest sets of parts of one column that do not exclude one another."""
    if _together(parts) is not None:
        return [parts]
    groups = [
        [each for each in parts if each.interval.overlaps(start.interval) and low_end(each) <= low_end(start)]
        for start in sorted(parts, key=low_end)
    ]
    return [group for group in groups if not any(set(group) < set(other) for other in groups)]


def _together(parts: Sequence[Part | Free]) -> Interval | None:
    """What the parts leave together; `None` where they exclude one another."""
    whole_: Interval | None = parts[0].interval
    for part in parts[1:]:
        whole_ = None if whole_ is None else whole_.intersection(part.interval)
    return whole_


def _float(value: Fraction | None, endless: float) -> float:
    return endless if value is None else to_float(value)


def _push(parts: Sequence[Part | Free], direction: int) -> Part | Free:
    """The part that pushes highest, or lowest where the direction is negative."""
    if len(parts) == 1:
        return parts[0]
    return max(parts, key=low_end) if direction > 0 else min(parts, key=high_end)


# -- repetitions ---------------------------------------------------------------------------------


def repetitions(system: System, aside: AbstractSet[Statement]) -> Iterator[Circuit]:
    """Pairs of figures of one column, but for those set aside, that exclude each other, the farthest apart first."""
    for statements in system.statements.values():
        left: list[Statement] = [each for each in statements if each not in aside]
        while len(left) > 1:
            low, high = min(left, key=high_end), max(left, key=low_end)
            if low.interval.overlaps(high.interval):
                break
            yield Circuit("sum", ((high, 1), (low, -1)), Fraction(0))
            left = [each for each in left if each not in {low, high} and not _does_as_well(each, low, high)]


def _does_as_well(statement: Statement, *pair: Statement) -> bool:
    return any(not statement.interval.overlaps(other.interval) for other in pair)
