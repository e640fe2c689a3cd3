"""Workbooks, read back: values, formats, formulas recomputed, text that stays text."""

import io
import math
import sys
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from plantrack.audit import audit_plans
from plantrack.cli import run
from plantrack.errors import PlantrackError
from plantrack.formats.xlsx import workbook_bytes
from plantrack.paths import METHODS, Wish, project_paths
from plantrack.paths import Path as YearlyPath
from plantrack.plan.actuals import Actual
from plantrack.plan.plan import Plan
from plantrack.reading import find_plan, load_catalogue, plan_files, read_plan_file
from plantrack.reading.actuals_file import load_actuals
from plantrack.track import Assessment, track_plan
from plantrack.views.formulas import column_name
from plantrack.views.worksheets import Account, worksheets
from spreadsheets import column_of, formulas, row_of, value_of
from test_cli import ROOT, output
from test_odd_plans import actuals, plans

CATALOGUE = load_catalogue()
ACTUALS = ROOT / "docs" / "examples" / "actuals.csv"
ODD = """\
plan: odd
title: {zh: "=1+1", en: "=1+1"}
place: {id: zhaoqing, zh: 肇庆市, en: Zhaoqing}
base: 2020
target: 2025
sections: {t: "@SUM(A1)"}
figures:
  premium:
  - {in: t, level: {2020: "76.91", 2025: "115"}, growth: {2020->2025: 8.50%}, note: '=HYPERLINK("x")'}
  loans:
  - {in: t, level: {2020: "100", 2025: 150以上}, scope: "+含横琴"}
  npl_ratio:
  - {in: t, level: {2020: "1.17", 2025: 1.1以下}}
  listed_companies:
  - {in: t, level: {2020: "25", 2025: 超过50家}}
  insurance_depth:
  - {in: t, level: {2020: "4.4", 2025: "4.5"}}
  deposits:
  - {in: t, level: {2020: "200", 2025: 300—400}}
"""


@pytest.fixture(autouse=True)
def english(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PLANTRACK_LANG", "en")
    monkeypatch.delenv("PLANTRACK_PLANS", raising=False)
    monkeypatch.chdir(ROOT)


def odd_plan(folder: Path, content: str = ODD) -> Plan:
    file = folder / "odd.yaml"
    file.write_text(content, encoding="utf-8")
    return read_plan_file(file, CATALOGUE).require()


def book_of(
    loaded: Plan,
    given_values: tuple[Actual, ...] | None = None,
    *,
    method: str | None = None,
    language: str = "en",
) -> tuple[Workbook, list[YearlyPath]]:
    paths = project_paths(loaded, CATALOGUE, Wish(method, actuals=given_values or ()))
    tracking = (
        track_plan(loaded, CATALOGUE, Assessment(given_values, None, method))
        if given_values is not None
        else None
    )
    account = Account(loaded, audit_plans([loaded], CATALOGUE), paths, given_values or (), tracking)
    content = workbook_bytes(worksheets(account, CATALOGUE), "title", language)
    return load_workbook(io.BytesIO(content)), paths


def assert_formulas_agree(book: Workbook, cached: Workbook) -> int:
    """Every formula comes to the value that stands beside it."""
    number = 0
    for sheet in book:
        for place in formulas(sheet):
            computed, shown = value_of(sheet, place), cached[sheet.title][place].value
            number += 1
            if isinstance(shown, str):
                assert computed == shown, (sheet.title, place)
            else:
                assert math.isclose(computed, shown, rel_tol=1e-9, abs_tol=1e-9), (sheet.title, place)
    return number


def both(content: bytes) -> tuple[Workbook, Workbook]:
    return load_workbook(io.BytesIO(content)), load_workbook(io.BytesIO(content), data_only=True)


def test_a_workbook_has_chinese_sheets_with_frozen_headings(tmp_path: Path) -> None:
    file = tmp_path / "book.xlsx"
    assert run(["export", "zhaoqing", "--actuals", str(ACTUALS), "-o", str(file), "--lang", "zh"]) == 0
    book = load_workbook(file)
    assert book.sheetnames == ["说明", "年度任务", "进度", "实际值", "目标判断", "问题清单", "数据"]
    for sheet in book:
        assert sheet.freeze_panes is not None
        assert sheet.freeze_panes.endswith("2")
        for cell in sheet[1]:
            if cell.value is not None and isinstance(cell.value, str):
                assert sheet.column_dimensions[cell.column_letter].width > len(cell.value)


@pytest.mark.parametrize("file", plan_files(ROOT / "data" / "plans"), ids=lambda file: file.stem)
def test_formulas_come_to_what_plantrack_says(file: Path) -> None:
    loaded = read_plan_file(file, CATALOGUE).require()
    paths = project_paths(loaded, CATALOGUE)
    account = Account(loaded, audit_plans([loaded], CATALOGUE), paths)
    book, cached = both(workbook_bytes(worksheets(account, CATALOGUE), "title", "en"))
    found = assert_formulas_agree(book, cached)
    assert (found > 0) == any(path.why is None for path in paths)


def test_yearly_tasks_are_the_paths(tmp_path: Path) -> None:
    book, paths = book_of(odd_plan(tmp_path))
    sheet = book["Yearly tasks"]
    for number, path in enumerate(paths, start=2):
        for year, value in zip(path.years, path.values, strict=True):
            assert value_of(sheet, f"{column_of(sheet, year)}{number}") == pytest.approx(value)
        assert value_of(sheet, f"{column_of(sheet, 'reached')}{number}") == "yes"
    assert len(formulas(sheet)) >= 7 * len(paths)


def test_a_changed_pace_or_target_changes_the_years(tmp_path: Path) -> None:
    book, _ = book_of(odd_plan(tmp_path))
    sheet = book["Yearly tasks"]
    row = row_of(sheet, "insurance premiums")
    last, pace = f"{column_of(sheet, 2025)}{row}", f"{column_of(sheet, 'a year')}{row}"
    reached, target = (f"{column_of(sheet, each)}{row}" for each in ("reached", "target value"))
    assert value_of(sheet, last, {pace: 0.05}) == pytest.approx(76.91 * 1.05**5)
    assert value_of(sheet, reached, {pace: 0.05}) == "no"
    assert value_of(sheet, last, {target: 120}) == pytest.approx(120)
    assert value_of(sheet, pace, {target: 76.91 * 1.1**5}) == pytest.approx(0.1)


def test_steps_of_shares_are_points(tmp_path: Path) -> None:
    book, _ = book_of(odd_plan(tmp_path))
    sheet = book["Yearly tasks"]
    row = row_of(sheet, "insurance depth")
    pace = f"{column_of(sheet, 'a year')}{row}"
    assert value_of(sheet, pace) == pytest.approx(0.02)
    assert sheet[pace].number_format.endswith('" points"')
    assert value_of(sheet, f"{column_of(sheet, 2025)}{row}", {pace: 1.0}) == pytest.approx(0.094)


def test_formats_follow_the_printed_decimals(tmp_path: Path) -> None:
    book, _ = book_of(odd_plan(tmp_path))
    sheet = book["Yearly tasks"]
    base, last = column_of(sheet, 2020), column_of(sheet, "target value")
    forms = {
        name: (
            sheet[f"{base}{row_of(sheet, name)}"].number_format,
            sheet[f"{last}{row_of(sheet, name)}"].number_format,
        )
        for name in ("insurance premiums", "non-performing loan ratio")
    }
    assert forms == {
        "insurance premiums": ("#,##0.00", "#,##0"),
        "non-performing loan ratio": ("0.00%", "0.0%"),
    }
    shown = {cell.value: cell.number_format for cell in book["Figures"][column_of(book["Figures"], "number")]}
    assert shown[0.085] == "0.00%"
    assert shown[0.0117] == "0.00%"


def test_bounds_and_ranges_say_when_they_are_reached(tmp_path: Path) -> None:
    book, _ = book_of(odd_plan(tmp_path))
    sheet = book["Yearly tasks"]
    reached = column_of(sheet, "reached")
    cases = {
        "loans +含横琴": ((149.0, "no"), (160.0, "yes")),
        "non-performing loan ratio": ((0.012, "no"), (0.009, "yes")),
        "listed companies": ((50, "no"), (51, "yes")),
        "deposits": ((299.0, "no"), (401.0, "no"), (320.0, "yes")),
    }
    for name, tries in cases.items():
        row = row_of(sheet, name)
        for value, said in tries:
            typed = {f"{column_of(sheet, 2025)}{row}": value}
            assert value_of(sheet, f"{reached}{row}", typed) == said, (name, value)


def test_text_of_a_plan_is_never_a_formula(tmp_path: Path) -> None:
    book, _ = book_of(odd_plan(tmp_path))
    texts = {
        cell.value: cell
        for sheet in book
        for row in sheet.iter_rows()
        for cell in row
        if cell.data_type == "s"
    }
    for said in ("=1+1", "@SUM(A1)", '=HYPERLINK("x")'):
        assert texts[said].quotePrefix
    for sheet in book:
        assert sheet._hyperlinks == []  # noqa: SLF001 - openpyxl has no other way
        for place in formulas(sheet):
            assert not any(said in sheet[place].value for said in ("HYPERLINK", "SUM", "!", "[", "|"))


def test_of_a_limit_the_limit_is_due_not_the_base_that_keeps_it(tmp_path: Path) -> None:
    file, rows = tmp_path / "made.yaml", "  npl_ratio:\n  - {in: t, level: {2020: 1.2%, 2025: 1.5%以内}}\n"
    head = "plan: made\ntitle: {zh: 例, en: E}\nplace: {id: zhuhai, zh: 珠海市, en: Zhuhai}\nbase: 2020\ntarget: 2025\n"
    file.write_text(f"{head}sections: {{t: 表}}\nfigures:\n{rows}", encoding="utf-8")
    loaded, table = read_plan_file(file, CATALOGUE).require(), tmp_path / "actuals.csv"
    table.write_text("indicator,year,value\nnpl_ratio,2023,1.4%\n", encoding="utf-8")
    book, _ = book_of(loaded, load_actuals(table, loaded, CATALOGUE).actuals)
    sheet = book["Progress"]
    due, gap = (value_of(sheet, f"{column_of(sheet, each)}2") for each in ("path", "gap"))
    assert (due, gap) == (pytest.approx(0.015), pytest.approx(-0.1))


def test_progress_follows_the_numbers() -> None:
    loaded = read_plan_file(find_plan("zhaoqing", None), CATALOGUE).require()
    read = load_actuals(ACTUALS, loaded, CATALOGUE)
    book, _ = book_of(loaded, read.actuals)
    sheet = book["Progress"]
    row = row_of(sheet, "insurance premiums")

    def at(heading: str, typed: dict[str, float] | None = None) -> float:
        return value_of(sheet, f"{column_of(sheet, heading)}{row}", typed)

    actual = f"{column_of(sheet, 'actual')}{row}"
    assert at("actual") == 98.7
    assert at("gap") == pytest.approx(98.7 - at("path"))
    assert at("needed a year") == pytest.approx((115 / 98.7) ** 0.5 - 1)
    assert at("needed a year", {actual: 100.0}) == pytest.approx(1.15**0.5 - 1)
    assert at("at this pace in the target year", {actual: 76.91 * 1.1**3}) == pytest.approx(76.91 * 1.1**5)
    assert len([cell for cell in book["Actuals"]["A"] if cell.value == "insurance premiums"]) == 3


@example(
    "plan: odd\ntitle: {zh: 例, en: E}\nplace: {id: zhaoqing, zh: 肇庆市, en: Z}\nbase: 2020\ntarget: 2025\n"
    "sections: {t: 表}\nfigures:\n  listed_companies:\n"
    "  - {in: t, level: {2020: 0}, annual_change: {2020->2025: 下降1}}\n",
    (),
    None,
)
@example(
    "plan: odd\ntitle: {zh: 例, en: E}\nplace: {id: zhaoqing, zh: 肇庆市, en: Z}\nbase: 2020\ntarget: 2025\n"
    "sections: {t: 表}\nfigures:\n  listed_companies:\n  - {in: t, level: {2019: 0, 2022: 2—3, 2020: 5}}\n",
    (),
    None,
)
@settings(max_examples=40)
@given(plans(), actuals(), st.sampled_from([None, *(each for each in METHODS if each != "from-actual")]))
def test_no_formula_says_something_else_than_its_path(
    tmp_path_factory: pytest.TempPathFactory, plan: str, given_values: tuple[Actual, ...], method: str | None
) -> None:
    """A formula stands only where it gives the path's own value."""
    file = tmp_path_factory.mktemp("odd") / "odd.yaml"
    file.write_text(plan.replace("{above: loans}", "up"), encoding="utf-8")
    loaded = read_plan_file(file, CATALOGUE).plan
    if loaded is None:
        return
    paths = project_paths(loaded, CATALOGUE, Wish(method, actuals=given_values))
    tracking = track_plan(loaded, CATALOGUE, Assessment(given_values, None, method))
    account = Account(loaded, audit_plans([loaded], CATALOGUE), paths, given_values, tracking)
    assert_formulas_agree(*both(workbook_bytes(worksheets(account, CATALOGUE), "题", "zh")))


def test_tables_go_into_workbooks_too(tmp_path: Path) -> None:
    file = tmp_path / "loans.xlsx"
    assert run(["compare", "loans", "-o", str(file)]) == 0
    (sheet,) = load_workbook(file)
    row = next(row for row in sheet.iter_rows() if str(row[0].value).startswith("Zhuhai"))
    assert [cell.value for cell in row[1:3]] == [7626, 10000]
    assert row[4].number_format == "0.00%"
    assert row[4].value == pytest.approx((10000 / 7626) ** (1 / 5) - 1, abs=5e-5)


def test_without_xlsxwriter_the_extra_is_named(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setitem(sys.modules, "xlsxwriter", None)
    file = tmp_path / "book.xlsx"
    assert run(["export", "zhuhai", "-o", str(file)]) == 2
    assert 'pip install "plantrack[xlsx]"' in capsys.readouterr().err
    assert not file.exists()


def test_a_workbook_that_cannot_be_written_leaves_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "book.xlsx").mkdir()
    (tmp_path / "book.xlsx" / "zhuhai.xlsx").mkdir()
    assert run(["export", "zhuhai", "-o", str(tmp_path / "book.xlsx")]) == 2
    assert "cannot be written" in capsys.readouterr().err
    assert [each.name for each in (tmp_path / "book.xlsx").iterdir()] == ["zhuhai.xlsx"]


def test_a_folder_gets_a_workbook_for_each_plan(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    shown = output(capsys, "export", "--all", "-o", str(tmp_path / "new" / "out"))
    names = {Path(line).name for line in shown.splitlines()}
    assert names == {f"{file.stem}.xlsx" for file in plan_files(ROOT / "data" / "plans")}
    assert names == {each.name for each in (tmp_path / "new" / "out").iterdir()}


@pytest.mark.parametrize(("number", "name"), [(0, "A"), (25, "Z"), (26, "AA"), (701, "ZZ"), (702, "AAA")])
def test_columns_have_the_names_of_spreadsheets(number: int, name: str) -> None:
    assert column_name(number) == name


def test_errors_are_plantrack_errors(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "xlsxwriter", None)
    with pytest.raises(PlantrackError):
        workbook_bytes([], "title", "en")
