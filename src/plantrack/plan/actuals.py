"""Actuals: values published later, to hold against a plan's paths."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable

    from plantrack.findings import Position
    from plantrack.numbers.interval import Interval
    from plantrack.plan.measures import Measure

Kind = Literal["level", "growth"]


class Actual(NamedTuple):
    """One published value: whose, of which whole year, and what would be printed so.

    `measure` is in the indicator's own unit, like a plan's figures. Of kind `growth` it is the growth on the year
    before as published, a fraction. `note` is what its table says of it, as 快报.
    """

    indicator: str
    place: str
    year: int
    measure: Measure
    position: Position
    kind: Kind = "level"
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


def of_quantity(
    actuals: Iterable[Actual], indicator: str, place: str, kind: Kind = "level"
) -> tuple[Actual, ...]:
    """The actuals of one indicator of one place, by year."""
    key = indicator, place, kind
    found = (each for each in actuals if (each.indicator, each.place, each.kind) == key)
    return tuple(sorted(found, key=lambda each: each.year))
