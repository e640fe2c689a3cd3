"""`validate`: plan files in CI."""

from __future__ import annotations

from typing import TYPE_CHECKING

import typer

from plantrack.cli import day, options
from plantrack.cli.emit import end, outputs_asked, show_drafts, show_report
from plantrack.cli.output_files import require_spared
from plantrack.cli.progress import Progress
from plantrack.cli.reader import read_sources, sources_named
from plantrack.cli.session import Command, Session, app
from plantrack.language import text

if TYPE_CHECKING:
    from pathlib import Path

    from plantrack.findings import Finding


@app.command(cls=Command, epilog="Example: plantrack validate data/plans")
def validate(
    ctx: typer.Context,
    paths: options.PlanPaths = None,
    forms: options.FindingsFormats = None,
    outputs: options.OutputFiles = None,
    select: options.Select = None,
    ignore: options.Ignore = None,
    stdin_filename: options.StdinFilename = None,
    show_waived: options.ShowWaived = False,
    draft: options.DraftWaivers = False,
    quiet: options.Quiet = False,
    strict: options.Strict = None,
    exit_zero: options.ExitZero = False,
) -> None:
    """Plan files: structure and references, for CI."""
    from plantrack.formats.findings import Report

    session: Session = ctx.obj
    asked = outputs_asked(session, forms, outputs, draft=draft)
    selection = session.selection(select, ignore)
    files, given = sources_named(session, paths, stdin_filename)
    require_spared(files, outputs or ())
    findings = tuple(selection.of(_all_findings(session, files, given)))
    if draft:
        show_drafts(session, findings, read_sources(files, given), asked[0][1])
    else:
        report = Report(session.language, findings, session.catalogue, given=given, show_waived=show_waived)
        report = report._replace(files=len(files) + len(given), verbosity=-1 if quiet else 0)
        for name, output in asked:
            show_report(session, name, output, report)
    end(session, findings, strict=strict, exit_zero=exit_zero)


def _all_findings(session: Session, files: list[Path], given: dict[str, bytes]) -> list[Finding]:
    """Of what stdin gave, then of the files, in their order."""
    from plantrack.batch import validate_content, validate_files

    today = day.latest_day()
    findings = [each for file, content in given.items() for each in validate_content(content, file, today)]
    with Progress(session.say(text("plan files read:")), len(files)) as progress:
        for each in validate_files(files, today, progress.advance):
            findings += each
    return findings
