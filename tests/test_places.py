"""Places: every province and prefecture as data, any place of a plan, plans found by them, laws over parts."""

import gc
import re
import weakref
from collections import Counter
from pathlib import Path

import pytest

from plantrack import audit
from plantrack.cli import run
from plantrack.errors import PlantrackError
from plantrack.plan.places import short_name
from plantrack.plan.plan import PlanFile
from plantrack.reading import find_plan, load_catalogue, read_plan

CATALOGUE = load_catalogue()
DIVISIONS = {name: each for name, each in CATALOGUE.places.items() if each.code is not None}
PROVINCES = {
    name: each for name, each in DIVISIONS.items() if each.code is not None and each.code.endswith("0000")
}
CITIES = {name: each for name, each in DIVISIONS.items() if name not in PROVINCES}


def plan_of(place: str, figures: str, more: str = "", name: str = "made", *, title: str = "例") -> PlanFile:
    content = (
        f"plan: {name}\ntitle: {{zh: {title}}}\nplace: {place}\nbase: 2020\ntarget: 2025\nsections: {{t: 表}}\n"
        f"{more}figures:\n{figures}"
    )
    return read_plan(content.encode(), f"{name}.yaml", CATALOGUE)


def codes(plan: PlanFile) -> list[str]:
    return [finding.code.name for finding in plan.findings]


def test_of_many_families_few_plans_are_kept() -> None:
    """What a catalogue makes of plans together it keeps with the plans, as many as are soon asked of again."""
    catalogue, alive = load_catalogue(), []
    for family in range(30):
        plans = [
            plan_of(
                f"{{id: a{family}_{number}, zh: 甲{family}_{number}县}}", "  {}\n", name=f"a{family}_{number}"
            ).model
            for number in range(9)
        ]
        models = [each for each in plans if each is not None]
        assert catalogue.of(*models) is catalogue.of(*models)
        alive += map(weakref.ref, models)
    del plans, models
    gc.collect()
    assert 0 < sum(each() is not None for each in alive) <= 64


# -- the table ---------------------------------------------------------------------------------------


def test_all_provinces_and_prefectures_are_known() -> None:
    assert len(PROVINCES) == len({"香港", "澳门", "台湾"}) + 31
    assert len(CITIES) == 333
    kinds = Counter(re.sub(r".*(自治州|地区|盟|市)$", r"\1", each.zh) for each in CITIES.values())
    assert kinds == {"市": 293, "自治州": 30, "地区": 7, "盟": 3}


@pytest.mark.parametrize("name", CITIES)
def test_a_city_is_part_of_the_province_of_its_code(name: str) -> None:
    city = CITIES[name]
    assert city.code is not None
    assert city.parent is not None
    assert PROVINCES[city.parent].code == city.code[:2] + "0000"
    assert name in CATALOGUE.places[city.parent].members


def test_codes_and_names_tell_places_apart() -> None:
    for of in ("code", "zh", "en"):
        assert len({getattr(each, of) for each in DIVISIONS.values()}) == len(DIVISIONS)
    assert all(re.fullmatch(r"[a-z][a-z_]*", name) for name in DIVISIONS)
    assert len(CATALOGUE.places["guangdong"].members) == 21


@pytest.mark.parametrize(
    ("zh", "short"), [("肇庆市", "肇庆"), ("广东省", "广东"), ("大兴安岭地区", "大兴安岭"), ("盟", "盟")]
)
def test_a_short_name_is_the_name_without_its_ending(zh: str, short: str) -> None:
    assert short_name(zh) == short


def test_help_does_not_read_the_catalogue(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def broken() -> None:
        raise AssertionError

    monkeypatch.setattr("plantrack.reading.load_catalogue", broken)
    assert run(["--help"]) == 0
    assert capsys.readouterr().out


# -- places of plans ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("place", "parent"),
    [
        ("{id: suzhou, zh: 苏州市, code: '320500'}", "jiangsu"),
        ("{id: nanshan, zh: 南山区, code: '440305'}", "shenzhen"),
        ("{id: xiantao, zh: 仙桃市, code: '429004'}", "hubei"),
        ("{id: nanshan, zh: 南山区, parent: 深圳}", "shenzhen"),
        ("{id: chaoyang, zh: 朝阳区, code: '110105'}", "beijing"),
        ("{id: atlantis, zh: 亚特兰蒂斯}", None),
    ],
)
def test_any_place_may_have_a_plan(place: str, parent: str | None) -> None:
    plan = plan_of(place, "  gdp: [{in: t, level: {2020: 1}}]\n")
    assert codes(plan) == []
    assert plan.model is not None
    assert CATALOGUE.of(plan.model).places[plan.model.place.id].parent == parent


def test_a_place_that_nobody_knows_is_told_with_the_nearest() -> None:
    plan = plan_of("{id: x, zh: 甲市}", "  gdp: [{in: t, place: 深训市, level: {2020: 1}}]\n")
    (finding,) = plan.findings
    assert finding.code.name == "unknown-place"
    assert "深圳市 (shenzhen)" in finding.message.say("zh")


def test_a_declared_place_does_not_take_the_id_of_the_plans_own() -> None:
    plan = plan_of("{id: x, zh: 甲市}", "  gdp: [{in: t, level: {2020: 1}}]\n", "places: {x: {zh: 乙区}}\n")
    assert codes(plan) == ["duplicate-key"]


def test_two_plans_do_not_mean_two_places_by_one_id() -> None:
    figures = "  gdp: [{in: t, level: {2020: 1}}]\n"
    one = plan_of("{id: gulou, zh: 鼓楼区, code: '320106'}", figures, name="one").require()
    other = plan_of("{id: gulou, zh: 古楼区, code: '350102'}", figures, name="other").require()
    with pytest.raises(PlantrackError, match="two places"):
        audit([one, other])
    third = plan_of("{id: gulou, zh: 鼓楼区, code: '320106'}", figures, name="third").require()
    assert len(audit([one, third]).plans) == 2


# -- laws over parts ---------------------------------------------------------------------------------

CITY = "{id: suzhou, zh: 苏州市, code: '320500'}"
DISTRICTS = "places:\n  gusu: {zh: 姑苏区, parent: 苏州市}\n  wuzhong: {zh: 吴中区, code: '320506'}\n"
PARTS = """\
  gdp:
  - {{in: t, level: {{2020: {whole}}}}}
  - {{in: t, place: 姑苏区, level: {{2020: 40}}}}
  - {{in: t, place: wuzhong, level: {{2020: 55}}}}
"""


@pytest.mark.parametrize(("whole", "found"), [(95, []), (96, []), (100, ["sum-conflict"])])
def test_a_whole_is_the_sum_of_its_districts(whole: int, found: list[str]) -> None:
    law = f"laws: [gdp = sum(地区生产总值@members)]\n{DISTRICTS}"
    plan = plan_of(CITY, PARTS.format(whole=whole), law)
    assert codes(plan) == []
    findings = [each for each in audit(plan.require()).findings if each.level.name == "ERROR"]
    assert [each.code.name for each in findings] == found
    if findings:
        assert "吴中区55 + 姑苏区40 = 95亿元" in findings[0].message.say("zh")


def test_a_province_has_its_cities_and_each_of_them_once() -> None:
    """A plan's own id for a city takes the place of the known one."""
    plan = plan_of(CITY, "  gdp: [{in: t, level: {2020: 1}}]\n")
    assert plan.model is not None
    members = CATALOGUE.of(plan.model).places["jiangsu"].members
    assert "suzhou" in members
    assert "suzhou_jiangsu" not in members
    assert len(members) == 13


def test_a_sum_over_a_group_names_it() -> None:
    figures = (
        "  both: [{in: t, level: {2020: 140}}]\n"
        "  gdp:\n  - {in: t, place: 南京, level: {2020: 70}}\n  - {in: t, place: 无锡市, level: {2020: 65}}\n"
    )
    more = (
        "places: {two: {zh: 两城, members: [南京市, 无锡市]}}\n"
        "own: {both: {zh: 两城合计, unit: 亿元, kind: flow}}\nlaws: [both = sum(gdp@two)]\n"
    )
    found = audit(plan_of(CITY, figures, more).require()).findings
    assert [each.code.name for each in found if each.level.name == "ERROR"] == ["sum-conflict"]


@pytest.mark.parametrize("law", ["gdp = gdp@members", "gdp = sum(gdp)", "loans = gdp / sum(gdp@members)"])
def test_a_law_over_parts_is_a_sum(law: str) -> None:
    plan = plan_of(CITY, PARTS.format(whole=95), f"laws: [{law}]\n{DISTRICTS}")
    assert "invalid-law" in codes(plan)


# -- plans by the names of their places ---------------------------------------------------------------


@pytest.mark.parametrize("name", ["zhaoqing", "肇庆", "肇庆市", "Zhaoqing", "肇庆市金融改革发展"])
def test_a_plan_is_found_by_its_id_its_place_and_its_title(name: str) -> None:
    assert find_plan(name).stem == "zhaoqing"


def test_several_plans_of_one_place_are_listed(capsys: pytest.CaptureFixture[str]) -> None:
    assert find_plan("zhanjiang").stem == "zhanjiang"  # an id wins
    assert run(["--lang", "zh", "check", "湛江"]) == 2
    said = capsys.readouterr().err
    assert "zhanjiang、zhanjiang-credit-2022" in said


def test_a_place_without_a_plan_is_told(tmp_path: Path) -> None:
    with pytest.raises(PlantrackError, match="no plan"):
        find_plan("杭州")
    (tmp_path / "broken.yaml").write_bytes(b"\xff\xfe: 1")
    with pytest.raises(PlantrackError, match="no plan"):
        find_plan("杭州", tmp_path)
