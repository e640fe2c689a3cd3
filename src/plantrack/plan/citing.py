"""Quantities, times and sections as readers of the document find them."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple, Protocol

from plantrack.language import THROUGH, TO, Listing, Words, text
from plantrack.numbers.times import read_time
from plantrack.numbers.words import COUNT
from plantrack.plan.actuals import time_words

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from plantrack.language import Said, Text
    from plantrack.plan.figures import Figure
    from plantrack.plan.model import PlanModel
    from plantrack.plan.places import KnownPlace
    from plantrack.plan.plan import Plan


class Known(Protocol):
    """Plans, the places that they know, and lines of documents by figure: an audit, or its constraint system."""

    @property
    def plans(self) -> Sequence[Plan]: ...

    @property
    def places(self) -> Mapping[str, KnownPlace]: ...

    @property
    def lines(self) -> Mapping[str, int]: ...

    @property
    def is_part(self) -> bool: ...


class _Register(NamedTuple):
    """Plans by id, their ids by place, and the names of their moments."""

    by_id: dict[str, PlanModel]
    by_place: dict[str, list[str]]
    moments: dict[str, Words]


@lru_cache(maxsize=2)
def _register(plans: tuple[Plan, ...]) -> _Register:
    by_place: dict[str, list[str]] = {}
    for plan in plans:
        by_place.setdefault(plan.model.place.id, []).append(plan.id)
    moments = {key: moment.name for plan in plans for key, moment in plan.model.moments.items()}
    return _Register({plan.id: plan.model for plan in plans}, by_place, moments)


def in_words(time: str) -> Said:
    """`2020年`, `2018年8月`, `2021—2025年`; a moment as it is written, without the plan it belongs to."""
    written, kind, start, end = read_time(time.partition("@")[0])
    if start is None or end is None:
        return written
    (first, month), (last, until) = divmod(start, 12), divmod(end - 1, 12)
    if kind in {"year", "span"}:
        years = dict.fromkeys((str(first), str(last)))
        return Words(f"{'—'.join(years)}年", "–".join(years))
    if first == last:
        return time_words(first, (month + 1, until + 1))
    return Listing((time_words(first, (month + 1,) * 2), time_words(last, (until + 1,) * 2)), TO)


def from_to(times: Sequence[str], moments: Mapping[str, Words]) -> Said:
    """`2020年`, `2015—2020年`; a moment by its name."""
    if all(each.isdigit() for each in times):
        return in_words("/".join(times))
    return Listing(tuple(moments.get(each.partition("@")[0]) or in_words(each) for each in times), THROUGH)


def period(times: tuple[str, ...], known: Known) -> Said:
    return from_to(times, _register(tuple(known.plans)).moments)


def times_of(figure: Figure) -> tuple[str, ...]:
    return tuple(each.text for each in figure.times)


def named_quantity(name: Words, place: str, times: tuple[str, ...], known: Known) -> Said:
    """An indicator with its time, and its place where that is not the plan's own."""
    found, own = known.places.get(place), _register(tuple(known.plans)).by_place
    where = found.name if found is not None and (known.is_part or own.keys() != {place}) else None
    named = name if where is None else Listing((where, name), Words("", " "))
    return text("{name} {when}", name=named, when=period(times, known)) if times else named


def figure_name(figure: Figure, known: Known) -> Said:
    """A figure's quantity with its time, and a place that is not the plan's."""
    return named_quantity(figure.measures.name, figure.place, times_of(figure), known)


def cited(figure: Figure, known: Known) -> Text:
    """A figure as readers find it: `2020年保费收入“76.91”（第一章二（一））`."""
    quoted = text('{what} "{printed}"', what=figure_name(figure, known), printed=printed_words(figure))
    return text("{figure} ({section})", figure=quoted, section=section_of(figure, known))


def printed_words(figure: Figure) -> Said:
    """What is printed: the numeral, or a relation's words."""
    return figure.relation.words if figure.relation is not None else figure.text or ""


def section_of(figure: Figure, known: Known) -> Said:
    """Where a figure stands, as offices cite it, with its line; also in which document, unless its place tells."""
    plans = _register(tuple(known.plans))
    plan = plans.by_id.get(figure.plan)
    if plan is None:
        return figure.section
    section: Said = section_name(plan.sections.get(figure.section, figure.section))
    if figure.id in known.lines:
        section = text("{section}, line {line}", section=section, line=known.lines[figure.id])
    if (len(known.plans) == 1 and not known.is_part) or plans.by_place.get(figure.place) == [figure.plan]:
        return section
    return text("{plan}: {section}", plan=plan.title.name, section=section)


def _tail(title: str) -> str:
    """The last words of a long title: what follows a quotation, where that is short, else so many signs."""
    behind = title.rpartition("”")[2]
    return behind if 1 < len(behind) <= LONG else title[-TAIL:]


_NUMBERING = re.compile(rf"(第{COUNT}[章节篇部分]+)\s*|({COUNT})、|（({COUNT})）|([0-9]+)\.\s*")
LONG, TAIL = 16, 9


def section_name(title: str) -> str:
    """The numbering of a section alone, as offices cite it: `第一章二（一）`; a title without by its words."""
    parts, rest = [], title
    for step in title.split():
        at = 0
        while (found := _NUMBERING.match(step, at)) is not None:
            chapter, number, bracketed_number, point = found.groups()
            parts.append(chapter or number or (f"（{bracketed_number}）" if bracketed_number else point))
            at = found.end()
            rest = title[title.index(step) + at :]
    if len(parts) > 1:
        return "".join(parts)
    shown = rest if len(rest) <= LONG else f"…{_tail(rest)}"
    return (
        "".join(parts) + shown
        if parts and parts[0].startswith("第")
        else title
        if len(title) <= LONG
        else shown
    )


def law_text(law: str, names: Mapping[str, Said]) -> Listing:
    """A law as it is written, with names for ids."""
    parts = re.split(r"([a-z][a-z0-9_]*)", law)
    return Listing(tuple({**_FUNCTIONS, **names}.get(part, part) for part in parts), "")


_FUNCTIONS = {"change": Words("增量", "change"), "sum": Words("合计", "sum")}
