"""Random plans of the shapes that occur: levels, shares through a latent, growth, multiples, changes,
sums. True values first, then printed as planners print them, then perhaps one figure corrupted.
"""

import random
from fractions import Fraction
from pathlib import Path

from plantrack.numbers.rounding import decimal_text
from plantrack.plan.plan import Plan
from plantrack.reading import load_catalogue, read_plan_file

CATALOGUE = load_catalogue()
OFTEN = 0.3
"""How often a growth or a change is printed for a span."""
YEARS = (2020, 2021, 2025)
HEAD = """\
plan: made
title: {zh: 例, en: Example}
place: {id: zhaoqing, zh: 肇庆市, en: Zhaoqing}
base: 2020
target: 2025
sections: {t: 表, s: 文}
own:
  one: {zh: 甲, en: one, unit: 亿元, kind: flow}
  other: {zh: 乙, en: other, unit: 亿元, kind: flow}
  whole: {zh: 总, en: whole, unit: 亿元, kind: flow}
  count: {zh: 家数, en: count, unit: 家, kind: stock}
  latent: {zh: 隐, en: latent, unit: 亿元, kind: flow}
  share_one: {zh: 甲比, en: share one, unit: "%", kind: ratio, is: one / latent}
  share_other: {zh: 乙比, en: share other, unit: "%", kind: ratio, is: other / latent}
laws:
- whole = one + other
figures:
"""
PRODUCTS = ("one", "other", "share_one", "share_other")
SUMS = ("one", "other", "whole")

Row = tuple[str, str, str, Fraction, int]
"""Indicator, kind, time, the value in printed units, decimals."""

Printed = tuple[str, str, str, str]
"""Indicator, kind, time, the text as it is printed."""


def true_values(dice: random.Random) -> dict[str, dict[int, Fraction]]:
    """Levels of every indicator, that obey every law."""
    values: dict[str, dict[int, Fraction]] = {
        name: {} for name in ("one", "other", "whole", "latent", "share_one", "share_other")
    }
    for year in YEARS:
        one, other = (Fraction(dice.randint(50, 50_000), 100) for _ in range(2))
        latent = (one + other) * Fraction(dice.randint(150, 3000), 100)
        values["one"][year], values["other"][year], values["whole"][year] = one, other, one + other
        values["latent"][year] = latent
        values["share_one"][year], values["share_other"][year] = one / latent * 100, other / latent * 100
    return values


def printed_rows(dice: random.Random, shape: str) -> list[Row]:
    """Some figures of a random consistent system; `product`, `sum` or `mixed`."""
    values = true_values(dice)
    names = {"product": PRODUCTS, "sum": SUMS, "mixed": (*PRODUCTS, "whole")}[shape]
    rows: list[Row] = [
        (name, "level", str(year), values[name][year], dice.randint(0, 3))
        for name in names
        for year in YEARS
        for _ in range(dice.choice((0, 1, 1, 1, 2)))
    ]
    kinds = {
        "product": ("growth", "multiple"),
        "sum": ("change", "annual_change"),
        "mixed": ("growth", "change", "multiple"),
    }
    spans = ((2020, 2021), (2020, 2025), (2021, 2025))
    return rows + [
        (
            name,
            kind,
            f"{start}->{end}",
            step(kind, values[name][start], values[name][end], end - start),
            dice.randint(0, 2),
        )
        for name in names
        for start, end in spans
        for kind in kinds[shape]
        if dice.random() < OFTEN
    ]


def step(kind: str, first: Fraction, last: Fraction, years: int) -> Fraction:
    """The value of a growth (in per cent), multiple or change between two levels."""
    if kind == "growth":
        return 100 * (Fraction(float(last / first) ** (1 / years)) - 1)
    if kind == "multiple":
        return last / first
    return (last - first) / (years if kind == "annual_change" else 1)


def corrupted(dice: random.Random, rows: list[Row]) -> tuple[list[Row], int]:
    """The rows with one figure changed, and which."""
    at = dice.randrange(len(rows))
    name, kind, time, value, decimals = rows[at]
    moved = value + dice.choice((-1, 1)) * Fraction(dice.randint(1, 40), 10) / 10**decimals
    if (kind in {"level", "multiple"} and moved <= 0) or (kind == "growth" and moved <= -99):
        moved = abs(value) * 2
    return [*rows[:at], (name, kind, time, moved, decimals), *rows[at + 1 :]], at


def text_of(row: Row) -> str:
    """The row's numeral as it would be printed."""
    name, kind, _, value, decimals = row
    digits = decimal_text(abs(value), decimals)
    verb = "下降" if value < 0 else ""
    unit = "%" if kind == "growth" else "个百分点" if name.startswith("share") and "change" in kind else ""
    return f"{verb}{digits}{unit}"


def plan_of_rows(rows: list[Row], folder: Path) -> Plan:
    """The rows as a plan; several prints of one quantity stand in sections of their own."""
    lines = []
    for name in dict.fromkeys(row[0] for row in rows):
        lines.append(f"  {name}:")
        lines += [f"  - {{in: t, {row[1]}: {{{row[2]}: {text_of(row)}}}}}" for row in rows if row[0] == name]
    file = folder / "made.yaml"
    file.write_text(HEAD + "\n".join(lines) + "\n", encoding="utf-8")
    return read_plan_file(file, CATALOGUE).require()


def planners_rows(dice: random.Random) -> list[Printed]:
    """A consistent plan as planners print it: rates fixed first, targets then made round.

    Amounts and a count; rates about, bounded or as ranges; doublings from 1.95; a bound may be what the
    target rounds to. Texts are complete: what is printed is no longer the value itself.
    """
    rows: list[Printed] = []
    for name in ("one", "other", "count"):
        rows += _planned(dice, name)
    return rows


def _planned(dice: random.Random, name: str) -> list[Printed]:
    """Base, rate and target of one indicator, and sometimes a multiple or a change."""
    is_count = name == "count"
    base = Fraction(dice.randint(2, 400)) if is_count else Fraction(dice.randint(1000, 900_000), 100)
    rate = Fraction(dice.randint(10, 250), 1000)
    target = base * (1 + rate) ** 5
    said = made_round(dice, target)
    rows: list[Printed] = [
        (name, "level", "2020", decimal_text(base, 0 if is_count else 2)),
        (name, "growth", "2020->2025", in_words(dice, rate * 100, dice.randint(0, 2), "%")),
        (name, "level", "2025", bounded(dice, said, target)),
    ]
    ratio = target / base
    if dice.random() < OFTEN and ratio >= Fraction(195, 100):
        rows.append((name, "multiple", "2020->2025", "翻两番" if ratio >= Fraction(39, 10) else "翻一番"))
    elif dice.random() < OFTEN and not is_count:
        computed = dice.choice((ratio, said / base))
        rows.append((name, "multiple", "2020->2025", in_words(dice, computed, dice.randint(1, 2), "倍")))
    change = said - base if is_count or dice.random() < OFTEN else made_round(dice, target - base)
    if dice.random() < OFTEN and change > 0:
        rows.append(
            (name, "change", "2020->2025", f"增加{decimal_text(change, 0 if change.denominator == 1 else 2)}")
        )
    return rows


def in_words(dice: random.Random, value: Fraction, decimals: int, unit: str) -> str:
    """A rate or a ratio as it is printed: rounded, about, near, a bound that it rounds to, or a range."""
    step = Fraction(1, 10**decimals)
    printed = decimal_text(value, decimals)
    form = dice.randrange(8)
    if form == 0:
        return f"{dice.choice(('约', '大约'))}{printed}{unit}"
    if form == 1:
        return f"{printed}{unit}{dice.choice(('左右', '上下'))}"
    if form == 2:
        return f"近{decimal_text(value + step / 2, decimals)}{unit}"
    if form == 3:
        return f"{printed}{unit}以上"
    if form == 4:
        return f"{printed}{unit}以下"
    if form == 5:
        return f"{printed}—{decimal_text(Fraction(printed) + step, decimals)}{unit}"
    return f"{printed}{unit}"


def bounded(dice: random.Random, said: Fraction, target: Fraction) -> str:
    """A round target, perhaps about, or as the bound to which it was made round."""
    printed = decimal_text(said, 0)
    form = dice.randrange(8)
    if form == 0:
        return f"{printed}左右" if abs(said - target) * 20 <= said else printed
    if form == 1:
        return f"{printed}以上"
    if form == 2:
        return f"突破{printed}"
    return f"{printed}以内" if form == 3 else printed


def made_round(dice: random.Random, value: Fraction) -> Fraction:
    """A multiple of 1, 2 or 5 × 10^k that is at most a tenth of it; to the nearest, up or down."""
    units = [unit for power in range(6) for unit in (10**power, 2 * 10**power, 5 * 10**power)]
    unit = dice.choice([each for each in units if each * 10 <= value] or [1])
    count = value / unit
    return Fraction(dice.choice((round(count), int(count), -int(-count // 1)))) * unit


def plan_of_texts(rows: list[Printed], folder: Path) -> Plan:
    """Rows of texts as a plan; each print stands in a row of its own."""
    names = dict.fromkeys(row[0] for row in rows)
    lines = [
        line
        for name in names
        for line in (
            f"  {name}:",
            *(f"  - {{in: t, {kind}: {{{time}: {said}}}}}" for of, kind, time, said in rows if of == name),
        )
    ]
    file = folder / "made.yaml"
    file.write_text(HEAD + "\n".join(lines) + "\n", encoding="utf-8")
    return read_plan_file(file, CATALOGUE).require()
