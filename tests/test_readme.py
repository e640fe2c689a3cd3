"""What README.md shows is what happens."""

import re
import shlex
from pathlib import Path

import pytest

from plantrack.cli import run

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
SHOWN = [
    (command, shown.splitlines())
    for block in re.findall(r"```console\n(.*?)```", README, re.DOTALL)
    for command, shown in re.findall(r"^\$ (.*)\n((?:(?!\$ ).*\n)*)", block, re.MULTILINE)
]


def matches(pattern: list[str], lines: list[str]) -> bool:
    """Whether the lines are as shown; `…` stands for anything, alone for any number of lines."""
    parts = "\n".join(pattern).split("\n…")
    expression = r"(?:\n.*)*".join(re.escape(part).replace("…", ".*") for part in parts)
    return re.fullmatch(expression.replace(r"\ ", " "), "\n" + "\n".join(lines)) is not None


@pytest.mark.parametrize(("command", "shown"), SHOWN, ids=[command for command, _ in SHOWN])
def test_the_command_prints_what_is_shown(
    command: str,
    shown: list[str],
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    """Run where files may be written, beside the project's own folders."""
    monkeypatch.setenv("PLANTRACK_LANG", "en")
    for folder in ("data", "docs"):
        (tmp_path / folder).symlink_to(ROOT / folder)
    monkeypatch.chdir(tmp_path)
    program, *arguments = shlex.split(command)
    assert program == "plantrack"
    assert run(arguments) == 0
    if "-o" in arguments:
        assert Path(arguments[arguments.index("-o") + 1]).stat().st_size > 0
    lines = [line.rstrip() for line in capsys.readouterr().out.splitlines()]
    assert matches(["", *shown], lines) if shown else lines == [], "\n".join(lines)


def test_readme_shows_every_command_and_exactly_two_for_the_shell() -> None:
    assert {command.split()[1] for command, _ in SHOWN} == {
        "list",
        "check",
        "path",
        "track",
        "compare",
        "export",
        "show",
        "validate",
        "explain",
        "trace",
        "schema",
    }
    assert len(re.findall(r"^```sh\n.*\n```$", README, re.MULTILINE)) == 2


def test_every_picture_is_there() -> None:
    for document in (ROOT / "README.md", *(ROOT / "docs").glob("*.md")):
        for picture in re.findall(r"!\[[^]]*\]\(([^)]+)\)", document.read_text(encoding="utf-8")):
            assert (document.parent / picture).is_file(), (document.name, picture)


def test_the_python_example_runs(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    (example,) = re.findall(r"```python\n(.*?)```", README, re.DOTALL)
    exec(example, {})  # noqa: S102 - our own README
    assert "保费收入" in capsys.readouterr().out
