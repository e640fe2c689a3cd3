"""`compare`: one indicator across plans, or several."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import typer

from plantrack.cli import options
from plantrack.cli.emit import WIDE, show_result
from plantrack.cli.reader import sound_plans
from plantrack.cli.session import Command, Session, app, examples

if TYPE_CHECKING:
    from collections.abc import Callable

    from plantrack.views.table import Table


@app.command(
    cls=Command,
    epilog=examples(
        "compare premium",
        "compare premium,loans",
        "compare premium zhaoqing zhuhai --per gdp",
    ),
)
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
    from plantrack.views import tidy
    from plantrack.views.compare import brief, matrix_table, standings_table
    from plantrack.views.documents import matrix_document

    session: Session = ctx.obj
    sound = sound_plans(session, plans, output)
    names = [
        each.strip() for part in (indicator, *(more or ())) for each in part.replace("，", ",").split(",")
    ]
    matrix = compare_plans(list(filter(None, names)), sound, session.catalogue, per=per)
    several = len(matrix.indicators) > 1 and per is None
    grid = partial(matrix_table, matrix, session.catalogue)
    standings = partial(standings_table, matrix, session.catalogue)
    whole: Callable[[], Table] = grid if several else standings
    tables: list[Callable[[], Table]] = [whole]
    if output is not None and output.suffix.lower() == ".xlsx":
        tables = [*([whole] if several else []), partial(standings, with_ends=True)]

    def print_standings() -> None:
        is_wide = several or session.screen().width >= WIDE
        session.show(whole() if is_wide else brief(whole(), matrix))

    document, records = partial(matrix_document, matrix), partial(tidy.standings, matrix)
    show_result(session, form, output, document, tables, records, print_standings)
