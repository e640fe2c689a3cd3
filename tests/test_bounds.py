"""Bounds: exact ends and floats tell the same, however roundings are widened."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

import pytest

from plantrack.audit import audit_plans
from plantrack.audit.bounds import DerivedBound, PrintedBound
from plantrack.audit.build import build_system
from plantrack.reading import load_catalogue
from test_audit import plan_of

if TYPE_CHECKING:
    from pathlib import Path

    from plantrack.numbers.interval import Interval

CATALOGUE = load_catalogue()
FIGURES = """\
  premium:
  - {in: t, level: {2020: 76.91, 2025: 115}, growth: {2020->2025: 8.50%}, total_growth: {2019->2020: 12%}}
  - {in: s, level: {2024: 110以上, 2023: 约100, 2022: 12345678901234.56}}
  - {in: s, change: {2020->2025: 38.1, 2021->2022: 减少3.0}}
  - {in: s, multiple: {2018->2020: 1.5倍}, annual_change: {2015->2020: 2.5}}
  insurers:
  - {in: t, level: {2020: 26家, 2025: 5家以上}}
"""


@pytest.fixture
def bounds(tmp_path: Path) -> list[PrintedBound]:
    system = build_system([plan_of(tmp_path, FIGURES)], CATALOGUE)
    return [bound for each in system.bounds.values() for bound in each]


def assert_same(found: tuple[float, float], exact: Interval) -> None:
    assert found == pytest.approx(exact.floats(), rel=1e-9, abs=1e-12)


@pytest.mark.parametrize("factor", [1, 3, 7])
def test_floats_widen_as_exact_ends_do(bounds: list[PrintedBound], factor: int) -> None:
    assert len(bounds) > 10
    for bound in bounds:
        wide = bound.widened(Fraction(factor))
        assert_same(bound.float_ends(factor), wide)
        assert wide.intersection(bound.interval) == bound.interval
        assert (wide == bound.closed(bound.interval)) == (factor == 1 or not bound.is_rounded)


def test_only_roundings_that_floats_cannot_tell_apart_are_too_narrow(bounds: list[PrintedBound]) -> None:
    """What is exact, or a bound, is not widened: floats do."""
    assert [bound.figure.text for bound in bounds if not bound.is_wide_enough] == ["12345678901234.56"]
    unrounded = {bound.figure.text for bound in bounds if not bound.is_rounded}
    assert unrounded == {"110以上", "26家", "5家以上"}


@pytest.mark.parametrize("at_end", [True, False])
@pytest.mark.parametrize("change", ["38.1", "减少3.0"])
def test_a_change_and_a_level_tell_a_ratio(bounds: list[PrintedBound], change: str, at_end: bool) -> None:
    """`1 / (1 - d / x)` from the level at the end, `1 + d / x` from the start; backwards it is the level again."""
    by_text = {bound.figure.text: bound for bound in bounds}
    derived = DerivedBound(by_text[change], by_text["76.91"], at_end)
    for factor in (1, 3):
        wide = {each: each.widened(Fraction(factor)) for each in derived.bounds}
        assert_same(derived.float_ends(factor), derived.interval_with(wide))
    assert derived.nominal is not None
    assert derived.interval.contains(Fraction(derived.nominal))
    for each in derived.bounds:
        assert derived.nominal_for(each, derived.nominal) == pytest.approx(each.nominal)
        left = derived.left_for(each, derived.interval.floats())
        assert left is not None
        assert left[0] <= (each.nominal or 0) <= left[1]


@pytest.mark.parametrize(
    ("second", "relates"), [("change: {2020->2025: 38.1}", True), ("level: {2025: 138.1}", True), ("", False)]
)
def test_independent_bounds_stay_one_relation(tmp_path: Path, second: str, relates: bool) -> None:
    """A level and a change, or two levels, make one ratio of three figures: no subset of laws of both kinds."""
    row = f", {second}" if second else ""
    figures = "  premium:\n  - {in: t, growth: {2020->2025: 9.50%}}\n  - {in: t, level: {2020: 100.0}}\n"
    plan = plan_of(tmp_path, figures + (f"  - {{in: t{row}}}\n" if row else ""))
    proofs = [each.proof for each in audit_plans([plan], CATALOGUE).findings if each.proof]
    assert [(each.must_contain, len(each.involved)) for each in proofs] == [(1, 3)] * relates
    for proof in proofs:  # one equation is solved for each of its figures, laws of both kinds are not
        assert [each.nominal is not None for each in proof.involved] == [True] * 3
