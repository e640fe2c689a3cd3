"""`validate` and `explain`: plan files in CI, and what findings mean."""

from __future__ import annotations

from functools import partial
from pathlib import Path
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
    finish,
    print_drafts,
    show_result,
)


@app.command(cls=Command, epilog="Example: plantrack validate data/plans")
def validate(
    ctx: typer.Context,
    paths: Annotated[
        list[Path] | None,
        typer.Argument(metavar="PATH", help="Plan files or folders; none means every plan."),
    ] = None,
    form: FormatName = Format.TABLE,
    output: OutputFile = None,
    show_waived: ShowWaived = False,
    draft: DraftWaivers = False,
    strict: Strict = False,
    exit_zero: ExitZero = False,
) -> None:
    """Plan files: structure and references, for CI."""
    from plantrack.loading import load_catalogue, load_plan, plan_files
    from plantrack.loading.library import files_under
    from plantrack.render import json
    from plantrack.render.sheets import findings as sheets
    from plantrack.validity import check_validity
    from plantrack.waivers import VALIDATION, apply_waivers, open_findings

    session: Session = ctx.obj
    catalogue = load_catalogue()
    files = [file for each in paths for file in files_under(each)] if paths else plan_files(session.plans)
    files = list(dict.fromkeys(files))
    plans = [load_plan(file, catalogue) for file in files]
    findings = [
        finding
        for each in plans
        for finding in apply_waivers(check_validity(each, catalogue), [each], VALIDATION)
    ]
    if draft:
        print_drafts(session, findings, plans)
        finish(findings, strict=strict, exit_zero=exit_zero)
    shown = findings if show_waived else open_findings(findings)
    show_result(
        session,
        form,
        output,
        partial(json.validate_document, len(files), findings),
        [lambda: sheets.findings_sheet(len(files), shown, session.language)],
    )
    finish(findings, strict=strict, exit_zero=exit_zero)


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
