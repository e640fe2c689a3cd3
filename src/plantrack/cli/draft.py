"""`draft`: a plan file to go through, from a document."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import typer

from plantrack.cli import options
from plantrack.cli.ask import completed
from plantrack.cli.emit import put_out
from plantrack.cli.output_files import require_spared
from plantrack.cli.reader import sound_plan
from plantrack.cli.session import Command, Session, app, examples
from plantrack.cli.streams import tell
from plantrack.errors import PlantrackError
from plantrack.language import text

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from plantrack.draft.drafting import Draft
    from plantrack.language import Text


@app.command(
    cls=Command,
    epilog=examples(
        "draft 规划.docx -o plan.yaml",
        "draft 规划.pdf --base 2020 --target 2025 --place 苏州市 -o suzhou.yaml",
        "draft 规划.docx --update suzhou.yaml -o new.yaml",
    ),
)
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

    session: Session = ctx.obj
    require_spared([document], [output])
    if update is not None:
        if (base, target, place, confirmed_only) != (None, None, None, False):
            raise PlantrackError(
                text("--update takes years and place from the plan file: leave the others out")
            )
        _show_update(session, update, document, output)
        return
    wish = Wish(base, target, place, confirmed_only=confirmed_only, name=_plan_name(output))
    read = read_drafted(document)
    drafted = draft_plan(read, session.catalogue, completed(session, read, wish))
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


def _plan_name(output: Path | None) -> str | None:
    """The plan's id, which its file is called by; `None` where it goes to no file.

    Raises:
        PlantrackError: where no plan file may be called so.
    """
    from plantrack.draft.plan_text import identifier
    from plantrack.plan.model import PLAN_NAME

    if output is None or (output.exists() and not output.is_file()):
        return None
    if PLAN_NAME.fullmatch(output.stem) and output.suffix in {".yaml", ".yml"}:
        return output.stem
    message = text(
        "{file}: a plan file is called by the plan's id, in small letters, digits and `-`: write -o {name}.yaml",
        file=output,
        name=identifier(output.stem, set()).replace("_", "-"),
    )
    raise PlantrackError(message)


def _summary(drafted: Draft) -> Iterator[Text]:
    """What became of the document's numbers, and of its aims without one."""
    from plantrack.views.trace import reading_notes

    placed, left = (
        [not each.is_in_step for each in some]
        for some in (drafted.placed, (each for each, _ in drafted.left))
    )
    yield text(
        "{numbers} numbers tell how much: {placed} became figures, {doubtful} of them await a person, {left} could "
        "not be written and {unused} were not understood: both stand at the end; {others} more are dates, numbering "
        "and names",
        numbers=drafted.numbers,
        placed=sum(placed),
        doubtful=drafted.doubtful,
        left=sum(left),
        unused=drafted.unused,
        others=drafted.others,
    )
    if in_words := len(placed) + len(left) - sum(placed) - sum(left):
        yield text(
            "aims in step with another indicator (同步): {written} of {number} were written",
            written=len(placed) - sum(placed),
            number=in_words,
        )
    if drafted.period.is_guessed:
        yield text(
            "base and target year are guessed from the text: say --base and --target if they are others"
        )
    yield from reading_notes(drafted.document, is_counted=True)
