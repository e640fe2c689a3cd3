"""The identity that figures break, with ids or in words: `premium(2025) = premium(2020) × (1 + growth)^5`."""

from __future__ import annotations

import math
from fractions import Fraction
from typing import TYPE_CHECKING, NamedTuple

from plantrack.audit.bounds import DerivedBound, PrintedBound
from plantrack.audit.minimal_sets import InfeasibleSubset
from plantrack.language import SEMICOLON, Listing, Words, text
from plantrack.plan.citing import cited, law_text, period
from plantrack.plan.figures import KIND_NAMES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from plantrack.audit.bounds import Bound
    from plantrack.audit.constraint_system import ConstraintSystem
    from plantrack.audit.relations import DomainBound, ViolatedRelation
    from plantrack.language import Said
    from plantrack.plan.model import Indicator
    from plantrack.solver.constraints import Constraint
    from plantrack.solver.variables import Variable

    Proof = ViolatedRelation | InfeasibleSubset


def identities_of(violation: Proof, system: ConstraintSystem) -> tuple[str, ...]:
    """What the figures break, with ids: `premium(2025) = premium(2020) × (1 + growth)^5`; of a subset each law."""
    if isinstance(violation, InfeasibleSubset):
        return tuple(dict.fromkeys(_law_of(constraint) for constraint in violation.laws))
    wording = _BY_ID_AND_PLACE if _is_of_several(violation) else _BY_ID
    return (_identity(_of_quantities(violation, system), wording).say("en"),)


def _law_of(constraint: Constraint) -> str:
    """A law at one time, or what a span's ratio and difference mean."""
    times = "->".join(constraint.terms[0][0].when)
    if (
        len({variable.times for variable in constraint.variables if variable.kind == "level"}) > 1
        and constraint.law
    ):
        return constraint.law  # a law of several times tells them
    if constraint.law:
        return f"{constraint.law} ({times})"
    span = next(variable for variable in constraint.variables if variable.kind in {"ratio", "difference"})
    start, end, name = span.level(0).name, span.level(1).name, span.indicator.rpartition("/")[2]
    sign = "×" if span.kind == "ratio" else "+"
    return f"{end} = {start} {sign} {span.kind}[{name}]"


def laws_in_words(violation: InfeasibleSubset, system: ConstraintSystem) -> Listing:
    """Each law of a subset with names: `存(2019) = 存(2015) + 增减; 新 = 增减(存)（2019年）`."""
    named = _wording(system, several=len({bound.variable.place for bound in violation.bounds}) > 1).name
    laws = (_law_in_words(constraint, named, system) for constraint in violation.laws)
    return Listing(tuple(dict.fromkeys(laws)), SEMICOLON)


def _law_in_words(
    constraint: Constraint, named: Callable[[Variable], Said], system: ConstraintSystem
) -> Said:
    comparison = next(
        (each for plan in system.plans for each in plan.figures if each.id == constraint.law), None
    )
    if comparison is not None:
        return cited(comparison, system)
    if constraint.law:
        written = law_text(constraint.law, {_id_of(each): named(each) for each in _amounts(constraint)})
        return text("{what} ({more})", what=written, more=period(constraint.terms[0][0].when, system))
    span = next(variable for variable in constraint.variables if variable.kind in {"ratio", "difference"})
    start, end, name = *span.when, named(span)
    if span.kind == "ratio":
        return _together(name, f"({end}) = ", name, f"({start}) × (1 + ", KIND_NAMES["total_growth"], ")")
    return _together(name, f"({end}) = ", name, f"({start}) + ", KIND_NAMES["change"])


def _amounts(constraint: Constraint) -> Iterator[Variable]:
    return (each for each in constraint.variables if each.kind not in {"slack", "number"})


class _Wording(NamedTuple):
    name: Callable[[Variable], Said]
    kind: Callable[[str], Said]


def _id_of(variable: Variable) -> str:
    return variable.indicator.rpartition("/")[2]


_BY_ID = _Wording(_id_of, lambda kind: kind.replace("_", " "))
_BY_ID_AND_PLACE = _BY_ID._replace(name=lambda variable: f"{_id_of(variable)}@{variable.place}")


def _is_of_several(violation: ViolatedRelation) -> bool:
    return len({bound.variable.place for bound, _ in violation.terms}) > 1


def identity_in_words(violation: ViolatedRelation, system: ConstraintSystem) -> Listing:
    """The same with names."""
    wording = _wording(system, several=_is_of_several(violation))
    return _identity(_of_quantities(violation, system), wording)


def _of_quantities(violation: ViolatedRelation, system: ConstraintSystem) -> ViolatedRelation:
    """The relation between quantities, whatever the units that their numbers are kept in."""

    def factor(variable: Variable) -> Fraction:
        is_amount = variable.kind in {"level", "difference"}
        return system.kept[system.indicators[variable.indicator].unit] if is_amount else Fraction(1)

    factors = [factor(bound.variable) for bound, _ in violation.terms]
    powers = [power for _, power in violation.terms]
    if violation.kind == "product":
        return violation._replace(constant=violation.constant * math.prod(map(pow, factors, powers)))
    if len({factor(each.variable) for each, _ in violation.terms if each.variable.kind != "slack"}) <= 1:
        return violation
    multiples = [power / each for power, each in zip(powers, factors, strict=True)]
    scale = Fraction(
        math.lcm(*(each.denominator for each in multiples)), math.gcd(*(each.numerator for each in multiples))
    )
    terms = (
        (bound, int(times * scale)) for (bound, _), times in zip(violation.terms, multiples, strict=True)
    )
    return violation._replace(terms=tuple(terms), constant=violation.constant * scale)


def _wording(system: ConstraintSystem, *, several: bool) -> _Wording:
    """The names of indicators, of several places with their places, and kinds of figure."""

    def name(variable: Variable) -> Said:
        indicator = system.indicators[variable.indicator]
        return _name_at(variable.place, indicator, system) if several else indicator.name

    return _Wording(name, KIND_NAMES.__getitem__)


def _name_at(place: str, indicator: Indicator, system: ConstraintSystem) -> Words:
    """The name of an indicator of a place: 南山区地区生产总值."""
    known = system.places.get(place)
    if known is None:
        return indicator.name
    return Words(f"{known.zh}{indicator.zh}", f"{indicator.en} of {known.en}")


def _together(*parts: Said) -> Listing:
    return Listing(parts, "")


def _identity(violation: ViolatedRelation, wording: _Wording) -> Listing:
    sign, nothing = (" × ", "1") if violation.kind == "product" else (" + ", "0")
    sides = _sides(violation, wording)
    left, right = (Listing(tuple(sides[is_right]) or (nothing,), sign) for is_right in (False, True))
    if not is_inequality(violation):
        return _together(left, " = ", right)
    slack, exponent = next(each for each in violation.terms if each[0].variable.kind == "slack")
    is_above = slack.interval.high is None or slack.interval.high > 0
    return _together(*((right, " >= ", left) if (exponent < 0) == is_above else (left, " >= ", right)))


def _sides(violation: ViolatedRelation, wording: _Wording) -> dict[bool, list[Said]]:
    """What stands on the left (`False`) and on the right."""
    several = len({(each.variable.indicator, each.variable.place) for each in violation.bounds}) > 1
    if _look_the_same(violation):
        several, wording = True, wording._replace(name=_with_times(wording.name))
    sides = _numbers(violation)
    for bound, exponent in violation.terms:
        if bound.variable.kind != "slack":
            symbol = _symbol(bound, wording, several=several)
            sides[exponent > 0].append(_power(symbol, exponent, violation.kind))
    if violation.kind == "sum" and violation.constant:
        sides[violation.constant < 0].append(str(abs(violation.constant)))
    return sides


def _look_the_same(violation: ViolatedRelation) -> bool:
    """Whether growth or changes of two spans would look the same without their times."""
    paces = [each.figure for each in violation.bounds if each.variable.kind != "level"]
    seen = {(each.kind, each.years if each.kind in _WITH_YEARS else None) for each in paces}
    return len({each.times for each in paces}) > len(seen)


def _numbers(violation: ViolatedRelation) -> dict[bool, list[Said]]:
    """The whole numbers by which the sides of a product are multiplied: on the right those below the constant."""
    left, right = violation.constant.as_integer_ratio() if violation.kind == "product" else (1, 1)
    return {side: [str(number)] if number != 1 else [] for side, number in ((False, left), (True, right))}


_WITH_YEARS = {"growth", "annual_change"}
"""Kinds of figure that are written with their years."""


def _with_times(name: Callable[[Variable], Said]) -> Callable[[Variable], Said]:
    def named(variable: Variable) -> Said:
        at = "" if variable.kind == "level" else f"({'->'.join(variable.when)})"
        return _together(name(variable), at)

    return named


def _power(symbol: Said, exponent: int, kind: str) -> Said:
    times = abs(exponent)
    if times == 1:
        return symbol
    return _together("(", symbol, f")^{times}") if kind == "product" else _together(f"{times} × ", symbol)


def _symbol(bound: Bound | DomainBound, wording: _Wording, *, several: bool) -> Said:
    variable, name = bound.variable, wording.name(bound.variable)
    if isinstance(bound, DerivedBound):
        sign = "-" if bound.at_end else "+"
        level = _together(name, f"({variable.when[1 if bound.at_end else 0]})")
        changed = _together("(", level, f" {sign} ", wording.kind("change"), ")")
        return _together(level, " / ", changed) if bound.at_end else _together(changed, " / ", level)
    if isinstance(bound, PrintedBound) and variable.kind != "level":
        kind, years = bound.figure.kind, bound.figure.years
        said = wording.kind(kind)
        if several:
            said = _together(said, "[", name, "]")
        if kind == "growth":
            return _together("(1 + ", said, f")^{years}" if years != 1 else ")")
        if kind == "total_growth":
            return _together("(1 + ", said, ")")
        return _together(f"{years} × ", said) if kind == "annual_change" else said
    if variable.kind == "ratio":
        return _together(name, f"({variable.when[1]}) / ", name, f"({variable.when[0]})")
    return _together(name, f"({'->'.join(variable.when)})")


def is_inequality(violation: ViolatedRelation) -> bool:
    return any(bound.variable.kind == "slack" for bound, _ in violation.terms)
