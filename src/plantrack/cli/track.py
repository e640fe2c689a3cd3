"""`track`: published values against a plan's paths."""

from __future__ import annotations

from enum import StrEnum
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from plantrack.cli.methods import MethodName
from plantrack.cli.paths import sound_actuals
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


class Base(StrEnum):
    """Which base counts where the actual of the base year differs from what is printed."""

    ACTUAL = "actual"
    PRINTED = "printed"


@app.command(cls=Command, epilog="Example: plantrack track zhaoqing --actuals actuals.csv --year 2023")
def track(
    ctx: typer.Context,
    plan: PlanName,
    actuals: Annotated[
        Path,
        typer.Option("--actuals", metavar="FILE", help="Published values, YAML or CSV: see docs/actuals.md."),
    ],
    year: Annotated[
        int | None,
        typer.Option("--year", metavar="YEAR", help="Assess as of this year; later values are left aside."),
    ] = None,
    indicator: IndicatorName = None,
    method: MethodName = None,
    base: Annotated[
        Base,
        typer.Option(
            "--base",
            help="Where the base was revised: the actual of the base year, and the target moved with it, or the printed base.",
        ),
    ] = Base.ACTUAL,
    form: FormatName = Format.TABLE,
    output: OutputFile = None,
) -> None:
    """Where we are against the path, and what is needed from here."""
    from plantrack.reading import find_indicator
    from plantrack.render import json_paths as json
    from plantrack.render.files import require_spared
    from plantrack.render.sheets import track as sheets
    from plantrack.track import Assessment, track_plan

    session: Session = ctx.obj
    loaded, catalogue = sound_plan(session, plan)
    require_spared([loaded.file, actuals], [output])
    if year is not None and year <= int(loaded.model.base):
        raise PlantrackError(
            text(
                "--year {year}: the plan starts from {base}; write a later year",
                year=year,
                base=loaded.model.base,
            )
        )
    given = sound_actuals(session, actuals, loaded, catalogue)
    asked = Assessment(given, year, method, base.value)
    tracking = track_plan(loaded, catalogue, asked)
    whole = partial(sheets.tracking_sheet, tracking, loaded, catalogue, session.language)
    tables: list[Callable[[], Sheet]] = [whole]
    print_brief: Callable[[], None] | None = partial(_print_brief, session, whole)
    if indicator is not None:
        chosen = find_indicator(indicator, loaded)
        rows = tuple(row for row in tracking.rows if row.path.indicator_id == chosen)
        if not rows:
            raise PlantrackError(text("{name}: no target is printed", name=chosen))
        tracking = tracking._replace(rows=rows, unplanned=())
        tables = [partial(sheets.progress_sheet, row, loaded, catalogue, session.language) for row in rows]
        print_brief = None
    document = partial(json.tracking_document, tracking, actuals.as_posix())
    show_result(session, form, output, document, tables, print_brief)


WIDE = 140
"""Terminals of so many columns have room for all that is known of every indicator."""


def _print_brief(session: Session, whole: Callable[[], Sheet]) -> None:
    """All columns where there is room for them."""
    from plantrack.render.sheets.track import brief_sheet

    screen = session.screen()
    sheet = whole()
    screen.sheet(sheet if screen.width >= WIDE else brief_sheet(sheet, session.language))
