"""Violated relations of made-up bounds: on which side their range lies, how far off, and what one bound would be."""

from __future__ import annotations

import math
from fractions import Fraction

import pytest

from plantrack.audit.relations import DomainBound, ViolatedRelation
from plantrack.numbers.interval import ANY, NONNEGATIVE, Interval
from plantrack.solver.variables import Variable


def between(low: float, high: float, ends: str = "[]") -> Interval:
    return Interval(Fraction(low), Fraction(high), low_closed=ends[0] == "[", high_closed=ends[1] == "]")


def relation(kind: str, constant: str, *terms: tuple[Interval, int]) -> ViolatedRelation:
    bounds = (
        (DomainBound(Variable("level", name, "here", ("2020",)), interval), times)
        for name, (interval, times) in zip("xyz", terms, strict=False)
    )
    return ViolatedRelation("sum" if kind == "sum" else "product", tuple(bounds), Fraction(constant))


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
    assert found.off(1.0) == pytest.approx(off, rel=1e-9)
