"""The audit against an independent exact solver, and against what planners do to consistent numbers.

Modest counts; `benchmarks/proof.py` runs as many as are wanted.
"""

import pytest

from proof import SHAPES, against_the_solver, under_planners_rounding, with_one_corrupted

SYSTEMS = 40
PLANS = 200
CORRUPTED = 25


@pytest.mark.parametrize("shape", SHAPES)
def test_the_audit_and_the_solver_never_disagree_and_nothing_is_left_open(shape: str) -> None:
    systems = SYSTEMS // 2 if shape == "mixed" else SYSTEMS
    tally = against_the_solver(shape, 1, systems)
    assert (tally["accused"], tally["missed"]) == (0, 0), tally
    assert tally["undetermined"] <= (tally["systems"] // 20 if shape == "mixed" else 0), tally
    assert min(tally["contradictory"], tally["consistent"]) > systems // 10, tally


def test_no_consistent_plan_is_called_an_error_however_planners_round() -> None:
    tally = under_planners_rounding(1, PLANS)
    assert tally["errors"] == 0, tally
    assert min(tally["silent"], tally["warnings"]) > 0, tally


@pytest.mark.parametrize("shape", SHAPES)
def test_a_corrupted_figure_is_reported_and_named(shape: str) -> None:
    tally = with_one_corrupted(shape, 1, CORRUPTED)
    assert tally["grave"] > 0, tally
    assert tally["reported"] == tally["named"] == tally["grave"], tally
