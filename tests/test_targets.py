"""Targets judged one row at a time: from which number, to which, what lies between and whether what is stated holds."""

from collections.abc import Callable

import pytest

from test_contradictions import audited, rows

LEVELS = "level: {2020: 100.0, 2025: 161.0}"
BASE, TARGET = (99.95, 100.0, 100.05), (160.95, 161.0, 161.05)


@pytest.mark.parametrize(
    ("printed", "wanted"),
    [
        (f"growth: {{2020->2025: 10.0%}}, {LEVELS}", "100.0 161.0 10.0% holds"),
        (f"growth: {{2020->2025: 11.0%}}, {LEVELS}", "100.0 161.0 11.0% fails"),
        (f"growth: {{2020->2025: 10.0%}}|{LEVELS}", "100.0 161.0 10.0% holds"),  # both of another row
        (f"growth: {{2020->2025: 10.0%}}, level: {{2025: 162.0}}|{LEVELS}", "100.0 162.0 10.0% fails"),
        ("growth: {2020->2025: 10.0%}|level: {2025: 161.0}", "- 161.0 10.0% undetermined"),
        ("growth: {2020->2025: 10.0%}|level: {2020: 100.0}", "100.0 - 10.0% undetermined"),
        # the print with the most digits, unless the row has its own
        (f"growth: {{2020->2025: 10.0%}}|level: {{2020: 100.00}}|{LEVELS}", "100.00 161.0 10.0% holds"),
        (f"growth: {{2020->2025: 10.0%}}, {LEVELS}|level: {{2020: 100.00}}", "100.0 161.0 10.0% holds"),
        (f"growth: {{2020->2025: 10.0%}}|{LEVELS}|level: {{2020: 100.00}}", "100.00 161.0 10.0% holds"),
        (f"growth: {{2020->2025: 10.0%}}|level: {{2020: 100.0以上}}|{LEVELS}", "100.0 161.0 10.0% holds"),
        (  # or unless its section has its own
            "growth: {2020->2025: 10.0%}|level: {2020: 100.00}|level: {2025: 161.0}|level: {2020: 100.0}",
            "100.0 161.0 10.0% holds",
        ),
        # of several things that a row states one that does not hold is shown
        (
            f"growth: {{2020->2025: 10.0%}}, multiple: {{2020->2025: 1.71}}, {LEVELS}",
            "100.0 161.0 1.71 fails",
        ),
    ],
)
def test_a_row_is_judged_from_the_base_to_the_target_that_it_means(printed: str, wanted: str) -> None:
    target = audited(rows(premium=printed)).targets[0]
    ends = (each.text if each else "-" for each in (target.base, target.target, target.stated))
    assert " ".join([*map(str, ends), target.verdict]) == wanted
    assert (target.start, target.due) == ("2020", "2025")


ABOVE = "growth: {2020->2025: {above: premium@guangdong}}"
RATES = "|growth: {2020->2025: 9.0%%}|growth: {2020->2025: %s%%}, place: guangdong"
LEVEL_ABOVE = (
    "level: {2020: 100.0, 2025: {above: premium@guangdong}}, growth: {2020->2025: %s%%}|"
    "level: {2025: 161.0}|level: {2025: 150.0}, place: guangdong"
)


@pytest.mark.parametrize(
    ("row", "verdict"),
    [
        (ABOVE + RATES % "8.0", "holds"),
        (ABOVE + RATES % "9.5", "fails"),
        (
            f"level: {{2020: 100.0}}, {ABOVE}, total_growth: {{2020->2025: 53.9%}}" + RATES % "8.0",
            "undetermined",
        ),
        (f"level: {{2020: 100.0, 2025: 153.9}}, {ABOVE}" + RATES % "8.0", "holds"),
        (LEVEL_ABOVE % "10.0", "holds"),
        (LEVEL_ABOVE % "11.0", "fails"),
    ],
)
def test_a_comparison_is_judged_by_what_it_compares_and_growth_by_the_levels(row: str, verdict: str) -> None:
    assert audited(rows(premium=row)).targets[0].verdict == verdict


@pytest.mark.parametrize(
    ("printed", "start", "base"),
    [
        ("level: {2025: 161.0}|level: {2018: 90.0}|level: {2019: 95.0}", "2019", "95.0"),
        ("level: {2025: 161.0}|level: {2019: 95.0}|level: {2018: 90.0}", "2019", "95.0"),
        # one of its own section is nearer than a later one
        ("level: {2025: 161.0}|level: {2018: 90.0}|level: {2019: 95.0}|level: {2017: 80.0}", "2017", "80.0"),
        ("level: {2025: 161.0}|level: {2018: 90.0}|level: {2020: 100.0}", "2020", "100.0"),
        (
            "level: {2018: 90.0, 2025: 161.0}|level: {2020: 100.0}",
            "2018",
            "90.0",
        ),  # its own before all others
        ("level: {2018: 90.0, 2019: 95.0, 2025: 161.0}", "2019", "95.0"),
        ("level: {2022: 120.0, 2023: 130.0, 2025: 161.0}|level: {2018: 90.0}", "2022", "120.0"),
        ("level: {2025: 161.0}|level: {2022: 120.0}", "2020", None),  # another row's aim is no start
        ("level: {2025: 161.0}|level: {2018/2019: 90.0}|growth: {2018->2019: 9.0%}", "2020", None),
    ],
)
def test_a_target_starts_from_the_nearest_number_before_it(
    printed: str, start: str, base: str | None
) -> None:
    target = audited(rows(premium=printed)).targets[-1 if printed.startswith("level: {2022") else 0]
    assert (target.due, target.start) == ("2025", start)
    assert (target.base and target.base.text) == base


@pytest.mark.parametrize(
    ("printed", "loans", "verdict"),
    [
        ("above: loans", "level: {2025: 99.5}", "holds"),
        ("above: loans", "level: {2025: 100.5}", "fails"),
        ("below: loans", "level: {2025: 99.5}", "fails"),
        ("below: loans", "level: {2025: 100.5}", "holds"),
        ("above: loans, by: 2", "level: {2025: 98.0}", "holds"),
        ("above: loans, by: 2", "level: {2025: 97.0}", "fails"),
        ("above: loans, by: 2", "level: {2025: 99.0}", "fails"),
        ("above: loans", "level: {2020: 99.5}", "undetermined"),
    ],
)
def test_a_row_that_compares_is_judged_by_both_numbers(printed: str, loans: str, verdict: str) -> None:
    body = rows(deposits=f"level: {{2025: {{{printed}}}}}|level: {{2025: 100.0}}", loans=loans)
    assert audited(body).targets[0].verdict == verdict


ABOVE_LOANS = "change: {2020->2025: {above: loans}}"


@pytest.mark.parametrize(
    ("printed", "base", "verdict"),
    [
        # of two statements the one that does not hold counts, then the one that is not decided
        (f"growth: {{2020->2025: 11.0%}}, {LEVELS}, {ABOVE_LOANS}", "100.0", "fails"),
        (f"growth: {{2020->2025: 10.0%}}, {LEVELS}, {ABOVE_LOANS}", "100.0", "undetermined"),
        ("growth: {2020->2025: {above: loans}}|level: {2020: 100.0}", "100.0", "undetermined"),
    ],
)
def test_a_row_with_a_comparison_that_nothing_decides(printed: str, base: str, verdict: str) -> None:
    target = audited(rows(premium=printed)).targets[0]
    assert (target.base and target.base.text, target.verdict) == (base, verdict)
    assert (target.why is not None) == (verdict == "undetermined")


@pytest.mark.parametrize(
    ("levels", "why"),
    [
        ("2020: 0, 2025: 5", "the base may be zero or below"),
        ("2020: 5, 2025: 0", "the target may be zero or below"),
    ],
)
def test_why_growth_that_leads_from_or_to_nothing_is_not_decided(levels: str, why: str) -> None:
    body = rows(listed_companies=f"level: {{{levels}}}, growth: {{2020->2025: 10%}}")
    (target,) = audited(body).targets
    assert (target.verdict, target.why and target.why.say("en")) == ("undetermined", why)


@pytest.mark.parametrize(
    ("stated", "implied"),
    [
        ("growth: {2020->2025: 10.0%}", lambda base, target: (target / base) ** 0.2 - 1),
        ("total_growth: {2020->2025: 61.0%}", lambda base, target: target / base - 1),
        ("multiple: {2020->2025: 1.61}", lambda base, target: target / base),
        ("change: {2020->2025: 61.0}", lambda base, target: target - base),
        ("annual_change: {2020->2025: 12.2}", lambda base, target: (target - base) / 5),
    ],
)
def test_what_lies_between_base_and_target_is_told_in_the_measure_stated(
    stated: str, implied: Callable[[float, float], float]
) -> None:
    """Least from the greatest base to the least target, greatest the other way round."""
    target = audited(rows(premium=f"{stated}, {LEVELS}")).targets[0]
    (least, base, most), (low, nominal, high) = BASE, TARGET
    assert target.verdict == "holds"
    assert target.implied == pytest.approx((implied(base, nominal), implied(most, low), implied(least, high)))
