"""docs/writing-a-plan.md: its example is sound and has its paths, and every form of its table is read."""

import re
from pathlib import Path

import pytest

from fuzzing import CATALOGUE
from plantrack.cli import run
from plantrack.reading import read_plan

PAGE = (Path(__file__).parent.parent / "docs" / "writing-a-plan.zh.md").read_text(encoding="utf-8")
(EXAMPLE,) = re.findall(r"```yaml\n(.*?)```", PAGE, re.DOTALL)
FORMS = [
    each
    for row in re.findall(r"^   \| [^|]+ \| (.*) \|$", PAGE, re.MULTILINE)
    for each in re.findall("`([^`]+)`", row)
]
SLIPS = [
    (slip, instead)
    for slips, right in re.findall(r"^\| (`[^|]+`[^|]*) \| (`[^|]+) \|$", PAGE, re.MULTILINE)
    for slip, instead in zip(re.findall("`([^`]+)`", slips), re.findall("`([^`]+)`", right), strict=False)
]
INDICATORS = {
    "annual_change": "上市公司",
    "each_year": "城镇新增就业",
    "below": "npl_ratio",
    "2021/2025": "城镇新增就业",
}


def plan_with(row: str, indicator: str = "人口自然增长率") -> bytes:
    head = EXAMPLE.partition("own:")[0]
    return f"{head}figures:\n  {indicator}:\n  - {{in: 表, {row}}}\n".encode()


def test_the_example_is_sound_and_has_its_paths(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "linxi.yaml"
    file.write_text(EXAMPLE, encoding="utf-8")
    assert run(["validate", "--strict", str(file)]) == 0
    assert run(["check", str(file)]) == 0
    capsys.readouterr()
    assert run(["--lang", "zh", "path", str(file)]) == 0
    shown = capsys.readouterr().out
    for indicator in ("地区生产总值", "人均预期寿命", "城镇新增就业", "能耗", "城市绿道", "婴儿死亡率"):
        assert re.search(rf"^\S*{indicator}.*[0-9]$", shown, re.MULTILINE), indicator


@pytest.mark.parametrize("form", FORMS)
def test_every_form_of_the_table_is_read(form: str) -> None:
    indicator = next((each for sign, each in INDICATORS.items() if sign in form), "人口自然增长率")
    found = read_plan(plan_with(form, indicator), "linxi.yaml", CATALOGUE)
    assert [each.message.say("en") for each in found.errors] == []


def test_the_tables_are_told() -> None:
    assert len(FORMS) == 14
    assert len(SLIPS) > 8


@pytest.mark.parametrize(("slip", "instead"), [each for each in SLIPS if "{" not in each[0]])
def test_a_slip_of_the_table_is_told_and_what_stands_instead_is_read(slip: str, instead: str) -> None:
    is_time = re.match(r"20\d\d", slip) is not None
    for written, is_sound in ((slip, False), (instead, True)):
        row = f"{'growth' if '%' in slip else 'change'}: {{2020->2025: {written}}}"
        if is_time:
            row = f"level: {{{written}}}" if ": " in instead else f"level: {{{written}: 5}}"
            row = row.replace("level", "growth") if "->" in instead else row
        read = read_plan(plan_with(row), "linxi.yaml", CATALOGUE)
        assert (not read.errors) == is_sound, (row, read.errors)
