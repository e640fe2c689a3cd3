"""Which numerals would do, asked of laws that are made up: what is found, and with how few questions."""

from __future__ import annotations

import math
from fractions import Fraction
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import pytest

from first_principles import CATALOGUE, HEAD
from plantrack.audit.build import build_system
from plantrack.audit.repair import Asked, Repair, _Axis, should_read
from plantrack.reading import read_plan

if TYPE_CHECKING:
    from collections.abc import Container, Sequence

    from plantrack.audit.bounds import PrintedBound
    from plantrack.numbers.interval import Interval


def printed(figure: str) -> PrintedBound:
    body = f"figures:\n  premium:\n  - {{in: a, {figure}}}\n"
    plan = read_plan((HEAD + body).encode(), "made.yaml", CATALOGUE).require()
    ((bound,),) = build_system([plan], CATALOGUE).bounds.values()
    return bound


CHANGE = printed("change: {2015->2020: 100}")
LEVEL = printed("level: {2020: 100}")
ANY: Container[int] = range(-(2**70), 2**70)


class Laws:
    """Laws that leave some counts, and what was asked of them; a count stands for all that rounds to it."""

    def __init__(
        self,
        left: Container[int],
        *,
        of_one_kind: Container[int] = ANY,
        undecided: Container[int] = (),
        anything: bool | None = True,
        value: float | None = None,
        bound: PrintedBound = CHANGE,
        broken: Container[int] = (),
    ) -> None:
        self.left, self.of_one_kind, self.undecided, self.broken = left, of_one_kind, undecided, broken
        self.anything = anything
        self.figures: tuple[PrintedBound, ...] = (bound,)
        self.without, self.oracle = frozenset[Any](), SimpleNamespace(value=lambda *_: value)
        self.asked: list[int | None] = []
        self.asked_of_one_kind: list[int] = []

    def holds(self, interval: Interval | None = None) -> bool | None:
        count = None if interval is None else count_of(interval)
        self.asked.append(count)
        if count is None:
            return self.anything
        return None if count in self.undecided else count in self.left and count in self.of_one_kind

    def may_hold(self, interval: Interval) -> bool:
        self.asked_of_one_kind.append(count_of(interval))
        return count_of(interval) in self.of_one_kind

    def breaks(self, interval: Interval) -> bool:
        return count_of(interval) in self.broken


def count_of(interval: Interval) -> int:
    assert interval.low is not None
    return math.ceil(interval.low)


class Contradiction:
    """One that leaves some counts, guesses where they end, and tells what the others come to."""

    is_small = True

    def __init__(
        self,
        left: Container[int] = ANY,
        guess: tuple[float, float] | None = None,
        come_to: float | None = None,
    ) -> None:
        self.left, self.guess, self.come_to = left, guess, come_to

    def side(self, instead: dict[PrintedBound, Interval]) -> int:
        (interval,) = instead.values()
        count = count_of(interval)
        return 0 if count in self.left else -1 if count < 95 else 1

    def left_for(self, _: PrintedBound) -> tuple[float, float] | None:
        return self.guess

    def nominal(self, _: PrintedBound) -> float | None:
        return self.come_to


def found(contradiction: Contradiction, laws: Laws, *, closed: bool | None = True) -> Repair:
    strict: Any = laws
    proof: Any = contradiction
    with_ends: Any = SimpleNamespace(holds=lambda: closed)
    return should_read(proof, strict, with_ends, {})


def ends(low: int | None, high: int | None) -> tuple[str | None, str | None]:
    return text_of(low), text_of(high)


def text_of(count: int | None) -> str | None:
    return None if count is None else f"净减{-count}" if count < 0 else f"{count}"


@pytest.mark.parametrize("high", [-2, -1, 0, 1, 2])
@pytest.mark.parametrize("low", [-2, -1, 0, 1, 2])
def test_ends_that_are_guessed_within_two_counts_are_asked_once_each(low: int, high: int) -> None:
    """What the contradiction alone refuses is not asked of the laws."""
    laws = Laws(ANY)
    left = range(70, 121)
    repair = found(Contradiction(left, (70 + low, 120 + high)), laws)
    assert (repair.ends, repair.number) == (ends(70, 120), 51)
    assert laws.asked == [70, 120]
    assert not laws.asked_of_one_kind


def test_other_prints_read_what_the_figure_that_is_asked_about_reads_in_its_form() -> None:
    laws = Laws(ANY)
    laws.figures = CHANGE, printed("change: {2015->2020: 100.00}")
    assert found(Contradiction(range(70, 121), (70, 120)), laws).ends == ends(70, 120)


@pytest.mark.parametrize("first", [70, -120, -20])
def test_ends_on_either_side_of_zero_are_asked_once_each(first: int) -> None:
    laws, last = Laws(ANY), first + 50
    repair = found(Contradiction(range(first, last + 1), (first, last)), laws)
    assert (repair.ends, repair.number, laws.asked) == (ends(first, last), 51, [first, last])


@pytest.mark.parametrize("guess", [(67.0, 123.0), (74.0, 116.0), None, (-math.inf, math.inf), (-1e30, 1e30)])
def test_ends_that_are_guessed_wrong_or_not_at_all_are_found_as_well(
    guess: tuple[float, float] | None,
) -> None:
    laws = Laws(ANY)
    repair = found(Contradiction(range(70, 121), guess), laws)
    assert (repair.ends, repair.number) == (ends(70, 120), 51)
    assert len(laws.asked) <= 20


@pytest.mark.parametrize("one_kind", [range(-1000, 1001), range(20, 181), range(99, 102), range(100, 102)])
def test_ends_within_a_guess_are_found_by_halving(one_kind: range) -> None:
    """1100 counts are halved eleven times; laws of one kind are asked first, and all laws of their ends alone."""
    laws = Laws(ANY, of_one_kind=one_kind, value=100.4)
    repair = found(Contradiction(range(-1000, 1001), (-1000, 1000)), laws)
    assert (repair.ends, repair.number) == (ends(one_kind[0], one_kind[-1]), len(one_kind))
    assert len(laws.asked) <= 9
    assert len(laws.asked_of_one_kind) <= 11 + 10 + 2
    assert len(set(laws.asked)) == len(laws.asked)


@pytest.mark.parametrize("left", [range(-999, 1000), range(50, 151), range(100, 101)])
def test_ends_that_laws_of_both_kinds_alone_refuse_are_found_by_halving(left: range) -> None:
    laws = Laws(left, value=100.0)
    repair = found(Contradiction(range(-1000, 1001), (-1000, 1000)), laws)
    assert (repair.ends, repair.number) == (ends(left[0], left[-1]), len(left))
    assert len(laws.asked) <= 10 + 10 + 5


@pytest.mark.parametrize(
    ("left", "wanted"),
    [
        (ANY, (None, None)),
        (range(-50, 2**70), (-50, None)),
        (range(-(2**70), 151), (None, 150)),
    ],
)
def test_where_numbers_hold_as_far_as_is_looked_there_is_no_end(
    left: range, wanted: tuple[int | None, int | None]
) -> None:
    laws = Laws(left)
    repair = found(Contradiction(), laws)
    assert (repair.ends, repair.number) == (ends(*wanted), None)
    assert len(laws.asked) <= 20


def test_far_is_two_to_the_fortieth() -> None:
    """What ends beyond a million million last digits has no end for any reader."""
    assert found(Contradiction(), Laws(range(100 - 2**40, 100 + 2**40))).ends == (None, f"{100 + 2**40 - 1}")


@pytest.mark.parametrize(
    ("guess", "value", "left", "tried"),
    [
        ((0, 1000), None, range(490, 510), [500]),
        ((0, 1000), 437.4, range(437, 438), [500, 437]),
        ((0, 1000), 436.6, range(437, 438), [500, 436, 437]),
        ((1600, 3200), None, range(3050, 3150), [2400, *range(1700, 2400, 100), *range(2500, 3101, 100)]),
        (
            (-3200, -1600),
            None,
            range(-1750, -1650),
            [-2400, *range(-3100, -2400, 100), *range(-2300, -1699, 100)],
        ),
    ],
)
def test_a_number_that_holds_is_looked_for_where_it_is_likely(
    guess: tuple[int, int], value: float | None, left: range, tried: list[int]
) -> None:
    """The middle first, then where laws of one kind have a solution, then every sixteenth of the way."""
    laws = Laws(left, value=value)
    repair = found(Contradiction(range(guess[0], guess[1] + 1), guess), laws)
    assert repair.ends == ends(left[0], left[-1])
    assert laws.asked[: len(tried) + 3] == [*guess, None, *tried]


@pytest.mark.parametrize("step", [0, 1, 2, 10, 100, 10**4, 10**6, 10**9])
@pytest.mark.parametrize("towards", [1, -1])
def test_from_a_single_end_and_from_what_is_printed_steps_grow(step: int, towards: int) -> None:
    """Small steps first: one, two, then powers of ten up to a thousand million."""
    at = towards * step
    for guess, start in (((-math.inf, math.inf), 100), ((5.0, math.inf), 5), ((-math.inf, 5.0), 5)):
        repair = found(Contradiction(ANY, guess), Laws(range(start + at, start + at + 1)))
        assert (repair.ends, repair.number) == (ends(start + at, start + at), 1)


@pytest.mark.parametrize(
    ("laws", "closed", "wanted"),
    [
        (Laws(()), False, Repair((), 0)),
        (Laws((), anything=False), True, Repair()),  # with ends included something would do
        (Laws((), anything=None), None, Repair()),
        (Laws(()), True, Repair()),  # something would do, and is not found
        (Laws(range(70, 121), undecided=(121,)), True, Repair()),
        (Laws(range(70, 121), undecided=(69,)), True, Repair()),
    ],
)
def test_what_is_not_decided_is_not_told(laws: Laws, closed: bool | None, wanted: Repair) -> None:
    assert found(Contradiction(), laws, closed=closed) == wanted


@pytest.mark.parametrize(
    ("number", "listed"), [(20, range(100, 120)), (50, [*range(100, 120), *range(130, 150)]), (1, (100,))]
)
def test_few_numbers_can_each_be_looked_at(number: int, listed: Sequence[int]) -> None:
    """Up to twenty; of more as many at each end."""
    repair = found(Contradiction(), Laws(range(100, 100 + number)))
    assert repair.number == number
    assert sorted(count_of(each) for each in repair.looked_at()) == list(listed)


@pytest.mark.parametrize(
    ("left", "broken", "wanted"),
    [
        (range(100, 150), (100, 101, 149), (102, 148)),
        (range(100, 2**70), (100,), (101, None)),
        (range(100, 150), range(100, 120), (100, 149)),  # none of twenty would do: nothing is known
        (range(100, 120), (100,), (100, 119)),  # each of them is looked at
    ],
)
def test_many_numbers_begin_and_end_with_one_that_leaves_counts_whole(
    left: range, broken: Container[int], wanted: tuple[int | None, int | None]
) -> None:
    assert found(Contradiction(), Laws(left, broken=broken)).ends == ends(*wanted)


@pytest.mark.parametrize(
    ("come_to", "wanted"),
    [
        (104.0, "104"),
        (104.49, "104"),
        (104.5, "105"),
        (90.0, "90"),
        (89.4, None),
        (110.4, "110"),
        (110.5, None),
    ],
)
@pytest.mark.parametrize("is_known", [True, False])
def test_what_the_others_come_to_is_told_where_it_would_do(
    come_to: float, wanted: str | None, is_known: bool
) -> None:
    guess = (90.0, 110.0) if is_known else None
    repair = found(Contradiction(range(90, 111), guess, come_to), Laws(ANY))
    assert (repair.ends, repair.nominal) == (("90", "110"), wanted)


@pytest.mark.parametrize(("left", "wanted"), [(range(-50, 6), ("0", "5")), (range(3, 9), ("3", "8"))])
def test_a_level_ends_at_nothing(left: range, wanted: tuple[str, str]) -> None:
    repair = found(Contradiction(left, (left[0], left[-1])), Laws(ANY, bound=LEVEL))
    assert repair.ends == wanted


@pytest.mark.parametrize(
    "figure",
    [
        "level: {2020: 近100}",
        "level: {2020: 100—110}",
        "level: {2020: 千亿级}",
        "multiple: {2015->2020: 翻一番}",
        "total_growth: {2015->2020: 三分之一}",
    ],
)
def test_of_words_it_is_only_told_whether_any_would_do(figure: str) -> None:
    """None would do where they do not hold as they are to be read, and are refuted with ends included."""
    bound = printed(figure)
    none = {
        (strict, closed)
        for strict in (True, False, None)
        for closed in (True, False, None)
        if found(Contradiction(), Laws((), anything=strict, bound=bound), closed=closed) == Repair((), 0)
    }
    assert none == {(False, False), (None, False)}


@pytest.mark.parametrize(("answer", "may_hold"), [(True, True), (None, True), (False, False)])
def test_what_is_not_refused_may_hold(answer: bool | None, may_hold: bool) -> None:
    oracle: Any = SimpleNamespace(may_hold=lambda *_, **__: answer)
    assert Asked(oracle, frozenset(), (CHANGE,), lambda _: False).may_hold(CHANGE.interval) is may_hold


@pytest.mark.parametrize(("guess", "is_asked"), [(0.75 * 2**60, True), (1.5 * 2**60, False)])
def test_numerals_beyond_two_to_the_sixtieth_are_not_looked_for(guess: float, is_asked: bool) -> None:
    laws = Laws(range(5, 200))
    found(Contradiction(range(int(guess) + 1), (0.0, guess)), laws)
    assert (int(guess) in laws.asked) is is_asked


@pytest.mark.parametrize(
    ("only", "is_found"), [(0, True), (1600, True), (10, True), (1610, False), (1700, False)]
)
def test_where_both_ends_are_guessed_numbers_are_looked_for_between_them_and_near_the_lower(
    only: int, is_found: bool
) -> None:
    laws = Laws((only,))
    repair = found(Contradiction(range(-50, 2000), (0.0, 1600.0)), laws)
    assert repair == (Repair(ends(only, only), 1, None, repair.looked_at) if is_found else Repair())


@pytest.mark.parametrize(
    ("figure", "numerals"),
    [
        ("change: {2015->2020: 下降5.0}", ["下降6.0", "下降0.1", "下降0.0", "上升0.1", "上升6.0"]),
        ("change: {2015->2020: 增加5.0}", ["减少6.0", "减少0.1", "增加0.0", "增加0.1", "增加6.0"]),
        ("change: {2015->2020: 5.0}", ["净减6.0", "净减0.1", "0.0", "0.1", "6.0"]),
        ("change: {2015->2020: -5.0}", ["-6.0", "-0.1", "0.0", "0.1", "6.0"]),
        ("change: {2015->2020: 下降5.0以上}", ["下降6.0以上", "下降0.1以上", "下降0.0以上", None, None]),
        ("change: {2015->2020: 下降0.0以上}", ["下降6.0以上", "下降0.1以上", "下降0.0以上", None, None]),
        ("change: {2015->2020: 增长5.0以上}", [None, None, "增长0.0以上", "增长0.1以上", "增长6.0以上"]),
        ("growth: {2015->2020: 5.0%}", ["下降6.0%", "下降0.1%", "0.0%", "0.1%", "6.0%"]),
        ("growth: {2015->2020: 下降5.0%}", ["下降6.0%", "下降0.1%", "下降0.0%", "上升0.1%", "上升6.0%"]),
        ("multiple: {2015->2020: 1.5倍}", [None, None, "0.0倍", "0.1倍", "6.0倍"]),
        ("level: {2020: 5.0}", [None, None, "0.0", "0.1", "6.0"]),
        ("level: {2020: 5.0以上}", [None, None, "0.0以上", "0.1以上", "6.0以上"]),
    ],
)
def test_the_numerals_of_a_form_fall_and_rise_in_its_words(figure: str, numerals: list[str | None]) -> None:
    axis = _Axis.of(printed(figure), None)
    assert axis is not None
    counts = (-60, -1, 0, 1, 60)
    assert [axis.text(each) if axis.interval(each) is not None else None for each in counts] == numerals


@pytest.mark.parametrize(("said", "is_limited"), [("5.0", True), ("5.0以上", False)])
def test_a_level_is_no_more_than_its_limit(said: str, *, is_limited: bool) -> None:
    limited: Any = SimpleNamespace(most=Fraction(6))
    axis = _Axis.of(printed(f"level: {{2020: {said}}}"), limited)
    assert axis is not None
    assert axis.interval(60) is not None
    assert (axis.interval(61) is None) is is_limited


@pytest.mark.parametrize("count", [-30, -1, 1, 70])
@pytest.mark.parametrize(
    "figure",
    [
        "growth: {2015->2020: 5.0%}",
        "total_growth: {2015->2020: 5.0%}",
        "change: {2015->2020: 5.0}",
        "annual_change: {2015->2020: 5.0}",
        "multiple: {2015->2020: 5.0}",
    ],
)
def test_the_count_of_a_value_is_that_of_the_numeral_that_stands_for_it(figure: str, count: int) -> None:
    axis = _Axis.of(printed(figure), None)
    assert axis is not None
    interval = axis.interval(count)
    if interval is not None and interval.low is not None and interval.high is not None:
        assert axis.count_at(float(interval.low)) == pytest.approx(count - 0.5)
        assert axis.count_at(float(interval.high)) == pytest.approx(count + 0.5)
    assert axis.count_at(math.inf) == math.inf
