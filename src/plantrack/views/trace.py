"""`trace`: the document's numbers in its own order, and what they are in the plan."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from plantrack.language import Listing, listing, text
from plantrack.plan.figures import KIND_NAMES
from plantrack.trace import OMITTED, PATTERNS, UNUSED, USED
from plantrack.views.names import Names, joined
from plantrack.views.table import DASH, Table, numbers, printed, said, words

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from plantrack.documents import Document
    from plantrack.documents.numbers import Number
    from plantrack.language import Said, Text
    from plantrack.trace import Place, Trace
    from plantrack.views.table import Value

    Row = tuple[Place | Number | None, str | None, tuple[Value, Value], Said]
    """Where something stands, under which section, what it is and what is printed, what became of it."""

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


def trace_table(trace: Trace, *, only_amiss: bool = False) -> Table:
    """Everything that was traced in the document's order, or only what does not stand where it should."""
    before = (*numbers("line"), *words("figure"), *numbers("as printed"))
    columns = (*before, *words("in the document", "result"))
    table = Table(Listing((trace.plan.title.name, trace.document.file), " · "), columns)
    found = _rows(trace)
    if only_amiss:
        found = (row for row in found if row[3] != STATUSES["found"])
    rows = sorted(found, key=lambda row: row[0].start if row[0] is not None else math.inf)
    for place, section, named, result in rows:
        table.group(trace.heading(section))
        document = trace.document
        line = document.line_at(place.start) if place is not None else DASH
        around = document.words_around(place.start, place.end) if place is not None else DASH
        table.rows.append((line, *named, around, result))
    table.notes.extend((*_counts(trace), *reading_notes(trace.document, is_counted=bool(trace.numbers))))
    return table


def _rows(trace: Trace) -> Iterator[Row]:
    """The figures, then the numbers that none uses."""
    names = Names(trace.plan, trace.catalogue)
    for figure, status, place, _ in trace.traced:
        kind = KIND_NAMES[figure.kind] if figure.kind != "level" else None
        quantity, when = names.quantity(figure.measures, figure.place), names.when(figure)
        name = joined(text("{name} {when}", name=quantity, when=when), kind)
        shown = printed(figure) if figure.text else figure.row.printed or said(figure)
        yield place, figure.section, (name, shown), STATUSES[status]
    for number, _ in trace.unused:
        yield number, trace.source.section_at(number.start), (DASH, number.text), text("used by nothing")


def _counts(trace: Trace) -> Iterator[Text]:
    kinds = _counted(trace.statuses, STATUSES)
    yield text("{figures} figures: {kinds}", figures=len(trace.traced), kinds=listing(*kinds))
    if trace.numbers:
        yield text(
            "{numbers} numbers in the document: {used} in figures; {omitted} omitted ({categories}); "
            "{patterns}; {unused} used by nothing",
            numbers=len(trace.numbers),
            used=trace.uses[USED],
            omitted=sum(trace.uses[each] for each in OMITTED),
            categories=_used(trace, OMITTED),
            patterns=_used(trace, PATTERNS),
            unused=trace.uses[UNUSED],
        )


def reading_notes(document: Document, *, is_counted: bool) -> Iterator[Text]:
    """What was not read, for which counts of numbers cannot answer, and how the rest was read."""
    if document.not_read:
        parts = listing(*document.not_read)
        if is_counted:
            yield text("not read: {parts}; numbers there are not counted above: look at them", parts=parts)
        else:
            yield text("not read: {parts}", parts=parts)
    yield from document.remarks


def _used(trace: Trace, uses: tuple[str, ...]) -> Said:
    kinds = _counted(trace.uses, {use: USE_NAMES[use] for use in uses})
    return listing(*kinds) if kinds else text("none")


def _counted(counts: Mapping[str, int], names: Mapping[str, Text]) -> list[Text]:
    found = ((name, counts[key]) for key, name in names.items())
    return [text("{kind} {number}", kind=name, number=number) for name, number in found if number]
