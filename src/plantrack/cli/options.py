"""Every argument and option of the commands, each once, with its help."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer
from typer import Argument, Option

from plantrack.cli import methods
from plantrack.formats.findings import FORMATS

TABLE = "table"
STDOUT = (Path("-"), Path("/dev/stdout"))
"""Written to as it is, also where the caller appends it to a file."""
Names = list[str] | None
File = Path | None
Year = int | None


def _output_named(ctx: typer.Context, given: Path | None) -> Path | None:
    """The file of `-o`, refused before any work where it must not be written; `-` is stdout."""
    from plantrack.cli.output_files import require_replaceable

    if given is None or given in STDOUT:
        return None
    require_replaceable(given, force=ctx.obj.force)
    return given


def _output(told: str, metavar: str = "FILE") -> Any:  # noqa: ANN401 - as typer has it
    return Option("-o", "--output", metavar=metavar, callback=_output_named, readable=False, help=told)


def _file(option: str, told: str) -> Any:  # noqa: ANN401 - as typer has it
    return Option(option, metavar="FILE", help=told)


def _indicator(told: str) -> Any:  # noqa: ANN401 - as typer has it
    return Option("-i", "--indicator", metavar="IND", help=told)


def _form(told: str) -> Any:  # noqa: ANN401 - as typer has it
    return Option("-f", "--format", help=told)


# -- the whole call ------------------------------------------------------------------------------

Lang = Annotated[Literal["zh", "en", "auto"], Option("--lang", help="Language of the output.")]
PlansFolder = Annotated[File, Option("--plans", metavar="DIR", help="Folder that plan ids are looked up in.")]
Color = Annotated[Literal["auto", "always", "never"], Option("--color", help="When to use colours.")]
Force = Annotated[bool, Option("--force", help="Let -o replace read-only files.")]
Version = Annotated[bool, Option("--version", help="Show the version.")]

# -- plans, indicators, documents ----------------------------------------------------------------

PlanName = Annotated[str, Argument(metavar="PLAN", help="Id of a plan, or path of a plan file.")]
PlanNames = Annotated[Names, Argument(metavar="PLAN", help="Ids or paths of plans.")]
PlansCompared = Annotated[Names, Argument(metavar="PLAN", help="Plans by id or path; none means every plan.")]
PlanPatterns = Annotated[
    Names, Argument(metavar="PLAN", help="Ids, paths, folders or patterns; none means every plan.")
]
PlanPaths = Annotated[
    Names,
    Argument(
        metavar="PATH",
        help="Plan files, folders or patterns; `-` reads one from stdin; none means every plan.",
    ),
]
Every = Annotated[bool, Option("--all", help="Every plan.")]
StdinFilename = Annotated[str | None, _file("--stdin-filename", "What the file read from stdin is called.")]
Indicators = Annotated[str, Argument(metavar="INDICATOR", help="Ids or names, separated by commas.")]
MoreIndicators = Annotated[Names, _indicator("A further indicator; may be repeated.")]
IndicatorName = Annotated[str | None, _indicator("Only this indicator: its id or its name.")]
Per = Annotated[
    str | None,
    Option("--per", metavar="IND", help="Also relative to this quantity, printed or implied, as gdp."),
]
Document = Annotated[File, _file("--document", "The document's text: .txt, .md, .docx, .html or .pdf.")]
Documents = Annotated[
    File, Option("--documents", metavar="DIR", help="Folder of documents, each named by its plan's id.")
]
Unused = Annotated[bool, Option("--unused", help="Also find numbers of the document that no figure uses.")]
CodeName = Annotated[str | None, Argument(metavar="CODE", help="Code or name of a finding; none lists all.")]

# -- paths and published values ------------------------------------------------------------------

MethodName = Annotated[
    str | None,
    Option(
        "--method",
        callback=methods.known,
        autocompletion=methods.completed,
        help="How paths lead to their targets",
    ),
]
LastYear = Annotated[
    Year, Option("--to", metavar="YEAR", help="Go on to this year; beyond the target it is extrapolated.")
]
AsOf = Annotated[
    Year, Option("--year", metavar="YEAR", help="Assess as of this year; later values are left aside.")
]
ActualsBeside = Annotated[
    File,
    _file(
        "--actuals",
        "Published values (YAML or CSV): for --method from-actual, and beside the path in charts and pictures.",
    ),
]
ActualsTracked = Annotated[Path, _file("--actuals", "Published values, YAML or CSV: see docs/actuals.md.")]
ActualsExported = Annotated[File, _file("--actuals", "Published values of one plan, YAML or CSV.")]
RevisedBase = Annotated[
    Literal["actual", "printed"],
    Option(
        "--base",
        help="Where the base was revised: the actual of the base year, and the target moved with it, or the "
        "printed base.",
    ),
]

# -- findings ------------------------------------------------------------------------------------

Select = Annotated[
    Names, Option("--select", metavar="CODE", help="Only these: codes, beginnings of codes (PT3) or names.")
]
Ignore = Annotated[
    Names, Option("--ignore", metavar="CODE", help="Without these: codes, beginnings of codes or names.")
]
ShowWaived = Annotated[bool, Option("--show-waived", help="Also show findings that a waiver covers.")]
DraftWaivers = Annotated[
    bool, Option("--draft-waivers", help="Print waivers for what is found, to paste into the plan file.")
]
Implied = Annotated[
    bool, Option("--implied", help="Also list what the figures imply for quantities that are not printed.")
]
Targets = Annotated[
    bool, Option("--targets", help="Only the verdict of each target: table, csv or markdown.")
]
Effort = Annotated[
    float,
    Option(
        "--effort",
        min=0.001,
        metavar="TIMES",
        help="How many times the usual work may be done before the rest is left undetermined.",
    ),
]
Strict = Annotated[bool | None, Option("--strict/--no-strict", help="Whether warnings count as errors.")]
ExitZero = Annotated[bool, Option("--exit-zero", help="Exit with 0 even where something is found.")]

# -- formats and files ---------------------------------------------------------------------------

if TYPE_CHECKING:
    FindingsName = str
else:
    FindingsName = Literal[TABLE, *FORMATS]
ExportForm = Literal["xlsx", "csv", "json"]
SchemaForm = Literal["json", "markdown"]
TidyName = Literal["figures", "targets", "implied", "findings", "paths", "progress"]

FindingsFormat = Annotated[FindingsName | None, _form("Output format.")]
Format = Annotated[Literal["table", "json", "csv", "markdown"], _form("Output format.")]
ExportFormat = Annotated[ExportForm | None, _form("Format of a folder (xlsx unless told) and of the screen.")]
SchemaFormat = Annotated[SchemaForm, _form("JSON Schema, or the data dictionary in Markdown.")]
TidyTable = Annotated[
    TidyName | None,
    Option("--table", help="Only this table; one CSV file holds one, figures unless told."),
]
Chart = Annotated[bool, Option("--chart", help="Draw a chart in the terminal.")]
SchemaFile = Annotated[
    File,
    Option("--check", metavar="FILE", readable=False, help="Only tell whether this file is current, for CI."),
]
OutputFile = Annotated[File, _output("Write to this file; its suffix tells the format.")]
PathFile = Annotated[
    File,
    _output(
        "Write to this file; its suffix tells the format: .json, .csv, .md, .xlsx, or a picture: .svg, .png, .pdf."
    ),
]
ExportFile = Annotated[
    File, _output("A file (.xlsx, .csv, .json) or a folder; without it, to the screen.", "FILE|DIR")
]

# -- drafts --------------------------------------------------------------------------------------

DraftedDocument = Annotated[
    Path, Argument(metavar="DOCUMENT", help="The document: .docx, .html, .pdf, .md or .txt.")
]
BaseYear = Annotated[
    Year, Option("--base", metavar="YEAR", help="Base year, where the document does not tell it.")
]
TargetYear = Annotated[
    Year, Option("--target", metavar="YEAR", help="Target year, where the document does not tell it.")
]
DraftedPlace = Annotated[
    str | None,
    Option("--place", metavar="NAME", help="Whose plan it is, where the document does not tell it."),
]
ConfirmedOnly = Annotated[
    bool, Option("--confirmed-only", help="Leave out what a person would have to confirm.")
]
