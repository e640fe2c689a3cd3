"""Figures of one quantity over some years, and whether they can all be true: from their numerals alone.

Nothing of the audit's model is used here, neither columns nor laws: the unknowns are the levels, and
each figure says something of them that is linear.
"""

import random
from collections.abc import Iterable
from fractions import Fraction

import z3

from plantrack.numbers.interval import Interval
from plantrack.numbers.rounding import decimal_text
from plantrack.plan.figures import Figure
from plantrack.plan.plan import Plan
from plantrack.reading import load_catalogue, read_plan

CATALOGUE = load_catalogue()
HEAD = """\
plan: made
title: {zh: 例, en: Example}
place: {id: zhaoqing, zh: 肇庆市, en: Zhaoqing}
base: 2020
target: 2025
sections: {a: 表, b: 文, c: 附}
"""
AMOUNT, COUNT = "premium", "listed_companies"
YEARS = (2015, 2020, 2025)
BOUNDS = ("{}", "{}", "{}", "{}", "{}以上", "{}以下", "超过{}", "不足{}")


def printed_plan(dice: random.Random) -> Plan:
    """A plan whose figures were true, some bounds among them, and then perhaps one was misprinted."""
    name = dice.choice((AMOUNT, COUNT))
    levels = {year: _level(dice, name) for year in YEARS}
    kinds = ["level", "level", "change", "annual_change", "growth", "total_growth", "multiple"]
    rows = [row for _ in range(dice.randint(3, 7)) if (row := _row(dice, name, dice.choice(kinds), levels))]
    body = (
        "".join(f"  - {{in: {dice.choice('abc')}, {row}}}\n" for row in rows)
        or "  - {in: a, level: {2020: 1}}\n"
    )
    return read_plan(f"{HEAD}figures:\n  {name}:\n{body}".encode(), "made.yaml", CATALOGUE)


def _level(dice: random.Random, name: str) -> Fraction:
    if name == COUNT:
        return Fraction(dice.choice((0, 0, 1, 2, 5, 30, 400)))
    return Fraction(dice.randint(200, 90_000), 100)


def _row(dice: random.Random, name: str, kind: str, levels: dict[int, Fraction]) -> str | None:
    first, last = sorted(dice.sample(YEARS, 2))
    start, end = levels[first], levels[last]
    if kind == "level":
        said, when = end, str(last)
    elif kind in {"change", "annual_change"}:
        said, when = (end - start) / (last - first if kind == "annual_change" else 1), f"{first}->{last}"
    elif start <= 0 or end <= 0:
        return None
    else:
        rate = Fraction(float(end / start) ** (1 / (last - first)) - 1) * 100
        told = {"growth": rate, "total_growth": (end / start - 1) * 100, "multiple": end / start}
        said, when = told[kind], f"{first}->{last}"
    if dice.random() < MISPRINTED:
        said *= Fraction(dice.choice((90, 97, 99, 101, 103, 110)), 100)
    decimals = 0 if name == COUNT and kind in {"level", "change"} else dice.randint(0, 2)
    numeral = decimal_text(abs(said), decimals)
    unit = "%" if kind in {"growth", "total_growth"} else "倍" if kind == "multiple" else ""
    bound = dice.choice(BOUNDS)
    verb = ("下降" if unit else "减少") if said < 0 else ""
    return f"{kind}: {{{when}: {verb}{bound.format(numeral + unit)}}}"


MISPRINTED = 0.15


def can_be_true(figures: Iterable[Figure]) -> bool:
    """Whether some levels make all figures true."""
    solver = z3.Solver()
    for figure in figures:
        years = [time.year for time in (figure.start or figure.at, figure.end or figure.at) if time]
        first, last = (z3.Real(f"level {year}") for year in years)
        least = 0 if figure.indicator == COUNT else None
        for level in (first, last):
            solver.add(level >= 0 if least == 0 else level > 0)
        _add(solver, figure, first, last)
    answer = solver.check()
    assert answer != z3.unknown
    return bool(answer == z3.sat)


def _add(solver: z3.Solver, figure: Figure, first: z3.ArithRef, last: z3.ArithRef) -> None:
    assert figure.measure is not None
    said, years = figure.measure.interval, figure.years or 1
    if figure.kind == "level":
        _between(solver, last, said, z3.RealVal(1))
    elif figure.kind in {"change", "annual_change"}:
        _between(solver, last - first, said, z3.RealVal(years if figure.kind == "annual_change" else 1))
    else:
        grown = figure.kind != "multiple"
        ends = [None if end is None else max(Fraction(0), end + grown) for end in (said.low, said.high)]
        power = years if figure.kind == "growth" else 1
        ratio = Interval(
            *(None if end is None else end**power for end in ends),
            low_closed=said.low_closed and bool(ends[0]),
            high_closed=said.high_closed,
        )
        _between(solver, last, ratio, first)
        _between(
            solver, z3.Real(f"ratio {first} {last}"), ratio, z3.RealVal(1)
        )  # also where both levels are zero


def _between(solver: z3.Solver, value: z3.ArithRef, said: Interval, times: z3.ArithRef) -> None:
    if said.low is not None:
        low = z3.RealVal(str(said.low)) * times
        solver.add(value >= low if said.low_closed else value > low)
    if said.high is not None:
        high = z3.RealVal(str(said.high)) * times
        solver.add(value <= high if said.high_closed else value < high)
