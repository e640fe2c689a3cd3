"""Output files: written whole, to what is named, and never over what is read."""

import json
import os
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from plantrack.cli import run
from plantrack.render.files import write_bytes
from test_cli import INVALID, ROOT

Captured = pytest.CaptureFixture[str]
BAD = INVALID / "pt107-several-problems.yaml"
ACTUALS = "指标,年份,数值\n保费收入,2022,90.5\n"


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder to write to, with a plan that has errors, a sound one and its actuals."""
    monkeypatch.setenv("PLANTRACK_LANG", "en")
    monkeypatch.delenv("PLANTRACK_PLANS", raising=False)
    monkeypatch.chdir(tmp_path)
    (tmp_path / "plans").mkdir()
    (tmp_path / "bad.yaml").write_bytes(BAD.read_bytes())
    (tmp_path / "zhuhai.yaml").write_bytes((ROOT / "data" / "plans" / "zhuhai.yaml").read_bytes())
    (tmp_path / "actuals.csv").write_text(ACTUALS, encoding="utf-8")
    (tmp_path / "zhuhai.md").write_text("# 珠海\n", encoding="utf-8")
    (tmp_path / "plan.json").symlink_to("zhuhai.yaml")
    return tmp_path


# -- what is read --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("command", "read"),
    [
        ("validate bad.yaml -f json -o bad.yaml", "bad.yaml"),
        ("validate bad.yaml --draft-waivers -o ./plans/../bad.yaml", "bad.yaml"),
        ("validate . -f sarif -o bad.yaml", "bad.yaml"),
        ("check ./zhuhai.yaml -f json -o zhuhai.yaml", "zhuhai.yaml"),
        ("check ./zhuhai.yaml -o plan.json", "zhuhai.yaml"),
        ("show ./zhuhai.yaml -o plan.json", "zhuhai.yaml"),
        ("path ./zhuhai.yaml -o plan.json", "zhuhai.yaml"),
        ("compare loans ./zhuhai.yaml -o plan.json", "zhuhai.yaml"),
        ("list --plans . -o plan.json", "zhuhai.yaml"),
        ("export ./zhuhai.yaml -o plan.json", "zhuhai.yaml"),
        ("track ./zhuhai.yaml --actuals actuals.csv -o actuals.csv", "actuals.csv"),
        ("export ./zhuhai.yaml --actuals actuals.csv -o actuals.csv", "actuals.csv"),
        ("trace ./zhuhai.yaml --document zhuhai.md -o zhuhai.md", "zhuhai.md"),
    ],
)
def test_what_is_read_is_not_written_over(capsys: Captured, folder: Path, command: str, read: str) -> None:
    before = (folder / read).read_bytes()
    assert run(command.split()) == 2
    assert "is read here and would be written over" in capsys.readouterr().err
    assert (folder / read).read_bytes() == before


def test_a_folder_of_tables_does_not_write_over_the_actuals(folder: Path) -> None:
    (folder / "progress.csv").write_text(ACTUALS, encoding="utf-8")
    assert run(["export", "./zhuhai.yaml", "--actuals", "progress.csv", "-f", "csv", "-o", "."]) == 2
    assert (folder / "progress.csv").read_text(encoding="utf-8") == ACTUALS
    assert not (folder / "figures.csv").exists()


# -- what is written to --------------------------------------------------------------------------


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no named pipes here")
def test_a_pipe_is_written_to_as_it_is(folder: Path) -> None:
    pipe, got = folder / "pipe", []
    os.mkfifo(pipe)
    reader = threading.Thread(target=lambda: got.append(pipe.read_bytes()), daemon=True)
    reader.start()
    assert run(["validate", "bad.yaml", "-f", "json", "-o", "pipe"]) == 1
    assert pipe.is_fifo()
    reader.join(timeout=30)
    assert json.loads(got[0])["files"] == 1


@pytest.mark.parametrize("exists", [True, False])
def test_a_link_is_followed_to_its_file(folder: Path, exists: bool) -> None:
    (folder / "link.json").symlink_to("plans/found.json")
    if exists:
        (folder / "plans" / "found.json").write_text("old", encoding="utf-8")
    assert run(["validate", "bad.yaml", "-o", "link.json"]) == 1
    assert (folder / "link.json").is_symlink()
    assert json.loads((folder / "plans" / "found.json").read_text(encoding="utf-8"))["files"] == 1
    assert [each.name for each in (folder / "plans").iterdir()] == ["found.json"]


def test_a_folder_is_no_file_to_write_to(capsys: Captured) -> None:
    assert run(["validate", "bad.yaml", "-f", "json", "-o", "plans"]) == 2
    assert "plans cannot be written: it is a folder" in capsys.readouterr().err
    assert run(["validate", "bad.yaml", "-o", "nowhere/x.json", "--lang", "zh"]) == 2
    assert "nowhere/x.json 无法写入：没有这个文件或文件夹" in capsys.readouterr().err


def test_what_cannot_be_written_whole_is_not_written(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (folder / "found.json").write_text("old", encoding="utf-8")
    monkeypatch.setattr(Path, "replace", lambda *_: (_ for _ in ()).throw(KeyboardInterrupt))
    before = sorted(each.name for each in folder.iterdir())
    with pytest.raises(KeyboardInterrupt):
        write_bytes(folder / "found.json", b"new")
    assert (folder / "found.json").read_bytes() == b"old"
    assert sorted(each.name for each in folder.iterdir()) == before


@pytest.mark.parametrize("command", ["validate bad.yaml", "path ./zhuhai.yaml", "export ./zhuhai.yaml"])
def test_a_dash_is_stdout(capsys: Captured, folder: Path, command: str) -> None:
    run([*command.split(), "-f", "json"])
    expected = capsys.readouterr().out
    run([*command.split(), "-f", "json", "-o", "-"])
    assert capsys.readouterr().out == expected != ""
    assert not (folder / "-").exists()


# -- drafts of waivers ---------------------------------------------------------------------------


@pytest.mark.parametrize("command", ["validate ./unused.yaml", "check ./unused.yaml"])
def test_drafts_of_waivers_go_to_the_file_and_have_one_format(
    capsys: Captured, folder: Path, command: str
) -> None:
    case = (INVALID / "pt204-unused-section.yaml").read_bytes()
    (folder / "unused.yaml").write_bytes(case.replace(b"plan: pt204-unused-section", b"plan: unused"))
    drafts = [*command.split(), "--draft-waivers"]
    assert run(drafts) == 0
    printed = capsys.readouterr().out
    assert run([*drafts, "-o", "waivers.yaml"]) == 0
    assert (folder / "waivers.yaml").read_text(encoding="utf-8") == printed
    assert ("PT204" in printed) == command.startswith("validate")
    assert run([*drafts, "-f", "json"]) == 2
    assert "leave -f out" in capsys.readouterr().err


# -- stdin ---------------------------------------------------------------------------------------


@pytest.mark.skipif(os.name != "posix", reason="needs a shell that closes streams")
@pytest.mark.parametrize(
    ("closed", "code", "told"),
    [
        ("0<&-", 2, "stdin is closed: nothing can be read from it"),
        ("1>&-", 2, "stdout cannot be written to: it is closed"),
        ("2>&-", 1, ""),
    ],
)
def test_a_stream_that_the_caller_closed_is_no_internal_error(closed: str, code: int, told: str) -> None:
    source = "-" if closed.startswith("0") else "bad.yaml"
    done = subprocess.run(
        ["/bin/sh", "-c", f"{sys.executable} -m plantrack validate {source} {closed}"],
        capture_output=True,
        check=False,
        # A library loaded beforehand, such as one that sets the clock, may open a file in the closed stream's place.
        env={name: value for name, value in os.environ.items() if name != "LD_PRELOAD"},
    )
    assert done.returncode == code
    assert done.stderr.decode() == (f"plantrack: {told}\n" if told else "")
