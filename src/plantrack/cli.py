"""The command line: arguments in, call, show, exit code. The only typer import.

Help texts are English here and translated when the command tree is built. Heavy imports stand
inside the commands that need them, so that every command starts fast.
"""

from __future__ import annotations

import os
import sys
from enum import StrEnum
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NamedTuple

import typer
from typer.core import TyperCommand, TyperGroup
from typer.exceptions import TyperException

from plantrack import __version__
from plantrack.errors import PlantrackError
from plantrack.findings import Level, worst_level
from plantrack.language import Language, Text, choose_language, text
from plantrack.render import usage

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from typing import TextIO

    from plantrack.catalogue import Catalogue
    from plantrack.findings import Finding
    from plantrack.loading import LoadedPlan
    from plantrack.render.sheets import Sheet
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


class Steps(StrEnum):
    """Names of the path methods."""

    GROWTH = "growth"
    LINEAR = "linear"


class Session(NamedTuple):
    """What holds for the whole call: language, plans folder, colours."""

    language: Language
    plans: Path | None
    color: Color

    def screen(self) -> Screen:
        from plantrack.render.table import Screen

        return Screen(self.color)

    def say(self, sentence: Text) -> str:
        return sentence.say(self.language)


class _Command(TyperCommand):
    language: Language = "en"

    def get_help(self, ctx: typer.Context) -> str:  # type: ignore[override]
        return usage.translated_help(super().get_help(ctx), self.language)


class _Group(TyperGroup):
    language: Language = "en"

    def get_help(self, ctx: typer.Context) -> str:  # type: ignore[override]
        return usage.translated_help(super().get_help(ctx), self.language)


app = typer.Typer(
    name="plantrack",
    cls=_Group,
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
OutputFile = Annotated[
    Path | None,
    typer.Option("-o", "--output", metavar="FILE", help="Write to this file; its suffix tells the format."),
]
Strict = Annotated[bool, typer.Option("--strict", help="Warnings count as errors.")]
ExitZero = Annotated[bool, typer.Option("--exit-zero", help="Exit with 0 even where something is found.")]


@app.callback()
def start(
    ctx: typer.Context,
    lang: Annotated[Speech, typer.Option("--lang", help="Language of the output.")] = Speech.AUTO,
    plans: Annotated[
        Path | None, typer.Option("--plans", metavar="DIR", help="Folder that plan ids are looked up in.")
    ] = None,
    color: Annotated[When, typer.Option("--color", help="When to use colours.")] = When.AUTO,
    _version: Annotated[bool, typer.Option("--version", help="Show the version.")] = False,
) -> None:
    """Do a plan's printed numbers agree, and what do they mean year by year?"""
    ctx.obj = Session(choose_language(lang.value), plans, color.value)


@app.command("list", cls=_Command, epilog="Example: plantrack list")
def list_plans(ctx: typer.Context, form: FormatName = Format.TABLE, output: OutputFile = None) -> None:
    """The plans known here, and what is in them."""
    from plantrack.loading import load_catalogue, load_plan, plan_files
    from plantrack.render import json, sheets

    session: Session = ctx.obj
    plans = [load_plan(path, load_catalogue()) for path in plan_files(session.plans)]
    _show(
        session,
        form,
        output,
        partial(json.plans_document, plans),
        [lambda: sheets.plans_sheet(plans, session.language)],
    )


@app.command(cls=_Command, epilog="Example: plantrack show zhuhai -i loans")
def show(
    ctx: typer.Context,
    plan: PlanName,
    indicator: IndicatorName = None,
    form: FormatName = Format.TABLE,
    output: OutputFile = None,
) -> None:
    """Figures as printed, with where they stand."""
    from plantrack.loading import find_indicator
    from plantrack.render import json, sheets

    session: Session = ctx.obj
    loaded, catalogue = _sound_plan(session, plan)
    figures = sheets.in_reading_order(loaded.figures)
    if indicator is not None:
        chosen = find_indicator(indicator, loaded, catalogue)
        figures = [figure for figure in figures if figure.indicator == chosen]
    _show(
        session,
        form,
        output,
        partial(json.show_document, loaded, figures),
        [lambda: sheets.figures_sheet(loaded, catalogue, figures, session.language)],
    )


@app.command(cls=_Command, epilog="Example: plantrack check zhaoqing")
def check(
    ctx: typer.Context,
    plans: Annotated[
        list[str] | None, typer.Argument(metavar="PLAN", help="Ids or paths; none means every plan.")
    ] = None,
    every: Annotated[bool, typer.Option("--all", help="Every plan.")] = False,
    implied: Annotated[
        bool,
        typer.Option(
            "--implied", help="Also list what the figures imply for quantities that are not printed."
        ),
    ] = False,
    form: FormatName = Format.TABLE,
    output: OutputFile = None,
    strict: Strict = False,
    exit_zero: ExitZero = False,
) -> None:
    """Audit: can the printed figures all be true? Verdict per target, findings, coverage."""
    from plantrack.audit import audit_plans
    from plantrack.loading import find_plan, load_catalogue, load_plan, plan_files
    from plantrack.render import json, sheets
    from plantrack.validity import check_validity

    session: Session = ctx.obj
    if every and plans:
        raise PlantrackError(text("--all names every plan: leave the other names out"))
    catalogue = load_catalogue()
    files = [find_plan(name, session.plans) for name in plans] if plans else plan_files(session.plans)
    loaded = [load_plan(path, catalogue) for path in dict.fromkeys(files)]
    problems = [
        (each, [f for f in check_validity(each, catalogue) if f.level is Level.ERROR]) for each in loaded
    ]
    broken = [finding for _, findings in problems for finding in findings]
    audit = audit_plans([each for each, findings in problems if not findings], catalogue)

    if form is not Format.JSON:
        _complain(session, broken)

    def print_report() -> None:
        from plantrack.render.report import print_audit

        screen = session.screen()
        print_audit(screen, audit, catalogue, session.language)
        if implied:
            screen.line()
            screen.sheet(sheets.latents_sheet(audit, catalogue, session.language))

    _show(
        session,
        form,
        output,
        partial(json.check_document, audit, broken),
        [partial(sheets.targets_sheet, audit, each, catalogue, session.language) for each in audit.plans],
        print_report,
    )
    _finish([*broken, *audit.findings], strict=strict, exit_zero=exit_zero)


@app.command(cls=_Command, epilog="Example: plantrack path zhuhai --indicator loans")
def path(
    ctx: typer.Context,
    plan: PlanName,
    indicator: IndicatorName = None,
    method: Annotated[
        Steps | None, typer.Option("--method", help="Constant growth or constant steps, for all indicators.")
    ] = None,
    form: FormatName = Format.TABLE,
    output: OutputFile = None,
) -> None:
    """Targets year by year."""
    from plantrack.loading import find_indicator
    from plantrack.paths import project_paths
    from plantrack.render import json, sheets

    session: Session = ctx.obj
    loaded, catalogue = _sound_plan(session, plan)
    paths = project_paths(loaded, catalogue, name=method.value if method else None)
    if indicator is None:
        tables: list[Callable[[], Sheet]] = [
            lambda: sheets.paths_sheet(loaded, paths, catalogue, session.language)
        ]
    else:
        chosen = find_indicator(indicator, loaded, catalogue)
        paths = [each for each in paths if each.indicator_id == chosen]
        if not paths:
            raise PlantrackError(text("{name}: no target is printed", name=chosen))
        for each in paths:
            if each.why is not None:
                raise PlantrackError(
                    text("{name}: no path, for {why}", name=each.indicator.name, why=each.why)
                )
        tables = [partial(sheets.path_sheet, loaded, each, catalogue, session.language) for each in paths]
    _show(session, form, output, partial(json.paths_document, loaded, paths), tables)


@app.command(cls=_Command, epilog="Example: plantrack validate data/plans")
def validate(
    ctx: typer.Context,
    paths: Annotated[
        list[Path] | None,
        typer.Argument(metavar="PATH", help="Plan files or folders; none means every plan."),
    ] = None,
    form: FormatName = Format.TABLE,
    output: OutputFile = None,
    strict: Strict = False,
    exit_zero: ExitZero = False,
) -> None:
    """Plan files: structure and references, for CI."""
    from plantrack.loading import load_catalogue, load_plan, plan_files
    from plantrack.loading.library import files_under
    from plantrack.render import json, sheets
    from plantrack.validity import check_validity

    session: Session = ctx.obj
    catalogue = load_catalogue()
    files = [file for each in paths for file in files_under(each)] if paths else plan_files(session.plans)
    files = list(dict.fromkeys(files))
    findings = [
        finding for file in files for finding in check_validity(load_plan(file, catalogue), catalogue)
    ]
    _show(
        session,
        form,
        output,
        partial(json.validate_document, len(files), findings),
        [lambda: sheets.findings_sheet(len(files), findings, session.language)],
    )
    _finish(findings, strict=strict, exit_zero=exit_zero)


@app.command(cls=_Command, epilog="Example: plantrack explain PT301")
def explain(
    ctx: typer.Context,
    code: Annotated[
        str | None, typer.Argument(metavar="CODE", help="Code or name of a finding; none lists all.")
    ] = None,
) -> None:
    """What each finding means, and how to settle it."""
    from plantrack.render import pages, sheets

    session: Session = ctx.obj
    screen = session.screen()
    if code is None:
        screen.sheet(sheets.codes_sheet(session.language))
        return
    for line in pages.page_lines(pages.find_code(code), session.language):
        screen.line(line, "bold" if line.startswith("## ") else "")


# -- shared by the commands ----------------------------------------------------------------------


def _sound_plan(session: Session, name: str) -> tuple[LoadedPlan, Catalogue]:
    """The plan of that name; where its file has errors they are shown, and the call ends."""
    from plantrack.loading import find_plan, load_catalogue, load_plan
    from plantrack.validity import check_validity

    catalogue = load_catalogue()
    loaded = load_plan(find_plan(name, session.plans), catalogue)
    errors = [finding for finding in check_validity(loaded, catalogue) if finding.level is Level.ERROR]
    if errors:
        _complain(session, errors)
        raise typer.Exit(FINDINGS)
    return loaded, catalogue


def _complain(session: Session, findings: Iterable[Finding]) -> None:
    """Findings of files that cannot be used, a line each, beside the output."""
    from plantrack.render.report import finding_line

    for finding in findings:
        typer.echo(finding_line(finding, session.language), err=True)


def _show(
    session: Session,
    form: Format,
    output: Path | None,
    document: Callable[[], dict[str, object]],
    tables: Sequence[Callable[[], Sheet]],
    print_table: Callable[[], None] | None = None,
) -> None:
    """Print a result in the format asked for, or write it to a file whole."""
    from plantrack.render import delimited, json
    from plantrack.render.files import format_of, write_whole

    name = form.value if output is None else format_of(output)
    if name == "table":
        if print_table is not None:
            print_table()
            return
        screen = session.screen()
        for table in tables:
            screen.sheet(table())
        return
    if name == "json":
        utf8 = output is not None or (sys.stdout.encoding or "").lower().replace("-", "") in {
            "utf8",
            "utf8sig",
        }
        content = json.dump(document(), ascii_only=not utf8)
    elif name == "csv":
        content = "\r\n".join(delimited.to_csv(table(), session.language) for table in tables)
    else:
        content = "\n".join(delimited.to_markdown(table()) for table in tables)
    if output is not None:
        write_whole(output, content, with_mark=name == "csv")
    else:
        sys.stdout.write(content)


def _finish(findings: Iterable[Finding], *, strict: bool, exit_zero: bool) -> None:
    """End with 1 where something grave was found."""
    worst = worst_level(findings)
    grave = worst is Level.ERROR or (strict and worst is Level.WARNING)
    raise typer.Exit(FINDINGS if grave and not exit_zero else 0)


# -- the way in ----------------------------------------------------------------------------------


def run(arguments: Sequence[str]) -> int:
    """Run `plantrack` and return its exit code. Nothing gets out as a traceback."""
    sys.stdout, sys.stderr = sys.stdout or _nowhere(), sys.stderr or _nowhere()
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace", newline="\n" if os.name == "posix" else None)
    ahead, rest = usage.hoisted(arguments)
    language = choose_language(usage.asked_language(ahead))
    if "--version" in ahead:
        typer.echo(f"plantrack {__version__}")
        return 0
    try:
        command = typer.main.get_command(app)
        usage.translate_tree(command, language)
        code = command.main([*ahead, *rest], "plantrack", standalone_mode=False)
        sys.stdout.flush()
    except (BrokenPipeError, SystemExit):  # typer turns a closed pipe into SystemExit
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
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
    if isinstance(error, OSError):
        return text("the output cannot be written: {reason}", reason=error.strerror).say(language)
    kind = type(error).__name__
    said = text(
        "internal error ({kind}: {error}); please report it with the command you ran", kind=kind, error=error
    )
    return said.say(language)


def _nowhere() -> TextIO:
    """For a stream that the caller closed."""
    return Path(os.devnull).open("w", encoding="utf-8")
