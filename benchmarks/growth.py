"""Implied growth with its rounding bounds for a million figures: how much more than the bare formula.

Run: python benchmarks/growth.py
Compares with pyam's growth_rate on 10,000 rows where pyam is installed.
"""

import statistics
import time
from collections.abc import Callable

import numpy as np

from plantrack.numbers.growth import implied_rate, implied_rate_bounds

FIGURES, ROWS, ROUNDS = 1_000_000, 10_000, 9


def milliseconds(work: Callable[[], object]) -> float:
    """Median of several runs."""
    taken = []
    for _ in range(ROUNDS):
        started = time.perf_counter()
        work()
        taken.append((time.perf_counter() - started) * 1000)
    return statistics.median(taken)


def figures(number: int) -> tuple[np.ndarray, np.ndarray]:
    random = np.random.default_rng(2020)
    base = random.uniform(1, 10_000, number).round(2)
    return base, (base * random.uniform(0.8, 3, number)).round(0)


def with_bounds(base: np.ndarray, target: np.ndarray) -> None:
    implied_rate(base, target, 5)
    implied_rate_bounds((base - 0.005, base + 0.005), (target - 0.5, target + 0.5), 5)


def main() -> None:
    base, target = figures(FIGURES)
    bare = milliseconds(lambda: (target / base) ** 0.2 - 1)
    full = milliseconds(lambda: with_bounds(base, target))
    print(
        f"{FIGURES:,} figures: rate and bounds {full:.1f} ms, bare formula {bare:.1f} ms, ratio {full / bare:.2f}"
    )
    try:
        import pandas as pd  # noqa: PLC0415
        import pyam  # noqa: PLC0415
    except Exception as error:  # whatever is wrong with an optional package of others
        print(f"no comparison with pyam, which cannot be imported: {error}")
        return
    base, target = figures(ROWS)
    rows = {
        "model": "m",
        "scenario": [f"s{n}" for n in range(ROWS)],
        "region": "r",
        "variable": "v",
        "unit": "u",
    }
    data = pyam.IamDataFrame(pd.DataFrame({**rows, 2020: base, 2025: target}))
    theirs = milliseconds(lambda: data.compute.growth_rate({"v": "g"}))
    ours = milliseconds(lambda: with_bounds(base, target))
    print(
        f"{ROWS:,} rows: rate and bounds {ours:.2f} ms, pyam growth_rate {theirs:.1f} ms, ratio {theirs / ours:.0f}"
    )


if __name__ == "__main__":
    main()
