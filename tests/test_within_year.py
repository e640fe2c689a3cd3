"""Within a year: months against what the path asks for the year, and never taken for a year's value."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

import plantrack
from plantrack.numbers.periods import Period, read_period, split_period
from plantrack.plan.plan import Plan
from plantrack.reading import load_catalogue, read_plan_file
from plantrack.reading.actuals_file import load_actuals
from plantrack.track import Assessment, Progress, track_plan
from plantrack.views.documents import tracking_document
from plantrack.views.within_year import sentence, within_year_table

CATALOGUE = load_catalogue()
HEAD = (
    "plan: made\ntitle: {zh: 例, en: Example}\nplace: {id: zhaoqing, zh: 肇庆市, en: Zhaoqing}\n"
    "base: 2020\ntarget: 2025\nsections: {t: 表}\nown:\n"
    "  made: {zh: 产量, en: output, unit: 亿元, kind: flow, better: up}\n"
    "  lost: {zh: 事故, en: accidents, unit: 起, kind: flow, better: down}\n"
    "  stock: {zh: 余额, en: stock, unit: 亿元, kind: stock, better: up}\n"
    "  share: {zh: 占比, en: share, unit: '%', kind: ratio, better: up}\n"
    "  jobless: {zh: 失业率, en: jobless, unit: '%', kind: ratio, better: down, role: limit}\nfigures:\n"
)


def plan_of(folder: Path, row: str) -> Plan:
    file = folder / "made.yaml"
    file.write_text(f"{HEAD}  {row}\n", encoding="utf-8")
    return read_plan_file(file, CATALOGUE).require()


def row_of(folder: Path, row: str, actuals: str, year: int | None = None) -> Progress:
    """The only row of a plan, held against `indicator,time,value` in lines."""
    plan, file = plan_of(folder, row), folder / "actuals.csv"
    file.write_text("indicator,year,value\n" + actuals.replace(" ", "\n"), encoding="utf-8")
    read = load_actuals(file, plan, CATALOGUE)
    assert read.errors == ()
    (found,) = track_plan(plan, CATALOGUE, Assessment(read.actuals, year, parts=read.parts)).rows
    return found


MADE = "made: [{in: t, level: {2020: 100, 2025: 161.051}}]"
TOTAL = "made: [{in: t, level: {2021/2025: 100}}]"
EACH = "made: [{in: t, each_year: {2021/2025: 100以上}}]"
KEPT = "lost: [{in: t, level: {2020: 100, 2025: 120以内}}]"
KEPT_IN_ALL = "lost: [{in: t, level: {2021/2025: 500以内}}]"
LOST = "lost: [{in: t, level: {2020: 100, 2025: 60}}]"
STOCK = "stock: [{in: t, level: {2020: 100, 2025: 161.051}}]"
SHARE = "share: [{in: t, level: {2020: 40, 2025: 50}}]"
JOBLESS = "jobless: [{in: t, level: {2020: 4, 2025: 5.5以内}}]"
GROWTH = "gdp: [{in: t, growth: {2020->2025: 6.0%}}]"


@pytest.mark.parametrize(
    ("row", "actuals", "status", "asked", "completion", "before"),
    [
        # of 110 in 2021, after nine months
        (MADE, "made,2021年1—9月,82.5", "on the path", 110, 0.75, None),
        (MADE, "made,2021年1—9月,88.1", "ahead", 110, 0.8009, None),
        (MADE, "made,2021年1—9月,76.9", "behind", 110, 0.6991, None),
        (MADE, "made,2021年1—9月,110", "reached", 110, 1, None),
        # last year had 60 of its 100 by then
        (MADE, "made,2021年1—9月,66 made,2020年1—9月,60", "on the path", 110, 0.6, 0.6),
        (MADE, "made,2021年1—9月,72 made,2020年1—9月,60", "ahead", 110, 0.6545, 0.6),
        (MADE, "made,2022,120 made,2023Q1,30 made,2022Q1,24", "on the path", 133.1, 0.2254, 0.2),
        # months one by one are added up
        (MADE, "made,2021Q1,25 made,2021-04,9 made,2021-05,9 made,2021-06,12", "on the path", 110, 0.5, None),
        (TOTAL, "made,2021年上半年,10", "on the path", 20, 0.5, None),
        (TOTAL, "made,2021,30 made,2022年上半年,7", "behind", 20, 0.35, None),
        (EACH, "made,2022年上半年,56", "ahead", 100, 0.56, None),
        # of a limit the limit is due, not the base that keeps it; of a limit in all the year's share
        (KEPT, "lost,2021年1—9月,88", "on the path", 120, 0.7333, None),
        (KEPT, "lost,2021年1—9月,121", "beyond", 120, 1.0083, None),
        (KEPT_IN_ALL, "lost,2021年1—9月,76", "on the path", 100, 0.76, None),
        # less is better: of about 90 in 2021
        (LOST, "lost,2021年上半年,30", "ahead", 90, 0.3333, None),
        (LOST, "lost,2021年上半年,60", "behind", 90, 0.6667, None),
        (LOST, "lost,2021年上半年,95", "beyond", 90, 1.0556, None),
    ],
)
def test_a_flow_since_january(
    tmp_path: Path, row: str, actuals: str, status: str, asked: float, completion: float, before: float | None
) -> None:
    found = row_of(tmp_path, row, actuals).within
    assert found is not None
    assert (found.sort, found.status, found.why) == ("flow", status, None)
    assert float(found.asked or 0) == pytest.approx(asked, rel=0.01)
    assert float(found.completion or 0) == pytest.approx(completion, rel=0.01)
    assert (found.before and float(found.before)) == before
    assert found.is_indicative == (before is None)


@pytest.mark.parametrize(
    ("row", "actuals", "status", "asked"),
    [
        (STOCK, "stock,2023年9月末,130", "on the path", 100 * 1.1**2.75),
        (STOCK, "stock,2023-09-30,140", "ahead", 100 * 1.1**2.75),
        (STOCK, "stock,2023Q1,105", "behind", 100 * 1.1**2.25),
        (STOCK, "stock,2025年6月末,170", "reached", 100 * 1.1**4.5),
        (SHARE, "share,2022年上半年,43", "on the path", 0.43),
        (JOBLESS, "jobless,2022年3月,5.2", "within", 0.055),
        (JOBLESS, "jobless,2022年3月,5.6", "beyond", 0.055),
    ],
)
def test_a_quarters_end_against_the_path(
    tmp_path: Path, row: str, actuals: str, status: str, asked: float
) -> None:
    found = row_of(tmp_path, row, actuals).within
    assert found is not None
    assert (found.sort, found.status, found.is_indicative) == ("level", status, True)
    assert float(found.asked or 0) == pytest.approx(asked)


@pytest.mark.parametrize(("growth", "status"), [("6.1", "on the path"), ("6.2", "ahead"), ("5.8", "behind")])
def test_growth_since_january(tmp_path: Path, growth: str, status: str) -> None:
    row = row_of(tmp_path, GROWTH, f"地区生产总值增速,2021年1—9月,{growth} 地区生产总值增速,2021年9月,99")
    found = row.within
    assert found is not None
    assert (found.sort, found.status, found.is_indicative) == ("growth", status, False)
    assert row.actual is None


@pytest.mark.parametrize(
    ("row", "actuals", "why"),
    [
        (MADE, "made,2021-09,110", "what it comes to since January is needed"),
        (MADE, "made,2021Q2,50 made,2021Q3,50", "what it comes to since January is needed"),
        (MADE, "made,2021年1—9月,8250000", "is the unit right?"),
        (STOCK, "stock,2023-08,130", "a quarter's end"),
        (STOCK, "余额增速,2021年1—9月,6", "held against growth a year only"),
        (GROWTH, "地区生产总值增速,2021年9月,6", "what it comes to since January is needed"),
    ],
)
def test_what_says_nothing_of_the_year(tmp_path: Path, row: str, actuals: str, why: str) -> None:
    found = row_of(tmp_path, row, actuals).within
    assert found is not None
    assert found.status == "undetermined"
    assert why in found.why.say("en")


BELOW = "share: [{in: t, level: {2025: {below: share@guangdong}}}]"
OVER = "exports: [{in: t, level: {2025: {above: imports}}}]"
FASTER = "gdp: [{in: t, growth: {2020->2025: {above: gdp@parent, by: 0.5个百分点}}}]"
BESIDE = "share: [{in: t, growth: {2020->2025: {in_step: gdp}}}]"
LAST = "share: [{in: t, level: {2025: {above: last_year}}}]"
UP = "stock: [{in: t, level: {2020: 100}, change: {2020->2025: not down}}]"
UP_FLOW = "made: [{in: t, level: {2020: 100}, change: {2020->2025: up}}]"


@pytest.mark.parametrize(
    ("row", "actuals", "status", "is_indicative", "other"),
    [
        (BELOW, "share,2023Q2,43 share@guangdong,2023Q2,44 share,2023Q3,99", "on the path", True, 0.44),
        (BELOW, "share,2025年12月,44 share@guangdong,2025年12月,44", "behind", True, 0.44),
        (OVER, "exports,2023年1—6月,9 imports,2023Q1,4 imports,2023Q2,4", "on the path", True, 8),
        (FASTER, "GDP增速,2023年1—6月,5.5 GDP增速@guangdong,2023年1—6月,5", "on the path", False, 0.05),
        (FASTER, "GDP增速,2023年1—6月,5.4 GDP增速@guangdong,2023年1—6月,5", "behind", False, 0.05),
        (LAST, "share,2023Q2,43 share,2022Q2,42", "on the path", True, 0.42),
        (LAST, "share,2023Q2,42 share,2022Q2,42", "behind", True, 0.42),
        (UP, "stock,2023Q2,100", "on the path", True, None),
        (UP, "stock,2023Q2,99.9", "behind", True, None),
        (BESIDE, "占比增速,2023Q1,5 GDP增速,2023Q1,6", "undetermined", False, 0.06),
        (BELOW, "share,2023Q2,43 share@guangdong,2022,44", "undetermined", True, None),
        (FASTER, "gdp,2023Q1,5 gdp@guangdong,2023Q1,7", "undetermined", False, None),
        (UP_FLOW, "made,2023Q1,50", "undetermined", True, None),
    ],
)
def test_a_comparison_by_both_sides_at_the_same_months(
    tmp_path: Path, row: str, actuals: str, status: str, is_indicative: bool, other: float | None
) -> None:
    plan, file = plan_of(tmp_path, row), tmp_path / "actuals.csv"
    sides = (each.split(",", 1) for each in actuals.split())
    lines = (f"{','.join((name + '@zhaoqing').split('@')[:2])},{rest}" for name, rest in sides)
    file.write_text("\n".join(["indicator,place,year,value", *lines]), encoding="utf-8")
    first, *_ = plantrack.track(plan, file).rows
    found = first.within
    assert found is not None
    assert (found.status, found.is_indicative) == (status, is_indicative)
    assert (found.other and found.other.value) == other
    assert (found.why is None) == (status != "undetermined")
    assert first.status == "undetermined"


def test_months_are_never_taken_for_a_year(tmp_path: Path) -> None:
    """Neither the statuses of whole years nor any path change with them."""
    whole = row_of(tmp_path, MADE, "made,2021,109", year=2022)
    both = row_of(
        tmp_path, MADE, "made,2021,109 made,2022-12,500 made,2022年1—9月,90 made,2022Q4,500", year=2022
    )
    assert both.within is not None
    assert both._replace(within=None) == whole._replace(
        actual=both.actual, actuals=both.actuals, target=both.target, path=both.path
    )
    assert [each.value for each in both.actuals] == [109]
    assert both.path.values == whole.path.values
    plan, file = plan_of(tmp_path, MADE), tmp_path / "actuals.csv"
    assert plantrack.project(plan, method=None, actuals=file)[0].values == whole.path.values


def test_in_step_with_another_tells_both_growths(tmp_path: Path) -> None:
    ours = "stock: [{in: t, level: {2020: 100}, growth: {2020->2025: {in_step: made}}}]"
    row = f"{ours}\n  made: [{{in: t, level: {{2020: 100}}}}]"
    plan, file = plan_of(tmp_path, row), tmp_path / "actuals.csv"
    file.write_text("indicator,year,value\nstock,2022,110.25\nmade,2022,121\n", encoding="utf-8")
    found, *_ = plantrack.track(plan, file).rows
    assert found.status == "undetermined"
    assert "5.00% a year against 10.00%" in found.why.say("en")


def test_a_year_with_its_own_value_needs_no_months(tmp_path: Path) -> None:
    assert row_of(tmp_path, MADE, "made,2021,109 made,2021年1—9月,80").within is None
    assert row_of(tmp_path, MADE, "made,2021,109 made,2022年1—9月,80", year=2021).within is None


def test_what_is_told_of_it(tmp_path: Path) -> None:
    row = row_of(tmp_path, MADE, "made,2021年1—9月,66 made,2020年1—9月,60")
    assert row.within is not None
    told = sentence(row, row.within)
    assert told is not None
    assert told.say("zh") == "2021年1—9月完成66.000亿元，为年度目标110.000亿元的60.0%，上年同期为全年的60.0%"
    plan = plan_of(tmp_path, MADE)
    tracking = replace(track_plan(plan, CATALOGUE, Assessment(())), rows=(row,))
    (shown,) = within_year_table(tracking, plan, CATALOGUE).rows
    assert shown[1].zh == "2021年1—9月"  # type: ignore[union-attr]
    (record,) = tracking_document(tracking, "")["indicators"]
    assert json.loads(json.dumps(record["within_year"])) == {
        "kind": "flow",
        "actual": {**record["within_year"]["actual"], "value": 66.0, "months": [1, 9]},
        "asked": pytest.approx(110),
        "completion": pytest.approx(0.6),
        "share": 0.75,
        "before": 0.6,
        "compare": None,
        "other": None,
        "indicative": False,
        "status": "on the path",
        "why": None,
    }


@pytest.mark.parametrize(
    ("written", "first", "last"),
    [
        ("2023-06", 6, 6), ("2023.06", 6, 6), ("202306", 6, 6), ("2023/6", 6, 6), ("2023q2", 4, 6), ("2023-q2", 4, 6),
        ("2023年1-9月累计", 1, 9), ("2023年1月—9月", 1, 9), ("2023年一至九月", 1, 9), ("2023年9月累计", 1, 9),
        ("2023年前三季度", 1, 9), ("2023年第一季度", 1, 3), ("2023年前9个月", 1, 9), ("2023年三季度累计", 1, 9),
        ("2023年上半年", 1, 6), ("2023h1", 1, 6), ("2023年下半年", 7, 12),
        ("截至2023年9月末", 1, 9), ("2023年全年", 1, 12),
        ("2023年9月末", 9, 9), ("2023年二季度末", 6, 6), ("2023-09-30", 9, 9), ("2023-01/2023-06", 1, 6),
    ],
)  # fmt: skip
def test_periods(written: str, first: int, last: int) -> None:
    found = read_period(written)
    assert found is not None
    assert found[:3] == (2023, first, last)
    assert found.is_whole or read_period(found.text) == found


@pytest.mark.parametrize(
    "written",
    ["2023", "2023.6", "2023-06-15", "2023-02-29", "13月", "9—1月", "98.7", "2022-11/2023-02", "五年", ""],
)
def test_what_is_no_period(written: str) -> None:
    assert read_period(written) is None


@pytest.mark.parametrize(("year", "february"), [(2023, 28), (2024, 29)])
def test_only_the_last_day_of_a_month_is_its_end(year: int, february: int) -> None:
    for month, last in enumerate((31, february, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31), 1):
        for day in range(27, 32):
            ended = Period(year, month, month, is_end=True) if day == last else None
            assert read_period(f"{year}-{month:02}-{day}") == ended


@pytest.mark.parametrize(
    ("written", "first", "last", "is_end"),
    [
        ("二季度末", 6, 6, True), ("9月末", 9, 9, True), ("上半年末", 6, 6, True), ("下半年末", 12, 12, True),
        ("1—2季度末", 1, 6, False), ("截至9月末", 1, 9, False), ("截至1月末", 1, 1, True), ("一季度", 1, 3, False),
        ("q4", 10, 12, False), ("3q", 7, 9, False), ("第2季度至第3季度", 4, 9, False), ("前2季", 1, 6, False),
    ],
)  # fmt: skip
def test_what_is_said_of_the_end_of_a_period_alone_is_of_no_year_and_at_the_end_of_its_last_month(
    written: str, first: int, last: int, is_end: bool
) -> None:
    """But not where it is cumulated from an earlier month on."""
    assert read_period(written) == Period(None, first, last, is_end)


def test_a_heading_says_more_than_its_period() -> None:
    assert split_period("2023年1—9月累计增长") == (Period(2023, 1, 9), "增长")
    for rest in ("余额", "的余额"):
        assert split_period(f"9月末{rest}") == (Period(None, 9, 9, is_end=True), rest)
    assert split_period("9月") == (Period(None, 9, 9), "")
    assert split_period("增长9月") == split_period("9月增长") == (Period(None, 9, 9), "增长")
    longest = "2023年10月至12月份止累计末累计数"
    assert split_period(f"增长{longest}") == (Period(2023, 1, 12), "增长")
    assert split_period("完成率") is None
    assert split_period("月度") is None


def test_growth_over_the_whole_by_the_growth_of_the_years(tmp_path: Path) -> None:
    """The worked example of a statistics bureau: +1.51, −2.20, −4.18 % against −17 %."""
    plan = plan_of(
        tmp_path, "energy_per_gdp: [{in: t, total_growth: {2020->2025: '降低[17]'}, binding: true}]"
    )
    file = tmp_path / "actuals.csv"
    file.write_text("指标,2021,2022,2023\n单位GDP能耗降低（%）,-,2.20,4.18\n", encoding="utf-8")
    (row,) = plantrack.track(plan, file).rows
    assert (row.status, row.why.say("en")) == ("undetermined", "2 of 3 years are known")
    rates = "单位GDP能耗增速,2021,1.51\n单位GDP能耗降低（%）,2022,2.20\n单位GDP能耗降低,2023,4.18%\n"
    file.write_text(f"indicator,year,value\n{rates}", encoding="utf-8")
    (row,) = plantrack.track(plan, file).rows
    assert row.achieved is not None
    assert float(row.achieved.progress or 0) == pytest.approx(0.268, abs=5e-4)
    assert float(row.achieved.needed or 0) == pytest.approx(-0.0659, abs=5e-5)
    assert row.status == "behind"


def test_a_fall_that_is_no_rate_is_no_level(tmp_path: Path) -> None:
    plan = plan_of(tmp_path, "energy_per_gdp: [{in: t, total_growth: {2020->2025: '降低[17]'}}]")
    file = tmp_path / "actuals.csv"
    file.write_text("indicator,year,value\n单位GDP能耗降低,2022,0.02\n", encoding="utf-8")
    (found,) = load_actuals(file, plan, CATALOGUE).errors
    assert "tells a fall, and no level" in found.message.say("en")
