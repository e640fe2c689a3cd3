"""What the audit tells, put to the proof by an oracle that shares no code with it, on two processes.

python benchmarks/told.py 2000                   random contradictory plans, and the five plans
python benchmarks/told.py --consistent 100000    consistent plans with planners' habits
python benchmarks/told.py --spans 10000          sums over time, whole counts, comparisons: against z3
python benchmarks/told.py --plan FILE            one plan
"""

from __future__ import annotations

import argparse
import sys
import time
from collections import Counter, defaultdict
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING

sys.path.insert(0, str(Path(__file__).parent.parent / "tests"))

from plantrack.audit import audit_plans
from told import CATALOGUE, brief, loaded_of, parsed
from told_habits import consistent
from told_plans import FAMILIES, contradictory
from told_proof import all_proofs, shrunk
from told_times import VERDICTS as VERDICTS_OF_TIMES
from told_times import agreement

if TYPE_CHECKING:
    from collections.abc import Callable

    from plantrack.findings import Finding

ROOT = Path(__file__).parent.parent
PIECE = 10
EXAMPLES = 3
AGAIN = 4
"""Every so many plans are corrected as told and audited again."""

Result = tuple[Counter[tuple[str, str]], list[tuple[str, str, str]]]
"""Counts by what and verdict; what was false, why, and the plan's text."""


def told(family: str, seeds: range) -> Result:
    """Everything that is told of some plans of a family."""
    counts: Counter[tuple[str, str]] = Counter()
    false = []
    for seed in seeds:
        data = contradictory(family, seed)
        counts["plans", "true"] += 1
        try:
            for proof in all_proofs(data, again=seed % AGAIN == 0):
                counts[proof.what, VERDICTS[proof.is_true]] += 1
                if proof.is_true is False:
                    false.append((proof.what, proof.said, f"# {family} {seed}\n{brief(data)}"))
        except Exception as error:
            counts["crash", "false"] += 1
            false.append(("crash", repr(error), f"# {family} {seed}\n{brief(data)}"))
    return counts, false


def told_of_file(file: Path) -> Result:
    counts: Counter[tuple[str, str]] = Counter()
    false = []
    data = parsed(file.read_text(encoding="utf-8"))
    for proof in all_proofs(data):
        counts[proof.what, VERDICTS[proof.is_true]] += 1
        if proof.is_true is False:
            false.append((proof.what, proof.said, f"# {file.name}"))
    return counts, false


VERDICTS = {True: "true", False: "false", None: "unknown"}


COLUMNS = ("true", "false", "unknown")


def show(title: str, results: list[Result], started: float, columns: tuple[str, ...] = COLUMNS) -> None:
    counts = sum((each for each, _ in results), Counter[tuple[str, str]]())
    print(f"\n{title} ({time.perf_counter() - started:.0f} s)")
    print(" " * 50 + "".join(f"{each:>12}" for each in columns))
    for what in sorted({what for what, _ in counts}):
        print(f"{what:50}" + "".join(f"{counts[what, each]:12,}" for each in columns))
    examples: defaultdict[str, list[tuple[str, str]]] = defaultdict(list)
    for _, false in results:
        for what, said, plan in false:
            examples[what].append((said, plan))
    for what, each_of in sorted(examples.items()):
        for said, plan in sorted(each_of, key=lambda each: len(each[1]))[:EXAMPLES]:
            print(f"\n-- {what}: {said}\n{plan}", flush=True)


def run_told(count: int) -> None:
    started = time.perf_counter()
    share = -(-count // len(FAMILIES))
    jobs = [
        (family, range(first, min(first + PIECE, share)))
        for first in range(0, share, PIECE)
        for family in FAMILIES
    ]
    with ProcessPoolExecutor(2) as pool:
        results = [job.result() for job in [pool.submit(told, *each) for each in jobs]]
    show(f"{share * len(FAMILIES)} random plans", results, started)
    started = time.perf_counter()
    with ProcessPoolExecutor(2) as pool:
        results = list(pool.map(told_of_file, sorted((ROOT / "data" / "plans").glob("*.yaml"))))
    show("the plans of data/plans", results, started)


def judged(seeds: range) -> Result:
    """The gravest that is said of consistent plans, and of what each habit printed."""
    counts: Counter[tuple[str, str]] = Counter()
    accused = []
    for seed in seeds:
        data, habits = consistent(seed)
        loaded = loaded_of(data)
        if loaded.errors:
            counts["plans", "invalid"] += 1
            said = loaded.errors[0].message.say("en")
            accused.append(("invalid", said, f"# {seed}\n{brief(data)}"))
            continue
        loaded = loaded.require()
        findings = [*audit_plans([loaded], CATALOGUE).findings]
        everything = frozenset[str]().union(*habits.values())
        for habit, names in {"plans": everything, **habits}.items():
            about = [each for each in findings if names & _indicators(each) or habit == "plans"]
            gravest = next(
                (level for level in GRAVITY if any(each.level.value == level for each in about)), "silent"
            )
            counts[habit, gravest] += 1
            if gravest == "error" and habit != "plans":
                error = next(each for each in about if each.level.value == "error")
                few = dict(
                    data, figures={name: data["figures"][name] for name in data["figures"] if name in names}
                )
                accused.append(
                    (habit, f"{error.code.code} {error.message.say('en')}", f"# {seed}\n{brief(few)}")
                )
    return counts, accused


def _indicators(finding: Finding) -> set[str]:
    """What a finding is about."""
    return {each.partition("@")[0].split("/")[1] for each in finding.about.split("+") if "/" in each}


GRAVITY = ("error", "warning", "note")


def run_pieces(
    title: str, function: Callable[[range], Result], seeds: range, columns: tuple[str, ...]
) -> None:
    started = time.perf_counter()
    pieces = [seeds[first : first + LONG_PIECE] for first in range(0, len(seeds), LONG_PIECE)]
    with ProcessPoolExecutor(2) as pool:
        show(f"{len(seeds)} {title}", list(pool.map(function, pieces)), started, columns)


LONG_PIECE = 100


def run_shrunk(family: str, seed: int, what: str) -> None:
    """The smallest plan that still has such a false thing told."""
    data = shrunk(contradictory(family, seed), what, again=what.startswith("audited"))
    print(brief(data))
    for proof in all_proofs(data):
        if proof.is_true is False:
            print("false:", proof.what, proof.said)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("plans", nargs="?", type=int, default=0)
    parser.add_argument("--consistent", type=int, default=0)
    parser.add_argument("--spans", type=int, default=0)
    parser.add_argument("--plan", type=Path)
    parser.add_argument("--shrink", nargs=3, metavar=("FAMILY", "SEED", "WHAT"))
    parser.add_argument("--first", type=int, default=0, help="the first seed of consistent plans and spans")
    asked = parser.parse_args()

    def seeds(count: int) -> range:
        return range(asked.first, asked.first + count)

    if asked.plans:
        run_told(asked.plans)
    if asked.consistent:
        run_pieces("consistent plans", judged, seeds(asked.consistent), (*GRAVITY, "silent", "invalid"))
    if asked.spans:
        run_pieces("systems of times, counts, comparisons", agreement, seeds(asked.spans), VERDICTS_OF_TIMES)
    if asked.plan:
        show(asked.plan.name, [told_of_file(asked.plan)], time.perf_counter())
    if asked.shrink:
        run_shrunk(asked.shrink[0], int(asked.shrink[1]), asked.shrink[2])


if __name__ == "__main__":
    main()
