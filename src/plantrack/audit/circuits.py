"""Circuits: combinations of laws of minimal support, as printed figures must obey them.

A circuit is a product of powers that must be 1, or a sum of multiples that must be 0. Everything
that decides is exact: whether it holds, by what factor the roundings would have to be widened, and
what each figure would have to read with the others as printed.
"""

from __future__ import annotations

import re
from dataclasses import replace
from fractions import Fraction
from functools import reduce
from typing import TYPE_CHECKING, Literal, NamedTuple

from plantrack.interval import Interval
from plantrack.numeral import decimal_text

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from plantrack.audit.columns import Column, Tie
    from plantrack.audit.system import Part, Statement
    from plantrack.numeral import Numeral

Verdict = Literal["holds", "fails", "tie", "undetermined"]

SEVERITY_STEPS = 14
"""Halvings of the interval in which the severity lies: four digits are right."""
WIDEST = 2**40
"""No rounding is widened further than this."""
SEARCH_LIMIT = 2**80
"""Numerals further than this many last digits from the printed one are not looked for."""


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

    def verdict(self) -> Verdict:
        """Whether the statements can hold together."""
        side = self.side()
        if side is None:
            return "undetermined"
        if side == 0:
            return "holds"
        return "fails" if self.side(self.widened(Fraction(1))) in {1, -1} else "tie"

    def widened(self, factor: Fraction) -> dict[Statement, Interval]:
        """Roundings widened about their middles, and every end closed."""
        return {statement: _widened(statement, factor) for statement in self.statements}

    def severity(self) -> float | None:
        """The least factor by which the roundings would have to be widened for it to hold.

        1.0 for a tie of roundings; `None` where nothing is rounded, or no widening is enough.
        """
        if not any(statement.is_rounded for statement in self.statements):
            return None
        enough = Fraction(1)
        while self.side(self.widened(enough)) in {1, -1}:
            enough *= 2
            if enough > WIDEST:
                return None
        if enough == 1:
            return 1.0
        little = enough / 2
        for _ in range(SEVERITY_STEPS):
            middle = (little + enough) / 2
            little, enough = (
                (middle, enough) if self.side(self.widened(middle)) in {1, -1} else (little, middle)
            )
        return float(enough)

    def is_grave(self) -> bool:
        """Whether no rounding less than twice as wide would make it hold."""
        twice = {each: _widened(each, Fraction(2), closed=False) for each in self.statements}
        return self.side(twice) in {1, -1}

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


def _widened(statement: Statement, factor: Fraction, *, closed: bool = True) -> Interval:
    measure = statement.figure.measure
    if measure is None or not statement.is_rounded:
        return statement.closed(statement.interval)
    low, high = measure.interval.low, measure.interval.high
    assert low is not None
    assert high is not None
    middle, reach = (low + high) / 2, (high - low) / 2 * factor
    wide = statement.of(Interval(middle - reach, middle + reach, low_closed=closed, high_closed=closed))
    return statement.closed(wide) if closed else wide


# -- what a figure would have to read ------------------------------------------------------------


def should_read(circuit: Circuit, statement: Statement) -> tuple[tuple[str | None, ...], int | None]:
    """The least and the greatest numeral of the same form that would make the circuit hold.

    Returns:
        Both texts and how many numerals lie between. The second `None`, and the count, where they
        are endless; empty and 0 where no numeral of this form would do, empty and `None` where none
        is looked for: relations, words, ranges, fractions, approximations, negative numbers.
    """
    measure = statement.figure.measure
    if measure is None or not _is_searchable(measure.numeral):
        return (), None
    side_at = circuit.without(statement)
    printed = int(measure.numeral.values[0] / measure.numeral.step)

    def side(count: int) -> int | None:
        return side_at(statement.of(measure.reread(_with_count(measure.numeral, count))))

    wrong = side(printed)
    for towards in _ways(circuit, statement, wrong):
        near = _first(lambda count: side(count) != wrong, printed, towards)
        if near is None or side(near) != 0:
            continue
        past = _first(lambda count: side(count) != 0, near, towards)
        if past is None and towards > 0:
            return (_with_count(measure.numeral, near).text, None), None
        low, high = sorted((near, 0 if past is None else past - towards))
        return tuple(_with_count(measure.numeral, count).text for count in (low, high)), high - low + 1
    return (), 0


def _is_searchable(numeral: Numeral) -> bool:
    plain = numeral.bound not in {"range", "about"} and numeral.fraction_of is None
    return plain and numeral.values[0] >= 0 and re.search(_NUMBER, numeral.text) is not None


def _ways(circuit: Circuit, statement: Statement, wrong: int | None) -> tuple[int, ...]:
    """Towards which numerals to look: up or down where the circuit moves one way with the statement."""
    measure = statement.figure.measure
    holding = [(part, exponent) for part, exponent in circuit.terms if statement in part.statements]
    if len(holding) != 1 or measure is None or not wrong:
        return (1, -1)
    part, exponent = holding[0]
    if len(part.statements) > 1 and statement.figure.kind == "level":
        return (1, -1)
    return (-wrong if exponent * measure.numeral.verb > 0 else wrong,)


def _first(wanted: Callable[[int], bool], start: int, towards: int) -> int | None:
    """The first count from `start` on for which `wanted`, which stays true once it is."""
    step = 1
    while not wanted(max(0, start + towards * step)):
        if start + towards * step <= 0 or step > SEARCH_LIMIT:
            return None
        step *= 2
    near, far = start + towards * (step // 2), max(0, start + towards * step)
    while abs(far - near) > 1:
        middle = (near + far) // 2
        near, far = (near, middle) if wanted(middle) else (middle, far)
    return far


def _with_count(numeral: Numeral, count: int) -> Numeral:
    """The same form of numeral with another number of last digits' units."""
    value = count * numeral.step
    decimals = len(str(numeral.step.denominator)) - 1
    written = re.sub(_NUMBER, decimal_text(value, decimals), numeral.text, count=1)
    return replace(numeral, text=written, values=(value,))


_NUMBER = re.compile(r"[0-9０-９][0-9０-９,，.．]*")
