"""For people: each finding with its line of the file and a caret below the place."""

from __future__ import annotations

from typing import TYPE_CHECKING

from plantrack.findings import Level
from plantrack.language import listing, text
from plantrack.render.finding import print_finding
from plantrack.render.places import Lines

if TYPE_CHECKING:
    from plantrack.formats.terminal import Screen
    from plantrack.render.findings import Report

COUNTED = {
    Level.ERROR: text("{number} error(s)"),
    Level.WARNING: text("{number} warning(s)"),
    Level.NOTE: text("{number} note(s)"),
}


def print_findings(screen: Screen, report: Report) -> None:
    """The findings of `validate`, and the sum of them."""
    lines = Lines(report.given)
    for finding in report.shown:
        print_finding(screen, finding, report.language, lines)
        screen.line()
    screen.line(summary(report), "bold")


def summary(report: Report) -> str:
    """How many files there are, and how many findings of each level."""
    number = len(report.shown)
    said = text("{files} file(s), {findings} finding(s)", files=report.files, findings=number)
    levels = [finding.level for finding in report.shown]
    counts = [
        text(counted.template, number=levels.count(level))
        for level, counted in COUNTED.items()
        if level in levels
    ]
    if counts:
        said = text("{sum}: {parts}", sum=said, parts=listing(*counts))
    return said.say(report.language)
