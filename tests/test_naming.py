"""Names: an indicator or a place may be written by its Chinese name or an alias wherever its id may stand."""

from collections import Counter
from pathlib import Path

import pytest

from plantrack.cli import run
from plantrack.plan.naming import by_name, id_of_name, is_id, key_of, names_of_indicator, places_by_name
from plantrack.plan.plan import PlanFile
from plantrack.reading import load_catalogue, read_plan

CATALOGUE = load_catalogue()
BODY = """\
plan: made
title: {{zh: 例}}
place: {{id: zhaoqing, zh: 肇庆市}}
base: 2020
target: 2025
sections: {{t: 表}}
own:
  big: {{zh: 大额贷款, aliases: [大额信贷], unit: 亿元, kind: stock}}
  big_share: {{zh: 大额贷款占比, unit: "%", kind: ratio, is: {big} / {loans}}}
bands:
  {gdp}: {{low: 1%, high: 9%, zh: 例}}
figures:
  {loans}:
  - {{in: t, level: {{2020: 100, 2025: {{below: {deposits}@{guangdong}}}}}, growth: {{2020->2025: 8%}}}}
  {big}:
  - {{in: t, place: [{shenzhen}], level: {{2020: 10}}}}
laws:
- {loans} >= {big}@{shenzhen} + change({deposits}@parent) * 0
waivers:
- {{code: PT301, figures: {{{loans}/level/2020/t: 100}}, reason: 例, date: 2026-11-01}}
"""
IDS = {each: each for each in ("big", "loans", "deposits", "gdp", "guangdong", "shenzhen")}
NAMES = {
    "big": "大额信贷",
    "loans": "贷款余额",
    "deposits": "本外币存款余额",
    "gdp": "GDP",
    "guangdong": "广东省",
    "shenzhen": "深圳",
}


def read(body: str) -> PlanFile:
    return read_plan(body.encode(), "made.yaml", CATALOGUE)


def test_names_say_what_ids_say() -> None:
    by_id, named = read(BODY.format(**IDS)), read(BODY.format(**NAMES))
    assert named.model == by_id.model
    assert [each.id for each in named.figures] == [each.id for each in by_id.figures]
    assert [each.code for each in named.findings] == [each.code for each in by_id.findings]


@pytest.mark.parametrize("name", NAMES)
def test_each_may_be_named_alone(name: str) -> None:
    assert read(BODY.format(**IDS | {name: NAMES[name]})).model == read(BODY.format(**IDS)).model


def test_one_indicator_under_two_names_is_told_with_both() -> None:
    rows = "  贷款余额: [{in: t, level: {2020: 1}}]\n  loans: [{in: t, level: {2021: x}}]\n"
    head, _, _ = BODY.format(**IDS).partition("figures:")
    found = {each.code.name: each for each in read(f"{head}figures:\n{rows}").findings}
    assert "贷款余额" in found["duplicate-key"].message.say("en")
    assert found["duplicate-key"].position.line == head.count("\n") + 3
    assert "invalid-numeral" in found  # what stands under the second is read all the same


@pytest.mark.parametrize(
    ("written", "nearest"),
    [
        ("各项贷款余款", "各项贷款余额 (loans)"),
        ("人均预期受命", "人均预期寿命 (life_expectancy)"),
        ("loanz", "loans"),
    ],
)
def test_a_wrong_name_is_met_with_the_nearest(written: str, nearest: str) -> None:
    body = BODY.format(**IDS | {"loans": written})
    found = [each for each in read(body).findings if each.code.name == "unknown-indicator"]
    assert len(found) >= 3  # as a key, in the law, in the definition
    assert all(nearest in each.message.say(language) for each in found for language in ("zh", "en"))


def test_a_qualifier_makes_another_indicator() -> None:
    names = by_name(CATALOGUE.indicators)
    assert names["各项贷款"] == "loans"
    for other in ("人民币贷款余额", "城镇失业率", "人民币各项存款余额", "规上企业"):
        assert key_of(other) not in names


def test_english_names_may_be_left_out() -> None:
    plan = read(BODY.format(**IDS))
    assert plan.model is not None
    assert plan.model.title.en == plan.model.title.zh == "例"


# -- the catalogue -----------------------------------------------------------------------------------


def test_every_name_stands_for_one_indicator() -> None:
    named = Counter(
        name
        for key, each in CATALOGUE.indicators.items()
        for name in {key_of(word) for word in names_of_indicator(key, each)}
    )
    assert [name for name, times in named.items() if times > 1] == []


def test_the_catalogue_has_what_plans_at_all_levels_use() -> None:
    assert len(CATALOGUE.indicators) > 150
    groups = Counter(each.group for each in CATALOGUE.indicators.values())
    assert groups.keys() == CATALOGUE.groups.keys()
    for name in ("城镇调查失业率", "CPI", "总人口", "用水总量", "常住人口"):
        assert CATALOGUE.indicators[by_name(CATALOGUE.indicators)[key_of(name)]].role == "limit"


def test_an_indicator_with_a_definition_is_no_ratio_by_chance() -> None:
    for each in CATALOGUE.indicators.values():
        assert each.definition is None or each.kind == "ratio"
        assert each.limit is None or each.kind in {"ratio", "index"}


# -- the command line --------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["loans", "本外币贷款余额", "各项贷款余额"])
def test_the_command_line_takes_names(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["path", "肇庆", "--indicator", name]) == 0
    assert "2025" in capsys.readouterr().out
    assert run(["compare", name, "肇庆", "zhuhai"]) == 0


def test_a_short_name_is_the_plans_own_place_before_any_other() -> None:
    assert places_by_name(CATALOGUE.places)["吉林"] == "jilin"
    assert places_by_name(CATALOGUE.places, first="jilin_city")["吉林"] == "jilin_city"


def test_actuals_take_aliases(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    table = tmp_path / "a.csv"
    table.write_text("指标,2022\n各项贷款余额,2900\n保费总收入,85\n", encoding="utf-8")
    assert run(["track", "肇庆", "--actuals", str(table), "-f", "csv"]) == 0
    said = capsys.readouterr()
    assert "2900" in said.out
    assert "unknown" not in said.err


def test_an_own_indicator_needs_no_id_but_its_name() -> None:
    body = (
        "plan: made\ntitle: {zh: 例}\nplace: {id: zhaoqing, zh: 肇庆市}\nbase: 2020\ntarget: 2025\nsections: {t: 表}\n"
        "own:\n  公交车总数: {unit: 辆, kind: stock, aliases: [公交车数]}\n"
        "  新公交车: {unit: 辆, kind: stock}\n  新公交车占比: {unit: '%', kind: ratio, is: 新公交车 / 公交车总数}\n"
        "figures:\n  公交车数:\n  - {in: t, level: {2020: 200}}\n  新公交车:\n  - {in: t, level: {2020: 100}}\n"
        "  新公交车占比:\n  - {in: t, level: {2020: 50%}}\nlaws: [公交车总数 >= 新公交车]\n"
    )
    found = read_plan(body.encode(), "made.yaml", CATALOGUE)
    assert found.findings == ()
    plan = found.require()
    assert [each.zh for each in plan.model.own.values()] == ["公交车总数", "新公交车", "新公交车占比"]
    assert (
        [*plan.model.figures]
        == [*plan.model.own]
        == [id_of_name(each.zh) for each in plan.model.own.values()]
    )
    assert all(is_id(each) for each in plan.model.own)
