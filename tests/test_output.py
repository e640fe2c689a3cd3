"""Output files: written whole, to what is named, and never over what is read."""

import ast
import errno
import json
import ntpath
import os
import random
import shlex
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from plantrack.cli import output_files as files
from plantrack.cli import run
from plantrack.cli.output_files import TEMPORARY, require_replaceable, write_bytes
from plantrack.errors import PlantrackError
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


@pytest.mark.skipif(os.name != "posix", reason="limits are of POSIX")
def test_a_disk_that_fills_up_keeps_the_old_file_and_nothing_else(folder: Path) -> None:
    (folder / "plans" / "found.json").write_bytes(b"old")
    script = (
        "import resource; from pathlib import Path; from plantrack.cli.output_files import write_bytes\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))\n"
        "write_bytes(Path('plans/found.json'), b'x' * 100_000)"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    assert "PlantrackError: plans/found.json cannot be written: " in done.stderr
    assert (folder / "plans" / "found.json").read_bytes() == b"old"
    assert [each.name for each in (folder / "plans").iterdir()] == ["found.json"]


@pytest.mark.parametrize("command", ["validate bad.yaml", "path ./zhuhai.yaml", "export ./zhuhai.yaml"])
def test_a_dash_is_stdout(capsys: Captured, folder: Path, command: str) -> None:
    run([*command.split(), "-f", "json"])
    expected = capsys.readouterr().out
    run([*command.split(), "-f", "json", "-o", "-"])
    assert capsys.readouterr().out == expected != ""
    assert not (folder / "-").exists()


# -- the rights of what is replaced --------------------------------------------------------------

COMMANDS = [
    "validate bad.yaml -o out.json",
    "validate bad.yaml -f github -o out.txt",
    "validate bad.yaml --draft-waivers -o out.json",
    "check ./zhuhai.yaml -o out.json",
    "check ./zhuhai.yaml --targets -o out.csv",
    "check ./zhuhai.yaml --draft-waivers -o out.json",
    "show ./zhuhai.yaml -o out.json",
    "list --plans plans -o out.json",
    "path ./zhuhai.yaml -o out.json",
    "path ./zhuhai.yaml -i premium -o out.svg",
    "compare loans ./zhuhai.yaml -o out.json",
    "track ./zhuhai.yaml --actuals actuals.csv -o out.json",
    "trace ./zhuhai.yaml --document zhuhai.md -o out.json",
    "export ./zhuhai.yaml -o out.xlsx",
    "export ./zhuhai.yaml -o out.csv",
    "schema -o out.json",
]
"""Every command that writes a file, and every way to one."""


@pytest.mark.skipif(os.name != "posix", reason="modes are of POSIX")
@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_keeps_the_mode_and_spares_read_only_files(
    capsys: Captured, folder: Path, command: str
) -> None:
    (folder / "plans" / "zhuhai.yaml").write_bytes((folder / "zhuhai.yaml").read_bytes())
    output = folder / command.rsplit(maxsplit=1)[-1]
    output.write_text("old", encoding="utf-8")
    output.chmod(0o444)
    assert run(command.split()) == 2
    assert f"{output.name} is read-only" in capsys.readouterr().err
    assert output.read_text(encoding="utf-8") == "old"
    assert run([*command.split(), "--force"]) in {0, 1}
    assert output.read_bytes() != b"old"
    assert output.stat().st_mode & 0o7777 == 0o444
    assert not [each for each in folder.iterdir() if TEMPORARY.fullmatch(each.name)]


@pytest.mark.skipif(os.name != "posix", reason="modes are of POSIX")
def test_one_read_only_file_in_a_folder_leaves_all_as_they_are(capsys: Captured, folder: Path) -> None:
    last = folder / "tables" / "paths.csv"
    last.parent.mkdir()
    last.write_text("old", encoding="utf-8")
    last.chmod(0o444)
    command = ["export", "./zhuhai.yaml", "-f", "csv", "-o", "tables"]
    assert run(command) == 2
    assert "tables/paths.csv is read-only" in capsys.readouterr().err
    assert [each.name for each in last.parent.iterdir()] == ["paths.csv"]
    assert run([*command, "--force"]) == 0
    assert {each.name for each in last.parent.iterdir()} == {
        f"{name}.csv" for name in ("plans", "figures", "targets", "implied", "findings", "paths")
    }


@pytest.mark.skipif(os.name != "posix", reason="modes are of POSIX")
@pytest.mark.parametrize(("umask", "expected"), [(0o022, 0o644), (0o077, 0o600), (0o000, 0o666)])
@pytest.mark.parametrize("mode", [0o600, 0o640, 0o664, 0o755, 0o4755])
def test_new_files_follow_the_umask_and_old_ones_their_mode(
    folder: Path, umask: int, expected: int, mode: int
) -> None:
    (folder / "old").write_bytes(b"old")
    (folder / "old").chmod(mode)
    usual = os.umask(umask)
    try:
        write_bytes(folder / "new", b"x")
        write_bytes(folder / "old", b"x")
    finally:
        os.umask(usual)
    assert (folder / "new").stat().st_mode & 0o7777 == expected
    assert (folder / "old").stat().st_mode & 0o7777 == mode & 0o777


@pytest.mark.skipif(os.name != "posix", reason="modes are of POSIX")
def test_a_private_file_is_at_no_moment_open_to_others(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (folder / "private").write_bytes(b"old")
    (folder / "private").chmod(0o600)
    seen = []
    chmod = Path.chmod

    def watched(path: Path, mode: int) -> None:
        seen.append(path.stat().st_mode & 0o777)
        chmod(path, mode)
        seen.append(path.stat().st_mode & 0o777)

    monkeypatch.setattr(Path, "chmod", watched)
    write_bytes(folder / "private", b"new")
    assert seen == [0o600, 0o600]


@pytest.mark.skipif(not hasattr(os, "chown") or os.geteuid() != 0, reason="only root gives files away")
def test_the_owner_of_what_is_replaced_is_kept(folder: Path) -> None:
    (folder / "theirs").write_bytes(b"old")
    os.chown(folder / "theirs", 1234, 2345)
    (folder / "theirs").chmod(0o640)
    write_bytes(folder / "theirs", b"new")
    kept = (folder / "theirs").stat()
    assert (kept.st_uid, kept.st_gid, kept.st_mode & 0o7777) == (1234, 2345, 0o640)


@pytest.mark.skipif(not hasattr(os, "chown"), reason="files have no owners here")
@pytest.mark.parametrize(("mode", "kept"), [(0o660, 0o600), (0o644, 0o644), (0o664, 0o644), (0o675, 0o655)])
def test_an_owner_who_cannot_be_kept_is_lost_with_force_only(
    folder: Path, monkeypatch: pytest.MonkeyPatch, mode: int, kept: int
) -> None:
    """And the group that the file has now may do no more than everybody."""
    (folder / "theirs").write_bytes(b"old")
    (folder / "theirs").chmod(mode)
    real = files.owner_of
    monkeypatch.setattr(files, "owner_of", lambda file: (7, 7) if file.name == "theirs" else real(file))

    def refused(*_: object) -> None:
        raise PermissionError(errno.EPERM, "Operation not permitted")

    monkeypatch.setattr(os, "chown", refused)
    with pytest.raises(PlantrackError, match="theirs belongs to another user or group"):
        write_bytes(folder / "theirs", b"new")
    assert (folder / "theirs").read_bytes() == b"old"
    write_bytes(folder / "theirs", b"new", force=True)
    assert (folder / "theirs").read_bytes() == b"new"
    assert (folder / "theirs").stat().st_mode & 0o777 == kept


@pytest.mark.skipif(not hasattr(os, "setxattr"), reason="files have no attributes here")
def test_attributes_are_kept(folder: Path) -> None:
    (folder / "found.json").write_bytes(b"old")
    try:
        os.setxattr(folder / "found.json", "user.origin", b"office")
    except OSError:
        pytest.skip("this file system has no attributes")
    write_bytes(folder / "found.json", b"new")
    assert os.getxattr(folder / "found.json", "user.origin") == b"office"


@pytest.mark.skipif(not hasattr(os, "link"), reason="there are no hard links here")
def test_other_names_of_a_replaced_file_keep_its_content(folder: Path) -> None:
    (folder / "found.json").write_bytes(b"old")
    os.link(folder / "found.json", folder / "other.json")
    write_bytes(folder / "found.json", b"new")
    assert (folder / "found.json").read_bytes() == b"new"
    assert (folder / "other.json").read_bytes() == b"old"


def test_a_file_is_on_the_disk_before_it_has_its_name(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    done = []
    replace, fsync = Path.replace, os.fsync

    def noted_fsync(handle: int) -> None:
        done.append(("fsync", os.fstat(handle).st_size))
        fsync(handle)

    def noted_replace(path: Path, target: Path) -> Path:
        done.append(("replace", path.stat().st_size))
        return replace(path, target)

    monkeypatch.setattr(os, "fsync", noted_fsync)
    monkeypatch.setattr(Path, "replace", noted_replace)
    write_bytes(folder / "found.json", b"x" * 100_000)
    assert done == [("fsync", 100_000), ("replace", 100_000)]


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no full device here")
def test_a_full_device_is_told(capsys: Captured) -> None:
    assert run(["validate", "bad.yaml", "-f", "json", "-o", "/dev/full"]) == 2
    assert "/dev/full cannot be written: no space is left" in capsys.readouterr().err


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there is no /dev/stdout here")
def test_what_is_appended_by_way_of_stdout_stays(folder: Path) -> None:
    (folder / "log").write_text("before\n", encoding="utf-8")
    with (folder / "log").open("ab") as log:
        command = [
            sys.executable,
            "-m",
            "plantrack",
            "validate",
            "bad.yaml",
            "-f",
            "json",
            "-o",
            "/dev/stdout",
        ]
        subprocess.run(command, stdout=log, check=False)
    lines = (folder / "log").read_text(encoding="utf-8").split("\n", 1)
    assert lines[0] == "before"
    assert json.loads(lines[1])["files"] == 1


# -- names that are reserved on Windows ----------------------------------------------------------

RESERVED = ["CON", "nul", "Aux.json", "prn.tar.json", "COM1.txt", "lpt9", "COM².csv", "CONIN$", "NUL .md"]
ENDING = ["x.json.", "x ", "x.json ", "...", "x. ."]
ALLOWED = [
    "console.json",
    "com.json",
    "COM10.txt",
    "com0.json",
    "a.con",
    ".nul",
    "nul-2",
    "x .json",
    "..",
    ".",
]


@pytest.mark.parametrize("name", [*RESERVED, *ENDING])
def test_names_that_windows_does_not_have_are_refused_everywhere(
    capsys: Captured, folder: Path, name: str
) -> None:
    before = sorted(folder.iterdir())
    assert run(["validate", "bad.yaml", "-f", "json", "-o", f"plans/{name}"]) == 2
    said = capsys.readouterr().err
    assert "choose another name" in said
    assert "Windows" in said
    assert name in said
    assert said.count("\n") == 1
    assert sorted(folder.iterdir()) == before
    with pytest.raises(PlantrackError, match="Windows"):
        write_bytes(folder / name, b"x", force=True)
    if hasattr(ntpath, "isreserved"):
        assert ntpath.isreserved(name)


@pytest.mark.parametrize("name", ALLOWED)
def test_other_names_are_not(name: str) -> None:
    require_replaceable(Path("nowhere") / name, force=False)
    if hasattr(ntpath, "isreserved") and name != "..":
        assert not ntpath.isreserved(name)


def test_a_folder_of_workbooks_has_no_reserved_names(capsys: Captured, folder: Path) -> None:
    sound = (folder / "zhuhai.yaml").read_text(encoding="utf-8")
    (folder / "nul.yaml").write_text(sound.replace("plan: zhuhai", "plan: nul"), encoding="utf-8")
    assert run(["export", "./zhuhai.yaml", "./nul.yaml", "-o", "books"]) == 2
    assert "nul.xlsx: Windows keeps this name for a device" in capsys.readouterr().err
    assert not (folder / "books").exists()
    assert run(["export", "./zhuhai.yaml", "-f", "csv", "-o", "con"]) == 2
    assert not (folder / "con").exists()


# -- runs that are killed ------------------------------------------------------------------------

KILLED_AT = {
    "the temporary file is new": "os.fdopen = die",
    "half is written": "os.fdopen = lambda handle, _: Half(handle)",
    "all is written": "os.fsync = die",
    "it is on the disk": "Path.replace = die",
    "it has its name": "Path.replace = lambda *names: die(os.replace(*names))",
}
KILLED = """
import os, signal, sys
from pathlib import Path
from plantrack.cli.output_files import write_bytes

def die(*_):
    os.kill(os.getpid(), signal.SIGKILL)

class Half:
    def __init__(self, handle):
        self.handle = handle
    def __enter__(self):
        return self
    def __exit__(self, *_):
        pass
    def write(self, content):
        os.write(self.handle, content[: len(content) // 2])
        die()

{moment}
write_bytes(Path("found.json"), b"new" * 100_000)
"""
needs_kill = pytest.mark.skipif(os.name != "posix", reason="SIGKILL is of POSIX")


@needs_kill
@pytest.mark.parametrize("moment", KILLED_AT)
@pytest.mark.parametrize("mode", [0o644, 0o444])
def test_a_killed_run_damages_nothing_and_the_next_tidies_up(folder: Path, moment: str, mode: int) -> None:
    found = folder / "found.json"
    found.write_bytes(b"old")
    found.chmod(mode)
    script = KILLED.format(moment=KILLED_AT[moment]).replace("100_000)", f"100_000, force={mode == 0o444})")
    done = subprocess.run([sys.executable, "-c", script], check=False)
    assert done.returncode == -9
    named = moment == "it has its name"
    assert found.read_bytes() == (b"new" * 100_000 if named else b"old")
    assert found.stat().st_mode & 0o777 == mode
    left = [each.name for each in folder.iterdir() if TEMPORARY.fullmatch(each.name)]
    assert len(left) == (0 if named else 1)
    assert all(name.startswith(".plantrack-") for name in left)
    write_bytes(folder / "another.json", b"x")
    assert not [each for each in folder.iterdir() if TEMPORARY.fullmatch(each.name)]


def without_locks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "fcntl", None)


@pytest.mark.parametrize("prepare", [lambda _: None, without_locks], ids=["locks", "no locks, as on Windows"])
def test_only_what_is_surely_left_over_is_removed(
    folder: Path, monkeypatch: pytest.MonkeyPatch, prepare: Callable[[pytest.MonkeyPatch], None]
) -> None:
    prepare(monkeypatch)
    spared = [".plantrack-notes.tmp", "x.plantrack-0123456789ab.tmp", ".plantrack-0123456789ab.tmp.yaml"]
    for name in [*spared, ".plantrack-0123456789ab.tmp"]:
        (folder / name).write_bytes(b"x")
    (folder / ".plantrack-aaaaaaaaaaaa.tmp").mkdir()
    (folder / ".plantrack-bbbbbbbbbbbb.tmp").symlink_to("zhuhai.yaml")
    write_bytes(folder / "found.json", b"x")
    assert (folder / "found.json").read_bytes() == b"x"
    assert all((folder / name).exists() for name in spared)
    assert (folder / ".plantrack-aaaaaaaaaaaa.tmp").is_dir()
    assert (folder / ".plantrack-bbbbbbbbbbbb.tmp").is_symlink()
    assert not (folder / ".plantrack-0123456789ab.tmp").exists()


@pytest.mark.skipif(files.fcntl is None, reason="there are no locks here")
def test_a_run_that_still_writes_is_not_disturbed(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    replace, inner = Path.replace, []

    def meanwhile(path: Path, target: Path) -> Path:
        if not inner:
            inner.append(path)
            write_bytes(folder / "second.json", b"second")
            assert path.exists()
        return replace(path, target)

    monkeypatch.setattr(Path, "replace", meanwhile)
    write_bytes(folder / "first.json", b"first")
    assert (folder / "first.json").read_bytes() == b"first"
    assert (folder / "second.json").read_bytes() == b"second"


@pytest.mark.skipif(files.fcntl is None, reason="there are no locks here")
def test_a_new_temporary_file_that_another_run_takes_for_left_over_is_made_again(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    flock, removed = files.fcntl.flock, []

    def late(handle: int, how: int) -> None:
        if not removed:
            removed.extend(each for each in folder.iterdir() if TEMPORARY.fullmatch(each.name))
            removed[0].unlink()
        flock(handle, how)

    monkeypatch.setattr(files.fcntl, "flock", late)
    write_bytes(folder / "found.json", b"new")
    assert len(removed) == 1
    assert (folder / "found.json").read_bytes() == b"new"


def test_runs_at_the_same_time_each_write_the_file_whole(folder: Path) -> None:
    script = "import sys; from pathlib import Path; from plantrack.cli.output_files import write_bytes\n"
    script += "for _ in range(100): write_bytes(Path('shared'), sys.argv[1].encode() * 50_000)"
    runs = [subprocess.Popen([sys.executable, "-c", script, letter]) for letter in "abc"]
    while any(each.poll() is None for each in runs):
        if (folder / "shared").exists():
            content = (folder / "shared").read_bytes()
            assert len(content) == 50_000
            assert len(set(content)) == 1
    assert [each.returncode for each in runs] == [0, 0, 0]
    assert not [each for each in folder.iterdir() if TEMPORARY.fullmatch(each.name)]


@needs_kill
def test_kills_at_random_moments_leave_the_old_file_or_the_new_one(folder: Path) -> None:
    """A few of those that benchmarks/kills.py tries."""
    command = [sys.executable, "-m", "plantrack", "validate", "bad.yaml", "-o", "found.json"]
    began = time.perf_counter()
    subprocess.run(command, check=False, capture_output=True)
    usual, dice = time.perf_counter() - began, random.Random(12)
    whole = (folder / "found.json").read_bytes()
    for _ in range(3):
        (folder / "found.json").write_bytes(b"old")
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        time.sleep(dice.triangular(0, usual, usual))
        process.kill()
        process.wait()
        assert (folder / "found.json").read_bytes() in {b"old", whole}
    subprocess.run(command, check=False, capture_output=True)
    assert (folder / "found.json").read_bytes() == whole
    assert not [each for each in folder.iterdir() if TEMPORARY.fullmatch(each.name)]


# -- one writer ----------------------------------------------------------------------------------

WRITES = {"write_text", "write_bytes", "mkstemp", "NamedTemporaryFile", "fdopen", "savefig", "rename"}
WRITERS = {
    "cli/output_files.py": "it is the writer",
    "cli/streams.py": "standard streams, no files",
    "batch/cache.py": "files that nobody asks for, and that may be lost",
}


def test_every_file_goes_through_the_one_writer() -> None:
    source = ROOT / "src" / "plantrack"
    found = {
        f"{file.relative_to(source).as_posix()}:{node.lineno} {ast.unparse(node.func)}"
        for file in source.rglob("*.py")
        if file.relative_to(source).as_posix() not in WRITERS
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and writes_a_file(node)
    }
    assert not found


def writes_a_file(call: ast.Call) -> bool:
    """Whether a call opens a file for writing, or writes one; into memory is no file."""
    name = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
    if name == "write_bytes":
        return isinstance(call.func, ast.Attribute)  # a path's own, not the writer's
    if name == "savefig":
        return not ast.unparse(call.args[0]).endswith("stream")
    if name == "open":
        given = [*call.args, *(each.value for each in call.keywords)]
        return any(isinstance(each, ast.Constant) and set(str(each.value)) & set("wax+") for each in given)
    return name in WRITES


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
        ["/bin/sh", "-c", f"{shlex.quote(sys.executable)} -m plantrack validate {source} {closed}"],
        capture_output=True,
        check=False,
        # A library loaded beforehand, such as one that sets the clock, may open a file in the closed stream's place.
        env={name: value for name, value in os.environ.items() if name != "LD_PRELOAD"},
    )
    assert done.returncode == code
    assert done.stderr.decode() == (f"plantrack: {told}\n" if told else "")
