"""One row for each finding: one tidy table, for spreadsheets."""

from __future__ import annotations

from typing import TYPE_CHECKING

from plantrack.formats.csv import to_csv
from plantrack.views.findings import findings_records

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from plantrack.formats.findings import Part, Report


def render(report: Report) -> str:
    return to_csv(findings_records(report.shown), report.language)


def stream(report: Report, parts: Iterable[Part]) -> Iterator[str]:
    head = render(report._replace(findings=()))
    yield head
    for each in parts:
        yield render(report._replace(findings=each.findings)).removeprefix(head)
