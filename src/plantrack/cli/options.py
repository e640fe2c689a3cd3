"""Every argument and option of the commands, each once, with its help."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from plantrack.formats.findings import FORMATS

TABLE = "table"
STDOUT = (Path("-"), Path("/dev/stdout"))
"""Written to as it is, also where the caller appends it to a file."""


def _output_named(ctx: typer.Context, given: Path | None) -> Path | None:
    """The file of `-o`, refused before any work where it must not be written; `-` is stdout."""
    from plantrack.cli.output_files import require_replaceable

    if given is None or given in STDOUT:
        return None
    require_replaceable(given, force=ctx.obj.force)
    return given


# -- the whole call ------------------------------------------------------------------------------

Lang = Annotated[Literal["zh", "en", "auto"], typer.Option("--lang", help="Language of the output.")]
PlansFolder = Annotated[
    Path | None, typer.Option("--plans", metavar="DIR", help="Folder that plan ids are looked up in.")
]
Color = Annotated[Literal["auto", "always", "never"], typer.Option("--color", help="When to use colours.")]
Force = Annotated[bool, typer.Option("--force", help="Let -o replace read-only files.")]
Version = Annotated[bool, typer.Option("--version", help="Show the version.")]

# -- plans, indicators, documents ----------------------------------------------------------------

PlanName = Annotated[str, typer.Argument(metavar="PLAN", help="Id of a plan, or path of a plan file.")]
PlanNames = Annotated[list[str] | None, typer.Argument(metavar="PLAN", help="Ids or paths of plans.")]
PlansCompared = Annotated[
    list[str] | None, typer.Argument(metavar="PLAN", help="Plans by id or path; none means every plan.")
]
PlanPatterns = Annotated[
    list[str] | None,
    typer.Argument(metavar="PLAN", help="Ids, paths, folders or patterns; none means every plan."),
]
PlanPaths = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="PATH",
        help="Plan files, folders or patterns; `-` reads one from stdin; none means every plan.",
    ),
]
Every = Annotated[bool, typer.Option("--all", help="Every plan.")]
StdinFilename = Annotated[
    str | None,
    typer.Option("--stdin-filename", metavar="FILE", help="What the file read from stdin is called."),
]
Indicators = Annotated[str, typer.Argument(metavar="INDICATOR", help="Ids or names, separated by commas.")]
MoreIndicators = Annotated[
    list[str] | None,
    typer.Option("-i", "--indicator", metavar="IND", help="A further indicator; may be repeated."),
]
IndicatorName = Annotated[
    str | None,
    typer.Option("-i", "--indicator", metavar="IND", help="Only this indicator: its id or its name."),
]
Per = Annotated[
    str | None,
    typer.Option("--per", metavar="IND", help="Also relative to this quantity, printed or implied, as gdp."),
]
Document = Annotated[
    Path | None,
    typer.Option("--document", metavar="FILE", help="The document's text: .txt, .md, .docx, .html or .pdf."),
]
Documents = Annotated[
    Path | None,
    typer.Option("--documents", metavar="DIR", help="Folder of documents, each named by its plan's id."),
]
Unused = Annotated[
    bool, typer.Option("--unused", help="Also find numbers of the document that no figure uses.")
]
CodeName = Annotated[
    str | None, typer.Argument(metavar="CODE", help="Code or name of a finding; none lists all.")
]

# -- paths and published values ------------------------------------------------------------------

PathMethod = Annotated[
    Literal["growth", "linear", "stated", "milestones", "from-actual"] | None,
    typer.Option(
        "--method",
        help="For all indicators: constant growth, constant steps, the printed pace, through the printed values, or from the latest actual.",
    ),
]
PlannedMethod = Literal["growth", "linear", "stated", "milestones"]
TrackMethod = Annotated[
    PlannedMethod | None, typer.Option("--method", help="The path to hold them against, as for `path`.")
]
ExportMethod = Annotated[
    PlannedMethod | None, typer.Option("--method", help="The method of the paths, as for `path`.")
]
LastYear = Annotated[
    int | None,
    typer.Option("--to", metavar="YEAR", help="Go on to this year; beyond the target it is extrapolated."),
]
AsOf = Annotated[
    int | None,
    typer.Option("--year", metavar="YEAR", help="Assess as of this year; later values are left aside."),
]
ActualsBeside = Annotated[
    Path | None,
    typer.Option(
        "--actuals",
        metavar="FILE",
        help="Published values (YAML or CSV): for --method from-actual, and beside the path in charts and pictures.",
    ),
]
ActualsTracked = Annotated[
    Path,
    typer.Option("--actuals", metavar="FILE", help="Published values, YAML or CSV: see docs/actuals.md."),
]
ActualsExported = Annotated[
    Path | None,
    typer.Option("--actuals", metavar="FILE", help="Published values of one plan, YAML or CSV."),
]
RevisedBase = Annotated[
    Literal["actual", "printed"],
    typer.Option(
        "--base",
        help="Where the base was revised: the actual of the base year, and the target moved with it, or the printed base.",
    ),
]

# -- findings ------------------------------------------------------------------------------------

Select = Annotated[
    list[str] | None,
    typer.Option("--select", metavar="CODE", help="Only these: codes, beginnings of codes (PT3) or names."),
]
Ignore = Annotated[
    list[str] | None,
    typer.Option("--ignore", metavar="CODE", help="Without these: codes, beginnings of codes or names."),
]
ShowWaived = Annotated[bool, typer.Option("--show-waived", help="Also show findings that a waiver covers.")]
DraftWaivers = Annotated[
    bool,
    typer.Option("--draft-waivers", help="Print waivers for what is found, to paste into the plan file."),
]
Implied = Annotated[
    bool,
    typer.Option("--implied", help="Also list what the figures imply for quantities that are not printed."),
]
Targets = Annotated[
    bool, typer.Option("--targets", help="Only the verdict of each target: table, csv or markdown.")
]
Effort = Annotated[
    float,
    typer.Option(
        "--effort",
        min=0.001,
        metavar="TIMES",
        help="How many times the usual work may be done before the rest is left undetermined.",
    ),
]
Strict = Annotated[
    bool | None, typer.Option("--strict/--no-strict", help="Whether warnings count as errors.")
]
ExitZero = Annotated[bool, typer.Option("--exit-zero", help="Exit with 0 even where something is found.")]

# -- formats and files ---------------------------------------------------------------------------

if TYPE_CHECKING:
    FindingsName = str
else:
    FindingsName = Literal[TABLE, *FORMATS]
FindingsFormat = Annotated[FindingsName | None, typer.Option("-f", "--format", help="Output format.")]
Format = Annotated[
    Literal["table", "json", "csv", "markdown"], typer.Option("-f", "--format", help="Output format.")
]
ExportForm = Literal["xlsx", "csv", "json"]
ExportFormat = Annotated[
    ExportForm | None,
    typer.Option("-f", "--format", help="Format of a folder (xlsx unless told) and of the screen."),
]
SchemaForm = Literal["json", "markdown"]
SchemaFormat = Annotated[
    SchemaForm, typer.Option("-f", "--format", help="JSON Schema, or the data dictionary in Markdown.")
]
TidyName = Literal["figures", "findings", "paths", "progress"]
TidyTable = Annotated[
    TidyName | None,
    typer.Option("--table", help="Only this table; one CSV file holds one, figures unless told."),
]
Chart = Annotated[bool, typer.Option("--chart", help="Draw a chart in the terminal.")]
SchemaFile = Annotated[
    Path | None,
    typer.Option(
        "--check", metavar="FILE", readable=False, help="Only tell whether this file is current, for CI."
    ),
]
OutputFile = Annotated[
    Path | None,
    typer.Option(
        "-o",
        "--output",
        metavar="FILE",
        callback=_output_named,
        readable=False,
        help="Write to this file; its suffix tells the format.",
    ),
]
PathFile = Annotated[
    Path | None,
    typer.Option(
        "-o",
        "--output",
        metavar="FILE",
        callback=_output_named,
        readable=False,
        help="Write to this file; its suffix tells the format: .json, .csv, .md, .xlsx, or a picture: .svg, .png, .pdf.",
    ),
]
ExportFile = Annotated[
    Path | None,
    typer.Option(
        "-o",
        "--output",
        metavar="FILE|DIR",
        callback=_output_named,
        readable=False,
        help="A file (.xlsx, .csv, .json) or a folder; without it, to the screen.",
    ),
]
