"""`compare`: one indicator across plans, or several."""

from __future__ import annotations

from functools import partial
from typing import Annotated

import typer

from plantrack.cli.session import (
    Command,
    Format,
    FormatName,
    OutputFile,
    Session,
    app,
    show_result,
    sound_plans,
)


@app.command(cls=Command, epilog="Example: plantrack compare premium,loans --per gdp")
def compare(
    ctx: typer.Context,
    indicator: Annotated[str, typer.Argument(metavar="INDICATOR", help="Ids or names, separated by commas.")],
    plans: Annotated[
        list[str] | None, typer.Argument(metavar="PLAN", help="Plans by id or path; none means every plan.")
    ] = None,
    more: Annotated[
        list[str] | None,
        typer.Option("-i", "--indicator", metavar="IND", help="A further indicator; may be repeated."),
    ] = None,
    per: Annotated[
        str | None,
        typer.Option(
            "--per", metavar="IND", help="Also relative to this quantity, printed or implied, as gdp."
        ),
    ] = None,
    form: FormatName = Format.TABLE,
    output: OutputFile = None,
) -> None:
    """One indicator across plans: base, target, implied growth, rank. Several: one matrix."""
    from plantrack.compare import compare_plans
    from plantrack.reading import plan_files
    from plantrack.render.files import require_spared
    from plantrack.views.compare import brief, matrix_table, standings_table
    from plantrack.views.path_documents import matrix_document

    session: Session = ctx.obj
    names = [
        each.strip() for part in (indicator, *(more or ())) for each in part.replace("，", ",").split(",")
    ]
    files = plans or [path.as_posix() for path in plan_files(session.plans)]
    sound = sound_plans(session, files)
    catalogue = sound[0][1]
    require_spared([loaded.file for loaded, _ in sound], [output])
    matrix = compare_plans(
        [name for name in names if name], [loaded for loaded, _ in sound], catalogue, per=per
    )
    several = len(matrix.indicators) > 1 and per is None
    whole = partial(matrix_table if several else standings_table, matrix, catalogue)

    def print_standings() -> None:
        screen = session.screen()
        wide = several or screen.width >= WIDE
        screen.show(whole() if wide else brief(whole(), matrix), session.language)

    document = partial(matrix_document, matrix)
    show_result(session, form, output, document, [whole], print_standings)


WIDE = 140
"""Terminals of so many columns have room for everything."""
