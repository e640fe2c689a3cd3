"""The JSON contracts of `validate` and `check`. Waived findings are in them, marked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from plantrack.formats.json import dump, filled
from plantrack.views.documents import check_document, validate_document

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from plantrack.formats.findings import Part, Report


def render(report: Report) -> str:
    if report.audit is None:
        document = validate_document(report.files, report.findings)
    else:
        document = check_document(report.audit, report.broken)
    return dump(document, ascii_only=report.ascii_only)


def stream(report: Report, parts: Iterable[Part]) -> Iterator[str]:
    """Of `validate`."""
    whole = render(report._replace(findings=()))
    records = (record for each in parts for record in validate_document(1, each.findings)["findings"])
    yield from filled(whole, {"findings": (dump(each, ascii_only=report.ascii_only) for each in records)})
