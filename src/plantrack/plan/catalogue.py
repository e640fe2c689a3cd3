"""What plans share: units, places, indicators with their definitions, laws."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field, replace
from difflib import get_close_matches
from functools import cached_property
from typing import TYPE_CHECKING

from pydantic import Field

from plantrack.errors import PlantrackError
from plantrack.language import text
from plantrack.plan.defaults import no_list
from plantrack.plan.model import Identifier, Indicator, Line, Model, Named
from plantrack.plan.places import KnownPlace, parent_by_code, short_name, with_parts
from plantrack.plan.units import Units, UnitWord  # noqa: TC001 - pydantic asks for them

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from plantrack.plan.model import OtherPlace, PlanModel


class CatalogueFiles(Model):
    """Everything in `indicators.yaml`, `units.yaml`, `places.yaml` and `laws.yaml`, as written."""

    groups: dict[Identifier, Named]
    units: dict[Line, UnitWord]
    places: dict[Identifier, KnownPlace]
    indicators: dict[Identifier, Indicator]
    laws: list[Line] = Field(default_factory=no_list, description="laws that always hold")
    usual_laws: list[Line] = Field(default_factory=no_list, description="laws that usually hold")


@dataclass(frozen=True, eq=False)
class Catalogue:
    """What plans share, and for plans that declare more of it what they declare (see `of`).

    `laws` always hold, `usual_laws` usually.
    """

    groups: Mapping[str, Named]
    units: Units
    places: Mapping[str, KnownPlace]
    indicators: Mapping[str, Indicator]
    laws: Sequence[str] = ()
    usual_laws: Sequence[str] = ()
    _of: dict[tuple[int, ...], tuple[tuple[PlanModel, ...], Catalogue]] = field(
        default_factory=dict, repr=False
    )
    """What was made of these plans, which are kept so that no other has their identity."""

    def is_group(self, place: str) -> bool:
        """Whether a place is no more than the places it names together, as the cities of a delta."""
        known = self.places.get(place)
        if known is None or not known.members:
            return False
        return all(each.parent != place for each in self.places.values())

    def of(self, *plans: PlanModel) -> Catalogue:
        """The catalogue with the places and the words of units that plans declare.

        Raises:
            PlantrackError: where two plans have two places of one id.
        """
        declaring = [each for each in plans if each.units or each.place.members or self._fresh(each)]
        if not declaring:
            return self
        key = tuple(map(id, plans))
        if key not in self._of:
            if sum(map(len, self._of)) + len(key) > MAX_KEPT:
                self._of.clear()
            self._of[key] = plans, self._with(plans, declaring)
        return self._of[key][1]

    def _with(self, plans: Sequence[PlanModel], declaring: Sequence[PlanModel]) -> Catalogue:
        places, units = dict(self.places), self.units
        for plan in declaring:
            units = units.with_words(plan.units)
            _add(places, self._fresh(plan), plan, self)
        _require_one_place_each(plans, places)
        return replace(self, places=with_parts(places), units=units, _of={})

    def _fresh(self, plan: PlanModel) -> dict[str, OtherPlace]:
        """The places of a plan that are not known, whatever is known by their ids: 朝阳区 is not 朝阳市."""
        named = {plan.place.id: plan.place, **plan.places}
        return {name: each for name, each in named.items() if not self._is_known(name, each)}

    def called(self, place: OtherPlace) -> list[str]:
        """The places that are called as this one, in their order."""
        found = {*self._by_word.get(place.zh, ()), *self._by_word.get(place.code, ())}
        return [name for _, name in sorted(found)]

    @cached_property
    def _by_word(self) -> Mapping[str | None, list[tuple[int, str]]]:
        """Places with their numbers, by what they are called and by code."""
        found: defaultdict[str | None, list[tuple[int, str]]] = defaultdict(list)
        for number, (name, each) in enumerate(self.places.items()):
            for word in {each.zh, short_name(each.zh), each.short, each.code} - {None}:
                found[word].append((number, name))
        return found

    def _is_known(self, name: str, place: OtherPlace) -> bool:
        known = self.places.get(name)
        return known is not None and is_called(place, known)


MAX_KEPT = 64
"""Of so many plans together it is kept: what was made of a family of plans holds all of them."""


def is_called(place: OtherPlace, known: KnownPlace) -> bool:
    """Whether a plan means a known place: by its name, or by its code."""
    is_one = place.code is not None and place.code == known.code
    return is_one or place.zh in {known.zh, short_name(known.zh), known.short}


def _require_one_place_each(plans: Iterable[PlanModel], places: Mapping[str, KnownPlace]) -> None:
    """Refuse plans that mean two places by one id.

    Raises:
        PlantrackError: naming both places.
    """
    for plan in plans:
        for name, each in {plan.place.id: plan.place, **plan.places}.items():
            known = places.get(name)
            if known is not None and not is_called(each, known):
                raise PlantrackError(
                    text(
                        'two plans call two places "{id}": {one} and {other} (in {plan}): give one of them another id',
                        id=name,
                        one=known.zh,
                        other=each.zh,
                        plan=plan.plan,
                    )
                )


def _call_otherwise(places: dict[str, KnownPlace], place: OtherPlace, name: str, known: Catalogue) -> None:
    """Let the id of a plan stand for a place that is known by another, so that no sum has it twice."""
    before = next((key for key in known.called(place) if key in places), name)
    if before == name:
        return
    one = places.pop(before)
    for key, each in places.items():
        members = [name if member == before else member for member in each.members]
        parent = name if each.parent == before else each.parent
        if members != each.members or parent != each.parent:
            places[key] = each.model_copy(update={"members": members, "parent": parent})
    places[name] = one.model_copy(update={"zh": place.zh, "en": place.en})


def _add(
    places: dict[str, KnownPlace],
    fresh: Mapping[str, OtherPlace],
    plan: PlanModel,
    known: Catalogue,
) -> None:
    """Add the places of a plan, instead of others that are known by their ids."""
    for name, each in fresh.items():
        _call_otherwise(places, each, name, known)
        before = places.get(name)
        before = before if before is not None and before.zh == each.zh else None
        parent = each.parent or parent_by_code(each.code, places) or (before.parent if before else None)
        if name in plan.place.members:
            parent = parent or plan.place.id
        members = list(dict.fromkeys([*(before.members if before else ()), *each.members]))
        places[name] = KnownPlace(zh=each.zh, en=each.en, code=each.code, parent=parent, members=members)


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
