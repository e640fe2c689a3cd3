"""`list` and `show`: the plans known here, and figures as printed."""

from __future__ import annotations

from functools import partial

import typer

from plantrack.cli.session import (
    Command,
    Format,
    FormatName,
    IndicatorName,
    OutputFile,
    PlanName,
    Session,
    app,
    show_result,
    sound_plan,
)


@app.command("list", cls=Command, epilog="Example: plantrack list")
def list_plans(ctx: typer.Context, form: FormatName = Format.TABLE, output: OutputFile = None) -> None:
    """The plans known here, and what is in them."""
    from plantrack.reading import load_catalogue, plan_files, read_plan_file
    from plantrack.render import json
    from plantrack.render.files import require_spared
    from plantrack.render.sheets import plans as sheets

    session: Session = ctx.obj
    plans = [read_plan_file(path, load_catalogue()) for path in plan_files(session.plans)]
    require_spared([loaded.file for loaded in plans], [output])
    show_result(
        session,
        form,
        output,
        partial(json.plans_document, plans),
        [lambda: sheets.plans_sheet(plans, session.language)],
    )


@app.command(cls=Command, epilog="Example: plantrack show zhuhai -i loans")
def show(
    ctx: typer.Context,
    plan: PlanName,
    indicator: IndicatorName = None,
    form: FormatName = Format.TABLE,
    output: OutputFile = None,
) -> None:
    """Figures as printed, with where they stand; of one indicator each with its line."""
    from plantrack.reading import find_indicator
    from plantrack.render import json
    from plantrack.render.files import require_spared
    from plantrack.render.sheets import overview
    from plantrack.render.sheets import plans as sheets

    session: Session = ctx.obj
    loaded, catalogue = sound_plan(session, plan)
    require_spared([loaded.file], [output])
    figures = sheets.in_reading_order(loaded.figures)
    if indicator is not None:
        chosen = find_indicator(indicator, loaded)
        figures = [figure for figure in figures if figure.indicator == chosen]
    show_result(
        session,
        form,
        output,
        partial(json.show_document, loaded, figures),
        [lambda: sheets.figures_sheet(loaded, catalogue, figures, session.language)],
        None
        if indicator is not None
        else lambda: session.screen().sheet(overview.overview_sheet(loaded, catalogue, session.language)),
    )
