"""`track -o NAME.docx` and `.xlsx`: the table of targets with what has been reached, binding rows first."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from plantrack.language import SEMICOLON, Listing, labelled, listing, text
from plantrack.paths import aim_of
from plantrack.track import counts_by_title, mean_completion
from plantrack.views.names import Names
from plantrack.views.page import (
    OF_ROW,
    REMARKS,
    Page,
    base_value,
    row_of,
    step_with_unit,
    target_value,
    title_of,
    unit_line,
)
from plantrack.views.paths import PER_CENT, SHARE, path_notes, path_values
from plantrack.views.table import DASH, Cell, Column, Form, Table, numbers, words
from plantrack.views.tidy import within_year
from plantrack.views.tracked import given_value, kept
from plantrack.views.within_year import sentence, status_in_year

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from fractions import Fraction

    from plantrack.audit import Target
    from plantrack.language import Said, Text
    from plantrack.paths import Path, Task
    from plantrack.plan.catalogue import Catalogue
    from plantrack.track import Progress, Tracking
    from plantrack.views.table import Value

ACHIEVED = (*numbers("completion", "progress"), *words("assessment"), *numbers("needed a year"), *REMARKS)


class _Line(NamedTuple):
    """A row of the table, by the target as the table prints it."""

    target: Target
    row: Progress
    path: Path


def assessed_page(tracking: Tracking, tasks: Sequence[Task], catalogue: Catalogue) -> Page:
    """The rows of the table of targets, then what else has an actual; those without one are named below."""
    plan, names = tracking.loaded.model, Names(tracking.loaded.model, catalogue)
    lines = _lines(tracking, tasks)
    ends = (text("{year} (base)", year=plan.base), text("{year} (target)", year=plan.target))
    now = (text("due in {year}", year=tracking.year), text("actual of {year}", year=tracking.year))
    across = tuple(Column(each, is_number=True) for each in (*ends, *now))
    table = Table(text("{plan}: progress", plan=title_of(plan)), (*OF_ROW, *across, *ACHIEVED))
    groups = ([each for each in lines if each.row.is_binding is binding] for binding in (True, False))
    for some, title in zip(groups, (text("binding targets"), text("expected targets")), strict=True):
        if some and any(each.row.is_binding for each in lines):
            table.group(title)
        for line in some:
            table.rows.append((*_row(len(table.rows) + 1, line, names, tracking.year),))
    table.notes.extend(_notes(tracking, names))
    share = tracking.year - int(plan.base), int(plan.target) - int(plan.base)
    left = text(
        "as of {year}, {passed} of {years} years", year=tracking.year, passed=share[0], years=share[1]
    )
    has_months = any(row.within is not None for row in tracking.rows)
    months = within_year(tracking) if has_months else None
    return Page(table, left, unit_line(table), _lead([line.row for line in lines]), months)


def _lines(tracking: Tracking, tasks: Sequence[Task]) -> list[_Line]:
    rows = {aim_of(row.target): row for row in tracking.rows}
    table = [
        _Line(target, row, row.path if row.path.years else path)
        for target, path in tasks
        if (row := rows.pop(aim_of(target), None)) is not None
    ]
    return [*table, *(_Line(row.target, row, row.path) for row in rows.values() if row.actual is not None)]


def _row(number: int, line: _Line, names: Names, year: int) -> Iterator[Value]:
    target, row, path = line
    found = row.achieved
    yield from row_of(number, target, path, names)
    yield base_value(path, int(names.plan.base))
    yield target_value(target, path)
    yield _due(row, year)
    yield _actual(row, year)
    yield _share(found.completion if found is not None else None)
    yield _share(found.progress if found is not None else None)
    yield DASH if row.actual is None else row.status_title
    yield _needed(row, names)
    yield Listing(tuple(_remarks(row)), SEMICOLON)


def _of_year(value: Value, row: Progress, year: int) -> Value:
    """With the year of the actual where that is an earlier one."""
    if row.actual is None or row.actual.year == year or value == DASH:
        return value
    return text("{value} ({year})", value=value, year=row.actual.year)


def _due(row: Progress, year: int) -> Value:
    """What the path has in the year of the actual; of what is to be kept, the target."""
    path, limit = row.path, kept(row)
    if limit is not None:
        return Cell(limit, Form(path.decimals, path.factor))
    at = year if row.actual is None else row.actual.year
    if at not in path.years or (row.actual is not None and at not in row.due_by_year):
        return DASH
    return _of_year(path_values(path)[path.years.index(at)], row, year)


def _actual(row: Progress, year: int) -> Value:
    return DASH if row.actual is None else _of_year(given_value(row.actual, row), row, year)


def _needed(row: Progress, names: Names) -> Value:
    """A rate a year, or a step with its unit and sign."""
    found = row.achieved
    if found is None or found.needed is None:
        return DASH
    if "growth" in found.kind:
        return Cell(found.needed, PER_CENT)
    return Cell(found.needed, step_with_unit(row.path, float(found.needed), names))


def _remarks(row: Progress) -> Iterator[Said]:
    """Why it is undetermined, the months of a year, what is noted of the actual; notes of paths stand below."""
    if row.actual is None:
        yield text("no actual")
    elif row.why is not None:
        yield row.why
    if row.within is not None and (months := sentence(row, row.within)) is not None:
        yield labelled(months, status_in_year(row, row.within))
    if row.other is not None:
        yield text("compared with {text} ({year})", text=row.other.text, year=row.other.year)
    yield from (each for each in row.notes if each not in row.path.notes)


def _notes(tracking: Tracking, names: Names) -> Iterator[Said]:
    yield text(
        "completion: actual over target; progress: the share of the way from base to target, held against the share "
        "of time ({tolerance} points; binding targets: none below)",
        tolerance=Cell(tracking.tolerance * 100, Form()),
    )
    if any(row.achieved is not None and row.achieved.kind in _OF_GROWTH for row in tracking.rows):
        yield text(
            "of growth, completion is the growth so far over what is asked for; growth a year is held against its "
            "target by 0.1 points of the mean"
        )
    yield text("means of completion count no target above 100%")
    yield from path_notes(
        [row.path for row in tracking.rows if row.actual is not None and row.path.why is None], names
    )


_OF_GROWTH = frozenset(("growth a year", "growth over the whole"))


def _share(share: Fraction | float | None) -> Value:
    return DASH if share is None else Cell(share, SHARE)


def _lead(rows: Sequence[Progress]) -> Said:
    """How many have each verdict, binding ones apart and first, with their mean completion."""
    binding = [row for row in rows if row.is_binding]
    if not binding:
        return _counts(text("targets"), rows)
    expected = [row for row in rows if not row.is_binding]
    kinds = ((text("binding targets"), binding), (text("expected targets"), expected))
    return Listing(tuple(_counts(title, some) for title, some in kinds if some), SEMICOLON)


def _counts(title: Text, every: Sequence[Progress]) -> Said:
    rows = [row for row in every if row.actual is not None]
    found = counts_by_title(rows).items()
    counts = listing(*(text("{status}: {number}", status=status, number=number) for status, number in found))
    said = text("{number} {targets}", number=len(every), targets=title)
    if len(rows) < len(every):
        said = text("{said}, {number} with an actual", said=said, number=len(rows))
    said = labelled(said, counts) if rows else said
    mean = mean_completion(rows)
    if mean is None:
        return said
    return text("{said} (mean completion {mean})", said=said, mean=Cell(mean, SHARE))
