"""The command line: arguments in, call, show, exit code. The only typer import.

A module for each group of commands; importing it registers them, in the order of the help. Help
texts are English here and translated when the command tree is built. Heavy imports stand inside
the commands that need them, so that every command starts fast.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import typer
from typer.exceptions import TyperException

from plantrack import __version__
from plantrack.cli import audit, compare, export, files, paths, plans, schema, trace, track
from plantrack.cli.legible import tell_what_was_lost
from plantrack.cli.session import INTERRUPTED, WRONG_USAGE, app
from plantrack.cli.settings import find_settings
from plantrack.cli.streams import open_streams
from plantrack.errors import PlantrackError, reason_of
from plantrack.language import Language, choose_language, labelled, text
from plantrack.render import usage

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["app", "run"]

COMMANDS = (plans, audit, paths, track, compare, export, files, trace, schema)
"""The modules whose import registers commands."""


def run(arguments: Sequence[str]) -> int:
    """Run `plantrack` and return its exit code. Nothing gets out as a traceback."""
    open_streams()
    ahead, rest = usage.hoisted(arguments)
    language = choose_language(usage.asked_language(ahead))
    if "--version" in ahead:
        typer.echo(f"plantrack {__version__}")
        return 0
    try:
        settings = find_settings(Path.cwd())
        language = choose_language(usage.asked_language(ahead), project=settings.lang)
        command = typer.main.get_command(app)
        usage.translate_tree(command, language)
        code = command.main([*ahead, *rest], "plantrack", standalone_mode=False, obj=settings)
        sys.stdout.flush()
        tell_what_was_lost(language)
    except (KeyboardInterrupt, typer.Abort):
        return INTERRUPTED
    except Exception as error:
        if os.environ.get("PLANTRACK_DEBUG"):
            raise
        typer.echo(f"plantrack: {_explanation(error, language)}", err=True)
        return WRONG_USAGE
    return code if isinstance(code, int) else 0


def _explanation(error: Exception, language: Language) -> str:
    """One sentence for what cannot be done, or for what nobody foresaw."""
    if isinstance(error, PlantrackError):
        return error.text.say(language)
    if isinstance(error, TyperException):
        return usage.translated_error(error, language)
    if isinstance(error, OSError) and error.filename is not None:
        return labelled(error.filename, reason_of(error)).say(language)
    if isinstance(error, OSError):
        return text("the output cannot be written: {reason}", reason=reason_of(error)).say(language)
    kind = type(error).__name__
    said = text(
        "internal error ({kind}: {error}); please report it with the command you ran", kind=kind, error=error
    )
    return said.say(language)
