"""`report`: pages to hand on, one for each plan, and an index."""

from __future__ import annotations

from typing import TYPE_CHECKING

import typer

from plantrack.cli import day, options
from plantrack.cli.emit import complain, end
from plantrack.cli.output_files import require_spared, write_folder
from plantrack.cli.progress import Progress
from plantrack.cli.reader import document_named, plan_files_named, plans_and_errors, sound_actuals, trace_in
from plantrack.cli.session import Command, Session, app, examples
from plantrack.cli.streams import tell
from plantrack.errors import PlantrackError
from plantrack.language import text

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from plantrack.plan.plan import Plan
    from plantrack.reading.actuals_file import LoadedActuals
    from plantrack.views.report import PlanReport


@app.command(
    cls=Command,
    epilog=examples(
        "report zhaoqing -o pages",
        "report --all -o pages --documents texts",
        "report zhaoqing -o pages --actuals actuals.csv",
    ),
)
def report(
    ctx: typer.Context,
    output: options.ReportFolder,
    plans: options.PlanPatterns = None,
    every: options.Every = False,
    documents: options.DocumentsShown = None,
    actuals: options.ActualsExported = None,
) -> None:
    """Pages to hand on (HTML): each plan's contradictions, targets and figures, and an index."""
    from plantrack.formats.report import report_files

    session: Session = ctx.obj
    if every and plans:
        raise PlantrackError(text("--all names every plan: leave the other names out"))
    files = plan_files_named(session, plans, with_folders=True)
    sound, broken = plans_and_errors(files)
    complain(session, broken)
    if actuals is not None and len(sound) != 1:
        raise PlantrackError(text("--actuals are of one plan: name that plan alone"))
    given = sound_actuals(session, actuals, sound[0]) if actuals is not None else None
    reports = [_with_actuals(session, each, given) for each in _reports(session, sound, documents)]
    pages = report_files(reports, broken, session.catalogue, session.language)
    contents = {output / name: content for name, content in pages.items()}
    cited = (path for plan in sound if (path := document_named(documents, plan)) is not None)
    read = [*files, *filter(None, [actuals]), *cited]
    require_spared(read, contents)
    write_folder(output, contents, force=session.force)
    for file in contents:
        tell(file.as_posix())
    found = [*broken, *(given.findings if given is not None else ())]
    end(session, found, strict=False, exit_zero=False)


def _with_actuals(session: Session, told: PlanReport, given: LoadedActuals | None) -> PlanReport:
    from plantrack.track import Assessment, track_plan

    if given is None:
        return told
    asked = Assessment(given.actuals, parts=given.parts)
    return told._replace(tracking=track_plan(told.plan, session.catalogue, asked))


def _reports(session: Session, plans: Sequence[Plan], documents: Path | None) -> Iterator[PlanReport]:
    """Each plan by itself; with its sentences where the folder has its document."""
    from plantrack.views.passages import passages_of
    from plantrack.views.report import report_of

    catalogue, today = session.catalogue, day.latest_day()
    with Progress(session.say(text("plans audited:")), len(plans)) as progress:
        for plan in plans:
            told = report_of(plan, catalogue, today=today)
            progress.advance(1)
            trace = trace_in(documents, plan, catalogue)
            yield told._replace(passages=None if trace is None else passages_of(trace))
