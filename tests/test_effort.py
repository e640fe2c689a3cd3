"""The work an audit may take: what is not decided within it is told, and the same on every machine."""

from __future__ import annotations

import importlib
import sys
from itertools import product
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from plantrack.audit import audit_plans
from plantrack.audit.build import build_system
from plantrack.audit.oracle import Oracle
from plantrack.cli import run
from plantrack.reading import find_plan, load_catalogue, read_plan_file
from plantrack.solver.effort import Effort
from test_audit import plan_of

if TYPE_CHECKING:
    from plantrack.plan.plan import Plan

CATALOGUE = load_catalogue()
TESTS = Path(__file__).parent
YEARS = range(2010, 2019)


def dense() -> str:
    """A true plan that prints growth and change from every year to every later one: much hangs together."""
    value = {year: round(100 * 1.05 ** (year - YEARS[0]), 3) for year in YEARS}
    pairs = [(first, last) for first, last in product(YEARS, YEARS) if first < last]
    levels = ", ".join(f"{year}: {value[year]:.3f}" for year in YEARS)
    growth = ", ".join(f"{first}->{last}: 5.0%" for first, last in pairs)
    change = ", ".join(f"{first}->{last}: {value[last] - value[first]:.2f}" for first, last in pairs)
    return f"  loans:\n  - {{in: t, level: {{{levels}}}, growth: {{{growth}}}, change: {{{change}}}}}\n"


def test_an_account_pays_until_it_is_spent_and_has_a_share_for_each_figure() -> None:
    effort = Effort(figures=3000, times=0.0005)
    with effort.account("one", 1):
        assert effort.pays(99)
        with effort.account("within", 1_000_000):  # charged to the one that is open
            assert not effort.pays(1)
        assert effort.is_spent
    with effort.account("another", 300):
        assert effort.pays(119)
    assert effort.was_spent
    assert not effort.is_spent
    assert effort.pays(1e9)


@pytest.mark.parametrize(
    ("in_all", "figures", "steps"),
    [
        (3000, 1000, 800_000),
        (300, 1, 200_000),
        (3000, 251, 200_800),
        (600, 1000, 600_000),
        (1, 1000, 300_000),
    ],
)
def test_a_figure_has_eight_hundred_steps_and_few_figures_what_many_have(
    in_all: int, figures: int, steps: int
) -> None:
    """At least 200,000 an account; of all together 300,000, or as many times as much as there are 300 figures."""
    effort = Effort(figures=in_all)
    with effort.account("one", figures):
        assert effort.pays(steps - 1)
        assert not effort.is_spent
        assert not effort.was_spent
        assert not effort.pays(1)
        assert effort.is_spent
    assert effort.was_spent


def test_half_of_an_account_is_half_of_its_steps() -> None:
    effort = Effort(figures=3000, times=2.0)
    with effort.account("one", 1000, 0.5):
        assert effort.pays(799_999)
        assert not effort.pays(1)


def test_what_an_account_lacks_is_not_charged_to_the_others() -> None:
    """300,000 steps in all, 200,000 for each account of few figures: one is overdrawn, the other finds the rest."""
    effort = Effort(figures=300)
    with effort.account("one", 1):
        assert not effort.pays(250_000)
        assert not effort.pays(1)
    with effort.account("another", 1):
        assert effort.pays(99_999.5)
        assert not effort.pays(1)


def test_what_is_not_decided_within_the_work_allowed_is_told(tmp_path: Path) -> None:
    plan = plan_of(tmp_path, dense())
    audits = [audit_plans([plan], CATALOGUE, effort) for effort in (0.01, 0.01, 10.0)]
    few, again, many = audits
    assert few.spent
    assert not few.coverage.complete
    assert few.coverage.undetermined
    assert [each.message for each in few.findings] == [each.message for each in again.findings]
    assert many.coverage.complete
    assert not many.spent


@pytest.mark.parametrize("off", [0, 3])
@pytest.mark.parametrize("kind", ["growth", "change"])
def test_a_long_series_is_decided_and_its_errors_are_found(tmp_path: Path, kind: str, off: int) -> None:
    """Growth or change of each of 100 years: intervals decide it, however many steps hang together."""
    wrong = range(1950, 1950 + off)
    years = range(1900, 2000)
    value = {year: 1000 + 7 * (year - 1900) for year in [*years, 2000]}
    said = {
        "growth": {
            year: f"{(value[year + 1] / value[year] - 1 + 0.05 * (year in wrong)) * 100:.2f}%"
            for year in years
        },
        "change": {year: f"{7 + 50 * (year in wrong)}.00" for year in years},
    }
    levels = ", ".join(f"{year}: {each}.00" for year, each in value.items())
    steps = ", ".join(f"{year}->{year + 1}: {each}" for year, each in said[kind].items())
    audit = audit_plans(
        [plan_of(tmp_path, f"  loans:\n  - {{in: t, level: {{{levels}}}, {kind}: {{{steps}}}}}\n")], CATALOGUE
    )
    assert sum(each.proof is not None for each in audit.findings) == off
    assert audit.coverage.complete


def test_what_could_not_be_looked_at_is_not_taken_to_hold(tmp_path: Path) -> None:
    rows = "  loans:\n  - {in: t, change: {2020->2025: up}, growth: {2020->2025: 下降2%}}\n"
    plan = plan_of(tmp_path, rows)

    def answer(times: float) -> bool | None:
        system = build_system([plan], CATALOGUE, effort=Effort(times=times))
        with system.effort.account("all", 1):
            return Oracle(system, system.bounds, system.constraints).holds()

    assert answer(1.0) is False
    assert answer(1e-5) is None


@pytest.mark.parametrize("name", ["zhanjiang", "zhaoqing"])
@pytest.mark.parametrize("effort", [0.001, 0.01, 0.03, 0.1])
def test_whatever_is_told_with_less_work_is_told_with_all_of_it(name: str, effort: float) -> None:
    """What is not looked for is not said: neither that no rounding explains it nor that no number would do."""
    plan = read_plan_file(find_plan(name), CATALOGUE).require()
    few, many = audit_plans([plan], CATALOGUE, effort), audit_plans([plan], CATALOGUE)
    if few.coverage.complete:
        assert {each.about for each in few.findings} == {each.about for each in many.findings}
    known = {each.about: each for each in many.findings}
    for finding in few.findings:
        if finding.about not in known or finding.proof is None:
            continue
        proof, whole = finding.proof, known[finding.about].proof
        assert whole is not None
        assert proof.severity == whole.severity or not proof.is_weighed
        if proof.set_aside == whole.set_aside:
            for told, all_told in zip(proof.involved, whole.involved, strict=True):
                assert told.should_read in {(), all_told.should_read}
                assert told.should_read_count in {None, all_told.should_read_count}
            assert set(proof.in_every) <= set(whole.in_every)
            assert set(proof.readings) <= set(whole.readings)


def test_how_far_off_is_not_told_where_it_was_not_looked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whether floats found it too near does not matter here."""
    conflicts = importlib.import_module("plantrack.audit.conflicts")
    monkeypatch.setattr(conflicts, "_still_excluded", lambda *_: False)
    plan = read_plan_file(TESTS / "cases" / "audit" / "undetermined-1.yaml", CATALOGUE).require()
    few, many = (audit_plans([plan], CATALOGUE, effort).findings[0] for effort in (0.01, 1.0))
    assert few.proof is not None
    assert many.proof is not None
    assert (few.proof.is_weighed, many.proof.is_weighed) == (False, True)
    assert few.proof.severity is None


def test_the_first_line_says_that_nothing_is_decided_and_how_to_go_on(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    plan_of(tmp_path, dense())
    file = next(tmp_path.glob("*.yaml"))
    assert run(["check", str(file), "--effort", "0.01", "--exit-zero"]) == 0
    shown = capsys.readouterr().out
    assert shown.startswith("Example: Nothing is decided of 81 figures")
    assert "--effort 0.1" in shown


def test_a_plan_that_the_audit_fails_on_is_named_and_the_others_are_audited(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fails(plans: list[Plan], *rest: object) -> object:
        if any(each.id == "jieyang" for each in plans):
            raise ZeroDivisionError
        return audit_plans(plans, *rest)

    monkeypatch.setattr(sys.modules["plantrack.audit"], "audit_plans", fails)
    assert run(["check", "jieyang", "zhuhai", "-f", "junit"]) == 2
    shown = capsys.readouterr()
    assert "zhuhai.yaml" in shown.out
    assert "internal error (ZeroDivisionError" in shown.err
    assert "jieyang.yaml" in shown.err


def test_a_plan_that_took_fifty_seconds_ends_and_tells_what_is_left_open(
    capsys: pytest.CaptureFixture[str],
) -> None:
    """Handed case of ten kilobytes; its institutions go by the one id that they have now."""
    assert run(["check", str(TESTS / "cases" / "robust" / "slow50.yaml"), "--effort", "0.1"]) == 1
    shown = capsys.readouterr().out
    assert shown.startswith("Test: Not all is decided")
    assert "figures: " in shown.splitlines()[-3]
    assert " not decided, " in shown.splitlines()[-3]
    assert "`--effort 1` does ten times as much" in shown


def test_laws_that_contradict_one_another_are_named_and_no_internal_error(
    capsys: pytest.CaptureFixture[str],
) -> None:
    """Handed case."""
    assert run(["check", str(TESTS / "cases" / "robust" / "crash-max.yaml")]) == 1
    assert "these laws cannot all hold, whatever is printed" in capsys.readouterr().out


def test_what_was_left_is_had_again() -> None:
    effort = Effort(figures=3000, times=0.0005)
    with effort.account("first", 1):
        effort.pays(40)
    effort.keep()
    for _ in range(2):
        effort.again()
        with effort.account("first", 1):
            assert effort.pays(59)
            assert not effort.pays(1)
