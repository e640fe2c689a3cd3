"""Laws of both kinds as sums, where products allow it: decided exactly by the simplex method.

A product whose other factors lie in intervals, `v = k u` with `k` in `[a, b]` and `u`, `v` not below zero,
says that `v - a u` and `b u - v` are not below zero. Where no other law has these factors that is all it says.
"""

from __future__ import annotations

from collections import Counter
from fractions import Fraction
from functools import reduce
from typing import TYPE_CHECKING, Literal, NamedTuple

from plantrack.numbers.interval import ANY, NONNEGATIVE, POSITIVE, Interval
from plantrack.solver.elementary import reduced, whole
from plantrack.solver.simplex import broken_row, ends_of
from plantrack.solver.variables import ONE, Column

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from plantrack.solver.constraints import Tie

    Intervals = Mapping[Column, Interval | None]
    Row = dict[Column, Fraction]

PAIR = 2


def decide_linearly(
    ties: Sequence[Tie], intervals: Intervals
) -> Literal["contradictory", "consistent"] | None:
    """Whether some numbers in the intervals obey the laws; `None` where their sums do not decide it."""
    sums = _sums_of(ties, intervals)
    ends = {column: ends_of(interval, "sum") for column, interval in sums.intervals.items()}
    row, is_final = broken_row(reduced(map(whole, sums.rows)), ends, "sum")
    if row is not None:
        return "contradictory"
    return "consistent" if is_final and sums.are_all else None


def are_sums(ties: Sequence[Tie], intervals: Intervals) -> bool:
    """Whether sums say all that the laws say."""
    uses = Counter(column for tie in ties for column in tie.columns)
    pairs = (_pair(tie, uses, intervals) for tie in ties if tie.kind == "product")
    return all(pair is not None and pair.is_exact for pair in pairs)


class _Sums(NamedTuple):
    """Rows that must come to zero, the intervals of their columns, and whether they say all that the laws say."""

    rows: list[Row]
    intervals: dict[Column, Interval | None]
    are_all: bool


def _sums_of(ties: Sequence[Tie], intervals: Intervals) -> _Sums:
    """The laws as sums, as far as products can be written so."""
    uses = Counter(column for tie in ties for column in tie.columns)
    rows: list[Row] = []
    known: dict[Column, Interval | None] = {}
    are_all = True
    for number, tie in enumerate(ties):
        if tie.kind == "sum":
            rows.append(tie.row)
            known |= {column: _interval(column, intervals) for column in tie.row}
            continue
        pair = _pair(tie, uses, intervals)
        are_all = are_all and pair is not None and pair.is_exact
        for side, (row, slack) in enumerate(pair.sides() if pair is not None else ()):
            over = Column("slack", f"product {number} {side}", "", ())
            rows.append({**row, over: -ONE})
            known |= {column: intervals[column] for column in row}
            known[over] = slack
    return _Sums(rows, known, are_all)


def _interval(column: Column, intervals: Intervals) -> Interval | None:
    if column.kind == "number":
        return Interval.point(Fraction(column.indicator))
    return intervals[column]


class _Pair(NamedTuple):
    """`high = k low`, both above zero, k in an interval; whether nothing else is said of the factors that make k."""

    low: Column
    high: Column
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


def _pair(tie: Tie, uses: Mapping[Column, int], intervals: Intervals) -> _Pair | None:
    """A product as one of two columns; `None` where it is none, or a factor may be zero or below."""
    free = [column for column in tie.columns if uses[column] > 1 or not _is_bounded(intervals[column])]
    if len(free) < PAIR:
        alone = [column for column in tie.columns if column not in free and column.kind == "level"]
        free = [*free, *alone][:PAIR]
    terms = dict(tie.terms)
    if len(free) < PAIR or any(not _is_positive(intervals[column]) for column in tie.columns):
        return None
    low = next((column for column in free if terms[column] == 1), None)
    high = next((column for column in free if terms[column] == -1), None)
    others = [column for column in tie.columns if column not in {low, high}]
    if low is None or high is None or not all(_is_bounded(intervals[each]) for each in others):
        return None
    factors = [
        interval.power(int(terms[each]))
        for each in others
        if (interval := intervals[each]) is not None and terms[each].denominator == 1
    ]
    if len(factors) < len(others):
        return None
    factor = reduce(Interval.times, factors, Interval.point(1 / tie.constant))
    return _Pair(low, high, factor, len(free) == PAIR and all(uses[each] == 1 for each in others))


def _is_positive(interval: Interval | None) -> bool:
    return interval is not None and interval.is_positive


def _is_bounded(interval: Interval | None) -> bool:
    return interval is not None and interval not in {POSITIVE, NONNEGATIVE, ANY}
