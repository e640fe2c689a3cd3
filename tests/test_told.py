"""What the audit tells is true: a small run of `benchmarks/told.py`, and tests of the oracle itself."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from plantrack.audit import audit_plans
from told import CATALOGUE, Ends, World, loaded_of, parsed, reread, spots, with_values
from told_habits import consistent
from told_plans import FAMILIES, HEAD, contradictory
from told_proof import Oracle, all_proofs, audited, proofs
from told_times import compared, made

SEEDS = range(2)


def plan(figures: str, more: str = "") -> dict[str, Any]:
    return {**HEAD, **parsed(f"{more}\nfigures:\n{figures}")}


# -- the oracle knows what figures mean ------------------------------------------------------------

CAN_BE = {
    "growth": "  premium: [{in: a, level: {2020: 100.0, 2025: 161.1}, growth: {2020->2025: 10.0%}}]",
    "one unit off": "  premium: [{in: a, level: {2020: 76.91, 2025: 116}, growth: {2020->2025: 8.50%}}]",
    "real growth": "  gdp: [{in: a, level: {2020: 100.0, 2025: 200.0}, growth: {2020->2025: 6%}}]",
    "a share": "  premium: [{in: a, level: {2020: 30.0}}]\n  insurance_depth: [{in: a, level: {2020: 3.00%}}]\n  gdp: [{in: a, level: {2020: 1000}}]",
    "a flow and its years": "  lending: [{in: a, level: {2021: 6.0, 2022: 6.0, 2021/2022: 12.1}}]",
    "points": "  loan_deposit_ratio: [{in: a, level: {2020: 60.0%, 2025: 65.0%}, change: {2020->2025: 5.0个百分点}}]",
    "a part": "  loans: [{in: a, level: {2020: 100}}]\n  green_loans: [{in: a, level: {2020: 100}}]",
    "zero": "  hidden_debt: [{in: a, level: {2020: 10.0, 2025: 0.0}, change: {2020->2025: 减少10.0}}]",
    "points above": "  loans: [{in: a, growth: {2020->2025: {above: deposits@zhaoqing, by: 2个百分点}}}, {in: b, growth: {2020->2025: 10.0%}}]\n  deposits: [{in: a, growth: {2020->2025: 8.0%}}]",
}
CANNOT_BE = {
    "growth": "  premium: [{in: a, level: {2020: 76.91, 2025: 115}, growth: {2020->2025: 8.50%}}]",
    "multiples": "  premium: [{in: a, multiple: {2015->2020: 2.0, 2020->2025: 2.0, 2015->2025: 5.0}}]",
    "shares through a latent": "  premium: [{in: a, level: {2017: 79.48}}]\n  insurance_depth: [{in: a, level: {2017: 2.83%}}]\n  finance_value_added: [{in: a, level: {2017: 118.13}}]\n  finance_share_of_gdp: [{in: a, level: {2017: 2.80%}}]",
    "a flow and its years": "  lending: [{in: a, level: {2021: 6.0, 2022: 6.0, 2021/2022: 12.2}}]",
    "a month": "  premium: [{in: a, level: {2020: 50.0, 2020-12: 60.0}}]",
    "a month of a year within a span": "  lending: [{in: a, level: {2020/2021: 50.0, 2020-12: 60.0}}]",
    "a change below zero": "  hidden_debt: [{in: a, level: {2021: 2.7}, change: {2015->2021: 7.2亿元}}]",
    "points": "  loan_deposit_ratio: [{in: a, level: {2020: 60.0%, 2025: 65.0%}, change: {2020->2025: 5.2个百分点}}]",
    "points and a multiple": "  direct_finance_share: [{in: a, change: {2020->2025: 2个百分点}, multiple: {2020->2025: 0.9}}]",
    "a part": "  loans: [{in: a, level: {2020: 100}}]\n  green_loans: [{in: a, level: {2020: 102}}]",
    "ranks": "  premium: [{in: a, rank: {2020: 第1位}, among: 全省}, {in: b, rank: {2020: 第2位}, among: 全省}]",
    "points above": "  loans: [{in: a, growth: {2020->2025: {above: deposits@zhaoqing, by: 2.0个百分点}}}, {in: b, growth: {2020->2025: 9.0%}}]\n  deposits: [{in: a, growth: {2020->2025: 8.0%}}]",
    "a group": "  premium: [{in: a, level: {2020: 10}}, {in: a, level: {2020: {above: premium@pearl_river_delta}}}, {in: b, place: zhuhai, level: {2020: 20}}]",
}


@pytest.mark.parametrize("name", CAN_BE)
def test_what_can_be_true_is(name: str) -> None:
    world = World([plan(CAN_BE[name])], moments={})
    assert world.holds(world.claims) is True


@pytest.mark.parametrize("name", CANNOT_BE)
def test_what_cannot_be_true_is_not(name: str) -> None:
    world = World([plan(CANNOT_BE[name])], moments={})
    assert world.holds(world.claims) is False


def test_whole_numbers_exclude_more_where_they_are_asked_for() -> None:
    data = plan("  listed_companies: [{in: a, level: {2020: 3, 2021: 不足4家}, growth: {2020->2021: 10%}}]")
    assert [World([data], moments={}, whole=whole).holds(spots(data)) for whole in (False, True)] == [
        True,
        False,
    ]


def test_fewest_figures_that_must_go() -> None:
    data = plan(
        "  gdp: [{in: a, level: {2020: 1000.0}}]\n  population: [{in: a, level: {2020: 100.0}}]\n"
        "  premium: [{in: a, level: {2020: 30.0}}]\n  insurance_depth: [{in: a, level: {2020: 5.00%}}]\n"
        "  insurance_density: [{in: a, level: {2020: 6000}}]"
    )
    oracle = Oracle([data])
    assert oracle.least(spots(data), lambda claim: claim.id) == 2


def test_a_numeral_is_read_again_in_its_place() -> None:
    data = plan("  premium: [{in: a, level: {2025: 115亿元}, growth: {2020->2025: 8.50%}}]")
    figure = "made/premium/growth/2020->2025/a"
    ends = reread(data, figure, "8.38%")
    assert ends is not None
    assert (float(ends.low or 0), float(ends.high or 0)) == (0.08375, 0.08385)
    assert reread(data, figure, "8.38家") is None
    assert with_values(data, {figure: "8.38%"})["figures"]["premium"][0]["growth"] == {"2020->2025": "8.38%"}


def test_vague_moments_are_asked_under_each_meaning() -> None:
    data = plan(
        "  premium: [{in: a, level: {2015: 50, 2016: 60, 2020: 120}, multiple: {early->2020: 2.0}}]",
        "moments: {early: {zh: 初期, en: early, either: [2015, 2016]}}",
    )
    oracle = Oracle([data])
    assert oracle.holds(spots(data), meant=True) is True
    assert [world.holds(world.claims) for world in oracle.meanings] == [False, True]


# -- it notices what is false ----------------------------------------------------------------------

WRONG = plan("  premium: [{in: a, level: {2020: 100.0, 2025: 115.0}, growth: {2020->2025: 8.50%}}]")


def false_after(**changes: Any) -> set[str]:
    """The kinds of false things told when a figure of the finding tells something else."""
    document = audited([WRONG])
    finding = document["findings"][0]
    figure = next(each for each in finding["figures"] if each["kind"] == "growth")
    target = finding if set(changes) <= set(finding) else figure
    target.update(changes)
    return {each.what for each in proofs([WRONG], document, Oracle([WRONG])) if each.is_true is False}


def test_what_is_told_of_a_wrong_growth_is_true() -> None:
    assert false_after() == set()


@pytest.mark.parametrize(
    ("changes", "kind"),
    [
        ({"should_read": ["3.00%", "3.00%"], "should_read_count": 1}, "value"),
        ({"should_read": ["2.84%", "2.84%"], "should_read_count": 1}, "value outside"),
        ({"should_read": ["2.00%", "5.00%"], "should_read_count": 301}, "value"),
        ({"should_read": ["2.83%", "2.84%"], "should_read_count": 3}, "value: count"),
        ({"should_read": ["2.83%", None], "should_read_count": None}, "value beyond"),
        ({"should_read": [], "should_read_count": 0}, "no number would do"),
        ({"in_every": []}, "not enough alone"),
        ({"set_aside": ["made/premium/level/2020/a"]}, "set aside: none of its own"),
        ({"readings": ["sign"], "causes": ()}, "reading: told how"),
    ],
)
def test_what_is_false_is_noticed(changes: dict[str, Any], kind: str) -> None:
    assert kind in false_after(**changes)


def test_a_missed_contradiction_is_noticed() -> None:
    document = audited([WRONG])
    document["findings"] = []
    assert [each.what for each in proofs([WRONG], document, Oracle([WRONG])) if each.is_true is False] == [
        "component: none missed"
    ]


def test_a_contradiction_claimed_of_what_holds_is_noticed() -> None:
    document = audited([WRONG])
    right = with_values(WRONG, {"made/premium/growth/2020->2025/a": "2.83%"})
    false = {each.what for each in proofs([right], document, Oracle([right])) if each.is_true is False}
    assert {"finding: contradictory", "component: nothing claimed of what holds"} <= false


# -- the small run ---------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def falsehoods() -> list[tuple[str, str]]:
    """What is told and false, of some random contradictory plans."""
    return [
        (each.what, f"{family} {seed}: {each.said}")
        for family in FAMILIES
        for seed in SEEDS
        for each in all_proofs(contradictory(family, seed), again=seed == 0)
        if each.is_true is False
    ]


def test_nothing_false_is_told(falsehoods: list[tuple[str, str]]) -> None:
    assert falsehoods == []


def test_no_error_in_consistent_plans_with_planners_habits() -> None:
    for seed in range(120):
        data, _ = consistent(seed)
        loaded = loaded_of(data).require()
        errors = [each for each in audit_plans([loaded], CATALOGUE).findings if each.level == "error"]
        assert [each.message.say("en") for each in errors] == [], data["figures"]


def test_times_parts_counts_and_comparisons_agree_with_the_solver() -> None:
    shapes = [made(seed) for seed in range(100)]
    assert [(name, data) for name, data in shapes if compared(data) in {"accused", "missed"}] == []


def test_the_same_is_told_whatever_the_order_of_sets() -> None:
    said = [_told_with(seed) for seed in ("0", "1")]
    assert said[0] == said[1]


def _told_with(hash_seed: str) -> Any:
    folder = Path(__file__).parent
    code = (
        "import json\nfrom told_proof import audited, contradictions\nfrom told_plans import contradictory\n"
        "told = [contradictions(audited([contradictory(*each)])) for each in (('bounds', 32), ('growth', 201))]\n"
        "print(json.dumps(told, default=str))"
    )
    environment = {**os.environ, "PYTHONHASHSEED": hash_seed, "PYTHONIOENCODING": "utf-8"}
    environment["PYTHONPATH"] = os.pathsep.join([str(folder), *sys.path])
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, env=environment)
    return json.loads(done.stdout)


def test_an_interval_of_the_contract_is_read_exactly() -> None:
    told = {"low": "1/3", "high": None, "low_closed": True, "high_closed": False}
    assert Ends.of(told).both(Ends.of(told | {"low": "0.5"})).low == 0.5
