"""Possible causes: each reading is offered where the plan holds under it, by its formula, and not where it does not."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

import pytest

from plantrack.audit.alternatives import ALTERNATIVES
from test_contradictions import audited, rows

if TYPE_CHECKING:
    from plantrack.findings import Cause


def causes(body: str) -> dict[str, Cause]:
    """The readings of all contradictions, by their names."""
    proofs = [finding.proof for finding in audited(body).findings if finding.proof is not None]
    assert proofs
    return {cause.reading: cause for proof in proofs for cause in proof.causes}


def span(base: str, target: str, said: str) -> str:
    return rows(loans=f"level: {{2020: {base}, 2025: {target}}}, {said}")


CASES = [
    # 1.1 ** 6 = 1.7716, 1.1 ** 4 = 1.4641, 1.1 ** 7 = 1.9487
    ("one-year-off", span("100.0", "177.2", "growth: {2020->2025: 10.0%}"), True),
    ("one-year-off", span("100.0", "146.4", "growth: {2020->2025: 10.0%}"), True),
    ("one-year-off", span("100.0", "194.9", "growth: {2020->2025: 10.0%}"), False),
    ("one-year-off", span("100.0", "160.0", "annual_change: {2020->2025: 增加10.0}"), True),
    ("one-year-off", span("100.0", "140.0", "annual_change: {2020->2025: 增加10.0}"), True),
    ("one-year-off", span("100.0", "170.0", "annual_change: {2020->2025: 增加10.0}"), False),
    # 5 × 10 % = 50 %
    ("arithmetic-average", span("100.0", "150.0", "growth: {2020->2025: 10.0%}"), True),
    ("arithmetic-average", span("100.0", "154.0", "growth: {2020->2025: 10.0%}"), False),
    ("arithmetic-average", span("100.0", "150.0", "total_growth: {2020->2025: 10.0%}"), False),
    ("whole-as-yearly", span("100.0", "150.0", "growth: {2020->2025: 50.0%}"), True),
    ("whole-as-yearly", span("100.0", "150.0", "annual_change: {2020->2025: 增加50.0}"), True),
    ("whole-as-yearly", span("100.0", "152.0", "growth: {2020->2025: 50.0%}"), False),
    (
        "whole-as-yearly",
        rows(listed_companies="level: {2020: 100家, 2025: 150家}, growth: {2020->2025: 50.0%}"),
        True,
    ),
    # 1.05 × 1.15 = 1.2075 is 9.886 % a year; the mean of 5 % and 15 % is 10 %
    *(
        (
            "mean-of-rates",
            rows(loans=f"growth: {{2020->2021: 5.00%, 2021->2022: 15.00%, 2020->2022: {mean}%}}"),
            is_offered,
        )
        for mean, is_offered in (("10.00", True), ("10.10", False))
    ),
    (
        "mean-of-rates",
        rows(loans="growth: {2020->2021: 5.00%, 2020->2022: 10.00%}, level: {2020: 100.0, 2022: 130.0}"),
        False,
    ),
    ("sign", span("100.0", "80.0", "total_growth: {2020->2025: 20.0%}"), True),
    ("sign", span("100.0", "80.0", "change: {2020->2025: 增加20.0}"), True),
    ("sign", span("100.0", "120.0", "total_growth: {2020->2025: 下降20.0%}"), True),
    ("sign", span("100.0", "75.0", "total_growth: {2020->2025: 20.0%}"), False),
    ("sign", span("100.0", "80.0", "total_growth: {2020->2025: 100%以上}"), False),  # nothing would be left
    ("sign", span("100.0", "80.0", "total_growth: {2020->2025: 150%}"), False),
    ("decimal-point", span("100.0", "150.0", "total_growth: {2020->2025: 5.0%}"), True),
    ("decimal-point", span("100.0", "105.0", "total_growth: {2020->2025: 50.0%}"), True),
    ("decimal-point", span("100.00", "150.00", "total_growth: {2020->2025: 0.500%}"), True),
    ("decimal-point", span("100.00", "149.50", "total_growth: {2020->2025: 0.500%}"), False),
    ("decimal-point", span("100.00", "101.00", "total_growth: {2020->2025: 100%}"), True),
    ("decimal-point", span("100.0", "140.0", "total_growth: {2020->2025: 5.0%}"), False),
    ("unit-slip", span("100.0亿元", "150.0万元", "total_growth: {2020->2025: 50.0%}"), True),
    ("unit-slip", span("100.0万元", "150.0亿元", "total_growth: {2020->2025: 50.0%}"), True),
    ("unit-slip", span("100.0", "1500000.0", "total_growth: {2020->2025: 50.0%}"), True),
    ("unit-slip", span("100.0亿元", "160.0万元", "total_growth: {2020->2025: 50.0%}"), False),
    # 5 % of 20 is 1
    (
        "per-cent-for-points",
        rows(npl_ratio="level: {2020: 20.00, 2025: 21.00}, change: {2020->2025: 上升5.0个百分点}"),
        True,
    ),
    (
        "per-cent-for-points",
        rows(npl_ratio="level: {2020: 20.00, 2025: 22.00}, change: {2020->2025: 上升5.0个百分点}"),
        False,
    ),
    # 20 × 1.02 ** 5 = 22.08
    (
        "per-cent-for-points",
        rows(npl_ratio="level: {2020: 20.00, 2025: 22.08}, annual_change: {2020->2025: 上升2.00个百分点}"),
        True,
    ),
    (
        "points-for-per-cent",
        rows(npl_ratio="level: {2020: 20.00, 2025: 25.00}, total_growth: {2020->2025: 5.0%}"),
        True,
    ),
    (
        "points-for-per-cent",
        rows(npl_ratio="level: {2020: 20.00, 2025: 24.00}, total_growth: {2020->2025: 5.0%}"),
        False,
    ),
    (
        "points-for-per-cent",
        rows(npl_ratio="level: {2020: 20.00, 2025: 25.00}, growth: {2020->2025: 1.00%}"),
        True,
    ),
    ("points-for-per-cent", span("100.0", "105.0", "total_growth: {2020->2025: 105%}"), False),
    ("times-for-growth", span("100.0", "300.0", "multiple: {2020->2025: 2.00倍}"), True),
    ("times-for-growth", span("100.0", "300.0", "total_growth: {2020->2025: 3.00倍}"), True),
    ("times-for-growth", span("100.0", "350.0", "multiple: {2020->2025: 2.00倍}"), False),
    ("times-for-growth", span("100.0", "300.0", "total_growth: {2020->2025: 300.0%}"), False),
    ("to-for-by", span("100.0", "150.0", "total_growth: {2020->2025: 150.0%}"), True),
    ("to-for-by", span("100.0", "150.0", "change: {2020->2025: 增加150.0}"), True),
    ("to-for-by", span("100.0", "160.0", "change: {2020->2025: 增加150.0}"), False),
    ("to-for-by", span("100.0", "80.0", "total_growth: {2020->2025: 下降80.0%}"), True),
    ("to-for-by", span("100.0", "80.0", "change: {2020->2025: 下降80.0}"), True),
    ("to-for-by", span("100.0", "70.0", "change: {2020->2025: 下降80.0}"), False),
    # 3.0 to 2.0 is a fall of 1.0: no rise by 0.5 or less, no fall to 0.5 or less, and 2.0 no rise
    *(
        (
            reading,
            rows(
                npl_ratio=f"level: {{2020: 3.0, 2025: {goal}}}, change: {{2020->2025: 下降0.5个百分点以内}}"
            ),
            False,
        )
        for reading, goal in (
            ("sign", "2.0"),
            ("sign", "2.0以下"),
            ("to-for-by", "2.0"),
            ("by-for-to", "2.0"),
            ("by-for-to", "2.0以下"),
        )
    ),
    # 3.0 to 3.4 is a rise of no more than 0.5, and 2.0 to 0.4 a fall to no more than that
    (
        "sign",
        rows(npl_ratio="level: {2020: 3.0, 2025: 3.4}, change: {2020->2025: 下降0.5个百分点以上}"),
        False,
    ),
    (
        "sign",
        rows(npl_ratio="level: {2020: 3.0, 2025: 3.6}, change: {2020->2025: 下降0.5个百分点以上}"),
        True,
    ),
    (
        "to-for-by",
        rows(npl_ratio="level: {2020: 2.0, 2025: 0.4}, change: {2020->2025: 下降0.5个百分点以内}"),
        True,
    ),
    ("by-for-to", span("100.0", "50.0", "total_growth: {2020->2025: 50.0%}"), True),
    ("by-for-to", span("100.0", "60.0", "total_growth: {2020->2025: 50.0%}"), False),
    ("by-for-to", rows(loans="level: {2015: 100.0, 2020: 50.0}, total_growth: {2015->2020: 50.0%}"), False),
    # 5700 - 4570 = 1130
    (
        "trailing-zeros",
        rows(loans="level: {2015: 4570.0, 2020: 5700.0}, change: {2015->2020: 增加1100}"),
        True,
    ),
    (
        "trailing-zeros",
        rows(loans="level: {2015: 4570.0, 2020: 5700.0}, change: {2015->2020: 增加1101}"),
        False,
    ),
    (
        "trailing-zeros",
        rows(loans="level: {2015: 4540.0, 2020: 5700.0}, change: {2015->2020: 增加1100}"),
        False,
    ),
    # 8.446 % is 8.45 and then 8.5; 8.444 % is neither
    ("rounded-twice", span("1000.0000", "1084.4600", "total_growth: {2020->2025: 8.5%}"), True),
    ("rounded-twice", span("1000.0000", "1084.4400", "total_growth: {2020->2025: 8.5%}"), False),
    ("raising", span("1000.0000", "1080.2000", "total_growth: {2020->2025: 8.1%}"), True),
    ("raising", span("1000.0000", "1081.8000", "total_growth: {2020->2025: 8.1%}"), False),
    ("truncation", span("1000.0000", "1080.8000", "total_growth: {2020->2025: 8.0%}"), True),
    ("truncation", span("1000.0000", "1079.2000", "total_growth: {2020->2025: 8.0%}"), False),
    (
        "bound-elsewhere",
        span("100.0", "150.0", "growth: {2020->2025: 10.0%}") + "  - {in: b, level: {2025: 150以上}}\n",
        True,
    ),
    (
        "bound-elsewhere",
        span("100.0", "150.0", "growth: {2020->2025: 10.0%}") + "  - {in: b, level: {2025: 150以下}}\n",
        False,
    ),
    ("round-target", span("1658.0", "2450", "growth: {2020->2025: 8.3%}"), True),
    ("round-target", span("1658.0", "2350", "growth: {2020->2025: 8.3%}"), False),
]


@pytest.mark.parametrize(
    ("name", "body", "is_offered"), CASES, ids=[f"{name}-{number}" for number, (name, *_) in enumerate(CASES)]
)
def test_a_reading_is_offered_where_all_holds_under_it_alone(name: str, body: str, is_offered: bool) -> None:
    assert (name in causes(body)) == is_offered


def test_every_reading_has_a_case_in_which_it_is_offered_and_one_in_which_it_is_not() -> None:
    for wanted in (True, False):
        assert {name for name, _, is_offered in CASES if is_offered == wanted} == ALTERNATIVES.keys()


SAID = [
    # body, reading, kind of the quantity, times, both ends
    (
        span("100.0", "177.2", "growth: {2020->2025: 10.0%}"),
        "one-year-off",
        ("ratio", ("2020", "2025"), Fraction("1.0995") ** 6, Fraction("1.1005") ** 6),
    ),
    (
        span("100.0", "150.0", "growth: {2020->2025: 10.0%}"),
        "arithmetic-average",
        ("ratio", ("2020", "2025"), 1 + 5 * Fraction("0.0995"), 1 + 5 * Fraction("0.1005")),
    ),
    (
        span("100.0", "80.0", "total_growth: {2020->2025: 20.0%}"),
        "sign",
        ("ratio", ("2020", "2025"), Fraction("0.7995"), Fraction("0.8005")),
    ),
    (
        rows(npl_ratio="level: {2020: 20.00, 2025: 22.08}, annual_change: {2020->2025: 上升2.00个百分点}"),
        "per-cent-for-points",
        ("ratio", ("2020", "2025"), Fraction("1.01995") ** 5, Fraction("1.02005") ** 5),
    ),
    (
        rows(npl_ratio="level: {2020: 20.00, 2025: 25.00}, growth: {2020->2025: 1.00%}"),
        "points-for-per-cent",
        ("difference", ("2020", "2025"), 5 * Fraction("0.00995"), 5 * Fraction("0.01005")),
    ),
    (
        span("100.0", "150.0", "change: {2020->2025: 增加150.0}"),
        "to-for-by",
        ("level", ("2025",), Fraction("149.95"), Fraction("150.05")),
    ),
    (
        span("100.0", "50.0", "total_growth: {2020->2025: 50.0%}"),
        "by-for-to",
        ("difference", ("2020", "2025"), Fraction("49.95"), Fraction("50.05")),
    ),
]


@pytest.mark.parametrize(("body", "name", "said"), SAID, ids=[name for _, name, _ in SAID])
def test_what_a_figure_says_under_a_reading_is_told_exactly(
    body: str, name: str, said: tuple[str, tuple[str, ...], Fraction, Fraction]
) -> None:
    (found,) = causes(body)[name].figures
    assert (found.means, found.times, found.low, found.high) == said


@pytest.mark.parametrize(
    ("base", "target", "said", "times", "ends"),
    [
        ("100.0万元", "150.0亿元", "增加50.0亿元", ("2020",), ("99.95", "100.05")),
        ("1000000.0", "150.0", "增加50.0", ("2020",), ("99.999995", "100.000005")),
    ],
)
def test_a_slip_of_a_scale_is_ten_thousand_either_way(
    base: str, target: str, said: str, times: tuple[str, ...], ends: tuple[str, str]
) -> None:
    (found,) = causes(span(base, target, f"change: {{2020->2025: {said}}}"))["unit-slip"].figures
    assert (found.times, found.low, found.high) == (times, *map(Fraction, ends))
