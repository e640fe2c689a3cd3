"""`show`: figures as printed."""

from __future__ import annotations

from functools import partial

import typer

from plantrack.cli import options
from plantrack.cli.emit import show_result, verbosity
from plantrack.cli.reader import sound_plan
from plantrack.cli.session import Command, Session, app, examples


@app.command(
    cls=Command,
    epilog=examples(
        "show zhuhai",
        "show zhuhai -v",
        "show zhuhai -i loans",
    ),
)
def show(
    ctx: typer.Context,
    name: options.PlanName,
    indicator: options.IndicatorName = None,
    form: options.Format = "table",
    output: options.OutputFile = None,
    verbose: options.MoreVerbose = False,
    quiet: options.TableAlone = False,
) -> None:
    """Figures as printed, with where they stand; of one indicator each with its line."""
    from plantrack.reading import find_indicator
    from plantrack.views import tidy
    from plantrack.views.documents import show_document
    from plantrack.views.plans import aims_table, figures_table, in_reading_order, overview_table

    session: Session = ctx.obj
    plan, catalogue = sound_plan(session, name, output), session.catalogue
    figures = in_reading_order(plan.figures)
    if indicator is not None:
        chosen = find_indicator(indicator, plan)
        figures = [figure for figure in figures if figure.indicator == chosen]
    table = partial(figures_table, plan, catalogue, figures)
    document = partial(show_document, plan, figures)
    amount = verbosity(verbose=verbose, quiet=quiet)

    def print_overview() -> None:
        made = overview_table(plan, catalogue) if amount > 0 else aims_table(plan, catalogue)
        session.show(made, verbosity=amount)

    records = partial(tidy.figures, [plan], figures)
    show_result(session, form, output, document, [table], records, None if indicator else print_overview)
