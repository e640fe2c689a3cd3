"""Waivers to be pasted into a plan file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from plantrack.waivers import Subjects, draft_waiver, is_waivable, open_findings

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from plantrack.findings import Finding
    from plantrack.language import Language
    from plantrack.plan.plan import PlanFile


def draft_lines(
    findings: Iterable[Finding], plans: Iterable[PlanFile], language: Language, today: date
) -> Iterator[str]:
    """A waiver for each finding that may be waived and is not, under its message as a comment."""
    subjects = Subjects.of(plans)
    for finding in open_findings(findings):
        if is_waivable(finding.code):
            yield "# " + " ".join(finding.message.say(language).split())
            yield from draft_waiver(finding, subjects, today)
