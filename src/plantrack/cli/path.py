"""`path`: targets year by year."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import typer

from plantrack.cli import options
from plantrack.cli.drawing import draw, is_drawn
from plantrack.cli.emit import NARROW, end, show_result, verbosity
from plantrack.cli.options import TABLE
from plantrack.cli.reader import sound_actuals, sound_plan
from plantrack.cli.session import Command, Session, app, examples
from plantrack.errors import PlantrackError
from plantrack.language import text

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path
    from typing import Literal

    from plantrack.paths import ImpliedPath, Wish
    from plantrack.paths import Path as YearlyPath
    from plantrack.plan.plan import Plan
    from plantrack.views.page import Page
    from plantrack.views.table import Table

LAST_YEARS = 60
"""Beyond so many years nobody extrapolates."""


@app.command(
    cls=Command,
    epilog=examples(
        "path zhuhai",
        "path zhuhai --indicator loans",
        "path zhaoqing -i 保费收入 --method stated --to 2030",
        "path zhaoqing -i premium --actuals actuals.csv -o premium.svg",
    ),
)
def path(
    ctx: typer.Context,
    name: options.PlanName,
    indicator: options.IndicatorNames = None,
    method: options.MethodName = None,
    to: options.LastYear = None,
    actuals: options.ActualsBeside = None,
    chart: options.Chart = False,
    form: options.Format = "table",
    output: options.PathFile = None,
    verbose: options.MoreVerbose = False,
    quiet: options.TableAlone = False,
) -> None:
    """Targets year by year."""
    from plantrack.paths import Wish, implied_paths, project_paths
    from plantrack.reading import find_indicator
    from plantrack.views import tidy
    from plantrack.views.documents import paths_document
    from plantrack.views.paths import path_table, paths_table

    session: Session = ctx.obj
    as_drawing = is_drawn(output, chart=chart, is_table=form == TABLE)
    plan, catalogue = sound_plan(session, name, output, actuals), session.catalogue
    _require_start(method, actuals)
    _require_reach(to, plan)
    given = sound_actuals(session, actuals, plan, until=to)
    wish, chosen = Wish(method, to, given.actuals), [find_indicator(each, plan) for each in indicator or ()]
    every = paths = project_paths(plan, catalogue, wish)
    implied = [] if chosen else implied_paths(paths, plan, catalogue)
    tables: list[Callable[[], Table]] = [partial(paths_table, plan, paths, catalogue)]
    if chosen:
        paths = [path for each in dict.fromkeys(chosen) for path in _only(each, every)]
        tables = [partial(path_table, plan, each, catalogue) for each in paths]
    if as_drawing:
        _draw(session, plan, wish, chosen, output)
        end(session, given.findings, strict=False, exit_zero=False)

    amount = verbosity(verbose=verbose, quiet=quiet)
    show_all = partial(_show_all, session, plan, paths, implied, amount)
    document = partial(paths_document, plan, paths, implied)
    page = partial(_page, session, plan, wish, chosen, [] if chosen else every)
    records, shown = partial(tidy.paths, paths), None if chosen else show_all
    show_result(session, form, output, document, tables, records, shown, page)
    end(session, given.findings, strict=False, exit_zero=False)


def _require_start(method: str | None, actuals: Path | None) -> None:
    """Refuse a method that starts from published values where there are none."""
    from plantrack.paths import METHODS

    if method is not None and actuals is None and "actual" in METHODS[method].needs:
        raise PlantrackError(
            text("--method {method} starts from published values: add --actuals FILE", method=method)
        )


def _require_reach(to: int | None, plan: Plan) -> None:
    """Refuse a last year before the target year, or too far beyond it."""
    first, last = int(plan.model.target), int(plan.model.base) + LAST_YEARS
    if to is not None and not first <= to <= last:
        raise PlantrackError(
            text("--to {year}: write a year from {first} to {last}", year=to, first=first, last=last)
        )


def _draw(session: Session, plan: Plan, wish: Wish, chosen: Sequence[str], output: Path | None) -> None:
    from plantrack.paths import yearly_tasks
    from plantrack.views.drawing import draw_tasks
    from plantrack.views.names import Names

    names = Names(plan.model, session.catalogue)
    tasks = yearly_tasks(plan, session.catalogue, wish, chosen)
    draw(session, [*draw_tasks(tasks, wish.actuals, names)], output, names)


def _show_all(
    session: Session,
    plan: Plan,
    paths: Sequence[YearlyPath],
    implied: Sequence[ImpliedPath],
    amount: Literal[-1, 0, 1],
) -> None:
    """Every path on the screen, and as much of what they imply as is wanted."""
    from plantrack.views.paths import implied_table, paths_table, without_pace

    screen = session.screen()
    whole = paths_table(plan, paths, session.catalogue, unit_above=True)
    is_wide = amount > 0 or screen.width >= NARROW
    session.show(whole if is_wide else without_pace(whole), verbosity=amount)
    if implied and amount > 0:
        screen.line()
        session.show(implied_table(implied, plan.model, session.catalogue))
    elif not amount:
        screen.line(session.say(text("-v: each of them, the yearly growth, and what targets imply")))


def _page(
    session: Session, plan: Plan, wish: Wish, chosen: Sequence[str], paths: Sequence[YearlyPath]
) -> Page:
    from plantrack.paths import yearly_tasks
    from plantrack.views.tasks import tasks_page

    tasks = yearly_tasks(plan, session.catalogue, wish, chosen)
    return tasks_page(plan, tasks, session.catalogue, paths)


def _only(chosen: str, paths: Sequence[YearlyPath]) -> list[YearlyPath]:
    """The paths of one indicator; where there is none, or none by the method asked for, an error with the reason."""
    from plantrack.paths import METHODS

    ours = [each for each in paths if each.indicator_id == chosen]
    if not ours:
        raise PlantrackError(text("{name}: no target is printed", name=chosen))
    for each in ours:
        if each.instead is not None:
            raise PlantrackError(
                text(
                    "{name}: no path by this method, for {why}; without --method it is: {method}",
                    name=each.indicator.name,
                    why=each.instead,
                    method=METHODS[each.method].title,
                )
            )
        if each.why is not None:
            raise PlantrackError(text("{name}: no path, for {why}", name=each.indicator.name, why=each.why))
    return ours
