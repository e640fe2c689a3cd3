"""`track`: published values against the paths."""

from __future__ import annotations

from typing import TYPE_CHECKING

from plantrack.audit import Implied
from plantrack.language import Listing, labelled, listing, text
from plantrack.paths import comparable
from plantrack.plan.measures import printed_decimals
from plantrack.track import STATUSES, counts_of
from plantrack.views.names import Names
from plantrack.views.paths import PER_CENT, measured_path, path_values, step_form
from plantrack.views.table import DASH, Cell, Form, Span, Table, numbers, printed, said, words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from fractions import Fraction

    from plantrack.language import Text
    from plantrack.plan.actuals import Actual
    from plantrack.plan.catalogue import Catalogue
    from plantrack.plan.plan import Plan
    from plantrack.track import Progress, Tracking
    from plantrack.track.assessment import Achievement
    from plantrack.views.table import Said, Value


def tracking_table(tracking: Tracking, loaded: Plan, catalogue: Catalogue) -> Table:
    """A row for each indicator that an actual is given for; what has none is told below."""
    plan, names = loaded.model, Names(loaded.model, catalogue)
    columns = (
        *words("indicator"),
        *numbers("year", "actual", "path", "gap", "years ahead"),
        *numbers("so far a year", "planned a year", "needed a year"),
        *numbers(text("at this pace {year}", year=plan.target), "target"),
        *words("status"),
    )
    table = Table(text("{plan}: as of {year}", plan=plan.title.name, year=tracking.year), columns)
    for row in tracking.rows:
        if row.actual is not None:
            status = status_name(row, tracking.year)
            table.rows.append((*_tracking_row(row, row.actual, names), status))
    table.notes.extend(_notes(tracking, names))
    return table


def brief(table: Table) -> Table:
    """The tracking table for a narrow terminal, with where the rest is."""
    few = table.only((0, 1, 2, 3, 4, 8, 10, 11))
    few.notes.append(text("paces and projections: in a wider terminal, with -i IND, or with -f csv"))
    return few


def _tracking_row(row: Progress, actual: Actual, names: Names) -> tuple[Value, ...]:
    path, pace = row.path, row.pace
    amount = _amount_form(row)
    return (
        names.measured(row.target.indicator, path.place, path.scope),
        actual.year,
        given_value(actual, row),
        _due(row, actual),
        _nominal(pace.gap, amount._replace(signed=True)),
        _nominal(pace.years_ahead, Form(1, signed=True)),
        *(_nominal(each, _pace_form(row)) for each in (pace.observed, pace.required, pace.remaining)),
        _nominal(pace.projected, amount),
        _target(row),
    )


def _due(row: Progress, actual: Actual) -> Value:
    """What the path has for the actual's year, where the two can be held against one another."""
    path = row.path
    if actual.kind == "growth" or not path.holds_levels or actual.year not in path.years:
        return DASH
    return path_values(path)[path.years.index(actual.year)]


def status_name(row: Progress, year: int) -> Text:
    """The status; with its year where the latest actual is older than the year assessed."""
    status = STATUSES[row.status]
    if row.actual is None or row.actual.year >= year:
        return status
    return text("{status} in {year}", status=status, year=row.actual.year)


def _target(row: Progress) -> Value:
    """The target as printed; behind it, where the base was revised, what it is on the revised series."""
    figure, path = row.target.target or row.target.stated, row.path
    if path.moved is None:
        return printed(figure)
    return Listing((said(figure), Cell(path.moved.value, Form(path.decimals, path.factor))), " → ")


def given_value(actual: Actual, row: Progress) -> Value:
    """The number as given, without the unit where it is the indicator's own."""
    measure, path = actual.measure, row.path
    is_own = measure.value * path.factor == measure.numeral.verb * measure.numeral.values[0]
    if not is_own:
        return actual.text
    shown = actual.text.removesuffix(path.indicator.unit)
    cell = Cell(measure.value, Form(len(shown.partition(".")[2]), path.factor))
    return cell if cell.say("en") == shown else shown


def _nominal(amount: Implied | None, form: Form) -> Value:
    return DASH if amount is None or amount.nominal is None else Cell(amount.nominal, form)


def _amount_form(row: Progress) -> Form:
    measure = row.actual.measure if row.actual is not None else None
    return Form(max(row.path.decimals, printed_decimals(measure)), row.path.factor)


def _pace_form(row: Progress) -> Form:
    if row.pace.measure == "growth":
        return PER_CENT
    return step_form(row.path.indicator, max(2, row.path.decimals))


def _notes(tracking: Tracking, names: Names) -> Iterator[Said]:
    """The summary, why a status is undetermined, what to look at twice, what no actual is given for."""
    given = [row for row in tracking.rows if row.actual is not None]
    if given:
        known = {"given": len(given), "all": len(tracking.rows), "counts": _counts(given)}
        yield text("{given} of {all} target(s) with actuals: {counts}", **known)
    binding = [row for row in given if row.is_binding]
    if binding:
        expected = [row for row in given if not row.is_binding]
        yield text("binding: {number} target(s): {counts}", number=len(binding), counts=_counts(binding))
        yield text("expected: {number} target(s): {counts}", number=len(expected), counts=_counts(expected))
    for row in given:
        for note in _remarks(row):
            yield labelled(row.path.indicator.name, note)
    yield from _missing_and_unplanned(tracking, names)


def _counts(rows: Sequence[Progress]) -> Listing:
    return listing(*(labelled(STATUSES[each], number) for each, number in counts_of(rows).items() if number))


def _missing_and_unplanned(tracking: Tracking, names: Names) -> Iterator[Said]:
    without = [row for row in tracking.rows if row.actual is None]
    missing = [row.path.indicator.name for row in without if row.path.goal is not None]
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
        yield from _of_years(row, row.achieved, row.share)
    if row.other is not None:
        yield text("compared with {text} ({year})", text=row.other.text, year=row.other.year)
    yield from row.notes


def _of_years(row: Progress, found: Achievement, share: Fraction) -> Iterator[Text]:
    """What a target of several years rests on, which has no path in the table."""
    target = row.target.target or row.target.stated
    measures = (row.actual.measure if row.actual else None, target.measure if target else None)
    decimals = max(map(printed_decimals, measures))
    if found.kind == "growth a year" and target is not None:
        yield text(
            "{mean} a year on average (geometric mean) against {rate}",
            mean=Cell(found.mean, PER_CENT),
            rate=target.text,
        )
        if found.needed is not None:
            yield text("{needed} a year is needed from here", needed=Cell(found.needed, PER_CENT))
    if found.kind == "total" and found.remaining is not None and found.completion is not None:
        total = target.measure.value if target is not None and target.measure is not None else 0
        yield text(
            "{done} of {total}: {completion} at {share} of the time; {remaining} left",
            done=Cell(total - found.remaining, Form(decimals, row.path.factor)),
            total=target.text if target is not None else None,
            completion=Cell(found.completion, SHARE),
            share=Cell(share, SHARE),
            remaining=Cell(found.remaining, Form(decimals, row.path.factor)),
        )
        if found.needed is not None:
            yield text(
                "{needed} a year is needed from here",
                needed=Cell(found.needed, Form(decimals + 1, row.path.factor)),
            )


SHARE = Form(1, 100, "%")


# -- one indicator -------------------------------------------------------------------------------


def progress_table(row: Progress, loaded: Plan, catalogue: Catalogue) -> Table:
    """One indicator's actuals against its path, years down, and what is needed from here."""
    path, names = row.path, Names(loaded.model, catalogue)
    columns = numbers("year", "path", "actual", "gap", "band of rounding")
    table = Table(measured_path(path, names), columns)
    actuals = {each.year: each for each in comparable(row.actuals, path)}
    values = path_values(path) if path.years else ()
    form = Form(path.decimals, path.factor)
    for at, (year, value) in enumerate(zip(path.years, values, strict=True)):
        actual = actuals.get(year)
        band = Span(path.line.near_low[at], path.line.near_high[at], form)
        if actual is None:
            table.rows.append((year, value, DASH, DASH, band))
        else:
            gap = Cell(actual.value - path.values[at], form._replace(signed=True))
            table.rows.append((year, value, given_value(actual, row), gap, band))
    table.notes.extend(_details(row))
    return table


def _details(row: Progress) -> Iterator[Said]:
    pace, path = row.pace, row.path
    status = labelled(text("status"), STATUSES[row.status])
    yield status if row.why is None else labelled(status, row.why)
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
        for label, share in (
            (text("completion"), achieved.completion),
            (text("progress"), achieved.progress),
            (text("share of the time"), row.share),
        ):
            if share is not None:
                yield labelled(label, Cell(share, SHARE))
    for label, amount, form in parts:
        if amount is not None:
            yield labelled(label, Span.of(amount, form))
    yield from row.notes


def _telling(pace: Implied | None) -> Implied | None:
    """Without what rounding allows, where that does not even tell rise from fall."""
    if pace is not None and pace.low is not None and pace.high is not None and pace.low < 0 < pace.high:
        return Implied(pace.nominal, pace.nominal, pace.nominal)
    return pace
