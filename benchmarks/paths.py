"""A million paths of six years in one call, and ten thousand against pyam's interpolate.

Run: python benchmarks/paths.py
The comparison needs pyam, best in an environment of its own: pip install pyam-iamc 'sqlalchemy<2.1' .
"""

import statistics
import time
import warnings
from collections.abc import Callable

import numpy as np

from plantrack.paths.methods import METHODS, Course

PATHS, ROWS, ROUNDS, YEARS = 1_000_000, 10_000, 9, 5


def milliseconds(work: Callable[[], object], rounds: int = ROUNDS) -> float:
    """Median of several runs."""
    taken = []
    for _ in range(rounds):
        started = time.perf_counter()
        work()
        taken.append((time.perf_counter() - started) * 1000)
    return statistics.median(taken)


def course(number: int) -> Course:
    random = np.random.default_rng(2020)
    base = random.uniform(1, 10_000, number).round(2)
    target = (base * random.uniform(0.8, 3, number)).round(0) + 1
    middle = np.sqrt(base * target)[:, np.newaxis]
    pace = random.uniform(0, 0.2, number)
    return Course(base, target, YEARS, YEARS, pace=pace, marks=(2,), values=middle)


def main() -> None:
    million = course(PATHS)
    years = np.arange(YEARS + 1)
    base, target = million.base[:, np.newaxis], million.target[:, np.newaxis]
    bare = milliseconds(lambda: base * (target / base) ** (years / YEARS))
    print(f"{PATHS:,} paths of {YEARS + 1} years: the bare formula of growth {bare:.1f} ms")
    for name, method in METHODS.items():
        taken = milliseconds(lambda method=method: method.formula(million))  # type: ignore[misc]
        print(f"  {name}: {taken:.1f} ms, {bare / taken:.1f} times as fast")
    try:
        warnings.simplefilter("ignore")
        import pandas as pd  # noqa: PLC0415
        import pyam  # noqa: PLC0415
    except Exception as error:  # whatever is wrong with an optional package of others
        print(f"no comparison with pyam, which cannot be imported: {error}")
        return
    few = course(ROWS)
    rows = {
        "model": "m",
        "scenario": [f"s{n}" for n in range(ROWS)],
        "region": "r",
        "variable": "v",
        "unit": "u",
    }
    data = pyam.IamDataFrame(pd.DataFrame({**rows, 2020: few.base, 2025: few.target}))
    theirs = milliseconds(lambda: data.interpolate(range(2020, 2026)), rounds=3)
    ours = milliseconds(lambda: METHODS["linear"].formula(few))
    print(f"{ROWS:,} rows: linear {ours:.2f} ms, pyam interpolate {theirs:.1f} ms, ratio {theirs / ours:.0f}")


if __name__ == "__main__":
    main()
