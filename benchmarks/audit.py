"""The audit of each plan that ships, in one process, against reading its file.

Run: python benchmarks/audit.py
Times are of the processor; the fastest of several runs is what the work takes, the median what it
took here.
"""

import statistics
import time
from collections.abc import Callable

from plantrack.audit import audit_plans
from plantrack.findings import Level
from plantrack.plan.plan import Plan
from plantrack.reading import load_catalogue, plan_files, read_plan_file

ROUNDS = 11


def milliseconds(work: Callable[[], object]) -> tuple[float, float]:
    """The fastest and the median of several runs, after one that is not counted."""
    work()
    taken = []
    for _ in range(ROUNDS):
        started = time.process_time()
        work()
        taken.append((time.process_time() - started) * 1000)
    return min(taken), statistics.median(taken)


def report(name: str, plans: list[Plan], reading: float) -> None:
    catalogue = load_catalogue()
    audit = audit_plans(plans, catalogue)
    errors = sum(finding.level is Level.ERROR for finding in audit.findings)
    fastest, median = milliseconds(lambda: audit_plans(plans, catalogue))
    print(
        f"{name:22} {len(audit.figures):4} figures, {len(audit.findings):2} findings, {errors} errors:"
        f" {fastest:6.1f} ms (median {median:6.1f}), {fastest / reading:.2f} times as long as reading"
    )


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


if __name__ == "__main__":
    main()
