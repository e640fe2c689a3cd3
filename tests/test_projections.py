"""What the figures of one plan leave for a quantity, each interval worked out by hand."""

from fractions import Fraction

import pytest

from plantrack.audit.agreed import Side
from plantrack.audit.build import build_system
from plantrack.audit.projections import Projection, holds_with, linking_variables, projections, tightened
from plantrack.numbers.interval import Interval
from plantrack.solver.variables import Variable
from test_linking import CATALOGUE, plan_of

ASKED = Variable("level", "deposits", "one", ("2020",))


def projected(row: str) -> list[Projection]:
    """What is left for the deposits of 2020."""
    system = build_system([plan_of("one", f"deposits: [{row}]")], CATALOGUE)
    return list(projections(system, [ASKED]))


def between(low: str, high: str) -> Interval:
    return Interval(Fraction(low), Fraction(high), low_closed=False, high_closed=False)


OWN = Interval(Fraction("99.995"), Fraction("100.005"), low_closed=True, high_closed=False)
TWO_ROWS = "{in: t, level: {2021: 110.0, 2022: 115.0}, change: {2020->2021: 10.0, 2021->2022: 5.0}}"


@pytest.mark.parametrize(
    ("row", "left"),
    [
        ("{in: t, level: {2025: 110.0}, change: {2020->2025: 10.0}}", between("99.9", "100.1")),
        (
            "{in: t, level: {2025: 161.0}, total_growth: {2020->2025: 61.0%}}",
            between("1609500/16105", "1610500/16095"),
        ),
        (TWO_ROWS, between("99.9", "100.1")),  # 110.0 - 10.0 is nearer than 115.0 - 5.0 - 10.0
        (TWO_ROWS.replace("110.0", "110"), between("99.85", "100.15")),  # of 110 it is the other way round
        (f"{TWO_ROWS}, {{in: t, level: {{2020: 100.00}}}}", OWN),  # what is printed is narrower
        ("{in: t, level: {2020: 100.00}}", OWN),
        ("{in: t, level: {2021: 110.0}}", None),
        # 2021 is printed twice, and which is right decides
        ("{in: t, level: {2021: 110.0}, change: {2020->2021: 10.0}}, {in: t, level: {2021: 120.0}}", None),
    ],
)
def test_a_quantity_is_left_all_that_laws_of_one_kind_allow(row: str, left: Interval | None) -> None:
    found = projected(row)
    assert [each.interval for each in found] == [left] * (left is not None)
    assert all(len(each.printed) == (left is OWN) for each in found)


def test_of_laws_of_both_kinds_the_interval_is_rounded_outward_and_closed() -> None:
    """Growth of 9.95 to 10.05 % is a change of 9.95 to 10.05."""
    (found,) = projected("{in: t, growth: {2020->2021: 10.0%}, change: {2020->2021: 10.0}}")
    low, high = found.interval.floats()
    assert (low, high) == pytest.approx((9.95 / 0.1005, 10.05 / 0.0995))
    assert found.interval.low_closed
    assert found.interval.high_closed
    assert found.interval.low is not None
    assert found.interval.low <= Fraction(995000, 10050)


@pytest.mark.parametrize(
    ("low", "high", "holds"),
    [("99.9", "100", True), ("100.1", "101", False), ("98", "99.9", False), ("90", "99", False)],
)
def test_another_plans_interval_is_asked_of_all_that_hangs_together(low: str, high: str, holds: bool) -> None:
    """2021 and 2022 leave 99.9 to 100.1; `90` to `99` is asked beside another print of 2020."""
    more = ", {in: t, level: {2020: 100.0}}" if low == "90" else ""
    system = build_system([plan_of("one", f"deposits: [{TWO_ROWS}{more}]")], CATALOGUE)
    assert holds_with(system, {ASKED: between(low, high)}) is holds


def test_what_other_blocks_leave_of_one_quantity_goes_on_to_those_that_hang_together_with_it() -> None:
    """Of 2021 one block leaves 100 and more, another up to 120; 9.95 to 10.05 less in 2020. Nothing is said of 2022."""
    system = build_system([plan_of("one", "deposits: [{in: t, change: {2020->2021: 10.0}}]")], CATALOGUE)
    known, unheard = (ASKED._replace(times=(year,)) for year in ("2021", "2022"))
    ends = Interval.at_least(Fraction(100)), Interval.at_most(Fraction(120))
    sides = {known: [Side(known, end, frozenset({block})) for block, end in enumerate(ends, start=1)]}
    left = Interval(Fraction("89.95"), Fraction("110.05"), low_closed=False, high_closed=True)
    assert tightened(system, [ASKED, unheard], sides) == (Projection(ASKED, left, (), frozenset({1, 2})),)
    assert tightened(system, [known], sides) == ()  # what is known of it already tells nothing new


def test_growth_at_constant_prices_links_where_no_level_at_these_prices_is_printed() -> None:
    """Levels are at the prices of a year that each plan chooses, and the laws between them stay with them."""
    growth = "gdp: [{in: t, place: province, growth: {2020->2025: 6%}, prices: constant}, {in: t, place: province, "
    for prices, is_linking in (("2015", False), ("current", True)):
        row = f"{growth}level: {{2020: 5000}}, prices: {prices}}}]"
        system = build_system([plan_of("one", row)], CATALOGUE)
        linking = linking_variables(system, frozenset({"province"}), frozenset())
        assert any(each.basis for each in linking) is is_linking


@pytest.mark.parametrize(
    ("row", "linking"),
    [
        ("loans: [{in: t, place: province, level: {2020: 500}}]", {"loans"}),
        ("deposits: [{in: t, level: {2020: 100}}]", {"deposits", "loans"}),  # by the shares of both
        ("premium: [{in: t, level: {2020: 100}}]", set[str]()),
    ],
)
def test_a_block_is_linked_by_what_it_prints_and_what_its_own_quantities_lead_to(
    row: str, linking: set[str]
) -> None:
    """What laws of all plans say between the province's quantities alone, each block says as well."""
    system, province = build_system([plan_of("one", row)], CATALOGUE), frozenset({"province"})
    laws = frozenset(each.law for each in system.constraints)
    assert {each.indicator for each in linking_variables(system, province, laws)} == linking
    of_one_plan = {each.indicator for each in linking_variables(system, province, frozenset())}
    assert of_one_plan > linking or not linking
