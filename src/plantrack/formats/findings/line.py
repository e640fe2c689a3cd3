"""One finding as a line: place, code, level, message, name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from plantrack.findings import Level
from plantrack.language import Language, text, visible
from plantrack.views.table import LEVELS

if TYPE_CHECKING:
    from plantrack.findings import Finding

STYLES = {Level.ERROR: "red", Level.WARNING: "yellow", Level.NOTE: "blue"}


def finding_line(finding: Finding, language: Language) -> str:
    """One finding in one line."""
    level = LEVELS[finding.level].say(language)
    message = stamped_message(finding, language)
    return visible(f"{finding.position}: {finding.code.code} {level} {message} [{finding.code.name}]")


def stamped_message(finding: Finding, language: Language) -> str:
    """The message; behind it, why and when the finding was waived."""
    return finding.message.say(language) + waived_stamp(finding, language)


def waived_stamp(finding: Finding, language: Language) -> str:
    """Why and when a finding was waived, to stand after its message; nothing for others."""
    if finding.waived is None:
        return ""
    reason, date = finding.waived
    return " " + text("(waived {date}: {reason})", date=date, reason=reason).say(language)
