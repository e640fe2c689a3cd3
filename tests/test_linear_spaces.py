"""Linear spaces cut by intervals: every answer is that of an independent exact solver, open and missing ends included.

Rows say `sum(a_i x_i) = 0`, of products of powers of two the same of exponents, so that one solver knows both.
"""

from __future__ import annotations

import math
import random
from fractions import Fraction
from functools import reduce
from typing import TYPE_CHECKING

import pytest
import z3
from hypothesis import given, settings
from hypothesis import strategies as st

from oracle import confine, real
from plantrack.numbers.interval import ANY, POSITIVE, Interval, logarithm
from plantrack.solver.constraints import Constraint, variables_of
from plantrack.solver.elementary import elementary_vectors, reduced, without
from plantrack.solver.extremes import implied_range
from plantrack.solver.linear import decide_linearly
from plantrack.solver.problem import Problem
from plantrack.solver.projection import implied_by, projected
from plantrack.solver.simplex import Kind, broken_row, ends_of, feasible_point
from plantrack.solver.variables import ONE, Variable

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

seeds = st.integers(0, 10**9)
kinds = st.sampled_from(["sum", "product"])
Row = dict[str, int]
Box = dict[str, Interval]
NAMES = "abcde"


def some_rows(dice: random.Random) -> list[Row]:
    chosen = [dice.sample(NAMES, dice.randint(2, 4)) for _ in range(dice.randint(1, 4))]
    return [{name: dice.choice((-2, -1, 1, 1, 3)) for name in names} for names in chosen]


def some_box(dice: random.Random) -> Box:
    """Small whole ends, each open, closed or missing; points among them."""
    box = {}
    for name in NAMES:
        low = dice.randint(-3, 2)
        high = low + dice.randint(0, 3)
        ends = [None if dice.random() < MISSING else Fraction(end) for end in (low, high)]
        closed = [end is not None and (low == high or dice.random() < CLOSED) for end in ends]
        box[name] = Interval(*ends, low_closed=closed[0], high_closed=closed[1])
    return box


MISSING, CLOSED = 0.2, 0.6


def is_possible(rows: Iterable[Row], box: Mapping[str, Interval]) -> bool:
    """Whether the solver finds numbers in all intervals that obey all rows."""
    solver = z3.Solver()
    numbers = {name: z3.Real(name) for name in box}
    for name, interval in box.items():
        confine(solver, numbers[name], interval)
    for row in rows:
        solver.add(z3.Sum([times * numbers[name] for name, times in row.items()]) == 0)
    answer = solver.check()
    assert answer != z3.unknown
    return bool(answer == z3.sat)


def powers_of_two(interval: Interval) -> Interval:
    """The numbers whose logarithms to the base 2 lie in an interval of whole ends."""
    low, high = (None if end is None else Fraction(2) ** int(end) for end in (interval.low, interval.high))
    return Interval(
        Fraction(0) if low is None else low,
        high,
        low_closed=interval.low_closed,
        high_closed=interval.high_closed,
    )


def of_kind(kind: Kind, box: Box) -> Box:
    return box if kind == "sum" else {name: powers_of_two(each) for name, each in box.items()}


# -- vectors -------------------------------------------------------------------------------------


@given(seeds, kinds)
@settings(max_examples=80)
def test_a_row_is_broken_if_and_only_if_no_numbers_obey_all_and_it_is_broken_alone(
    seed: int, kind: Kind
) -> None:
    dice = random.Random(seed)
    rows, box = some_rows(dice), some_box(dice)
    ends = {name: ends_of(each, kind) for name, each in of_kind(kind, box).items()}
    row, is_final = broken_row(reduced(rows), ends, kind)
    assert is_final
    assert (row is None) == is_possible(rows, box)
    assert row is None or not is_possible([row], box)


@given(seeds)
@settings(max_examples=80)
def test_intervals_are_met_if_and_only_if_they_are_for_each_elementary_vector(seed: int) -> None:
    """Rockafellar, Theorem 22.6; those in which endless variables pull apart are not needed."""
    dice = random.Random(seed)
    rows, box = some_rows(dice), some_box(dice)
    endless = {
        name: 1 if each.high is None else -1
        for name, each in box.items()
        if (each.low is None) != (each.high is None)
    }
    for one_sided in (None, endless):
        vectors = elementary_vectors(rows, one_sided)
        sums = [
            reduce(Interval.plus, (box[name].scaled(Fraction(times)) for name, times in row.items()))
            for row in vectors
        ]
        assert all(each.contains(Fraction(0)) for each in sums) == is_possible(rows, box)


@given(seeds)
@settings(max_examples=80)
def test_rows_without_some_variables_say_what_all_rows_say_of_the_others(seed: int) -> None:
    """The left out ones without ends: whatever the others are there, those left out can be chosen."""
    dice = random.Random(seed)
    basis = list(reduced(some_rows(dice)).values())
    box = some_box(dice)
    latent = dice.sample(NAMES, 2)
    left = without(basis, latent)
    assert not {name for row in left for name in row}.intersection(latent)
    others = {name: Interval.point(each.low or each.high or Fraction(0)) for name, each in box.items()}
    others |= dict.fromkeys(latent, ANY)
    assert is_possible(left, others) == is_possible(basis, others)


# -- ranges --------------------------------------------------------------------------------------


@given(seeds, kinds)
@settings(max_examples=80)
def test_a_value_lies_in_the_range_of_a_variable_if_and_only_if_others_can_be_found_for_it(
    seed: int, kind: Kind
) -> None:
    dice = random.Random(seed)
    rows, box = some_rows(dice), some_box(dice)
    basis = reduced(rows)
    name = next(iter(basis))
    ends = {each: ends_of(interval, kind) for each, interval in of_kind(kind, box).items()}
    found = implied_range(basis, ends, kind, name)
    assert (found is not None) == is_possible(rows, box | {name: ANY})
    for value in around_ends(found, kind):
        is_reached = is_possible(rows, box | {name: Interval.point(value)})
        assert (found is not None and found.contains(of(value, kind))) == is_reached


def around_ends(interval: Interval | None, kind: Kind) -> list[Fraction]:
    """Both ends, or the whole exponents next to them, and what lies a little below and above; zero without ends."""
    ends = [] if interval is None else [each for each in (interval.low, interval.high) if each]
    if kind == "sum":
        return [end + Fraction(off, 9) for end in ends or [Fraction(0)] for off in (-1, 0, 1)]
    return [
        Fraction(round(logarithm(end) / math.log(2)) + off) for end in ends or [ONE] for off in (-1, 0, 1)
    ]


def of(value: Fraction, kind: Kind) -> Fraction:
    return value if kind == "sum" else Fraction(2) ** int(value)


def test_the_tightest_of_several_bounds_is_the_end_and_whether_it_belongs() -> None:
    """`c = a <= 3` and `2 c = 3 e + b`: with b below 0 and e up to 2, c is below 3, and with e up to 1 below 3/2."""
    basis = reduced([{"a": 1, "c": -1}, {"c": 2, "e": -3, "b": -1}])
    box = {
        "a": ANY,
        "b": Interval(Fraction(-1), Fraction(0), low_closed=True, high_closed=False),
        "c": Interval(Fraction(0), Fraction(3), low_closed=False, high_closed=True),
    }
    for most, end in ((2, Fraction(3)), (1, Fraction(3, 2))):
        every = box | {"e": Interval(Fraction(0), Fraction(most), low_closed=True, high_closed=True)}
        found = implied_range(basis, {name: ends_of(each, "sum") for name, each in every.items()}, "sum", "a")
        assert found is not None
        assert (found.high, found.high_closed) == (end, False)


@given(seeds, kinds)
@settings(max_examples=80)
def test_a_point_is_found_where_there_is_one(seed: int, kind: Kind) -> None:
    dice = random.Random(seed)
    rows, box = some_rows(dice), some_box(dice)
    closed = {name: each.closure() for name, each in box.items()}
    ends = {name: ends_of(each, kind) for name, each in of_kind(kind, closed).items()}
    assert (feasible_point(reduced(rows), ends, kind) is not None) == is_possible(rows, closed)


# -- constraints ---------------------------------------------------------------------------------


def variable(name: str) -> Variable:
    return Variable("level", name, "here", ("2020",))


def constraints_of(kind: Kind, rows: Iterable[Row], constant: int) -> tuple[Constraint, ...]:
    """The rows as constraints, the first with a constant: of products its power of two."""
    made = []
    for number, row in enumerate(rows):
        of_first = 0 if number else constant
        terms = tuple((variable(name), Fraction(times)) for name, times in row.items())
        made.append(Constraint(kind, terms, Fraction(of_first) if kind == "sum" else Fraction(2) ** of_first))
    return tuple(made)


def rows_of(constraints: Iterable[Constraint], kind: Kind) -> list[Row]:
    """What constraints say, of products their exponents, with the constant as a variable that is one."""
    found = []
    for each in constraints:
        scale = 60  # no denominator of these small rows has another factor
        constant = each.constant if kind == "sum" else Fraction(exponent(each.constant))
        row = {each.indicator: int(times * scale) for each, times in each.terms}
        found.append(row | ({"one": -int(constant * scale)} if constant else {}))
    return found


def exponent(power: Fraction) -> int:
    """n of 2 ** n."""
    return power.numerator.bit_length() - power.denominator.bit_length()


@given(seeds, kinds, st.integers(-2, 2))
@settings(max_examples=80)
def test_what_is_left_of_a_problem_can_be_obeyed_if_and_only_if_all_of_it_can(
    seed: int, kind: Kind, constant: int
) -> None:
    dice = random.Random(seed)
    rows, box = some_rows(dice), some_box(dice)
    constraints = constraints_of(kind, rows, constant)
    one = {"one": Interval.point(ONE)}
    intervals = of_kind(kind, box)
    problem = Problem(constraints, {each: intervals[each.indicator] for each in variables_of(constraints)})
    left = projected(problem)
    wanted = is_possible(rows_of(constraints, kind), box | one)
    if left is None:
        assert not wanted
        return
    assert all(each in left.intervals for each in variables_of(left.constraints))
    kept = {each.indicator: interval for each, interval in left.intervals.items()}
    if kind == "product":
        kept = {name: exponents_of(interval) for name, interval in kept.items()}
    assert is_possible(rows_of(left.constraints, kind), kept | one) == wanted


def exponents_of(interval: Interval) -> Interval:
    """The logarithms to the base 2 of positive numbers between powers of two."""
    return Interval(
        Fraction(exponent(interval.low)) if interval.low else None,
        None if interval.high is None else Fraction(exponent(interval.high)),
        low_closed=bool(interval.low) and interval.low_closed,
        high_closed=interval.high_closed,
    )


@given(seeds, kinds, st.integers(-2, 2))
@settings(max_examples=80)
def test_a_constraint_leaves_for_one_variable_what_the_others_can_be_chosen_for(
    seed: int, kind: Kind, constant: int
) -> None:
    dice = random.Random(seed)
    (constraint,) = constraints_of(kind, some_rows(dice)[:1], constant)
    box = some_box(dice)
    known = {variable(name): each for name, each in of_kind(kind, box).items()}
    asked, power = dice.choice(constraint.terms)
    found = implied_by(constraint, asked, known)
    assert (found is None) == (kind == "product" and abs(power) != 1)
    rows = rows_of([constraint], kind)
    for value in around_ends(found, kind):
        is_reached = is_possible(
            rows, box | {asked.indicator: Interval.point(value), "one": Interval.point(ONE)}
        )
        assert found is None or found.contains(of(value, kind)) == is_reached


def test_of_a_constraint_nothing_is_left_where_another_variable_is_unknown_or_may_be_zero() -> None:
    a, b, c = (variable(each) for each in "abc")
    total = Constraint("sum", ((a, ONE), (b, ONE), (c, -ONE)), Fraction(0))
    product = Constraint("product", ((a, ONE), (b, ONE), (c, -ONE)), ONE)
    assert implied_by(total, a, {b: POSITIVE}) is None
    assert implied_by(product, a, {b: POSITIVE, c: Interval.at_least(Fraction(0))}) is None
    root = Constraint("product", ((a, ONE), (b, Fraction(1, 2))), ONE)
    assert implied_by(root, a, {b: POSITIVE}) is None
    assert implied_by(Constraint("sum", ((a, ONE),), ONE), a, {}) is None


# -- products between bounds as sums -------------------------------------------------------------


def nonlinear(constraints: Iterable[Constraint], intervals: Mapping[Variable, Interval]) -> bool:
    """Whether the solver finds numbers for sums and products together."""
    solver = z3.Solver()
    numbers = {each: z3.Real(each.indicator) for each in intervals}
    for each, interval in intervals.items():
        confine(solver, numbers[each], interval)
    for constraint in constraints:
        if constraint.kind == "sum":
            solver.add(
                z3.Sum([real(times) * numbers[each] for each, times in constraint.terms])
                == real(constraint.constant)
            )
        else:
            sides = {True: real(ONE), False: real(constraint.constant)}
            for each, power in constraint.terms:
                sides[power > 0] = sides[power > 0] * numbers[each]
            solver.add(sides[True] == sides[False])
    answer = solver.check()
    assert answer != z3.unknown
    return bool(answer == z3.sat)


@given(seeds)
@settings(max_examples=80)
def test_ratios_between_bounds_and_sums_are_decided_as_the_solver_decides_them(seed: int) -> None:
    """`k u = v` with `k` in nothing else is `low u <= v <= high u`: exact; with `k` in two products a relaxation."""
    dice = random.Random(seed)
    u, v, w, k, m = (variable(each) for each in "uvwkm")
    second = k if dice.random() < MISSING else m
    constraints = [
        Constraint("product", ((k, ONE), (u, ONE), (v, -ONE)), Fraction(dice.choice((1, 1, 2)))),
        Constraint("product", ((second, ONE), (v, ONE), (w, -ONE)), ONE),
        Constraint("sum", ((u, ONE), (v, ONE), (w, -ONE)), Fraction(dice.randint(-2, 2))),
    ]
    intervals = {each: some_positive(dice) for each in (u, v, w, k, m)}
    wanted = nonlinear(constraints, intervals)
    for exactly in (False, True):
        found = decide_linearly(constraints, intervals, exactly=exactly)
        assert found in ({"consistent", None} if wanted else {"contradictory", None})
        if second is m:
            assert found is not None
        elif exactly:
            assert found is None


def some_positive(dice: random.Random) -> Interval:
    low = Fraction(dice.randint(1, 6), 2)
    if dice.random() < MISSING:
        return Interval.point(low)
    high = low + Fraction(dice.randint(1, 4), 2)
    return Interval(low, high, low_closed=dice.random() < CLOSED, high_closed=dice.random() < CLOSED)


@pytest.mark.parametrize("closed", [True, False])
def test_a_ratio_without_an_upper_end_still_has_its_lower_one(closed: bool) -> None:
    """`v = k u` with `k` from 2 on: `v = 2 u` if the end belongs, and never `v = u`."""
    u, v, k = (variable(each) for each in "uvk")
    product = Constraint("product", ((k, ONE), (u, ONE), (v, -ONE)), ONE)
    both = [product, Constraint("sum", ((u, Fraction(-2)), (v, ONE)), Fraction(0))]
    intervals = {
        u: POSITIVE,
        v: POSITIVE,
        k: Interval(Fraction(2), None, low_closed=closed, high_closed=False),
    }
    assert decide_linearly(both, intervals) in ({"consistent", None} if closed else {"contradictory", None})
    same = [product, Constraint("sum", ((u, -ONE), (v, ONE)), Fraction(0))]
    assert decide_linearly(same, intervals) in {"contradictory", None}


def test_a_product_of_roots_is_not_taken_for_a_sum() -> None:
    """`k^(1/2) m u = v` with u = 1: v from 1 to 2 times the root of 2, and not to 2 alone."""
    u, v = variable("u"), variable("v")
    k, m = (variable(each)._replace(kind="ratio") for each in "km")
    root = Constraint("product", ((k, Fraction(1, 2)), (m, ONE), (u, ONE), (v, -ONE)), ONE)
    wide = Interval(ONE, Fraction(2), low_closed=True, high_closed=True)
    known = {k: wide, m: wide, u: Interval.point(ONE), v: Interval.point(Fraction(5, 2))}
    for exactly in (False, True):
        assert decide_linearly([root], known, exactly=exactly) is None
    whole = Constraint("product", ((k, ONE), *root.terms[1:]), ONE)
    assert decide_linearly([whole], known, exactly=True) == "consistent"
    assert decide_linearly([whole], known | {v: Interval.point(Fraction(9, 2))}) == "contradictory"
