"""`check`: the audit."""

from __future__ import annotations

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
from plantrack.findings import Level, in_order
from plantrack.language import text

if TYPE_CHECKING:
    from pathlib import Path

    from plantrack.audit import Audit
    from plantrack.findings import Finding


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
) -> None:
    """Audit: can the printed figures all be true? Verdict per target, findings, coverage."""
    from plantrack.cli.day import latest_day
    from plantrack.loading import load_catalogue
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
    audit, broken = _audited(session, files)
    judged = selection.of(apply_waivers(audit.findings, audit.plans, AUDIT, today=latest_day()))
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
        put_out_drafts(session, report.findings, audit.plans, output)
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
    end(session, report.findings, strict=strict, exit_zero=exit_zero)


def _files(session: Session, plans: list[str] | None) -> list[Path]:
    """The files of the plans named, each once; of every plan where none is."""
    from plantrack.loading import distinct, find_plans, plan_files

    if not plans:
        return plan_files(session.plans)
    return distinct(file for name in plans for file in find_plans(name, session.plans))


def _audited(session: Session, files: list[Path]) -> tuple[Audit, list[Finding]]:
    """The audit of the plans whose files are sound, and the errors of the others.

    Raises:
        PlantrackError: where two files are of one plan.
    """
    from plantrack.audit import audit_plans
    from plantrack.loading import load_catalogue, load_plan, require_one_file_each
    from plantrack.render.progress import Progress
    from plantrack.validity import check_validity

    catalogue = load_catalogue()
    loaded = [load_plan(path, catalogue) for path in files]
    problems = [
        (each, [f for f in check_validity(each, catalogue) if f.level is Level.ERROR]) for each in loaded
    ]
    broken = [finding for _, findings in problems for finding in in_order(findings)]
    sound = [each for each, findings in problems if not findings]
    require_one_file_each(sound)
    with Progress(session.say(text("auditing {number} plan(s) …", number=len(sound)))):
        return audit_plans(sound, catalogue), broken
