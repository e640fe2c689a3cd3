"""What a figure would have to read, with the others as printed, for a contradiction to vanish.

Floats guess the first and the last numeral that would do; both, and their neighbours, are then
decided exactly.
"""

from __future__ import annotations

import math
import re
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

from plantrack.measures import is_possible
from plantrack.numeral import INEXACT, decimal_text

if TYPE_CHECKING:
    from collections.abc import Callable

    from plantrack.audit.gravity import Asked, Decided
    from plantrack.audit.statements import Statement
    from plantrack.numeral import Numeral

SEARCH_LIMIT = 2**80
"""Numerals further than this many last digits from the printed one are not looked for."""
SURE = 2**40
"""Guesses of floats beyond this are off by more than a neighbour."""

NEAR = 2
"""Edges lie within so many counts of where floats guess them."""

Repair = tuple[tuple[str | None, ...], int | None]


def should_read(proof: Decided, statement: Statement) -> Repair:
    """The least and the greatest numeral of the same form that would make the proof's figures hold.

    Returns:
        Both texts and how many numerals lie between. The second `None`, and the count, where they
        are endless; empty and 0 where no numeral of this form would do, empty and `None` where none
        is looked for: relations, words, ranges, fractions, approximations, negative numbers, and
        figures of a tangle of many columns, or of one where it is not decided what would do.
    """
    measure = statement.figure.measure
    if measure is None or not proof.is_small or not _is_searchable(measure.numeral):
        return (), None
    others = proof.without(statement)

    @cache
    def side(count: int) -> int | None:
        interval = measure.reread(_counted(measure.numeral, count))
        return others.side(statement.of(interval)) if is_possible(statement.figure.kind, interval) else 1

    guess = _guessed_counts(others, statement)
    printed = int(measure.numeral.values[0] / measure.numeral.step)
    edges = _searched(side, printed) if guess is None else _settled(lambda count: side(count) == 0, *guess)
    if edges is None:
        return (), None if guess is None and proof.must_contain is None else 0
    first, last = edges
    if (first and side(first - 1) is None) or (last is not None and side(last + 1) is None):
        return (), None  # where it ends is not decided
    low = _written(measure.numeral, first)
    if last is None:
        return (low, None), None
    return (low, _written(measure.numeral, last)), last - first + 1


def _is_searchable(numeral: Numeral) -> bool:
    plain = numeral.bound not in {"range", *INEXACT} and numeral.meant is None and numeral.fraction_of is None
    return plain and numeral.values[0] >= 0 and re.search(_NUMBER, numeral.text) is not None


# -- by a guess ----------------------------------------------------------------------------------


def _guessed_counts(others: Asked, statement: Statement) -> tuple[float, float] | None:
    """The counts of last digits between which the others leave the figure, in floats; `None` for no guess."""
    left, measure = others.left(), statement.figure.measure
    if left is None or measure is None:
        return None
    numeral = measure.numeral
    unit = float(numeral.verb * numeral.scale * measure.factor * numeral.step)
    low, high = sorted(_in_measure(value, statement) / unit for value in left)
    return (low, high) if all(abs(each) < SURE or math.isinf(each) for each in (low, high)) else None


def _in_measure(value: float, statement: Statement) -> float:
    """A column's value as the figure tells it: growth a year of a span's ratio, a yearly change of a change."""
    kind, years = statement.figure.kind, statement.figure.years or 1
    if kind == "growth":
        return math.inf if math.isinf(value) else max(0.0, value) ** (1 / years) - 1
    if kind == "total_growth":
        return value - 1
    return value / years if kind == "annual_change" else value


def _settled(holds: Callable[[int], bool], low: float, high: float) -> tuple[int, int | None] | None:
    """The first and the last count that hold, from where they are guessed; the last `None` for no end."""
    if high < -NEAR:
        return None
    start = max(0, math.ceil(low - HALF)) if math.isfinite(low) else 0
    inside = next((start + by for by in _NEARBY if start + by >= 0 and holds(start + by)), None)
    if inside is None:
        return None
    before = _first(lambda count: not holds(count), inside, -1)
    first = 0 if before is None else before + 1
    if math.isinf(high):
        return first, None
    end = math.floor(high + HALF)
    inside = next((end - by for by in _NEARBY if end - by > inside and holds(end - by)), inside)
    past = _first(lambda count: not holds(count), inside, 1)
    return first, None if past is None else past - 1


HALF = 0.5
"""A rounded numeral reaches so far beyond its count of last digits."""
_NEARBY = sorted(range(-NEAR, NEAR + 1), key=abs)


# -- by search -----------------------------------------------------------------------------------


def _searched(side: Callable[[int], int | None], printed: int) -> tuple[int, int | None] | None:
    """The same where there is no guess: in growing steps away from the printed count, both ways."""
    wrong = side(printed)
    for towards in (1, -1):
        near = _first(lambda count: side(count) != wrong, printed, towards)
        if near is None or side(near) != 0:
            continue
        past = _first(lambda count: side(count) != 0, near, towards)
        if past is None and towards > 0:
            return near, None
        low, high = sorted((near, 0 if past is None else past - towards))
        return low, high
    return None


def _first(wanted: Callable[[int], bool], start: int, towards: int) -> int | None:
    """The first count beyond `start` for which `wanted`, which stays true once it is."""
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


def _counted(numeral: Numeral, count: int) -> Numeral:
    """The same form of numeral with another number of last digits' units; its text is left."""
    return replace(numeral, values=(count * numeral.step,))


def _written(numeral: Numeral, count: int) -> str:
    """Its text with another number of last digits' units."""
    decimals = len(str(numeral.step.denominator)) - 1
    return re.sub(_NUMBER, decimal_text(count * numeral.step, decimals), numeral.text, count=1)


_NUMBER = re.compile(r"[0-9０-９][0-9０-９,，.．]*")
