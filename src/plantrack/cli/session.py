"""What all commands share: the typer app, options, and how results are shown and calls end."""

from __future__ import annotations

import os
import sys
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NamedTuple

import typer
from typer.core import TyperCommand, TyperGroup, TyperOption

from plantrack.cli.methods import describe_method
from plantrack.cli.settings import Settings
from plantrack.cli.streams import tell
from plantrack.findings import Level, in_order, worst_level
from plantrack.language import Language, Text, choose_language, without_commands
from plantrack.render import usage

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from plantrack.findings import Finding
    from plantrack.plan.catalogue import Catalogue
    from plantrack.plan.plan import Plan
    from plantrack.render.sheets.sheet import Sheet
    from plantrack.render.table import Color, Screen

FINDINGS, WRONG_USAGE, INTERRUPTED = 1, 2, 130


class Format(StrEnum):
    """Formats of `-f`."""

    TABLE = "table"
    JSON = "json"
    CSV = "csv"
    MARKDOWN = "markdown"


class When(StrEnum):
    """When colours are used."""

    AUTO = "auto"
    ALWAYS = "always"
    NEVER = "never"


class Speech(StrEnum):
    """Languages of `--lang`."""

    ZH = "zh"
    EN = "en"
    AUTO = "auto"


class Session(NamedTuple):
    """What holds for the whole call: language, plans folder, colours, the project's settings."""

    language: Language
    plans: Path | None
    color: Color
    settings: Settings = Settings()
    force: bool = False
    """Whether read-only files are replaced."""

    def screen(self) -> Screen:
        from plantrack.render.table import Screen

        return Screen(self.color)

    def say(self, sentence: Text) -> str:
        return sentence.say(self.language)


class Command(TyperCommand):
    language: Language = "en"

    def get_help(self, ctx: typer.Context) -> str:  # type: ignore[override]
        for each in self.params:
            if isinstance(each, TyperOption) and each.name == "method":
                describe_method(each, self.name, self.language)
        return usage.translated_help(super().get_help(ctx), self.language)


class Group(TyperGroup):
    language: Language = "en"

    def get_help(self, ctx: typer.Context) -> str:  # type: ignore[override]
        return usage.translated_help(super().get_help(ctx), self.language)


app = typer.Typer(
    name="plantrack",
    cls=Group,
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)

PlanName = Annotated[str, typer.Argument(metavar="PLAN", help="Id of a plan, or path of a plan file.")]
IndicatorName = Annotated[
    str | None,
    typer.Option("-i", "--indicator", metavar="IND", help="Only this indicator: its id or its name."),
]
FormatName = Annotated[Format, typer.Option("-f", "--format", help="Output format.")]


def output_named(ctx: typer.Context, given: Path | None) -> Path | None:
    """The file of `-o`, refused before any work where it must not be written; `-` is stdout."""
    from plantrack.render.files import require_replaceable

    if given is None or given in STDOUT:
        return None
    require_replaceable(given, force=ctx.obj.force)
    return given


STDOUT = (Path("-"), Path("/dev/stdout"))
"""Written to as it is, also where the caller appends it to a file."""


OutputFile = Annotated[
    Path | None,
    typer.Option(
        "-o",
        "--output",
        metavar="FILE",
        callback=output_named,
        readable=False,
        help="Write to this file; its suffix tells the format.",
    ),
]
Strict = Annotated[
    bool | None, typer.Option("--strict/--no-strict", help="Whether warnings count as errors.")
]
ExitZero = Annotated[bool, typer.Option("--exit-zero", help="Exit with 0 even where something is found.")]


@app.callback()
def start(
    ctx: typer.Context,
    lang: Annotated[Speech, typer.Option("--lang", help="Language of the output.")] = Speech.AUTO,
    plans: Annotated[
        Path | None, typer.Option("--plans", metavar="DIR", help="Folder that plan ids are looked up in.")
    ] = None,
    color: Annotated[When, typer.Option("--color", help="When to use colours.")] = When.AUTO,
    force: Annotated[bool, typer.Option("--force", help="Let -o replace read-only files.")] = False,
    _version: Annotated[bool, typer.Option("--version", help="Show the version.")] = False,
) -> None:
    """Do a plan's printed numbers agree, and what do they mean year by year?"""
    settings = ctx.obj or Settings()
    language = choose_language(lang.value, project=settings.lang)
    if plans is None and not os.environ.get("PLANTRACK_PLANS"):
        plans = settings.plans
    ctx.obj = Session(language, plans, color.value, settings, force)


# -- what commands do alike -----------------------------------------------------------------------


def sound_plan(session: Session, name: str) -> tuple[Plan, Catalogue]:
    """The plan of that name; where its file has errors they are shown, and the call ends."""
    from plantrack.reading import find_plan

    return _sound(session, find_plan(name, session.plans))


def _sound(session: Session, file: Path) -> tuple[Plan, Catalogue]:
    from plantrack.reading import load_catalogue, read_plan_file

    catalogue = load_catalogue()
    read = read_plan_file(file, catalogue)
    if read.plan is None:
        complain(session, in_order(read.errors))
        raise typer.Exit(FINDINGS)
    return read.plan, catalogue


def sound_plans(session: Session, names: Iterable[str]) -> list[tuple[Plan, Catalogue]]:
    """The plans of those names, each once.

    Raises:
        PlantrackError: where two files are of one plan.
    """
    from plantrack.reading import distinct, find_plan, require_one_file_each

    files = distinct(find_plan(name, session.plans) for name in names)
    sound = [_sound(session, file) for file in files]
    require_one_file_each(loaded for loaded, _ in sound)
    return sound


def complain(session: Session, findings: Iterable[Finding]) -> None:
    """Findings of files that cannot be used, a line each, beside the output."""
    from plantrack.render.finding import finding_line

    for finding in findings:
        tell(finding_line(finding, session.language), err=True)


def show_result(
    session: Session,
    form: Format,
    output: Path | None,
    document: Callable[[], dict[str, object]],
    tables: Sequence[Callable[[], Sheet]],
    print_table: Callable[[], None] | None = None,
) -> None:
    """Print a result in the format asked for, or write it to a file whole."""
    from plantrack.render import delimited, json
    from plantrack.render.files import format_of, write_bytes

    name = form.value if output is None else format_of(output)
    if name == "table":
        if print_table is not None:
            print_table()
            return
        screen = session.screen()
        for table in tables:
            screen.sheet(table())
        return
    if name == "xlsx" and output is not None:
        from plantrack.render.grids.sheets import sheet_grids
        from plantrack.render.workbook import workbook_bytes

        sheets = [table() for table in tables]
        grids = sheet_grids(sheets, session.language)
        write_bytes(output, workbook_bytes(grids, sheets[0].title), force=session.force)
        return
    if name == "json":
        content = json.dump(document(), ascii_only=not carries_utf8(output))
    elif name == "csv":
        content = "\r\n".join(delimited.to_csv(table(), session.language) for table in tables)
    else:
        content = "\n".join(delimited.to_markdown(table()) for table in tables)
    put_out(session, content, output, with_mark=name == "csv")


def carries_utf8(output: Path | None) -> bool:
    """Whether any character can be written: to files always, to stdout where it is UTF-8."""
    encoding = (sys.stdout.encoding or "").lower().replace("-", "")
    return output is not None or encoding in {"utf8", "utf8sig"}


def put_out(
    session: Session, content: str, output: Path | None, *, with_mark: bool, has_commands: bool = False
) -> None:
    """To stdout, or to a file whole, there with a byte order mark where Excel needs it.

    Only what consists of commands to the runner of a workflow may hold one.
    """
    from plantrack.render.files import write_whole

    content = content if has_commands else without_commands(content)
    if output is not None:
        write_whole(output, content, with_mark=with_mark, force=session.force)
    else:
        sys.stdout.write(content)


def finish(findings: Iterable[Finding], *, strict: bool, exit_zero: bool) -> None:
    """End with 1 where something grave was found."""
    worst = worst_level(findings)
    grave = worst is Level.ERROR or (strict and worst is Level.WARNING)
    raise typer.Exit(FINDINGS if grave and not exit_zero else 0)
