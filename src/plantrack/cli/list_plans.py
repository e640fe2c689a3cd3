"""`list`: the plans known here."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import typer

from plantrack.cli import options
from plantrack.cli.emit import NARROW, show_result
from plantrack.cli.many import TO_READ, Means, Run
from plantrack.cli.output_files import require_spared
from plantrack.cli.reader import plan_files_named
from plantrack.cli.session import Command, Session, app, examples
from plantrack.cli.streams import tell
from plantrack.language import text

if TYPE_CHECKING:
    from plantrack.views.documents import Document
    from plantrack.views.tidy import Records


@app.command(
    "list",
    cls=Command,
    epilog=examples(
        "list",
        "list -q",
        "list -f json",
    ),
)
def list_plans(
    ctx: typer.Context,
    form: options.Format = "table",
    output: options.OutputFile = None,
    quiet: options.IdsAlone = False,
    jobs: options.Jobs = None,
    no_cache: options.NoCache = False,
) -> None:
    """The plans known here, and what is in them."""
    from plantrack.batch import Work, known_source
    from plantrack.views.known import plans_table

    session: Session = ctx.obj
    files = plan_files_named(session, None)
    require_spared(files, [output])
    with Run(session, Means(jobs, no_cache=no_cache), files, TO_READ) as run:
        plans = [each for _, each in run.over_files(text("plan files read:"), Work(known_source, {}))]

    def print_ids() -> None:
        for each in plans:
            tell(each.plan if each.plan and each.is_sound else each.file)

    def print_plans() -> None:
        made = plans_table(plans)
        session.show(made if session.screen().width >= NARROW else made.only((0, 1, 3, 4, 5)))

    def document() -> Document:
        from plantrack.views.documents import plans_document

        return plans_document(plans)

    def records() -> Records:
        from plantrack.views import tidy

        return tidy.plans(plans)

    printed = print_ids if quiet else print_plans
    show_result(session, form, output, document, [partial(plans_table, plans)], records, printed)
    run.raise_failures()
