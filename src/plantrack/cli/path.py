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

    from plantrack.paths import Path as YearlyPath
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
    from plantrack.paths import METHODS, Wish, implied_paths, project_paths, yearly_tasks
    from plantrack.reading import find_indicator
    from plantrack.views import tidy
    from plantrack.views.documents import paths_document
    from plantrack.views.drawing import draw_tasks
    from plantrack.views.names import Names
    from plantrack.views.paths import implied_table, path_table, paths_table, without_pace
    from plantrack.views.tasks import tasks_page

    session: Session = ctx.obj
    as_drawing = is_drawn(output, chart=chart, is_table=form == TABLE)
    plan, catalogue = sound_plan(session, name, output, actuals), session.catalogue
    if method is not None and actuals is None and "actual" in METHODS[method].needs:
        raise PlantrackError(
            text("--method {method} starts from published values: add --actuals FILE", method=method)
        )
    first, last = int(plan.model.target), int(plan.model.base) + LAST_YEARS
    if to is not None and not first <= to <= last:
        raise PlantrackError(
            text("--to {year}: write a year from {first} to {last}", year=to, first=first, last=last)
        )
    given = sound_actuals(session, actuals, plan, until=to)
    wish, chosen = Wish(method, to, given.actuals), [find_indicator(each, plan) for each in indicator or ()]
    every = paths = project_paths(plan, catalogue, wish)
    implied = [] if chosen else implied_paths(paths, plan, catalogue)
    tables: list[Callable[[], Table]] = [partial(paths_table, plan, paths, catalogue)]
    if chosen:
        paths = [path for each in dict.fromkeys(chosen) for path in _only(each, every)]
        tables = [partial(path_table, plan, each, catalogue) for each in paths]
    if as_drawing:
        names, tasks = Names(plan.model, catalogue), yearly_tasks(plan, catalogue, wish, chosen)
        draw(session, [*draw_tasks(tasks, given.actuals, names)], output, names)
        end(session, given.findings, strict=False, exit_zero=False)

    amount = verbosity(verbose=verbose, quiet=quiet)

    def print_tables() -> None:
        is_wide = amount > 0 or session.screen().width >= NARROW
        whole = paths_table(plan, paths, catalogue, unit_above=True)
        session.show(whole if is_wide else without_pace(whole), verbosity=amount)
        if implied and amount > 0:
            session.screen().line()
            session.show(implied_table(implied, plan.model, catalogue))
        elif not amount:
            session.screen().line(
                session.say(text("-v: each of them, the yearly growth, and what targets imply"))
            )

    def page() -> Page:
        tasks = yearly_tasks(plan, catalogue, wish, chosen)
        return tasks_page(plan, tasks, catalogue, [] if chosen else every)

    document = partial(paths_document, plan, paths, implied)
    records, shown = partial(tidy.paths, paths), None if indicator else print_tables
    show_result(session, form, output, document, tables, records, shown, page)
    end(session, given.findings, strict=False, exit_zero=False)


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
