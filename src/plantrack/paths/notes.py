"""What is noted of a path: why there is none, and what a reader must know of it."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from plantrack.language import Range, Text, fixed, listing, text
from plantrack.paths.bounds import VALUE, bounds_of, ends_of_range
from plantrack.plan.citing import in_words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from plantrack.language import Said
    from plantrack.paths.path import Path
    from plantrack.paths.path_spec import PathSpec
    from plantrack.paths.revision import Revision
    from plantrack.plan.measures import Measure

_LEAST = text("the target is a lower bound: this is the least path")
_GREATEST = text("the target is an upper bound: this is the greatest path")
_APPROXIMATE = text("the target is approximate")
_BY_BOUND: dict[str | None, Text] = {
    "ge": _LEAST,
    "gt": _LEAST,
    "le": _GREATEST,
    "lt": _GREATEST,
    "range": text("the target is a range: the path leads to its nearest end"),
    "about": _APPROXIMATE,
    "near": _APPROXIMATE,
    "over": _APPROXIMATE,
}


_LIMITS: dict[str | None, Text] = {
    "range": text("the target is a range: the end that is the least asked for is told"),
    **dict.fromkeys(("ge", "gt"), text("the target is a floor")),
    **dict.fromkeys(("le", "lt"), text("the target is a ceiling")),
}


_PACES: dict[str | None, Text] = {
    **dict.fromkeys(("ge", "gt"), text("the printed pace is a lower bound: the path goes at the least pace")),
    **dict.fromkeys(
        ("le", "lt"), text("the printed pace is an upper bound: the path goes at the greatest pace")
    ),
    "range": text("the printed pace is a range: the path goes at its middle"),
    **dict.fromkeys(("about", "near", "over"), text("the printed pace is approximate")),
}


def obstacle(spec: PathSpec) -> Text | None:
    """What the method needs and does not have; `None` where nothing is missing."""
    target, path, needs = spec.target, spec.path, spec.method.needs
    if path.kind == "each year" and path.method != "linear":
        return text("what holds for every year has no way to go")
    if "target" in needs and path.goal is None:
        return text("no number is printed for {time}", time=in_words(target.due))
    if "actual" in needs and path.start is None:
        return text("no actual is given for a year before {time}", time=target.due)
    if "actual" in needs and _is_used_up(path):
        return text("the sum so far is beyond what is asked for, and a sum does not fall")
    if path.first is None:
        return _without_base(spec)
    for time, year in ((target.start, spec.start), (target.due, path.due)):
        if year is None:
            return text("{time} is no year, and a path leads from year to year", time=time)
    without_pace = _without_pace(spec) if "pace" in needs else None
    return without_pace or (_without_rate(path, path.first) if "positive" in needs else None)


def _is_used_up(path: Path) -> bool:
    """Whether a sum so far has passed what it is to come to, where more is not better."""
    if path.kind != "total" or path.goal is None or path.start is None:
        return False
    most = (ends_of_range(path.goal) or (path.goal.value,))[-1]
    is_floor = path.bound in {"ge", "gt"} or (
        path.indicator.better == "up" and path.bound not in {"le", "lt"}
    )
    return path.start.measure.value > most and not is_floor


def _without_base(spec: PathSpec) -> Text:
    """That no base is printed, and why what is printed of the way leads back to none."""
    target, stated = spec.target, spec.path.stated
    time = in_words(target.start)
    if stated is None or stated.measure is None or spec.path.goal is None:
        return text("no base is printed for {time}", time=time)
    if any(each.numeral.bound is not None for each in (spec.path.goal, stated.measure)):
        return text("no base is printed for {time}, and a bound or a range leads back to none", time=time)
    if (stated.row.prices or spec.path.indicator.prices) == "constant":
        return text(
            "no base is printed for {time}, and growth at constant prices leads back to none",
            time=time,
        )
    return text("no base is printed for {time}", time=time)


def _without_pace(spec: PathSpec) -> Text | None:
    stated = spec.target.stated
    if stated is None or stated.measure is None:
        return text("no growth or change is printed as a number")
    if spec.pace is not None and stated.start is not None and stated.start.text == str(spec.start):
        return None
    return text(
        "what is printed of the way is for {time}, not from {start}", time=stated.time_text, start=spec.start
    )


def _without_rate(path: Path, first: Measure) -> Text | None:
    goal = path.goal
    if path.kind == "total":
        return text("a total begins at zero, so no rate leads from it")
    if bounds_of(first)[VALUE] <= 0:
        return text('the base "{text}" is not above zero, so no rate leads from it', text=first.numeral.text)
    if goal is not None and bounds_of(goal)[VALUE] <= 0:
        return text('the target "{text}" is not above zero, so no rate leads to it', text=goal.numeral.text)
    return None


def notes_of(path: Path, spec: PathSpec, held: float | None) -> Iterator[Text]:
    """What a reader must know of a path; `held` is the limit that it was kept within."""
    yield from _of_beginning(path, spec)
    if path.kind != "level":
        yield _of_series(path, spec)
    if path.reaches_target:
        yield from _of_target(path, spec)
    if path.price_year is not None:
        yield text(
            "the printed levels are at the prices of {year}, and so is this path", year=path.price_year
        )
    yield from spec.method.notes(path, spec)
    if path.reaches_target and "values" not in spec.method.needs:
        yield from _of_passed_by(path)
    if held is not None:
        yield text("held at {limit}: more or less than that cannot be", limit=_shown(held, path))
    if path.until is not None and path.years[-1] > path.until:
        yield text("the years after {due} are extrapolated", due=path.until)


def _of_beginning(path: Path, spec: PathSpec) -> Iterator[Text]:
    """Where its first value is from, where that is not the base that the plan prints."""
    starts_later = "actual" in spec.method.needs
    if path.revision is not None and (path.moved is not None or not starts_later):
        yield _of_revision(path, path.revision)
    elif path.start is not None and not starts_later:
        yield text("the plan prints no base: the actual of {year} stands in for it", year=path.start.year)
    if path.derived is not None and path.base is None and path.target is not None and path.stated is not None:
        yield text(
            "no base is printed for {year}: {base} is what {target} and {stated} lead back to",
            year=path.years[0],
            base=_shown(path.values[0], path),
            target=path.target.text,
            stated=path.stated.text,
        )


def _of_series(path: Path, spec: PathSpec) -> Text:
    """What the values are, where they are no levels."""
    if path.kind == "each year":
        return text("the target holds for every year of {time}", time=_years_of(path))
    if path.kind == "total":
        return text(
            "the target is a total over {time}: the path is the sum of the years so far",
            time=in_words(spec.target.due),
        )
    if path.kind == "change":
        return text("no base is printed for {year}: the path is the change since then", year=path.years[0])
    return text("no base is printed for {year}: the path is an index, {year} = 100", year=path.years[0])


def _years_of(path: Path) -> Said:
    each_year = path.target.each_year if path.target is not None else None
    return in_words(str(each_year))


def _of_target(path: Path, spec: PathSpec) -> Iterator[Text]:
    route = spec.route
    if path.kind == "each year":
        if path.bound in _LIMITS:
            yield _LIMITS[path.bound]
        return
    number = next(at for at, each in enumerate(route) if each.year == path.due)
    if not route[number].is_held:
        if path.bound in _BY_BOUND:
            yield _BY_BOUND[path.bound]
    elif number > 1:
        yield text(
            "the target is met already by the value of {year}: the path stays there",
            year=route[number - 1].year,
        )
    elif path.start is not None:
        yield text("the target is met already: the path stays at the actual")
    else:
        yield text("the target is met already: the path stays at the base")


def _of_revision(path: Path, revision: Revision) -> Text:
    known = {
        "printed": revision.printed.numeral.text,
        "year": revision.given.year,
        "given": revision.given.text,
    }
    if path.moved is not None and path.target is not None:
        return text(
            "the base was revised: the plan prints {printed} for {year}, the actuals say {given}; path and "
            "target are moved with it ({target} to {moved})",
            **known,
            target=path.target.text,
            moved=_shown(float(path.moved.value), path),
        )
    return text(
        "the base was revised: the plan prints {printed} for {year}, the actuals say {given}; the path "
        "starts from there",
        **known,
    )


def _of_passed_by(path: Path) -> Iterator[Text]:
    """What the plan prints for years between and the path does not go through."""
    values = dict(zip(path.years, path.line.raw, strict=True))
    years = [
        each.due.text
        for each in path.printed
        if (year := each.due.year) in values
        and path.years[0] < year < (path.due or 0)
        and each.measure is not None
        and not each.measure.interval.contains(Fraction(values[year]))
    ]
    if years:
        yield text(
            "the plan prints other values for {years}: --method milestones goes through them",
            years=listing(*years),
        )


def no_notes(_path: Path, _spec: PathSpec) -> Iterator[Text]:
    yield from ()


def of_values_between(path: Path, spec: PathSpec) -> Iterator[Text]:
    """That there is nothing to go through, where there is not."""
    if not any(spec.levels(path.years[0], path.due or 0)):
        yield text("no value is printed between {start} and {due}", start=spec.start, due=path.due)


def of_printed_pace(path: Path, _spec: PathSpec) -> Iterator[Text]:
    """Whether the pace is a bound, at which prices the path is, and by how much it misses the target."""
    miss, stated = path.miss, path.stated.measure if path.stated is not None else None
    if stated is not None and stated.numeral.bound in _PACES:
        yield _PACES[stated.numeral.bound]
    if path.is_real and path.price_year is None:
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
    by = Range(low * path.factor, high * path.factor, max(path.decimals, 1))
    yield text(template.template, value=_shown(value, path), due=path.due, by=by)


def _shown(value: float, path: Path) -> str:
    decimals = max(path.decimals, 1 if path.miss else 0)
    shown = fixed(value * path.factor, decimals)
    return f"{shown}{path.indicator.unit}" if path.factor != 1 else shown
