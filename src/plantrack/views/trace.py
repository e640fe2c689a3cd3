"""The sheet of `trace`: the document's numbers in its own order, and what they are in the plan."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from plantrack.language import Language, listing, text
from plantrack.plan.figures import KIND_NAMES
from plantrack.trace import OMITTED, PATTERNS, UNUSED, USED
from plantrack.views.table import Heading, Sheet, said_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from plantrack.language import Text
    from plantrack.trace import Trace, Traced

STATUSES = {
    "found": text("found"),
    "elsewhere": text("elsewhere"),
    "differs": text("reads otherwise"),
    "missing": text("not found"),
    "untraceable": text("no words given"),
}
USES = {
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


class Row(NamedTuple):
    """A row of the sheet, with the heading it stands under and its place in the document."""

    offset: float
    section: str
    cells: tuple[str, ...]


def trace_sheet(trace: Trace, language: Language) -> Sheet:
    """Figures and numbers that nothing uses, by line; what stands nowhere comes last."""
    titles = (
        (text("line"), True),
        (text("figure"), False),
        (text("as printed"), True),
        (text("in the document"), False),
        (text("result"), False),
    )
    headings = tuple(Heading(title.say(language), is_number) for title, is_number in titles)
    sheet = Sheet(f"{trace.plan.title.name.say(language)} · {trace.document.file}", headings)
    rows = [*_figure_rows(trace, language), *_unused_rows(trace, language)]
    group = ""
    for row in sorted(rows, key=lambda each: each.offset):
        if row.section != group:
            group = sheet.groups[len(sheet.rows)] = row.section
        sheet.rows.append(row.cells)
    sheet.notes.extend(said.say(language) for said in (*counts(trace), *reading_notes(trace)))
    return sheet


def _figure_rows(trace: Trace, language: Language) -> Iterator[Row]:
    for each in trace.traced:
        place, document = each.place, trace.document
        cells = (
            str(document.line_at(place.start)) if place is not None else "—",
            _figure_name(each, trace, language),
            _printed(each, language),
            document.words_around(place.start, place.end) if place is not None else "—",
            STATUSES[each.status].say(language),
        )
        offset = place.start if place is not None else float("inf")
        yield Row(offset, trace.heading(each.figure.section), cells)


def _figure_name(traced: Traced, trace: Trace, language: Language) -> str:
    figure = traced.figure
    parts = [trace.indicator(figure.indicator).name.say(language), figure.time_text]
    if figure.place != trace.plan.place.id and (place := trace.catalogue.places.get(figure.place)):
        parts.insert(0, place.name.say(language))
    if figure.kind != "level":
        parts.append(KIND_NAMES[figure.kind].say(language))
    return " ".join(parts)


def _printed(traced: Traced, language: Language) -> str:
    """The numeral, or the words of the row where there is none."""
    figure = traced.figure
    return figure.text or figure.row.printed or said_text(figure, language)


def _unused_rows(trace: Trace, language: Language) -> Iterator[Row]:
    document, result = trace.document, text("used by nothing").say(language)
    for each in trace.unused:
        number = each.number
        words = document.words_around(number.start, number.end)
        cells = (str(document.line_at(number.start)), "—", number.text, words, result)
        yield Row(number.start, trace.heading(trace.source.section_at(number.start)), cells)


def counts(trace: Trace) -> Iterator[Text]:
    """How many figures stand where, and what accounts for how many numbers."""
    kinds = [
        text("{kind} {number}", kind=name, number=trace.statuses[status])
        for status, name in STATUSES.items()
        if trace.statuses[status]
    ]
    yield text("{figures} figures: {kinds}", figures=len(trace.traced), kinds=listing(*kinds))
    if trace.numbers:
        yield text(
            "{numbers} numbers in the document: {used} in figures; {omitted} omitted ({categories}); {patterns}; {unused} used by nothing",
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


def _counted(trace: Trace, uses: tuple[str, ...]) -> object:
    kinds = [
        text("{kind} {number}", kind=USES[use], number=trace.uses[use]) for use in uses if trace.uses[use]
    ]
    return listing(*kinds) if kinds else text("none")
