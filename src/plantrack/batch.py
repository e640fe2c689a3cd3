"""Many plan files at once: validated one by one, or by several processes where that pays off."""

from __future__ import annotations

import os
from functools import partial
from typing import TYPE_CHECKING

from plantrack.findings import in_order
from plantrack.interrupts import held_back, serve_parent
from plantrack.reading import load_catalogue, read_plan, read_plan_file
from plantrack.waivers import VALIDATION, apply_waivers

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from datetime import date
    from pathlib import Path

    from plantrack.findings import Finding
    from plantrack.plan.plan import PlanFile

    Findings = tuple[Finding, ...]

WORTH_A_PROCESS = 400_000
"""Bytes of plan files that take about as long (0.2 s) as starting a process and importing plantrack."""
BATCH = 20
"""Files that a process is given at a time."""


def validate_files(
    files: Sequence[Path], today: date, done: Callable[[int], None] = lambda _: None
) -> list[Findings]:
    """The findings of each file, in their order; `done` is told how many more files have been read."""
    results: list[Findings] = []
    for batch in _validated(files, today):
        results += batch
        done(len(batch))
    return results


def validate_file(file: Path, today: date) -> Findings:
    return judged(read_plan_file(file, load_catalogue()), today)


def validate_content(content: bytes, file: str, today: date) -> Findings:
    return judged(read_plan(content, file, load_catalogue()), today)


def judged(read: PlanFile, today: date | None) -> Findings:
    """What is wrong with a plan file, waived where it says so, by place."""
    findings = apply_waivers(read.findings, [read], VALIDATION, today=today)
    return tuple(in_order(findings))


def _validated(files: Sequence[Path], today: date) -> Iterator[list[Findings]]:
    batches = [files[at : at + BATCH] for at in range(0, len(files), BATCH)]
    read, validate = 0, partial(_validate_batch, today=today)
    if (processes := _worthwhile_processes(files)) > 1:
        try:
            for findings in _in_processes(processes, batches, validate):
                yield findings
                read += 1
        except (OSError, ImportError, NotImplementedError, RuntimeError):
            pass  # no semaphores, no memory, a killed process: what is left is read here
    for batch in batches[read:]:
        yield validate(batch)


def _validate_batch(files: Sequence[Path], today: date) -> list[Findings]:
    return [validate_file(file, today) for file in files]


def _in_processes(
    processes: int, batches: Sequence[Sequence[Path]], validate: Callable[[Sequence[Path]], list[Findings]]
) -> Iterator[list[Findings]]:
    from concurrent.futures import ProcessPoolExecutor  # noqa: PLC0415 - only where it pays off

    with ProcessPoolExecutor(processes, initializer=serve_parent) as pool:
        with held_back("SIGINT"):  # the processes start here: Ctrl-C is for their parent
            results = pool.map(validate, batches)
        yield from results


def _worthwhile_processes(files: Sequence[Path]) -> int:
    processors = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    if processors == 1 or len(files) <= BATCH:
        return 1
    return min(processors, sum(map(_size, files)) // WORTH_A_PROCESS)


def _size(file: Path) -> int:
    try:
        return file.stat().st_size
    except OSError:
        return 0
