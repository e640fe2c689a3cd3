"""The JSON contracts of `validate` and `check`. Waived findings are in them, marked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from plantrack.formats.json import dump
from plantrack.views.documents import check_document, validate_document

if TYPE_CHECKING:
    from plantrack.formats.findings import Report


def render(report: Report) -> str:
    if report.audit is None:
        document = validate_document(report.files, report.findings)
    else:
        document = check_document(report.audit, report.broken)
    return dump(document, ascii_only=report.ascii_only)
