"""Boxes of floats and polynomials: guesses are what their definition says, and no proof loses a solution."""

from __future__ import annotations

import math
import random
from collections import Counter
from fractions import Fraction
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from plantrack.numbers.interval import POSITIVE, Interval
from plantrack.solver.centre import farthest
from plantrack.solver.constraints import Constraint
from plantrack.solver.feasibility import decide, excludes
from plantrack.solver.linearization import LinearizedBox
from plantrack.solver.problem import Problem
from plantrack.solver.propagation import (
    Box,
    Pair,
    Polynomial,
    contracted,
    down,
    enclosed,
    lowered,
    polynomials_of,
    raised,
    sums_without,
    up,
)
from plantrack.solver.ranges import distance_out, likely_range
from plantrack.solver.terms import Terms
from plantrack.solver.variables import ONE, Variable
from plantrack.solver.witness import witness

if TYPE_CHECKING:
    from collections.abc import Mapping

seeds = st.integers(0, 10**9)
Numbers = dict[Variable, Fraction]


def variable(name: str) -> Variable:
    return Variable("level", name, "here", ("2020",))


NAMES = [variable(name) for name in "uvwxyz"]


def some_polynomial(dice: random.Random) -> Polynomial:
    """A few terms of up to three factors, a variable twice among them."""
    return Polynomial.of(
        *(
            (Fraction(dice.choice((-3, -1, 1, 2)), dice.choice((1, 2))), tuple(dice.choices(NAMES, k=count)))
            for count in dice.choices((0, 1, 1, 2, 2, 3), k=dice.randint(1, 4))
        )
    )


def value_of(polynomial: Polynomial, values: Mapping[Variable, Fraction]) -> Fraction:
    return sum(
        (number * math.prod(values[each] for each in monomial) for number, monomial in polynomial.terms),
        start=Fraction(0),
    )


def slope_of(polynomial: Polynomial, by: Variable, values: Mapping[Variable, Fraction]) -> Fraction:
    """The derivative: of `c x^n y`, `c n x^(n - 1) y`."""
    total = Fraction(0)
    for number, monomial in polynomial.terms:
        powers = Counter(monomial)
        if times := powers[by]:
            powers[by] -= 1
            total += number * times * math.prod(values[each] ** power for each, power in powers.items())
    return total


@given(seeds)
def test_polynomials_and_their_slopes_are_those_of_the_definition(seed: int) -> None:
    """Some of the variables fixed, as those are that cannot move."""
    dice = random.Random(seed)
    polynomials = [some_polynomial(dice) for _ in range(dice.randint(1, 3))]
    values = {each: Fraction(dice.randint(-6, 6), 2) for each in NAMES}
    free = NAMES[: dice.randint(1, len(NAMES))]
    terms = Terms.of(polynomials, free, {each: float(value) for each, value in values.items()})
    amounts, slopes = terms.at(np.array([float(values[each]) for each in free]))
    assert amounts.tolist() == [float(value_of(each, values)) for each in polynomials]
    assert slopes.tolist() == [[float(slope_of(each, by, values)) for by in free] for each in polynomials]


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_the_next_floats_enclose_a_float_and_nothing_lies_between(value: float) -> None:
    assert down(value) < value < up(value)
    assert down(up(value)) == value == up(down(value))


# -- constraints as polynomials --------------------------------------------------------------------


@given(seeds)
def test_a_constraint_and_its_polynomial_are_obeyed_by_the_same_numbers(seed: int) -> None:
    """`prod x^a = c` without division: powers above zero on one side, the others with the constant on the other."""
    dice = random.Random(seed)
    values = {each: Fraction(dice.randint(1, 6), dice.randint(1, 3)) for each in NAMES}
    chosen = dice.sample(NAMES, dice.randint(1, 4))
    for kind in ("sum", "product"):
        terms = tuple((each, Fraction(dice.choice((-2, -1, 1, 2)))) for each in chosen)
        parts = [
            values[each] * times if kind == "sum" else values[each] ** int(times) for each, times in terms
        ]
        total = sum(parts, Fraction(0)) if kind == "sum" else math.prod(parts, start=ONE)
        (true,) = polynomials_of([Constraint(kind, terms, total)])
        (false,) = polynomials_of([Constraint(kind, terms, total + ONE)])
        assert value_of(true, values) == 0 != value_of(false, values)


@given(seeds)
def test_sums_without_some_variables_hold_where_the_sums_do(seed: int) -> None:
    dice = random.Random(seed)
    values = {each: Fraction(dice.randint(-9, 9)) for each in NAMES}
    sums = []
    for _ in range(dice.randint(2, 4)):
        terms = tuple((each, Fraction(dice.choice((-2, -1, 1)))) for each in dice.sample(NAMES, 3))
        sums.append(Constraint("sum", terms, sum((values[each] * by for each, by in terms), Fraction(0))))
    product = Constraint("product", ((NAMES[0], ONE), (NAMES[1], ONE)), ONE)
    left_out = dice.sample(NAMES, 2)
    for found in sums_without([*sums, product], left_out):
        assert value_of(found, values) == 0
        assert not set(found.variables).intersection(left_out)


# -- boxes -----------------------------------------------------------------------------------------


def some_solution(dice: random.Random) -> tuple[list[Polynomial], Numbers, Box]:
    """Polynomials, numbers that make all of them zero, and a box around these, some of its ends missing."""
    values = {each: Fraction(dice.randint(-8, 8), 2) for each in NAMES}
    polynomials = []
    for _ in range(dice.randint(1, 4)):
        made = some_polynomial(dice)
        polynomials.append(Polynomial.of(*made.terms, (-value_of(made, values), ())))
    box = {}
    for each, value in values.items():
        low, high = (Fraction(dice.randint(0, 6), 4) for _ in range(2))
        box[each] = (
            -math.inf if dice.random() < MISSING else float(value - low),
            math.inf if dice.random() < MISSING else float(value + high),
        )
    return polynomials, values, box


MISSING = 0.1


@given(seeds)
@settings(max_examples=300)
def test_a_contraction_keeps_every_solution_and_widens_nothing(seed: int) -> None:
    polynomials, values, box = some_solution(random.Random(seed))
    found = contracted(polynomials, box)
    assert found is not None
    for each, (low, high) in found.items():
        assert box[each][0] <= low <= values[each] <= high <= box[each][1]


def zero(*terms: tuple[float, str]) -> Polynomial:
    """Multiples of products of u, v and w that together are zero: `(2, "uv")` is `2 u v`."""
    named = {each.indicator: each for each in NAMES}
    return Polynomial.of(*((Fraction(times), tuple(named[name] for name in names)) for times, names in terms))


@pytest.mark.parametrize(
    ("pairs", "confined", "sizes"),
    [("uv vw", "", 1), ("uv vw wu", "", 1), ("uv wx", "", 2), ("uv vw wu", "w", 0), ("uv wx", "x", 1)],
)
def test_a_size_that_nothing_confines_is_taken_as_one(pairs: str, confined: str, sizes: int) -> None:
    """Each pair of variables is equal, all above zero: one of a group is one, unless one of them is confined."""
    named = {each.indicator: each for each in NAMES}
    laws = tuple(
        Constraint("sum", ((named[one], ONE), (named[other], -ONE)), Fraction(0))
        for one, other in pairs.split()
    )
    known = {named[name]: between(2, 3) if name in confined else POSITIVE for name in set(pairs) - {" "}}
    problem = Problem(laws, known)
    assert list(problem.box(problem.polynomials()).values()).count((1.0, 1.0)) == sizes


ENDLESS = (-math.inf, math.inf)


@pytest.mark.parametrize(
    ("laws", "box", "expected"),
    [
        ([zero((1, "u"), (1, "v"), (-5, ""))], [(0, 10), (1, 2)], [(3, 4), (1, 2)]),
        ([zero((1, "uv"), (-6, ""))], [(1, 10), (2, 3)], [(2, 3), (2, 3)]),
        ([zero((1, "uv"), (6, ""))], [(-10, 10), (2, 3)], [(-3, -2), (2, 3)]),
        ([zero((1, "uv"), (1, "u"), (-12, ""))], [(0, 100), (2, 3)], [(3, 4), (2, 3)]),
        ([zero((1, "uv"), (-1, "u"), (-12, ""))], [(0, 100), (4, 7)], [(2, 4), (4, 7)]),
        ([zero((1, "uv"), (-6, ""))], [(-9, 9), (-1, 1)], [(-9, 9), (-1, 1)]),  # v may be zero
        ([zero((1, "uu"), (-4, ""))], [(0, 9), (0, 1)], [(0, 9), (0, 1)]),  # squares are left
        ([zero((1, "uv"), (-6, ""))], [ENDLESS, (2, math.inf)], [(0, 3), (2, math.inf)]),
        ([zero((1, "u"), (-1, "v"))], [(0, math.inf), (-math.inf, 7)], [(0, 7), (0, 7)]),
        ([zero((1, "u"), (-1, "v")), zero((1, "v"), (-1, "w"))], [ENDLESS, ENDLESS, (1, 2)], [(1, 2)] * 3),
        ([zero((1, "u"), (-1, "v")), zero((1, "v"), (-1, "w"))], [(0, 9), (0, 9), (1, 2)], [(1, 2)] * 3),
        ([zero((1, "u"), (1, "v"), (-2, ""))], [(0, 1), (0, 1)], [(1, 1), (1, 1)]),
        ([zero((1, "u"), (1, "v"), (-2.5, ""))], [(0, 1), (0, 1)], None),
    ],
)
def test_a_contraction_leaves_what_a_constraint_leaves_of_each_variable(
    laws: list[Polynomial], box: list[Pair], expected: list[Pair] | None
) -> None:
    found = contracted(laws, dict(zip(NAMES, box, strict=False)))
    assert (found is None) == (expected is None)
    for have, want in zip((found or {}).values(), expected or [], strict=True):
        assert have == pytest.approx(want, abs=1e-9)


@pytest.mark.parametrize("end", [10, 11])
@pytest.mark.parametrize(("part", "is_asked_again"), [(97, False), (90, True)])
def test_what_shrinks_by_less_than_a_twentieth_wakes_no_other_constraint(
    part: int, is_asked_again: bool, end: int
) -> None:
    """`u - end = part (v - end)` in hundredths, and `u = v`: both are at the end, but each round takes a part alone."""
    laws = [
        zero((100, "u"), (-part, "v"), (-end * (100 - part), "")),
        zero((1, "u"), (-1, "v")),
    ]
    found = contracted(laws, dict.fromkeys(NAMES[:2], (10.0, 11.0)))
    assert found is not None
    low, high = found[NAMES[1]]
    assert high - low == pytest.approx(part / 100) if not is_asked_again else high - low < 0.7


@given(seeds)
@settings(max_examples=300)
def test_no_dual_values_prove_a_box_empty_that_holds_a_solution(seed: int) -> None:
    """Whatever the dual values are, and about whatever point: it is a proof."""
    dice = random.Random(seed)
    polynomials, _, box = some_solution(dice)
    view = LinearizedBox.of(polynomials, box)
    centre = view.middle_centre._replace(
        point=np.array([dice.uniform(-1, 1) for _ in view.variables]),
        duals=np.array([dice.choice((0.0, dice.gauss(0, 1))) for _ in polynomials]),
    )
    assert not excludes(view, centre)


@given(seeds)
def test_a_point_in_half_widths_has_a_value_and_room_to_the_nearer_end(seed: int) -> None:
    dice = random.Random(seed)
    polynomials, _, box = some_solution(dice)
    view = LinearizedBox.of(polynomials, box)
    point = np.array([dice.uniform(-1.5, 1.5) for _ in view.variables])
    values, room = view.values(point), view.room(point)
    for each, at in zip(view.variables, point, strict=True):
        low, high = box[each]
        if math.isfinite(low) and math.isfinite(high):
            assert values[each] == pytest.approx((low + high) / 2 + at * (high - low) / 2)
        half = float(view.half[view.variables.index(each)])
        ways = [way if math.isfinite(way) else half for way in (values[each] - low, high - values[each])]
        assert room[each] == pytest.approx(max(0, min(ways)), abs=1e-12)
    for each in set(NAMES).difference(view.variables):
        assert values[each] == sum(box[each]) / 2


def test_what_cannot_move_is_not_among_the_variables_that_can() -> None:
    x, y, z = NAMES[:3]
    equal = Polynomial.of((ONE, (x,)), (-ONE, (y,)))
    view = LinearizedBox.of([equal], {x: (2.0, 2.0), y: (1.0, 3.0), z: (-math.inf, math.inf)})
    assert view.variables == (y, z)
    assert (view.has_low.tolist(), view.has_high.tolist()) == ([True, False], [True, False])
    assert view.values(np.zeros(2)) == {x: 2.0, y: 2.0, z: 0.0}


@given(seeds)
def test_a_point_that_is_found_near_the_middle_obeys_all_and_lies_inside(seed: int) -> None:
    polynomials, _, box = some_solution(random.Random(seed))
    view = LinearizedBox.of(polynomials, box)
    point = view.nearest()
    if point is None:
        return
    values = {each: Fraction(value) for each, value in view.values(point).items()}
    for each in view.variables:
        assert box[each][0] <= values[each] <= box[each][1]
    changes = [
        sum(abs(slope_of(each, by, values)) * Fraction(view.half[at]) for at, by in enumerate(view.variables))
        for each in polynomials
    ]
    for polynomial, change in zip(polynomials, changes, strict=True):
        assert not change or abs(value_of(polynomial, values)) <= change * Fraction(1, 10**8)


# -- where solutions lie ---------------------------------------------------------------------------


def between(low: object, high: object) -> Interval:
    return Interval(Fraction(str(low)), Fraction(str(high)), low_closed=True, high_closed=True)


@pytest.mark.parametrize(("total", "is_inside"), [("4", True), ("3.5", True), ("1.5", False), ("8", False)])
def test_the_distance_from_a_box_is_below_zero_inside_alone(total: str, is_inside: bool) -> None:
    """`x + y = s` and `x - y = 0` with x and y from 1 to 3: both are `s / 2`; `x y = 1` beside them is none inside."""
    x, y = NAMES[:2]
    equal = Constraint("sum", ((x, ONE), (y, -ONE)), Fraction(0))
    free = Constraint("sum", ((x, ONE), (y, ONE)), Fraction(total))
    product = Constraint("product", ((x, ONE), (y, ONE)), Fraction(total) ** 2 / 4)
    intervals = {x: between(1, 3), y: between(1, 3)}
    assert (distance_out(Problem((equal, free, product), intervals)) < 0) == is_inside
    other = Constraint("product", ((x, ONE), (y, ONE)), Fraction(total) ** 2 / 4 + ONE)
    assert distance_out(Problem((equal, free, other), intervals)) > 0


@given(seeds)
@settings(max_examples=4)
def test_the_likely_range_of_a_share_is_that_of_its_part_over_the_whole(seed: int) -> None:
    """`share × whole = part`: from the least part over the greatest whole to the greatest over the least."""
    dice = random.Random(seed)
    share, whole, part = NAMES[:3]
    law = Constraint("product", ((share, ONE), (whole, ONE), (part, -ONE)), ONE)
    wholes, parts = (sorted(Fraction(dice.randint(100, 999)) for _ in range(2)) for _ in range(2))
    ends = {whole: wholes, part: parts}
    intervals = {
        each: Interval(low, high + 1, low_closed=True, high_closed=True) for each, (low, high) in ends.items()
    }
    found = likely_range(Problem((law,), {share: POSITIVE, **intervals}), share)
    low, high = parts[0] / (wholes[1] + 1), (parts[1] + 1) / wholes[0]
    assert found == (pytest.approx(float(low), rel=0.01), pytest.approx(float(high), rel=0.01))


@given(seeds)
@settings(max_examples=10)
def test_the_farthest_point_of_a_box_cut_by_an_equation_is_that_of_the_others_at_their_ends(
    seed: int,
) -> None:
    """`a z = b`: at most `(b + sum_i |a_i|) / a_0` for `z_0`, at least `(b - sum_i |a_i|) / a_0`; it has no ends."""
    dice = np.random.default_rng(seed)
    row, right = np.append(dice.uniform(0.1, 1), dice.uniform(-1, 1, 4)), dice.uniform(-1, 1)
    has_end = np.arange(row.size) > 0
    for sign in (-1, 1):
        towards = np.where(has_end, 0.0, sign)
        found = farthest(row[None], np.array([right]), has_end, has_end, towards)
        assert found[0] == pytest.approx((right + sign * np.abs(row[1:]).sum()) / row[0], rel=1e-6)
        assert row @ found == pytest.approx(right)


@pytest.mark.parametrize(("least", "greatest"), [(5, None), (None, 5), (None, None)])
def test_a_range_has_no_end_where_nothing_sets_one(least: int | None, greatest: int | None) -> None:
    """`x - y = 1`, y without an end on one side or both."""
    x, y = NAMES[:2]
    law = Constraint("sum", ((x, ONE), (y, -ONE)), ONE)
    ends = [None if each is None else Fraction(each) for each in (least, greatest)]
    bounds = Interval(*ends, low_closed=least is not None, high_closed=greatest is not None)
    low = -math.inf if least is None else pytest.approx(least + 1, rel=1e-3)
    high = math.inf if greatest is None else pytest.approx(greatest + 1, rel=1e-3)
    assert likely_range(Problem((law,), {x: None, y: bounds}), x) == (low, high)


def test_where_the_constraints_meet_outside_the_box_alone_no_range_is_likely() -> None:
    """`2 x + 3 y + z = -1` and `2 x + 2 y + z = -2`: y is 1 and `2 x + z = -4`, all from -1 to 1."""
    x, y, z = NAMES[:3]
    laws = (
        Constraint("sum", ((x, Fraction(2)), (y, Fraction(times)), (z, ONE)), Fraction(total))
        for times, total in ((3, -1), (2, -2))
    )
    assert likely_range(Problem(tuple(laws), dict.fromkeys((x, y, z), between(-1, 1))), x) is None


def test_a_share_of_a_whole_that_may_be_nearly_nothing_has_a_least_value() -> None:
    """`share × whole = part`: about any point a line falls below zero before the whole is at its greatest."""
    share, whole, part = NAMES[:3]
    law = Constraint("product", ((share, ONE), (whole, ONE), (part, -ONE)), ONE)
    intervals = {share: POSITIVE, whole: between(0, 200), part: between(69.5, 70.5)}
    assert likely_range(Problem((law,), intervals), share) == (pytest.approx(0.3475, rel=0.01), math.inf)


def test_no_range_is_likely_where_the_others_exclude_one_another_or_nothing_is_asked() -> None:
    share, whole, part = NAMES[:3]
    law = Constraint("product", ((share, ONE), (whole, ONE), (part, -ONE)), ONE)
    intervals = {share: between(9, 10), whole: between(1, 2), part: POSITIVE}
    problem = Problem((law,), intervals)
    assert likely_range(problem, variable("nowhere")) is None
    assert likely_range(problem, part) == (pytest.approx(9, rel=0.01), pytest.approx(20, rel=0.01))
    both = Constraint("sum", ((whole, ONE), (share, ONE)), Fraction(5))
    assert likely_range(Problem((law, both), intervals), part) is None


# -- witnesses -------------------------------------------------------------------------------------


@given(seeds)
@settings(max_examples=200)
def test_a_witness_obeys_every_constraint_exactly_and_lies_in_every_interval(seed: int) -> None:
    dice = random.Random(seed)
    polynomials, values, _ = some_solution(dice)
    intervals: dict[Variable, Interval | None] = {}
    for each, value in values.items():
        by = Fraction(dice.randint(1, 4), 4)
        intervals[each] = dice.choice((None, Interval.point(value), between(value - by, value + by)))
    near = {each: float(value) + dice.uniform(-1e-7, 1e-7) for each, value in values.items()}
    found = witness(polynomials, intervals, near, {each: dice.uniform(0, 1) for each in NAMES})
    if found is None:
        return
    assert all(value_of(each, found) == 0 for each in polynomials)
    for each, number in found.items():
        interval = intervals[each]
        assert interval is None or interval.contains(number)


@given(seeds)
@settings(max_examples=60)
def test_linear_constraints_with_room_have_a_witness_near_any_solution(seed: int) -> None:
    """Where every variable can move a little, exact numbers are always found; the point may be off by rounding."""
    dice = random.Random(seed)
    values = {each: Fraction(dice.randint(-90, 90), 7) for each in NAMES}
    sums = []
    for _ in range(dice.randint(1, 3)):
        terms = tuple((each, Fraction(dice.choice((-2, -1, 1, 3)))) for each in dice.sample(NAMES, 3))
        sums.append(Constraint("sum", terms, sum((values[each] * by for each, by in terms), Fraction(0))))
    polynomials = polynomials_of(sums)
    intervals = {each: between(value - 1, value + 1) for each, value in values.items()}
    near = {each: float(value) for each, value in values.items()}
    found = witness(polynomials, intervals, near, dict.fromkeys(NAMES, 1.0))
    assert found is not None
    assert all(value_of(each, found) == 0 for each in polynomials)
    assert all(abs(found[each] - value) < Fraction(1, 10**9) for each, value in values.items())


@pytest.mark.parametrize("endless", [math.inf, math.nan])
def test_numbers_that_floats_cannot_hold_are_no_witness(endless: float) -> None:
    x, y = NAMES[:2]
    equal = Polynomial.of((ONE, (x,)), (-ONE, (y,)))
    anywhere = {x: POSITIVE, y: POSITIVE}
    assert witness([equal], anywhere, {x: endless, y: 1.0}, {x: 1.0, y: 1.0}) is None
    assert witness([equal], anywhere, {x: 1.0, y: 1.0}, {x: 1.0, y: endless}) is None
    assert witness([equal], anywhere, {x: 1.0, y: 1.0}, {x: 1.0, y: 1.0}) == {x: 1, y: 1}


# -- decisions -------------------------------------------------------------------------------------


@given(seeds)
@settings(max_examples=60)
def test_ratio_and_change_of_a_span_are_decided_where_levels_are_printed(seed: int) -> None:
    """`end = ratio × start`, `end = start + change`: consistent around true values, contradictory far from them."""
    dice = random.Random(seed)
    start, ratio, change, end = NAMES[:4]
    first, by = Fraction(dice.randint(10, 500)), Fraction(dice.randint(101, 300), 100)
    true = {start: first, ratio: by, end: first * by, change: first * by - first}
    laws = (
        Constraint("product", ((start, ONE), (ratio, ONE), (end, -ONE)), ONE),
        Constraint("sum", ((start, ONE), (change, ONE), (end, -ONE)), Fraction(0)),
    )
    near = {
        each: between(value * Fraction(999, 1000), value * Fraction(1001, 1000))
        for each, value in true.items()
    }
    known = dice.sample(list(true), 3)
    (free,) = set(true).difference(known)
    assert decide(Problem(laws, near | {free: POSITIVE})) == "consistent"
    off = dice.choice(known)
    moved = near[off].scaled(Fraction(3))
    others = [each for each in (start, ratio, change, end) if each != off]
    assert decide(Problem(laws, near | {off: moved})) == "contradictory", others


@given(st.fractions(-(10**6), 10**6), st.fractions(0, 10**3))
def test_floats_around_an_interval_hold_all_of_it_and_no_more_than_needed(
    low: Fraction, more: Fraction
) -> None:
    found = enclosed(between(low, low + more))
    assert found == (lowered(low), raised(low + more))
    assert enclosed(None) == (-math.inf, math.inf)
    assert enclosed(Interval.at_least(low)) == (lowered(low), math.inf)
    assert enclosed(Interval.below(low)) == (-math.inf, raised(low))
