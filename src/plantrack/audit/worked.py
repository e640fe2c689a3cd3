"""Worked arithmetic as lines: `2311 × 3.33% = 76.96`, each with the quantity that it comes to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from plantrack.audit.arithmetic import APART
from plantrack.audit.step_numbers import DIGITS, MOST, PER_CENT, Shown, StepNumbers, enough
from plantrack.language import AT_LEAST, AT_MOST, POINTS, POINTS_OF, Listing, Words, between, text
from plantrack.numbers.rounding import decimal_text
from plantrack.numbers.words import PERCENT, PERMILLE, SHARES
from plantrack.plan.citing import named_quantity, printed_words, section_of
from plantrack.plan.figures import KIND_NAMES
from plantrack.plan.measures import printed_decimals

if TYPE_CHECKING:
    from collections.abc import Iterator
    from fractions import Fraction

    from plantrack.findings import Quantity, Step, Term
    from plantrack.language import Said
    from plantrack.plan.figures import Figure

OPENED, CLOSED = Words("（", " ("), Words("）", ")")
OR_MORE, OR_LESS = Words("以上", " or more"), Words("以下", " or less")
CHANGES = ("difference", "change", "annual_change")
FAR = 3
"""The ends of what steps come to are not told where the printed number is so many times their distance away."""


class Expressions(StepNumbers):
    """The steps of one contradiction as expressions."""

    about: Words | None = None
    """The indicator that the line being written is about."""
    place: str | None = None
    """The place that it is about."""

    def _operand(self, term: Term) -> Said:
        if term.step is not None:
            return self.shown[term.step].amount(term.value) if self._has_unit(term.step) else self._bare(term)
        if term.figure is None:
            return decimal_text(term.value, self._decimals(term, 1))
        figure = self.audit.figures[term.figure]
        return Listing((*self._called(figure), self._number(figure, term)), Words("", " "))

    def _called(self, figure: Figure) -> Iterator[Words]:
        """The place and name of a figure, where they are not those of the one before it in the line."""
        place, name = figure.place, figure.measures.name
        if place != self.place and place in self.audit.places:
            yield self.audit.places[place].name
        if name != self.about:
            yield name
        self.place, self.about = place, name

    def _number(self, figure: Figure, term: Term) -> Said:
        decimals = printed_decimals(figure.measure)
        if figure.kind in PER_CENT:
            return self._percent(figure, term)
        if figure.measure is not None and figure.measure.unit in SHARES and figure.kind != "multiple":
            parts = SHARES[figure.measure.unit]
            sign = PERCENT if parts == SHARES[PERCENT] else PERMILLE
            unit: Said = sign if figure.kind == "level" else POINTS_OF[sign]
            return Shown(parts, decimals, unit).amount(term.value)
        return Shown(1, decimals).number(term.value)

    def _percent(self, figure: Figure, term: Term) -> Said:
        """Growth as a factor, or as the rate that is printed; what a comparison has in between, in points."""
        if figure.measure is None:
            return Shown(100, enough(term.value * 100, DIGITS), POINTS).amount(term.value)
        decimals = printed_decimals(figure.measure)
        if self._is_rate(term):
            said = f"{decimal_text(term.value * 100, decimals)}%"
            return f"({said})" if term.value < 0 else said
        sign, rate = ("+", term.value - 1) if term.value >= 1 else ("-", 1 - term.value)
        percent = f"{decimal_text(rate * 100, decimals)}%"
        return Listing((f"(1 {sign} ", KIND_NAMES[figure.kind], Words("", " "), f"{percent})"), "")

    def _is_rate(self, term: Term) -> bool:
        """Whether growth stands as the rate that is printed, and not as a factor."""
        if term.figure is None:
            return False
        figure = self.audit.figures[term.figure]
        return figure.kind in PER_CENT and figure.measure is not None and term.value == figure.measure.value

    def _has_unit(self, at: int) -> bool:
        return self.shown[at].unit in (*POINTS_OF, *POINTS_OF.values())

    def _bare(self, term: Term) -> str:
        assert term.step is not None
        return self.shown[term.step].number(term.value)

    def expression(self, at: int) -> Said:
        """`76.91 ÷ 1.083^5`; steps that are taken once stand in brackets."""
        step = self.steps[at]
        if at not in self.inside:
            self.place, self.about = self._place_of(step.result), step.result.name
        if step.op == "rate":
            (term,) = step.terms
            inner, years = self._within(term), int(term.times)
            if years == 1:
                return Listing((inner, "1"), " - ")
            return Listing((inner, f"^(1/{years}) - 1"), "")
        parts = [*(self._sum if step.op == "sum" else self._product)(step)]
        return Listing(tuple(parts), "") if parts else self._words(step)

    def _place_of(self, result: Quantity) -> str | None:
        """The place that a line is about; none where it compares two."""
        own = self.pivot.place if self.pivot is not None else result.place
        return None if result.measure in {"slack", APART} and own != result.place else result.place

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
        terms, starts_from_nothing = self._told(step), self._starts_from_nothing(step)
        if starts_from_nothing:
            yield "0"
        for number, term in enumerate(terms, start=starts_from_nothing):
            is_negative = term.value < 0 and term.step not in self.inside and not self._is_rate(term)
            sign = "-" if (term.times < 0) != is_negative else "+"
            yield f" {sign} " if number else "-" if sign == "-" else ""
            yield self._multiple(term._replace(value=abs(term.value)) if is_negative else term, step)

    def _told(self, step: Step) -> list[Term]:
        """The terms of a sum that are written: a direction, or what is open to one side, is left out."""
        return [each for each in step.terms if each.value or each.step is not None or self._is_printed(each)]

    def _is_printed(self, term: Term) -> bool:
        return term.figure is not None and self.audit.figures[term.figure].measure is not None

    def _starts_from_nothing(self, step: Step) -> bool:
        """Whether one figure is added to, or taken from, what the same quantity is at least: nothing."""
        terms = self._told(step)
        if step.op != "sum" or len(step.terms) == len(terms) or len(terms) != 1 or terms[0].figure is None:
            return False
        figure = self.audit.figures[terms[0].figure]
        is_open = all(each.figure is None or each in terms for each in step.terms)
        return is_open and (figure.place, figure.measures.name) == (self.place, self.about)

    def _multiple(self, term: Term, step: Step) -> Said:
        """A term of a sum, without its sign: `2 × 76.91`, `76.91 ÷ 2`."""
        times = abs(term.times)
        if times != 1 and times.numerator == 1:
            return Listing((self._within(term), f" ÷ {times.denominator}"), "")
        is_printed = term.step is not None or term.figure
        part = self._within(term) if is_printed else self._constant(term, step)
        return Listing(("" if times == 1 else f"{_plain(times)} × ", part), "")

    def _constant(self, term: Term, step: Step) -> Said:
        """A number of a law, in the unit of what it is added to: `100%`."""
        factor, unit = self._unit(step.result)
        if unit not in POINTS_OF:
            return self._operand(term)
        return Shown(factor, self._decimals(term, factor), unit).amount(term.value)

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


class Worked(Expressions):
    """The arithmetic of one contradiction, for readers."""

    @property
    def _other(self) -> Figure | None:
        """The only figure that the steps take, where it tells the same quantity and nothing is computed of it."""
        terms = [
            term
            for step in self.steps
            for term in step.terms
            if term.figure is not None or term.step is not None
        ]
        if self.pivot is None or len(terms) != 1 or terms[0].times != 1 or terms[0].figure is None:
            return None
        other = self.audit.figures[terms[0].figure]
        return other if (other.quantity, other.times) == (self.pivot.quantity, self.pivot.times) else None

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

    def _line(self, at: int) -> Said:
        line = self._limited(at) or self._bounded(at)
        if line is None:
            line = text("{expression} = {result}", expression=self.expression(at), result=self.result(at))
        if at == len(self.steps) - 1 and self.pivot is not None:
            return line
        return text("{what}: {line}", what=self.quantity(self.steps[at].result), line=line)

    def _limited(self, at: int) -> Said | None:
        """`≥loans 20`, where nothing is computed but that one number limits another; with what rounding leaves."""
        step = self.steps[at]
        said = self._told(step)
        if len(said) != 1 or said[0].times != 1 or said[0].value != step.nominal:
            return None
        self.place, self.about = self._place_of(step.result), step.result.name
        if self._starts_from_nothing(step):
            return None
        low, high = self.shown[at].ends(step.low, step.high)
        if (low is None) == (high is None):
            return None
        sign, end = (AT_LEAST, low) if high is None else (AT_MOST, high)
        limit = Listing((sign, self.expression(at)), "")
        if end == self.shown[at].number(step.nominal):
            return limit
        end_told = Listing((sign, end, self.shown[at].unit), "")
        return text("{limit} ({end} with rounding)", limit=limit, end=end_told)

    def _bounded(self, at: int) -> Said | None:
        """`0.80 - 0.5 ≥ 0.25`, where only an end is known, and it is all that is told."""
        low, high = self.shown[at].ends(self.steps[at].low, self.steps[at].high)
        if (low is None) == (high is None) or self._is_rough(at):
            return None
        sign, end = ("≥", low) if high is None else ("≤", high)
        return Listing((self.expression(at), f" {sign} {end}", self.shown[at].unit), "")

    def _is_rough(self, at: int) -> bool:
        """Whether it is the last step, and its only end is not the nominal number."""
        step, shown = self.steps[at], self.shown[at]
        return at == len(self.steps) - 1 and shown.number(step.nominal) not in shown.ends(step.low, step.high)

    def result(self, at: int) -> Said:
        """What a step comes to; of the last also where it may lie."""
        step, shown = self.steps[at], self.shown[at]
        low, high = shown.ends(step.low, step.high)
        nominal = shown.amount(step.nominal)
        if high is None or low is None:
            bound, end, more = (AT_LEAST, low, OR_MORE) if high is None else (AT_MOST, high, OR_LESS)
            told = Listing((bound, end, shown.unit), "")
            return Listing((nominal, more, OPENED, told, CLOSED), "") if self._is_rough(at) else told
        if at < len(self.steps) - 1 or low == high or self._is_far(step):
            return nominal
        sign = Words(shown.unit, "") if isinstance(shown.unit, str) else ""
        return Listing((nominal, OPENED, low, sign, between(low, high), high, shown.unit, CLOSED), "")

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
        named = named_quantity(of.name, place, times, self.audit)
        return text("change of {what}", what=named) if of.measure in CHANGES else named

    def beside(self) -> list[Said]:
        """What is printed for the pivot, and what the same section says of its quantity and time in other words."""
        pivot = self.pivot
        assert pivot is not None
        taken = {term.figure for step in self.steps for term in step.terms}
        same = [
            each
            for each in self.audit.figures.values()
            if each.indicator == pivot.indicator
            and (each.plan, each.place, each.section, each.times, each.row.scope)
            == (pivot.plan, pivot.place, pivot.section, pivot.times, pivot.row.scope)
            and each.id not in taken
            and each.measure is not None
        ]
        return list(dict.fromkeys(map(printed_words, (pivot, *same))))

    def difference(self) -> Said | None:
        """By how much the printed number is off, where it is no bound."""
        measure = self.pivot.measure if self.pivot is not None else None
        step, shown = self.steps[-1], self.shown[-1]
        if measure is None or measure.numeral.bound is not None or None in (step.low, step.high):
            return None
        unit = POINTS_OF.get(shown.unit, shown.unit) if isinstance(shown.unit, str) else shown.unit
        return shown._replace(unit=unit).amount(abs(step.nominal - measure.value))


def _plain(value: Fraction) -> str:
    places = next((d for d in range(MOST) if (value * 10**d).denominator == 1), None)
    return f"({value})" if places is None else decimal_text(value, places)
