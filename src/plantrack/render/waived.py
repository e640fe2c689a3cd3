"""What is told about waivers: below a report, and to be pasted into a plan file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from plantrack.language import Language, text
from plantrack.waivers import Subjects, draft_waiver, is_waivable, open_findings

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import date

    from plantrack.findings import Finding
    from plantrack.plan.plan import PlanFile


def waived_line(findings: Sequence[Finding], language: Language) -> str:
    """How many findings are not shown because they are waived; nothing for none."""
    number = len(findings) - len(open_findings(findings))
    said = text("{number} finding(s) waived; --show-waived shows them", number=number)
    return said.say(language) if number else ""


def draft_lines(
    findings: Iterable[Finding], plans: Iterable[PlanFile], language: Language, today: date
) -> Iterator[str]:
    """A waiver for each finding that may be waived and is not, under its message as a comment."""
    subjects = Subjects.of(plans)
    for finding in open_findings(findings):
        if is_waivable(finding.code):
            yield "# " + " ".join(finding.message.say(language).split())
            yield from draft_waiver(finding, subjects, today)
