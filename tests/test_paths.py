"""Paths: ends exact, rates recovered, counts whole, and a reason where there is no path."""

from fractions import Fraction
from pathlib import Path as File

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from plantrack.audit import audit_plans
from plantrack.language import Range
from plantrack.paths import Path, Wish, implied_paths, project_paths
from plantrack.plan.actuals import Actual
from plantrack.plan.measures import printed_decimals
from plantrack.plan.plan import Plan
from plantrack.reading import find_plan, load_catalogue, read_plan_file
from plantrack.reading.actuals_file import load_actuals
from plantrack.views.paths import band_of, form_of, pace_value, path_values
from test_audit import plan_of

CATALOGUE = load_catalogue()
CASES = File(__file__).parent / "cases"
ZHUHAI = read_plan_file(find_plan("zhuhai"), CATALOGUE).require()


def paths_of(loaded: Plan, wish: Wish | None = None) -> dict[str, Path]:
    return {path.indicator_id: path for path in project_paths(loaded, CATALOGUE, wish or Wish())}


def path_of(folder: File, rows: str, wish: Wish | None = None) -> Path:
    (path,) = project_paths(plan_of(folder, rows), CATALOGUE, wish or Wish())
    return path


def said(path: Path) -> str:
    return "; ".join(note.say("en") for note in path.notes)


def instead(path: Path) -> str:
    """Why it has another method than was asked for; a note tells it, too."""
    assert path.instead is None or path.instead.say("en") in said(path)
    return path.instead.say("en") if path.instead is not None else ""


LOANS = "  loans:\n  - {in: t, level: {2020: %s, 2025: %s}}\n"
PREMIUM = "  premium:\n  - {in: t, level: {2020: 100, 2025: 161}, growth: {2020->2025: %s}}\n"


def test_zhuhais_loans_grow_by_557_a_year() -> None:
    path = paths_of(ZHUHAI)["loans"]
    assert path.years == tuple(range(2020, 2026))
    assert (path.values[0], path.values[-1]) == (7626.0, 10000.0)
    assert path.rate == pytest.approx(0.0557, abs=5e-5)
    assert (path.low[0], path.high[0], path.low[-1], path.high[-1]) == (7625.5, 7626.5, 9999.5, 10000.5)
    assert all(
        low <= value <= high for low, value, high in zip(path.low, path.values, path.high, strict=True)
    )


def test_counts_are_whole_and_ratios_go_in_steps() -> None:
    zhaoqing = paths_of(read_plan_file(find_plan("zhaoqing"), CATALOGUE).require())
    assert zhaoqing["financial_institutions"].values == (87, 89, 92, 95, 97, 100)
    assert zhaoqing["finance_share_of_gdp"].method == "linear"
    assert zhaoqing["finance_share_of_gdp"].step == pytest.approx(0.001)
    assert zhaoqing["premium"].method == "growth"


def test_base_and_target_come_from_the_section_that_prints_both() -> None:
    path = paths_of(ZHUHAI)["specialty_farm_insurance_cover"]
    assert path.target is not None
    assert path.target.text == "6.54"


@pytest.mark.parametrize(
    ("level", "note"),
    [
        ("{2020: 25, 2025: 50以上}", "least path"),
        ("{2020: 25, 2025: 20以下}", "greatest path"),
        ("{2020: 60, 2025: 50以上}", "met already"),
        ("{2020: 20, 2025: 30—40}", "nearest end"),
    ],
)
def test_a_bound_target_says_so(tmp_path: File, level: str, note: str) -> None:
    path = path_of(tmp_path, f"  listed_companies:\n  - {{in: t, level: {level}}}\n")
    assert note in said(path)


def test_a_bound_leaves_its_side_open_and_the_line_keeps_its_band(tmp_path: File) -> None:
    path = path_of(tmp_path, LOANS % ("100.0", "超过161亿元"))
    assert path.high[-1] == float("inf")
    assert (path.line.near_low[-1], path.line.near_high[-1]) == (161, 161)
    assert path.line.near_low[0] < 100 < path.line.near_high[0]


def test_a_target_already_met_is_held(tmp_path: File) -> None:
    path = path_of(tmp_path, "  listed_companies:\n  - {in: t, level: {2020: 60, 2025: 50以上}}\n")
    assert path.values == (60,) * 6


@pytest.mark.parametrize(
    ("rows", "why"),
    [
        ("  loans:\n  - {in: t, level: {2025: 100}}\n", "no base is printed for 2020"),
        (
            "  loans:\n  - {in: t, level: {2020: 100, 2025: {above: deposits}}}\n",
            "no number is printed for 2025",
        ),
        ("  loans:\n  - {in: t, change: {2020->2025: up}}\n", "no number is printed for 2025"),
        ("  npl_ratio:\n  - {in: t, level: {2020: 1%, 2021/2025: 2%}}\n", "2021/2025 is no year"),
        ("  loans:\n  - {in: t, level: {2020: 100, 2025-06: 150}}\n", "2025-06 is no year"),
    ],
)
def test_where_there_is_no_path_what_is_missing_is_told(tmp_path: File, rows: str, why: str) -> None:
    path = path_of(tmp_path, rows)
    assert path.why is not None
    assert why in path.why.say("en")
    assert path.values == ()


def test_a_linear_path_leads_from_zero(tmp_path: File) -> None:
    assert path_of(tmp_path, LOANS % ("0", "100"), Wish("linear")).values == (0, 20, 40, 60, 80, 100)


@pytest.mark.parametrize(("base", "target"), [("0", "100"), ("-5", "100"), ("100", "0")])
def test_from_or_to_zero_or_less_the_path_is_straight(tmp_path: File, base: str, target: str) -> None:
    """No rate leads there: asked for, the path is the usual one, and says why."""
    path = path_of(tmp_path, LOANS % (base, target))
    assert (path.method, path.values[1]) == ("linear", (4 * int(base) + int(target)) / 5)
    asked = path_of(tmp_path, LOANS % (base, target), Wish("growth"))
    assert (asked.method, asked.values) == ("linear", path.values)
    assert "not above zero" in instead(asked)


# -- the printed pace ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("rate", "note"),
    [
        ("10%", "within rounding"),
        ("9%以上", "the printed pace is a lower bound: the path goes at the least pace"),
        ("9%", "leads to 153.9 in 2025, 2.3–11.9 less than the target"),
        ("12.00%", "leads to 176.2 in 2025, 13.8–16.7 more than the target"),
    ],
)
def test_the_printed_pace_says_what_it_misses_the_target_by(tmp_path: File, rate: str, note: str) -> None:
    path = path_of(tmp_path, PREMIUM % rate, Wish("stated"))
    assert note in said(path)
    assert path.miss is not None
    assert path.values[0] == 100
    assert path.values[-1] - 161 == pytest.approx(path.miss.nominal)


@pytest.mark.parametrize(
    ("kind", "printed", "last"),
    [
        ("growth", "8%", 100 * 1.08**5),
        ("total_growth", "50%", 150),
        ("multiple", "1.5", 150),
        ("annual_change", "10亿元", 150),
        ("change", "增加50亿元", 150),
    ],
)
def test_every_printed_pace_leads_where_it_says(tmp_path: File, kind: str, printed: str, last: float) -> None:
    rows = f"  premium:\n  - {{in: t, level: {{2020: 100}}, {kind}: {{2020->2025: {printed}}}}}\n"
    path = path_of(tmp_path, rows)
    assert (path.method, path.values[-1]) == ("stated", pytest.approx(last))


def test_a_printed_pace_of_other_years_is_no_path_from_the_base(tmp_path: File) -> None:
    rows = "  premium:\n  - {in: t, level: {2020: 100, 2025: 161}, growth: {2021->2025: 9%}}\n"
    path = path_of(tmp_path, rows, Wish("stated"))
    assert path.method == "growth"
    assert "2021->2025" in instead(path)


# -- other methods -------------------------------------------------------------------------------


def test_milestones_stand_in_the_path_exactly(tmp_path: File) -> None:
    rows = "  loans:\n  - {in: t, level: {2020: 100, 2022: 130.5, 2025: 161}}\n"
    path = path_of(tmp_path, rows, Wish("milestones"))
    assert (path.values[0], path.values[2], path.values[5]) == (100, 130.5, 161)
    assert path.values[1] / path.values[0] == pytest.approx(path.values[2] / path.values[1])
    assert [figure.text for figure in path.printed] == ["100", "130.5", "161"]


@given(st.integers(1, 100), st.integers(1, 100))
def test_limits_hold(tmp_path_factory: pytest.TempPathFactory, base: int, target: int) -> None:
    """Natural limits: 0–100 % for shares, however far a path goes on."""
    rows = f"  direct_finance_share:\n  - {{in: t, level: {{2020: {base}%, 2025: {target}%}}}}\n"
    folder = tmp_path_factory.mktemp("plan")
    path = path_of(folder, rows, Wish(to=2060))
    for line in (path.values, path.low, path.high):
        assert all(0 <= value <= 1 for value in line)
    assert (path.values[0], path.values[5]) == (base / 100, target / 100)


def test_what_is_held_at_its_limit_says_so(tmp_path: File) -> None:
    rows = "  direct_finance_share:\n  - {in: t, level: {2020: 80%, 2025: 95%}}\n"
    path = path_of(tmp_path, rows, Wish(to=2030))
    assert path.values[-1] == 1
    assert "held at 100" in said(path)


@given(st.integers(1, 500), st.integers(1, 500))
def test_counts_are_whole_and_their_steps_add_up(
    tmp_path_factory: pytest.TempPathFactory, base: int, target: int
) -> None:
    rows = f"  listed_companies:\n  - {{in: t, level: {{2020: {base}, 2025: {target}}}}}\n"
    path = path_of(tmp_path_factory.mktemp("plan"), rows)
    assert all(value == int(value) for value in path.values)
    assert sum(np.diff(path.values)) == target - base


def test_years_beyond_the_target_are_marked_and_wider(tmp_path: File) -> None:
    path = path_of(tmp_path, LOANS % ("100", "161"), Wish(to=2027))
    assert path.years[-1] == 2027
    assert [year for year in path.years if path.extrapolated(year)] == [2026, 2027]
    assert "the years after 2025 are extrapolated" in said(path)
    widths = [high - low for low, high in zip(path.low, path.high, strict=True)]
    assert widths[5] < widths[6] < widths[7]
    slowest, fastest = (160.5 / 100.5) ** 0.2, (161.5 / 99.5) ** 0.2
    assert path.low[7] == pytest.approx(160.5 * slowest**2)
    assert path.high[7] == pytest.approx(161.5 * fastest**2)


def actual_of(folder: File, loaded: Plan, rows: str) -> tuple[Actual, ...]:
    file = folder / "actuals.csv"
    file.write_text(f"indicator,year,value\n{rows}", encoding="utf-8")
    return load_actuals(file, loaded, CATALOGUE).actuals


@pytest.mark.parametrize(
    ("given_value", "last", "note"), [("121", 161, ""), ("170", 170, "stays at the actual")]
)
def test_from_the_latest_actual_to_the_target_unless_it_is_met(
    tmp_path: File, given_value: str, last: float, note: str
) -> None:
    loaded = plan_of(tmp_path, LOANS % ("100", "161"))
    wish = Wish(
        "from-actual", actuals=actual_of(tmp_path, loaded, f"loans,2021,110\nloans,2022,{given_value}\n")
    )
    (path,) = project_paths(loaded, CATALOGUE, wish)
    assert path.years == (2022, 2023, 2024, 2025)
    assert (path.values[0], path.values[-1]) == (float(given_value), last)
    assert note in said(path)


def test_a_total_of_which_less_is_better_goes_on_from_the_sum_so_far(tmp_path: File) -> None:
    """900 of 1200 after three years leave 150 a year; what has only begun has not met it."""
    rows = "  cod_emissions:\n  - {in: t, level: {2021/2025: 1200}}\n"
    loaded = plan_of(tmp_path, rows)
    given_rows = "".join(f"cod_emissions,{year},300\n" for year in (2021, 2022, 2023))
    wish = Wish("from-actual", actuals=actual_of(tmp_path, loaded, given_rows))
    (path,) = project_paths(loaded, CATALOGUE, wish)
    assert path.values == (900, 1050, 1200)


@pytest.mark.parametrize("asked", ["1200以内", "1200", "1000—1200"])
def test_a_sum_beyond_its_ceiling_does_not_fall_back_to_it(tmp_path: File, asked: str) -> None:
    loaded = plan_of(tmp_path, f"  cod_emissions:\n  - {{in: t, level: {{2021/2025: {asked}}}}}\n")
    given_rows = "".join(f"cod_emissions,{year},500\n" for year in (2021, 2022, 2023))
    wish = Wish("from-actual", actuals=actual_of(tmp_path, loaded, given_rows))
    (path,) = project_paths(loaded, CATALOGUE, wish)
    assert instead(path) == "the sum so far is beyond what is asked for, and a sum does not fall"
    assert path.values[:2] == (0, 200 if asked == "1000—1200" else 240)


@pytest.mark.parametrize("rows", ["", "loans,2025,150\n", "deposits,2022,150\n"])
def test_without_an_actual_before_the_target_there_is_no_way_from_it(tmp_path: File, rows: str) -> None:
    loaded = plan_of(tmp_path, LOANS % ("100", "161"))
    (path,) = project_paths(loaded, CATALOGUE, Wish("from-actual", actuals=actual_of(tmp_path, loaded, rows)))
    assert path.method == "growth"
    assert instead(path) == "no actual is given for a year before 2025"


def test_an_actual_stands_in_for_a_base_that_is_not_printed(tmp_path: File) -> None:
    loaded = plan_of(tmp_path, "  loans:\n  - {in: t, level: {2025: 161}}\n")
    (path,) = project_paths(loaded, CATALOGUE, Wish(actuals=actual_of(tmp_path, loaded, "loans,2020,100\n")))
    assert (path.years[0], path.values[0], path.values[-1]) == (2020, 100, 161)
    assert "the actual of 2020 stands in for it" in said(path)


# -- what paths imply ----------------------------------------------------------------------------


def test_zhuhais_paths_imply_a_population_that_leaves_its_band() -> None:
    implied = {
        each.indicator_id: each for each in implied_paths(list(paths_of(ZHUHAI).values()), ZHUHAI, CATALOGUE)
    }
    population = implied["population"]
    assert (round(population.values[0]), round(population.values[-1])) == (202, 300)
    assert population.outside == (2021, 2022, 2023, 2024, 2025)
    assert implied["gdp"].values[0] == pytest.approx(153.2 / 0.044)
    assert implied["gdp"].leaves_band


def test_what_grows_within_its_band_is_plausible(tmp_path: File) -> None:
    rows = "  finance_value_added:\n  - {in: t, level: {2020: 100.00, 2025: 134.00}}\n"
    rows += "  finance_share_of_gdp:\n  - {in: t, level: {2020: 5.00, 2025: 5.00}}\n"
    loaded = plan_of(tmp_path, rows)
    (gdp,) = implied_paths(project_paths(loaded, CATALOGUE), loaded, CATALOGUE)
    assert gdp.values[0] == pytest.approx(2000)
    assert gdp.low[0] < 2000 < gdp.high[0]
    assert not gdp.leaves_band
    assert gdp.outside == ()


def test_decimals_are_those_printed() -> None:
    path = paths_of(ZHUHAI)["insurance_depth"]
    assert printed_decimals(path.first) == 1
    assert path.decimals == 2


# -- whole numbers -------------------------------------------------------------------------------

OWN = "own:\n  thing: {zh: 物, en: thing, unit: %s, kind: %s}\nfigures:\n  thing:\n"


def own_path(folder: File, unit: str, kind: str, rows: str) -> Path:
    file = folder / "made.yaml"
    head = (
        "plan: made\ntitle: {zh: 例, en: Example}\nplace: {id: zhaoqing, zh: 肇庆市, en: Zhaoqing}\n"
        "base: 2020\ntarget: 2025\nsections: {t: 表}\n"
    )
    file.write_text(head + OWN % (unit, kind) + rows, encoding="utf-8")
    loaded = read_plan_file(file, CATALOGUE).require()
    return paths_of(loaded)["thing"]


@pytest.mark.parametrize(
    ("unit", "kind", "levels", "is_whole"),
    [
        ("家", "stock", "2020: 25, 2025: 50", True),
        ("家", "stock", "2020: 25家, 2025: 超过50家", True),
        ("人", "flow", "2020: 25, 2025: 50", True),
        ("人", "ratio", "2020: 2.9, 2025: 3.2", False),
        ("人", "ratio", "2020: 3, 2025: 5", False),
        ("家", "index", "2020: 3, 2025: 5", False),
        ("家", "stock", "2020: 25.0, 2025: 50", False),
        ("家", "stock", "2018: 20.5, 2020: 25, 2025: 50", False),
        ("家", "stock", "2020: 25, 2025: 1.2万家", False),
        ("万户", "stock", "2020: 25, 2025: 50", False),
        ("亿元", "stock", "2020: 25, 2025: 50", False),
    ],
)
def test_whole_is_a_count_printed_without_decimals_and_scale(
    tmp_path: File, unit: str, kind: str, levels: str, is_whole: bool
) -> None:
    path = own_path(tmp_path, unit, kind, f"  - {{in: t, level: {{{levels}}}}}\n")
    assert path.is_whole == is_whole
    assert all(value == int(value) for value in path.values) == is_whole
    assert path.first is not None
    assert path.first.interval.is_point == (is_whole or (levels.endswith("1.2万家")))


def test_counts_at_the_printed_pace_are_the_nearest_whole_numbers(tmp_path: File) -> None:
    """21 * 1.12 ** 5 is 37.01, which falls short of 38: rounded up it would seem to reach it."""
    file = tmp_path / "made.yaml"
    own_path(
        tmp_path, "家", "stock", "  - {in: t, level: {2020: 21, 2025: 38以上}, growth: {2020->2025: 12%}}\n"
    )
    loaded = read_plan_file(file, CATALOGUE).require()
    path = paths_of(loaded, Wish("stated"))["thing"]
    assert path.values == (21, 24, 26, 30, 33, 37)
    band = (
        band_of(low, high, 0, form_of(path)).say("en") for low, high in zip(path.low, path.high, strict=True)
    )
    assert [*band] == ["21", "23–24", "26–27", "29–30", "32–34", "36–38"]


def test_a_ratio_in_a_counting_unit_goes_in_steps_to_exact_ends(tmp_path: File) -> None:
    path = own_path(tmp_path, "人", "ratio", "  - {in: t, level: {2020: 2.9, 2025: 3.2}}\n")
    assert path.values == pytest.approx((2.9, 2.96, 3.02, 3.08, 3.14, 3.2))
    assert (path.values[0], path.values[-1]) == (2.9, 3.2)


def test_decimals_in_another_row_make_a_count_no_whole_number(tmp_path: File) -> None:
    rows = "  - {in: t, level: {2020: 25, 2025: 50}}\n  - {in: t, level: {2019: 24.5}}\n"
    assert not own_path(tmp_path, "家", "stock", rows).is_whole


@pytest.mark.parametrize("method", ["growth", "linear", "milestones"])
@pytest.mark.parametrize("kind", ["stock", "flow", "ratio", "index"])
@given(
    st.decimals(1, 500, places=1), st.decimals(1, 500, places=1), st.sampled_from(["家", "人", "亿元", "%"])
)
def test_both_ends_are_what_is_printed(
    tmp_path_factory: pytest.TempPathFactory, method: str, kind: str, base: object, target: object, unit: str
) -> None:
    file = tmp_path_factory.mktemp("plan") / "made.yaml"
    head = (
        "plan: made\ntitle: {zh: 例, en: E}\nplace: {id: zhaoqing, zh: 肇庆市, en: Z}\nbase: 2020\n"
        "target: 2025\nsections: {t: 表}\n"
    )
    rows = f"  - {{in: t, level: {{2020: {base}, 2025: {target}}}}}\n"
    file.write_text(head + OWN % (f'"{unit}"', kind) + rows, encoding="utf-8")
    (path,) = project_paths(read_plan_file(file, CATALOGUE).require(), CATALOGUE, Wish(method))
    factor = 100 if unit == "%" else 1
    assert (path.values[0], path.values[-1]) == tuple(
        float(Fraction(str(each)) / factor) for each in (base, target)
    )


# -- what is printed on the way and beyond the target --------------------------------------------


@pytest.mark.parametrize(
    ("levels", "growth", "shown"),
    [
        ("25.3, 2025: 25以上", "", "25.3"),  # held, and not 25 in the end
        ("4.5, 2025: 5以内", "", "4.50"),
        ("100, 2025: 161", ", growth: {2020->2025: 10%}", "161"),
        ("149.02, 2025: 300", ", growth: {2020->2025: 15%}", "299.73"),  # 149.02 × 1.15⁵
    ],
)
def test_only_what_is_the_printed_number_is_shown_with_its_digits(
    tmp_path: File, levels: str, growth: str, shown: str
) -> None:
    rows = f"  loans:\n  - {{in: t, level: {{2020: {levels}}}{growth}}}\n"
    path = path_of(tmp_path, rows, Wish("stated" if "15%" in growth else None))
    assert path_values(path)[-1].say("en") == shown


def test_a_range_of_every_year_is_told_by_the_end_that_is_asked_for(tmp_path: File) -> None:
    path = path_of(tmp_path, "  premium:\n  - {in: t, each_year: {2021/2025: 200—300}}\n")
    assert path.values == (200,) * 5
    assert "the end that is the least asked for" in said(path)


def test_a_path_tells_which_printed_values_it_does_not_go_through(tmp_path: File) -> None:
    rows = "  loans:\n  - {in: t, level: {2020: 100, 2022: 121.0, 2023: 150, 2024: 140以上, 2025: 161.051}}\n"
    note = "the plan prints other values for 2023: --method milestones goes through them"
    assert note in said(path_of(tmp_path, rows))
    assert note not in said(path_of(tmp_path, rows, Wish("milestones")))


@pytest.mark.parametrize(
    ("pace", "note"),
    [
        ("growth: {2020->2025: 6%—7%}", "the printed pace is a range: the path goes at its middle"),
        ("growth: {2020->2025: 6.5%左右}", "the printed pace is approximate"),
        (
            "growth: {2020->2025: 6.5%以上}",
            "the printed pace is a lower bound: the path goes at the least pace",
        ),
    ],
)
def test_a_pace_that_is_no_one_number_is_told(tmp_path: File, pace: str, note: str) -> None:
    path = path_of(tmp_path, f"  loans:\n  - {{in: t, level: {{2020: 100}}, {pace}}}\n")
    assert path.rate == pytest.approx(0.065)
    assert note in said(path)


@pytest.mark.parametrize(
    ("levels", "step"),
    [
        ("1.17, 2025: 1.10", "-0.014个百分点"),
        ("1.20, 2025: 1.00", "-0.04个百分点"),
        ("3.56, 2025: 3.90", "0.07个百分点"),
    ],
)
def test_a_small_step_is_told_to_a_twentieth(tmp_path: File, levels: str, step: str) -> None:
    """Five times -0.01 would be -0.05, and not from 1.17 to 1.10."""
    path = path_of(tmp_path, f"  npl_ratio:\n  - {{in: t, level: {{2020: {levels}}}}}\n")
    assert pace_value(path).say("zh") == step  # type: ignore[union-attr]


def test_a_bound_that_is_met_on_the_way_is_held() -> None:
    (path,) = project_paths(
        read_plan_file(CASES / "audit" / "milestones-double-back.yaml", CATALOGUE).require(),
        CATALOGUE,
        Wish("milestones"),
    )
    assert path.values == (108, 121, 136, 152, 152, 152)
    assert "met already by the value of 2023: the path stays there" in said(path)
    assert "stays at the base" not in said(path)


@pytest.mark.parametrize(
    ("levels", "values"),
    [
        ("2020: 60, 2023: 50以上, 2025: 80", (60, 64, 67, 71, 76, 80)),
        ("2020: 60, 2023: 70以下, 2025: 100", (60, 63, 66, 70, 84, 100)),
        ("2020: 60, 2023: 90以上, 2025: 80以上", (60, 69, 79, 90, 90, 90)),
        ("2020: 60, 2023: 30—70, 2025: 65", (60, 61, 62, 63, 64, 65)),
    ],
)
def test_a_bound_on_the_way_is_kept_and_nothing_doubles_back(
    tmp_path: File, levels: str, values: tuple[int, ...]
) -> None:
    rows = f"  listed_companies:\n  - {{in: t, level: {{{levels}}}}}\n"
    assert path_of(tmp_path, rows, Wish("milestones")).values == values


@pytest.mark.parametrize("method", [None, "growth", "linear", "milestones"])
def test_a_value_printed_for_the_year_asked_about_is_its_value(tmp_path: File, method: str | None) -> None:
    rows = "  loans:\n  - {in: t, level: {2020: 100, 2025: 161}}\n  - {in: t, level: {2035: 300}}\n"
    path = path_of(tmp_path, rows, Wish(method, to=2037))
    at = dict(zip(path.years, path.values, strict=True))
    assert (at[2025], at[2035]) == (161, 300)
    middle = (161 + 300) / 2 if method == "linear" else (161 * 300) ** 0.5
    assert at[2030] == pytest.approx(middle)
    assert [year for year in path.years if path.extrapolated(year)] == [2036, 2037]
    assert "the years after 2035 are extrapolated" in said(path)
    widths = [high - low for low, high in zip(path.low, path.high, strict=True)]
    assert widths[15] == pytest.approx(1)
    assert widths[15] < widths[16] < widths[17]


def test_beyond_the_target_nothing_printed_is_asked_for_in_between(tmp_path: File) -> None:
    rows = "  loans:\n  - {in: t, level: {2020: 100, 2025: 161, 2030: 200, 2035: 300}}\n"
    path = path_of(tmp_path, rows, Wish(to=2032))
    assert (path.values[10], path.until) == (200, 2030)
    assert path.values[12] == pytest.approx(200 * (200 / 161) ** 0.4)


# -- reasons and notes that are true -------------------------------------------------------------


def test_growth_at_constant_prices_leads_from_the_printed_base() -> None:
    (path,) = project_paths(
        read_plan_file(CASES / "public/h08-real-growth-from-printed-base/h08.yaml", CATALOGUE).require(),
        CATALOGUE,
    )
    assert path.why is None
    assert (path.values[0], path.values[-1]) == (2311.65, pytest.approx(2311.65 * 1.06**5))
    assert path.is_real
    assert said(path) == "the printed growth is at constant prices: so is this path, at the prices of 2020"


def test_without_a_printed_base_it_is_told_and_with_one_it_is_not(tmp_path: File) -> None:
    growth = "growth: {2020->2025: 6%}"
    without = path_of(tmp_path, f"  gdp:\n  - {{in: t, {growth}}}\n")
    assert "no base is printed for 2020" in said(without)
    for rows in (
        f"  gdp:\n  - {{in: t, level: {{2020: 100}}, {growth}}}\n",
        f"  gdp:\n  - {{in: t, {growth}}}\n  - {{in: s, level: {{2020: 100}}}}\n",
        f"  gdp:\n  - {{in: t, {growth}, prices: current}}\n  - {{in: s, level: {{2020: 100}}}}\n",
    ):
        assert "no base" not in said(path_of(tmp_path, rows))


def test_current_prices_are_not_called_constant(tmp_path: File) -> None:
    rows = "  gdp:\n  - {in: t, level: {2020: 100}, growth: {2020->2025: 6%}, prices: current}\n"
    assert "constant" not in said(path_of(tmp_path, rows))


def test_real_growth_misses_no_nominal_target(tmp_path: File) -> None:
    """A path at constant prices is not held against a target at the prices of its year."""
    rows = "  gdp:\n  - {in: t, level: {2020: 100, 2025: 161}, growth: {2020->2025: 6%%}%s}\n"
    real = path_of(tmp_path, rows % "", Wish("stated"))
    assert real.miss is None
    assert "target" not in said(real)
    nominal = path_of(tmp_path, rows % ", prices: current", Wish("stated"))
    assert nominal.miss is not None
    assert "less than the target" in said(nominal)


def test_real_growth_implies_no_ratio_to_nominal_levels(tmp_path: File) -> None:
    """Premiums at the prices of their year by a GDP at those of the base year are no depth."""
    rows = (
        "  gdp:\n  - {in: t, level: {2020: 1000}, growth: {2020->2025: 6%%}%s}\n"
        "  premium:\n  - {in: t, level: {2020: 30, 2025: 40}}\n"
    )
    for prices, expected in (("", set()), (", prices: current", {"insurance_depth"})):
        loaded = plan_of(tmp_path, rows % prices)
        implied = implied_paths(project_paths(loaded, CATALOGUE), loaded, CATALOGUE)
        assert {each.indicator_id for each in implied} == expected


@pytest.mark.parametrize(("method", "is_told"), [(None, True), ("linear", True), ("stated", False)])
def test_only_a_path_to_the_bound_is_called_the_least(
    tmp_path: File, method: str | None, is_told: bool
) -> None:
    rows = "  premium:\n  - {in: t, level: {2020: 100, 2025: 161以上}, growth: {2020->2025: 9%}}\n"
    assert ("least path" in said(path_of(tmp_path, rows, Wish(method)))) == is_told


@pytest.mark.parametrize(
    ("pace", "why"),
    [
        ("change: {2020->2025: up}", "no growth or change is printed as a number"),
        ("change: {2020-06->2025: 增加5亿元}", "is for 2020-06->2025, not from 2020"),
        ("change: {2020->2025: 增加5亿元}", None),
        ("growth: {2021->2025: 5%}", "is for 2021->2025, not from 2020"),
    ],
)
def test_why_no_printed_pace_leads_on(tmp_path: File, pace: str, why: str | None) -> None:
    rows = f"  premium:\n  - {{in: t, level: {{2020: 100, 2025: 161}}, {pace}}}\n"
    path = path_of(tmp_path, rows, Wish("stated"))
    assert (path.instead is None) == (why is None)
    assert (why or "") in instead(path)


def test_that_nothing_is_printed_in_between_is_told_only_then(tmp_path: File) -> None:
    bare = path_of(tmp_path, LOANS % ("100", "161"), Wish("milestones"))
    assert "no value is printed between 2020 and 2025" in said(bare)
    passed = path_of(
        tmp_path, "  loans:\n  - {in: t, level: {2020: 100, 2023: 90以上, 2025: 161}}\n", Wish("milestones")
    )
    assert "no value is printed" not in said(passed)


@pytest.mark.parametrize(("base", "why"), [("超过0家", None), ("0家", "not above zero")])
def test_a_base_above_zero_is_not_called_zero(tmp_path: File, base: str, why: str | None) -> None:
    rows = f"  listed_companies:\n  - {{in: t, level: {{2020: {base}, 2025: 5}}}}\n"
    path = path_of(tmp_path, rows, Wish("growth"))
    assert (path.instead is None) == (why is None)


def test_the_audit_and_the_paths_imply_the_same_growth() -> None:
    """One computation: zhuhai's GDP and population grow as `check` says they do."""
    implied = implied_paths(list(paths_of(ZHUHAI).values()), ZHUHAI, CATALOGUE)
    told = {
        finding.message.say("en")
        for finding in audit_plans([ZHUHAI], CATALOGUE).findings
        if finding.code.name == "implausible-growth"
    }
    growing = [each for each in implied if each.leaves_band]
    assert {each.indicator_id for each in growing} == {"gdp", "population"}
    for each in growing:
        assert each.growth.low is not None
        assert each.growth.high is not None
        rate = Range(each.growth.low * 100, each.growth.high * 100, 1, "%").say("en")
        (finding,) = [
            one for one in told if one.startswith(f"{each.indicator.en}:") and "2020 to 2025" in one
        ]
        assert f", {rate} a year," in finding


def test_a_plans_own_band_counts_for_its_paths_too(tmp_path: File) -> None:
    rows = "  finance_value_added:\n  - {in: t, level: {2020: 100.00, 2025: 200.00}}\n"
    rows += "  finance_share_of_gdp:\n  - {in: t, level: {2020: 5.00, 2025: 5.00}}\n"
    loaded = plan_of(tmp_path, rows)
    (gdp,) = implied_paths(project_paths(loaded, CATALOGUE), loaded, CATALOGUE)
    assert gdp.leaves_band
    loaded = plan_of(tmp_path, rows + "bands:\n  gdp: {low: 0%, high: 20%, zh: 特区, en: a zone}\n")
    (gdp,) = implied_paths(project_paths(loaded, CATALOGUE), loaded, CATALOGUE)
    assert not gdp.leaves_band
