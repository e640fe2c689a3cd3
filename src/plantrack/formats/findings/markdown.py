"""For a pull request or a report: the findings, then the verdicts of each plan."""

from __future__ import annotations

from typing import TYPE_CHECKING

from plantrack.formats.markdown import to_markdown
from plantrack.views.findings import findings_sheet
from plantrack.views.targets import targets_sheet

if TYPE_CHECKING:
    from collections.abc import Iterator

    from plantrack.formats.findings import Report
    from plantrack.views.table import Sheet


def render(report: Report) -> str:
    return "\n".join(map(to_markdown, _sheets(report)))


def _sheets(report: Report) -> Iterator[Sheet]:
    audit = report.audit
    if audit is None:
        yield findings_sheet(report.files, report.shown, report.language)
        return
    if report.shown:
        yield findings_sheet(len(audit.plans), report.shown, report.language)
    for plan in audit.plans:
        yield targets_sheet(audit, plan, report.catalogue, report.language, below_findings=bool(report.shown))
