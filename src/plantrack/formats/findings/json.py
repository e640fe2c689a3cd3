"""The JSON contracts of `validate` and `check`. Waived findings are in them, marked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from plantrack.views import documents as json

if TYPE_CHECKING:
    from plantrack.formats.findings import Report


def render(report: Report) -> str:
    if report.audit is None:
        document = json.validate_document(report.files, report.findings)
    else:
        document = json.check_document(report.audit, report.broken)
    return json.dump(document, ascii_only=report.ascii_only)
