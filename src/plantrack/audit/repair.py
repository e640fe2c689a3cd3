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
from itertools import chain
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from plantrack.numbers.rounding import decimal_text
from plantrack.numbers.words import INEXACT, MINUS, as_fall, turned
from plantrack.plan.measures import Measure, is_possible

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from collections.abc import Set as AbstractSet
    from fractions import Fraction

    from plantrack.audit.bounds import PrintedBound
    from plantrack.audit.oracle import Oracle
    from plantrack.audit.proofs import Proof
    from plantrack.numbers.interval import Interval
    from plantrack.numbers.numeral import Numeral
    from plantrack.plan.model import Indicator

MOST = 2**60
"""Numerals further than this many last digits from the printed one are not looked for."""
FAR = 2**40
"""Where so many last digits further still do, there is no end."""
FEW = 20
"""Of so many numbers that would do each can be looked at; of more, so many at each end."""
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
    looked_at: Callable[[], tuple[Interval, ...]] = tuple
    """What tells what each stands for, where they are few; of many what those next to the ends do."""

    @property
    def is_few(self) -> bool:
        return self.number is not None and self.number <= FEW


UNKNOWN, NONE_WOULD_DO = Repair(), Repair(number=0)


class Asked(NamedTuple):
    """Who is asked of some prints of one figure, which are read alike, and the figures that are left out of it."""

    oracle: Oracle
    without: AbstractSet[PrintedBound]
    figures: Sequence[PrintedBound]
    breaks: Callable[[Interval], bool]
    """Whether reading this leaves a count no whole number."""

    def holds(self, interval: Interval | None = None) -> bool | None:
        """Whether all holds where they read this, or anything; `None` where it is not decided."""
        instead = {} if interval is None else {each: each.instead(interval) for each in self.figures}
        return self.oracle.holds(instead, without=self.without, open_=self.figures)

    def may_hold(self, interval: Interval) -> bool:
        """Whether laws of one kind do not refuse that they read this."""
        instead = {each: each.instead(interval) for each in self.figures}
        return self.oracle.may_hold(instead, without=self.without, open_=self.figures) is not False


def should_read(proof: Proof, strict: Asked, closed: Asked, indicators: Mapping[str, Indicator]) -> Repair:
    """The numerals of its form that a figure may read; of words, ranges, inexact numbers only whether any would do.

    What would do is asked as printed, whether nothing would with the ends of intervals included.
    """
    if not proof.is_small:
        return UNKNOWN
    bound = strict.figures[0]
    axis = _Axis.of(bound, indicators.get(bound.variable.indicator))
    if axis is not None:
        return _Search(proof, strict, axis).found(closed)
    return NONE_WOULD_DO if strict.holds() is not True and closed.holds() is False else UNKNOWN


_Answer = TypeVar("_Answer")


def _asked_once(method: Callable[[_Search, int], _Answer]) -> Callable[[_Search, int], _Answer]:
    """A method of a search that keeps its answers there: not in itself, which would hold the search."""

    def answered(search: _Search, count: int) -> _Answer:
        key = method.__name__, count
        if key not in search.answers:
            search.answers[key] = method(search, count)
        answer: _Answer = search.answers[key]
        return answer

    return answered


class _Search:
    """The numerals that would do, from those on that the contradiction alone leaves, which is asked first."""

    def __init__(self, proof: Proof, asked: Asked, axis: _Axis) -> None:
        self.proof, self.asked, self.axis = proof, asked, axis
        self.interval = cache(axis.interval)
        self.answers: dict[tuple[str, int], Any] = {}

    @_asked_once
    def is_refuted(self, count: int) -> bool:
        interval = self.interval(count)
        return interval is None or bool(self.proof.side(dict.fromkeys(self.asked.figures, interval)))

    @_asked_once
    def holds(self, count: int) -> bool | None:
        interval = self.interval(count)
        return False if interval is None or self.is_refuted(count) else self.asked.holds(interval)

    @_asked_once
    def may_hold(self, count: int) -> bool:
        interval = self.interval(count)
        return interval is not None and not self.is_refuted(count) and self.asked.may_hold(interval)

    def found(self, closed: Asked) -> Repair:
        left = self.proof.left_for(self.axis.bound) or (-math.inf, math.inf)
        guess = sorted(map(self.axis.count_at, left))
        likely = list(map(self._outermost, (-1, 1), guess))
        inside = next((each for each in likely if each is not None and self.holds(each)), None)
        if inside is None:
            if closed.holds() is False:
                return NONE_WOULD_DO
            if not self.asked.holds():
                return UNKNOWN
            inside = next(filter(self.holds, self._starts(*guess)), None)
            if inside is None:
                return UNKNOWN
        edges = []
        for by, end in ((-1, likely[0]), (1, likely[1])):
            last = self._last(inside, by, end)
            if last is not None and self.holds(last + by) is None:
                return UNKNOWN  # where it ends is not decided
            edges.append(last)
        return self._between(*edges)

    def _between(self, low: int | None, high: int | None) -> Repair:
        """The numerals from one edge to the other; of many, from the first to the last that leave counts whole."""
        axis, is_few = self.axis, low is not None and high is not None and high - low < FEW
        if not is_few:
            low, high = self._first_whole(low, 1), self._first_whole(high, -1)
        ends = tuple(None if end is None else axis.text(end) for end in (low, high))
        number = None if low is None or high is None else high - low + 1
        near = [range(end, end + by * FEW, by) for end, by in ((low, 1), (high, -1)) if end is not None]
        counts = near[0][:number] if is_few else [*chain(*near)]
        return Repair(
            ends,
            number,
            self._nominal(low, high),
            lambda: tuple(each for each in map(axis.interval, counts) if each is not None),
        )

    def _first_whole(self, end: int | None, by: int) -> int | None:
        """The first count from an end inwards that leaves counts whole numbers, if one of the next few does."""
        if end is None:
            return None
        near = ((each, self.interval(each)) for each in range(end, end + by * FEW, by))
        return next((at for at, said in near if said is not None and not self.asked.breaks(said)), end)

    def _nominal(self, low: int | None, high: int | None) -> str | None:
        """The numeral that the printed values of the others come to, if it lies between the edges."""
        axis = self.axis
        value = self.proof.nominal(axis.bound) if axis.measure.numeral.bound is None else None
        if value is None or not math.isfinite(count := axis.count_at(value)):
            return None
        at = math.floor(count + HALF)
        is_between = (low is None or at >= low) and (high is None or at <= high)
        return axis.text(at) if is_between else None

    def _outermost(self, by: int, guess: float) -> int | None:
        """The last count that the contradiction leaves, within two of where floats guess it."""
        if not abs(guess) < MOST:
            return None
        start = round(guess)
        if self.is_refuted(start):
            return next((each for each in (start - by, start - 2 * by) if not self.is_refuted(each)), None)
        return next((each for each in (start, start + by) if self.is_refuted(each + by)), start + 2 * by)

    def _starts(self, low: float, high: float) -> Iterator[int]:
        """Counts that may hold, the likeliest first."""
        ends = [end for end in (low, high) if abs(end) < MOST]
        has_both = len(ends) == len((low, high))
        if has_both:
            yield round((low + high) / 2)
        asked = self.asked
        value = asked.oracle.value(self.axis.bound.variable, asked.without, asked.figures)
        if value is not None and abs(at := self.axis.count_at(value)) < MOST:
            yield from (math.floor(at), math.ceil(at))
        if has_both:
            yield from dict.fromkeys(round(low + (high - low) * part / 16) for part in range(17))
        start = round(ends[0]) if ends else self.axis.printed
        for step in (0, 1, 2, 10, 100, 10**4, 10**6, 10**9):
            yield from (start - step, start + step)

    def _last(self, inside: int, by: int, likely: int | None) -> int | None:
        """The last count on one side that holds; `None` where there is no end as far as is looked.

        What holds is taken to have no gaps, as it has none under laws of one kind: a count that is refused bounds it,
        and the farthest that holds tells of all before it. What laws of one kind refuse, all laws refuse: where that
        ends is asked first, for it is cheap.
        """
        end = None
        if likely is not None and (likely - inside) * by > 0:
            inside, end = (likely, None) if self.holds(likely) else (inside, likely)
        if end is None or self.holds(end) is None:
            if likely is not None and self.holds(inside + by) is False:
                return inside
            if self.holds(inside + by * FAR):
                return None
            end = None
        if not self.may_hold(inside + by * FAR if end is None else end):
            end = _edge(self.may_hold, inside, by, end) + by
            if self.holds(end - by):
                return end - by
        return _edge(self.holds, inside, by, end)


def _edge(holds: Callable[[int], bool | None], inside: int, by: int, end: int | None) -> int:
    """The last count from one that holds on to do so, before an end if there is one."""
    step = 1
    while end is None:
        ahead = inside + by * step
        inside, end, step = (ahead, None, step * 2) if holds(ahead) else (inside, ahead, step)
    while abs(end - inside) > 1:
        middle = (inside + end) // 2
        inside, end = (middle, end) if holds(middle) else (inside, middle)
    return inside


def _is_searchable(numeral: Numeral) -> bool:
    is_plain = numeral.fraction_of is None and numeral.meant is None and not numeral.exact
    has_number = re.search(_NUMBER, numeral.text) is not None
    return is_plain and has_number and numeral.bound not in {"range", *INEXACT}


class _Axis(NamedTuple):
    """The numerals of one form, each by its count of units of the last digit, below zero for a fall."""

    bound: PrintedBound
    measure: Measure
    least: int | None
    limit: Fraction | None

    @classmethod
    def of(cls, bound: PrintedBound, indicator: Indicator | None) -> _Axis | None:
        measure, is_level = bound.figure.measure, bound.figure.kind == "level"
        if measure is None or not _is_searchable(measure.numeral):
            return None
        numeral, limit = measure.numeral, None
        turns = bound.domain is None if is_level else bound.figure.kind not in {"multiple", "rank"}
        if is_level and indicator is not None:
            limit = indicator.most
        return cls(bound, measure, None if turns and numeral.bound is None else 0, limit)

    @property
    def unit(self) -> Fraction:
        return self.measure.numeral.scale * self.measure.factor * self.measure.numeral.step

    @property
    def printed(self) -> int:
        numeral = self.measure.numeral
        return int(numeral.verb * numeral.values[0] / numeral.step)

    @property
    def is_fall(self) -> bool:
        return (self.printed or self.measure.numeral.verb) < 0

    def is_there(self, count: int) -> bool:
        """Whether there is a numeral of this form: falls only stay falls where a bound says so."""
        if self.measure.numeral.bound is not None and self.is_fall:
            return count <= 0
        return self.least is None or count >= self.least

    def numeral(self, count: int) -> Numeral:
        numeral = self.measure.numeral
        if numeral.values[0] < 0 or self.bound.figure.kind == "level":
            return replace(numeral, verb=1, values=(count * numeral.step,))
        verb = -1 if count < 0 else 1 if count > 0 or numeral.bound is None else numeral.verb
        return replace(numeral, verb=verb, values=(abs(count) * numeral.step,))

    def interval(self, count: int) -> Interval | None:
        bound, numeral = self.bound, self.measure.numeral
        if not self.is_there(count):
            return None
        said = self.measure.reread(self.numeral(count))
        is_outside = bound.domain is not None and not said.overlaps(bound.domain)
        is_over = self.limit is not None and numeral.bound is None and count * self.unit > self.limit
        return None if is_outside or is_over or not is_possible(bound.figure.kind, said) else bound.of(said)

    def text(self, count: int) -> str:
        """Its text with another number, the verb turned where it rises instead of falling."""
        numeral = self.measure.numeral
        decimals = len(str(numeral.step.denominator)) - 1
        said = re.sub(_NUMBER, decimal_text(abs(count) * numeral.step, decimals), numeral.text, count=1)
        if re.search(_MINUS, numeral.text) is not None:
            return said if count < 0 or count == self.printed else re.sub(_MINUS, "", said, count=1)
        if count == 0 or (count < 0) == self.is_fall:
            return said
        if (other := turned(said)) is not None:
            return other
        return f"-{said}" if self.bound.figure.kind == "level" else as_fall(said, self.measure.unit)

    def count_at(self, value: float) -> float:
        kind, years = self.bound.figure.kind, self.bound.figure.pace_years
        if kind in {"growth", "total_growth"}:
            value = math.inf if math.isinf(value) else max(0.0, value) ** (1 / years) - 1
        elif kind == "annual_change":
            value /= years
        return value / float(self.unit)


_MINUS = re.compile(rf"[{MINUS}](?=\s*[0-9０-９])")
_NUMBER = re.compile(r"[0-9０-９][0-9０-９,，.．]*")
