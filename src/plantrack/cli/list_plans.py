"""`list`: the plans known here."""

from __future__ import annotations

from functools import partial

import typer

from plantrack.cli import options
from plantrack.cli.emit import show_result
from plantrack.cli.output_files import require_spared
from plantrack.cli.reader import plan_files_named, read_sources
from plantrack.cli.session import Command, Session, app


@app.command("list", cls=Command, epilog="Example: plantrack list")
def list_plans(ctx: typer.Context, form: options.Format = "table", output: options.OutputFile = None) -> None:
    """The plans known here, and what is in them."""
    from plantrack.views import tidy
    from plantrack.views.documents import plans_document
    from plantrack.views.plans import plans_table

    session: Session = ctx.obj
    files = plan_files_named(session, None)
    require_spared(files, [output])
    read = list(read_sources(files))
    tables = [partial(plans_table, read)]
    show_result(session, form, output, partial(plans_document, read), tables, partial(tidy.plans, read))
