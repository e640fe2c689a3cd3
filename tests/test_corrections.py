"""What may be left out so that the rest holds: asked again and again with one memory, and of few candidates first."""

from __future__ import annotations

import random
from fractions import Fraction
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest

from first_principles import HEAD
from oracle import satisfiable
from plantrack.audit.build import build_system
from plantrack.audit.corrections import Correction, Unit, apart, fewest_corrections, further, necessary
from plantrack.audit.oracle import Oracle
from plantrack.numbers.interval import Interval
from plantrack.reading import read_plan
from plantrack.solver.effort import Effort
from plantrack.solver.variables import Variable
from systems import CATALOGUE, corrupted, plan_of_rows, printed_rows

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path


@pytest.mark.parametrize("shape", ["sum", "product"])
def test_one_memory_for_all_questions_changes_no_answer(shape: str, tmp_path: Path) -> None:
    """Some figures left out, then others: each answer is that of an independent solver about what is left."""
    dice = random.Random(shape)
    tried = 0
    for _ in range(12):
        rows = printed_rows(dice, shape)
        if not rows:
            continue
        rows, _ = corrupted(dice, rows)
        system = build_system([plan_of_rows(rows, tmp_path)], CATALOGUE)
        oracle = Oracle(system, system.bounds, system.constraints)
        every = [each for bounds in system.bounds.values() for each in bounds]
        for _ in range(6):
            without = frozenset(dice.sample(every, min(len(every), dice.choice((0, 1, 1, 2, 3)))))
            found = oracle.holds(without=without)
            assert found == satisfiable(system.without(without))
            tried += found is False
    assert tried > 10


@pytest.mark.parametrize(("low", "high", "holds"), [("1.49", "1.51", True), ("2.4", "2.5", False)])
def test_what_laws_of_one_kind_refuse_may_not_hold(low: str, high: str, *, holds: bool) -> None:
    """100 becomes 150: 1.5 times as much."""
    body = "figures:\n  loans:\n  - {in: a, level: {2020: 100.0, 2025: 150.0}, growth: {2020->2025: 20.0%}}\n"
    system = build_system([read_plan((HEAD + body).encode(), "made.yaml", CATALOGUE).require()], CATALOGUE)
    oracle = Oracle(system, system.bounds, system.constraints)
    (growth,) = [each for bounds in system.bounds.values() for each in bounds if each.figure.kind == "growth"]
    read = {
        growth: growth.instead(Interval(Fraction(low), Fraction(high), low_closed=True, high_closed=True))
    }
    assert oracle.may_hold(read, without=frozenset(), open_=(growth,)) is holds
    assert oracle.holds(read, open_=(growth,)) is holds
    assert oracle.holds() is False


def level_of(name: str) -> Variable:
    return Variable("level", name, "here", ("2020",))


class Figure(NamedTuple):
    """A print of a quantity."""

    id: str
    variable: Variable
    interval: Interval | None


def figure(name: str, variable: Variable | None = None, value: int | None = None) -> Any:
    """A figure of a quantity of its own, or another print of one."""
    return Figure(
        name, variable or level_of(name), None if value is None else Interval.point(Fraction(value))
    )


def proof(names: str) -> Any:
    """A contradiction of some figures, each of a quantity of its own."""
    return SimpleNamespace(bounds=tuple(map(figure, names)))


def conflict(names: str) -> Any:
    return SimpleNamespace(proof=proof(names))


SYSTEM: Any = SimpleNamespace(conflicting=frozenset(), effort=Effort())


def names_of(one: Any) -> str:
    return "".join(each.variable.indicator for each in one.bounds)


@pytest.mark.parametrize(
    ("found", "pool", "number", "wanted"),
    [
        (["ab"], ["bc", "xyz"], 2, ["xyz"]),  # b corrects ab and bc: only xyz takes one more
        (["ab"], ["bc", "xyz"], 3, ["xyz", "bc"]),
        (
            ["ab"],
            ["abc", "bd", "ae"],
            2,
            ["bd"],
        ),  # none takes one more: the one that shares least, and is small
        (["ab", "cd"], ["ef"], 2, []),
        (["ab"], ["ab"], 2, []),
    ],
)
def test_contradictions_that_take_one_more_correction_are_added_first(
    found: list[str], pool: list[str], number: int, wanted: list[str]
) -> None:
    more = further([proof(each) for each in found], [proof(each) for each in pool], number, SYSTEM)
    assert [names_of(each) for each in more] == wanted


def test_a_contradiction_that_other_corrections_mend_is_not_needed() -> None:
    """ab and bc are mended by b, and cd takes another; each is held against those that are needed."""
    for found, wanted in ((["ab", "bc", "cd"], ["ab", "cd"]), (["ab", "bc", "ac"], ["ab"])):
        needed = necessary([conflict(each) for each in found], SYSTEM)
        assert [names_of(each.proof) for each in needed] == wanted


def test_prints_of_one_quantity_are_corrected_together_unless_they_exclude_one_another() -> None:
    variable = Variable("level", "a", "here", ("2020",))
    prints = [
        SimpleNamespace(variable=variable, interval=Interval.point(Fraction(value))) for value in range(4)
    ]
    pairs: list[Any] = [
        SimpleNamespace(proof=SimpleNamespace(bounds=tuple(two))) for two in (prints[:2], prints[2:])
    ]
    apart: Any = SimpleNamespace(conflicting=frozenset({variable}), effort=Effort())
    assert necessary(pairs, apart) == pairs
    assert necessary(pairs, SYSTEM) == pairs[:1]


class Connected:
    """What is connected: figures, of which the sets that contradict are known, each by the names of its figures."""

    def __init__(self, sets: str, figures: Iterable[Any] = (), *, is_decided: bool = True) -> None:
        self.sets, self.is_decided = sets.split(), is_decided
        self.figures = list(figures) or list(map(figure, sorted(set(sets) - {" "})))
        bounds: dict[Variable, list[Any]] = {}
        for each in self.figures:
            bounds.setdefault(each.variable, []).append(each)
        self.system = SimpleNamespace(conflicting=frozenset(), effort=Effort(), bounds=bounds)
        self.variables = frozenset(bounds)
        self.asked: list[str] = []

    def holds(self, *, without: Iterable[Any]) -> bool | None:
        self.asked.append(ids_of(without))
        return self.another(without) is None if self.is_decided else None

    def another(self, without: Iterable[Any]) -> list[Any] | None:
        """A set of which all figures are left."""
        left = (each for each in self.sets if set(each).isdisjoint(ids_of(without)))
        return next(([each for each in self.figures if each.id in one] for one in left), None)


def ids_of(bounds: Iterable[Any]) -> str:
    return "".join(sorted(each.id for each in bounds))


def fewest(connected: Any) -> Correction:
    return fewest_corrections([], connected, connected.another)


@pytest.mark.parametrize(
    ("sets", "wanted"), [("", ""), ("ab", "a"), ("ab bc", "b"), ("ab cd ad", "ac"), ("ab bc ca de", "abd")]
)
def test_the_fewest_figures_that_are_of_every_set_are_corrected(sets: str, wanted: str) -> None:
    found = fewest(Connected(sets))
    assert found.is_shown
    assert found.number == len(wanted) == len(found.figures)
    assert all(set(each) & set(ids_of(found.figures)) for each in sets.split())


def test_what_is_not_decided_is_not_shown_to_hold() -> None:
    connected: Any = Connected("ab", is_decided=False)
    found = fewest_corrections([connected.figures], connected, connected.another)
    assert (ids_of(found.figures), found.number, found.is_shown) == ("a", 1, False)


def test_of_very_many_sets_fifty_are_sought() -> None:
    connected = Connected(" ".join(chr(ord("一") + each) for each in range(60)))
    found = fewest(connected)
    assert len(connected.asked) == len(found.sets) == 50
    assert not found.is_shown


def test_changes_are_corrected_before_levels_and_late_levels_before_early_ones() -> None:
    change = Variable("difference", "a", "here", ("2020", "2025"))
    levels = [Variable("level", "a", "here", (time,)) for time in ("2020", "2025-06", "2025", "2019")]
    figures = [figure(name, variable) for name, variable in zip("vwxyz", [change, *levels], strict=True)]
    for names, wanted in (("vwxyz", "v"), ("wxyz", "y"), ("wxz", "x"), ("wz", "w")):
        assert ids_of(fewest(Connected(names, figures)).figures) == wanted


def test_a_print_that_may_stay_is_not_corrected_with_the_one_that_is_wrong() -> None:
    """Two prints of one level; the other figure has one print, of which nobody asks whether it may stay."""
    figures = [figure("x", level_of("a"), 1), figure("y", level_of("a"), 2), figure("z")]
    for sets, wanted, asked in (
        ("x z", "xz", ["xyz", "yz", "xz"]),
        ("y z", "yz", ["xyz", "yz"]),
        ("x y z", "xyz", ["xyz", "yz", "xz"]),
    ):
        connected: Any = Connected(sets, figures)
        found = fewest_corrections([figures[:2], figures[2:]], connected, connected.another)
        assert ids_of(found.figures) == wanted
        assert connected.asked == asked


def corrected(names: str, sets: str, *, is_shown: bool = True) -> Correction:
    units = [frozenset(Unit(level_of(name), None) for name in each) for each in sets.split()]
    return Correction(frozenset(map(figure, names)), len(names), is_shown, tuple(units))


@pytest.mark.parametrize(
    ("now", "sets", "found", "wanted", "tried"),
    [
        ("ac", "ab cd", "ac bd", "ad", 1),  # one of each contradiction instead of both of one
        ("ac", "ab cd", "ac", "ad", 1),
        ("bd", "ab cd", "ac bd", "ad", 1),
        ("bd", "ab cd", "ab cd", "bd", 0),  # none is better
        ("ac", "ab cd ad", "ac bd", "ad", 1),
        ("ace", "ab cd ef", "ace", "adf", 1),
    ],
)
def test_of_as_few_figures_one_of_each_contradiction_is_corrected(
    now: str, sets: str, found: str, wanted: str, tried: int
) -> None:
    connected: Any = Connected(sets)
    better = apart(corrected(now, sets), list(map(proof, found.split())), connected)
    assert ids_of(better.figures) == wanted
    assert len(connected.asked) == tried
    unsure = corrected(now, sets, is_shown=False)
    assert apart(unsure, list(map(proof, found.split())), connected) is unsure


def test_of_many_other_figures_ten_are_asked_about() -> None:
    """All but one of 169 pairs would be better, and with none of them all holds."""
    sets = "abcdefghijklm ABCDEFGHIJKLM"
    connected: Any = Connected(f"{sets} z")
    now = corrected("aA", sets)
    assert apart(now, [proof("aA")], connected) is now
    assert len(connected.asked) == 10
