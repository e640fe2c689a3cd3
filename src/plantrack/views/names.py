"""Names, looked up in a plan and then in the catalogue, and the forms of an indicator's numbers."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from plantrack.language import POINTS_OF, Listing, Words, text
from plantrack.numbers.words import COUNT, SHARES
from plantrack.views.table import Form, time_value

if TYPE_CHECKING:
    from plantrack.audit import Audit
    from plantrack.paths import Path
    from plantrack.plan.catalogue import Catalogue
    from plantrack.plan.figures import Figure
    from plantrack.plan.model import Indicator, PlanModel
    from plantrack.views.table import Said


class Names(NamedTuple):
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
        return unit_name(indicator, self.shared)

    def place(self, place: str) -> Words | None:
        known = self.shared.places.get(place) if place != self.plan.place.id else None
        return known.name if known is not None else None

    def quantity(self, indicator: Indicator, place: str, scope: str | None = None) -> Said:
        """The indicator, with place and scope where they are not the plan's own."""
        return joined(self.place(place), indicator.name, scope)

    def measured(self, indicator: Indicator, place: str, scope: str | None = None) -> Said:
        return joined(self.place(place), with_unit(indicator, self.shared), scope)

    def of_path(self, path: Path) -> Said:
        """The indicator with its unit, and what its values are where they are no levels."""
        if path.kind in {"level", "each year"}:
            return self.measured(path.indicator, path.place, path.scope)
        name = bracketed(path.indicator.name, self.unit_of_path(path))
        return joined(self.place(path.place), name, path.scope)

    def unit_of_path(self, path: Path) -> Said:
        """The unit of a path's values, and since when they are counted where they are no levels."""
        unit, start = self.unit(path.indicator), next(iter(path.years), None)
        if path.kind == "index":
            return text("{year} = 100", year=start)
        if path.kind == "total":
            return text("{unit}, total from {year} on", unit=unit, year=path.total_from)
        if path.kind == "change":
            points = POINTS_OF.get(path.indicator.unit, unit)
            return text("{unit}, change since {year}", unit=points, year=start)
        return unit

    def section(self, key: str) -> str:
        return self.plan.sections.get(key, key)

    def time(self, time: object) -> Said | int | None:
        """A year as a number, so that it sorts; a moment by its name, other times as written."""
        if time is None:
            return None
        moment = self.plan.moments.get(str(time))
        return moment.name if moment is not None else time_value(str(time))


def unit_name(indicator: Indicator, catalogue: Catalogue) -> Words:
    return Words(indicator.unit, catalogue.units[indicator.unit].en)


def with_unit(indicator: Indicator, catalogue: Catalogue) -> Said:
    """`保费收入（亿元）`; the name alone of what has no unit."""
    return bracketed(indicator.name, unit_name(indicator, catalogue)) if indicator.unit else indicator.name


def bracketed(what: object, more: object) -> Said:
    return text("{what} ({more})", what=what, more=more)


def joined(*parts: object) -> Said:
    """The parts that there are, one after the other."""
    return Listing(tuple(part for part in parts if part), " ")


def level_form(indicator: Indicator, decimals: int) -> Form:
    """Values in the indicator's own unit, per cent as fractions."""
    return Form(decimals, indicator.per_one, indicator.unit) if indicator.unit in SHARES else Form(decimals)


def step_form(indicator: Indicator, decimals: int) -> Form:
    """Steps in the unit, or in points."""
    return Form(decimals, indicator.per_one, POINTS_OF.get(indicator.unit, ""))


# -- as readers of the document find them --------------------------------------------------------


def period(times: tuple[str, ...], audit: Audit) -> Said:
    """`2020年`, `2015—2020年`; a moment by its name."""
    names = {key: moment.name for plan in audit.plans for key, moment in plan.model.moments.items()}
    first, *rest = (time.partition("@")[0] for time in times)
    if not rest and "/" in first:
        first, *rest = first.split("/")
    if first.isdigit() and all(each.isdigit() for each in rest):
        last = f"—{rest[0]}" if rest else ""
        return Words(f"{first}{last}年", f"{first}{last.replace('—', '–')}")
    told = [
        names.get(each) or (Words(f"{each}年", each) if each.isdigit() else each) for each in (first, *rest)
    ]
    return Listing(tuple(told), Words("至", " to "))


def named_quantity(
    name: Words, place: str, times: tuple[str, ...], audit: Audit, catalogue: Catalogue
) -> Said:
    """An indicator with its time, and its place where that is not the plan's own."""
    own = {plan.model.place.id for plan in audit.plans}
    known = catalogue.of(*(plan.model for plan in audit.plans)).places.get(place)
    where = known.name if known is not None and own != {place} else None
    named = name if where is None else Listing((where, name), Words("", " "))
    return text("{name} {when}", name=named, when=period(times, audit)) if times else named


def section_of(figure: Figure, audit: Audit) -> str:
    """Where a figure stands, as offices cite it."""
    plan = next(each.model for each in audit.plans if each.id == figure.plan)
    return section_name(plan.sections.get(figure.section, figure.section))


_NUMBERING = re.compile(rf"(第{COUNT}[章节篇部分]+)\s*|({COUNT})、|（({COUNT})）|([0-9]+)\.\s*")
LONG, TAIL = 16, 9


def section_name(title: str) -> str:
    """The numbering of a section alone, as offices cite it: `第一章二（一）`; a title without by its words."""
    at, parts = 0, []
    while (found := _NUMBERING.match(title, at)) is not None:
        chapter, number, bracketed_number, point = found.groups()
        parts.append(chapter or number or (f"（{bracketed_number}）" if bracketed_number else point))
        at = found.end()
    if len(parts) > 1:
        return "".join(parts)
    rest = title[at:]
    shown = rest if len(rest) <= LONG else f"…{rest[-TAIL:]}"
    return (
        "".join(parts) + shown
        if parts and parts[0].startswith("第")
        else title
        if len(title) <= LONG
        else shown
    )
