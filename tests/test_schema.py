"""The schema and the data dictionary: current, right about what is right, and useful in an editor."""

import datetime as dt
import json
import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft202012Validator

from fixed import TODAY
from fuzzing import CATALOGUE, damaged
from plantrack.cli import run
from plantrack.findings import Level, worst_level
from plantrack.formats.schema import EXAMPLE, PARTS, plan_schema
from plantrack.reading import read_plan, read_plan_file
from plantrack.waivers import VALIDATION, apply_waivers

ROOT = Path(__file__).parent.parent
CASES = ROOT / "tests" / "cases" / "plans"
PLANS = sorted((ROOT / "data" / "plans").glob("*.yaml"))
SCHEMA = plan_schema(CATALOGUE)
VALIDATOR = Draft202012Validator(SCHEMA)
STRUCTURAL = ("pt101", "pt102", "pt103", "pt104", "pt105", "pt108", "pt110", "pt903")
"""What can be told without counting, comparing and knowing numerals."""


def typed(content: str) -> Any:
    """YAML as editors and validators read it: with numbers and truth values; keys and days are text."""
    return _plain(yaml.safe_load(content))


def _plain(read: Any) -> Any:
    if isinstance(read, dict):
        return {str(key): _plain(each) for key, each in read.items()}
    if isinstance(read, list):
        return [_plain(each) for each in read]
    return str(read) if isinstance(read, dt.date) else read


def refusals(file: Path) -> list[str]:
    return [each.message for each in VALIDATOR.iter_errors(typed(file.read_text(encoding="utf-8-sig")))]


def test_the_schema_is_a_schema() -> None:
    Draft202012Validator.check_schema(SCHEMA)


@pytest.mark.parametrize("file", ["data/plan.schema.json", "docs/plan-file.md", "docs/plan-file.zh.md"])
def test_what_is_committed_is_current(
    file: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(ROOT)
    assert run(["--lang", "en", "schema", "--check", file]) == 0, capsys.readouterr().out
    assert capsys.readouterr().out == f"{file} is current\n"


def test_a_stale_file_is_told_with_what_differs(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "plan.schema.json"
    assert run(["schema", "-o", str(file)]) == 0
    file.write_text(
        file.read_text(encoding="utf-8").replace('"minProperties": 1', '"minProperties": 2'), encoding="utf-8"
    )
    assert run(["schema", "--check", str(file)]) == 1
    shown = capsys.readouterr().out
    assert '-   "minProperties": 2' in shown
    assert '+   "minProperties": 1' in shown
    for missing in ("none.json", "none"):
        capsys.readouterr()
        assert run(["--lang", "en", "schema", "--check", str(tmp_path / missing)]) == 2
        assert "there is no file" in capsys.readouterr().err
    assert run(["schema", "--check", str(tmp_path / "plan.csv")]) == 2


@pytest.mark.parametrize(
    "file", [*PLANS, *sorted((CASES / "valid").glob("*.yaml"))], ids=lambda file: file.stem
)
def test_what_is_valid_passes(file: Path) -> None:
    assert refusals(file) == []


@pytest.mark.parametrize(
    "file",
    [file for file in sorted((CASES / "invalid").glob("*.yaml")) if file.stem.startswith(STRUCTURAL)],
    ids=lambda file: file.stem,
)
def test_what_is_structurally_wrong_fails(file: Path) -> None:
    assert refusals(file) != []


def test_the_schema_refuses_nothing_that_plantrack_accepts(tmp_path: Path) -> None:
    accepted = 0
    for number in range(1_000_000, 1_000_400):
        content = damaged(number)
        name = re.search(rb'plan"?: ?"?([a-z0-9-]{1,60})', content)
        file = tmp_path / f"{name[1].decode() if name else 'plan'}.yaml"
        file.write_bytes(content)
        loaded = read_plan_file(file, CATALOGUE)
        findings = apply_waivers(loaded.findings, [loaded], VALIDATION, today=TODAY)
        if worst_level(findings) is not Level.ERROR:
            accepted += 1
            assert refusals(file) == [], number
    assert accepted > 20


@pytest.mark.parametrize(
    ("written", "instead"),
    [
        ("en: Zhaoqing Financial Plan", "en: null"),
        ("en: Zhaoqing Financial Plan", "en: ~"),
        ("in: table", "in: null"),
        ("table: 主要预期性指标表", "table: ~"),
        ("base: 2020", "document: ~\nbase: 2020"),
        ("2020: 76.91", "2020: null"),
        ("2020->2025", '"2020\\t->2025"'),
        ("code: growth-conflict", "code: Growth-Conflict"),
        ("code: growth-conflict", "code: pt301"),
        ("reason: judged", "reason: null"),
    ],
)
def test_the_schema_and_plantrack_refuse_the_same(tmp_path: Path, written: str, instead: str) -> None:
    content = (CASES / "invalid" / "pt301-growth-conflict.yaml").read_text(encoding="utf-8")
    figures = "{premium/level/2020/table: 76.91, premium/growth/2020->2025/table: 8.50%}"
    content += (
        f"waivers:\n- {{code: growth-conflict, figures: {figures}, reason: judged, date: 2026-11-01}}\n"
    )
    file = tmp_path / "pt301-growth-conflict.yaml"
    assert written in content
    broken = content.replace(written, instead, 1)
    for written_now in (content, broken):
        file.write_text(written_now, encoding="utf-8")
        loaded = read_plan_file(file, CATALOGUE)
        findings = apply_waivers(loaded.findings, [loaded], VALIDATION, today=TODAY)
        assert (worst_level(findings) is Level.ERROR) == bool(refusals(file)) == (written_now != content)


@pytest.mark.parametrize("plan", PLANS, ids=lambda plan: plan.stem)
def test_editors_find_the_schema(plan: Path) -> None:
    first = plan.read_text(encoding="utf-8").split("\n", 1)[0]
    found = re.fullmatch(r"# yaml-language-server: \$schema=(.*)", first)
    assert found is not None
    assert json.loads((plan.parent / found[1]).read_text(encoding="utf-8")) == SCHEMA


def test_every_key_is_described_in_both_languages() -> None:
    """Descriptions in it are the data dictionary."""
    for part in (SCHEMA, *SCHEMA["$defs"].values()):
        for key, each in part["properties"].items():
            english, _, chinese = each["description"].partition(" · ")
            assert english, key
            assert re.search(r"[\u4e00-\u9fff]", chinese), key


def test_the_page_tells_every_mapping_and_indicator() -> None:
    page = (ROOT / "docs" / "plan-file.md").read_text(encoding="utf-8")
    assert {*PARTS, "Value"} == SCHEMA["$defs"].keys()
    assert all(f"| `{name}` |" in page for name in CATALOGUE.indicators)


def test_the_example_of_the_page_is_sound_and_waived(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "example.yaml"
    file.write_text(EXAMPLE, encoding="utf-8")
    assert refusals(file) == []
    assert run(["validate", "--strict", str(file)]) == 0
    assert run(["check", "--strict", str(file)]) == 0
    assert run(["--lang", "en", "check", "--show-waived", str(file)]) == 0
    assert "(waived 2026-11-24: " in capsys.readouterr().out


# -- what editors do with it ---------------------------------------------------------------------

PLAN_HEAD = """\
plan: x
title: {zh: 示例}
place: {id: taoyuan, zh: 桃源市}
base: 2020
target: 2025
sections: {t: 指标表, table: 另一表}
own: {own_one: {zh: 自有指标, unit: 家, kind: stock}}
"""


@pytest.mark.parametrize("key", ["premium", "保费收入", "own_one", "不在目录中"])
@pytest.mark.parametrize(
    ("row", "is_sound"),
    [
        ("{in: t, level: {2020: 7, 2025: 8.50}, growth: {2020->2025: 7%}, binding: true}", True),
        ("{in: t, level: {2021/2025: 7}, change: {2020 -> 2025: up}}", True),
        ("{in: t, rank: {2020->2025: 第3位}}", True),
        ("{in: t, levle: {2020: 7}}", False),
        ("{in: t, growth: {2020: 7%}}", False),
        ("{in: t, level: {20225: 7}}", False),
        ("{in: t, level: {2020: [13.5]}}", False),
        ("{level: {2020: 7}}", False),
        ("{in: t}", False),
        ("{in: t, level: {2020: 7}, binding: maybe}", False),
    ],
)
def test_rows_have_their_schema_under_every_kind_of_key(key: str, row: str, *, is_sound: bool) -> None:
    content = f"{PLAN_HEAD}figures:\n  {key}:\n  - {row}\n"
    assert (not list(VALIDATOR.iter_errors(typed(content)))) == is_sound


def filled(snippet: dict[str, str]) -> str:
    """What a snippet writes where nothing is filled in."""
    values = dict(re.findall(r"\$\{(\d):([^}]*)\}", snippet["body"]))
    return re.sub(r"\$\{(\d)(?::[^}]*)?\}", lambda match: values[match[1]], snippet["body"])


@pytest.mark.parametrize("number", range(len(SCHEMA["$defs"]["Row"]["defaultSnippets"])))
def test_a_snippet_of_a_row_is_a_sound_row(number: int) -> None:
    row = filled(SCHEMA["$defs"]["Row"]["defaultSnippets"][number])
    content = f"{PLAN_HEAD}figures:\n  保费收入:\n  - {row}\n  own_one:\n  - {{in: t, level: {{2020: 7}}}}\n"
    assert list(VALIDATOR.iter_errors(typed(content))) == []
    read = read_plan(content.encode(), "x.yaml", CATALOGUE)
    assert [each.message.say("en") for each in read.errors] == []


def test_snippets_of_indicators_are_sound() -> None:
    (own,), (indicator,) = (SCHEMA["properties"][key]["defaultSnippets"] for key in ("own", "figures"))
    figures = filled(indicator).replace("\n", "\n  ")
    content = PLAN_HEAD.replace("own: {own_one", f"own:\n  {filled(own)}\n  own_one").replace("}}\n", "}\n")
    content += f"figures:\n  {figures}\n"
    assert list(VALIDATOR.iter_errors(typed(content))) == []
    assert read_plan(content.encode(), "x.yaml", CATALOGUE).model is not None
