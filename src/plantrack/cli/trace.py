"""`trace`: each figure back to its place in the document's text."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from plantrack.cli.reporting import end
from plantrack.cli.session import (
    Command,
    ExitZero,
    Format,
    FormatName,
    OutputFile,
    Session,
    Strict,
    app,
    complain,
    show_result,
)
from plantrack.cli.streams import tell
from plantrack.errors import PlantrackError
from plantrack.findings import CODES, Finding, Level, Position
from plantrack.language import text

if TYPE_CHECKING:
    from plantrack.plan.catalogue import Catalogue
    from plantrack.plan.plan import Plan
    from plantrack.trace import Trace


@app.command(cls=Command, epilog="Example: plantrack trace zhaoqing --document zhaoqing.txt --unused")
def trace(
    ctx: typer.Context,
    plans: Annotated[list[str] | None, typer.Argument(metavar="PLAN", help="Ids or paths of plans.")] = None,
    every: Annotated[bool, typer.Option("--all", help="Every plan.")] = False,
    document: Annotated[
        Path | None,
        typer.Option(
            "--document", metavar="FILE", help="The document's text: .txt, .md, .docx, .html or .pdf."
        ),
    ] = None,
    documents: Annotated[
        Path | None,
        typer.Option("--documents", metavar="DIR", help="Folder of documents, each named by its plan's id."),
    ] = None,
    unused: Annotated[
        bool, typer.Option("--unused", help="Also find numbers of the document that no figure uses.")
    ] = False,
    form: FormatName = Format.TABLE,
    output: OutputFile = None,
    strict: Strict = None,
    exit_zero: ExitZero = False,
) -> None:
    """Each figure back to its place in the document, and numbers that no figure uses."""
    from plantrack.reading import distinct, find_plan, load_catalogue, plan_files, read_plan_file
    from plantrack.render.files import require_spared
    from plantrack.render.sheets.trace import trace_sheet
    from plantrack.render.trace import print_traces, trace_document

    session: Session = ctx.obj
    _require_sensible(plans, every=every, document=document, documents=documents)
    catalogue = load_catalogue()
    files = plan_files(session.plans) if every else [find_plan(name, session.plans) for name in plans or ()]
    broken: list[Finding] = []
    traces: list[Trace] = []
    for file in distinct(files):
        read = read_plan_file(file, catalogue)
        source = None if read.plan is None else _document_of(read.plan, document, documents)
        require_spared([file, source], [output])
        if read.plan is None:
            broken += read.errors
        elif source is None:
            broken.append(_without_document(read.plan, documents))
        else:
            traces.append(_traced(read.plan, source, catalogue, unused=unused))
    if not traces and not any(each.level is Level.ERROR for each in broken):
        raise PlantrackError(text("{folder} holds the document of none of these plans", folder=documents))
    if form is not Format.JSON:
        complain(session, broken)
    show_result(
        session,
        form,
        output,
        partial(trace_document, traces, broken),
        [partial(trace_sheet, each, session.language) for each in traces],
        lambda: print_traces(session.screen(), traces, session.language),
    )
    if _is_csv(form, output):
        _tell_how_it_was_read(session, traces)
    findings = [*broken, *(each for one in traces for each in one.findings)]
    end(session, findings, strict=strict, exit_zero=exit_zero)


def _is_csv(form: Format, output: Path | None) -> bool:
    from plantrack.render.files import format_of

    return (form.value if output is None else format_of(output)) == "csv"


def _tell_how_it_was_read(session: Session, traces: list[Trace]) -> None:
    """What was not read, beside a format that has no notes."""
    from plantrack.render.sheets.trace import reading_notes

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


def _document_of(loaded: Plan, document: Path | None, documents: Path | None) -> Path | None:
    from plantrack.documents import document_in

    if document is not None:
        return document
    assert documents is not None
    return document_in(documents, loaded.id)


def _without_document(loaded: Plan, folder: Path | None) -> Finding:
    code = CODES["no-document"]
    message = text("{folder} holds no document named {plan}", folder=folder, plan=loaded.id)
    return Finding(code, code.level, message, Position(loaded.file, 1, 1), loaded.id)


def _traced(loaded: Plan, document: Path, catalogue: Catalogue, *, unused: bool) -> Trace:
    from plantrack.documents import read_document
    from plantrack.reading.omissions_file import load_omitted
    from plantrack.trace import trace_plan

    return trace_plan(loaded, read_document(document), load_omitted(loaded), catalogue, unused=unused)
