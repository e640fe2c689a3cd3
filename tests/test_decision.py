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
from plantrack.solver.constraints import Constraint, span_constraints
from plantrack.solver.elementary import reduced
from plantrack.solver.feasibility import decide, excludes
from plantrack.solver.linear import _is_bounded as is_bounded
from plantrack.solver.linear import decide_linearly
from plantrack.solver.linearization import LinearizedBox, middle_and_half
from plantrack.solver.problem import Problem
from plantrack.solver.projection import projected
from plantrack.solver.propagation import (
    Polynomial,
    contracted,
    enclosed,
    lowered,
    over,
    plus,
    polynomials_of,
    raised,
    sums_without,
    times,
)
from plantrack.solver.ranges import distance_out, likely_range
from plantrack.solver.simplex import Kind, broken_row, ends_of
from plantrack.solver.variables import Variable, number_variable
from plantrack.solver.witness import witness

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


@pytest.mark.parametrize(("closed", "broken"), [(True, False), (False, True)])
@pytest.mark.parametrize("upper", [True, False])
@pytest.mark.parametrize("kind", ["sum", "product"])
def test_open_ends_that_only_touch_exclude_one_another(
    kind: Kind, upper: bool, closed: bool, broken: bool
) -> None:
    """Decided by open and closed ends: an end that does not belong is an infinitesimal step away."""
    low, high = (Fraction(2), Fraction(3)) if not upper else (ONE, Fraction(2))
    touched = Interval(low, high, low_closed=closed or upper, high_closed=closed or not upper)
    other = Interval(
        *((Fraction(2), Fraction(3)) if upper else (ONE, Fraction(2))), low_closed=True, high_closed=True
    )
    ends = {"a": ends_of(touched, kind), "b": ends_of(other, kind)}
    for rows in ([{"a": 1, "b": -1}], [{"b": 1, "a": -1}]):
        row, final = broken_row(reduced(rows), ends, kind)
        assert (row is not None, final) == (broken, True)


@pytest.mark.parametrize(("one", "other"), [(1, 2), (2, 1)])
@pytest.mark.parametrize("kind", ["sum", "product"])
def test_exact_values_that_differ_exclude_one_another(kind: Kind, one: int, other: int) -> None:
    """A variable that has one value helps no other, whichever way that must go."""
    values = {"a": one, "b": other, "c": other}
    ends = {each: ends_of(Interval.point(Fraction(value)), kind) for each, value in values.items()}
    row, final = broken_row(reduced([{"a": 1, "b": -1}, {"b": 1, "c": -1}]), ends, kind)
    assert row is not None
    assert "a" in row
    assert final


def test_of_products_only_the_part_above_zero_counts() -> None:
    for zero in (NONNEGATIVE, POSITIVE, Interval.above(Fraction(-1))):
        assert ends_of(zero, "product") == (None, None)
    assert ends_of(NONNEGATIVE, "sum").low == (Fraction(0), 0.0, 0)


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


def test_what_only_halves_of_a_box_decide_is_decided_as_far_as_work_is_paid() -> None:
    """`x y = 1` and `x + y = 1.99` have no solution: contradictory once both halves are, and not before."""
    x, y = variable("x"), variable("y")
    product = Constraint("product", ((x, ONE), (y, ONE)), ONE, "product")
    wide = Interval(Fraction(1, 2), Fraction(2), low_closed=True, high_closed=True)
    problem = Problem(
        (product, Constraint("sum", ((x, ONE), (y, ONE)), Fraction(199, 100), "sum")), {x: wide, y: wide}
    )
    assert decide(problem) == "contradictory"
    assert decide(problem, halving=False) == "undetermined"
    easy = Problem((product,), {x: Interval.point(ONE), y: Interval.point(Fraction(2))})
    assert decide(easy) == "contradictory"
    assert decide(easy, pays=lambda _: False) == "undetermined"
    for paid in range(3):
        left = iter([True] * paid)
        assert decide(problem, pays=lambda _, left=left: next(left, False)) == "undetermined"


def test_the_work_of_a_decision_grows_with_the_cube_of_its_size() -> None:
    variables = {variable(f"q{number}"): POSITIVE for number in range(20)}
    assert Problem((), variables).steps == 120 + 20**2 / 4 + 20**3 / 400


# -- products as sums ----------------------------------------------------------------------------


@pytest.mark.parametrize("constant", [ONE, Fraction(2), Fraction(1, 3)])
@pytest.mark.parametrize("closed", [True, False])
@pytest.mark.parametrize("end", [1, 2])
def test_a_product_that_only_touches_an_end_of_its_factor_holds_if_the_end_belongs(
    end: int, closed: bool, constant: Fraction
) -> None:
    """`k u = c v` for `k` between 1 and 2: as sums, `u <= c v <= 2 u`, each with or without equality."""
    factor, u, v = variable("k")._replace(kind="ratio"), variable("u"), variable("v")
    product = Constraint("product", ((factor, ONE), (u, ONE), (v, -ONE)), constant)
    between = Interval(ONE, Fraction(2), low_closed=closed, high_closed=closed)
    one, other = Interval.point(ONE), Interval.point(end / constant)
    expected = "consistent" if closed else "contradictory"
    assert decide_linearly([product], {factor: between, u: one, v: other}) == expected
    beyond = Interval.point((end + 2 * (end == 2) - Fraction(1, 2)) / constant)
    assert decide_linearly([product], {factor: between, u: one, v: beyond}) == "contradictory"


def test_sums_that_do_not_say_all_of_the_products_never_call_them_consistent() -> None:
    """`k x = y` and `k u = v` with `x = u` and `y = v + 1`: no `k`, but the sums know none of one `k` for both."""
    k, x, y, u, v = (variable(each) for each in "kxyuv")
    products = [Constraint("product", ((k, ONE), (a, ONE), (b, -ONE)), ONE) for a, b in ((x, y), (u, v))]
    sums = [
        Constraint("sum", ((x, ONE), (u, -ONE)), Fraction(0)),
        Constraint("sum", ((y, ONE), (v, -ONE)), ONE),
    ]
    intervals = {
        each: Interval(ONE, Fraction(9), low_closed=True, high_closed=True) for each in (k, x, y, u, v)
    }
    assert decide_linearly([*products, *sums], intervals) is None
    assert decide(Problem((*products, *sums), intervals)) != "consistent"


# -- floats --------------------------------------------------------------------------------------

EDGES = st.sampled_from([-math.inf, -3.0, -1e-300, 0.0, 1e-300, 0.1, 1.0, 7.0, math.inf])
PAIRS = (
    st.tuples(EDGES, EDGES)
    .map(sorted)
    .map(tuple)
    .filter(lambda pair: pair[0] < math.inf and pair[1] > -math.inf)
)


def members(pair: tuple[float, float]) -> list[Fraction]:
    """Numbers between two floats: both ends, and some between."""
    low, high = max(pair[0], -1e9), min(pair[1], 1e9)
    return [Fraction(low) + (Fraction(high) - Fraction(low)) * part / 4 for part in range(5)]


@given(PAIRS, PAIRS)
def test_outward_arithmetic_encloses_what_members_come_to(
    one: tuple[float, float], other: tuple[float, float]
) -> None:
    for a in members(one):
        for b in members(other):
            results = [(plus(one, other), a + b), (times(one, other), a * b)]
            results += [(over(one, other), a / b)] if b else []
            for (low, high), exact in results:
                assert low <= exact <= high


@given(st.fractions())
def test_floats_around_a_number_are_that_number_where_it_is_one(value: Fraction) -> None:
    low, high = lowered(value), raised(value)
    assert Fraction(low) <= value <= Fraction(high)
    assert (low == high) == (Fraction(low) == value) == (Fraction(high) == value)


@given(EDGES, EDGES)
def test_the_middle_lies_within_the_ends_and_both_are_half_a_width_away(one: float, other: float) -> None:
    low, high = min(one, other), max(one, other)
    if low < high:
        middle, half = middle_and_half(low, high)
        assert low <= middle <= high
        assert half > 0
        if math.isfinite(low) and math.isfinite(high):
            assert (middle - half, middle + half) == pytest.approx((low, high))


# -- polynomials ---------------------------------------------------------------------------------


def value_of(polynomial: Polynomial, values: dict[Variable, Fraction]) -> Fraction:
    return sum(
        (times * math.prod(values[each] for each in monomial) for times, monomial in polynomial.terms),
        start=Fraction(0),
    )


def test_what_ratio_and_difference_of_a_span_mean_together_holds_of_true_values() -> None:
    ratio = Variable("ratio", "gdp", "here", ("2020", "2025"))
    difference = ratio._replace(kind="difference")
    values = {
        ratio: Fraction(3, 2),
        difference: Fraction(5),
        ratio.level(0): Fraction(10),
        ratio.level(1): Fraction(15),
    }
    constraints = [*span_constraints(ratio), *span_constraints(difference)]
    found = polynomials_of(constraints)
    assert len(found) == len(constraints) + 2
    assert [value_of(each, values) for each in found] == [0] * 4
    assert all(value_of(each, values | {difference: Fraction(4)}) for each in found[1:])
    assert not span_constraints(ratio._replace(times=("2020", "2020")))
    assert not span_constraints(ratio._replace(basis="either"))
    levels = [ratio._replace(basis=basis).level(1).basis for basis in ("", "constant", "either")]
    assert levels == ["", "constant", ""]  # of what may be either, levels are those printed


def test_a_row_comes_to_zero_with_its_constant_as_a_variable() -> None:
    a, b = variable("a"), variable("b")
    total = Constraint("sum", ((a, ONE), (b, ONE)), Fraction(5)).row
    values = {a: Fraction(2), b: Fraction(3), number_variable(ONE): ONE}
    assert sum(times * values[each] for each, times in total.items()) == 0
    product = Constraint("product", ((a, ONE), (b, ONE)), Fraction(6)).row
    assert product == {a: ONE, b: ONE, number_variable(Fraction(6)): -ONE}


def test_sums_together_say_what_they_say_without_a_variable_that_has_no_end() -> None:
    a, b, x = variable("a"), variable("b"), variable("x")
    sums = [
        Constraint("sum", ((a, ONE), (x, ONE)), Fraction(7)),
        Constraint("sum", ((b, ONE), (x, -ONE)), Fraction(1)),
    ]
    (found,) = sums_without(sums, [x])
    assert set(found.variables) == {a, b}
    assert value_of(found, {a: Fraction(3), b: Fraction(5)}) == 0
    assert value_of(found, {a: Fraction(3), b: Fraction(6)}) != 0


def linearized() -> LinearizedBox:
    x, y, z = (variable(each) for each in "xyz")
    cubic = Polynomial.of((Fraction(2), (x, y, z)), (-ONE, (y,)), (Fraction(-6), ()))
    return LinearizedBox.of([cubic], {x: (0.0, 4.0), y: (1.0, 3.0), z: (2.0, math.inf)})


def test_slopes_are_the_partial_derivatives() -> None:
    """Of `2 x y z - y - 6` at (1, 2, 3): `2 y z`, `2 x z - 1`, `2 x y`."""
    view = linearized()
    amounts, slopes = view.terms.at(np.array([1.0, 2.0, 3.0]))
    assert (amounts.tolist(), slopes.tolist()) == ([4.0], [[12.0, 5.0, 4.0]])


def test_the_room_of_a_point_is_the_way_to_the_nearer_end() -> None:
    """In half-widths of 2, 1 and 1 about 2, 2 and 3, the last without a high end."""
    view = linearized()
    assert list(view.room(np.array([0.5, -0.25, 0.5])).values()) == [1.0, 0.75, 1.0]
    assert list(view.room(np.array([-2.0, 2.0, -0.5])).values()) == [0.0, 0.0, 0.5]


def test_without_dual_values_nothing_is_certified() -> None:
    view = linearized()
    assert not excludes(view, view.middle_centre)
    priced = view.middle_centre._replace(duals=np.array([1.0]))
    assert not excludes(view, priced)
    far = LinearizedBox.of(
        view.polynomials, dict(zip(view.variables, [(3.0, 3.1), (3.0, 3.1), (3.0, 3.1)], strict=True))
    )
    assert excludes(far, priced)


@pytest.mark.parametrize(
    ("interval", "bounded"),
    [
        (None, False),
        (Interval.above(Fraction(0)), False),
        (Interval.at_least(Fraction(0)), False),
        (Interval.at_least(Fraction(1)), True),
        (Interval.at_most(Fraction(1)), True),
        (Interval.point(Fraction(0)), True),
    ],
)
def test_a_variable_is_bounded_where_more_than_its_sign_is_known(
    interval: Interval | None, bounded: bool
) -> None:
    assert is_bounded(interval) == bounded


def test_a_witness_lies_in_every_interval_or_is_none() -> None:
    x, y = variable("x"), variable("y")
    equal = polynomials_of([Constraint("sum", ((x, ONE), (y, -ONE)), Fraction(0))])
    low = Interval(Fraction(0), ONE, low_closed=True, high_closed=True)
    found = witness(equal, {x: low, y: POSITIVE}, {x: 0.5, y: 0.5}, {x: 0.1, y: 0.1})
    assert found is not None
    assert found[x] == found[y]
    assert witness(equal, {x: low, y: low.shifted(Fraction(5))}, {x: 0.5, y: 5.5}, {x: 0.1, y: 0.1}) is None
    total = Constraint("sum", ((x, ONE), (y, Fraction(2))), Fraction(10))
    ahead = Constraint("sum", ((x, Fraction(3)), (y, -ONE)), Fraction(9))
    both = polynomials_of([total, ahead])
    assert witness(both, {x: POSITIVE, y: POSITIVE}, {x: 4.1, y: 3.1}, {x: 1.0, y: 1.0}) == {x: 4, y: 3}
    half_open = Interval(ONE, Fraction(2), low_closed=True, high_closed=False)
    inside = witness(equal, {x: half_open, y: POSITIVE}, {x: 2.0, y: 2.0}, {y: 1.0})
    assert inside == {
        x: Fraction(3, 2),
        y: Fraction(3, 2),
    }  # the float at an end that does not belong is left
    open_end = Interval(ONE, Fraction(2), low_closed=False, high_closed=True)
    touching = witness(equal, {x: Interval.point(ONE), y: open_end}, {x: 1.0, y: 1.0}, {y: 0.5})
    assert touching is None


def test_where_amounts_have_no_size_the_one_asked_about_may_be_anything() -> None:
    """`share × whole = part` with only the share printed: the part may be any number above zero."""
    share, whole, part = variable("share"), variable("whole"), variable("part")
    law = Constraint("product", ((share, ONE), (whole, ONE), (part, -ONE)), ONE, "share")
    problem = Problem(
        (law,), {share: around(Fraction(1, 2), Fraction(1, 100)), whole: POSITIVE, part: POSITIVE}
    )
    polynomials = problem.polynomials()
    assert problem.box(polynomials)[part] == (1.0, 1.0)
    assert problem.box(polynomials)[whole] == (0.0, math.inf)
    assert problem.box(polynomials, asked=part)[part] == (0.0, math.inf)
    confined = Problem(
        (law,), problem.intervals | {whole: around(Fraction(9), ONE), part: around(Fraction(4), ONE)}
    )
    assert (1.0, 1.0) not in confined.box(polynomials).values()
