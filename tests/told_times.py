"""Sums over time, parts and wholes, whole counts, comparisons by points: the audit against the solver."""

from __future__ import annotations

from collections import Counter
from fractions import Fraction
from typing import TYPE_CHECKING

from plantrack.audit import audit_plans
from told import CATALOGUE, World, brief, loaded_of
from told_habits import rate_of
from told_plans import HEAD, Maker, Print, digits, misprinted, plan_of, spans

if TYPE_CHECKING:
    from told_plans import Data

VERDICTS = ("agreed", "accused", "missed", "undetermined", "unknown", "whole", "whole missed", "left out")
"""`accused`: claimed where there are values; `missed`: nothing told of what cannot be; `undetermined`: not
decided, and told so; `whole`: claimed where only whole numbers exclude it; `left out`: not valid."""


def flows(make: Maker) -> Data:
    """Years, spans of years and months of a flow."""
    prints, own, laws = spans(make)
    return plan_of(_maybe_wrong(make, prints), own, laws)


def parts(make: Maker) -> Data:
    """Parts against wholes at two times, and their growth."""
    whole, *of_it = make.dice.choice(
        (
            ("premium", "property_premium", "life_premium"),
            ("loans", "green_loans", "inclusive_loans"),
            ("listed_companies", "domestic_listed_companies"),
        )
    )
    prints: list[Print] = []
    for year in (2020, 2025):
        values = [make.amount(200, 9_000) for _ in of_it]
        total = sum(values, make.amount(0, 500))
        count = whole == "listed_companies"
        decimals = 0 if count else make.dice.choice((0, 1, 2))
        for name, value in ((whole, total), *zip(of_it, values, strict=True)):
            shown = Fraction(int(value)) if count else value
            prints.append(Print(name, "level", str(year), shown, decimals, "", make.form(), make.section()))
    return plan_of(_maybe_wrong(make, [each for each in prints if make.chance(0.85)] or prints))


def wholes(make: Maker) -> Data:
    """Counts with growth, multiples, shares and bounds."""
    name = make.dice.choice(("listed_companies", "financial_institutions"))
    first = make.dice.randint(1, 60)
    last = first + make.dice.randint(0, 40)
    levels = {2020: Fraction(first), 2021: Fraction(last)}
    prints = [
        Print(name, "level", str(year), value, 0, "", make.form(0.4))
        for year, value in levels.items()
        if make.chance(0.8)
    ]
    for kind, value in (
        ("growth", rate_of(levels[2020], levels[2021], 1)),
        ("multiple", levels[2021] / levels[2020]),
        ("change", levels[2021] - levels[2020]),
    ):
        if make.chance(0.5):
            decimals = 0 if kind == "change" else make.dice.choice((0, 1, 2))
            prints.append(
                Print(
                    name,
                    kind,
                    "2020->2021",
                    value,
                    decimals,
                    {"growth": "%", "multiple": "倍"}.get(kind, ""),
                    make.form(0.1),
                )
            )
    own: Data = {}
    if make.chance(0.4):
        part = Fraction(make.dice.randint(1, first))
        own = {
            "part": {"zh": "其中", "en": "part", "unit": "家", "kind": "stock"},
            "share": {"zh": "占比", "en": "share", "unit": "%", "kind": "ratio", "is": f"part / {name}"},
        }
        prints.append(Print("share", "level", "2020", 100 * part / first, make.dice.choice((0, 1, 2)), "%"))
        if make.chance(0.5):
            prints.append(Print("part", "level", "2020", part, 0))
    if not prints:
        prints = [Print(name, "level", "2020", levels[2020], 0)]
    return plan_of(_maybe_wrong(make, prints), own)


def comparisons(make: Maker) -> Data:
    """Growth so many points above another's, over one or several years."""
    years = make.dice.choice((1, 3, 5))
    span = f"2020->{2020 + years}"
    rate = Fraction(make.dice.randint(20, 150), 10)
    gap = Fraction(make.dice.randint(10, 30), 10)
    operator = make.dice.choice(("above", "below", "at_least"))
    this = rate + (gap if operator != "below" else -gap) + make.dice.choice((0, 0, 1, 2)) * Fraction(1, 2)
    decimals = make.dice.choice((0, 1))
    other, name = make.dice.choice(
        (("gdp", "finance_value_added"), ("tax_revenue", "finance_tax"), ("deposits", "loans"))
    )
    by = {"by": f"{digits(gap, decimals)}个百分点"} if make.chance(0.7) else {}
    rows: dict[str, list[Data]] = {
        name: [{"in": "a", "growth": {span: [{operator: f"{other}@zhaoqing", **by}]}}],
        other: [{"in": "b", "growth": {span: f"{digits(rate, decimals)}%"}}],
    }
    verb = "下降" if this < 0 else ""
    rows[name].append({"in": "b", "growth": {span: f"{verb}{digits(this, make.dice.choice((0, 1)))}%"}})
    if make.chance(0.3) and name != "finance_value_added":
        base = make.amount(1_000, 90_000)
        target = base * Fraction(str(round(float(1 + this / 100) ** years, 6)))
        rows[name].append(
            {"in": "c", "level": {"2020": digits(base, 2), str(2020 + years): digits(target, 1)}}
        )
    return {**HEAD, "figures": rows}


def _maybe_wrong(make: Maker, prints: list[Print]) -> list[Print]:
    if prints and make.chance(0.5):
        at = make.dice.randrange(len(prints))
        prints[at] = misprinted(make, prints[at])
    return prints


SHAPES = (flows, parts, wholes, comparisons)


def made(seed: int) -> tuple[str, Data]:
    shape = SHAPES[seed % len(SHAPES)]
    return shape.__name__, shape(Maker(f"times {seed}"))


def agreement(seeds: range) -> tuple[Counter[tuple[str, str]], list[tuple[str, str, str]]]:
    """How often audit and solver agree, by shape; and where they do not."""
    counts: Counter[tuple[str, str]] = Counter()
    apart = []
    for seed in seeds:
        name, data = made(seed)
        verdict = compared(data)
        counts[name, verdict] += 1
        if verdict in {"accused", "missed"}:
            apart.append((f"{verdict}: {name}", "", f"# {seed}\n{brief(data)}"))
    return counts, apart


def compared(data: Data) -> str:
    """One of `VERDICTS`."""
    loaded = loaded_of(data)
    if loaded.plan is None:
        return "left out"
    audit = audit_plans([loaded.plan], CATALOGUE)
    claimed = any(each.proof and each.proof.identities for each in audit.findings)
    world = World([data], moments={})
    possible = world.holds(world.claims)
    if possible is None:
        return "unknown"
    if possible:
        whole = World([data], moments={}, whole=True)
        in_whole = whole.holds(whole.claims)
        if claimed:
            return "accused" if in_whole else "unknown" if in_whole is None else "whole"
        return "whole missed" if in_whole is False else "agreed"
    if claimed:
        return "agreed"
    return "missed" if audit.coverage.complete else "undetermined"
