"""Keys of a row beyond its figures: second marks, what is assigned, prices of a year, comparisons, proportions."""

from __future__ import annotations

import json
from fractions import Fraction
from typing import TYPE_CHECKING

import pytest

from called import called
from first_principles import CATALOGUE, HEAD
from plantrack.audit import audit_plans
from plantrack.reading import read_plan

if TYPE_CHECKING:
    from pathlib import Path

    from plantrack.audit import Audit
    from plantrack.plan.figures import Figure

OWN = """own:
  energy: {zh: 单位GDP能耗, en: energy, unit: 吨标准煤/万元, kind: ratio, better: down}
  pupils: {zh: 生师比, kind: ratio, better: down}
  pair: {zh: 城乡人口比例, unit: '%', kind: ratio, parts: [城镇人口比重, rural]}
  urban: {zh: 城镇人口比重, unit: '%', kind: ratio}
  rural: {zh: 乡村人口比重, unit: '%', kind: ratio}
"""


def content_of(*rows: str, own: str = OWN) -> str:
    """A plan with rows written as `indicator: keys`."""
    lines = [f"  {name}:\n  - {{in: a, {keys}}}\n" for name, _, keys in (row.partition(": ") for row in rows)]
    return f"{HEAD}{own}figures:\n{''.join(lines)}"


def figures_of(*rows: str) -> list[Figure]:
    return list(read_plan(content_of(*rows).encode(), "made.yaml", CATALOGUE).require().figures)


def problems_of(*rows: str, own: str = OWN) -> list[tuple[str, str]]:
    found = read_plan(content_of(*rows, own=own).encode(), "made.yaml", CATALOGUE).findings
    return [(each.code.code, each.message.say("en")) for each in found if each.level.value == "error"]


def audit_of(*rows: str) -> Audit:
    return audit_plans([read_plan(content_of(*rows).encode(), "made.yaml", CATALOGUE).require()], CATALOGUE)


def codes(audit: Audit) -> list[str]:
    return [each.code.code for each in audit.findings if each.proof is not None]


def reasons(audit: Audit) -> str:
    return "\n".join(each.why.say("en") for each in (*audit.coverage.undetermined, *audit.coverage.unchecked))


# -- a second mark -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("row", "kind", "value"),
    [
        ("gdp: growth: {2024->2025: 6%}, strive: {2024->2025: 7%}", "growth", Fraction(7, 100)),
        ("gdp: growth: {2024->2025: 6%}, strive: {2025: 7%}", "growth", Fraction(7, 100)),
        ("gdp: level: {2025: 100亿元}, strive: {2025: 120亿元}", "level", Fraction(120)),
        ("npl_ratio: change: {2020->2025: 下降1}, strive: {2020->2025: 下降2}", "change", Fraction(-2, 100)),
    ],
)
def test_a_higher_mark_is_measured_as_its_figure(row: str, kind: str, value: Fraction) -> None:
    _, mark = figures_of(row)
    assert (mark.kind, mark.measured_kind) == ("strive", kind)
    assert mark.measure is not None
    assert mark.measure.value == value


def test_a_higher_mark_is_tied_by_no_law_and_told() -> None:
    audit = audit_of("gdp: level: {2020: 100, 2025: 133.8}, growth: {2020->2025: 6%}, strive: {2025: 200}")
    assert codes(audit) == []
    assert "a higher mark to strive for is listed only" in reasons(audit)


@pytest.mark.parametrize("strive", ["{2030: 7%}", "{2025: up}", "{2025: {above: loans}}"])
def test_a_higher_mark_goes_with_a_figure_and_is_a_number(strive: str) -> None:
    ((code, said),) = problems_of(f"gdp: level: {{2025: 6}}, strive: {strive}")
    assert code == "PT104"
    assert "a higher mark is a number" in said


# -- what is assigned ----------------------------------------------------------------------------


def test_what_is_assigned_is_undetermined_until_it_is_known() -> None:
    audit = audit_of("energy: total_growth: {2020->2025: {assigned: 国家}}")
    assert codes(audit) == []
    assert reasons(audit) == "国家 assigns the number, which is not known yet"
    (target,) = audit.targets
    assert target.verdict == "undetermined"
    assert target.figure.relation is not None
    assert target.figure.relation.words.say("zh") == "由国家下达"


def test_with_its_value_it_is_that_figure() -> None:
    row = "energy: level: {2020: 0.50, 2025: 0.50}, total_growth: {2020->2025: {assigned: 国家, value: 下降13.5%}}"
    assert figures_of(row)[2].text == "下降13.5%"
    assert codes(audit_of(row)) == ["PT301"]


def test_a_wrong_value_of_what_is_assigned_is_told() -> None:
    assert problems_of("gdp: level: {2025: {assigned: 国家, value: 很多}}")[0][0] == "PT107"
    assert problems_of("gdp: level: {2025: {value: 3}}")[0][0] in {"PT101", "PT104"}


# -- prices of a year ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("rows", "found"),
    [
        (["gdp: level: {2020: 100.0, 2025: 133.8}, growth: {2020->2025: 6%}, prices: 2020"], []),
        (["gdp: level: {2020: 100.0, 2025: 150.0}, growth: {2020->2025: 6%}, prices: 2020"], ["PT301"]),
        (["gdp: level: {2020: 100.0, 2025: 150.0}, growth: {2020->2025: 6%}"], []),
        (["loans: level: {2020: 100.0, 2025: 150.0}, change: {2020->2025: 增加60}, prices: 2015"], ["PT303"]),
    ],
)
def test_growth_at_constant_prices_leads_between_levels_at_the_prices_of_a_year(
    rows: list[str], found: list[str]
) -> None:
    assert codes(audit_of(*rows)) == found


def test_levels_at_other_prices_are_other_quantities() -> None:
    content = HEAD + (
        "figures:\n  gdp:\n"
        "  - {in: a, level: {2020: 100.0, 2025: 133.8}, prices: 2020}\n"
        "  - {in: b, level: {2020: 90.0, 2025: 120.0}, prices: 2015}\n"
        "  - {in: c, level: {2020: 100.5, 2025: 150.0}}\n"
        "  - {in: c, growth: {2020->2025: 6%}, prices: constant}\n"
        "  - {in: c, growth: {2020->2025: 8%}, prices: 2020}\n"
    )
    plan = read_plan(content.encode(), "made.yaml", CATALOGUE).require()
    (conflict,) = [each for each in audit_plans([plan], CATALOGUE).findings if each.proof is not None]
    assert {each.rpartition("/")[2] for each in conflict.figures} == {"a", "2"}


def test_prices_are_a_basis_or_a_year() -> None:
    ((code, said),) = problems_of("gdp: level: {2025: 3}, prices: 10")
    assert code == "PT104"
    assert "current, constant or a year" in said


def test_a_path_tells_its_prices(tmp_path: Path) -> None:
    file = tmp_path / "made.yaml"
    file.write_text(content_of("gdp: level: {2020: 100, 2025: 130}, prices: 2015"), encoding="utf-8")
    assert "at the prices of 2015" in called("--lang", "en", "path", str(file)).output
    record = json.loads(called("path", str(file), "-f", "json").output)["paths"][0]
    assert record["prices"] == "constant, of 2015"


# -- comparisons ---------------------------------------------------------------------------------


def test_in_step_is_told_and_never_contradicted() -> None:
    audit = audit_of(
        "gdp: growth: {2020->2025: 6%}",
        "disposable_income_per_head: level: {2020: 100, 2025: 500}, growth: {2020->2025: {in_step: gdp}}",
    )
    assert codes(audit) == []
    assert "held against nothing" in reasons(audit)


@pytest.mark.parametrize(
    ("row", "found"),
    [
        ("gdp: level: {2024: 100, 2025: {above: last_year}}", []),
        ("loans: growth: {2023->2024: 6%, 2024->2025: {above: last_year}}", []),
    ],
)
def test_last_year_is_the_year_before(row: str, found: list[str]) -> None:
    assert codes(audit_of(row)) == found


def test_more_than_last_year_may_contradict_what_is_printed() -> None:
    content = HEAD + (
        "figures:\n  loans:\n  - {in: a, level: {2024: 100, 2025: 90}}\n"
        "  - {in: b, level: {2025: {above: last_year}}}\n"
    )
    plan = read_plan(content.encode(), "made.yaml", CATALOGUE).require()
    assert codes(audit_plans([plan], CATALOGUE)) == ["PT308"]


@pytest.mark.parametrize("value", ["level: {2024-06: %}", "growth: {2020->2025: %}", "level: {2020/2025: %}"])
def test_only_years_have_a_year_before(value: str) -> None:
    ((code, said),) = problems_of(f"premium: {value.replace('%', '{above: last_year}')}")
    assert code == "PT104"
    assert "last_year" in said


# -- proportions ---------------------------------------------------------------------------------


@pytest.mark.parametrize("sign", [":", "：", "∶"])
def test_a_proportion_is_a_level_of_each_part(sign: str) -> None:
    figures = figures_of("sectors: level: {2020: '18.9:39.0:42.1'}".replace(":39.0:", f"{sign}39.0{sign}"))
    assert [(each.indicator, each.text) for each in figures] == [
        ("primary_share", "18.9"),
        ("secondary_share", "39.0"),
        ("tertiary_share", "42.1"),
    ]
    assert [each.measure.value for each in figures if each.measure] == [
        Fraction(each, 1000) for each in (189, 390, 421)
    ]


def test_parts_are_named_and_audited_as_themselves() -> None:
    assert [each.indicator for each in figures_of("pair: level: {2020: 55.2:44.8}")] == ["urban", "rural"]
    audit = audit_of("sectors: level: {2025: '18.9:39.0:43.1'}", "gdp: level: {2025: 3}")
    assert codes(audit) == ["PT305"]


@pytest.mark.parametrize(
    "keys", ["level: {2020: '18.9:39.0'}", "level: {2020: 50%}", "growth: {2020->2025: 5%}"]
)
def test_what_is_no_proportion_is_refused(keys: str) -> None:
    ((code, said),) = problems_of(f"sectors: {keys}")
    assert code == "PT107"
    assert "18.9:39.0:42.1" in said


def test_unknown_parts_are_told() -> None:
    own = OWN.replace("城镇人口比重, rural", "nothing, rural")
    assert ("PT201") in [code for code, _ in problems_of("pair: level: {2020: 55.2:44.8}", own=own)]


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("18.5:1", Fraction(369, 20), Fraction(371, 20)),
        ("17：1以内", None, Fraction(17)),
        ("不低于2∶1", Fraction(2), None),
    ],
)
def test_so_many_to_one_is_a_number(text: str, low: Fraction | None, high: Fraction | None) -> None:
    (figure,) = figures_of(f"pupils: level: {{2020: '{text}'}}")
    assert figure.measure is not None
    assert (figure.measure.interval.low, figure.measure.interval.high) == (low, high)


def test_so_many_to_one_is_no_growth() -> None:
    assert problems_of("gdp: growth: {2020->2025: '2:1'}")[0][0] == "PT107"
    assert problems_of("gdp: level: {2020: '2:1'}")[0][0] == "PT202"


def test_a_change_of_rank_is_listed() -> None:
    audit = audit_of("gdp: rank: {2020->2025: 前移2位}")
    assert codes(audit) == []
    assert reasons(audit) == "no law ties a rank"
