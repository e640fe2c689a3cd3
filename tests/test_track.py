"""Tracking: statuses of nominal values, paces, and Open SDG's vectors where they apply."""

import json
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import plantrack
from plantrack.errors import PlantrackError
from plantrack.formats.sheet import said_in
from plantrack.numbers.rounding import decimal_text
from plantrack.paths import Wish, project_paths
from plantrack.plan.actuals import Actual
from plantrack.plan.plan import Plan
from plantrack.reading import find_plan, load_catalogue, read_plan_file
from plantrack.reading.actuals_file import load_actuals
from plantrack.track import Assessment, Progress, Tracking, track_plan
from plantrack.views.tracked import progress_table, tracking_table

CATALOGUE = load_catalogue()
VECTORS = Path(__file__).parent.parent.parent / "shared" / "vectors" / "opensdg_progress.json"
HEAD = (
    "plan: made\ntitle: {zh: 例, en: Example}\nplace: {id: zhaoqing, zh: 肇庆市, en: Zhaoqing}\n"
    "base: %d\ntarget: %d\nsections: {t: 表}\n"
    "own:\n  thing: {zh: 物, en: thing, unit: 亿元, kind: flow, domain: any%s}\nfigures:\n"
)


def plan_from(
    folder: Path, rows: str, *, years: tuple[int, int] = (2020, 2025), better: str | None = "up"
) -> Plan:
    file = folder / "made.yaml"
    side = f", better: {better}" if better else ""
    file.write_text(HEAD % (*years, side) + rows, encoding="utf-8")
    return read_plan_file(file, CATALOGUE).require()


def tracked(
    folder: Path, loaded: Plan, actuals: str, *, year: int | None = None, method: str | None = None
) -> Tracking:
    file = folder / "actuals.csv"
    file.write_text("indicator,year,value\n" + actuals, encoding="utf-8")
    read = load_actuals(file, loaded, CATALOGUE)
    assert read.errors == (), [finding.message.say("en") for finding in read.findings]
    return track_plan(loaded, CATALOGUE, Assessment(read.actuals, year, method))


def actuals_from(folder: Path, loaded: Plan, rows: str) -> tuple[Actual, ...]:
    file = folder / "actuals.csv"
    file.write_text("indicator,year,value\n" + rows, encoding="utf-8")
    return load_actuals(file, loaded, CATALOGUE).actuals


def row_of(
    folder: Path, rows: str, actuals: str, *, year: int | None = None, better: str | None = "up"
) -> Progress:
    (row,) = tracked(folder, plan_from(folder, rows, better=better), actuals, year=year).rows
    return row


THING = "  thing:\n  - {in: t, level: {2020: %s, 2025: %s}}\n"
LISTED = "  listed_companies:\n  - {in: t, level: {2020: %s, 2025: %s}}\n"
NPL = "  npl_ratio:\n  - {in: t, level: {2020: %s, 2025: %s}}\n"
SHARE = "  direct_finance_share:\n  - {in: t, level: {2020: %s, 2025: %s}}\n"


@pytest.mark.parametrize(
    ("rows", "actual", "times"),
    [
        (THING, "12.1", "0.1"),
        (THING, "1210", "10"),
        (THING, "1210000", "10000"),
        (THING, "500", None),
        (LISTED, "1210", None),
    ],
)
def test_an_actual_ten_times_the_path_is_told(
    tmp_path: Path, rows: str, actual: str, times: str | None
) -> None:
    name = rows.split(":", maxsplit=1)[0].strip()
    row = row_of(tmp_path, rows % ("100", "161"), f"{name},2022,{actual}")
    told = [note.say("en") for note in row.notes if "decimal point" in note.say("en")]
    assert told == (
        []
        if times is None
        else [f"{actual} is {times} times what the path has: are unit and decimal point right?"]
    )


# -- statuses ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("rows", "actuals", "status"),
    [
        # rising: 121 of 100 to 161 is 40.0 % of the way, in 40 % of the time
        (THING % ("100", "161"), "thing,2022,121.0", "on the path"),
        (THING % ("100", "161"), "thing,2022,125", "ahead"),
        (THING % ("100", "161"), "thing,2022,115", "behind"),
        (THING % ("100", "161"), "thing,2022,118.4", "on the path"),
        (THING % ("100", "161"), "thing,2022,118", "behind"),
        (THING % ("100", "161"), "thing,2022,105", "behind"),
        (THING % ("100", "161"), "thing,2022,95", "behind"),
        (THING % ("100", "161"), "thing,2022,161", "reached"),
        # the target year: at its number
        (THING % ("100", "161"), "thing,2025,160.6", "missed"),
        (THING % ("100", "161"), "thing,2025,161.0", "met"),
        (THING % ("100", "161"), "thing,2025,160.4", "missed"),
        (THING % ("100", "161.0"), "thing,2025,161", "met"),
        (THING % ("100", "161以上"), "thing,2025,160.9", "missed"),
        (THING % ("100", "161以上"), "thing,2025,161.2", "met"),
        (THING % ("100", "超过161"), "thing,2025,161.0", "met"),
        # what is more than 50 is reached at 50
        (LISTED % ("38", "超过50家"), "listed_companies,2025,50", "met"),
        (LISTED % ("38", "超过50家"), "listed_companies,2025,49", "missed"),
        (LISTED % ("38", "超过50家"), "listed_companies,2025,51", "met"),
        (LISTED % ("38", "50以上"), "listed_companies,2025,50", "met"),
        (LISTED % ("38", "50"), "listed_companies,2021,40", "on the path"),
        (LISTED % ("38", "50"), "listed_companies,2022,41", "behind"),
        (LISTED % ("60", "50以上"), "listed_companies,2022,55", "within"),
        (LISTED % ("60", "50以上"), "listed_companies,2022,45", "beyond"),
        (LISTED % ("20", "30—40"), "listed_companies,2025,35", "met"),
        (LISTED % ("20", "30—40"), "listed_companies,2025,45", "met"),
        (LISTED % ("20", "30—40"), "listed_companies,2025,29", "missed"),
        # where less is better
        (NPL % ("1.80", "1.50"), "npl_ratio,2022,1.60", "ahead"),
        (NPL % ("1.80", "1.50"), "npl_ratio,2022,1.75", "behind"),
        (NPL % ("1.80", "1.50"), "npl_ratio,2022,1.85", "behind"),
        (NPL % ("1.80", "1.50以下"), "npl_ratio,2022,1.50%", "reached"),
        (NPL % ("1.80", "1.50以下"), "npl_ratio,2022,1.49%", "reached"),
        (NPL % ("1.80", "1.50"), "npl_ratio,2025,1.51", "missed"),
        (NPL % ("1.80", "1.5"), "npl_ratio,2025,1.54", "met"),
        # shares in points
        (SHARE % ("20.23%", "28%"), "direct_finance_share,2022,23.3", "on the path"),
        (SHARE % ("20.23%", "28%"), "direct_finance_share,2022,23.9", "ahead"),
    ],
)
def test_statuses_rest_on_numbers_as_printed(tmp_path: Path, rows: str, actuals: str, status: str) -> None:
    assert row_of(tmp_path, rows, actuals).status == status


@pytest.mark.parametrize(
    ("rows", "actuals", "status", "why"),
    [
        ("  thing:\n  - {in: t, level: {2025: {below: thing@guangdong}}}\n", "thing,2023,9.5\nthing@guangdong,2023,9.7", "on the path", None),
        ("  thing:\n  - {in: t, level: {2025: {below: thing@guangdong}}}\n", "thing,2023,9.9\nthing@guangdong,2023,9.7", "behind", None),
        ("  thing:\n  - {in: t, level: {2025: {below: thing@guangdong}}}\n", "thing,2025,9.9\nthing@guangdong,2025,9.7", "missed", None),
        ("  thing:\n  - {in: t, level: {2025: {below: thing@guangdong}}}\n", "thing,2023,9.7\nthing@guangdong,2023,9.7", "behind", None),
        ("  thing:\n  - {in: t, level: {2025: {below: thing@guangdong}}}\n", "thing,2023,9.5\nthing@guangdong,2022,9.7", "undetermined", "not known for 2023"),
        ("  thing:\n  - {in: t, level: {2025: {above: thing@guangdong, by: 1}}}\n", "thing,2023,12.5\nthing@guangdong,2023,10", "on the path", None),
        ("  thing:\n  - {in: t, level: {2025: {above: thing@guangdong, by: 1}}}\n", "thing,2023,11.0\nthing@guangdong,2023,10.0", "on the path", None),
        ("  thing:\n  - {in: t, level: {2020: 100}, growth: {2020->2025: {above: thing@guangdong}}}\n", "thing,2023,130\nthing@guangdong,2020,50\nthing@guangdong,2023,60", "on the path", None),
        ("  thing:\n  - {in: t, level: {2020: 100}, growth: {2020->2025: {above: thing@guangdong}}}\n", "thing,2023,110\nthing@guangdong,2020,50\nthing@guangdong,2023,60", "behind", None),
        ("  thing:\n  - {in: t, level: {2020: 100}, change: {2020->2025: up}}\n", "thing,2023,110", "on the path", None),
        ("  thing:\n  - {in: t, level: {2020: 100}, change: {2020->2025: up}}\n", "thing,2023,90", "behind", None),
        ("  thing:\n  - {in: t, level: {2020: 100}, change: {2020->2025: up}}\n", "thing,2025,90", "missed", None),
        ("  thing:\n  - {in: t, level: {2020: 100}, change: {2020->2025: not up}}\n", "thing,2023,90", "on the path", None),
        ("  thing:\n  - {in: t, level: {2020: 100}, change: {2020->2025: up}}\n", "thing,2023,100", "behind", None),
        ("  thing:\n  - {in: t, change: {2020->2025: down}}\n", "thing,2020,100\nthing,2023,90", "on the path", None),
        ("  thing:\n  - {in: t, change: {2020->2025: down}}\n", "thing,2023,90", "undetermined", "no base is printed"),
        ("  thing:\n  - {in: t, level: {2025: 161}}\n", "thing,2023,120", "undetermined", "no base is printed"),
        ("  thing:\n  - {in: t, level: {2025: 161}}\n", "thing,2025,120", "missed", None),
        ("  thing:\n  - {in: t, level: {2025: 161}}\n", "thing,2020,100\nthing,2022,121.0", "on the path", None),
        ("  thing:\n  - {in: t, level: {2020: 100}, growth: {2020->2025: 10%}}\n", "thing,2022,121.0", "on the path", None),
        ("  thing:\n  - {in: t, level: {2020: 100}, growth: {2020->2025: 10%}}\n", "thing,2025,100", "missed", None),
        (THING % ("100", "161"), "thing,2022,12100", "undetermined", "is the unit right"),
        (THING % ("100", "161"), "thing,2019,90", "undetermined", "no actual is given after 2020"),
        (THING % ("0", "161"), "thing,2022,50", "behind", None),
    ],
)  # fmt: skip
def test_comparisons_directions_and_gaps(
    tmp_path: Path, rows: str, actuals: str, status: str, why: str | None
) -> None:
    row = row_of(tmp_path, rows, actuals)
    assert row.status == status
    assert (why is None) == (row.why is None)
    if why is not None and row.why is not None:
        assert why in row.why.say("en")


def test_once_the_target_year_is_past_an_older_actual_decides_nothing(tmp_path: Path) -> None:
    row = row_of(tmp_path, THING % ("100", "161"), "thing,2023,120", year=2026)
    assert row.status == "undetermined"
    assert row.why is not None
    assert "2025 is past" in row.why.say("en")


@pytest.mark.parametrize(
    ("actual", "gap", "needed", "role"),
    [
        ("3.45", "-0.05", "—", "role: limit"),
        ("3.60", "+0.10", "-2.78%", "role: limit"),
        ("3.40", "-0.10", "—", ""),
    ],
)
def test_once_the_target_year_is_past_a_limit_is_what_is_due(
    tmp_path: Path, actual: str, gap: str, needed: str, role: str
) -> None:
    """Not the base that its path holds: 3.45 is within 3.50, not 0.35 above what is due."""
    loaded = plan_from(tmp_path, THING % ("3.10", "3.50以内"), better="down" + (f", {role}" if role else ""))
    tracking = tracked(tmp_path, loaded, f"thing,2024,{actual}", year=2027)
    (shown,) = said_in("en", tracking_table(tracking, loaded, CATALOGUE)).rows
    assert tracking.rows[0].status == "undetermined"
    assert shown[2:5] == (actual, "3.50", gap)
    assert shown[8] == needed
    years = said_in("en", progress_table(tracking.rows[0], loaded, CATALOGUE)).rows
    assert [year[1] for year in years] == ["3.10", *["3.50"] * 5]


def test_once_the_target_year_is_past_what_is_met_needs_nothing(tmp_path: Path) -> None:
    row = row_of(tmp_path, THING % ("100", "161"), "thing,2024,170", year=2027)
    assert (row.status, row.pace.remaining, row.notes[1:]) == ("undetermined", None, ())


def test_of_a_total_that_is_past_the_sum_so_far_is_shown(tmp_path: Path) -> None:
    """18 + 22 + 19.5 of 100: 59.5 where 60 is due, not the 19.5 of the last year known."""
    rows = "  thing:\n  - {in: t, level: {2021/2025: 100}}\n"
    loaded = plan_from(tmp_path, rows)
    tracking = tracked(tmp_path, loaded, "thing,2021,18\nthing,2022,22\nthing,2023,19.5", year=2027)
    (shown,) = said_in("en", tracking_table(tracking, loaded, CATALOGUE)).rows
    assert tracking.rows[0].status == "undetermined"
    assert shown[1:5] == ("2023", "59.5", "60.0", "-0.5")


@pytest.mark.parametrize(("given", "years"), [("19.5", "1 of 3"), ("3.1", "1 of 3")])
def test_a_year_of_a_total_is_not_held_against_the_sum_that_is_due(
    tmp_path: Path, given: str, years: str
) -> None:
    """19.5 of 2023 alone is not less than the 60 that are due of three years, nor 3.1 a slip of the decimal point."""
    loaded = plan_from(tmp_path, "  thing:\n  - {in: t, level: {2021/2025: 100}}\n")
    tracking = tracked(tmp_path, loaded, f"thing,2023,{given}")
    table = said_in("en", tracking_table(tracking, loaded, CATALOGUE))
    assert table.rows[0][1:5] == ("2023", given, "—", "—")
    assert f"thing: undetermined, for {years} years are known" in table.notes
    assert not any("times what the path has" in each for each in table.notes)


@pytest.mark.parametrize("asked", ["1200以内", "不足1200", "1200—1500"])
def test_a_ceiling_on_a_total_is_used_up_year_by_year(tmp_path: Path, asked: str) -> None:
    """Zero at the beginning does not keep it: 750 of 720 so far, and not 750 of nothing."""
    loaded = plan_from(tmp_path, f"  thing:\n  - {{in: t, level: {{2021/2025: {asked}}}}}\n", better="down")
    (path,) = project_paths(loaded, CATALOGUE)
    assert path.values == (0, 240, 480, 720, 960, 1200)
    assert not any("met already" in each.say("en") for each in path.notes)
    if asked == "1200以内":
        tracking = tracked(tmp_path, loaded, "thing,2021,200\nthing,2022,300\nthing,2023,250")
        table = said_in("en", tracking_table(tracking, loaded, CATALOGUE))
        assert table.rows[0][2:6] == ("750", "720.0", "+30.0", "—")  # more of it is no lead
        assert (table.rows[0][8], table.rows[0][11]) == ("—", "within the limit")  # nothing more is needed
        assert not any("is needed" in each for each in table.notes)


@pytest.mark.parametrize(
    ("base", "actual", "better", "planned", "needed"),
    [
        ("850", "1100", "up", 70, 100),  # to 1200, the nearest end
        ("2000", "1800", "down", -100, -300),  # to 1500
        ("1300", "1100", "up", 0, 100),  # inside: nothing is planned
        ("1600", "1100", "up", 0, 100),  # beyond on the better side: held
        ("850", "1250", "up", 70, None),  # in the range
    ],
)
def test_a_pace_to_a_range_leads_to_its_nearest_end(
    tmp_path: Path, base: str, actual: str, better: str, planned: float, needed: float | None
) -> None:
    """As the path does, and not to the middle, which nobody printed."""
    rows = f"  thing:\n  - {{in: t, level: {{2020: {base}, 2025: 1200—1500}}}}\n"
    pace = row_of(tmp_path, rows, f"thing,2024,{actual}", better=better).pace
    assert pace.required is not None
    assert pace.required.nominal == pytest.approx(planned)
    found = pace.remaining and pace.remaining.nominal
    assert found == (None if needed is None else pytest.approx(needed))


def test_a_path_through_printed_values_on_both_sides_of_zero_goes_in_steps(tmp_path: Path) -> None:
    """From -1.0 (2025) to -4.0 (2035): -1.2 in 2026 is due at 5.67 of 15 years, at 6 of them."""
    rows = "  thing:\n  - {in: t, level: {2020: 5.5, 2025: -1.0, 2035: -4.0}}\n"
    plan = plan_from(tmp_path, rows, years=(2020, 2035), better="down")
    (row,) = tracked(tmp_path, plan, "thing,2026,-1.2").rows
    assert (row.path.method, row.path.in_steps, row.status) == ("milestones", True, "on the path")
    assert row.achieved is not None
    assert row.achieved.progress == pytest.approx((5 + 2 / 3) / 15)
    assert row.pace.remaining is not None
    assert row.pace.remaining.nominal == pytest.approx(-2.8 / 9)


def test_a_level_at_the_prices_of_its_year_has_no_gap_to_a_path_at_constant_prices(tmp_path: Path) -> None:
    rows = "  gdp:\n  - {in: t, level: {2020: 1000}, growth: {2020->2025: 6%}}\n"
    loaded = plan_from(tmp_path, rows)
    (row,) = tracked(tmp_path, loaded, "gdp,2021,1150\n地区生产总值增速,2021,6.1").rows
    table = said_in("en", progress_table(row, loaded, CATALOGUE))
    assert table.rows[1][1:4] == ("1060.0", "1150", "—")


def test_small_paces_are_told_to_a_twentieth(tmp_path: Path) -> None:
    """From 0.53 to 0.485 in three years is 0.015 a year, and not 0.02."""
    loaded = plan_from(tmp_path, NPL % ("0.53", "0.43"))
    (shown,) = said_in(
        "zh", tracking_table(tracked(tmp_path, loaded, "npl_ratio,2023,0.485%"), loaded, CATALOGUE)
    ).rows
    assert shown[6:9] == ("-0.015个百分点", "-0.020个百分点", "-0.028个百分点")


def test_of_a_limit_no_pace_is_planned_however_it_is_printed(tmp_path: Path) -> None:
    rows = "  surveyed_unemployment:\n  - {in: t, level: {2020: 5.2%, 2025: 5.5%左右}}\n"
    (row,) = tracked(tmp_path, plan_from(tmp_path, rows), "surveyed_unemployment,2022,5.3%").rows
    assert (row.status, row.pace.required) == ("within", None)


def test_the_pace_to_a_count_is_the_printed_one(tmp_path: Path) -> None:
    """2—3 a year are 2.5 to 42.5, and not 2.6 to the 43 that the path shows."""
    rows = "  listed_companies:\n  - {in: t, level: {2020: 30}, annual_change: {2020->2025: 新增2—3家}}\n"
    pace = row_of(tmp_path, rows, "listed_companies,2023,37").pace
    assert pace.required is not None
    assert pace.remaining is not None
    assert (pace.required.nominal, pace.remaining.nominal) == (2.5, 2.75)


def test_a_target_that_prints_a_pace_has_a_number(tmp_path: Path) -> None:
    loaded = plan_from(tmp_path, "  thing:\n  - {in: t, total_growth: {2020->2025: 下降13.5%}}\n")
    table = tracking_table(tracked(tmp_path, loaded, ""), loaded, CATALOGUE)
    (told,) = (each.say("en") for each in table.details)
    assert told == "no actual is given: thing"


@pytest.mark.parametrize(
    ("row", "actual", "target", "given"),
    [
        ("growth: {2020->2025: 6.50}", "物增速,2022,6", "6.50%", "6%"),
        ("growth: {2020->2025: 6.5左右}", "物增速,2022,6%", "6.5%左右", "6%"),
        ("level: {2020: 100}, multiple: {2020->2025: 2}", "thing,2022,120", "2倍", "120"),
        ("level: {2020: 100}, multiple: {2020->2025: 2}, printed: 翻一番", "thing,2022,120", "2倍", "120"),
        ("level: {2020: 100}, total_growth: {2020->2025: 61}", "thing,2022,120", "61%", "120"),
        ("growth: {2020->2025: 8以上}", "物增速,2022,6.0", "8%以上", "6.0%"),
        ("growth: {2020->2025: 6—7}", "物增速,2022,6", "6—7%", "6%"),
        ("level: {2020: 100, 2025: 200}", "thing,2022,120", "200", "120"),
    ],
)
def test_a_bare_rate_or_multiple_is_told_with_its_unit(
    tmp_path: Path, row: str, actual: str, target: str, given: str
) -> None:
    """Beside 物（亿元）a bare 6 or 2 would be money."""
    loaded = plan_from(tmp_path, f"  thing:\n  - {{in: t, {row}}}\n")
    tracking = tracked(tmp_path, loaded, actual)
    (shown,) = said_in("zh", tracking_table(tracking, loaded, CATALOGUE)).rows
    assert (shown[2], shown[10]) == (given, target)


def test_an_actual_of_the_target_year_is_judged_later_too(tmp_path: Path) -> None:
    row = row_of(tmp_path, THING % ("100", "161"), "thing,2025,161", year=2026)
    assert (row.status, row.why) == ("met", None)


def test_without_a_better_direction_the_target_tells_it(tmp_path: Path) -> None:
    assert row_of(tmp_path, THING % ("100", "161"), "thing,2022,130", better=None).status == "ahead"
    assert row_of(tmp_path, THING % ("161", "100"), "thing,2022,125", better=None).status == "ahead"
    held = row_of(tmp_path, THING % ("100", "100"), "thing,2022,130", better=None)
    assert held.status == "behind"


def test_values_after_the_year_assessed_are_left_aside(tmp_path: Path) -> None:
    row = row_of(tmp_path, THING % ("100", "161"), "thing,2022,121.0\nthing,2024,100", year=2023)
    assert row.actual is not None
    assert (row.actual.year, row.status) == (2022, "on the path")


def test_a_printed_value_in_between_bends_the_path(tmp_path: Path) -> None:
    rows = "  thing:\n  - {in: t, level: {2020: 100, 2022: 150, 2025: 161}}\n"
    row = row_of(tmp_path, rows, "thing,2022,150")
    assert (row.path.method, row.status) == ("milestones", "on the path")


def test_python_does_the_same_in_one_call(tmp_path: Path) -> None:
    loaded = plan_from(tmp_path, THING % ("100", "161"))
    file = tmp_path / "actuals.csv"
    file.write_text("indicator,year,value\nthing,2022,125\n", encoding="utf-8")
    assert plantrack.track(loaded, file, year=2023).counts["ahead"] == 1
    file.write_text("indicator,year,value\nthong,2022,125\n", encoding="utf-8")
    with pytest.raises(PlantrackError, match="did you mean"):
        plantrack.track(loaded, file)


# -- a revised base ------------------------------------------------------------------------------


def of_case(name: str) -> Progress:
    """The one row of a shared case."""
    (folder,) = (Path(__file__).parent / "cases" / "public").glob(f"{name}-*")
    loaded = read_plan_file(folder / f"{name}.yaml", CATALOGUE).require()
    read = load_actuals(folder / "actuals.csv", loaded, CATALOGUE)
    assert read.findings == ()
    (row,) = track_plan(loaded, CATALOGUE, Assessment(read.actuals)).rows
    return row


def test_a_census_moves_the_whole_series() -> None:
    """h10: 84.60 to 98.70 is 5.27 % a year against 8.38 %; never the new series over the old base."""
    row = of_case("h10")
    pace, path = row.pace, row.path
    assert pace.observed is not None
    assert pace.required is not None
    assert pace.observed.nominal == pytest.approx((98.70 / 84.60) ** (1 / 3) - 1)
    assert pace.required.nominal == pytest.approx((115 / 76.91) ** 0.2 - 1)
    assert row.status == "behind"
    assert path.values[0] == 84.6
    assert path.values[-1] == pytest.approx(115 * 84.60 / 76.91)
    assert "the plan prints 76.91 for 2020, the actuals say 84.60" in row.notes[0].say("en")
    assert "115 to 126.50" in row.notes[0].say("en")


def test_the_printed_base_counts_where_it_is_asked_for(tmp_path: Path) -> None:
    loaded = plan_from(tmp_path, THING % ("76.91", "115"))
    read = actuals_from(tmp_path, loaded, "thing,2020,84.60\nthing,2023,98.70")
    (row,) = track_plan(loaded, CATALOGUE, Assessment(read, base="printed")).rows
    assert (row.status, row.path.values[0], row.path.revision) == ("on the path", 76.91, None)
    assert "the plan's base is kept" in row.notes[0].say("en")


@pytest.mark.parametrize("given_base", ["76.9", "76.91", "76.914", "77"])
def test_the_printed_base_with_other_digits_is_no_revision(tmp_path: Path, given_base: str) -> None:
    row = row_of(tmp_path, THING % ("76.91", "115"), f"thing,2020,{given_base}\nthing,2023,98.70")
    assert row.path.revision is None
    assert row.status == "on the path"
    assert not row.notes


@pytest.mark.parametrize(
    ("rows", "actuals", "goal", "note"),
    [
        (THING % ("100", "161以上"), "thing,2020,110\nthing,2022,121", 177.1, "161以上 to 177.1"),
        (THING % ("100", "不超过161"), "thing,2020,110\nthing,2022,121", 177.1, "moved with it"),
        (LISTED % ("25", "50"), "listed_companies,2020,27\nlisted_companies,2022,30", 50, "starts from there"),
        (SHARE % ("20%", "28%"), "direct_finance_share,2020,22\ndirect_finance_share,2022,23", 0.28, "starts from there"),
        ("  population:\n  - {in: t, level: {2020: 400.5, 2025: 450以下}}\n", "population,2020,410.5\npopulation,2022,420", 450, "starts from there"),
        (THING % ("-5", "10"), "thing,2020,-6\nthing,2022,1", 10, "starts from there"),
    ],
)  # fmt: skip
def test_what_moves_with_a_base_and_what_stays(
    tmp_path: Path, rows: str, actuals: str, goal: float, note: str
) -> None:
    loaded = plan_from(tmp_path, rows)
    (row,) = tracked(tmp_path, loaded, actuals, method="linear").rows
    assert row.path.goal is not None
    assert float(row.path.goal.value) == pytest.approx(goal)
    assert note in row.notes[0].say("en")


def test_values_on_the_way_move_too(tmp_path: Path) -> None:
    rows = "  thing:\n  - {in: t, level: {2020: 100, 2022: 120, 2025: 161}}\n"
    row = row_of(tmp_path, rows, "thing,2020,110\nthing,2023,140")
    assert row.path.values[2] == pytest.approx(132)


def test_the_way_from_the_latest_actual_leads_to_the_moved_target(tmp_path: Path) -> None:
    loaded = plan_from(tmp_path, THING % ("76.91", "115"))
    read = actuals_from(tmp_path, loaded, "thing,2020,84.60\nthing,2023,98.70")
    (path,) = project_paths(loaded, CATALOGUE, Wish("from-actual", actuals=read))
    assert (path.values[0], path.values[-1]) == (98.7, pytest.approx(115 * 84.60 / 76.91))


def test_a_base_in_another_unit_is_no_revision(tmp_path: Path) -> None:
    row = row_of(tmp_path, THING % ("76.91", "115"), "thing,2020,7691.5\nthing,2023,98.70")
    assert row.path.revision is None
    assert "the plan's base is kept" in row.notes[0].say("en")


# -- how old the actual is -----------------------------------------------------------------------


def test_the_age_of_the_actual_is_told(tmp_path: Path) -> None:
    old = row_of(tmp_path, THING % ("100", "161"), "thing,2022,121.0", year=2025)
    assert "the latest actual is that of 2022" in old.notes[0].say("en")
    assert "not of 2025" in old.notes[0].say("en")
    fresh = row_of(tmp_path, THING % ("100", "161"), "thing,2022,121.0", year=2022)
    assert not fresh.notes


def test_a_status_of_another_year_says_so(tmp_path: Path) -> None:
    loaded = plan_from(tmp_path, THING % ("100", "161"))
    for year, shown in ((2025, "符合预期（2022年）"), (2022, "符合预期")):
        tracking = tracked(tmp_path, loaded, "thing,2022,121.0", year=year)
        assert tracking_table(tracking, loaded, CATALOGUE).rows[0][-1].say("zh") == shown


@pytest.mark.parametrize(
    ("target", "pace"), [("1万亿元", "5.57%"), ("1.00万亿元", "5.57% (5.46–5.68%)"), ("10000.00", "5.57%")]
)
def test_the_nominal_pace_comes_first_and_its_interval_where_it_tells_something(
    tmp_path: Path, target: str, pace: str
) -> None:
    loaded = plan_from(tmp_path, THING % ("7626.00", target))
    (row,) = tracked(tmp_path, loaded, "thing,2022,8000").rows
    notes = said_in("en", progress_table(row, loaded, CATALOGUE)).notes
    assert f"required from the base: {pace}" in notes


def test_json_tells_age_and_revision() -> None:
    folder = next((Path(__file__).parent / "cases" / "public").glob("h10-*"))
    document = plantrack.track(
        plantrack.load(folder / "h10.yaml"), folder / "actuals.csv", year=2025
    ).to_dict()
    (found,) = document["indicators"]
    assert found["age"] == 2
    assert found["path"]["base_revised"] == {
        "year": 2020,
        "printed": "76.91",
        "given": "84.60",
        "target": pytest.approx(126.4985, abs=1e-4),
    }


# -- other shared cases --------------------------------------------------------------------------


def test_a_marked_count_is_the_count() -> None:
    """h01: 38② is 38 firms, and 50以上 is not met."""
    row = of_case("h01")
    assert row.actual is not None
    assert (row.actual.value, row.actual.text, row.status) == (38, "38②", "on the path")


def test_a_table_in_another_unit_is_converted() -> None:
    """h03: 987 under 单位：千万元 is 98.7亿元."""
    row = of_case("h03")
    assert row.actual is not None
    assert (row.actual.value, row.status) == (98.7, "on the path")


@pytest.mark.parametrize(
    ("case", "file", "values", "told"),
    [
        ("h04", "actuals", "life_premium 2022 55.1, life_premium 2023 62.3, loans 2022 4100.2, loans 2023 4500.1, premium 2022 85.0, premium 2023 98.7", []),
        ("h05", "actuals", "premium 2021 80.1, premium 2022 85.0, premium 2023 98.7", ["WARNING"]),
        ("h06", "actuals-preliminary", "premium 2022 85.0, premium 2023 98.7 快报", []),
        ("h06", "actuals-months", "premium 2022 85.0, premium 2023 98.7", []),
        ("h06", "actuals-date-cells", "premium 2023 98.7", []),
    ],
)  # fmt: skip
def test_tables_as_offices_write_them(case: str, file: str, values: str, told: list[str]) -> None:
    """Numbering and 其中 are no part of a name, names are filled down, and headings are years."""
    (folder,) = (Path(__file__).parent / "cases" / "public").glob(f"{case}-*")
    loaded = read_plan_file(folder / f"{case}.yaml", CATALOGUE).require()
    found = load_actuals(folder / f"{file}.csv", loaded, CATALOGUE)
    given = (f"{each.indicator} {each.year} {each.text} {each.note}".strip() for each in found.actuals)
    assert ", ".join(sorted(given)) == values
    assert [each.level.name for each in found.findings] == told


def test_ratios_in_a_counting_unit_are_not_rounded(tmp_path: Path) -> None:
    file = tmp_path / "made.yaml"
    head = HEAD % (2020, 2025, ", better: up")
    file.write_text(
        head.replace("unit: 亿元, kind: flow", "unit: 人, kind: ratio") + THING % ("2.9", "3.2"),
        encoding="utf-8",
    )
    loaded = read_plan_file(file, CATALOGUE).require()
    (row,) = tracked(tmp_path, loaded, "thing,2024,3.05").rows
    assert row.status == "behind"
    assert row.path.values[4] == pytest.approx(3.14)


# -- limits --------------------------------------------------------------------------------------


def test_of_a_limit_the_limit_is_due_in_every_year(tmp_path: Path) -> None:
    """1.2 % held below 1.5 %: an actual of 1.4 % is 0.1 inside, not 0.2 beyond the base that the path holds."""
    loaded = plan_from(tmp_path, NPL % ("1.2", "1.5以内"))
    tracking = tracked(tmp_path, loaded, "npl_ratio,2022,1.3\nnpl_ratio,2023,1.4")
    (row,) = tracking.rows
    (shown,) = said_in("zh", tracking_table(tracking, loaded, CATALOGUE)).rows
    assert shown[2:5] == ("1.4", "1.50", "-0.10")
    assert row.pace.required is None  # no rise to 1.5 % is planned
    by_year = said_in("zh", progress_table(row, loaded, CATALOGUE)).rows
    assert [each[1:4] for each in by_year[1:4]] == [
        ("1.50", "—", "—"),
        ("1.50", "1.3", "-0.20"),
        ("1.50", "1.4", "-0.10"),
    ]


# -- which side is better ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("rows", "better", "told"),
    [
        (THING % ("100", "161"), "", "above its base, tells that more is better"),
        (THING % ("161", "100"), "", "below its base, tells that less is better"),
        (THING % ("100", "161"), "up", None),
        (THING % ("100", "161以上"), "", None),
    ],
)
def test_a_side_that_only_the_target_tells_is_told(
    tmp_path: Path, rows: str, better: str, told: str | None
) -> None:
    row = row_of(tmp_path, rows, "thing,2023,130", better=better)
    notes = [each.say("en") for each in row.notes if "tells that" in each.say("en")]
    assert len(notes) == (told is not None)
    assert told is None or told in notes[0]


# -- reasons -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("rows", "actuals", "why"),
    [
        (THING % ("100", "161"), "thing,2019,90", "no actual is given after 2020"),
        (THING % ("100", "161"), "thing,2026,170", "no actual is given for 2021 to 2025"),
        ("  thing:\n  - {in: t, level: {2020: 100}, growth: {2020->2025: 5%}, prices: constant}\n", "thing,2023,130", "growth at constant prices"),
        ("  thing:\n  - {in: t, level: {2020: 100}, growth: {2020->2025: 5%}, prices: current}\n", "thing,2023,130", None),
        ("  thing:\n  - {in: t, growth: {2020->2025: up}, prices: constant}\n  - {in: t, level: {2020: 100}}\n", "thing,2023,90", None),
        ("  thing:\n  - {in: t, growth: {2020->2025: up}}\n", "thing,2023,90", "no base is printed for 2020"),
        ("  thing:\n  - {in: t, level: {2020: 0}, growth: {2020->2025: {above: thing@guangdong}}}\n", "thing,2023,130\nthing@guangdong,2020,50\nthing@guangdong,2023,60", "above zero only"),
        ("  thing:\n  - {in: t, level: {2025: {below: thing@guangdong}}}\n", "thing,2023,9.5\nthing@guangdong,2023,5以上", "only known as a bound"),
        ("  thing:\n  - {in: t, level: {2025: {below: thing@guangdong}}}\n", "thing,2023,4.5\nthing@guangdong,2023,5以上", None),
        (THING % ("100", "161"), "thing,2025,160.4", None),
    ],
)  # fmt: skip
def test_reasons_are_true(tmp_path: Path, rows: str, actuals: str, why: str | None) -> None:
    row = row_of(tmp_path, rows, actuals)
    assert (row.why is None) == (why is None)
    if row.why is not None and why is not None:
        assert why in row.why.say("en")


# -- paces ---------------------------------------------------------------------------------------


def test_paces_behind_and_ahead(tmp_path: Path) -> None:
    row = row_of(tmp_path, THING % ("100.00", "161.051"), "thing,2022,110.25")
    pace = row.pace
    assert pace.observed is not None
    assert pace.required is not None
    assert pace.remaining is not None
    assert pace.projected is not None
    assert pace.years_ahead is not None
    assert pace.gap is not None
    assert pace.observed.nominal == pytest.approx(0.05)
    assert pace.required.nominal == pytest.approx(0.10)
    assert pace.remaining.nominal == pytest.approx((161.051 / 110.25) ** (1 / 3) - 1)
    assert pace.projected.nominal == pytest.approx(100 * 1.05**5)
    assert pace.gap.nominal == pytest.approx(110.25 - 121)
    assert pace.years_ahead.nominal == pytest.approx(-0.976, abs=0.001)
    for each in (pace.observed, pace.required, pace.remaining, pace.projected, pace.gap, pace.years_ahead):
        assert each.low is not None
        assert each.high is not None
        assert each.nominal is not None
        assert each.low < each.nominal < each.high


def test_shares_have_paces_in_points(tmp_path: Path) -> None:
    pace = row_of(tmp_path, SHARE % ("20.0%", "25.0%"), "direct_finance_share,2022,23.0").pace
    assert pace.measure == "annual_change"
    assert pace.observed is not None
    assert pace.remaining is not None
    assert pace.years_ahead is not None
    assert pace.observed.nominal == pytest.approx(0.015)
    assert pace.remaining.nominal == pytest.approx(0.02 / 3)
    assert pace.years_ahead.nominal == pytest.approx(1)


def test_a_value_that_is_reached_in_a_year_exactly_is_no_year_late(tmp_path: Path) -> None:
    """docs/paths.md: pyam's cross_threshold gives 2023 for 120 between 100 (2020) and 150 (2025)."""
    (row,) = tracked(
        tmp_path, plan_from(tmp_path, THING % ("100", "150")), "thing,2022,120", method="linear"
    ).rows
    assert row.pace.years_ahead is not None
    assert row.pace.years_ahead.nominal == 0


def test_a_projection_keeps_natural_limits(tmp_path: Path) -> None:
    pace = row_of(tmp_path, SHARE % ("50.0%", "90.0%"), "direct_finance_share,2022,80.0").pace
    assert pace.projected is not None
    assert pace.projected.nominal == 1


# -- laws ----------------------------------------------------------------------------------------


@st.composite
def printed(draw: st.DrawFn) -> tuple[str, str, int]:
    """Base, target and decimals, as a document prints them."""
    decimals = draw(st.integers(0, 3))
    base, target = (draw(st.integers(100, 10**6)) for _ in range(2))
    return (
        decimal_text(Fraction(base, 10**decimals), decimals),
        decimal_text(Fraction(target, 10**decimals), decimals),
        decimals,
    )


@settings(max_examples=60)
@given(printed(), st.integers(0, 3), st.booleans())
def test_actuals_on_the_path_are_on_the_path(
    tmp_path_factory: pytest.TempPathFactory, row: tuple[str, str, int], more: int, falls: bool
) -> None:
    """`track` with actuals as the path shows them, or with more digits, says "on the path" everywhere."""
    folder = tmp_path_factory.mktemp("plan")
    base, target, _ = row
    loaded = plan_from(folder, THING % (base, target), better="down" if falls else "up")
    (path,) = project_paths(loaded, CATALOGUE)
    for year, value in zip(path.years[1:-1], path.values[1:-1], strict=True):
        shown = decimal_text(Fraction(value), path.decimals + more)
        (found,) = tracked(folder, loaded, f"thing,{year},{shown}").rows
        assert found.status == "on the path"


@pytest.mark.parametrize("plan", ["zhaoqing", "zhuhai", "zhanjiang"])
def test_real_plans_are_on_their_paths(tmp_path: Path, plan: str) -> None:
    loaded = read_plan_file(find_plan(plan), CATALOGUE).require()
    paths = [path for path in project_paths(loaded, CATALOGUE) if path.why is None]
    for year in (2021, 2023):
        rows = "".join(
            f"{path.indicator_id},{year},{path.values[path.years.index(year)] * path.factor:.4f}\n"
            if not path.is_whole
            else f"{path.indicator_id},{year},{path.values[path.years.index(year)]:.0f}\n"
            for path in paths
            if year in path.years
        )
        tracking = tracked(tmp_path, loaded, rows)
        for row in tracking.rows:
            if row.actual is not None:
                is_there = row.path.goal is not None and row.actual.measure.value == row.path.goal.value
                assert row.status == ("reached" if is_there else "on the path")


@settings(max_examples=60)
@given(printed(), st.integers(100, 10**6), st.integers(2021, 2025), st.sampled_from([10, 100, 10**4]))
def test_scaling_changes_no_status(
    tmp_path_factory: pytest.TempPathFactory, row: tuple[str, str, int], value: int, year: int, times: int
) -> None:
    """Scaling all values leaves statuses unchanged: 亿元 or 万元, the same verdict."""
    folder = tmp_path_factory.mktemp("plan")
    base, target, decimals = row
    shown = decimal_text(Fraction(value, 10**decimals), decimals)

    def scaled(text: str) -> str:
        places = len(str(times)) - 1
        left = max(0, decimals - places)
        return decimal_text(Fraction(text) * times, left)

    if decimals < len(str(times)) - 1:
        return  # digits would be lost or made up
    loaded = plan_from(folder, THING % (base, target))
    (first,) = tracked(folder, loaded, f"thing,{year},{shown}").rows
    loaded = plan_from(folder, THING % (scaled(base), scaled(target)))
    (other,) = tracked(folder, loaded, f"thing,{year},{scaled(shown)}").rows
    assert first.status == other.status


# -- Open SDG ------------------------------------------------------------------------------------

OURS = {
    "target_up_95pct": "on the path",
    "target_up_ratio_0.599": "behind",
    "target_up_backwards": "behind",
    "target_up_overshoot": "reached",
    "plan_2020_2025_on_track": "on the path",
    "plan_2020_2025_final_missed": "missed",
    "ceiling_npl_ratio_below": "reached",
    "ceiling_npl_ratio_rising": "behind",
    "ceiling_already_met_at_base_now_breached": "behind",
    "floor_already_met_at_base_now_lower_but_met": "on the path",
    "target_equals_base": "behind",
    "target_down_70": "ahead",
    "base_zero_target": "ahead",
    "base_negative_shrinking_deficit": "ahead",
    "sign_change": "ahead",
    "user_thresholds_method2": "behind",
    "limit_ignored_with_target": "on the path",
    "single_point_already_achieved": "undetermined",
    "nan_latest_dropped": "on the path",
}
"""Open SDG's case -> our status; docs/track.md tells why they differ where they do."""


def cases() -> list[dict[str, Any]]:
    if not VECTORS.exists():
        return []
    found: list[dict[str, Any]] = json.loads(VECTORS.read_text(encoding="utf-8"))["cases"]
    return [case for case in found if case["name"] in OURS]


def progress_of(folder: Path, case: dict[str, Any]) -> Progress:
    options = case["meta"]["progress_calculation_options"][0]
    first = options.get("base_year", case["rows"][0]["Year"])
    due = options.get("target_year", 2030)
    base = next(row["Value"] for row in case["rows"] if row["Year"] == first)
    better = "up" if options["direction"] == "positive" else "down"
    rows = f"  thing:\n  - {{in: t, level: {{{first}: {base:.12f}, {due}: {options['target']:.12f}}}}}\n"
    actuals = [(row["Year"], row["Value"]) for row in case["rows"] if row["Year"] > first]
    shown = "".join(f"thing,{year},{'' if value is None else f'{value:.12f}'}\n" for year, value in actuals)
    loaded = plan_from(folder, rows, years=(first, due), better=better)
    (row,) = tracked(folder, loaded, shown).rows
    return row


@pytest.mark.skipif(not VECTORS.exists(), reason="../shared/vectors is not here")
@pytest.mark.parametrize("case", cases(), ids=lambda case: case["name"])
def test_open_sdgs_cases(tmp_path: Path, case: dict[str, Any]) -> None:
    """The ratio of observed to required growth is theirs; statuses follow our rules."""
    row = progress_of(tmp_path, case)
    assert row.status == OURS[case["name"]]
    (component,) = case["out"]["v2_4_dev"]["components"].values()
    observed, required = row.pace.observed, row.pace.required
    is_growth = row.pace.measure == "growth"  # theirs has no rate from or to zero or less
    if is_growth and observed is not None and required is not None and required.nominal:
        assert observed.nominal is not None
        ratio = observed.nominal / required.nominal
        already_met = "already_met_at_base" in case["name"]  # theirs turns the sign round
        assert (-ratio if already_met else ratio) == pytest.approx(component["progress_value"], rel=1e-6)


@pytest.mark.skipif(not VECTORS.exists(), reason="../shared/vectors is not here")
def test_every_case_named_here_is_one_of_theirs() -> None:
    assert {case["name"] for case in cases()} == OURS.keys()
