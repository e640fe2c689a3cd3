"""Rows to be confirmed: whatever rests on one of them is a question, and hides nothing that is sure."""

import json
from pathlib import Path

import pytest

from first_principles import CATALOGUE
from plantrack.audit import Audit, audit_plans
from plantrack.cli import run
from plantrack.findings import Level
from plantrack.reading import read_plan
from test_effort import dense

HEAD = """
plan: q
title: {zh: 某规划}
place: {id: taoyuan, zh: 桃源市}
base: 2020
target: 2025
sections: {"1": 一、目标}
own: {green: {zh: 绿地, unit: 公顷, kind: stock, better: up}}
figures:
  green:
"""
WRONG = '  - {in: "1", level: {2020: 310公顷, 2025: 350公顷}, growth: {2020->2025: 9.5%%}%s}\n'
OTHER = '  - {in: "1", level: {2020: %s公顷}, confirm: 另有一数}\n'


def audited(*rows: str) -> Audit:
    return audit_plans([read_plan((HEAD + "".join(rows)).encode(), "q.yaml", CATALOGUE).require()], CATALOGUE)


def told(audit: Audit) -> list[tuple[str, Level, bool]]:
    return [(each.code.name, each.level, each.is_question) for each in audit.findings]


def test_a_doubtful_row_is_asked_about_and_fails_in_nothing() -> None:
    audit = audited(WRONG % ", confirm: 年份不明")
    assert told(audit) == [("growth-conflict", Level.NOTE, True)]
    said = audit.findings[0].message.say("zh")
    assert said.startswith("请确认：")
    assert "年份不明" in said
    assert [each.verdict for each in audit.targets] == ["undetermined"]
    assert set(audit.standings.values()) == {"undetermined"}


@pytest.mark.parametrize(
    ("other", "asked"), [("310", []), ("500", [("repetition-conflict", Level.NOTE, True)])]
)
def test_a_doubtful_row_hides_nothing_that_is_sure(other: str, asked: list[object]) -> None:
    alone, beside = audited(WRONG % ""), audited(WRONG % "", OTHER % other)
    assert told(beside) == [("growth-conflict", Level.ERROR, False), *asked]
    assert beside.findings[0] == alone.findings[0]
    assert set(beside.standings.values()) == {"in_finding"}
    assert [each.verdict for each in beside.targets] == ["fails"]


def test_a_doubtful_row_that_holds_is_told_to_hold() -> None:
    """Growth of 2.5 % a year leads in five years from 310 to 350.7, of 2.45 % to 349.9."""
    audit = audited(WRONG.replace("9.5", "2.5") % ", confirm: 年份不明")
    assert told(audit) == []
    assert [each.verdict for each in audit.targets] == ["holds"]


def test_that_work_was_spent_on_rows_to_be_confirmed_is_told() -> None:
    """Of the rows that are sure, nothing is left undecided."""
    rows = dense().partition("\n")[2].replace("in: t", 'in: "1"').replace("}}\n", "}, confirm: 看不清}\n")
    content = HEAD.replace("  green:", "  loans:") + rows
    plan = read_plan(content.encode(), "q.yaml", CATALOGUE).require()
    assert [audit_plans([plan], CATALOGUE, effort).spent for effort in (0.01, 10.0)] == [0.01, 0]


def test_what_is_unusual_is_asked_about_too() -> None:
    rows = [WRONG.replace("9.5", "2.5") % "", OTHER % "310000"]
    assert all(each.is_question for each in audited(*rows).findings)


def test_check_counts_questions_and_marks_them(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "q.yaml"
    file.write_text(HEAD + WRONG % ", confirm: 年份不明", encoding="utf-8")
    assert run(["--lang", "zh", "check", str(file)]) == 0
    assert "请确认1处" in capsys.readouterr().out
    assert run(["check", str(file), "-f", "json"]) == 0
    assert [each["question"] for each in json.loads(capsys.readouterr().out)["findings"]] == [True]
