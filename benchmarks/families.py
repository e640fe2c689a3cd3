"""The audit of families: plans of cities of one province, all of which print figures of it, against each plan alone.

Run: python benchmarks/families.py [--sizes 10 30 100 300] [--moved 0.02] [--processes 2]
The plans are the five that ship, each of a city of its own; a numeral in ten gets one more digit, drawn within its
rounding. `--moved` changes the last digit of so many of the numerals. Prints the times, how many times as long the
family takes as its plans alone, and the exponent of time over size: time of the processor, of several processes of the
clock.
"""

import argparse
import math
import random
import re
import time
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from functools import partial

from plantrack.audit import audit_plans
from plantrack.audit.blocks import blocks_of
from plantrack.audit.linking import audit_linked
from plantrack.plan.plan import Plan
from plantrack.reading import load_catalogue, plan_files, read_plan

CATALOGUE = load_catalogue()
NUMERAL = re.compile(r"(?<!\bin)(: [^\d\s{},:\"]{0,5})(\d+\.\d+)(?![\d.>])")
PLACE = re.compile(r"^place: \{id: (\w+), .*$", re.MULTILINE)
REDRAWN = 0.1


def redrawn(plan: str, number: int, dice: random.Random, moved: float = 0.0) -> str:
    """The plan of another city of the province, with other numerals."""
    match = PLACE.search(plan)
    assert match is not None
    head, figures, body = plan.partition("\nfigures:")
    code = f"44{30 + number // 90}{10 + number % 90}"
    place = f'place: {{id: city_{number}, zh: 第{number}市, en: City {number}, code: "{code}"}}'
    head = re.sub(r"^plan: .*$", f"plan: city-{number:04}", PLACE.sub(place, head), flags=re.MULTILINE)
    body = re.sub(rf"(?<![\w@]){match[1]}(?=[,\]}}])", f"city_{number}", body)
    return head + figures + NUMERAL.sub(lambda found: found[1] + _other(found[2], dice, moved), body)


def _other(numeral: str, dice: random.Random, moved: float) -> str:
    if dice.random() < moved:
        return numeral[:-1] + str((int(numeral[-1]) + dice.choice((1, 9))) % 10)
    if dice.random() >= REDRAWN:
        return numeral
    exact = int(numeral.replace(".", "")) * 10 + dice.randrange(-4, 5)
    digits = f"{exact:0{len(numeral)}}"
    places = len(numeral) - numeral.index(".")
    return f"{digits[:-places]}.{digits[-places:]}"


def family(size: int, moved: float, seed: int = 1) -> list[Plan]:
    dice = random.Random(seed)
    texts = [file.read_text(encoding="utf-8") for file in sorted(plan_files())]
    plans = (redrawn(texts[number % len(texts)], number, dice, moved) for number in range(size))
    return [
        read_plan(text.encode(), f"city-{number:04}.yaml", CATALOGUE).require()
        for number, text in enumerate(plans)
    ]


def timed(sizes: list[int], moved: float, processes: int) -> Iterator[tuple[int, float, float]]:
    clock = (
        time.process_time if processes == 1 else time.perf_counter
    )  # of other processes only the latter knows
    for size in sizes:
        plans = family(size, moved)
        started = clock()
        alone = sum(len(audit_plans([plan], CATALOGUE).findings) for plan in plans)
        between = clock()
        audit = _audited(plans, processes)
        ended = clock()
        several = sum(len({each.partition("/")[0] for each in found.figures}) > 1 for found in audit.findings)
        print(
            f"{size:4} plans, {len(audit.figures):6} figures: alone {between - started:6.1f} s, {alone} findings;"
            f" together {ended - between:6.1f} s, {len(audit.findings)} findings, {several} of several plans;"
            f" {(ended - between) / (between - started):.2f} times",
            flush=True,
        )
        yield size, between - started, ended - between


def _audited(plans: list[Plan], processes: int):  # type: ignore[no-untyped-def] # noqa: ANN202
    if processes == 1:
        return audit_plans(plans, CATALOGUE)
    with ProcessPoolExecutor(processes) as pool:
        run = partial(pool.map, chunksize=max(1, len(plans) // (4 * processes)))
        return audit_linked(blocks_of(plans, CATALOGUE), CATALOGUE, run=run)


def exponent(times: list[tuple[int, float]]) -> float:
    """The slope of log time over log size, by least squares."""
    points = [(math.log(size), math.log(taken)) for size, taken in times]
    middle = [sum(each) / len(points) for each in zip(*points, strict=True)]
    above = sum((x - middle[0]) * (y - middle[1]) for x, y in points)
    return above / sum((x - middle[0]) ** 2 for x, _ in points)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="+", default=[10, 30, 100, 300])
    parser.add_argument("--moved", type=float, default=0.0)
    parser.add_argument("--processes", type=int, default=1)
    chosen = parser.parse_args()
    rows = list(timed(chosen.sizes, chosen.moved, chosen.processes))
    if len(rows) > 1:
        alone, together = ([(size, pair[at]) for size, *pair in rows] for at in (0, 1))
        print(f"exponents: alone {exponent(alone):.2f}, together {exponent(together):.2f}")


if __name__ == "__main__":
    main()
