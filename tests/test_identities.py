"""Identities of made-up relations: what stands on which side, with which numbers, whatever units these are kept in."""

from __future__ import annotations

from fractions import Fraction
from types import SimpleNamespace
from typing import Any

import pytest

from plantrack.audit.bounds import DerivedBound, PrintedBound
from plantrack.audit.identities import identities_of, identity_in_words
from plantrack.audit.minimal_sets import InfeasibleSubset
from plantrack.audit.relations import DomainBound, ViolatedRelation
from plantrack.language import Words
from plantrack.numbers.interval import ANY, NONNEGATIVE, Interval
from plantrack.solver.constraints import Constraint
from plantrack.solver.variables import ONE, Variable

SYSTEM: Any = SimpleNamespace(
    indicators={
        name: SimpleNamespace(unit=unit, name=Words(name.upper(), name.upper()), zh=name, en=name.upper())
        for name, unit in {"x": "亿元", "y": "亿元", "z": "万元", "p/own": "亿元"}.items()
    },
    kept={"亿元": Fraction(10**8), "万元": Fraction(10**4)},
    places={"there": SimpleNamespace(zh="彼", en="There")},
)


def level(name: str, place: str = "here", time: str = "2020") -> Variable:
    return Variable("level", name, place, (time,))


def slack(domain: Interval) -> DomainBound:
    return DomainBound(Variable("slack", "x: x >= y", "here", ("2020",)), domain)


def bound(variable: Variable, kind: str = "level", years: int = 1) -> PrintedBound:
    figure: Any = SimpleNamespace(kind=kind, years=years, times=variable.times)
    return PrintedBound(variable, figure, variable.name, given=lambda: ANY)


def span(kind: str, years: int, name: str = "x", start: int = 2020) -> PrintedBound:
    """A printed growth, multiple or change over some years."""
    measured = "ratio" if kind in {"growth", "total_growth", "multiple"} else "difference"
    times = (str(start), str(start + years))
    return bound(Variable("ratio" if measured == "ratio" else "difference", name, "here", times), kind, years)


def relation(kind: str, constant: str, *terms: tuple[PrintedBound | DomainBound, int]) -> ViolatedRelation:
    return ViolatedRelation("sum" if kind == "sum" else "product", terms, Fraction(constant))


X, Y, Z = map(bound, map(level, "xyz"))
OWN, THERE, LATER = bound(level("p/own")), bound(level("x", "there")), bound(level("x", time="2025"))
RATE = span("multiple", 5)
RATIO = Variable("ratio", "p/own", "here", ("2020", "2025"))
CHANGE = RATIO._replace(kind="difference")
ABOVE, BELOW = slack(NONNEGATIVE), slack(Interval.at_most(Fraction(0)))
UP_TO_ONE = slack(Interval(Fraction(0), ONE, low_closed=True, high_closed=True))


@pytest.mark.parametrize(
    ("found", "identity"),
    [
        (relation("sum", "0", (X, -1), (Y, 1)), "x(2020) = y(2020)"),
        (relation("sum", "0", (X, -1), (Y, 1), (OWN, 1)), "x(2020) = y(2020) + own(2020)"),
        (relation("sum", "0", (X, -2), (Y, 3)), "2 × x(2020) = 3 × y(2020)"),
        (relation("sum", "5", (X, -1), (Y, 1)), "x(2020) + 5 = y(2020)"),
        (relation("sum", "-1/2", (X, -1), (Y, 1)), "x(2020) = y(2020) + 1/2"),
        (relation("sum", "1/2", (X, 1)), "1/2 = x(2020)"),
        (relation("sum", "0", (X, -1)), "x(2020) = 0"),
        (relation("sum", "0", (X, 1)), "0 = x(2020)"),
        (relation("product", "1", (span("multiple", 5), 1)), "1 = multiple"),
        (relation("product", "1", (X, -1), (Y, 1)), "x(2020) = y(2020)"),
        (relation("product", "1", (X, -2), (Y, 1), (OWN, 1)), "(x(2020))^2 = y(2020) × own(2020)"),
        (relation("product", "3/2", (X, -1), (Y, 1)), "3 × x(2020) = 2 × y(2020)"),
        # numbers of x are hundred millions, numbers of z ten thousands
        (relation("sum", "0", (X, 10_000), (Z, -1)), "z(2020) = x(2020)"),
        (relation("sum", "0", (X, 30_000), (Z, -2)), "2 × z(2020) = 3 × x(2020)"),
        (relation("sum", "500", (X, 10_000), (Z, -1)), "z(2020) + 5000000 = x(2020)"),
        (relation("sum", "500", (X, 10_000), (Z, -1), (ABOVE, -1)), "x(2020) >= z(2020) + 5000000"),
        (relation("product", "1/10000", (X, 1), (Z, -1)), "z(2020) = x(2020)"),
        (relation("product", "1/5000", (X, 1), (Z, -1)), "2 × z(2020) = x(2020)"),
        # an inequality: what the slack says is written as a sign
        (relation("sum", "0", (X, 1), (Y, -1), (ABOVE, -1)), "x(2020) >= y(2020)"),
        (relation("sum", "0", (X, -1), (Y, 1), (ABOVE, 1)), "x(2020) >= y(2020)"),
        (relation("sum", "0", (X, 1), (Y, -1), (BELOW, -1)), "y(2020) >= x(2020)"),
        (relation("sum", "0", (X, -1), (Y, 1), (BELOW, 1)), "y(2020) >= x(2020)"),
        (relation("sum", "0", (X, 1), (Y, -1), (UP_TO_ONE, -1)), "x(2020) >= y(2020)"),
        # places are told where there are several, times of growth where there are several
        (relation("sum", "0", (X, -1), (THERE, 1)), "x@here(2020) = x@there(2020)"),
        (
            relation("product", "1", (X, 1), (span("growth", 5), 1), (LATER, -1)),
            "x(2025) = x(2020) × (1 + growth)^5",
        ),
        (
            relation("product", "1", (X, 1), (span("growth", 1), 1), (Y, -1)),
            "y(2020) = x(2020) × (1 + growth[x])",
        ),
        (
            relation("product", "1", (span("growth", 5), 1), (span("growth", 5, "y"), -1)),
            "(1 + growth[y])^5 = (1 + growth[x])^5",
        ),
        (
            relation("product", "1", (span("growth", 1), 1), (span("growth", 1, start=2021), -1)),
            "(1 + growth[x(2021->2022)]) = (1 + growth[x(2020->2021)])",
        ),
        (
            relation("product", "1", (span("growth", 1), 1), (span("growth", 2), -1)),
            "(1 + growth)^2 = (1 + growth)",
        ),
        (
            relation("product", "1", (span("total_growth", 1), 1), (span("total_growth", 2), -1)),
            "(1 + total growth[x(2020->2022)]) = (1 + total growth[x(2020->2021)])",
        ),
        (
            relation("product", "1", (span("total_growth", 5), 1), (span("multiple", 5), -1)),
            "multiple = (1 + total growth)",
        ),
        (
            relation("sum", "0", (X, 1), (span("annual_change", 5), 1), (LATER, -1)),
            "x(2025) = x(2020) + 5 × annual change",
        ),
        (
            relation("sum", "0", (X, 1), (span("change", 5), 1), (LATER, -1)),
            "x(2025) = x(2020) + change",
        ),
        (
            relation("product", "1", (DerivedBound(span("change", 5), X, at_end=False), 1), (RATE, -1)),
            "multiple = (x(2020) + change) / x(2020)",
        ),
        (
            relation("product", "1", (DerivedBound(span("change", 5), LATER, at_end=True), 1), (RATE, -1)),
            "multiple = x(2025) / (x(2025) - change)",
        ),
        (
            relation("product", "1", (X, 1), (DomainBound(RATIO, ANY), 1), (Y, -1)),
            "y(2020) = x(2020) × own(2025) / own(2020)",
        ),
    ],
)
def test_an_identity_stands_as_it_is_written_on_paper(found: ViolatedRelation, identity: str) -> None:
    """Below zero stands on the left; numbers of a sum are in base units."""
    assert identities_of(found, SYSTEM) == (identity,)


def test_in_words_an_identity_has_names_and_of_several_places_those_that_are_known() -> None:
    one_place = identity_in_words(relation("sum", "0", (X, -1), (Y, 1)), SYSTEM)
    two_places = identity_in_words(relation("sum", "0", (X, -1), (THERE, 1)), SYSTEM)
    assert one_place.say("en") == "X(2020) = Y(2020)"
    assert two_places.say("en") == "X(2020) = X of There(2020)"
    assert two_places.say("zh") == "X(2020) = 彼x(2020)"


@pytest.mark.parametrize(
    ("terms", "law", "told"),
    [
        ((level("x"), level("y")), "x = y", "x = y (2020)"),
        ((level("x"), level("y"), slack(ANY).variable), "x >= y", "x >= y (2020)"),
        ((level("x", time="2021/2022"), level("x", time="2021")), "x(2021/2022) = x(2021)", None),
        ((RATIO, level("y", time="2020")), "x = y", "x = y (2020->2025)"),
        ((RATIO, RATIO.level(0), RATIO.level(1)), "", "own(2025) = own(2020) × ratio[own]"),
        ((RATIO.level(0), CHANGE, RATIO.level(1)), "", "own(2025) = own(2020) + difference[own]"),
    ],
)
def test_each_law_of_an_infeasible_subset_is_told_once_with_its_time(
    terms: tuple[Variable, ...], law: str, told: str | None
) -> None:
    """A law of several times tells them itself."""
    laws = [Constraint("sum", tuple((each, ONE) for each in terms), Fraction(0), law) for _ in range(2)]
    assert identities_of(InfeasibleSubset((), tuple(laws), {}, ()), SYSTEM) == (told or law,)
