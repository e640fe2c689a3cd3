"""The simplex method: whether a point of a linear space lies in given intervals; if none, a row that they break.

The general simplex method of satisfiability solvers (Dutertre and de Moura, "A Fast Linear-Arithmetic
Solver for DPLL(T)", 2006), for the theorem on elementary vectors (Rockafellar, Convex Analysis,
Theorem 22.6): each row of the tableau is an elementary vector, and the row at which no exchange
helps is one that the intervals break.

By Bland's rule it ends; an exchange is O(m n), and a few times m are usual.

Rows are homogeneous, with whole coefficients; what constraints have for constants are variables with one
value. Of products the space is that of logarithms. Floats compare where they are far apart, exact
numbers where they are not, and open ends count as an infinitesimal step inside.
"""

from __future__ import annotations

import math
from fractions import Fraction
from typing import TYPE_CHECKING, Generic, Literal, NamedTuple, TypeVar

from plantrack.numbers.interval import logarithm, to_float
from plantrack.numbers.rationals import length
from plantrack.solver.elementary import Vector, cleared
from plantrack.solver.limits import MAX_BITS, MAX_EXCHANGES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from plantrack.numbers.interval import Interval

_C = TypeVar("_C")
Kind = Literal["product", "sum"]

COMPARED = 3
"""Steps that a variable takes in an exchange, for exact comparisons take long."""
ROOM = 1e-11
"""Floats compare only what differs by more than this part of the terms, far over their error."""


LARGEST = 700.0
"""Logarithms beyond this are of no number that floats hold."""


class End(NamedTuple):
    """One end of a variable: exactly, as a float of the space (a logarithm in products), and its openness.

    `step` is 1 for an open low end, -1 for an open high end, 0 for a closed end.
    """

    exact: Fraction
    value: float
    step: int


class Ends(NamedTuple):
    """Both ends of a variable, `None` where it has none."""

    low: End | None
    high: End | None


NO_END = End(Fraction(1), 0.0, 0)
"""Where a variable without ends stands: at one in products; sums ask for their own."""


def ends_of(interval: Interval | None, kind: Kind) -> Ends:
    """The ends of an interval, of products their logarithms, of which only the positive part counts."""
    if interval is None:
        return Ends(None, None)
    low, high = interval.low, interval.high
    if kind == "product" and low is not None and low <= 0:
        low = None
    return Ends(
        None if low is None else _end(low, kind, 0 if interval.low_closed else 1),
        None if high is None else _end(high, kind, 0 if interval.high_closed else -1),
    )


def _end(exact: Fraction, kind: Kind, step: int) -> End:
    return End(exact, logarithm(exact) if kind == "product" else to_float(exact), step)


def broken_row(
    basis: Mapping[_C, Vector[_C]],
    ends: Mapping[_C, Ends],
    kind: Kind,
    pays: Callable[[float], bool] = lambda _: True,
) -> tuple[Vector[_C] | None, bool]:
    """A vector of the rows' space that the ends break, and whether the answer is final.

    Args:
        basis: vectors that must each come to zero, in reduced echelon form.
        ends: for every variable its ends; a low end is not above the high one.
        kind: `sum`, or `product` for a space of logarithms.
        pays: whether so many steps may be taken; where not, the answer is not final.

    Returns:
        An elementary vector that no choice of values between the ends can obey; `None` where all
        rows can be obeyed at once, and then with True.
    """
    return _Tableau(basis, ends, kind).solve(pays)


def feasible_point(
    basis: Mapping[_C, Vector[_C]], ends: Mapping[_C, Ends], kind: Kind
) -> dict[_C, float] | None:
    """Values `low <= x <= high` with `row · x = 0` (of logarithms in products) for all rows, in floats.

    Each in the unit of its ends; `None` where there are none, some beyond floats, or too many exchanges. Source:
    Dutertre and de Moura (2006), the general simplex.
    """
    tableau = _Tableau(basis, ends, kind)
    try:
        return tableau.values() if tableau.solve(lambda _: True) == (None, True) else None
    except OverflowError:
        return None


class _Tableau(Generic[_C]):
    """Rows by their own (basic) variable, and at which end every other variable stands."""

    def __init__(self, basis: Mapping[_C, Vector[_C]], ends: Mapping[_C, Ends], kind: Kind) -> None:
        self.kind = kind
        self.ends = ends
        self.zero = NO_END if kind == "product" else End(Fraction(0), 0.0, 0)
        self.order = {
            variable: number
            for number, variable in enumerate(dict.fromkeys(each for row in basis.values() for each in row))
        }
        self.rows: dict[_C, Vector[_C]] = dict(basis)
        self.at: dict[_C, End] = {
            each: ends[each].low or ends[each].high or self.zero
            for each in self.order
            if each not in self.rows
        }

    def solve(self, pays: Callable[[float], bool]) -> tuple[Vector[_C] | None, bool]:
        """Exchange until every variable lies between its ends, or a row shows that none can."""
        for _ in range(MAX_EXCHANGES):
            if not pays(COMPARED * len(self.order)):
                return None, False
            try:
                broken = self.first_broken()
            except _TooLong:
                return None, False
            if broken is None:
                return None, True
            basic, up = broken
            entering = self.helper(basic, up=up)
            if entering is None:
                return self.rows[basic], True
            self.exchange(basic, entering, up=up)
        return None, False

    def values(self) -> dict[_C, float]:
        """Where the variables stand, in floats."""
        found = {variable: end.value for variable, end in self.at.items()}
        for basic, row in self.rows.items():
            rest = sum(times * found[variable] for variable, times in row.items() if variable != basic)
            found[basic] = -rest / row[basic]
        if self.kind == "product":
            return {
                variable: math.exp(value) if value < LARGEST else math.inf
                for variable, value in found.items()
            }
        return found

    def first_broken(self) -> tuple[_C, bool] | None:
        """The first basic variable outside its ends, and whether it must go up."""
        for basic in sorted(self.rows, key=self.order.__getitem__):
            row = self.rows[basic]
            terms = [(times, self.at[variable]) for variable, times in row.items() if variable != basic]
            rest, own = _in_floats(terms), row[basic]
            for end, up in zip(self.ends[basic], (True, False), strict=True):
                off = 0 if end is None else _sign((own, end), terms, rest, self.kind) * own
                if off > 0 if up else off < 0:
                    return basic, up
        return None

    def helper(self, basic: _C, *, up: bool) -> _C | None:
        """The first variable whose move takes the basic one where it must go."""
        row = self.rows[basic]
        for variable in sorted(row, key=self.order.__getitem__):
            if variable == basic:
                continue
            rises = (row[variable] * row[basic] < 0) == up
            low, high = self.ends[variable]
            stands = self.at[variable]
            end = high if rises else low
            if end is None or (stands is not end and (stands.exact, stands.step) != (end.exact, end.step)):
                return variable
        return None

    def exchange(self, basic: _C, entering: _C, *, up: bool) -> None:
        pivot = self.rows.pop(basic)
        self.rows = {own: cleared(row, pivot, entering) for own, row in self.rows.items()}
        self.rows[entering] = pivot
        low, high = self.ends[basic]
        end = low if up else high
        assert end is not None
        self.at[basic] = end
        del self.at[entering]


class _TooLong(ArithmeticError):
    """Numbers that would be too long to be compared exactly."""


_Term = tuple[int, End]


def _in_floats(terms: Iterable[_Term], total: float = 0.0, size: float = 0.0) -> tuple[float, float]:
    """A sum of multiples of ends, and of their sizes; no number where no float is as large."""
    try:
        for times, end in terms:
            part = times * end.value
            total += part
            size += abs(part)
    except OverflowError:
        return math.nan, size
    return total, size


def _sign(last: _Term, terms: list[_Term], rest: tuple[float, float], kind: Kind) -> int:
    """The sign of a sum, `rest` all but the last term: by floats, else exactly, else by the steps inside."""
    total, size = _in_floats((last,), *rest)
    if abs(total) > ROOM * (size + len(terms) + 1):
        return 1 if total > 0 else -1
    every = [*terms, last]
    return _exact_sign(every, kind) or _sign_of(sum(times * end.step for times, end in every))


def _exact_sign(terms: list[tuple[int, End]], kind: Kind) -> int:
    if kind == "sum":
        return _sign_of(sum((times * end.exact for times, end in terms), start=Fraction(0)))
    if sum(abs(times) * length(end.exact) for times, end in terms) > MAX_BITS:
        raise _TooLong
    above, below = 1, 1
    for times, end in terms:
        over, under = (
            (end.exact.numerator, end.exact.denominator)
            if times > 0
            else (end.exact.denominator, end.exact.numerator)
        )
        above *= over ** abs(times)
        below *= under ** abs(times)
    return _sign_of(above - below)


def _sign_of(value: Fraction | int) -> int:
    return (value > 0) - (value < 0)
