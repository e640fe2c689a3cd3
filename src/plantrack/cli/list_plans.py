"""`list`: the plans known here."""

from __future__ import annotations

from functools import partial

import typer

from plantrack.cli import options
from plantrack.cli.emit import NARROW, show_result
from plantrack.cli.output_files import require_spared
from plantrack.cli.reader import plan_files_named, read_sources
from plantrack.cli.session import Command, Session, app, examples
from plantrack.cli.streams import tell


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
) -> None:
    """The plans known here, and what is in them."""
    from plantrack.views import tidy
    from plantrack.views.documents import plans_document
    from plantrack.views.plans import plans_table

    session: Session = ctx.obj
    files = plan_files_named(session, None)
    require_spared(files, [output])
    read = list(read_sources(files))
    tables = [partial(plans_table, read)]

    def print_ids() -> None:
        for each in read:
            tell(each.plan.id if each.plan is not None else each.file)

    def print_plans() -> None:
        made = plans_table(read)
        session.show(made if session.screen().width >= NARROW else made.only((0, 1, 3, 4, 5)))

    printed = print_ids if quiet else print_plans
    document, records = partial(plans_document, read), partial(tidy.plans, read)
    show_result(session, form, output, document, tables, records, printed)
