"""Many plans: each block alone, and between blocks what they share."""

import pickle
import random
from collections.abc import Callable, Iterable
from fractions import Fraction
from functools import partial
from typing import Any, NamedTuple

import pytest

from linked import CATALOGUE, CITIES, against_the_solver, family, read
from plantrack.audit import audit_plans
from plantrack.audit.agreed import agreement_of
from plantrack.audit.block_audits import audit_block
from plantrack.audit.block_systems import Setting
from plantrack.audit.blocks import (
    MOST_FIGURES,
    Spoken,
    blocks_of,
    families_of,
    partition,
    shared_by,
    spoken_of,
)
from plantrack.audit.linking import audit_linked
from plantrack.audit.projections import Projection, is_shared
from plantrack.audit.result import Audit
from plantrack.numbers.interval import ANY, Interval
from plantrack.plan.plan import Plan
from plantrack.reading import plan_files, read_plan, read_plan_file
from plantrack.solver.elementary import reduced
from plantrack.solver.extremes import implied_range
from plantrack.solver.simplex import Kind, ends_of
from plantrack.solver.variables import Variable

FAMILIES = 12


def test_what_is_decided_between_blocks_is_what_an_exact_solver_decides() -> None:
    tally = against_the_solver(7, FAMILIES)
    assert (tally["accused"], tally["missed"]) == (0, 0), tally
    assert tally["of several plans"] > 0, tally
    assert min(tally["contradictory"], tally["consistent"]) > FAMILIES // 8, tally


# -- one contradiction of each form ------------------------------------------------------------------


def plan_of(city: str, *rows: str, law: str = "") -> Plan:
    head = f"plan: plan-{city}\ntitle: {{zh: 例, en: Example}}\nplace: {{id: {city}, zh: {city}市, en: {city}"
    head += ", parent: province}\nbase: 2020\ntarget: 2025\nsections: {t: 表}\n"
    others = (f"{each}: {{zh: {each}市, parent: province}}" for each in CITIES if each != city)
    head += f"places: {{province: {{zh: 丁省}}, {', '.join(others)}"
    head += f"}}\nlaws: [{law}]" if law else "}"
    body = "\nfigures:\n" + "".join(f"  {row}\n" for row in rows)
    return read_plan((head + body).encode(), f"plan-{city}.yaml", CATALOGUE).require()


def in_blocks(*plans: Plan) -> Audit:
    return audit_linked([(each,) for each in plans], CATALOGUE)


def told(audit: Audit) -> list[tuple[str, tuple[str, ...]]]:
    return [(each.code.name, each.proof.plans) for each in audit.findings if each.proof]


SHARES = "deposits_share_of_province: [{{in: t, level: {{2020: {}, 2025: {}}}}}]"
CONTRADICTIONS = {
    "the same quantity": (
        ("gdp: [{in: t, place: province, level: {2020: 5000}}]",),
        ("gdp: [{in: t, place: province, level: {2020: 5100}}]",),
    ),
    "what shares imply": (
        ("deposits: [{in: t, level: {2020: 100}}]", SHARES.format("10.0%", "10.0%")),
        ("deposits: [{in: t, level: {2020: 300}}]", SHARES.format("20.0%", "20.0%")),
    ),
    "a level against growth": (
        ("deposits: [{in: t, place: province, level: {2020: 5000, 2025: 5100}}]",),
        ("deposits: [{in: t, place: province, growth: {2020->2025: 6%}}]",),
    ),
    "a comparison": (
        ("npl_ratio: [{in: t, level: {2020: 1.5%}}, {in: t, level: {2020: {below: npl_ratio@province}}}]",),
        ("npl_ratio: [{in: t, place: province, level: {2020: 1.2%}}]",),
    ),
    "part and whole": (
        ("loans: [{in: t, place: province, level: {2020: 500}}]",),
        ("green_loans: [{in: t, place: province, level: {2020: 600}}]",),
    ),
}


@pytest.mark.parametrize("form", CONTRADICTIONS)
def test_a_contradiction_between_plans_is_told_with_both(form: str) -> None:
    plans = [plan_of(city, *rows) for city, rows in zip(CITIES, CONTRADICTIONS[form], strict=False)]
    both = ("plan-one", "plan-two")
    assert [each for _, each in told(in_blocks(*plans))] == [both]
    assert told(in_blocks(*plans)) == told(audit_plans(plans, CATALOGUE))
    assert [told(in_blocks(each)) for each in plans] == [[], []]


@pytest.mark.parametrize("form", CONTRADICTIONS)
def test_what_plans_say_only_together_is_found_without_the_rest(form: str) -> None:
    one, other = CONTRADICTIONS[form]
    wrong = "premium: [{in: t, level: {2020: 100, 2025: 150}, growth: {2020->2025: 20%}}]"
    blocks = [(plan_of("one", *one, wrong),), (plan_of("two", *other, wrong),)]
    whole = audit_linked(blocks, CATALOGUE)
    together = audit_linked(blocks, CATALOGUE, only_together=True)
    assert together.findings == tuple(
        each for each in whole.findings if each.proof and len(each.proof.plans) > 1
    )
    assert len(whole.findings) > len(together.findings) > 0


@pytest.mark.parametrize(
    ("where", "is_of_both"), [("", False), ("place: province, ", False), ("place: province, ", True)]
)
def test_a_law_of_a_plan_holds_at_its_own_place_and_at_shared_ones(where: str, is_of_both: bool) -> None:
    """Deposits are twice the loans by a law of one plan; 100 against 90, printed by one plan or by two."""
    deposits = f"deposits: [{{in: t, {where}level: {{2025: 100}}}}, {{in: t, place: province, level: {{2020: 900}}}}]"
    loans = (
        f"loans: [{{in: t, {where}level: {{2025: 90}}}}, {{in: t, place: province, level: {{2020: 400}}}}]"
    )
    one = [deposits] if is_of_both else [deposits, loans]
    plans = [
        plan_of("one", *one, law="deposits >= 2 * loans"),
        plan_of("two", loans if is_of_both else SHARED),
    ]
    names = ("plan-one", "plan-two") if is_of_both else ("plan-one",)
    assert told(audit_plans(plans, CATALOGUE)) == [("inequality-conflict", names)]
    assert told(in_blocks(*plans)) == [("inequality-conflict", names)]


SHARED = "deposits: [{in: t, place: province, level: {2020: 900}}]"


def test_a_count_broken_between_plans_is_found_without_the_rest() -> None:
    beds = "elderly_care_beds: [{{in: t, place: {}, level: {{2020: 3}}}}]".format
    growth = "elderly_care_beds: [{{in: t, place: {0}, growth: {{2020->2021: 10.0%}}}}]".format
    of_itself = "{in: t, level: {2020: 3}, growth: {2020->2021: 10.0%}}"
    one = plan_of("one", beds("province"))
    two = plan_of("two", growth("province").replace("}]", f"}}, {of_itself}]"))
    broken = ("no-whole-number", ("plan-one", "plan-two"))
    assert sorted(told(in_blocks(one, two))) == [broken, ("no-whole-number", ("plan-two",))]
    assert told(audit_linked([(one,), (two,)], CATALOGUE, only_together=True)) == [broken]


def test_what_others_need_of_a_plan_rests_on_nothing_that_does_not_hang_together_with_it() -> None:
    plans = {file.stem: read_plan_file(file, CATALOGUE).require() for file in plan_files()}
    one, left_out = plans.pop("zhaoqing"), 0
    for other in plans.values():
        shared = shared_by([[spoken_of(plan, CATALOGUE)] for plan in (one, other)])
        setting = Setting(CATALOGUE, shared=shared)
        whole = audit_block((one,), setting=setting).link
        part = audit_block((one,), setting=setting._replace(only_together=True)).link
        assert part._replace(excluded=whole.excluded) == whole
        assert part.excluded <= whole.excluded
        left_out += len(whole.excluded - part.excluded)
    assert left_out > 0


def test_what_a_third_plan_prints_decides_between_two() -> None:
    """Shares of two cities and the deposits of one tell those of the other, which its own plan prints."""
    one = plan_of("one", "deposits: [{in: t, level: {2020: 100}}]", SHARES.format("10.0%", "10.0%"))
    two = plan_of("two", SHARES.format("20.0%", "20.0%"))
    three = plan_of("three", "deposits: [{in: t, place: two, level: {2020: 300}}]")
    (finding,) = [each for each in in_blocks(one, two, three).findings if each.proof]
    assert finding.proof is not None
    assert finding.proof.plans == ("plan-one", "plan-three", "plan-two")


@pytest.mark.parametrize(
    ("plans", "asked_again", "is_found"),
    [(3, [], True), (5, [3], True), (10, [4, 4, 4], True), (11, [4, 4, 4], False)],
)
def test_what_is_left_is_passed_on_three_times_by_blocks_next_to_what_was_narrowed(
    plans: int, asked_again: list[int], is_found: bool
) -> None:
    """Each plan prints one year's growth, the first also the level before, the last a level that cannot be.

    What the first and the last leave goes inwards from both ends, so that few are asked again.
    """
    rows = [f"growth: {{{year}->{year + 1}: 10.0%}}" for year in range(2010, 2010 + plans)]
    rows[0] += ", level: {2010: 100.0}"
    rows[-1] += f", level: {{{2010 + plans}: 500.0}}"
    blocks = [
        (plan_of(f"city{at:02}", f"deposits: [{{in: t, place: province, {row}}}]"),)
        for at, row in enumerate(rows)
    ]
    asked: list[int] = []

    def run(function: Callable[..., object], *arguments: Iterable[object]) -> list[object]:
        found = list(map(function, *arguments))
        if isinstance(function, partial) and function.func.__name__ == "tighten_block":
            asked.append(len(found))
        return found

    found = told(audit_linked(blocks, CATALOGUE, run=run))
    assert asked == asked_again
    assert [names for _, names in found] == [tuple(each.id for (each,) in blocks)] * is_found


def test_one_cause_is_told_once() -> None:
    wrong = plan_of("three", "gdp: [{in: t, place: province, level: {2020: 5100}}]")
    right = [plan_of(city, "gdp: [{in: t, place: province, level: {2020: 5000}}]") for city in ("one", "two")]
    assert [plans for _, plans in told(in_blocks(*right, wrong))] == [("plan-one", "plan-three")]


# -- the same as one system --------------------------------------------------------------------------


def test_the_five_plans_are_found_the_same_in_blocks() -> None:
    plans = [read_plan_file(file, CATALOGUE).require() for file in sorted(plan_files())]
    assert len(blocks_of(plans, CATALOGUE)) == 1
    whole, parts = audit_plans(plans, CATALOGUE), in_blocks(*plans)
    assert {each.id for each in whole.findings} == {each.id for each in parts.findings}
    assert whole.coverage.checked == parts.coverage.checked
    assert whole.standings == parts.standings
    assert list(map(str, whole.targets)) == list(map(str, parts.targets))


def test_results_of_a_block_go_to_other_processes() -> None:
    plan = read(family(random.Random(1))[1], "one")
    audit = audit_block((plan,), setting=Setting(CATALOGUE))
    sent = pickle.loads(pickle.dumps(audit))  # noqa: S301 - of our own making
    assert told(sent.audit) == told(audit.audit)
    assert sent.audit.meanings == audit.audit.meanings


def test_where_only_what_several_plans_say_is_asked_for_a_plan_alone_is_not_searched() -> None:
    plans = (plan_of(CITIES[0], PRINTED), plan_of(CITIES[1], PRINTED))
    setting = Setting(CATALOGUE, only_together=True)
    assert audit_block(plans[:1], setting=setting).of_laws is None
    assert audit_block(plans, setting=setting).of_laws is not None
    assert audit_block(plans[:1], setting=Setting(CATALOGUE)).of_laws is not None


@pytest.mark.parametrize(
    ("places", "families"),
    [
        (["a", "b"], [[0], [1]]),
        (["ab", "bc", "d"], [[0, 1], [2]]),
        (["a", "b", "c", "bc", "ab"], [[0, 1, 2, 3, 4]]),
        (["a", "b", "c", "ca", "b"], [[0, 2, 3], [1, 4]]),
    ],
)
def test_plans_that_share_a_place_directly_or_through_others_are_a_family(
    places: list[str], families: list[list[int]]
) -> None:
    assert families_of(list(map(frozenset, places))) == families


PRINTED = "gdp: [{in: t, level: {2025: 500}}]"
OF_THE_WHOLE = "gdp: [{in: t, place: pearl_river_delta, level: {2025: 4000}}]"
SHARE = "gdp_share_of_pearl_river_delta: [{{in: t, {}level: {{2025: {}}}}}]"
WHOLE = frozenset({"pearl_river_delta"})


def places_of(*given: str, law: str = "") -> frozenset[str]:
    return spoken_of(plan_of(CITIES[0], *given, law=law), CATALOGUE).places


def test_a_definition_leads_to_a_whole_from_its_parts_and_who_names_what_it_defines() -> None:
    assert places_of(PRINTED) == {CITIES[0]}
    assert places_of(PRINTED.replace("in: t", "in: t, place: zhuhai")) == {CITIES[0], "zhuhai"} | WHOLE
    assert places_of(SHARE.format("", 10)) == {CITIES[0]} | WHOLE
    above = f"{{above: gdp_share_of_pearl_river_delta@{CITIES[1]}}}"
    assert places_of(f"deposits_share_of_province: [{{in: t, level: {{2025: {above}}}}}]") > WHOLE
    assert places_of(PRINTED, law="deposits = gdp_share_of_pearl_river_delta * loans") > WHOLE


@pytest.mark.parametrize(("share", "is_found"), [(12.5, False), (10, True)])
def test_what_a_definition_says_is_found_where_another_plan_prints_what_it_defines(
    share: float, is_found: bool
) -> None:
    plans = [
        plan_of(CITIES[0], PRINTED),
        plan_of(CITIES[1], SHARE.format(f"place: {CITIES[0]}, ", share)),
        plan_of(CITIES[2], OF_THE_WHOLE),
    ]
    assert len(blocks_of(plans, CATALOGUE)) == 1
    of_all = ("ratio-conflict", tuple(sorted(each.id for each in plans)))
    for audit in (in_blocks(*plans), audit_plans(plans, CATALOGUE)):
        assert (of_all in told(audit)) is is_found, told(audit)


def test_few_plans_are_one_block_and_of_many_each_place_is() -> None:
    def spoken(place: str, figures: int) -> Spoken:
        return Spoken(place, frozenset({place, "province"}), figures, {})

    many = MOST_FIGURES // 2
    assert partition([spoken("a", many), spoken("b", many)]) == [(0, 1)]
    assert partition([spoken("a", many), spoken("b", many), spoken("a", 1)]) == [(0, 2), (1,)]
    assert partition([spoken("a", many), spoken("b", many), spoken("b", many + 1)]) == [(0,), (1,), (2,)]
    assert partition([Spoken(place, frozenset({place}), 1, {}) for place in "ab"]) == [(0,), (1,)]


# -- the arithmetic ----------------------------------------------------------------------------------


def closed(low: int, high: int) -> Interval:
    return Interval(Fraction(low), Fraction(high), low_closed=True, high_closed=True)


def test_most_blocks_agree_and_each_other_group_contradicts_once() -> None:
    variable = Variable("level", "gdp", "province", ("2020",))
    ends = [(1, 3), (2, 4), (7, 9), (2, 5), (8, 9), (20, 21)]
    projections = [[Projection(variable, closed(low, high))] for low, high in ends]
    agreement = agreement_of(projections)
    assert agreement.of[variable].interval == closed(2, 3)
    assert agreement.of[variable].apart == {2, 4, 5}
    assert agreement.apart == ((0, 4), (0, 5))


class Print(NamedTuple):
    """What a block prints of a quantity."""

    interval: Interval
    bounds: tuple[()] = ()


def test_of_what_blocks_print_of_one_quantity_the_three_narrowest_are_kept() -> None:
    variable = Variable("level", "gdp", "province", ("2020",))
    prints: list[Any] = [Print(closed(number, 30 - number)) for number in range(9)]
    agreed = agreement_of([[Projection(variable, each.interval, (each,))] for each in prints]).of[variable]
    assert agreed.interval == closed(8, 22)
    assert [number for number, _ in agreed.printed] == [6, 7, 8]
    assert agreed.printed_beside(3) == [prints[8]]
    assert agreed.printed_beside(8) == [prints[7]]


@pytest.mark.parametrize(("is_closed", "apart"), [(True, {0}), (False, {3, 4})])
def test_ends_agree_where_both_belong(is_closed: bool, apart: set[int]) -> None:
    """Up to 4, twice up to 5, and twice from there on: all but the first agree if 5 belongs to them."""
    variable = Variable("level", "gdp", "province", ("2020",))
    upto = Interval(Fraction(0), Fraction(5), low_closed=True, high_closed=is_closed)
    intervals = [closed(0, 4), upto, upto, closed(5, 9), closed(5, 9)]
    agreement = agreement_of([[Projection(variable, each)] for each in intervals])
    assert agreement.of[variable].apart == apart


@pytest.mark.parametrize(
    ("interval", "before", "narrower"),
    [
        (Interval.at_least(Fraction(1)), ANY, True),
        (Interval.at_most(Fraction(1)), ANY, True),
        (closed(1, 2), Interval.at_least(Fraction(1)), True),
        (closed(1, 2), Interval.at_most(Fraction(2)), True),
        (Interval.at_least(Fraction(2)), Interval.at_least(Fraction(1)), False),
        (ANY, ANY, False),
        (closed(0, 94), closed(0, 100), True),
        (closed(0, 96), closed(0, 100), False),
        (closed(4, 100), closed(0, 100), False),
    ],
)
def test_an_end_more_or_a_twentieth_less_is_notable(
    interval: Interval, before: Interval, *, narrower: bool
) -> None:
    variable = Variable("level", "gdp", "province", ("2020",))
    earlier, later = (agreement_of([[Projection(variable, each)]]) for each in (before, interval))
    assert later.narrowed(earlier) == ({variable} if narrower else set())
    assert later.narrowed(agreement_of([])) == {variable}


@pytest.mark.parametrize("kind", ["sum", "product"])
def test_a_range_is_the_hull_of_all_corners(kind: Kind) -> None:
    """`x + 2 y - z = 0` and `y - w = 0` of boxes, or the same of logarithms: ends are met at corners of the others."""
    dice = random.Random(1)
    for _ in range(30):
        rows = reduced([{"x": 1, "y": 2, "z": -1}, {"y": 1, "w": -1}])
        low = {name: Fraction(dice.randint(1, 20)) for name in "xyw"}
        box = {
            name: Interval(
                each, each + dice.randint(1, 9), low_closed=True, high_closed=bool(dice.randint(0, 1))
            )
            for name, each in low.items()
        }
        y = box["y"].intersection(box["w"])
        if y is None:
            continue
        ends = {name: ends_of(each, kind) for name, each in box.items()} | {"z": ends_of(None, kind)}
        found = implied_range(rows, ends, kind, "z")
        wanted = box["x"].plus(y.scaled(Fraction(2))) if kind == "sum" else box["x"].times(y.power(2))
        assert found == wanted
        half = implied_range(rows, ends | {"z": ends_of(wanted, kind)}, kind, "y")
        assert half is not None
        assert half.overlaps(y)


@pytest.mark.parametrize(
    ("variable", "may_be"),
    [
        (Variable("level", "gdp", "guangdong", ("2020",)), True),
        (Variable("ratio", "gdp", "guangdong", ("2020", "2025"), basis="constant"), True),
        (Variable("difference", "gdp", "guangdong", ("2020", "2025")), True),
        (Variable("level", "gdp", "guangdong", ("2020",), basis="constant"), False),
        (Variable("level", "gdp", "zhaoqing", ("2020",)), False),
        (Variable("level", "made/gdp", "guangdong", ("2020",)), False),
        (Variable("level", "gdp", "guangdong", ("early@made",)), False),
        (Variable("slack", "gdp", "guangdong", ("2020",)), False),
    ],
)
def test_plans_share_what_is_of_a_shared_place_and_of_no_plan_alone(variable: Variable, may_be: bool) -> None:
    """Levels at constant prices are at the prices of a year that each plan may choose; their ratios are not."""
    assert is_shared(variable, frozenset({"guangdong"})) == may_be
