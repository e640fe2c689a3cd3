"""The simplex method where it must stop, and where floats are too short for what it compares."""

from __future__ import annotations

from fractions import Fraction

import pytest

from plantrack.numbers.interval import ANY, Interval
from plantrack.solver import simplex
from plantrack.solver.elementary import reduced
from plantrack.solver.simplex import broken_row, ends_of, feasible_point

BASIS = reduced([{"a": 1, "b": -1}, {"b": 1, "c": -1}])
"""`a = b = c`."""


def at(value: int, kind: simplex.Kind = "sum") -> simplex.Ends:
    return ends_of(Interval.point(Fraction(value)), kind)


def test_every_exchange_is_paid_by_the_number_of_variables_and_without_pay_nothing_is_final() -> None:
    """Three steps a variable: one exchange for each of two rows, and a look at the end."""
    ends = {"a": at(2), "b": ends_of(ANY, "sum"), "c": ends_of(ANY, "sum")}
    asked: list[float] = []
    assert broken_row(BASIS, ends, "sum", lambda steps: not asked.append(steps)) == (None, True)
    assert asked
    assert set(asked) == {9}
    for paid in range(len(asked)):
        left = iter([True] * paid)
        assert broken_row(BASIS, ends, "sum", lambda _, left=left: next(left, False)) == (None, False)


def test_after_the_last_exchange_that_is_made_nothing_is_final(monkeypatch: pytest.MonkeyPatch) -> None:
    ends = {"a": at(2), "b": at(2), "c": at(2)}
    assert broken_row(BASIS, ends, "sum") == (None, True)
    monkeypatch.setattr(simplex, "MAX_EXCHANGES", 0)
    assert broken_row(BASIS, ends, "sum") == (None, False)
    assert feasible_point(BASIS, ends, "sum") is None


@pytest.mark.parametrize(("bits", "is_final"), [(2500, True), (2501, False)])
def test_products_as_close_as_floats_tell_are_compared_up_to_ten_thousand_bits(
    bits: int, is_final: bool
) -> None:
    """`a b = c^2`, each a power of two: numerator and denominator of c count twice."""
    ends = dict.fromkeys("abc", at(2 ** (bits - 2), "product"))
    assert broken_row(reduced([{"a": 1, "b": 1, "c": -2}]), ends, "product") == (None, is_final)


@pytest.mark.parametrize("off", [-1, 0, 1])
def test_coefficients_that_no_float_holds_are_compared_exactly(off: int) -> None:
    """`10^400 a = b`."""
    basis = reduced([{"a": 10**400, "b": -1}])
    ends = {"a": at(1), "b": at(10**400 + off)}
    row, is_final = broken_row(basis, ends, "sum")
    assert ((row is None), is_final) == (off == 0, True)
    assert feasible_point(basis, ends, "sum") is None


@pytest.mark.parametrize(("kind", "neutral"), [("sum", 0), ("product", 1)])
def test_without_ends_a_variable_stands_where_it_changes_nothing(kind: simplex.Kind, neutral: int) -> None:
    """`b = a`, b at the neutral number: obeyed as the variables stand, without an exchange."""
    ends = {"a": ends_of(None, kind), "b": at(neutral, kind)}
    left = iter([True])
    basis = reduced([{"b": 1, "a": -1}])
    assert broken_row(basis, ends, kind, lambda _: next(left, False)) == (None, True)
    assert feasible_point(basis, ends, kind) == {"a": neutral, "b": neutral}


@pytest.mark.parametrize("kind", ["sum", "product"])
def test_what_floats_cannot_tell_from_zero_is_told_exactly(kind: simplex.Kind) -> None:
    """`a + b = c`, or `a b = c`, of numbers whose floats are off; and c off by less than floats tell."""
    row = {"a": 1, "b": 1, "c": -1}
    for number in range(1, 30):
        a, b = Fraction(10**16 + number, 3), Fraction(number, 7)
        c = a + b if kind == "sum" else a * b
        for off in (Fraction(-1, 10**9), Fraction(0), Fraction(1, 10**9)):
            values = {"a": a, "b": b, "c": c + off}
            ends = {name: ends_of(Interval.point(each), kind) for name, each in values.items()}
            assert broken_row({"a": row}, ends, kind) == (row if off else None, True)
