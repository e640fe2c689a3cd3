"""Every argument and option of the commands, each once, with its help."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer
from typer import Argument, Option

from plantrack.cli import completion, methods
from plantrack.cli.output_files import require_replaceable
from plantrack.formats import exports
from plantrack.formats.findings import FORMATS

TABLE = "table"
STDOUT = (Path("-"), Path("/dev/stdout"))
"""Written to as it is, also where the caller appends it to a file."""
Name = str | None
Names = list[str] | None
File = Path | None
Year = int | None


def _output_named(ctx: typer.Context, given: Path | None) -> Path | None:
    """The file of `-o`, refused before any work where it must not be written; `-` is stdout."""
    if given is None or given in STDOUT:
        return None
    require_replaceable(given, force=ctx.obj.force)
    return given


def _outputs_named(ctx: typer.Context, given: list[Path] | None) -> list[Path | None]:
    return [_output_named(ctx, each) for each in given or ()]


def _argument(metavar: str, told: str, **more: Any) -> Any:  # noqa: ANN401 - as typer has it
    return Argument(metavar=metavar, help=told, **more)


def _option(usage: str, told: str, **more: Any) -> Any:  # noqa: ANN401 - as typer has it
    """An option by its usage: `-i --indicator IND`."""
    words = usage.split()
    names = [word for word in words if word.startswith("-")]
    return Option(*names, metavar=words[-1] if words[-1] not in names else None, help=told, **more)


def _output(told: str, of: str = "FILE") -> Any:  # noqa: ANN401 - as typer has it
    return _option(f"-o --output {of}", told, callback=_output_named, readable=False)


# -- the whole call ------------------------------------------------------------------------------

Lang = Annotated[Literal["zh", "en", "auto"], _option("--lang", "Language of the output.")]
PlansFolder = Annotated[File, _option("--plans DIR", "Folder that plan ids are looked up in.")]
Color = Annotated[Literal["auto", "always", "never"], _option("--color", "When to use colours.")]
Force = Annotated[bool, _option("--force", "Let -o replace read-only files.")]
Version = Annotated[bool, _option("--version", "Show the version.")]

# -- plans, indicators, documents ----------------------------------------------------------------

PlanName = Annotated[
    str, _argument("PLAN", "Id of a plan, or path of a plan file.", autocompletion=completion.plans)
]
PlanNames = Annotated[Names, _argument("PLAN", "Ids or paths of plans.", autocompletion=completion.plans)]
PlansCompared = Annotated[
    Names, _argument("PLAN", "Plans by id or path; none means every plan.", autocompletion=completion.plans)
]
PlanPatterns = Annotated[
    Names,
    _argument(
        "PLAN", "Ids, paths, folders or patterns; none means every plan.", autocompletion=completion.plans
    ),
]
_PATHS = "Plan files, folders or patterns; `-` reads one from stdin; none means every plan."
PlanPaths = Annotated[Names, _argument("PATH", _PATHS)]
Every = Annotated[bool, _option("--all", "Every plan.")]
StdinFilename = Annotated[Name, _option("--stdin-filename FILE", "What the file read from stdin is called.")]
Indicators = Annotated[
    str, _argument("INDICATOR", "Ids or names, separated by commas.", autocompletion=completion.indicators)
]
MoreIndicators = Annotated[
    Names,
    _option(
        "-i --indicator IND", "A further indicator; may be repeated.", autocompletion=completion.indicators
    ),
]
IndicatorName = Annotated[
    Name,
    _option(
        "-i --indicator IND", "Only this indicator: its id or its name.", autocompletion=completion.indicators
    ),
]
IndicatorNames = Annotated[
    Names,
    _option(
        "-i --indicator IND",
        "Only this indicator: its id or its name; may be repeated.",
        autocompletion=completion.indicators,
    ),
]
Per = Annotated[
    Name,
    _option(
        "--per IND",
        "Also relative to this quantity, printed or implied, as gdp.",
        autocompletion=completion.indicators,
    ),
]
Document = Annotated[
    File, _option("--document FILE", "The document's text: .txt, .md, .docx, .html or .pdf.")
]
Documents = Annotated[File, _option("--documents DIR", "Folder of documents, each named by its plan's id.")]
_LINES = "Also tell the lines on which figures stand: folder of documents, each named by its plan's id."
DocumentsCited = Annotated[File, _option("--documents DIR", _LINES)]
Unused = Annotated[bool, _option("--unused", "Also find numbers of the document that no figure uses.")]
EveryFigure = Annotated[bool, _option("-v --verbose", "Also list the figures that stand where they should.")]
CodeName = Annotated[
    Name, _argument("CODE", "Code or name of a finding; none lists all.", autocompletion=completion.codes)
]

# -- paths and published values ------------------------------------------------------------------

MethodName = Annotated[
    Name,
    _option(
        "--method",
        "How paths lead to their targets",
        callback=methods.known,
        autocompletion=methods.completed,
    ),
]
LastYear = Annotated[Year, _option("--to YEAR", "Go on to this year; beyond the target it is extrapolated.")]
AsOf = Annotated[Year, _option("--year YEAR", "Assess as of this year; later values are left aside.")]
_BESIDE = "Published values (XLSX, CSV or YAML): for --method from-actual, and beside the path in charts and pictures."
ActualsBeside = Annotated[File, _option("--actuals FILE", _BESIDE)]
ActualsTracked = Annotated[
    Path, _option("--actuals FILE", "Published values, XLSX, CSV or YAML: see docs/actuals.md.")
]
ActualsExported = Annotated[
    File, _option("--actuals FILE", "Published values of one plan, XLSX, CSV or YAML.")
]
_BASE = "Where the base was revised: the actual of the base year, and the target moved with it, or the printed base."
RevisedBase = Annotated[Literal["actual", "printed"], _option("--base", _BASE)]
_ROOM = "By how many points progress may differ from the share of the time; binding targets have none below."
Tolerance = Annotated[float, _option("--tolerance POINTS", _ROOM, min=0, max=100)]

# -- findings ------------------------------------------------------------------------------------

Select = Annotated[
    Names,
    _option(
        "--select CODE",
        "Only these: codes, beginnings of codes (PT3) or names.",
        autocompletion=completion.codes,
    ),
]
Ignore = Annotated[
    Names,
    _option(
        "--ignore CODE",
        "Without these: codes, beginnings of codes or names.",
        autocompletion=completion.codes,
    ),
]
ShowWaived = Annotated[bool, _option("--show-waived", "Also show findings that a waiver covers.")]
Verbose = Annotated[
    bool,
    _option(
        "-v --verbose", "Everything: places in the plan file, identities, each target, what was not checked."
    ),
]
MoreVerbose = Annotated[bool, _option("-v --verbose", "Everything: what the first screen leaves out.")]
TableAlone = Annotated[bool, _option("-q --quiet", "The table alone, without notes.")]
IdsAlone = Annotated[bool, _option("-q --quiet", "Only the ids, one a line.")]
Quiet = Annotated[bool, _option("-q --quiet", "Only what is found; nothing where nothing is.")]
DraftWaivers = Annotated[
    bool, _option("--draft-waivers", "Print waivers for what is found, to paste into the plan file.")
]
Implied = Annotated[
    bool, _option("--implied", "Also list what the figures imply for quantities that are not printed.")
]
Targets = Annotated[bool, _option("--targets", "Only the verdict of each target: table, csv or markdown.")]
_WORK = "How many times the usual work may be done before the rest is left undetermined."
Effort = Annotated[float, _option("--effort TIMES", _WORK, min=0.001)]
Strict = Annotated[bool | None, _option("--strict/--no-strict", "Whether warnings count as errors.")]
ExitZero = Annotated[bool, _option("--exit-zero", "Exit with 0 even where something is found.")]

# -- many plans ----------------------------------------------------------------------------------

Jobs = Annotated[
    Year, _option("-j --jobs N", "Processes that work at a time; unless told as many as pay off.", min=1)
]
Cluster = Annotated[
    Name, _option("--cluster ADDRESS", "Send the work to a dask.distributed cluster, as tcp://host:8786.")
]
NoCache = Annotated[
    bool, _option("--no-cache", "Neither use nor keep what earlier runs found about the same contents.")
]

# -- formats and files ---------------------------------------------------------------------------

if TYPE_CHECKING:
    FindingsName = str
    ExportForm = str
else:
    FindingsName = StrEnum("FindingsName", {each: each for each in (TABLE, *FORMATS)})
    ExportForm = Literal["xlsx", *exports.FORMATS]
SchemaForm = Literal["json", "markdown"]
TidyName = Literal["plans", "figures", "targets", "implied", "findings", "paths", "progress", "within_year"]

_SEVERAL = "Output format; with several -o one for each, in their order."
FindingsFormats = Annotated[list[FindingsName] | None, _option("-f --format", _SEVERAL)]
Format = Annotated[Literal["table", "json", "csv", "markdown"], _option("-f --format", "Output format.")]
CodeFormat = Annotated[Literal["table", "json"], _option("-f --format", "Output format.")]
ExportFormat = Annotated[
    ExportForm | None,
    _option("-f --format", "Output format; a file's suffix tells it, a folder gets xlsx unless told."),
]
SchemaFormat = Annotated[
    SchemaForm, _option("-f --format", "JSON Schema, or the data dictionary in Markdown.")
]
TidyTable = Annotated[
    TidyName | None, _option("--table", "Only this table; one CSV file holds one, figures unless told.")
]
Chart = Annotated[bool, _option("--chart", "Draw a chart in the terminal.")]
SchemaFile = Annotated[
    File, _option("--check FILE", "Only tell whether this file is current, for CI.", readable=False)
]
OutputFile = Annotated[File, _output("Write to this file; its suffix tells the format.")]
_FILES_OF_FINDINGS = (
    "Write to this file, its suffix tells the format; several files if repeated, - is stdout."
)
OutputFiles = Annotated[
    list[Path] | None,
    _option("-o --output FILE", _FILES_OF_FINDINGS, callback=_outputs_named, readable=False),
]
_FILES = "Write to this file; its suffix tells the format: .docx and .xlsx (a page to hand on), .json, .csv, .md, or a "
_FILES += "picture: .svg, .png, .pdf."
_PAGE = (
    "Write to this file; its suffix tells the format: .docx and .xlsx (a page to hand on), .json, .csv, .md."
)
PageFile = Annotated[File, _output(_PAGE)]
PathFile = Annotated[File, _output(_FILES)]
ExportFile = Annotated[
    File, _output("A file (.xlsx, .csv, .json, .parquet) or a folder; without it, to the screen.", "FILE|DIR")
]

ReportFolder = Annotated[Path, _output("Folder that the pages are written to.", "DIR")]
_SENTENCES = (
    "Also show the sentences in which figures stand: folder of documents, each named by its plan's id."
)
DocumentsShown = Annotated[File, _option("--documents DIR", _SENTENCES)]

# -- drafts --------------------------------------------------------------------------------------

DraftedDocument = Annotated[
    Path, _argument("DOCUMENT", "The document: .docx, .xlsx, .html, .pdf, .md or .txt.")
]
BaseYear = Annotated[Year, _option("--base YEAR", "Base year, where the document does not tell it.")]
TargetYear = Annotated[Year, _option("--target YEAR", "Target year, where the document does not tell it.")]
DraftedPlace = Annotated[
    Name,
    _option(
        "--place NAME",
        "Whose plan it is, where the document does not tell it.",
        autocompletion=completion.places,
    ),
]
ConfirmedOnly = Annotated[bool, _option("--confirmed-only", "Leave out what a person would have to confirm.")]
_TABLE = "The table of targets: .xlsx, .csv, .docx or .txt."
TargetTable = Annotated[Path, _option("--from TABLE", _TABLE)]
PlanTitle = Annotated[Name, _option("--title TITLE", "Title of the document; else the table's file name.")]
UpdatedPlan = Annotated[
    Name,
    _option(
        "--update PLAN",
        "Keep the confirmed rows of this plan file, and add what it does not have.",
        autocompletion=completion.plans,
    ),
]

# -- reviews -------------------------------------------------------------------------------------

ReviewedPlan = Annotated[
    Name,
    _option(
        "--plan PLAN",
        "The document's plan file, confirmed; drafted from the document unless told.",
        autocompletion=completion.plans,
    ),
]
WithNotes = Annotated[
    bool, _option("--notes", "Also comment where only the last digit or the wording differs.")
]
ReviewFile = Annotated[File, _output("The commented copy: .docx or .html; beside the document unless told.")]
