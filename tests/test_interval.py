"""Intervals: exact ends, open or closed; arithmetic contains every result of its members, and nothing else."""

import math
from fractions import Fraction

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from plantrack.numbers import rationals
from plantrack.numbers.interval import POSITIVE, Interval, logarithm, to_float
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


@given(fractions, fractions, st.integers(-3, 3))
def test_arithmetic_on_whole_numbers_is_that_of_fractions(one: Fraction, other: Fraction, power: int) -> None:
    made = [rationals.added(one, other), rationals.multiplied(one, other), rationals.negated(one)]
    expected = [one + other, one * other, -one]
    if other:
        made.append(rationals.divided(one, other))
        expected.append(one / other)
    if other > 0:
        made.append(rationals.raised(other, power))
        expected.append(other**power)
    assert [each.as_integer_ratio() for each in made] == [each.as_integer_ratio() for each in expected]
    assert rationals.compared(one, other) == (one > other) - (one < other)


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


@given(st.data())
def test_arithmetic_holds_no_number_that_members_do_not_come_to(data: st.DataObject) -> None:
    """`z = x + y` for members `x` and `y` if and only if some `x` is a `z - y`; ends are tried, too."""
    one, other = data.draw(intervals(positive_fractions)), data.draw(intervals(positive_fractions))

    def drawn(result: Interval) -> Fraction:
        ends = [end for end in (result.low, result.high) if end]
        return data.draw(st.one_of(positive_fractions, *map(st.just, ends)))

    total, product, quotient = one.plus(other), one.times(other), one.over(other)
    value = drawn(total)
    assert total.contains(value) == one.overlaps(other.negated().shifted(value))
    value = drawn(product)
    assert product.contains(value) == one.overlaps(other.reciprocal().scaled(value))
    value = drawn(quotient)
    assert quotient.contains(value) == one.overlaps(other.scaled(value))


@given(st.data())
def test_quotients_of_any_numbers_are_those_of_members(data: st.DataObject) -> None:
    dividend, divisor = data.draw(intervals()), data.draw(intervals(positive_fractions))
    found = dividend.over(divisor)
    ends = [end for end in (found.low, found.high) if end is not None]
    value = data.draw(st.one_of(fractions, *map(st.just, ends)))
    expected = dividend.overlaps(divisor.scaled(value)) if value else dividend.contains(value)
    assert found.contains(value) == expected


@given(intervals())
def test_what_is_positive_holds_nothing_at_zero_or_below(interval: Interval) -> None:
    assert interval.is_positive == (not interval.overlaps(Interval.at_most(Fraction(0))))


def test_zero_belongs_to_what_is_not_negative_alone() -> None:
    assert Interval.above(Fraction(0)).is_positive
    assert not Interval.at_least(Fraction(0)).is_positive
    with_zero = Interval.at_least(Fraction(0))
    endless = Interval.at_least(ONE)
    assert with_zero.over(endless) == with_zero
    assert Interval.at_least(Fraction(-1)).over(Interval.point(ONE)) == Interval.at_least(Fraction(-1))
    assert Interval.at_most(Fraction(-1)).over(endless) == Interval.below(Fraction(0))


CLOSED = Interval(ONE, TWO, low_closed=True, high_closed=True)
OPEN = Interval(ONE, TWO, low_closed=False, high_closed=False)


@pytest.mark.parametrize(
    ("dividend", "divisor", "quotient"),
    [
        (CLOSED, Interval(Fraction(0), ONE, low_closed=False, high_closed=True), Interval.at_least(ONE)),
        (CLOSED, Interval.at_least(ONE), Interval(Fraction(0), TWO, low_closed=False, high_closed=True)),
        (CLOSED, OPEN, Interval(ONE / 2, TWO, low_closed=False, high_closed=False)),
        (OPEN, CLOSED, Interval(ONE / 2, TWO, low_closed=False, high_closed=False)),
        (CLOSED.negated(), CLOSED, Interval(-TWO, -ONE / 2, low_closed=True, high_closed=True)),
        (Interval.point(Fraction(0)), OPEN, Interval.point(Fraction(0))),
        (Interval.point(Fraction(0)), POSITIVE, Interval.point(Fraction(0))),
    ],
)
def test_an_end_of_a_quotient_belongs_where_both_ends_do_that_make_it(
    dividend: Interval, divisor: Interval, quotient: Interval
) -> None:
    assert dividend.over(divisor) == quotient
    assert dividend.negated().over(divisor) == quotient.negated()


@pytest.mark.parametrize("sign", [1, -1])
def test_a_number_beyond_all_floats_is_endless(sign: int) -> None:
    assert to_float(Fraction(sign * 10**400, 7)) == sign * math.inf
    assert to_float(Fraction(sign, 10**400)) == 0


@pytest.mark.parametrize("exponent", [-400, -3, 0, 3, 400])
def test_logarithms_of_numbers_that_no_float_holds(exponent: int) -> None:
    assert logarithm(Fraction(10) ** exponent) == pytest.approx(exponent * math.log(10))


@pytest.mark.parametrize(
    ("value", "bits"), [(0, 1), (1, 2), (-4, 4), (Fraction(4, 3), 5), (Fraction(-1, 8), 5)]
)
def test_the_length_of_a_number_is_that_of_both_its_parts(value: Fraction, bits: int) -> None:
    assert rationals.length(Fraction(value)) == bits
    assert Interval.point(Fraction(value)).length == bits
    assert Interval.at_least(Fraction(value)).length == bits
    assert Interval(Fraction(-8), Fraction(9), low_closed=True, high_closed=True).length == 4 + 1


@given(st.booleans(), st.booleans(), st.booleans(), st.booleans())
def test_an_end_that_two_share_belongs_to_both_or_not_at_all(a: bool, b: bool, c: bool, d: bool) -> None:
    one = Interval(ONE, TWO, low_closed=a, high_closed=b)
    other = Interval(ONE, TWO, low_closed=c, high_closed=d)
    assert one.intersection(other) == Interval(ONE, TWO, low_closed=a and c, high_closed=b and d)
