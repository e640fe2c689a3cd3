"""`validate` and `explain`: plan files in CI, and what findings mean."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from plantrack.cli.reporting import (
    TABLE,
    DraftWaivers,
    FindingsFormatName,
    Ignore,
    Select,
    ShowWaived,
    end,
    format_asked,
    put_out_drafts,
    require_no_format,
    selection_asked,
    show_report,
)
from plantrack.cli.session import Command, ExitZero, OutputFile, Session, Strict, app
from plantrack.errors import PlantrackError, reason_of
from plantrack.language import text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from plantrack.findings import Finding
    from plantrack.plan.plan import PlanFile

STDIN = "<stdin>"


@app.command(cls=Command, epilog="Example: plantrack validate data/plans")
def validate(
    ctx: typer.Context,
    paths: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="PATH",
            help="Plan files, folders or patterns; `-` reads one from stdin; none means every plan.",
        ),
    ] = None,
    form: FindingsFormatName = None,
    output: OutputFile = None,
    select: Select = None,
    ignore: Ignore = None,
    stdin_filename: Annotated[
        str | None,
        typer.Option("--stdin-filename", metavar="FILE", help="What the file read from stdin is called."),
    ] = None,
    show_waived: ShowWaived = False,
    draft: DraftWaivers = False,
    strict: Strict = None,
    exit_zero: ExitZero = False,
) -> None:
    """Plan files: structure and references, for CI."""
    from plantrack.reading import load_catalogue
    from plantrack.render.files import require_spared
    from plantrack.render.findings import Report
    from plantrack.render.findings.table import print_findings

    session: Session = ctx.obj
    if draft:
        require_no_format(form)
    name = TABLE if draft else format_asked(session, form, output)
    selection = selection_asked(session, select, ignore)
    files, given = _sources(session, paths, stdin_filename)
    require_spared(files, [output])
    findings = tuple(selection.of(_all_findings(session, files, given)))
    if draft:
        put_out_drafts(session, findings, _read(files, given), output)
        end(session, findings, strict=strict, exit_zero=exit_zero)
    number = len(files) + len(given)
    report = Report(
        session.language, findings, load_catalogue(), files=number, given=given, show_waived=show_waived
    )
    show_report(session, name, output, report, lambda: print_findings(session.screen(), report))
    end(session, findings, strict=strict, exit_zero=exit_zero)


def _sources(
    session: Session, paths: list[str] | None, stdin_filename: str | None
) -> tuple[list[Path], dict[str, bytes]]:
    """The files to read, each once, and what stdin gives, by the name it goes by.

    Raises:
        PlantrackError: for an empty path, or a name for a stdin that is not read.
    """
    from plantrack.reading import distinct, plan_files
    from plantrack.reading.library import files_under

    paths = paths or []
    if "" in paths:
        raise PlantrackError(text("a path is empty: write a file, a folder, a pattern or `-`"))
    if stdin_filename is not None and "-" not in paths:
        raise PlantrackError(text("--stdin-filename names what is read from stdin: write `-`, too"))
    if not paths:
        return plan_files(session.plans), {}
    given = {stdin_filename or STDIN: _read_stdin()} if "-" in paths else {}
    named = (Path(path) for path in paths if path != "-")
    return distinct(file for each in named for file in files_under(each)), given


def _read_stdin() -> bytes:
    """What stdin gives.

    Raises:
        PlantrackError: where the caller closed it, or it cannot be read.
    """
    if sys.stdin is None:
        raise PlantrackError(text("stdin is closed: nothing can be read from it"))
    try:
        return sys.stdin.buffer.read(MAX_READ)
    except OSError as error:
        raise PlantrackError(text("stdin cannot be read: {reason}", reason=reason_of(error))) from None


def _read(files: list[Path], given: dict[str, bytes]) -> Iterator[PlanFile]:
    """The plans of the files and of stdin."""
    from plantrack.reading import load_catalogue, read_plan, read_plan_file

    catalogue = load_catalogue()
    yield from (read_plan_file(file, catalogue) for file in files)
    yield from (read_plan(content, file, catalogue) for file, content in given.items())


MAX_READ = 5_000_000
"""Bytes of stdin; a plan file is far smaller, and one that is not is told so."""


def _all_findings(session: Session, files: list[Path], given: dict[str, bytes]) -> list[Finding]:
    """The findings of what stdin gave, then those of the files, in their order."""
    from plantrack.batch import validate_content, validate_files
    from plantrack.cli.day import latest_day
    from plantrack.render.progress import Progress

    today = latest_day()
    findings = [each for file, content in given.items() for each in validate_content(content, file, today)]
    with Progress(session.say(text("plan files read:")), len(files)) as progress:
        for each in validate_files(files, today, progress.advance):
            findings += each
    return findings


@app.command(cls=Command, epilog="Example: plantrack explain PT301")
def explain(
    ctx: typer.Context,
    code: Annotated[
        str | None, typer.Argument(metavar="CODE", help="Code or name of a finding; none lists all.")
    ] = None,
) -> None:
    """What each finding means, and how to settle it."""
    from plantrack.render import pages
    from plantrack.render.sheets import findings as sheets

    session: Session = ctx.obj
    screen = session.screen()
    if code is None:
        screen.sheet(sheets.codes_sheet(session.language))
        return
    for line in pages.page_lines(pages.find_code(code), session.language):
        screen.line(line, "bold" if line.startswith("## ") else "")
