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
    from collections.abc import Iterator, Mapping, Sequence

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
    elsewhere = {
        member
        for known in _telling_laws(plan, catalogue)
        for member in known.members
        if member.place is not None
    }
    reached = {
        each for member in elsewhere for place in places for each in places_of(member, place, catalogue)
    }
    return Spoken(own, frozenset(places | compared | reached), len(plan.figures), laws_to_share(plan))


def _telling_laws(plan: Plan, catalogue: Catalogue) -> Iterator[KnownLaw]:
    """The laws of which a plan prints an indicator, without those that hold whatever it prints.

    These are products with an indicator that is neither printed, nor compared with, nor in any other law. Who prints
    it of a place that the plan speaks of has the law as well, unless the plan wrote it.
    """
    laws, indicators = known_laws(catalogue, [plan]), {**catalogue.indicators, **plan.model.own}
    printed = {figure.indicator for figure in plan.figures}
    compared = {
        each.relation.to.partition("@")[0] for each in plan.figures if each.relation and each.relation.to
    }
    had = Counter(chain.from_iterable({each.indicator for each in known.members} for known in laws))
    told = printed | compared | {name for name, times in had.items() if times > 1}

    def is_positive(member: Member) -> bool:
        return not member.changed and domain_of_level(indicators, catalogue, member.indicator) == POSITIVE

    def may_exclude(known: KnownLaw) -> bool:
        if known.law.text in plan.model.laws or forms_of(known.law)[0] is None:
            return True
        is_told = told.issuperset(each.indicator for each in known.members if each.place is None)
        return is_told or not all(map(is_positive, known.members))

    about = (each for each in laws if not printed.isdisjoint(member.indicator for member in each.members))
    return filter(may_exclude, about)


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
