"""The search for violated circuits: which combinations of laws the printed figures break.

Ties of one kind that share columns make a component. Its elementary vectors are circuits; for each
the choice of one figure a column that breaks it most is decided exactly, after floats have cleared
those that hold with room to spare.
"""

from __future__ import annotations

import math
from collections import Counter
from fractions import Fraction
from typing import TYPE_CHECKING, Literal, NamedTuple

from plantrack.audit.circuits import Circuit, Free
from plantrack.audit.columns import Column, Tie
from plantrack.audit.elementary import elementary_vectors, whole, without
from plantrack.interval import Interval

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from plantrack.audit.system import Part, Statement, System

SLACK = 1e-9
"""Floats clear a circuit only where it holds with this relative room, far over their error."""
MAX_SUPPORT = 24
"""A circuit of more parts is no contradiction that a person reads; it is left undecided."""

Key = Column | tuple[str, int]
"""A column, or `("tie", number)`: the share of a law in a combination, kept beside the columns."""


class Shape(NamedTuple):
    """A circuit before figures are chosen: whole exponents of columns, the constant, the laws."""

    kind: Literal["product", "sum"]
    powers: tuple[tuple[Column, int], ...]
    constant: Fraction
    ties: tuple[tuple[Tie, Fraction], ...]


class Shapes(NamedTuple):
    """The circuits of a system, and the columns of components that were too large to enumerate."""

    shapes: list[Shape]
    undecided: frozenset[Column]


def find_shapes(system: System) -> Shapes:
    """Every circuit of the system's laws among the columns that figures speak of."""
    spans = dict.fromkeys(
        column._replace(kind="ratio") for column in system.statements if column.kind == "difference"
    )
    shapes = [Shape("product", ((span, 1), (span, -1)), Fraction(1), ()) for span in spans]
    undecided: set[Column] = set()
    kinds: tuple[Literal["product", "sum"], ...] = ("product", "sum")
    for kind in kinds:
        for ties in _components([tie for tie in system.ties if tie.kind == kind]):
            found, complete = _shapes_of(kind, ties, system)
            shapes += found
            if not complete:
                undecided |= {column for tie in ties for column, _ in tie.terms}
    zero = {column for shape in shapes if _may_vanish(shape, system) for column, _ in shape.powers}
    return Shapes(shapes, frozenset(undecided | zero | _mixed(system)))


def _may_vanish(shape: Shape, system: System) -> bool:
    """Whether a product's sides may both be zero, or a factor must be: such a circuit is not decided."""
    sides = set()
    for column, power in shape.powers if shape.kind == "product" else ():
        for part in system.parts(column):
            if part.interval.intersection(Interval.above(Fraction(0))) is None:
                return True
            if part.interval.contains(Fraction(0)):
                sides.add(power > 0)
    return len(sides) > 1


def _mixed(system: System) -> set[Column]:
    """Columns of components with laws of both kinds: their circuits do not tell everything."""
    left = _without_idle([tie for tie in system.ties if _is_spoken_of(tie, system)], system)
    return {
        column
        for ties in _components(left)
        if len({tie.kind for tie in ties}) > 1
        for tie in ties
        for column, _ in tie.terms
    }


def _is_spoken_of(tie: Tie, system: System) -> bool:
    """Whether a span's tie has a figure of its own kind: a growth for a ratio, a change for a difference."""
    return bool(tie.law) or any(
        column.kind != "level" and column in system.statements for column, _ in tie.terms
    )


def _components(ties: Sequence[Tie]) -> list[list[Tie]]:
    """Ties that share columns, directly or through others."""
    groups: dict[Column, list[Tie]] = {}
    for tie in ties:
        merged: list[Tie] = [tie]
        for group in {
            id(groups[column]): groups[column] for column, _ in tie.terms if column in groups
        }.values():
            merged = group + merged
        for each in merged:
            for column, _ in each.terms:
                groups[column] = merged
    return list({id(group): group for group in groups.values()}.values())


def _shapes_of(
    kind: Literal["product", "sum"], ties: Sequence[Tie], system: System
) -> tuple[list[Shape], bool]:
    ties = _without_idle(ties, system)
    rows = without((whole(dict(tie.terms)) for tie in ties), _eliminable(kind, ties, system))
    vectors, complete = elementary_vectors(rows, _one_sided(kind, ties, system))
    readable = [vector for vector in vectors if len(vector) <= MAX_SUPPORT]
    return [_shape(kind, vector, ties) for vector in readable], complete and len(readable) == len(vectors)


def _one_sided(kind: str, ties: Sequence[Tie], system: System) -> dict[Column, int]:
    """Columns of a sum that can grow (1) or fall (-1) without end whatever figure is chosen."""
    columns = dict.fromkeys(column for tie in ties for column, _ in tie.terms) if kind == "sum" else {}
    found = {}
    for column in columns:
        intervals: list[Interval | None] = [part.interval for part in system.parts(column)]
        intervals = intervals or [system.domains[column]]
        if all(each is not None and each.low is not None and each.high is None for each in intervals):
            found[column] = 1
        elif all(each is not None and each.low is None and each.high is not None for each in intervals):
            found[column] = -1
    return found


def _without_idle(ties: Sequence[Tie], system: System) -> list[Tie]:
    """The ties less those that say nothing: some unprinted column of theirs alone can always obey.

    Inequalities that the printed numbers imply, whichever is chosen, say nothing either.
    """
    left = [tie for tie in ties if not _is_implied(tie, system)]
    while True:
        uses = Counter(column for tie in left for column, _ in tie.terms)
        alone = {column for column, times in uses.items() if times == 1 and not system.parts(column)}
        kept = [tie for tie in left if not _is_idle(tie, alone, system)]
        if len(kept) == len(left):
            return kept
        left = kept


def _is_implied(tie: Tie, system: System) -> bool:
    """Whether an inequality holds for all numbers that the parts of its columns allow."""
    slack = [times for column, times in tie.terms if column.kind == "slack" and not system.parts(column)]
    if len(slack) != 1 or tie.kind != "sum":
        return False
    least = -tie.constant
    for column, times in tie.terms:
        if column.kind == "slack":
            continue
        direction = times if slack[0] < 0 else -times
        ends = [part.interval.low if direction > 0 else part.interval.high for part in system.parts(column)]
        if not ends or None in ends:
            return False
        end = (
            min(each for each in ends if each is not None)
            if direction > 0
            else max(each for each in ends if each is not None)
        )
        least += direction * end
    return least > 0


def _is_idle(tie: Tie, alone: set[Column], system: System) -> bool:
    free = [(column, times) for column, times in tie.terms if column in alone]
    if tie.kind == "product" or any(system.domains[column] is None for column, _ in free):
        return bool(free)
    signs = {times > 0 for _, times in free}
    if len(signs) != 1 or tie.constant != 0:
        return len(signs) > 1
    others = [(column, times) for column, times in tie.terms if column not in alone]
    return all((times > 0) not in signs and system.domains[column] is not None for column, times in others)


def _shape(kind: Literal["product", "sum"], vector: dict[Column, int], ties: Sequence[Tie]) -> Shape:
    shares = _shares(vector, ties)
    common = math.lcm(*(share.denominator for _, share in shares))
    shares = tuple((tie, share * common) for tie, share in shares)
    powers = tuple(sorted((column, power * common) for column, power in vector.items()))
    return Shape(kind, powers, _constant(kind, shares), shares)


def _eliminable(kind: str, ties: Sequence[Tie], system: System) -> list[Column]:
    """Latent columns that can take any value the law wants: positive in products, any in sums."""
    columns = dict.fromkeys(column for tie in ties for column, _ in tie.terms)
    latent = [column for column in columns if not system.parts(column)]
    if kind == "sum":
        return [column for column in latent if system.domains[column] is None]
    return latent


def _shares(vector: dict[Column, int], ties: Sequence[Tie]) -> tuple[tuple[Tie, Fraction], ...]:
    """How often each tie goes into the combination: solved column by column, exactly."""
    rows: list[dict[Key, int]] = []
    scales = []
    for number, tie in enumerate(ties):
        row: dict[Key, int] = dict(whole(dict(tie.terms)))
        column, times = tie.terms[0]
        scales.append(times / row[column])
        row["tie", number] = 1
        rows.append(row)
    goal: dict[Key, int] = {("goal", 0): 1} | dict(vector.items())
    left = without([*rows, goal], dict.fromkeys(column for tie in ties for column, _ in tie.terms))
    row = next(row for row in left if ("goal", 0) in row)
    return tuple(
        (tie, Fraction(-row["tie", number], row["goal", 0]) / scales[number])
        for number, tie in enumerate(ties)
        if ("tie", number) in row
    )


def _constant(kind: str, shares: Iterable[tuple[Tie, Fraction]]) -> Fraction:
    if kind == "sum":
        return sum((tie.constant * share for tie, share in shares), start=Fraction(0))
    constant = Fraction(1)
    for tie, share in shares:
        constant *= tie.constant ** int(share)
    return constant


# -- figures in the shapes -----------------------------------------------------------------------


class Choice:
    """The parts that are left for each column, and their ends as floats, computed once."""

    def __init__(self, system: System) -> None:
        self.system = system
        self.aside: set[Statement] = set()
        self.parts: dict[Column, tuple[Part | Free, ...]] = {}
        self.floats: dict[tuple[Part | Free, str], tuple[float, float]] = {}

    def set_aside(self, statements: Iterable[Statement]) -> None:
        """Leave figures out from now on."""
        self.aside |= set(statements)
        self.parts.clear()

    def of(self, column: Column) -> tuple[Part | Free, ...]:
        """The parts of a column; its domain where no figure is left to speak of it."""
        if column not in self.parts:
            left = [part for part in self.system.parts(column) if self.aside.isdisjoint(part.statements)]
            self.parts[column] = tuple(left) or (Free(column, self.free(column)),)
        return self.parts[column]

    def free(self, column: Column) -> Interval:
        domain = self.system.domains[column]
        return domain if domain is not None else Interval(None, None, low_closed=False, high_closed=False)

    def violated(self, shape: Shape) -> Circuit | None:
        """The choice of one figure a column that breaks the circuit most, if one does."""
        columns = [(self.of(column), exponent) for column, exponent in shape.powers]
        if all(isinstance(parts[0], Free) for parts, _ in columns):
            return None
        if self._is_clear(shape, columns):
            return None
        for sign in (1, -1):
            terms = tuple((_push(parts, exponent * sign), exponent) for parts, exponent in columns)
            circuit = Circuit(shape.kind, terms, shape.constant, shape.ties)
            if circuit.side() == sign:
                return circuit
        return None

    def _is_clear(self, shape: Shape, columns: Sequence[tuple[tuple[Part | Free, ...], int]]) -> bool:
        """Whether floats show that every choice holds with room to spare."""
        low = high = 0.0
        size = abs(float(shape.constant)) if shape.kind == "sum" else 1.0
        for parts, exponent in columns:
            ends = [self._ends(part, shape.kind) for part in parts]
            lows, highs = max(end[0] for end in ends), min(end[1] for end in ends)
            least, most = (lows, highs) if exponent > 0 else (highs, lows)
            low += exponent * least
            high += exponent * most
            size += abs(exponent) * max(abs(lows), abs(highs))
        wanted = math.log(shape.constant) if shape.kind == "product" else float(shape.constant)
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


def _float(value: Fraction | None, endless: float) -> float:
    return endless if value is None else float(value)


def _push(parts: Sequence[Part | Free], direction: int) -> Part | Free:
    """The part that pushes highest, or lowest where the direction is negative."""
    if len(parts) == 1:
        return parts[0]
    return max(parts, key=_low_end) if direction > 0 else min(parts, key=_high_end)


def _high_end(part: Part | Free) -> tuple[Fraction | float, bool, tuple[str, ...]]:
    interval = part.interval
    end = math.inf if interval.high is None else interval.high
    return end, interval.high_closed, tuple(each.id for each in part.statements)


def _low_end(part: Part | Free) -> tuple[Fraction | float, bool, tuple[str, ...]]:
    interval = part.interval
    end = -math.inf if interval.low is None else interval.low
    return end, not interval.low_closed, tuple(each.id for each in part.statements)


# -- repetitions ---------------------------------------------------------------------------------


def repetitions(system: System) -> Iterator[Circuit]:
    """Pairs of figures of one column that exclude each other, the farthest apart first."""
    for statements in system.statements.values():
        left: list[Statement] = list(statements)
        while len(left) > 1:
            low, high = min(left, key=_high_end), max(left, key=_low_end)
            if low.interval.overlaps(high.interval):
                break
            yield Circuit("sum", ((high, 1), (low, -1)), Fraction(0))
            left = [each for each in left if each not in {low, high} and not _does_as_well(each, low, high)]


def _does_as_well(statement: Statement, *pair: Statement) -> bool:
    return any(not statement.interval.overlaps(other.interval) for other in pair)
