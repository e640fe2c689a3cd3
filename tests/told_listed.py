"""Every phrase of numerals.tsv beside a true number that it may have been printed for."""

from __future__ import annotations

import csv
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING

from told_plans import TARGET, digits
from told_words import SPAN, YEARS, printed

if TYPE_CHECKING:
    from told_plans import Data, Maker
    from told_words import Rows

_FILE = Path(__file__).parent / "cases" / "numerals.tsv"
LISTED = tuple(csv.DictReader(_FILE.read_text(encoding="utf-8").splitlines(), delimiter="\t"))
PER = {"%": 100, "‰": 1000}
STEPS = 10_000
"""A true number has four decimals, where it is no count."""


def _own(unit: str) -> Data:
    return {
        "zh": f"例{unit}",
        "en": f"it {unit}",
        "unit": unit,
        "kind": "ratio" if unit in PER else "stock",
    }


_UNITS = tuple(dict.fromkeys(row["unit"] for row in LISTED))
OWN = {f"listed_{number}": _own(unit) for number, unit in enumerate(_UNITS)}
"""An indicator for each unit."""


def as_listed(make: Maker, rows: Rows) -> str:
    """A phrase in one section; in another the number, or the levels that it lies between."""
    row = make.dice.choice(LISTED)
    kind, said = row["kind"], row["text"]
    time = str(TARGET) if kind in {"level", "rank"} else SPAN
    value = Fraction(0) if said == "持平" else _true(make, row)
    name = f"listed_{_UNITS.index(row['unit'])}"
    rows[name] = [{"in": "b", kind: {time: "unchanged" if said == "持平" else said}}]
    if kind == "rank":
        rows[name].append({"in": "a", "rank": {time: f"第{value}"}})
    elif kind == "level":
        rows[name].append({"in": "a", "level": {time: printed(value)}})
    else:
        rows[name].append({"in": "a", "level": _levels(make, row, value)})
    make.dice.shuffle(rows[name])
    return "as listed"


def _true(make: Maker, row: dict[str, str]) -> Fraction:
    """A number in the phrase's interval: whole of counts, inside where an end is open."""
    low, high = (Fraction(row[end]) if row[end] else None for end in ("low", "high"))
    if low is None:
        assert high is not None
        low = min(high / 2, high * 2) if row["kind"] == "level" else max(high - 10, Fraction(-99))
    if high is None:
        high = low * 2 + 1
    is_whole = row["unit"] in {"家", "件", "位"} and low.denominator == 1 == high.denominator
    step = 1 if is_whole else STEPS
    first, last = -(-low * step // 1), high * step // 1
    first += first == low * step and row["low_closed"] == "0"
    last -= last == high * step and row["high_closed"] == "0"
    return Fraction(make.dice.randint(int(first), int(last)), step)


def _levels(make: Maker, row: dict[str, str], value: Fraction) -> dict[str, str]:
    """The levels of base and target between which lies a change, a growth or a multiple."""
    base, ratio = Fraction(make.dice.randint(100, 900)), 1 + value / PER.get(row["unit"], 1)
    target = {
        "change": base + value,
        "multiple": base * value,
        "total_growth": base * ratio,
        "growth": base * ratio**YEARS,
    }[row["kind"]]
    return {"2020": printed(base), "2025": digits(target, 0 if row["unit"] == "家" else 6)}
