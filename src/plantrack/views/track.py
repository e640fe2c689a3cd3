"""Sheets of `track`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from plantrack.audit import Implied
from plantrack.language import Language, fixed, labelled, listing, range_text, text
from plantrack.paths.path import printed_decimals
from plantrack.track import STATUSES
from plantrack.views.paths import nominal_text, path_name, points_text, value_texts
from plantrack.views.table import Heading, Sheet, said_text, with_columns

if TYPE_CHECKING:
    from plantrack.language import Text
    from plantrack.plan.actuals import Actual
    from plantrack.plan.catalogue import Catalogue
    from plantrack.plan.model import PlanModel
    from plantrack.plan.plan import Plan
    from plantrack.track import Progress, Status, Tracking


def tracking_sheet(tracking: Tracking, loaded: Plan, catalogue: Catalogue, language: Language) -> Sheet:
    """A row for each indicator that an actual is given for; what has none is told below."""
    plan = loaded.model
    titles = (
        (text("indicator"), False),
        (text("year"), True),
        (text("actual"), True),
        (text("path"), True),
        (text("gap"), True),
        (text("years ahead"), True),
        (text("so far a year"), True),
        (text("planned a year"), True),
        (text("needed a year"), True),
        (text("at this pace {year}", year=plan.target), True),
        (text("target"), True),
        (text("status"), False),
    )
    title = text("{plan}: as of {year}", plan=plan.title.name, year=tracking.year)
    sheet = Sheet(title.say(language), tuple(Heading(each.say(language), number) for each, number in titles))
    for row in tracking.rows:
        if row.actual is not None:
            cells = _tracking_row(row, plan, catalogue, language)
            sheet.rows.append((*cells, status_text(row, tracking.year).say(language)))
    sheet.notes.extend(_notes(tracking, plan, catalogue, language))
    return sheet


BRIEF = (0, 1, 2, 3, 4, 8, 10, 11)
"""The columns that go into a narrow terminal; one indicator alone is shown in full."""


def brief_sheet(sheet: Sheet, language: Language) -> Sheet:
    """The tracking sheet for a narrow terminal, with where the rest is."""
    brief = with_columns(sheet, BRIEF)
    brief.notes.append(
        text("paces and projections: in a wider terminal, with -i IND, or with -f csv").say(language)
    )
    return brief


def _tracking_row(
    row: Progress, plan: PlanModel, catalogue: Catalogue, language: Language
) -> tuple[str, ...]:
    path, pace, actual = row.path, row.pace, row.actual
    assert actual is not None
    here = value_texts(path)[path.years.index(actual.year)] if actual.year in path.years else "—"
    return (
        path_name(path, plan, catalogue, language),
        str(actual.year),
        actual_text(actual, row),
        here,
        _amount(pace.gap, row),
        _signed(pace.years_ahead, 1),
        *(_pace_text(each, row, language) for each in (pace.observed, pace.required, pace.remaining)),
        _amount(pace.projected, row, signed=False),
        _target_text(row, language),
    )


def status_text(row: Progress, year: int) -> Text:
    """The status; with its year where the latest actual is older than the year assessed."""
    status = STATUSES[row.status]
    if row.actual is None or row.actual.year >= year:
        return status
    return text("{status} in {year}", status=status, year=row.actual.year)


def _target_text(row: Progress, language: Language) -> str:
    """The target as printed; behind it, where the base was revised, what it is on the revised series."""
    printed, path = said_text(row.target.target or row.target.stated, language), row.path
    if path.moved is None:
        return printed
    return f"{printed} → {fixed(float(path.moved.value) * path.factor, path.decimals)}"


def actual_text(actual: Actual, row: Progress) -> str:
    """The number as given, without the unit where it is the indicator's own."""
    measure, path = actual.measure, row.path
    is_own = measure.value * path.factor == measure.numeral.verb * measure.numeral.values[0]
    return actual.text.removesuffix(path.indicator.unit) if is_own else actual.text


def _amount(amount: Implied | None, row: Progress, *, signed: bool = True) -> str:
    if amount is None or amount.nominal is None:
        return "—"
    measure = row.actual.measure if row.actual is not None else None
    decimals = max(row.path.decimals, printed_decimals(measure))
    shown = fixed(amount.nominal * row.path.factor, decimals)
    return f"+{shown}" if signed and _is_above_zero(shown) else shown


def _signed(amount: Implied | None, decimals: int) -> str:
    if amount is None or amount.nominal is None:
        return "—"
    shown = fixed(amount.nominal, decimals)
    return f"+{shown}" if _is_above_zero(shown) else shown


def _is_above_zero(shown: str) -> bool:
    return not shown.startswith("-") and bool(shown.strip("0."))


def _pace_text(pace: Implied | None, row: Progress, language: Language) -> str:
    if pace is None or pace.nominal is None:
        return "—"
    if row.pace.measure == "growth":
        return f"{fixed(pace.nominal * 100, 2)}%"
    return points_text(pace.nominal, row.path.indicator, max(2, row.path.decimals), language)


def _notes(tracking: Tracking, plan: PlanModel, catalogue: Catalogue, language: Language) -> list[str]:
    """The summary, why a status is undetermined, what to look at twice, what no actual is given for."""
    given = [row for row in tracking.rows if row.actual is not None]
    counts = [labelled(STATUSES[status], number) for status, number in _counted(given).items() if number]
    said: list[Text] = []
    if counts:
        said.append(
            text(
                "{given} of {all} target(s) with actuals: {counts}",
                given=len(given),
                all=len(tracking.rows),
                counts=listing(*counts),
            )
        )
    for row in given:
        name = row.path.indicator.name
        if row.why is not None:
            said.append(labelled(name, text("undetermined, for {why}", why=row.why)))
        if row.other is not None:
            said.append(
                labelled(
                    name, text("compared with {text} ({year})", text=row.other.text, year=row.other.year)
                )
            )
        said.extend(labelled(name, note) for note in row.notes)
    without = [row for row in tracking.rows if row.actual is None]
    names = [row.path.indicator.name for row in without if row.path.goal is not None]
    if names:
        said.append(labelled(text("no actual is given"), listing(*names)))
    if len(without) > len(names):
        said.append(
            text(
                "{number} more target(s) without a number have no actual either",
                number=len(without) - len(names),
            )
        )
    known = {**catalogue.indicators, **plan.own}
    unplanned = [known[each].name for each in tracking.unplanned]
    if unplanned:
        said.append(labelled(text("given, and without a target in this plan"), listing(*unplanned)))
    return [each.say(language) for each in said]


def _counted(rows: list[Progress]) -> dict[Status, int]:
    found = [row.status for row in rows]
    return {status: found.count(status) for status in STATUSES if status in found}


# -- one indicator -------------------------------------------------------------------------------


def progress_sheet(row: Progress, loaded: Plan, catalogue: Catalogue, language: Language) -> Sheet:
    """One indicator's actuals against its path, years down, and what is needed from here."""
    plan = loaded.model
    path = row.path
    titles = (text("year"), text("path"), text("actual"), text("gap"), text("band of rounding"))
    headings = tuple(Heading(each.say(language), is_number=True) for each in titles)
    sheet = Sheet(path_name(path, plan, catalogue, language), headings)
    actuals = {each.year: each for each in row.actuals}
    texts = dict(zip(path.years, value_texts(path), strict=True)) if path.years else {}
    for number, year in enumerate(path.years):
        actual = actuals.get(year)
        gap = "—" if actual is None else _gap(path.values[number], actual.value, row)
        ends = (path.line.near_low[number] * path.factor, path.line.near_high[number] * path.factor)
        given = actual_text(actual, row) if actual is not None else "—"
        sheet.rows.append((str(year), texts[year], given, gap, range_text(*ends, path.decimals)))
    sheet.notes.extend(each.say(language) for each in _details(row, language))
    return sheet


def _gap(line: float, value: float, row: Progress) -> str:
    shown = fixed((value - line) * row.path.factor, row.path.decimals)
    return f"+{shown}" if _is_above_zero(shown) else shown


def _details(row: Progress, language: Language) -> list[Text]:
    pace, path = row.pace, row.path
    status = labelled(text("status"), STATUSES[row.status])
    said = [status if row.why is None else labelled(status, row.why)]
    parts = (
        (text("years ahead"), _years_range(pace.years_ahead)),
        (text("growth or change a year so far"), _pace_range(pace.observed, row, language)),
        (text("required from the base"), _pace_range(pace.required, row, language)),
        (text("required for the years left"), _pace_range(pace.remaining, row, language)),
        (
            text("projected for {year} at the pace so far", year=path.due),
            _range(pace.projected, path.factor, max(path.decimals, 1)),
        ),
    )
    said += [labelled(label, shown) for label, shown in parts if shown is not None]
    return [*said, *row.notes]


def _range(amount: Implied | None, factor: int, decimals: int, suffix: str = "") -> str | None:
    return None if amount is None else nominal_text(amount, factor, decimals, suffix)


def _years_range(amount: Implied | None) -> str | None:
    return _range(amount, 1, 2)


def _pace_range(pace: Implied | None, row: Progress, language: Language) -> str | None:
    """The pace, and behind it what rounding allows unless that does not even tell rise from fall."""
    if pace is not None and pace.low is not None and pace.high is not None and pace.low < 0 < pace.high:
        pace = Implied(pace.nominal, pace.nominal, pace.nominal)
    if row.pace.measure == "growth":
        return _range(pace, 100, 2, "%")
    per_cent = row.path.factor != 1
    suffix = points_text(0, row.path.indicator, 0, language).removeprefix("0")
    return _range(pace, row.path.factor, max(2, row.path.decimals), suffix if per_cent else "")
