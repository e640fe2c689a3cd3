"""What a printed number may stand for beyond its rounding: intervals by hand."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

import pytest

from first_principles import CATALOGUE, HEAD
from plantrack.audit.allowances import (
    at_other_prices,
    hull,
    most_generous,
    round_change,
    round_target,
    rounded_bound,
    rounded_zeros,
    twice_as_wide,
)
from plantrack.audit.build import build_system
from plantrack.numbers.interval import NONNEGATIVE, POSITIVE, Interval
from plantrack.reading import read_plan

if TYPE_CHECKING:
    from plantrack.audit.bounds import PrintedBound
    from plantrack.audit.constraint_system import ConstraintSystem

    Ends = tuple[str | None, str | None] | None


def system_of(rows: str, indicator: str = "premium", head: str = "") -> ConstraintSystem:
    figures = "".join(f"  - {{in: a, {row}}}\n" for row in rows.split("|"))
    body = f"{HEAD}{head}figures:\n  {indicator}:\n{figures}"
    return build_system([read_plan(body.encode(), "made.yaml", CATALOGUE).require()], CATALOGUE)


def printed(figure: str, indicator: str = "premium") -> PrintedBound:
    ((bound,),) = system_of(figure, indicator).bounds.values()
    return bound


def is_between(interval: Interval | None, ends: Ends) -> bool:
    if interval is None or ends is None:
        return interval is ends
    return (interval.low, interval.high) == tuple(None if each is None else Fraction(each) for each in ends)


@pytest.mark.parametrize(
    ("level", "ends"),
    [
        ("2025: 4900", ("4850", "4950")),  # to the hundred, the greatest unit of at most a tenth
        ("2025: 2450", ("2425", "2475")),
        ("2025: 12000", ("11500", "12500")),
        ("2025: 175", ("172.5", "177.5")),
        ("2025: 4900以上", ("4850", None)),
        ("2025: 4900以下", ("0", "4950")),
        ("2025: 4900—6000", ("4850", "6250")),
        ("2025: 4901", None),
        ("2025: 约4900", None),
        ("2020: 4900", None),  # a base is not made round
    ],
)
def test_a_target_may_have_been_made_round(level: str, ends: Ends) -> None:
    assert is_between(round_target(printed(f"level: {{{level}}}")), ends)


@pytest.mark.parametrize(
    ("count", "from_rate", "ends"),
    [
        (9, False, None),
        (9, True, ("8", "10")),
        (10, False, ("9", "11")),
        (11, False, ("10", "12")),
        (100, False, ("90", "110")),
    ],
)
def test_a_count_from_ten_on_or_from_a_rate_may_be_off_by_one(
    count: int, from_rate: bool, ends: Ends
) -> None:
    bound = printed(f"level: {{2025: {count}家}}", "listed_companies")
    assert is_between(round_target(bound, "either_way", from_rate=from_rate), ends)


@pytest.mark.parametrize(
    ("change", "ends", "zeros"),
    [
        ("2015->2020: 增加1100", ("1050", "1150"), ("1050", "1150")),
        ("2015->2020: 增加1110", ("1105", "1115"), ("1105", "1115")),
        ("2015->2020: 增加1101", None, None),
        ("2015->2020: 增加110.5", None, None),
        ("2015->2020: 增加110.0", ("105", "115"), ("105", "115")),
        ("2015->2020: 增加0", None, None),
        ("2015->2020: 减少1100", ("-1150", "-1050"), ("-1150", "-1050")),
        ("2020->2025: 增加1100", ("1000", "1200"), ("1000", "1200")),  # of a target up or down, too
        ("2020->2025: 增加约1100", None, None),
    ],
)
def test_zeros_at_the_end_of_a_change_may_be_rounding(change: str, ends: Ends, zeros: Ends) -> None:
    bound = printed(f"change: {{{change}}}")
    assert is_between(round_change(bound), ends)
    assert is_between(rounded_zeros(bound), zeros)


@pytest.mark.parametrize(
    ("figure", "indicator", "bound", "wide"),
    [
        ("total_growth: {2015->2020: 9%以上}", "premium", ("1.085", None), ("1.085", None)),
        ("total_growth: {2015->2020: 9.0%以下}", "premium", ("0", "1.0905"), ("0", "1.0905")),
        ("total_growth: {2015->2020: 8%—9%}", "premium", ("1.075", "1.095"), ("1.075", "1.095")),
        ("total_growth: {2015->2020: 9%}", "premium", None, ("1.08", "1.10")),
        ("level: {2020: 100.0}", "premium", None, ("99.9", "100.1")),
        ("level: {2020: 50家以上}", "listed_companies", None, ("50", None)),
        ("level: {2020: 50家}", "listed_companies", None, ("50", "50")),
    ],
)
def test_roundings_are_twice_as_wide_and_bounds_are_met_by_what_rounds_to_them(
    figure: str, indicator: str, bound: Ends, wide: Ends
) -> None:
    said = printed(figure, indicator)
    assert is_between(rounded_bound(said), bound)
    assert is_between(twice_as_wide(said), wide)


MOMENTS = "moments:\n  early: {zh: 初, en: early, either: [2019, 2020]}\n"


@pytest.mark.parametrize(
    ("span", "prices", "ends"),
    [
        (
            "2020->2021",
            "current",
            (Fraction("0.925"), Fraction("1.105")),
        ),  # prices fall by 7.5 % a year at most
        ("2020->2021", "constant", (Fraction(200, 221), Fraction(40, 37))),  # and rise by 10.5 %
        ("2020->2033", "current", (Fraction("0.925") ** 13, Fraction("1.105") ** 13)),
        ("2020-06->2021-07", "current", (Fraction("0.925") ** 2, Fraction("1.105") ** 2)),  # a year begun
        ("early->2021", "current", (Fraction("0.925") ** 2, Fraction("1.105") ** 2)),  # it may be two
    ],
)
def test_mistaken_prices_move_growth_by_what_prices_may_do(
    span: str, prices: str, ends: tuple[Fraction, Fraction]
) -> None:
    """Twice as wide as the band of the deflator, from -3 % to 6 %."""
    system = system_of(f"multiple: {{{span}: 1.2}}, prices: {prices}", "gdp", MOMENTS)
    ((bound,),) = system.bounds.values()
    moved = at_other_prices(bound, Interval.point(Fraction(1)), system)
    assert (moved.low, moved.high) == ends
    assert at_other_prices(bound, NONNEGATIVE, system) == POSITIVE


@pytest.mark.parametrize(
    ("said", "ends"),
    [
        ("change: {2020->2025: 增加3901}|level: {2025: 5000}", ("3400.5", "4401.5")),  # 5000 of 4500 to 5500
        ("annual_change: {2020->2025: 增加781}|level: {2025: 5000}", ("3402.5", "4407.5")),
        ("multiple: {2020->2025: 5.0倍}|level: {2025: 5000}", ("4.455", "5.555")),  # by a tenth less or more
        ("change: {2020->2025: 增加3901}|level: {2025: 4901}", ("3899.5", "3902.5")),  # made whole
        ("change: {2020->2025: 增加3901}|level: {2020: 5000}", ("3900", "3902")),  # a base is not made round
        ("change: {2020->2025: 增加3901}|level: {2025: 约5000}", ("3400.5", "4401.5")),
        ("total_growth: {2020->2025: 400%}|level: {2025: 5000}", ("4.99", "5.01")),  # a rate is fixed before
        ("change: {2020->2025: 增加约3901}|level: {2025: 5000}", (None, None)),  # it confines nothing
    ],
)
def test_a_change_may_be_computed_from_a_target_that_had_been_made_round(said: str, ends: Ends) -> None:
    system = system_of(said)
    (bound,) = next(bounds for variable, bounds in system.bounds.items() if len(variable.times) > 1)
    assert is_between(most_generous(bound, system), ends)


def interval(written: str) -> Interval:
    """Of `[1, 2)`; an end left out is infinite."""
    low, high = (Fraction(end) if end.strip() else None for end in written[1:-1].split(","))
    return Interval(low, high, low_closed=written[0] == "[", high_closed=written[-1] == "]")


@pytest.mark.parametrize(
    ("one", "other", "both"),
    [
        ("[1, 2]", "[3, 4]", "[1, 4]"),
        ("[0, 2]", "[1/2, 1]", "[0, 2]"),
        ("[-1, 0]", "[-2, -1/2]", "[-2, 0]"),
        ("(1, 2]", "[1, 2)", "[1, 2]"),
        ("(, 2]", "[1, )", "(, )"),
        ("(1, 3)", "[2, 3)", "(1, 3)"),
    ],
)
def test_the_hull_is_the_smallest_interval_that_holds_both(one: str, other: str, both: str) -> None:
    assert hull(interval(one), interval(other)) == interval(both)
    assert hull(interval(other), interval(one)) == interval(both)
