"""Bounds: what is rounded is widened, what is exact is not, and independent ones make one relation."""

from __future__ import annotations

import math
from fractions import Fraction
from typing import TYPE_CHECKING

import pytest

from plantrack.audit import audit_plans
from plantrack.audit.bounds import DerivedBound, PrintedBound, SignBound
from plantrack.audit.build import build_system
from plantrack.numbers.interval import Interval
from plantrack.reading import load_catalogue
from test_allowances import interval
from test_audit import plan_of

if TYPE_CHECKING:
    from pathlib import Path


CATALOGUE = load_catalogue()
FIGURES = """\
  premium:
  - {in: t, level: {2020: 76.91, 2025: 115}, growth: {2020->2025: 8.50%}, total_growth: {2019->2020: 12%}}
  - {in: s, level: {2024: 110以上, 2023: 约100, 2022: 12345678901234.56}}
  - {in: s, change: {2020->2025: 38.1, 2021->2022: 减少3.0, 2022->2023: 减少0.5}}
  - {in: s, multiple: {2018->2020: 1.5倍}, annual_change: {2015->2020: 2.5}}
  insurers:
  - {in: t, level: {2020: 26家, 2025: 5家以上}}
"""


@pytest.fixture
def bounds(tmp_path: Path) -> list[PrintedBound]:
    system = build_system([plan_of(tmp_path, FIGURES)], CATALOGUE)
    return [bound for each in system.bounds.values() for bound in each]


@pytest.mark.parametrize("factor", [1, 3, 7])
def test_only_roundings_are_widened_and_no_number_is_lost(bounds: list[PrintedBound], factor: int) -> None:
    assert len(bounds) > 10
    for bound in bounds:
        wide = bound.widened(Fraction(factor))
        assert wide.intersection(bound.interval) == bound.interval
        assert (wide == bound.closed(bound.interval)) == (factor == 1 or not bound.is_rounded)
    unrounded = {bound.figure.text for bound in bounds if not bound.is_rounded}
    assert unrounded == {"110以上", "26家", "5家以上"}


@pytest.mark.parametrize("change", ["38.1", "减少3.0"])
def test_a_change_and_a_level_tell_a_ratio(bounds: list[PrintedBound], change: str) -> None:
    """`1 / (1 - d / x)` from the level at the end, `1 + d / x` from the start."""
    by_text = {bound.figure.text: bound for bound in bounds}
    moved, level = by_text[change], by_text["76.91"]
    printed = [each.figure.measure.value for each in (moved, level)]
    start, end = 1 + printed[0] / printed[1], 1 / (1 - printed[0] / printed[1])
    assert DerivedBound(moved, level, at_end=False).interval.contains(start)
    assert DerivedBound(moved, level, at_end=True).interval.contains(end)
    assert not DerivedBound(moved, level, at_end=False).interval.contains(end)
    assert not DerivedBound(moved, level, at_end=True).interval.contains(start)


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


@pytest.mark.parametrize(
    ("ratio", "change"),
    [
        ((1.0, 2.0), (0.0, math.inf)),
        ((0.5, 1.0), (-math.inf, 0.0)),
        ((1.0, 1.0), (0.0, 0.0)),
        ((0.5, 2.0), (-math.inf, math.inf)),
    ],
)
def test_a_change_rises_where_the_ratio_is_above_one(
    bounds: list[PrintedBound], ratio: tuple[float, float], change: tuple[float, float]
) -> None:
    bound = next(each for each in bounds if each.figure.kind == "change")
    assert SignBound(bound).left_for(bound, ratio, {}) == change


@pytest.mark.parametrize(
    ("text", "at_end", "ratio", "level"),
    [
        ("38.1", False, (1.25, 1.5), (38.05 / 0.5, 38.15 / 0.25)),
        ("38.1", True, (1.25, 2.0), (38.05 / 0.5, 38.15 / 0.2)),  # 1 - 1/2 and 1 - 1/1.25 of the end
        ("减少3.0", False, (0.5, 0.75), (2.95 / 0.5, 3.05 / 0.25)),
        ("减少3.0", True, (0.5, 0.75), (2.95, 3.05 * 3)),  # the end loses its whole size, and a third of it
        ("38.1", False, (0.5, 1.5), (38.05 / 0.5, math.inf)),  # no rise leads to half
        ("减少3.0", True, (0.0, 0.5), (0.0, 3.05)),
        ("减少0.5", False, (0.5, 0.75), (0.45 / 0.5, 0.55 / 0.25)),
        ("减少0.5", True, (0.5, 0.75), (0.45, 0.55 * 3)),
    ],
)
def test_a_ratio_and_a_change_leave_the_level_at_either_end(
    bounds: list[PrintedBound],
    text: str,
    ratio: tuple[float, float],
    level: tuple[float, float],
    *,
    at_end: bool,
) -> None:
    by_text = {bound.figure.text: bound for bound in bounds}
    made = DerivedBound(by_text[text], by_text["76.91"], at_end)
    assert made.left_for(made.level, ratio, {}) == pytest.approx(level)


@pytest.mark.parametrize(
    ("at_end", "ratio", "change"),
    [
        (False, (1.1, 1.5), (0.1 * 76.905, 0.5 * 76.915)),
        (True, (1.25, 2.0), (0.2 * 76.905, 0.5 * 76.915)),
        (True, (0.5, 0.8), (-76.915, -0.25 * 76.905)),
        (True, (0.0, 2.0), (-math.inf, 0.5 * 76.915)),
    ],
)
def test_a_ratio_and_a_level_at_either_end_leave_the_change(
    bounds: list[PrintedBound], ratio: tuple[float, float], change: tuple[float, float], *, at_end: bool
) -> None:
    by_text = {bound.figure.text: bound for bound in bounds}
    made = DerivedBound(by_text["38.1"], by_text["76.91"], at_end)
    assert made.left_for(made.change, ratio, {}) == pytest.approx(change)


@pytest.mark.parametrize(
    ("change", "ratio"), [((-3, 0), (0.5, 0.75)), ((0, 3), (1.25, 1.5)), ((-3, 3), (0.5, 0.75))]
)
def test_a_change_that_may_be_nothing_leaves_the_level_its_own_direction(
    bounds: list[PrintedBound], change: tuple[int, int], ratio: tuple[float, float]
) -> None:
    """A quarter of the start is three at most; where the direction is not known nothing is left out."""
    by_text = {bound.figure.text: bound for bound in bounds}
    made = DerivedBound(by_text["减少3.0"], by_text["76.91"], at_end=False)
    moved = Interval(*map(Fraction, change), low_closed=True, high_closed=True)
    left = made.left_for(made.level, ratio, {made.change: moved})
    assert left == (None if change == (-3, 3) else (0, 12))


@pytest.mark.parametrize(
    ("change", "ratio"),
    [
        ("[0, 5]", "[1, )"),
        ("(0, 5]", "(1, )"),
        ("[1/2, )", "(1, )"),
        ("[-5, 0]", "(0, 1]"),
        ("[-5, 0)", "(0, 1)"),
        ("(, -1/2]", "(0, 1)"),
        ("[-1, 1]", "(0, )"),
        ("(, 1]", "(0, )"),
    ],
)
def test_the_direction_of_a_change_tells_on_which_side_of_one_the_ratio_is(
    bounds: list[PrintedBound], change: str, ratio: str
) -> None:
    bound = next(each for each in bounds if each.figure.kind == "change")
    assert SignBound(bound).interval_with({bound: interval(change)}) == interval(ratio)
