"""For a pull request or a report: the findings, then the verdicts of each plan."""

from __future__ import annotations

from typing import TYPE_CHECKING

from plantrack.formats.markdown import to_markdown
from plantrack.views.findings import findings_table
from plantrack.views.targets import targets_table

if TYPE_CHECKING:
    from collections.abc import Iterator

    from plantrack.formats.findings import Report
    from plantrack.views.table import Table


def render(report: Report) -> str:
    return "\n".join(to_markdown(table, report.language) for table in _tables(report))


def _tables(report: Report) -> Iterator[Table]:
    audit = report.audit
    if audit is None:
        yield findings_table(report.files, report.shown)
        return
    if report.shown:
        yield findings_table(max(report.files, len(audit.plans)), report.shown)
    for plan in audit.plans:
        yield targets_table(audit, plan, report.catalogue, below_findings=bool(report.shown))
