"""Sheets of `path`."""

from __future__ import annotations

import math
import re
from typing import TYPE_CHECKING

from plantrack.language import POINTS, Language, Words, fixed, labelled, listing, range_text, text
from plantrack.paths import METHODS
from plantrack.views.table import Heading, Sheet, named_with_unit

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from plantrack.audit import Implied
    from plantrack.language import Text
    from plantrack.paths import ImpliedPath, Path
    from plantrack.plan.catalogue import Catalogue
    from plantrack.plan.measures import Measure
    from plantrack.plan.model import Indicator, PlanModel
    from plantrack.plan.plan import Plan


def paths_sheet(loaded: Plan, paths: Sequence[Path], catalogue: Catalogue, language: Language) -> Sheet:
    """Every path of a plan, years across; what has none below, with the reason."""
    plan = loaded.model
    years = sorted({year for path in paths for year in path.years})
    headings = [
        Heading(text("indicator").say(language)),
        Heading(text("a year").say(language), is_number=True),
    ]
    extrapolated = {year for path in paths for year in path.years if path.extrapolated(year)}
    headings += [Heading(f"{year}*" if year in extrapolated else str(year), is_number=True) for year in years]
    sheet = Sheet(plan.title.name.say(language), tuple(headings))
    notes: dict[str, list[str]] = {}
    without: dict[str, list[str]] = {}
    for path in paths:
        name = path_name(path, plan, catalogue, language)
        if path.why is not None:
            without.setdefault(path.why.say(language), []).append(path.indicator.name.say(language))
            continue
        values = dict(zip(path.years, value_texts(path), strict=True))
        sheet.rows.append((name, pace_text(path, language), *(values.get(year, "—") for year in years)))
        for note in path.notes:
            notes.setdefault(note.say(language), []).append(path.indicator.name.say(language))
    with_line = len(sheet.rows)
    for said, names in notes.items():
        of_all = len(names) == with_line > 1
        sheet.notes.append(said if of_all else labelled(listing(*names), said).say(language))
    sheet.notes.extend(
        text("no path: {names}: {why}", names=listing(*names), why=why).say(language)
        for why, names in without.items()
    )
    return sheet


def path_name(path: Path, plan: PlanModel, catalogue: Catalogue, language: Language) -> str:
    """The indicator with its unit; its place and scope where they are not the plan's own."""
    name = named_with_unit(path.indicator, catalogue, language)
    place = catalogue.places.get(path.place) if path.place != plan.place.id else None
    whose = f"{place.name.say(language)} " if place is not None else ""
    return f"{whose}{name}" + (f" {path.scope}" if path.scope else "")


def implied_sheet(
    implied: Sequence[ImpliedPath], plan: PlanModel, catalogue: Catalogue, language: Language
) -> Sheet:
    """What paths imply for quantities that have none, and where these leave their plausible band."""
    years = sorted({year for each in implied for year in each.years})
    headings = [Heading(text("indicator").say(language))]
    headings.append(Heading(text("a year").say(language), is_number=True))
    due = int(plan.target)
    headings += [Heading(f"{year}*" if year > due else str(year), is_number=True) for year in years]
    sheet = Sheet(text("What the paths imply").say(language), tuple(headings))
    for each in implied:
        name = named_with_unit(each.indicator, catalogue, language)
        factor = 100 if each.indicator.unit == "%" else 1
        decimals = 1 if max(each.values) * factor >= 100 else 2  # noqa: PLR2004 - three digits are enough
        texts = (fixed(value * factor, decimals) for value in each.values)
        values = dict(zip(each.years, texts, strict=True))
        growth = growth_text(each)
        by = _law_text(each.law, plan, catalogue)
        sheet.groups[len(sheet.rows)] = by.say(language)
        sheet.rows.append((name, growth, *(values.get(year, "—") for year in years)))
        sheet.notes.extend(note.say(language) for note in _beyond_band(each, by))
    return sheet


def growth_text(implied: ImpliedPath) -> str:
    """The mean growth a year, and behind it what rounding allows."""
    return nominal_text(implied.growth, 100, 2, "%")


def nominal_text(amount: Implied, factor: int, decimals: int, suffix: str = "") -> str:
    """The nominal value, and in brackets what rounding allows, where that is another number."""
    nominal, low, high = (None if end is None else end * factor for end in amount)
    between = range_text(low, high, decimals, suffix)
    if nominal is None:
        return between
    shown = f"{fixed(nominal, decimals)}{suffix}"
    return shown if between == shown else f"{shown} ({between})"


def _law_text(law: str, plan: PlanModel, catalogue: Catalogue) -> Words:
    """A law with its indicators' names."""
    known = {**catalogue.indicators, **plan.own}

    def named(language: Language) -> str:
        return re.sub(
            r"[a-z][a-z0-9_]*",
            lambda match: known[match[0]].name.say(language) if match[0] in known else match[0],
            law,
        )

    return Words(named("zh"), named("en"))


def _beyond_band(implied: ImpliedPath, by: Words) -> Iterator[Text]:
    """Where a quantity leaves its band, with the band's own reason."""
    band = implied.allowed
    if band is None or not (implied.leaves_band or implied.outside):
        return
    yield text(
        "{name} by {by}: {growth} a year is outside what is plausible, {least} to {most}, {when} ({why})",
        name=implied.indicator.name,
        by=by,
        growth=growth_text(implied),
        least=band.low,
        most=band.high,
        when=text("over all the years")
        if implied.leaves_band
        else text("in {years}", years=listing(*implied.outside)),
        why=Words(band.zh, band.en),
    )


def path_sheet(loaded: Plan, path: Path, catalogue: Catalogue, language: Language) -> Sheet:
    """One path in detail, years down."""
    plan = loaded.model
    titles = [
        text("year"),
        text("value"),
        text("growth"),
        text("increment"),
        text("share of the way"),
        text("band of rounding"),
    ]
    headings = tuple(Heading(each.say(language), is_number=True) for each in titles)
    place = plan.place.name.say(language) if path.place == plan.place.id else ""
    name = path_name(path, plan, catalogue, language)
    sheet = Sheet(f"{place} {name}".strip(), headings)
    values = value_texts(path)
    decimals = path.decimals
    sheet.rows.extend(_path_row(path, number, shown, decimals) for number, shown in enumerate(values))
    sheet.notes.append(labelled(METHODS[path.method].title, pace_text(path, language)).say(language))
    sheet.notes.extend(note.say(language) for note in path.notes)
    return sheet


def _path_row(path: Path, number: int, shown: str, decimals: int) -> tuple[str, ...]:
    value, before = path.values[number], path.values[number - 1] if number else None
    step = None if before is None else value - before
    growth = step / before if step is not None and before is not None and before > 0 else None
    year = path.years[number]
    return (
        f"{year}*" if path.extrapolated(year) else str(year),
        shown,
        "—" if growth is None else f"{fixed(growth * 100, 2)}%",
        "—" if step is None else fixed(step * path.factor, decimals),
        _share_of_the_way(path, value),
        _band_text(path, number, shown, decimals),
    )


def _share_of_the_way(path: Path, value: float) -> str:
    """How much of the way from the base to the target (or to where the path leads by then)."""
    assert path.due is not None
    first, last = path.values[0], path.values[path.due - path.years[0]]
    if path.miss is not None and path.goal is not None:
        last = float(path.goal.value)
    return f"{fixed((value - first) / (last - first) * 100, 1)}%" if last != first else "—"


def _band_text(path: Path, number: int, own: str, decimals: int) -> str:
    """The band of rounding, open where a bound leaves it open; one number where it is exact."""
    low, high = (each[number] * path.factor for each in (path.low, path.high))
    if fixed(low, decimals) == fixed(high, decimals):
        return own
    return range_text(None if math.isinf(low) else low, None if math.isinf(high) else high, decimals)


def value_texts(path: Path) -> list[str]:
    """The values of a path: printed ends as printed, the years between with as many decimals."""
    decimals = path.decimals
    texts = [fixed(value * path.factor, decimals) for value in path.values]
    for year, measure in ((path.years[0], path.first), (path.due, path.goal)):
        if measure is not None and year in path.years:
            at = path.years.index(year)
            texts[at] = _own_digits(measure, path.values[at] * path.factor) or texts[at]
    return texts


def _own_digits(measure: Measure, value: float) -> str | None:
    """The digits as printed, where they stand in the column's own unit."""
    if measure.numeral.scale != 1 or (measure.factor != 1 and measure.unit != "%"):
        return None
    shown = fixed(value, len(str(measure.numeral.step.denominator)) - 1)
    return shown if float(measure.numeral.value) == float(shown) else None


def pace_text(path: Path, language: Language) -> str:
    """The yearly rate or step."""
    if path.rate is not None:
        return f"{fixed(path.rate * 100, 2)}%"
    if path.step is None:
        return "—"
    return points_text(path.step, path.indicator, max(2, path.decimals), language)


def points_text(step: float, indicator: Indicator, decimals: int, language: Language) -> str:
    """A step in the unit, or in points."""
    per_cent = indicator.unit == "%"
    return fixed(step * (100 if per_cent else 1), decimals) + (POINTS.say(language) if per_cent else "")
