"""The typer app, and what holds for a whole call."""

from __future__ import annotations

import os
from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

import typer
from typer.core import TyperCommand, TyperGroup, TyperOption

from plantrack.cli import methods, options, usage
from plantrack.cli.settings import Settings
from plantrack.language import Language, Text, choose_language

if TYPE_CHECKING:
    from plantrack.formats.terminal import Color, Screen
    from plantrack.plan.catalogue import Catalogue
    from plantrack.selection import Selection
    from plantrack.views.table import Table


class Session(NamedTuple):
    """What holds for the whole call: language, plans folder, colours, the project's settings."""

    language: Language
    plans: Path | None
    color: Color
    settings: Settings = Settings()
    force: bool = False
    """Whether read-only files are replaced."""

    @property
    def catalogue(self) -> Catalogue:
        from plantrack.reading import load_catalogue

        return load_catalogue()

    def screen(self) -> Screen:
        from plantrack.formats.terminal import Screen

        return Screen(self.color)

    def show(self, *tables: Table, verbosity: Literal[-1, 0, 1] = 0) -> None:
        """Print tables on one screen."""
        screen = self.screen()
        for table in tables:
            screen.show(table, self.language, verbosity)

    def say(self, sentence: Text) -> str:
        return sentence.say(self.language)

    def selection(self, select: list[str] | None, ignore: list[str] | None) -> Selection:
        """The codes of the command line; what it leaves out, the project's."""
        from plantrack.selection import read_selection

        return read_selection(
            self.settings.select if select is None else select,
            self.settings.ignore if ignore is None else ignore,
        )


def examples(*calls: str) -> str:
    """Of a command, for its help."""
    return "\n".join(f"plantrack {call}" for call in calls)


class Command(TyperCommand):
    language: Language = "en"

    def format_options(self, ctx: typer.Context, formatter: Any) -> None:  # type: ignore[override]  # noqa: ANN401 - click has it
        """In groups: what is worked on, how it leaves, how the call ends."""
        groups: defaultdict[str, list[tuple[str, str]]] = defaultdict(list)
        for each in self.get_params(ctx):
            if (record := each.get_help_record(ctx)) is not None:
                groups[usage.group_of(each)].append(record)
        for title in sorted(groups, key=usage.GROUPS.index):
            with formatter.section(title):
                formatter.write_dl(groups[title])

    def format_epilog(self, ctx: typer.Context, formatter: Any) -> None:  # type: ignore[override]  # noqa: ANN401, ARG002
        """The examples, each on a line."""
        with formatter.section("Examples"):
            for call in (self.epilog or "").splitlines():
                formatter.write(f"{' ' * formatter.current_indent}{call}\n")

    def get_help(self, ctx: typer.Context) -> str:  # type: ignore[override]
        for each in self.params:
            if isinstance(each, TyperOption) and each.name == "method":
                methods.describe(each, self.name, self.language)
        if self.language == "zh":
            ctx.terminal_width = usage.WHOLE_LINES
        return usage.translated_help(super().get_help(ctx), self.language)


class Group(TyperGroup):
    language: Language = "en"

    def get_help(self, ctx: typer.Context) -> str:  # type: ignore[override]
        if self.language == "zh":
            ctx.terminal_width = usage.WHOLE_LINES
        return usage.translated_help(super().get_help(ctx), self.language)


app = typer.Typer(
    name="plantrack",
    cls=Group,
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


@app.callback()
def start(
    ctx: typer.Context,
    lang: options.Lang = "auto",
    plans: options.PlansFolder = None,
    color: options.Color = "auto",
    force: options.Force = False,
    _version: options.Version = False,
) -> None:
    """Do a plan's printed numbers agree, and what do they mean year by year?"""
    settings = ctx.obj or Settings()
    if plans is None and not os.environ.get("PLANTRACK_PLANS"):
        plans = settings.plans
    ctx.obj = Session(choose_language(lang, project=settings.lang), plans, color, settings, force)
