"""Completion as bash, zsh and fish ask for it: by variables of the environment, answered on stdout."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

import plantrack
from plantrack.cli import run
from plantrack.cli.completion import indicators, places
from plantrack.reading import load_catalogue
from test_cli import ROOT

Completed = Callable[[str, str], list[str]]
Captured = pytest.CaptureFixture[str]
ENGLISH = {"PLANTRACK_LANG": "en"}


def asked(shell: str, line: str) -> dict[str, str]:
    """What a shell sets to complete the last word of a line."""
    bash = {"COMP_WORDS": line, "COMP_CWORD": str(line.count(" "))}
    others = {"_TYPER_COMPLETE_ARGS": line, "_TYPER_COMPLETE_FISH_ACTION": "get-args"}
    return {"_PLANTRACK_COMPLETE": f"complete_{shell}"} | (bash if shell == "bash" else others)


@pytest.fixture
def completed(capsys: Captured, monkeypatch: pytest.MonkeyPatch) -> Completed:
    monkeypatch.delenv("PLANTRACK_PLANS", raising=False)
    monkeypatch.chdir(ROOT)

    def complete(shell: str, line: str) -> list[str]:
        for name, value in {**ENGLISH, **asked(shell, f"plantrack {line}")}.items():
            monkeypatch.setenv(name, value)
        run([])
        found = capsys.readouterr()
        assert found.err == ""
        return [line for line in found.out.splitlines() if line]

    return complete


LINES = [
    ("show zhu", "zhuhai", "珠海市金融改革发展“十四五”规划"),
    ("check zhaoqing zhan", "zhanjiang", "湛江市金融改革发展“十四五”规划"),
    ("path zhuhai -i lo", "loans", "本外币贷款余额"),
    ("compare premium,lo", "premium,loans", "本外币贷款余额"),
    ("compare premium --per gd", "gdp", "地区生产总值"),
    ("explain PT30", "PT301", "growth that does not lead from base to target"),
    ("check --select growth-c", "growth-conflict", "growth that does not lead from base to target"),
    ("check --ignore PT4,PT50", "PT4,PT501", "a figure that stands nowhere in the document"),
    ("path zhuhai -i 本外币存", "本外币存款余额", "deposits"),
    ("new --place 肇", "肇庆市", "zhaoqing"),
]


@pytest.mark.parametrize(("line", "word", "told"), LINES, ids=[line for line, *_ in LINES])
def test_shells_are_offered_words_and_what_they_mean(
    completed: Completed, line: str, word: str, told: str
) -> None:
    assert word in completed("bash", line)
    assert f"{word}\t{told}" in completed("fish", line)
    assert any(f'"{word}":"{told}"' in each for each in completed("zsh", line))


@pytest.mark.parametrize("file", sorted((ROOT / "data/plans").glob("*.yaml")), ids=lambda file: file.stem)
def test_of_a_plan_only_its_indicators_are_offered(completed: Completed, file: Path) -> None:
    ours = {figure.indicator for figure in plantrack.load(file).figures}
    for plan in (file.stem, file.relative_to(ROOT).as_posix()):
        assert set(completed("bash", f"path {plan} -i ")) == ours
    assert set(completed("bash", "compare ")) == load_catalogue().indicators.keys()


def test_what_is_not_there_offers_nothing(completed: Completed) -> None:
    assert completed("bash", "show nowhere") == []
    assert completed("bash", "--plans nowhere show zh") == []


def test_the_pattern_finds_what_the_catalogue_has() -> None:
    class Context:
        params: dict[str, str] = {}  # noqa: RUF012

    catalogue = load_catalogue()
    assert dict(indicators(Context(), "")) == {name: each.zh for name, each in catalogue.indicators.items()}  # type: ignore[arg-type]
    assert dict(places("")) == {each.zh: name for name, each in catalogue.places.items()}


LIGHT = """
import sys
from plantrack.cli import run
run([])
heavy = {"yaml", "numpy", "plantrack.audit", "plantrack.reading", "plantrack.plan.model"} & set(sys.modules)
print(sorted(heavy), file=sys.stderr)
"""


@pytest.mark.parametrize("line", ["show zhu", "path zhuhai -i lo", "explain PT3"])
def test_completion_loads_nothing_heavy(line: str) -> None:
    environment = os.environ | ENGLISH | asked("bash", f"plantrack {line}")
    done = subprocess.run(
        [sys.executable, "-c", LIGHT], cwd=ROOT, env=environment, capture_output=True, text=True, check=True
    )
    assert done.stderr == "[]\n"
    assert done.stdout.strip()


def test_a_folder_named_in_the_call_is_looked_up(completed: Completed, tmp_path: Path) -> None:
    (tmp_path / "someplace.yaml").write_text("plan: someplace\ntitle: {zh: 某地规划}\n", encoding="utf-8")
    assert completed("fish", f"--plans {tmp_path} show some") == ["someplace\t某地规划"]
