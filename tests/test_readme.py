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
        *("README.md", "docs/commands.md", "docs/track.md", "docs/actuals.md", "docs/office.md"),
        *(
            "README.zh.md",
            "docs/commands.zh.md",
            "docs/track.zh.md",
            "docs/actuals.zh.md",
            "docs/office.zh.md",
        ),
    )
}
DOCUMENTS = [ROOT / "README.md", ROOT / "README.zh.md", *sorted((ROOT / "docs").glob("*.md"))]
ENGLISH_ONLY = {"why.md"}
"""What only those read who work on plantrack."""
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
    request: pytest.FixtureRequest,
) -> None:
    """Run where files may be written, beside the project's own folders."""
    monkeypatch.setenv("PLANTRACK_LANG", "zh" if page.endswith(".zh.md") else "en")
    for folder in ("data", "docs"):
        (tmp_path / folder).symlink_to(ROOT / folder)
    monkeypatch.chdir(tmp_path)
    program, *arguments = shlex.split(command)
    assert program == "plantrack"
    if page.endswith(".zh.md") and arguments[-1].endswith((".svg", ".png")):
        request.getfixturevalue("chinese_font")
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
    for document in DOCUMENTS:
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


def prose(page: Path) -> str:
    """What is read of a page: without code, links, and what is quoted from documents."""
    content = re.sub(r"```.*?```|<!--.*?-->", "", page.read_text(encoding="utf-8"), flags=re.DOTALL)
    content = re.sub(r"`[^`\n]*`|\]\([^)]*\)|^\[(?:中文|English)\].*$", "", content, flags=re.MULTILINE)
    return re.sub(r"“[^”\n]*”|\"[^\"\n]*\"", "", content)


def is_chinese(page: Path) -> bool:
    return page.name.endswith(".zh.md")


@pytest.mark.parametrize("page", DOCUMENTS, ids=lambda page: page.name)
def test_a_page_is_in_one_language(page: Path) -> None:
    """Names and terms of the other language may stand in it, no sentence of it."""
    foreign = (
        r"(?:\b[A-Za-z]{2,}\b[ ,]+){4,}"
        if is_chinese(page)
        else r"[\u4e00-\u9fff]{4,}，[\u4e00-\u9fff]{4,}|[。；]"
    )
    assert [found[0] for found in re.finditer(foreign, prose(page))] == []


@pytest.mark.parametrize("page", DOCUMENTS, ids=lambda page: page.name)
def test_every_page_is_there_in_both_languages(page: Path) -> None:
    if page.name in ENGLISH_ONLY:
        return
    stem = page.name.removesuffix(".md").removesuffix(".zh").removesuffix(".en")
    other = [f"{stem}.md", f"{stem}.en.md"] if is_chinese(page) else [f"{stem}.zh.md"]
    assert any((page.parent / name).is_file() for name in other)


@pytest.mark.parametrize("page", DOCUMENTS, ids=lambda page: page.name)
def test_links_lead_to_pages_that_are_there(page: Path) -> None:
    for link in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", page.read_text(encoding="utf-8")):
        assert (page.parent / link).exists(), link
