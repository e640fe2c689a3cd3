"""Circuits: combinations of statements that must multiply to 1, or add up to 0, and whether they can.

Everything that decides is exact. For one circuit: whether it holds, by what factor the roundings
would have to be widened, and what each figure would have to read with the others as printed.
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

    from plantrack.audit.system import Statement
    from plantrack.numeral import Numeral

Verdict = Literal["holds", "fails", "tie", "undetermined"]

SEVERITY_STEPS = 14
"""Halvings of the interval in which the severity lies: four digits are right."""
WIDEST = 2**40
"""No rounding is widened further than this."""
SEARCH_LIMIT = 2**80
"""Numerals further than this many last digits from the printed one are not looked for."""


class Circuit(NamedTuple):
    """Statements with whole exponents (`product`) or coefficients (`sum`), and the law in words."""

    kind: Literal["product", "sum"]
    terms: tuple[tuple[Statement, int], ...]
    identity: str

    @property
    def must_contain(self) -> int:
        """What the range must contain for the circuit to hold."""
        return 1 if self.kind == "product" else 0

    def range(self, instead: Mapping[Statement, Interval] | None = None) -> Interval | None:
        """All products (or sums) that the statements allow, some of them replaced.

        `None` where a product has a factor that may not be positive: it is not decided here.
        """
        instead = instead or {}
        parts = [(instead.get(statement, statement.interval), exponent) for statement, exponent in self.terms]
        return self._joined(parts)

    def _joined(self, parts: Sequence[tuple[Interval, int]]) -> Interval | None:
        if self.kind == "sum":
            return reduce(Interval.plus, (interval.scaled(Fraction(times)) for interval, times in parts))
        if not all(interval.is_positive for interval, _ in parts):
            return None
        return reduce(Interval.times, (interval.power(exponent) for interval, exponent in parts))

    def side(self, instead: Mapping[Statement, Interval] | None = None) -> int | None:
        """0 where it can hold; 1 or -1 where the range lies above or below what it must contain."""
        return self._side_of(self.range(instead))

    def _side_of(self, reach: Interval | None) -> int | None:
        if reach is None:
            return None
        if reach.contains(Fraction(self.must_contain)):
            return 0
        return 1 if reach.low is not None and reach.low >= self.must_contain else -1

    def side_at(self, statement: Statement) -> Callable[[Interval], int | None]:
        """`side` with another interval for one statement, the others joined once for all."""
        rest = self._joined([(each.interval, exponent) for each, exponent in self.terms if each != statement])
        exponent = dict(self.terms)[statement]

        def side(interval: Interval) -> int | None:
            one = self._joined([(interval, exponent)])
            if rest is None or one is None:
                return None
            return self._side_of(one.times(rest) if self.kind == "product" else one.plus(rest))

        return side

    def verdict(self) -> Verdict:
        """Whether the statements can hold together."""
        side = self.side()
        if side is None:
            return "undetermined"
        if side == 0:
            return "holds"
        return "tie" if self.side(self.widened(Fraction(1))) == 0 else "fails"

    def widened(self, factor: Fraction) -> dict[Statement, Interval]:
        """Roundings widened about their middles, and every end closed."""
        return {statement: _widened(statement, factor) for statement, _ in self.terms}

    def severity(self) -> float | None:
        """The least factor by which the roundings would have to be widened for it to hold.

        1.0 for a tie of roundings; `None` where nothing is rounded, or no widening is enough.
        """
        if not any(statement.is_rounded for statement, _ in self.terms):
            return None
        enough = Fraction(1)
        while self.side(self.widened(enough)) != 0:
            enough *= 2
            if enough > WIDEST:
                return None
        if enough == 1:
            return 1.0
        little = enough / 2
        for _ in range(SEVERITY_STEPS):
            middle = (little + enough) / 2
            little, enough = (little, middle) if self.side(self.widened(middle)) == 0 else (middle, enough)
        return float(enough)

    def is_grave(self) -> bool:
        """Whether it would still fail with every rounding twice as wide."""
        return self.side(self.widened(Fraction(2))) != 0


def _widened(statement: Statement, factor: Fraction) -> Interval:
    measure = statement.figure.measure
    if measure is None or not statement.is_rounded:
        return statement.interval.closure()
    low, high = measure.interval.low, measure.interval.high
    assert low is not None and high is not None  # noqa: PT018
    middle, reach = (low + high) / 2, (high - low) / 2 * factor
    return statement.of(Interval(middle - reach, middle + reach, low_closed=True, high_closed=True)).closure()


# -- what a figure would have to read ------------------------------------------------------------


def should_read(circuit: Circuit, statement: Statement) -> tuple[tuple[str | None, ...], int | None]:
    """The least and the greatest numeral of the same form that would make the circuit hold.

    Returns:
        Both texts and how many numerals lie between. One end `None` and a count of `None` where
        they are endless; empty and 0 where no numeral of this form would do.
    """
    measure = statement.figure.measure
    if measure is None or measure.numeral.bound == "range" or measure.numeral.fraction_of is not None:
        return (), 0

    exponent = next(exponent for each, exponent in circuit.terms if each == statement)

    side_at = circuit.side_at(statement)

    def side(count: int) -> int:
        numeral = _with_count(measure.numeral, count)
        found = side_at(statement.of(measure.reread(numeral)))
        return found if found is not None else -1 if exponent > 0 else 1

    printed = int(measure.numeral.values[0] / measure.numeral.step)
    wrong = side(printed)
    towards = -wrong if exponent * measure.numeral.verb > 0 else wrong
    near = _first(lambda count: side(count) != wrong, printed, towards)
    if near is None or side(near) != 0:
        return (), 0
    past = _first(lambda count: side(count) != 0, near, towards)
    if past is None and towards > 0:
        return (_with_count(measure.numeral, near).text, None), None
    last = 0 if past is None else past - towards
    low, high = sorted((near, last))
    texts = tuple(_with_count(measure.numeral, count).text for count in (low, high))
    return texts, high - low + 1


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
