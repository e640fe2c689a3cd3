"""How long actuals files of a million rows take, sound ones and ones full of errors, and how much memory.

Run: python benchmarks/actuals.py [--rows N]
Each file is read by a process of its own. Seconds are of processor time, megabytes the most that the
process ever held, Python and the catalogue included; no file may take more than 10 s and 500 MB.
"""

import argparse
import gc
import itertools
import json
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator
from pathlib import Path

from plantrack.reading import find_plan, load_catalogue, read_plan_file
from plantrack.reading.actuals_file import load_actuals

ROWS = 1_000_000
MOST_SECONDS, MOST_MEGABYTES = 10, 500
SEEN_VALUES = 60_000
"""Values in the sound file: as many as the catalogue's indicators have in all its places in thirty years."""
CATALOGUE = load_catalogue()
LONG = "指标,地区,年份,数值,单位"


def keys() -> Iterator[tuple[str, str, str, int]]:
    """Indicator, its unit, place and year, no two the same before the years begin anew."""
    indicators = [each for each in CATALOGUE.indicators.values() if not CATALOGUE.units[each.unit].whole]
    places = [each.zh for each in CATALOGUE.places.values()]
    for year in itertools.cycle(range(2000, 2041)):
        for place, indicator in itertools.product(places, indicators):
            yield indicator.zh, indicator.unit, place, year


def sound(dice: random.Random, rows: int) -> Iterable[str]:
    """A value for each indicator, place and year at first, and nothing published for the rest."""
    for number, (name, unit, place, year) in zip(range(rows), keys(), strict=False):
        value = f"{dice.randrange(10**7) / 100:.2f}" if number < SEEN_VALUES else "—"
        yield f"{name},{place},{year},{value},{unit}"


def twice(dice: random.Random, rows: int) -> Iterable[str]:
    """The same few values over and over."""
    for _ in range(rows):
        yield f"保费收入,肇庆市,{dice.randint(2020, 2025)},{dice.randrange(10**5) / 100},亿元"


def without_numbers(dice: random.Random, rows: int) -> Iterable[str]:
    """No value is a number, each in its own way."""
    for number in range(rows):
        yield f"保费收入,肇庆市,{dice.randint(2020, 2025)},约{number}.{number}x,亿元"


def strange_names(_dice: random.Random, rows: int) -> Iterable[str]:
    return (f"保费收入之{number},肇庆市,2023,{number},亿元" for number in range(rows))


def strange_places(_dice: random.Random, rows: int) -> Iterable[str]:
    return (f"保费收入,第{number}区,2023,{number},亿元" for number in range(rows))


def other_years(dice: random.Random, rows: int) -> Iterable[str]:
    for number, (name, unit, place, _) in zip(range(rows), keys(), strict=False):
        yield f"{name},{place},{1900 + number % 110}年,{dice.randrange(10**6) / 10},{unit}"


def remarks(_dice: random.Random, rows: int) -> Iterable[str]:
    """Cells in quotation marks with line breaks in them, and a unit said in each row."""
    half = rows // 2
    return (f'"保费收入",肇庆市,{1900 + number % 300}年,"，\n{number}",单位：亿元' for number in range(half))


def across(dice: random.Random, rows: int) -> Iterable[str]:
    """Years across, three values a row, most of them missing."""
    for number in range(rows):
        value = f"{dice.randrange(10**4) / 10}" if number % 100 == 0 else ""
        yield f"不良贷款率,%,{value},—,…"


KINDS = {
    "sound": (LONG, sound),
    "values given twice": (LONG, twice),
    "no numbers": (LONG, without_numbers),
    "unknown indicators": (LONG, strange_names),
    "unknown places": (LONG, strange_places),
    "years outside the plan": (LONG, other_years),
    "line breaks in cells": (LONG, remarks),
    "years across": ("指标,单位,2021,2022,2023", across),
}


def read(file: str) -> None:
    """Read one file and print what that took, as JSON."""
    gc.set_threshold(250_000, 20, 20)  # as the command does
    loaded = read_plan_file(find_plan("zhaoqing"), CATALOGUE).require()
    started = time.process_time()
    actuals = load_actuals(Path(file), loaded, CATALOGUE)
    taken = time.process_time() - started
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    last = actuals.findings[-1].message.say("en") if actuals.findings else ""
    print(json.dumps([taken, most, len(actuals.actuals), len(actuals.findings), last]))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=ROWS)
    parser.add_argument("--read", help=argparse.SUPPRESS)
    chosen = parser.parse_args()
    if chosen.read:
        read(chosen.read)
        return
    is_over = False
    with tempfile.TemporaryDirectory() as folder:
        for name, (heading, rows_of) in KINDS.items():
            file = Path(folder) / "actuals.csv"
            dice = random.Random(1)
            with file.open("w", encoding="utf-8") as output:
                output.writelines(
                    f"{each}\n" for each in itertools.chain([heading], rows_of(dice, chosen.rows))
                )
            command = [sys.executable, __file__, "--read", str(file)]
            told = subprocess.run(command, check=True, capture_output=True, text=True).stdout
            seconds, megabytes, values, findings, last = json.loads(told)
            is_over |= seconds > MOST_SECONDS or megabytes > MOST_MEGABYTES
            print(
                f"{name:24}{file.stat().st_size / 1e6:6.1f} MB {seconds:6.2f} s {megabytes:5.0f} MB,"
                f" {values} values, {findings} findings, the last: {last[:70]}"
            )
    sys.exit(int(is_over))


if __name__ == "__main__":
    main()
