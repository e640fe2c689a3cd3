"""Errors, warnings and notes: each rule with cases to which it applies and cases to which it does not."""

import math
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from called import called
from first_principles import CATALOGUE, HEAD
from plantrack.audit import audit_plans
from plantrack.audit.all_conflicts import all_conflicts
from plantrack.audit.build import build_system
from plantrack.audit.constraint_system import ConstraintSystem
from plantrack.audit.contradictions import Search
from plantrack.audit.levels import (
    Decided,
    is_error,
    is_explained_by_round_numbers,
    is_explained_by_rounding,
    is_one_intention,
    level_of,
    rests_on_assumption,
    rests_on_comparable_growth,
    rests_on_inexact_word,
    severity_of,
)
from plantrack.findings import Level
from plantrack.reading import read_plan

COMPARABLE = (
    "own:\n  sales: {zh: 限上零售额, en: sales, unit: 亿元, kind: flow, growth_basis: comparable}\nfigures:\n"
    "  sales:\n"
)


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


def proof_of(body: str) -> tuple[Decided, ConstraintSystem]:
    """The one contradiction of a plan."""
    loaded = read_plan((HEAD + body).encode(), "made.yaml", CATALOGUE).require()
    system = build_system([loaded], CATALOGUE)
    (conflict,) = all_conflicts(Search(system))
    return conflict.proof, system


def levels_of(body: str) -> list[str]:
    loaded = read_plan((HEAD + body).encode(), "made.yaml", CATALOGUE).require()
    return [each.level.value for each in audit_plans([loaded], CATALOGUE).findings if each.proof]


def span(base: str, target: str, kind: str, said: str, more: str = "") -> str:
    return f"level: {{2020: {base}, 2025: {target}}}, {kind}: {{2020->2025: {said}}}{more}"


Rule = Callable[[Decided, ConstraintSystem], bool]
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
        is_explained_by_round_numbers,
        [
            premium(span("1658.0", "2450", "growth", "8.3%")),  # 2470, to the nearest 50
            premium(span("1658.0", "2500以上", "growth", "8.3%")),
            firms(span("118", "210", "growth", "12.0%")),
            premium("level: {2020: 5700.0}, change: {2015->2020: 增加1100}", "level: {2015: 4570.0}"),
            firms(  # computed from a target that had been made round
                "level: {2025: 220以上}, growth: {2020->2025: 5.5%}",
                "level: {2020: 180}, change: {2020->2025: 增加40}",
            ),
        ],
        [
            firms("growth: {2020->2025: 5.5%}", "level: {2020: 180}, change: {2020->2025: 增加40}"),
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
        assert not is_error(proof, system)


@pytest.mark.parametrize("body", [body for _, _, others in RULES.values() for body in others])
def test_what_one_rule_does_not_excuse_may_be_excused_by_another_but_is_no_note(body: str) -> None:
    proof, system = proof_of(body)
    assert level_of(proof, system) in {Level.ERROR, Level.WARNING}


LEVELS = {
    # the case of a design or an issue, its body, the levels of its contradictions
    "15 % or so, 16.2 %": (premium(span("100.0", "212.0", "growth", "15%左右")), []),
    "made round to fifty": (premium(span("1658.0", "2450", "growth", "8.3%")), ["warning"]),
    "a doubling at 1.96": (premium(span("100.0", "196.0", "multiple", "翻一番")), []),
    "a doubling at 2.10": (premium(span("100.0", "210.0", "multiple", "实现翻一番")), []),
    "a doubling at 2.10, normalised": (
        premium(span("100.0", "210.0", "multiple", "2", ", printed: 翻一番")),
        [],
    ),
    "a doubling at 1.70": (premium(span("100.0", "171.0", "multiple", "实现翻一番")), ["error"]),
    "a bound met by what rounds to it": (
        premium("growth: {2015->2020: 8.96%}", "growth: {2015->2020: 9%以上}"),
        ["warning"],
    ),
    "a range met by what rounds to it": (
        premium("growth: {2015->2020: 9.05%}", "growth: {2015->2020: 8%—9%}"),
        ["warning"],
    ),
    "a bound of counts is exact": (firms("level: {2020: 49家}", "level: {2020: 50家以上}"), ["error"]),
    "a last digit": (premium("level: {2020: 2893.08}", "level: {2020: 2893.07}"), ["note"]),
    "more than fifty, and fifty": (firms("level: {2025: 超过50家}", "level: {2025: 50}"), ["note"]),
    "assumed prices": (
        value_added("growth: {2015->2020: 12.9%}", "multiple: {2015->2020: 2}, printed: 翻一番"),
        ["warning"],
    ),
    "printed prices": (
        value_added(
            "growth: {2015->2020: 12.9%}, prices: current",
            "multiple: {2015->2020: 2}, printed: 翻一番, prices: current",
        ),
        ["error"],
    ),
    "real growth is another quantity": (
        value_added("level: {2015: 63.1, 2020: 110.05}, multiple: {2015->2020: 5.0}, prices: constant"),
        [],
    ),
}


@pytest.mark.parametrize(("body", "wanted"), LEVELS.values(), ids=LEVELS.keys())
def test_the_case_has_its_level(body: str, wanted: list[str]) -> None:
    assert levels_of(body) == wanted


OPENINGS = {
    "zeros": (
        premium("level: {2020: 5700.0}, change: {2015->2020: 增加1100}", "level: {2015: 4570.0}"),
        "如1100末尾的零不是取整：",
    ),
    "assumed current prices": (
        value_added("level: {2015: 63.1, 2020: 110.05}, multiple: {2015->2020: 2}, printed: 翻一番"),
        "如按现价计算：",
    ),
    "assumed constant prices": (
        "figures:\n" + rows("gdp", "growth: {2015->2020: 6.0%}", "growth: {2015->2020: 7.0%}"),
        "如按不变价计算：",
    ),
    "comparable coverage": (
        COMPARABLE + "  - {in: a, level: {2019: 100.0, 2020: 90.0}, growth: {2019->2020: 5.0%}}\n",
        "如不按可比口径计算：",
    ),
    "an inexact word": (premium(span("100.0", "280.0", "growth", "15%左右")), "如“15%左右”不是约数："),
    "nothing to name": (premium(span("1658.0", "2450", "growth", "8.3%")), "2020—2025年保费收入“8.3%”"),
}


@pytest.mark.parametrize(("body", "opening"), OPENINGS.values(), ids=OPENINGS.keys())
def test_a_warning_begins_with_what_may_have_been_meant(body: str, opening: str) -> None:
    loaded = read_plan((HEAD + body).encode(), "made.yaml", CATALOGUE).require()
    (finding,) = [each for each in audit_plans([loaded], CATALOGUE).findings if each.proof]
    assert finding.level is Level.WARNING
    assert finding.message.say("zh").startswith(opening)


def test_a_narrower_band_of_the_plan_decides_what_prices_may_have_been_meant() -> None:
    body = value_added("level: {2015: 63.1, 2020: 110.05}, growth: {2015->2020: 15.0%}")
    assert levels_of(body) == ["warning"]
    band = "bands:\n  deflator: {low: 0%, high: 1%, zh: 统计公报, en: published}\n"
    assert levels_of(body + band) == ["error"]


def test_the_years_of_a_vague_moment_are_the_most_that_it_may_mean() -> None:
    moments = "moments:\n  early: {zh: 初期, en: start, either: [2015, 2019]}\n"
    growth = "total_growth: {early->2020: 60%}|total_growth: {early->2020: 90%}"
    assert levels_of(value_added(*growth.split("|")) + moments) == ["warning"]
    assert levels_of(value_added(*growth.replace("90", "390").split("|")) + moments) == ["error"]


@pytest.mark.parametrize(
    ("levels", "wanted"),
    [
        ("2015: 90, 2016: 95", ["error"]),
        ("2015: 90, 2016: 98", ["warning"]),
        ("2015: 98, 2016: 90", ["warning"]),
    ],
)
def test_of_all_meanings_of_a_moment_the_mildest_decides(levels: str, wanted: list[str]) -> None:
    """150 is 1.50 times 98 with roundings less than twice as wide, and not 1.50 times 95 or 90."""
    moments = "moments:\n  early: {zh: 初期, en: start, either: [2015, 2016]}\n"
    body = premium(f"level: {{{levels}, 2020: 150}}, multiple: {{early->2020: 1.50倍}}")
    assert levels_of(body + moments) == wanted


NOTED = premium("level: {2020: 2893.08}", "level: {2020: 2893.07}")


def test_notes_are_counted_apart_and_end_no_command_with_one(tmp_path: Path) -> None:
    file = tmp_path / "made.yaml"
    file.write_text(HEAD + NOTED, encoding="utf-8")
    result = called("--lang", "zh", "check", str(file), "--strict")
    assert result.code == 0
    assert "未发现不一致" in result.output
    assert "另1处仅末位相差1或表述不同" in result.output
    told = called("--lang", "zh", "check", "-v", str(file), "--strict").output
    assert "末位相差1，属四舍五入" in told
    assert "不能同时成立" not in told


@pytest.mark.parametrize(
    ("form", "level"), [("json", '"level": "note"'), ("sarif", '"level": "note"'), ("github", "::notice")]
)
def test_a_note_is_a_note_in_every_format(tmp_path: Path, form: str, level: str) -> None:
    file = tmp_path / "made.yaml"
    file.write_text(HEAD + NOTED, encoding="utf-8")
    result = called("check", str(file), "--strict", "-f", form)
    assert result.code == 0
    assert level in result.output


class Off:
    """A contradiction of which a function tells how far it is from holding at each factor."""

    bounds: tuple[SimpleNamespace, ...] = (SimpleNamespace(is_rounded=True),)

    def __init__(self, function: Callable[[float], float]) -> None:
        self.function = function
        self.factors: list[float] = []

    def off(self, factor: float) -> float:
        self.factors.append(factor)
        return self.function(factor)


def severity(off: Any) -> float | None:
    return severity_of(off)


@pytest.mark.parametrize(
    ("falling", "at", "number"),
    [
        # what sums are off falls as a line, of products about as a logarithm, of laws of both kinds as roots and powers
        (lambda at: lambda factor: at - factor, (1.5, 3.7, 60.0, 1234.5), 4),
        (lambda at: lambda factor: at - factor, (1e6, 1e11), 8),
        (lambda at: lambda factor: math.log(at / factor), (1.5, 3.7), 9),
        (lambda at: lambda factor: math.log(at / factor), (10.0, 60.0), 12),
        (lambda at: lambda factor: math.log(at / factor), (1234.5, 1e6), 18),
        (lambda at: lambda factor: math.sqrt(at) - math.sqrt(factor), (1.5, 3.7, 60.0), 11),
        (lambda at: lambda factor: at**2 - factor**2, (1.5, 3.7), 9),
        (lambda at: lambda factor: at**2 - factor**2, (60.0, 1234.5, 1e6), 14),
        (lambda at: lambda factor: 1 / factor - 1 / at, (3.7, 60.0), 13),
        (lambda at: lambda factor: math.exp(-factor / 50) - math.exp(-at / 50), (1.5, 3.7, 60.0), 10),
        (lambda at: lambda factor: math.copysign(1.0, at - factor), (1.5, 10.0), 14),
        (lambda at: lambda factor: math.copysign(1.0, at - factor), (3.7, 60.0), 25),
    ],
)
def test_the_factor_is_found_to_a_millionth_in_few_steps(
    falling: Callable[[float], Callable[[float], float]], at: tuple[float, ...], number: int
) -> None:
    for each in at:
        off = Off(falling(each))
        assert severity(off) == pytest.approx(each, rel=1e-6)
        assert len(off.factors) <= number


@pytest.mark.parametrize(
    ("at", "factor", "tried"), [(0.5, 1.0, [1.0]), (1.0, 1.0, [1.0]), (2.0, 2.0, [1.0, 2.0])]
)
def test_a_factor_that_is_just_enough_is_not_looked_for_further(
    at: float, factor: float, tried: list[float]
) -> None:
    off = Off(lambda factor: at - factor)
    off.bounds = (*Off.bounds, SimpleNamespace(is_rounded=False))
    assert severity(off) == factor
    assert off.factors == tried


def test_what_is_too_far_off_for_a_line_is_halved() -> None:
    off = Off(lambda factor: math.copysign(1e308, 60.0 - factor))
    assert severity(off) == pytest.approx(60.0, rel=1e-6)
    assert len(off.factors) <= 27


def test_what_no_widening_helps_is_tried_at_every_power_of_two_up_to_a_million_million() -> None:
    off = Off(lambda _: 1.0)
    assert severity(off) is None
    assert off.factors == [2.0**power for power in range(41)]


def test_a_factor_is_widened_a_thousand_times_at_most() -> None:
    """So that a line which is almost level does not lead far beyond the factor that is enough."""
    off = Off(lambda factor: 1 - factor * 1e-9)
    assert severity(off) == pytest.approx(1e9)
    assert max(last / first for first, last in pairwise(off.factors)) == 1000


@pytest.mark.parametrize("at", [1.1, 1.5, 1.9])
def test_no_more_than_sixty_steps_are_taken_between_what_fails_and_what_is_enough(at: float) -> None:
    off = Off(lambda factor: 1e300 if factor < at else -1e-300)
    found = severity(off)
    assert found is not None
    assert 1 <= found <= 2
    assert len(off.factors) == 62


def test_what_is_not_rounded_has_no_factor() -> None:
    off = Off(lambda factor: 2 - factor)
    off.bounds = (SimpleNamespace(is_rounded=False),)
    assert severity(off) is None
