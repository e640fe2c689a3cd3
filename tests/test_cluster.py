"""A real local cluster of several processes: the same bytes as without, and a worker that is killed loses nothing."""

import os
import signal
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from plantrack.batch import Failure, Source, Stream, Work, in_batches, read_source, validate_source
from plantrack.cli import run

dask = pytest.importorskip("dask", reason="plantrack[cluster] is not installed")
distributed = pytest.importorskip("distributed", reason="plantrack[cluster] is not installed")
pytestmark = pytest.mark.filterwarnings("ignore")
Captured = pytest.CaptureFixture[str]
INVALID = Path(__file__).parent / "cases" / "plans" / "invalid"
FILES = [path for path in sorted(INVALID.glob("*.yaml")) if path.stat().st_size < 10_000]


@pytest.fixture(scope="module")
def cluster() -> Iterator[str]:
    with (
        dask.config.set({"distributed.scheduler.allowed-failures": 1}),
        distributed.LocalCluster(
            n_workers=3, threads_per_worker=1, processes=True, dashboard_address=None
        ) as local,
    ):
        yield local.scheduler_address


@pytest.mark.parametrize(
    "command",
    ["check --all -f jsonl --exit-zero", f"validate {INVALID} -f json", f"validate {INVALID} -f sarif"],
)
def test_a_cluster_changes_no_byte(capsys: Captured, cluster: str, command: str) -> None:
    said = []
    for help_ in (["-j", "2"], ["--cluster", cluster]):
        code = run([*command.split(), "--no-cache", *help_])
        said.append((code, *capsys.readouterr()))
    assert said[0] == said[1]
    assert len(said[0][1]) > 1000


def slowly(source: Source) -> object:
    time.sleep(0.05)
    return validate_source(source, None)


def test_a_killed_worker_loses_nothing(cluster: str) -> None:
    from plantrack.batch.cluster import cluster_workers  # noqa: PLC0415 - what it imports may be missing

    expected = [(file.as_posix(), validate_source(read_source(file), None)) for file in FILES]
    found: list[tuple[str, object]] = []
    with distributed.Client(cluster) as client, cluster_workers(cluster) as workers:
        victim = next(iter(client.run(os.getpid).values()))
        for results in Stream(Work(slowly, {}), workers).results(in_batches(map(read_source, FILES), 4)):
            if not found:
                os.kill(victim, signal.SIGKILL)
            found += results
        assert victim not in client.run(os.getpid).values()
    assert found == expected


def fatal(source: Source) -> str:
    if "pt107" in source.file:
        os._exit(1)
    return source.file


def test_a_file_that_ends_its_workers_stops_no_other(cluster: str) -> None:
    from plantrack.batch.cluster import cluster_workers  # noqa: PLC0415

    files = [file for file in FILES if "pt10" in file.name][:8]
    with cluster_workers(cluster) as workers:
        stream = Stream(Work(fatal, {}), workers)
        found = [each for batch in stream.results(in_batches(map(read_source, files), 4)) for each in batch]
    assert [name for name, _ in found] == [file.as_posix() for file in files]
    assert [isinstance(made, Failure) for _, made in found] == ["pt107" in file.name for file in files]


def other(*_: object) -> str:
    return "another"


def test_workers_with_another_plantrack_are_refused(
    capsys: Captured, cluster: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("plantrack.batch.cluster.fingerprint", other)
    assert run(["validate", str(INVALID), "--cluster", cluster, "--no-cache"]) == 2
    assert "have another plantrack" in capsys.readouterr().err


def test_where_no_cluster_answers(capsys: Captured, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("plantrack.batch.cluster.TIMEOUT", 1)
    assert run(["validate", "--cluster", "tcp://127.0.0.1:9"]) == 2
    assert "no cluster answers at tcp://127.0.0.1:9" in capsys.readouterr().err
    assert run(["validate", "--cluster", "nonsense://x"]) == 2
    assert "no cluster answers" in capsys.readouterr().err
