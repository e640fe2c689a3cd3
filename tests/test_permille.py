"""Indicators in per mille: kept as fractions as per cent are, shown as printed, their changes in points per mille."""

import csv
import io
import json
from fractions import Fraction
from pathlib import Path

import pytest

from called import called
from plantrack.reading import load_catalogue
from plantrack.reading.plan_file import read_plan

PLAN = """plan: birth
title: {zh: 例, en: Example}
place: {id: zhaoqing, zh: 肇庆市, en: Zhaoqing}
base: 2020
target: 2025
sections: {t: 表}
own:
  births: {zh: 出生率, en: birth rate, unit: '‰', kind: ratio, better: up, limit: 1000‰}
  deaths: {zh: 死亡率, en: death rate, unit: '‰', kind: ratio, better: down}
figures:
  births:
  - {in: t, level: {2020: 6.25, 2025: 7‰}, change: {2020->2025: 提高0.75个千分点}}
  deaths:
  - {in: t, level: {2020: 0.625%, 2025: 5.5}, change: {2020->2025: 下降0.9}}
"""


@pytest.fixture
def plan(tmp_path: Path) -> str:
    file = tmp_path / "birth.yaml"
    file.write_text(PLAN, encoding="utf-8")
    return str(file)


def shown(*arguments: str) -> str:
    result = called("--lang", "en", *arguments)
    assert result.code in {0, 1}, result.output
    return result.output


def test_levels_and_changes_are_kept_as_fractions() -> None:
    figures = read_plan(PLAN.encode(), "birth.yaml", load_catalogue()).figures
    values = [each.measure.value for each in figures if each.measure is not None]
    assert values == [Fraction(number) / 1000 for number in ("6.25", "7", "0.75", "6.25", "5.5", "-0.9")]


def test_a_limit_is_in_the_unit() -> None:
    own = read_plan(PLAN.encode(), "birth.yaml", load_catalogue()).require().model.own
    assert own["births"].most == 1
    assert own["births"].per_one == 1000


def test_a_path_shows_them_as_printed(plan: str) -> None:
    table = shown("path", plan)
    assert "0.15 points per mille" in table
    assert "6.40   6.55   6.70" in table
    values = json.loads(shown("path", plan, "-f", "json"))["paths"][0]["values"]
    assert values == pytest.approx([0.00625, 0.0064, 0.00655, 0.0067, 0.00685, 0.007])


def test_a_contradiction_is_told_in_points_per_mille(plan: str) -> None:
    said = shown("check", plan, "-v")
    assert "0.625% - 0.9 points per mille = 5.350‰ (5.295 to 5.405‰), 0.150 points per mille apart" in said
    assert "下降0.7 to 0.8" in said


def test_actuals_are_kept_so_too(plan: str, tmp_path: Path) -> None:
    actuals = tmp_path / "actuals.csv"
    actuals.write_text("indicator,year,value\n出生率,2022,6.4‰\n死亡率,2022,0.57%\n", encoding="utf-8")
    table = shown("track", plan, "--actuals", str(actuals))
    assert "-0.15" in table
    assert "0.075 points per mille" in table  # from 6.25 to 6.4 in two years
    assert "5.7" in table  # of 0.57%, in the unit of the row


def test_a_tidy_row_holds_the_points_as_printed(plan: str) -> None:
    rows = list(csv.DictReader(io.StringIO(shown("export", plan, "--table", "figures", "-f", "csv"))))
    changes = [(each["value"], each["unit"]) for each in rows if each["kind"] == "change"]
    assert changes == [("0.75", "个千分点"), ("-0.9", "个千分点")]
