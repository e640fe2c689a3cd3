"""Other readings: under which other way of printing a contradiction would vanish.

Each reading is one function, registered by its decorator under the name that findings carry.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from plantrack.audit.levels import round_target
from plantrack.numeral import preimage

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from plantrack.audit.gravity import Decided
    from plantrack.audit.statements import Statement
    from plantrack.audit.system import System
    from plantrack.interval import Interval

    Reading = Callable[[Decided, System, dict[str, int]], Iterator[dict[Statement, Interval]]]

READINGS: dict[str, Reading] = {}
"""Name of a reading -> what it would make of a circuit's statements, one way after another."""


def reading(name: str) -> Callable[[Reading], Reading]:
    """Register a reading."""

    def register(function: Reading) -> Reading:
        READINGS[name] = function
        return function

    return register


def readings_of(circuit: Decided, system: System, base_years: dict[str, int]) -> Iterator[str]:
    """Names of the readings under which the circuit would hold."""
    for name, ways in READINGS.items():
        if any(way and circuit.side(way) == 0 for way in ways(circuit, system, base_years)):
            yield name


@reading("bound-elsewhere")
def _bound_elsewhere(
    circuit: Decided, system: System, _: dict[str, int]
) -> Iterator[dict[Statement, Interval]]:
    """A bound printed elsewhere for the same quantity is what is meant."""
    inside = set(circuit.statements)
    for statement in circuit.statements:
        for other in system.statements[statement.column]:
            measure = other.figure.measure
            if (
                other not in inside
                and measure is not None
                and measure.numeral.bound in {"ge", "gt", "le", "lt"}
            ):
                yield {statement: other.interval}


@reading("truncation")
def _truncation(circuit: Decided, _: System, __: dict[str, int]) -> Iterator[dict[Statement, Interval]]:
    """Digits were cut off, not rounded."""
    yield _reread(circuit, "truncation")


@reading("raising")
def _raising(circuit: Decided, _: System, __: dict[str, int]) -> Iterator[dict[Statement, Interval]]:
    """Every number was raised to the next digit."""
    yield _reread(circuit, "raising")


def _reread(circuit: Decided, convention: str) -> dict[Statement, Interval]:
    return {
        statement: statement.of(measure.reread(measure.numeral, convention))
        for statement in circuit.statements
        if statement.is_rounded and (measure := statement.figure.measure) is not None
    }


@reading("round-target")
def _round_target(
    circuit: Decided, _: System, base_years: dict[str, int]
) -> Iterator[dict[Statement, Interval]]:
    """The target itself was rounded to a round number: to the nearest, up or down, each as it pleased."""
    yield {
        statement: wider
        for statement in circuit.statements
        if (wider := round_target(statement, base_years, "either_way")) is not None
    }


@reading("one-year-off")
def _one_year_off(circuit: Decided, _: System, __: dict[str, int]) -> Iterator[dict[Statement, Interval]]:
    """The span of a yearly figure has one year more or less."""
    for statement in circuit.statements:
        for years in ((statement.figure.years or 0) + 1, (statement.figure.years or 0) - 1):
            if (
                statement.figure.kind in {"growth", "annual_change"}
                and statement.figure.measure
                and years > 0
            ):
                yield {statement: statement.of(statement.figure.measure.interval, years)}


@reading("arithmetic-average")
def _arithmetic_average(
    circuit: Decided, _: System, __: dict[str, int]
) -> Iterator[dict[Statement, Interval]]:
    """The yearly growth is the whole growth divided by the years, not compounded."""
    for statement in circuit.statements:
        if (
            statement.figure.kind == "growth"
            and statement.figure.measure
            and (statement.figure.years or 0) > 1
        ):
            whole = statement.figure.measure.interval.scaled(Fraction(statement.figure.years or 1))
            yield {statement: statement.of(whole, 1)}


@reading("unit-slip")
def _unit_slip(circuit: Decided, _: System, __: dict[str, int]) -> Iterator[dict[Statement, Interval]]:
    """One amount is in 万 where 亿 is printed, or the other way round."""
    for statement in circuit.statements:
        measure = statement.figure.measure
        if measure is not None and _is_scaled(measure.unit):
            for factor in (Fraction(10**4), Fraction(1, 10**4)):
                yield {statement: statement.of(measure.interval.scaled(factor))}


def _is_scaled(unit: str) -> bool:
    return "万" in unit or "亿" in unit


@reading("per-cent-for-points")
def _per_cent_for_points(
    circuit: Decided, system: System, _: dict[str, int]
) -> Iterator[dict[Statement, Interval]]:
    """A change in points is meant as per cent of the level at its start or end."""
    for statement in circuit.statements:
        figure, column = statement.figure, statement.column
        if figure.kind != "change" or figure.measure is None or not figure.measure.unit.endswith("百分点"):
            continue
        for level in (
            *system.statements.get(column.level(0), ()),
            *system.statements.get(column.level(1), ()),
        ):
            if (
                level.interval.is_positive
                and level.interval.high is not None
                and level.interval.low is not None
            ):
                middle = (level.interval.low + level.interval.high) / 2
                yield {statement: figure.measure.interval.scaled(middle)}


@reading("times-for-growth")
def _times_for_growth(circuit: Decided, _: System, __: dict[str, int]) -> Iterator[dict[Statement, Interval]]:
    """增长N倍 is meant where N倍 is printed, or the other way round."""
    for statement in circuit.statements:
        figure = statement.figure
        if figure.measure is None or figure.measure.numeral.unit not in {"倍", ""}:
            continue
        if figure.kind == "multiple":
            yield {statement: statement.interval.shifted(Fraction(1))}
        elif figure.kind == "total_growth" and figure.measure.numeral.unit == "倍":
            yield {statement: figure.measure.interval}


@reading("trailing-zeros")
def _trailing_zeros(circuit: Decided, _: System, __: dict[str, int]) -> Iterator[dict[Statement, Interval]]:
    """Trailing zeros of a change are rounding: 增加1100亿元 to the hundred."""
    for statement in circuit.statements:
        measure = statement.figure.measure
        if (
            measure is None
            or statement.figure.kind not in {"change", "annual_change"}
            or not statement.is_rounded
        ):
            continue
        numeral = measure.numeral
        digits = str(numeral.values[0])
        if numeral.step == 1 and digits.endswith("0") and numeral.values[0]:
            unit = Fraction(10 ** (len(digits) - len(digits.rstrip("0"))))
            coarse = preimage(numeral.values[0], unit).scaled(
                Fraction(numeral.verb * numeral.scale) * measure.factor
            )
            yield {statement: statement.of(coarse)}
