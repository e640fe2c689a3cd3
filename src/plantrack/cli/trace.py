"""`trace`: each figure back to its place in the document's text."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import typer

from plantrack.cli import options
from plantrack.cli.emit import complain, end, show_result
from plantrack.cli.reader import plan_files_named, read_sources
from plantrack.cli.session import Command, Session, app
from plantrack.cli.streams import tell
from plantrack.errors import PlantrackError
from plantrack.findings import CODES, Finding, Level, Position
from plantrack.language import text

if TYPE_CHECKING:
    from pathlib import Path

    from plantrack.plan.plan import Plan
    from plantrack.trace import Trace


@app.command(cls=Command, epilog="Example: plantrack trace zhaoqing --document zhaoqing.txt --unused")
def trace(
    ctx: typer.Context,
    plans: options.PlanNames = None,
    every: options.Every = False,
    document: options.Document = None,
    documents: options.Documents = None,
    unused: options.Unused = False,
    form: options.Format = "table",
    output: options.OutputFile = None,
    strict: options.Strict = None,
    exit_zero: options.ExitZero = False,
) -> None:
    """Each figure back to its place in the document, and numbers that no figure uses."""
    from plantrack.cli.output_files import require_spared
    from plantrack.views.trace import trace_document, trace_table

    session: Session = ctx.obj
    _require_sensible(plans, every=every, document=document, documents=documents)
    broken: list[Finding] = []
    traces: list[Trace] = []
    for read in read_sources(plan_files_named(session, plans)):
        source = None if read.plan is None else document or _document_in(documents, read.plan)
        require_spared([read.file, source], [output])
        if read.plan is None:
            broken += read.errors
        elif source is None:
            broken.append(_without_document(read.plan, documents))
        else:
            traces.append(_traced(session, read.plan, source, unused=unused))
    if not traces and not any(each.level is Level.ERROR for each in broken):
        raise PlantrackError(text("{folder} holds the document of none of these plans", folder=documents))
    if form != "json":
        complain(session, broken)
    written = show_result(
        session,
        form,
        output,
        partial(trace_document, traces, broken),
        [partial(trace_table, each) for each in traces],
        partial(_print_traces, session, traces),
    )
    if written == "csv":
        _tell_how_it_was_read(session, traces)
    findings = [*broken, *(each for one in traces for each in one.findings)]
    end(session, findings, strict=strict, exit_zero=exit_zero)


def _print_traces(session: Session, traces: list[Trace]) -> None:
    """Each plan's table, then what is amiss in it."""
    from plantrack.formats.findings.concise import STYLES, finding_line
    from plantrack.views.trace import trace_table

    screen = session.screen()
    for number, each in enumerate(traces):
        if number:
            screen.line()
        screen.show(trace_table(each), session.language)
        for finding in each.findings:
            screen.line(finding_line(finding, session.language), STYLES[finding.level])


def _tell_how_it_was_read(session: Session, traces: list[Trace]) -> None:
    """What was not read, beside a format that has no notes."""
    from plantrack.views.trace import reading_notes

    for each in traces:
        for note in reading_notes(each):
            tell(f"{each.document.file}: {note.say(session.language)}", err=True)


def _require_sensible(
    plans: list[str] | None, *, every: bool, document: Path | None, documents: Path | None
) -> None:
    """Refuse what contradicts itself.

    Raises:
        PlantrackError: telling what to write instead.
    """
    if every == bool(plans):
        raise PlantrackError(text("name the plans to be traced, or write --all"))
    if (document is None) == (documents is None):
        raise PlantrackError(text("write --document FILE for one plan, or --documents DIR for several"))
    if document is not None and (every or len(plans or ()) != 1):
        raise PlantrackError(
            text("--document is the document of one plan: write --documents DIR for several")
        )


def _document_in(folder: Path | None, plan: Plan) -> Path | None:
    from plantrack.documents import document_in

    assert folder is not None
    return document_in(folder, plan.id)


def _without_document(plan: Plan, folder: Path | None) -> Finding:
    code = CODES["no-document"]
    message = text("{folder} holds no document named {plan}", folder=folder, plan=plan.id)
    return Finding(code, code.level, message, Position(plan.file, 1, 1), plan.id)


def _traced(session: Session, plan: Plan, document: Path, *, unused: bool) -> Trace:
    from plantrack.documents import read_document
    from plantrack.reading.omissions_file import load_omitted
    from plantrack.trace import trace_plan

    return trace_plan(plan, read_document(document), load_omitted(plan), session.catalogue, unused=unused)
