"""Random plans, most of them contradictory: true values, printed as planners print them, then 1–3 misprints."""

from __future__ import annotations

import itertools
import random
from fractions import Fraction
from typing import Any, NamedTuple

Data = dict[str, Any]
START, BASE, TARGET = 2015, 2020, 2025
HEAD: Data = {
    "plan": "made",
    "title": {"zh": "例", "en": "Example"},
    "place": {"id": "zhaoqing", "zh": "肇庆市", "en": "Zhaoqing"},
    "base": "2020",
    "target": "2025",
    "sections": {"a": "表", "b": "文", "c": "附"},
}
RATES = ("growth", "total_growth")


class Print(NamedTuple):
    """A true value, and how it is printed. `form` is one of `FORMS`."""

    name: str
    kind: str
    time: str
    value: Fraction
    decimals: int
    unit: str = ""
    form: str = "plain"
    section: str = "a"


FORMS = {"plain": "{}", "ge": "{}以上", "le": "{}以下", "gt": "超过{}", "lt": "不足{}"}


def digits(value: Fraction, decimals: int) -> str:
    """Rounded 四舍五入."""
    scaled = int(abs(value) * 10**decimals + Fraction(1, 2))
    text = str(scaled).rjust(decimals + 1, "0")
    return f"{text[:-decimals]}.{text[-decimals:]}" if decimals else text


def numeral(each: Print) -> str:
    """A bound is printed so that it is true: rounded down where it is a least, up where it is a most."""
    step = Fraction(1, 10**each.decimals)
    value = abs(each.value)
    if each.form in {"ge", "gt"}:
        value = (value / step).__floor__() * step - (step if each.form == "gt" else 0)
    if each.form in {"le", "lt"}:
        value = (value / step).__ceil__() * step + (step if each.form == "lt" else 0)
    verb = ("下降" if each.unit in {"%", "个百分点"} else "减少") if each.value < 0 else ""
    return verb + FORMS[each.form].format(digits(max(Fraction(0), value), each.decimals) + each.unit)


def plan_of(prints: list[Print], own: Data | None = None, laws: list[str] | None = None) -> Data:
    """The prints in rows of one section each; two of one quantity in one section stand in two rows."""
    figures: dict[str, list[Data]] = {}
    for each in prints:
        rows = figures.setdefault(each.name, [])
        fits = (
            row
            for row in rows
            if row["in"] == each.section and each.time not in row.get(each.kind, {}) and len(row) < ROW
        )
        row = next(fits, None)
        if row is None:
            rows.append(row := {"in": each.section})
        row.setdefault(each.kind, {})[each.time] = numeral(each)
    extra: Data = {}
    if own:
        extra["own"] = own
    if laws:
        extra["laws"] = laws
    return {**HEAD, **extra, "figures": figures}


ROW = 5


class Maker:
    """The dice, and what planners print of a history of levels."""

    def __init__(self, seed: str) -> None:
        self.dice = random.Random(seed)

    def chance(self, share: float) -> bool:
        return self.dice.random() < share

    def amount(self, low: int = 200, high: int = 90_000) -> Fraction:
        return Fraction(self.dice.randint(low, high), 100)

    def history(
        self, first: Fraction, years: tuple[int, ...], low: int = -30, high: int = 200
    ) -> dict[int, Fraction]:
        """A level growing by −3 % to 20 % a year."""
        levels = {years[0]: first}
        for before, after in itertools.pairwise(years):
            rate = Fraction(self.dice.randint(low, high), 1000)
            levels[after] = levels[before] * (1 + rate) ** (after - before)
        return levels

    def form(self, share: float = 0.15) -> str:
        return self.dice.choice(("ge", "le", "gt", "lt")) if self.chance(share) else "plain"

    def section(self) -> str:
        return self.dice.choice("aabc")

    def levels(
        self,
        name: str,
        levels: dict[int, Fraction],
        unit: str = "",
        *,
        decimals: tuple[int, ...] = (0, 1, 2),
        share: float = 0.8,
    ) -> list[Print]:
        return [
            Print(
                name,
                "level",
                str(year),
                value,
                self.dice.choice(decimals),
                unit,
                self.form(0.08),
                self.section(),
            )
            for year, value in levels.items()
            if self.chance(share)
        ]

    def steps(
        self,
        name: str,
        levels: dict[int, Fraction],
        kinds: tuple[str, ...],
        *,
        share: float = 0.5,
        decimals: tuple[int, ...] = (0, 1, 2),
        points: bool = False,
    ) -> list[Print]:
        """Growth, changes, multiples between the levels."""
        found = []
        years = sorted(levels)
        for at, first in enumerate(years):
            for last in years[at + 1 :]:
                for kind in kinds:
                    if self.chance(share):
                        value, unit = step(kind, levels[first], levels[last], last - first)
                        unit = "个百分点" if points and kind.endswith("change") else unit
                        found.append(
                            Print(
                                name,
                                kind,
                                f"{first}->{last}",
                                value,
                                self.dice.choice(decimals),
                                unit,
                                self.form(0.1),
                                self.section(),
                            )
                        )
        return found


def step(kind: str, first: Fraction, last: Fraction, years: int) -> tuple[Fraction, str]:
    """The value of a step in printed units, and its unit."""
    if kind == "growth":
        return 100 * (Fraction(float(last / first) ** (1 / years)) - 1), "%"
    if kind == "total_growth":
        return 100 * (last / first - 1), "%"
    if kind == "multiple":
        return last / first, "倍"
    return (last - first) / (years if kind == "annual_change" else 1), ""


# -- families ------------------------------------------------------------------------------------

Made = tuple[list[Print], Data, list[str]]


def growth(make: Maker) -> Made:
    """Levels, growth and multiples of one indicator."""
    name = make.dice.choice(("premium", "deposits", "tax_revenue", "hidden_debt"))
    levels = make.history(make.amount(), (START, BASE, TARGET))
    kinds = (
        ("growth", "multiple")
        if make.chance(0.5)
        else ("growth", "total_growth", "multiple", "change", "annual_change")
    )
    return make.levels(name, levels) + make.steps(name, levels, kinds, share=0.3), {}, []


def shares(make: Maker) -> Made:
    """Amounts and shares through an unprinted GDP or population."""
    years = (BASE, TARGET) if make.chance(0.5) else (START, BASE, TARGET)
    gdp = make.history(make.amount(50_000, 900_000), years)
    people = make.history(make.amount(5_000, 90_000), years, -10, 30)
    premium = make.history(gdp[years[0]] * Fraction(make.dice.randint(20, 50), 1000), years)
    value = make.history(gdp[years[0]] * Fraction(make.dice.randint(30, 90), 1000), years)
    prints = make.levels("premium", premium, decimals=(1, 2)) + make.levels(
        "finance_value_added", value, decimals=(1, 2), share=0.7
    )
    depth = {year: 100 * premium[year] / gdp[year] for year in years}
    share = {year: 100 * value[year] / gdp[year] for year in years}
    density = {year: premium[year] * 10_000 / people[year] for year in years}
    prints += make.levels("insurance_depth", depth, "%", decimals=(1, 2))
    prints += make.levels("finance_share_of_gdp", share, "%", decimals=(1, 2), share=0.7)
    prints += make.levels("insurance_density", density, decimals=(0, 2), share=0.5)
    prints += make.levels("population", people, decimals=(1, 2), share=0.3)
    if make.chance(0.3):
        prints += make.levels("gdp", gdp, decimals=(0, 1), share=0.5)
    prints += make.steps("premium", premium, ("growth", "multiple"), share=0.15)
    prints += make.steps("insurance_depth", depth, ("multiple", "change"), share=0.1, points=True)
    return prints, {}, []


def _own(name: str, kind: str, unit: str = "亿元", **more: str) -> Data:
    return {"zh": name, "en": name, "unit": unit, "kind": kind, **more}


def sums(make: Maker) -> Made:
    """Parts and wholes of own indicators, equal or at most, with changes and perhaps a share."""
    years = (BASE, TARGET)
    parts = [make.history(make.amount(), years) for _ in range(make.dice.choice((2, 2, 3)))]
    names = ["p1", "p2", "p3"][: len(parts)]
    equal = make.chance(0.6)
    rest = Fraction(0) if equal else make.amount(1, 3000)
    whole = {year: sum((part[year] for part in parts), rest) for year in years}
    own = {name: _own(name, "flow") for name in (*names, "tot")}
    laws = [f"tot {'=' if equal else '>='} {' + '.join(names)}"]
    prints = make.levels("tot", whole, decimals=(0, 1, 2))
    prints += make.steps("tot", whole, ("change", "growth", "multiple"), share=0.2)
    for name, part in zip(names, parts, strict=True):
        prints += make.levels(name, part, decimals=(0, 1, 2), share=0.85)
        prints += make.steps(name, part, ("change", "annual_change"), share=0.15)
    if make.chance(0.3):
        own["sh"] = _own("sh", "ratio", "%", **{"is": "p1 / tot"})
        share = {year: 100 * parts[0][year] / whole[year] for year in years}
        prints += make.levels("sh", share, "%", decimals=(0, 1, 2), share=0.7)
        prints += make.steps("sh", share, ("change",), share=0.3, points=True)
    return prints, own, laws


def spans(make: Maker) -> Made:
    """A flow's years and spans of them, perhaps months."""
    name = make.dice.choice(("new_urban_jobs", "lending", "budget_revenue"))
    years = range(2021, 2026)
    levels = {year: make.amount(200, 9000) for year in years}
    prints = [
        Print(name, "level", str(year), value, make.dice.choice((0, 1, 2)), section=make.section())
        for year, value in levels.items()
        if make.chance(0.8)
    ]
    for first, last in ((2021, 2025), (2021, 2023), (2024, 2025), (2022, 2024)):
        if make.chance(0.8 if last - first == TARGET - 2021 else 0.3):
            total = sum((levels[year] for year in range(first, last + 1)), Fraction(0))
            prints.append(
                Print(
                    name,
                    "level",
                    f"{first}/{last}",
                    total,
                    make.dice.choice((0, 1, 2)),
                    "",
                    make.form(),
                    make.section(),
                )
            )
    if make.chance(0.3):
        year = make.dice.choice(list(years))
        month = levels[year] * Fraction(make.dice.randint(1, 25), 100)
        prints.append(Print(name, "level", f"{year}-{make.dice.randint(1, 12):02}", month, 2, section="b"))
    prints += make.steps(name, {year: levels[year] for year in (2021, 2025)}, ("growth", "change"), share=0.3)
    return prints, {}, []


def repeated(make: Maker) -> Made:
    """The same quantities in several sections, also twice the same value."""
    name = make.dice.choice(("premium", "loans", "deposits"))
    levels = make.history(make.amount(2000), (BASE, TARGET))
    prints = []
    for year, value in levels.items():
        decimals = make.dice.choice((0, 1, 2))
        for section in "abc"[: make.dice.choice((1, 2, 2, 3))]:
            decimals = decimals if make.chance(0.7) else make.dice.choice((0, 1, 2))
            prints.append(Print(name, "level", str(year), value, decimals, section=section))
    for kind in ("growth", "multiple", "change"):
        if make.chance(0.6):
            value, unit = step(kind, levels[BASE], levels[TARGET], TARGET - BASE)
            prints += [
                Print(
                    name,
                    kind,
                    f"{BASE}->{TARGET}",
                    value,
                    make.dice.choice((1, 2)),
                    unit,
                    make.form(),
                    section,
                )
                for section in "abc"[: make.dice.choice((1, 1, 2))]
            ]
    return prints, {}, []


def bounds(make: Maker) -> Made:
    """Bounds and signs: 以上, 以下, 超过, 不足, 下降."""
    name, unit = make.dice.choice(
        (("provision_coverage", "%"), ("loan_deposit_ratio", "%"), ("premium", ""), ("listed_companies", ""))
    )
    whole = name == "listed_companies"
    first = Fraction(make.dice.randint(3, 300)) if whole else make.amount(100, 9000)
    levels = make.history(first, (START, BASE, TARGET), -150, 150)
    if whole:
        levels = {year: Fraction(int(value)) for year, value in levels.items()}
    decimals = (0,) if whole else (0, 1, 2)
    kinds: tuple[str, ...] = ("change", "annual_change", "multiple")
    if unit == "":
        kinds += RATES
    if min(levels.values()) <= 0:
        kinds = ("change",)
    prints = [
        each._replace(form=make.form(0.5)) for each in make.levels(name, levels, unit, decimals=decimals)
    ]
    more = make.steps(name, levels, kinds, share=0.25, decimals=(0, 1, 2), points=bool(unit))
    more = [each._replace(decimals=0) if whole and each.kind == "change" else each for each in more]
    return prints + [each._replace(form=make.form(0.4)) for each in more], {}, []


def points(make: Maker) -> Made:
    """Ratios with amounts, changes in points and multiples."""
    years = (START, BASE, TARGET) if make.chance(0.4) else (BASE, TARGET)
    deposits = make.history(make.amount(100_000, 900_000), years)
    ratio = {year: Fraction(make.dice.randint(500, 1100), 1000) for year in years}
    loans = {year: deposits[year] * ratio[year] for year in years}
    shown = {year: 100 * each for year, each in ratio.items()}
    prints = make.levels("deposits", deposits, decimals=(0, 1, 2), share=0.7) + make.levels(
        "loans", loans, decimals=(0, 1, 2), share=0.7
    )
    prints += make.levels("loan_deposit_ratio", shown, "%", decimals=(0, 1, 2), share=0.7)
    prints += make.steps("loan_deposit_ratio", shown, ("change", "annual_change"), share=0.4, points=True)
    prints += make.steps("loans", loans, ("growth", "change"), share=0.2)
    prints += make.steps("deposits", deposits, ("growth", "multiple"), share=0.2)
    return prints, {}, []


def debts(make: Maker) -> Made:
    """A debt ratio: its debt, its revenue, changes in points."""
    years = (BASE, TARGET)
    revenue = make.history(make.amount(5_000, 90_000), years)
    debt = make.history(make.amount(5_000, 90_000), years)
    own = {
        "debt": _own("债务余额", "stock", better="down"),
        "income": _own("综合财力", "flow"),
        "debt_ratio": _own("债务率", "ratio", "%", better="down", **{"is": "debt / income"}),
    }
    ratio = {year: 100 * debt[year] / revenue[year] for year in years}
    prints = (
        make.levels("debt", debt) + make.levels("income", revenue) + make.levels("debt_ratio", ratio, "%")
    )
    prints = [
        each._replace(form="le") if each.name == "debt_ratio" and each.time == "2025" else each
        for each in prints
    ]
    prints += make.steps("debt_ratio", ratio, ("change",), share=0.6, points=True)
    prints += make.steps("income", revenue, ("growth",), share=0.6) + make.steps(
        "debt", debt, ("growth", "change"), share=0.3
    )
    return prints, own, []


FAMILIES = {each.__name__: each for each in (growth, shares, sums, spans, repeated, bounds, points, debts)}


def misprinted(make: Maker, each: Print) -> Print:
    """One figure wrong: by a little, by much, a sign, a decimal point, a digit."""
    dice = make.dice
    step_ = Fraction(1, 10**each.decimals)
    how = dice.choice(("little", "little", "share", "share", "sign", "point", "much"))
    value = each.value
    if how == "little":
        value += dice.choice((-1, 1)) * dice.randint(1, 5) * step_
    elif how == "share":
        value *= Fraction(dice.choice((80, 90, 95, 98, 102, 105, 110, 130)), 100)
    elif how == "sign" and each.kind not in {"level", "multiple"}:
        value = -value
    elif how == "point":
        value *= dice.choice((Fraction(1, 10), 10))
    else:
        value *= Fraction(dice.randint(150, 400), 100)
    if each.kind in {"level", "multiple"} and value < step_:
        value = abs(each.value) + 2 * step_
    if each.kind in RATES and value <= -MOST_FALL:
        value = abs(value)
    return each._replace(value=value)


MOST_FALL = 99


def contradictory(family: str, seed: int) -> Data:
    """A plan of the family with one to three misprints, which may not be enough to contradict."""
    make = Maker(f"{family} {seed}")
    prints: list[Print] = []
    while len(prints) < SOME:
        prints, own, laws = FAMILIES[family](make)
    for at in make.dice.sample(range(len(prints)), min(len(prints), make.dice.choice((1, 1, 1, 2, 2, 3)))):
        prints[at] = misprinted(make, prints[at])
    return plan_of(prints, own, laws)


SOME = 3
