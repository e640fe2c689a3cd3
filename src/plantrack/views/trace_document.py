"""`trace` as JSON and as what a person reads."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from plantrack import __version__
from plantrack.formats.findings.line import STYLES, finding_line
from plantrack.trace import USES
from plantrack.views.documents import both, finding_object
from plantrack.views.trace import trace_sheet

if TYPE_CHECKING:
    from collections.abc import Sequence

    from plantrack.findings import Finding
    from plantrack.formats.terminal import Screen
    from plantrack.language import Language
    from plantrack.trace import NumberUse, Trace, Traced

Document = dict[str, Any]


def trace_document(traces: Sequence[Trace], broken: Sequence[Finding]) -> Document:
    """`trace -f json`; `broken` are findings of plans that could not be traced."""
    findings = [*broken, *(each for trace in traces for each in trace.findings)]
    return {
        "plantrack": __version__,
        "plans": [_plan(trace) for trace in traces],
        "findings": [finding_object(each, None) for each in findings],
    }


def _plan(trace: Trace) -> Document:
    return {
        "plan": trace.plan.plan,
        "document": trace.document.file,
        "counts": {"figures": dict(trace.statuses), "numbers": {use: trace.uses[use] for use in USES}},
        "figures": [_figure(each, trace) for each in trace.traced],
        "unused": [_number(each, trace) for each in trace.unused],
        "not_read": [both(each) for each in trace.document.not_read],
        "remarks": [both(each) for each in trace.document.remarks],
    }


def _figure(traced: Traced, trace: Trace) -> Document:
    figure, place = traced.figure, traced.place
    return {
        "figure": figure.id,
        "text": figure.text,
        "printed": figure.row.printed,
        "in": figure.section,
        "status": traced.status,
        **_place(trace, *((place.start, place.end) if place is not None else (None, None))),
        "lines": list(traced.lines),
    }


def _number(use: NumberUse, trace: Trace) -> Document:
    number = use.number
    section = trace.source.section_at(number.start)
    return {"text": number.text, "in": section, **_place(trace, number.start, number.end)}


def _place(trace: Trace, start: int | None, end: int | None) -> Document:
    if start is None or end is None:
        return {"line": None, "column": None, "words": None}
    document = trace.document
    return {
        "line": document.line_at(start),
        "column": document.column_at(start),
        "words": document.words_around(start, end),
    }


def print_traces(screen: Screen, traces: Sequence[Trace], language: Language) -> None:
    """Each plan's sheet, then what is amiss in it."""
    for number, trace in enumerate(traces):
        if number:
            screen.line()
        screen.sheet(trace_sheet(trace, language))
        for finding in trace.findings:
            screen.line(finding_line(finding, language), STYLES[finding.level])
