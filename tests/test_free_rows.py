"""What presolve takes for granted of a printed number."""

from fractions import Fraction
from types import SimpleNamespace

import pytest

from plantrack.audit import audit_plans
from plantrack.audit.free_rows import Confined
from plantrack.numbers.interval import Interval
from plantrack.reading import load_catalogue, read_plan
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


CHAIN = """plan: chain
title: {{zh: 例, en: Example}}
place: {{id: zhaoqing, zh: 肇庆市, en: Zhaoqing}}
base: 2020
target: 2025
sections: {{t: 表}}
own:
  a: {{zh: 甲, en: a, unit: 个, kind: stock, better: up}}
  b: {{zh: 乙, en: b, unit: 个, kind: stock, better: up}}
  c: {{zh: 丙, en: c, unit: 个, kind: stock, better: up}}
  d: {{zh: 丁, en: d, unit: 个, kind: stock, better: up}}
laws: [{laws}]
figures:
  a: [{{in: t, level: {{2025: {a}}}}}]
  d: [{{in: t, level: {{2025: {d}}}}}]
"""


@pytest.mark.parametrize(
    ("laws", "a", "d", "is_found"),
    [
        ("a >= b, b >= d", 10, 20, True),
        ("a >= b, b >= d", 20, 10, False),
        ("a >= b, b >= c, c >= d", 10, 20, True),
        ("a >= b, b >= c, c >= d", 20, 10, False),
        ("a >= b + c, b >= d", 10, 20, True),
        ("a >= b + c, b >= d", 20, 10, False),
        ("a >= b, d >= b", 10, 20, False),
        ("b >= a, b >= d", 10, 20, False),
        ("b >= a, d >= b", 20, 10, True),
        ("b = a + c, d >= b", 20, 10, True),
        ("b = a + c, d >= b", 10, 20, False),
    ],
)
def test_inequalities_lead_through_what_is_not_printed(laws: str, a: int, d: int, is_found: bool) -> None:
    """No row is free whose unprinted variable another bounds on the other side."""
    content = CHAIN.format(laws=laws, a=a, d=d).encode()
    plan = read_plan(content, "chain.yaml", load_catalogue()).require()
    found = [each for each in audit_plans([plan], load_catalogue()).findings if each.proof is not None]
    assert [set(each.figures) for each in found] == [{each.id for each in plan.figures}] * is_found
