"""How `path` draws: a chart in the terminal, a picture in a file."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from plantrack.cli.output_files import OFFICE, SUFFIXES, format_of, write_bytes
from plantrack.errors import PlantrackError
from plantrack.language import say, text

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from plantrack.cli.session import Session
    from plantrack.views.drawing import Drawing
    from plantrack.views.names import Names


def is_drawn(output: Path | None, *, chart: bool, is_table: bool) -> bool:
    """Whether a chart or a picture is asked for; a chart in a file is refused, and a suffix that tells no format."""
    if chart and (output is not None or not is_table):
        raise PlantrackError(
            text("--chart is for the terminal: for a file leave it out and write -o path.svg, .png or .pdf")
        )
    if output is None:
        return chart
    from plantrack.views.drawing import PICTURES

    return format_of(output, OFFICE | SUFFIXES | PICTURES) in PICTURES.values()


def draw(session: Session, drawings: Sequence[Drawing], output: Path | None, names: Names) -> None:
    """Draw paths into a picture, or onto the screen."""
    if not drawings:
        raise PlantrackError(text("no indicator of this plan has a path"))
    if output is None:
        _print_charts(session, drawings)
        return
    from plantrack.formats.picture import picture_bytes
    from plantrack.views.drawing import PICTURES

    form, source = PICTURES[output.suffix.lower()], names.plan.title.name.say(session.language)
    write_bytes(output, picture_bytes(drawings, form, source, session.language), force=session.force)


def _print_charts(session: Session, drawings: Sequence[Drawing]) -> None:
    from plantrack.formats.chart import USUAL, chart_lines, signs_for
    from plantrack.formats.terminal import UNLIMITED

    screen = session.screen()
    width = USUAL if screen.width == UNLIMITED else screen.width
    signs = signs_for(sys.stdout.encoding)
    for number, drawing in enumerate(drawings):
        if number:
            screen.line()
        lines = chart_lines(drawing, signs, session.language, width=width)
        screen.line(next(lines), "bold")
        for line in lines:
            screen.drawn(line)
        for note in drawing.notes:
            screen.line(say(note, session.language), "dim")
