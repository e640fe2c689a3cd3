"""The tidy table of findings: a row for each figure of each finding, for spreadsheets and programs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from plantrack.formats.csv import to_csv
from plantrack.views import tidy

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from plantrack.formats.findings import Part, Report


def render(report: Report) -> str:
    return to_csv(tidy.findings(report.shown, report.audit))


def stream(report: Report, parts: Iterable[Part]) -> Iterator[str]:
    head = render(report._replace(findings=()))
    yield head
    for each in parts:
        yield render(report._replace(findings=each.findings)).removeprefix(head)
