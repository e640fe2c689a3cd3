"""The audit against an independent exact solver, and against what planners do to consistent numbers."""

import random
from pathlib import Path

import pytest

from oracle import satisfiable
from plantrack.audit import audit_plans
from plantrack.audit.system import build_system
from plantrack.findings import Level
from systems import CATALOGUE, corrupted, plan_of_rows, planners_rows, printed_rows

SYSTEMS = 25
PLANS = 300


@pytest.mark.parametrize("shape", ["product", "sum", "mixed"])
def test_the_audit_and_the_solver_never_disagree(shape: str, tmp_path: Path) -> None:
    dice = random.Random(f"{shape} 2020")
    decided = 0
    for number in range(SYSTEMS):
        rows = printed_rows(dice, shape)
        if not rows:
            continue
        if number % 2:
            rows, _ = corrupted(dice, rows)
        loaded = plan_of_rows(rows, tmp_path)
        audit = audit_plans([loaded], CATALOGUE)
        contradictory = any(finding.proof is not None for finding in audit.findings)
        possible = satisfiable(build_system([loaded], CATALOGUE))
        if contradictory:
            assert possible is not True, rows
        elif audit.coverage.complete:
            assert possible is not False, rows
        decided += contradictory or audit.coverage.complete
    assert decided > SYSTEMS // 3


def test_no_consistent_plan_is_called_an_error_however_planners_round(tmp_path: Path) -> None:
    dice = random.Random("planners")
    for _ in range(PLANS):
        rows = planners_rows(dice)
        audit = audit_plans([plan_of_rows(rows, tmp_path)], CATALOGUE)
        errors = [finding.message.say("en") for finding in audit.findings if finding.level is Level.ERROR]
        assert errors == [], rows
