"""A line for each finding: place, code, level, message, name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from plantrack.formats.findings.line import finding_line

if TYPE_CHECKING:
    from plantrack.formats.findings import Report


def render(report: Report) -> str:
    return "".join(f"{finding_line(finding, report.language)}\n" for finding in report.shown)
