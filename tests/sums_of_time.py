"""Random flows over years, spans and months, and whether they can all be true: from their numerals alone.

Nothing of the audit's model is used here, neither columns nor laws: the unknowns are the years and the
months, and each figure says something of them that is linear.
"""

import random
from collections import Counter
from fractions import Fraction

import z3

from plantrack.audit import audit_plans
from plantrack.findings import Level
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
sections: {t: 表, u: 文}
own:
  amount: {zh: 甲, en: amount, unit: 亿元, kind: flow}
  signed: {zh: 乙, en: signed, unit: 亿元, kind: flow, domain: any}
figures:
"""
FIRST, LAST = 2019, 2025
YEARS = range(FIRST, LAST + 1)
MONTHS = range(1, 13)
FORMS = ("{}", "{}", "{}", "{}", "{}以上", "不足{}")


def printed_plan(dice: random.Random) -> Plan:
    """A plan of one flow whose figures were true, and then perhaps one was misprinted."""
    name = dice.choice(("amount", "amount", "signed"))
    months = {(year, month): _amount(dice, name) for year in YEARS for month in MONTHS}
    rows = [_row(dice, name, months) for _ in range(dice.randint(3, 9))]
    if dice.random() < FREQUENTLY:
        rows += [_level(dice, str(year), months) for year in YEARS if year > FIRST]
    if dice.random() < RARELY:
        rows += [_level(dice, f"2021-{month:02}", months) for month in MONTHS]
    body = "".join(f"  - {{in: {dice.choice('tu')}, {row}}}\n" for row in rows)
    return read_plan(f"{HEAD}  {name}:\n{body}".encode(), "made.yaml", CATALOGUE)


FREQUENTLY, RARELY = 0.4, 0.15


def _amount(dice: random.Random, name: str) -> Fraction:
    value = Fraction(dice.randint(1, 900), 100)
    return value * dice.choice((1, 1, -1)) if name == "signed" else value


Months = dict[tuple[int, int], Fraction]


def _row(dice: random.Random, name: str, months: Months) -> str:
    kind = dice.choice(("year", "year", "span", "span", "month", "growth", "change"))
    first, last = sorted(dice.sample(YEARS, 2))
    start, end = _total(str(first), months), _total(str(last), months)
    if kind == "growth" and name == "amount":
        ratio = Fraction(float(end / start) ** (1 / (last - first)))
        return f"growth: {{{first}->{last}: {_printed(dice, 100 * (ratio - 1), '{}')}%}}"
    if kind == "change":
        return f"change: {{{first}->{last}: {_printed(dice, end - start, '{}')}}}"
    time = {"span": f"{first}/{last}", "month": f"{last}-{dice.choice(MONTHS):02}"}.get(kind, str(last))
    return _level(dice, time, months)


def _level(dice: random.Random, time: str, months: Months) -> str:
    value = _total(time, months)
    return f"level: {{{time}: {_printed(dice, value, dice.choice(FORMS) if value > 0 else '{}')}}}"


def _total(time: str, months: Months) -> Fraction:
    return sum((months[each] for each in _months_of(time)), start=Fraction(0))


def _months_of(time: str) -> list[tuple[int, int]]:
    if "-" in time:
        year, month = map(int, time.split("-"))
        return [(year, month)]
    first, _, last = time.partition("/")
    return [(year, month) for year in range(int(first), int(last or first) + 1) for month in MONTHS]


def _printed(dice: random.Random, value: Fraction, form: str) -> str:
    if dice.random() < MISPRINTED:
        value *= 1 + Fraction(dice.choice((-1, 1)) * dice.randint(1, 30), 100)
    digits = decimal_text(abs(value), dice.randint(0, 2))
    if form == "不足{}":
        digits = decimal_text(abs(value) + 1, 0)
    if form == "{}以上":
        digits = decimal_text(Fraction(int(abs(value) * 10), 10), 1)
    return ("下降" if value < 0 else "") + form.format(digits)


MISPRINTED = 0.15


# -- what a solver says --------------------------------------------------------------------------


def can_be_true(plan: Plan) -> bool | None:
    """Whether some months make all the plan's figures true; `None` where the solver gives up.

    A year of which fewer than twelve months are spoken of has as many unknown ones as it likes.
    """
    solver = z3.Solver()
    solver.set("timeout", 20_000)
    months = {each: z3.Real(f"m{each[0]}_{each[1]}") for year in YEARS for each in _months_of(str(year))}
    is_signed = plan.figures[0].indicator == "signed"
    if not is_signed:
        solver.add(*(month >= 0 for month in months.values()))
    for figure in plan.figures:
        solver.add(*_said(figure, months, is_signed=is_signed))
    answer = solver.check()
    return None if answer == z3.unknown else answer == z3.sat


def _said(figure: Figure, months: dict[tuple[int, int], z3.ArithRef], *, is_signed: bool) -> list[z3.BoolRef]:
    measure = figure.measure
    assert measure is not None
    ends = [z3.Sum([months[each] for each in _months_of(time.text)]) for time in figure.times]
    if figure.kind == "level":
        above_zero = [] if is_signed else [ends[0] > 0]
        return [*_within(ends[0], measure.interval, z3.RealVal(1)), *above_zero]
    if figure.kind == "change":
        return _within(ends[1] - ends[0], measure.interval, z3.RealVal(1))
    assert figure.years is not None
    ratio = measure.interval.shifted(Fraction(1))
    low, high = max(ratio.low, Fraction(0)), ratio.high
    powers = Interval(low**figure.years, high**figure.years, low_closed=ratio.low_closed, high_closed=False)
    return [*_within(ends[1], powers, ends[0]), ends[0] > 0, ends[1] > 0]


def _within(value: z3.ArithRef, interval: Interval, times: z3.ArithRef) -> list[z3.BoolRef]:
    said = []
    if interval.low is not None:
        low = _real(interval.low) * times
        said.append(value >= low if interval.low_closed else value > low)
    if interval.high is not None:
        high = _real(interval.high) * times
        said.append(value <= high if interval.high_closed else value < high)
    return said


def _real(value: Fraction) -> z3.RatNumRef:
    return z3.RealVal(f"{value.numerator}/{value.denominator}")


def compared(seed: int, count: int) -> Counter[str]:
    """What audit and solver say of random plans: `accused` and `missed` are disagreements."""
    dice, tally = random.Random(f"sums of time {seed}"), Counter[str]()
    for _ in range(count):
        plan = printed_plan(dice)
        if plan.plan is None:
            tally["not read"] += 1
            continue
        audit = audit_plans([plan.require()], CATALOGUE)
        told = [each for each in audit.findings if each.proof]
        possible = can_be_true(plan)
        tally["plans"] += 1
        if possible is None:
            tally["unknown to the solver"] += 1
        elif told:
            tally["accused" if possible else "contradictory"] += 1
            tally["errors of months"] += sum(map(_is_error_of_months, told))
        elif not audit.coverage.complete:
            tally["undetermined"] += 1
        else:
            tally["consistent" if possible else "missed"] += 1
    return tally


def _is_error_of_months(finding: object) -> bool:
    involved = finding.proof.involved  # type: ignore[attr-defined]
    of_months = any("/level/20" in each.figure and each.figure.split("/")[3][4:5] == "-" for each in involved)
    return of_months and len(involved) > PAIR and finding.level is Level.ERROR  # type: ignore[attr-defined]


PAIR = 2
