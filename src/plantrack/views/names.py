"""Names, looked up in a plan and then in the catalogue, and the forms of an indicator's numbers."""

from __future__ import annotations

from collections import Counter
from operator import itemgetter
from typing import TYPE_CHECKING, NamedTuple

from plantrack.language import POINTS_OF, Listing, Words, text
from plantrack.numbers.words import SHARES
from plantrack.plan.citing import from_to, in_words, times_of
from plantrack.views.table import Form, time_value

if TYPE_CHECKING:
    from collections.abc import Iterable

    from plantrack.language import Said, Text
    from plantrack.paths import Path
    from plantrack.plan.catalogue import Catalogue
    from plantrack.plan.figures import Figure
    from plantrack.plan.model import Indicator, PlanModel


class Names(NamedTuple):
    plan: PlanModel
    catalogue: Catalogue
    common_unit: str = ""
    """That of most rows of a table, told once above it."""

    @property
    def indicators(self) -> dict[str, Indicator]:
        return {**self.catalogue.indicators, **self.plan.own}

    @property
    def shared(self) -> Catalogue:
        """The catalogue with what the plan declares."""
        return self.catalogue.of(self.plan)

    def unit(self, indicator: Indicator) -> Words:
        return unit_name(indicator, self.shared)

    def place(self, place: str) -> Words | None:
        known = self.shared.places.get(place) if place != self.plan.place.id else None
        return known.name if known is not None else None

    def _of_place(self, place: str, name: object) -> Said:
        """The name behind that of a place that is not the plan's own."""
        return Listing(tuple(filter(None, (self.place(place), name))), Words("", " "))

    def quantity(self, indicator: Indicator, place: str, scope: str | None = None) -> Said:
        """The indicator, with place and scope where they are not the plan's own."""
        return joined(self._of_place(place, indicator.name), scope)

    def measured(self, indicator: Indicator, place: str, scope: str | None = None) -> Said:
        is_told = indicator.unit == self.common_unit
        name = indicator.name if is_told else with_unit(indicator, self.shared)
        return joined(self._of_place(place, name), scope)

    def titled(self, title: Said) -> Said:
        """The title of a table with the unit of most of its rows."""
        if not self.common_unit:
            return title
        unit = Words(self.common_unit, self.shared.units[self.common_unit].en)
        return text("{title} (unit: {unit}, unless another is named)", title=title, unit=unit)

    def of_path(self, path: Path) -> Said:
        """The indicator with its unit, and what its values are where they are no levels."""
        if path.kind in {"level", "each year"}:
            return self.measured(path.indicator, path.place, path.scope)
        name = bracketed(path.indicator.name, self.unit_of_path(path))
        return joined(self._of_place(path.place, name), path.scope)

    def unit_of_path(self, path: Path) -> Said:
        """The unit of a path's values, and since when they are counted where they are no levels."""
        unit, start = self.unit(path.indicator), next(iter(path.years), None)
        if path.kind == "index":
            return text("{year} = 100", year=start)
        if path.kind == "total":
            return text("{unit}, total from {year} on", unit=unit, year=path.total_from)
        if path.kind == "change":
            points = POINTS_OF.get(path.indicator.unit, unit)
            alone = Words(points.zh, points.en.strip())
            return text("{unit}, change since {year}", unit=alone, year=start)
        return unit

    @property
    def moments(self) -> dict[str, Words]:
        return {key: moment.name for key, moment in self.plan.moments.items()}

    def when(self, figure: Figure) -> Said:
        return from_to(times_of(figure), self.moments)

    def section(self, key: str) -> str:
        return self.plan.sections.get(key, key)

    def time(self, time: object) -> Said | int | None:
        """A year as a number, so that it sorts; a moment by its name, other times as written."""
        if time is None:
            return None
        moment = self.plan.moments.get(str(time))
        return moment.name if moment is not None else time_value(str(time))


def common_unit(indicators: Iterable[Indicator]) -> str:
    """The unit of at least half of them."""
    counts = Counter(each.unit for each in indicators)
    unit, number = max(counts.items(), key=itemgetter(1), default=("", 0))
    return unit if 2 * number >= counts.total() else ""


def unit_name(indicator: Indicator, catalogue: Catalogue) -> Words:
    return Words(indicator.unit, catalogue.units[indicator.unit].en)


def with_unit(indicator: Indicator, catalogue: Catalogue) -> Said:
    """`保费收入（亿元）`; the name alone of what has no unit."""
    return bracketed(indicator.name, unit_name(indicator, catalogue)) if indicator.unit else indicator.name


def bracketed(what: object, more: object) -> Said:
    return text("{what} ({more})", what=what, more=more)


def every_year_of(figure: Figure) -> Text | None:
    """The years in each of which a figure is to be kept; `None` where it is of one time."""
    years = figure.each_year
    return None if years is None else text("every year of {time}", time=in_words(years.text))


def joined(*parts: object) -> Said:
    """The parts that there are, one after the other."""
    return Listing(tuple(part for part in parts if part), " ")


def level_form(indicator: Indicator, decimals: int) -> Form:
    """Values in the indicator's own unit, per cent as fractions."""
    return Form(decimals, indicator.per_one, indicator.unit) if indicator.unit in SHARES else Form(decimals)


def step_form(indicator: Indicator, decimals: int) -> Form:
    """Steps in the unit, or in points."""
    return Form(decimals, indicator.per_one, POINTS_OF.get(indicator.unit, ""))


MOST_DECIMALS = 6
"""Of a step that is small beside the values."""


def step_decimals(path: Path, *steps: float | None) -> int:
    """How many to show of these steps a year: two at least, and as many as leave each what it is to a twentieth."""
    sizes, least = [abs(each or 0) * path.factor for each in steps], max(2, path.decimals)
    enough = (
        each
        for each in range(least, MOST_DECIMALS)
        if all(abs(round(size, each) - size) <= size / 20 for size in sizes)
    )
    return next(enough, MOST_DECIMALS)
