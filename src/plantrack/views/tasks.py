"""`path -o NAME.docx` and `.xlsx`: the document's table of targets, broken down by year."""

from __future__ import annotations

from typing import TYPE_CHECKING

from plantrack.language import SEMICOLON, Listing, Words, fixed, listing, text
from plantrack.plan.measures import printed_decimals
from plantrack.views.names import Names
from plantrack.views.page import (
    OF_ROW,
    REMARKS,
    Page,
    base_value,
    pace_of,
    row_of,
    source_line,
    target_value,
    title_of,
    unit_line,
)
from plantrack.views.paths import path_notes, path_values
from plantrack.views.table import DASH, Column, Table, numbers, words
from plantrack.views.targets import stated_value

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from plantrack.audit import Target
    from plantrack.language import Said, Text
    from plantrack.paths import Path, Task
    from plantrack.plan.catalogue import Catalogue
    from plantrack.plan.plan import Plan
    from plantrack.views.table import Value

MANY = 6
"""No more names of targets that stand elsewhere are told."""


def tasks_page(loaded: Plan, tasks: Sequence[Task], catalogue: Catalogue, paths: Sequence[Path] = ()) -> Page:
    """The table; of `paths`, those that it leaves out are named below."""
    plan, names = loaded.model, Names(loaded.model, catalogue)
    last = max([int(plan.target), *(path.years[-1] for _, path in tasks if path.years)])
    years = list(range(int(plan.base), last + 1))
    after = (*numbers("average a year"), *words("unit in charge"), *REMARKS)
    columns = (*OF_ROW, *_across(years, int(plan.target)), *after)
    table = Table(text("{plan}: yearly tasks", plan=title_of(plan)), columns)
    for number, (target, path) in enumerate(tasks, start=1):
        remarks = Listing(tuple(_remarks(target, path, plan.target)), SEMICOLON)
        values = _values(target, path, years, int(plan.target))
        row = row_of(number, target, path, names)
        table.rows.append((*row, *values, _pace(target, path, names), "", remarks if remarks.items else ""))
    table.notes.extend(_notes([path for _, path in tasks], names))
    table.notes.extend(_elsewhere(tasks, paths, names))
    return Page(table, source_line(names), unit_line(table))


def _across(years: Sequence[int], target: int) -> tuple[Column, ...]:
    first = years[0]
    named = {first: text("{year} (base)", year=first), target: text("{year} (target)", year=target)}
    others = {
        year: Words(f"{year}年{mark}", f"{year}{mark}") for year in years for mark in ["*" * (year > target)]
    }
    return tuple(Column(title, is_number=True) for title in (others | named).values())


def _values(target: Target, path: Path, years: Sequence[int], due: int) -> Iterator[Value]:
    """Base, the years between, and what is asked for in the year it is due: the plan's where it is none of these."""
    given = dict(zip(path.years, path_values(path) if path.years else (), strict=True))
    asked = path.due if path.due in years else due
    yield base_value(path, years[0])
    for year in years[1:]:
        yield target_value(target, path) if year == asked else given.get(year, DASH)


def _pace(target: Target, path: Path, names: Names) -> Value:
    """Of the path; without one what is printed of the way."""
    if path.why is None or target.target is None:
        return pace_of(path, names)
    return DASH if target.stated is None else stated_value(target)


def _remarks(target: Target, path: Path, due: str) -> Iterator[Said]:
    """A target of another year, a pace that is printed and is another, why there is no path."""
    if path.due is None or str(path.due) != due:
        yield text("target of {time}", time=target.due)
    if path.why is None and target.stated is not None and not _is_pace(target, path):
        told = (
            text("as printed: {pace} a year")
            if target.stated.kind == "growth"
            else text("as printed: {pace}")
        )
        yield text(told.template, pace=stated_value(target))
    if path.why is not None and (target.target is None or target.target.relation is None):
        yield path.why


def _is_pace(target: Target, path: Path) -> bool:
    """Whether what is printed of the way is what the path has at its decimals."""
    stated = target.stated
    measure = stated.measure if stated is not None else None
    if stated is None or measure is None or measure.numeral.bound is not None or path.due is None:
        return False
    pace, factor = _paces(path, path.due - path.years[0]).get(stated.kind), path.factor
    if "growth" in stated.kind:
        factor = 100
    decimals = printed_decimals(measure)
    return pace is not None and fixed(pace * factor, decimals) == fixed(
        float(measure.value) * factor, decimals
    )


def _paces(path: Path, years: int) -> dict[str, float]:
    """What a path has of each kind of way that a plan may print."""
    if path.rate is not None:
        return {"growth": path.rate, "total_growth": (1 + path.rate) ** years - 1}
    return {"annual_change": path.step, "change": path.step * years} if path.step is not None else {}


def _notes(paths: Sequence[Path], names: Names) -> Iterator[Said]:
    yield text(
        "yearly values are worked out from base and target: amounts at one rate, ratios and indices in equal steps; "
        "whole numbers on the way to what is at least are rounded up"
    )
    yield from path_notes([path for path in paths if path.why is None], names)


def _elsewhere(tasks: Sequence[Task], paths: Sequence[Path], names: Names) -> Iterator[Text]:
    shown = {target.figure.quantity for target, _ in tasks}
    left = [each for each in paths if each.goal is not None and _quantity(each) not in shown]
    if left:
        first = (names.quantity(each.indicator, each.place, each.scope) for each in left[:MANY])
        yield text(
            "{number} more target(s) with a number stand elsewhere in the document: {names}",
            number=len(left),
            names=listing(*first, *(["…"] if len(left) > MANY else [])),
        )


def _quantity(path: Path) -> tuple[str, str, str]:
    return path.indicator_id, path.place, path.scope or ""
