"""Whole counts, rates apart by points, averages of either kind: each against what follows from the numerals alone."""

import itertools
import random
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plantrack.audit import Audit, audit_plans
from plantrack.audit.build import build_system
from plantrack.audit.whole_counts import Counts, whole_indicators, whole_part
from plantrack.findings import Finding, Level
from plantrack.numbers.interval import Interval
from plantrack.reading import load_catalogue, read_plan, read_plan_file
from plantrack.solver.roots import root_of, whole_root

CATALOGUE = load_catalogue()
CASES = Path(__file__).parent / "cases" / "audit"
HEAD = """\
plan: made
title: {zh: 例, en: E}
place: {id: zhaoqing, zh: 肇庆市, en: Zhaoqing}
base: 2022
target: 2025
sections: {t: 表, u: 文, v: 附}
own:
  firms: {zh: 企业, en: firms, unit: 家, kind: stock}
  some: {zh: 部分企业, en: some firms, unit: 家, kind: stock}
  share: {zh: 占比, en: share, unit: "%", kind: ratio, is: some / firms}
  per_town: {zh: 平均每镇企业, en: firms a town, unit: 家, kind: stock}
  money: {zh: 款, en: money, unit: 亿元, kind: flow}
  other: {zh: 另款, en: other money, unit: 亿元, kind: flow}
  built: {zh: 投资, en: investment, unit: 亿元, kind: flow, average: either}
laws: ["firms >= some"]
figures:
"""


def audited(body: str) -> Audit:
    plan = read_plan(f"{HEAD}{body}".encode(), "made.yaml", CATALOGUE).require()
    return audit_plans([plan], CATALOGUE)


def contradictions(body: str) -> list[Finding]:
    return [each for each in audited(body).findings if each.proof]


def codes(body: str) -> list[str]:
    return [each.code.code for each in contradictions(body)]


# -- whole counts --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "body",
    [
        "  firms: [{in: t, level: {2020: 3家}, growth: {2020->2021: 10%}}]\n",
        "  firms: [{in: t, level: {2021: 40家}, growth: {2020->2021: 13%}}]\n",
        "  firms: [{in: t, level: {2020: 7家}, multiple: {2020->2021: 1.5倍}}]\n",
        "  firms: [{in: t, level: {2020: 30家}}]\n  share: [{in: t, level: {2020: 33.5%}}]\n",
        "  some: [{in: t, level: {2020: 3家}}]\n  share: [{in: t, level: {2020: 70%}}]\n",
        "  firms: [{in: t, level: {2020: 不足10家}}]\n  some: [{in: t, level: {2020: 超过9家}}]\n",
        "  firms: [{in: t, level: {2020: 超过9家}}, {in: u, level: {2020: 不足10家}}]\n",
    ],
)
def test_no_part_of_a_firm_is_counted(body: str) -> None:
    assert codes(body) == ["PT309"]


@pytest.mark.parametrize(
    "body",
    [
        "  firms: [{in: t, level: {2020: 3家}, growth: {2020->2021: 33%}}]\n",
        "  firms: [{in: t, level: {2020: 约30家}, growth: {2020->2021: 10%}}]\n",
        "  firms: [{in: t, level: {2020: 3家, 2019: 2.5家}, growth: {2020->2021: 10%}}]\n",
        "  per_town: [{in: t, level: {2020: 3家}, growth: {2020->2021: 10%}}]\n",
        "  share: [{in: t, level: {2020: 3%}, growth: {2020->2021: 10%}}]\n",
        "  firms: [{in: t, level: {2020: 30家}}]\n  share: [{in: t, level: {2020: 33.3%}}]\n",
        "  firms: [{in: t, level: {2020: 不足11家}}]\n  some: [{in: t, level: {2020: 超过9家}}]\n",
    ],
)
def test_what_some_whole_number_obeys_is_not_told(body: str) -> None:
    assert codes(body) == []


def test_what_real_numbers_exclude_is_told_once() -> None:
    assert codes("  firms: [{in: t, level: {2020: 3家, 2021: 4家}, growth: {2020->2021: 10%}}]\n") == [
        "PT301"
    ]


def test_a_history_is_an_error_and_an_aim_a_warning() -> None:
    (past,) = contradictions("  firms: [{in: t, level: {2020: 3家}, growth: {2020->2021: 10%}}]\n")
    (aim,) = contradictions("  firms: [{in: t, level: {2022: 3家}, growth: {2022->2023: 10%}}]\n")
    assert (past.level, aim.level) == (Level.ERROR, Level.WARNING)
    assert past.proof is not None
    assert past.proof.severity is None
    assert {each.figure.split("/")[2] for each in past.proof.involved} == {"level", "growth"}


def test_bounds_that_only_their_own_numbers_obey_are_a_note() -> None:
    (found,) = contradictions(
        "  firms: [{in: t, level: {2020: 超过9家}}, {in: u, level: {2020: 不足10家}}]\n"
    )
    assert found.level is Level.NOTE
    assert "more than 9 and less than 10" in found.message.say("en")


@pytest.mark.parametrize(
    ("some", "share", "left"),
    [
        ("不足4家", "39.99%以上", "more than 3.999 and less than 4"),
        ("超过4家", "40.01%以下", "more than 4 and less than 4.001"),
        ("超过4家", "49.9%以下", "more than 4 and less than 4.99"),
        ("5家以上", "59.911%", "5.9911 to 5.9912"),
    ],
)
def test_what_is_told_to_be_left_of_a_count_is_no_whole_number(some: str, share: str, left: str) -> None:
    """Of ten firms; not told of the firms, which are ten, but of the part that leaves no whole number."""
    (found,) = contradictions(
        f"  firms: [{{in: t, level: {{2020: 10家}}}}]\n  some: [{{in: u, level: {{2020: {some}}}}}]\n"
        f"  share: [{{in: t, level: {{2020: {share}}}}}]\n"
    )
    assert found.message.say("en").startswith("some firms 2020 can only be a whole number; ")
    assert found.message.say("en").endswith(f" leave {left}")


def test_no_dash_stands_between_the_ends_of_a_count_that_may_be_negative() -> None:
    """Seven times the one is 11 more than -101 as rounded, between -90.5 and -89.5."""
    own = "".join(
        f"  {each}: {{zh: {each}, unit: 家, kind: stock, domain: any}}\n" for each in ("net", "all")
    )
    head = HEAD.replace('laws: ["', f'{own}laws: ["all = 7 * net - firms", "')
    body = "  all: [{in: t, level: {2022: -0.0101万家}}]\n  firms: [{in: t, level: {2022: 11家}}]\n"
    audit = audit_plans([read_plan(f"{head}{body}".encode(), "made.yaml", CATALOGUE).require()], CATALOGUE)
    (found,) = (each for each in audit.findings if each.proof)
    assert found.message.say("en").endswith(" leave -12.93 to -12.79")
    assert found.message.say("zh").endswith("推算为-12.93至-12.79")


@pytest.mark.parametrize(
    ("body", "laws"),
    [
        ("firms: 不足10家, some: 超过9家", ["firms >= some"]),
        ("firms: 超过9家|不足10家, some: 5家", []),  # two prints of one quantity; the law says nothing
        ("firms: 30家, share: 33.5%", ["share = some / firms"]),
    ],
)
def test_a_broken_count_rests_on_the_laws_between_its_figures(body: str, laws: list[str]) -> None:
    said = ""
    for each in body.split(", "):
        name, prints = each.split(": ")
        rows = zip("tu", prints.split("|"), strict=False)
        said += (
            f"  {name}: [{', '.join(f'{{in: {at}, level: {{2020: {number}}}}}' for at, number in rows)}]\n"
        )
    plan = read_plan(f"{HEAD}{said}".encode(), "made.yaml", CATALOGUE).require()
    system = build_system([plan], CATALOGUE)
    (broken,) = Counts(system, whole_indicators(system, CATALOGUE), frozenset()).exclusions()
    assert [law.law for law, _ in broken.constraints] == laws
    assert broken.side() == 1


def test_random_counts_are_told_where_no_whole_number_can_be() -> None:
    """One printed count, and growth, a multiple or a share of it: every whole number is tried."""
    dice = random.Random(3)
    told = 0
    for _ in range(60):
        base, kind = dice.randint(1, 60), dice.choice(("growth", "multiple", "share"))
        tenths = dice.randint(1, 999)
        printed = f"{tenths / 10:.1f}"
        body = {
            "growth": f"  firms: [{{in: t, level: {{2020: {base}家}}, growth: {{2020->2021: {printed}%}}}}]\n",
            "multiple": f"  firms: [{{in: t, level: {{2020: {base}家}}, multiple: {{2020->2021: {printed}倍}}}}]\n",
            "share": (
                f"  firms: [{{in: t, level: {{2020: {base}家}}}}]\n"
                f"  share: [{{in: t, level: {{2020: {printed}%}}}}]\n"
            ),
        }[kind]
        printed_of = {
            "growth": lambda number, base=base: 100 * (Fraction(number, base) - 1),
            "multiple": lambda number, base=base: Fraction(number, base),
            "share": lambda number, base=base: 100 * Fraction(number, base),
        }[kind]
        half = Fraction(1, 20)
        exists = any(
            Fraction(tenths, 10) - half <= printed_of(number) < Fraction(tenths, 10) + half
            for number in range(7_000)
        )
        assert codes(body) == ([] if exists else ["PT309"]), body
        told += not exists
    assert told > 10


def test_random_counts_of_several_laws_are_never_accused_where_whole_numbers_do() -> None:
    """Counts made true first, printed, and sometimes given as bounds: nothing is told."""
    dice = random.Random(4)
    for _ in range(40):
        firms = [dice.randint(1, 40) for _ in range(2)]
        some = [dice.randint(0, each) for each in firms]
        rate = _percent(Fraction(firms[1], firms[0]) - 1)
        first, last = (_count(dice, each) for each in firms)
        rows = [
            f"  firms: [{{in: t, level: {{2020: {first}, 2021: {last}}}, growth: {{2020->2021: {rate}}}}}]",
            f"  some: [{{in: t, level: {{2020: {_count(dice, some[0])}, 2021: {_count(dice, some[1])}}}}}]",
            f"  share: [{{in: t, level: {{2020: {_percent(Fraction(some[0], firms[0]))}}}}}]",
        ]
        assert codes("\n".join(dice.sample(rows, dice.randint(1, 3))) + "\n") == [], rows


def _count(dice: random.Random, number: int) -> str:
    forms = [f"{number}家", f"超过{number - 1}家", f"不足{number + 1}家", f"{number}家以上"]
    return forms[0] if number < 2 else dice.choice(forms)


def _percent(value: Fraction) -> str:
    tenths = int(abs(value) * 1000 + Fraction(1, 2))
    return f"{'下降' if value < 0 else ''}{tenths // 10}.{tenths % 10}%"


@given(st.fractions(-20, 20), st.fractions(0, 3), st.booleans(), st.booleans())
def test_the_whole_part_has_the_whole_numbers_of_an_interval(
    low: Fraction, width: Fraction, low_closed: bool, high_closed: bool
) -> None:
    if width == 0:
        low_closed = high_closed = True
    interval = Interval(low, low + width, low_closed=low_closed, high_closed=high_closed)
    inside = [number for number in range(-25, 30) if interval.contains(Fraction(number))]
    part = whole_part(interval)
    assert (part is None) == (not inside)
    if part is not None:
        assert (part.low, part.high) == (inside[0], inside[-1])


# -- points above --------------------------------------------------------------------------------


def test_rates_over_years_are_as_far_apart_as_is_printed_or_told() -> None:
    for this, other, gap in itertools.product((80, 91, 100), (60, 79), (1, 2, 3)):
        body = (
            f"  money: [{{in: t, growth: {{2020->2025: {{above: other@zhaoqing, by: {gap}个百分点}}}}}},"
            f" {{in: u, growth: {{2020->2025: {this / 10}%}}}}]\n"
            f"  other: [{{in: t, growth: {{2020->2025: {other / 10}%}}}}]\n"
        )
        apart = Fraction(this - other, 10)
        reach = Fraction(1, 2) + 2 * Fraction(1, 20)
        audit = audited(body)
        fits = gap - reach <= apart <= gap + reach
        assert [each.code.code for each in audit.findings if each.proof] == ([] if fits else ["PT308"]), body
        assert not audit.coverage.undetermined


@pytest.mark.parametrize(
    ("this", "other", "says"),
    [  # 1.4 ** (1 / 5) = 1.0696, 1.45 ** (1 / 5) = 1.0771
        (
            "growth: {2020->2025: 8.0%}",
            "growth: {2020->2025: 7.0%}",
            'money 2020–2025 "8.0%" (文) is not {}, other money 2020–2025 "7.0%" (表): the yearly rates are 1.00 {}',
        ),
        (
            "growth: {2020->2025: 8.0%}",
            "level: {2020: 100.0, 2025: 140.0}",
            (
                'money 2020–2025 "8.0%" (文) is not {}, other money 2020 "100.0" (表), other money 2025 "140.0" (表): '
                "the yearly rates are 1.04 {}"
            ),
        ),
        (
            "level: {2020: 100.0, 2025: 145.0}",
            "growth: {2020->2025: 7.0%}",
            (
                'money 2020 "100.0" (文), money 2025 "145.0" (文) is not {}, other money 2020–2025 "7.0%" (表): '
                "the yearly rates are 0.71 {}"
            ),
        ),
    ],
)
def test_how_far_rates_are_apart_is_told_of_either_side(this: str, other: str, says: str) -> None:
    gap = "growth: {2020->2025: {above: other, by: 2个百分点}}"
    (found,) = contradictions(
        f"  money: [{{in: t, {gap}}}, {{in: u, {this}}}]\n  other: [{{in: t, {other}}}]\n"
    )
    assert found.message.say("en") == says.format("above other money by 2个百分点", "points apart")
    assert found.proof is not None
    (identity,) = found.proof.identities
    assert identity.startswith("growth[money(2020->2025)] - growth[other(2020->2025)] = ")


def test_a_gap_between_rates_one_of_which_is_not_printed_is_not_decided() -> None:
    body = (
        "  money: [{in: t, growth: {2020->2025: {above: other@zhaoqing, by: 2个百分点}}}, "
        "{in: u, growth: {2020->2025: 9.0%}}]\n"
    )
    assert [each.figure.relation is not None for each in audited(body).coverage.undetermined] == [True]


@given(st.integers(0, 10**40), st.integers(1, 12))
def test_a_whole_root_is_the_greatest_whose_power_is_not_more(value: int, degree: int) -> None:
    root = whole_root(value, degree)
    assert root**degree <= value < (root + 1) ** degree


@given(st.fractions(Fraction(1, 100), 100), st.integers(1, 9))
def test_roots_are_exact_where_they_are_rational_and_enclosed_elsewhere(value: Fraction, degree: int) -> None:
    assert root_of(Interval.point(value**degree), degree) == Interval.point(value)
    around = root_of(Interval.point(value), degree)
    assert around.low is not None
    assert around.high is not None
    assert around.low**degree <= value <= around.high**degree


# -- means ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("mean", "years", "is_told"),
    [  # 9.95 is the first number printed as 10.0%, 12.05 the first that is not printed as 12.0%
        ("10.0%", "2020: 10.0%, 2021: 12.0%", False),
        ("9.9%", "2020: 10.0%, 2021: 12.0%", True),
        ("12.0%", "2020: 10.0%, 2021: 12.0%", False),
        ("12.1%", "2020: 10.0%, 2021: 12.0%", True),
        ("11.0%", "2020: 10.0%, 2021: 12.0%", False),
        ("11.0%", "2020: 12.0%, 2021: 12.0%", True),
        ("13.0%", "2020: 10.0%", False),  # a year is missing
        ("13.0%", "2020: 10.0%, 2021: 12.0%以上", False),
        ("13.0%", "2020: 10.0%, 2021: 12.0%以下", True),
        ("10.0%以下", "2020: 10.0%以上, 2021: 12.0%以上", False),  # both may be 10.0%
        ("9.9%以下", "2020: 10.0%以上, 2021: 12.0%以上", True),
    ],
)
def test_a_mean_of_two_years_lies_between_them(mean: str, years: str, is_told: bool) -> None:
    found = contradictions(f"  share: [{{in: t, level: {{2020/2021: {mean}, {years}}}}}]\n")
    assert [each.code.code for each in found] == ["PT306"] * is_told


# -- averages of either kind ---------------------------------------------------------------------

YEARLY = "2020: 100.0, 2021: 130.0, 2022: 120.0, 2023: 125.0"
"""By the end 7.7 % a year; by the sum, 3.75 = q + q² + q³ at 11.6 %."""


@pytest.mark.parametrize(
    ("levels", "rate", "told"),
    [
        (YEARLY, "7.7%", False),
        (YEARLY, "11.6%", False),
        (YEARLY, "10.0%", True),
        ("2020: 100.0, 2021/2023: 375.0, 2023: 125.0", "11.6%", False),
        ("2020: 100.0, 2021/2023: 375.0, 2023: 125.0", "10.0%", True),
        ("2020: 100.0, 2021/2023: 375.0", "10.0%", False),
        ("2020: 100.0, 2023: 125.0", "10.0%", False),
        ("2020: 100.0, 2023: 500.0", "3.0%", True),
    ],
)
def test_only_what_neither_average_makes_is_told(levels: str, rate: str, told: bool) -> None:
    found = contradictions(f"  built: [{{in: t, level: {{{levels}}}, growth: {{2020->2023: {rate}}}}}]\n")
    assert [(each.code.code, each.level) for each in found] == [("PT301", Level.WARNING)] * told


def test_the_same_levels_of_another_quantity_have_one_average() -> None:
    assert codes(f"  money: [{{in: t, level: {{{YEARLY}}}, growth: {{2020->2023: 11.6%}}}}]\n") == ["PT301"]


def test_growth_of_investment_over_one_year_has_one_meaning() -> None:
    assert codes("  built: [{in: t, level: {2020: 100.0, 2021: 110.0}, growth: {2020->2021: 12.0%}}]\n") == [
        "PT301"
    ]


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("whole-counts-growth", "PT309"),
        ("whole-counts-bounds", "PT309"),
        ("above-by-over-years", "PT308"),
    ],
)
def test_shared_cases(name: str, code: str) -> None:
    audit = audit_plans([read_plan_file(CASES / f"{name}.yaml", CATALOGUE).require()], CATALOGUE)
    assert [each.code.code for each in audit.findings if each.proof] == [code]


def test_a_figure_is_innocent_where_what_its_quantity_can_be_at_all_does_as_well() -> None:
    """Debt of 2015 cannot be below zero: the change and the level of 2021 contradict each other alone."""
    audit = audit_plans([read_plan_file(CASES / "innocent-named.yaml", CATALOGUE).require()], CATALOGUE)
    (found,) = (each.proof for each in audit.findings if each.proof)
    assert {each.figure.split("/", 2)[2] for each in found.involved} == {
        "change/2015->2021/t",
        "level/2021/t",
    }
