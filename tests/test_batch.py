"""Many files: the same findings in the same order, however many processes read them."""

import subprocess
import sys
from pathlib import Path

import pytest

from fixed import TODAY
from plantrack import batch
from plantrack.batch import validate_content, validate_file, validate_files

INVALID = Path(__file__).parent / "cases" / "plans" / "invalid"
FILES = [path for path in sorted(INVALID.glob("*.yaml")) if path.stat().st_size < 10_000] * 2
EXPECTED = [validate_file(file, TODAY) for file in FILES]
SPAWNED = """\
import datetime, multiprocessing, sys
from pathlib import Path
from plantrack import batch
if __name__ == "__main__":
    multiprocessing.set_start_method("spawn")
    batch._worthwhile_processes = lambda files: 2
    files = [Path(name) for name in sys.argv[1:]]
    today = datetime.date(2026, 11, 28)
    together = batch.validate_files(files, today)
    print(together == [batch.validate_file(file, today) for file in files], len(together))
"""


def test_processes_change_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(batch, "_worthwhile_processes", lambda _: 2)
    told: list[int] = []
    assert validate_files(FILES, TODAY, told.append) == EXPECTED
    assert sum(told) == len(FILES)


def test_processes_are_started_as_on_windows(tmp_path: Path) -> None:
    script = tmp_path / "spawned.py"
    script.write_text(SPAWNED, encoding="utf-8")
    command = [sys.executable, str(script), *map(str, FILES)]
    done = subprocess.run(command, capture_output=True, check=True, text=True)
    assert done.stdout.split() == ["True", str(len(FILES))]


@pytest.mark.parametrize("error", [OSError, ImportError, NotImplementedError, RuntimeError])
def test_where_no_process_can_be_had_all_is_read_here(
    monkeypatch: pytest.MonkeyPatch, error: type[Exception]
) -> None:
    def refused(*_: object, **__: object) -> None:
        raise error

    monkeypatch.setattr(batch, "_worthwhile_processes", lambda _: 2)
    monkeypatch.setattr("concurrent.futures.ProcessPoolExecutor", refused)
    assert validate_files(FILES, TODAY) == EXPECTED


def test_few_files_are_read_here(monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*_: object) -> None:
        raise AssertionError

    monkeypatch.setattr(batch, "_in_processes", refused)
    assert validate_files(FILES[:5], TODAY) == EXPECTED[:5]


def test_what_came_from_a_pipe_needs_no_name() -> None:
    content = (INVALID / "pt208-file-name.yaml").read_bytes()
    assert validate_content(content, "<stdin>", TODAY) == ()
    assert [each.code.code for each in validate_content(content, "other.yaml", TODAY)] == ["PT208"]
    assert [each.code.code for each in validate_content(b"#" * 4_000_001, "<stdin>", TODAY)] == ["PT010"]
