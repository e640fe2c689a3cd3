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
    from plantrack.render.files import require_spared
    from plantrack.views.documents import plans_document
    from plantrack.views.plans import plans_table

    session: Session = ctx.obj
    plans = [read_plan_file(path, load_catalogue()) for path in plan_files(session.plans)]
    require_spared([loaded.file for loaded in plans], [output])
    show_result(session, form, output, partial(plans_document, plans), [partial(plans_table, plans)])


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
    from plantrack.render.files import require_spared
    from plantrack.views.documents import show_document
    from plantrack.views.overview import overview_table
    from plantrack.views.plans import figures_table, in_reading_order

    session: Session = ctx.obj
    loaded, catalogue = sound_plan(session, plan)
    require_spared([loaded.file], [output])
    figures = in_reading_order(loaded.figures)
    if indicator is not None:
        chosen = find_indicator(indicator, loaded)
        figures = [figure for figure in figures if figure.indicator == chosen]

    def print_overview() -> None:
        session.screen().show(overview_table(loaded, catalogue), session.language)

    show_result(
        session,
        form,
        output,
        partial(show_document, loaded, figures),
        [partial(figures_table, loaded, catalogue, figures)],
        print_overview if indicator is None else None,
    )
