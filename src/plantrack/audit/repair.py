"""What a figure would have to read, with the others as printed, for a contradiction to vanish.

A numeral is reported only if everything that is connected holds with it (`plantrack.audit.oracle`). Where
the numerals that would do begin and end is guessed from the contradiction alone, which leaves at least
what all figures leave, and then decided.
"""

from __future__ import annotations

import math
import re
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from plantrack.numbers.numeral import read_numeral
from plantrack.numbers.rounding import decimal_text
from plantrack.numbers.words import INEXACT, MINUS, as_fall, turned
from plantrack.plan.measures import is_possible

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from fractions import Fraction

    from plantrack.audit.bounds import PrintedBound
    from plantrack.audit.oracle import Question
    from plantrack.audit.proofs import Proof
    from plantrack.numbers.interval import Interval
    from plantrack.numbers.numeral import Numeral
    from plantrack.plan.measures import Measure
    from plantrack.plan.model import Indicator

MOST = 2**60
"""Numerals further than this many last digits from the printed one are not looked for."""
FAR = 2**40
"""Where so many last digits further still do, there is no end."""
FEW = 20
"""Of so many numbers that would do each can be looked at."""
NEAR = 2
"""Edges lie within so many counts of where floats guess them."""
HALF = 0.5
"""A rounded numeral reaches so far beyond its count of last digits."""


class Repair(NamedTuple):
    """The least and the greatest numeral that would do, how many there are, and the nominal one.

    An end is `None` where there is none; the number is then `None`, too. Empty and 0: no numeral would do.
    Empty and `None`: nothing is known of it.
    """

    ends: tuple[str | None, ...] = ()
    number: int | None = None
    nominal: str | None = None
    few: tuple[Interval, ...] = ()
    """What each stands for, where they are few."""


UNKNOWN, NONE_WOULD_DO = Repair(), Repair(number=0)
Edges = tuple["int | None", "int | None"]


def should_read(
    proof: Proof,
    figures: Sequence[PrintedBound],
    closed: Callable[[], Question],
    question: Callable[[], Question],
    indicators: Mapping[str, Indicator],
) -> Repair:
    """The numerals of the same form with which everything connected holds.

    Args:
        proof: the contradiction.
        figures: the figure, and others of its quantity that are read as it is; what is asked of words,
            ranges, fractions and inexact numbers is only whether any number would do.
        closed: what gives all that is connected, with these figures open, the ends of intervals included.
        question: the same with open ends as they are.
        indicators: what the variables' numbers are of.
    """
    if not proof.is_small:
        return UNKNOWN
    measure = figures[0].figure.measure
    if measure is not None and _is_searchable(measure.numeral):
        axis = _Axis.of(figures[0], measure, indicators.get(figures[0].variable.indicator))
        return _searched(_Asked(proof, figures, question, axis), closed)
    excluded = question().holds({}) is not True and closed().holds({}) is False
    return NONE_WOULD_DO if excluded else UNKNOWN


def _searched(asked: _Asked, closed: Callable[[], Question]) -> Repair:
    """The numerals that would do, from those on that the contradiction alone leaves."""
    guess = _guesses(asked.proof, asked.axis)
    likely = [_outermost(asked, by, end) for by, end in zip((-1, 1), guess, strict=True)]
    inside = next((each for each in likely if each is not None and asked.holds(each)), None)
    if inside is None and closed().holds({}) is False:
        return NONE_WOULD_DO
    if inside is None:
        inside = _somewhere(asked, guess)
    edges = None if inside is None else _edges(asked, inside, likely)
    return UNKNOWN if edges is None else _reported(asked.proof, asked.axis, edges)


def _reported(proof: Proof, axis: _Axis, edges: Edges) -> Repair:
    """The numerals from one edge to the other."""
    nominal = _nominal_count(proof, axis)
    inside = nominal is not None and all(
        end is None or (nominal - end) * by >= 0 for end, by in zip(edges, (1, -1), strict=True)
    )
    ends = tuple(None if end is None else axis.text(end) for end in edges)
    low, high = edges
    number = None if low is None or high is None else high - low + 1
    counts = () if low is None or number is None or number > FEW else range(low, low + number)
    few = tuple(interval for interval in map(axis.interval, counts) if interval is not None)
    return Repair(ends, number, axis.text(nominal) if inside and nominal is not None else None, few)


class _Asked:
    """Whether counts would do, each asked once: of the contradiction alone first, then of all that is connected."""

    def __init__(
        self, proof: Proof, figures: Sequence[PrintedBound], question: Callable[[], Question], axis: _Axis
    ) -> None:
        self.proof, self.figures, self.question, self.axis = proof, figures, question, axis
        self.interval = cache(axis.interval)
        self.is_refuted = cache(self._is_refuted)
        self.holds = cache(self._holds)

    def _is_refuted(self, count: int) -> bool:
        """Whether no figure can say so, or the contradiction alone is still there."""
        interval = self.interval(count)
        return interval is None or self.proof.side(dict.fromkeys(self.figures, interval)) in {1, -1}

    def _holds(self, count: int) -> bool | None:
        if self.is_refuted(count):
            return False
        interval = self.interval(count)
        return self.question().holds({each: each.instead(interval) for each in self.figures})


# -- numerals of one form ------------------------------------------------------------------------


def _is_searchable(numeral: Numeral) -> bool:
    plain = numeral.bound not in {"range", *INEXACT} and numeral.fraction_of is None and numeral.meant is None
    plain = plain and not numeral.exact
    return plain and re.search(_NUMBER, numeral.text) is not None


class _Axis(NamedTuple):
    """The numerals of one form, each by its count of units of the last digit, below zero for a fall."""

    bound: PrintedBound
    measure: Measure
    least: int | None
    limit: Fraction | None

    @classmethod
    def of(cls, bound: PrintedBound, measure: Measure, indicator: Indicator | None) -> _Axis:
        figure, numeral = bound.figure, measure.numeral
        turns = numeral.bound is None and (
            figure.kind in _FALLS or (figure.kind == "level" and bound.domain is None)
        )
        limit = None
        if figure.kind == "level" and indicator is not None and indicator.limit is not None:
            limit = read_numeral(indicator.limit).value / (100 if indicator.unit == "%" else 1)
        falls = numeral.verb < 0 or numeral.values[0] < 0
        return cls(bound, measure, None if turns or falls else 0, limit)

    @property
    def unit(self) -> Fraction:
        """One unit of the last digit, in the indicator's unit."""
        return self.measure.numeral.scale * self.measure.factor * self.measure.numeral.step

    @property
    def printed(self) -> int:
        numeral = self.measure.numeral
        return int(numeral.verb * numeral.values[0] / numeral.step)

    def is_there(self, count: int) -> bool:
        """Whether there is a numeral of this form: falls only stay falls where a bound says so."""
        numeral = self.measure.numeral
        if numeral.bound is not None and (self.printed or numeral.verb) < 0:
            return count <= 0
        return self.least is None or count >= self.least

    def numeral(self, count: int) -> Numeral:
        numeral = self.measure.numeral
        if numeral.values[0] < 0 or self.bound.figure.kind == "level":
            return replace(numeral, verb=1, values=(count * numeral.step,))
        verb = -1 if count < 0 else 1 if count > 0 or numeral.bound is None else numeral.verb
        return replace(numeral, verb=verb, values=(abs(count) * numeral.step,))

    def interval(self, count: int) -> Interval | None:
        """The variable's interval for a count; `None` where no figure can say so."""
        if not self.is_there(count):
            return None
        bound = self.bound
        said = self.measure.reread(self.numeral(count))
        if not is_possible(bound.figure.kind, said):
            return None
        if bound.domain is not None and not said.overlaps(bound.domain):
            return None
        if self.limit is not None and self.measure.numeral.bound is None and count * self.unit > self.limit:
            return None
        return bound.of(said)

    def text(self, count: int) -> str:
        """Its text with another number, the verb turned where it rises instead of falling."""
        numeral = self.measure.numeral
        decimals = len(str(numeral.step.denominator)) - 1
        said = re.sub(_NUMBER, decimal_text(abs(count) * numeral.step, decimals), numeral.text, count=1)
        minus = re.search(_MINUS, numeral.text)
        if minus is not None:
            return said if count < 0 or count == self.printed else re.sub(_MINUS, "", said, count=1)
        if count * (self.printed or numeral.verb) > 0 or count == self.printed == 0:
            return said
        if count == 0:
            return said
        if (other := turned(said)) is not None:
            return other
        return f"-{said}" if self.bound.figure.kind == "level" else as_fall(said, self.measure.unit)

    def count_at(self, value: float) -> float:
        """The count at a value of the variable."""
        return _in_measure(value, self.bound) / float(self.unit)


_FALLS = ("growth", "total_growth", "change", "annual_change")
_MINUS = re.compile(rf"[{MINUS}](?=\s*[0-9０-９])")
_NUMBER = re.compile(r"[0-9０-９][0-9０-９,，.．]*")


def _in_measure(value: float, bound: PrintedBound) -> float:
    """A variable's value as the figure tells it: growth a year of a span's ratio, a yearly change of a change."""
    kind, years = bound.figure.kind, bound.figure.years or 1
    if kind == "growth":
        return math.inf if math.isinf(value) else max(0.0, value) ** (1 / years) - 1
    if kind == "total_growth":
        return value - 1
    return value / years if kind == "annual_change" else value


# -- where they begin and end --------------------------------------------------------------------


def _guesses(proof: Proof, axis: _Axis) -> tuple[float, float]:
    """Between which counts the other figures of the contradiction leave this one, in floats."""
    left = proof.left_for(axis.bound)
    if left is None:
        return -math.inf, math.inf
    low, high = sorted(axis.count_at(value) for value in left)
    return low, high


def _somewhere(asked: _Asked, guess: tuple[float, float]) -> int | None:
    """A count that holds, looked for where all can be true whatever the figure reads."""
    question = asked.question()
    if not question.holds({}):
        return None
    return next((count for count in _starts(asked, guess) if asked.holds(count)), None)


def _edges(asked: _Asked, inside: int, likely: Sequence[int | None]) -> Edges | None:
    """The first and the last count that hold, `None` for no end; `None` for both where it is not decided."""
    edges = []
    for by, end in zip((-1, 1), likely, strict=True):
        last = _last(asked.holds, inside, by, end)
        if last is not None and asked.axis.is_there(last + by) and asked.holds(last + by) is None:
            return None  # where it ends is not decided
        edges.append(last)
    return edges[0], edges[1]


def _outermost(asked: _Asked, by: int, guess: float) -> int | None:
    """The outermost count near a guess that the contradiction alone does not refute."""
    if not math.isfinite(guess) or abs(guess) > MOST:
        return None
    start = math.ceil(guess - HALF) if by < 0 else math.floor(guess + HALF)
    if asked.is_refuted(start):
        nearer = (start - by * near for near in range(1, NEAR + 1))
        return next((count for count in nearer if not asked.is_refuted(count)), None)
    further = (start + by * near for near in range(NEAR))
    return next((count for count in further if asked.is_refuted(count + by)), start + by * NEAR)


def _starts(asked: _Asked, guess: tuple[float, float]) -> Iterator[int]:
    """Counts that may hold, the likeliest first."""
    axis, (low, high) = asked.axis, guess
    ends = [end for end in guess if math.isfinite(end) and abs(end) < MOST]
    if len(ends) == 2:  # noqa: PLR2004 - both
        yield round((low + high) / 2)
    value = asked.question().value(axis.bound.variable)
    if value is not None and math.isfinite(at := axis.count_at(value)) and abs(at) < MOST:
        yield from (math.floor(at), math.ceil(at))
    if len(ends) == 2:  # noqa: PLR2004 - both
        yield from dict.fromkeys(round(low + (high - low) * part / 16) for part in range(17))
    towards = 1 if math.isfinite(low) else -1
    start = round(ends[0]) if ends else axis.printed
    for step in (0, 1, 2, 10, 100, 10**4, 10**6, 10**9):
        yield start + towards * step
        yield start - towards * step


def _last(holds: Callable[[int], bool | None], inside: int, by: int, likely: int | None) -> int | None:
    """The last count on one side that holds; `None` where there is no end as far as is looked."""
    if likely is not None and (likely - inside) * by > 0 and holds(likely):
        inside = likely
    if holds(inside + by * FAR):
        return None
    step = 1
    while holds(inside + by * step):
        inside += by * step
        step *= 2
    far = inside + by * step
    while abs(far - inside) > 1:
        middle = (inside + far) // 2
        inside, far = (middle, far) if holds(middle) else (inside, middle)
    return inside


# -- the nominal one -----------------------------------------------------------------------------


def _nominal_count(proof: Proof, axis: _Axis) -> int | None:
    """The count that the printed values of the others come to."""
    value = proof.nominal(axis.bound)
    if value is None or axis.measure.numeral.bound is not None:
        return None
    count = axis.count_at(value)
    return math.floor(count + HALF) if math.isfinite(count) else None
