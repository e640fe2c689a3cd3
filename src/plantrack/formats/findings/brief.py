"""A finding in a few lines, for the first screen: what does not agree, the arithmetic, what would do."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from plantrack.findings import Level
from plantrack.formats.findings.contradiction import contradiction_lines
from plantrack.language import SEMICOLON, Listing, say, text
from plantrack.plan.citing import printed_words
from plantrack.views.findings import gravity_of, stamped
from plantrack.views.instead import is_fall, printed_as_well, with_one_unit, would_do

if TYPE_CHECKING:
    from collections.abc import Iterator

    from plantrack.audit import Audit
    from plantrack.findings import Contradiction, Finding, Involved
    from plantrack.formats.findings import Report
    from plantrack.language import Language, Said, Text


class Brief(NamedTuple):
    """The lines of a finding: the first with its gravity before it, the others below."""

    gravity: Text
    first: str
    more: tuple[str, ...]


def brief(finding: Finding, report: Report, audit: Audit) -> Brief:
    if finding.question is not None:
        return _question(finding, finding.question, report.language)
    proof, is_corrected = finding.proof, finding.level is not Level.NOTE
    more = _corrections(proof, audit) if proof is not None and is_corrected else ()
    first = stamped(finding).say(report.language)
    return Brief(gravity_of(finding), first, tuple(say(each, report.language) for each in more))


def _question(finding: Finding, question: Text, language: Language) -> Brief:
    """What would not agree, and what is to be confirmed first."""
    said = dict(finding.message.values)["message"]
    told = text("{said} (to be confirmed: {question})", said=said, question=question)
    return Brief(text("to be confirmed"), told.say(language), ())


def sentences(finding: Finding, report: Report) -> list[str]:
    """A finding for machines that show it to people: what does not agree, then what would do."""
    first = brief(replace(finding, waived=None), report, report.audit).first if report.audit else None
    message = finding.message.say(report.language) if first is None else first
    return [message, *contradiction_lines(finding, report.audit, report.language)]


def _corrections(proof: Contradiction, audit: Audit) -> Iterator[Said]:
    """Figures of which one correction is enough, each with what it would be."""
    would = [each for each in proof.involved if each.should_read]
    if proof.involved and all(each.should_read_count == 0 for each in proof.involved):
        yield text("no single correction is enough")
    if would:
        yield text(
            "one correction is enough: {corrections}",
            corrections=Listing(tuple(_correction(each, audit) for each in would), SEMICOLON),
        )


def _correction(involved: Involved, audit: Audit) -> Said:
    figure = audit.figures[involved.figure]
    nominal, reach = would_do(involved, figure)
    told = nominal or reach
    ends: tuple[object, ...] = printed_words(figure), told
    if isinstance(told, str) and figure.text and not is_fall(told):
        ends = with_one_unit(figure.text, told)
    number, told = 1 + len(printed_as_well(involved, audit)), Listing(ends, "→")
    return text("{told} in {number} places", told=told, number=number) if number > 1 else told
