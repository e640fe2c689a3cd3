"""`path`: targets year by year."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from plantrack.cli.drawing import draw, drawn_as
from plantrack.cli.methods import MethodName
from plantrack.cli.session import FINDINGS as FOUND
from plantrack.cli.session import (
    Command,
    Format,
    FormatName,
    IndicatorName,
    PlanName,
    Session,
    app,
    complain,
    output_named,
    show_result,
    sound_plan,
)
from plantrack.errors import PlantrackError
from plantrack.language import text

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from plantrack.paths import Path as YearlyPath
    from plantrack.plan.actuals import Actual
    from plantrack.plan.catalogue import Catalogue
    from plantrack.plan.model import PlanModel
    from plantrack.plan.plan import Plan
    from plantrack.render.sheets.sheet import Sheet


PathFile = Annotated[
    Path | None,
    typer.Option(
        "-o",
        "--output",
        metavar="FILE",
        callback=output_named,
        readable=False,
        help="Write to this file; its suffix tells the format: .json, .csv, .md, .xlsx, or a picture: .svg, .png, .pdf.",
    ),
]


@app.command(cls=Command, epilog="Example: plantrack path zhuhai --indicator loans")
def path(
    ctx: typer.Context,
    plan: PlanName,
    indicator: IndicatorName = None,
    method: MethodName = None,
    to: Annotated[
        int | None,
        typer.Option(
            "--to", metavar="YEAR", help="Go on to this year; beyond the target it is extrapolated."
        ),
    ] = None,
    actuals: Annotated[
        Path | None,
        typer.Option(
            "--actuals",
            metavar="FILE",
            help="Published values (YAML or CSV): for --method from-actual, and beside the path in charts and pictures.",
        ),
    ] = None,
    chart: Annotated[bool, typer.Option("--chart", help="Draw a chart in the terminal.")] = False,
    form: FormatName = Format.TABLE,
    output: PathFile = None,
) -> None:
    """Targets year by year."""
    from plantrack.paths import METHODS, Wish, implied_paths, project_paths
    from plantrack.reading import find_indicator
    from plantrack.render import json_paths as json
    from plantrack.render.drawing import Names, draw_path
    from plantrack.render.files import require_spared
    from plantrack.render.sheets import paths as sheets

    session: Session = ctx.obj
    drawn = drawn_as(output, chart=chart, is_table=form is Format.TABLE)
    loaded, catalogue = sound_plan(session, plan)
    require_spared([loaded.file, actuals], [output])
    if method is not None and actuals is None and "actual" in METHODS[method].needs:
        raise PlantrackError(
            text("--method {method} starts from published values: add --actuals FILE", method=method)
        )
    _check_year(to, loaded)
    given = sound_actuals(session, actuals, loaded, catalogue, until=to) if actuals is not None else ()
    paths = project_paths(loaded, catalogue, Wish(method, to, given))
    implied = implied_paths(paths, loaded, catalogue) if indicator is None else []
    tables: list[Callable[[], Sheet]]
    if indicator is None:
        tables = [lambda: sheets.paths_sheet(loaded, paths, catalogue, session.language)]
    else:
        paths = _only(find_indicator(indicator, loaded), paths)
        tables = [partial(sheets.path_sheet, loaded, each, catalogue, session.language) for each in paths]
    if drawn is not None:
        names = Names(plan_of(loaded), catalogue, session.language)
        draw(session, [draw_path(each, given, names) for each in paths if each.why is None], drawn, names)
        return

    def print_tables() -> None:
        screen = session.screen()
        for table in tables:
            screen.sheet(table())
        if implied:
            screen.line()
            screen.sheet(sheets.implied_sheet(implied, plan_of(loaded), catalogue, session.language))

    document = partial(json.paths_document, loaded, paths, implied)
    show_result(session, form, output, document, tables, print_tables)


def _only(chosen: str, paths: Sequence[YearlyPath]) -> list[YearlyPath]:
    """The paths of one indicator.

    Raises:
        PlantrackError: where there is none, with the reason.
    """
    ours = [each for each in paths if each.indicator_id == chosen]
    if not ours:
        raise PlantrackError(text("{name}: no target is printed", name=chosen))
    for each in ours:
        if each.why is not None:
            raise PlantrackError(text("{name}: no path, for {why}", name=each.indicator.name, why=each.why))
    return ours


def plan_of(loaded: Plan) -> PlanModel:
    return loaded.model


LAST_YEARS = 60
"""Beyond so many years nobody extrapolates."""


def _check_year(to: int | None, loaded: Plan) -> None:
    base, target = int(loaded.model.base), int(loaded.model.target)
    if to is not None and not target <= to <= base + LAST_YEARS:
        raise PlantrackError(
            text(
                "--to {year}: write a year from {first} to {last}",
                year=to,
                first=target,
                last=base + LAST_YEARS,
            )
        )


def sound_actuals(
    session: Session, file: Path, loaded: Plan, catalogue: Catalogue, *, until: int | None = None
) -> tuple[Actual, ...]:
    """The published values of a file; what is wrong is shown, and where that are errors the call ends."""
    from plantrack.reading.actuals_file import load_actuals

    read = load_actuals(file, loaded, catalogue, until=until)
    complain(session, read.findings)
    if read.errors:
        raise typer.Exit(FOUND)
    return read.actuals
