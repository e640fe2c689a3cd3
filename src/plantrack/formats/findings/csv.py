"""The tidy table of findings: a row for each figure of each finding, for spreadsheets and programs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from plantrack.formats.csv import to_csv
from plantrack.views import tidy

if TYPE_CHECKING:
    from plantrack.formats.findings import Report


def render(report: Report) -> str:
    return to_csv(tidy.findings(report.shown, report.audit))
