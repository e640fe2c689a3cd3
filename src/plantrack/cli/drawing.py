"""How `path` draws: a chart in the terminal, a picture in a file."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from plantrack.errors import PlantrackError
from plantrack.language import text

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from plantrack.cli.session import Session
    from plantrack.views.drawing import Drawing, Names

CHART = ""
"""What is drawn in the terminal goes into no file."""


def drawn_as(output: Path | None, *, chart: bool, is_table: bool) -> Path | str | None:
    """The picture's file, `CHART`, or `None` where nothing is to be drawn.

    Raises:
        PlantrackError: where the suffix tells no format, or a chart is asked for in a file.
    """
    from plantrack.cli.output_files import SUFFIXES, format_of
    from plantrack.views.drawing import PICTURES

    if chart and (output is not None or not is_table):
        raise PlantrackError(
            text("--chart is for the terminal: for a file leave it out and write -o path.svg, .png or .pdf")
        )
    if chart:
        return CHART
    if output is None:
        return None
    return output if format_of(output, SUFFIXES | PICTURES) in PICTURES.values() else None


def draw(session: Session, drawings: Sequence[Drawing], drawn: Path | str, names: Names) -> None:
    """Draw paths onto the screen or into a picture.

    Raises:
        PlantrackError: where there is none, or what the picture takes is not installed.
    """
    if not drawings:
        raise PlantrackError(text("no indicator of this plan has a path"))
    if isinstance(drawn, str):
        _print_charts(session, drawings)
        return
    from plantrack.cli.output_files import write_bytes
    from plantrack.formats.picture import picture_bytes
    from plantrack.views.drawing import PICTURES

    form, source = PICTURES[drawn.suffix.lower()], names.plan.title.name.say(session.language)
    write_bytes(drawn, picture_bytes(drawings, form, source, session.language), force=session.force)


def _print_charts(session: Session, drawings: Sequence[Drawing]) -> None:
    """Each chart with what a reader must know of its path."""
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
            screen.line(note, "dim")
