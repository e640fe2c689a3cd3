"""Streams that refuse, interrupts at any moment, workers whose parent is gone: a row for each kind."""

import contextlib
import io
import json
import os
import shlex
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from plantrack import interrupts
from plantrack.cli import run, streams
from plantrack.cli.output_files import write_bytes
from plantrack.errors import PlantrackError
from plantrack.language import text
from test_cli import INVALID, ROOT

Captured = pytest.CaptureFixture[str]
ON_POSIX = pytest.mark.skipif(os.name != "posix", reason="needs POSIX signals and streams")
NEEDS_FULL = pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is full")
BAD = INVALID / "pt107-several-problems.yaml"
FULL = "plantrack: stdout cannot be written to: no space is left\n"


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a small sound plan, one with errors and a document."""
    monkeypatch.setenv("PLANTRACK_LANG", "en")
    monkeypatch.delenv("PLANTRACK_PLANS", raising=False)
    monkeypatch.chdir(tmp_path)
    for name in ("example.yaml", "example.txt"):
        (tmp_path / name).write_bytes((ROOT / "docs" / "examples" / "trace" / name).read_bytes())
    (tmp_path / "bad.yaml").write_bytes(BAD.read_bytes())
    (tmp_path / "actuals.csv").write_text("指标,年份,数值\ndeposits,2022,1500\n", encoding="utf-8")
    return tmp_path


# -- streams that refuse -------------------------------------------------------------------------

TELLING = [
    "--version",
    "--help",
    "list",
    "show ./example.yaml",
    "show ./example.yaml -f json",
    "check ./example.yaml",
    "check ./example.yaml -f json",
    "check ./example.yaml --targets -f csv",
    "path ./example.yaml",
    "path ./example.yaml -i deposits --chart",
    "track ./example.yaml --actuals actuals.csv",
    "compare deposits ./example.yaml",
    "trace ./example.yaml --document example.txt",
    "validate bad.yaml",
    "validate bad.yaml -f github",
    "validate bad.yaml -f sarif",
    "validate bad.yaml -f page",
    "explain PT301",
    "export ./example.yaml -f csv",
    "export ./example.yaml -f csv -o out",
    "export ./example.yaml -f datapackage -o out",
    "schema",
    "schema -f markdown",
]
"""Every command tells something on stdout."""


@contextlib.contextmanager
def stdout_as(stream: io.TextIOWrapper, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(sys, "stdout", stream)
    yield
    with contextlib.suppress(OSError):
        stream.close()


@NEEDS_FULL
@pytest.mark.parametrize("command", TELLING)
def test_a_full_stdout_is_told_in_one_sentence(
    capsys: Captured, monkeypatch: pytest.MonkeyPatch, command: str
) -> None:
    with stdout_as(Path("/dev/full").open("w", encoding="utf-8"), monkeypatch):
        assert run(command.split()) == 2
        assert capsys.readouterr().err == FULL
        streams.flush_streams()  # nothing is left that would fail later


@pytest.mark.parametrize("command", TELLING)
def test_a_pipe_without_readers_stays_silent(
    capsys: Captured, monkeypatch: pytest.MonkeyPatch, command: str
) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    with stdout_as(os.fdopen(writing, "w", encoding="utf-8"), monkeypatch):
        assert run(command.split()) == ("bad" in command)
    assert capsys.readouterr().err == ""


@ON_POSIX
@pytest.mark.parametrize(
    ("command", "code", "told"),
    [
        pytest.param("--version >/dev/full", 2, FULL, marks=NEEDS_FULL),
        pytest.param("check bad.yaml -f json >/dev/full", 2, FULL, marks=NEEDS_FULL),
        pytest.param("nonsense 2>/dev/full", 2, "", marks=NEEDS_FULL),
        pytest.param("check bad.yaml 2>/dev/full", 2, "", marks=NEEDS_FULL),
        pytest.param("validate bad.yaml >/dev/full 2>&1", 2, "", marks=NEEDS_FULL),
        ("--version >&-", 2, "plantrack: stdout cannot be written to: it is closed\n"),
        ("validate bad.yaml -o found.json >&- 2>&-", 1, ""),
        ("nonsense 2>&-", 2, ""),
        ("validate bad.yaml 1<bad.yaml", 2, "plantrack: stdout cannot be written to: it is not open for that\n"),
        ("validate - 0>written", 2, "plantrack: stdin cannot be read: it is not open for that\n"),
        ("", 2, None),
    ],
)  # fmt: skip
def test_how_the_process_ends_with_streams_that_refuse(command: str, code: int, told: str | None) -> None:
    """As a whole process, for its end writes what is held back, too."""
    done = subprocess.run(
        ["/bin/sh", "-c", f"{shlex.quote(sys.executable)} -m plantrack {command}"],
        capture_output=True,
        check=False,
        text=True,
        env={name: value for name, value in os.environ.items() if name != "LD_PRELOAD"},
    )
    assert done.returncode == code
    assert done.stdout == ""
    if told is None:
        assert done.stderr.startswith("Usage: plantrack")
    else:
        assert done.stderr == told


@ON_POSIX
def test_a_stream_that_does_not_wait_is_waited_for() -> None:
    reading, writing = os.pipe()
    os.set_blocking(writing, False)
    output = streams.Output(text("stdout"), writing)
    with contextlib.suppress(BlockingIOError):
        while os.write(writing, b"x" * 65536):
            pass

    def read_later() -> None:
        time.sleep(0.05)
        os.read(reading, 65536)

    reader = threading.Thread(target=read_later)
    reader.start()
    assert output.write(b"waited") == 6
    reader.join()
    os.close(reading)
    assert output.write(b"left") == 4
    os.close(writing)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no named pipes here")
def test_a_named_pipe_whose_readers_leave_stays_silent(folder: Path) -> None:
    os.mkfifo(folder / "pipe")
    reader = threading.Thread(target=lambda: (folder / "pipe").open("rb").close(), daemon=True)
    reader.start()
    write_bytes(folder / "pipe", b"x" * 1_000_000)
    reader.join(timeout=30)


@NEEDS_FULL
def test_a_stream_tells_once_that_it_refuses() -> None:
    with Path("/dev/full").open("wb") as full:
        output = streams.Output(text("stdout"), full.fileno())
        with pytest.raises(PlantrackError, match="no space is left"):
            output.write(b"x")
        assert output.write(b"more") == 4


@ON_POSIX
@pytest.mark.parametrize(
    ("command", "code", "told"),
    [
        ("--version", 0, ""),
        *((each, 2, "the current folder cannot be found") for each in ("--help", "list", "check", "validate -")),
    ],
)  # fmt: skip
def test_a_deleted_current_folder_is_told(
    capsys: Captured, folder: Path, monkeypatch: pytest.MonkeyPatch, command: str, code: int, told: str
) -> None:
    (folder / "gone").mkdir()
    monkeypatch.chdir(folder / "gone")
    (folder / "gone").rmdir()
    for language in ("en", "zh"):
        assert run([*command.split(), "--lang", language]) == code
        shown = capsys.readouterr().err
        assert len(shown.splitlines()) == (1 if told else 0)
        assert language == "zh" or told in shown


# -- interrupts ----------------------------------------------------------------------------------

SILENT = """\
import signal, sys
from plantrack.__main__ import main

class Interrupting:
    def __init__(self, wanted):
        self.wanted = wanted
    def find_spec(self, name, path=None, target=None):
        if name == self.wanted:
            signal.raise_signal(signal.SIGINT)

sys.meta_path.insert(0, Interrupting(sys.argv.pop(1)))
main()
"""


@ON_POSIX
@pytest.mark.parametrize(
    ("moment", "command"),
    [
        ("plantrack.cli", "list"),
        ("plantrack.language", "--version"),
        ("typer", "list"),
        ("pydantic", "show ./example.yaml"),
        ("numpy", "check ./example.yaml"),
        ("numpy.linalg", "check ./example.yaml"),  # from within the compiled part of numpy
        ("rich.console", "explain"),
        ("plantrack.locale.zh", "nonsense --lang zh"),
    ],
)
def test_an_interrupt_ends_in_silence_also_during_imports(moment: str, command: str) -> None:
    done = subprocess.run(
        [sys.executable, "-c", SILENT, moment, *command.split()], capture_output=True, check=False
    )
    assert (done.returncode, done.stdout, done.stderr) == (130, b"", b"")


def test_interrupts_are_seen_to_before_anything_slow_is_imported() -> None:
    loaded = (
        "import sys; sys.path.insert(0, sys.argv[1]); import plantrack.__main__; print('enum' in sys.modules)"
    )
    source = Path(interrupts.__file__).parent.parent
    done = subprocess.run(
        [sys.executable, "-I", "-S", "-c", loaded, str(source)], capture_output=True, check=False
    )
    assert done.stdout.split() == [b"False"], done.stderr


@ON_POSIX
def test_an_ignored_interrupt_stays_ignored() -> None:
    """As under `nohup`, and for a job in the background of a script."""
    ignoring = "import signal; signal.signal(signal.SIGINT, signal.SIG_IGN)\n" + SILENT
    done = subprocess.run(
        [sys.executable, "-c", ignoring, "typer", "--version"], capture_output=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, b"")


@ON_POSIX
def test_an_interrupt_waits_until_a_file_is_whole(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = folder / "found.json"
    file.write_bytes(b"old")
    replace, before = Path.replace, sorted(folder.iterdir())

    def interrupted(self: Path, target: Path) -> Path:
        signal.raise_signal(signal.SIGINT)
        return replace(self, target)

    monkeypatch.setattr(Path, "replace", interrupted)
    with pytest.raises(KeyboardInterrupt):
        write_bytes(file, b"new")
    assert file.read_bytes() == b"new"
    assert sorted(folder.iterdir()) == before


def test_signals_are_not_held_back_where_they_cannot_be(monkeypatch: pytest.MonkeyPatch) -> None:
    """As on Windows."""
    monkeypatch.delattr(signal, "pthread_sigmask", raising=False)
    with interrupts.held_back("SIGINT", "SIGHUP"):
        pass


def test_warnings_of_libraries_are_not_shown() -> None:
    warning = "import warnings, plantrack.cli as cli; cli.run = lambda _: warnings.warn('x\\x1b') or 0\n"
    done = subprocess.run([sys.executable, "-c", warning + SILENT, "-"], capture_output=True, check=False)
    assert (done.returncode, done.stderr) == (0, b"")


# -- processes that read many files --------------------------------------------------------------

WORKING = """\
import multiprocessing, os, sys, time
from functools import partial
from plantrack.__main__ import _be_silent
from plantrack.batch import Source, Stream, Work, workers_for

def work(source):
    os.write(1, b"working\\n")  # at once, not mixed with the other's
    time.sleep(60)

if __name__ == "__main__":
    _be_silent()
    multiprocessing.set_start_method(sys.argv[1])
    with workers_for(2, 0, 1) as workers:
        list(Stream(Work(work, {}), workers).results([[Source(str(number), b"")] for number in range(4)]))
"""


@ON_POSIX
@pytest.mark.parametrize(
    ("method", "ending"),
    [("fork", "SIGKILL"), ("fork", "SIGINT"), ("spawn", "SIGINT")],
)
def test_workers_end_with_their_parent_in_silence(folder: Path, method: str, ending: str) -> None:
    """They hold the ends of its streams: these are closed when the last has ended."""
    script = folder / "working.py"
    script.write_text(WORKING, encoding="utf-8")
    parent = subprocess.Popen(
        [sys.executable, str(script), method],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
    )
    assert parent.stdout is not None
    assert [parent.stdout.readline() for _ in range(2)] == [b"working\n"] * 2
    if ending == "SIGINT":  # as a terminal sends it: to all of them
        os.killpg(parent.pid, signal.SIGINT)
    else:
        os.kill(parent.pid, getattr(signal, ending))
    assert parent.communicate(timeout=30) == (b"", b"")
    assert parent.returncode == (130 if ending == "SIGINT" else -getattr(signal, ending))


@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="needs a list of child processes")
def test_an_interrupt_is_not_for_workers(folder: Path) -> None:
    """It is for their parent alone, which decides."""
    script = folder / "working.py"
    script.write_text(WORKING.replace("time.sleep(60)", "time.sleep(0.5)"), encoding="utf-8")
    command = [sys.executable, str(script), "fork"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT) as parent:
        assert parent.stdout is not None
        assert parent.stdout.readline() == b"working\n"
        children = Path(f"/proc/{parent.pid}/task/{parent.pid}/children").read_text(encoding="ascii")
        for child in children.split():
            os.kill(int(child), signal.SIGINT)
        assert parent.stdout.read() == b"working\n" * 3
    assert parent.returncode == 0


@ON_POSIX
@pytest.mark.parametrize(("jobs", "on_terminal"), [("1", False), ("2", False), ("2", True)])
def test_an_interrupt_ends_after_what_was_done(folder: Path, jobs: str, *, on_terminal: bool) -> None:
    """In silence; on a terminal, where progress is shown, with how much was done."""
    sound = (folder / "example.yaml").read_text(encoding="utf-8")
    plans = folder / "plans"
    plans.mkdir()
    for number in range(400):
        name = f"example{number:03}"
        written = sound.replace("plan: example", f"plan: {name}")
        (plans / f"{name}.yaml").write_text(written, encoding="utf-8")
    command = [
        sys.executable,
        "-m",
        "plantrack",
        "validate",
        str(plans),
        "-f",
        "jsonl",
        "--no-cache",
        "-j",
        jobs,
    ]
    terminal, end = os.openpty()
    with subprocess.Popen(
        command,
        stdout=subprocess.PIPE,
        stderr=end if on_terminal else subprocess.STDOUT,
        start_new_session=True,
    ) as process:
        os.close(end)
        assert process.stdout is not None
        first = process.stdout.readline()
        os.killpg(process.pid, signal.SIGINT)  # as a terminal sends it: to all of them
        lines = [first, *process.stdout]
        said = os.read(terminal, 1000) if on_terminal else b""
    os.close(terminal)
    assert process.returncode == 130
    assert 20 <= len(lines) < 400
    assert [Path(json.loads(line)["file"]).stem for line in lines] == [
        f"example{number:03}" for number in range(len(lines))
    ]
    if on_terminal:
        assert said.decode().split()[-3:] == [str(len(lines)), "of", "400"]
