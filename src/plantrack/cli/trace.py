"""`trace`: each figure back to its place in the document's text."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Literal

import typer

from plantrack.cli import options
from plantrack.cli.emit import complain, end, show_result, verbosity
from plantrack.cli.output_files import require_spared
from plantrack.cli.reader import plan_files_named, read_sources
from plantrack.cli.session import Command, Session, app, examples
from plantrack.cli.streams import tell
from plantrack.errors import PlantrackError
from plantrack.findings import CODES, Finding, Level, Position
from plantrack.language import text

if TYPE_CHECKING:
    from pathlib import Path

    from plantrack.trace import Trace


@app.command(
    cls=Command,
    epilog=examples(
        "trace zhaoqing --document zhaoqing.txt",
        "trace zhaoqing --document zhaoqing.txt --unused",
        "trace --all --documents texts --strict",
    ),
)
def trace(
    ctx: typer.Context,
    plans: options.PlanNames = None,
    every: options.Every = False,
    document: options.Document = None,
    documents: options.Documents = None,
    unused: options.Unused = False,
    verbose: options.EveryFigure = False,
    quiet: options.Quiet = False,
    form: options.Format = "table",
    output: options.OutputFile = None,
    strict: options.Strict = None,
    exit_zero: options.ExitZero = False,
) -> None:
    """Each figure back to its place in the document, and numbers that no figure uses."""
    from plantrack.documents import document_in, read_document
    from plantrack.reading.omissions_file import load_omitted
    from plantrack.trace import trace_plan
    from plantrack.views import tidy
    from plantrack.views.documents import trace_document
    from plantrack.views.trace import trace_table

    session, amount = ctx.obj, verbosity(verbose=verbose, quiet=quiet)
    _require_sensible(plans, every=every, document=document, documents=documents)
    broken: list[Finding] = []
    traces: list[Trace] = []
    for read in read_sources(plan_files_named(session, plans)):
        plan, source = read.plan, document
        if plan is not None and documents is not None:
            source = document_in(documents, plan.id)
        require_spared([read.file, source], [output])
        if plan is None:
            broken += read.errors
        elif source is None:
            code = CODES["no-document"]
            message = text("{folder} holds no document named {plan}", folder=documents, plan=plan.id)
            broken.append(Finding(code, code.level, message, Position(plan.file, 1, 1), plan.id))
        else:
            known = read_document(source), load_omitted(plan), session.catalogue
            traces.append(trace_plan(plan, *known, unused=unused))
    if not traces and not any(each.level is Level.ERROR for each in broken):
        raise PlantrackError(text("{folder} holds the document of none of these plans", folder=documents))
    if form != "json":
        complain(session, broken)
    made, tables = partial(trace_document, traces, broken), [partial(trace_table, each) for each in traces]
    records, print_traces = (
        partial(tidy.places, traces),
        partial(_print_traces, session, traces, amount),
    )
    written = show_result(session, form, output, made, tables, records, print_traces)
    if written == "csv":  # which has no notes
        _tell_reading_notes(session, traces)
    findings = [*broken, *(each for one in traces for each in one.findings)]
    end(session, findings, strict=strict, exit_zero=exit_zero)


def _tell_reading_notes(session: Session, traces: list[Trace]) -> None:
    """What is to be known of how each document was read, on the error stream."""
    from plantrack.views.trace import reading_notes

    for each in traces:
        for note in reading_notes(each.document, is_counted=bool(each.numbers)):
            tell(f"{each.document.file}: {session.say(note)}", err=True)


def _print_traces(session: Session, traces: list[Trace], amount: Literal[-1, 0, 1]) -> None:
    """Of each plan what does not stand where it should, or everything, and the findings, or these alone."""
    from plantrack.formats.findings.concise import STYLES, finding_line
    from plantrack.views.trace import trace_table

    screen = session.screen()
    for number, each in enumerate(traces):
        if number and amount >= 0:
            screen.line()
        if amount >= 0:
            screen.show(trace_table(each, only_amiss=not amount), session.language)
        for finding in each.findings:
            screen.line(finding_line(finding, session.language), STYLES[finding.level])


def _require_sensible(
    plans: list[str] | None, *, every: bool, document: Path | None, documents: Path | None
) -> None:
    """Refuse what contradicts itself."""
    if every == bool(plans):
        raise PlantrackError(text("name the plans to be traced, or write --all"))
    if (document is None) == (documents is None):
        raise PlantrackError(text("write --document FILE for one plan, or --documents DIR for several"))
    if document is not None and (every or len(plans or ()) != 1):
        raise PlantrackError(
            text("--document is the document of one plan: write --documents DIR for several")
        )
