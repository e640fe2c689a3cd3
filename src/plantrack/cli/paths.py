"""`path`: targets year by year."""

from __future__ import annotations

from enum import StrEnum
from functools import partial
from typing import TYPE_CHECKING, Annotated

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
from plantrack.errors import PlantrackError
from plantrack.language import text

if TYPE_CHECKING:
    from collections.abc import Callable

    from plantrack.render.sheets.sheet import Sheet


class Steps(StrEnum):
    """Names of the path methods."""

    GROWTH = "growth"
    LINEAR = "linear"


@app.command(cls=Command, epilog="Example: plantrack path zhuhai --indicator loans")
def path(
    ctx: typer.Context,
    plan: PlanName,
    indicator: IndicatorName = None,
    method: Annotated[
        Steps | None, typer.Option("--method", help="Constant growth or constant steps, for all indicators.")
    ] = None,
    form: FormatName = Format.TABLE,
    output: OutputFile = None,
) -> None:
    """Targets year by year."""
    from plantrack.loading import find_indicator
    from plantrack.paths import project_paths
    from plantrack.render import json
    from plantrack.render.sheets import paths as sheets

    session: Session = ctx.obj
    loaded, catalogue = sound_plan(session, plan)
    paths = project_paths(loaded, catalogue, name=method.value if method else None)
    if indicator is None:
        tables: list[Callable[[], Sheet]] = [
            lambda: sheets.paths_sheet(loaded, paths, catalogue, session.language)
        ]
    else:
        chosen = find_indicator(indicator, loaded, catalogue)
        paths = [each for each in paths if each.indicator_id == chosen]
        if not paths:
            raise PlantrackError(text("{name}: no target is printed", name=chosen))
        for each in paths:
            if each.why is not None:
                raise PlantrackError(
                    text("{name}: no path, for {why}", name=each.indicator.name, why=each.why)
                )
        tables = [partial(sheets.path_sheet, loaded, each, catalogue, session.language) for each in paths]
    show_result(session, form, output, partial(json.paths_document, loaded, paths), tables)
