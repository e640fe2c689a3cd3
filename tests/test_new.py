"""`plantrack new --from`: a plan file from a table of targets, and what it does not understand."""

from pathlib import Path

import pytest
from docx import Document as WordDocument
from openpyxl import Workbook

from fuzzing import CATALOGUE
from plantrack.cli import run
from plantrack.plan.plan import Plan
from plantrack.reading import read_plan_file

ROWS: list[list[object]] = [
    ["桃源市“十四五”主要指标"],
    ["类别", "序号", "指标", "单位", "2020年", "2025年", "年均增速（%）", "属性"],
    ["经济发展", 1, "地区生产总值", "亿元", 2311.7, 3400, "8左右", "预期性"],
    ["经济发展", 2, "保费收入", "万元", 150, "≥200", 6.5, "预期性"],
    ["社会", 3, "人均预期寿命", "岁", "78.5*", 80, "[1.5]", "预期性"],
    ["社会", 4, "城镇新增就业", "万人", None, None, "[30]", "预期性"],
    ["社会", 5, "公园步道", "公里", 12.5, "完成上级任务", None, "约束性"],
    ["绿色", 6, "单位GDP能耗降低", "%", None, None, "[13.5]", "约束性"],
    ["绿色", 7, "林带", "魔里", 5, 6, None, "约束性"],
    ["注：带*的为2019年数据"],
]


def worksheet(file: Path) -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "主要指标"
    for row in ROWS:
        sheet.append(row)
    sheet.merge_cells("A1:H1")
    sheet.merge_cells("A3:A4")
    book.save(file)


def table_as_text(file: Path) -> None:
    lines = (",".join("" if cell is None else str(cell) for cell in row) for row in ROWS)
    file.write_text("\n".join(lines), encoding="gb18030")


def word_table(file: Path) -> None:
    document = WordDocument()
    document.add_paragraph(str(ROWS[0][0]))
    table = document.add_table(rows=0, cols=8)
    for row in ROWS[1:-1]:
        for cell, written in zip(table.add_row().cells, row, strict=True):
            cell.text = "" if written is None else str(written)
    document.add_paragraph(str(ROWS[-1][0]))
    document.save(str(file))


def lines_of_text(file: Path) -> None:
    lines = ("\t".join("" if cell is None else str(cell) for cell in row) for row in ROWS)
    file.write_text("\n".join(lines), encoding="utf-8")


WRITERS = {".xlsx": worksheet, ".csv": table_as_text, ".docx": word_table, ".txt": lines_of_text}


def made(tmp_path: Path, suffix: str, *options: str) -> tuple[Plan, str]:
    WRITERS[suffix](tmp_path / f"table{suffix}")
    output = tmp_path / "taoyuan.yaml"
    assert run(["new", "--from", str(tmp_path / f"table{suffix}"), "-o", str(output), *options]) == 0
    return read_plan_file(output, CATALOGUE).require(), output.read_text(encoding="utf-8")


@pytest.mark.parametrize("suffix", WRITERS)
def test_a_table_makes_the_same_plan_in_every_format(tmp_path: Path, suffix: str) -> None:
    plan, content = made(tmp_path, suffix)
    assert [(each.indicator, each.kind, each.time_text, each.text) for each in plan.figures] == [
        ("gdp", "level", "2020", "2311.7"),
        ("gdp", "level", "2025", "3400"),
        ("gdp", "growth", "2020->2025", "8左右"),
        ("premium", "level", "2020", "150万元"),
        ("premium", "level", "2025", "≥200万元"),
        ("premium", "growth", "2020->2025", "6.5"),
        ("life_expectancy", "level", "2019", "78.5"),
        ("life_expectancy", "level", "2025", "80"),
        ("life_expectancy", "change", "2020->2025", "[1.5]"),
        ("new_urban_jobs", "level", "2021/2025", "[30]"),
        ("gong_yuan_bu_dao", "level", "2020", "12.5"),
        ("energy_per_gdp", "total_growth", "2020->2025", "降低[13.5]"),
    ]
    model = plan.model
    assert (model.place.zh, model.title.zh) == ("桃源市", "桃源市“十四五”主要指标")
    assert (model.base, model.target) == ("2020", "2025")
    assert [row.binding for row in model.figures["gong_yuan_bu_dao"]] == ["true"]
    assert "注释说明“*”为2019年数" in content


@pytest.mark.parametrize(
    ("suffix", "cells"),
    [
        (".xlsx", ["主要指标!F7: 公园步道 完成上级任务", "主要指标!E9: 林带 5", "主要指标!A10: 注"]),
        (".csv", ["!F7: 公园步道 完成上级任务", "!E9: 林带 5", "!A10: 注"]),
        (".txt", [":7: 公园步道 完成上级任务", ":9: 林带 5", ":10: 注"]),
    ],
)
def test_what_is_not_understood_stands_at_the_end_with_its_cell(
    tmp_path: Path, suffix: str, cells: list[str]
) -> None:
    _, content = made(tmp_path, suffix)
    end = content.partition("# 未写入")[2]
    assert all(cell in end for cell in cells), end


def test_an_aim_in_step_with_another_is_written_and_others_in_words_are_told(tmp_path: Path) -> None:
    table = [
        "指标,2020年,2025年,年均增速",
        "地区生产总值（亿元）,100,150,8%",
        "居民人均可支配收入增长（%）,,,与GDP增长基本同步",
        "存款（亿元）,5,,与物价同步",
    ]
    (tmp_path / "table.csv").write_text("\n".join(table), encoding="utf-8")
    output = tmp_path / "taoyuan.yaml"
    assert run(["new", "--from", str(tmp_path / "table.csv"), "-o", str(output)]) == 0
    content = output.read_text(encoding="utf-8")
    assert "{in: 1, growth: {2020->2025: {in_step: gdp}}, printed: 与GDP增长基本同步}" in content
    assert "!D4: 存款 与物价同步: 是比较" in content
    assert read_plan_file(output, CATALOGUE).require().figures[-2].relation is not None


def test_two_sheets_are_two_sections_and_each_cell_has_its_sheet(tmp_path: Path) -> None:
    book = Workbook()
    for name, row in (
        ("经济", ["地区生产总值（亿元）", 2311.7, 3400]),
        ("生态", ["森林覆盖率（%）", 70, "较高"]),
    ):
        sheet = book.create_sheet(name)
        sheet.append([None, None, None])
        sheet.append(["指标", "2020年", "2025年"])
        sheet.append(row)
    book.save(tmp_path / "table.xlsx")
    output = tmp_path / "plan.yaml"
    assert run(["new", "--from", str(tmp_path / "table.xlsx"), "-o", str(output), "--place", "苏州市"]) == 0
    content = output.read_text(encoding="utf-8")
    plan = read_plan_file(output, CATALOGUE).require()
    assert list(plan.model.sections.values()) == ["经济", "生态"]
    assert (plan.model.place.id, plan.model.place.code) == ("suzhou_jiangsu", "320500")
    assert "# 生态!C3: 森林覆盖率 较高" in content


@pytest.mark.parametrize(
    ("heading", "kind", "time", "is_doubtful"),
    [
        ("年均增长（%）", "growth", "2020->2025", False),
        ("“十四五”年均增速（%）", "growth", "2020->2025", False),
        ("“十三五”年均增速（%）", "growth", "2015->2020", False),
        ("2016—2020年年均增长（%）", "growth", "2015->2020", False),
        ("2025年比2015年增长（%）", "total_growth", "2015->2025", False),
        ("累计增长（%）", "total_growth", "2020->2025", False),
        ("增长（%）", "growth", "2020->2025", True),
    ],
)
def test_a_heading_of_growth_tells_its_years(
    tmp_path: Path, heading: str, kind: str, time: str, is_doubtful: bool
) -> None:
    table = f"指标\t2015年\t2020年\t2025年\t{heading}\n保费收入（亿元）\t50\t70\t100\t7.4\n"
    (tmp_path / "table.txt").write_text(table, encoding="utf-8")
    output = tmp_path / "plan.yaml"
    assert run(["new", "--from", str(tmp_path / "table.txt"), "-o", str(output), "--place", "苏州市"]) == 0
    plan = read_plan_file(output, CATALOGUE).require()
    assert [(each.kind, each.time_text) for each in plan.figures][3:] == [(kind, time)]
    assert ("confirm:" in output.read_text(encoding="utf-8")) == is_doubtful


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("table.csv", "指标,2025年\n保费收入,20\n", "--base 2020 --target 2025"),
        ("table.csv", "a,b\n1,2\n", "has no table of targets that is understood"),
        ("table.csv", "指标,现状值,目标值\n保费收入,3,4\n", "--base 2020 --target 2025"),
        ("table.txt", "桃源市“十四五”规划\n甲\t乙\t丙\n1\t2\t3\n", "its heading row names 指标 and years"),
        ("table.et", "", "save the table as .xlsx"),
        ("table.odp", "", "tables are read from .xlsx"),
        ("table.csv", '指标,2020年,2025年\n"保费收入,20,30\n', "the quotation mark"),
    ],
)
def test_what_cannot_be_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str, content: str, told: str
) -> None:
    (tmp_path / name).write_text(content, encoding="utf-8")
    assert run(["--lang", "en", "new", "--from", str(tmp_path / name)]) == 2
    assert told in capsys.readouterr().err
    assert run(["--lang", "en", "new", "--from", str(tmp_path / "none.csv")]) == 2
    assert "there is no file" in capsys.readouterr().err


def test_years_and_place_may_be_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "table.csv").write_text("指标;单位;现状值;目标值\n保费收入;亿元;20;30\n", encoding="utf-8")
    options = ["--base", "2022", "--target", "2027", "--title", "桃源县规划"]
    assert run(["--lang", "en", "new", "--from", str(tmp_path / "table.csv"), *options]) == 0
    shown = capsys.readouterr()
    assert "level: {2022: 20, 2027: 30}" in shown.out
    assert "title: {zh: 桃源县规划}" in shown.out
    assert "2 figures written, 0 of them await a person; 0 cells" in shown.err
    assert "the place is not told" in shown.err


def test_a_heading_row_below_numbers_begins_another_table(tmp_path: Path) -> None:
    lines = [
        "指标\t2020年\t2025年",
        "保费收入（亿元）\t20\t30",
        "指标\t2015年\t2020年",
        "贷款余额（亿元）\t7\t9",
    ]
    (tmp_path / "table.txt").write_text("\n".join(lines), encoding="utf-8")
    output = tmp_path / "plan.yaml"
    options = ["--place", "苏州市", "--base", "2020", "--target", "2025"]
    assert run(["new", "--from", str(tmp_path / "table.txt"), "-o", str(output), *options]) == 0
    figures = read_plan_file(output, CATALOGUE).require().figures
    assert [(each.indicator, each.time_text, each.text) for each in figures] == [
        ("premium", "2020", "20"),
        ("premium", "2025", "30"),
        ("loans", "2015", "7"),
        ("loans", "2020", "9"),
    ]
    assert "#" not in output.read_text(encoding="utf-8")


def test_a_row_without_a_name_is_left_with_its_cells(tmp_path: Path) -> None:
    content = "指标,单位,2020年,2025年\n保费收入,亿元,20,30\n,亿元,5,6\n（3）,亿元,7,8\n"
    (tmp_path / "table.csv").write_text(content, encoding="utf-8")
    output = tmp_path / "plan.yaml"
    assert run(["new", "--from", str(tmp_path / "table.csv"), "-o", str(output), "--place", "苏州市"]) == 0
    end = output.read_text(encoding="utf-8").partition("# 未写入")[2]
    assert all(f"table.csv!{cell}: {said}" in end for cell, said in [("C3", "5"), ("D3", "6"), ("C4", "7")])
