"""Counts, not times: the audit against z3 and against planners' rounding, on two processes.

    python benchmarks/proof.py 10000 100000 2000

Systems of each shape against the solver, consistent plans, corruptions of each shape.
"""

import sys
import time
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent / "tests"))

from proof import SHAPES, against_the_solver, under_planners_rounding, with_one_corrupted

PIECE = 100


def main(systems: int, plans: int, corruptions: int) -> None:
    with ProcessPoolExecutor(2) as pool:
        jobs = {f"{shape} systems": (against_the_solver, (shape,), systems) for shape in SHAPES}
        jobs["plans under planners' rounding"] = (under_planners_rounding, (), plans)
        jobs |= {f"{shape} corrupted": (with_one_corrupted, (shape,), corruptions) for shape in SHAPES}
        for title, (function, leading, count) in jobs.items():
            started = time.perf_counter()
            pieces = [
                pool.submit(function, *leading, seed, min(PIECE, count - seed))
                for seed in range(0, count, PIECE)
            ]
            tally = sum((piece.result() for piece in pieces), Counter[str]())
            said = ", ".join(f"{name} {number:,}" for name, number in sorted(tally.items()))
            print(f"{title}: {said}; {time.perf_counter() - started:.0f} s", flush=True)


if __name__ == "__main__":
    main(*(int(each) for each in (sys.argv[1:] or ("200", "1000", "100"))))
