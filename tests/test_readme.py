"""What README.md shows is what happens."""

import re
import shlex
from pathlib import Path

import pytest

from plantrack.cli import COMMANDS, run

ROOT = Path(__file__).parent.parent
PAGES = {
    page: (ROOT / page).read_text(encoding="utf-8")
    for page in (
        "README.md",
        "README.zh.md",
        "docs/commands.md",
        "docs/track.md",
        "docs/office.md",
        "docs/office.zh.md",
    )
}
SHOWN = [
    (page, command, shown.splitlines())
    for page, content in PAGES.items()
    for block in re.findall(r"```console\n(.*?)```", content, re.DOTALL)
    for command, shown in re.findall(r"^\$ (.*)\n((?:(?!\$ ).*\n)*)", block, re.MULTILINE)
]


def matches(pattern: list[str], lines: list[str]) -> bool:
    """Whether the lines are as shown; `…` stands for anything, alone for any number of lines."""
    parts = "\n".join(pattern).split("\n…")
    expression = r"(?:\n.*)*".join(re.escape(part).replace("…", ".*") for part in parts)
    return re.fullmatch(expression.replace(r"\ ", " "), "\n" + "\n".join(lines)) is not None


@pytest.mark.parametrize(
    ("page", "command", "shown"), SHOWN, ids=[f"{page}: {command}" for page, command, _ in SHOWN]
)
def test_the_command_prints_what_is_shown(
    page: str,
    command: str,
    shown: list[str],
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    """Run where files may be written, beside the project's own folders."""
    monkeypatch.setenv("PLANTRACK_LANG", "zh" if page.endswith(".zh.md") else "en")
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


def test_every_command_is_shown() -> None:
    assert {command.split()[1] for _, command, _ in SHOWN} == {*COMMANDS} - {"list_plans"} | {"list"}


@pytest.mark.parametrize("page", ["README.md", "README.zh.md"])
def test_each_readme_has_the_same_two_commands_for_the_shell(page: str) -> None:
    commands = re.findall(r"^```sh\n(.*)\n```$", PAGES[page], re.MULTILINE)
    assert commands == re.findall(r"^```sh\n(.*)\n```$", PAGES["README.md"], re.MULTILINE)
    assert len(commands) == 2


def test_every_picture_is_there() -> None:
    for document in (ROOT / "README.md", ROOT / "README.zh.md", *(ROOT / "docs").glob("*.md")):
        for picture in re.findall(r"!\[[^]]*\]\(([^)]+)\)", document.read_text(encoding="utf-8")):
            assert (document.parent / picture).is_file(), (document.name, picture)


@pytest.mark.parametrize("page", ["README.md", "README.zh.md"])
def test_the_python_example_runs(
    page: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(ROOT)
    (example,) = re.findall(r"```python\n(.*?)```", PAGES[page], re.DOTALL)
    exec(example, {})  # noqa: S102 - our own README
    assert "保费收入" in capsys.readouterr().out
