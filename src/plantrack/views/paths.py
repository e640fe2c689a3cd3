"""`path` and `track`: targets year by year, and published values against them."""

from __future__ import annotations

import math
import re
from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING

from plantrack.audit import Implied
from plantrack.language import Listing, Words, fixed, labelled, listing, text
from plantrack.numbers.words import SCALES, SHARES
from plantrack.paths import METHODS, comparable
from plantrack.plan.measures import printed_decimals
from plantrack.track import STATUSES, counts_of
from plantrack.views.names import Names, bracketed, common_unit, joined, step_form, with_unit
from plantrack.views.several_years import of_years
from plantrack.views.table import DASH, Cell, Form, Span, Table, numbers, printed, said, words
from plantrack.views.within_year import sentence, status_in_year

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator, Sequence

    from plantrack.language import Said, Text
    from plantrack.paths import ImpliedPath, Path
    from plantrack.plan.actuals import Actual
    from plantrack.plan.catalogue import Catalogue
    from plantrack.plan.measures import Measure
    from plantrack.plan.model import PlanModel
    from plantrack.plan.plan import Plan
    from plantrack.track import Progress, Tracking
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
    table.notes.extend(path_notes(drawn))
    if rest := len(paths) - len(drawn):
        table.notes.append(
            text(
                "{all} targets: {drawn} year by year, {rest} not", all=len(paths), drawn=len(drawn), rest=rest
            )
        )
    table.details.extend(without_path(paths))
    return table


def path_notes(paths: Sequence[Path]) -> Iterator[Said]:
    """What is noted of paths, each note once, with the names of those that it is about unless it is about all."""
    for note, about in _indicators((note, path) for path in paths for note in path.notes):
        yield note if len(about) == len(paths) > 1 else labelled(listing(*about), note)


def without_pace(table: Table) -> Table:
    """For a narrow terminal: the years without what each adds."""
    return table.only(at for at in range(len(table.columns)) if at != 1)


def _across(years: Iterable[int], extrapolated: Container[int]) -> tuple[Column, ...]:
    shown = (f"{year}*" if year in extrapolated else str(year) for year in years)
    return (*words("indicator"), *numbers("a year", *shown))


def _indicators(said: Iterable[tuple[Text, Path]]) -> Iterable[tuple[Text, list[Words]]]:
    """What is said of paths, each with the names of their indicators."""
    found: defaultdict[Text, list[Words]] = defaultdict(list)
    for each, path in said:
        found[each].append(path.indicator.name)
    return found.items()


def without_path(paths: Iterable[Path]) -> Iterator[Text]:
    for why, about in _indicators((path.why, path) for path in paths if path.why is not None):
        yield text("no path: {names}: {why}", names=listing(*about), why=why)


def path_table(loaded: Plan, path: Path, catalogue: Catalogue) -> Table:
    """One path in detail, years down."""
    columns = numbers("year", "value", "growth", "increment", "share of the way", "band of rounding")
    place, name = loaded.model.place, Names(loaded.model, catalogue).of_path(path)
    title = joined(place.name, name) if path.place == place.id else name
    rows = [_path_row(path, at, shown, _form(path)) for at, shown in enumerate(path_values(path))]
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
        shown if is_exact else Span(low, high, form),
    )


def _share_of_the_way(path: Path, value: float) -> Value:
    """How much of the way from the base to the target (or to where the path leads by then)."""
    assert path.due is not None
    first, last = path.values[0], path.values[path.due - path.years[0]]
    if path.miss is not None and path.goal is not None:
        last = float(path.goal.value)
    return Cell((value - first) / (last - first), SHARE) if last != first else DASH


def _form(path: Path) -> Form:
    return Form(path.decimals, path.factor)


def path_values(path: Path) -> list[Cell]:
    """The values of a path: printed ends as printed, the years between with as many decimals."""
    cells = [Cell(value, _form(path)) for value in path.values]
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
    is_own = float(measure.numeral.value) == float(fixed(value, own.decimals))
    return cell._replace(form=own) if is_own else cell


def pace_value(path: Path) -> Value:
    if path.rate is not None:
        return Cell(path.rate, PER_CENT)
    return DASH if path.step is None else Cell(path.step, step_form(path.indicator, max(2, path.decimals)))


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


def _law_text(law: str, plan: PlanModel, catalogue: Catalogue) -> Words:
    parts, known = re.split(r"([a-z][a-z0-9_]*)", law), Names(plan, catalogue).indicators
    names = [known[part].name if part in known else Words(part, part) for part in parts]
    zh, en = ("".join(each) for each in zip(*names, strict=True))
    return Words(zh, en)


def _beyond_band(implied: ImpliedPath, by: Words) -> Iterator[Text]:
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


def tracking_table(
    tracking: Tracking, loaded: Plan, catalogue: Catalogue, *, unit_above: bool = False
) -> Table:
    """A row for each indicator that an actual is given for; what has none is told below."""
    given = [row.target.indicator for row in tracking.rows if row.actual is not None]
    plan = loaded.model
    names = Names(plan, catalogue, common_unit(given) if unit_above else "")
    due = text("at this pace {year}", year=plan.target)
    paces = numbers("so far a year", "planned a year", "needed a year", due, "target")
    now = numbers("year", "actual", "path", "gap", "years ahead")
    columns = (*words("indicator"), *now, *paces, *words("status"))
    title = text("{plan}: as of {year}", plan=plan.title.name, year=tracking.year)
    table = Table(names.titled(title), columns, notes=[*_notes(tracking, names)])
    table.details.extend(_without_actuals(tracking, names))
    for row in tracking.rows:
        if row.actual is not None:
            name = names.measured(row.target.indicator, row.path.place, row.path.scope)
            status = status_name(row, tracking.year)
            table.rows.append((name, *_tracking_row(row, row.actual), status))
    return table


def brief(table: Table, *, with_gap: bool = True) -> Table:
    """For a narrow terminal; the year is that of the title, or stands beside the status."""
    return table.only((0, 2, 3, *((4,) if with_gap else ()), 8, 10, 11))


GRAVEST = ("missed", "beyond", "behind", "undetermined", "within", "on the path", "ahead", "reached", "met")


def gravest_first(tracking: Tracking) -> Tracking:
    """What asks for action before what is in order."""
    rows = sorted(tracking.rows, key=lambda row: GRAVEST.index(row.status))
    return replace(tracking, rows=tuple(rows))


def _tracking_row(row: Progress, actual: Actual) -> tuple[Value, ...]:
    path, pace = row.path, row.pace
    amount = Form(max(path.decimals, _decimals_given(actual, path)), path.factor)
    return (
        actual.year,
        given_value(actual, row),
        path_values(path)[path.years.index(actual.year)] if actual.year in path.values_for(actual) else DASH,
        _nominal(pace.gap, amount._replace(signed=True)),
        _nominal(pace.years_ahead, Form(1, signed=True)),
        *(_nominal(each, _pace_form(row)) for each in (pace.observed, pace.required, pace.remaining)),
        _nominal(pace.projected, amount),
        _target(row),
    )


def status_name(row: Progress, year: int) -> Text:
    """The status; with its year where the latest actual is older than the year assessed."""
    status = STATUSES[row.status]
    if row.actual is None or row.actual.year >= year:
        return status
    return text("{status} in {year}", status=status, year=row.actual.year)


def _target(row: Progress) -> Value:
    figure, moved = row.target.target or row.target.stated, row.path.moved
    return (
        printed(figure)
        if moved is None
        else Listing((said(figure), Cell(moved.value, _form(row.path))), " → ")
    )


def given_value(actual: Actual, row: Progress) -> Value:
    """A level in the unit of its row, with the decimals as given; anything else as given, without that unit."""
    measure, path = actual.measure, row.path
    if actual.kind == "level" and measure.numeral.bound is None:
        return Cell(measure.value, Form(_decimals_given(actual, path), path.factor))
    return actual.text.removesuffix(path.indicator.unit)


def _decimals_given(actual: Actual, path: Path) -> int:
    """Those of the number as given; of one in another unit, as many as it takes, no fewer than the path has."""
    measure, decimals = actual.measure, printed_decimals(actual.measure)
    number = measure.value * path.factor
    if number == measure.numeral.verb * measure.numeral.values[0]:
        return decimals
    digits = fixed(float(number), decimals).partition(".")[2].rstrip("0")
    return max(path.decimals, len(digits))


def _nominal(amount: Implied | None, form: Form) -> Value:
    return DASH if amount is None or amount.nominal is None else Cell(amount.nominal, form)


def _pace_form(row: Progress) -> Form:
    in_steps = row.pace.measure != "growth"
    return step_form(row.path.indicator, max(2, row.path.decimals)) if in_steps else PER_CENT


def _notes(tracking: Tracking, names: Names) -> Iterator[Said]:
    given = [row for row in tracking.rows if row.actual is not None]
    if given:
        known = {"given": len(given), "all": len(tracking.rows), "counts": _counts(given)}
        yield text("{given} of {all} target(s) with actuals: {counts}", **known)
    binding = [row for row in given if row.is_binding]
    if binding:
        expected = [row for row in given if not row.is_binding]
        yield text("binding: {number} target(s): {counts}", number=len(binding), counts=_counts(binding))
        yield text("expected: {number} target(s): {counts}", number=len(expected), counts=_counts(expected))
    noted: dict[Text, dict[Words, None]] = {}
    for row in given:
        for note in _remarks(row):
            noted.setdefault(note, {})[row.path.indicator.name] = None
    yield from (labelled(listing(*some), note) for note, some in noted.items())
    if bare := [with_unit(row.target.indicator, names.shared) for row in given if _is_bare(row)]:
        yield labelled(text("given without a unit, and read in the indicator's own"), listing(*bare))


def _is_bare(row: Progress) -> bool:
    """Whether the latest level is given without a unit where another one could be meant."""
    unit, given = row.target.indicator.unit, row.actuals[-1] if row.actuals else None
    has_scale = any(scale in unit for scale in SCALES)
    return given is not None and has_scale and given.measure.numeral.unit == ""


def _counts(rows: Sequence[Progress]) -> Listing:
    counts = {status: number for status, number in counts_of(rows).items() if number}
    return listing(
        *(text("{status}: {number}", status=STATUSES[each], number=n) for each, n in counts.items())
    )


def _without_actuals(tracking: Tracking, names: Names) -> Iterator[Said]:
    without = [row.path for row in tracking.rows if row.actual is None]
    missing = [path.indicator.name for path in without if path.goal is not None]
    if missing:
        yield labelled(text("no actual is given"), listing(*missing))
    if more := len(without) - len(missing):
        yield text("{number} more target(s) without a number have no actual either", number=more)
    if tracking.unplanned:
        unplanned = (names.indicators[each].name for each in tracking.unplanned)
        yield labelled(text("given, and without a target in this plan"), listing(*unplanned))


def _remarks(row: Progress) -> Iterator[Text]:
    if row.why is not None:
        yield text("undetermined, for {why}", why=row.why)
    if row.achieved is not None and row.share is not None:
        yield from of_years(row, row.achieved, row.share)
    if row.other is not None:
        yield _compared_with(row.other)
    yield from row.notes


def _compared_with(other: Actual) -> Text:
    return text("compared with {text} ({year})", text=other.text, year=other.year)


def progress_table(row: Progress, loaded: Plan, catalogue: Catalogue) -> Table:
    """One indicator's actuals against its path, years down, and what is needed from here."""
    path, columns = row.path, numbers("year", "path", "actual", "gap", "band of rounding")
    table = Table(Names(loaded.model, catalogue).of_path(path), columns, notes=[*_details(row)])
    actuals = {each.year: each for each in comparable(row.actuals, path)}
    values = path_values(path) if path.years else ()
    form = _form(path)
    for at, (year, value) in enumerate(zip(path.years, values, strict=True)):
        given: tuple[Value, Value] = (DASH, DASH)
        if (actual := actuals.get(year)) is not None:
            gap = Cell(actual.value - path.values[at], form._replace(signed=True))
            given = given_value(actual, row), gap
        table.rows.append((year, value, *given, Span(path.line.near_low[at], path.line.near_high[at], form)))
    return table


def _details(row: Progress) -> Iterator[Said]:
    pace, path = row.pace, row.path
    status = labelled(text("status"), STATUSES[row.status])
    yield status if row.why is None else labelled(status, row.why)
    if row.actual is not None and not path.years:
        year = row.actual.year
        given = text("{value} ({year})", value=given_value(row.actual, row), year=year)
        yield from (labelled(text("actual"), given), labelled(text("target"), _target(row)))
    if row.other is not None:
        yield _compared_with(row.other)
    shown, projected = _pace_form(row), Form(max(path.decimals, 1), path.factor)
    parts = (
        (text("years ahead"), pace.years_ahead, Form(2)),
        (text("growth or change a year so far"), _telling(pace.observed), shown),
        (text("required from the base"), _telling(pace.required), shown),
        (text("required for the years left"), _telling(pace.remaining), shown),
        (text("projected for {year} at the pace so far", year=path.due), pace.projected, projected),
    )
    achieved = row.achieved
    if achieved is not None and row.share is not None:
        shares = (
            (text("completion"), achieved.completion),
            (text("progress"), achieved.progress),
            (text("share of the time"), row.share),
        )
        yield from (labelled(label, Cell(share, SHARE)) for label, share in shares if share is not None)
    yield from (labelled(label, Span.of(amount, form)) for label, amount, form in parts if amount is not None)
    if row.within is not None and (said_of_months := sentence(row, row.within)) is not None:
        yield labelled(text("Within the year"), bracketed(status_in_year(row.within), said_of_months))
    yield from row.notes


def _telling(pace: Implied | None) -> Implied | None:
    """Without what rounding allows, where that does not even tell rise from fall."""
    if pace is not None and pace.low is not None and pace.high is not None and pace.low < 0 < pace.high:
        return Implied(pace.nominal, pace.nominal, pace.nominal)
    return pace
