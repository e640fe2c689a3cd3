"""The command line. The only typer import.

In: arguments, environment, settings of the project. Out: text on the streams, files and an exit code; never a
traceback.

One module a command: arguments, a call, a view. What commands share: `options` (every argument and option, once),
`reader` (from names to sound plans), `emit` (the one way out), `session` (what holds for a whole call), `settings`.
Importing a command's module registers it; a call imports that of its command alone. Help texts are English here and
translated when the command tree is built. Heavy imports stand inside functions, so that every command starts fast.
No arithmetic and no rule belongs here.
"""

from __future__ import annotations

import os
import re
from contextlib import suppress
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

import typer
from typer.core import TyperGroup
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

__all__ = ["COMMANDS", "command_tree", "run"]

COMMANDS = (
    *("check", "compare", "path", "track", "report", "export", "validate"),
    *("explain", "list", "show", "schema", "trace", "draft", "new", "review"),
)
"""In the order of the help."""
_MODULES = {"list": "list_plans"}
"""The module of a command, where that has another name."""


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
        code = _called(ahead, rest, settings, language)
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


def _called(ahead: list[str], rest: list[str], settings: Settings, language: Language) -> object:
    """What the command returns: its exit code, or nothing."""
    asked = os.environ.get(_COMPLETE, "")
    if not re.fullmatch(r"(?:(?:source|complete)_[a-z]+)?", asked):  # typer would repeat it as it is
        raise PlantrackError(text("{name} is no request of a shell: {found}", name=_COMPLETE, found=asked))
    tree = command_tree(rest[0] if rest and not asked else "")
    usage.translate_tree(tree, language)
    try:
        return tree.main([*ahead, *rest], "plantrack", standalone_mode=False, obj=settings)
    except SystemExit as end:  # shell completion ends so
        return end.code


def command_tree(asked: str = "") -> TyperGroup:
    """The command that is asked for, or every command where it is none of them, in help and completion for example."""
    for command in [asked] if asked in COMMANDS else COMMANDS:
        import_module(f"{__name__}.{_MODULES.get(command, command)}")
    tree = typer.main.get_command(app)
    assert isinstance(tree, TyperGroup)
    tree.commands = {each: tree.commands[each] for each in COMMANDS if each in tree.commands}
    return tree


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
