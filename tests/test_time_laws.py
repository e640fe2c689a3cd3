"""Identities of time: each case by its answer, random plans by a solver that knows nothing of the audit."""

from fractions import Fraction
from pathlib import Path

import pytest

from plantrack.audit import Audit, audit_plans
from plantrack.audit.build import build_system
from plantrack.audit.time_laws import parts_of
from plantrack.findings import Finding, Level
from plantrack.numbers.times import read_time
from plantrack.reading import read_plan, read_plan_file
from plantrack.solver.variables import Variable
from sums_of_time import CATALOGUE, compared

CASES = Path(__file__).parent / "cases" / "audit"
HEAD = """\
plan: {name}
title: {{zh: 例, en: E}}
place: {{id: zhaoqing, zh: 肇庆市, en: Zhaoqing}}
base: 2020
target: 2025
sections: {{t: 表}}
own:
  money: {{zh: 款, en: money, unit: 亿元, kind: flow}}
  net: {{zh: 净额, en: net, unit: 亿元, kind: flow, domain: any}}
  stock: {{zh: 存, en: stock, unit: 亿元, kind: stock}}
  per_year: {{zh: 年均新增, en: average a year, unit: 亿元, kind: flow}}
  rate: {{zh: 率, en: rate, unit: "%", kind: ratio}}
  signed_rate: {{zh: 贡献率, en: contribution, unit: "%", kind: ratio, domain: any}}
figures:
"""


def audited(*bodies: str) -> Audit:
    plans = [
        read_plan(
            f"{HEAD.format(name=f'p{number}')}  {body}\n".encode(), f"p{number}.yaml", CATALOGUE
        ).require()
        for number, body in enumerate(bodies)
    ]
    return audit_plans(plans, CATALOGUE)


def levels(indicator: str, said: str) -> str:
    return f"{indicator}: [{{in: t, level: {{{said}}}}}]"


def contradictions(audit: Audit) -> list[Finding]:
    return [each for each in audit.findings if each.proof]


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (levels("money", "2021: 1.0, 2022: 2.0, 2021/2022: 4.0"), "PT305"),
        (levels("money", "2021: 5.0, 2021/2025: 4.0"), "PT307"),
        (levels("money", "2021: 3.0, 2022: 3.0, 2021/2025: 5.0"), "PT307"),
        (levels("money", "2021/2023: 5.0, 2021/2025: 4.0"), "PT307"),
        (levels("money", "2021: 1.0, 2022: 1.0, 2023: 1.0, 2021/2023: 3.0, 2021/2025: 2.0"), "PT307"),
        (levels("money", "2019/2022: 9.0, 2021/2025: 3.0, 2019/2020: 1.0, 2021/2022: 2.0"), "PT305"),
        (levels("money", "2019/2022: 9.0, 2021/2025: 3.0, 2020: 2.0, 2019: 1.0"), "PT305"),
        (levels("net", "2021: -1.0, 2022: 2.0, 2021/2022: 3.0"), "PT305"),
    ],
)
def test_parts_of_a_span_that_do_not_fit_the_whole_are_told(body: str, code: str) -> None:
    assert [each.code.code for each in contradictions(audited(body))] == [code]


@pytest.mark.parametrize(
    "body",
    [
        levels("money", "2021: 1.0, 2022: 2.0, 2021/2022: 3.1"),
        levels("money", "2021: 3.0, 2022: 3.0, 2021/2025: 6.0"),
        levels("money", "2021/2022: 3.0, 2023: 3.0, 2021/2025: 20.0"),
        levels("net", "2021: 5.0, 2021/2025: 4.0"),
        levels("stock", "2021: 5.0, 2022: 4.0"),
        levels("per_year", "2021: 5.0, 2022: 6.0, 2021/2022: 5.5"),
        levels("money", "2019/2022: 9.0, 2021/2025: 3.0"),
    ],
)
def test_parts_that_may_fit_are_not(body: str) -> None:
    assert contradictions(audited(body)) == []


def test_a_year_that_growth_tells_is_part_of_the_sum() -> None:
    """2022 is 1.1 × 2021, so that the two come to 2.1 × 10."""
    body = "money: [{in: t, level: {2021: 10.0, 2021/2022: 25.0}, growth: {2021->2022: 10.0%}}]"
    assert [len(each.proof.involved) for each in contradictions(audited(body)) if each.proof] == [3]


def test_years_of_another_document_may_have_been_revised() -> None:
    one, other = levels("premium", "2021: 5.0"), levels("premium", "2021/2025: 4.0")
    assert contradictions(audited(one, other)) == []
    assert (
        len(contradictions(audited(one, other.replace("2021/2025: 4.0", "2021/2025: 4.0, 2022: 5.0")))) == 1
    )


def test_months_are_at_most_a_warning_and_say_why() -> None:
    months = ", ".join(f"2021-{month:02}: 1.0" for month in range(1, 13))
    of_years_and_months = "2021/2022: 3.0, 2021: 2.0, 2022-05: 9.0"
    for body in (f"{months}, 2021: 90.0", "2021: 3.0, 2021-05: 9.0", of_years_and_months):
        (found,) = contradictions(audited(levels("money", body)))
        assert found.level is Level.WARNING
        assert found.proof is not None
        assert "months" in found.proof.assumptions[0].say("en")


def test_a_time_has_the_largest_of_the_others_as_parts() -> None:
    said = ("2021/2025", "2021/2023", "2022", "2022-03", "2025")
    parts = parts_of(map(read_time, said))
    assert {str(whole): [*map(str, each)] for whole, each in parts.items()} == {
        "2021/2025": ["2021/2023", "2025"],
        "2021/2023": ["2022"],
        "2022": ["2022-03"],
    }


def test_quarters_and_half_years_are_parts_of_their_year() -> None:
    parts = parts_of(map(read_time, ("2021", "2021-Q1", "2021-02", "2021-01/2021-06", "2021-Q3", "2021-12")))
    assert {str(whole): [*map(str, each)] for whole, each in parts.items()} == {
        "2021": ["2021-01/2021-06", "2021-Q3", "2021-12"],
        "2021-01/2021-06": ["2021-Q1"],
        "2021-Q1": ["2021-02"],
    }
    quarters = ", ".join(f"2021-Q{number}: 1.0" for number in range(1, 5))
    assert contradictions(audited(levels("money", f"{quarters}, 2021: 4.1"))) == []
    assert len(contradictions(audited(levels("money", f"{quarters}, 2021: 9.0")))) == 1
    assert (
        len(contradictions(audited(levels("money", "2021-Q1: 1.0, 2021-Q2: 1.0, 2021-01/2021-06: 9.0")))) == 1
    )


def test_parts_of_a_year_that_overlap_are_not_added() -> None:
    parts = parts_of(
        map(read_time, ("2019/2022", "2021/2025", "2021", "2021-01/2021-06", "2021-Q2", "2021-Q4"))
    )
    assert [*map(str, parts[read_time("2021")])] == ["2021-01/2021-06", "2021-Q4"]


@pytest.mark.parametrize(
    "time", ["2021-Q5", "2021-Q0", "2021-06/2021-01", "2021-13/2022-01", "2021-Q1/2021-Q2"]
)
def test_other_parts_of_a_year_are_no_times(time: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        read_time(time)


def test_spans_that_overlap_are_made_of_the_same_pieces() -> None:
    parts = parts_of(map(read_time, ("2019/2022", "2021/2025", "2020", "2020-03")))
    assert {str(whole): [*map(str, each)] for whole, each in parts.items()} == {
        "2019/2022": ["2019", "2020", "2021/2022"],
        "2021/2025": ["2021/2022", "2023/2025"],
        "2020": ["2020-03"],
    }


def test_there_is_at_most_one_law_for_each_time() -> None:
    times = [*(f"{year}" for year in range(1961, 2020)), *(f"{year}/2019" for year in range(1961, 2019))]
    plan = read_plan(
        f"{HEAD.format(name='p')}  {levels('money', ', '.join(f'{time}: 1' for time in times))}\n".encode(),
        "p.yaml",
        CATALOGUE,
    ).require()
    assert 0 < len(build_system([plan], CATALOGUE).constraints) <= len(times)


def test_nothing_is_said_of_years_without_a_span() -> None:
    plan = read_plan(
        f"{HEAD.format(name='p')}  {levels('money', '2020: 1, 2021: 2')}\n".encode(), "p.yaml", CATALOGUE
    ).require()
    system = build_system([plan], CATALOGUE)
    assert not [
        constraint
        for constraint in system.constraints
        if Variable("level", "p/money", "zhaoqing", ("2020",)) in constraint.variables
    ]


@pytest.mark.parametrize("name", ["span-total", "month-of-year"])
def test_shared_cases(name: str) -> None:
    audit = audit_plans([read_plan_file(CASES / f"{name}.yaml", CATALOGUE).require()], CATALOGUE)
    assert len(contradictions(audit)) == 1


# -- means ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("body", "told"),
    [
        (levels("rate", "2021: 1.0%, 2022: 2.0%, 2021/2022: 2.2%"), 1),
        (levels("rate", "2021: 1.0%, 2022: 2.0%, 2021/2022: 0.8%"), 1),
        (levels("rate", "2021: 1.0%, 2022: 2.0%, 2021/2022: 1.9%"), 0),
        (levels("rate", "2021: 1.0%, 2023: 2.0%, 2021/2023: 9.0%"), 0),
        (levels("signed_rate", "2021: 1.0%, 2022: 2.0%, 2021/2022: 2.2%"), 0),
    ],
)
def test_a_mean_lies_between_the_least_and_the_greatest_of_its_years(body: str, told: int) -> None:
    found = contradictions(audited(body))
    assert [each.code.code for each in found] == ["PT306"] * told


# -- random plans --------------------------------------------------------------------------------


def test_random_plans_agree_with_the_solver() -> None:
    tally = compared(seed=11, count=80)
    assert tally["accused"] == tally["missed"] == tally["errors of months"] == 0
    assert tally["contradictory"] > Fraction(1, 10) * tally["plans"]
    assert tally["consistent"] > Fraction(1, 10) * tally["plans"]
