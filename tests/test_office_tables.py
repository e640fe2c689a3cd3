"""Tables of actuals in the layouts in which offices keep them: each is read right, or refused with the cell.

The numbers are made up. What is expected: the values as `indicator year value`, and the places that are told.
"""

import contextlib
import io
import random
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any, NamedTuple
from zipfile import ZipFile

import pytest
from openpyxl import Workbook

from plantrack.cli import run
from plantrack.errors import PlantrackError
from plantrack.findings import Level
from plantrack.plan.actuals import Actual
from plantrack.reading import find_plan, load_catalogue, read_plan_file
from plantrack.reading.actuals_file import LoadedActuals, load_actuals
from plantrack.reading.delimited import Row
from plantrack.reading.headings import Columns, Known

CATALOGUE = load_catalogue()
PLAN = read_plan_file(find_plan("zhaoqing"), CATALOGUE).require()
P, L, N, C = "保费收入", "本外币贷款余额", "不良贷款率", "境内外上市公司"
Rows = list[list[Any]]


class Case(NamedTuple):
    """A table, what is read of it, and what is told: the places of errors, and of warnings and notes."""

    name: str
    rows: Rows
    values: str
    errors: str = ""
    notes: str = ""
    merged: str = ""
    formats: dict[str, str] = {}  # noqa: RUF012 - none is changed


AS_TEXT = [
    Case("wide", [["指标", "2022年", "2023年"], [P, "85.0", "98.7"]], "premium 2022 85 premium 2023 98.7"),
    Case(
        "numbered and indented names",
        [
            ["指标", "2023"],
            ["1.保费收入", "98.7"],
            ["  其中：寿险保费收入", "62.3"],
            ["（二）本外币贷款余额", "4500.1"],
            ["三、不良贷款率（%）", "0.9"],
            ["#境内外上市公司", "38"],
        ],
        "premium 2023 98.7 life_premium 2023 62.3 loans 2023 4500.1 npl_ratio 2023 0.9% listed_companies 2023 38",
    ),
    Case(
        "names once for several rows",
        [["指标", "年份", "数值"], [P, "2021", "80.1"], ["", "2022", "85.0"], ["", "2023", "98.7"]],
        "premium 2021 80.1 premium 2022 85 premium 2023 98.7",
        notes="3:1",
    ),
    Case(
        "a row without a name, not of the next year",
        [["指标", "年份", "数值"], [P, "2021", "80.1"], ["", "2019", "85.0"]],
        "premium 2021 80.1",
        errors="3:1",
    ),
    Case("a date", [["指标", "年份", "数值"], [P, "2023/12/31", "98.7"]], "premium 2023 98.7"),
    Case(
        "whole years by their months",
        [["指标", "2022年1—12月", "2023年1-12月"], [P, "85.0", "98.7"]],
        "premium 2022 85 premium 2023 98.7",
    ),
    Case("preliminary", [["指标", "2022年", "2023年（快报）"], [P, "85", "98.7"]], "premium 2022 85 premium 2023 98.7"),
    Case("a part of a year", [["指标", "2022年", "2023年1-9月"], [P, "85", "70"]], "premium 2022 85 premium 2023:1-9 70"),
    Case("half a year alone", [["指标", "2023年上半年"], [P, "70"]], "premium 2023:1-6 70"),
    Case(
        "settled before expected",
        [["指标", "2023年预计", "2023年实际", "2024年预期"], [P, "97", "98.7", "105"]],
        "premium 2023 98.7 premium 2024 105",
        notes="1:2",
    ),
    Case(
        "two rows of headings",
        [
            ["指标", "单位", "2022年", "", "2023年", ""],
            ["", "", "实际", "增速（%）", "快报", "增速（%）"],
            [P, "亿元", "85", "6.1", "98.7", "16.1"],
        ],
        "premium 2022 85 +premium 2022 6.1% premium 2023 98.7 +premium 2023 16.1%",
    ),
    Case(
        "years below their title",
        [["指标", "单位", "实际完成", "", "备注"], ["", "", "2022", "2023", ""], [P, "亿元", "85", "98.7", "快报"]],
        "premium 2022 85 premium 2023 98.7",
    ),
    Case(
        "three rows of headings",
        [
            ["指标名称", "全年完成情况", "", "", ""],
            ["", "2022年", "", "2023年", ""],
            ["", "完成值", "同比增长%", "完成值", "同比增长%"],
            [P, "85", "6.1", "98.7", "16.1"],
        ],
        "premium 2022 85 +premium 2022 6.1% premium 2023 98.7 +premium 2023 16.1%",
    ),
    Case(
        "three rows of headings, the last of units",
        [["指标", "完成值", ""], ["", "2022年", "2023年"], ["", "（亿元）", "（千万元）"], [P, "85", "987"]],
        "premium 2022 85 premium 2023 98.7",
    ),
    Case("growth beside a value", [["指标", "年份", "数值", "增速"], [P, "2023", "98.7", "5.2"]], "premium 2023 98.7 +premium 2023 5.2%"),
    Case(
        "growth of an indicator of growth",
        [["指标", "2023年", "2023年增速"], ["普惠型小微企业贷款", "", "21.5"]],
        "inclusive_loan_growth 2023 21.5%",
    ),
    Case(
        "growth as a row",
        [["指标", "2022", "2023"], ["普惠型小微企业贷款增速（%）", "22.1", "21.5"]],
        "inclusive_loan_growth 2022 22.1% inclusive_loan_growth 2023 21.5%",
    ),
    Case("growth alone", [["指标", "年份", "增速（%）"], [P, "2023", "5.2"]], "+premium 2023 5.2%"),
    Case("growth in an amount", [["指标", "2023年增速（亿元）"], [P, "5.2"]], "", errors="2:2"),
    Case("growth of indicators across", [["年份", "保费收入增速（%）"], ["2023", "5.2"]], "+premium 2023 5.2%"),
    Case("growth of growth", [["指标", "2023年增速"], ["保费收入增速", "5.2"]], "", errors="2:1"),
    Case("points are no growth", [["指标", "2023", "比上年提高（个百分点）"], ["普惠型小微企业贷款", "", "3"]], "", notes="1:3"),
    Case(
        "growth in a table of amounts",
        [["单位：亿元", "", ""], ["指标", "2023", "增速"], [P, "98.7", ""], ["普惠型小微企业贷款", "", "21.5"]],
        "premium 2023 98.7 inclusive_loan_growth 2023 21.5%",
    ),
    Case(
        "growth of a year in a table of amounts",
        [["单位：亿元", "", ""], ["指标", "2023", "2023年增速"], ["普惠型小微企业贷款", "", "21.5"]],
        "inclusive_loan_growth 2023 21.5%",
    ),
    Case("a fall is no growth", [["指标", "2023", "比上年下降%"], [N, "0.9", "3"]], "npl_ratio 2023 0.9%", notes="1:3"),
    Case(
        "sums and rates beside",
        [["指标", "2021", "2022", "合计", "完成率"], [P, "80", "85", "165", "96%"]],
        "premium 2021 80 premium 2022 85",
        notes="1:4 1:5",
    ),
    Case("a target beside", [["指标", "2023年", "2025年目标值"], [P, "98.7", "115"]], "premium 2023 98.7", notes="1:3"),
    Case("only targets", [["指标", "2025年目标"], [P, "115"]], "", errors="1:1"),
    Case("unit in a column", [["指标", "计量单位", "2023"], [P, "万元", "987000"]], "premium 2023 98.7"),
    Case("unit in brackets", [["指标", "2023"], ["保费收入（万元）", "987000"]], "premium 2023 98.7"),
    Case("unit in brackets behind 单位", [["指标", "2023"], ["保费收入（单位：万元）", "987000"]], "premium 2023 98.7"),
    Case("unit above", [["主要指标", ""], ["单位：千万元", ""], ["指标", "2023"], [P, "987"]], "premium 2023 98.7"),
    Case("unit in the heading of a year", [["指标", "2023年（千万元）"], [P, "987"]], "premium 2023 98.7"),
    Case("two units", [["指标", "单位", "2023"], ["保费收入（万元）", "亿元", "98.7"]], "", errors="2:3"),
    Case("a unit that is none", [["指标", "2023年（担）"], [P, "987"]], "", errors="1:1"),
    Case("years down, indicators across", [["年份", P, "不良贷款率（%）"], ["2022", "85", "1.0"], ["2023", "98.7", "0.9"]],
         "premium 2022 85 npl_ratio 2022 1% premium 2023 98.7 npl_ratio 2023 0.9%"),
    Case(
        "years down, units below the indicators",
        [["年份", P, L], ["", "千万元", "万元"], ["2023", "987", "45001000"]],
        "premium 2023 98.7 loans 2023 4500.1",
    ),
    Case(
        "months below their year",
        [["指标", "2023年", "", ""], ["", "1-6月", "1-9月", "1-12月"], [P, "40", "60", "98.7"]],
        "premium 2023 98.7 premium 2023:1-6 40 premium 2023:1-9 60",
    ),
    Case(
        "years below the period, and the base",
        [["指标", "2020年基数", "“十四五”时期", ""], ["", "", "2022", "2023"], [P, "76.9", "85", "98.7"]],
        "premium 2020 76.9 premium 2022 85 premium 2023 98.7",
    ),
    Case(
        "a bulletin of a month",
        [
            ["2023年1—9月主要经济指标", "", "", "", "", ""],
            ["指标", "单位", "本月", "本月同比增长%", "1-本月累计", "累计增长%"],
            [P, "亿元", "9.1", "3", "85.3", "8.1"],
            [L, "亿元", "4500", "9.1", "4500", "9.1"],
        ],
        "premium 2023:9-9 9.1 +premium 2023:9-9 3% premium 2023:1-9 85.3 +premium 2023:1-9 8.1% "
        "loans 2023:9-9 4500 +loans 2023:1-9 9.1%",
    ),
    Case(
        "months in the title, and the year before",
        [["2023年1—9月完成情况", "", "", "", ""], ["指标", "完成值", "上年同期", "上年全年", "增长（%）"], [P, "85.3", "80.1", "98", "6.5"]],
        "premium 2022 98 premium 2023:1-9 85.3 premium 2022:1-9 80.1 +premium 2023:1-9 6.5%",
    ),
    Case(
        "growth of months below their year",
        [["指标", "2022年", "", "2023年", ""], ["", "1—9月", "全年", "1—9月", "同比增长%"], [P, "80.1", "98", "85.3", "6.5"]],
        "premium 2022 98 premium 2022:1-9 80.1 premium 2023:1-9 85.3 +premium 2023:1-9 6.5%",
    ),
    Case(
        "months in a column of times",
        [["指标", "时间", "数值"], [P, "2023年1—9月", "85.3"], [P, "2023Q1", "30"], [L, "2023年9月末", "4500"], [L, "2023-06-30", "4400"]],
        "premium 2023:1-9 85.3 premium 2023:1-3 30 loans 2023:9-9 4500 loans 2023:6-6 4400",
    ),
    Case(
        "a column of months",
        [["指标", "年份", "月份", "数值"], [P, "2023", "1-9月", "85.3"], [P, "2022", "全年", "98"], [L, "2023", "9", "4500"]],
        "premium 2022 98 premium 2023:1-9 85.3 loans 2023:9-9 4500",
    ),
    Case(
        "a month that is empty is no year",
        [["指标", "年份", "月份", "数值"], [P, "2023", "1-9月", "85.3"], [P, "2022", "", "98"]],
        "premium 2023:1-9 85.3",
        errors="3:2",
    ),
    Case(
        "quarters down",
        [["指标", "年份", "季度", "数值"], [P, "2023", "1", "30"], [P, "2023", "第二季度", "28"]],
        "premium 2023:1-3 30 premium 2023:4-6 28",
    ),
    Case(
        "months across, years down",
        [["指标", "年份", "一季度", "上半年", "前三季度", "全年"], [P, "2022", "30", "55", "80", "98"], [P, "2023", "32", "58", "85", ""]],
        "premium 2022 98 premium 2022:1-3 30 premium 2022:1-6 55 premium 2022:1-9 80 premium 2023:1-3 32 premium 2023:1-6 58 premium 2023:1-9 85",
    ),
    Case(
        "the year before beside one of two columns",
        [["2023年1—9月主要指标", "", "", ""], ["指标", "本月", "累计", "上年同期"], [P, "9.1", "85.3", "80.1"]],
        "premium 2023:9-9 9.1 premium 2023:1-9 85.3 premium 2022:1-9 80.1",
    ),
    Case("months of no year", [["指标", "1—9月"], [P, "85.3"]], "", errors="1:2"),
    Case("the month of publication", [["市统计局 2023年10月", ""], ["指标", "累计"], [P, "85.3"]], "", errors="2:1"),
    Case("a flow at a month's end", [["指标", "2023年9月末"], [P, "85.3"], [L, "4500"]], "loans 2023:9-9 4500", notes="2:2"),
    Case("January or October", [["指标", "2023.1"], [P, "9"]], "", errors="1:2"),
    Case("no month", [["指标", "2023年13月"], [P, "9"]], "", errors="1:2"),
    Case(
        "months as plan files write them",
        [["指标", "2023-06", "2023-Q2", "2023-01/2023-06", "2023.10"], [P, "9", "28", "55", "10"]],
        "premium 2023:6-6 9 premium 2023:4-6 28 premium 2023:1-6 55 premium 2023:10-10 10",
    ),
    Case("a target of months", [["指标", "2023年1-9月", "1-9月目标"], [P, "85", "90"]], "premium 2023:1-9 85", notes="1:3"),
    Case("the month below the year's column", [["指标", "2023年9月", ""], ["", "当月", "累计"], [P, "9", "85"]], "premium 2023:9-9 9 premium 2023:1-9 85"),
    Case("growth beside two years", [["指标", "2022年1-9月", "2023年1-9月", "增长%"], [P, "80", "85", "6"]], "premium 2022:1-9 80 premium 2023:1-9 85 +premium 2023:1-9 6%"),
    Case("growth beside years apart", [["指标", "2020年", "2023年", "增长%"], [P, "80", "85", "6"]], "premium 2020 80 premium 2023 85", notes="1:4"),
    Case("the same months twice", [["指标", "2023年1-9月", "2023年前三季度"], [P, "85", "86"]], "premium 2023:1-9 85", errors="2:3"),
    Case("December of a stock and of a flow", [["指标", "2023年12月"], [P, "9"], [L, "4500"]], "loans 2023 4500 premium 2023:12-12 9"),
    Case("a span of years", [["指标", "2021—2023年", "2023年"], [P, "265", "98.7"]], "premium 2023 98.7", errors="1:2"),
    Case("the end of a year", [["指标", "2023年末余额", "2023年末比年初增加"], [L, "4500", "300"]], "loans 2023 4500", notes="1:3"),
    Case("other places across", [["指标", "广东省", "肇庆市"], [P, "6000", "98.7"]], "", errors="1:1"),
    Case("the province above", [["指标", "2023年", ""], ["", "全省", "全市"], [P, "6000", "98.7"]], "premium 2023 98.7", notes="2:2"),
    Case("years of two digits", [["指标", "22年", "23年"], [P, "85", "98.7"]], "", errors="1:1"),
    Case("this year and last", [["指标", "上年", "本年"], [P, "85", "98.7"]], "", errors="1:1"),
    Case("the province beside", [["指标", "2023", "全省2023"], [P, "98.7", "9000"]], "premium 2023 98.7", notes="1:3"),
    Case("a place before the name", [["指标", "2023"], ["肇庆市保费收入", "98.7"], ["二、广东保费收入（亿元）", "6000"], ["全市保费收入", "1"]], "premium 2023 98.7 premium@guangdong 2023 6000", errors="4:1"),
    Case("a share above its limit", [["指标", "2022", "2023"], ["森林覆盖率", "614", "61.4"]], "forest_cover 2023 61.4%", errors="2:2"),
    Case("less than half a unit", [["指标", "2022", "2023"], [C, "…", "—"]], "listed_companies 2022 0"),
    Case("less than half a unit beside much", [["指标", "2022", "2023"], [C, "…", "38"]], "listed_companies 2023 38", errors="2:2"),
    Case("a remark within the cell", [["指标", "2023"], [P, "98.7（快报）"]], "premium 2023 98.7"),
    Case(
        "headings again on the next page",
        [["指标", "2023"], [P, "98.7"], ["指标", "2023"], [L, "4500"]],
        "premium 2023 98.7 loans 2023 4500",
    ),
    Case(
        "sections, sources and notes",
        [["表1", ""], ["指标", "2023"], ["一、保险", ""], [P, "98.7"], ["注：本表为快报数。", ""]],
        "premium 2023 98.7",
    ),
    Case("one name unknown", [["指标", "2023"], [P, "98.7"], ["保费收人", "1"]], "premium 2023 98.7", errors="3:1"),
]  # fmt: skip
AS_SHEETS = [
    Case("numbers", [["指标", 2022, 2023], [P, 85, 98.7]], "premium 2022 85 premium 2023 98.7"),
    Case("fifteen digits", [["指标", 2023], [L, 0.1 + 0.2]], "loans 2023 0.3"),
    Case("per cent", [["指标", 2023], [N, 0.009]], "npl_ratio 2023 0.9%", formats={"B2": "0.0%"}),
    Case("per cent of an amount", [["指标", 2023], [P, 0.987]], "", errors="B2", formats={"B2": "0.0%"}),
    Case("unit in the format", [["指标", 2023], [P, 987000]], "premium 2023 98.7", formats={"B2": '0"万元"'}),
    Case("shown in thousands", [["指标", 2023], [P, 987000]], "", errors="B2", formats={"B2": "0.0,"}),
    Case("shown with separators", [["指标", 2023], [L, 4500.1]], "loans 2023 4500.1", formats={"B2": "#,##0.00_ "}),
    Case("dates as years", [["指标", datetime(2023, 1, 1)], [P, 98.7]], "premium 2023 98.7", formats={"B1": 'yyyy"年"'}),  # noqa: DTZ001
    Case("the last day of years", [["指标", "年份", "数值"], [P, date(2023, 12, 31), 98.7]], "premium 2023 98.7"),
    Case("the first day of years", [["指标", "年份", "数值"], [P, date(2023, 1, 1), 98.7]], "", errors="B2"),
    Case(
        "merged headings",
        [["指标", "单位", "2022年", None, "2023年", None], [None, None, "实际", "增速", "快报", "增速"],
         [P, "亿元", 85, 6.1, 98.7, 16.1]],
        "premium 2022 85 +premium 2022 6.1% premium 2023 98.7 +premium 2023 16.1%",
        merged="A1:A2 B1:B2 C1:D1 E1:F1",
    ),
    Case(
        "merged names",
        [["指标", "年份", "数值"], [P, 2021, 80.1], [None, 2023, 98.7], [L, 2023, 4500]],
        "premium 2021 80.1 premium 2023 98.7 loans 2023 4500",
        merged="A2:A3",
    ),
    Case(
        "merged years",
        [["年份", "指标", "数值"], [2023, P, 98.7], [None, L, 4500]],
        "premium 2023 98.7 loans 2023 4500",
        merged="A2:A3",
    ),
    Case("a merged value", [["指标", 2022, 2023], [P, 98.7, None], [L, 1, 2]], "loans 2022 1 loans 2023 2", errors="B2", merged="B2:C2"),
    Case(
        "a title and a section over all columns",
        [["主要指标", None, None], ["指标", "单位", 2023], ["一、保险", None, None], [P, "亿元", 98.7]],
        "premium 2023 98.7",
        merged="A1:C1 A3:C3",
    ),
    Case("a formula without its value", [["指标", 2022, 2023], [P, 85, "=B2*1.1"]], "premium 2022 85", errors="C2"),
    Case("an error of the spreadsheet", [["指标", 2022, 2023], [P, 85, "#DIV/0!"]], "premium 2022 85", errors="C2"),
]  # fmt: skip


def told(read: LoadedActuals, *, errors: bool) -> str:
    found = [each for each in read.findings if (each.level is Level.ERROR) is errors]
    return " ".join(each.position.spot.rpartition("!")[2] for each in found)


def values(read: LoadedActuals) -> str:
    return " ".join(
        f"{'' if each.kind == 'level' else '+'}{each.indicator}{place_of(each)} {time_of(each)} {each.value * 100 if each.measure.unit == '%' else each.value:.10g}"
        f"{'%' if each.measure.unit == '%' else ''}"
        for each in (*read.actuals, *read.parts)
    )


def place_of(actual: Actual) -> str:
    return "" if actual.place == PLAN.model.place.id else f"@{actual.place}"


def time_of(actual: Actual) -> str:
    return f"{actual.year}" if actual.months is None else f"{actual.year}:{'-'.join(map(str, actual.months))}"


def saved_as_text(folder: Path, rows: Rows, separator: str) -> Path:
    file = folder / "actuals.csv"
    file.write_text("".join(f"{separator.join(row)}\n" for row in rows), encoding="utf-8")
    return file


def saved_as_sheet(folder: Path, case: Case) -> Path:
    file, book = folder / "actuals.xlsx", Workbook()
    sheet = book.worksheets[0]
    sheet.title = "表1"
    for row in case.rows:
        sheet.append(row)
    for cell, form in case.formats.items():
        sheet[cell].number_format = form
    for area in case.merged.split():
        sheet.merge_cells(area)
    book.save(file)
    return file


@pytest.mark.parametrize("case", AS_TEXT, ids=lambda case: case.name)
@pytest.mark.parametrize("separator", [",", "\t"], ids=["commas", "tabs"])
def test_a_table_saved_as_text(tmp_path: Path, case: Case, separator: str) -> None:
    read = load_actuals(saved_as_text(tmp_path, case.rows, separator), PLAN, CATALOGUE)
    found = (values(read), told(read, errors=True), told(read, errors=False))
    assert found == (case.values, case.errors, case.notes)


def as_sheet(case: Case) -> Case:
    """The same table in a workbook, its places in the sheet's own terms."""

    def cells(spots: str) -> Iterator[str]:
        for line, column in (map(int, each.split(":")) for each in spots.split()):
            yield f"{'ABCDEF'[column - 1]}{line}"

    return case._replace(errors=" ".join(cells(case.errors)), notes=" ".join(cells(case.notes)))


@pytest.mark.parametrize("case", [*map(as_sheet, AS_TEXT), *AS_SHEETS], ids=lambda case: case.name)
def test_a_worksheet(tmp_path: Path, case: Case) -> None:
    read = load_actuals(saved_as_sheet(tmp_path, case), PLAN, CATALOGUE)
    found = (values(read), told(read, errors=True), told(read, errors=False))
    assert found == (case.values, case.errors, case.notes)


def test_how_far_a_value_is_settled_is_kept(tmp_path: Path) -> None:
    rows = [["指标", "2022年（快报）", "2023年预计"], [P, "85", "98.7（初步数）"], [C, "…", "3"]]
    read = load_actuals(saved_as_text(tmp_path, rows, ","), PLAN, CATALOGUE)
    assert [each.note for each in read.actuals] == ["快报", "预计、初步数", "快报、…", "预计"]


def test_every_visible_sheet_is_read_and_one_without_headings_told(tmp_path: Path) -> None:
    book = Workbook()
    for title, rows in {
        "保险": [["指标", 2023], [P, 98.7]],
        "说明": [["本工作簿由统计科整理"]],
        "空": [],
        "旧": [["指标", 2023], [P, 1]],
        "银行": [["指标", 2023], [L, 4500], ["贷款余款", 1]],
    }.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(row)
    book["旧"].sheet_state = "hidden"
    book.save(tmp_path / "a.xlsx")
    read = load_actuals(tmp_path / "a.xlsx", PLAN, CATALOGUE)
    assert values(read) == "premium 2023 98.7 loans 2023 4500"
    assert [(each.position.spot, str(each.level)) for each in read.findings] == [
        ("说明!A1", "warning"),
        ("银行!A3", "error"),
    ]
    assert str(read.actuals[1].position) == f"{(tmp_path / 'a.xlsx').as_posix()}:银行!B2"


@pytest.mark.parametrize("suffix", [".xls", ".et", ".doc", ".wps", ".ods"])
def test_older_files_of_offices_are_to_be_saved_as_xlsx(tmp_path: Path, suffix: str) -> None:
    (tmp_path / f"a{suffix}").write_bytes(b"\xd0\xcf\x11\xe0")
    with pytest.raises(PlantrackError) as error:
        load_actuals(tmp_path / f"a{suffix}", PLAN, CATALOGUE)
    assert "请另存为 .xlsx" in error.value.text.say("zh")


@pytest.mark.parametrize("content", [b"", b"PK", b"\xd0\xcf\x11\xe0" * 200, b"<html></html>"])
def test_what_only_is_called_a_workbook_is_refused(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "a.xlsx").write_bytes(content)
    with pytest.raises(PlantrackError, match="no workbook"):
        load_actuals(tmp_path / "a.xlsx", PLAN, CATALOGUE)


def test_a_row_that_is_not_understood_stops_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = [["指标", "2023"], ["保费收人", "1"], [P, "98.7"]]
    file = saved_as_text(tmp_path, rows, ",")
    assert run(["track", "zhaoqing", "--actuals", str(file), "-i", "premium", "--lang", "zh"]) == 1
    shown = capsys.readouterr()
    assert "98.7" in shown.out
    assert "2:1: PT201" in shown.err
    assert "其余照常使用" in shown.err


def test_a_damaged_workbook_gets_a_verdict(tmp_path: Path) -> None:
    """Parts of the archive are changed and packed again, or its bytes are."""
    whole = saved_as_sheet(tmp_path, AS_SHEETS[10]).read_bytes()
    dice = random.Random(14)
    for number in range(DAMAGED):
        content = damaged(whole, dice) if number % 2 else repacked(whole, dice)
        (tmp_path / "b.xlsx").write_bytes(content)
        with contextlib.suppress(PlantrackError):
            assert isinstance(load_actuals(tmp_path / "b.xlsx", PLAN, CATALOGUE), LoadedActuals)


DAMAGED = 60


def damaged(content: bytes, dice: random.Random) -> bytes:
    found = bytearray(content)
    for _ in range(dice.choice((1, 3, 20))):
        at = dice.randrange(len(found))
        found[at : at + dice.choice((0, 1, 4))] = dice.randbytes(dice.choice((0, 1, 4)))
    return bytes(found)


def repacked(content: bytes, dice: random.Random) -> bytes:
    stream = io.BytesIO()
    with ZipFile(io.BytesIO(content)) as old, ZipFile(stream, "w") as new:
        chosen = dice.choice(old.namelist())
        for name in old.namelist():
            part = old.read(name)
            new.writestr(name, damaged(part, dice) if name == chosen else part)
    return stream.getvalue()


def test_filled_cells_behind_the_last_column_that_is_read_are_told(tmp_path: Path) -> None:
    book = Workbook()
    for row in [["指标", "2023"], [P, 98.7]]:
        book.active.append(row)
    book.active.cell(2, 16_384).number_format = "0.0"
    book.save(tmp_path / "a.xlsx")
    assert values(load_actuals(tmp_path / "a.xlsx", PLAN, CATALOGUE)) == "premium 2023 98.7"
    book.active.cell(2, 1_500).value = 99.9
    book.save(tmp_path / "a.xlsx")
    with pytest.raises(PlantrackError, match="more than 1000 columns"):
        load_actuals(tmp_path / "a.xlsx", PLAN, CATALOGUE)


@pytest.mark.parametrize("heading", ["累计比上年" * 19 + "x", "上年同期" * 5_000 + "x", "占比" * 40 + "x"])
def test_a_heading_of_many_words_is_read_in_an_instant(heading: str) -> None:
    """Tried in every way in which its words can be told apart, each would take hours."""
    known = Known(lambda _: False, lambda _: False)
    assert not Columns([Row(1, ["指标", heading])], known).is_complete
