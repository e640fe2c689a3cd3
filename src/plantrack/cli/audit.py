"""`check`: the audit."""

from __future__ import annotations

import os
from functools import partial
from typing import TYPE_CHECKING, Annotated

import typer

from plantrack.cli.reporting import (
    TABLE,
    TARGETS_FORMATS,
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
    show_targets,
)
from plantrack.cli.session import Command, ExitZero, OutputFile, Session, Strict, app, complain
from plantrack.errors import PlantrackError
from plantrack.findings import in_order
from plantrack.language import listing, text

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from plantrack.audit import Audit
    from plantrack.findings import Finding
    from plantrack.plan.catalogue import Catalogue
    from plantrack.plan.plan import Plan


@app.command(cls=Command, epilog="Example: plantrack check zhaoqing")
def check(
    ctx: typer.Context,
    plans: Annotated[
        list[str] | None,
        typer.Argument(metavar="PLAN", help="Ids, paths, folders or patterns; none means every plan."),
    ] = None,
    every: Annotated[bool, typer.Option("--all", help="Every plan.")] = False,
    implied: Annotated[
        bool,
        typer.Option(
            "--implied", help="Also list what the figures imply for quantities that are not printed."
        ),
    ] = False,
    targets: Annotated[
        bool, typer.Option("--targets", help="Only the verdict of each target: table, csv or markdown.")
    ] = False,
    form: FindingsFormatName = None,
    output: OutputFile = None,
    select: Select = None,
    ignore: Ignore = None,
    show_waived: ShowWaived = False,
    draft: DraftWaivers = False,
    strict: Strict = None,
    exit_zero: ExitZero = False,
    effort: Annotated[
        float,
        typer.Option(
            "--effort",
            min=0.001,
            metavar="TIMES",
            help="How many times the usual work may be done before the rest is left undetermined.",
        ),
    ] = 1.0,
) -> None:
    """Audit: can the printed figures all be true? Verdict per target, findings, coverage."""
    from plantrack.cli.day import latest_day
    from plantrack.reading import load_catalogue
    from plantrack.render.files import require_spared
    from plantrack.render.findings import FORMATS, Report
    from plantrack.render.sheets import audit as sheets
    from plantrack.render.sheets.targets import targets_records
    from plantrack.waivers import AUDIT, apply_waivers

    session: Session = ctx.obj
    if every and plans:
        raise PlantrackError(text("--all names every plan: leave the other names out"))
    if draft:
        require_no_format(form)
    known = TARGETS_FORMATS if targets else (TABLE, *FORMATS)
    name = TABLE if draft else format_asked(session, form, output, known=known)
    selection = selection_asked(session, select, ignore)
    catalogue = load_catalogue()
    files = _files(session, plans)
    require_spared(files, [output])
    audit, broken, failed = _audited(session, files, effort)
    sources = [plan.source for plan in audit.plans]
    judged = selection.of(apply_waivers(audit.findings, sources, AUDIT, today=latest_day()))
    audit = audit._replace(findings=tuple(judged))
    report = Report(
        session.language,
        (*broken, *audit.findings),
        catalogue,
        audit=audit,
        broken=tuple(broken),
        show_waived=show_waived,
    )
    if draft:
        put_out_drafts(session, report.findings, sources, output)
        _require_audited(failed)
        end(session, broken, strict=strict, exit_zero=exit_zero)
    if name == TABLE or targets:
        complain(session, broken)

    def print_report() -> None:
        from plantrack.render.report import print_audit
        from plantrack.render.waived import waived_line

        screen = session.screen()
        shown = audit._replace(findings=tuple(each for each in judged if each in report.shown))
        print_audit(screen, shown, catalogue, session.language)
        if not show_waived and (hidden := waived_line(judged, session.language)):
            screen.line(hidden, "dim")
        if implied:
            screen.line()
            screen.sheet(sheets.latents_sheet(audit, catalogue, session.language))

    if targets and name == "csv":
        show_targets(session, name, output, [partial(targets_records, audit, catalogue, session.language)])
    elif targets:
        each = partial(sheets.targets_sheet, audit, catalogue=catalogue, language=session.language)
        show_targets(session, name, output, [partial(each, loaded) for loaded in audit.plans])
    else:
        show_report(session, name, output, report, print_report)
    _require_audited(failed)
    end(session, report.findings, strict=strict, exit_zero=exit_zero)


def _files(session: Session, plans: list[str] | None) -> list[Path]:
    """The files of the plans named, each once; of every plan where none is."""
    from plantrack.reading import distinct, find_plans, plan_files

    if not plans:
        return plan_files(session.plans)
    return distinct(file for name in plans for file in find_plans(name, session.plans))


def _audited(
    session: Session, files: list[Path], effort: float
) -> tuple[Audit, list[Finding], dict[str, Exception]]:
    """The audit of the plans whose files are sound, the errors of the others, and the files that it fails on.

    Raises:
        PlantrackError: where two files are of one plan.
    """
    from plantrack.reading import load_catalogue, read_plan_file, require_one_file_each
    from plantrack.render.progress import Progress

    catalogue = load_catalogue()
    read = [read_plan_file(path, catalogue) for path in files]
    broken = [finding for each in read for finding in in_order(each.errors)]
    sound = [each.plan for each in read if each.plan is not None]
    require_one_file_each(sound)
    with Progress(session.say(text("auditing {number} plan(s) …", number=len(sound)))):
        audit, failed = _audit_of_all_that_can_be(sound, catalogue, effort)
    return audit, broken, failed


def _audit_of_all_that_can_be(
    plans: list[Plan], catalogue: Catalogue, effort: float
) -> tuple[Audit, dict[str, Exception]]:
    """The audit less the plans that it fails on alone, which are told with what went wrong."""
    from plantrack.audit import audit_plans

    try:
        return audit_plans(plans, catalogue, effort), {}
    except Exception:
        if os.environ.get("PLANTRACK_DEBUG"):
            raise
        failed = {}
        for each in plans:
            try:
                audit_plans([each], catalogue, effort)
            except Exception as error:  # noqa: BLE001 - whatever it is, the others are audited
                failed[each.file] = error
        if not failed:
            raise
        left = [each for each in plans if each.file not in failed]
        return audit_plans(left, catalogue, effort), failed


def _require_audited(failed: Mapping[str, Exception]) -> None:
    """End with the files that the audit fails on.

    Raises:
        PlantrackError: naming them.
    """
    if failed:
        first = next(iter(failed.values()))
        raise PlantrackError(
            text(
                "internal error ({kind}: {error}) in the audit of {files}, left out here; please report it with the file",
                kind=type(first).__name__,
                error=first,
                files=listing(*failed),
            )
        )
