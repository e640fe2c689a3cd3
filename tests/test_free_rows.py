"""What presolve takes for granted of a printed number."""

from fractions import Fraction
from types import SimpleNamespace

import pytest

from plantrack.audit import audit_plans
from plantrack.audit.free_rows import Confined, presolved, without_free_rows
from plantrack.audit.presolve import Component, one_sided
from plantrack.audit.violations import ElementaryRelation
from plantrack.numbers.interval import NONNEGATIVE, POSITIVE, Interval
from plantrack.reading import load_catalogue, read_plan
from plantrack.solver.constraints import Constraint
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


@pytest.mark.parametrize(
    ("printed", "domain", "way"),
    [
        ([(1, None)], POSITIVE, 1),
        ([(None, 1)], None, -1),
        ([(1, 3)], POSITIVE, None),
        ([(1, None), (2, None)], POSITIVE, 1),
        ([(None, 1), (None, 2)], None, -1),
        ([(1, None), (2, 3)], POSITIVE, None),
        ([(None, 1), (2, 3)], None, None),
        ([(None, 1), (2, None)], None, None),
        ([], POSITIVE, 1),
        ([], None, None),
    ],
)
def test_which_way_a_level_of_a_sum_can_go_without_end(
    printed: list[tuple[int | None, int | None]], domain: Interval | None, way: int | None
) -> None:
    """Whatever figure is chosen; where none is printed, as far as its domain goes. A number goes nowhere."""
    bounds = [SimpleNamespace(interval=between(*each)) for each in printed]
    level = Variable("level", "loans", "zhaoqing", ("2020",))
    system = SimpleNamespace(bounds_on=lambda _: bounds, domains={level: domain})
    rows = ({level: 1, level._replace(kind="number"): -1},)
    assert one_sided(Component("sum", (), rows), system) == ({} if way is None else {level: way})
    assert one_sided(Component("product", (), rows), system) == {}


def test_the_numbers_of_a_relation_make_its_constant() -> None:
    """`2 x - 3 · 5 - 7 = 0` and `x^2 · 5^-3 · 7 = 1`: twice x is 22, and its square 125/7."""
    level = Variable("level", "loans", "zhaoqing", ("2020",))
    five, seven = (Variable("number", name, "", ()) for name in "57")
    for kind, times, constant in (("sum", -1, Fraction(22)), ("product", 1, Fraction(125, 7))):
        vector = {level: 2, five: -3, seven: times}
        relation = ElementaryRelation.of(vector, Component(kind, (), ()))
        assert (relation.powers, relation.constant) == (((level, 2),), constant)


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


LEVELS = {name: Variable("level", name, "zhaoqing", ("2025",)) for name in "uvwxy"}
SLACK = Variable("slack", "s", "zhaoqing", ("2025",))


def law(kind: str, terms: dict[str, int], constant: int = 0, name: str = "law") -> Constraint:
    each = tuple((SLACK if one == "s" else LEVELS[one], Fraction(times)) for one, times in terms.items())
    return Constraint("product" if kind == "product" else "sum", each, Fraction(constant), name)


def confined(
    printed: dict[str, list[tuple[int | None, int | None]]], domain: Interval | None = POSITIVE
) -> Confined:
    """What is printed of some levels, all of which lie in one domain."""
    bounds = {
        LEVELS[name]: [SimpleNamespace(interval=between(*each)) for each in of]
        for name, of in printed.items()
    }
    return Confined(bounds, lambda _: (), dict.fromkeys([*LEVELS.values(), SLACK], domain))


@pytest.mark.parametrize(
    ("terms", "constant", "x", "y", "is_implied"),
    [
        # u = y - x, from the least y less the greatest x on
        ({"y": 1, "x": -1, "u": -1}, 0, [(1, 5)], [(10, 20)], True),
        ({"y": 1, "x": -1, "u": -1}, 0, [(1, 9)], [(10, 20)], True),
        ({"y": 1, "x": -1, "u": -1}, 0, [(1, 10)], [(10, 20)], False),
        ({"y": -1, "x": 1, "u": 1}, 0, [(1, 9)], [(10, 20)], True),
        ({"y": -1, "x": 1, "u": 1}, 0, [(1, 10)], [(10, 20)], False),
        ({"y": 2, "x": -3, "u": -1}, 0, [(1, 6)], [(10, 20)], True),
        ({"y": 2, "x": -3, "u": -1}, 0, [(1, 7)], [(10, 20)], False),
        ({"y": 1, "x": -1, "u": -1}, 0, [(None, 9)], [(10, None)], True),
        ({"y": 1, "x": -1, "u": -1}, 0, [(1, None)], [(10, 20)], False),
        ({"y": 1, "x": -1, "u": -1}, 0, [(1, 9)], [(None, 20)], False),
        ({"y": 1, "x": -1, "u": -1}, 0, [(1, 9), (7, 8)], [(10, 20), (12, 13)], True),
        ({"y": 1, "x": -1, "u": -1}, 0, [(1, 9), (7, 12)], [(10, 20), (13, 14)], False),
        # less three
        ({"y": 1, "x": -1, "u": -1}, 3, [(1, 6)], [(10, 20)], True),
        ({"y": 1, "x": -1, "u": -1}, 3, [(1, 7)], [(10, 20)], False),
        ({"y": -1, "x": 1, "u": 1}, -3, [(1, 6)], [(10, 20)], True),
        ({"y": -1, "x": 1, "u": 1}, -3, [(1, 7)], [(10, 20)], False),
    ],
)
def test_a_sum_is_redundant_whose_unprinted_level_is_above_zero_whatever_the_others_are(
    terms: dict[str, int],
    constant: int,
    x: list[tuple[int | None, int | None]],
    y: list[tuple[int | None, int | None]],
    is_implied: bool,
) -> None:
    only = law("sum", terms, constant)
    found = presolved([only], confined({"x": x, "y": y}))
    assert found.constraining == [only]
    assert found.redundant == ((only,) if is_implied else ())
    assert found.left == ([] if is_implied else [only])


@pytest.mark.parametrize(
    ("kind", "terms", "constant", "x", "domain", "is_free"),
    [
        # x = u + v: parts of a whole can be anything below it
        ("sum", {"x": 1, "u": -1, "v": -1}, 0, (1, 5), POSITIVE, True),
        ("sum", {"x": -1, "u": 1, "v": 1}, 0, (1, 5), POSITIVE, True),
        ("sum", {"x": 1, "u": 1, "v": 1}, 0, (1, 5), POSITIVE, False),
        ("sum", {"x": 1, "u": 1, "v": 1}, 0, (-5, -1), POSITIVE, True),
        ("sum", {"x": 1, "u": -1, "v": -1}, 0, (-1, 5), POSITIVE, False),
        ("sum", {"x": 1, "u": -1, "v": -1}, 3, (1, 5), POSITIVE, False),
        # a difference can be anything
        ("sum", {"x": 1, "u": -1, "v": 1}, 3, (-1, 5), POSITIVE, True),
        ("sum", {"x": 1, "u": -1, "v": -1}, 3, (-1, 5), None, True),
        ("sum", {"u": 1, "v": 1}, 0, (1, 5), POSITIVE, False),
        ("product", {"x": 1, "u": -1, "v": -1}, 1, (1, 5), POSITIVE, True),
        ("product", {"x": 1, "u": -1, "v": -1}, 1, (0, 5), POSITIVE, False),
        ("product", {"x": 1, "u": -1, "v": -1}, 1, (1, 5), NONNEGATIVE, True),
        ("product", {"x": 1, "u": -1, "v": -1}, 1, (1, 5), None, False),
    ],
)
def test_a_row_is_free_that_unprinted_levels_can_always_obey(
    kind: str,
    terms: dict[str, int],
    constant: int,
    x: tuple[int, int],
    domain: Interval | None,
    is_free: bool,
) -> None:
    only = law(kind, terms, constant)
    assert without_free_rows([only], confined({"x": [x]}, domain)) == ([] if is_free else [only])


def test_a_row_is_free_once_another_is_left_out() -> None:
    """v = u + w is free by w; without it x = v - u is free by v, but not while v is printed."""
    first, second = law("sum", {"v": 1, "u": -1, "w": -1}), law("sum", {"x": 1, "v": -1, "y": 1})
    rows = [second, first]
    assert without_free_rows(rows, confined({"x": [(1, 5)], "y": [(1, 5)]}, None)) == []
    assert without_free_rows(rows, confined({each: [(1, 5)] for each in "xyv"}, None)) == [second]
    assert without_free_rows(rows, confined({each: [(1, 5)] for each in "xyvuw"}, None)) == rows


def test_a_ratio_of_which_nothing_is_printed_need_not_exist() -> None:
    """Unless a law speaks of it: the level at its start may be zero."""
    ratio = Variable("ratio", "x", "zhaoqing", ("2020", "2025"))
    terms = ((ratio, Fraction(1)), (LEVELS["x"], Fraction(1)), (LEVELS["y"], Fraction(-1)))
    about = confined({"x": [(0, 5)], "y": [(1, 5)]})
    about.domains = {**about.domains, ratio: POSITIVE}
    meaning, of_law = (Constraint("product", terms, Fraction(1), name) for name in ("", "law"))
    assert without_free_rows([meaning], about) == []
    assert without_free_rows([of_law], about) == [of_law]
