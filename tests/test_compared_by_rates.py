"""Growth above, below or in step with another's, by the growth published of both."""

from pathlib import Path

import pytest

import plantrack
from plantrack.track import Progress

PLAN = """\
plan: made
title: {zh: 例}
place: {id: taoyuan, zh: 桃源市}
base: 2020
target: %d
sections: {t: 表}
figures:
  居民人均可支配收入:
  - {in: t, growth: {2020->%d: %s}}
"""
INCOME, GDP = "居民人均可支配收入增速（%）", "地区生产总值增速（%）"


def row_of(folder: Path, asked: str, rates: dict[str, str], *, due: int = 2025, year: int = 2023) -> Progress:
    plan, actuals = folder / "made.yaml", folder / "actuals.csv"
    plan.write_text(PLAN % (due, due, asked), encoding="utf-8")
    lines = "".join(f"{name},{values}\n" for name, values in rates.items())
    actuals.write_text(f"指标,2021,2022,2023\n{lines}", encoding="utf-8")
    (row,) = plantrack.track(plantrack.load(plan), actuals, year=year).rows
    return row


@pytest.mark.parametrize(
    ("asked", "income", "status"),
    [
        ("{above: gdp}", "9,5.5,6.3", "on the path"),  # 1.090 × 1.055 × 1.063 = 1.2224
        ("{above: gdp}", "8.1,4.2,4.9", "behind"),  # against 1.081 × 1.042 × 1.050 = 1.1827
        ("{above: gdp}", "8.1,4.2,5.0", "behind"),  # the same is not above
        ("{at_least: gdp}", "8.1,4.2,5.0", "on the path"),
        ("{above: gdp, by: 1个百分点}", "9,5.5,6.3", "on the path"),  # 6.92 % against 5.75 %
        ("{above: gdp, by: 1.5个百分点}", "9,5.5,6.3", "behind"),
        ("{in_step: gdp}", "9,5.5,6.3", "undetermined"),
    ],
)
def test_growth_is_compared_by_the_rates_of_both_sides(
    tmp_path: Path, asked: str, income: str, status: str
) -> None:
    row = row_of(tmp_path, asked, {INCOME: income, GDP: "8.1,4.2,5.0"})
    assert row.status == status
    assert "a year against 5.75%" in row.notes[-1].say("en")


def test_only_years_that_both_sides_have_are_compared_and_missing_ones_told(tmp_path: Path) -> None:
    rates = {INCOME: "9,,4", GDP: "8.1,4.2,5.0"}
    row = row_of(tmp_path, "{above: gdp}", rates)
    assert [each.year for each in row.rates] == [2021, 2023]
    assert (row.status, row.notes[-1].say("en")) == ("behind", "2 of 3 years are known")
    gap = row_of(tmp_path, "{at_least: gdp, by: 0.1个百分点}", {INCOME: "9,,5.0", GDP: "8.1,4.2,5.0"})
    assert gap.status == "on the path"  # 6.98 % against 6.54 %
    last = row_of(tmp_path, "{above: gdp}", rates, due=2023)
    assert last.status == "undetermined"
    assert last.why is not None
    assert last.why.say("en") == "2 of 3 years are known"


def test_in_the_target_year_it_is_met_or_missed(tmp_path: Path) -> None:
    rates = {INCOME: "9,5.5,6.3", GDP: "8.1,4.2,5.0"}
    assert row_of(tmp_path, "{above: gdp}", rates, due=2023).status == "met"
    assert row_of(tmp_path, "{below: gdp}", rates, due=2023).status == "missed"
    assert row_of(tmp_path, "{above: gdp}", rates, year=2026).status == "undetermined"


def test_growth_of_one_side_alone_compares_nothing(tmp_path: Path) -> None:
    assert row_of(tmp_path, "{above: gdp}", {INCOME: "9,5.5,6.3"}).actual is None


def test_growth_that_another_assigns_is_shown_beside_its_reason(tmp_path: Path) -> None:
    row = row_of(tmp_path, "{assigned: 省}", {INCOME: "9,5.5,6.3"})
    assert row.actual is not None
    assert (row.actual.text, row.status) == ("6.3%", "undetermined")
    assert row.why is not None
    assert "省 assigns the number" in row.why.say("en")
