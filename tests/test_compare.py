"""Comparing plans: implied paces, ranks that rounding allows, and the same relative to another quantity."""

import json
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plantrack.audit import Implied
from plantrack.cli import run
from plantrack.compare import Matrix, compare_plans, ranked
from plantrack.errors import PlantrackError
from plantrack.formats.sheet import characters, said_in
from plantrack.paths.bounds import combined, rate_over
from plantrack.plan.plan import Plan
from plantrack.reading import find_plan, load_catalogue, read_plan_file
from plantrack.views.compare import standings_table

CATALOGUE = load_catalogue()
CITIES = [
    read_plan_file(find_plan(name), CATALOGUE).require() for name in ("zhanjiang", "zhaoqing", "zhuhai")
]


def city(folder: Path, name: str, rows: str) -> Plan:
    file = folder / f"{name}.yaml"
    file.write_text(
        f"plan: {name}\ntitle: {{zh: 例, en: Example}}\nplace: {{id: {name}, zh: 例, en: Example}}\n"
        f"base: 2020\ntarget: 2025\nsections: {{t: 表}}\nfigures:\n{rows}",
        encoding="utf-8",
    )
    return read_plan_file(file, CATALOGUE).require()


def compared(*names: str, per: str | None = None) -> Matrix:
    return compare_plans(names, CITIES, CATALOGUE, per=per)


def test_premiums_are_ranked_by_the_growth_they_imply() -> None:
    standings = {each.plan: each for each in compared("premium").standings}
    assert {plan: each.rank for plan, each in standings.items()} == {
        "zhuhai": (1, 1),
        "zhanjiang": (2, 2),
        "zhaoqing": (3, 3),
    }
    implied = standings["zhaoqing"].implied
    assert implied is not None
    assert implied.low == pytest.approx(0.0828, abs=5e-5)
    assert implied.high == pytest.approx(0.0847, abs=5e-5)


def test_premiums_per_gdp_go_through_what_the_audit_implies() -> None:
    """Zhuhai prints shares of GDP, not GDP: premium over implied GDP is within the depth that is printed."""
    standings = {each.plan: each.relative for each in compared("保费收入", per="gdp").standings}
    zhuhai = standings["zhuhai"]
    assert zhuhai is not None
    assert zhuhai.base is not None
    assert zhuhai.unit == "%"
    assert zhuhai.base.low is not None
    assert zhuhai.base.high is not None
    assert 0.0435 <= zhuhai.base.low < zhuhai.base.high <= 0.0445
    assert zhuhai.rank == (2, 3)


def test_a_quantity_that_nothing_implies_is_told() -> None:
    standings = {each.plan: each.relative for each in compared("premium", per="population").standings}
    zhaoqing, zhuhai = standings["zhaoqing"], standings["zhuhai"]
    assert zhaoqing is not None
    assert zhuhai is not None
    assert zhaoqing.why is not None
    assert "neither printed nor implied" in zhaoqing.why.say("en")
    assert (zhuhai.unit, zhuhai.why) == ("元/人", None)
    assert zhuhai.base is not None
    assert zhuhai.base.nominal == pytest.approx(7570, abs=1)


def test_printed_divisors_go_before_implied_ones(tmp_path: Path) -> None:
    rows = (
        "  premium:\n  - {in: t, level: {2020: 50, 2025: 80}}\n  gdp:\n"
        "  - {in: t, level: {2020: 1000, 2025: 1600}}\n"
    )
    (standing,) = compare_plans(["premium"], [city(tmp_path, "zhuhai", rows)], CATALOGUE, per="gdp").standings
    assert standing.relative is not None
    assert standing.relative.target is not None
    assert standing.relative.growth is not None
    assert standing.relative.target.nominal == pytest.approx(0.05)
    assert standing.relative.growth.nominal == pytest.approx(0)


def test_scope_is_shown_where_documents_mean_different_things(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    city(tmp_path, "zhuhai", "  loans:\n  - {in: t, level: {2020: 100, 2025: 150}, scope: 含横琴}\n")
    city(tmp_path, "zhaoqing", "  loans:\n  - {in: t, level: {2020: 100, 2025: 140}}\n")
    assert run(["compare", "loans", "--plans", str(tmp_path), "--lang", "en"]) == 0
    assert "Example 含横琴" in capsys.readouterr().out


def test_shares_are_compared_in_points_and_less_is_better_where_it_is(tmp_path: Path) -> None:
    plans = [
        city(tmp_path, "zhuhai", "  npl_ratio:\n  - {in: t, level: {2020: 1.50, 2025: 1.00}}\n"),
        city(tmp_path, "zhaoqing", "  npl_ratio:\n  - {in: t, level: {2020: 1.50, 2025: 1.40}}\n"),
        city(tmp_path, "zhanjiang", "  npl_ratio:\n  - {in: t, level: {2020: 1.17, 2025: 1.1以下}}\n"),
    ]
    standings = {each.plan: each for each in compare_plans(["npl_ratio"], plans, CATALOGUE).standings}
    assert standings["zhuhai"].measure == "annual_change"
    assert standings["zhuhai"].implied is not None
    assert standings["zhuhai"].implied.nominal == pytest.approx(-0.001)
    assert {plan: each.rank for plan, each in standings.items()} == {
        "zhuhai": (1, 2),
        "zhaoqing": (2, 3),
        "zhanjiang": (1, 3),
    }


paces = st.lists(
    st.tuples(st.floats(-1, 1), st.floats(0, 0.1)).map(
        lambda each: Implied(each[0], each[0] - each[1], each[0] + each[1])
    ),
    min_size=1,
    max_size=6,
)


@given(paces, st.booleans())
def test_the_rank_of_the_nominal_pace_lies_within_the_ranks_that_rounding_allows(
    found: list[Implied], down: bool
) -> None:
    ranks = ranked(found, down=down)
    values = [each.nominal or 0.0 for each in found]
    for value, rank in zip(values, ranks, strict=True):
        better = sum(other < value if down else other > value for other in values)
        assert rank is not None
        assert rank[0] <= better + 1 <= rank[1]


def test_several_indicators_make_one_matrix(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["compare", "premium,loans", "-i", "deposits", "zhaoqing", "zhuhai", "-f", "json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["indicators"] == ["premium", "loans", "deposits"]
    assert found["plans"] == ["zhaoqing", "zhuhai"]
    assert len(found["standings"]) == 6
    assert set(found["standings"][0]) == {
        "plan", "indicator", "place", "scope", "note", "unit", "from", "to", "base", "target", "stated",
        "measure", "implied", "rank", "verdict", "relative",
    }  # fmt: skip


def shown(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    assert run(["compare", *arguments, "--lang", "zh"]) == 0
    return capsys.readouterr().out


def test_the_first_line_tells_what_is_at_odds_and_intervals_stand_where_they_tell_something(
    capsys: pytest.CaptureFixture[str],
) -> None:
    title, _, _, *rows = shown(capsys, "premium").splitlines()
    assert title == "保费收入（亿元）：目标3项，其中1项原文增速或增量与推算不符"
    cells = [row.split() for row in rows]
    assert cells[0] == ["珠海市", "153.2", "270", "2020—2025", "12.00%", "—", "1"]
    assert cells[1] == ["湛江市", "110.55", "175", "2020—2025", "9.62%", "10%", "2"]
    assert cells[2][4:] == ["8.38%（8.28%—8.47%）", "8.50%（不符）", "3"]
    assert cells[3] == ["未设目标：揭阳市、湛江市（zhanjiang-credit-2022）"]
    ratios = [row.split()[7:] for row in shown(capsys, "premium", "--per", "gdp").splitlines()[3:5]]
    assert ratios == [["4.4%", "4.5%", "0.37%（0.00%—0.75%）", "2—3"], ["3.56%", "3.9%", "1.88%", "1"]]
    assert "原文增速或增量与推算不符：肇庆市 保费收入：原文8.50%" in shown(capsys, "premium,loans")


def test_two_plans_of_a_place_have_their_ids(tmp_path: Path) -> None:
    rows = "  loans:\n  - {in: t, level: {2020: 100, 2025: 150}}\n"
    plans = [city(tmp_path, "zhuhai", rows), city(tmp_path, "zhaoqing", rows.replace("150", "140"))]
    of_one = [
        replace(each, model=each.model.model_copy(update={"place": plans[0].model.place})) for each in plans
    ]
    table = standings_table(compare_plans(["loans"], of_one, CATALOGUE), CATALOGUE)
    assert [characters(row[0], "zh").split()[0] for row in table.rows] == ["例（zhuhai）", "例（zhaoqing）"]


def test_a_workbook_has_each_end_in_a_column_and_no_number_where_only_an_end_is_known(tmp_path: Path) -> None:
    load_workbook = pytest.importorskip("openpyxl").load_workbook
    city(tmp_path, "zhuhai", "  premium:\n  - {in: t, level: {2020: 100, 2025: 150以上}}\n")
    city(
        tmp_path,
        "zhaoqing",
        "  premium:\n  - {in: t, level: {2020: 100, 2025: 160}, growth: {2020->2025: 5%}}\n",
    )
    city(tmp_path, "zhanjiang", "  premium:\n  - {in: t, level: {2020: 100, 2025: 150—170}}\n")
    file = tmp_path / "compared.xlsx"
    assert run(["compare", "premium,premium", "--plans", str(tmp_path), "-o", str(file), "--lang", "en"]) == 0
    (sheet,) = load_workbook(file).worksheets
    heading, *rows = ([cell.value for cell in row] for row in sheet)
    assert heading[4:8] == ["implied a year", "implied a year, lowest", "implied a year, highest", "printed"]
    found = {row[2]: row[4:9] for row in rows[:3]}
    assert found["150以上"] == [None, pytest.approx(1.5**0.2 - 1, abs=2e-3), None, "—", None]
    assert found["150—170"][0] is None
    assert found["150—170"][1:3] == pytest.approx([1.5**0.2 - 1, 1.7**0.2 - 1], abs=2e-3)
    assert found[160][0] == pytest.approx(1.6**0.2 - 1)
    assert found[160][3:] == [0.05, "fails"]


def test_a_name_that_no_plan_knows_is_answered_with_the_nearest() -> None:
    with pytest.raises(PlantrackError) as caught:
        compared("premum")
    assert "premium" in caught.value.text.say("en")


def test_the_indicators_that_a_name_may_mean_come_in_the_order_of_the_plans(tmp_path: Path) -> None:
    names = ("sme_loans", "loans", "real_estate_loans")
    rows = "".join(f"  {each}:\n  - {{in: t, level: {{2020: 3, 2025: 5}}}}\n" for each in names)
    with pytest.raises(PlantrackError, match="there are: sme_loans, loans, real_estate_loans"):
        compare_plans(["贷款余"], [city(tmp_path, "zhuhai", rows)], CATALOGUE)


def table_of(matrix: Matrix) -> list[tuple[str, ...]]:
    return [tuple(each) for each in said_in("en", standings_table(matrix, CATALOGUE)).rows]


def test_totals_and_what_holds_for_every_year_are_told_with_their_years(tmp_path: Path) -> None:
    rows = "  deposits:\n  - {in: t, level: {2025: 12000}}\n  - {in: t, each_year: {2021/2025: 500以上}}\n"
    plan = city(tmp_path, "zhuhai", rows + "  premium:\n  - {in: t, level: {2021/2025: 20}}\n")
    deposits, premium = (
        table_of(compare_plans([name], [plan], CATALOGUE)) for name in ("deposits", "premium")
    )
    assert [each[3] for each in deposits] == ["2020–2025", "every year of 2021–2025"]
    assert [each[3] for each in premium] == ["2021–2025"]


def test_of_a_bound_relative_to_a_rough_number_the_end_is_told(tmp_path: Path) -> None:
    """220 or more of somewhere within a tenth of 5000 is 220 / 5500 = 4.0 % or more, not 4.4 %."""
    rows = "  premium:\n  - {in: t, level: {2020: 150, 2025: 220以上}}\n"
    plan = city(tmp_path, "zhuhai", rows + "  gdp:\n  - {in: t, level: {2020: 3482, 2025: 5000左右}}\n")
    (row,) = table_of(compare_plans(["premium"], [plan], CATALOGUE, per="gdp"))
    assert row[8] == "4.4% (≥4.0%)"


@pytest.mark.parametrize(
    ("base", "target", "pace", "least", "most"),
    [
        ("12", "20以上", "10.76% (≥9.86%)", (20 / 12.5) ** 0.2 - 1, None),
        ("12", "20以下", "10.76% (≤11.70%)", None, (20 / 11.5) ** 0.2 - 1),
        ("80以上", "120", "8.45% (≤8.54%)", None, (120.5 / 80) ** 0.2 - 1),
        ("80以上", "120以下", "≤8.45%", None, 1.5**0.2 - 1),
        ("80以上", "120以上", "—", None, None),
        ("80以下", "120", "8.45% (≥8.36%)", (119.5 / 80) ** 0.2 - 1, None),
        ("80以下", "120以上", "≥8.45%", 1.5**0.2 - 1, None),
        ("80以下", "120以下", "—", None, None),
        ("76.9100", "115.0000以上", "≥8.38%", (115 / 76.91005) ** 0.2 - 1, None),
    ],
)
def test_of_a_bound_beside_a_rounded_number_the_end_is_told(
    tmp_path: Path, base: str, target: str, pace: str, least: float | None, most: float | None
) -> None:
    """20 or more from 12 is 10.76 % a year, and as little as 9.86 % where 12 is 12.5 rounded."""
    rows = f"  premium:\n  - {{in: t, level: {{2020: {base}, 2025: {target}}}}}\n"
    matrix = compare_plans(["premium"], [city(tmp_path, "zhuhai", rows)], CATALOGUE)
    (row,), implied = table_of(matrix), matrix.standings[0].implied
    assert row[4] == pace
    assert implied is not None
    assert implied.low == (None if least is None else pytest.approx(least))
    assert implied.high == (None if most is None else pytest.approx(most))


def test_where_rounding_leaves_no_rate_no_end_is_told() -> None:
    """From 1, that may be 0.5 or below zero, to 2."""
    assert combined(rate_over(1), (1, -0.5, 1.5), (2, 1.5, 2.5)) == (1, None, None)
    assert combined(rate_over(1), (1, 0.5, 1.5), (2, 1.5, 2.5)) == (1, 0, 4)
    assert combined(rate_over(1), (-1, -1.5, -0.5), (2, 1.5, 2.5)) is None


@pytest.mark.parametrize(
    ("premium", "gdp", "ratio"),
    [("80", "990以下", "8.1% (≥8.0%)"), ("80", "1000以上", "8.0% (≤8.1%)"), ("80以下", "1000", "≤8.0%")],
)
def test_of_a_bound_on_what_is_divided_by_the_end_is_told(
    tmp_path: Path, premium: str, gdp: str, ratio: str
) -> None:
    rows = f"  premium:\n  - {{in: t, level: {{2020: 50, 2025: {premium}}}}}\n"
    plan = city(tmp_path, "zhuhai", f"{rows}  gdp:\n  - {{in: t, level: {{2025: {gdp}}}}}\n")
    (row,) = table_of(compare_plans(["premium"], [plan], CATALOGUE, per="gdp"))
    assert row[8] == ratio
