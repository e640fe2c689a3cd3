"""What `validate` and `check` share: which findings, in which format, and how the call ends."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from plantrack.cli.session import Format, carries_utf8, complain, finish, put_out, show_result
from plantrack.cli.streams import tell
from plantrack.errors import PlantrackError
from plantrack.language import text
from plantrack.render.findings import FORMATS, SUFFIXES

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Sequence
    from pathlib import Path

    from plantrack.cli.session import Session
    from plantrack.findings import Finding
    from plantrack.plan.plan import PlanFile
    from plantrack.render.findings import Report
    from plantrack.render.sheets.sheet import Sheet
    from plantrack.selection import Selection

TABLE = "table"
TARGETS_FORMATS = (TABLE, "csv", "markdown")
"""Formats of `check --targets`."""
FindingsFormat = StrEnum("FindingsFormat", {name.upper(): name for name in (TABLE, *FORMATS)})  # type: ignore[misc]
FindingsFormatName = Annotated[FindingsFormat | None, typer.Option("-f", "--format", help="Output format.")]
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


def format_asked(
    session: Session,
    form: FindingsFormat | None,
    output: Path | None,
    *,
    known: Collection[str] = (TABLE, *FORMATS),
) -> str:
    """The format named, or that of the file's suffix, or the project's if it is known; a file is never a table."""
    from plantrack.render.files import format_of

    if output is not None and form in {None, TABLE}:
        return format_of(output, SUFFIXES)
    if form is not None:
        return form.value
    usual = session.settings.format
    return usual if usual is not None and usual in known else TABLE


def selection_asked(session: Session, select: list[str] | None, ignore: list[str] | None) -> Selection:
    """The codes of the command line; what it leaves out, the project's."""
    from plantrack.selection import read_selection

    settings = session.settings
    return read_selection(
        settings.select if select is None else select, settings.ignore if ignore is None else ignore
    )


def show_report(
    session: Session, name: str, output: Path | None, report: Report, print_table: Callable[[], None]
) -> None:
    """Print a report in the format of that name, or write it to a file whole."""
    from plantrack.render.findings import render_findings

    if name == TABLE:
        print_table()
        return
    report = report._replace(ascii_only=not carries_utf8(output))
    content = render_findings(name, report)
    put_out(session, content, output, with_mark=name == "csv", has_commands=name == "github")


def show_targets(
    session: Session, name: str, output: Path | None, sheets: Sequence[Callable[[], Sheet]]
) -> None:
    """Print the verdicts of the targets.

    Raises:
        PlantrackError: for a format that holds findings only.
    """
    if name not in TARGETS_FORMATS:
        raise PlantrackError(text("--targets: write -f table, csv or markdown, not {name}", name=name))
    show_result(session, Format(name), output, dict, sheets)


def require_no_format(form: FindingsFormat | None) -> None:
    """Refuse a format for what is no report.

    Raises:
        PlantrackError: where one is named.
    """
    if form is not None:
        raise PlantrackError(text("--draft-waivers writes YAML to be pasted: leave -f out"))


def put_out_drafts(
    session: Session, findings: Iterable[Finding], plans: Iterable[PlanFile], output: Path | None
) -> None:
    """Waivers to paste into the plan file, instead of a report; beside them, what cannot be waived."""
    from plantrack.cli.day import local_day
    from plantrack.render.waived import draft_lines
    from plantrack.waivers import is_waivable, open_findings

    found = open_findings(findings)
    lines = draft_lines(found, plans, session.language, local_day())
    put_out(session, "".join(f"{line}\n" for line in lines), output, with_mark=False)
    if others := [each for each in found if not is_waivable(each.code)]:
        complain(session, others)
        said = text(
            "{number} finding(s) are corrected, not waived: no waiver is drafted for them", number=len(others)
        )
        tell(session.say(said), err=True)


def end(session: Session, findings: Iterable[Finding], *, strict: bool | None, exit_zero: bool) -> None:
    """End with 1 where something grave was found that is not waived."""
    is_strict = session.settings.strict if strict is None else strict
    finish([each for each in findings if each.waived is None], strict=is_strict, exit_zero=exit_zero)
