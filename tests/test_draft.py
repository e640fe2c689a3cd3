"""Drafts: what documents say, table by table and sentence by sentence, and the plan files made of it."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from first_principles import CATALOGUE
from plantrack.cli import run
from plantrack.documents import Document, read_document
from plantrack.draft.drafting import Wish, draft_plan, read_statements
from plantrack.draft.names import better_of, kind_of, read_name
from plantrack.draft.nouns import noun_of, parted
from plantrack.draft.period import Period, guessed_period, plan_years, read_period
from plantrack.draft.plan_text import quoted
from plantrack.errors import PlantrackError
from plantrack.reading import read_plan
from plantrack.reading.omissions_file import load_omitted
from plantrack.trace import trace_plan

pytest.importorskip("pypinyin")

PERIOD = Period(2020, 2025)
Said = tuple[str, str, str | None, str]


def statements(*lines: str, period: Period | None = PERIOD) -> list[Said]:
    found = read_statements(Document.of_lines("made.txt", list(lines)), period, CATALOGUE)
    return [(each.name, each.kind, each.time, each.printed) for each in found]


# -- tables --------------------------------------------------------------------------------------

ROWS = [
    ("林木覆盖率", "level", "2020", "45.1"),
    ("林木覆盖率", "level", "2025", "47"),
    ("林木覆盖率", "change", "2020->2025", "[1.9]"),
    ("绿地面积", "level", "2020", "310"),
    ("绿地面积", "level", "2025", "≥350"),
    ("绿地面积", "growth", "2020->2025", "2.5%"),
]
LAYOUTS = {
    "tabs": [
        "指标\t2020年\t2025年\t年均增长（%）\t属性",
        "1.林木覆盖率（%）\t45.1\t47\t[1.9]\t约束性",
        "2.绿地面积（公顷）\t310\t≥350\t2.5%\t预期性",
    ],
    "bars": [
        "| 序号 | 指标 | 单位 | 2020年 | 2025年 | 年均增长/累计 |",
        "|---|---|---|---|---|---|",
        "| 1 | 林木覆盖率 | % | 45.1 | 47 | [1.9] |",
        "| 2 | 绿地面积 | 公顷 | 310 | ≥350 | 2.5% |",
    ],
    "one cell a line": [
        *("指标", "2020年", "2025年", "年均增长", "属性", "生态"),
        *("林木覆盖率（%）", "45.1", "47", "[1.9]", "约束性"),
        *("其中：绿地面积（公顷）", "310", "≥350", "2.5%", "预期性"),
    ],
    "two heading rows and groups": [
        "类别\t指标\t规模\t\t“十四五”",
        "\t\t“十三五”末\t2025年\t年均增速",
        "生态\t林木覆盖率（%）\t45.1\t47\t[1.9]",
        "城市建设",
        "\t绿地面积（公顷）\t310\t≥350\t2.5%",
    ],
    "present and aim": [
        "指标名称\t现状值\t目标值\t年均增长/累计",
        "（1）林木覆盖率（%）\t45.1\t47\t[1.9]",
        "（2）绿地面积（公顷）\t310\t≥350\t2.5%",
    ],
}


@pytest.mark.parametrize("lines", LAYOUTS.values(), ids=LAYOUTS)
def test_a_table_says_the_same_in_every_layout(lines: list[str]) -> None:
    assert statements(*lines) == ROWS


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("单位产值能耗降低（%）\t\t\t[14]", [("total_growth", "2020->2025", "[14]")]),
        ("新增就业（万人）\t\t\t[30]", [("level", "2021/2025", "[30]")]),
        ("城镇人口（万人）\t\t\t[30]", [("change", "2020->2025", "[30]")]),
        (
            "网点（家）\t20\t30\t新增2家",
            [("level", "2020", "20"), ("level", "2025", "30"), ("annual_change", "2020->2025", "新增2家")],
        ),
        ("入园率（%）\t90\t—\t—", [("level", "2020", "90")]),
        ("产值增速\t6.2\t—\t6左右", [("growth", "2019->2020", "6.2"), ("growth", "2020->2025", "6左右")]),
        ("人口自然增长率（‰）\t3.1\t2.5\t", [("level", "2020", "3.1"), ("level", "2025", "2.5")]),
    ],
)
def test_a_cell_says_by_its_column_and_its_indicator(row: str, said: list[Said]) -> None:
    found = statements("指标\t2020年\t2025年\t年均增长（%）", "绿地（亩）\t1.5\t2.5\t1", row)
    assert [each[1:] for each in found[3:]] == said


def test_a_table_without_years_or_names_says_nothing() -> None:
    assert statements("甲\t乙\t丙", "1\t2\t3") == []
    assert statements("指标\t备注\t责任单位", "绿地\t3公顷\t林业局") == []


# -- sentences -----------------------------------------------------------------------------------

REPORT = Period(2025, 2026, 2026)


@pytest.mark.parametrize(
    ("sentence", "said"),
    [
        ("到2025年，绿地面积达到350公顷以上。", [("绿地面积", "level", "2025", "达到350公顷以上")]),
        (
            "到2025年，林木覆盖率从2020年的45.1%提高到47%。",
            [("林木覆盖率", "level", "2020", "45.1%"), ("林木覆盖率", "level", "2025", "提高到47%")],
        ),
        (
            "2020年，绿地面积310公顷，年均增长2.5%。",
            [("绿地面积", "level", "2020", "310公顷"), ("绿地面积", "growth", "2015->2020", "增长2.5%")],
        ),
        (
            "2020年，甲指标、乙指标收入分别增长3%、4.5%左右。",
            [
                ("甲指标收入", "growth", "2019->2020", "增长3%"),
                ("乙指标收入", "growth", "2019->2020", "4.5%左右"),
            ],
        ),
        (
            "2025年，林木覆盖率比2020年提高1.9个百分点。",
            [("林木覆盖率", "change", "2020->2025", "提高1.9个百分点")],
        ),
        ("2025年，绿地面积是2015年的1.5倍。", [("绿地面积", "multiple", "2015->2025", "1.5倍")]),
        (
            "2020年，绿地面积310公顷，是2015年的1.5倍，同比增长2.5%。",
            [
                ("绿地面积", "level", "2020", "310公顷"),
                ("绿地面积", "multiple", "2015->2020", "1.5倍"),
                ("绿地面积", "growth", "2019->2020", "增长2.5%"),
            ],
        ),
        (
            "2020年，园林产值5亿元，占农业产值的比重为11.9%，“十三五”时期年均增长6.4%。",
            [
                ("园林产值", "level", "2020", "5亿元"),
                ("园林产值占农业产值的比重", "level", "2020", "11.9%"),
                ("园林产值", "growth", "2015->2020", "增长6.4%"),
            ],
        ),
        ("2025年，打造4个示范园区。", [("示范园区", "level", "2025", "4个")]),
        ("2025年，绿地总量居全省第3位。", [("绿地总量", "rank", "2025", "第3位")]),
    ],
)
def test_a_sentence_says_what_it_measures_how_and_when(sentence: str, said: list[Said]) -> None:
    assert statements("一、发展目标", sentence)[0:] == said or statements("一、发展基础", sentence) == said


@pytest.mark.parametrize(
    "sentence",
    [
        "连续5年举办书展。",
        "本规划第3条自2025年起施行。",
        "建成1小时交通圈。",
    ],
)
def test_what_is_no_amount_is_no_statement(sentence: str) -> None:
    assert statements(sentence) == []


@pytest.mark.parametrize(
    ("sentence", "said"),
    [
        ("制造业、小微贷款余额分别增长3%、5%", [("制造业贷款余额", "增长3%"), ("小微贷款余额", "5%")]),
        ("游客人次、总花费增长3%、5%", [("游客人次", "增长3%"), ("总花费", "5%")]),
        ("入园率、升学率分别提高2.3和4个百分点", [("入园率", "提高2.3"), ("升学率", "4个百分点")]),
        (
            "梅、桃、李产量分别达2.5、3和4.1万吨",
            [("梅产量", "达2.5"), ("桃产量", "3"), ("李产量", "4.1万吨")],
        ),
        ("一产增加值、二产增加值占比提高3个百分点", [("一产增加值、二产增加值占比", "提高3个百分点")]),
        ("园区产值萎缩3%", [("园区产值", "萎缩3%")]),
        ("存贷款余额分别增长3%、5%", [("存款余额", "增长3%"), ("贷款余额", "5%")]),
        (
            "绿地3公顷、林地5公顷，分别是2015年的1.2倍、1.5倍",
            [("绿地", "3公顷"), ("林地", "5公顷"), ("绿地", "1.2倍"), ("林地", "1.5倍")],
        ),
        ("园区收入、产值均增长3倍以上", [("园区收入", "增长3倍以上"), ("产值", "增长3倍以上")]),
        ("出口总值创历史新高，达到5亿元", [("出口总值", "达到5亿元")]),
        ("产值达5亿元、稳居全国前十强、增长3%", [("产值", "达5亿元"), ("产值", "增长3%")]),
        ("梅园等5个园区建成", [("园区建成", "5个")]),
        ("办好实事，113项服务事项实现通办", [("服务事项", "113项")]),
        ("网点新增2家，新增3家银行", [("网点", "新增2家"), ("新增银行", "新增3家")]),
        ("产值增长5%—5.5%", [("产值", "增长5%—5.5%")]),
        ("产值连续跨越7亿元、8亿元两个台阶", [("产值", "8亿元")]),
        ("产值增长3%、高于全国0.3个百分点", [("产值", "增长3%"), ("产值", "高于全国0.3个百分点")]),
        (
            "三次产业结构为7.5:39:53.5",
            [("第一产业比重", "7.5"), ("第二产业比重", "39"), ("第三产业比重", "53.5")],
        ),
        ("优良天数增加7.8天", [("优良天数", "增加7.8天")]),
        ("PM2.5浓度下降3%", [("PM2.5浓度", "下降3%")]),
        ("产值稳居世界500强企业前列，投产8英寸晶圆项目", []),
    ],
)
def test_a_sentence_shares_out_its_names_and_numbers(sentence: str, said: list[tuple[str, str]]) -> None:
    found = statements("过去一年，" + sentence + "。", period=REPORT)
    assert [(name, printed) for name, _, _, printed in found] == said


@pytest.mark.parametrize(
    ("sentence", "kind", "time"),
    [
        ("2020年，绿地面积31公顷，增长3%", "growth", "2019->2020"),
        ("2017年和2018年绿地面积分别增长4%、3%", "growth", "2017->2018"),
        ("2016、2017、2018年绿地面积分别为4公顷、5公顷和6公顷", "level", "2018"),
        ("2020年，绿地面积较“十二五”末增长3%", "total_growth", "2015->2020"),
        ("2020年，绿化率比“十三五”初期提高3个百分点", "change", "2015->2020"),
        ("2020年，绿地率94%，较2015年末绿地率（97%）下降3个百分点", "change", "2015->2020"),
        ("目前已有绿地3公顷", "level", "2020"),
    ],
)
def test_a_sentence_tells_its_years(sentence: str, kind: str, time: str) -> None:
    assert statements("一、发展目标", sentence + "。")[-1][1:3] == (kind, time)


def test_a_report_tells_of_a_year_of_five_years_and_of_the_next() -> None:
    found = statements(
        "过去一年，绿地面积增长2%。",
        "——这五年，绿地面积年均增长3%，林木覆盖率由40%提高到45%。",
        "今年的预期目标是：绿地面积增长4%。",
        period=REPORT,
    )
    assert [(kind, time) for _, kind, time, _ in found] == [
        ("growth", "2024->2025"),
        ("growth", "2020->2025"),
        ("level", "2020"),
        ("level", "2025"),
        ("growth", "2025->2026"),
    ]


@pytest.mark.parametrize(
    ("title", "period"),
    [
        ("某市“十四五”规划", Period(2020, 2025)),
        ("某市发展规划（2021—2025年）", Period(2020, 2025)),
        ("某市政府工作报告（2026年）", Period(2025, 2026, 2026)),
        ("某市发展规划", None),
    ],
)
def test_the_title_tells_the_years(title: str, period: Period | None) -> None:
    assert read_period(Document.of_lines("x.txt", [title])) == period


def test_five_year_plans_are_counted() -> None:
    assert [plan_years(each) for each in ("十", "十二", "十五")] == [(2000, 2005), (2010, 2015), (2025, 2030)]


# -- names ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("cell", "name", "unit"),
    [
        ("3.城镇化率（%）", "城镇化率", "%"),
        ("其中：绿地（公顷）*", "绿地", "公顷"),
        ("（二）人口", "人口", ""),
    ],
)
def test_a_name_is_read_without_numbering(cell: str, name: str, unit: str) -> None:
    assert read_name(cell) == (name, unit)


def test_names_of_a_list_share_their_end() -> None:
    assert parted("一产、二产、三产增加值") == ["一产增加值", "二产增加值", "三产增加值"]
    assert parted("城镇、农村居民收入") == ["城镇居民收入", "农村居民收入"]
    assert noun_of("到2025年，全市绿地面积达到") == "绿地面积"


@pytest.mark.parametrize(
    ("name", "unit", "kind"),
    [
        ("绿地率", "%", "ratio"),
        ("新增就业", "万人", "flow"),
        ("贷款余额", "亿元", "stock"),
        ("可再生能源发电量", "万千瓦时", "flow"),
        ("千人口医师数", "人", "ratio"),
        ("发展指数", "", "index"),
    ],
)
def test_a_name_tells_its_kind(name: str, unit: str, kind: str) -> None:
    assert kind_of(name, unit) == kind
    assert (better_of("失业率"), better_of(name)) == ("down", None)


@pytest.mark.parametrize(
    "said", ["a b", "%", "[1]", "-", "no", "null", "第一章 一、", '"x"', "2020年", "a: b", "#"]
)
def test_a_quoted_text_is_read_back(said: str) -> None:
    content = f"plan: x\ntitle: {{zh: {quoted(said)}}}\n"
    assert read_plan(content.encode(), "x.yaml", CATALOGUE).model.title.zh == said


# -- plan files ----------------------------------------------------------------------------------

DOCUMENT = "\n".join(
    [
        "桃源市生态发展“十四五”规划",
        "第一章 发展基础",
        "2020年，桃源市绿地面积310公顷，年均增长2.5%。",
        "第二章 发展目标",
        "到2025年，绿地面积达到350公顷以上，新型步道12.5魔里。",
        *LAYOUTS["tabs"],
        "城镇人口（万人）\t50\t60\t3.7%\t预期性",
    ]
)


def drafted(tmp_path: Path, *options: str) -> tuple[int, str]:
    (tmp_path / "plan.txt").write_text(DOCUMENT, encoding="utf-8")
    code = run(["draft", str(tmp_path / "plan.txt"), "-o", str(tmp_path / "taoyuan.yaml"), *options])
    return code, (tmp_path / "taoyuan.yaml").read_text(encoding="utf-8") if code == 0 else ""


def test_a_draft_is_a_sound_plan_that_is_found_in_its_document(tmp_path: Path) -> None:
    code, content = drafted(tmp_path)
    assert code == 0
    plan = read_plan(content.encode(), "taoyuan.yaml", CATALOGUE).require()
    assert (plan.model.place.zh, plan.model.base, plan.model.target) == ("桃源市", "2020", "2025")
    assert len(plan.figures) == 12
    trace = trace_plan(
        plan, read_document(tmp_path / "plan.txt"), load_omitted(plan), CATALOGUE, unused=False
    )
    assert trace.statuses == {"found": 12}
    assert "魔里" in content.partition("not placed")[2]


def test_what_cannot_be_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "plan.txt").write_text("某市规划\n绿地3公顷。", encoding="utf-8")
    assert run(["--lang", "en", "draft", str(tmp_path / "plan.txt")]) == 2
    assert "--base 2020 --target 2025" in capsys.readouterr().err
    assert (
        run(["--lang", "en", "draft", str(tmp_path / "plan.txt"), "--base", "2020", "--target", "2025"]) == 0
    )
    told = capsys.readouterr()
    assert "1 numbers tell how much: 1 became figures" in told.err
    assert "level: {2025: 3公顷}" in told.out
    with pytest.raises(PlantrackError):
        draft_plan(Document.of_lines("x.txt", ["无数字"]), CATALOGUE, Wish(2020, 2025))


def test_numbers_that_disagree_are_to_be_confirmed() -> None:
    lines = ["一、目标", "绿地面积3公顷。", "绿地面积4公顷。"]
    draft = draft_plan(Document.of_lines("x.txt", lines), CATALOGUE, Wish(2020, 2025))
    assert draft.doubtful == 2
    assert draft.content.count("confirm:") == 2
    only = draft_plan(
        Document.of_lines("x.txt", [*lines, "林地5公顷。"]), CATALOGUE, Wish(2020, 2025, confirmed_only=True)
    )
    assert (len(only.placed), len(only.left)) == (1, 2)


def test_a_number_of_a_table_keeps_its_unit_where_the_indicator_has_another() -> None:
    lines = ["指标\t2020年\t2025年", "保费收入（万元）\t150\t200", "绿地（亩）\t1\t2"]
    draft = draft_plan(Document.of_lines("x.txt", lines), CATALOGUE, Wish(2020, 2025))
    plan = read_plan(draft.content.encode(), "draft.yaml", CATALOGUE).require()
    values = [
        float(each.measure.value) for each in plan.figures if each.indicator == "premium" and each.measure
    ]
    assert values == [0.015, 0.02]


def test_a_row_of_a_table_tells_its_place_and_its_name_there() -> None:
    lines = ["指标\t2020年\t2025年", "绿地（亩）\t1\t2", "其他\t\t", "原保险保费收入（亿元）\t15\t20"]
    lines += ["", "", "", "保费收入增长5%。", "", "指标\t2020年\t2025年", "林地（亩）\t3\t4"]
    draft = draft_plan(Document.of_lines("x.txt", lines), CATALOGUE, Wish(2020, 2025))
    rows = [
        row
        for some in read_plan(draft.content.encode(), "draft.yaml", CATALOGUE).model.figures.values()
        for row in some
    ]
    assert [(row.item, row.named) for row in rows] == [
        ("1", None),
        ("2", "原保险保费收入"),
        (None, None),
        ("1", None),
    ]


# -- updates -------------------------------------------------------------------------------------

CONFIRMED = """plan: taoyuan
title: {zh: 桃源市生态发展规划}
place: {id: tao_yuan_shi, zh: 桃源市}
base: 2020
target: 2025

sections:
  a: 第一章 发展基础

own:
  green: {zh: 绿地面积, unit: 公顷, kind: stock}
  path: {zh: 步道, unit: 公里, kind: stock}

figures:
  green:
  # looked up in the yearbook
  - {in: a, level: {2020: 310公顷}}
  - {in: a, level: {2025: 999公顷}, confirm: 看不清}
  path:
  - {in: a, level: {2025: 5公里}, confirm: 看不清}
"""


def test_an_update_keeps_what_a_person_confirmed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "plan.txt").write_text(DOCUMENT, encoding="utf-8")
    (tmp_path / "taoyuan.yaml").write_text(CONFIRMED, encoding="utf-8")
    call = ["--lang", "en", "draft", str(tmp_path / "plan.txt"), "--update", str(tmp_path / "taoyuan.yaml")]
    assert run(call) == 0
    told = capsys.readouterr()
    assert "1 confirmed rows stay; 2 rows to be confirmed were drafted anew" in told.err
    assert "  # looked up in the yearbook\n  - {in: a, level: {2020: 310公顷}}\n" in told.out
    assert "999" not in told.out
    assert "path:\n" not in told.out.partition("figures:")[2]
    plan = read_plan(told.out.encode(), "taoyuan.yaml", CATALOGUE).require()
    assert len(plan.figures) == 12
    assert {each.indicator for each in plan.figures if each.measures.zh == "绿地面积"} == {"green"}
    (tmp_path / "taoyuan.yaml").write_text(told.out, encoding="utf-8")
    assert run(call) == 0
    again = capsys.readouterr()
    assert "0 figures above" in again.err
    assert again.out == told.out


def test_an_update_of_a_file_without_lines_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "plan.txt").write_text(DOCUMENT, encoding="utf-8")
    flow = CONFIRMED.replace("sections:\n  a: 第一章 发展基础", "sections: {a: 第一章 发展基础}")
    (tmp_path / "taoyuan.yaml").write_text(flow, encoding="utf-8")
    call = ["--lang", "en", "draft", str(tmp_path / "plan.txt"), "--update", str(tmp_path / "taoyuan.yaml")]
    assert run(call) == 2
    assert "on lines of its own" in capsys.readouterr().err


# -- units and bounds behind numbers ---------------------------------------------------------------


@pytest.mark.parametrize(
    ("sentence", "printed"),
    [
        ("到2025年，粮食产量达到838.6亿斤。", ["达到838.6亿斤"]),
        ("到2025年，算力规模达到11.4万P。", ["达到11.4万P"]),
        ("到2025年，停车位达到5万余个；", ["达到5万余个"]),
        ("到2025年，低保标准达到645元/月。", ["达到645元/月"]),
        ("到2025年，上市企业达到50家（含新三板）以上。", ["达到50家(含新三板)以上"]),
        ("用户规模从2020年的3.21亿提高到4亿。", ["3.21亿", "提高到4亿"]),
        ("到2025年，生产总值突破9万亿三个大台阶。", ["突破9万亿"]),
        ("到2025年，单位能耗为5人/百人以下。", ["5人/百人以下"]),
    ],
)
def test_the_whole_unit_and_the_bound_belong_to_the_number(sentence: str, printed: list[str]) -> None:
    assert [said[3] for said in statements(sentence)] == printed


def test_a_number_in_an_unknown_unit_is_told_and_not_written() -> None:
    lines = ["某市规划（2021—2025年）", "到2025年，粮食产量达到838.6亿担，粮食播种面积达到60万亩。"]
    drafted = draft_plan(Document.of_lines("made.txt", lines), CATALOGUE)
    assert [each.printed for each in drafted.placed] == ["达到60万亩"]
    assert [each.printed for each, _ in drafted.left] == ["达到838.6亿担"]


@pytest.mark.parametrize(
    "lines",
    [
        [
            "指标",
            "2020年",
            "2025年",
            "年均增长",
            "收入（万亿元）",
            "19.1",
            ">26.8",
            ">7%",
            "人数（亿人）",
            "2.5",
            "3.5",
            "[1]",
        ],
        ["# 规划", "## 一、目标", "城乡居民收入比值由2020年的3.27缩小至2025年的2.93。"],
        ["来源：某市规划", "到2025年，收入达到800亿元。"],
        ["指标\t2020年\t2025年\t年均增长", "耕地面积（亿亩）\t1.22\t1.2\t-0.3"],
        ["梅园、桃园产量分别增加2.3和4.1万吨，入园率、升学率分别提高2.3和4个百分点。"],
    ],
    ids=["one cell a line", "Markdown", "source", "minus", "a unit shared"],
)
def test_a_trace_finds_every_figure_that_was_drafted(lines: list[str]) -> None:
    document = Document.of_lines("made.txt", lines)
    drafted = draft_plan(document, CATALOGUE, Wish(2020, 2025))
    plan = read_plan(drafted.content.encode(), "draft.yaml", CATALOGUE).require()
    trace = trace_plan(plan, document, load_omitted(plan), CATALOGUE, unused=False)
    assert (dict(trace.statuses), trace.findings) == ({"found": len(plan.figures)}, ())


@pytest.mark.parametrize(
    ("cell", "written"),
    [("1 331.9", '"1 331.9"'), ("达到 50 家", "达到50家"), ("3①12.5", None), ("38  45", None)],
)
def test_numbers_in_one_cell_are_never_joined(cell: str, written: str | None) -> None:
    lines = ["指标\t2020年\t2025年", f"收入（亿元）\t{cell}\t2000", "机构（家）\t1\t2"]
    drafted = draft_plan(Document.of_lines("made.txt", lines), CATALOGUE, Wish(2020, 2025))
    assert len(drafted.left) == (written is None) or (written is not None and written in drafted.content)
    assert "312.5" not in drafted.content
    assert "3845" not in drafted.content


def test_characters_that_nobody_sees_refuse_no_draft() -> None:
    lines = ["某市\u200b规划（2021—2025年）", "到2025年，某种①收入\u200b达到800亿元，人口达到60万人。"]
    drafted = draft_plan(Document.of_lines("made.txt", lines), CATALOGUE)
    assert [each.printed for each in drafted.placed] == ["达到800亿元", "达到60万人"]


def test_figures_before_the_title_stand_in_another_section() -> None:
    lines = ["到2025年，收入达到800亿元。", "某市规划（2021—2025年）", "到2025年，人口达到60万人。"]
    document = Document.of_lines("made.txt", lines)
    drafted = draft_plan(document, CATALOGUE)
    plan = read_plan(drafted.content.encode(), "draft.yaml", CATALOGUE).require()
    trace = trace_plan(plan, document, load_omitted(plan), CATALOGUE, unused=False)
    assert dict(trace.statuses) == {"found": 2}


@pytest.mark.parametrize(
    ("lines", "written"),
    [
        (
            ["指标\t2020年（万元）\t2025年（万元）", "保费收入\t769000\t1150000以上"],
            "2020: 769000万元, 2025: 1150000万元以上",
        ),
        (
            ["指标\t单位\t2020年\t2025年", "保费收入\t万元\t769000\t1.2亿元"],
            "2020: 769000万元, 2025: 1.2亿元",
        ),
        (
            ["单位：万元", "指标\t2020年\t2025年", "保费收入\t769000\t≥1150000"],
            '2020: 769000万元, 2025: "≥1150000万元"',
        ),
        (["指标\t2020年（实际）\t2025年（亿元）", "保费收入（亿元）\t76.9\t115"], "2020: 76.9, 2025: 115"),
        (["指标\t单位\t2020年\t2025年", "保费收入\t万元\t769000\t1.2亿"], None),
        (["指标\t2020年（万担）\t2025年（万担）", "粮食产量\t12\t13"], None),
    ],
)
def test_a_number_of_a_table_is_in_the_unit_that_its_row_or_heading_names(
    lines: list[str], written: str | None
) -> None:
    document = Document.of_lines("made.txt", [*lines, "到2025年，人口达到60万人。"])
    content = draft_plan(document, CATALOGUE, Wish(2020, 2025)).content
    assert f"level: {{{written}}}" in content if written else "level: {2025: 达到60万人}" in content
    assert (written is None) == ("未能写入" in content)


def test_where_no_unit_is_told_a_person_must_look() -> None:
    lines = ["指标\t2020年\t2025年", "保费收入\t76.9\t115", "城镇化率\t60\t65", "某收入\t5\t6"]
    content = draft_plan(Document.of_lines("made.txt", lines), CATALOGUE, Wish(2020, 2025)).content
    assert content.count("没有写明单位，按亿元处理") == content.count("confirm:") == 1


@pytest.mark.parametrize(
    ("output", "better"), [("珠 海.yaml", "zhu-hai"), ("plan.json", "plan"), ("A.yaml", "a")]
)
def test_a_file_that_could_be_no_plan_is_not_written(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], output: str, better: str
) -> None:
    document = tmp_path / "规 划.txt"
    document.write_text("某市规划（2021—2025年）\n到2025年，收入达到800亿元。\n", encoding="utf-8")
    assert run(["draft", str(document), "-o", str(tmp_path / output)]) == 2
    assert f"-o {better}.yaml" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == [document]
    assert run(["draft", str(document), "-o", str(tmp_path / f"{better}.yaml")]) == 0
    assert run(["validate", str(tmp_path / f"{better}.yaml")]) == 0


def test_a_sentence_goes_on_in_the_next_line() -> None:
    said = statements(
        "一、发展目标",
        "到2025年，绿地面积达到350公顷，比2020年增",
        "加40公顷；林地5公顷，新建12个",
        "游园，引进3家",
        "二、发展任务",
    )
    assert said == [
        ("绿地面积", "level", "2025", "达到350公顷"),
        ("绿地面积", "change", "2020->2025", "增\n加40公顷"),
        ("林地", "level", "2025", "5公顷"),
        ("游园", "level", "2025", "12个"),
        ("游园", "level", "2025", "3家"),
    ]


def test_years_that_the_title_does_not_tell_are_guessed_from_the_aims() -> None:
    document = Document.of_lines(
        "x.txt", ["某市规划", "“十三五”时期，绿地3公顷。", "到2025年，绿地4公顷，到2035年翻番。"]
    )
    assert read_period(document) is None
    assert guessed_period(document) == (2020, 2025, None, True)
    assert guessed_period(Document.of_lines("x.txt", ["绿地3公顷"])) is None


def test_a_higher_mark_is_striven_for() -> None:
    lines = ["到2025年，风电装机达到60万千瓦以上，力争80万千瓦；绿地率达到35%，力争达到38%。"]
    draft = draft_plan(Document.of_lines("made.txt", lines), CATALOGUE, Wish(2020, 2025, "某市"))
    assert "level: {2025: 达到60万千瓦以上}, strive: {2025: 80万千瓦}" in draft.content
    assert "level: {2025: 达到35%}, strive: {2025: 达到38%}" in draft.content
    assert draft.doubtful == 0


def test_a_comparison_with_the_country_is_a_row() -> None:
    lines = [
        "2020年，地区生产总值增长5%、高于全国0.3个百分点，绿地率45%，低于全国平均水平约2个百分点、高于邻县3个百分点。"
    ]
    draft = draft_plan(Document.of_lines("made.txt", lines), CATALOGUE, Wish(2020, 2025, "某市"))
    assert (
        "growth: {2019->2020: {above: gdp@china, by: 0.3个百分点}}, printed: 高于全国0.3个百分点"
        in draft.content
    )
    assert "level: {2020: {below: lv_di_lv@china, by: 约2个百分点}}" in draft.content
    assert [each.printed for each, _ in draft.left] == ["高于邻县3个百分点"]


def test_growth_in_step_with_another_is_a_row_with_its_words() -> None:
    lines = [
        "到2025年，居民人均可支配收入增长与经济增长基本同步，存款增速与贷款增速保持同步、水价提高与油价提高同步。",
        "与全国同步基本实现现代化，同步推进数据增值。",
        "指标\t2020年\t2025年\t年均增速",
        "绿地率（%）\t1\t2\t3",
        "农村居民人均可支配收入增长（%）\t2.1\t与 GDP增长基本同步\t与 GDP增长基本同步",
    ]
    draft = draft_plan(Document.of_lines("made.txt", lines), CATALOGUE, Wish(2020, 2025, "某市"))
    rows = [
        "growth: {2020->2025: {in_step: gdp}}, printed: 居民人均可支配收入增长与经济增长基本同步}",
        "growth: {2020->2025: {in_step: loans}}, printed: 存款增速与贷款增速保持同步}",
        "growth: {2020->2025: {in_step: gdp}}, printed: 与GDP增长基本同步}",
    ]
    assert [draft.content.count(row) for row in rows] == [1, 1, 1]
    assert [each.printed for each, _ in draft.left] == ["水价提高与油价提高同步"]
    assert draft.content.count("in_step") == 4  # three rows, and what the last comment says to write


def test_a_part_is_named_with_its_whole() -> None:
    lines = "2020年，全县保费收入12.36亿元，其中财产险3.58亿元、人身险8.87亿元。"
    names = [name for name, *_ in statements(lines)]
    assert names == ["保费收入", "财产险保费收入", "人身险保费收入"]


# -- questions at a terminal ---------------------------------------------------------------------

UNTITLED = "发展要点\n一、目标\n绿地面积达到350公顷。\n"


@pytest.mark.skipif(os.name != "posix", reason="needs a terminal of POSIX")
@pytest.mark.parametrize(
    ("typed", "code", "lines"),
    [
        (
            b"2031x\n2030\n2030\n2025\n\x1b[2J\n\xe8\x8b\x8f\xe5\xb7\x9e\xe5\xb8\x82\n",
            0,
            ["base: 2025", "target: 2030"],
        ),
        (b"2030\n\x03", 130, None),
        (b"\x04\x04\x04", 2, None),
    ],
)
def test_a_person_at_a_terminal_is_asked(
    typed: bytes, code: int, lines: list[str] | None, tmp_path: Path
) -> None:
    fcntl, pty, termios = (pytest.importorskip(each) for each in ("fcntl", "pty", "termios"))

    def take_terminal() -> None:
        signal.signal(signal.SIGINT, signal.SIG_DFL)  # whoever runs the tests may ignore it
        os.setsid()
        fcntl.ioctl(0, termios.TIOCSCTTY, 0)

    (tmp_path / "a.txt").write_text(UNTITLED, encoding="utf-8")
    ours, theirs = pty.openpty()
    environment = {key: each for key, each in os.environ.items() if key != "CI"}
    command = [sys.executable, "-m", "plantrack", "--lang", "en", "draft", "a.txt", "-o", "plan.yaml"]
    with subprocess.Popen(
        command,
        stdin=theirs,
        stdout=theirs,
        stderr=subprocess.PIPE,
        cwd=tmp_path,
        env=environment,
        preexec_fn=take_terminal,  # noqa: PLW1509 - no threads here
    ) as process:
        asked = process.stderr.readline().decode() if process.stderr else ""
        assert asked.startswith("target year of the plan?")
        os.write(ours, typed)
        assert process.wait(timeout=120) == code
    files = {each.name for each in tmp_path.iterdir()}
    assert files == ({"a.txt", "plan.yaml"} if lines else {"a.txt"})
    if lines:
        written = (tmp_path / "plan.yaml").read_text(encoding="utf-8").split("\n")
        assert [each for each in written if each.startswith(("base", "target"))] == lines
        assert "苏州市" in written[2]


def test_nobody_is_asked_in_a_pipe(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "a.txt").write_text(UNTITLED, encoding="utf-8")
    assert run(["--lang", "en", "draft", str(tmp_path / "a.txt")]) == 2
    assert "--base 2020 --target 2025" in capsys.readouterr().err
