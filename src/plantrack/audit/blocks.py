"""Which plans are audited as one system: a block. Between blocks only what they share is held together (`linking`).

Plans that speak of no place in common share no quantity. A few that do are one block, so that what they say together is
decided exactly; of more than that each place is a block, with its plans unless they are many.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

from plantrack.audit.build import domain_of_level, places_compared
from plantrack.audit.constraints import known_laws, laws_to_share, places_of
from plantrack.laws.normal_form import forms_of
from plantrack.numbers.interval import POSITIVE

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from collections.abc import Set as AbstractSet

    from plantrack.audit.constraints import KnownLaw, SharedLaws
    from plantrack.laws.grammar import Member
    from plantrack.plan.catalogue import Catalogue
    from plantrack.plan.plan import Plan

MOST_FIGURES = 1_000
"""Plans of more figures are no block; the work of one grows with more than their number."""


class Spoken(NamedTuple):
    """The place of a plan, the places that it speaks of, how many figures it has, and its laws that concern others."""

    place: str
    places: frozenset[str]
    figures: int
    laws: Mapping[str, frozenset[str]]


def spoken_of(plan: Plan, catalogue: Catalogue) -> Spoken:
    """The places of a plan's figures, and those that comparisons and laws lead to from there."""
    catalogue = catalogue.of(plan.model)
    own = plan.model.place.id
    places = {own, *(figure.place for figure in plan.figures)}
    compared = {each for figure in plan.figures for each in places_compared(figure, catalogue)}
    led = _places_led_to(plan, places, catalogue)
    return Spoken(own, frozenset(places | compared | led), len(plan.figures), laws_to_share(plan))


def _places_led_to(plan: Plan, places: AbstractSet[str], catalogue: Catalogue) -> set[str]:
    """Where the laws lead of which a plan prints an indicator or compares with it.

    A free row, which holds whatever is printed, leads to a place that it names from within that place alone: there it
    implies a share of the whole.
    """
    relations = (each.relation for each in plan.figures)
    compared = {each.to.partition("@")[0] for each in relations if each is not None and each.to is not None}
    named = compared | {figure.indicator for figure in plan.figures}
    laws = known_laws(catalogue, [plan])
    free = _free_rows(laws, named, plan, catalogue)
    return {
        each
        for known in laws
        if not named.isdisjoint(member.indicator for member in known.members)
        for member in known.members
        if member.place is not None
        for place in places
        if known.law.text not in free or _is_within(place, member.place, catalogue)
        for each in places_of(member, place, catalogue)
    }


def _free_rows(
    laws: Sequence[KnownLaw], named: AbstractSet[str], plan: Plan, catalogue: Catalogue
) -> frozenset[str]:
    """Products of positive indicators with one that is neither named nor in another law.

    Who names it of a place that the plan speaks of has the law as well, unless the plan wrote it.
    """
    had = Counter(chain.from_iterable({each.indicator for each in known.members} for known in laws))
    told = named | {name for name, times in had.items() if times > 1}
    indicators = {**catalogue.indicators, **plan.model.own}

    def is_free(known: KnownLaw) -> bool:
        own = {each.indicator for each in known.members if each.place is None and not each.changed}
        return forms_of(known.law)[0] is not None and not own <= told and all(map(is_positive, known.members))

    def is_positive(member: Member) -> bool:
        return not member.changed and domain_of_level(indicators, catalogue, member.indicator) == POSITIVE

    return frozenset(each.law.text for each in laws if is_free(each)) - set(plan.model.laws)


def _is_within(place: str, whole: str, catalogue: Catalogue) -> bool:
    """Whether a place is the whole, a member of it, or part of one; so is any of what has no members known."""
    known, around = catalogue.places.get(whole), catalogue.places.get(place)
    parts = (place, around.parent if around is not None else None)
    return known is None or not known.members or whole in parts or not set(parts).isdisjoint(known.members)


def blocks_of(plans: Sequence[Plan], catalogue: Catalogue) -> list[tuple[Plan, ...]]:
    """The plans as blocks, in the order of their first plans."""
    return [
        tuple(plans[number] for number in block)
        for block in partition([spoken_of(plan, catalogue) for plan in plans])
    ]


def partition(spoken: Sequence[Spoken]) -> list[tuple[int, ...]]:
    """The numbers of plans that make a block."""
    blocks: list[Sequence[int]] = []
    for family in families_of([each.places for each in spoken]):
        if _are_few(family, spoken):
            blocks.append(family)
            continue
        by_place: defaultdict[str, list[int]] = defaultdict(list)
        for number in family:
            by_place[spoken[number].place].append(number)
        for same in by_place.values():
            blocks += [same] if _are_few(same, spoken) else [[number] for number in same]
    return sorted(map(tuple, blocks))


def _are_few(numbers: Sequence[int], spoken: Sequence[Spoken]) -> bool:
    return len(numbers) == 1 or sum(spoken[number].figures for number in numbers) <= MOST_FIGURES


def families_of(places: Sequence[frozenset[str]]) -> list[list[int]]:
    """The numbers of plans that places in common connect, directly or through others."""
    leader = list(range(len(places)))

    def lead(number: int) -> int:
        while leader[number] != number:
            leader[number] = leader[leader[number]]
            number = leader[number]
        return number

    first: dict[str, int] = {}
    for number, each in enumerate(places):
        for place in sorted(each):
            one, other = lead(first.setdefault(place, number)), lead(number)
            leader[max(one, other)] = min(one, other)
    families: defaultdict[int, list[int]] = defaultdict(list)
    for number in range(len(places)):
        families[lead(number)].append(number)
    return list(families.values())


class Shared(NamedTuple):
    """What several blocks speak of: the places, those of them that some block is about, and laws that hold there."""

    places: frozenset[str] = frozenset()
    owned: frozenset[str] = frozenset()
    laws: SharedLaws | None = None


def shared_by(blocks: Sequence[Sequence[Spoken]]) -> Shared:
    """What several blocks share."""
    count = Counter(
        place for block in blocks for place in frozenset().union(*(each.places for each in block))
    )
    places = frozenset(place for place, number in count.items() if number > 1)
    laws: dict[str, frozenset[str]] = {}
    for each in (each for block in blocks for each in block):
        for line, here in each.laws.items():
            laws[line] = laws.get(line, frozenset()) | here
    owned = places & {each.place for block in blocks for each in block}
    return Shared(places, owned, {line: here & places for line, here in laws.items() if here & places})
