"""Corpora of plans: time, memory and what grows with their number; cold and cached, one and two processes, a cluster.

Run: python benchmarks/corpus.py [--plans 100 300 1000] [--moved 0.02] [--cluster] [--keep FOLDER]

Every command is a whole process. Memory is the peak of the proportional set size (PSS) of all its processes together,
and processor time that of all of them, so that a busy machine changes it little. Ratios are of the same corpus; the
exponent is that of the least squares line through the logarithms of number and processor time. Linux only.
"""

import argparse
import math
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from make_corpus import make_corpus

CLUSTER = """\
import distributed, sys, time
if __name__ == "__main__":
    with distributed.LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None) as cluster:
        print(cluster.scheduler_address, flush=True)
        sys.stdin.read()
"""
PERIOD = 0.1
"""Seconds between two looks at the processes."""


class Taken(NamedTuple):
    seconds: float
    processor: float
    megabytes: float


def taken(command: list[str], environ: dict[str, str]) -> Taken:
    started, cpu, peak = time.perf_counter(), {}, 0
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, env=environ) as process:
        while process.poll() is None:
            pids = list(family(process.pid))
            cpu |= {pid: seconds for pid in pids if (seconds := processor_seconds(pid)) is not None}
            peak = max(peak, sum(map(pss, pids)))
            time.sleep(PERIOD)
        said = process.stderr.read().decode() if process.stderr is not None else ""
    if process.returncode != 0:
        sys.exit(f"{command} ended with {process.returncode}: {said}")
    return Taken(time.perf_counter() - started, sum(cpu.values()), peak / 1000)


def family(pid: int) -> Iterator[int]:
    """A process and those it started."""
    yield pid
    try:
        tasks = list(Path(f"/proc/{pid}/task").iterdir())
        children = [child for task in tasks for child in (task / "children").read_text().split()]
    except OSError:
        return
    for child in children:
        yield from family(int(child))


def processor_seconds(pid: int) -> float | None:
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return None
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def pss(pid: int) -> int:
    """In kilobytes."""
    try:
        rollup = Path(f"/proc/{pid}/smaps_rollup").read_text()
    except OSError:
        return 0
    return next((int(line.split()[1]) for line in rollup.splitlines() if line.startswith("Pss:")), 0)


@contextmanager
def local_cluster(environ: dict[str, str]) -> Iterator[str]:
    with subprocess.Popen(
        [sys.executable, "-c", CLUSTER], stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=environ, text=True
    ) as process:
        assert process.stdout is not None
        assert process.stdin is not None
        yield process.stdout.readline().strip()
        process.stdin.close()


def commands(folder: Path, cluster: str | None) -> dict[str, list[str]]:
    """What is measured of a corpus; the first of a pair fills the cache, the second uses it."""
    plantrack = [sys.executable, "-m", "plantrack"]
    validate = [*plantrack, "validate", str(folder), "--exit-zero"]
    check = [*plantrack, "check", str(folder), "-f", "jsonl", "--exit-zero"]
    found = {
        "validate, one process": [*validate, "-j", "1", "--no-cache"],
        "validate, two processes": [*validate, "-j", "2", "--no-cache"],
        "check, one process": [*check, "-j", "1", "--no-cache"],
        "check, two processes": [*check, "-j", "2"],
        "check, cached": check,
    }
    if cluster is not None:
        found["check, cluster of two"] = [*check, "--cluster", cluster, "--no-cache"]
    return found


def exponent(points: list[tuple[int, float]]) -> float:
    logs = [(math.log(number), math.log(max(seconds, 0.01))) for number, seconds in points]
    mean_x, mean_y = (sum(each) / len(logs) for each in zip(*logs, strict=True))
    return sum((x - mean_x) * (y - mean_y) for x, y in logs) / sum((x - mean_x) ** 2 for x, _ in logs)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--plans", type=int, nargs="+", default=[100, 300, 1000])
    parser.add_argument("--moved", type=float, default=0.0)
    parser.add_argument("--cluster", action="store_true")
    parser.add_argument("--only", default="", help="measure only commands whose name contains this")
    parser.add_argument("--keep", type=Path, help="make the corpora here, or use those that are here")
    chosen = parser.parse_args()
    found: dict[str, list[tuple[int, float]]] = {}
    with tempfile.TemporaryDirectory() as name:
        environ = os.environ | {"PLANTRACK_CACHE": str(Path(name, "cache"))}
        for number in chosen.plans:
            folder = (chosen.keep or Path(name)) / f"{number}-{chosen.moved}"
            if not folder.exists():
                make_corpus(folder, number, moved=chosen.moved)
            measure(folder, number, chosen, environ, found)
    for title, points in found.items():
        if len(points) > 1:
            print(
                f"{title}: processor time grows with the power {exponent(points):.2f} of the number of plans"
            )


def measure(
    folder: Path,
    number: int,
    chosen: argparse.Namespace,
    environ: dict[str, str],
    found: dict[str, list[tuple[int, float]]],
) -> None:
    with local_cluster(environ) if chosen.cluster else contextmanager(lambda: iter([None]))() as address:
        for title, command in commands(folder, address).items():
            if chosen.only not in title:
                continue
            each = taken(command, environ)
            found.setdefault(title, []).append((number, each.processor))
            first = found[title][0]
            ratio = (each.processor / number) / (first[1] / first[0])
            print(
                f"{number:6} plans, {title:24} {each.seconds:7.1f} s, processors {each.processor:7.1f} s, "
                f"PSS {each.megabytes:6.0f} MB, a plan takes {ratio:.2f} of that among {first[0]}",
                flush=True,
            )


if __name__ == "__main__":
    main()
