"""The exact range of one variable: where it ends, whether its ends belong, and beyond what it has none."""

from __future__ import annotations

from fractions import Fraction

import pytest

from plantrack.numbers.interval import ANY, POSITIVE, Interval
from plantrack.solver.elementary import reduced
from plantrack.solver.extremes import implied_range
from plantrack.solver.simplex import Kind, ends_of

ONE, LARGEST = Fraction(1), Fraction(10) ** 60


def range_of(kind: Kind, rows: list[dict[str, int]], **known: Interval) -> Interval | None:
    """The range of `a`."""
    ends = {name: ends_of(each, kind) for name, each in ({"a": ANY} | known).items()}
    return implied_range(reduced(rows), ends, kind, "a")


@pytest.mark.parametrize("kind", ["sum", "product"])
def test_no_number_as_large_as_ten_to_the_sixty_is_an_end(kind: Kind) -> None:
    """`a = b`."""
    equal = [{"a": 1, "b": -1}]
    least = Interval.at_least(ONE)
    anywhere = POSITIVE if kind == "product" else ANY
    assert range_of(kind, equal, b=least.intersection(Interval.at_most(LARGEST))) == least
    below = least.intersection(Interval.below(LARGEST))
    assert range_of(kind, equal, b=below) == below
    smallest = 1 / LARGEST if kind == "product" else -LARGEST
    most = anywhere.intersection(Interval.at_most(ONE))
    assert range_of(kind, equal, b=most.intersection(Interval.at_least(smallest))) == most
    above = most.intersection(Interval.above(smallest))
    assert range_of(kind, equal, b=above) == above


@pytest.mark.parametrize("closed", [True, False])
@pytest.mark.parametrize("sign", [1, -1])
def test_the_range_of_a_part_is_the_whole_less_the_other_part(sign: int, closed: bool) -> None:
    """`2 a + b = c`, b from 1 to 3, c from 10 to 20: a from 7/2 to 19/2."""
    b = Interval(ONE, Fraction(3), low_closed=True, high_closed=True)
    c = Interval(Fraction(10), Fraction(20), low_closed=closed, high_closed=closed)
    rows = [{"a": 2 * sign, "b": sign, "c": -sign}]
    expected = Interval(Fraction(7, 2), Fraction(19, 2), low_closed=closed, high_closed=closed)
    assert range_of("sum", rows, b=b, c=c) == expected
    assert range_of("sum", [*rows, {"a": 1, "d": -1}], b=b, c=c, d=ANY) == expected


@pytest.mark.parametrize("closed", [True, False])
@pytest.mark.parametrize("sign", [1, -1])
def test_the_range_of_a_factor_is_the_root_of_the_product_over_the_other(sign: int, closed: bool) -> None:
    """`a^2 b = c`, b from 1 to 4, c from 16 to 64: a from 2 to 8."""
    b = Interval(ONE, Fraction(4), low_closed=True, high_closed=True)
    c = Interval(Fraction(16), Fraction(64), low_closed=closed, high_closed=closed)
    rows = [{"a": 2 * sign, "b": sign, "c": -sign}]
    expected = Interval(Fraction(2), Fraction(8), low_closed=closed, high_closed=closed)
    assert range_of("product", rows, b=b, c=c) == expected


def test_where_the_others_exclude_one_another_there_is_no_range() -> None:
    """`a = b` beside `c = d`."""
    low, high = Interval.at_most(ONE), Interval.above(ONE)
    rows = [{"a": 1, "b": -1}, {"c": 1, "d": -1}]
    assert range_of("sum", rows, b=low, c=low, d=high) is None
    assert range_of("sum", rows, b=low, c=high, d=high) == low
