"""What may be left out so that the rest holds: asked again and again with one memory, and of few candidates first."""

from __future__ import annotations

import random
from fractions import Fraction
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import pytest

from oracle import satisfiable
from plantrack.audit.build import build_system
from plantrack.audit.corrections import further, necessary
from plantrack.audit.oracle import Oracle
from plantrack.numbers.interval import Interval
from plantrack.solver.effort import Effort
from plantrack.solver.variables import Variable
from systems import CATALOGUE, corrupted, plan_of_rows, printed_rows

if TYPE_CHECKING:
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


def proof(names: str) -> Any:
    """A contradiction of some figures, each of a quantity of its own."""
    bounds = [
        SimpleNamespace(variable=Variable("level", name, "here", ("2020",)), interval=None) for name in names
    ]
    return SimpleNamespace(bounds=tuple(bounds))


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
