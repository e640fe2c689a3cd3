"""`report`: pages to hand on, one for each plan, and an index."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING

import typer

from plantrack.cli import day, options
from plantrack.cli.emit import complain, end
from plantrack.cli.output_files import require_spared, write_files
from plantrack.cli.progress import Progress
from plantrack.cli.reader import (
    document_named,
    plan_files_named,
    sound_actuals,
    sound_files_and_errors,
    trace_in,
)
from plantrack.cli.session import Command, Session, app, examples
from plantrack.cli.streams import tell
from plantrack.errors import PlantrackError
from plantrack.language import text

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from plantrack.cli.reader import SoundFile
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
    from plantrack.formats.report.links import INDEX, page_of

    session: Session = ctx.obj
    files = plan_files_named(session, plans, every=every, with_folders=True)
    sound, broken = sound_files_and_errors(files)
    complain(session, broken)
    if actuals is not None and len(sound) != 1:
        raise PlantrackError(text("--actuals are of one plan: name that plan alone"))
    catalogue = session.catalogue
    given = sound_actuals(session, actuals, sound[0].plan(catalogue)) if actuals is not None else None
    names = [output / name for name in (INDEX, *(page_of(each.id) for each in sound))]
    cited = (path for each in sound if (path := document_named(documents, each)) is not None)
    require_spared([*files, *filter(None, [actuals]), *cited], names)
    reports = (_with_actuals(session, each, given) for each in _reports(session, sound, documents))
    order = [each.id for each in sound]
    pages = report_files(reports, order, broken, catalogue, session.language)
    write_files(output, names, ((output / name, [content]) for name, content in pages), force=session.force)
    for file in names:
        tell(file.as_posix())
    found = [*broken, *(given.findings if given is not None else ())]
    end(session, found, strict=False, exit_zero=False)


def _with_actuals(session: Session, told: PlanReport, given: LoadedActuals | None) -> PlanReport:
    from plantrack.track import Assessment, track_plan

    if given is None:
        return told
    asked = Assessment(given.actuals, parts=given.parts)
    return told._replace(tracking=track_plan(told.plan, session.catalogue, asked))


def _reports(session: Session, sound: Sequence[SoundFile], documents: Path | None) -> Iterator[PlanReport]:
    """Each plan with what contradicts it; with its sentences where the folder has its document."""
    from plantrack.audit.blocks import families_of
    from plantrack.views.passages import passages_of
    from plantrack.views.report import reports_of

    catalogue, today = session.catalogue, day.latest_day()
    families = families_of([each.places for each in sound])
    with Progress(session.say(text("plans audited:")), len(sound)) as progress:
        for told in chain.from_iterable(
            reports_of([sound[number].plan(catalogue) for number in each], catalogue, today=today)
            for each in families
        ):
            progress.advance(1)
            trace = trace_in(documents, told.plan, catalogue)
            yield told._replace(passages=None if trace is None else passages_of(trace))
