"""`--method`: the registered path methods, read where they are asked for only, for the registry loads numpy."""

from __future__ import annotations

from typing import TYPE_CHECKING

import typer

from plantrack.language import Language, listing, text

if TYPE_CHECKING:
    from typer.core import TyperOption

    from plantrack.paths.methods import Method


def _offered(command: str | None) -> dict[str, Method]:
    """The methods of a command: only `path` has one that starts from an actual, for others hold it against that."""
    from plantrack.paths import METHODS

    return {name: each for name, each in METHODS.items() if command == "path" or "actual" not in each.needs}


def known(ctx: typer.Context, given: str | None) -> str | None:
    """The name of a method that the command offers; any other is refused with those that there are."""
    if given is None or given in (names := _offered(ctx.command.name)):
        return given
    message = f"{given!r} is not one of {', '.join(map(repr, names))}."
    raise typer.BadParameter(message)


def completed(ctx: typer.Context, incomplete: str) -> list[str]:
    """The methods that begin so."""
    return [name for name in _offered(ctx.command.name) if name.startswith(incomplete)]


def describe(option: TyperOption, command: str | None, language: Language) -> None:
    """Complete the help of `--method` with the names and titles of the methods, in place."""
    offered = _offered(command)
    titles = listing(*(method.title for method in offered.values()))
    option.metavar = f"<{'|'.join(offered)}>"
    option.help = text("{what}: {methods}.", what=option.help, methods=titles).say(language)
