"""`path`: targets year by year."""

from __future__ import annotations

import math
from collections import defaultdict
from typing import TYPE_CHECKING

from plantrack.language import Words, labelled, listing, text
from plantrack.numbers.words import SHARES
from plantrack.paths import METHODS
from plantrack.plan.citing import law_text
from plantrack.views.names import Names, common_unit, joined, step_decimals, step_form, with_unit
from plantrack.views.table import DASH, Cell, Form, Span, Table, numbers, words

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator, Sequence

    from plantrack.language import Listing, Said, Text
    from plantrack.paths import ImpliedPath, Path
    from plantrack.plan.catalogue import Catalogue
    from plantrack.plan.measures import Measure
    from plantrack.plan.model import PlanModel
    from plantrack.plan.plan import Plan
    from plantrack.views.table import Column, Value

PER_CENT = Form(2, 100, "%")
SHARE = Form(1, 100, "%")


def paths_table(
    loaded: Plan, paths: Sequence[Path], catalogue: Catalogue, *, unit_above: bool = False
) -> Table:
    """Every path of a plan, years across; how many targets have none below, and of each the reason."""
    years = sorted({year for path in paths for year in path.years})
    extrapolated = {year for path in paths for year in path.years if path.extrapolated(year)}
    drawn = [path for path in paths if path.why is None]
    drawn.sort(key=lambda path: path.place != loaded.model.place.id)
    unit = common_unit(path.indicator for path in drawn) if unit_above else ""
    names = Names(loaded.model, catalogue, unit)
    table = Table(names.titled(loaded.model.title.name), _across(years, extrapolated))
    for path in drawn:
        values = dict(zip(path.years, path_values(path), strict=True))
        row = (values.get(year, DASH) for year in years)
        table.rows.append((names.of_path(path), pace_value(path), *row))
    table.notes.extend(path_notes(drawn, names))
    if rest := len(paths) - len(drawn):
        table.notes.append(
            text(
                "{all} targets: {drawn} year by year, {rest} not", all=len(paths), drawn=len(drawn), rest=rest
            )
        )
    table.details.extend(without_path(paths, names))
    return table


def path_notes(paths: Sequence[Path], names: Names) -> Iterator[Said]:
    """What is noted of paths, each note once, with the names of those that it is about unless it is about all."""
    for note, about in _quantities(((note, path) for path in paths for note in path.notes), names):
        yield note if len(about) == len(paths) > 1 else labelled(listing(*about), note)


def without_pace(table: Table) -> Table:
    """For a narrow terminal: the years without what each adds."""
    return table.only(at for at in range(len(table.columns)) if at != 1)


def _across(years: Iterable[int], extrapolated: Container[int]) -> tuple[Column, ...]:
    shown = (f"{year}*" if year in extrapolated else str(year) for year in years)
    return (*words("indicator"), *numbers("a year", *shown))


def _quantities(said: Iterable[tuple[Text, Path]], names: Names) -> Iterable[tuple[Text, list[Said]]]:
    """What is said of paths, each with the names of what they are paths of."""
    found: defaultdict[Text, list[Said]] = defaultdict(list)
    for each, path in said:
        found[each].append(names.quantity(path.indicator, path.place, path.scope))
    return found.items()


def without_path(paths: Iterable[Path], names: Names) -> Iterator[Text]:
    left = ((path.why, path) for path in paths if path.why is not None)
    for why, about in _quantities(left, names):
        yield text("no path: {names}: {why}", names=listing(*about), why=why)


def path_table(loaded: Plan, path: Path, catalogue: Catalogue) -> Table:
    """One path in detail, years down."""
    columns = numbers("year", "value", "growth", "increment", "share of the way", "band of rounding")
    place, name = loaded.model.place, Names(loaded.model, catalogue).of_path(path)
    title = joined(place.name, name) if path.place == place.id else name
    rows = [_path_row(path, at, shown, form_of(path)) for at, shown in enumerate(path_values(path))]
    notes = (labelled(METHODS[path.method].title, pace_value(path)), *path.notes)
    return Table(title, columns, rows, notes=[*notes])


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
        shown if is_exact else band_of(low, high, value, form),
    )


def _share_of_the_way(path: Path, value: float) -> Value:
    """How much of the way from the base to the target (or to where the path leads by then)."""
    assert path.due is not None
    first, last = path.values[0], path.values[path.due - path.years[0]]
    if path.miss is not None and path.goal is not None:
        last = float(path.goal.value)
    return Cell((value - first) / (last - first), SHARE) if last != first else DASH


def form_of(path: Path) -> Form:
    return Form(path.decimals, path.factor)


def path_values(path: Path) -> list[Cell]:
    """The values of a path: printed ends as printed, the years between with as many decimals."""
    cells = [Cell(value, form_of(path)) for value in path.values]
    for year, measure in ((path.years[0], path.first), (path.due, path.goal)):
        if measure is not None and year in path.years:
            at = path.years.index(year)
            cells[at] = _own_digits(measure, cells[at])
    return cells


def _own_digits(measure: Measure, cell: Cell) -> Cell:
    """With the decimals as printed, where the number stands in the column's own unit."""
    if measure.numeral.scale != 1 or (measure.factor != 1 and measure.unit not in SHARES):
        return cell
    own = Form(len(str(measure.numeral.step.denominator)) - 1, cell.form.factor)
    value = float(cell.value) * own.factor  # type: ignore[arg-type]
    if not math.isfinite(value):
        return cell
    is_own = math.isclose(value, float(measure.numeral.value), abs_tol=1e-12)
    return cell._replace(form=own) if is_own else cell


def pace_value(path: Path) -> Value:
    if path.rate is not None:
        return Cell(path.rate, PER_CENT)
    return (
        DASH
        if path.step is None
        else Cell(path.step, step_form(path.indicator, step_decimals(path, path.step)))
    )


def implied_table(implied: Sequence[ImpliedPath], plan: PlanModel, catalogue: Catalogue) -> Table:
    """What paths imply for quantities that have none, and where these leave their plausible band."""
    years = sorted({year for each in implied for year in each.years})
    columns = _across(years, [year for year in years if year > int(plan.target)])
    table = Table(text("What the paths imply"), columns)
    for each in implied:
        factor = each.indicator.per_one
        form = Form(1 if max(each.values) * factor >= 100 else 2, factor)  # noqa: PLR2004 - three are enough
        values = {year: Cell(value, form) for year, value in zip(each.years, each.values, strict=True)}
        by = _law_text(each.law, plan, catalogue)
        table.groups[len(table.rows)] = by
        name, growth = with_unit(each.indicator, catalogue.of(plan)), Span.of(each.growth, PER_CENT)
        table.rows.append((name, growth, *(values.get(year, DASH) for year in years)))
        table.notes.extend(_beyond_band(each, by))
    return table


def _law_text(law: str, plan: PlanModel, catalogue: Catalogue) -> Listing:
    return law_text(law, {key: each.name for key, each in Names(plan, catalogue).indicators.items()})


def _beyond_band(implied: ImpliedPath, by: Said) -> Iterator[Text]:
    band, outside = implied.allowed, listing(*implied.outside)
    if band is not None and (implied.leaves_band or implied.outside):
        yield text(
            "{name} by {by}: {growth} a year is outside what is plausible, {least} to {most}, {when} ({why})",
            name=implied.indicator.name,
            by=by,
            growth=Span.of(implied.growth, PER_CENT),
            least=band.low,
            most=band.high,
            when=text("over all the years") if implied.leaves_band else text("in {years}", years=outside),
            why=Words(band.zh, band.en),
        )


def band_of(low: float | None, high: float | None, value: float, form: Form) -> Span:
    """What rounding allows; of what is no count, with a decimal more where an end would look like the value.

    152.55—152.65 of 152.6, but 21—22 of 22 firms.
    """
    shown, *ends = (Cell(each, form).say("en") for each in (value, low, high))
    looks_alike = shown in ends and len({*ends}) > 1 and DASH not in ends and form.decimals > 0
    return Span(low, high, form._replace(decimals=form.decimals + 1) if looks_alike else form)
