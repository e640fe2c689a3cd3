"""What the rules about laws, bands, limits and comparisons say, and where."""

from __future__ import annotations

import pytest

from first_principles import HEAD
from plantrack.reading import load_catalogue, read_plan

CATALOGUE = load_catalogue()
PLAN = """\
plan: made
title: {zh: 例, en: Example}
place: {id: zhaoqing, zh: 肇庆市, en: Zhaoqing}
base: 2020
target: 2025
sections: {goals: 目标, table: 表}
figures:
  premium:
  - {in: goals, level: {2020: 76.91亿元, 2025: 115亿元}}
  loans:
  - {in: table, level: {2020: 100亿元, 2025: 200亿元}}
"""
LINE = PLAN.count("\n") + 1

OWN = "own: {x: {zh: 甲, en: x, unit: 亿元, kind: flow, %s}}"
BAND = "{low: %s, high: %s, zh: 因, en: why}"
CASES = [
    # the last line of the file, and of each finding its code and the word it stands at
    ("laws: [loans = loans]", [("PT206", "loans = loans")]),
    ("laws: [loans = 2 * loans]", [("PT206", "loans = 2")]),
    ("laws: [3 >= 5]", [("PT206", "3 >= 5")]),
    ("laws: [premium = loans / 0]", [("PT206", "premium")]),
    ("laws: [premium * loans = gdp + loans]", [("PT206", "premium")]),
    ("laws: [premium + 3 = loans]", [("PT202", "premium")]),
    ("laws: [premium >= 5]", [("PT202", "premium")]),
    ("laws: [population >= 5]", [("PT202", "population")]),
    ("laws: [npl_ratio >= 0.01, listed_companies >= 5, primary_share + secondary_share = 1]", []),
    ("laws: [premium >= 0]", []),
    ("laws: [premium = loans@nowhere]", [("PT205", "nowhere")]),
    ("laws: [premium >= loans@parent]", []),
    ('laws: ["premium = loans@"]', [("PT206", '"premium')]),
    ('laws: ["premium = loans)"]', [("PT206", ")")]),
    ('laws: ["premium(2020) = loans"]', [("PT206", "(2020")]),
    ('laws: ["premium >= 5%"]', [("PT206", "%")]),
    ('laws: ["premium >= chnge(loans)"]', [("PT206", "(loans")]),
    (OWN % "limit: abc", [("PT107", "abc")]),
    (OWN % "limit: 30家", [("PT202", "30家")]),
    (OWN % "limit: 3万元", []),
    (OWN % "group: nonsense", [("PT104", "nonsense")]),
    (OWN % "is: x + x", [("PT206", "x + x")]),
    (OWN % ("band: " + BAND % ("5%", "3%")), [("PT104", "5%")]),
    ("bands: {gdp: " + BAND % ("一一", "二二") + "}", [("PT107", "一一"), ("PT107", "二二")]),
    ("bands: {gdp: " + BAND % ("1", "2%") + "}", [("PT202", "1, high")]),
    ("bands: {gpd: " + BAND % ("1%", "2%") + "}", [("PT201", "gpd")]),
    ("bands: {gdp: " + BAND % ("5%", "2%") + "}", [("PT104", "5%")]),
    ("issued: 2022-02-31", [("PT104", "2022-02-31")]),
    ("issued: 2022-02", []),
    ("  deposits: [{in: table, level: {2025: {below: npl_ratio}}}]", [("PT202", "npl_ratio")]),
    ("  npl_ratio: [{in: table, growth: {2020->2025: {above: premium}}}]", []),
    ("  listed_companies: [{in: table, growth: {2019->2020: {above: gdp, by: 1个百分点}}}]", []),
    ("  deposits: [{in: table, level: {2025: {below: deposits}}}]", [("PT104", "deposits}}}")]),
    ("  deposits: [{in: table, level: {2025: {below: deposits@}}}]", [("PT205", "deposits@")]),
    ("  deposits: [{in: table, level: {2025: {below: deposits@guangdong}}}]", []),
    ("  deposits: [{in: table, level: {2020: 115亿元/人}}]", [("PT202", "115亿元/人")]),
    ("  insurance_density: [{in: table, level: {2020: 9000元, 2025: 9500元/人}}]", []),
]


@pytest.mark.parametrize(("line", "wanted"), CASES, ids=[line for line, _ in CASES])
def test_what_says_nothing_or_not_what_it_seems_is_told_at_its_place(
    line: str, wanted: list[tuple[str, str]]
) -> None:
    loaded = read_plan(f"{PLAN}{line}\n".encode(), "made.yaml", CATALOGUE)
    found = loaded.findings
    assert [(each.code.code, each.position.line, each.position.column) for each in found] == [
        (code, LINE, line.index(word) + 1) for code, word in wanted
    ]
    assert all(each.message.say(language) for each in found for language in ("zh", "en"))


ENERGY = "own:\n  e: {{zh: {name}, en: energy, unit: 吨标准煤/万元, kind: ratio, better: down}}\n"


@pytest.mark.parametrize(
    ("name", "figure", "is_told"),
    [
        ("单位GDP能耗降低", "total_growth: {2020->2025: 13.5}", True),
        ("单位GDP能耗下降（%）", "total_growth: {2020->2025: '[13.5%]'}", True),
        ("单位GDP能耗降低率", "growth: {2020->2025: 13.5%以上}", True),
        ("单位GDP能耗降低", "change: {2020->2025: 0.1}", True),
        ("单位GDP能耗降低", "total_growth: {2020->2025: 降低13.5%}", False),
        ("单位GDP能耗降低", "total_growth: {2020->2025: -13.5%}", False),
        ("单位GDP能耗降低", "total_growth: {2020->2025: 上升13.5%}", False),
        ("单位GDP能耗降低", "level: {2025: 13.5}", False),
        ("单位GDP能耗", "total_growth: {2020->2025: 下降13.5%}", False),
    ],
)
def test_a_fall_that_only_the_name_tells_is_told_once(name: str, figure: str, is_told: bool) -> None:
    rows = f"  e:\n  - {{in: a, {figure}}}\n  - {{in: b, {figure}}}\n"
    content = HEAD + ENERGY.format(name=name) + "figures:\n" + rows
    found = read_plan(content.encode(), "made.yaml", CATALOGUE).findings
    assert [each.code.code for each in found if each.code.code == "PT211"] == ["PT211"] * is_told
    assert not any(each.level.value == "error" for each in found)


def test_an_alias_may_tell_the_fall() -> None:
    rows = "figures:\n  单位GDP能耗降低:\n  - {in: a, total_growth: {2020->2025: 13.5}}\n"
    found, *_ = read_plan((HEAD + rows).encode(), "made.yaml", CATALOGUE).findings[::-1]
    assert found.code.code == "PT211"
    assert "单位GDP能耗降低" in found.message.say("en")
