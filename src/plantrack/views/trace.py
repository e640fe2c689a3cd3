"""`trace`: the document's numbers in its own order, and what they are in the plan."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from plantrack.language import listing, text
from plantrack.plan.figures import KIND_NAMES
from plantrack.trace import OMITTED, PATTERNS, UNUSED, USED
from plantrack.views.names import Names, joined
from plantrack.views.table import DASH, Table, Value, numbers, printed, said, words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from plantrack.language import Text
    from plantrack.trace import Trace, Traced
    from plantrack.views.table import Said

STATUSES = {
    "found": text("found"),
    "elsewhere": text("elsewhere"),
    "differs": text("reads otherwise"),
    "missing": text("not found"),
    "untraceable": text("no words given"),
}
USE_NAMES = {
    "company": text("companies"),
    "project": text("projects"),
    "subsidy": text("subsidies"),
    "measure": text("measures"),
    "other": text("other"),
    "date": text("dates"),
    "document-number": text("numbers of documents"),
    "numbering": text("numbering"),
    "name": text("names"),
}


class _Row(NamedTuple):
    offset: float
    section: str
    cells: tuple[Value, ...]


def trace_table(trace: Trace) -> Table:
    columns = (
        *numbers("line"),
        *words("figure"),
        *numbers("as printed"),
        *words("in the document", "result"),
    )
    table = Table(listing(trace.plan.title.name, trace.document.file)._replace(between=" · "), columns)
    rows = [*_figure_rows(trace), *_unused_rows(trace)]
    for row in sorted(rows, key=lambda each: each.offset):
        table.group(row.section)
        table.rows.append(row.cells)
    table.notes.extend((*counts(trace), *reading_notes(trace)))
    return table


def _figure_rows(trace: Trace) -> Iterator[_Row]:
    for each in trace.traced:
        place, document = each.place, trace.document
        cells = (
            document.line_at(place.start) if place is not None else DASH,
            _figure_name(each, trace),
            _printed(each),
            document.words_around(place.start, place.end) if place is not None else DASH,
            STATUSES[each.status],
        )
        offset = place.start if place is not None else float("inf")
        yield _Row(offset, trace.heading(each.figure.section), cells)


def _figure_name(traced: Traced, trace: Trace) -> Said:
    figure = traced.figure
    place = Names(trace.plan, trace.catalogue).place(figure.place)
    kind = KIND_NAMES[figure.kind] if figure.kind != "level" else None
    return joined(place, figure.measures.name, figure.time_text, kind)


def _printed(traced: Traced) -> Value:
    figure = traced.figure
    return printed(figure) if figure.text else figure.row.printed or said(figure)


def _unused_rows(trace: Trace) -> Iterator[_Row]:
    document, result = trace.document, text("used by nothing")
    for each in trace.unused:
        number = each.number
        line, around = document.line_at(number.start), document.words_around(number.start, number.end)
        section = trace.heading(trace.source.section_at(number.start))
        yield _Row(number.start, section, (line, DASH, number.text, around, result))


def counts(trace: Trace) -> Iterator[Text]:
    kinds = [
        text("{kind} {number}", kind=name, number=trace.statuses[status])
        for status, name in STATUSES.items()
        if trace.statuses[status]
    ]
    yield text("{figures} figures: {kinds}", figures=len(trace.traced), kinds=listing(*kinds))
    if trace.numbers:
        yield text(
            "{numbers} numbers in the document: {used} in figures; {omitted} omitted ({categories}); "
            "{patterns}; {unused} used by nothing",
            numbers=len(trace.numbers),
            used=trace.uses[USED],
            omitted=sum(trace.uses[each] for each in OMITTED),
            categories=_counted(trace, OMITTED),
            patterns=_counted(trace, PATTERNS),
            unused=trace.uses[UNUSED],
        )


def reading_notes(trace: Trace) -> Iterator[Text]:
    """What was not read, which `--unused` cannot answer for, and how the rest was read."""
    document = trace.document
    if document.not_read:
        parts = listing(*document.not_read)
        if trace.numbers:
            yield text("not read: {parts}; numbers there are not counted above: look at them", parts=parts)
        else:
            yield text("not read: {parts}", parts=parts)
    yield from document.remarks


def _counted(trace: Trace, uses: tuple[str, ...]) -> Said:
    kinds = [
        text("{kind} {number}", kind=USE_NAMES[use], number=trace.uses[use])
        for use in uses
        if trace.uses[use]
    ]
    return listing(*kinds) if kinds else text("none")
