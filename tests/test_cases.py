"""Inputs that once came out wrong, with the answer that is right; `tests/cases`, told in each first line.

The cases that concern one module stand beside the tests of that module.
"""

from fractions import Fraction
from pathlib import Path
from typing import Any

from plantrack.audit import audit_plans
from plantrack.numbers.interval import Interval
from plantrack.reading import load_catalogue, read_plan_file
from plantrack.views.documents import check_document

CASES = Path(__file__).parent / "cases"
CATALOGUE = load_catalogue()


def findings(case: str) -> list[dict[str, Any]]:
    """The contradictions of a case as `check -f json` prints them."""
    (file,) = CASES.glob(f"audit/{case}.yaml") if "-" in case else CASES.glob(f"public/{case}-*/{case}.yaml")
    document = check_document(audit_plans([read_plan_file(file, CATALOGUE).require()], CATALOGUE), ())
    return [each for each in document["findings"] if each["code"].startswith("PT3")]


def only(case: str) -> dict[str, Any]:
    (finding,) = findings(case)
    return finding


def short(figure: str) -> str:
    """`premium/level/2020` of `made/premium/level/2020/t`."""
    return "/".join(figure.split("/")[1:-1])


def would_read(finding: dict[str, Any]) -> dict[str, list[str | None]]:
    return {short(each["id"]): each["should_read"] for each in finding["figures"]}


def enough(finding: dict[str, Any]) -> set[str]:
    return {short(each) for each in finding["in_every"]}


def test_some_fifteen_per_cent_may_be_sixteen() -> None:
    assert findings("about-15-error") == []


def test_a_target_rounded_to_fifty_is_no_error() -> None:
    found = only("round-to-fifty-error")
    assert (found["level"], found["readings"]) == ("warning", ["round-target"])


def test_a_rise_that_falls_would_read_as_a_fall() -> None:
    assert would_read(only("change-vs-multiple-no-repair")) == {
        "direct_finance_share/change/2020->2025": [None, "0个百分点"],
        "direct_finance_share/multiple/2020->2025": ["1.0", None],
    }


def test_what_a_stock_adds_would_repair_it() -> None:
    """1025.5–1026.5 less 999.5–1000.5 is more than 25 and less than 27: 25.0 rounds 25.04, 27.0 rounds 26.96."""
    found = only("no-repair-claimed-1")
    assert found["level"] == "error"
    assert would_read(found) == {
        "new/level/2020": ["25.0亿元", "27.0亿元"],
        "stk/level/2019": ["1005", "1006"],
        "stk/level/2020": ["1020亿元", "1021亿元"],
    }


def test_one_cause_is_one_contradiction_and_its_other_witnesses_are_named() -> None:
    found = only("one-cause-two-laws")
    assert enough(found) == {"premium/level/2020"}
    assert would_read(found)["premium/level/2020"] == ["50.0", "50.0"]
    (other,) = found["alternatives"]
    assert set(map(short, other)) == {
        "premium/level/2020",
        "population/level/2020",
        "insurance_density/level/2020",
    }


def test_a_second_error_on_one_figure_is_told() -> None:
    """Depth means premiums of 50, density of 60; 30 are printed."""
    told = {
        read: would_read(found)["premium/level/2020"]
        for found in findings("second-error-masked")
        for read in enough(found) & {"insurance_depth/level/2020", "insurance_density/level/2020"}
    }
    assert told == {
        "insurance_depth/level/2020": ["49.9", "50.1"],
        "insurance_density/level/2020": ["60.0", "60.0"],
    }


def test_what_leaves_the_smaller_contradiction_is_no_repair() -> None:
    found = only("should-read-does-not-repair")
    assert set(would_read(found)) == {"p3/change/2020->2021", "p2/level/2021", "tot/level/2021"}
    assert "p3/level/2025" not in enough(found)


def test_a_stock_cannot_rise_and_fall_over_the_same_years() -> None:
    assert enough(only("undetermined-1")) >= {"stk/growth/2019->2021"}


def test_signs_are_bounds() -> None:
    """h15: ≥570, <4%."""
    (file,) = CASES.glob("public/h15-*/h15.yaml")
    revenue, unemployment = read_plan_file(file, CATALOGUE).require().figures
    assert revenue.measure is not None
    assert unemployment.measure is not None
    assert (revenue.measure.interval, unemployment.measure.interval) == (
        Interval(Fraction(570), None, low_closed=True, high_closed=False),
        Interval(None, Fraction(4, 100), low_closed=False, high_closed=False),
    )


def test_a_total_is_the_sum_of_its_years() -> None:
    """3.0 + 3.1 + 3.2 + 3.3 + 3.4 is 16.0, each within 0.05."""
    found = only("h11")
    assert (found["level"], len(found["figures"])) == ("error", 6)
    assert would_read(found)["new_urban_jobs/level/2021/2025"] == ["15.8万人", "16.2万人"]


def test_a_fall_without_its_sign_would_read_as_a_fall() -> None:
    found = only("h12")
    assert would_read(found)["premium/total_growth/2020->2025"] == ["下降20%", "下降20%"]
    assert found["readings"] == ["sign"]


def test_points_are_meant_where_per_cent_are_printed() -> None:
    found = only("h13")
    assert "points-for-per-cent" in found["readings"]
