"""Worked arithmetic as lines: `2311 × 3.33% = 76.96`, each with the quantity that it comes to.

Numbers are written with as many digits as a reader needs to repeat them, the last with so many that it is
seen to differ from what is printed; ends of intervals are rounded outwards.
"""

from __future__ import annotations

import math
from collections import Counter
from fractions import Fraction
from typing import TYPE_CHECKING, NamedTuple

from plantrack.language import POINTS, Listing, Words, text
from plantrack.numbers.interval import Interval
from plantrack.numbers.rounding import decimal_text
from plantrack.numbers.words import SHARES
from plantrack.plan.measures import printed_decimals
from plantrack.solver.roots import root_of
from plantrack.views.names import named_quantity, section_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from plantrack.audit import Audit
    from plantrack.findings import Derivation, Quantity, Step, Term
    from plantrack.plan.catalogue import Catalogue
    from plantrack.plan.figures import Figure
    from plantrack.views.table import Said

DIGITS = 4
"""Digits that an intermediate result is shown with, at least."""
FAR = 3
"""The ends of what steps come to are not told where the printed number is so many times their distance away."""
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


class Worked:
    """The arithmetic of one contradiction, for readers."""

    def __init__(self, derivation: Derivation, audit: Audit, catalogue: Catalogue) -> None:
        self.derivation, self.audit, self.catalogue = derivation, audit, catalogue
        self.steps = derivation.steps
        self.pivot = audit.figures[derivation.pivot] if derivation.pivot is not None else None
        uses = Counter(term.step for step in self.steps for term in step.terms)
        self.inside = {at for at in range(len(self.steps) - 1) if uses[at] == 1 and self._is_part(at)}
        """Steps that are written within the only one that takes them, in brackets."""
        self.about: Words | None = None
        """The indicator that the line being written is about."""
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

    # -- numbers ---------------------------------------------------------------------------------

    def _shown(self, at: int, digits: int) -> Shown:
        step = self.steps[at]
        factor, unit = self._unit(step.result)
        if step.op == "sum":
            decimals = max((self._decimals(term, factor) for term in step.terms), default=0)
        else:
            whole = len(str(int(abs(step.nominal * factor))))
            decimals = _enough(step.nominal * factor, max(0, digits - whole))
        if at < len(self.steps) - 1:
            return Shown(factor, min(decimals, MOST), unit)
        return self._telling(Shown(factor, self._decimals_of_pivot(decimals, step), unit), step)

    def _decimals_of_pivot(self, decimals: int, step: Step) -> int:
        """As many as the pivot is printed with; of a multiple two at least, of a sum of figures all that they have."""
        is_of_figures = step.op == "sum" and all(term.step is None for term in step.terms)
        if self.pivot is None or self.pivot.measure is None or is_of_figures:
            return min(decimals, MOST)
        return max(printed_decimals(self.pivot.measure), 2 if self.pivot.kind == "multiple" else 0)

    def _telling(self, shown: Shown, step: Step) -> Shown:
        """With so many decimals that its ends exclude what is printed as they are written."""
        low, high = self._printed_ends()
        while shown.decimals < MOST:
            scale = shown.factor * 10**shown.decimals
            is_above = (
                step.low is not None and high is not None and (step.low * scale).__floor__() >= high * scale
            )
            is_below = (
                step.high is not None and low is not None and (step.high * scale).__ceil__() <= low * scale
            )
            if is_above or is_below:
                break
            shown = shown._replace(decimals=shown.decimals + 1)
        return shown

    def _printed_ends(self) -> tuple[Fraction | None, Fraction | None]:
        if self.pivot is None:
            assert self.derivation.against is not None
            other = self.steps[self.derivation.against]
            return other.low, other.high
        measure, relation = self.pivot.measure, self.pivot.relation
        said = measure.interval if measure is not None else relation.between if relation is not None else None
        return (said.low, said.high) if said is not None else (None, None)

    def _unit(self, of: Quantity) -> tuple[int, Said]:
        if of.measure in {"ratio", "multiple"}:
            return 1, TIMES
        if of.measure in PER_CENT:
            return 100, "%"
        if of.unit in SHARES:
            return 100, "%" if of.measure == "level" else POINTS
        return 1, unit_words(of.unit)

    def _decimals(self, term: Term, factor: int) -> int:
        if term.step is not None:
            return self.shown[term.step].decimals
        if term.figure is not None:
            return printed_decimals(self.audit.figures[term.figure].measure)
        places = (d for d in range(MOST) if (term.value * factor * 10**d).denominator == 1)
        return next(places, MOST)

    # -- expressions -----------------------------------------------------------------------------

    def _operand(self, term: Term) -> Said:
        if term.step is not None:
            return self.shown[term.step].amount(term.value) if self._has_unit(term.step) else self._bare(term)
        if term.figure is None:
            return decimal_text(term.value, self._decimals(term, 1))
        figure = self.audit.figures[term.figure]
        return Listing((*self._called(figure.measures.name), self._number(figure, term)), Words("", " "))

    def _called(self, name: Words) -> Iterator[Words]:
        """The name of a figure that is of another indicator than the one before it in the line."""
        if name != self.about:
            self.about = name
            yield name

    def _number(self, figure: Figure, term: Term) -> Said:
        decimals = printed_decimals(figure.measure)
        if figure.kind in PER_CENT:
            return decimal_text(term.value, decimals + 2)
        if figure.measure is not None and figure.measure.unit in SHARES and figure.kind != "multiple":
            unit: Said = "%" if figure.kind == "level" else POINTS
            return Shown(100, decimals, unit).amount(term.value)
        return Shown(1, decimals).number(term.value)

    def _has_unit(self, at: int) -> bool:
        return self.shown[at].unit in ("%", POINTS)

    def _bare(self, term: Term) -> str:
        assert term.step is not None
        return self.shown[term.step].number(term.value)

    def expression(self, at: int) -> Said:
        """`76.91 ÷ 1.083^5`; steps that are taken once stand in brackets."""
        step = self.steps[at]
        if at not in self.inside:
            self.about = step.result.name
        if step.op == "rate":
            (term,) = step.terms
            inner, years = self._within(term), int(term.times)
            if years == 1:
                return Listing((inner, "1"), " - ")
            return Listing((inner, f"^(1/{years}) - 1"), "")
        parts = [*(self._sum if step.op == "sum" else self._product)(step)]
        return Listing(tuple(parts), "") if parts else self._words(step)

    def _words(self, step: Step) -> Said:
        """What figures say in words, where no number is left to write."""
        figures = [self.audit.figures[term.figure] for term in step.terms if term.figure is not None]
        return Listing(tuple(text('"{printed}"', printed=printed_words(each)) for each in figures))

    def _within(self, term: Term) -> Said:
        if term.step in self.inside:
            inner = self.expression(term.step)
            return Listing(("(", inner, ")"), "") if len(self.steps[term.step].terms) > 1 else inner
        return self._operand(term)

    def _sum(self, step: Step) -> Iterator[Said]:
        is_first = True
        for term in step.terms:
            if term.value == 0 and term.step is None:
                continue  # a direction, or what is open to one side
            sign = "-" if term.times < 0 else "+"
            yield f" {sign} " if not is_first else "-" if sign == "-" else ""
            times = abs(term.times)
            if times != 1 and times.numerator == 1:
                yield Listing((self._within(term), f" ÷ {times.denominator}"), "")
            else:
                yield Listing(("" if times == 1 else f"{_plain(times)} × ", self._within(term)), "")
            is_first = False

    def _product(self, step: Step) -> Iterator[Said]:
        is_first = True
        for term in step.terms:
            power = int(term.times)
            if term.value == 1 and term.step is None:
                continue
            if is_first and power < 0:
                yield "1"
            yield " ÷ " if power < 0 else "" if is_first else " × "
            raised = "" if abs(power) == 1 else f"^{abs(power)}"
            yield Listing((self._within(term), raised), "")
            is_first = False

    @property
    def _other(self) -> Figure | None:
        """The only figure that the steps take, where nothing is computed of it."""
        terms = [
            term
            for step in self.steps
            for term in step.terms
            if term.figure is not None or term.step is not None
        ]
        if len(self.steps) > 1 or len(terms) != 1 or terms[0].times != 1 or terms[0].figure is None:
            return None
        return self.audit.figures[terms[0].figure]

    # -- lines -----------------------------------------------------------------------------------

    def lines(self) -> list[Said]:
        """Each step that is no part of another."""
        if (other := self._other) is not None:
            return [
                text(
                    'elsewhere "{printed}" ({section})',
                    printed=printed_words(other),
                    section=section_of(other, self.audit),
                )
            ]
        kept = [at for at in range(len(self.steps)) if at not in self.inside]
        return [self._line(at) for at in kept]

    def told(self) -> list[Said]:
        """The same, the last with the words that are printed in its place."""
        *before, last = self.lines()
        if self.pivot is None:
            return [*before, last]
        printed = text('{line}; printed is "{printed}"', line=last, printed=printed_words(self.pivot))
        return [*before, printed]

    def _line(self, at: int) -> Said:
        line = text("{expression} = {result}", expression=self.expression(at), result=self.result(at))
        if at == len(self.steps) - 1 and self.pivot is not None:
            return line
        return text("{what}: {line}", what=self.quantity(self.steps[at].result), line=line)

    def result(self, at: int) -> Said:
        """What a step comes to; of the last also where it may lie."""
        step, shown = self.steps[at], self.shown[at]
        low, high = shown.ends(step.low, step.high)
        nominal = shown.amount(step.nominal)
        if low is None and high is None:
            return nominal
        if high is None or low is None:
            least = high is None
            sign = "≥" if least else "≤"
            return Listing((f"{sign}{low if least else high}", shown.unit), "")
        if at < len(self.steps) - 1 or low == high or self._is_far(step):
            return nominal
        opened, closed = Words("（", " ("), Words("）", ")")
        return Listing((nominal, opened, low, Words("—", " to "), high, shown.unit, closed), "")

    def _is_far(self, step: Step) -> bool:
        """Whether what is printed lies so far away that the ends tell nothing."""
        measure = self.pivot.measure if self.pivot is not None else None
        if measure is None or measure.numeral.bound is not None or step.low is None or step.high is None:
            return False
        return abs(step.nominal - measure.value) > FAR * (step.high - step.low)

    def quantity(self, of: Quantity) -> Said:
        """Its name, with its time and place unless they are the pivot's."""
        pivot, place, times = self.pivot, of.place, tuple(time.partition("@")[0] for time in of.times)
        if pivot is not None:
            place = "" if place == pivot.place else place
            times = () if times == tuple(each.text for each in pivot.times) else times
        return named_quantity(of.name, place, times, self.audit, self.catalogue)

    def beside(self) -> list[Said]:
        """What is printed for the pivot, and what the same section says of its quantity and time in other words."""
        pivot = self.pivot
        assert pivot is not None
        taken = {term.figure for step in self.steps for term in step.terms}
        same = [
            each
            for each in self.audit.figures.values()
            if (each.plan, each.indicator, each.place, each.section, each.times, each.row.scope)
            == (pivot.plan, pivot.indicator, pivot.place, pivot.section, pivot.times, pivot.row.scope)
            and each.id != pivot.id
            and each.id not in taken
            and each.measure is not None
        ]
        return list(dict.fromkeys(map(printed_words, (pivot, *same))))

    @property
    def implied(self) -> Said:
        """What the pivot would be, without the ends of it."""
        step, shown = self.steps[-1], self.shown[-1]
        if step.low is None or step.high is None:
            return self.result(len(self.steps) - 1)
        return shown.amount(step.nominal)

    def difference(self) -> Said | None:
        """By how much the printed number is off, where it is no bound."""
        measure = self.pivot.measure if self.pivot is not None else None
        step, shown = self.steps[-1], self.shown[-1]
        if measure is None or measure.numeral.bound is not None or None in (step.low, step.high):
            return None
        unit = POINTS if shown.unit == "%" else shown.unit
        return shown._replace(unit=unit).amount(abs(step.nominal - measure.value))


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


def _enough(value: Fraction, most: int) -> int:
    """So many decimals that nothing is left out, but no more than `most`."""
    return next((d for d in range(most) if (value * 10**d).denominator == 1), most)


def unit_words(unit: str) -> Said:
    """The unit behind a number; in English the printed words beside it tell it."""
    return Words(unit, "")


def _plain(value: Fraction) -> str:
    places = next((d for d in range(MOST) if (value * 10**d).denominator == 1), None)
    return f"({value})" if places is None else decimal_text(value, places)


def printed_words(figure: Figure) -> Said:
    """What is printed: the numeral, or a relation's words."""
    return figure.relation.words if figure.relation is not None else figure.text or ""
