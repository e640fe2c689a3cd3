"""JSON Lines: each line is what `-f json` tells of one file, and its name.

https://jsonlines.org/
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from plantrack.formats.findings import Part
from plantrack.formats.json import compact
from plantrack.views.documents import check_document, validate_document

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from plantrack.findings import Finding
    from plantrack.formats.findings import Report


def render(report: Report) -> str:
    if report.audit is not None:
        return compact(check_document(report.audit, report.broken), ascii_only=report.ascii_only)
    found: dict[str, tuple[Finding, ...]] = {}
    for each in report.findings:
        found[each.position.file] = (*found.get(each.position.file, ()), each)
    return "".join(stream(report, map(Part, found, found.values())))


def stream(report: Report, parts: Iterable[Part]) -> Iterator[str]:
    """Of `validate`; that of `check` is made where each plan is audited, in `plantrack.batch`."""
    for each in parts:
        document = validate_document(1, each.findings)
        yield compact({"file": each.file, **document}, ascii_only=report.ascii_only)
