"""Pages that offices hand on, read back: what stands where, numbers as JSON has them, text that stays text."""

import json
import sys
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.oxml.ns import qn
from openpyxl import load_workbook

from plantrack.cli import run
from plantrack.reading import find_plan, load_catalogue, read_plan_file
from test_cli import ROOT, output

ACTUALS = str(ROOT / "docs" / "examples" / "actuals.csv")
LINXI = """\
plan: linxi
title: {zh: 临溪市规划, en: Linxi plan}
place: {id: linxi, zh: 临溪市, parent: 湖南省}
issuer: 临溪市人民政府
base: 2020
target: 2025
sections: {t: 主要指标, x: 第二章}
own:
  greenway: {zh: 城市绿道, unit: 公里, kind: stock, better: up}
figures:
  gdp:
  - {in: t, level: {2020: 1520, 2025: ＞2200}, growth: {2020->2025: 7.5%}, item: 2}
  常住人口城镇化率:
  - {in: t, level: {2020: 58.2, 2025: 65}, change: {2020->2025: "[6.8]"}, item: 1, named: 城镇化率}
  城镇新增就业:
  - {in: t, level: {2021/2025: "[15]"}, item: 3}
  npl_ratio:
  - {in: t, level: {2020: 0.94, 2025: {below: npl_ratio@湖南省}}, printed: 低于全省, binding: true, item: 4}
  greenway:
  - {in: t, level: {2020: 128, 2025: 260}, binding: true, item: 5}
  listed_companies:
  - {in: t, level: {2020: 7, 2025: 20以上}, item: 6}
  premium:
  - {in: x, level: {2020: 12.3, 2025: 20}}
"""
GIVEN = """\
指标,单位,2021,2022,2023
地区生产总值,亿元,1650,1730,1850
常住人口城镇化率,%,59.9,61.0,62.9
城市绿道,公里,130,150,170
境内外上市公司,家,8,9,21
保费收入,亿元,13,14,16
"""
HOSTILE = """\
plan: odd
title: {zh: "=1+1<w:p/>", en: "=1+1"}
place: {id: odd, zh: "+甲市"}
issuer: "=cmd|'/c calc'!A1"
base: 2020
target: 2025
sections: {t: "@指标"}
own:
  a: {zh: "=HYPERLINK(1)", unit: '"km&<', kind: stock}
  b: {zh: "-2+3", unit: 家, kind: stock}
figures:
  a:
  - {in: t, level: {2020: "10", 2025: "20"}, annual_change: {2020->2025: "2"}, named: "=1+1"}
  b:
  - {in: t, level: {2020: "10", 2025: {above: b@湖南省}}, printed: "=2+2"}
"""
WRONG = """\
plan: odd
title: {zh: 甲市规划}
place: {id: odd, zh: 甲市}
base: 2020
target: 2025
sections: {t: 第一章 指标}
own:
  a: {zh: 甲, unit: 家, kind: stock}
figures:
  a:
  - {in: t, level: {2020: 10家, 2025: 20家}, annual_change: {2020->2025: 5家}}
"""


@pytest.fixture(autouse=True)
def chinese(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PLANTRACK_LANG", "zh")
    monkeypatch.delenv("PLANTRACK_PLANS", raising=False)
    monkeypatch.chdir(ROOT)


def plan_in(folder: Path, content: str, name: str = "linxi") -> str:
    file = folder / f"{name}.yaml"
    file.write_text(
        content.replace("own:\n", "units:\n  '\"km&<': {en: odd}\nown:\n") if name == "odd" else content,
        encoding="utf-8",
    )
    return str(file)


def given_in(folder: Path) -> str:
    (folder / "given.csv").write_text(GIVEN, encoding="utf-8")
    return str(folder / "given.csv")


def word(folder: Path, *command: str) -> Any:
    file = folder / "page.docx"
    assert run([*command, "-o", str(file)]) == 0
    return docx.Document(str(file))


def book(folder: Path, *command: str) -> Any:
    file = folder / "page.xlsx"
    assert run([*command, "-o", str(file)]) == 0
    return load_workbook(file)


def rows_of(document: Any) -> list[list[str]]:
    """The rows of the table; a merged cell once."""
    (table,) = document.tables
    return [
        list(dict.fromkeys(cell.text for cell in row.cells))
        if is_group(row)
        else [cell.text for cell in row.cells]
        for row in table.rows
    ]


def is_group(row: Any) -> bool:
    return len({cell.text for cell in row.cells}) == 1


def values_of(sheet: Any) -> dict[str, list[Any]]:
    """The rows of the page by the indicator in them."""
    return {row[1]: list(row) for row in sheet.iter_rows(values_only=True) if isinstance(row[0], int)}


def json_of(capsys: pytest.CaptureFixture[str], *command: str) -> Any:
    return json.loads(output(capsys, *command, "-f", "json"))


# -- yearly tasks --------------------------------------------------------------------------------


def test_the_table_of_the_document_in_its_order_and_with_its_names(tmp_path: Path) -> None:
    heading, *rows = rows_of(word(tmp_path, "path", "zhaoqing"))
    years = ["2020年\n（基期）", "2021年", "2022年", "2023年", "2024年", "2025年\n（目标）"]
    assert heading == ["序号", "指标", "单位", "属性", *years, "年均", "责任单位", "备注"]
    assert [row[0] for row in rows] == [str(number) for number in range(1, 16)]
    assert rows[0][1:6] == ["金融业增加值", "亿元", "预期性", "110.05", "121.43"]
    assert rows[5][1:] == ["银行机构不良率", "%", "预期性", "0.94", *["—"] * 4, "低于全省水平", "—", "", ""]
    assert rows[6][9] == "50以上"
    assert rows[10][10:] == ["8.38%", "", "原文年均增长8.50%"]
    assert rows[12][1] == "绿色信贷余额"


def test_a_page_is_a4_with_borders_and_its_heading_on_every_page(tmp_path: Path) -> None:
    document = word(tmp_path, "path", "zhaoqing")
    section, (table,) = document.sections[0], document.tables
    assert [round(side.mm) for side in (section.page_width, section.page_height)] == [297, 210]
    assert table.style.name == "Table Grid"
    assert len(list(document.element.iter(qn("w:tblHeader")))) == 1
    assert sum(column.width.mm for column in table.columns) == pytest.approx(257, abs=1)
    fonts = {each.get(qn("w:eastAsia")) for each in document.element.iter(qn("w:rFonts"))}
    assert fonts == {"黑体", "宋体", "仿宋"}
    title, corners, *notes = (each.text for each in document.paragraphs)
    assert title == "肇庆市金融改革发展“十四五”规划主要目标分年任务表"
    assert corners == "肇庆市人民政府　肇府〔2022〕6号\t单位：亿元、%、家"
    assert notes[0].startswith("注：1. 分年数值由基期和目标推算")
    assert notes[-1].endswith("规划正文另有2项量化目标未列入本表：财产险保费收入、寿险保费收入")


@pytest.mark.parametrize("plan", ["zhaoqing", "zhuhai", "zhanjiang"])
def test_numbers_of_the_sheet_are_those_of_json(
    plan: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    sheet, data = book(tmp_path, "path", plan).worksheets
    paths = {each["indicator"]: each for each in json_of(capsys, "path", plan)["paths"]}
    keys, *rows = data.iter_rows(values_only=True)
    records = [dict(zip(keys, row, strict=True)) for row in rows]
    figures = read_plan_file(find_plan(plan, None), load_catalogue()).figures
    items = {int(each.row.item): each.indicator for each in figures if each.row.item is not None}
    drawn = [items[each] for each in sorted(items) if paths[items[each]]["values"]]
    shown = [row for row in values_of(sheet).values() if isinstance(row[5], int | float)]
    assert len(shown) == len(drawn) >= 10
    for row, path in zip(shown, (paths[each] for each in drawn), strict=True):
        factor = {"%": 100}.get(path["unit"], 1)
        assert row[5:9] == pytest.approx([value * factor for value in path["values"][1:5]])
        of_path = [each for each in records if each["indicator"] == path["indicator"]]
        assert [each["year"] for each in of_path] == path["years"]
        assert [each["value"] for each in of_path] == pytest.approx(
            [value * factor for value in path["values"]]
        )


def test_a_sheet_prints_as_one_page_with_its_heading(tmp_path: Path) -> None:
    sheet, data = book(tmp_path, "path", "zhaoqing").worksheets
    assert [sheet.title, data.title] == ["页面", "数据"]
    assert sheet.print_area == "'页面'!$A$1:$M$21"
    assert sheet.print_title_rows == "$3:$3"
    assert (sheet.page_setup.paperSize, sheet.page_setup.orientation) == (9, "landscape")
    assert (sheet.page_setup.fitToWidth or 1, sheet.page_setup.fitToHeight) == (1, 0)
    assert sheet["F4"].value == pytest.approx(110.05 * (180 / 110.05) ** 0.2, rel=1e-14)
    assert sheet["F4"].number_format == "#,##0.00"
    assert sheet["K5"].number_format.startswith('+#,##0.00"个百分点"')
    assert sheet["F4"].border.left.style == "thin"


def test_rows_of_every_kind(tmp_path: Path) -> None:
    _, *rows = rows_of(word(tmp_path, "path", plan_in(tmp_path, LINXI)))
    shown = {row[1]: row[3:] for row in rows}
    assert list(shown) == [
        "城镇化率",
        "地区生产总值",
        "城镇新增就业",
        "不良贷款率",
        "城市绿道",
        "境内外上市公司",
    ]
    assert shown["城镇化率"][-3:] == ["+1.36个百分点", "", ""]
    assert shown["地区生产总值"] == [
        "预期性",
        "1520",
        "1636.7",
        "1762.3",
        "1897.5",
        "2043.2",
        "＞2200",
        "7.68%",
        "",
        "原文年均增长7.5%",
    ]
    assert shown["城镇新增就业"][1:7] == ["—", "3.0", "6.0", "9.0", "12.0", "15"]
    assert shown["不良贷款率"][:2] == ["约束性", "0.94"]
    assert shown["不良贷款率"][6] == "低于全省"
    assert shown["境内外上市公司"][1:7] == ["7", "9", "11", "14", "17", "20以上"]


def test_one_indicator_also_where_the_table_does_not_have_it(tmp_path: Path) -> None:
    plan = plan_in(tmp_path, LINXI)
    _, *rows = rows_of(word(tmp_path, "path", plan, "-i", "premium", "-i", "城市绿道"))
    assert [row[1] for row in rows] == ["城市绿道", "保费收入"]


def test_a_plan_without_a_table_has_its_numbers_and_comparisons(tmp_path: Path) -> None:
    _, *rows = rows_of(word(tmp_path, "path", "jieyang"))
    assert len(rows) == 3
    assert rows[-1][9] == "超过全省平均水平"


def test_years_beyond_the_target_are_marked(tmp_path: Path) -> None:
    heading, row, *_ = rows_of(word(tmp_path, "path", "zhaoqing", "--to", "2027"))
    assert heading[10:12] == ["2026年*", "2027年*"]
    assert float(row[11]) > float(row[10]) > 180


# -- progress ------------------------------------------------------------------------------------


def test_what_has_been_reached_binding_rows_first(tmp_path: Path) -> None:
    command = ("track", plan_in(tmp_path, LINXI), "--actuals", given_in(tmp_path))
    document = word(tmp_path, *command)
    heading, *rows = rows_of(document)
    assert heading[6:12] == ["2023年应达", "2023年实际", "完成率", "完成进度", "评价", "后续年均需增"]
    assert [row[0] for row in rows if len(row) == 1] == ["约束性指标", "预期性指标"]
    assert [row[1] for row in rows if len(row) > 1][:3] == ["不良贷款率", "城市绿道", "城镇化率"]
    by_name = {row[1]: row for row in rows if len(row) > 1}
    assert by_name["城市绿道"][4:12] == ["128", "260", "195.8", "170", "65.4%", "40.0%", "慢于预期", "23.67%"]
    assert by_name["不良贷款率"][-1] == "缺实际值"
    title, lead, corners, *_ = (each.text for each in document.paragraphs)
    assert title == "临溪市规划主要目标完成情况表"
    assert lead.startswith("约束性指标2项，其中有实际值的1项：慢于预期1项（平均完成率65.4%）；预期性指标5项")
    assert corners.startswith("截至2023年底（5年中的第3年）\t单位：")


def test_progress_is_that_of_json_and_means_count_no_row_above_the_whole(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    command = ("track", plan_in(tmp_path, LINXI), "--actuals", given_in(tmp_path))
    sheet, data = book(tmp_path, *command).worksheets
    found = json_of(capsys, *command)
    rows = values_of(sheet)
    greenway, listed = rows["城市绿道"], rows["境内外上市公司"]
    assessed = {each["indicator"]: each["assessment"] for each in found["indicators"]}
    for row, name in ((greenway, "greenway"), (listed, "listed_companies")):
        assert row[8:10] == pytest.approx([assessed[name]["completion"], assessed[name]["progress"]])
    expected = [
        each["assessment"]["completion"]
        for each in found["indicators"]
        if each["assessment"] and not each["binding"]
    ]
    assert max(expected) > 1
    assert found["completion"]["expected"] == pytest.approx(
        sum(min(1, each) for each in expected) / len(expected)
    )
    assert f"平均完成率{found['completion']['expected'] * 100:.1f}%" in sheet["A2"].value
    assert data.max_row == 1 + len(found["indicators"])


def test_months_stand_on_a_worksheet_of_their_own(tmp_path: Path) -> None:
    months = str(ROOT / "docs" / "examples" / "months.csv")
    *_, sheet = book(tmp_path, "track", "zhaoqing", "--actuals", months).worksheets
    heading, *rows = ([cell.value for cell in row] for row in sheet)
    assert sheet.title == "年内数据"
    assert (heading[1], heading[7:13]) == (
        "indicator",
        ["kind", "year", "first_month", "last_month", "actual", "value"],
    )
    premium = next(row for row in rows if row[1] == "premium")
    assert premium[7:13] == ["flow", 2023, 1, 9, "75.20亿元", 75.2]


def test_an_earlier_actual_is_told_with_its_year(tmp_path: Path) -> None:
    _, *rows = rows_of(word(tmp_path, "track", "zhaoqing", "--actuals", ACTUALS, "--year", "2023"))
    row = next(row for row in rows if row[1] == "上市挂牌企业")
    assert row[6:8] == ["33（2022年）", "51（2022年）"]


# -- of both -------------------------------------------------------------------------------------


def test_in_english_only_what_is_printed_is_chinese(tmp_path: Path) -> None:
    command = ("--lang", "en", "path", "zhaoqing")
    heading, row, *_ = rows_of(word(tmp_path, *command))
    assert heading[:5] == ["no.", "indicator", "unit", "nature", "2020\n(base)"]
    assert row[1:4] == ["value added of finance", "100 million yuan", "expected"]


def test_steps_and_changes_have_their_unit_apart(tmp_path: Path) -> None:
    """-0.63 with 100 million yuan is not -0.63100 million, and a change of 2.5 points no 2.5 %."""
    content = (
        "plan: steps\ntitle: {zh: 例, en: Example}\nplace: {id: zhuhai, zh: 珠海市, en: Zhuhai}\n"
        "base: 2020\ntarget: 2025\nsections: {t: 表}\nown:\n"
        "  loss: {zh: 亏损, en: loss, unit: 亿元, kind: flow, domain: any}\nfigures:\n"
        "  loss:\n  - {in: t, level: {2020: 5.5, 2025: -4.0}}\n"
        "  npl_ratio:\n  - {in: t, change: {2020->2025: 下降2.5个百分点}}\n"
    )
    plan = plan_in(tmp_path, content, "steps")
    _, loss, npl = rows_of(word(tmp_path, "--lang", "en", "path", plan))
    assert loss[10] == "-1.90 (100 million yuan)"
    assert (npl[2], npl[10]) == ("points, change since 2020", "-0.50 points")
    _, loss, _ = rows_of(word(tmp_path, "path", plan))
    assert loss[10] == "-1.90亿元"


def test_text_of_a_plan_is_never_a_formula_or_markup(tmp_path: Path) -> None:
    command = ("path", plan_in(tmp_path, HOSTILE, "odd"))
    document = word(tmp_path, *command)
    assert document.paragraphs[0].text == "=1+1<w:p/>主要目标分年任务表"
    assert [row[1] for row in rows_of(document)[1:]] == ["=1+1", "-2+3"]
    for sheet in book(tmp_path, *command):
        for row in sheet.iter_rows():
            assert all(cell.data_type != "f" and cell.hyperlink is None for cell in row)


@pytest.mark.parametrize(
    ("library", "name", "extra"), [("docx", "p.docx", "docx"), ("xlsxwriter", "p.xlsx", "xlsx")]
)
def test_a_library_that_is_missing_is_named(
    library: str,
    name: str,
    extra: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setitem(sys.modules, library, None)
    assert run(["path", "zhaoqing", "-o", str(tmp_path / name)]) == 2
    assert f"plantrack[{extra}]" in capsys.readouterr().err


def test_other_commands_write_no_word_files(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["show", "zhaoqing", "-o", str(tmp_path / "p.docx")]) == 2
    assert ".docx" not in capsys.readouterr().err.partition("：")[2].partition("请")[2]


# -- proof lists ---------------------------------------------------------------------------------


def test_a_proof_list_has_a_row_for_each_finding_with_its_arithmetic(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    document = word(tmp_path, "check", "zhaoqing", "--exit-zero")
    heading, *rows = rows_of(document)
    found = json_of(capsys, "check", "zhaoqing", "--exit-zero")["findings"]
    assert heading == ["页码\n（行）", "原文", "核校意见"]
    assert len(rows) == len([each for each in found if each["level"] != "note"]) == 5
    place, printed, opinion = rows[0]
    assert place == "第一章一（二）"
    assert printed.splitlines()[0] == "2020年“4+4”产业工业总产值“2206.4亿元”"
    assert opinion.startswith(f"必有一误：{found[0]['messages']['zh']}")
    assert "1346.99 + 4大特色产业产值859.26 = 2206.25亿元" in opinion
    assert opinion.splitlines()[-1].startswith("改一处即相符：")
    title, lead, *notes = (each.text for each in document.paragraphs)
    assert title == "肇庆市金融改革发展“十四五”规划核校意见"
    assert lead == "288个数据，5处不一致（必有一误1处、请核实4处）"
    assert notes[:2] == [
        "注：1. GDP、增加值增速按不变价计算，总量按现价计算",
        "2. 部分数据因四舍五入，合计与分项略有出入",
    ]
    assert notes[-1].endswith("是否更正请以原始数据为准")
    assert round(document.sections[0].page_width.mm) == 210


def test_sentences_stand_in_it_only_where_documents_are_given(tmp_path: Path) -> None:
    (tmp_path / "texts").mkdir()
    (tmp_path / "texts" / "odd.txt").write_text(
        "第一章 指标\n甲到2020年有10家，到2025年达到20家，年均增加5家。\n", encoding="utf-8"
    )
    plan = plan_in(tmp_path, WRONG, "odd")
    _, without = rows_of(word(tmp_path, "check", plan, "--exit-zero"))
    _, given = rows_of(word(tmp_path, "check", plan, "--exit-zero", "--documents", str(tmp_path / "texts")))
    assert without[:2] == ["第一章 指标", "2025年甲“20家”\n2020—2025年甲“5家”"]
    assert given[:2] == ["第一章 指标，第2行", "甲到2020年有10家，到2025年达到20家，年均增加5家。"]
    assert given[2] == without[2].replace("第一章 指标", "第一章 指标，第2行")


def test_several_plans_stand_under_their_titles(tmp_path: Path) -> None:
    _, *rows = rows_of(word(tmp_path, "check", "zhaoqing", "zhuhai", "--exit-zero"))
    assert sorted(row[0] for row in rows if len(row) == 1) == [
        "珠海市金融改革发展“十四五”规划",
        "肇庆市金融改革发展“十四五”规划",
    ]


def test_a_plan_in_which_all_agrees_says_so(tmp_path: Path) -> None:
    _, row = rows_of(word(tmp_path, "check", plan_in(tmp_path, WRONG.replace("5家}", "2家}"), "odd")))
    assert row[:2] == ["—", "—"]
    assert "不一致" in row[2]


@pytest.mark.parametrize(
    ("command", "said"),
    [
        (["validate", "data/plans/zhaoqing.yaml", "-o", "{}/p.docx"], "格式由扩展名决定"),
        (["check", "zhaoqing", "--targets", "-o", "{}/p.docx"], "格式由扩展名决定"),
    ],
)
def test_what_makes_no_proof_list_is_refused(
    command: list[str], said: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run([each.format(tmp_path) for each in command]) == 2
    assert said in capsys.readouterr().err
