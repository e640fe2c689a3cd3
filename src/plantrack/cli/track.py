"""`track`: published values against a plan's paths."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from functools import partial
from typing import TYPE_CHECKING

import typer

from plantrack.cli import options
from plantrack.cli.emit import WIDE, end, show_result, verbosity
from plantrack.cli.reader import sound_actuals, sound_plan
from plantrack.cli.session import Command, Session, app, examples
from plantrack.errors import PlantrackError
from plantrack.language import text

if TYPE_CHECKING:
    from collections.abc import Callable

    from plantrack.views.page import Page
    from plantrack.views.table import Table


@app.command(
    cls=Command,
    epilog=examples(
        "track zhaoqing --actuals actuals.csv",
        "track zhaoqing --actuals actuals.xlsx --year 2023 -v",
        "track zhaoqing --actuals actuals.csv -i premium",
    ),
)
def track(
    ctx: typer.Context,
    name: options.PlanName,
    actuals: options.ActualsTracked,
    year: options.AsOf = None,
    indicator: options.IndicatorName = None,
    method: options.MethodName = None,
    base: options.RevisedBase = "actual",
    tolerance: options.Tolerance = 5.0,
    form: options.Format = "table",
    output: options.PageFile = None,
    verbose: options.MoreVerbose = False,
    quiet: options.TableAlone = False,
) -> None:
    """Where we are against the path, and what is needed from here."""
    from plantrack.paths import yearly_tasks
    from plantrack.reading import find_indicator
    from plantrack.track import Assessment, track_plan
    from plantrack.views import tidy
    from plantrack.views.assessed import assessed_page
    from plantrack.views.documents import tracking_document
    from plantrack.views.paths import brief, gravest_first, progress_table, tracking_table
    from plantrack.views.within_year import within_year_table

    session: Session = ctx.obj
    plan, catalogue = sound_plan(session, name, output, actuals), session.catalogue
    first = plan.model.base
    if year is not None and year <= int(first):
        raise PlantrackError(
            text("--year {year}: the plan starts from {base}; write a later year", year=year, base=first)
        )
    given = sound_actuals(session, actuals, plan)
    asked = Assessment(given.actuals, year, method, base, Fraction(str(tolerance)) / 100, given.parts)
    tracking = track_plan(plan, catalogue, asked)
    whole = partial(tracking_table, tracking, plan, catalogue)
    tables: list[Callable[[], Table]] = [whole]
    if any(row.within is not None for row in tracking.rows):
        tables.append(partial(within_year_table, tracking, plan, catalogue))

    amount = verbosity(verbose=verbose, quiet=quiet)

    def print_brief() -> None:
        first = tracking_table(gravest_first(tracking), plan, catalogue, unit_above=True)
        is_wide = amount > 0 or session.screen().width >= WIDE
        session.show(first if is_wide else brief(first), verbosity=amount)
        for more in tables[1:]:
            session.show(more())
        if not amount:
            session.screen().line(session.say(text("-v: paces, projections and the targets without actuals")))

    if indicator is not None:
        chosen = find_indicator(indicator, plan)
        rows = tuple(row for row in tracking.rows if row.path.indicator_id == chosen)
        if not rows:
            raise PlantrackError(text("{name}: no target is printed", name=chosen))
        tracking = replace(tracking, rows=rows, unplanned=())
        tables = [partial(progress_table, row, plan, catalogue) for row in rows]

    def page() -> Page:
        tasks = yearly_tasks(plan, catalogue, indicators=() if indicator is None else [chosen])
        return assessed_page(tracking, tasks, catalogue)

    document = partial(tracking_document, tracking, actuals.as_posix())
    records, shown = partial(tidy.progress, tracking), print_brief if indicator is None else None
    show_result(session, form, output, document, tables, records, shown, page)
    end(session, given.findings, strict=False, exit_zero=False)
