"""Which prints of one quantity are taken together, and how many combinations of them are gone through."""

from __future__ import annotations

import itertools
from fractions import Fraction
from math import prod
from types import SimpleNamespace
from typing import Any, NamedTuple

import pytest

from plantrack.audit import choices
from plantrack.audit.choices import Choice, consistent_subsets
from plantrack.audit.presolve import Component
from plantrack.numbers.interval import Interval
from plantrack.solver.effort import Effort
from plantrack.solver.variables import Variable


class Print(NamedTuple):
    """A print of a level."""

    interval: Interval
    bounds: tuple[()] = ()


def prints(*ends: tuple[int, int]) -> list[Any]:
    return [
        Print(Interval(Fraction(low), Fraction(high), low_closed=True, high_closed=True))
        for low, high in ends
    ]


@pytest.mark.parametrize(
    ("ends", "wanted"),
    [
        ([(1, 3), (2, 4)], [[0, 1]]),
        ([(1, 3), (3, 4)], [[0, 1]]),
        ([(1, 2), (3, 4)], [[0], [1]]),
        ([(3, 4), (1, 2)], [[1], [0]]),
        ([(1, 3), (2, 5), (4, 6)], [[0, 1], [1, 2]]),
        ([(1, 9), (2, 3), (5, 6)], [[0, 1], [0, 2]]),
    ],
)
def test_the_greatest_sets_of_prints_that_agree(ends: list[tuple[int, int]], wanted: list[list[int]]) -> None:
    bounds = prints(*ends)
    assert [[bounds.index(each) for each in group] for group in consistent_subsets(bounds)] == wanted


class System:
    """Levels, each with prints that exclude one another."""

    def __init__(self, *numbers: int, out: frozenset[Any] = frozenset(), like: System | None = None) -> None:
        names = (Variable("level", f"{at}", "here", ("2020",)) for at in range(len(numbers)))
        self.bounds: dict[Variable, list[Any]] = (
            like.bounds
            if like
            else {
                each: prints(*((10 * at, 10 * at + 1 + place) for at in range(number)))
                for place, (each, number) in enumerate(zip(names, numbers, strict=True))
            }
        )
        self.conflicting = frozenset(each for each, of in self.bounds.items() if len(of) > 1)
        self.effort: Effort = like.effort if like else Effort()
        self.out = out

    def without(self, bounds: frozenset[Any]) -> System:
        return System(out=self.out | bounds, like=self)

    def bounds_on(self, variable: Variable) -> list[Any]:
        return self.bounds[variable]


@pytest.mark.parametrize(
    ("numbers", "gone_through", "are_all"),
    [
        ((2, 2, 2, 2), 16, True),
        ((16,), 16, True),
        ((17,), 16, False),
        ((3, 6), 16, False),
        ((3, 5), 15, True),
    ],
)
def test_sixteen_combinations_are_gone_through(
    numbers: tuple[int, ...], gone_through: int, are_all: bool
) -> None:
    system: Any = System(*numbers)
    choices, final = Choice(system).consistent_choices(system.bounds)
    assert (len(choices), final) == (gone_through, are_all)
    assert len({each.excluded for each in choices}) == gone_through
    assert {len(each.excluded) for each in choices} == {sum(numbers) - len(numbers)}
    assert final == (prod(numbers) <= 16)


def test_where_no_prints_exclude_one_another_there_is_one_choice() -> None:
    system: Any = System(1, 1)
    choice = Choice(system)
    assert choice.consistent_choices(system.bounds) == ([choice], True)


def equal(kind: Any, *ends: tuple[int, int], effort: Effort | None = None) -> tuple[Choice, Component]:
    """Quantities between such ends, each equal to the next."""
    system: Any = System(*(1 for _ in ends))
    system.effort = effort or system.effort
    system.bounds = {each: prints(end) for each, end in zip(system.bounds, ends, strict=True)}
    pairs = itertools.pairwise(system.bounds)
    rows = tuple({one: 1, other: -1} for one, other in pairs)
    return Choice(system), Component(kind, (), rows)


@pytest.mark.parametrize("kind", ["sum", "product"])
@pytest.mark.parametrize(
    ("ends", "is_broken"),
    [
        ([(1, 3), (3, 4)], False),
        ([(0, 1), (1, 4)], False),
        ([(1, 2), (3, 4)], True),
        ([(1, 9), (3, 9), (1, 2)], True),
    ],
)
def test_equal_quantities_meet_or_do_not(kind: str, ends: list[tuple[int, int]], is_broken: bool) -> None:
    choice, component = equal(kind, *ends)
    row, final = choice.broken(component)
    assert (row is not None, final) == (is_broken, True)


def test_what_the_work_left_does_not_decide_is_not_final() -> None:
    effort = Effort(times=0)
    choice, component = equal("sum", (1, 3), (3, 4), effort=effort)
    with effort.account("this", 1):
        assert choice.broken(component) == (None, False)


@pytest.mark.parametrize("end", [0, -1])
def test_a_quantity_that_is_zero_or_less_has_no_logarithm(end: int) -> None:
    choice, component = equal("product", (-2, end), (3, 4))
    assert choice.broken(component) == (None, False)
    assert choice.ends_in(component) is None
    assert choice.point(component) is None


def test_a_sum_needs_no_logarithm() -> None:
    choice, component = equal("sum", (-2, 0), (-1, 4))
    point = choice.point(component)
    assert point is not None
    one, other = point.values()
    assert one == other
    assert -1 <= one <= 0


@pytest.mark.parametrize("number", [2, 3, 5])
def test_prints_of_one_quantity_are_compared_once_each_with_each(number: int) -> None:
    paid: list[int] = []
    system: Any = System(number)
    system.effort = SimpleNamespace(pays=paid.append)
    choice = Choice(system)
    for _ in range(2):
        choice.consistent_choices(system.bounds)
    assert paid == [number**2]


@pytest.mark.parametrize(
    ("rows", "left", "is_believed"),
    [
        (3, SimpleNamespace(constraints=()), True),
        (3, SimpleNamespace(constraints=(1,)), False),
        (3, None, False),
        (2, SimpleNamespace(constraints=()), False),
    ],
)
def test_of_more_rows_than_are_large_intervals_that_leave_nothing_open_are_believed(
    monkeypatch: pytest.MonkeyPatch, rows: int, left: object, is_believed: bool
) -> None:
    """Without a question to the simplex, which would find that these are broken."""
    monkeypatch.setattr(choices, "LARGE", 2)
    monkeypatch.setattr(choices, "projected", lambda _: left)
    choice, component = equal("sum", *((3 * at, 3 * at + 1) for at in range(rows + 1)))
    row, final = choice.broken(component)
    assert (row is None, final) == (is_believed, True)
