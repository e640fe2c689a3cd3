"""`track`: published values against the paths, the gravest first; of one indicator, year by year."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from plantrack.audit import Implied
from plantrack.language import Listing, fixed, labelled, listing, text
from plantrack.numbers.words import PERCENT, SCALES
from plantrack.paths import comparable
from plantrack.plan.measures import printed_decimals
from plantrack.track import counts_by_title
from plantrack.track.assessment import ALIKE
from plantrack.views.names import Names, bracketed, common_unit, step_decimals, step_form, with_unit
from plantrack.views.paths import PER_CENT, SHARE, band_of, form_of, path_values
from plantrack.views.several_years import of_years
from plantrack.views.table import DASH, Cell, Form, Span, Table, numbers, words
from plantrack.views.targets import asked_value
from plantrack.views.within_year import sentence, status_in_year

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from fractions import Fraction

    from plantrack.language import Said, Text
    from plantrack.paths import Path
    from plantrack.plan.actuals import Actual
    from plantrack.plan.catalogue import Catalogue
    from plantrack.plan.plan import Plan
    from plantrack.track import Progress, Tracking
    from plantrack.views.table import Value


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
    due: Value = DASH
    gap = _nominal(pace.gap, amount._replace(signed=True))
    if (limit := kept(row)) is not None:
        due = Cell(limit, Form(path.decimals, path.factor))
        gap = Cell(actual.measure.value - limit, amount._replace(signed=True))
    elif actual.year in row.due_by_year:
        due = path_values(path)[path.years.index(actual.year)]
    return (
        actual.year,
        given_value(actual, row),
        due,
        gap,
        _nominal(pace.years_ahead, Form(1, signed=True)),
        *(_nominal(each, _pace_form(row)) for each in (pace.observed, pace.required, pace.remaining)),
        _nominal(pace.projected, amount),
        _target(row),
    )


def kept(row: Progress) -> Fraction | float | None:
    """What is asked for in every year alike."""
    found = row.achieved
    return found.due if found is not None and found.kind in ALIKE else None


def status_name(row: Progress, year: int) -> Text:
    """The status; with its year where the latest actual is older than the year assessed."""
    status = row.status_title
    if row.actual is None or row.actual.year >= year:
        return status
    return text("{status} in {year}", status=status, year=row.actual.year)


def _target(row: Progress) -> Value:
    asked, moved = asked_value(row.target), row.path.moved
    return asked if moved is None else Listing((asked, Cell(moved.value, form_of(row.path))), " → ")


def given_value(actual: Actual, row: Progress) -> Value:
    """A level in the unit of its row, with the decimals as given; anything else as given, without that unit."""
    measure, path = actual.measure, row.path
    if actual.kind == "level" and measure.numeral.bound is None:
        return Cell(measure.value, Form(_decimals_given(actual, path), path.factor))
    if actual.kind == "growth" and not measure.numeral.unit:
        return f"{actual.text}{PERCENT}"
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
    if row.pace.measure == "growth":
        return PER_CENT
    paces = (row.pace.observed, row.pace.required, row.pace.remaining)
    steps = (each.nominal for each in paces if each is not None)
    return step_form(row.path.indicator, step_decimals(row.path, *steps))


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
    noted: dict[Text, dict[Said, None]] = {}
    for row in given:
        for note in _remarks(row):
            noted.setdefault(note, {})[_name(row.path, names)] = None
    yield from (labelled(listing(*some), note) for note, some in noted.items())
    if bare := [with_unit(row.target.indicator, names.shared) for row in given if _is_bare(row)]:
        yield labelled(text("given without a unit, and read in the indicator's own"), listing(*bare))


def _is_bare(row: Progress) -> bool:
    """Whether the latest level is given without a unit where another one could be meant."""
    unit, given = row.target.indicator.unit, row.actuals[-1] if row.actuals else None
    has_scale = any(scale in unit for scale in SCALES)
    return given is not None and has_scale and given.measure.numeral.unit == ""


def _counts(rows: Sequence[Progress]) -> Listing:
    counts = counts_by_title(rows).items()
    return listing(*(text("{status}: {number}", status=each, number=number) for each, number in counts))


def _without_actuals(tracking: Tracking, names: Names) -> Iterator[Said]:
    without = [row.path for row in tracking.rows if row.actual is None]
    missing = [_name(path, names) for path in without if _asks_for_a_number(path)]
    if missing:
        yield labelled(text("no actual is given"), listing(*missing))
    if more := len(without) - len(missing):
        yield text("{number} more target(s) without a number have no actual either", number=more)
    if tracking.unplanned:
        unplanned = (names.indicators[each].name for each in tracking.unplanned)
        yield labelled(text("given, and without a target in this plan"), listing(*unplanned))


def _asks_for_a_number(path: Path) -> bool:
    stated = path.stated.measure if path.stated is not None else None
    return path.goal is not None or stated is not None


def _remarks(row: Progress) -> Iterator[Text]:
    if row.why is not None:
        yield text("undetermined, for {why}", why=row.why)
    if row.achieved is not None and row.share is not None:
        yield from of_years(row, row.achieved, row.share)
    if row.other is not None:
        yield _compared_with(row.other)
    yield from row.notes


def _name(path: Path, names: Names) -> Said:
    return names.quantity(path.indicator, path.place, path.scope)


def _compared_with(other: Actual) -> Text:
    return text("compared with {text} ({year})", text=other.text, year=other.year)


def progress_table(row: Progress, loaded: Plan, catalogue: Catalogue) -> Table:
    """One indicator's actuals against its path, years down, and what is needed from here."""
    path, columns = row.path, numbers("year", "path", "actual", "gap", "band of rounding")
    table = Table(Names(loaded.model, catalogue).of_path(path), columns, notes=[*_details(row)])
    actuals = {each.year: each for each in comparable(row.actuals, path)}
    values = path_values(path) if path.years else ()
    form, limit = form_of(path), kept(row)
    for at, (year, value) in enumerate(zip(path.years, values, strict=True)):
        is_kept = limit is not None and (at > 0 or path.kind == "each year")
        due = limit if limit is not None and is_kept else path.values[at]
        given: tuple[Value, Value] = (DASH, DASH)
        if (actual := actuals.get(year)) is not None:
            gap = DASH if path.is_real else Cell(actual.value - due, form._replace(signed=True))
            given = given_value(actual, row), gap
        band = band_of(path.line.near_low[at], path.line.near_high[at], path.values[at], form)
        shown = (Cell(due, form), *given, DASH) if is_kept else (value, *given, band)
        table.rows.append((year, *shown))
    return table


def _details(row: Progress) -> Iterator[Said]:
    pace, path = row.pace, row.path
    status = labelled(text("status"), row.status_title)
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
        yield labelled(text("Within the year"), bracketed(status_in_year(row, row.within), said_of_months))
    yield from row.notes


def _telling(pace: Implied | None) -> Implied | None:
    """Without what rounding allows, where that does not even tell rise from fall."""
    if pace is not None and pace.low is not None and pace.high is not None and pace.low < 0 < pace.high:
        return Implied(pace.nominal, pace.nominal, pace.nominal)
    return pace
