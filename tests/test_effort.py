"""The work an audit may take: what is not decided within it is told, and the same on every machine."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING

import pytest

from examples import load_text
from plantrack.audit import audit_plans
from plantrack.audit.effort import Effort
from plantrack.cli import audit as command
from plantrack.cli import run
from plantrack.loading import load_catalogue

if TYPE_CHECKING:
    from pathlib import Path

    from plantrack.loading import LoadedPlan

CATALOGUE = load_catalogue()
YEARS = range(2010, 2022)


def dense() -> str:
    """A plan that prints growth and change from every year to every later one, which takes long to search."""
    pairs = [(first, last) for first, last in product(YEARS, YEARS) if first < last]
    levels = ", ".join(f"{year}: {100 + 7 * (year - 2010)}" for year in YEARS)
    growth = ", ".join(f"{first}->{last}: 4.{(first * last) % 10}%" for first, last in pairs)
    change = ", ".join(f"{first}->{last}: {7 * (last - first) + (first * last) % 3}" for first, last in pairs)
    return f"  loans:\n  - {{in: table, level: {{{levels}}}, growth: {{{growth}}}, change: {{{change}}}}}\n"


def test_an_account_pays_until_it_is_spent_and_has_a_share_for_each_figure() -> None:
    effort = Effort(times=0.001)
    with effort.account("one", 1):
        assert effort.pays(99)
        with effort.account("within", 1_000_000):  # charged to the one that is open
            assert not effort.pays(1)
        assert effort.is_spent
    with effort.account("another", 300):
        assert effort.pays(179)
    assert effort.was_spent
    assert not effort.is_spent
    assert effort.pays(1e9)


def test_what_is_not_decided_within_the_work_allowed_is_told(tmp_path: Path) -> None:
    plan = load_text(dense(), tmp_path)
    audits = [audit_plans([plan], CATALOGUE, effort) for effort in (0.02, 0.02, 1000.0)]
    few, again, many = audits
    assert few.is_spent
    assert not few.coverage.complete
    assert few.coverage.undetermined
    assert [each.message for each in few.findings] == [each.message for each in again.findings]
    assert many.coverage.complete
    assert not many.is_spent


def test_the_first_line_says_that_not_all_is_decided_and_how_to_go_on(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    load_text(dense(), tmp_path)
    file = next(tmp_path.glob("*.yaml"))
    assert run(["check", str(file), "--effort", "0.02", "--exit-zero"]) == 0
    shown = capsys.readouterr().out
    assert shown.startswith("Not all is decided")
    assert "--effort 10" in shown


def test_a_plan_that_the_audit_fails_on_is_named_and_the_others_are_audited(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fails(plans: list[LoadedPlan], *rest: object) -> object:
        if any(each.plan is not None and each.plan.plan == "jieyang" for each in plans):
            raise ZeroDivisionError
        return audit_plans(plans, *rest)

    monkeypatch.setattr("plantrack.audit.audit_plans", fails)
    assert command
    assert run(["check", "jieyang", "zhuhai", "-f", "concise"]) == 2
    shown = capsys.readouterr()
    assert "zhuhai.yaml" in shown.out
    assert "internal error (ZeroDivisionError" in shown.err
    assert "jieyang.yaml" in shown.err
