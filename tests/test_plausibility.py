"""What is doubted begins where its rule says: values just inside and just outside of every limit."""

from __future__ import annotations

import random
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from plantrack.audit.derived import growth_between
from plantrack.audit.evidence import odd_steps
from plantrack.numbers.interval import Interval
from plantrack.numbers.rounding import decimal_text, preimage
from test_contradictions import audited, own, rows


def doubts(body: str) -> list[tuple[str, str]]:
    """Code and English sentence of what is no contradiction."""
    return [(each.code.code, each.message.say("en")) for each in audited(body).findings if each.proof is None]


def codes(body: str) -> list[str]:
    return [code for code, _ in doubts(body)]


# -- steps between levels --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("first", "last", "is_doubted"),
    [("10.0", "50.0", False), ("10.0", "50.1", True), ("50.0", "10.0", False), ("50.1", "10.0", True)],
)
def test_within_a_year_a_level_grows_fivefold_at_most_and_keeps_a_fifth(
    first: str, last: str, is_doubted: bool
) -> None:
    body = rows(social_financing=f"level: {{2019: {first}, 2020: {last}}}")
    assert codes(body) == ["PT404"] * is_doubted


@pytest.mark.parametrize(
    ("levels", "is_doubted"),
    [
        ("2024: 500以上, 2025: 12000", False),  # 500 or more may have been 12000
        ("2020: 500以上, 2025: 12000", False),
        ("2024: 12000以下, 2025: 500", False),
        ("2024: 12000, 2025: 500以上", True),
        ("2024: 500以下, 2025: 12000", True),
    ],
)
def test_from_a_bound_that_is_kept_no_step_is_known(levels: str, is_doubted: bool) -> None:
    assert codes(rows(premium=f"level: {{{levels}}}")) == ["PT404"] * is_doubted


@pytest.mark.parametrize(
    ("years", "falls", "most"),
    [
        (2, False, "9.9"),
        (5, False, "9.9"),
        (14, False, "12.8"),
        (2, True, "8.2"),
        (3, True, "7.5"),
        (5, True, "6.2"),
        (14, True, "4.9"),
    ],
)
def test_over_years_a_level_grows_less_than_tenfold_and_keeps_more_than_a_lost_digit_leaves(
    years: int, falls: bool, most: str
) -> None:
    """1.2^14 = 12.84; 10 / 1.1^2 = 8.26, 10 / 1.1^3 = 7.51, 10 / 1.1^5 = 6.21; a fifth at least."""
    for level, is_doubted in ((Fraction(most), False), (Fraction(most) + Fraction(1, 10), True)):
        said = ["100.0", decimal_text(level * 100, 1)]
        first, last = reversed(said) if falls else said
        body = rows(social_financing=f"level: {{{2020 - years}: {first}, 2020: {last}}}")
        assert codes(body) == ["PT404"] * is_doubted


@pytest.mark.parametrize(
    ("unit", "first", "last", "is_doubted"),
    [
        ("家", "99", "98900", False),
        ("家", "99", "99000", True),
        ("家", "100", "1700", True),
        ('"%"', "0.99%", "50.0%", False),
        ('"%"', "1.00%", "50.0%", True),
    ],
)
def test_small_counts_and_shares_may_grow_less_than_a_thousandfold(
    unit: str, first: str, last: str, is_doubted: bool
) -> None:
    body = own("aa", unit=unit).replace("stock", "ratio" if "%" in unit else "stock")
    body += rows(aa=f"level: {{2015: {first}, 2020: {last}}}")
    assert codes(body) == ["PT404"] * is_doubted


@pytest.mark.parametrize(
    ("multiple", "is_doubted"),
    [("20倍", False), ("40倍", False), ("41倍", True), ("10.0倍", False), ("9.0倍", True)],
)
def test_growth_that_is_printed_within_a_factor_of_two_is_meant(multiple: str, is_doubted: bool) -> None:
    """From 100 to 2000: half and twice of a printed multiple, its rounding included, are as good."""
    body = rows(social_financing=f"level: {{2015: 100, 2020: 2000}}, multiple: {{2015->2020: {multiple}}}")
    assert ("PT404" in codes(body)) == is_doubted


# -- growth against a band -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("years", "level", "is_doubted"),
    [
        # at 5 % of real growth; prices change by -3 % to 6 % a year, and twice that in a single year
        (5, "170.5000", False),  # (1.05 × 1.06) ** 5 = 1.7080
        (5, "171.1000", True),
        (5, "110.0000", False),  # (1.05 × 0.97) ** 5 = 1.0960
        (5, "109.2000", True),
        (1, "117.9000", False),  # 1.05 × 1.06 ** 2 = 1.1798
        (1, "118.1000", True),
        (1, "98.9000", False),  # 1.05 × 0.97 ** 2 = 0.98795
        (1, "98.7000", True),
    ],
)
def test_prices_change_as_their_band_allows(years: int, level: str, is_doubted: bool) -> None:
    growth = f"growth: {{{2020 - years}->2020: 5.0000%}}"
    body = rows(gdp=f"level: {{{2020 - years}: 100.0000, 2020: {level}}}, {growth}")
    assert codes(body) == ["PT401"] * is_doubted


@pytest.mark.parametrize(
    ("level", "growth"), [("300.0以上", "5.0%"), ("300.0", "5.0%以上"), ("300.0", "5.0%以下")]
)
def test_without_an_end_of_levels_or_growth_nothing_is_said_of_prices(level: str, growth: str) -> None:
    assert codes(rows(gdp=f"level: {{2015: 100.0, 2020: {level}}}, growth: {{2015->2020: {growth}}}")) == []


def test_of_levels_printed_twice_the_first_are_told() -> None:
    levels = "level: {2015: 100.0, 2020: 300.0}|level: {2015: 100.00, 2020: 300.00}|"
    ((_, said),) = doubts(rows(gdp=f"{levels}growth: {{2015->2020: 5.0%}}, prices: constant"))
    assert "100.0 to 300.0 " in said


def test_the_change_of_prices_is_told_as_it_follows() -> None:
    """2 ** (1 / 5) / 1.05 - 1 is 9.4 % a year."""
    ((_, said),) = doubts(rows(gdp="level: {2020: 100.000, 2025: 200.000}, growth: {2020->2025: 5.000%}"))
    assert "9.4" in said
    assert "plausible is -3% to 6%" in said


@pytest.mark.parametrize(
    ("last", "is_doubted"),
    [("12160.0", False), ("12175.0", True), ("9045.0", False), ("9035.0", True)],
)
def test_people_that_figures_imply_grow_as_their_band_allows(last: str, is_doubted: bool) -> None:
    """Premium by premium a head: population 1.04 ** 5 = 1.2167 and 0.98 ** 5 = 0.9039 times as large at most."""
    body = rows(
        premium=f"level: {{2015: 10000.0, 2020: {last}}}",
        insurance_density="level: {2015: 1000.00, 2020: 1000.00}",
    )
    assert codes(body) == ["PT401"] * is_doubted


def implied(**premium: str) -> str:
    """GDP by premiums of which it is 25 times as much."""
    years = [year.removeprefix("of") for year in premium]
    levels = ", ".join(f"{year}: {said}" for year, said in zip(years, premium.values(), strict=True))
    depths = ", ".join(f"{year}: 4.00" for year in years)
    return rows(premium=f"level: {{{levels}}}", insurance_depth=f"level: {{{depths}}}")


def at_constant_prices(start: int, end: int) -> str:
    levels = f"level: {{{start}: 100.0, {end}: 300.0}}"
    return rows(finance_value_added=f"{levels}|growth: {{{start}->{end}: 5.0%}}, prices: constant")


@pytest.mark.parametrize(
    ("body", "says"),
    [
        (  # 4 ** (1 / 5) = 1.3195
            implied(of2015="100.0", of2020="400.0"),
            (
                "GDP: 2500 to 10000 × 100 million yuan from 2015 to 2020, 31.9–32.0% a year, is implied; that is "
                "unusual: mostly it is -2% to 10% ("
            ),
        ),
        (
            implied(of2020="100.0", of2025="400.0"),
            (
                "GDP: 2500 to 10000 × 100 million yuan from 2020 to 2025, 31.9–32.0% a year, is implied; plausible is "
                "-2% to 10% ("
            ),
        ),
        (  # 4 ** (1 / 3) = 1.5874, 0.325 ** (1 / 2) = 0.5701, 1.3 ** (1 / 5) = 1.0539
            implied(of2015="100.0", of2018="400.0", of2020="130.0"),
            (
                "GDP: 10000 × 100 million yuan in 2018 is implied, which is out of line with 2500 in 2015 and 3250 in "
                "2020: 58.6–58.9% a year up to it, -43.1 to -42.9% a year after it, 5.3–5.5% a year from 2015 to 2020; "
                "mostly it is -2% to 10% ("
            ),
        ),
        (  # 3 ** (1 / 5) / 1.05 = 1.1864
            at_constant_prices(2015, 2020),
            (
                "value added of finance: 100.0 to 300.0 and growth of 5.0% at constant prices (2015–2020) mean that "
                "prices changed by 18.6–18.7% a year; that is unusual: mostly it is -3% to 6% ("
            ),
        ),
        (
            at_constant_prices(2020, 2025),
            (
                "value added of finance: 100.0 to 300.0 and growth of 5.0% at constant prices (2020–2025) mean that "
                "prices change by 18.6–18.7% a year; plausible is -3% to 6% ("
            ),
        ),
        (
            rows(npl_ratio="level: {2020: 1.00, 2025: 1.50}"),
            "non-performing loan ratio: the target 1.50 (2025) is worse than the base 1.00 (2020)",
        ),
        (
            rows(primary_share="level: {2020: 101.0}"),
            "share of the primary sector in GDP: 101.0 is more than 100%",
        ),
    ],
)
def test_a_doubt_is_told_with_its_numbers(body: str, says: str) -> None:
    ((_, said),) = doubts(body)
    assert said.startswith(says)


@pytest.mark.parametrize(
    ("values", "odd"),
    [
        ([0, 1, 2], []),
        ([0, 5], [(0, 5, None)]),
        ([0, 5, 0], [(0, 5, 0)]),
        ([0, 5, 5, 0], [(0, 5, None), (5, 0, None)]),
        ([0, 5, 9], [(0, 5, None), (5, 9, None)]),
        ([0, 5, 0, 5, 5], [(0, 5, 0), (0, 5, None)]),
        ([0, 0, 5, 1, 5], [(0, 5, 1), (1, 5, None)]),
    ],
)
def test_a_value_out_of_line_is_told_once_and_other_odd_steps_each(
    values: list[int], odd: list[tuple[int, int, int | None]]
) -> None:
    assert list(odd_steps(values, lambda one, other: abs(one - other) > 1)) == odd


ENDS = st.fractions(Fraction(1, 100), 100)


@given(ENDS, ENDS, ENDS, ENDS, st.integers(1, 9))
def test_growth_between_two_intervals_is_that_of_their_ends(
    low: Fraction, more: Fraction, last: Fraction, further: Fraction, years: int
) -> None:
    before = Interval(low, low + more, low_closed=True, high_closed=False)
    after = Interval(last, last + further, low_closed=True, high_closed=False)
    found = growth_between(before, after, years)
    assert found is not None
    assert (1 + found.low) ** years == pytest.approx(float(last / (low + more)))
    assert (1 + found.high) ** years == pytest.approx(float((last + further) / low))
    assert growth_between(before, after, 0) is None
    assert growth_between(before, Interval.at_least(last), years) is None
    assert growth_between(before.shifted(-low), after, years) is None


# -- single figures --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("share", "is_doubted"),
    [("100.0", False), ("100.1", True), ("100.05", True), ("100以上", False), ("99", False)],
)
def test_a_share_may_be_the_whole_and_no_more(share: str, is_doubted: bool) -> None:
    assert ("PT403" in codes(rows(manufacturing_share=f"level: {{2020: {share}}}"))) == is_doubted


@pytest.mark.parametrize(
    ("indicator", "base", "target", "is_doubted"),
    [
        ("deposits", "100.0", "100", False),  # 99.5 may be printed so, and 100.5
        ("deposits", "100.0", "99", True),
        ("deposits", "100.5", "100", False),  # 100.45 lies in both
        ("deposits", "100.6", "100", True),
        ("deposits", "100.0", "99以上", False),
        ("deposits", "100.0", "不超过99", True),
        ("npl_ratio", "1.0", "1.1", False),  # 1.05 is an end of both
        ("npl_ratio", "1.0", "1.11", True),
        ("npl_ratio", "1.00", "1.1", True),
        ("npl_ratio", "1.0", "2以下", False),
        ("npl_ratio", "1.0", "0.5", False),
        ("secondary_share", "40.0", "30.0", False),  # neither way is better
    ],
)
def test_a_target_is_against_its_direction_where_no_rounding_explains_it(
    indicator: str, base: str, target: str, is_doubted: bool
) -> None:
    body = rows(**{indicator: f"level: {{2020: {base}, 2025: {target}}}"})
    assert ("PT402" in codes(body)) == is_doubted


@pytest.mark.parametrize(
    ("indicator", "months", "is_doubted"),
    [
        ("premium", "2023-01/2023-06", False),
        ("premium", "2023-Q1", False),
        ("premium", "2023-03", False),
        ("deposits", "2023-06", True),  # a stock at the end of a month
    ],
)
def test_months_of_a_flow_are_held_against_no_year(indicator: str, months: str, is_doubted: bool) -> None:
    assert ("PT402" in codes(rows(**{indicator: f"level: {{2020: 40.0, {months}: 25.0}}"}))) == is_doubted


def test_a_target_that_is_printed_twice_is_doubted_once() -> None:
    assert codes(rows(deposits="level: {2020: 100.0, 2025: 90.0}|level: {2020: 100.0, 2025: 90.0}")) == [
        "PT402"
    ]


# -- how far off -----------------------------------------------------------------------------------


@given(st.integers(0, 10**9))
@settings(max_examples=40)
def test_the_severity_is_the_least_factor_of_all_roundings_at_which_levels_and_rate_agree(seed: int) -> None:
    """`base (1 + rate)^n = target` with every rounding so many times as wide, in fractions."""
    dice = random.Random(seed)
    years = dice.randint(1, 6)
    base, target = Fraction(dice.randint(500, 9999), 10), Fraction(dice.randint(500, 9999), 10)
    rate = Fraction(float(target / base) ** (1 / years) - 1).limit_denominator(10**6)
    printed = decimal_text(abs(rate) * 100 + Fraction(dice.randint(3, 200), 100), 2)
    falls = rate < 0
    said = f"{'下降' if falls else ''}{printed}%"
    body = rows(
        loans=f"level: {{{2020 - years}: {decimal_text(base, 1)}, 2020: {decimal_text(target, 1)}}}, "
        f"growth: {{{2020 - years}->2020: {said}}}"
    )
    ends = [
        preimage(base, Fraction(1, 10)),
        preimage((-1 if falls else 1) * Fraction(printed), Fraction(1, 100))
        .scaled(Fraction(1, 100))
        .shifted(Fraction(1)),
        preimage(target, Fraction(1, 10)),
    ]

    def agree(factor: Fraction) -> bool:
        wide = [
            ((each.low + each.high) / 2, (each.high - each.low) / 2 * factor)
            for each in ends
            if each.low is not None and each.high is not None
        ]
        (first, by_first), (grown, by_grown), (last, by_last) = wide
        low = max(first - by_first, 0) * max(grown - by_grown, 0) ** years
        high = (first + by_first) * (grown + by_grown) ** years
        return low <= last + by_last and high >= last - by_last

    found = [
        each.proof for each in audited(body).findings if each.proof is not None and each.code.code == "PT301"
    ]
    if agree(Fraction(1)):
        assert not found
        return
    (proof,) = found
    assert proof.severity is not None
    assert agree(Fraction(proof.severity) * Fraction(100_001, 100_000))
    assert not agree(Fraction(proof.severity) * Fraction(99_999, 100_000))
