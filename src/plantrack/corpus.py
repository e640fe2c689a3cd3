"""Many plan files at once: validated one by one, or by several processes where that pays off."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from plantrack.findings import in_order
from plantrack.loading import load_catalogue, load_plan, read_plan
from plantrack.validity import check_validity
from plantrack.waivers import VALIDATION, apply_waivers

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from plantrack.findings import Finding
    from plantrack.loading import LoadedPlan

    Findings = tuple[Finding, ...]

WORTH_A_PROCESS = 400_000
"""Bytes of plan files that take about as long (0.2 s) as starting a process and importing plantrack."""
BATCH = 20
"""Files that a process is given at a time."""


def validate_files(files: Sequence[Path], done: Callable[[int], None] = lambda _: None) -> list[Findings]:
    """The findings of each file, in the order of the files.

    Args:
        files: plan files.
        done: told how many more files have been read, whenever some have.
    """
    results: list[Findings] = []
    for batch in _validated(files):
        results += batch
        done(len(batch))
    return results


def validate_file(file: Path) -> Findings:
    """Every finding of one plan file, by place."""
    return _judged(load_plan(file, load_catalogue()))


def validate_content(content: bytes, file: str) -> Findings:
    """Every finding of what a plan file called `file` contains."""
    return _judged(read_plan(content, file, load_catalogue()))


def _judged(loaded: LoadedPlan) -> Findings:
    """What is wrong with a plan, waived where it says so, by place."""
    findings = apply_waivers(check_validity(loaded, load_catalogue()), [loaded], VALIDATION)
    return tuple(in_order(findings))


def _validated(files: Sequence[Path]) -> Iterator[list[Findings]]:
    """The findings of the files, a batch after the other; here, if no process can be had."""
    batches = [files[at : at + BATCH] for at in range(0, len(files), BATCH)]
    read = 0
    if (processes := _worthwhile_processes(files)) > 1:
        try:
            for findings in _in_processes(processes, batches):
                yield findings
                read += 1
        except (OSError, ImportError, NotImplementedError, RuntimeError):
            pass  # no semaphores, no memory, a killed process: what is left is read here
    for batch in batches[read:]:
        yield _validate_batch(batch)


def _validate_batch(files: Sequence[Path]) -> list[Findings]:
    return [validate_file(file) for file in files]


def _in_processes(processes: int, batches: Sequence[Sequence[Path]]) -> Iterator[list[Findings]]:
    from concurrent.futures import ProcessPoolExecutor  # noqa: PLC0415 - only where it pays off

    with ProcessPoolExecutor(processes) as pool:
        yield from pool.map(_validate_batch, batches)


def _worthwhile_processes(files: Sequence[Path]) -> int:
    """So many processes that each has enough to read to be worth its start."""
    processors = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    if processors == 1 or len(files) <= BATCH:
        return 1
    return min(processors, sum(map(_size, files)) // WORTH_A_PROCESS)


def _size(file: Path) -> int:
    try:
        return file.stat().st_size
    except OSError:
        return 0
