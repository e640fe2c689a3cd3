"""`schema`: the JSON Schema and the data dictionary of the plan file."""

from __future__ import annotations

import difflib
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from plantrack.cli.session import FINDINGS, Command, OutputFile, Session, app, put_out
from plantrack.cli.streams import tell
from plantrack.errors import PlantrackError, reason_of
from plantrack.language import text

MOST_LINES = 20
"""More lines of a difference are not shown."""


class SchemaFormat(StrEnum):
    """What describes the plan file: for programs, for people."""

    JSON = "json"
    MARKDOWN = "markdown"


@app.command(cls=Command, epilog="Example: plantrack schema --check data/plan.schema.json")
def schema(
    ctx: typer.Context,
    form: Annotated[
        SchemaFormat, typer.Option("-f", "--format", help="JSON Schema, or the data dictionary in Markdown.")
    ] = SchemaFormat.JSON,
    check: Annotated[
        Path | None,
        typer.Option(
            "--check", metavar="FILE", readable=False, help="Only tell whether this file is current, for CI."
        ),
    ] = None,
    output: OutputFile = None,
) -> None:
    """JSON Schema of the plan file, for editors and CI."""
    session: Session = ctx.obj
    if check is not None and not check.exists():
        raise PlantrackError(text("there is no file {file}", file=check))
    target = check or output
    content = _content(form if target is None else _form_of(target))
    if check is not None:
        _compare(session, check, content)
    else:
        put_out(session, content, output, with_mark=False)


def _content(form: SchemaFormat) -> str:
    from plantrack.formats import json
    from plantrack.formats.dictionary import dictionary_page
    from plantrack.formats.schema import plan_schema
    from plantrack.reading import load_catalogue

    catalogue = load_catalogue()
    if form is SchemaFormat.MARKDOWN:
        return dictionary_page(catalogue)
    return json.dump(plan_schema(catalogue), ascii_only=False)


def _form_of(file: Path) -> SchemaFormat:
    from plantrack.render.files import format_of

    name = format_of(file)
    if name not in {each.value for each in SchemaFormat}:
        raise PlantrackError(text("{file}: a schema is written as .json or .md", file=file))
    return SchemaFormat(name)


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
