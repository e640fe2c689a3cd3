"""`schema`: the JSON Schema and the data dictionary of the plan file."""

from __future__ import annotations

import difflib
from typing import TYPE_CHECKING, get_args

import typer

from plantrack.cli import options
from plantrack.cli.emit import FINDINGS, put_out
from plantrack.cli.output_files import format_of
from plantrack.cli.session import Command, Session, app, examples
from plantrack.cli.streams import tell
from plantrack.errors import PlantrackError, reason_of
from plantrack.language import text

if TYPE_CHECKING:
    from pathlib import Path

MOST_LINES = 20
"""More lines of a difference are not shown."""


@app.command(
    cls=Command,
    epilog=examples(
        "schema -o data/plan.schema.json",
        "schema --check data/plan.schema.json",
        "schema -o docs/plan-file.md",
    ),
)
def schema(
    ctx: typer.Context,
    form: options.SchemaFormat = "json",
    check: options.SchemaFile = None,
    output: options.OutputFile = None,
) -> None:
    """JSON Schema of the plan file, for editors and CI."""
    from plantrack.formats.json import dump
    from plantrack.formats.schema import dictionary_page, plan_schema

    session: Session = ctx.obj
    if check is not None and not check.exists():
        raise PlantrackError(text("there is no file {file}", file=check))
    target = check or output
    name = form if target is None else format_of(target)
    if name not in get_args(options.SchemaForm):
        raise PlantrackError(text("{file}: a schema is written as .json or .md", file=target))
    catalogue = session.catalogue
    is_page = name == "markdown"
    if is_page:
        language = session.language if target is None else "zh" if target.name.endswith(".zh.md") else "en"
        content = dictionary_page(catalogue, language)
    else:
        content = dump(plan_schema(catalogue), ascii_only=False)
    if check is not None:
        _compare(session, check, content)
    else:
        put_out(session, content, output)


def _compare(session: Session, file: Path, content: str) -> None:
    """Tell what differs, and end with 1 where something does."""
    try:
        found = file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        reason = reason_of(error) if isinstance(error, OSError) else error
        raise PlantrackError(text("{file} cannot be read: {reason}", file=file, reason=reason)) from None
    if found == content:
        tell(session.say(text("{file} is current", file=file)))
        return
    lines = list(
        difflib.unified_diff(
            found.splitlines(), content.splitlines(), str(file), "plantrack schema", lineterm="", n=1
        )
    )
    for line in lines[:MOST_LINES]:
        tell(line)
    advice = text("{file} is stale: write it anew with `plantrack schema -o {file}`", file=file)
    tell(session.say(advice), err=True)
    raise typer.Exit(FINDINGS)
