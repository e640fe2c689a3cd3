"""What the steps of an explanation come to."""

from fractions import Fraction

import pytest

from plantrack.audit.arithmetic import computed, number, solved
from plantrack.solver.constraints import Constraint
from plantrack.solver.variables import Variable

X, Y = (Variable("level", name, "zhaoqing", ("2025",)) for name in ("loans", "deposits"))


@pytest.mark.parametrize(
    ("kind", "own", "other", "constant", "left"),
    [
        ("sum", 1, 1, 10, 6),
        ("sum", 2, 1, 10, 3),
        ("sum", -2, 1, 10, -3),
        ("sum", 3, -2, 1, 3),
        ("product", 1, 1, 10, Fraction(5, 2)),
        ("product", -1, 1, 10, Fraction(2, 5)),
        ("product", 1, -2, 10, 160),
        ("product", 2, 1, 16, None),
    ],
)
def test_what_a_constraint_leaves_for_one_of_its_variables(
    kind: str, own: int, other: int, constant: int, left: Fraction | None
) -> None:
    """x where a x + b y = c, or x^a y^b = c, and y = 4; of a square nothing is told."""
    constraint = Constraint(kind, ((X, Fraction(own)), (Y, Fraction(other))), Fraction(constant))
    value = solved(constraint, X, {Y: number(Fraction(4), Y)})
    assert (value and value.nominal) == left


@pytest.mark.parametrize(("power", "times"), [(Fraction(1, 2), 1), (1, Fraction(1, 2))])
def test_no_root_is_told_as_a_step(power: Fraction, times: Fraction) -> None:
    parts = [(number(Fraction(4), X), Fraction(power))]
    assert computed("product", parts, Fraction(1), Fraction(times), Y) is None
    assert computed("sum", parts, Fraction(1), Fraction(times), Y) is not None
