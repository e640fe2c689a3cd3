"""Consistent plans as planners print them: whoever wrote these meant nothing contradictory."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from told_listed import OWN, as_listed
from told_plans import HEAD, Maker, digits
from told_words import COUNTS, MONEY, NOTATIONS, SPAN, YEARS, Rows, printed, rate_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from told_plans import Data

COMPARABLE = ("retail_sales", "budget_revenue", "industrial_output", "fixed_asset_investment")
TENTH = Fraction(1, 10)


def round_units(value: Fraction) -> list[Fraction]:
    """1, 5 × 10^k that are at most a tenth of a number."""
    units = [Fraction(front) * Fraction(10) ** power for power in range(-2, 7) for front in (1, 5)]
    return [unit for unit in units if unit >= 1 and unit <= value * TENTH]


def made_round(make: Maker, value: Fraction) -> Fraction:
    """A target as planners set it: to a unit, to the nearest, raised or lowered."""
    units = round_units(value * Fraction(9, 10))
    if not units:
        return Fraction(round(value * 10), 10)
    unit = make.dice.choice(units[-3:])
    count = value / unit
    return Fraction(make.dice.choice((round(count), count.__floor__(), count.__ceil__()))) * unit


def _level(section: str, **values: str) -> Data:
    return {"in": section, "level": {key.removeprefix("y"): value for key, value in values.items()}}


# -- habits: each adds the rows of one indicator, which is its own -----------------------------


def rate_first(make: Maker, rows: Rows) -> str:
    """The rate is fixed, the target follows and is made round; both are printed."""
    name = make.dice.choice(MONEY)
    base = make.amount(1_000, 900_000)
    decimals = make.dice.choice((0, 0, 1, 2))
    rate = Fraction(make.dice.randint(20 * 10**decimals, 220 * 10**decimals), 10 * 10**decimals)
    rate = Fraction(round(rate * 10**decimals), 10**decimals)
    target = made_round(make, base * (1 + rate / 100) ** YEARS)
    text = make.dice.choice(("{}", "{}", "{}", "{}左右", "约{}", "{}以上"))
    rows[name] = [
        {
            "in": "a",
            "level": {"2020": printed(base), "2025": printed(target)},
            "growth": {SPAN: text.format(f"{digits(rate, decimals)}%")},
        }
    ]
    return "rate first"


def rate_after(make: Maker, rows: Rows) -> str:
    """The round target is fixed, the rate follows, rounded."""
    name = make.dice.choice(MONEY)
    base = make.amount(1_000, 900_000)
    target = made_round(make, base * Fraction(make.dice.randint(105, 250), 100))
    rate = rate_of(base, target)
    decimals = make.dice.choice((0, 1, 2))
    verb = "下降" if rate < 0 else ""
    rows[name] = [
        {
            "in": "a",
            "level": {"2020": printed(base), "2025": printed(target)},
            "growth": {SPAN: f"{verb}{digits(rate, decimals)}%"},
        }
    ]
    return "rate after"


def _step(value: Fraction) -> Fraction:
    """A step that an author who says 约 rounds to: 10^k or 5 × 10^k, at most a fifth of the number."""
    steps = [Fraction(front) * Fraction(10) ** power for power in range(-2, 7) for front in (1, 5)]
    fitting = [step for step in steps if step <= value / 5]
    return fitting[-1]


def inexact(make: Maker, value: Fraction, step: Fraction, unit: str) -> str:
    """A number rounded to its step, with a word that says so; 近 where it lies at most half a step below."""
    above = (value / step).__ceil__() * step
    if above - value <= step / 2 and make.chance(0.3):
        return f"近{printed(above)}{unit}"
    near = max(1, round(value / step)) * step
    return make.dice.choice(("约{}", "{}左右", "大约{}")).format(printed(near) + unit)


def about(make: Maker, rows: Rows) -> str:
    """约, 左右, 近 of a rate or a target that is rounded to its step."""
    name = make.dice.choice(MONEY)
    base = make.amount(10_000, 900_000)
    target = base * Fraction(make.dice.randint(110, 250), 100)
    rate = rate_of(base, target)
    levels = {"2020": printed(base), "2025": digits(target, 2)}
    growth = f"{digits(rate, make.dice.choice((0, 1)))}%"
    about_rate = make.chance(0.5)
    if about_rate:
        steps = [each for each in (Fraction(1, 2), Fraction(1), Fraction(5)) if each <= rate / 5]
        growth = inexact(make, rate, make.dice.choice(steps or [Fraction(1, 10)]), "%")
    else:
        levels["2025"] = inexact(make, target, _step(target), "亿元")
    rows[name] = [{"in": "a", "level": levels, "growth": {SPAN: growth}}]
    return "about a rate" if about_rate else "about a target"


def doubled(make: Maker, rows: Rows) -> str:
    """翻一番 of what came to 1.95 times or more."""
    name = make.dice.choice(MONEY)
    base = make.amount(1_000, 900_000)
    target = base * Fraction(make.dice.randint(1950, 2300), 1000)
    said = make.dice.choice(
        (
            {"multiple": {SPAN: "翻一番"}},
            {"multiple": {SPAN: "2"}, "printed": "翻一番"},
            {"multiple": {SPAN: "2"}, "printed": "实现翻一番"},
        )
    )
    rows[name] = [
        {"in": "b", **said},
        {"in": "a", "level": {"2020": printed(base), "2025": digits(target, make.dice.choice((0, 1, 2)))}},
    ]
    if make.chance(0.5):
        rows[name][1]["growth"] = {SPAN: f"{digits(rate_of(base, target), 1)}%"}
    return "doubled"


def bound_of_rate(make: Maker, rows: Rows) -> str:
    """8.96 % printed as 9%以上, 9.05 % as 9%以下 or 8%—9%, by whole or tenths of per cent."""
    name = make.dice.choice(MONEY)
    base = make.amount(10_000, 900_000)
    decimals = make.dice.choice((0, 0, 1))
    rate = Fraction(make.dice.randint(300, 2500), 100)
    target = base * Fraction(str(round(float(1 + rate / 100) ** YEARS, 6)))
    near = digits(rate, decimals)
    low = digits(rate - 1, decimals)
    is_above = Fraction(near) < rate
    said = make.dice.choice(
        (f"{near}%以下", f"{low}%—{near}%", f"不超过{near}%")
        if is_above
        else (f"{near}%以上", f"不低于{near}%")
    )
    rows[name] = [
        {"in": "a", "level": {"2020": printed(base), "2025": digits(target, 2)}, "growth": {SPAN: said}}
    ]
    if make.chance(0.3):
        rows[name].append({"in": "b", "growth": {SPAN: f"{digits(rate, 2)}%"}})
    return "bound of a rate"


def bound_of_target(make: Maker, rows: Rows) -> str:
    """超过50 beside 50, 50以上 beside 50, 不足 beside the number."""
    name = make.dice.choice((*COUNTS, *MONEY))
    unit = "家" if name in {"listed_companies", "hightech_firms", "financial_institutions"} else ""
    target = make.dice.randint(5, 900)
    said = make.dice.choice(
        ("超过{}", "{}以上", "突破{}", "不少于{}", "不足{}", "{}以下", "达到{}" if unit == "" else "{}")
    ).format(f"{target}{unit}")
    rows[name] = [
        {"in": "a", "level": {"2020": str(make.dice.randint(1, target)), "2025": str(target)}},
        {"in": "b", "level": {"2025": said.removeprefix("达到")}},
    ]
    return "bound of a target"


def twice_printed(make: Maker, rows: Rows) -> str:
    """One value with different decimals in two sections; a last digit that differs by one."""
    name = make.dice.choice(MONEY)
    base = make.amount(10_000, 900_000)
    other = base + make.dice.choice((0, 0, 1, -1)) * Fraction(1, 100)
    rows[name] = [
        _level("a", y2020=digits(base, 2)),
        _level("b", y2020=digits(other, make.dice.choice((2, 2, 1, 0)))),
    ]
    if make.chance(0.5):
        target = made_round(make, base * Fraction(make.dice.randint(110, 200), 100))
        rows[name][0]["level"]["2025"] = printed(target)
        rows[name][0]["growth"] = {SPAN: f"{digits(rate_of(base, target), 2)}%"}
    return "twice printed"


def shares_of_latents(make: Maker, rows: Rows) -> str:
    """Shares and amounts through an unprinted GDP, with real growth of GDP beside them."""
    for year in ("2020", "2025"):
        gdp = make.amount(50_000, 900_000)
        for name, share in (("premium", "insurance_depth"), ("finance_value_added", "finance_share_of_gdp")):
            value = gdp * Fraction(make.dice.randint(20, 90), 1000)
            decimals = make.dice.choice((0, 1, 2))
            rows.setdefault(name, [{"in": "a", "level": {}}])[0]["level"][year] = digits(value, decimals)
            rows.setdefault(share, [{"in": "a", "level": {}}])[0]["level"][year] = (
                f"{digits(100 * value / gdp, make.dice.choice((1, 2)))}%"
            )
    rows["gdp"] = [{"in": "b", "growth": {SPAN: f"{make.dice.randint(3, 9)}%左右"}}]
    return "shares of latents"


def comparable(make: Maker, rows: Rows) -> str:
    """Growth on comparable coverage beside levels whose coverage changed."""
    name = make.dice.choice(COMPARABLE)
    base = make.amount(10_000, 900_000)
    rate = Fraction(make.dice.randint(300, 1500), 100)
    drift = Fraction(make.dice.randint(-300, 100), 100)
    target = base * (1 + (rate + drift) / 100) ** YEARS
    rows[name] = [
        {
            "in": "a",
            "level": {"2020": digits(base, 2), "2025": digits(target, 1)},
            "growth": {SPAN: f"{digits(rate, 1)}%"},
        }
    ]
    return "comparable coverage"


def counts(make: Maker, rows: Rows) -> str:
    """Counts with a yearly addition as a range, and round targets."""
    name = make.dice.choice(COUNTS)
    base, yearly = make.dice.randint(5, 300), make.dice.randint(1, 20)
    target = base + 5 * yearly + make.dice.randint(0, 5)
    rows[name] = [
        {
            "in": "a",
            "level": {"2020": str(base), "2025": str(target)},
            "annual_change": {
                SPAN: f"新增{yearly}—{yearly + 1}"
                + make.dice.choice(("", "家" if name != "cash_service_points" else "个"))
            },
        }
    ]
    if make.chance(0.3):
        rows[name].append(
            {"in": "b", "growth": {SPAN: f"{digits(rate_of(Fraction(base), Fraction(target)), 1)}%"}}
        )
    return "counts"


def real_doubling(make: Maker, rows: Rows) -> str:
    """Value added that doubled, or grew, at constant prices, beside nominal levels."""
    base = make.amount(10_000, 90_000)
    prices = Fraction(make.dice.randint(97, 104), 100)
    real = Fraction(make.dice.randint(1950, 2200), 1000)
    target = base * real * prices**YEARS
    rows["industrial_value_added"] = [
        {"in": "a", "level": {"2020": digits(base, 2), "2025": digits(target, 2)}},
        {
            "in": "b",
            **(
                {"multiple": {SPAN: "2"}, "printed": "翻一番"}
                if make.chance(0.5)
                else {"growth": {SPAN: f"{digits(rate_of(Fraction(1), real), 1)}%"}}
            ),
        },
    ]
    return "real growth"


HABITS: tuple[Callable[[Maker, Rows], str], ...] = (
    rate_first,
    rate_first,
    rate_after,
    about,
    doubled,
    bound_of_rate,
    bound_of_target,
    twice_printed,
    shares_of_latents,
    comparable,
    counts,
    real_doubling,
    *NOTATIONS,
    *[as_listed] * 10,
)


def consistent(seed: int) -> tuple[Data, dict[str, frozenset[str]]]:
    """A plan that nobody should be accused for, and its one to three habits with their indicators."""
    make = Maker(f"consistent {seed}")
    figures: Rows = {}
    habits = {}
    for habit in make.dice.sample(HABITS, make.dice.choice((1, 2, 2, 3))):
        rows: Rows = {}
        name = habit(make, rows)
        if not set(rows) & set(figures):
            figures |= rows
            habits[name] = habits.get(name, frozenset()) | frozenset(rows)
    own = {name: OWN[name] for name in figures if name in OWN}
    return {**HEAD, **({"own": own} if own else {}), "figures": figures}, habits
