"""Products as sums, where that is exact, decided by the simplex method.

    v = k u,  k in [a, b],  u > 0,  v > 0    =>    v - a u >= 0   and   b u - v >= 0

Where no other constraint has the factors that make `k`, this is all that the product says, and the sums decide
exactly, open ends included; otherwise they are a relaxation (McCormick, Mathematical Programming 10, 1976) that
still proves contradictions. Cost: that of `simplex`.
"""

from __future__ import annotations

from collections import Counter
from fractions import Fraction
from functools import reduce
from typing import TYPE_CHECKING, Literal, NamedTuple, TypeGuard

from plantrack.numbers.interval import NONNEGATIVE, POSITIVE, Interval
from plantrack.solver.elementary import reduced, whole
from plantrack.solver.projection import would_be_long
from plantrack.solver.simplex import broken_row, ends_of
from plantrack.solver.variables import ONE, Variable

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from plantrack.solver.constraints import Constraint

    Intervals = Mapping[Variable, Interval | None]
    Row = dict[Variable, Fraction]

PAIR = 2


def decide_linearly(
    constraints: Sequence[Constraint], intervals: Intervals, *, exactly: bool = False
) -> Literal["contradictory", "consistent"] | None:
    """Whether some `x` in the intervals has `A x = 0` for the sums `A`; `None` where they do not decide it.

    `exactly` tells that it is not asked where sums say less than all the constraints say.
    """
    pairs = _pairs(constraints, intervals, exactly=exactly)
    if pairs is None:
        return None
    are_all = all(pair is not None and pair.is_exact for pair in pairs.values())
    rows, known = _sums(constraints, pairs, intervals)
    ends = {variable: ends_of(interval, "sum") for variable, interval in known.items()}
    broken, is_final = broken_row(reduced(map(whole, rows)), ends, "sum")
    if broken is not None:
        return "contradictory"
    return "consistent" if is_final and are_all else None


def _pairs(
    constraints: Sequence[Constraint], intervals: Intervals, *, exactly: bool
) -> dict[int, _Pair | None] | None:
    """Number of each product -> the product as a pair; `None` where all are to be exact and one is not."""
    uses = Counter(variable for constraint in constraints for variable in constraint.variables)
    pairs: dict[int, _Pair | None] = {}
    for number, constraint in enumerate(constraints):
        if constraint.kind == "product":
            pair = pairs[number] = _pair(constraint, uses, intervals, exactly=exactly)
            if exactly and (pair is None or not pair.is_exact):
                return None
    return pairs


def _sums(
    constraints: Sequence[Constraint], pairs: Mapping[int, _Pair | None], intervals: Intervals
) -> tuple[list[Row], dict[Variable, Interval | None]]:
    """The rows of the sums and of both sides of each pair, and the intervals of their variables."""
    rows = [constraint.row for constraint in constraints if constraint.kind == "sum"]
    known = {variable: _interval(variable, intervals) for row in rows for variable in row}
    for number, pair in pairs.items():
        for side, (row, slack) in enumerate(pair.sides() if pair is not None else ()):
            over = Variable("slack", f"product {number} {side}", "", ())
            rows.append({**row, over: -ONE})
            known |= {variable: intervals[variable] for variable in row} | {over: slack}
    return rows, known


def _interval(variable: Variable, intervals: Intervals) -> Interval | None:
    if variable.kind == "number":
        return Interval.point(Fraction(variable.indicator))
    return intervals[variable]


class _Pair(NamedTuple):
    """`high = k low`, both above zero, k in an interval; whether nothing else is said of the factors that make k."""

    low: Variable
    high: Variable
    factor: Interval
    is_exact: bool

    def sides(self) -> list[tuple[Row, Interval]]:
        """What is not below zero, and where it lies: `high - a low` and `b low - high`."""
        found: list[tuple[Row, Interval]] = []
        least, most = self.factor.low, self.factor.high
        if least:
            found.append(
                ({self.high: ONE, self.low: -least}, NONNEGATIVE if self.factor.low_closed else POSITIVE)
            )
        if most is not None:
            found.append(
                ({self.low: most, self.high: -ONE}, NONNEGATIVE if self.factor.high_closed else POSITIVE)
            )
        return found


def _pair(
    constraint: Constraint, uses: Mapping[Variable, int], intervals: Intervals, *, exactly: bool
) -> _Pair | None:
    """A product as one of two variables; `None` where it is none, or a factor may be zero or below."""
    free = _free(constraint, uses, intervals)
    terms = dict(constraint.terms)
    is_exact = len(free) == PAIR and all(uses[each] == 1 for each in terms if each not in free)
    if (exactly and not is_exact) or len(free) < PAIR or not _are_positive(constraint.variables, intervals):
        return None
    return _pair_of(free, constraint, intervals, is_exact=is_exact)


def _are_positive(variables: Iterable[Variable], intervals: Intervals) -> bool:
    return all(each is not None and each.is_positive for each in map(intervals.get, variables))


def _pair_of(
    free: Sequence[Variable], constraint: Constraint, intervals: Intervals, *, is_exact: bool
) -> _Pair | None:
    """The first of the free variables to the power 1 and to the power -1, and the factor that the others make."""
    terms = dict(constraint.terms)
    low, high = (next((each for each in free if terms[each] == power), None) for power in (1, -1))
    others = [variable for variable in constraint.variables if variable not in {low, high}]
    factor = _product({each: terms[each] for each in others}, intervals)
    if low is None or high is None or factor is None:
        return None
    return _Pair(low, high, factor.scaled(1 / constraint.constant), is_exact)


def _free(constraint: Constraint, uses: Mapping[Variable, int], intervals: Intervals) -> list[Variable]:
    """The variables that other constraints have or that have no end; if fewer than two, levels to make two."""
    free = [each for each in constraint.variables if uses[each] > 1 or not _is_bounded(intervals[each])]
    if len(free) >= PAIR:
        return free
    return [*free, *(each for each in constraint.variables if each not in free and each.kind == "level")][
        :PAIR
    ]


def _product(powers: Mapping[Variable, Fraction], intervals: Intervals) -> Interval | None:
    """The product of bounded intervals to whole powers; `None` where one has no bound, or it cannot be told."""
    parts = [(interval, power) for each, power in powers.items() if _is_bounded(interval := intervals[each])]
    if len(parts) < len(powers) or any(power.denominator != 1 for _, power in parts) or would_be_long(parts):
        return None
    return reduce(
        Interval.times, (interval.power(int(power)) for interval, power in parts), Interval.point(ONE)
    )


def _is_bounded(interval: Interval | None) -> TypeGuard[Interval]:
    """Whether more is known of it than a sign."""
    return interval is not None and (interval.high is not None or bool(interval.low))
