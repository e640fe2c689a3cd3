"""Worked arithmetic, repeated: every step of a derivation from the printed figures, in exact fractions.

Nothing of the audit's arithmetic is used: growth, sums and powers are computed here from what each figure prints.
"""

from __future__ import annotations

import itertools
import math
from fractions import Fraction
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from plantrack.findings import Derivation, Step, Term
    from plantrack.plan.figures import Figure

    Figures = Mapping[str, Figure]
    Taken = Mapping[str, Fraction]

FAR, MOST = 10**9, 7
RATES = {"points", "growth", "total_growth"}
"""What sums of rates, which stand as they are printed, come to."""
FINE = Fraction(1, 10**15)
"""Roots are enclosed at least so closely."""


def wrong(derivation: Derivation, figures: Figures) -> list[str]:
    """What of a derivation is not so; nothing where every step is."""
    return [
        *_wrong_terms(derivation, figures),
        *_wrong_results(derivation),
        *_wrong_end(derivation, figures),
    ]


def taken(figure: Figure) -> tuple[Fraction, Fraction | None, Fraction | None]:
    """What a step takes of a figure: its number as printed and the ends of its rounding, of growth one more."""
    assert figure.measure is not None
    more = 1 if figure.kind in {"growth", "total_growth"} else 0
    interval = figure.measure.interval
    low, high = (None if end is None else end + more for end in (interval.low, interval.high))
    return figure.measure.value + more, low, high


def _wrong_terms(derivation: Derivation, figures: Figures) -> Iterator[str]:
    for at, step in enumerate(derivation.steps):
        for term in step.terms:
            if term.step is not None:
                earlier = derivation.steps[term.step]
                if term.step >= at or term[2:5] != (earlier.nominal, earlier.low, earlier.high):
                    yield f"step {at} takes step {term.step} as {term}"
            elif term.figure is not None and figures[term.figure].measure is not None:
                found = taken(figures[term.figure])
                if step.op == "sum" and step.result.measure in RATES and term.value == found[0] - 1:
                    found = tuple(None if each is None else each - 1 for each in found)
                is_direction = term.value == 1 and (term.low, term.high) in {(1, None), (0, 1)}
                is_printed = term.value == found[0] and term.high == found[2] and _is_low(term.low, found[1])
                if not is_printed and not is_direction:
                    yield f"step {at} takes {term.figure} as {term}, not {found}"


def _is_low(low: Fraction | None, printed: Fraction | None) -> bool:
    """Whether it is the printed low end, or nothing, of a rate all, in place of less: less is not possible."""
    return low == printed or (low in {0, -1} and (printed is None or printed < low))


def _wrong_results(derivation: Derivation) -> Iterator[str]:
    nominal = _repeated(derivation, {})
    for at, (step, value) in enumerate(zip(derivation.steps, nominal, strict=True)):
        if value is None or not (step.nominal - _room(derivation, step) <= value <= step.nominal + FINE):
            yield f"step {at} comes to {step.nominal}, and repeated to {value}"
    for corner in _corners(derivation):
        for at, (step, value) in enumerate(zip(derivation.steps, _repeated(derivation, corner), strict=True)):
            if value is not None and not _is_between(step, value, _room(derivation, step)):
                yield f"step {at} may come to {float(value)}: {step}"


def _room(derivation: Derivation, step: Step) -> Fraction:
    """How much less a sum may come to: the rates that it takes are rounded down."""
    earlier = [derivation.steps[each.step] for each in step.terms if each.step is not None]
    return FINE if step.op == "sum" and any(each.op == "rate" for each in earlier) else Fraction(0)


def _is_between(step: Step, value: Fraction, room: Fraction) -> bool:
    above = step.low is None or step.low - room <= value
    return above and (step.high is None or value <= step.high + FINE)


def _corners(derivation: Derivation) -> Iterator[Taken]:
    """Every figure at one end of its rounding or the other; an end that is missing lies far away."""
    leaves = {_key(term): term for step in derivation.steps for term in step.terms if term.step is None}
    ends = [
        {
            term.value - abs(term.value) * FAR - FAR if term.low is None else term.low,
            term.value + abs(term.value) * FAR + FAR if term.high is None else term.high,
        }
        for term in list(leaves.values())[:MOST]
    ]
    for corner in itertools.product(*ends):
        yield dict(zip(leaves, corner, strict=False))


def _key(term: Term) -> str:
    return term.figure or str(term.value)


def _repeated(derivation: Derivation, instead: Taken) -> list[Fraction | None]:
    """What each step comes to with these numbers, else with the printed ones; nothing where it is not defined."""
    results: list[Fraction | None] = []
    for step in derivation.steps:
        values = [
            results[term.step] if term.step is not None else instead.get(_key(term), term.value)
            for term in step.terms
        ]
        known = [value for value in values if value is not None]
        results.append(_result(step, known) if len(known) == len(values) else None)
    return results


def _result(step: Step, values: list[Fraction]) -> Fraction | None:
    if step.op == "sum":
        return sum((value * term.times for value, term in zip(values, step.terms, strict=True)), Fraction(0))
    if any(value <= 0 for value in values):
        return None
    if step.op == "product":
        assert all(term.times.denominator == 1 for term in step.terms)
        return math.prod(
            (value ** int(term.times) for value, term in zip(values, step.terms, strict=True)),
            start=Fraction(1),
        )
    (value,), (term,) = values, step.terms
    return _root(value, int(term.times)) - 1


def _root(value: Fraction, degree: int) -> Fraction:
    """By halving, from below: its power is `value` or a little less."""
    low, high = Fraction(0), max(Fraction(1), value)
    if low**degree == value or high**degree == value:
        return low if low**degree == value else high
    while high - low > FINE / 10**6:
        middle = (low + high) / 2
        if middle**degree <= value:
            low = middle
        else:
            high = middle
    return low + FINE / 10**3


def _wrong_end(derivation: Derivation, figures: Figures) -> Iterator[str]:
    """The last step and what it is held against exclude each other."""
    last = derivation.steps[-1]
    if derivation.pivot is None:
        assert derivation.against is not None
        other = derivation.steps[derivation.against]
        low, high = other.low, other.high
    else:
        figure = figures[derivation.pivot]
        said = (
            figure.measure.interval
            if figure.measure is not None
            else figure.relation and figure.relation.between
        )
        assert said is not None
        low, high = said.low, said.high
        if figure.measure is None and last.result.measure == "ratio":  # up means above one
            low, high = (None if end is None else end + 1 for end in (low, high))
    is_above = last.low is not None and high is not None and last.low >= high - FINE
    is_below = last.high is not None and low is not None and last.high <= low + FINE
    if not (is_above or is_below):
        yield f"{derivation.pivot}: {last} does not exclude {low} to {high}"
