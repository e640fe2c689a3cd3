"""Valid plans that nobody would write: no internal error, each within five seconds.

python benchmarks/odd_plans.py 2000              valid plans of random laws, numbers, moments
python benchmarks/odd_plans.py 2000 --first 500  the plans numbered 500 to 2499
python benchmarks/odd_plans.py 2000 --chained    such as have laws that lead a long way
python benchmarks/odd_plans.py 2000 --crowded    such as have hundreds of figures under laws of one form
python benchmarks/odd_plans.py --damaged 100000  damaged ones through the command line
python benchmarks/odd_plans.py --show 17         the file of that number
python benchmarks/odd_plans.py --shrink 17       the smallest part of it that fails in the same way

Counts, internal errors by kind, the slowest, processor time, peak memory; `--found DIR` also writes the
smallest plan of each kind of failure there.
"""

from __future__ import annotations

import argparse
import os
import signal
import sys
import time
from collections import Counter, defaultdict
from contextlib import suppress
from functools import partial
from multiprocessing import Pool
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

sys.path.insert(0, str(Path(__file__).parent.parent / "tests"))
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # as the command does: threads would wait for one another

from odd_plans import Made, chained_plan, crowded_plan, odd_plan, validated, without, written
from odd_use import LIMIT, Outcome, megabytes, outcome_of, try_damaged

if TYPE_CHECKING:
    from collections.abc import Callable

PIECE = 10
SLOWEST, MANY, BRIEF = 10, 10, 0.05


class Piece(NamedTuple):
    """What became of some plans."""

    outcomes: list[tuple[int, int, Outcome]]
    megabytes: int


def tried(seeds: range, make: Callable[[int], Made] = odd_plan) -> Piece:
    """Number, figures and outcome of each plan."""
    outcomes = []
    for seed in seeds:
        made = make(seed)
        outcomes.append((seed, len(made.loaded.figures), outcome_of(made.loaded)))
    return Piece(outcomes, megabytes())


def run_valid(make: Callable[[int], Made], seeds: range, processes: int, found: Path | None) -> None:
    started = time.perf_counter()
    pieces = [range(first, min(first + PIECE, seeds.stop)) for first in range(seeds.start, seeds.stop, PIECE)]
    pieces_done: list[Piece] = []
    with (
        Pool(processes, _leave_interrupts_to_parent, maxtasksperchild=20) as pool,
        suppress(KeyboardInterrupt),
    ):
        for piece in pool.imap_unordered(
            partial(tried, make=make), pieces
        ):  # interrupted, it tells what is done
            pieces_done.append(piece)
            tell(pieces_done)
    outcomes = [each for piece in pieces_done for each in piece.outcomes]
    peak = max((piece.megabytes for piece in pieces_done), default=0)
    show(outcomes, peak, time.perf_counter() - started)
    if found is not None:
        write_found(make, outcomes, found)


def _leave_interrupts_to_parent() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def tell(pieces: list[Piece]) -> None:
    """What failed in the last piece, and now and then how many plans are done."""
    for seed, size, each in pieces[-1].outcomes:
        if each.error:
            print(
                f"plan {seed}, {size} figures, {each.seconds:.1f} s: {each.error}",
                file=sys.stderr,
                flush=True,
            )
    if len(pieces) % MANY == 0:
        print(f"{sum(len(piece.outcomes) for piece in pieces)} plans", file=sys.stderr, flush=True)


def show(outcomes: list[tuple[int, int, Outcome]], peak: int, seconds: float) -> None:
    counts = Counter(each.verdict for _, _, each in outcomes)
    print(f"{len(outcomes)} plans, {sum(size for _, size, _ in outcomes)} figures: {dict(counts)}")
    print(f"internal errors: {counts['internal error']}")
    for kind, seeds in by_error(outcomes).items():
        print(f"  {len(seeds):5} × {kind}: {' '.join(map(str, seeds[:5]))}")
    slow = sorted(outcomes, key=lambda each: -each[2].seconds)
    print(f"over {LIMIT} s: {sum(1 for _, _, each in outcomes if each.seconds > LIMIT)}; the slowest:")
    for seed, size, each in slow[:SLOWEST]:
        stages = ", ".join(f"{name} {taken:.1f}" for name, taken in each.stages.items() if taken > BRIEF)
        print(f"  {each.seconds:6.2f} s  plan {seed}, {size} figures ({stages})")
    taken = sorted(each.seconds for _, _, each in outcomes)
    print(
        f"processor time: {sum(taken):.0f} s, median {taken[len(taken) // 2] * 1000:.0f} ms, "
        f"99 % {taken[len(taken) * 99 // 100]:.2f} s; {seconds:.0f} s in all; peak {peak} MB",
        flush=True,
    )


def by_error(outcomes: list[tuple[int, int, Outcome]]) -> dict[str, list[int]]:
    """The numbers of the plans with each kind of internal error, the smallest plan first."""
    kinds: dict[str, list[int]] = defaultdict(list)
    for seed, _, each in sorted(outcomes, key=lambda each: each[1]):
        if each.error:
            kinds[each.error].append(seed)
    return dict(sorted(kinds.items(), key=lambda each: -len(each[1])))


# -- the smallest that fails -----------------------------------------------------------------------


def shrunk(made: Made, kind: str | None, patience: float = 120) -> Made:
    """The plan with as little as still fails in that way; without a kind, that is still too slow."""
    end = time.process_time() + patience
    is_smaller = True
    while is_smaller and time.process_time() < end:
        is_smaller = False
        _, parts = written(made.draft)
        for part in [each for size in (8, 4, 2, 1) for each in _chunks(list(parts.values()), size)]:
            fewer = validated(without(made.draft, set(part)))
            if fewer is None or len(written(fewer.draft)[0]) >= len(made.text):
                continue
            if fails(fewer, kind):
                made, is_smaller = fewer, True
                break
            if time.process_time() > end:
                break
    return made


def _chunks(parts: list[tuple[object, ...]], size: int) -> list[list[tuple[object, ...]]]:
    return [parts[at : at + size] for at in range(0, len(parts), size)]


def fails(made: Made, kind: str | None) -> bool:
    outcome = outcome_of(made.loaded)
    return outcome.error == kind if kind else outcome.seconds > LIMIT


def write_found(make: Callable[[int], Made], outcomes: list[tuple[int, int, Outcome]], folder: Path) -> None:
    """A small plan for each kind of internal error, and for the slowest."""
    folder.mkdir(parents=True, exist_ok=True)
    failures = [(seeds[0], kind) for kind, seeds in by_error(outcomes).items()]
    for seed, kind in failures:
        small = shrunk(make(seed), kind)
        content = f"# plan {seed}: {kind}\n{small.text}"
        (folder / f"error-{seed}.yaml").write_text(content, encoding="utf-8")
        print(f"--- plan {seed}: {kind}\n{small.text}", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("plans", nargs="?", type=int, default=0)
    parser.add_argument("--first", type=int, default=0)
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--chained", dest="make", action="store_const", const=chained_plan, default=odd_plan)
    parser.add_argument("--crowded", dest="make", action="store_const", const=crowded_plan)
    parser.add_argument("--damaged", type=int, default=0)
    parser.add_argument("--found", type=Path)
    parser.add_argument("--show", type=int)
    parser.add_argument("--shrink", type=int)
    asked = parser.parse_args()
    if asked.show is not None:
        print(asked.make(asked.show).text, end="")
    if asked.shrink is not None:
        made = asked.make(asked.shrink)
        print(shrunk(made, outcome_of(made.loaded).error).text, end="")
    if asked.plans:
        run_valid(asked.make, range(asked.first, asked.first + asked.plans), asked.processes, asked.found)
    if asked.damaged:
        run_damaged(range(asked.first, asked.first + asked.damaged), asked.processes)


def run_damaged(seeds: range, processes: int) -> None:
    started = time.perf_counter()
    pieces = [range(first, min(first + 500, seeds.stop)) for first in range(seeds.start, seeds.stop, 500)]
    counts, failures, slowest, peak = Counter[str](), [], (0.0, 0), 0
    with Pool(processes, _leave_interrupts_to_parent, maxtasksperchild=4) as pool:
        for piece in pool.imap_unordered(try_damaged, pieces):
            counts += piece.counts
            failures += piece.failures
            slowest, peak = max(slowest, piece.slowest), max(peak, piece.megabytes)
    said = ", ".join(f"{name} {number:,}" for name, number in sorted(counts.items()))
    print(f"{len(seeds)} damaged plans: {said}; {len(failures)} failed")
    for seed, why in failures[:20]:
        print(f"  {seed}: {why}")
    print(
        f"slowest {slowest[0]:.2f} s (plan {slowest[1]}); {time.perf_counter() - started:.0f} s; peak {peak} MB",
        flush=True,
    )


if __name__ == "__main__":
    main()
