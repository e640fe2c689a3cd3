"""Random families of plans that share quantities, audited in blocks and held against an independent exact solver.

A province of three cities. Each city's plan prints some of its deposits, their growth, their share of the province's,
the province's numbers, and comparisons with them; the province's plan prints totals, their growth and the sum of its
cities. True values first, then printed, then perhaps one figure corrupted.
"""

import random
from collections import Counter
from fractions import Fraction

from oracle import satisfiable
from plantrack.audit.build import build_system
from plantrack.audit.linking import audit_linked
from plantrack.audit.result import Audit
from plantrack.numbers.rounding import decimal_text
from plantrack.plan.plan import Plan
from plantrack.reading import load_catalogue, read_plan

CATALOGUE = load_catalogue()
CITIES = ("one", "two", "three")
YEARS = (2020, 2025)
SPAN = "2020->2025"
HEAD = """\
plan: plan-{name}
title: {{zh: 例, en: Example}}
place: {{id: {name}, zh: {zh}, en: {name}{part}}}
base: 2020
target: 2025
sections: {{t: 表}}
{more}figures:
"""

Printed = tuple[str, str, str, Fraction, int]
"""Indicator with its place, kind, time, value in printed units, decimals."""

ABOVE, BELOW = Fraction(-101), Fraction(-102)
"""No growth, but that it is above the province's, or below it."""

Values = dict[str, dict[int, Fraction]]
"""Deposits by place and year."""


def true_values(dice: random.Random) -> Values:
    values: Values = {city: {} for city in CITIES}
    for city in CITIES:
        first = Fraction(dice.randint(10_000, 900_000), 100)
        values[city] = {2020: first, 2025: first * Fraction(dice.randint(90, 190), 100)}
    values["province"] = {year: sum((values[city][year] for city in CITIES), Fraction(0)) for year in YEARS}
    return values


def growth(levels: dict[int, Fraction]) -> Fraction:
    return 100 * (Fraction(float(levels[2025] / levels[2020]) ** (1 / 5)) - 1)


def printed_of(place: str, about: str, values: Values, dice: random.Random) -> list[Printed]:
    """Levels and growth of one place's deposits, some of them."""
    at = "" if place == about else f"@{about}"
    rows: list[Printed] = [
        (f"deposits{at}", "level", str(year), values[about][year], dice.randint(0, 2))
        for year in YEARS
        if dice.random() < (0.6 if place == about else 0.25)
    ]
    if dice.random() < (0.6 if place == about else 0.25):
        rows.append((f"deposits{at}", "growth", SPAN, growth(values[about]), dice.randint(0, 2)))
    return rows


def city_rows(city: str, values: Values, dice: random.Random) -> list[Printed]:
    rows = printed_of(city, city, values, dice) + printed_of(city, "province", values, dice)
    rows += [
        (
            "deposits_share_of_province",
            "level",
            str(year),
            100 * values[city][year] / values["province"][year],
            2,
        )
        for year in YEARS
        if dice.random() < 0.6
    ]
    if dice.random() < 0.3:
        is_faster = growth(values[city]) > growth(values["province"])
        rows.append(("deposits", "growth", SPAN, ABOVE if is_faster else BELOW, 0))
    return rows


def family(dice: random.Random) -> list[list[Printed]]:
    """The rows of the province's plan, where it is one of them, and of its cities' plans."""
    values = true_values(dice)
    plans = [city_rows(city, values, dice) for city in CITIES]
    return [printed_of("province", "province", values, dice), *plans]


def corrupted(plans: list[list[Printed]], dice: random.Random) -> list[list[Printed]]:
    """One figure changed by a few units of its last digit, or more."""
    at = dice.choice([number for number, rows in enumerate(plans) if rows])
    row = dice.randrange(len(plans[at]))
    name, kind, time, value, decimals = plans[at][row]
    moved = abs(value + dice.choice((-1, 1)) * Fraction(dice.randint(1, 400), 10) / 10**decimals)
    rows = [*plans[at][:row], (name, kind, time, moved, decimals), *plans[at][row + 1 :]]
    return [*plans[:at], rows, *plans[at + 1 :]]


NAMES = {"one": "甲市", "two": "乙市", "three": "丙市", "province": "丁省"}
OF_THE_PROVINCE = (
    "places: {one: {zh: 甲市, parent: province}, two: {zh: 乙市, parent: province}, "
    "three: {zh: 丙市, parent: province}}\nlaws: [deposits = sum(deposits@members)]\n"
)
OF_A_CITY = "places: {province: {zh: 丁省}}\n"


def read(rows: list[Printed], name: str) -> Plan:
    is_whole = name == "province"
    more = OF_THE_PROVINCE if is_whole else OF_A_CITY
    head = HEAD.format(name=name, zh=NAMES[name], part="" if is_whole else ", parent: province", more=more)
    lines = []
    for indicator in sorted({row[0].partition("@")[0] for row in rows}):
        lines.append(f"  {indicator}:")
        lines += [line_of(row) for row in rows if row[0].partition("@")[0] == indicator]
    return read_plan((head + "\n".join(lines) + "\n").encode(), f"plan-{name}.yaml", CATALOGUE).require()


def line_of(row: Printed) -> str:
    place = row[0].partition("@")[2]
    return f"  - {{in: t{f', place: {place}' if place else ''}, {row[1]}: {{{row[2]}: {said(row)}}}}}"


def said(row: Printed) -> str:
    _, kind, _, value, decimals = row
    if value in {ABOVE, BELOW}:
        return f"{{{'above' if value == ABOVE else 'below'}: deposits@province}}"
    verb = "下降" if value < 0 else ""
    return f"{verb}{decimal_text(abs(value), decimals)}{'%' if kind == 'growth' else ''}"


def against_the_solver(seed: int, count: int) -> Counter[str]:
    """What the audit in blocks, the audit as one system and the solver say; every other family with a figure corrupted.

    `accused` and `missed` are disagreements of the audit in blocks; `missed by one system` are those of the other.
    """
    dice, tally = random.Random(seed), Counter[str]()
    for number in range(count):
        rows = family(dice)
        if number % 2 and any(rows):
            rows = corrupted(rows, dice)
        plans = [read(each, name) for each, name in zip(rows, ("province", *CITIES), strict=True) if each]
        plans = sorted(plans, key=lambda each: each.id)
        if len(plans) < 2:
            continue
        possible = satisfiable(build_system(plans, CATALOGUE))
        in_blocks = audit_linked([(each,) for each in plans], CATALOGUE)
        tally["families"] += 1
        tally[compared(in_blocks, possible)] += 1
        tally["by one system: " + compared(audit_linked([tuple(plans)], CATALOGUE), possible)] += 1
        tally["of several plans"] += any(
            len(each.proof.plans) > 1 for each in in_blocks.findings if each.proof
        )
    return tally


def compared(audit: Audit, possible: bool | None) -> str:
    if possible is None:
        return "unknown to the solver"
    if any(finding.proof for finding in audit.findings):
        return "accused" if possible else "contradictory"
    return "consistent" if possible else "missed"
