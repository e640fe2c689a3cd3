"""Worked arithmetic: every step of every contradiction is true, and a wrong one is noticed."""

from fractions import Fraction

import pytest

import plantrack
from plantrack.audit import Audit, audit_plans
from plantrack.findings import Derivation, Level
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
