"""How the numbers of worked arithmetic are written: with as many digits as a reader needs to repeat it.

The last has so many that it is seen to differ from what is printed; ends of intervals are rounded outwards.
"""

from __future__ import annotations

import math
from collections import Counter
from fractions import Fraction
from typing import TYPE_CHECKING, NamedTuple

from plantrack.language import POINTS, POINTS_OF, Listing, Words
from plantrack.numbers.interval import Interval
from plantrack.numbers.rounding import decimal_text
from plantrack.numbers.words import SHARES
from plantrack.plan.measures import printed_decimals
from plantrack.solver.roots import root_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from plantrack.audit import Audit
    from plantrack.findings import Derivation, Quantity, Step, Term
    from plantrack.language import Said

DIGITS = 4
"""Digits that an intermediate result is shown with, at least."""
TWO_DIGITS = 10
MOST = 10
"""Decimals that are shown at most."""
TIMES = Words("倍", " times")
PER_CENT = ("growth", "total_growth")


class Shown(NamedTuple):
    """How the numbers of a step are written: times `factor`, with so many decimals, and the unit behind."""

    factor: int
    decimals: int
    unit: Said = ""

    def number(self, value: Fraction) -> str:
        return decimal_text(value * self.factor, self.decimals)

    def rounded(self, value: Fraction) -> Fraction:
        return Fraction(decimal_text(value * self.factor, self.decimals)) / self.factor

    def amount(self, value: Fraction) -> Listing:
        return Listing((self.number(value), self.unit), "")

    def ends(self, low: Fraction | None, high: Fraction | None) -> tuple[str | None, str | None]:
        """Both ends, rounded outwards."""
        scale = self.factor * 10**self.decimals
        least = None if low is None else Fraction((low * scale).__floor__(), scale)
        most = None if high is None else Fraction((high * scale).__ceil__(), scale)
        return (None if least is None else self.number(least)), (None if most is None else self.number(most))


class StepNumbers:
    """The steps of one contradiction, and how each number of them is written."""

    def __init__(self, derivation: Derivation, audit: Audit) -> None:
        self.derivation, self.audit = derivation, audit
        self.steps = derivation.steps
        self.pivot = audit.figures[derivation.pivot] if derivation.pivot is not None else None
        uses = Counter(term.step for step in self.steps for term in step.terms)
        self.inside = {at for at in range(len(self.steps) - 1) if uses[at] == 1 and self._is_part(at)}
        """Steps that are written within the only one that takes them, in brackets."""
        self.shown: list[Shown] = []
        for digits in range(DIGITS, MOST):
            self.shown = []
            for at in range(len(self.steps)):
                self.shown.append(self._shown(at, digits))
            if self._is_repeatable():
                break

    def _is_repeatable(self) -> bool:
        """Whether the numbers as they are written come to the same as they are written."""
        written: list[Fraction] = []
        for at, (step, shown) in enumerate(zip(self.steps, self.shown, strict=True)):
            value = _result(step, written)
            if value is None:
                return False
            if at not in self.inside:
                value = shown.rounded(value)
            written.append(value)
        return self.shown[-1].rounded(self.steps[-1].nominal) == written[-1]

    def _is_part(self, at: int) -> bool:
        step, later = self.steps[at], next(s for s in self.steps if any(t.step == at for t in s.terms))
        if at == self.derivation.against or any(term.step is not None for term in step.terms):
            return False
        return (step.op, later.op) in {("sum", "product"), ("product", "rate")} and len(step.terms) <= 2  # noqa: PLR2004

    def _shown(self, at: int, digits: int) -> Shown:
        step = self.steps[at]
        factor, unit = self._unit(step.result)
        if step.op == "sum":
            decimals = max((self._decimals(term, factor) for term in step.terms), default=0)
        else:
            whole = len(str(int(abs(step.nominal * factor))))
            decimals = enough(step.nominal * factor, max(0, digits - whole))
        if at < len(self.steps) - 1:
            return _seen(Shown(factor, min(decimals, MOST), unit), step.nominal)
        shown = _seen(Shown(factor, self._decimals_of_pivot(decimals, step), unit), step.nominal)
        return self._telling(shown, step)

    def _decimals_of_pivot(self, decimals: int, step: Step) -> int:
        """As many as the pivot is printed with; of a multiple two at least, of a sum of figures all that they have."""
        is_of_figures = step.op == "sum" and all(term.step is None for term in step.terms)
        if self.pivot is None or self.pivot.measure is None or is_of_figures:
            return min(decimals, MOST)
        return max(printed_decimals(self.pivot.measure), 2 if self.pivot.kind == "multiple" else 0)

    def _telling(self, shown: Shown, step: Step) -> Shown:
        """With so many decimals that its ends exclude what is printed as they are written."""
        printed = self._printed()
        while shown.decimals < MOST and not _excludes(step, printed, shown.factor * 10**shown.decimals):
            shown = shown._replace(decimals=shown.decimals + 1)
        return shown

    def _printed(self) -> Interval:
        if self.pivot is None:
            assert self.derivation.against is not None
            other = self.steps[self.derivation.against]
            is_point = other.low is not None and other.low == other.high
            return Interval(other.low, other.high, low_closed=is_point, high_closed=is_point)
        said, relation = self.pivot.measure, self.pivot.relation
        if said is not None:
            return said.interval
        assert relation is not None
        is_ratio = self.steps[-1].result.measure == "ratio"  # where up means above one
        return relation.between.shifted(Fraction(1 if is_ratio else 0))

    def _unit(self, of: Quantity) -> tuple[int, Said]:
        if of.measure in {"ratio", "multiple"}:
            return 1, TIMES
        if of.measure in PER_CENT:
            return 100, "%"
        if of.unit in SHARES:
            return SHARES[of.unit], of.unit if of.measure == "level" else POINTS_OF.get(of.unit, POINTS)
        return 1, unit_words(of.unit)

    def _decimals(self, term: Term, factor: int) -> int:
        if term.step is not None:
            return self.shown[term.step].decimals
        if term.figure is not None:
            return printed_decimals(self.audit.figures[term.figure].measure)
        places = (d for d in range(MOST) if (term.value * factor * 10**d).denominator == 1)
        return next(places, MOST)


def _seen(shown: Shown, value: Fraction) -> Shown:
    """With so many decimals that what is not nothing is not written as 0: two digits of it."""
    if value == 0 or shown.rounded(value):
        return shown
    decimals = next(
        (each for each in range(MOST) if abs(value) * shown.factor * 10**each >= TWO_DIGITS), MOST
    )
    return shown._replace(decimals=decimals)


def _excludes(step: Step, printed: Interval, scale: int) -> bool:
    """Whether an end of a step, rounded outwards to `1 / scale`, lies beyond the printed ends.

    Where a printed end belongs to what is printed, an end that only reaches it by rounding would seem to agree.
    """

    def is_beyond(end: Fraction, rounded: int, printed_end: Fraction, sign: int, *, closed: bool) -> bool:
        apart = sign * (rounded - printed_end * scale)
        return apart > 0 or (apart == 0 and (not closed or end * scale == rounded))

    low, high = step.low, step.high
    return (
        low is not None
        and printed.high is not None
        and is_beyond(low, (low * scale).__floor__(), printed.high, 1, closed=printed.high_closed)
    ) or (
        high is not None
        and printed.low is not None
        and is_beyond(high, (high * scale).__ceil__(), printed.low, -1, closed=printed.low_closed)
    )


def _result(step: Step, before: Sequence[Fraction]) -> Fraction | None:
    """What a step comes to with these numbers for the steps before it; `None` where it is not defined."""
    parts = [(term.value if term.step is None else before[term.step], term.times) for term in step.terms]
    if step.op == "sum":
        return sum((value * times for value, times in parts), start=Fraction(0))
    if any(value <= 0 for value, _ in parts):
        return None
    if step.op == "product":
        return math.prod((value ** int(times) for value, times in parts), start=Fraction(1))
    ((value, years),) = parts
    root = root_of(Interval.point(value), int(years)).low
    return None if root is None else root - 1


def enough(value: Fraction, most: int) -> int:
    """So many decimals that nothing is left out, but no more than `most`."""
    return next((d for d in range(most) if (value * 10**d).denominator == 1), most)


def unit_words(unit: str) -> Said:
    """The unit behind a number; in English the printed words beside it tell it."""
    return Words(unit, "")
