"""`draft`: a plan file to go through, from a document."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import typer

from plantrack.cli import options
from plantrack.cli.emit import put_out
from plantrack.cli.output_files import require_spared
from plantrack.cli.reader import sound_plan
from plantrack.cli.session import Command, Session, app
from plantrack.cli.streams import tell
from plantrack.errors import PlantrackError
from plantrack.language import text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from plantrack.draft.drafting import Draft
    from plantrack.language import Text


@app.command(cls=Command, epilog="Example: plantrack draft 规划.docx -o plan.yaml")
def draft(
    ctx: typer.Context,
    document: options.DraftedDocument,
    output: options.OutputFile = None,
    base: options.BaseYear = None,
    target: options.TargetYear = None,
    place: options.DraftedPlace = None,
    confirmed_only: options.ConfirmedOnly = False,
    update: options.UpdatedPlan = None,
) -> None:
    """A plan file to go through, from a document: every number with its line."""
    from plantrack.draft.drafting import Wish, draft_plan
    from plantrack.draft.reading import read_drafted
    from plantrack.plan.model import PLAN_NAME

    session: Session = ctx.obj
    require_spared([document], [output])
    if update is not None:
        if (base, target, place, confirmed_only) != (None, None, None, False):
            raise PlantrackError(
                text("--update takes years and place from the plan file: leave the others out")
            )
        _show_update(session, update, document, output)
        return
    name = output.stem if output is not None and PLAN_NAME.fullmatch(output.stem) else None
    wish = Wish(base, target, place, confirmed_only=confirmed_only, name=name)
    drafted = draft_plan(read_drafted(document), session.catalogue, wish)
    put_out(session, drafted.content, output)
    for note in _summary(drafted):
        tell(session.say(note), err=True)


def _show_update(session: Session, name: str, document: Path, output: Path | None) -> None:
    from plantrack.draft.reading import read_drafted
    from plantrack.draft.update import update_plan

    updated = update_plan(sound_plan(session, name, output), read_drafted(document), session.catalogue)
    put_out(session, updated.content, output)
    added = updated.draft.placed if updated.draft is not None else ()
    for each in added:
        tell(session.say(text("line {line}: {name} {printed}", **each._asdict())), err=True)
    told = text(
        "{kept} confirmed rows stay; {dropped} rows to be confirmed were drafted anew; {added} figures above are "
        "in no confirmed row",
        kept=updated.kept,
        dropped=updated.dropped,
        added=len(added),
    )
    tell(session.say(told), err=True)


def _summary(drafted: Draft) -> Iterator[Text]:
    """What became of the document's numbers."""
    yield text(
        "{numbers} numbers tell how much: {placed} became figures, {doubtful} of them await a person, {left} could "
        "not be written and stand at the end; {others} more are dates, numbering and names",
        numbers=drafted.numbers,
        placed=len(drafted.placed),
        doubtful=drafted.doubtful,
        left=len(drafted.left),
        others=drafted.others,
    )
    if drafted.period.is_guessed:
        yield text(
            "base and target year are guessed from the text: say --base and --target if they are others"
        )
    yield from drafted.document.not_read
