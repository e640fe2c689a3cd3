"""`explain`: what findings mean."""

from __future__ import annotations

import typer

from plantrack.cli import options
from plantrack.cli.session import Command, Session, app


@app.command(cls=Command, epilog="Example: plantrack explain PT301")
def explain(ctx: typer.Context, code: options.CodeName = None) -> None:
    """What each finding means, and how to settle it."""
    from plantrack.formats.pages import find_code, page_lines
    from plantrack.views.findings import codes_table

    session: Session = ctx.obj
    if code is None:
        session.show(codes_table())
        return
    screen = session.screen()
    for line in page_lines(find_code(code), session.language):
        screen.line(line, "bold" if line.startswith("## ") else "")
