"""`check`: the audit."""

from __future__ import annotations

import os
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

import typer

from plantrack.cli import day, options
from plantrack.cli.audit_lines import AuditLines
from plantrack.cli.emit import (
    carries_utf8,
    complain,
    end,
    end_with,
    outputs_asked,
    put_out_pieces,
    show_drafts,
    show_report,
    show_result,
    verbosity,
)
from plantrack.cli.many import TO_AUDIT, Means, Run
from plantrack.cli.options import TABLE
from plantrack.cli.output_files import OFFICE, require_spared
from plantrack.cli.progress import Progress
from plantrack.cli.reader import plan_files_named, plans_and_errors, trace_in
from plantrack.cli.session import Command, Session, app, examples
from plantrack.errors import PlantrackError
from plantrack.formats.findings import FORMATS
from plantrack.language import listing, text

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from plantrack.audit import Audit
    from plantrack.batch import Workers
    from plantrack.findings import Finding
    from plantrack.formats.findings import Report
    from plantrack.plan.plan import Plan
    from plantrack.views.passages import Passages

    Output = tuple[str, Path | None]

SPOOLED = ("json", "sarif")
"""Formats of which a report is written family by family."""
TARGETS_FORMATS = (TABLE, "csv", "markdown")
"""Formats of `check --targets`."""


@app.command(
    cls=Command,
    epilog=examples(
        "check zhaoqing",
        "check zhaoqing -v",
        "check --all --documents texts -f page -o findings.md",
        "check plans/ -f github -o - -f sarif -o findings.sarif",
    ),
)
def check(
    ctx: typer.Context,
    plans: options.PlanPatterns = None,
    every: options.Every = False,
    implied: options.Implied = False,
    targets: options.Targets = False,
    forms: options.FindingsFormats = None,
    outputs: options.OutputFiles = None,
    select: options.Select = None,
    ignore: options.Ignore = None,
    show_waived: options.ShowWaived = False,
    draft: options.DraftWaivers = False,
    verbose: options.Verbose = False,
    quiet: options.Quiet = False,
    strict: options.Strict = None,
    exit_zero: options.ExitZero = False,
    effort: options.Effort = 1.0,
    documents: options.DocumentsCited = None,
    jobs: options.Jobs = None,
    cluster: options.Cluster = None,
    no_cache: options.NoCache = False,
) -> None:
    """Audit: can the printed figures all be true? Verdict per target, findings, coverage."""
    from plantrack.formats.findings import Report
    from plantrack.waivers import waive

    session: Session = ctx.obj
    asked = outputs_asked(session, forms, outputs, draft=draft, known=_formats_known(targets=targets))
    selection = session.selection(select, ignore)
    files = plan_files_named(session, plans, every=every, with_folders=True)
    require_spared(files, outputs or ())
    if "jsonl" in dict(asked):
        output = _only_output(asked)
        with Run(session, Means(jobs, cluster, no_cache), files, TO_AUDIT) as run:
            lines = AuditLines(run, selection, effort, ascii_only=not carries_utf8(output))
            put_out_pieces(session, "jsonl", lines, output)
        lines.raise_failures()
        end_with(session, lines.worst, strict=strict, exit_zero=exit_zero)
    if not (draft or targets or documents) and _is_spooled(asked, cluster):
        from plantrack.cli.reports_of_many import ReportOfMany

        name, output = asked[0]
        is_kept = not no_cache and name != "sarif"  # whose paths depend on where one calls
        with Run(session, Means(jobs, cluster, not is_kept), files, TO_AUDIT) as run:
            found = ReportOfMany(run, selection, effort, name, ascii_only=not carries_utf8(output))
            put_out_pieces(session, name, found, output)
        run.raise_failures()
        end_with(session, found.worst, strict=strict, exit_zero=exit_zero)
    sound, broken = plans_and_errors(files)
    with (
        Means(jobs, cluster, no_cache).workers(files, TO_AUDIT) as workers,
        Progress(session.say(text("auditing {number} plan(s) …", number=len(sound)))),
    ):
        audit, failed = _audited(session, sound, effort, workers)
    audit, passages = _located(session, audit, documents)
    audit = waive(audit, today=day.latest_day())
    audit = replace(audit, findings=tuple(selection.of(audit.findings)))
    findings = (*broken, *audit.findings)
    if draft:
        show_drafts(session, findings, [plan.source for plan in audit.plans], asked[0][1])
    elif targets:
        complain(session, broken)
        _show_targets(session, asked, audit)
    else:
        report = Report(
            session.language, findings, session.catalogue, audit=audit, broken=broken, show_waived=show_waived
        )._replace(verbosity=verbosity(verbose=verbose, quiet=quiet), passages=passages)
        _show_reports(session, asked, report._replace(files=_number_of_files(sound, broken)))
        if implied:
            _show_implied(session, asked, audit)
    if failed is not None:
        raise failed
    end(session, broken if draft else findings, strict=strict, exit_zero=exit_zero)


def _formats_known(*, targets: bool) -> tuple[str, ...]:
    return TARGETS_FORMATS if targets else (TABLE, *FORMATS, *OFFICE.values())


def _is_spooled(asked: Sequence[Output], cluster: str | None) -> bool:
    """Whether one report is asked for that is written family by family."""
    return len(asked) == 1 and asked[0][0] in SPOOLED and cluster is None


def _only_output(asked: Sequence[Output]) -> Path | None:
    """Where JSON Lines go, which leave nothing behind that another format could be made of."""
    if len(asked) > 1:
        raise PlantrackError(text("jsonl is written plan by plan: ask for it alone"))
    return asked[0][1]


def _located(session: Session, audit: Audit, folder: Path | None) -> tuple[Audit, dict[str, Passages]]:
    """The audit with the lines of the documents that the folder has, and their sentences."""
    from plantrack.audit.telling import located
    from plantrack.views.passages import passages_of

    if folder is None:
        return audit, {}
    traces = ((plan.id, trace_in(folder, plan, session.catalogue)) for plan in audit.plans)
    found = {name: trace for name, trace in traces if trace is not None}
    lines = {figure: line for trace in found.values() for figure, line in trace.lines.items()}
    return located(audit, lines), {name: passages_of(trace) for name, trace in found.items()}


def _show_targets(session: Session, asked: Sequence[Output], audit: Audit) -> None:
    from plantrack.views import tidy
    from plantrack.views.targets import targets_table

    tables = [partial(targets_table, audit, plan, session.catalogue) for plan in audit.plans]
    for name, output in asked:
        if name not in TARGETS_FORMATS:
            raise PlantrackError(text("--targets: write -f table, csv or markdown, not {name}", name=name))
        show_result(session, name, output, dict, tables, partial(tidy.targets, audit))


def _show_reports(session: Session, asked: Sequence[Output], report: Report) -> None:
    for name, output in asked:
        show_report(session, name, output, report)


def _number_of_files(sound: Sequence[Plan], broken: Sequence[Finding]) -> int:
    return len(sound) + len({each.position.file for each in broken})


def _show_implied(session: Session, asked: Sequence[Output], audit: Audit) -> None:
    """What follows from the figures, behind a report on the screen."""
    from plantrack.views.targets import derived_table

    if (TABLE, None) in asked:
        session.screen().line()
        session.show(derived_table(audit, session.catalogue))


def _audited(
    session: Session, plans: list[Plan], effort: float, workers: Workers
) -> tuple[Audit, PlantrackError | None]:
    """The audit less the plans that it fails on alone, and what to say of these."""
    from plantrack.audit import audit_plans

    try:
        return audit_plans(plans, session.catalogue, effort, workers.map), None
    except Exception:
        if os.environ.get("PLANTRACK_DEBUG"):
            raise
        failed = {}
        for each in plans:
            try:
                audit_plans([each], session.catalogue, effort)
            except Exception as error:  # noqa: BLE001 - whatever it is, the others are audited
                failed[each.file] = error
        if not failed:
            raise
        first = next(iter(failed.values()))
        refusal = PlantrackError(
            text(
                "internal error ({kind}: {error}) in the audit of {files}, left out here; please report it "
                "with the file",
                kind=type(first).__name__,
                error=first,
                files=listing(*failed),
            )
        )
        left = [each for each in plans if each.file not in failed]
        return audit_plans(left, session.catalogue, effort, workers.map), refusal
