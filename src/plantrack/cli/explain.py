"""`explain`: what findings mean."""

from __future__ import annotations

import typer

from plantrack.cli import options
from plantrack.cli.emit import carries_utf8, put_out
from plantrack.cli.session import Command, Session, app, examples


@app.command(
    cls=Command,
    epilog=examples(
        "explain",
        "explain PT301",
        "explain growth-conflict",
    ),
)
def explain(ctx: typer.Context, code: options.CodeName = None, form: options.CodeFormat = "table") -> None:
    """What each finding means, and how to settle it."""
    from plantrack.findings import CODES
    from plantrack.formats.json import dump
    from plantrack.formats.pages import codes_document, find_code, page_lines
    from plantrack.views.findings import codes_table

    session: Session = ctx.obj
    if form == "json":
        codes = CODES.values() if code is None else [find_code(code)]
        put_out(session, dump(codes_document(codes), ascii_only=not carries_utf8(None)), None)
        return
    if code is None:
        session.show(codes_table())
        return
    screen = session.screen()
    for line in page_lines(find_code(code), session.language):
        screen.line(line, "bold" if line.startswith("## ") else "")
