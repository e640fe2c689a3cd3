"""`new`: a plan file from a table of targets."""

from __future__ import annotations

from typing import TYPE_CHECKING

import typer

from plantrack.cli import options
from plantrack.cli.emit import put_out
from plantrack.cli.output_files import require_spared
from plantrack.cli.session import Command, Session, app, examples
from plantrack.cli.streams import tell
from plantrack.language import text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from plantrack.draft.from_table import Made
    from plantrack.language import Text


@app.command(
    cls=Command,
    epilog=examples(
        "new --from 指标表.xlsx --place 苏州市 -o suzhou.yaml",
        "new --from 指标表.csv --base 2020 --target 2025 -o suzhou.yaml",
    ),
)
def new(
    ctx: typer.Context,
    table: options.TargetTable,
    output: options.OutputFile = None,
    base: options.BaseYear = None,
    target: options.TargetYear = None,
    place: options.DraftedPlace = None,
    title: options.PlanTitle = None,
) -> None:
    """A plan file from a table of indicators, units, base and target."""
    from plantrack.draft.from_table import Wanted, plan_from_table
    from plantrack.plan.model import PLAN_NAME

    session: Session = ctx.obj
    require_spared([table], [output])
    name = output.stem if output is not None and PLAN_NAME.fullmatch(output.stem) else "plan"
    made = plan_from_table(table, session.catalogue, Wanted(name, title, place, base, target))
    put_out(session, made.content, output)
    for note in _summary(made):
        tell(session.say(note), err=True)


def _summary(made: Made) -> Iterator[Text]:
    yield text(
        "{placed} figures written, {doubtful} of them await a person; {left} cells were not understood and stand at "
        "the end",
        placed=made.placed,
        doubtful=made.doubtful,
        left=len(made.left),
    )
    if not made.has_place:
        yield text("the place is not told: write it under `place:`, or add --place 苏州市")
