"""`compare`: one indicator across plans, or several."""

from __future__ import annotations

from functools import partial

import typer

from plantrack.cli import options
from plantrack.cli.emit import WIDE, show_result
from plantrack.cli.reader import sound_plans
from plantrack.cli.session import Command, Session, app


@app.command(cls=Command, epilog="Example: plantrack compare premium,loans --per gdp")
def compare(
    ctx: typer.Context,
    indicator: options.Indicators,
    plans: options.PlansCompared = None,
    more: options.MoreIndicators = None,
    per: options.Per = None,
    form: options.Format = "table",
    output: options.OutputFile = None,
) -> None:
    """One indicator across plans: base, target, implied growth, rank. Several: one matrix."""
    from plantrack.compare import compare_plans
    from plantrack.views.compare import brief_sheet, matrix_sheet, standings_sheet
    from plantrack.views.path_documents import matrix_document

    session: Session = ctx.obj
    sound = sound_plans(session, plans, output)
    names = [
        each.strip() for part in (indicator, *(more or ())) for each in part.replace("，", ",").split(",")
    ]
    matrix = compare_plans(list(filter(None, names)), sound, session.catalogue, per=per)
    several = len(matrix.indicators) > 1 and per is None
    whole = partial(matrix_sheet if several else standings_sheet, matrix, session.catalogue, session.language)

    def print_standings() -> None:
        screen = session.screen()
        screen.sheet(whole() if several or screen.width >= WIDE else brief_sheet(whole(), matrix))

    show_result(session, form, output, partial(matrix_document, matrix), [whole], print_standings)
