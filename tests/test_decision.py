"""The means by which components are decided: each by the law it must obey."""

import math
import random
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from plantrack.numbers.interval import NONNEGATIVE, POSITIVE, Interval
from plantrack.solver.centre import centre
from plantrack.solver.constraints import Constraint
from plantrack.solver.elementary import reduced
from plantrack.solver.feasibility import decide
from plantrack.solver.problem import Problem
from plantrack.solver.projection import projected
from plantrack.solver.propagation import contracted, enclosed, polynomials_of
from plantrack.solver.ranges import distance_out, likely_range
from plantrack.solver.simplex import broken_row, ends_of
from plantrack.solver.variables import Variable

ONE = Fraction(1)
seeds = st.integers(0, 10**9)


def variable(name: str) -> Variable:
    return Variable("level", name, "here", ("2020",))


def around(value: Fraction, reach: Fraction) -> Interval:
    return Interval(value - reach, value + reach, low_closed=True, high_closed=False)


def solved(seed: int) -> tuple[list[Constraint], dict[Variable, Fraction]]:
    """Shares and sums of some parts, and the true values that obey them."""
    dice = random.Random(seed)
    parts = [variable(f"q{number}") for number in range(dice.randint(2, 5))]
    values = {each: Fraction(dice.randint(10, 5000), 10) for each in parts}
    whole, latent = variable("whole"), variable("latent")
    values[whole] = sum(values[each] for each in parts)
    values[latent] = values[whole] * dice.randint(2, 9)
    constraints = [Constraint("sum", (*((each, ONE) for each in parts), (whole, -ONE)), Fraction(0), "whole")]
    for each in parts:
        share = variable(f"{each.indicator}_share")
        values[share] = values[each] / values[latent]
        constraints.append(Constraint("product", ((share, ONE), (latent, ONE), (each, -ONE)), ONE, "share"))
    return constraints, values


# -- one kind ------------------------------------------------------------------------------------


@given(seed=seeds)
def test_what_true_values_obey_is_not_broken_and_what_breaks_is_a_law_of_the_rows(seed: int) -> None:
    """Intervals can be met if and only if they can for each elementary vector (Rockafellar, Thm 22.6)."""
    dice = random.Random(seed)
    names = "abcdef"
    values = {name: Fraction(dice.randint(-50, 50)) for name in names}
    rows = []
    for _ in range(dice.randint(1, 4)):
        chosen = dice.sample(names, dice.randint(2, 4))
        row = {name: dice.choice((-2, -1, 1, 3)) for name in chosen}
        off = sum(times * values[name] for name, times in row.items())
        rows.append({**row, "one": -int(off)} if off else row)
    intervals = {name: around(value, Fraction(1, 2)) for name, value in values.items()}
    intervals["one"] = Interval.point(ONE)
    ends = {name: ends_of(each, "sum") for name, each in intervals.items()}
    assert broken_row(reduced(rows), ends, "sum") == (None, True)

    moved = dice.choice(names)
    ends[moved] = ends_of(intervals[moved].shifted(Fraction(dice.randint(-8, 8))), "sum")
    row, final = broken_row(reduced(rows), ends, "sum")
    assert final
    if row is not None:
        low = high = Fraction(0)
        for name, times in row.items():
            bounds = [end.exact * times for end in ends[name] if end is not None]
            low, high = low + min(bounds), high + max(bounds)
        assert low >= 0 or high <= 0
        assert moved in row


@pytest.mark.parametrize(("high_closed", "broken"), [(True, False), (False, True)])
def test_open_ends_that_only_touch_exclude_one_another(high_closed: bool, broken: bool) -> None:
    """Decided by open and closed ends: an end that does not belong is an infinitesimal step away."""
    for kind in ("sum", "product"):
        ends = {
            "a": ends_of(Interval(ONE, Fraction(2), low_closed=True, high_closed=high_closed), kind),
            "b": ends_of(Interval(Fraction(2), Fraction(3), low_closed=True, high_closed=True), kind),
        }
        row, final = broken_row(reduced([{"a": 1, "b": -1}]), ends, kind)
        assert (row is not None, final) == (broken, True)


def test_products_are_compared_exactly_where_floats_cannot() -> None:
    big = Fraction(10**50 + 1, 10**50)
    ends = {"a": ends_of(Interval.point(big), "product"), "b": ends_of(Interval.point(ONE), "product")}
    row, _ = broken_row(reduced([{"a": 1, "b": -1}]), ends, "product")
    assert row == {"a": 1, "b": -1}


# -- both kinds ----------------------------------------------------------------------------------


@given(seed=seeds)
@settings(max_examples=60)
def test_true_values_stay_in_the_box_and_are_never_called_contradictory(seed: int) -> None:
    """What a contraction empties is proven empty: no solution is ever lost."""
    constraints, values = solved(seed)
    intervals = {each: around(value, value / 200) for each, value in values.items()}
    intervals[variable("latent")] = POSITIVE
    polynomials = polynomials_of(constraints)
    box = contracted(polynomials, {each: enclosed(interval) for each, interval in intervals.items()})
    assert box is not None
    assert all(box[each][0] <= value <= box[each][1] for each, value in values.items())
    problem = Problem(tuple(constraints), intervals)
    assert decide(problem, halving=False) != "contradictory"
    assert decide(problem) == "consistent"
    assert distance_out(problem) <= 0


@given(seed=seeds)
@settings(max_examples=60)
def test_a_share_that_is_far_off_is_contradictory_and_where_it_would_do_is_told(seed: int) -> None:
    constraints, values = solved(seed)
    intervals = {each: around(value, value / 2000) for each, value in values.items()}
    intervals[variable("latent")] = POSITIVE
    share = variable("q0_share")
    intervals[share] = around(values[share] * Fraction(21, 20), values[share] / 2000)
    problem = Problem(tuple(constraints), intervals)
    assert decide(problem) == "contradictory"
    found = likely_range(Problem(tuple(constraints), intervals | {share: POSITIVE}), share)
    assert found is not None
    assert found[0] < values[share] < found[1] < values[share] * Fraction(21, 20)


@given(seed=seeds)
@settings(max_examples=60)
def test_what_a_projection_leaves_is_obeyed_by_the_true_values(seed: int) -> None:
    """No solution is lost: neither by an interval nor by a law that is left."""
    constraints, values = solved(seed)
    intervals = {each: around(value, value / 200) for each, value in values.items()}
    left = projected(Problem(tuple(constraints), intervals | {variable("latent"): POSITIVE}))
    assert left is not None
    assert len(left.constraints) < len(constraints)
    assert all(
        interval is None or interval.contains(values[each]) for each, interval in left.intervals.items()
    )
    for law in left.constraints:
        terms = [(values[each], times) for each, times in law.terms]
        if law.kind == "sum":
            assert sum(value * times for value, times in terms) == law.constant
        else:
            assert math.prod(value ** int(times) for value, times in terms) == law.constant


def test_a_chain_is_decided_with_its_open_ends() -> None:
    """100 × more than 1.1, and something on top, is more than 110."""
    first, ratio, last, more, total = map(variable, ("first", "ratio", "last", "more", "total"))
    laws = (
        Constraint("product", ((first, ONE), (ratio, ONE), (last, -ONE)), ONE),
        Constraint("sum", ((last, ONE), (more, ONE), (total, -ONE)), Fraction(0)),
    )
    known = {
        first: Interval.point(Fraction(100)),
        ratio: Interval(Fraction(11, 10), Fraction(12, 10), low_closed=False, high_closed=True),
        last: POSITIVE,
        more: NONNEGATIVE,
    }
    touching = {total: Interval.point(Fraction(110))}
    assert decide(Problem(laws, known | touching)) == "contradictory"
    closed = {ratio: known[ratio].closure()}
    assert decide(Problem(laws, known | touching | closed)) == "consistent"


def test_products_that_only_differ_in_their_constants_exclude_one_another() -> None:
    """u = 2 v and u = 3 v, whatever u and v are; u = 2 v and u v = 3 do not."""
    one, other, third = map(variable, ("one", "other", "third"))
    anywhere = dict.fromkeys((one, other, third), POSITIVE)

    def law(power: int, constant: int) -> Constraint:
        return Constraint("product", ((one, ONE), (other, Fraction(power)), (third, ONE)), Fraction(constant))

    assert decide(Problem((law(-1, 2), law(-1, 3)), anywhere)) == "contradictory"
    assert decide(Problem((law(-1, 2), law(1, 3)), anywhere)) == "consistent"


def test_zero_on_both_sides_of_a_product_is_decided() -> None:
    """0 × m = 0 holds, 0 × m = 1 does not: no logarithm is asked."""
    first, ratio, last = variable("first"), variable("ratio"), variable("last")
    constraint = Constraint("product", ((first, ONE), (ratio, ONE), (last, -ONE)), ONE)
    zero, one = Interval.point(Fraction(0)), Interval.point(ONE)
    assert decide(Problem((constraint,), {first: zero, ratio: POSITIVE, last: zero})) == "consistent"
    assert decide(Problem((constraint,), {first: zero, ratio: POSITIVE, last: one})) == "contradictory"


@given(seed=seeds)
@settings(max_examples=60)
def test_the_centre_obeys_the_laws_and_no_point_is_farther_inside(seed: int) -> None:
    """min t over -t <= z <= t: duality proves it, for prices times laws bound every point's reach."""
    dice = np.random.default_rng(seed)
    m, n = int(dice.integers(1, 5)), int(dice.integers(5, 10))
    laws = dice.normal(size=(m, n))
    wanted = laws @ dice.uniform(-0.9, 0.9, n)
    both = np.ones(n, dtype=bool)
    found = centre(laws, wanted, both, both)
    assert np.abs(laws @ found.point - wanted).max() < 1e-6
    assert np.abs(found.point).max() <= found.radius + 1e-6
    slope = np.abs(found.duals @ laws).sum()
    assert abs(found.duals @ wanted) >= (found.radius - 1e-6) * slope
