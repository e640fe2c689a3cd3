"""Phrases that official texts print, each with its exact meaning, in the indicator's own unit."""

import csv
from fractions import Fraction
from pathlib import Path

import pytest

from first_principles import CATALOGUE, HEAD
from plantrack.numbers.interval import Interval
from plantrack.plan.relations import Relation
from plantrack.reading import read_plan

CASES = Path(__file__).parent / "cases"
PHRASES = list(
    csv.DictReader((CASES / "numerals.tsv").read_text(encoding="utf-8").splitlines(), delimiter="\t")
)
NOT_YET = (CASES / "numerals-not-yet.txt").read_text(encoding="utf-8").split("\n")
"""Phrases that are not read, or not read so; a line leaves this list with the code that reads it."""
FRACTIONS = {"%": 100, "‰": 1000}
"""What is kept in fractions."""


def wanted(row: dict[str, str]) -> Interval | Relation:
    """The interval; a row without ends is a direction."""
    if not row["low"] and not row["high"]:
        return Relation("unchanged")
    per = FRACTIONS.get(row["unit"], 1)
    low, high = (Fraction(row[end]) / per if row[end] else None for end in ("low", "high"))
    return Interval(low, high, low_closed=row["low_closed"] == "1", high_closed=row["high_closed"] == "1")


def read(row: dict[str, str]) -> Interval | Relation | None:
    """What a figure of an indicator in that unit says; `None` where it is not understood."""
    unit = row["unit"]
    own = f"own:\n  it: {{zh: 例, en: it, unit: '{unit}', kind: stock}}\n"
    time = "2020" if row["kind"] in {"level", "rank"} else "2015->2020"
    figure = f"figures:\n  it:\n  - {{in: a, {row['kind']}: {{{time}: '{row['text']}'}}}}\n"
    loaded = read_plan((HEAD + own + figure).encode(), "made.yaml", CATALOGUE)
    if loaded.errors or not loaded.figures:
        return None
    (figure_read,) = loaded.figures
    return figure_read.relation if figure_read.measure is None else figure_read.measure.interval


def is_read_right(row: dict[str, str]) -> bool:
    return read(row) == wanted(row)


@pytest.mark.parametrize("row", PHRASES, ids=[row["text"] for row in PHRASES])
def test_the_phrase_says_what_it_means(row: dict[str, str]) -> None:
    if row["text"] in NOT_YET:
        assert not is_read_right(row), "it is read now: take it from the list"
        return
    assert read(row) == wanted(row)


def test_only_phrases_of_the_table_are_put_off() -> None:
    assert {text for text in NOT_YET if text} <= {row["text"] for row in PHRASES}
