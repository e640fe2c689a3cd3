"""Worked arithmetic: every step of every contradiction is true, and a wrong one is noticed."""

from fractions import Fraction

import pytest

import plantrack
from plantrack.audit import Audit, audit_plans
from plantrack.findings import Derivation, Level
from test_contradictions import audited, rows
from told import CATALOGUE, loaded_of
from told_plans import FAMILIES, contradictory
from worked import wrong

PLANS = ("jieyang", "zhanjiang", "zhanjiang-credit-2022", "zhaoqing", "zhuhai")


def derivations(audit: Audit) -> list[Derivation | None]:
    """Of every contradiction between printed figures that is no matter of wording."""
    graver = [each for each in audit.findings if each.proof and each.level is not Level.NOTE]
    return [each.proof.derivation for each in graver if each.proof]


@pytest.mark.parametrize("name", PLANS)
def test_every_contradiction_of_a_plan_has_arithmetic_that_is_true(name: str) -> None:
    audit = plantrack.audit(plantrack.load(name))
    for derivation in derivations(audit):
        assert derivation is not None
        assert wrong(derivation, audit.figures) == []


@pytest.mark.parametrize("family", FAMILIES)
def test_every_step_is_true_of_random_plans(family: str) -> None:
    found = 0
    for seed in range(12):
        audit = audit_plans([loaded_of(contradictory(family, seed)).require()], CATALOGUE)
        for derivation in filter(None, derivations(audit)):
            assert wrong(derivation, audit.figures) == [], (family, seed)
            found += 1
    assert found


def test_a_wrong_step_is_noticed() -> None:
    audit = plantrack.audit(plantrack.load("zhaoqing"))
    for derivation in filter(None, derivations(audit)):
        *steps, last = derivation.steps
        moved = last._replace(nominal=last.nominal + Fraction(1, 10**6))
        narrower = last._replace(low=last.nominal, high=last.nominal)
        for each in (moved, narrower):
            assert wrong(derivation._replace(steps=(*steps, each)), audit.figures)


def changed(said: str, level: str = "level: {2020: 100.0}") -> str:
    return rows(premium=f"{level}, change: {{2020->2025: 20.0}}, {said}")


SHARES = {
    "gdp": "multiple: {2020->2025: 1.20}, prices: current",
    "insurance_depth": "level: {2020: 4.00, 2025: 4.00}",
}
STEPS = {
    # what each step comes to: measure, times, in per cent
    "a change leads to the level at its end": (
        changed("multiple: {2020->2025: 1.50}"),
        ["level 2025 12000", "ratio 2020 2025 120"],
    ),
    "and to the level at its start": (
        changed("multiple: {2020->2025: 1.50}", "level: {2025: 120.0}"),
        ["level 2020 10000", "ratio 2020 2025 120"],
    ),
    "of a ratio that a change makes of the level at its end": (
        changed("total_growth: {2020->2025: 50.0%}", "level: {2025: 120.0}"),
        ["level 2020 10000", "ratio 2020 2025 120", "total_growth 2020 2025 20"],
    ),
    "growth a year over two years": (
        rows(premium="level: {2020: 100.0, 2022: 144.0}, growth: {2020->2022: 10.0%}"),
        ["ratio 2020 2022 144", "growth 2020 2022 20"],
    ),
    "growth over one year is that of the whole": (
        rows(premium="level: {2020: 100.0, 2021: 144.0}, growth: {2020->2021: 10.0%}"),
        ["ratio 2020 2021 144", "total_growth 2020 2021 44"],
    ),
    "ratios between times at which one law holds": (
        rows(premium="multiple: {2020->2025: 1.50}", **SHARES),
        ["ratio 2020 2025 150"],
    ),
    "levels where they are printed": (
        rows(premium="level: {2020: 100.0, 2025: 150.0}", **SHARES),
        ["level 2020 250000", "level 2025 375000", "ratio 2020 2025 150"],
    ),
    "a change a year over two years": (
        rows(
            npl_ratio="level: {2020: 5.00, 2022: 8.00以上, 2021: 6.00}, "
            "annual_change: {2020->2022: 上升1.00个百分点}, change: {2021->2022: 上升2.00个百分点}"
        ),
        ["difference 2020 2022 3", "annual_change 2020 2022 1.5"],
    ),
    "no product with growth that leaves nothing": (
        rows(premium="multiple: {2020->2025: 2.00}, total_growth: {2020->2025: 下降100%}"),
        ["ratio 2020 2025 200", "total_growth 2020 2025 100"],
    ),
    "a change a year over one year": (
        rows(
            npl_ratio="level: {2020: 5.00, 2021: 8.00以上, 2022: 10.00}, "
            "annual_change: {2020->2021: 上升1.00个百分点}, change: {2021->2022: 上升2.00个百分点}"
        ),
        ["difference 2020 2021 3"],
    ),
}


@pytest.mark.parametrize(("body", "steps"), STEPS.values(), ids=STEPS.keys())
def test_the_steps_are_those_that_a_person_takes(body: str, steps: list[str]) -> None:
    audit = audited(body)
    (derivation,) = filter(None, (each.proof and each.proof.derivation for each in audit.findings))
    assert wrong(derivation, audit.figures) == []
    found = [
        f"{each.result.measure} {' '.join(each.result.times)} {float(each.nominal * 100):.6g}"
        for each in derivation.steps
    ]
    assert found == steps


def test_a_level_and_its_change_make_a_ratio_within_what_both_leave_together() -> None:
    """`L / (L - C)` is greatest where both of 5.00 - 1.00 are: at 4.995 / (4.995 - 1.005), not at 5.005 / 3.990."""
    figures = rows(
        premium="total_growth: {2020->2025: 50.0%}",
        insurance_depth="level: {2025: 6.00}, change: {2020->2025: 1.00个百分点}",
        finance_value_added="multiple: {2020->2025: 2.00倍}, prices: current",
        finance_share_of_gdp="level: {2025: 5.00}, change: {2020->2025: 1.00个百分点}",
    )
    (derivation,) = derivations(audited(figures))
    assert derivation is not None
    ratio = next(each for each in derivation.steps if (each.op, each.nominal) == ("product", Fraction(5, 4)))
    assert (ratio.low, ratio.high) == (Fraction(5005, 4010), Fraction(4995, 3990))
    starts = [each for each in derivation.steps if each.op == "sum" and each.result.measure == "level"]
    assert [(float(each.nominal), each.result.times) for each in starts] == [
        (0.04, ("2020",)),
        (0.05, ("2020",)),
    ]
