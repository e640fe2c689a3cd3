"""Actuals: values published later, to hold against a plan's paths."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable

    from plantrack.findings import Position
    from plantrack.numbers.interval import Interval
    from plantrack.plan.measures import Measure


class Actual(NamedTuple):
    """One published value: whose, of which whole year, and what would be printed so.

    `measure` is in the indicator's own unit, like a plan's figures. `note` is what its table says of it, as 快报.
    """

    indicator: str
    place: str
    year: int
    measure: Measure
    position: Position
    note: str = ""

    @property
    def text(self) -> str:
        """The number as given."""
        return self.measure.numeral.text

    @property
    def value(self) -> float:
        return float(self.measure.value)

    @property
    def interval(self) -> Interval:
        return self.measure.interval


def of_quantity(actuals: Iterable[Actual], indicator: str, place: str) -> tuple[Actual, ...]:
    """The actuals of one indicator of one place, by year."""
    found = (each for each in actuals if (each.indicator, each.place) == (indicator, place))
    return tuple(sorted(found, key=lambda each: each.year))
