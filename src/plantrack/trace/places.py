"""Each figure's place in the document: within the section that the plan names, elsewhere, or nowhere."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Literal, NamedTuple

from plantrack.plan.measures import BARE_UNITS
from plantrack.trace.numerals import likeness

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from plantrack.documents import Section
    from plantrack.plan.figures import Figure
    from plantrack.trace.source import Place, Source

Status = Literal["found", "elsewhere", "differs", "missing", "untraceable"]


class Traced(NamedTuple):
    """What became of a figure; `lines`, from 1, are all on which it stands in its section, else in the document.

    `differs`: its digits stand there, but other words beside them. `untraceable`: no words were printed to look for.
    """

    figure: Figure
    status: Status
    place: Place | None = None
    lines: tuple[int, ...] = ()


def place_figures(figures: Sequence[Figure], source: Source) -> list[Traced]:
    """The place of each figure of a plan in its document.

    Among several places it takes the one before which most of its indicator's name stands, then one that is not taken.
    """
    taken: Counter[int] = Counter()
    siblings = Counter(figure.row_id for figure in figures)
    placed = []
    for figure in figures:
        status, places = _found(figure, source, alone=siblings[figure.row_id] == 1)
        if not places:
            placed.append(Traced(figure, status))
            continue
        place = min(places[:MOST_WEIGHED], key=lambda each: _order(each, figure, source, taken))
        taken.update(place.numbers)
        lines = sorted({source.document.line_at(each.start) for each in places})
        placed.append(Traced(figure, status, place, tuple(lines)))
    return placed


def _order(place: Place, figure: Figure, source: Source, taken: Counter[int]) -> tuple[bool, float, int, int]:
    nested = source.section_at(place.start) not in {figure.section, None}
    named = round(likeness(figure.measures.zh, place.start, source.document), 1)
    return nested, -named, sum(taken[each] for each in place.numbers), place.start


def _found(figure: Figure, source: Source, *, alone: bool) -> tuple[Status, list[Place]]:
    """Where a figure stands and how well that agrees with the plan, the best that there is.

    The words of a row with several figures may belong to any of them: then its numeral comes first.
    """
    by_words = [source.places_of_words(figure.row.printed)] if figure.row.printed else []
    by_numeral = [source.places_of(figure.text)] if figure.text is not None else []
    ways = list(map(list, [*by_words, *by_numeral] if alone else [*by_numeral, *by_words]))
    if not ways:
        return "untraceable", []
    section = source.sections.get(figure.section)
    for way in ways:
        if found := list(within(section, way)):
            return "found", found
    elsewhere = next(filter(None, ways), [])
    digits = source.places_of_digits(
        figure.text or "", BARE_UNITS.get(figure.measured_kind, figure.measures.unit)
    )
    loosely = list(within(section, digits))
    is_telling = sum(sign.isdecimal() for sign in figure.text or "") >= MANY
    if loosely and (is_telling or not elsewhere):
        return "differs", loosely
    return ("elsewhere", elsewhere) if elsewhere else ("missing", [])


def within(section: Section | None, places: Iterable[Place]) -> Iterator[Place]:
    """The places in a section; all where there is none."""
    return (each for each in places if section is None or section.holds(each.start))


MANY = 3
"""So many digits hardly stand somewhere by chance."""
MOST_WEIGHED = 500
"""No numeral stands more often in a section of a plan; in a list of numbers any place is as good."""
