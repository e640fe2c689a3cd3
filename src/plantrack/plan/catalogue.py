"""What plans share: units, places, indicators with their definitions, laws."""

from __future__ import annotations

from difflib import get_close_matches
from fractions import Fraction
from functools import cached_property
from typing import TYPE_CHECKING, Annotated

from pydantic import Field, StringConstraints

from plantrack.plan.model import Identifier, Indicator, Line, Model, Named

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


class Unit(Model):
    """A unit: so many of its base. Per cent are 0.01 of 1; measure words are all 个."""

    en: Line
    base: Line = Field(description="the base unit it converts to")
    scale: Annotated[str, StringConstraints(pattern=r"^[0-9]+(\.[0-9]+)?$")] = "1"
    whole: bool = Field(default=False, description="whether it counts in whole numbers")

    @cached_property
    def factor(self) -> Fraction:
        return Fraction(self.scale)


class CataloguePlace(Named):
    """A place, the place it is part of and its parts."""

    parent: Identifier | None = None
    members: list[Identifier] = Field(default_factory=list)


class Catalogue(Model):
    """Everything in `indicators.yaml`, `units.yaml`, `places.yaml` and `laws.yaml`."""

    groups: dict[Identifier, Named]
    units: dict[Line, Unit]
    places: dict[Identifier, CataloguePlace]
    indicators: dict[Identifier, Indicator]
    laws: list[Line] = Field(default_factory=list, description="laws that always hold")
    usual_laws: list[Line] = Field(default_factory=list, description="laws that usually hold")

    def is_group(self, place: str) -> bool:
        """Whether a place is no more than the places it names together, as the cities of a delta."""
        known = self.places.get(place)
        if known is None or not known.members:
            return False
        return all(each.parent != place for each in self.places.values())


def nearest(name: str, known: Iterable[str]) -> tuple[str, ...]:
    """The known names that look most like `name`, at most three."""
    return tuple(get_close_matches(name, list(known), n=3, cutoff=0.6))


def meant_by(name: str, names: Mapping[str, str]) -> tuple[str | None, tuple[str, ...]]:
    """What a name stands for, or a part of a name that only one thing has; else `None`, and guesses.

    `names` tells what each known name stands for. Guesses are what the part may stand for, else what has a name
    most like it, else everything.
    """
    if name in names:
        return names[name], ()
    partly = tuple(dict.fromkeys(each for known, each in names.items() if name in known))
    if len(partly) == 1:
        return partly[0], ()
    alike = partly or tuple(dict.fromkeys(names[each] for each in nearest(name, names)))
    return None, alike or tuple(sorted(set(names.values())))
