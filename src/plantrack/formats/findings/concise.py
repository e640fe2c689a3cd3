"""A line for each finding: place, code, level, message, name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from plantrack.findings import Level
from plantrack.language import visible
from plantrack.views.findings import stamped
from plantrack.views.table import LEVELS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from plantrack.findings import Finding
    from plantrack.formats.findings import Part, Report
    from plantrack.language import Language

STYLES = {Level.ERROR: "red", Level.WARNING: "yellow", Level.NOTE: "blue"}


def render(report: Report) -> str:
    return "".join(f"{finding_line(finding, report.language)}\n" for finding in report.shown)


def stream(report: Report, parts: Iterable[Part]) -> Iterator[str]:
    return (render(report._replace(findings=each.findings)) for each in parts)


def finding_line(finding: Finding, language: Language) -> str:
    level, message = LEVELS[finding.level].say(language), stamped(finding).say(language)
    return visible(f"{finding.position}: {finding.code.code} {level} {message} [{finding.code.name}]")
