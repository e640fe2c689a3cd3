"""A finding in a few lines, for the first screen: what does not agree, the arithmetic, what would do."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from plantrack.findings import Level
from plantrack.formats.findings.contradiction import contradiction_lines
from plantrack.formats.findings.summary import go_on
from plantrack.language import Listing, Words, listing, say, text
from plantrack.plan.citing import printed_words
from plantrack.views.findings import gravity_of, stamped
from plantrack.views.instead import is_fall, printed_as_well, with_one_unit, would_do

if TYPE_CHECKING:
    from collections.abc import Iterator

    from plantrack.audit import Audit, Status
    from plantrack.findings import Contradiction, Finding, Involved
    from plantrack.formats.findings import Report
    from plantrack.language import Language, Said, Text

SENTENCES = Words("；", "; ")


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
            corrections=Listing(tuple(_correction(each, audit) for each in would), SENTENCES),
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


STATUSES: dict[Status, Text] = {
    "in_finding": text("{number} stand in a finding above"),
    "consistent": text("{number} agree"),
    "wording": text("{number} in wording only"),
    "undetermined": text("{number} lack data"),
    "nothing_to_compare": text("{number} with nothing to compare"),
}
"""What is known of a quantity that several rows aim at: the first of these that one of them has."""


def standing_of_aims(audit: Audit) -> list[Status | None]:
    """What is known of each quantity that the plans aim at; nothing of one without a number."""
    known: defaultdict[tuple[str, object], set[Status]] = defaultdict(set)
    with_number = set()
    for target in audit.targets:
        key = target.figure.plan, target.figure.quantity
        known[key].add(audit.status_of(target))
        if any(each.measure is not None for each in target.ahead):
            with_number.add(key)
    return [
        next(each for each in STATUSES if each in found) if key in with_number else None
        for key, found in known.items()
    ]


def _targets(audit: Audit) -> Iterator[Text]:
    """How many quantities the plans aim at, and what is known of those with a number."""
    known = standing_of_aims(audit)
    counts = Counter(known)
    parts = [text(STATUSES[each].template, number=counts[each]) for each in STATUSES if counts[each]]
    if parts:
        yield text(
            "{targets} targets, {number} with a number: {parts}",
            targets=len(known),
            number=len(known) - counts[None],
            parts=listing(*parts),
        )
    elif known:
        yield text("{targets} targets, none with a number", targets=len(known))


def summary(audit: Audit) -> Iterator[Said]:
    """The table of targets and what differs in wording in a line; what was checked in another."""
    sums = [*_targets(audit)]
    questions = sum(each.is_question for each in audit.findings)
    notes = sum(each.level is Level.NOTE for each in audit.findings) - questions
    if notes:
        sums.append(text("{notes} more where only the last digit or the wording differs", notes=notes))
    if questions:
        sums.append(text("{questions} to be confirmed first", questions=questions))
    yield from [Listing(tuple(sums), SENTENCES)] if sums else ()
    coverage = audit.coverage
    rest = {
        text("{number} held against others", number=coverage.in_some_law): coverage.in_some_law,
        text("{number} not decided", number=len(coverage.undetermined)): len(coverage.undetermined),
        text("{number} not checked", number=len(coverage.unchecked)): len(coverage.unchecked),
    }
    told = listing(*(said for said, number in rest.items() if number))
    yield text("{figures} figures: {parts}", figures=coverage.figures, parts=told)
    if audit.spent:
        yield go_on(audit)
