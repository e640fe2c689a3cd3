"""`track` within a year: months against what the path asks for the year, quarters' ends against the path."""

from __future__ import annotations

from typing import TYPE_CHECKING

from plantrack.language import Words, labelled, text
from plantrack.plan.actuals import time_words
from plantrack.plan.measures import printed_decimals
from plantrack.track import status_title
from plantrack.views.names import Names, common_unit
from plantrack.views.table import DASH, Cell, Form, Table, numbers, words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from plantrack.language import Text
    from plantrack.plan.catalogue import Catalogue
    from plantrack.plan.plan import Plan
    from plantrack.track import Progress, Tracking
    from plantrack.track.within_year import WithinYear
    from plantrack.views.table import Value

SHARE = Form(1, 100, "%")


def within_year_table(
    tracking: Tracking, loaded: Plan, catalogue: Catalogue, *, unit_above: bool = False
) -> Table:
    """A row for each indicator of whose running year months are given."""
    given = [row.target.indicator for row in tracking.rows if row.within is not None]
    names = Names(loaded.model, catalogue, common_unit(given) if unit_above else "")
    shares = numbers("completion", "share of the time", "last year by then")
    columns = (*words("indicator", "months"), *numbers("so far", "asked for"), *shares, *words("status"))
    table = Table(names.titled(text("Within the year")), columns)
    for row in tracking.rows:
        if (found := row.within) is not None:
            name = names.measured(row.target.indicator, row.path.place, row.path.scope)
            table.rows.append((name, *within_cells(row, found)))
            if found.why is not None:
                said = text("undetermined, for {why}", why=found.why)
                whose = names.quantity(row.target.indicator, row.path.place, row.path.scope)
                table.notes.append(labelled(whose, said))
    table.notes.extend(dict.fromkeys(_caveats(tracking)))
    return table


def brief_within_year(table: Table) -> Table:
    """For a narrow terminal: without columns in which nothing stands."""
    columns = range(len(table.columns))
    return table.only(at for at in columns if any(row[at] != DASH for row in table.rows))


def within_cells(row: Progress, found: WithinYear) -> tuple[Value, ...]:
    return (
        time_of(row, found),
        _value(row, found),
        _asked(row, found),
        *(
            DASH if each is None else Cell(each, SHARE)
            for each in (found.completion, found.share, found.before)
        ),
        status_in_year(row, found),
    )


def time_of(row: Progress, found: WithinYear) -> Words:
    is_end = found.sort == "level" and row.target.indicator.kind == "stock"
    return time_words(found.actual.year, found.actual.months, is_end=is_end)


def status_in_year(row: Progress, found: WithinYear) -> Text:
    status = status_title(found.status, row.better)
    is_told = found.is_indicative and found.status != "undetermined"
    return text("{status} (indicative)", status=status) if is_told else status


def sentence(row: Progress, found: WithinYear) -> Text | None:
    """What an office writes of it; nothing where nothing can be said."""
    form = _unit_form(row, found)
    said: dict[str, object] = {"time": time_of(row, found), "actual": Cell(found.actual.measure.value, form)}
    if found.relation is not None and found.other is not None:
        return text("{time}: {actual}, asked for: {asked}", **said, asked=_asked(row, found))
    if found.asked is None:
        return None
    said["asked"] = Cell(found.asked, form)
    if found.sort == "growth":
        return text("{time}: {actual}, {asked} is asked for a year", **said)
    if found.sort == "level" and found.is_limit:
        return text("{time}: {actual}, {asked} is the limit", **said)
    if found.sort == "level":
        return text("{time}: {actual}, {asked} is due by then", **said)
    said["completion"] = Cell(found.completion, SHARE)
    if found.before is None:
        share = Cell(found.share, SHARE)
        return text(
            "{time}: {actual}, {completion} of the {asked} due in the year; {share} of the time has passed",
            **said,
            share=share,
        )
    return text(
        "{time}: {actual}, {completion} of the {asked} due in the year; the year before had {share} by then",
        **said,
        share=Cell(found.before, SHARE),
    )


def _caveats(tracking: Tracking) -> Iterator[Text]:
    """Why some statuses are indicative."""
    found = [each for row in tracking.rows if (each := row.within) is not None and each.is_indicative]
    if any(each.relation is not None for each in found):
        yield text("indicative: what is asked for of the target year is compared at these months")
    sorts = {each.sort for each in found if each.relation is None}
    if "flow" in sorts:
        yield text("indicative: the share of the time allows for no seasons; give last year's months, too")
    if "level" in sorts:
        yield text("indicative: a quarter's end is held against the path of the year's ends")


def _form(row: Progress, found: WithinYear) -> Form:
    if found.sort == "growth":
        return Form(max(1, printed_decimals(found.actual.measure)), 100, "%")
    indicator = row.target.indicator
    decimals = max(row.path.decimals, printed_decimals(found.actual.measure))
    return Form(decimals, indicator.per_one, indicator.unit if indicator.per_one > 1 else "")


def _value(row: Progress, found: WithinYear) -> Cell:
    return Cell(found.actual.measure.value, _form(row, found))


def _asked(row: Progress, found: WithinYear) -> Value:
    """What the path asks for, or the comparison with the other side's number."""
    if found.relation is None:
        return DASH if found.asked is None else Cell(found.asked, _form(row, found))
    if found.other is None:
        return found.relation.words
    other = Cell(found.other.measure.value, _unit_form(row, found))
    return text("{relation} ({other})", relation=found.relation.words, other=other)


def _unit_form(row: Progress, found: WithinYear) -> Form:
    unit = Words(row.target.indicator.unit, "") if found.sort != "growth" else ""
    return (form := _form(row, found))._replace(unit=form.unit or unit)
