"""What presolve takes for granted of a printed number."""

from fractions import Fraction
from types import SimpleNamespace

import pytest

from plantrack.audit.free_rows import Confined
from plantrack.numbers.interval import Interval
from plantrack.solver.variables import Variable

CHANGE = Variable("difference", "loans", "zhaoqing", ("2020", "2025"))


def between(low: int | None, high: int | None) -> Interval:
    ends = [None if each is None else Fraction(each) for each in (low, high)]
    return Interval(*ends, *(each is not None for each in ends))


@pytest.mark.parametrize(
    ("printed", "sign", "is_above_zero", "is_half_line"),
    [
        ([(1, 3)], 1, True, False),
        ([(0, 3)], 1, False, False),
        ([(-3, 0)], -1, False, False),
        ([(-1, 3)], 0, False, False),
        ([(0, None)], 1, False, True),
        ([(None, 0)], -1, False, True),
        ([(1, None)], 1, True, False),
        ([(1, 3), (2, 4)], 1, True, False),
        ([(0, 3), (2, 4)], 1, False, False),
        ([(-3, -1), (-4, 0)], -1, False, False),
        ([(1, 3), (-1, 3)], 0, False, False),
        ([(1, 3), (-3, -1)], 0, False, False),
        ([(0, None), (None, 0)], 0, False, True),
        ([(0, None), (0, 3)], 1, False, False),
    ],
)
def test_what_all_prints_of_a_change_say_of_its_sign(
    printed: list[tuple[int | None, int | None]], sign: int, is_above_zero: bool, is_half_line: bool
) -> None:
    bounds = [SimpleNamespace(interval=between(*each)) for each in printed]
    facts = Confined({CHANGE: bounds}, lambda _: (), {CHANGE: None})[CHANGE]
    assert (facts.sign, facts.is_above_zero, facts.is_half_line) == (sign, is_above_zero, is_half_line)
