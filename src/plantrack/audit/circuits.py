"""Circuits: combinations of laws of minimal support, as printed figures must obey them.

A circuit is a product of powers that must be 1, or a sum of multiples that must be 0. Whether it
holds is decided exactly.
"""

from __future__ import annotations

import math
from fractions import Fraction
from functools import reduce
from typing import TYPE_CHECKING, Literal, NamedTuple

from plantrack.interval import Interval

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from plantrack.audit.columns import Column, Tie
    from plantrack.audit.system import Part, Statement


TOUCHING = 1e-12
"""What is off by nothing but an open end, as a number."""


class Free(NamedTuple):
    """A latent column of a sum, confined by its domain alone."""

    column: Column
    interval: Interval

    @property
    def statements(self) -> tuple[Statement, ...]:
        return ()

    def interval_with(self, _: Mapping[Statement, Interval]) -> Interval:
        return self.interval


class Circuit(NamedTuple):
    """Parts with whole exponents (`product`) or coefficients (`sum`), and what they must come to.

    `ties` are the laws it combines, each with how often.
    """

    kind: Literal["product", "sum"]
    terms: tuple[tuple[Part | Free, int], ...]
    constant: Fraction
    ties: tuple[tuple[Tie, Fraction], ...] = ()

    @property
    def must_contain(self) -> int:
        """What the range must contain for the circuit to hold."""
        return 1 if self.kind == "product" else 0

    @property
    def statements(self) -> tuple[Statement, ...]:
        """The statements involved, each once, in the order of the terms."""
        return tuple(dict.fromkeys(each for part, _ in self.terms for each in part.statements))

    def range(self, instead: Mapping[Statement, Interval] | None = None) -> Interval | None:
        """All products over the constant (or sums less it) that the parts allow, some replaced.

        `None` where factors on both sides of a product may be zero, or one must be: nothing is decided.
        """
        instead = instead or {}
        parts = [(part.interval_with(instead), exponent) for part, exponent in self.terms]
        if self.kind == "sum":
            total = reduce(Interval.plus, (interval.scaled(Fraction(times)) for interval, times in parts))
            return total.shifted(-self.constant)
        positive = _positive(parts)
        if positive is None:
            return None
        total = reduce(Interval.times, (interval.power(exponent) for interval, exponent in positive))
        return total.scaled(1 / self.constant)

    def side(self, instead: Mapping[Statement, Interval] | None = None) -> int | None:
        """0 where it can hold; 1 or -1 where the range lies above or below what it must contain."""
        reach = self.range(instead)
        if reach is None:
            return None
        if reach.contains(Fraction(self.must_contain)):
            return 0
        return 1 if reach.low is not None and reach.low >= self.must_contain else -1

    def off(self, instead: Mapping[Statement, Interval]) -> float:
        """How far the range lies from what it must contain; below zero where it contains it."""
        reach = self.range(instead)
        if reach is None:
            return -1.0
        above = -1.0 if reach.low is None else float(reach.low - self.must_contain)
        below = -1.0 if reach.high is None else float(self.must_contain - reach.high)
        if reach.contains(Fraction(self.must_contain)):
            return min(-TOUCHING, max(above, below))
        return max(TOUCHING, above, below)

    def left_for(self, statement: Statement) -> tuple[float, float] | None:
        """Between which floats the others leave the statement's column; `None` where it is not one term alone."""
        own = [(part, exponent) for part, exponent in self.terms if statement in part.statements]
        rest = tuple(term for term in self.terms if statement not in term[0].statements)
        if len(own) != 1 or len(own[0][0].statements) > 1 or not rest:
            return None
        reach = self._replace(terms=rest).range()
        if reach is None:
            return None
        times = own[0][1]
        if self.kind == "sum":
            ends = [end / -times for end in reach.floats()]
        else:
            ends = [_root(1 / end if end > 0 else math.inf, times) for end in reach.floats()]
        return min(ends), max(ends)

    def without(self, statement: Statement) -> Callable[[Interval], int | None]:
        """`side` as a function of one statement's interval, the other parts joined once for all."""
        apart = [(part, exponent) for part, exponent in self.terms if statement in part.statements]
        rest = [(part, exponent) for part, exponent in self.terms if statement not in part.statements]
        if not rest:
            return lambda interval: self.side({statement: interval})
        fixed = self._replace(terms=tuple(rest)).range()
        if fixed is None:
            return lambda _: None
        joined = Free(self.terms[0][0].column, fixed)
        circuit = self._replace(terms=((joined, 1), *apart), constant=Fraction(self.must_contain))
        return lambda interval: circuit.side({statement: interval})


def _root(value: float, times: int) -> float:
    if value == 0 or math.isinf(value):
        return math.inf if (value > 0) == (times > 0) else 0.0
    return value ** (1 / times)


def _positive(parts: Sequence[tuple[Interval, int]]) -> list[tuple[Interval, int]] | None:
    """The factors less their zeros: where only one side may be zero, the other shows that it is not."""
    if all(interval.is_positive for interval, _ in parts):
        return list(parts)
    zero = Fraction(0)
    sides = {exponent > 0 for interval, exponent in parts if interval.contains(zero)}
    if len(sides) > 1:
        return None
    found = []
    for interval, exponent in parts:
        above = interval.intersection(Interval.above(zero))
        if above is None or interval.low is None or interval.low < 0:
            return None
        found.append((above, exponent))
    return found
