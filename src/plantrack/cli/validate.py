"""`validate`: plan files in CI."""

from __future__ import annotations

from typing import TYPE_CHECKING

import typer

from plantrack.cli import day, options
from plantrack.cli.emit import end_with, outputs_asked, show_drafts, show_parts
from plantrack.cli.many import TO_READ, Means, Run
from plantrack.cli.output_files import require_spared
from plantrack.cli.reader import read_sources, sources_named
from plantrack.cli.session import Command, Session, app, examples
from plantrack.findings import worst_level, worst_of
from plantrack.language import text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from plantrack.findings import Level
    from plantrack.formats.findings import Part
    from plantrack.selection import Selection


@app.command(
    cls=Command,
    epilog=examples(
        "validate",
        "validate data/plans --strict",
        "validate -f github --ignore unused-section",
    ),
)
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
    jobs: options.Jobs = None,
    cluster: options.Cluster = None,
    no_cache: options.NoCache = False,
) -> None:
    """Plan files: structure and references, for CI."""
    from plantrack.formats.findings import Report

    session: Session = ctx.obj
    asked = outputs_asked(session, forms, outputs, draft=draft)
    selection = session.selection(select, ignore)
    files, given = sources_named(session, paths, stdin_filename)
    require_spared(files, outputs or ())
    with Run(session, Means(jobs, cluster, no_cache), files, TO_READ) as run:
        found = _Found(selection, _parts(run, given))
        if draft:
            all_found = [each for part in found for each in part.findings]
            show_drafts(session, all_found, read_sources(files, given), asked[0][1])
        else:
            report = Report(session.language, (), session.catalogue, given=given, show_waived=show_waived)
            report = report._replace(files=len(files) + len(given), verbosity=-1 if quiet else 0)
            parts = found if len(asked) == 1 else list(found)
            for name, output in asked:
                show_parts(session, name, output, report, parts)
    run.raise_failures()
    end_with(session, found.worst, strict=strict, exit_zero=exit_zero)


class _Found:
    """What was found, file by file, of the codes chosen; and the gravest of it, afterwards."""

    def __init__(self, selection: Selection, parts: Iterable[Part]) -> None:
        self.selection, self.parts = selection, parts
        self.worst: Level | None = None

    def __iter__(self) -> Iterator[Part]:
        for each in self.parts:
            part = each._replace(findings=tuple(self.selection.of(each.findings)))
            self.worst = worst_of(self.worst, worst_level(part.findings))
            yield part


def _parts(run: Run, given: dict[str, bytes]) -> Iterator[Part]:
    """Of what stdin gave, then of the files, in their order."""
    from plantrack.batch import Work, validate_content, validate_source
    from plantrack.formats.findings import Part

    today = day.latest_day()
    for file, content in given.items():
        yield Part(file, validate_content(content, file, today))
    work = Work(validate_source, {"today": today})
    for file, findings in run.over_files(text("plan files read:"), work):
        yield Part(file, findings)
