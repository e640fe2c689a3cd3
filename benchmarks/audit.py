"""The audit of each plan that ships, in one process, against reading its file; and of long made series.

Run: python benchmarks/audit.py
Times are of the processor; the fastest of several runs is what the work takes, the median what it
took here. Without advice it is not asked what figures of a contradiction would have to read.
"""

import math
import random
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from plantrack.audit import advice, audit_plans
from plantrack.findings import Contradiction, Involved, Level
from plantrack.plan.plan import Plan
from plantrack.reading import load_catalogue, plan_files, read_plan_file

ROUNDS = 11
SIZES = (100, 200, 400, 800)
"""Figures of the made plans."""
ERRORS = 5
HEAD = """\
plan: made
title: {zh: 甲市规划, en: Plan of A}
place: {id: made, zh: 甲市, en: A}
base: 2020
target: 2025
sections: {t: 一}
figures:
"""


def milliseconds(work: Callable[[], object], rounds: int = ROUNDS) -> tuple[float, float]:
    """The fastest and the median of several runs, after one that is not counted."""
    work()
    taken = []
    for _ in range(rounds):
        started = time.process_time()
        work()
        taken.append((time.process_time() - started) * 1000)
    return min(taken), statistics.median(taken)


def without_advice(work: Callable[[], object]) -> float:
    """The fastest run in which nothing is told beside a contradiction."""
    told = advice.Adviser.advice
    advice.Adviser.advice = lambda _, conflict, __: Contradiction(  # type: ignore[method-assign]
        involved=tuple(Involved(each.id, (), None) for each in conflict.proof.bounds)
    )
    try:
        return milliseconds(work)[0]
    finally:
        advice.Adviser.advice = told  # type: ignore[method-assign]


def report(name: str, plans: list[Plan], reading: float) -> None:
    catalogue = load_catalogue()
    audit = audit_plans(plans, catalogue)
    errors = sum(finding.level is Level.ERROR for finding in audit.findings)
    fastest, median = milliseconds(lambda: audit_plans(plans, catalogue))
    bare = without_advice(lambda: audit_plans(plans, catalogue))
    print(
        f"{name:22} {len(audit.figures):4} figures, {len(audit.findings):2} findings, {errors} errors:"
        f" {fastest:6.1f} ms (median {median:6.1f}), {fastest / reading:.2f} times as long as reading;"
        f" without advice {bare:6.1f} ms, {bare / reading:.2f} times"
    )


def made(figures: int, kind: str, errors: int = 0) -> Plan:
    """Levels of every year and what is printed of every step, in two series; so many steps are printed wrongly."""
    dice, steps = random.Random(figures), figures // 4
    wrong = dice.sample(range(steps), errors)
    rows = [
        _series(name, steps, kind, dice, wrong if name == "loans" else []) for name in ("loans", "deposits")
    ]
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "made.yaml"
        file.write_text(HEAD + "".join(rows), encoding="utf-8")
        return read_plan_file(file, load_catalogue()).require()


def _series(name: str, steps: int, kind: str, dice: random.Random, wrong: list[int]) -> str:
    first, values = 2000 - steps // 2, [1000.0]
    said = []
    for step in range(steps):
        before = values[-1]
        values.append(round(before * (1 + dice.uniform(-0.05, 0.06)), 2))
        off = 0.05 if step in wrong else 0.0
        rate, more = values[-1] / before - 1 + off, values[-1] - before + off * before
        number = f"{rate * 100:.2f}%" if kind == "growth" else f"{more:.2f}"
        said.append(f"{first + step}->{first + step + 1}: {number}")
    levels = ", ".join(f"{first + step}: {value:.2f}" for step, value in enumerate(values))
    return f"  {name}:\n  - {{in: t, level: {{{levels}}}, {kind}: {{{', '.join(said)}}}}}\n"


def report_series(kind: str) -> None:
    """The time of long series, the exponent with which it grows, and the time of one with errors."""
    catalogue = load_catalogue()
    plans = {size: made(size, kind) for size in SIZES}
    taken = {size: milliseconds(lambda p=p: audit_plans([p], catalogue), 3)[0] for size, p in plans.items()}  # type: ignore[misc]
    sizes, times = ([math.log(each) for each in some] for some in (taken, taken.values()))
    exponent = statistics.linear_regression(sizes, times).slope
    told = ", ".join(f"{size} figures {each:.0f} ms" for size, each in taken.items())
    print(f"{kind} on every step: {told}; exponent {exponent:.2f}")
    some = made(SIZES[2], kind, ERRORS)
    found = sum(each.code.code.startswith("PT3") for each in audit_plans([some], catalogue).findings)
    spent = milliseconds(lambda: audit_plans([some], catalogue), 3)[0]
    print(f"{kind} with {ERRORS} errors in {SIZES[2]} figures: {spent:.0f} ms, {found} contradictions")


def main() -> None:
    catalogue = load_catalogue()
    files = sorted(plan_files())
    reading = {
        file: milliseconds(lambda file=file: read_plan_file(file, catalogue).require())[0] for file in files
    }  # type: ignore[misc]
    plans = {file: read_plan_file(file, catalogue).require() for file in files}
    for file, loaded in plans.items():
        report(file.stem, [loaded], reading[file])
    report("all together", list(plans.values()), sum(reading.values()))
    for kind in ("growth", "change"):
        report_series(kind)


if __name__ == "__main__":
    main()
