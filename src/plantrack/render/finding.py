"""One finding: as a line, and in a terminal with its place in the file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from plantrack.findings import Level
from plantrack.language import Language, text, visible
from plantrack.views.table import LEVELS

if TYPE_CHECKING:
    from plantrack.findings import Finding
    from plantrack.formats.terminal import Screen
    from plantrack.render.places import Lines

STYLES = {Level.ERROR: "red", Level.WARNING: "yellow", Level.NOTE: "blue"}


def finding_line(finding: Finding, language: Language) -> str:
    """One finding in one line: place, code, level, message, name."""
    level = LEVELS[finding.level].say(language)
    message = finding.message.say(language)
    line = f"{finding.position}: {finding.code.code} {level} {message} [{finding.code.name}]"
    return visible(line + waived_stamp(finding, language))


def waived_stamp(finding: Finding, language: Language) -> str:
    """Why and when a finding was waived, to stand after its message; nothing for others."""
    if finding.waived is None:
        return ""
    reason, date = finding.waived
    return " " + text("(waived {date}: {reason})", date=date, reason=reason).say(language)


def print_finding(screen: Screen, finding: Finding, language: Language, lines: Lines) -> None:
    """The line of a finding, then its line of the file with a caret below the place."""
    position, style = finding.position, STYLES[finding.level]
    screen.line(finding_line(finding, language), style)
    line = lines.at(position)
    if line and not line.isspace():
        screen.excerpt(line, position.line, position.column, style)
