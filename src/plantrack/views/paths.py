"""`path`: targets year by year."""

from __future__ import annotations

import math
import re
from typing import TYPE_CHECKING

from plantrack.language import POINTS, Words, fixed, labelled, listing, text
from plantrack.numbers.words import PERCENT
from plantrack.paths import METHODS
from plantrack.views.names import Names, bracketed, joined, with_unit
from plantrack.views.table import DASH, Cell, Form, Span, Table, numbers, points, words
from plantrack.views.targets import level_form

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from plantrack.language import Language, Text
    from plantrack.paths import ImpliedPath, Path
    from plantrack.plan.catalogue import Catalogue
    from plantrack.plan.measures import Measure
    from plantrack.plan.model import Indicator, PlanModel
    from plantrack.plan.plan import Plan
    from plantrack.views.table import Column, Said, Value

PER_CENT = Form(2, 100, "%")


def paths_table(loaded: Plan, paths: Sequence[Path], catalogue: Catalogue) -> Table:
    """Every path of a plan, years across; what has none below, with the reason."""
    years = sorted({year for path in paths for year in path.years})
    extrapolated = {year for path in paths for year in path.years if path.extrapolated(year)}
    names = Names(loaded.model, catalogue)
    table = Table(loaded.model.title.name, _across(years, extrapolated))
    notes: dict[Text, list[Words]] = {}
    for path in paths:
        if path.why is None:
            name = measured_path(path, names)
            values = dict(zip(path.years, path_values(path), strict=True))
            table.rows.append((name, pace_value(path), *(values.get(year, DASH) for year in years)))
            for note in path.notes:
                notes.setdefault(note, []).append(path.indicator.name)
    of_all = len(table.rows) if len(table.rows) > 1 else None
    for said, about in notes.items():
        table.notes.append(said if len(about) == of_all else labelled(listing(*about), said))
    table.notes.extend(without_path(paths))
    return table


def _across(years: Iterable[int], extrapolated: Iterable[int]) -> tuple[Column, ...]:
    """The columns of a table with years across; a star marks what is extrapolated."""
    beyond = set(extrapolated)
    shown = (f"{year}*" if year in beyond else str(year) for year in years)
    return (*words("indicator"), *numbers("a year", *shown))


def without_path(paths: Iterable[Path]) -> Iterator[Text]:
    """What has no path, by the reason."""
    found: dict[Text, list[Words]] = {}
    for path in paths:
        if path.why is not None:
            found.setdefault(path.why, []).append(path.indicator.name)
    for why, about in found.items():
        yield text("no path: {names}: {why}", names=listing(*about), why=why)


def path_table(loaded: Plan, path: Path, catalogue: Catalogue) -> Table:
    """One path in detail, years down."""
    columns = numbers(
        "year",
        "value",
        "growth",
        "increment",
        "share of the way",
        "band of rounding",
    )
    table = Table(path_title(path, Names(loaded.model, catalogue)), columns)
    form, values = Form(path.decimals, path.factor), path_values(path)
    table.rows.extend(_path_row(path, at, shown, form) for at, shown in enumerate(values))
    table.notes.extend((labelled(METHODS[path.method].title, pace_value(path)), *path.notes))
    return table


def path_title(path: Path, names: Names) -> Said:
    """Whose path of what."""
    place = names.plan.place
    name = measured_path(path, names)
    return joined(place.name, name) if path.place == place.id else name


def measured_path(path: Path, names: Names) -> Said:
    """The name of what a path goes along, with its unit, or what its values are where they are no levels."""
    if path.kind in {"level", "each year"}:
        return names.measured(path.indicator, path.place, path.scope)
    return joined(names.place(path.place), bracketed(path.indicator.name, path_unit(path, names)), path.scope)


def path_unit(path: Path, names: Names) -> Said:
    """The unit of a path's values, and since when they are counted where they are no levels."""
    if path.kind in {"level", "each year"} or not path.years:
        return names.unit(path.indicator)
    start = path.years[0]
    if path.kind == "index":
        return text("{year} = 100", year=start)
    if path.kind == "total":
        return text("{unit}, total from {year} on", unit=names.unit(path.indicator), year=path.total_from)
    unit = POINTS if path.indicator.unit == PERCENT else names.unit(path.indicator)
    return text("{unit}, change since {year}", unit=unit, year=start)


def value_form(path: Path, decimals: int) -> Form:
    """The form of a path's values: as levels, or as steps where they are changes."""
    in_steps = path.kind == "change"
    return step_form(path.indicator, decimals) if in_steps else level_form(path.indicator, decimals)


def _path_row(path: Path, at: int, shown: Cell, form: Form) -> tuple[Value, ...]:
    value, before = path.values[at], path.values[at - 1] if at else None
    step = None if before is None else value - before
    growth = step / before if step is not None and before is not None and before > 0 else None
    year, low, high = path.years[at], path.low[at], path.high[at]
    is_exact = Cell(low, form).say("en") == Cell(high, form).say("en")
    return (
        f"{year}*" if path.extrapolated(year) else year,
        shown,
        DASH if growth is None else Cell(growth, PER_CENT),
        DASH if step is None else Cell(step, form),
        _share_of_the_way(path, value),
        shown if is_exact else Span(low, high, form),
    )


def _share_of_the_way(path: Path, value: float) -> Value:
    """How much of the way from the base to the target (or to where the path leads by then)."""
    assert path.due is not None
    first, last = path.values[0], path.values[path.due - path.years[0]]
    if path.miss is not None and path.goal is not None:
        last = float(path.goal.value)
    return Cell((value - first) / (last - first), Form(1, 100, "%")) if last != first else DASH


def path_values(path: Path) -> list[Cell]:
    """The values of a path: printed ends as printed, the years between with as many decimals."""
    form = Form(path.decimals, path.factor)
    cells = [Cell(value, form) for value in path.values]
    for year, measure in ((path.years[0], path.first), (path.due, path.goal)):
        if measure is not None and year in path.years:
            at = path.years.index(year)
            cells[at] = _own_digits(measure, cells[at])
    return cells


def _own_digits(measure: Measure, cell: Cell) -> Cell:
    """With the decimals as printed, where the number stands in the column's own unit."""
    if measure.numeral.scale != 1 or (measure.factor != 1 and measure.unit != "%"):
        return cell
    own = Form(len(str(measure.numeral.step.denominator)) - 1, cell.form.factor)
    value = float(cell.value) * own.factor  # type: ignore[arg-type]
    if not math.isfinite(value):
        return cell
    is_own = float(measure.numeral.value) == float(fixed(value, own.decimals))
    return cell._replace(form=own) if is_own else cell


def pace_value(path: Path) -> Value:
    """The yearly rate or step."""
    if path.rate is not None:
        return Cell(path.rate, PER_CENT)
    return DASH if path.step is None else Cell(path.step, step_form(path.indicator, max(2, path.decimals)))


def step_form(indicator: Indicator, decimals: int) -> Form:
    """Steps in the unit, or in points."""
    return points(decimals) if indicator.unit == "%" else Form(decimals)


# -- what paths imply ----------------------------------------------------------------------------


def implied_table(implied: Sequence[ImpliedPath], plan: PlanModel, catalogue: Catalogue) -> Table:
    """What paths imply for quantities that have none, and where these leave their plausible band."""
    years = sorted({year for each in implied for year in each.years})
    table = Table(
        text("What the paths imply"), _across(years, (year for year in years if year > int(plan.target)))
    )
    for each in implied:
        factor = 100 if each.indicator.unit == "%" else 1
        digits = 1 if max(each.values) * factor >= 100 else 2  # noqa: PLR2004 - three are enough
        form = Form(digits, factor)
        values = {year: Cell(value, form) for year, value in zip(each.years, each.values, strict=True)}
        by = _law_text(each.law, plan, catalogue)
        table.groups[len(table.rows)] = by
        name = with_unit(each.indicator, catalogue.of(plan))
        table.rows.append((name, _mean_growth(each), *(values.get(year, DASH) for year in years)))
        table.notes.extend(_beyond_band(each, by))
    return table


def _mean_growth(implied: ImpliedPath) -> Span:
    """The mean growth a year, and behind it what rounding allows."""
    return Span.of(implied.growth, PER_CENT)


def _law_text(law: str, plan: PlanModel, catalogue: Catalogue) -> Words:
    """A law with its indicators' names."""
    known = Names(plan, catalogue).indicators

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
        growth=_mean_growth(implied),
        least=band.low,
        most=band.high,
        when=text("over all the years")
        if implied.leaves_band
        else text("in {years}", years=listing(*implied.outside)),
        why=Words(band.zh, band.en),
    )
