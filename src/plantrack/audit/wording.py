"""A violated relation in words: its code, the identity it breaks, and the arithmetic."""

from __future__ import annotations

import math
from collections import Counter
from fractions import Fraction
from typing import TYPE_CHECKING

from plantrack.audit.bounds import PrintedBound, positive_part
from plantrack.audit.identities import (
    _power,
    _symbol,
    _wording,
    identity_in_words,
    is_inequality,
    laws_in_words,
)
from plantrack.audit.minimal_sets import InfeasibleSubset
from plantrack.language import POINTS_OF, Listing, Range, Text, listing, text
from plantrack.numbers.interval import Interval, to_float
from plantrack.numbers.words import SHARES
from plantrack.plan.citing import cited, named_quantity, period, printed_words, section_of, times_of
from plantrack.plan.figures import KIND_NAMES
from plantrack.solver.projection import implied_by

if TYPE_CHECKING:
    from collections.abc import Iterable

    from plantrack.audit.constraint_system import ConstraintSystem
    from plantrack.audit.proofs import Proof
    from plantrack.audit.relations import ViolatedRelation
    from plantrack.language import Said
    from plantrack.plan.model import Indicator
    from plantrack.solver.variables import Variable

PAIR, TRIPLE = 2, 3


def code_of(violation: Proof) -> str:
    if any(bound.variable.kind == "slack" for bound in violation.bounds):
        return "comparison-conflict"
    if laws := [constraint for constraint, _ in violation.constraints if constraint.law]:
        if violation.kind == "sum" and is_inequality(violation):
            return "inequality-conflict"
        return "ratio-conflict" if any(each.kind == "product" for each in laws) else "sum-conflict"
    return "change-conflict" if isinstance(violation, InfeasibleSubset) else _code_of_figures(violation)


def _code_of_figures(violation: ViolatedRelation) -> str:
    kinds = {bound.figure.kind for bound in violation.bounds}
    alone = all(isinstance(bound, PrintedBound) for bound, _ in violation.terms)
    if len(kinds) > 1 and (violation.constraints or not alone):
        for name, members in _CODES.items():
            if kinds & members:
                return name
    return "repetition-conflict"


_CODES = {
    "growth-conflict": {"growth", "total_growth"},
    "multiple-conflict": {"multiple"},
    "change-conflict": {"change", "annual_change"},
}


def note_of(violation: Proof, system: ConstraintSystem, difference: Text) -> Text:
    bounds = violation.bounds
    if len({bound.variable for bound in bounds}) > 1:
        figures = listing(*named(bounds, system))
        return text("{figures}: {difference}", figures=figures, difference=difference)
    name = _indicator_of(bounds[0], system).name
    printed = listing(*(_printed(each, system) for each in bounds))
    return text("{name}: {printed}: {difference}", name=name, printed=printed, difference=difference)


def message_of(violation: Proof, system: ConstraintSystem) -> Text:
    bounds, figures = violation.bounds, listing(*named(violation.bounds, system))
    if isinstance(violation, InfeasibleSubset):
        laws = laws_in_words(violation, system)
        return text("{figures} cannot all be true under {laws}", figures=figures, laws=laws)
    if len(bounds) == PAIR and not violation.constraints:
        name, (one, other) = (
            _indicator_of(bounds[0], system).name,
            (_printed(each, system) for each in bounds),
        )
        return text("{name}: {one} and {other} cannot both be true", name=name, one=one, other=other)
    if len(bounds) == len(violation.terms) == TRIPLE and [law.law for law, _ in violation.constraints] == [
        ""
    ]:
        return _span(violation, system)
    if (through := _through_latent(violation, system)) is not None:
        return through
    if _is_total(violation):
        return _total(violation, figures, system)
    identity = identity_in_words(violation, system)
    return text("{figures} cannot all be true: {identity} does not hold", figures=figures, identity=identity)


def _ends(interval: Interval | None, factor: float = 1) -> tuple[float | None, float | None]:
    if interval is None:
        return None, None
    low, high = (None if end is None else to_float(end) * factor for end in (interval.low, interval.high))
    return low, high


def _is_total(violation: ViolatedRelation) -> bool:
    constant = violation.constant
    is_sum = violation.kind == "sum" and constant != 0 and not is_inequality(violation)
    return is_sum and all(times * constant > 0 for _, times in violation.terms)


def _total(violation: ViolatedRelation, figures: Listing, system: ConstraintSystem) -> Text:
    sign = 1 if violation.constant > 0 else -1
    parts = tuple((part, times * sign) for part, times in violation.terms)
    known = [part.variable.indicator for part, _ in parts if part.variable.indicator in system.indicators]
    units = {system.indicators[each].unit for each in known}
    unit = units.pop() if len(units) == 1 and units <= SHARES.keys() else ""
    factor = SHARES.get(unit, 1)
    reach = violation._replace(terms=parts, constant=Fraction(0)).range()
    several = len({part.variable.place for part, _ in parts}) > 1
    wording = _wording(system, several=several)
    whole = Listing(
        tuple(_power(_symbol(part, wording, several=True), times, "sum") for part, times in parts), " + "
    )
    return text(
        "{figures} cannot all be true: {sum} must come to {wanted} and comes to {found}",
        figures=figures,
        sum=whole,
        wanted=f"{abs(violation.constant) * factor}{unit}",
        found=Range(*_ends(reach, factor), 2, unit),
    )


def _span(violation: ViolatedRelation, system: ConstraintSystem) -> Text:
    bounds = violation.bounds
    indicator = _indicator_of(bounds[0], system)
    stated = next(each for each in bounds if each.variable.kind != "level")
    levels = {each.variable.times: each for each in bounds if each.variable.kind == "level"}
    base, target = (levels[(time,)] for time in stated.variable.times)
    return text(
        "{name}: {base} and {target} mean {kind} of {implied}, printed is {stated}",
        name=indicator.name,
        base=_printed(base, system),
        target=_printed(target, system),
        kind=KIND_NAMES[stated.figure.kind],
        implied=_implied(base, stated, target, indicator),
        stated=_printed(stated, system),
    )


def _printed(bound: PrintedBound, system: ConstraintSystem) -> Text:
    figure = bound.figure
    return text(
        '{time} "{text}" ({section})',
        time=period(times_of(figure), system),
        text=printed_words(figure),
        section=section_of(figure, system),
    )


def _indicator_of(bound: PrintedBound, system: ConstraintSystem) -> Indicator:
    own = f"{bound.figure.plan}/{bound.figure.indicator}"
    return system.indicators.get(own) or system.indicators[bound.figure.indicator]


def named(bounds: Iterable[PrintedBound], system: ConstraintSystem) -> list[Text]:
    """Figures that are reported together, each by its indicator, time, numeral and section."""
    return [cited(each.figure, system) for each in bounds]


def _implied(base: PrintedBound, stated: PrintedBound, target: PrintedBound, indicator: Indicator) -> Range:
    kind, years = stated.figure.kind, stated.figure.pace_years
    if stated.variable.kind == "ratio":
        allowed = positive_part(target.interval).times(positive_part(base.interval).reciprocal())
    else:
        allowed = target.interval.plus(base.interval.negated())
    if kind in {"growth", "total_growth"}:
        low, high = (None if end is None else (end ** (1 / years) - 1) * 100 for end in _ends(allowed))
        return Range(low, high, 2, "%")
    if kind == "multiple":
        return Range(*_ends(allowed), 2)
    return Range(*_ends(allowed, indicator.per_one / years), 2, POINTS_OF.get(indicator.unit, ""))


def _through_latent(violation: ViolatedRelation, system: ConstraintSystem) -> Text | None:
    parts = {part.variable: part for part, _ in violation.terms}
    latent, known = _latent_of(violation), {variable: part.interval for variable, part in parts.items()}
    if latent is None:
        return None
    indicator, sides = system.indicators[latent.indicator], []
    for constraint, _ in violation.constraints:
        low, high = _ends(implied_by(constraint, latent, known), indicator.per_one)
        if low is None or math.inf in (low, high):
            return None
        figures = [
            each for variable, _ in constraint.terms if variable in parts for each in parts[variable].bounds
        ]
        sides.append((_amount(low, high, system.units[indicator.unit]), listing(*named(figures, system))))
    (one, ones), (other, others) = sides
    return text(
        "{latent} is {one} by {ones}, but {other} by {others}",
        latent=named_quantity(indicator.name, latent.place, latent.times, system),
        one=one,
        ones=ones,
        other=other,
        others=others,
    )


def _latent_of(violation: ViolatedRelation) -> Variable | None:
    """The one unprinted quantity that both laws of a product have; `None` where there is no such."""
    printed = {part.variable for part, _ in violation.terms}
    uses = Counter(variable for constraint, _ in violation.constraints for variable, _ in constraint.terms)
    shared = [variable for variable, times in uses.items() if times == PAIR and variable not in printed]
    is_pair = violation.kind == "product" and len(violation.constraints) == PAIR
    return shared[0] if is_pair and len(shared) == 1 else None


def _amount(low: float, high: float | None, unit: Said) -> Text:
    """Numbers from zero on, with as many digits as tell their ends apart."""
    return text("{amount} {unit}", amount=Range(low, high, max(0, 4 - len(str(int(low))))), unit=unit)
