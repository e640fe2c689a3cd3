"""A violated relation in words: its code, the identity it breaks, and the arithmetic."""

from __future__ import annotations

from collections import Counter
from fractions import Fraction
from typing import TYPE_CHECKING, Protocol

from plantrack.audit.bounds import PrintedBound, positive_part
from plantrack.audit.identities import (
    _power,
    _symbol,
    _wording,
    identities_of,
    identity_in_words,
    is_inequality,
)
from plantrack.audit.minimal_sets import InfeasibleSubset
from plantrack.language import POINTS, Language, Listing, Text, Words, listing, range_text, text
from plantrack.numbers.interval import Interval, to_float
from plantrack.plan.figures import KIND_NAMES, section_of
from plantrack.solver.projection import implied_by

if TYPE_CHECKING:
    from collections.abc import Container, Sequence

    from plantrack.audit.bounds import Bound
    from plantrack.audit.constraint_system import ConstraintSystem
    from plantrack.audit.relations import DomainBound, ViolatedRelation
    from plantrack.findings import Contradiction
    from plantrack.plan.model import Indicator
    from plantrack.solver.constraints import Constraint
    from plantrack.solver.variables import Variable

    Proof = ViolatedRelation | InfeasibleSubset


class Reported(Protocol):
    """Figures that are reported together."""

    @property
    def bounds(self) -> tuple[PrintedBound, ...]: ...


PAIR, TRIPLE = 2, 3


def code_of(violation: Proof) -> str:
    """The name of the code by what is in conflict."""
    if any(bound.variable.kind == "slack" for bound in violation.bounds):
        return "comparison-conflict"
    laws = [constraint for constraint, _ in violation.constraints if constraint.law]
    if violation.kind == "mixed":
        return _code_of_laws(laws) if laws else "change-conflict"
    if laws and violation.kind == "sum" and is_inequality(violation):
        return "inequality-conflict"
    return _code_of_laws(laws) if laws else _code_of_figures(violation)


def _code_of_laws(laws: Sequence[Constraint]) -> str:
    return "ratio-conflict" if any(each.kind == "product" for each in laws) else "sum-conflict"


def _code_of_figures(violation: ViolatedRelation) -> str:
    kinds = {bound.figure.kind for bound in violation.bounds}
    alone = all(isinstance(bound, PrintedBound) for bound, _ in violation.terms)
    if len(kinds) == 1 or (not violation.constraints and alone):
        return "repetition-conflict"
    return next((name for name, members in _CODES.items() if kinds & members), "repetition-conflict")


_CODES = {
    "growth-conflict": {"growth", "total_growth"},
    "multiple-conflict": {"multiple"},
    "change-conflict": {"change", "annual_change"},
}


# -- the sentence --------------------------------------------------------------------------------


def message_of(violation: Proof, proof: Contradiction, system: ConstraintSystem) -> Text:
    """What is in conflict, the arithmetic, and how far off it is."""
    said = _arithmetic(violation, system)
    if not proof.is_weighed:
        return said
    if proof.severity is None:
        return text("{said}; no rounding explains it", said=said)
    return text(
        "{said}; roundings would have to be {times} times as wide", said=said, times=f"{proof.severity:.3g}"
    )


def note_of(violation: Proof, system: ConstraintSystem, difference: Text) -> Text:
    """The figures that mean the same, and in what their forms differ."""
    bounds = violation.bounds
    if len({bound.variable for bound in bounds}) > 1:
        figures = listing(*(named(each, violation, system) for each in bounds))
        return text("{figures}: {difference}", figures=figures, difference=difference)
    name = _indicator_of(bounds[0], system).name
    printed = listing(*(_printed(each, violation) for each in bounds))
    return text("{name}: {printed}: {difference}", name=name, printed=printed, difference=difference)


def _arithmetic(violation: Proof, system: ConstraintSystem) -> Text:
    bounds = violation.bounds
    if isinstance(violation, InfeasibleSubset):
        return text(
            "{figures} cannot all be true under {laws}",
            figures=listing(*(named(each, violation, system) for each in bounds)),
            laws=Listing(identities_of(violation), "; "),
        )
    indicator = _indicator_of(bounds[0], system)
    if len(bounds) == PAIR and not violation.constraints:
        one, other = (_printed(each, violation) for each in bounds)
        return text(
            "{name}: {one} and {other} cannot both be true", name=indicator.name, one=one, other=other
        )
    if _is_of_span(violation):
        return _span(violation, indicator)
    if (through := _through_latent(violation, system)) is not None:
        return through
    if _is_total(violation):
        return _total(violation, system)
    if violation.kind == "sum" and is_inequality(violation):
        return text(
            "{figures} cannot all be true: {identity} does not hold",
            figures=listing(*(named(each, violation, system) for each in bounds)),
            identity=identity_in_words(violation, system),
        )
    reach = violation.range()
    low, high = (None, None) if reach is None else (reach.low, reach.high)
    return text(
        "{figures} cannot all be true: {identity} needs {wanted} and gives {found}",
        figures=listing(*(named(each, violation, system) for each in bounds)),
        identity=identity_in_words(violation, system),
        wanted=violation.must_contain,
        found=_between(low, high),
    )


def _is_of_span(violation: ViolatedRelation) -> bool:
    """Whether it is base and target and what is printed of the way from one to the other."""
    laws = [constraint.law for constraint, _ in violation.constraints]
    return len(violation.bounds) == len(violation.terms) == TRIPLE and laws == [""]


def _is_total(violation: ViolatedRelation) -> bool:
    """Whether it is a sum with nothing on the other side but a number: shares that make 100 %."""
    return (
        violation.kind == "sum"
        and violation.constant != 0
        and not is_inequality(violation)
        and all(times * violation.constant > 0 for _, times in violation.terms)
    )


def _total(violation: ViolatedRelation, system: ConstraintSystem) -> Text:
    """What parts must come to, and what they do come to."""
    sign = 1 if violation.constant > 0 else -1
    parts = [(part, times * sign) for part, times in violation.terms]
    wanted = abs(violation.constant)
    reach = violation._replace(terms=tuple(parts), constant=Fraction(0)).range()
    assert reach is not None
    units = {
        system.indicators[part.variable.indicator].unit
        for part, _ in parts
        if part.variable.indicator in system.indicators
    }
    factor, unit = (100, "%") if units == {"%"} else (1, "")
    ends = [None if end is None else to_float(end) * factor for end in (reach.low, reach.high)]
    return text(
        "{figures} cannot all be true: {sum} must come to {wanted} and comes to {found}",
        figures=listing(*(named(each, violation, system) for each in violation.bounds)),
        sum=Words(_sum_of(parts, system, "zh"), _sum_of(parts, system, "en")),
        wanted=f"{wanted * factor}{unit}",
        found=range_text(ends[0], ends[1], 2, unit),
    )


def _sum_of(
    bounds: Sequence[tuple[Bound | DomainBound, int]], system: ConstraintSystem, language: Language
) -> str:
    wording = _wording(system, language)
    return " + ".join(_power(_symbol(bound, wording, several=True), times, "sum") for bound, times in bounds)


def _between(low: Fraction | None, high: Fraction | None) -> str:
    ends = [None if end is None else to_float(end) for end in (low, high)]
    return range_text(ends[0], ends[1], 4)


def _span(violation: ViolatedRelation, indicator: Indicator) -> Text:
    """Base and target, what they imply, and what is printed instead."""
    base, stated, target = (
        next(each for each in violation.bounds if each.variable.kind == kind and kind_at(each))
        for kind, kind_at in (
            ("level", lambda each: each.variable.times[0] == _step(violation).variable.times[0]),
            (_step(violation).variable.kind, lambda _: True),
            ("level", lambda each: each.variable.times[0] == _step(violation).variable.times[1]),
        )
    )
    return text(
        "{name}: {base} and {target} mean {kind} of {implied}, printed is {stated}",
        name=indicator.name,
        base=_printed(base, violation),
        target=_printed(target, violation),
        kind=KIND_NAMES[stated.figure.kind],
        implied=_implied(base, stated, target, indicator),
        stated=_printed(stated, violation),
    )


def _step(violation: ViolatedRelation) -> PrintedBound:
    return next(bound for bound in violation.bounds if bound.variable.kind != "level")


def _printed(bound: PrintedBound, violation: Reported) -> Text:
    figure = bound.figure
    said = figure.text if figure.relation is None else figure.relation.words
    where = section_of(figure, [each.figure for each in violation.bounds])
    return text('{time} "{text}" ({section})', time=figure.time_text, text=said, section=where)


def _indicator_of(bound: PrintedBound, system: ConstraintSystem) -> Indicator:
    """A bound's indicator; a comparison's is that of its figure."""
    own = f"{bound.figure.plan}/{bound.figure.indicator}"
    return system.indicators.get(own) or system.indicators[bound.figure.indicator]


def named(bound: PrintedBound, violation: Reported, system: ConstraintSystem) -> Text:
    """A figure of several by its indicator, time, numeral and section."""
    name = _indicator_of(bound, system).name
    return text("{name} {printed}", name=name, printed=_printed(bound, violation))


def _implied(base: PrintedBound, stated: PrintedBound, target: PrintedBound, indicator: Indicator) -> Listing:
    """What base and target allow, in the measure of the figure that says otherwise."""
    kind, years = stated.figure.kind, stated.figure.years or 1
    if stated.variable.kind == "ratio":
        allowed = positive_part(target.interval).times(positive_part(base.interval).reciprocal())
    else:
        allowed = target.interval.plus(base.interval.negated())
    ends = [None if end is None else to_float(end) for end in (allowed.low, allowed.high)]
    unit: object = ""
    if kind in {"growth", "total_growth"}:
        root = 1 / (years if kind == "growth" else 1)
        ends = [None if end is None else (end**root - 1) * 100 for end in ends]
        unit = "%"
    elif kind != "multiple":
        factor = (100 if indicator.unit == "%" else 1) / (years if kind == "annual_change" else 1)
        ends = [None if end is None else end * factor for end in ends]
        unit = POINTS if indicator.unit == "%" else ""
    return Listing((range_text(ends[0], ends[1], 2), unit), "")


# -- through a latent quantity -------------------------------------------------------------------


def _through_latent(violation: ViolatedRelation, system: ConstraintSystem) -> Text | None:
    """Where two laws imply the same unprinted quantity: what each implies for it."""
    parts = {part.variable: part for part, _ in violation.terms}
    latent = _latent_of(violation, parts)
    if latent is None:
        return None
    known = {variable: part.interval for variable, part in parts.items()}
    implied = [implied_by(constraint, latent, known) for constraint, _ in violation.constraints]
    if None in implied:
        return None
    sides = [
        [each for variable, _ in constraint.terms if variable in parts for each in parts[variable].bounds]
        for constraint, _ in violation.constraints
    ]
    indicator = system.indicators[latent.indicator]
    return text(
        "{latent} {time} is {one} by {ones}, but {other} by {others}",
        latent=indicator.name,
        time=latent.times[0],
        one=_amount(implied[0], indicator, system),
        ones=listing(*(named(each, violation, system) for each in sides[0])),
        other=_amount(implied[1], indicator, system),
        others=listing(*(named(each, violation, system) for each in sides[1])),
    )


def _latent_of(violation: ViolatedRelation, printed: Container[Variable]) -> Variable | None:
    """The one unprinted quantity that both laws of a product have; `None` where there is no such."""
    if violation.kind != "product" or len(violation.constraints) != PAIR:
        return None
    uses = Counter(variable for constraint, _ in violation.constraints for variable, _ in constraint.terms)
    shared = [variable for variable, times in uses.items() if times == PAIR and variable not in printed]
    return shared[0] if len(shared) == 1 else None


def _amount(interval: Interval | None, indicator: Indicator, system: ConstraintSystem) -> Text:
    """An interval in the indicator's unit, with as many digits as tell its ends apart."""
    assert interval is not None
    factor = 100 if indicator.unit == "%" else 1
    low, high = (None if end is None else to_float(end) * factor for end in (interval.low, interval.high))
    digits = len(str(int(abs(low)))) if low is not None else 1
    decimals = max(0, 4 - digits)
    amount = range_text(low, high, decimals)
    return text("{amount} {unit}", amount=amount, unit=system.units[indicator.unit])
