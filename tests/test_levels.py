"""Errors, warnings and notes: each rule with cases to which it applies and cases to which it does not."""

from collections.abc import Callable

import pytest

from first_principles import CATALOGUE, HEAD
from plantrack.audit import audit_plans
from plantrack.audit.contradictions import Search
from plantrack.audit.gravity import Decided
from plantrack.audit.levels import (
    is_error,
    is_explained_by_round_numbers,
    is_explained_by_rounding,
    is_one_intention,
    level_of,
    rests_on_assumption,
    rests_on_comparable_growth,
    rests_on_inexact_word,
)
from plantrack.audit.system import System, build_system
from plantrack.findings import Level
from plantrack.loading import read_plan

BASE_YEARS = {"made": 2020}
COMPARABLE = "own:\n  sales: {zh: 限上零售额, en: sales, unit: 亿元, kind: flow, growth_basis: comparable}\nfigures:\n  sales:\n"


def rows(name: str, *printed: str) -> str:
    return f"  {name}:\n" + "".join(
        f"  - {{in: {where}, {row}}}\n" for where, row in zip("abc", printed, strict=False)
    )


def premium(*printed: str) -> str:
    return "figures:\n" + rows("premium", *printed)


def firms(*printed: str) -> str:
    return "figures:\n" + rows("listed_companies", *printed)


def value_added(*printed: str) -> str:
    return "figures:\n" + rows("finance_value_added", *printed)


def proof_of(body: str) -> tuple[Decided, System]:
    """The one contradiction of a plan."""
    loaded = read_plan((HEAD + body).encode(), "made.yaml", CATALOGUE)
    assert loaded.findings == (), [finding.message.say("en") for finding in loaded.findings]
    system = build_system([loaded], CATALOGUE)
    (conflict,) = Search(system, BASE_YEARS).conflicts()
    return conflict.proof, system


def levels_of(body: str) -> list[str]:
    loaded = read_plan((HEAD + body).encode(), "made.yaml", CATALOGUE)
    assert loaded.findings == ()
    return [each.level.value for each in audit_plans([loaded], CATALOGUE).findings if each.proof]


def span(base: str, target: str, kind: str, said: str, more: str = "") -> str:
    return f"level: {{2020: {base}, 2025: {target}}}, {kind}: {{2020->2025: {said}}}{more}"


Rule = Callable[[Decided, System], bool]
RULES: dict[str, tuple[Rule, list[str], list[str]]] = {
    "one intention in two forms": (
        lambda proof, _: is_one_intention(proof),
        [
            premium("level: {2020: 2893.08}", "level: {2020: 2893.07}"),
            premium("change: {2015->2020: 14.12}", "change: {2015->2020: 14.13}"),
            firms("level: {2025: 超过50家}", "level: {2025: 50}"),
        ],
        [
            premium("level: {2020: 2893.09}", "level: {2020: 2893.07}"),
            firms("level: {2025: 超过51家}", "level: {2025: 50}"),
        ],
    ),
    "an inexact word": (
        lambda proof, _: rests_on_inexact_word(proof),
        [
            premium(span("100.0", "280.0", "growth", "15%左右")),
            premium(span("100.0", "280.0", "growth", "近15%")),
            premium(span("100.0", "500.0", "multiple", "翻近一番")),
            firms("level: {2020: 300余家}", "level: {2020: 500家}"),
        ],
        [
            premium(span("100.0", "280.0", "growth", "15%")),
            premium(span("100.0", "120.0", "multiple", "2", ", printed: 翻一番")),
        ],
    ),
    "less than twice the rounding": (
        lambda proof, _: is_explained_by_rounding(proof),
        [
            premium("level: {2020: 101.0}", "level: {2020: 100}"),
            premium("growth: {2015->2020: 8.96%}", "growth: {2015->2020: 9%以上}"),
            premium("growth: {2015->2020: 9.05%}", "growth: {2015->2020: 8%—9%}"),
            premium("multiple: {2015->2020: 不足2倍}", "multiple: {2015->2020: 2.12倍}"),
        ],
        [
            premium("level: {2020: 102}", "level: {2020: 100}"),
            premium("growth: {2015->2020: 8.41%}", "growth: {2015->2020: 9%以上}"),
            premium("growth: {2015->2020: 9.61%}", "growth: {2015->2020: 8%—9%}"),
            firms("level: {2020: 49家}", "level: {2020: 50家以上}"),
        ],
    ),
    "a round number": (
        lambda proof, _: is_explained_by_round_numbers(proof, BASE_YEARS),
        [
            premium(span("1658.0", "2450", "growth", "8.3%")),  # 2470, to the nearest 50
            premium(span("1658.0", "2500以上", "growth", "8.3%")),
            firms(span("118", "210", "growth", "12.0%")),
            premium("level: {2020: 5700.0}, change: {2015->2020: 增加1100}", "level: {2015: 4570.0}"),
        ],
        [
            premium(
                "level: {2020: 2450, 2019: 2280.0}, growth: {2019->2020: 8.3%}"
            ),  # a base is not made round
            premium(span("1658.0", "2350", "growth", "8.3%")),
            premium("level: {2020: 5700.0}, change: {2015->2020: 增加1101}", "level: {2015: 4570.0}"),
            firms(span("118", "240", "growth", "12.0%")),
        ],
    ),
    "prices that are assumed": (
        rests_on_assumption,
        [
            value_added("growth: {2015->2020: 12.9%}", "multiple: {2015->2020: 2}, printed: 翻一番"),
            value_added("level: {2015: 63.1, 2020: 110.05}, multiple: {2015->2020: 2}, printed: 翻一番"),
            value_added("level: {2015: 63.1, 2020: 110.05}, growth: {2015->2020: 15.0%}"),
        ],
        [
            value_added(
                "growth: {2015->2020: 12.9%}, prices: current",
                "multiple: {2015->2020: 2}, printed: 翻一番, prices: current",
            ),
            value_added(
                "level: {2015: 63.1, 2020: 110.05}, multiple: {2015->2020: 5.0}"
            ),  # no prices explain it
            premium("level: {2015: 63.1, 2020: 110.05}, multiple: {2015->2020: 2}, printed: 翻一番"),
        ],
    ),
    "growth on comparable coverage": (
        rests_on_comparable_growth,
        [COMPARABLE + "  - {in: a, level: {2019: 100.0, 2020: 90.0}, growth: {2019->2020: 5.0%}}\n"],
        [
            COMPARABLE + "  - {in: a, growth: {2019->2020: 5.0%}}\n  - {in: b, growth: {2019->2020: 8.0%}}\n",
            premium("level: {2019: 100.0, 2020: 90.0}, growth: {2019->2020: 5.0%}"),
        ],
    ),
}
CASES = [
    pytest.param(rule, body, applies, id=f"{name}: {applies}: {body.splitlines()[-1].strip()}")
    for name, (rule, those, others) in RULES.items()
    for applies, bodies in ((True, those), (False, others))
    for body in bodies
]


@pytest.mark.parametrize(("rule", "body", "applies"), CASES)
def test_the_rule_applies_where_it_should(rule: Rule, body: str, applies: bool) -> None:
    proof, system = proof_of(body)
    assert rule(proof, system) is applies
    if applies:
        assert not is_error(proof, system, BASE_YEARS)


@pytest.mark.parametrize("body", [body for _, _, others in RULES.values() for body in others])
def test_what_one_rule_does_not_excuse_may_be_excused_by_another_but_is_no_note(body: str) -> None:
    proof, system = proof_of(body)
    assert level_of(proof, system, BASE_YEARS) in {Level.ERROR, Level.WARNING}
