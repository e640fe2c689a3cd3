"""What is noted of a row of `track`: what to look at twice, and what its status leaves open."""

from __future__ import annotations

from typing import TYPE_CHECKING

from plantrack.language import Text, in_three_digits, listing, text
from plantrack.track.status import by_target

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from plantrack.plan.actuals import Actual
    from plantrack.track.progress import Progress
    from plantrack.track.status import Case

SLIP = 5
"""An actual so many times what the path has, or that part of it, is told: the decimal point may have slipped."""


def notes_of(row: Progress, year: int) -> Iterator[Text]:
    """What to look at twice: how old the actual is, a base that differs, what is said of the path."""
    path, actual = row.path, row.actual
    if actual is not None and actual.year < year:
        yield text(
            "the latest actual is that of {year}: what is told is the state of {year}, not of {asked}",
            year=actual.year,
            asked=year,
        )
    if actual is not None and (times := _times_the_path(row, actual)) is not None:
        yield text(
            "{given} is {times} times what the path has: are unit and decimal point right?",
            given=actual.text,
            times=times,
        )
    yield from _notes_on_base(row)
    if path.holds_levels:
        yield from path.notes


def _times_the_path(row: Progress, actual: Actual) -> str | None:
    """How many times what the path has in its year an actual is, where that looks like a slip; not of counts."""
    due = row.due_by_year.get(actual.year)
    if actual.kind != "level" or row.path.is_whole or not due or due <= 0 or actual.value <= 0:
        return None
    times = actual.value / due
    return None if 1 / SLIP < times < SLIP else in_three_digits(times)


def _notes_on_base(row: Progress) -> Iterator[Text]:
    """What only the target's side of its base tells, and an actual for the base's year that differs."""
    path = row.path
    if row.status != "undetermined" and (told := by_target(path, row.better)) is not None:
        yield told
    is_of_plan = path.kind == "level" and path.revision is None and path.start is None and path.years
    first = path.first if is_of_plan else None
    for given in row.actuals:
        if first is not None and given.year == path.years[0] and not given.interval.overlaps(first.interval):
            yield text(
                "the plan prints {printed} for {year}, the actuals say {given}: the plan's base is kept",
                printed=first.numeral.text,
                year=given.year,
                given=given.text,
            )


def years_outside(row: Progress, case: Case) -> tuple[Text, ...]:
    """The earlier years in which a limit was not kept."""
    first = row.path.years[0] if row.path.years else 0
    earlier = (each for each in row.actuals if first < each.year < case.year)
    years = [str(each.year) for each in earlier if not case._replace(actual=each.measure.value).is_met]
    if not years:
        return ()
    listed = listing(*years)
    if row.better == "up":
        return (text("below the limit in {years}", years=listed),)
    return (text("beyond the limit in {years}", years=listed),)


def rounded_note(actual: Actual, others: Sequence[Text]) -> tuple[Text, ...]:
    if not others:
        return ()
    return (
        text(
            '"{text}" is rounded: the status may also be {others}', text=actual.text, others=listing(*others)
        ),
    )
