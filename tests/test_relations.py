"""Violated relations of made-up bounds: on which side their range lies, how far off, and what one bound would be."""

from __future__ import annotations

import math
from fractions import Fraction
from types import SimpleNamespace
from typing import Any

import pytest

from plantrack.audit.bounds import PrintedBound
from plantrack.audit.relations import DomainBound, ViolatedRelation
from plantrack.numbers.interval import ANY, NONNEGATIVE, Interval
from plantrack.solver.variables import Variable


def between(low: float, high: float, ends: str = "[]") -> Interval:
    return Interval(Fraction(low), Fraction(high), low_closed=ends[0] == "[", high_closed=ends[1] == "]")


WORDS: Any = SimpleNamespace(measure=None)
"""A figure without a number, so that no rounding is widened."""


def printed(name: str, interval: Interval) -> PrintedBound:
    return PrintedBound(Variable("level", name, "here", ("2020",)), WORDS, name, given=lambda: interval)


def relation(kind: str, constant: str, *terms: tuple[Interval, int]) -> ViolatedRelation:
    named = zip("xyz", terms, strict=False)
    bounds = tuple((printed(name, interval), times) for name, (interval, times) in named)
    return ViolatedRelation("sum" if kind == "sum" else "product", bounds, Fraction(constant))


@pytest.mark.parametrize(
    ("found", "side"),
    [
        (relation("sum", "0", (between(1, 2), 1), (between(2, 3), -1)), 0),  # 2 - 2
        (relation("sum", "0", (between(1, 2, "[)"), 1), (between(2, 3), -1)), -1),  # below 2 - 2
        (relation("sum", "0", (between(2, 3, "(]"), 1), (between(1, 2), -1)), 1),  # above 2 - 2
        (relation("sum", "0", (between(2, 3), 1), (between(1, 1), -3)), 0),
        (relation("sum", "0", (between(2, 3), 1), (between(4, 5), -1)), -1),
        (relation("sum", "5", (between(2, 3), 2)), 0),
        (relation("sum", "5", (between(3, 4), 2)), 1),
        (relation("sum", "7", (between(2, 3), 2)), -1),
        (relation("sum", "0", (Interval.above(Fraction(0)), 1)), 1),
        (relation("sum", "0", (ANY, 1), (between(1, 1), 1)), 0),
        (relation("product", "1", (between(1, 2), 1), (between(2, 3), -1)), 0),
        (relation("product", "1", (between(1, 2, "[)"), 1), (between(2, 3), -1)), -1),
        (relation("product", "1", (between(2, 3, "(]"), 1), (between(1, 2), -1)), 1),
        (relation("product", "4", (between(2, 3), 2)), 0),
        (relation("product", "3", (between(2, 3), 2)), 1),
        (relation("product", "1/10", (between(2, 3), -2)), 1),
        (relation("product", "1/2", (between(2, 3), -2)), -1),
        (relation("product", "1", (NONNEGATIVE, 1), (between(0, 1), -1)), None),  # 0 / 0 is anything
        (relation("product", "1", (between(0, 2), 1), (between(3, 4), -1)), -1),
        (relation("product", "1", (between(0, 0), 1), (between(3, 4), -1)), None),
        (relation("product", "1", (between(-1, 2), 1), (between(3, 4), -1)), None),
        (relation("product", "1", (Interval.at_least(Fraction(2)), 1)), 1),
    ],
)
def test_the_side_of_a_relation_is_where_its_range_lies(found: ViolatedRelation, side: int | None) -> None:
    assert found.side() == side
    assert [found.breaks(sign) for sign in (1, -1)] == [side == 1, side == -1]
    reach = found.range()
    if side is not None:
        assert reach is not None
        assert reach.contains(Fraction(found.must_contain)) == (side == 0)


@pytest.mark.parametrize(
    ("found", "off"),
    [
        (relation("sum", "0", (between(5, 6), 1), (between(1, 2), -1)), 3),
        (relation("sum", "0", (between(1, 2), 1), (between(5, 6), -1)), 3),
        (relation("sum", "0", (between(1, 6), 1), (between(1, 2), -1)), -1),  # holds, by as much
        (relation("product", "1", (between(6, 7), 1), (between(2, 3), -1)), math.log(2)),
        (relation("product", "1", (between(2, 3), 1), (between(6, 7), -1)), math.log(2)),
        (relation("product", "4", (between(4, 5), 2)), math.log(4)),
        (relation("product", "1", (Interval.at_least(Fraction(3)), 1)), math.log(3)),
        (relation("product", "1000000000000", (between(10**12 + 1, 10**12 + 2), 1)), 1e-12),
        (relation("sum", "0", (ANY, 1)), -1),
        (relation("product", "1", (NONNEGATIVE, 1)), -1),
    ],
)
def test_how_far_a_range_lies_from_what_it_must_contain(found: ViolatedRelation, off: float) -> None:
    """Sums by a difference, products by a logarithm, to all digits of a float."""
    assert found.off(1.0) == pytest.approx(off, rel=1e-9, abs=0)


X, ONE = printed("x", ANY), between(1, 1)


@pytest.mark.parametrize(
    ("found", "left"),
    [
        (relation("sum", "1", (ANY, 1), (between(2, 3), -1)), (3, 4)),  # x - y = 1
        (relation("sum", "1", (ANY, -2), (between(2, 4), 3)), (2.5, 5.5)),  # 3 y - 2 x = 1
        (relation("sum", "0", (ANY, 1), (Interval.at_least(Fraction(2)), 1)), (-math.inf, -2)),
        (relation("product", "1", (ANY, 1), (between(2, 4), -1)), (2, 4)),  # x = y
        (relation("product", "8", (ANY, 1), (between(2, 4), 1)), (2, 4)),  # x y = 8
        (relation("product", "2", (ANY, 2), (between(8, 18), -1)), (4, 6)),  # x² = 2 y
        (relation("product", "1/4", (ANY, -2), (between(1, 4), 1)), (2, 4)),  # y = x² / 4
        (relation("product", "1", (ANY, 1), (Interval.at_least(Fraction(2)), -1)), (2, math.inf)),
        (relation("product", "1", (ANY, -1), (Interval.at_least(Fraction(2)), 1)), (2, math.inf)),
        (relation("product", "1", (ANY, 1), (Interval.at_least(Fraction(2)), 1)), (0, 0.5)),
        (relation("product", "1", (ANY, -1), (between(0, 2), 1)), (0, 2)),
        (relation("product", "1", (ANY, 1), (between(0, 2), 1)), (0.5, math.inf)),
        (relation("product", "1", (ANY, 1), (between(0.25, 0.5), -1)), (0.25, 0.5)),
        (relation("product", "1", (ANY, 1), (between(10**400, 10**401), -1)), (math.inf, math.inf)),
        (relation("product", "1", (ANY, 1), (between(10**400, 10**401), 1)), (0, 0)),
        (relation("product", "1", (ANY, 1), (between(-1, 1), -1)), None),
        (relation("product", "1", (ONE, 1), (ANY, 1))._replace(terms=((X, 1), (X, 1))), None),
    ],
)
def test_what_the_others_leave_for_a_bound(found: ViolatedRelation, left: tuple[float, float] | None) -> None:
    """Where the bound stands in two terms nothing is told, and nothing where factors may be below zero."""
    assert found.left_for(X) == (left if left is None else pytest.approx(left))


@pytest.mark.parametrize(
    ("kind", "constant", "powers", "nominal"),
    [("sum", "1", (1, -2), 7), ("sum", "3", (-1, 3), 6), ("product", "2", (2, -1), 6**0.5)],
)
def test_a_bound_comes_to_what_the_printed_values_of_the_others_make(
    kind: str, constant: str, powers: tuple[int, int], nominal: float
) -> None:
    point = Interval.point(Fraction(3))
    found = relation(kind, constant, (ANY, powers[0]), (point, powers[1]))
    assert found.nominal(X) == pytest.approx(nominal)
    of_words = relation(kind, constant, (ANY, powers[0]), (between(1, 3), powers[1]))
    assert of_words.nominal(X) is None


def test_what_is_not_printed_is_confined_by_its_domain_and_is_no_figure() -> None:
    unprinted = DomainBound(Variable("level", "y", "here", ("2020",)), between(2, 3))
    found = ViolatedRelation("sum", ((printed("x", between(5, 6)), 1), (unprinted, -1)), Fraction(0))
    assert (found.bounds, found.is_small) == ((X,), True)
    assert (found.sums({}), found.left_for(X)) == (between(2, 4), (2, 3))


@pytest.mark.parametrize("kind", ["sum", "product"])
def test_another_interval_is_taken_instead_of_what_is_printed(kind: str) -> None:
    """`x = y` as a difference or as a quotient: 2 against 3, 3 against 3, 4 against 3."""
    found = relation(kind, "0" if kind == "sum" else "1", (between(2, 2), 1), (between(3, 3), -1))
    sides = [found.side({X: Interval.point(Fraction(value))}) for value in (2, 3, 4)]
    assert (found.side(), sides) == (-1, [-1, 0, 1])
    assert found.left_for(X, {found.bounds[1]: between(5, 6)}) == pytest.approx((5, 6))
    reach = found.range({X: between(3, 3)})
    assert reach == Interval.point(Fraction(found.must_contain))
