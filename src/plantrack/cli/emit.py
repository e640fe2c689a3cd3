"""The one way out: results and reports in the format asked for, complaints, exit codes."""

from __future__ import annotations

import codecs
import sys
from functools import partial
from itertools import chain, zip_longest
from typing import TYPE_CHECKING, Literal

import typer

from plantrack.cli import day
from plantrack.cli.options import TABLE
from plantrack.cli.output_files import OFFICE, SUFFIXES, format_of, write_bytes, write_chunks
from plantrack.cli.streams import tell
from plantrack.errors import PlantrackError
from plantrack.findings import Level, worst_level
from plantrack.formats.findings import FORMATS, IN_MEMORY, render_findings, stream_findings, suffixes
from plantrack.language import text, without_commands

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Sequence
    from pathlib import Path

    from plantrack.cli.session import Session
    from plantrack.findings import Finding
    from plantrack.formats.findings import Part, Report
    from plantrack.language import Language
    from plantrack.plan.plan import PlanFile
    from plantrack.views.page import Page
    from plantrack.views.table import Table
    from plantrack.views.tidy import Records

FINDINGS, WRONG_USAGE, INTERRUPTED = 1, 2, 130
"""Exit codes."""
NARROW = 100
"""Narrower terminals have no room for a path's pace beside its years."""
WIDE = 140
"""Terminals of so many columns have room for all columns of a table."""

# -- results -------------------------------------------------------------------------------------


def show_result(
    session: Session,
    form: str,
    output: Path | None,
    document: Callable[[], dict[str, object]],
    tables: Sequence[Callable[[], Table]],
    records: Callable[[], Records],
    print_table: Callable[[], None] | None = None,
    page: Callable[[], Page] | None = None,
) -> str:
    """Print a result in the format asked for, or write it to a file whole; which format that is.

    Programs get its document or its tidy table, people its tables, offices its `page` with the tidy table behind.
    """
    name = _format_of_result(form, output, has_page=page is not None)
    language = session.language
    if name == TABLE and print_table is not None:
        print_table()
    elif name == TABLE:
        session.show(*(table() for table in tables))
    elif name in OFFICE.values() and output is not None and page is not None:
        write_bytes(output, office_file(name, page(), records(), language), force=session.force)
    elif name == "xlsx" and output is not None:
        _write_workbook(session, [table() for table in tables], output)
    elif name == "json":
        from plantrack.formats.json import dump

        put_out(session, dump(document(), ascii_only=not carries_utf8(output)), output)
    elif name == "csv":
        from plantrack.formats.csv import to_csv

        put_out(session, to_csv(records()), output, with_mark=True)
    else:
        from plantrack.formats.markdown import to_markdown

        put_out(session, "\n".join(to_markdown(each(), language) for each in tables), output)
    return name


def _format_of_result(form: str, output: Path | None, *, has_page: bool) -> str:
    """The format named, or that of the file's suffix; both must agree."""
    if output is None:
        return form
    told = format_of(output, OFFICE | SUFFIXES if has_page else SUFFIXES)
    if form not in {TABLE, told}:
        raise contradicted(output, told, form)
    return told


def _write_workbook(session: Session, tables: Sequence[Table], output: Path) -> None:
    from plantrack.formats.xlsx import workbook_bytes

    write_bytes(output, workbook_bytes(tables, tables[0].title, session.language), force=session.force)


def office_file(name: str, page: Page, data: Records, language: Language) -> bytes:
    """A page as a Word file, or as a workbook with its data."""
    if name == "docx":
        from plantrack.formats.word_page import word_page

        return word_page(page, language, day.local_day())
    from plantrack.formats.sheet_page import sheet_page

    return sheet_page(page, data, language)


def carries_utf8(output: Path | None) -> bool:
    """Whether any character can be written: to files always, to stdout where it is UTF-8."""
    encoding = (sys.stdout.encoding or "").lower().replace("-", "")
    return output is not None or encoding in {"utf8", "utf8sig"}


def put_out(
    session: Session,
    content: str,
    output: Path | None,
    *,
    with_mark: bool = False,
    has_commands: bool = False,
) -> None:
    """To stdout, or to a file whole, there with a byte order mark where Excel needs it.

    Only what consists of commands to the runner of a workflow may hold one.
    """
    content = content if has_commands else without_commands(content)
    if output is None:
        _print_pieces([content])
    else:
        write_bytes(output, content.encode("utf-8-sig" if with_mark else "utf-8"), force=session.force)


# -- findings ------------------------------------------------------------------------------------


def complain(session: Session, findings: Iterable[Finding]) -> None:
    """Findings of files that cannot be used, a line each, beside the output."""
    from plantrack.formats.findings.concise import finding_line

    for finding in findings:
        tell(finding_line(finding, session.language), err=True)


def outputs_asked(
    session: Session,
    forms: Sequence[str] | None,
    outputs: Sequence[Path | None] | None,
    *,
    draft: bool,
    known: Collection[str] = (TABLE, *FORMATS),
) -> list[tuple[str, Path | None]]:
    """Each format and where it goes, stdout unless told: the first -f to the first -o, and so on."""
    outputs = list(outputs or [None])
    if draft and (forms or len(outputs) > 1):
        raise PlantrackError(text("--draft-waivers writes YAML to be pasted: leave -f out, and write one -o"))
    if forms and len(forms) != len(outputs):
        raise PlantrackError(
            text(
                "{forms} formats for {outputs} output(s): write one -f for each -o (`-o -` is stdout), or none",
                forms=len(forms),
                outputs=len(outputs),
            )
        )
    for each in (each for each in outputs if outputs.count(each) > 1):
        raise PlantrackError(
            text("{file} is written twice: give each -o its own file", file=each or "stdout")
        )
    if draft:
        return [(TABLE, outputs[0])]
    asked = zip_longest(forms or (), outputs)
    return [(_format_of(session, form, output, known), output) for form, output in asked]


def _format_of(session: Session, form: str | None, output: Path | None, known: Collection[str]) -> str:
    """The format named, or that of the file's suffix, or the project's if it is known; a file is never a table."""
    if output is not None and form in {None, TABLE}:
        return format_of(output, suffixes() | {key: each for key, each in OFFICE.items() if each in known})
    if form is not None:
        if output is not None:
            _require_fitting(form, output)
        return form
    usual = session.settings.format
    return usual if usual is not None and usual in known else TABLE


def verbosity(*, verbose: bool, quiet: bool) -> Literal[-1, 0, 1]:
    """How much is told; both at once is refused."""
    if verbose and quiet:
        raise PlantrackError(text("-v and -q contradict each other: leave one out"))
    return 1 if verbose else -1 if quiet else 0


def _require_fitting(form: str, output: Path) -> None:
    """Refuse a file whose suffix tells another format."""
    told = suffixes().get(output.suffix.lower())
    own = FORMATS[form]
    if told not in {None, form} and output.suffix.lower() not in own.also:
        raise contradicted(output, told, form)


def contradicted(output: Path, told: str | None, form: str) -> PlantrackError:
    return PlantrackError(
        text(
            "{file} is named as {told}, and -f asks for {form}: leave -f out, or choose another name",
            file=output,
            told=told,
            form=form,
        )
    )


def show_report(session: Session, name: str, output: Path | None, report: Report) -> None:
    """Print a report in the format of that name, or write it to a file whole."""
    if name == TABLE:
        from plantrack.formats.findings.table import print_report

        complain(session, report.broken)
        print_report(session.screen(), report)
        return
    if name in OFFICE.values() and output is not None and report.audit is not None:
        from plantrack.formats.findings.proof_list import proof_list
        from plantrack.views.tidy import findings

        complain(session, report.broken)
        page, data = proof_list(report, report.audit), findings(report.audit.findings, report.audit)
        write_bytes(output, office_file(name, page, data, session.language), force=session.force)
        return
    form = FORMATS[name]
    if form.is_of_sound_plans:
        complain(session, report.broken)
    content = render_findings(name, report._replace(ascii_only=not carries_utf8(output)))
    put_out(session, content, output, with_mark=form.with_mark, has_commands=form.has_commands)


def show_parts(
    session: Session, name: str, output: Path | None, report: Report, parts: Iterable[Part]
) -> None:
    """The same of what was found in many files, as it comes, or to a file whole."""
    if name == TABLE:
        from plantrack.formats.findings.table import print_parts

        print_parts(session.screen(), report, parts)
        return
    pieces = stream_findings(name, report._replace(ascii_only=not carries_utf8(output)), parts)
    put_out_pieces(session, name, pieces, output)


def put_out_pieces(session: Session, name: str, pieces: Iterable[str], output: Path | None) -> None:
    """Each piece at once where what is written so far can be read; else all of them, from a temporary file."""
    form = FORMATS[name]
    safe = pieces if form.has_commands else map(without_commands, pieces)
    if output is None and form.is_line_by_line:
        _print_pieces(safe)
        return
    from tempfile import SpooledTemporaryFile

    with SpooledTemporaryFile(IN_MEMORY) as spool:
        spool.writelines(each.encode() for each in safe)
        spool.seek(0)
        content = iter(partial(spool.read, IN_MEMORY), b"")
        if output is None:
            _print_pieces(codecs.iterdecode(content, "utf-8"))
        else:
            mark = [codecs.BOM_UTF8] if form.with_mark else []
            write_chunks(output, chain(mark, content), force=session.force)


def _print_pieces(pieces: Iterable[str]) -> None:
    for each in pieces:
        sys.stdout.write(each)


def show_drafts(
    session: Session, findings: Iterable[Finding], plans: Iterable[PlanFile], output: Path | None
) -> None:
    """Waivers to paste into the plan file, instead of a report; beside them, what cannot be waived."""
    from plantrack.waivers import draft_lines, is_waivable, open_findings

    found = open_findings(findings)
    lines = draft_lines(found, plans, session.language, day.local_day())
    put_out(session, "".join(f"{line}\n" for line in lines), output)
    if others := [each for each in found if not is_waivable(each.code)]:
        complain(session, others)
        said = text(
            "{number} finding(s) are corrected, not waived: no waiver is drafted for them", number=len(others)
        )
        tell(session.say(said), err=True)


def end(session: Session, findings: Iterable[Finding], *, strict: bool | None, exit_zero: bool) -> None:
    """End with 1 where something grave was found that is not waived."""
    end_with(session, worst_level(findings), strict=strict, exit_zero=exit_zero)


def end_with(session: Session, worst: Level | None, *, strict: bool | None, exit_zero: bool) -> None:
    is_strict = session.settings.strict if strict is None else strict
    is_grave = worst is Level.ERROR or (is_strict and worst is Level.WARNING)
    raise typer.Exit(FINDINGS if is_grave and not exit_zero else 0)
