"""What names are looked up in: a plan, then the catalogue."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from plantrack.language import Listing, Words, text

if TYPE_CHECKING:
    from plantrack.plan.catalogue import Catalogue
    from plantrack.plan.model import Indicator, PlanModel
    from plantrack.views.table import Said


class Names(NamedTuple):
    """The names of a plan's quantities, sections and times."""

    plan: PlanModel
    catalogue: Catalogue

    @property
    def indicators(self) -> dict[str, Indicator]:
        return {**self.catalogue.indicators, **self.plan.own}

    @property
    def shared(self) -> Catalogue:
        """The catalogue with what the plan declares."""
        return self.catalogue.of(self.plan)

    def unit(self, indicator: Indicator) -> Words:
        return unit_of(indicator, self.shared)

    def place(self, place: str) -> Words | None:
        """The name of a place; nothing for the plan's own."""
        known = self.shared.places.get(place) if place != self.plan.place.id else None
        return known.name if known is not None else None

    def quantity(self, indicator: Indicator, place: str, scope: str | None = None) -> Said:
        """The indicator, with place and scope where they are not the plan's own."""
        return joined(self.place(place), indicator.name, scope)

    def measured(self, indicator: Indicator, place: str, scope: str | None = None) -> Said:
        """The same with its unit."""
        return joined(self.place(place), with_unit(indicator, self.shared), scope)

    def section(self, key: str) -> str:
        return self.plan.sections.get(key, key)

    def time(self, time: object) -> Said | int | None:
        """A year as a number, so that it sorts; a moment by its name, other times as written."""
        if time is None:
            return None
        written = str(time)
        if written.isdigit():
            return int(written)
        moment = self.plan.moments.get(written)
        return moment.name if moment is not None else written


def unit_of(indicator: Indicator, catalogue: Catalogue) -> Words:
    """The name of an indicator's unit."""
    return Words(indicator.unit, catalogue.units[indicator.unit].en)


def with_unit(indicator: Indicator, catalogue: Catalogue) -> Said:
    """`保费收入（亿元）`; the name alone of what has no unit."""
    if not indicator.unit:
        return indicator.name
    return bracketed(indicator.name, unit_of(indicator, catalogue))


def bracketed(what: object, more: object) -> Said:
    return text("{what} ({more})", what=what, more=more)


def joined(*parts: object) -> Said:
    """The parts that there are, one after the other."""
    return Listing(tuple(part for part in parts if part), " ")
