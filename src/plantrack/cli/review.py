"""`review`: the audit, as comments in a copy of the document."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import typer

from plantrack.cli import day, options
from plantrack.cli.emit import end
from plantrack.cli.output_files import format_of, require_spared, write_bytes
from plantrack.cli.reader import sound_plan
from plantrack.cli.session import Command, Session, app, examples
from plantrack.cli.streams import tell
from plantrack.errors import PlantrackError
from plantrack.findings import Level
from plantrack.language import text

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from plantrack.documents import Document
    from plantrack.draft.drafting import Draft, Wish
    from plantrack.findings import Finding
    from plantrack.formats.review import Remarks
    from plantrack.language import Text
    from plantrack.plan.figures import Figure
    from plantrack.plan.plan import Plan

WORD, PAGE = ".docx", ".html"
FORMATS = {WORD: WORD, PAGE: PAGE, ".htm": PAGE}


@app.command(
    cls=Command,
    epilog=examples(
        "review 规划.docx",
        "review 规划.docx --plan suzhou.yaml --notes",
        "review 规划.pdf -o 规划.审核.html",
    ),
)
def review(
    ctx: typer.Context,
    document: options.DraftedDocument,
    output: options.ReviewFile = None,
    plan: options.ReviewedPlan = None,
    notes: options.WithNotes = False,
    base: options.BaseYear = None,
    target: options.TargetYear = None,
    place: options.DraftedPlace = None,
    strict: options.Strict = None,
    exit_zero: options.ExitZero = False,
) -> None:
    """The audit of a document, as comments in a copy of it at the numbers concerned."""
    from plantrack.audit import audit_plans
    from plantrack.draft.drafting import Wish
    from plantrack.draft.reading import read_drafted
    from plantrack.formats.findings import Report
    from plantrack.formats.review import remarks_on
    from plantrack.views.trace import reading_notes
    from plantrack.waivers import open_findings, waive

    session: Session = ctx.obj
    output = output or _beside(document)
    require_spared([document], [output])
    form = _format(document, output)
    if plan is not None and (base, target, place) != (None, None, None):
        raise PlantrackError(text("--base, --target and --place are told by the plan file: leave them out"))
    read = read_drafted(document)
    wish = Wish(base, target, place, shows_ids=False)
    source = _drafted(session, read, wish) if plan is None else _told(session, plan, read, output)
    audit = waive(audit_plans([source.plan], session.catalogue), today=day.latest_day())
    found = (each for each in open_findings(audit.findings) if each.figures)
    findings = [source.judged(each, audit.figures) for each in found]
    shown = [each for each in findings if notes or each.level is not Level.NOTE]
    report = Report(session.language, tuple(shown), session.catalogue, audit=audit)
    remarks = remarks_on(read, report, audit, source.places)
    told = [*source.notes, *_counts(findings, remarks, notes=notes), *reading_notes(read, is_counted=True)]
    write_bytes(output, _made(session, form, document, read, remarks, told), force=session.force)
    for each in told:
        tell(session.say(each), err=True)
    tell(session.say(text("{file} has the comments", file=output)), err=True)
    end(session, findings, strict=strict, exit_zero=exit_zero)


class _Source(NamedTuple):
    """The plan that is audited, where its figures stand in the document, and how it came about."""

    plan: Plan
    places: Mapping[str, tuple[int, int]]
    notes: Sequence[Text]
    draft: Draft | None = None

    def judged(self, finding: Finding, figures: Mapping[str, Figure]) -> Finding:
        """The finding; where it rests on how sentences were read, a question."""
        return finding if self.draft is None else self.draft.without_accusations(finding, figures)


def _beside(document: Path) -> Path:
    """Where the copy goes if nobody says: beside the document, but over no file that is there."""
    suffix = WORD if document.suffix.lower() == WORD else PAGE
    output = document.with_name(f"{document.stem}.审核{suffix}")
    if output.exists():
        raise PlantrackError(text("{file} is there already: name the copy with -o", file=output))
    return output


def _format(document: Path, output: Path) -> str:
    form = format_of(output, FORMATS)
    if form == WORD and document.suffix.lower() != WORD:
        raise PlantrackError(text("only a .docx document is copied as .docx: write -o NAME.html"))
    return form


def _drafted(session: Session, document: Document, wish: Wish) -> _Source:
    """The plan that the document itself makes."""
    from plantrack.draft.drafting import draft_plan
    from plantrack.reading import read_plan

    drafted = draft_plan(document, session.catalogue, wish)
    plan = read_plan(drafted.content.encode(), "draft.yaml", session.catalogue).require()
    found = ((each.id, drafted.statement_of(each)) for each in plan.figures)
    places = {name: (each.start, each.end) for name, each in found if each is not None}
    told = text(
        "{placed} figures were read from the document, {doubtful} of them doubtful; a plan file gone through by a "
        "person tells more: plantrack draft, then review --plan",
        placed=len(drafted.placed),
        doubtful=drafted.doubtful,
    )
    return _Source(plan, places, [told], drafted)


def _told(session: Session, name: str, document: Document, output: Path) -> _Source:
    """The plan that was given, held against the document."""
    from plantrack.reading.omissions_file import load_omitted
    from plantrack.trace import trace_plan

    plan = sound_plan(session, name, output)
    trace = trace_plan(plan, document, load_omitted(plan), session.catalogue, unused=False)
    places = {
        each.figure.id: (each.place.start, each.place.end) for each in trace.traced if each.place is not None
    }
    missing = len(trace.traced) - len(places)
    note = text("{number} figures of the plan file do not stand in the document", number=missing)
    return _Source(plan, places, [note] if missing else [])


def _counts(findings: Sequence[Finding], remarks: Remarks, *, notes: bool) -> Iterator[Text]:
    """What was found, and what is not in the copy."""
    graver = sum(each.level is not Level.NOTE for each in findings)
    yield text(
        "{number} findings, {comments} comments",
        number=graver,
        comments=len(remarks.placed) + len(remarks.astray),
    )
    if not notes and (left := len(findings) - graver):
        yield text("{number} more are notes and questions; --notes comments them as well", number=left)


def _made(
    session: Session, form: str, path: Path, document: Document, remarks: Remarks, told: Sequence[Text]
) -> bytes:
    if form == WORD:
        from plantrack.formats.review.word import word_bytes

        return word_bytes(path, document, remarks)
    from plantrack.formats.review.page import page_of

    return page_of(document, remarks, told, session.language).encode()
