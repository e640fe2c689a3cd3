"""Actuals: values published later, to hold against a plan's paths."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple

from plantrack.language import Words

if TYPE_CHECKING:
    from collections.abc import Iterable

    from plantrack.findings import Position
    from plantrack.numbers.interval import Interval
    from plantrack.plan.measures import Measure

Kind = Literal["level", "growth"]


class Actual(NamedTuple):
    """One published value: whose, of which year, and what would be printed so.

    `months` are the first and the last of a part of the year, of a stock its end; of a whole year there are none. What
    is of a part of a year is kept apart everywhere, and never taken for a year's.

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
    months: tuple[int, int] | None = None

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


def time_words(year: int, months: tuple[int, int] | None, *, is_end: bool = False) -> Words:
    """A year, some of its months, or the end of the last of them, as people say it."""
    if months is None:
        return Words(f"{year}年", str(year))
    first, last = (_MONTHS[each - 1] for each in months)
    if is_end:
        return Words(f"{year}年{months[1]}月末", f"end of {last} {year}")
    if months[0] == months[1]:
        return Words(f"{year}年{months[1]}月", f"{last} {year}")
    return Words(f"{year}年{months[0]}—{months[1]}月", f"{first}–{last} {year}")


_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def of_quantity(
    actuals: Iterable[Actual], indicator: str, place: str, kind: Kind = "level"
) -> tuple[Actual, ...]:
    """The actuals of one indicator of one place, by year and month."""
    key = indicator, place, kind
    found = (each for each in actuals if (each.indicator, each.place, each.kind) == key)
    return tuple(sorted(found, key=lambda each: (each.year, each.months or ())))
