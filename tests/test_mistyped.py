"""Slips in plan files that are typed by hand: where they are, what was found, and what to write instead."""

import re
from pathlib import Path

import pytest

from fuzzing import CATALOGUE
from plantrack.reading import read_plan
from plantrack.reading.actuals_file import load_actuals

PLAN = """\
plan: x
title: {zh: 某规划}
place: {id: taoyuan, zh: 桃源市}
base: 2020
target: 2025
sections:
  t: 表
figures:
  premium:
  - {in: t, level: {2020: 76.9, 2025: 115}}
  gdp:
  - {in: t, level: {2020: 100, 2025: 150}}
"""
GDP = "{in: t, level: {2020: 100, 2025: 150}}"
LEVELS = "level: {2020: 76.9, 2025: 115}"


def in_block(lines: str) -> str:
    return f"in: t\n    {lines}"


SLIPS = {
    "full-width comma": (
        "76.9, 2025",
        "76.9，2025",
        "10:31",
        "`，` does not part entries: write `,` and a blank",
    ),
    "full-width comma between keys": ("t, level", "t，level", "10:11", "write `,` and a blank"),
    "semicolon": ("76.9, 2025", "76.9; 2025", "10:31", "`;` does not part entries"),
    "full-width colon": ("base: 2020", "base：2020", "4:5", "the colon here is full-width"),
    "full-width colon in brackets": ("2020: 76.9", "2020：76.9", "10:25", "the colon here is full-width"),
    "full-width colon behind a name": (
        "  gdp:\n",
        "  地区生产总值：\n",
        "11:9",
        "the colon here is full-width",
    ),
    "full-width bracket": (
        "- {in: t, level: {2020: 76.9",
        "- ｛in: t, level: {2020: 76.9",
        "10:5",
        "write `{`",
    ),
    "letter O": ("150", "1O0", "12:38", '"1O0": a letter stands among the digits: write 100'),
    "letter l": ("150", "l50", "12:38", "write 150"),
    "letter O before a unit": ("150", "15O亿元", "12:38", "write 150亿元"),
    "letter O in a year": ("2025: 150", "2O25: 150", "12:32", '"2O25": write 2025'),
    "letter O in the base": ("base: 2020", "base: 2O20", "4:7", '"2O20": write 2020'),
    "row not deep enough": (
        "  - {in: t, level: {2020: 76",
        " - {in: t, level: {2020: 76",
        "10:2",
        "1 blank(s)",
    ),
    "key too deep": ("  gdp:", "   gdp:", "11:4", "3 blank(s) before this line, and 0, 2 before those above"),
    "key not deep enough": ("  gdp:", " gdp:", "11:2", "1 blank(s) before this line, and 0, 2"),
    "key at the margin": ("  gdp:", "gdp:", "11:1", "rows of an indicator stand under `figures:`"),
    "decimal comma": ("76.9", "12,5", "10:30", "a comma is no decimal point: write 12.5"),
    "decimal comma with a unit": ("76.9", "12,5亿元", "10:30", "write 12.5亿元"),
    "decimal comma in quotes": ("76.9", '"12,5"', "10:27", "a comma is no decimal point: write 12.5"),
    "decimal comma in a block": (GDP, in_block("level: \n      2020: 12,5"), "14:13", "write 12.5"),
    "full stop for a point": ("76.9", "76。9", "10:27", "the decimal point is mistyped: write 76.9"),
    "no blank behind a colon": (
        "base: 2020",
        "base:2020",
        "4:1",
        "a blank is missing behind the colon: write `base: `",
    ),
    "no blank behind a year": ("2020: 76.9", "2020:76.9", "10:21", "write `2020: `"),
    "no blank behind a key": ("in: t", "in:t", "10:6", "write `in: `"),
    "no blank before a bracket": ("level: {2020: 76.9", "level:{2020: 76.9", "10:13", "write `level: `"),
    "no blank behind a dash": (
        "- {in: t, level: {2020: 76",
        "-{in: t, level: {2020: 76",
        "10:3",
        "write `- `",
    ),
    "tab": ("  gdp:", "\tgdp:", "11:1", "a tab stands here"),
    "unclosed quotation mark": (
        "76.9",
        '"76.9',
        "10:27",
        "opened here and not closed: close it, or remove it",
    ),
    "quotation marks in a quoted text": ("某规划", '"某"五年"规划"', "2:16", "within it, write “ ”"),
    "Chinese quotation marks": ("76.9", "“76.9”", "10:27", "write 76.9"),
    "unclosed brace": ("2025: 115}}", "2025: 115}", "10:5", "`{` is not closed: write `}` where it ends (1"),
    "one brace too many": ("2025: 115}}", "2025: 115}}}", "10:44", "one `}` too many"),
    "no comma": ("76.9, 2025", "76.9 2025", "10:32", "a comma is missing before `2025`"),
    "list for brackets": (
        "115",
        "[13.5]",
        "10:39",
        'is a list; brackets that are printed stand in quotes: "[13.5]"',
    ),
    "verb and brackets": (
        "115",
        "降低[17]%",
        "10:39",
        'a value with brackets stands in quotes here: "降低[17]%"',
    ),
    "brackets and a unit": ("115", "[17]亿元", "10:39", 'stands in quotes here: "[17]亿元"'),
    "list in a block": (GDP, in_block("change: \n      2020->2025: [13.5]"), "14:19", 'in quotes: "[13.5]"'),
    "greater than": (LEVELS, "growth: {2020->2025: >7%}", "10:34", 'put it in quotes, ">7%"'),
    "greater than in a block": (
        GDP,
        in_block("growth: \n      2020->2025: >7%"),
        "14:19",
        'in quotes, ">7%"',
    ),
    "per cent first": ("115", "%7", "10:39", "the sign stands behind the number: write 7%"),
    "asterisk first": ("115", "*60.6", "10:39", "the sign stands behind the number: write 60.6*"),
    "hash": ("115", "#115", "10:39", "`#` behind a blank begins a comment"),
    "year too late": ("2025: 115", "2525: 115", "10:33", 'the year "2525" lies outside 1900-2200'),
    "target too late": ("target: 2025", "target: 2525", "5:9", 'the year "2525" lies outside 1900-2200'),
    "year of five digits": ("2025: 115", "20225: 115", "10:33", '"20225" has 5 digits: a year has four'),
    "target of five digits": ("target: 2025", "target: 20225", "5:9", '"20225" has 5 digits'),
    "year with its word": ("2025: 115", "2025年: 115", "10:33", '"2025年": write 2025'),
    "years with a dash": (LEVELS, "growth: {2020—2025: 7%}", "10:22", '"2020—2025": write 2020->2025'),
    "years with an arrow": (LEVELS, "growth: {2020→2025: 7%}", "10:22", "write 2020->2025"),
    "level over a step": (
        LEVELS,
        "level: {2020->2025: 7}",
        "10:21",
        "2021/2025 for the total of those years",
    ),
    "span with a hyphen": (LEVELS, "level: {2021-2025: 7}", "10:21", '"2021-2025": write 2021/2025'),
}


@pytest.mark.parametrize(("written", "instead", "spot", "told"), SLIPS.values(), ids=SLIPS)
def test_a_slip_is_told_with_its_place_and_what_to_write(
    written: str, instead: str, spot: str, told: str
) -> None:
    assert read_plan(PLAN.encode(), "x.yaml", CATALOGUE).findings == ()
    assert written in PLAN
    found = read_plan(PLAN.replace(written, instead, 1).encode(), "x.yaml", CATALOGUE).findings
    first = found[0]
    assert first.position.spot == spot, found
    assert told in first.message.say("en")
    assert re.search(r"[\u4e00-\u9fff]", first.message.say("zh"))


@pytest.mark.parametrize(
    "printed", ["1,150", "1，150", "60.6*", '">7%"', '"[13.5]"', "≥50", "12.5亿元", "1,150.5"]
)
def test_what_is_no_slip_is_read(printed: str) -> None:
    quoted = printed if printed.startswith('"') else f'"{printed}"'
    value = "2020->2025: " + quoted
    key = "growth" if "%" in printed else "change"
    content = PLAN.replace(LEVELS, f"{key}: {{{value}}}")
    assert read_plan(content.encode(), "x.yaml", CATALOGUE).findings == ()


def test_comments_quotes_and_lines_of_several_brackets_are_no_slips_themselves() -> None:
    """Only the line in which the parser stumbles is looked at, and what is quoted is left alone."""
    content = PLAN.replace(
        GDP, '{in: t, # 见表，GDP: 1\n     level: {2020: 100,\n       2025: 150}, note: "a:b，c: d #e"}'
    )
    assert read_plan(content.encode(), "x.yaml", CATALOGUE).findings == ()


def test_values_that_yaml_takes_for_something_else_are_told_at_once() -> None:
    content = PLAN.replace(LEVELS, "growth: {2020->2025: >7%, 2015->2020: >8%}").replace("150", "降低[3]")
    found = read_plan(content.encode(), "x.yaml", CATALOGUE).findings
    assert [(each.position.spot, each.code.code) for each in found] == [
        ("10:34", "PT004"),
        ("10:51", "PT004"),
        ("12:38", "PT004"),
    ]


@pytest.mark.parametrize(
    ("row", "told"),
    [
        ('total_growth: {2020->2025: "[13.5]"}', 'write "降低[13.5]"'),
        ("total_growth: {2020->2025: 13.5%}", 'write "降低13.5%"'),
        ("change: {2020->2025: 0.1}", "under `total_growth` where per cent are meant"),
        ("level: {2025: 13.5}", '"单位GDP能耗降低" tells a fall, and no level: write 降低13.5 under'),
    ],
)
def test_a_name_that_tells_a_fall_is_no_level_and_no_rise(row: str, told: str) -> None:
    content = PLAN.replace("gdp:", "单位GDP能耗降低:").replace("level: {2020: 100, 2025: 150}", row)
    (found,) = read_plan(content.encode(), "x.yaml", CATALOGUE).errors
    assert (found.code.code, found.position.line) == ("PT107", 12)
    assert told in found.message.say("en")


@pytest.mark.parametrize(
    "row",
    [
        'total_growth: {2020->2025: "降低[13.5]"}',
        "total_growth: {2020->2025: -13.5%}",
        "total_growth: {2020->2025: 增长2%}",
        "change: {2020->2025: down}",
    ],
)
def test_a_fall_that_is_told_is_read_under_such_a_name(row: str) -> None:
    content = PLAN.replace("gdp:", "单位GDP能耗降低:").replace("level: {2020: 100, 2025: 150}", row)
    assert read_plan(content.encode(), "x.yaml", CATALOGUE).errors == ()


@pytest.mark.parametrize("kind", ["multiple", "total_growth", "growth"])
@pytest.mark.parametrize("written", ["提高到2.5倍", "增长至2.5倍"])
def test_a_multiple_that_is_reached_is_sent_to_the_one_key_that_takes_it(kind: str, written: str) -> None:
    content = PLAN.replace(LEVELS, f"{kind}: {{2020->2025: {written}}}")
    (found,) = read_plan(content.encode(), "x.yaml", CATALOGUE).errors
    assert found.message.say("en").endswith("write its number alone, as 2.5倍, under `multiple`")
    assert not read_plan(
        PLAN.replace(LEVELS, "multiple: {2020->2025: 2.5倍}").encode(), "x.yaml", CATALOGUE
    ).errors


def test_an_own_indicator_goes_by_its_chinese_name() -> None:
    content = PLAN.replace("figures:", "own:\n  步道: {zh: 步道, unit: 公里, kind: stock}\nfigures:")
    assert read_plan(content.encode(), "x.yaml", CATALOGUE).errors == ()


@pytest.mark.parametrize("name", ["单位GDP能耗降低", "3.单位GDP能耗降低"])
def test_a_fall_among_actuals_is_no_level(tmp_path: Path, name: str) -> None:
    content = PLAN.replace("gdp:", "单位GDP能耗:").replace("100", "0.5").replace("150", "0.4")
    plan = read_plan(content.encode(), "x.yaml", CATALOGUE).require()
    (tmp_path / "actuals.csv").write_text(f"指标,年份,数值\n{name},2023,3.2\n", encoding="utf-8")
    loaded = load_actuals(tmp_path / "actuals.csv", plan, CATALOGUE)
    assert loaded.actuals == ()
    (found,) = loaded.errors
    assert found.position.spot == "2:3"
    assert "tells a fall, and no level" in found.message.say("en")
