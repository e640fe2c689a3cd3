"""`check`: the audit."""

from __future__ import annotations

import os
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Literal, NamedTuple

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
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from plantrack.audit import Audit
    from plantrack.batch import Workers
    from plantrack.findings import Finding, Level
    from plantrack.formats.findings import Report
    from plantrack.plan.plan import Plan
    from plantrack.selection import Selection
    from plantrack.views.passages import Passages

    Output = tuple[str, Path | None]

SPOOLED = ("json", "sarif", "concise", "github", "csv")
"""Formats of which a report is written family by family."""
OF_A_FOLDER = ("sarif", "github")
"""Formats whose paths depend on where one calls: they are not kept."""
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
    how, means = verbosity(verbose=verbose, quiet=quiet), Means(jobs, cluster, no_cache)
    of_audit, is_local = not (draft or targets or documents), cluster is None
    if (
        by_family := _by_family(asked, how, of_audit=of_audit, is_local=is_local, implied=implied)
    ) is not None:
        worst = by_family(_Call(session, files, means, selection, effort, how, show_waived))
        end_with(session, worst, strict=strict, exit_zero=exit_zero)
    sound, broken = plans_and_errors(files)
    with (
        means.workers(files, TO_AUDIT) as workers,
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
        )._replace(verbosity=how, passages=passages)
        _show_reports(session, asked, report._replace(files=_number_of_files(sound, broken)))
        if implied:
            _show_implied(session, asked, audit)
    if failed is not None:
        raise failed
    end(session, broken if draft else findings, strict=strict, exit_zero=exit_zero)


class _Call(NamedTuple):
    """What is to be audited, by whom, and what is told."""

    session: Session
    files: list[Path]
    means: Means
    selection: Selection
    effort: float
    verbosity: Literal[-1, 0, 1]
    show_waived: bool


def _by_family(
    asked: Sequence[Output], how: int, *, of_audit: bool, is_local: bool, implied: bool
) -> Callable[[_Call], Level | None] | None:
    """What puts out what is asked for family by family, and gives the gravest level found, if something does."""
    if "jsonl" in dict(asked):
        return partial(_put_out_lines, output=_only_output(asked))
    ((name, output), *others) = asked
    if others or not (of_audit and is_local):
        return None
    if name in SPOOLED:
        return partial(_put_out_report, name=name, output=output)
    return _show_first if (name, output) == (TABLE, None) and how <= 0 and not implied else None


def _put_out_lines(call: _Call, output: Path | None) -> Level | None:
    """An object for each plan, as it comes."""
    with Run(call.session, call.means, call.files, TO_AUDIT) as run:
        lines = AuditLines(run, call.selection, call.effort, ascii_only=not carries_utf8(output))
        put_out_pieces(call.session, "jsonl", lines, output)
    lines.raise_failures()
    return lines.worst


def _put_out_report(call: _Call, name: str, output: Path | None) -> Level | None:
    """A report of all plans."""
    from plantrack.cli.reports_of_many import ReportOfMany

    means = call.means._replace(no_cache=call.means.no_cache or name in OF_A_FOLDER)
    with Run(call.session, means, call.files, TO_AUDIT) as run:
        found = ReportOfMany(
            run,
            call.selection,
            call.effort,
            name,
            ascii_only=not carries_utf8(output),
            show_waived=call.show_waived,
        )
        put_out_pieces(call.session, name, found, output)
    run.raise_failures()
    return found.worst


def _show_first(call: _Call) -> Level | None:
    """The first screen of all plans."""
    from plantrack.cli.reports_of_many import first_screen

    with Run(call.session, call.means, call.files, TO_AUDIT) as run:
        screen, broken, worst = first_screen(run, call.selection, call.effort, show_waived=call.show_waived)
    complain(call.session, broken)
    if screen is not None:
        screen.print(call.session.screen(), call.session.language, is_quiet=call.verbosity < 0)
    run.raise_failures()
    return worst


def _formats_known(*, targets: bool) -> tuple[str, ...]:
    return TARGETS_FORMATS if targets else (TABLE, *FORMATS, *OFFICE.values())


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

    if (TABLE, None) in asked and audit.plans:
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
