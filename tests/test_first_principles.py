"""What the audit says of figures of one quantity, held against what their numerals say of its levels."""

import random
from collections import Counter

import pytest

from first_principles import CATALOGUE, can_be_true, printed_plan
from plantrack.audit import audit_plans

PLANS = 40


@pytest.mark.parametrize("seed", range(6))
def test_contradictions_are_there_and_all_are_found(seed: int) -> None:
    """Nothing that can be true is accused, nothing that cannot is called decided and passed over.

    The figures of a finding cannot all be true; with a deciding quantity's figures out, all others can.
    """
    dice, told = random.Random(seed), Counter[str]()
    for _ in range(PLANS):
        loaded = printed_plan(dice)
        if loaded.plan is None:
            continue
        audit = audit_plans([loaded.require()], CATALOGUE)
        # The solver's levels are real numbers; that counts are whole is tested in test_exclusions.
        found = [each.proof for each in audit.findings if each.proof and each.code.name != "no-whole-number"]
        possible = can_be_true(loaded.figures)
        assert not (possible and found), loaded.written
        is_below = any(each.code.name == "impossible-level" for each in audit.findings)
        assert not (possible and is_below), loaded.written
        assert possible or found or is_below or not audit.coverage.complete, loaded.written
        told["contradictory" if found or is_below else "possible" if possible else "undecided"] += 1
        for proof in found:
            inside = [audit.figures[each.figure] for each in proof.involved]
            assert not can_be_true(inside), loaded.written
        for name in found[0].in_every if len(found) == 1 and not is_below else ():
            one = audit.figures[name]
            quantity = [each for each in loaded.figures if _quantity(each) == _quantity(one)]
            left = [each for each in loaded.figures if each not in quantity]
            assert can_be_true(left), (loaded.written, name)
    assert told["contradictory"] > PLANS / 10
    assert told["possible"] > PLANS / 10
    assert told["undecided"] <= PLANS / 10


def _quantity(figure: object) -> tuple[object, ...]:
    kinds = {"growth": "ratio", "total_growth": "ratio", "multiple": "ratio", "annual_change": "change"}
    return kinds.get(figure.kind, figure.kind), figure.time_text  # type: ignore[attr-defined]
