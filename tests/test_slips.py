"""Slips of the keyboard in plan files: each is told once, at its place, and hides nothing else."""

from typing import Annotated

import pytest
from pydantic import TypeAdapter

from fixed import TODAY
from plantrack.findings import Finding
from plantrack.language import Language
from plantrack.plan.model import PlanModel
from plantrack.plan.omissions import Omitted
from plantrack.reading import load_catalogue
from plantrack.reading.plan_file import read_plan
from plantrack.reading.setting_aside import fields_at, stand_in
from plantrack.waivers import AUDIT, VALIDATION, apply_waivers

CATALOGUE = load_catalogue()
HEAD = """plan: b
title: {zh: 例, en: E}
place: {id: zhaoqing, zh: 肇庆市, en: Z}
base: 2020
target: 2025
sections:
  goals: 第三章
  table: 表
"""
ROWS = """figures:
  premium:
  - {in: goals, level: {2020: 76.91}}
  - {in: table, level: {2025: 115}}
"""
BASE = HEAD + ROWS
OWN = (
    HEAD
    + "own:\n  mine: {zh: x, en: y, unit: 亿元, kind: flow}\n"
    + ROWS
    + "  mine:\n  - {in: goals, level: {2020: 1}}\n"
)
WAIVED = (
    BASE
    + "waivers:\n- {code: PT301, figures: {premium/level/2025/table: 115}, reason: x, date: 2026-11-01}\n"
)
"""Lines 10 (the own indicator), 16 (its row) and 14 (the waiver) are damaged below."""


def findings_of(content: str | bytes) -> tuple[Finding, ...]:
    content = content.encode() if isinstance(content, str) else content
    loaded = read_plan(content, "b.yaml", CATALOGUE)
    return apply_waivers(loaded.findings, [loaded], VALIDATION, today=TODAY)


def told(content: str | bytes) -> list[str]:
    found = sorted(findings_of(content), key=lambda each: each.position)
    return [f"{each.code.code} {each.position.line}:{each.position.column}" for each in found]


def said(content: str | bytes, language: Language = "en") -> str:
    return "\n".join(each.message.say(language) for each in findings_of(content))


def with_row(row: str) -> str:
    """The plan with one row more, on line 13."""
    return f"{BASE}  - {row}\n"


def with_value(value: str) -> str:
    """The plan with a level that begins at 13:30."""
    return with_row(f"{{in: goals, level: {{2021: {value}}}}}")


def test_what_is_damaged_here_was_sound() -> None:
    for content in (BASE, OWN):
        assert told(content) == []
    assert told(with_value("{below: premium@guangdong}")) == []


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (with_row("{level: {2025: 约莫115亿元, 20255: 1}}"), ["PT102 13:5", "PT107 13:20", "PT105 13:29"]),
        (with_row("{in: [goals], level: {2025: foo}}"), ["PT103 13:10", "PT107 13:33"]),
        (BASE.replace("premium:", "premum:") + "  - {in: goals, level: {2025: foo}}\n", ["PT201 10:3", "PT107 13:31"]),
        (BASE.replace("level: {2020", "lvel: {2020") + "---\nfoo: [\n", ["PT101 11:17", "PT008 13:1"]),
        (with_row("{in: go\x01als, lvel: {2020: 1}}"), ["PT011 13:12", "PT101 13:18"]),
        (with_row("{in: goals, lvel: {2020: 1\0}}"), ["PT101 13:17", "PT011 13:31"]),
        (with_value("1亿元, 2021: foo, 2021: bar"), ["PT003 13:36", "PT107 13:42", "PT003 13:47", "PT107 13:53"]),
        (BASE + "  premium:\n  - {level: {2021: 3, 2021: x}}\n", ["PT003 13:3", "PT102 14:5", "PT003 14:23", "PT107 14:29"]),
        (OWN.replace("unit: 亿元", "unit: 打").replace("2020: 1}", "2020: x}"), ["PT210 10:30", "PT107 16:31"]),
    ],
    ids=str,
)  # fmt: skip
def test_a_problem_hides_no_other(content: str, expected: list[str]) -> None:
    assert told(content) == expected


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (OWN.replace("kind: flow", "kind: stok"), "PT104 10:40"),
        (OWN.replace("kind: flow", "kind: flow, role: cap"), "PT104 10:52"),
        (OWN.replace("kind: flow", "kind: flow, growth_basis: same"), "PT104 10:60"),
        (OWN.replace("en: y", "en: ''"), "PT104 10:21"),
        (OWN.replace("en: y", "en: [a]"), "PT103 10:21"),
        (OWN.replace("{zh: x, en: y, unit: 亿元, kind: flow}", "foo"), "PT103 10:9"),
        (OWN.replace("own:\n  mine: {zh: x, en: y, unit: 亿元, kind: flow}", "own: foo"), "PT103 9:6"),
        (BASE.replace("id: zhaoqing", "id: ../../x"), "PT104 3:13"),
        (BASE.replace("plan: b", "plan: B B"), "PT104 1:7"),
        (BASE.replace("in: goals", "in: [goals]"), "PT103 11:10"),
        (BASE.replace("in: goals", "in：goals"), "PT012 11:8"),
        (BASE.replace("goals: 第三章", "goals: [x]"), "PT103 7:10"),
        (BASE.replace("sections:\n  goals: 第三章\n  table: 表", "sections: foo"), "PT103 6:11"),
        (BASE.replace("sections:\n  goals: 第三章\n  table: 表\n", ""), "PT102 1:1"),
        (HEAD, "PT102 1:1"),
        (HEAD + "figures:\n", "PT103 9:9"),
        (with_row("{in: goals, level: {2021: 80}, place: [[zhaoqing]]}"), "PT103 13:44"),
        (with_row("{in: goals, level: {2021: 80}, place: {a: b}}"), "PT103 13:43"),
        (
            BASE.replace("figures:", "moments:\n  e: {zh: a, en: b, either: []}\nfigures:").replace("2020: 7", "e: 7"),
            "PT104 10:29",
        ),
        (WAIVED.replace("code: PT301", "code: [PT204]"), "PT103 14:10"),
        (WAIVED.replace("{premium/level/2025/table: 115}", "[x]"), "PT103 14:26"),
        (WAIVED.replace("reason: x", "reason: [x]"), "PT103 14:67"),
    ],
    ids=str,
)  # fmt: skip
def test_what_follows_from_a_slip_is_not_told(content: str, expected: str) -> None:
    loaded = read_plan(content.encode(), "b.yaml", CATALOGUE)
    findings = apply_waivers(loaded.findings, [loaded], VALIDATION + AUDIT, today=TODAY)
    assert [f"{each.code.code} {each.position.line}:{each.position.column}" for each in findings] == [
        expected
    ]


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        *((BASE.replace("第三章", f"第{sign}三章").replace("level: {2020", "lvel: {2020"), ["PT011 7:11", "PT101 11:17"]) for sign in "\u0085\u2028\ufeff\u00a0"),
        (BASE.replace("in: goals, level", "in: go\u200bals, lvel"), ["PT011 11:12", "PT101 11:18"]),
        (BASE.replace("figures", "\ufefffigures"), ["PT011 9:1"]),
        (BASE.replace("level: {2020", "lvel: {2020").replace("\n", "\r"), ["PT101 11:17"]),
        (b"\xef\xbb\xbf" + BASE.encode().replace(b"base", b"b\xffse"), ["PT002 4:2"]),
        (BASE.replace("base: ", "base:"), ["PT004 4:1"]),
        (BASE.replace("goals: 第", "1.2.1：第"), ["PT012 7:8"]),
        (BASE.replace("title: {zh: 例, en: E}", "title:\n  zh：例"), ["PT012 3:5"]),
        ("plan：b\ntitle：x\n", ["PT012 1:5"]),
        (BASE.replace("level: {2020", "level：{2020"), ["PT012 11:22"]),
        (with_row("{in: goals, level: {2021：foo}}"), ["PT012 13:29", "PT107 13:30"]),
        (with_row("{in: goals, level: {2021: 8}, place: [zhaoqing, shenzen]}"), ["PT205 13:53"]),
        (with_value("{below: premum@guangdong}"), ["PT201 13:39"]),
        (with_value("{below: premium@guangdon}"), ["PT205 13:47"]),
        (with_value("[{below: gdp}, {above: premum}]"), ["PT201 13:54"]),
        (with_value("{belw: premium@guangdong}"), ["PT101 13:32"]),
        (with_value("1,150亿元, 2022: 8"), ["PT107 13:33"]),
    ],
    ids=str,
)  # fmt: skip
def test_a_problem_stands_where_it_is_to_be_mended(content: str | bytes, expected: list[str]) -> None:
    assert told(content) == expected


@pytest.mark.parametrize(
    "code", [0x61C, 0x180E, 0x2066, 0x2069, 0x3164, 0x34F, 0x2000, 0x200A, 0x205F, 0x206A, 0xE0041]
)
def test_characters_that_nobody_sees_are_found(code: int) -> None:  # fmt: skip
    assert told(BASE.replace("goals:", f"goals{chr(code)}:")) == ["PT011 7:8"]
    assert f"U+{code:04X}" in said(BASE.replace("en: E", f'en: "E \\U{code:08x}"'))


@pytest.mark.parametrize("escaped", [r"a\0b", r"\e[31m", r"E\u202e", r"\x85E"])
def test_escapes_write_no_characters_that_nobody_sees(escaped: str) -> None:
    assert told(BASE.replace("en: E", f'en: "{escaped}"')) == ["PT011 2:20"]
    assert told(BASE.replace("en: E", f"en: '{escaped}'")) == []


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (with_row("{in: goals, level:}"), "缺少空格"),
        *((BASE.replace("en: E", f"en: {value}"), "加引号") for value in ("*肇庆*", "& x", "!肇庆", "%x")),
        (BASE.replace("2020\n", "|x\n"), "加引号"),
        (BASE.replace("en: E", r'en: "\q"'), "反斜杠"),
        (BASE.replace("en: E", r'en: "\u12"'), "反斜杠"),
        ("%FOO\n" + BASE, "另有含义"),
        ("%YAML 3.0\n---\n" + BASE, "版本"),
        (BASE + "...\nfoo: x\n", "一份文档"),
        (HEAD + "figures: - x\n", "下一行"),
        (with_value("[115]"), "原文的方括号请加引号"),
        (BASE.replace("base:", "issued: x\nbase:"), "“x”的格式不对，应当是 YYYY-MM-DD 或"),
        (BASE.replace("plan: b", "plan: ''"), "`plan`不能为空"),
        (with_row("foo"), "`premium` 的第 3 项应当是映射"),
    ],
    ids=str,
)  # fmt: skip
def test_chinese_messages_are_chinese(content: str, words: str) -> None:
    message = said(content, "zh")
    assert words in message
    assert "while" not in message
    assert "found" not in message


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (with_value("{belw: premium@guangdong}"), "did you mean below?"),
        (with_value("{below: premium@guangdong, xyz: 3}"), "known here: below, above"),
        (with_value("{below: gdp, above: premium}"), "compared in several ways"),
        (with_value("{by: 3}"), "compared with nothing"),
        (with_value("[]"), "`2021` must be a numeral, a direction or a comparison, found a list"),
        (BASE.replace("{zh: 例, en: E}", "示例市：规划"), '`title` must be a mapping (key: value), found "示例市：规划"'),
        (BASE + "laws:\n- [a]\n", "entry 1 of `laws` must be text"),
        (with_row("{in: goals, level: {2021: 8}, place: {a: b}}"), "`place` must be text or a list"),
        (with_value("9" * 61), "more than 60 digits"),
        (with_value("1." + "0" * 60), "more than 60 digits"),
        (with_value("~"), "no value stands here"),
        (with_row("{in: goals, level: {%s: 1}}" % ("x" * 50)), f'"{"x" * 40}…"'),
        (with_value("1,150亿元"), '"1,150亿元"'),
        (BASE.encode("utf-32"), "UTF-32"),
        (BASE.encode("utf-16"), "UTF-16"),
        (BASE.replace("2020\n", "!!int 2020\n"), "`!!int`"),
        (WAIVED.replace("PT301", "pt301"), "did you mean PT301"),
    ],
    ids=str,
)  # fmt: skip
def test_messages_say_what_to_write(content: str | bytes, words: str) -> None:
    assert words in said(content)


@pytest.mark.parametrize("nothing", ["~", "null", "Null", "NULL"])
def test_nothing_is_no_text_unless_it_stands_in_quotes(nothing: str) -> None:
    assert told(BASE.replace("en: E", f"en: {nothing}")) == ["PT104 2:20"]
    assert told(BASE.replace("第三章", nothing)) == ["PT104 7:10"]
    assert told(BASE.replace("en: E", f"en: '{nothing}'")) == []


@pytest.mark.parametrize("model", [PlanModel, Omitted])
def test_a_stand_in_fits_wherever_something_must_stand(model: type[PlanModel | Omitted]) -> None:
    paths: list[tuple[str | int, ...]] = [
        (), ("title",), ("place",), ("moments", "x"), ("own", "x"), ("own", "x", "band"), ("figures", "x", 0),
        ("unmeasured", 0), ("waivers", 0), ("bands", "x"), ("company", 0),
    ]  # fmt: skip
    for path in paths:
        fields = fields_at(model, path)
        for key, field in fields.items():
            stand = stand_in(model, (*path, key))
            assert (stand is not None) == field.is_required()
            if stand is not None:
                TypeAdapter(Annotated[field.annotation, "", *field.metadata]).validate_python(stand)
