"""`show` as a page to be read."""

from pathlib import Path

import pytest

from plantrack.cli import run
from plantrack.formats.sheet import said_in
from plantrack.reading import load_catalogue
from plantrack.views.plans import overview_table, short_headings
from tracing import write_plan

BODY = """sections:
  base: 第一章 二、（一）发展基础，体系进一步完善
  goals: 第二章 三、（二）2. 目标
  other: 第三章 一、目标
  table: 第二章 表1：指标表
moments:
  early13: {zh: “十三五”初期, en: start of the 13th plan, either: [2015, 2016]}
own:
  mine: {zh: 自有指标, en: own indicator, unit: 家, kind: stock}
figures:
  mine:
  - {in: goals, level: {2025: 50}}
  npl_ratio:
  - {in: goals, level: {2025: {below: npl_ratio@guangdong}}, printed: 低于全省平均水平}
  - {in: other, change: {2020->2025: down}, printed: 稳中有降, note: 未写明时点}
  premium:
  - {in: base, level: {2020: 76.9亿元}, growth: {2015->2020: 8.3%}, multiple: {early13->2020: 2}}
  - {in: table, level: {2020: 76.91, 2025: 115}, growth: {2020->2025: 8.50%}, prices: current, binding: true}
  - {in: table, level: {2016/2020: 300亿元}, place: zhuhai}
  - {in: goals, rank: {2020: 第3位}, among: 全省}
unmeasured:
- {in: goals, zh: 平稳发展, en: steady growth}
"""


@pytest.fixture
def rows(tmp_path: Path) -> dict[tuple[str, str], tuple[str, ...]]:
    sheet = said_in("zh", overview_table(write_plan(tmp_path, BODY), load_catalogue()))
    assert list(sheet.headings) == ["指标", "章节", "2020", "2025", "其他数据"]
    named, name = {}, ""
    for row in sheet.rows:
        name = row[0] or name
        named[name, row[1]] = row[2:]
    return named


def test_levels_stand_under_their_years_and_the_rest_in_words(
    rows: dict[tuple[str, str], tuple[str, ...]],
) -> None:
    assert rows == {
        ("不良贷款率（%）", "第二章 三、（二）2. 目标"): ("", "", "低于广东省 “低于全省平均水平”（2025年）"),
        ("不良贷款率（%）", "第三章 一、目标"): ("", "", "下降 “稳中有降”"),
        ("保费收入（亿元）", "发展基础"): (
            "76.9亿元",
            "",
            "年均增长 8.3%（2015—2020年）；倍数 2（“十三五”初期至2020年）",
        ),
        ("保费收入（亿元）", "第二章 三、（二）2. 目标"): ("", "", "第3位 全省（2020年）"),
        ("保费收入（亿元）", "表1：指标表"): ("76.91", "115", "年均增长 8.50%；约束性；按现价"),
        ("珠海市保费收入（亿元）", "表1：指标表"): ("", "", "300亿元（2016—2020年）"),
        ("自有指标（家）", "第二章 三、（二）2. 目标"): ("", "50", ""),
    }


def test_what_holds_for_every_year_is_no_number_of_the_target_year(tmp_path: Path) -> None:
    body = "sections: {t: 表}\nfigures:\n  premium:\n  - {in: t, level: {2025: 115}, each_year: {2021/2025: 80以上}}\n"
    ((_, _, goal, further),) = said_in(
        "zh", overview_table(write_plan(tmp_path, body), load_catalogue())
    ).rows
    assert (goal, further) == ("115", "80以上（2021—2025年每年）")


def test_lines_stand_in_the_groups_of_the_catalogue_and_notes_come_last(tmp_path: Path) -> None:
    sheet = said_in("en", overview_table(write_plan(tmp_path, BODY), load_catalogue()))
    assert list(sheet.groups.values()) == ["Risk", "Insurance", "Other"]
    assert sheet.notes[-2:] == (
        "non-performing loan ratio, 第三章 一、目标: 未写明时点",
        "aims without a quantity: steady growth",
    )


def test_headings_are_named_by_their_last_title_where_it_is_the_only_one() -> None:
    headings = {
        "a": "第一章 第四节 发展目标 ——总体目标",
        "b": "总体要求",
        "c": "第一章 一、“十三五”成就 上市培育",
        "d": "第二章",
        "e": "第三章 四、目标",
        "f": "第四章 目标",
    }
    assert short_headings(headings) == {
        "a": "总体目标", "b": "总体要求", "c": "上市培育", "d": "第二章", "e": "第三章 四、目标", "f": "第四章 目标",
    }  # fmt: skip


def test_one_indicator_is_listed_with_lines_and_only_its_sections(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    loaded = write_plan(tmp_path, BODY)
    assert run(["show", loaded.file, "-i", "mine", "--lang", "en"]) == 0
    shown = capsys.readouterr().out
    line = BODY[: BODY.index("50}}")].count("\n") + 6
    assert f"own indicator (count)  level  2025          50  goals      {line}\n" in shown
    assert "goals: 第二章" in shown
    assert "table: " not in shown


def test_every_format_but_the_table_keeps_a_row_for_each_figure(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    loaded = write_plan(tmp_path, BODY)
    assert run(["show", loaded.file, "-f", "csv", "--lang", "en"]) == 0
    assert len(capsys.readouterr().out.splitlines()) == 1 + len(loaded.figures)
