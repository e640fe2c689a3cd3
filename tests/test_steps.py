"""Slips of magnitude: a level of another size than others of its quantity, and years far from the plan's."""

from pathlib import Path

import pytest

from plantrack.findings import Finding
from plantrack.reading import load_catalogue
from plantrack.reading.plan_file import read_plan
from test_audit import audit_rows, doubts

OWN = (
    "own:\n"
    "  heads: {zh: 人数, en: heads, unit: 万人, kind: stock}\n"
    "  debt: {zh: 债务, en: debt, unit: 亿元, kind: stock, better: down}\n"
    "  firms: {zh: 企业数, en: firms, unit: 家, kind: stock}\n"
    "  share: {zh: 占比, en: share, unit: '%', kind: ratio}\n"
    "  rate: {zh: 率, en: rate, unit: '‰', kind: ratio}\n"
)


def of_size(findings: list[Finding]) -> list[str]:
    return [said for code, said in doubts(findings) if code == "PT404"]


SLIP = "a digit lost, or another unit?"


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("gdp: {2020: 2485.6万元, 2025: 4380亿元}", "becomes 4380亿元 (2025), 17621.5 times as much"),
        ("gdp: {2020: 248.56, 2025: 4380}", "248.56 (2020) becomes 4380 (2025), 17.6 times as much"),
        ("gdp: {2020: 2485.6, 2025: 143.80}", "becomes 143.80 (2025), 1/17 of it"),
        ("gdp: {2018: 2400.1, 2020: 12.1, 2022: 2600.1}", "12.1 (2020) is of another size than 2400.1"),
        ("gdp: {2020: 2485.6, 2025: 4380}", None),
        ("gdp: {2020: 248.56, 2025: 3000}", "12.1 times"),
        ("gdp: {2020: 300.5, 2025: 3000}", None),
        ("gdp: {1990: 100, 2005: 1500}", None),
        ("gdp: {1990: 100, 2005: 1550}", "15.5 times"),
        ("heads: {2020: 401.2, 2025: 41.5}", "1/10 of it"),
        ("heads: {2020: 401.2, 2025: 66.0}", None),
        ("heads: {2000: 401.2, 2020: 81.0}", None),
        ("heads: {2000: 401.2, 2020: 79.0}", "1/5 of it"),
        (
            "heads: {2020: 401, 2022: 42.5, 2025: 450}",
            "42.5 (2022) is of another size than 401 (2020) and 450",
        ),
        ("debt: {2020: 401, 2025: 41}", None),
        ("debt: {2020: 401, 2025: 40}", "1/10 of it"),
        ("heads: {2020: 4.1, 2025: 410}", "100.0 times"),
        ("firms: {2020: 87, 2025: 8700}", None),
        ("firms: {2020: 87, 2025: 87万}", "10000.0 times"),
        ("firms: {2020: 187, 2025: 18700}", "100.0 times"),
        ("share: {2020: 0.8%, 2025: 20%}", None),
        ("share: {2020: 4%, 2025: 80%}", "20.0 times"),
        ("rate: {2020: 0.5, 2025: 20}", None),
        ("rate: {2020: 5, 2025: 100}", "20.0 times"),
    ],
)
def test_a_level_of_another_size_is_doubted(tmp_path: Path, row: str, said: str | None) -> None:
    name, _, levels = row.partition(": ")
    found = of_size(audit_rows(tmp_path, f"  {name}:\n  - {{in: t, level: {levels}}}\n{OWN}"))
    assert len(found) == (said is not None)
    assert said is None or (said in found[0] and SLIP in found[0])


@pytest.mark.parametrize(
    ("levels", "is_told"),
    [
        ("2020: 3.5%, 2021: 0.7%", False),
        ("2020: 4.5%, 2021: 0.9%", False),
        ("2020: 4.5%, 2021: 0.89%", True),
        ("2020: 0.7%, 2021: 3.5%", False),
        ("2020: 0.7%, 2021: 3.51%", True),
    ],
)
def test_a_fifth_is_not_less_than_a_fifth(tmp_path: Path, levels: str, *, is_told: bool) -> None:
    """Of binary fractions `0.7 / 3.5` is a little less than a fifth."""
    found = audit_rows(tmp_path, f"  share:\n  - {{in: t, level: {{{levels}}}}}\n{OWN}")
    assert any("within a year" in said for said in of_size(found)) == is_told


def test_levels_in_two_rows_are_of_one_size(tmp_path: Path) -> None:
    rows = "  gdp:\n  - {in: t, level: {2020: 2485.6万元}}\n  - {in: t, level: {2025: 4380亿元}}\n"
    (said,) = of_size(audit_rows(tmp_path, rows))
    assert "2485.6万元" in said
    assert "4380亿元" in said


def test_growth_that_is_printed_is_meant(tmp_path: Path) -> None:
    row = "  gdp:\n  - {in: t, level: {2020: 100, 2025: 2000}, multiple: {2020->2025: 20}}\n"
    assert not of_size(audit_rows(tmp_path, row))


HEAD = "plan: b\ntitle: {zh: 例, en: E}\nplace: {id: zhaoqing, zh: 肇庆市, en: Z}\nsections: {t: 表}\n"


@pytest.mark.parametrize(
    ("years", "row", "at"),
    [
        ("base: 2020\ntarget: 2025", "level: {2020: 1, 2052: 2}", ["9:30"]),
        ("base: 2020\ntarget: 2025", "growth: {1978->2020: 8%}", ["9:22"]),
        ("base: 2020\ntarget: 2025", "level: {2005: 1, 2035: 2, 2040: 3}", []),
        ("base: 2020\ntarget: 2052", "level: {2020: 1, 2025: 2}", ["6:9"]),
        ("base: 2002\ntarget: 2025", "level: {2020: 1, 2025: 2}", ["5:7"]),
        ("base: 2020\ntarget: 2050", "level: {2020: 1, 2050: 2}", []),
        ("base: 2020\ntarget: 2025", "change: {2001-06->2020-06: 20}", ["9:22"]),
    ],
)
def test_a_year_far_from_the_plan_is_doubted(years: str, row: str, at: list[str]) -> None:
    content = f"{HEAD}{years}\nfigures:\n  gdp:\n  - {{in: t, {row}}}\n".encode()
    found = read_plan(content, "b.yaml", load_catalogue()).findings
    assert [f"{each.position.line}:{each.position.column}" for each in found] == at
    assert {each.code.code for each in found} <= {"PT111"}
