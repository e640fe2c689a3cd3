"""What is said of a path: why there is none, and what a reader must know of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from plantrack.language import Text, range_text, text
from plantrack.paths.choose import YEAR_DIGITS
from plantrack.paths.ends import VALUE, ends_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from plantrack.paths.path import Path
    from plantrack.paths.plot import Plot
    from plantrack.paths.revision import Revision

_NOTES: dict[str | None, Text] = {
    "ge": text("the target is a lower bound: this is the least path"),
    "gt": text("the target is a lower bound: this is the least path"),
    "le": text("the target is an upper bound: this is the greatest path"),
    "lt": text("the target is an upper bound: this is the greatest path"),
    "range": text("the target is a range: the path leads to its middle"),
    "about": text("the target is approximate"),
    "near": text("the target is approximate"),
    "over": text("the target is approximate"),
}


def obstacle(plot: Plot) -> Text | None:
    """What is missing for a path; `None` where nothing is."""
    target = plot.target
    if plot.method != "stated" and plot.goal is None:
        return text("no number is printed for {time}", time=target.due)
    if plot.method == "from-actual" and plot.actual is None:
        return text("no actual is given for a year before {time}", time=target.due)
    if plot.first is None:
        return text("no base is printed for {time}", time=target.start)
    for time in (target.start, target.due):
        if len(time) != YEAR_DIGITS:
            return text("{time} is no year, and a path leads from year to year", time=time)
    return _without_pace(plot) if plot.method == "stated" else _without_rate(plot)


def _without_pace(plot: Plot) -> Text | None:
    stated = plot.target.stated
    if stated is None or stated.measure is None:
        return text("no growth or change is printed as a number")
    if plot.pace is None or stated.start is None or stated.start.text != str(plot.start):
        return text(
            "what is printed of the way is for {time}, not from {start}",
            time=stated.time_text,
            start=plot.start,
        )
    return None


def _without_rate(plot: Plot) -> Text | None:
    if plot.method != "growth":
        return None
    if plot.first is not None and ends_of(plot.first)[VALUE] <= 0:
        return text(
            'the base "{text}" is not above zero, so no rate leads from it; --method linear does',
            text=plot.first.numeral.text,
        )
    if plot.goal is not None and ends_of(plot.goal)[VALUE] <= 0:
        return text(
            'the target "{text}" is not above zero, so no rate leads to it; --method linear does',
            text=plot.goal.numeral.text,
        )
    return None


def notes_of(path: Path, plot: Plot, held: float | None) -> tuple[Text, ...]:
    """What a reader must know of a path; `held` is the limit that it was kept within."""
    return tuple(_notes(path, plot, held))


def _notes(path: Path, plot: Plot, held: float | None) -> Iterator[Text]:
    if path.revision is not None and (path.moved is not None or path.method != "from-actual"):
        yield _of_the_revision(path, path.revision)
    elif path.start is not None and path.method != "from-actual":
        yield text("the plan prints no base: the actual of {year} stands in for it", year=path.start.year)
    if path.method == "stated":
        yield from _of_the_printed_pace(path, plot)
    else:
        yield from _of_the_target(path, plot)
    if path.method == "milestones" and not any(plot.levels(path.years[0], path.due or 0)):
        yield text("no value is printed between {start} and {due}", start=plot.start, due=plot.due)
    if held is not None:
        yield text("held at {limit}: more or less than that cannot be", limit=_shown(held, path))
    if path.until is not None and path.years[-1] > path.until:
        yield text("the years after {due} are extrapolated", due=path.until)


def _of_the_target(path: Path, plot: Plot) -> Iterator[Text]:
    """Whether the target is met already, and what its bound makes of the path."""
    route = plot.route
    number = next(at for at, each in enumerate(route) if each.year == path.due)
    if route[number].is_held and number > 1:
        yield text(
            "the target is met already by the value of {year}, which is held", year=route[number - 1].year
        )
    elif route[number].is_held and path.start is not None:
        yield text("the target is met already: the actual is held")
    elif route[number].is_held:
        yield text("the target is met already: the base is held")
    elif path.bound in _NOTES:
        yield _NOTES[path.bound]


def _of_the_revision(path: Path, revision: Revision) -> Text:
    """The revised base beside the printed one, and what became of the target."""
    given = revision.given
    if path.moved is not None and path.target is not None:
        return text(
            "the base was revised: the plan prints {printed} for {year}, the actuals say {given}; path and target are moved with it ({target} to {moved})",
            printed=revision.printed.numeral.text,
            year=given.year,
            given=given.text,
            target=path.target.text,
            moved=_shown(float(path.moved.value), path),
        )
    return text(
        "the base was revised: the plan prints {printed} for {year}, the actuals say {given}; the path starts from there",
        printed=revision.printed.numeral.text,
        year=given.year,
        given=given.text,
    )


def _of_the_printed_pace(path: Path, plot: Plot) -> Iterator[Text]:
    miss = path.miss
    if plot.is_real:
        yield text(
            "the printed growth is at constant prices: so is this path, at the prices of {year}",
            year=path.years[0],
        )
    if miss is None or miss.nominal is None or miss.low is None or miss.high is None or path.due is None:
        return
    if miss.low <= 0 <= miss.high:
        yield text("the printed pace reaches the target, within rounding")
        return
    low, high = sorted((abs(miss.low), abs(miss.high)))
    template = (
        text("the printed pace leads to {value} in {due}, {by} less than the target")
        if miss.nominal < 0
        else text("the printed pace leads to {value} in {due}, {by} more than the target")
    )
    value = path.line.raw[path.due - path.years[0]]
    by = range_text(low * path.factor, high * path.factor, max(path.decimals, 1))
    yield text(template.template, value=_shown(value, path), due=path.due, by=by)


def _shown(value: float, path: Path) -> str:
    return range_text(value * path.factor, value * path.factor, max(path.decimals, 1 if path.miss else 0)) + (
        "%" if path.factor != 1 else ""
    )
