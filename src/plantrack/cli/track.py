"""`track`: published values against a plan's paths."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from functools import partial
from typing import TYPE_CHECKING

import typer

from plantrack.cli import options
from plantrack.cli.emit import NARROW, WIDE, end, show_result, verbosity
from plantrack.cli.reader import sound_actuals, sound_plan
from plantrack.cli.session import Command, Session, app, examples
from plantrack.errors import PlantrackError
from plantrack.language import text
from plantrack.numbers.times import LAST_YEAR

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from typing import Literal

    from plantrack.plan.plan import Plan
    from plantrack.track import Tracking
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
    from plantrack.reading import find_indicator
    from plantrack.track import Assessment, track_plan
    from plantrack.views import tidy
    from plantrack.views.documents import tracking_document
    from plantrack.views.tracked import progress_table, tracking_table
    from plantrack.views.within_year import within_year_table

    session: Session = ctx.obj
    plan, catalogue = sound_plan(session, name, output, actuals), session.catalogue
    _require_later(year, plan)
    given = sound_actuals(session, actuals, plan)
    asked = Assessment(given.actuals, year, method, base, Fraction(str(tolerance)) / 100, given.parts)
    tracking = track_plan(plan, catalogue, asked)
    tables: list[Callable[..., Table]] = [partial(tracking_table, tracking, plan, catalogue)]
    if any(row.within is not None for row in tracking.rows):
        tables.append(partial(within_year_table, tracking, plan, catalogue))

    amount = verbosity(verbose=verbose, quiet=quiet)
    shown: Callable[[], None] | None = partial(_show_brief, session, plan, tracking, tables[1:], amount)
    chosen = [] if indicator is None else [find_indicator(indicator, plan)]
    if chosen:
        tracking = _only(chosen[0], tracking)
        tables, shown = [partial(progress_table, row, plan, catalogue) for row in tracking.rows], None
    document = partial(tracking_document, tracking, actuals.as_posix())
    records, page = partial(tidy.progress, tracking), partial(_page, session, plan, tracking, chosen)
    show_result(session, form, output, document, tables, records, shown, page)
    end(session, given.findings, strict=False, exit_zero=False)


def _require_later(year: int | None, plan: Plan) -> None:
    """Refuse the base year, and years before it."""
    first = plan.model.base
    if year is not None and year > LAST_YEAR:
        raise PlantrackError(text("--year {year}: years are written with four digits", year=year))
    if year is not None and year <= int(first):
        raise PlantrackError(
            text("--year {year}: the plan starts from {base}; write a later year", year=year, base=first)
        )


def _show_brief(
    session: Session,
    plan: Plan,
    tracking: Tracking,
    others: Sequence[Callable[..., Table]],
    amount: Literal[-1, 0, 1],
) -> None:
    """Progress on the screen, the gravest first, as wide as there is room for; then the other tables."""
    from plantrack.views.tracked import brief, gravest_first, tracking_table
    from plantrack.views.within_year import brief_within_year

    whole = tracking_table(gravest_first(tracking), plan, session.catalogue, unit_above=True)
    width = session.screen().width
    is_wide = amount > 0 or width >= WIDE
    session.show(whole if is_wide else brief(whole, with_gap=width >= NARROW), verbosity=amount)
    for other in others:
        table = other(unit_above=True)
        session.show(table if is_wide else brief_within_year(table))
    if not amount:
        session.screen().line(session.say(text("-v: paces, projections and the targets without actuals")))


def _only(indicator: str, tracking: Tracking) -> Tracking:
    """The progress of one indicator; where there is none, an error."""
    rows = tuple(row for row in tracking.rows if row.path.indicator_id == indicator)
    if not rows:
        raise PlantrackError(text("{name}: no target is printed", name=indicator))
    return replace(tracking, rows=rows, unplanned=())


def _page(session: Session, plan: Plan, tracking: Tracking, chosen: Sequence[str]) -> Page:
    from plantrack.paths import yearly_tasks
    from plantrack.views.assessed import assessed_page

    tasks = yearly_tasks(plan, session.catalogue, indicators=chosen)
    return assessed_page(tracking, tasks, session.catalogue)
