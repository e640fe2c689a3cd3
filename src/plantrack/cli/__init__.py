"""The command line. The only typer import.

In: arguments, environment, settings of the project. Out: text on the streams, files and an exit code; never a
traceback.

One module a command: arguments, a call, a view. What commands share: `options` (every argument and option, once),
`reader` (from names to sound plans), `emit` (the one way out), `session` (what holds for a whole call), `settings`.
Importing a command's module registers it. Help texts are English here and translated when the command tree is built.
Heavy imports stand inside functions, so that every command starts fast. No arithmetic and no rule belongs here.
"""

from __future__ import annotations

import os
import re
from contextlib import suppress
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

import typer
from typer.exceptions import TyperException

from plantrack import __version__
from plantrack.cli import usage
from plantrack.cli.emit import INTERRUPTED, WRONG_USAGE
from plantrack.cli.legible import what_was_lost
from plantrack.cli.session import app
from plantrack.cli.settings import find_settings
from plantrack.cli.streams import flush_streams, open_streams, tell, tell_failure
from plantrack.errors import PlantrackError, reason_of
from plantrack.language import Language, choose_language, labelled, text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from plantrack.cli.settings import Settings

__all__ = ["app", "run"]

COMMANDS = (
    *("check", "compare", "path", "track", "report", "export", "validate"),
    *("explain", "list_plans", "show", "schema", "trace", "draft", "new", "review"),
)
"""The modules of the commands, in the order of the help."""
for command in COMMANDS:
    import_module(f"{__name__}.{command}")


def run(arguments: Sequence[str]) -> int:
    """Run `plantrack` and return its exit code. Nothing gets out as a traceback."""
    open_streams()
    ahead, rest = usage.hoisted(arguments)
    asked = usage.asked_language(ahead)
    language = choose_language(asked)
    try:
        if "--version" in ahead:
            tell(f"plantrack {__version__}")
            return 0
        settings = find_settings(_current_folder())
        language = choose_language(asked, project=settings.lang)
        code = _called([*ahead, *rest], settings, language)
        flush_streams()
        if lost := what_was_lost(language):
            tell(lost, err=True)
    except (KeyboardInterrupt, typer.Abort):
        return INTERRUPTED
    except Exception as error:
        if os.environ.get("PLANTRACK_DEBUG"):
            raise
        if type(error).__name__ == "NoArgsIsHelpError":
            with suppress(PlantrackError):
                typer.echo(error, err=True)
        else:
            tell_failure(f"plantrack: {_explanation(error, language)}")
        return WRONG_USAGE
    return code if isinstance(code, int) else 0


def _current_folder() -> Path:
    """Where the call is made; an error where somebody has deleted it."""
    try:
        return Path.cwd()
    except OSError as error:
        reason = reason_of(error)
        raise PlantrackError(
            text("the current folder cannot be found: {reason}; change to another one", reason=reason)
        ) from None


def _called(arguments: list[str], settings: Settings, language: Language) -> object:
    """What the command returns: its exit code, or nothing."""
    asked = os.environ.get(_COMPLETE, "")
    if not re.fullmatch(r"(?:(?:source|complete)_[a-z]+)?", asked):  # typer would repeat it as it is
        raise PlantrackError(text("{name} is no request of a shell: {found}", name=_COMPLETE, found=asked))
    command = typer.main.get_command(app)
    usage.translate_tree(command, language)
    try:
        return command.main(arguments, "plantrack", standalone_mode=False, obj=settings)
    except SystemExit as end:  # shell completion ends so
        return end.code


_COMPLETE = "_PLANTRACK_COMPLETE"


def _explanation(error: Exception, language: Language) -> str:
    """One sentence for what cannot be done, or for what nobody foresaw."""
    if isinstance(error, PlantrackError):
        return error.text.say(language)
    if isinstance(error, TyperException):
        return usage.translated_error(error, language)
    if isinstance(error, OSError) and error.filename is not None:
        return labelled(error.filename, reason_of(error)).say(language)
    if isinstance(error, OSError):
        return text("the system refuses what is needed here: {reason}", reason=reason_of(error)).say(language)
    kind, said = type(error).__name__, " ".join(str(error).split())
    return text(
        "internal error ({kind}: {error}); please report it with the command you ran", kind=kind, error=said
    ).say(language)
