"""`check`: the audit."""

from __future__ import annotations

from functools import partial
from typing import Annotated

import typer

from plantrack.cli.session import (
    Command,
    DraftWaivers,
    ExitZero,
    Format,
    FormatName,
    OutputFile,
    Session,
    ShowWaived,
    Strict,
    app,
    complain,
    finish,
    print_drafts,
    show_result,
)
from plantrack.errors import PlantrackError
from plantrack.findings import Level
from plantrack.language import text


@app.command(cls=Command, epilog="Example: plantrack check zhaoqing")
def check(
    ctx: typer.Context,
    plans: Annotated[
        list[str] | None, typer.Argument(metavar="PLAN", help="Ids or paths; none means every plan.")
    ] = None,
    every: Annotated[bool, typer.Option("--all", help="Every plan.")] = False,
    implied: Annotated[
        bool,
        typer.Option(
            "--implied", help="Also list what the figures imply for quantities that are not printed."
        ),
    ] = False,
    form: FormatName = Format.TABLE,
    output: OutputFile = None,
    show_waived: ShowWaived = False,
    draft: DraftWaivers = False,
    strict: Strict = False,
    exit_zero: ExitZero = False,
) -> None:
    """Audit: can the printed figures all be true? Verdict per target, findings, coverage."""
    from plantrack.audit import audit_plans
    from plantrack.loading import find_plan, load_catalogue, load_plan, plan_files
    from plantrack.render import json
    from plantrack.render.sheets import audit as sheets
    from plantrack.validity import check_validity
    from plantrack.waivers import AUDIT, apply_waivers, open_findings

    session: Session = ctx.obj
    if every and plans:
        raise PlantrackError(text("--all names every plan: leave the other names out"))
    catalogue = load_catalogue()
    files = [find_plan(name, session.plans) for name in plans] if plans else plan_files(session.plans)
    loaded = [load_plan(path, catalogue) for path in dict.fromkeys(files)]
    problems = [
        (each, [f for f in check_validity(each, catalogue) if f.level is Level.ERROR]) for each in loaded
    ]
    broken = [finding for _, findings in problems for finding in findings]
    audit = audit_plans([each for each, findings in problems if not findings], catalogue)

    audit = audit._replace(findings=apply_waivers(audit.findings, audit.plans, AUDIT))
    shown = audit if show_waived else audit._replace(findings=open_findings(audit.findings))

    if form is not Format.JSON:
        complain(session, broken)
    if draft:
        print_drafts(session, audit.findings, audit.plans)
        finish(broken, strict=strict, exit_zero=exit_zero)

    def print_report() -> None:
        from plantrack.render.report import print_audit
        from plantrack.render.waived import waived_line

        screen = session.screen()
        print_audit(screen, shown, catalogue, session.language)
        if not show_waived and (hidden := waived_line(audit.findings, session.language)):
            screen.line(hidden, "dim")
        if implied:
            screen.line()
            screen.sheet(sheets.latents_sheet(audit, catalogue, session.language))

    show_result(
        session,
        form,
        output,
        partial(json.check_document, audit, broken),
        [partial(sheets.targets_sheet, audit, each, catalogue, session.language) for each in audit.plans],
        print_report,
    )
    finish([*broken, *audit.findings], strict=strict, exit_zero=exit_zero)
