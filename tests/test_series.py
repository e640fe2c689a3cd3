"""Every kind of target has a path: totals, growth without levels, changes, ranges, zero, indices, another base."""

import json
from pathlib import Path as File

import openpyxl
import pytest

import plantrack
from plantrack.cli import run
from plantrack.paths import Path, Wish, project_paths
from plantrack.reading import load_catalogue, read_plan_file
from plantrack.reading.actuals_file import load_actuals
from plantrack.views.documents import path_record
from test_workbook import assert_formulas_agree

CATALOGUE = load_catalogue()
CASES = File(__file__).parent / "cases" / "public"
HEAD = (
    "plan: made\ntitle: {zh: 例, en: Example}\nplace: {id: zhaoqing, zh: 肇庆市, en: Zhaoqing}\n"
    "base: 2020\ntarget: 2025\nsections: {t: 表, s: 文}\nown:\n"
    "  jobs: {zh: 岗, en: jobs, unit: 万人, kind: flow, better: up}\n"
    "  firms: {zh: 企, en: firms, unit: 家, kind: stock, better: up}\n"
    "  use: {zh: 耗, en: use, unit: 吨标准煤/万元, kind: ratio, better: down}\n"
    "  share: {zh: 比, en: share, unit: '%', kind: ratio, better: up, limit: 100%}\n"
    "  debt: {zh: 债, en: debt, unit: 亿元, kind: stock, domain: nonnegative, better: down}\n"
    "  score: {zh: 分, en: score, unit: '', kind: index, better: up}\n"
    "  balance: {zh: 衡, en: balance, unit: '%', kind: ratio}\n"
    "figures:\n"
)


def paths_of(folder: File, rows: str, wish: Wish | None = None, actuals: str = "") -> list[Path]:
    file, given = folder / "made.yaml", folder / "actuals.csv"
    file.write_text(HEAD + rows, encoding="utf-8")
    plan = read_plan_file(file, CATALOGUE).require()
    wish = wish or Wish()
    if actuals:
        given.write_text("指标,年份,数值\n" + actuals, encoding="utf-8")
        wish = wish._replace(actuals=load_actuals(given, plan, CATALOGUE).actuals)
    return project_paths(plan, CATALOGUE, wish)


def path_of(folder: File, rows: str, wish: Wish | None = None, actuals: str = "") -> Path:
    (path,) = paths_of(folder, rows, wish, actuals)
    return path


def said(path: Path) -> str:
    return "; ".join(note.say("en") for note in path.notes)


TOTAL = "  jobs:\n  - {in: t, level: {2021/2025: 20万人}}\n"


def test_a_total_is_the_sum_of_equal_shares() -> None:
    """h07: 20 from 2021 to 2025 are 4 a year."""
    (folder,) = CASES.glob("h07-*")
    (path,) = plantrack.project(plantrack.load(folder / "h07.yaml"))
    assert (path.kind, path.method, path.step) == ("total", "linear", 4)
    assert dict(zip(path.years, path.values, strict=True)) == {
        2020: 0, 2021: 4, 2022: 8, 2023: 12, 2024: 16, 2025: 20,
    }  # fmt: skip
    assert "a total over 2021–2025" in said(path)


def test_from_the_latest_actual_a_total_has_what_remains(tmp_path: File) -> None:
    """h07 with actuals: 12.3 are done, 7.7 remain, 3.85 a year."""
    done = "岗,2021,4.1\n岗,2022,42000人\n岗,2023,4.0\n"
    path = path_of(tmp_path, TOTAL, Wish("from-actual"), done)
    assert (path.years, path.step) == ((2023, 2024, 2025), pytest.approx(3.85))
    assert path.values == pytest.approx((12.3, 16.15, 20))
    missing = path_of(tmp_path, TOTAL, Wish("from-actual"), "岗,2022,4.2\n")
    assert missing.method == "linear"
    assert "no actual is given for a year before" in said(missing)


def test_a_total_begins_before_its_first_year_and_ends_with_its_last(tmp_path: File) -> None:
    path = path_of(tmp_path, "  jobs:\n  - {in: t, level: {2022/2024: 9}}\n", Wish(to=2030))
    assert path.years == (2021, 2022, 2023, 2024)
    asked = path_of(tmp_path, TOTAL, Wish("growth"))
    assert asked.method == "linear"
    assert "not constant growth (a total begins at zero, so no rate leads from it)" in said(asked)


def test_a_total_stands_beside_a_target_of_one_year(tmp_path: File) -> None:
    rows = "  jobs:\n  - {in: t, level: {2021/2025: 20}}\n  - {in: t, level: {2020: 3.8, 2025: 4.2}}\n"
    assert [(each.kind, each.values[-1]) for each in paths_of(tmp_path, rows)] == [
        ("total", 20),
        ("level", 4.2),
    ]


@pytest.mark.parametrize(
    ("row", "rate", "last"),
    [
        ("growth: {2020->2025: 6%}", 0.06, 100 * 1.06**5),
        ("total_growth: {2020->2025: 下降13.5%}", 0.865**0.2 - 1, 86.5),
        ("total_growth: {2020->2025: '下降[13.5%]'}", 0.865**0.2 - 1, 86.5),
        ("multiple: {2020->2025: 1.5倍}", 1.5**0.2 - 1, 150),
    ],
)
def test_growth_without_levels_is_an_index(tmp_path: File, row: str, rate: float, last: float) -> None:
    """Over the whole it is the yearly rate that it amounts to."""
    path = path_of(tmp_path, f"  use:\n  - {{in: t, {row}}}\n")
    assert (path.kind, path.values[0], path.indicator.unit) == ("index", 100, "")
    assert (path.rate, path.values[-1]) == (pytest.approx(rate), pytest.approx(last))
    assert "the path is an index, 2020 = 100" in said(path)


def test_with_an_actual_of_the_base_year_growth_leads_from_there(tmp_path: File) -> None:
    path = path_of(tmp_path, "  debt:\n  - {in: t, growth: {2020->2025: 下降6%}}\n", actuals="债,2020,50\n")
    assert (path.kind, path.values[0]) == ("level", 50)
    assert path.values[-1] == pytest.approx(50 * 0.94**5)


@pytest.mark.parametrize(
    ("row", "values"),
    [
        ("change: {2020->2025: 提高2.5个百分点}", (0, 0.005, 0.01, 0.015, 0.02, 0.025)),
        ("change: {2020->2025: 下降2.5个百分点}", (0, -0.005, -0.01, -0.015, -0.02, -0.025)),
        ("annual_change: {2020->2025: 提高1个百分点}", (0, 0.01, 0.02, 0.03, 0.04, 0.05)),
    ],
)
def test_a_change_without_levels_begins_at_zero(tmp_path: File, row: str, values: tuple[float, ...]) -> None:
    path = path_of(tmp_path, f"  share:\n  - {{in: t, {row}}}\n")
    assert (path.kind, path.values) == ("change", pytest.approx(values))


def test_a_change_of_a_count_is_whole(tmp_path: File) -> None:
    path = path_of(tmp_path, "  firms:\n  - {in: t, change: {2020->2025: 增加52家}}\n")
    assert path.values == (0, 10, 21, 31, 42, 52)


@pytest.mark.parametrize(
    ("rows", "values"),
    [
        ("{2020: 20, 2025: 30—40}", (20, 22, 24, 26, 28, 30)),
        ("{2020: 50, 2025: 30—40}", (50, 50, 50, 50, 50, 50)),
        ("{2020: 33, 2025: 30—40}", (33, 33, 33, 33, 33, 33)),
    ],
)
def test_a_range_is_come_to_at_its_nearest_end(tmp_path: File, rows: str, values: tuple[float, ...]) -> None:
    """Inside is good, and beyond it on the better side nothing is made worse."""
    path = path_of(tmp_path, f"  share:\n  - {{in: t, level: {rows}}}\n")
    assert path.values == pytest.approx([each / 100 for each in values])


def test_through_printed_values_a_range_is_come_to_from_the_last_of_them(tmp_path: File) -> None:
    rows = "  share:\n  - {in: t, level: {2019: 100, 2021: 30—40}}\n  - {in: s, level: {2020: 1}}\n"
    path = path_of(tmp_path, rows, Wish("milestones"))
    assert path.values == (1, 0.01, 0.3)
    assert path.asked == 0.3


def test_growth_of_nothing_is_held(tmp_path: File) -> None:
    given = tmp_path / "actuals.csv"
    given.write_text("指标,年份,数值\n比,2020,19\n比,2023,21\n", encoding="utf-8")
    file = plan_file(tmp_path, "  share:\n  - {in: t, growth: {2020->2025: 0%}}\n")
    (row,) = plantrack.track(plantrack.load(file), given).rows
    assert row.achieved is not None
    assert (row.achieved.kind, row.status) == ("held", "on the path")


def test_where_neither_side_is_better_a_range_is_come_to_from_above_too(tmp_path: File) -> None:
    path = path_of(tmp_path, "  balance:\n  - {in: t, level: {2020: 50, 2025: 30—40}}\n")
    assert path.values == pytest.approx((0.5, 0.48, 0.46, 0.44, 0.42, 0.4))
    assert path.asked == pytest.approx(0.4)


@pytest.mark.parametrize("printed", ["0", "清零"])
def test_a_target_of_zero_is_come_to_in_equal_steps(tmp_path: File, printed: str) -> None:
    path = path_of(tmp_path, f"  debt:\n  - {{in: t, level: {{2020: 50, 2025: {printed}}}}}\n")
    assert path.values == (50, 40, 30, 20, 10, 0)


def test_an_index_goes_in_equal_steps(tmp_path: File) -> None:
    path = path_of(tmp_path, "  score:\n  - {in: t, level: {2020: 80, 2025: 90}}\n")
    assert (path.method, path.step) == ("linear", 2)


@pytest.mark.parametrize(
    ("rows", "start", "first"),
    [
        ("  - {in: t, level: {2019: 60.6, 2025: 65}}\n", 2019, 0.606),
        ("  - {in: t, level: {2019: 60.6, 2025: 65}}\n  - {in: s, level: {2020: 61}}\n", 2019, 0.606),
        ("  - {in: t, level: {2019: 60.6, 2020: 61, 2025: 65}}\n", 2020, 0.61),
        ("  - {in: s, level: {2019: 60.6}}\n  - {in: t, level: {2025: 65}}\n", 2019, 0.606),
        ("  - {in: s, level: {2018: 60.1, 2019: 60.6}}\n  - {in: t, level: {2025: 65}}\n", 2019, 0.606),
    ],
)
def test_a_base_may_stand_in_another_year(tmp_path: File, rows: str, start: int, first: float) -> None:
    """The row's own counts before the section's and the plan's."""
    path = path_of(tmp_path, "  share:\n" + rows)
    assert (path.years[0], path.values[0], path.values[-1]) == (start, pytest.approx(first), 0.65)


def test_one_method_for_the_plan_refuses_no_row_and_says_which_it_has(tmp_path: File) -> None:
    rows = (
        "  debt:\n  - {in: t, level: {2020: 50, 2025: 0}}\n"
        "  share:\n  - {in: t, level: {2020: 60, 2025: 65}}\n" + TOTAL
    )
    paths = paths_of(tmp_path, rows, Wish("growth"))
    assert [(each.method, each.why) for each in paths] == [
        ("linear", None),
        ("growth", None),
        ("linear", None),
    ]
    assert "not constant growth" in said(paths[0])


ALL = (
    TOTAL
    + "  use:\n  - {in: t, total_growth: {2020->2025: 下降13.5%}}\n"
    + "  share:\n  - {in: t, change: {2020->2025: 提高2.5个百分点}}\n"
)


def test_tables_say_what_the_values_are(tmp_path: File, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "made.yaml"
    file.write_text(HEAD + ALL, encoding="utf-8")
    assert run(["path", str(file), "--lang", "zh"]) == 0
    shown = capsys.readouterr().out
    for name in ("岗（万人，2021年起累计）", "耗（2020年=100）", "比（个百分点，较2020年变化）"):
        assert name in shown
    assert run(["path", str(file), "-f", "json"]) == 0
    found = json.loads(capsys.readouterr().out)["paths"]
    assert [(each["kind"], each["unit"]) for each in found] == [
        ("total", "万人"),
        ("index", ""),
        ("change", "%"),
    ]
    assert run(["export", str(file), "--table", "paths", "-f", "csv", "-o", str(tmp_path / "p.csv")]) == 0
    heading, *lines = (tmp_path / "p.csv").read_text(encoding="utf-8-sig").splitlines()
    cells = [dict(zip(heading.split(","), each.split(","), strict=True)) for each in lines]
    last = [(each["kind"], each["unit"], float(each["value"])) for each in cells if each["year"] == "2025"]
    assert last == [
        ("total", "万人", 20),
        ("index", "2020=100", pytest.approx(86.5)),
        ("change", "个百分点", 2.5),
    ]


@pytest.mark.parametrize(
    ("rows", "actuals", "why"),
    [
        ("  use:\n  - {in: t, total_growth: {2020->2025: 下降13.5%}}\n", "耗,2023,0.5", "2020"),
        ("  share:\n  - {in: t, change: {2020->2025: 提高2.5个百分点}}\n", "比,2023,61", "2020"),
    ],
)
def test_a_level_is_never_held_against_an_index_or_a_change(
    tmp_path: File, rows: str, actuals: str, why: str
) -> None:
    file, given = tmp_path / "made.yaml", tmp_path / "actuals.csv"
    file.write_text(HEAD + rows, encoding="utf-8")
    given.write_text("指标,年份,数值\n" + actuals + "\n", encoding="utf-8")
    (row,) = plantrack.track(plantrack.load(file), given).rows
    assert (row.status, row.pace.gap, row.achieved) == ("undetermined", None, None)
    assert row.why is not None
    assert row.why.say("en") == f"no base is printed for {why}"
    assert run(["export", str(file), "--actuals", str(given), "-f", "csv", "-o", str(tmp_path / "out")]) == 0
    heading, line = (tmp_path / "out" / "progress.csv").read_text(encoding="utf-8-sig").splitlines()
    assert dict(zip(heading.split(","), line.split(","), strict=True))["path"] == ""
    assert run(["export", str(file), "--actuals", str(given), "-o", str(tmp_path / "out.xlsx")]) == 0


def test_a_total_is_tracked_by_its_sums() -> None:
    """h07: 12.3 against 12.0; 4.1 a year so far, 4 planned, 3.85 needed."""
    (folder,) = CASES.glob("h07-*")
    (row,) = plantrack.track(plantrack.load(folder / "h07.yaml"), folder / "actuals.csv").rows
    assert row.actual is not None
    assert row.actual.text == "12.3"
    assert [each.text for each in row.actuals] == ["4.1", "4.2", "4.0"]
    pace = [
        each and each.nominal
        for each in (row.pace.gap, row.pace.observed, row.pace.required, row.pace.remaining)
    ]
    assert pace == pytest.approx([0.3, 4.1, 4, 3.85])


# -- what holds for every year -------------------------------------------------------------------

EACH = "  jobs:\n  - {in: t, each_year: {2021/2025: 60万人以上}}\n"


def plan_file(folder: File, rows: str) -> File:
    file = folder / "made.yaml"
    file.write_text(HEAD + rows, encoding="utf-8")
    return file


def test_what_holds_for_every_year_is_a_level_of_each(tmp_path: File) -> None:
    figures = read_plan_file(plan_file(tmp_path, EACH), CATALOGUE).require().figures
    assert [each.id for each in figures] == [f"made/jobs/level/{year}/t" for year in range(2021, 2026)]
    assert len({(each.position, each.row_id, each.text) for each in figures}) == 1


@pytest.mark.parametrize(
    ("rows", "codes"),
    [
        ("  - {in: t, level: {2021/2025: 250}}\n", {"PT305"}),
        ("  - {in: t, level: {2021/2025: 320}}\n", set()),
        ("  - {in: t, level: {2023: 59.0}}\n", {"PT302"}),
        ("  - {in: t, level: {2020: 65.0}}\n", set()),
    ],
)
def test_the_audit_knows_every_year(tmp_path: File, rows: str, codes: set[str]) -> None:
    """A flow over a span is the sum of its years; a floor below the base is not worse than it."""
    audit = plantrack.audit(plantrack.load(plan_file(tmp_path, EACH + rows)))
    assert {each.code.code for each in audit.findings} == codes
    targets = [each for each in audit.targets if each.figure.each_year is not None]
    assert [each.due for each in targets] == ["2025"]


@pytest.mark.parametrize("time", ["2021", "2020->2025", "2025/2021", "2021-01/2021-06", "1900/2199"])
def test_every_year_takes_two_years(tmp_path: File, time: str) -> None:
    rows = f"  jobs:\n  - {{in: t, each_year: {{{time}: 60以上}}}}\n"
    found = plantrack.validate(plan_file(tmp_path, rows))
    assert {each.code.name for each in found} - {"unused-section"} in (
        {"invalid-time"},
        {"times-out-of-order"},
    )


def test_a_floor_of_every_year_is_its_own_path(tmp_path: File) -> None:
    rows = EACH + "  - {in: t, level: {2020: 65, 2022: 63, 2025: 70}}\n"
    floor, level = paths_of(tmp_path, rows)
    assert (floor.kind, floor.years, set(floor.values)) == ("each year", tuple(range(2021, 2026)), {60})
    assert said(floor) == "the target holds for every year of 2021–2025; the target is a floor"
    assert (level.years[0], level.values[0], level.values[-1]) == (2020, 65, 70)
    asked = path_of(tmp_path, EACH, Wish("growth"))
    assert (asked.method, set(asked.values)) == ("linear", {60})


FIVE, TWO = (f"jobs:\n  - {{in: t, each_year: {{2021/{last}: 60以上}}}}" for last in (2025, 2022))
SHARE = "balance:\n  - {in: t, each_year: {2021/2025: 5%以内}}"


@pytest.mark.parametrize(
    ("row", "actuals", "status", "note"),
    [
        (FIVE, "岗,2021,61\n岗,2022,60\n", "on the path", "kept in 2 of 2 years"),
        (FIVE, "岗,2021,61\n岗,2022,59\n", "behind", "not kept in 2022"),
        (FIVE, "岗,2022,61\n", "undetermined", "kept in 1 of 1 years"),
        (TWO, "岗,2021,61\n岗,2022,60\n", "met", "kept in 2 of 2 years"),
        (TWO, "岗,2021,59\n岗,2022,60\n", "missed", "not kept in 2021"),
        ("jobs:\n  - {in: t, each_year: {2021/2025: 60—65}}", "岗,2021,61\n", "on the path", "kept in 1 of 1 years"),
        ("debt:\n  - {in: t, each_year: {2021/2025: 5以内}}", "债,2021,6\n", "behind", "not kept in 2021"),
        (SHARE, "衡,2021,4.9\n", "on the path", "kept in 1 of 1 years"),
    ],
)  # fmt: skip
def test_every_year_is_judged(tmp_path: File, row: str, actuals: str, status: str, note: str) -> None:
    file, given = plan_file(tmp_path, f"  {row}\n"), tmp_path / "actuals.csv"
    given.write_text("指标,年份,数值\n" + actuals, encoding="utf-8")
    (found,) = plantrack.track(plantrack.load(file), given).rows
    assert found.status == status
    assert note in [each.say("en") for each in found.notes]
    assert found.achieved is not None
    assert found.achieved.kind == "each year"


def test_what_is_printed_once_is_traced_once(tmp_path: File) -> None:
    document = tmp_path / "made.txt"
    document.write_text("表\n岗每年60万人以上。\n文\n", encoding="utf-8")
    trace = plantrack.trace(plantrack.load(plan_file(tmp_path, EACH)), document, unused=True)
    assert [each.status for each in trace.traced] == ["found"]
    assert not trace.findings


# -- worksheets ----------------------------------------------------------------------------------


def test_worksheets_have_formulas_for_every_kind(tmp_path: File) -> None:
    """Whatever a formula computes is what stands beside it; a range is come to at its nearest end."""
    rows = (
        ALL
        + EACH.removeprefix("  jobs:\n").join(("  firms:\n", "")).replace("60万人", "60家")
        + "  balance:\n  - {in: t, level: {2020: 50, 2025: 30—40}}\n"
    )
    file, given = plan_file(tmp_path, rows), tmp_path / "actuals.csv"
    given.write_text(
        "指标,年份,数值\n岗,2021,4.1\n岗,2022,4.3\n耗,2021,0.5\n比,2021,61\n企,2021,61\n衡,2021,49\n",
        encoding="utf-8",
    )
    out = tmp_path / "book.xlsx"
    assert run(["export", str(file), "--actuals", str(given), "-o", str(out), "--lang", "en"]) == 0
    book, cached = (openpyxl.load_workbook(out, data_only=only) for only in (False, True))
    assert_formulas_agree(book, cached)


@pytest.mark.parametrize(
    ("row", "base", "last"),
    [
        ("jobs:\n  - {in: t, level: {2025: 115}, growth: {2020->2025: 8%}}", 115 / 1.08**5, 115),
        ("jobs:\n  - {in: t, level: {2025: 115}, total_growth: {2020->2025: '[50]'}}", 115 / 1.5, 115),
        ("jobs:\n  - {in: t, level: {2025: 115}, multiple: {2020->2025: '2.5'}}", 46, 115),
        ("share:\n  - {in: t, level: {2025: 68}, change: {2020->2025: '[4.5]'}}", 0.635, 0.68),
        ("firms:\n  - {in: t, level: {2025: 200}, annual_change: {2020->2025: 新增10家}}", 150, 200),
    ],
)
def test_target_and_growth_lead_back_to_a_base(tmp_path: File, row: str, base: float, last: float) -> None:
    (path,) = paths_of(tmp_path, f"  {row}\n")
    assert path.why is None
    assert (path.values[0], path.values[-1]) == pytest.approx((base, last), abs=5e-3)
    assert path.low[0] <= base <= path.high[0]
    assert "lead back to" in path.notes[0].say("en")
    assert path_record(path)["base_derived"] == path.derived.numeral.text


@pytest.mark.parametrize(
    ("row", "why"),
    [
        ("jobs:\n  - {in: t, level: {2025: 115以上}, growth: {2020->2025: 8%}}", "a bound or a range"),
        ("jobs:\n  - {in: t, level: {2025: 115}, multiple: {2020->2025: 翻一番}}", "a bound or a range"),
        ("gdp:\n  - {in: t, level: {2025: 115}, growth: {2020->2025: 8%}}", "at constant prices"),
        ("jobs:\n  - {in: t, level: {2025: 115}, growth: {2019->2020: 8%}}", "no base is printed for 2020"),
    ],
)
def test_what_leads_back_to_no_base(tmp_path: File, row: str, why: str) -> None:
    (path,) = paths_of(tmp_path, f"  {row}\n")
    assert path.why is not None
    assert why in path.why.say("en")


def test_an_actual_of_the_base_year_goes_before_a_base_that_is_derived(tmp_path: File) -> None:
    row = "  jobs:\n  - {in: t, level: {2025: 115}, growth: {2020->2025: 8%}}\n"
    (path,) = paths_of(tmp_path, row, actuals="岗,2020,80\n")
    assert (path.values[0], path.derived) == (80, None)
