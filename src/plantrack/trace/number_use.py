"""The use of each number of the document: in a figure, in the list of omissions, in a pattern, or none."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

from plantrack.plan.omissions import CATEGORIES
from plantrack.trace.places import within

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from plantrack.documents import Number
    from plantrack.plan.omissions import Omission
    from plantrack.reading.omissions_file import LoadedOmitted
    from plantrack.trace.places import Traced
    from plantrack.trace.source import Place, Source

USED, UNUSED = "used", "unused"
PATTERNS = ("date", "document-number", "numbering", "name")
OMITTED = CATEGORIES
USES = (USED, *OMITTED, *PATTERNS, UNUSED)
"""What may account for a number: a figure, a category of omissions, a pattern, or nothing."""


class NumberUse(NamedTuple):
    """A number of the document and what accounts for it, one of `USES`."""

    number: Number
    use: str


class Unmatched(NamedTuple):
    """An entry of the list of omissions that no number of the document is left for."""

    category: str
    number: int
    omission: Omission


def account_for(
    traced: Sequence[Traced], listed: LoadedOmitted, source: Source
) -> tuple[list[NumberUse], list[Unmatched]]:
    """What accounts for each number of the document, and the omissions that account for none.

    Each of them stands for one occurrence, the first that nothing accounts for yet.
    """
    uses = {number: USED for each in traced if each.place is not None for number in each.place.numbers}
    unmatched = []
    told: set[int] = set()
    for category, number, omission in listed.omitted.entries():
        section = source.sections.get(omission.section)
        places = chain(source.places_of(omission.numeral), source.places_of_digits(omission.numeral))
        free = (each for each in within(section, places) if _is_free(each, uses, told))
        place = next(free, None)
        if place is None:
            unmatched.append(Unmatched(category, number, omission))
            continue
        told.add(place.start)
        uses |= {each: uses.get(each, category) for each in place.numbers}
    for each in traced:
        uses |= {number: uses.get(number, USED) for number in _among(each, source)}
    return [
        NumberUse(number, uses.get(at) or (number.kind if number.kind in PATTERNS else UNUSED))
        for at, number in enumerate(source.numbers.all)
    ], unmatched


def _among(traced: Traced, source: Source) -> Iterator[int]:
    """The numbers in the name of the group that a rank is among, as in 全省21市."""
    section = source.sections.get(traced.figure.section)
    if traced.figure.row.among and section is not None:
        for place in within(section, source.places_of_words(traced.figure.row.among)):
            yield from place.numbers


def _is_free(place: Place, uses: dict[int, str], told: set[int]) -> bool:
    """Whether nothing accounts for it yet; words such as 千亿级 hold no number."""
    if not place.numbers:
        return place.start not in told
    return any(number not in uses for number in place.numbers)
