"""The formulas of an assessment: worked examples, laws, and what `track` makes of them."""

import json
import math
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import plantrack
from plantrack.cli import run
from plantrack.track import STATUSES, Progress
from plantrack.track.assessment import (
    Achievement,
    Elapsed,
    difference_type,
    floor_of_each_year,
    growth_a_year,
    growth_over_the_whole,
    growth_type,
    held,
    less_is_better,
    mean_growth,
    meets,
    total_over_the_period,
    towards_range,
    towards_zero,
    verdict_on_mean,
    verdict_on_way,
    within_limit,
)

CASES = Path(__file__).parent / "cases" / "public"
HALFWAY = Elapsed(Fraction(3), 5)
HEAD = (
    "plan: made\ntitle: {zh: 例, en: Example}\nplace: {id: zhaoqing, zh: 肇庆市, en: Zhaoqing}\n"
    "base: 2020\ntarget: 2025\nsections: {t: 表}\nown:\n"
    "  thing: {zh: 物, en: thing, unit: 亿元, kind: flow, domain: any, better: up}\n"
    "  debt: {zh: 债, en: debt, unit: 亿元, kind: stock, domain: any, better: down}\n"
    "  neither: {zh: 平, en: neither, unit: 亿元, kind: flow, domain: any}\n"
    "  rate: {zh: 率, en: rate, unit: '%', kind: ratio, better: down}\n"
    "  cap: {zh: 限, en: cap, unit: '%', kind: ratio, better: down, role: limit}\n"
    "  waste: {zh: 废, en: waste, unit: 吨, kind: flow, better: down}\n"
    "  high: {zh: 高, en: high, unit: '%', kind: ratio, better: up}\n"
    "figures:\n"
)


def parts(*values: str) -> list[Fraction]:
    return [Fraction(value) / 100 for value in values]


def tracked(folder: Path, rows: str, actuals: str, tolerance: float = 5) -> Progress:
    plan, file = folder / "made.yaml", folder / "actuals.csv"
    plan.write_text(HEAD + rows, encoding="utf-8")
    file.write_text("指标,年份,数值\n" + actuals, encoding="utf-8")
    (row,) = plantrack.track(plantrack.load(plan), file, tolerance=tolerance).rows
    return row


def of_case(name: str, actuals: str = "actuals.csv") -> Progress:
    (folder,) = CASES.glob(f"{name}-*")
    (row,) = plantrack.track(plantrack.load(folder / f"{name}.yaml"), folder / actuals).rows
    return row


# -- formulas ------------------------------------------------------------------------------------


@pytest.mark.parametrize("years", [1, 2, 3, 5])
@pytest.mark.parametrize("half", ["0.25", "4.75", "6.65", "9.15", "11.45"])
def test_a_mean_at_half_a_digit_is_rounded_up_whatever_its_float_is(years: int, half: str) -> None:
    """4.75 % in every year is 4.8 % at one decimal, and not 4.7 %."""
    mean = mean_growth(parts(half) * years)
    rounded, cut = ((Fraction(half) + each) / 100 for each in (Fraction(5, 100), -Fraction(5, 100)))
    assert verdict_on_mean(mean, rounded, 1, is_binding=True) == "on the path"
    assert verdict_on_mean(mean, cut, 1, is_binding=True, better="down") == "behind"


def test_the_energy_saving_of_the_eleventh_plan() -> None:
    """+1.51, -2.20 and -4.18 % make -4.87 %: 26.8 % of the way to -17 %; 12.75 % remain, 6.59 % a year."""
    reached = math.prod(1 + each for each in parts("1.51", "-2.20", "-4.18")) - 1
    assert float(reached) == pytest.approx(-0.0487, abs=5e-5)
    found = growth_over_the_whole(Fraction(-17, 100), reached, HALFWAY)
    assert found.progress == pytest.approx(0.268, abs=5e-4)
    assert found.remaining is not None
    assert float(found.remaining) == pytest.approx(-0.1275, abs=5e-5)
    assert found.needed == pytest.approx(-0.0659, abs=5e-5)
    assert verdict_on_way(found, HALFWAY) == "behind"


def test_growth_and_difference_types() -> None:
    grown = growth_type(Fraction(100), Fraction(161051, 1000), Fraction(121), HALFWAY)
    assert (grown.completion, grown.progress) == (Fraction(121000, 161051), pytest.approx(0.4))
    assert grown.due == pytest.approx(133.1)
    assert grown.needed == pytest.approx(1.1**1.5 - 1)
    risen = difference_type(Fraction(60), Fraction(65), Fraction(62), HALFWAY)
    assert risen == Achievement("difference", Fraction(62, 65), Fraction(2, 5), Fraction(63), Fraction(3, 2))


def test_less_is_better_and_zero() -> None:
    found = less_is_better(Fraction(10), Fraction(5), Fraction(8), HALFWAY, in_steps=True)
    assert (found.completion, found.progress, found.due) == (Fraction(5, 8), Fraction(2, 5), Fraction(7))
    fallen = less_is_better(
        Fraction(100), Fraction(81), Fraction(90), Elapsed(Fraction(1), 2), in_steps=False
    )
    assert (fallen.completion, fallen.progress) == (Fraction(9, 10), pytest.approx(0.5))
    gone = towards_zero(Fraction(50), Fraction(20), HALFWAY)
    assert (gone.completion, gone.progress, gone.due) == (None, Fraction(3, 5), Fraction(20))
    assert gone.needed == Fraction(-10)


def test_limits_ranges_and_what_is_held() -> None:
    assert within_limit(Fraction(5), Fraction(6), "down").margin == -1
    assert within_limit(Fraction(10), Fraction(12), "up").margin == 2
    inside = towards_range(Fraction(30), Fraction(40), Fraction(20), Fraction(35), HALFWAY)
    assert (inside.completion, inside.progress) == (1, None)
    below = towards_range(Fraction(30), Fraction(40), Fraction(20), Fraction(26), HALFWAY)
    assert (below.completion, below.progress, below.needed) == (None, Fraction(3, 5), Fraction(2))
    left = towards_range(Fraction(30), Fraction(40), Fraction(35), Fraction(26), HALFWAY)
    assert (left.progress, verdict_on_way(left, HALFWAY)) == (None, "behind")
    assert held(Fraction(100), Fraction(99)).completion == Fraction(99, 100)


def test_growth_a_year_is_judged_by_the_geometric_mean() -> None:
    """h09: 8.1, 1.2 and 5.2 % are 4.8 % a year."""
    found = growth_a_year(Fraction(6, 100), parts("8.1", "1.2", "5.2"), HALFWAY)
    assert found.mean == pytest.approx((1.081 * 1.012 * 1.052) ** (1 / 3) - 1)
    assert found.progress == pytest.approx(math.log(1.081 * 1.012 * 1.052) / (5 * math.log(1.06)))
    assert found.needed == pytest.approx((1.06**5 / (1.081 * 1.012 * 1.052)) ** 0.5 - 1)
    assert growth_a_year(Fraction(6, 100), parts("5.2"), HALFWAY).needed is None
    assert growth_a_year(Fraction(0), parts("5.2"), HALFWAY).completion is None


@pytest.mark.parametrize(
    ("mean", "decimals", "is_binding", "verdict"),
    [
        ("8.6", 1, False, "ahead"),
        ("8.55", 1, False, "on the path"),
        ("8.4", 1, False, "on the path"),
        ("8.4", 1, True, "behind"),
        ("8.46", 1, True, "on the path"),
        ("8.39", 2, False, "behind"),
    ],
)
def test_a_mean_within_a_tenth_of_a_point(mean: str, decimals: int, is_binding: bool, verdict: str) -> None:
    of = Fraction(mean) / 100 + (Fraction(1, 10**5) if mean == "8.6" else 0)
    assert verdict_on_mean(of, Fraction("8.5") / 100, decimals, is_binding=is_binding) == verdict


def test_totals_and_floors_of_each_year() -> None:
    found = total_over_the_period(Fraction(20), [Fraction(41, 10), Fraction(42, 10), Fraction(4)], HALFWAY)
    assert (found.completion, found.progress, found.due) == (Fraction(123, 200), Fraction(123, 200), 12)
    assert (found.remaining, found.needed) == (Fraction(77, 10), Fraction(77, 20))
    kept = floor_of_each_year(Fraction(4), [Fraction(41, 10), Fraction(42, 10), Fraction(39, 10)])
    assert (kept.completion, kept.progress) == (Fraction(39, 40), Fraction(2, 3))


def test_months_are_twelfths() -> None:
    found = total_over_the_period(Fraction(24), [Fraction(3)], Elapsed(Fraction(3, 12), 1))
    assert (found.due, found.needed) == (6, 28)


@pytest.mark.parametrize(
    ("actual", "target", "better", "decimals", "is_met"),
    [
        ("8.96", "9", "up", 0, True),
        ("114.6", "115", "up", None, False),
        ("115", "115", "up", None, True),
        ("5.4", "5", "down", 0, True),
        ("5.5", "5", "down", 0, False),
        ("8.34", "8.32", "up", 1, True),
        ("0.4", "0", "down", 0, False),
        ("-0.4", "0", "up", 0, True),
    ],
)
def test_what_meets_a_target(
    actual: str, target: str, better: str, decimals: int | None, is_met: bool
) -> None:
    side = "up" if better == "up" else "down"
    assert meets(Fraction(actual), Fraction(target), side, decimals) is is_met  # type: ignore[arg-type]


NUMBERS = st.fractions(Fraction(1, 100), 10**6, max_denominator=1000)
TIMES = st.integers(1, 10).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))


@given(NUMBERS, NUMBERS, TIMES)
def test_a_row_on_its_path_has_the_share_of_time(
    base: Fraction, target: Fraction, time: tuple[int, int]
) -> None:
    """One path, one progress, one verdict, also for binding rows."""
    elapsed = Elapsed(Fraction(time[0]), time[1])
    if abs(target - base) < target / 1000:
        return
    for formula in (growth_type, difference_type):
        due = formula(base, target, base, elapsed).due
        assert due is not None
        found = formula(base, target, Fraction(due), elapsed)
        assert found.progress == pytest.approx(float(elapsed.share), abs=1e-9)
        assert verdict_on_way(found, elapsed, is_binding=True) == "on the path"


@given(NUMBERS, NUMBERS, NUMBERS)
def test_what_is_needed_leads_to_the_target(base: Fraction, target: Fraction, actual: Fraction) -> None:
    if base == target:
        return
    grown, risen = (each(base, target, actual, HALFWAY).needed for each in (growth_type, difference_type))
    assert grown is not None
    assert risen is not None
    assert float(actual) * (1 + grown) ** 2 == pytest.approx(float(target))
    assert actual + risen * 2 == target


# -- in `track` ----------------------------------------------------------------------------------

SAVING = "  debt:\n  - {in: t, level: {2020: 100}, total_growth: {2020->2025: 下降17%}}\n"
OPEN = "  neither:\n  - {in: t, growth: {2023->2025: 下降6%%%s}}\n"
FALLING = "  debt:\n  - {in: t, growth: {2023->2025: 下降6%}}\n"


@pytest.mark.parametrize(
    ("rows", "actuals", "kind", "status"),
    [
        ("  thing:\n  - {in: t, level: {2020: 100, 2025: 161}}\n", "物,2022,121", "growth", "on the path"),
        ("  thing:\n  - {in: t, level: {2020: -10, 2025: 10}}\n", "物,2022,5", "difference", "ahead"),
        ("  debt:\n  - {in: t, level: {2020: 50, 2025: 0}}\n", "债,2023,20", "to zero", "on the path"),
        ("  debt:\n  - {in: t, level: {2020: 50, 2025: 0}}\n", "债,2025,0", "to zero", "met"),
        ("  rate:\n  - {in: t, level: {2020: 1.2%, 2025: 0}}\n", "率,2023,0.4", "to zero", "ahead"),
        ("  rate:\n  - {in: t, level: {2020: 1.2%, 2025: 0}}\n", "率,2025,0.1", "to zero", "missed"),
        ("  cap:\n  - {in: t, level: {2020: 4.0%, 2025: 5%以内}}\n", "限,2023,4.9", "limit", "within"),
        ("  cap:\n  - {in: t, level: {2025: 5%以内}}\n", "限,2023,5.6", "limit", "beyond"),
        ("  rate:\n  - {in: t, level: {2020: 4.0%, 2025: 5%以内}}\n", "率,2023,4.9", "limit", "within"),
        ("  thing:\n  - {in: t, level: {2020: 20, 2025: 30—40}}\n", "物,2023,35", "range", "reached"),
        ("  thing:\n  - {in: t, level: {2020: 20, 2025: 30—40}}\n", "物,2023,26", "range", "on the path"),
        ("  thing:\n  - {in: t, level: {2020: 20, 2025: 30—40}}\n", "物,2025,29", "range", "missed"),
        ("  rate:\n  - {in: t, level: {2020: 30%, 2025: 30%}}\n", "率,2023,29", "held", "on the path"),
        ("  rate:\n  - {in: t, level: {2020: 30%, 2025: 30%}}\n", "率,2023,31", "held", "behind"),
        (SAVING, "债,2023,95.13", "growth over the whole", "behind"),
        ("  thing:\n  - {in: t, level: {2021/2025: 20}}\n", "物,2021,13\n物,2022,8", "total", "reached"),
        ("  thing:\n  - {in: t, level: {2024/2025: 20}}\n", "物,2024,9\n物,2025,8", "total", "missed"),
        ("  thing:\n  - {in: t, level: {2021/2025: 20以内}}\n", "物,2021,8", "total", "within"),
        ("  thing:\n  - {in: t, growth: {2020->2025: 6%}}\n", "物增速,2021,6.3", "growth a year", "on the path"),
        ("  thing:\n  - {in: t, growth: {2023->2025: 6%}}\n", "物增速,2024,7\n物增速,2025,5", "growth a year", "met"),
        (OPEN % "", "平增速,2024,-7\n平增速,2025,-7", "growth a year", "met"),
        (OPEN % "", "平增速,2024,-4\n平增速,2025,-4", "growth a year", "missed"),
        (OPEN % "以上", "平增速,2024,-8", "growth a year", "ahead"),
        (FALLING, "债增速,2024,-7\n债增速,2025,-3", "growth a year", "missed"),
    ],
)  # fmt: skip
def test_each_kind_of_target_is_judged_by_its_formulas(
    tmp_path: Path, rows: str, actuals: str, kind: str, status: str
) -> None:
    row = tracked(tmp_path, rows, actuals)
    assert row.achieved is not None
    assert (row.achieved.kind, row.status) == (kind, status)


def test_a_total_over_the_period() -> None:
    """h07: 12.3 of 20 are 61.5 % at 60 % of the time; 7.7 left, 3.85 a year."""
    row = of_case("h07")
    found = row.achieved
    assert found is not None
    assert (row.status, row.share) == ("on the path", Fraction(3, 5))
    assert (found.progress, found.remaining, found.needed) == (
        Fraction(615, 1000),
        Fraction(77, 10),
        Fraction(77, 20),
    )


def total(asked: str, name: str = "thing") -> str:
    return f"  {name}:\n  - {{in: t, level: {{2021/2025: {asked}}}}}\n"


FIVE = "{0},2021,200\n{0},2022,200\n{0},2023,200\n{0},2024,200\n{0},2025,%s"


@pytest.mark.parametrize(
    ("rows", "actuals", "completion", "status"),
    [
        (total("1000—1200"), "物,2021,200\n物,2022,200\n物,2023,200", "6/10", "on the path"),
        (total("1000—1200"), FIVE.format("物") % 199, "999/1000", "missed"),
        (total("1000—1200"), FIVE.format("物") % 200, "1", "met"),
        (total("1000—1200"), FIVE.format("物") % 700, "15/12", "met"),
        (total("1000—1200", "waste"), FIVE.format("废") % 400, "1", "within"),
        (total("1000—1200", "waste"), FIVE.format("废") % 700, "15/12", "beyond"),
    ],
)
def test_a_total_that_is_a_range_is_held_against_its_nearest_end(
    tmp_path: Path, rows: str, actuals: str, completion: str, status: str
) -> None:
    """As its path is: 600 of 1000—1200 after three years of five are on it, and 1000 are what was asked for."""
    row = tracked(tmp_path, rows, actuals)
    found = row.achieved
    assert found is not None
    assert row.share is not None
    assert (row.status, found.completion, found.due) == (status, Fraction(completion), 1000 * row.share)


@pytest.mark.parametrize("name", ["waste", "new_construction_land"])
@pytest.mark.parametrize(("last", "status"), [("150", "within"), ("600", "beyond")])
def test_a_total_of_what_is_to_be_little_is_a_ceiling(
    tmp_path: Path, name: str, last: str, status: str
) -> None:
    """By its better side or by its role, also without 以内: 1500 of 1200 is nothing reached early."""
    chinese = "废" if name == "waste" else "新增建设用地规模"
    row = tracked(
        tmp_path, total("1200", name), f"{chinese},2021,500\n{chinese},2022,400\n{chinese},2023,{last}"
    )
    assert (row.status, row.better, row.pace.remaining) == (status, "down", None)
    assert row.achieved is not None
    assert row.achieved.needed is None


@pytest.mark.parametrize(
    ("growth", "rates", "status"),
    [
        ("growth: {2023->2025: 5—6%}", (5, 5), "met"),
        ("growth: {2023->2025: 5—6%}", (6,), "on the path"),
        ("growth: {2023->2025: 5—6%}", (4, 4.9), "missed"),
        ("growth: {2023->2025: 5—6%}", (4.6, 5), "met"),  # 4.8 is 5 without decimals
        ("growth: {2023->2025: 5—6%}", (7,), "ahead"),
        ("total_growth: {2023->2025: 10—12%}", (5, 5), "met"),
        ("total_growth: {2023->2025: 10—12%}", (4, 5), "missed"),
    ],
)
def test_growth_that_is_a_range_is_kept_within_it(
    tmp_path: Path, growth: str, rates: tuple[float, ...], status: str
) -> None:
    actuals = "\n".join(f"物增速,{year},{rate}" for year, rate in enumerate(rates, 2024))
    assert tracked(tmp_path, f"  thing:\n  - {{in: t, {growth}}}\n", actuals).status == status


@pytest.mark.parametrize(("base", "actual"), [("32%", "33"), ("38%", "37"), ("38%", "38")])
@pytest.mark.parametrize(("name", "chinese"), [("rate", "率"), ("high", "高")])
def test_within_a_range_the_side_of_its_middle_tells_nothing(
    tmp_path: Path, base: str, actual: str, name: str, chinese: str
) -> None:
    rows = f"  {name}:\n  - {{in: t, level: {{2020: {base}, 2025: 30—40%}}}}\n"
    assert tracked(tmp_path, rows, f"{chinese},2023,{actual}").status == "reached"


@pytest.mark.parametrize(("actual", "status"), [("29.96", "met"), ("29.4", "missed"), ("40.04", "met")])
def test_a_range_of_shares_is_met_at_its_decimals(tmp_path: Path, actual: str, status: str) -> None:
    """29.96 % is 30 % as 30—40 % are printed; the decimals of the middle (35.5 of 30—41) are nobody's."""
    for asked in ("30—40%", "30—41%"):
        rows = f"  high:\n  - {{in: t, level: {{2020: 20%, 2025: {asked}}}}}\n"
        assert tracked(tmp_path, rows, f"高,2025,{actual}").status == status


def test_a_total_with_a_year_missing_is_undetermined(tmp_path: Path) -> None:
    row = tracked(tmp_path, "  thing:\n  - {in: t, level: {2021/2025: 20}}\n", "物,2021,4\n物,2023,4")
    assert row.status == "undetermined"
    assert row.why is not None
    assert row.why.say("en") == "2 of 3 years are known"


def test_published_growth_rates_are_actuals_of_growth_targets() -> None:
    """h09: three years are 4.8 % a year against 6 % and more; one year alone is told to be one of five."""
    row, alone = of_case("h09"), of_case("h09", "actuals2.csv")
    assert row.achieved is not None
    assert (row.status, row.achieved.mean) == ("behind", pytest.approx(0.0480, abs=5e-5))
    assert not row.notes
    assert alone.status == "behind"
    assert [note.say("en") for note in alone.notes] == ["1 of 5 years are known"]


@pytest.mark.parametrize(
    ("binding", "tolerance", "status"),
    [("", 5, "on the path"), (", binding: true", 5, "behind"), ("", 1, "behind"), ("", 0, "behind")],
)
def test_binding_rows_have_no_tolerance_below(
    tmp_path: Path, binding: str, tolerance: float, status: str
) -> None:
    rows = f"  thing:\n  - {{in: t, level: {{2020: 100, 2025: 161}}{binding}}}\n"
    row = tracked(tmp_path, rows, "物,2022,120", tolerance)
    assert (row.status, row.is_binding) == (status, bool(binding))


@pytest.mark.parametrize(("actual", "status"), [("21.5", "on the path"), ("21.6", "behind")])
def test_a_row_at_what_its_path_shows_is_on_it(tmp_path: Path, actual: str, status: str) -> None:
    """The path goes through 21.45 in 2022, which is shown as 21.5 and whose float is a little less."""
    rows = "  rate:\n  - {in: t, level: {2020: 21.8%, 2024: 21.1%}, binding: true}\n"
    assert tracked(tmp_path, rows, f"率,2022,{actual}").status == status


def test_where_rounding_could_change_the_verdict_a_note_says_so(tmp_path: Path) -> None:
    rows = "  thing:\n  - {in: t, level: {2020: 100, 2025: 161}, binding: true}\n"
    row = tracked(tmp_path, rows, "物,2022,121")
    assert [note.say("en") for note in row.notes] == ['"121" is rounded: the status may also be behind']
    assert [note.say("zh") for note in row.notes] == ["“121”为四舍五入数，评价也可能是慢于预期"]


def test_a_limit_is_kept_or_not_in_every_year(tmp_path: Path) -> None:
    rows = "  cap:\n  - {in: t, level: {2020: 4.0%, 2025: 5%以内}}\n"
    row = tracked(tmp_path, rows, "限,2021,6\n限,2022,5.9\n限,2023,4.9")
    assert (row.status, row.achieved and row.achieved.margin) == ("within", Fraction(1, 1000))
    assert row.notes[-1].say("en") == "beyond the limit in 2021, 2022"


def test_what_is_beyond_a_floor_is_told_to_be_below_it(tmp_path: Path) -> None:
    """Of farmland 超出目标 would be praise."""
    rows = "  thing:\n  - {in: t, level: {2020: 25.3, 2025: 25.0以上}}\n"
    row = tracked(tmp_path, rows, "物,2022,24.8\n物,2023,24.9")
    assert (row.status, row.status_title.say("zh")) == ("beyond", "低于目标")
    assert [note.say("zh") for note in row.notes] == [
        "基期已达到目标，年度分解保持基期水平",
        "2022年低于目标",
    ]
    kept = tracked(tmp_path, rows, "物,2023,25.0")
    assert kept.status_title.say("zh") == "保持在目标以上"
    assert kept.notes[1].say("zh") == "“25.0”为四舍五入数，评价也可能是低于目标"


def test_json_carries_binding_and_every_intermediate_value(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    plan, file = tmp_path / "made.yaml", tmp_path / "actuals.csv"
    rows = (
        "  thing:\n  - {in: t, level: {2020: 100, 2025: 161}, binding: true}\n"
        "  rate:\n  - {in: t, level: {2020: 5%, 2025: 4%}}\n"
    )
    plan.write_text(HEAD + rows, encoding="utf-8")
    file.write_text("指标,年份,数值\n物,2022,121\n率,2022,4.6\n", encoding="utf-8")
    assert run(["track", str(plan), "--actuals", str(file), "--tolerance", "2", "-f", "json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert (found["tolerance"], found["binding"]["on the path"], found["expected"]["on the path"]) == (
        0.02,
        1,
        1,
    )
    thing, rate = found["indicators"]
    assert (thing["binding"], rate["binding"]) == (True, False)
    assert set(thing["assessment"]) == {
        *("kind", "share", "completion", "progress", "due", "needed", "remaining", "margin", "mean")
    }
    assert thing["assessment"]["progress"] == pytest.approx(math.log(1.21) / math.log(1.61))
    assert rate["assessment"] == pytest.approx(
        {"kind": "difference", "share": 0.4, "completion": 4 / 4.6, "progress": 0.4, "due": 0.046}
        | {"needed": -0.002, "remaining": None, "margin": None, "mean": None}
    )
    assert run(["track", str(plan), "--actuals", str(file), "--lang", "zh"]) == 0
    shown = capsys.readouterr().out
    assert "约束性指标1项：符合预期1项" in shown
    assert "预期性指标1项：符合预期1项" in shown


@pytest.mark.parametrize(
    ("rows", "actuals"),
    [
        ("  thing:\n  - {in: t, growth: {2020->2025: 6%}}\n", "物增速,2021,-100.0%"),
        ("  thing:\n  - {in: t, growth: {2020->2025: -100.0%}}\n", "物增速,2021,5%"),
        ("  thing:\n  - {in: t, level: {2021/2025: 0}}\n", "物,2021,5"),
        ("  thing:\n  - {in: t, level: {2020: 0, 2025: 0}}\n", "物,2021,5"),
        ("  thing:\n  - {in: t, level: {2020: 5}, growth: {2020->2025: 0%}}\n", "物,2021,5"),
        ("  thing:\n  - {in: t, level: {2020: 5}, growth: {2020->2025: 0%}}\n", "物增速,2021,5"),
        ("  thing:\n  - {in: t, level: {2020: -5}, total_growth: {2020->2025: 20%}}\n", "物,2021,5"),
        ("  thing:\n  - {in: t, level: {2020: 5}, change: {2020->2025: -5}}\n", "物,2021,-5"),
        ("  debt:\n  - {in: t, level: {2020: 5, 2025: 0}}\n", "债,2021,0"),
    ],
)
def test_odd_numbers_end_in_a_status(tmp_path: Path, rows: str, actuals: str) -> None:
    row = tracked(tmp_path, rows, actuals)
    assert row.status in STATUSES


def test_a_growth_rate_is_no_level_in_any_table(tmp_path: Path) -> None:
    """5.2 % of growth must not stand as 0.052亿元."""
    folder = next(CASES.glob("h09-*"))
    tracking = plantrack.track(plantrack.load(folder / "h09.yaml"), folder / "actuals.csv")
    (found,) = tracking.to_dict()["indicators"]
    assert (found["actual"]["text"], found["actual"]["kind"]) == ("5.2%", "growth")
    out = tmp_path / "out"
    arguments = ("export", str(folder / "h09.yaml"), "--actuals", str(folder / "actuals.csv"), "-o", str(out))
    assert run([*arguments, "-f", "csv"]) == 0
    heading, line = (out / "progress.csv").read_text(encoding="utf-8-sig").splitlines()
    cells = dict(zip(heading.split(","), line.split(","), strict=True))
    assert (cells["actual"], cells["value"], cells["status"]) == ("5.2%", "", "behind")


@pytest.mark.parametrize(("ours", "status"), [("130", "on the path"), ("126", "behind")])
def test_a_gap_between_growths_is_one_a_year(tmp_path: Path, ours: str, status: str) -> None:
    """Theirs grew by 6.27 % a year; 9.14 % is 2 points more, 8.01 % is not."""
    rows = "  thing:\n  - {in: t, level: {2020: 100}, growth: {2020->2025: {above: debt, by: 2}}}\n"
    row = tracked(tmp_path, rows, f"物,2023,{ours}\n债,2020,50\n债,2023,60")
    assert row.status == status
