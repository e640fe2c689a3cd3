"""Intervals: exact ends, open or closed; arithmetic contains every result of its members."""

from fractions import Fraction

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from plantrack.numbers.interval import Interval
from strategies import fractions, intervals, members, positive_fractions

ONE, TWO = Fraction(1), Fraction(2)


def test_an_interval_has_no_truth_value() -> None:
    with pytest.raises(TypeError, match="contains"):
        bool(Interval.point(ONE))


@pytest.mark.parametrize(
    ("low", "high", "low_closed", "high_closed"),
    [(TWO, ONE, True, True), (ONE, ONE, True, False), (ONE, ONE, False, True), (None, ONE, True, True)],
)
def test_what_is_no_interval_is_refused(
    low: Fraction, high: Fraction, low_closed: bool, high_closed: bool
) -> None:
    with pytest.raises(ValueError, match=r"lies between|infinite end"):
        Interval(low, high, low_closed=low_closed, high_closed=high_closed)


def test_ends_belong_or_not() -> None:
    half_open = Interval(ONE, TWO, low_closed=True, high_closed=False)
    assert half_open.contains(ONE)
    assert not half_open.contains(TWO)
    assert not half_open.overlaps(Interval.at_least(TWO))
    assert half_open.closure().overlaps(Interval.at_least(TWO))
    assert Interval.above(ONE).overlaps(half_open)
    assert not Interval.above(ONE).overlaps(Interval.at_most(ONE))


@given(intervals(), intervals(), fractions)
def test_the_intersection_holds_what_both_hold(one: Interval, other: Interval, value: Fraction) -> None:
    both = one.intersection(other)
    assert (both is not None and both.contains(value)) == (one.contains(value) and other.contains(value))


@given(st.data())
def test_sums_and_multiples_hold_those_of_members(data: st.DataObject) -> None:
    one, other = data.draw(intervals()), data.draw(intervals())
    x, y = data.draw(members(one)), data.draw(members(other))
    factor = data.draw(fractions.filter(bool))
    assert one.plus(other).contains(x + y)
    assert one.negated().contains(-x)
    assert one.scaled(factor).contains(x * factor)
    assert one.shifted(factor).contains(x + factor)


@given(st.data())
def test_products_and_powers_hold_those_of_members(data: st.DataObject) -> None:
    one, other = data.draw(intervals(positive_fractions)), data.draw(intervals(positive_fractions))
    x, y = data.draw(members(one)), data.draw(members(other))
    exponent = data.draw(st.integers(-4, 4).filter(bool))
    assert one.times(other).contains(x * y)
    assert one.power(exponent).contains(x**exponent)
    assert one.reciprocal().contains(1 / x)


@given(intervals(positive_fractions), positive_fractions)
def test_a_reciprocal_holds_nothing_else(interval: Interval, value: Fraction) -> None:
    assert interval.reciprocal().contains(value) == interval.contains(1 / value)


@given(intervals(), fractions)
def test_scaling_back_gives_the_interval(interval: Interval, factor: Fraction) -> None:
    assume(factor != 0)
    assert interval.scaled(factor).scaled(1 / factor) == interval


def test_products_need_positive_numbers() -> None:
    with pytest.raises(ValueError, match="positive"):
        Interval.at_least(Fraction(0)).times(Interval.point(ONE))
    with pytest.raises(ValueError, match="zero"):
        Interval.point(ONE).scaled(Fraction(0))
    with pytest.raises(ValueError, match="zero"):
        Interval.point(ONE).power(0)
