"""Audits of blocks merged into one: each plan's part of it is its own audit, and what is found between plans."""

from dataclasses import replace

import pytest

from plantrack.audit import Audit, audit_plans
from plantrack.audit.merging import merged, part_of
from plantrack.plan.plan import Plan
from plantrack.reading import load_catalogue, read_plan
from test_linking import CONTRADICTIONS, in_blocks, plan_of, told

CATALOGUE = load_catalogue()
BODY = """\
base: 2020
target: 2025
sections: {t: 表, s: 文}
moments: {early: {zh: 初期, en: start, either: [2015, 2016]}}
figures:
  deposits:
  - {in: t, level: {2020: 100.0, 2025: 161.0}, growth: {2020->2025: 11.0%}}
  loans:
  - {in: t, level: {2015: 90.0, 2016: 100.0, 2020: 150.0}, multiple: {early->2020: 1.50倍}}
  premium:
  - {in: t, level: {2025: 20.0}, change: {2020->2025: 5.0}}
  listed_companies:
  - {in: t, level: {2020: 3家}, change: {2020->2025: up}}
"""


def alone(name: str) -> Plan:
    """A plan of a place of its own."""
    head = f"plan: {name}\ntitle: {{zh: 例, en: E}}\nplace: {{id: {name}, zh: {name}市, en: {name}}}\n"
    return read_plan((head + BODY).encode(), f"{name}.yaml", CATALOGUE).require()


ONE, TWO = alone("one"), alone("two")
OWN = {plan.id: audit_plans([plan], CATALOGUE) for plan in (ONE, TWO)}


def together(**spent: float) -> Audit:
    audits = [replace(OWN[name], spent=spent.get(name, 0.0)) for name in ("two", "one")]
    return merged(audits, (), OWN["one"].places)


@pytest.mark.parametrize("plan", [ONE, TWO], ids=lambda plan: plan.id)
def test_of_plans_that_share_nothing_each_part_is_the_plans_own_audit(plan: Plan) -> None:
    part, own = part_of(together(), plan), OWN[plan.id]
    for name in ("plans", "findings", "targets", "latents", "coverage", "standings", "meanings"):
        found = getattr(part, name)
        assert found
        assert repr(found) == repr(getattr(own, name))
        assert found == getattr(own, name)
    assert (part.coverage.unchecked, part.coverage.undetermined) > ((), ())


def test_the_whole_is_in_the_order_of_the_plans_and_counts_all() -> None:
    whole, parts = together(), list(OWN.values())
    assert whole.plans == (ONE, TWO)
    assert whole.targets == tuple(each for part in parts for each in part.targets)
    assert whole.meanings == tuple(each for part in parts for each in part.meanings)
    assert whole.coverage.figures == len(whole.figures) == sum(len(part.figures) for part in parts)
    assert whole.coverage.in_some_law == sum(part.coverage.in_some_law for part in parts)
    for name in ("unchecked", "undetermined"):
        assert getattr(whole.coverage, name) == tuple(
            each for part in parts for each in getattr(part.coverage, name)
        )


def test_as_much_was_allowed_as_the_block_that_took_the_most() -> None:
    assert together(one=4.0, two=0.25).spent == 4
    assert together(one=0.5).spent == 0.5
    assert together().spent == 0


def test_all_is_decided_where_it_is_in_each_block() -> None:
    undecided = replace(OWN["two"], coverage=OWN["two"].coverage._replace(complete=False))
    whole = merged([OWN["one"], undecided], (), {})
    assert together().coverage.complete
    assert not whole.coverage.complete
    open_ = OWN["two"].coverage._replace(complete=False, open=frozenset(each.id for each in TWO.figures[:1]))
    whole = merged([OWN["one"], replace(OWN["two"], coverage=open_)], (), {})
    assert [part_of(whole, plan).coverage.complete for plan in (ONE, TWO)] == [True, False]


def test_what_contradicts_plans_is_part_of_each_and_checks_their_figures() -> None:
    """The finding stands in one of the two files; a third plan has no part in it."""
    rows = (*CONTRADICTIONS["the same quantity"], ("loans: [{in: t, level: {2020: 5}}]",))
    plans = [plan_of(city, *each) for city, each in zip(("one", "two", "three"), rows, strict=True)]
    whole = in_blocks(*plans)
    parts = [part_of(whole, plan) for plan in plans]
    both = ("repetition-conflict", ("plan-one", "plan-two"))
    assert [told(part) for part in parts] == [[both], [both], []]
    assert [len(part.coverage.checked) for part in parts] == [1, 1, 0]
    assert [len(part.coverage.unchecked) for part in parts] == [0, 0, 1]


def test_a_part_of_one_plan_is_the_audit() -> None:
    assert part_of(OWN["one"], ONE) is OWN["one"]
