"""The ways of running plantrack elsewhere, as the files and the page show them."""

import re
import shlex
from pathlib import Path
from typing import Any

import pytest
import yaml

from plantrack.cli import run

ROOT = Path(__file__).parent.parent
HOOKS: list[dict[str, Any]] = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
WORKFLOW = (ROOT / "docs" / "github-actions.yml").read_text(encoding="utf-8")
PAGE = (ROOT / "docs" / "ci-recipes.md").read_text(encoding="utf-8")
SHOWN = [
    shlex.split(line)
    for text in (WORKFLOW.replace("- run: ", "      "), *re.findall(r"```sh\n(.*?)```", PAGE, re.DOTALL))
    for line in re.findall(r"^ *(plantrack .*)$", text, re.MULTILINE)
]


@pytest.mark.parametrize("hook", HOOKS, ids=lambda hook: hook["id"])
@pytest.mark.parametrize("plan", ["zhaoqing", "zhuhai"])
def test_a_hook_looks_at_plan_files_and_runs(
    hook: dict[str, Any], plan: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(ROOT)
    file = f"data/plans/{plan}.yaml"
    assert re.search(hook["files"], file)
    assert not re.search(hook["files"], "mkdocs.yaml")
    program, *arguments = shlex.split(hook["entry"])
    assert program == "plantrack"
    assert run([*arguments, file]) in {0, 1}
    assert capsys.readouterr().err == ""


def test_the_page_names_every_hook() -> None:
    assert re.findall(r"^  - id: (.*)$", PAGE, re.MULTILINE) == [hook["id"] for hook in HOOKS]


def test_the_workflow_is_yaml_and_its_actions_are_pinned() -> None:
    steps = yaml.safe_load(WORKFLOW)["jobs"]["plans"]["steps"]
    used = [step["uses"] for step in steps if "uses" in step]
    assert len(used) == 3
    (checkout,) = [step for step in steps if step.get("uses", "").startswith("actions/checkout@")]
    assert checkout["with"]["persist-credentials"] is False
    assert all(re.fullmatch(r"[\w/-]+@[0-9a-f]{40}", each) for each in used)
    assert len(re.findall(r"@[0-9a-f]{40} # v\d+\.\d+\.\d+$", WORKFLOW, re.MULTILINE)) == len(used)


@pytest.mark.parametrize("command", SHOWN, ids=" ".join)
def test_a_command_that_is_shown_runs(
    command: list[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """As far as the arguments go: no usage error, nothing missing. Completion is left to the shell."""
    monkeypatch.chdir(ROOT)
    monkeypatch.setenv("HOME", str(tmp_path))
    _, *arguments = command
    if "completion" in arguments[0]:
        arguments = ["--help"]
    arguments = [str(tmp_path / each) if each.endswith(".sarif") else each for each in arguments]
    files = [str(file) for each in arguments for file in (sorted(ROOT.glob(each)) if "*" in each else [each])]
    assert run(files) in {0, 1}
