"""A finding in a few lines, for the first screen: what does not agree, the arithmetic, what would do."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from plantrack.findings import Level
from plantrack.formats.findings.contradiction import contradiction_lines, figure_name, would_do
from plantrack.language import Listing, Words, listing, text
from plantrack.views.derivation import Worked, printed_words
from plantrack.views.findings import stamped
from plantrack.views.names import section_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from plantrack.audit import Audit, Status
    from plantrack.findings import Contradiction, Finding, Involved
    from plantrack.formats.findings import Report
    from plantrack.language import Language, Text
    from plantrack.views.table import Said

GRAVITY = {
    Level.ERROR: text("one is wrong"),
    Level.WARNING: text("please check"),
    Level.NOTE: text("wording"),
}
"""What a contradiction asks of its reader."""
OPENINGS = {
    "on comparable coverage {figures} need not lead from level to level": text(
        "if not on comparable coverage"
    ),
    "the zeros at the end of {figures} may be rounding": text("unless zeros at the end are rounding"),
    "if {figures} is at current prices": text("if at current prices"),
    "if {figures} is at constant prices": text("if at constant prices"),
    "{figures} is not meant exactly": text("unless an inexact word explains it"),
}
"""What a warning begins with, in short: the figures stand below."""
SENTENCES = Words("；", "; ")


class Brief(NamedTuple):
    """The lines of a finding: the first with its gravity before it, the others below."""

    gravity: Text
    first: str
    more: tuple[str, ...]


def brief(finding: Finding, report: Report, audit: Audit) -> Brief:
    language, proof = report.language, finding.proof
    if finding.question is not None:
        return _question(finding, finding.question, report, audit)
    gravity = GRAVITY[finding.level]
    if proof is None or proof.derivation is None:
        more = _corrections(proof, audit) if proof is not None and finding.level is not Level.NOTE else ()
        return Brief(gravity, stamped(finding).say(language), _said(more, language))
    worked = Worked(proof.derivation, audit, report.catalogue)
    first = stamped(replace(finding, message=_first(worked, proof, report))).say(language)
    return Brief(gravity, first, _said(_corrections(proof, audit), language))


def _question(finding: Finding, question: Text, report: Report, audit: Audit) -> Brief:
    """What would not agree, and what is to be confirmed first."""
    said = dict(finding.message.values)["message"]
    if finding.proof is not None and finding.proof.derivation is not None:
        said = _first(Worked(finding.proof.derivation, audit, report.catalogue), finding.proof, report)
    told = text("{said} (to be confirmed: {question})", said=said, question=question)
    return Brief(text("to be confirmed"), told.say(report.language), ())


def sentences(finding: Finding, report: Report) -> list[str]:
    """A finding for machines that show it to people: what does not agree, with its arithmetic, then what would do."""
    if report.audit is None:
        return [finding.message.say(report.language)]
    first = brief(replace(finding, waived=None), report, report.audit).first
    return [first, *contradiction_lines(finding, report, report.language, with_arithmetic=False)]


def _said(lines: Iterable[Said], language: Language) -> tuple[str, ...]:
    return tuple(text("{said}", said=each).say(language) for each in lines)


def _first(worked: Worked, proof: Contradiction, report: Report) -> Text:
    """What is printed where, and what the other figures make of it; before it what may have been meant."""
    pivot, arithmetic = worked.pivot, Listing(tuple(worked.lines()), SENTENCES)
    if pivot is None:
        said = text(
            "{what} comes to two different values: {arithmetic}",
            what=worked.quantity(worked.steps[-1].result),
            arithmetic=arithmetic,
        )
    else:
        quoted = Listing(tuple(text('"{printed}"', printed=each) for each in worked.beside()), Words("", " "))
        said = text(
            "{what} {printed} ({section}): {arithmetic}",
            what=figure_name(pivot, report),
            printed=quoted,
            section=section_of(pivot, worked.audit),
            arithmetic=arithmetic,
        )
        if (difference := worked.difference()) is not None:
            said = text("{said}, {difference} apart", said=said, difference=difference)
    if proof.opening is None:
        return said
    opening = OPENINGS.get(proof.opening.template, proof.opening)
    return text("{opening}: {said}", opening=opening, said=said)


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
    if isinstance(told, str) and figure.text:
        told = _digits_of(told, figure.text)
    return Listing((printed_words(figure), told), "→")


def _digits_of(numeral: str, printed: str) -> str:
    """A numeral without the words before and behind its digits, where what is printed has the same."""
    (before, after), own = _words_around(numeral), _words_around(printed)
    return numeral[len(before) : len(numeral) - len(after)] if (before, after) == own else numeral


def _words_around(numeral: str) -> tuple[str, str]:
    found = re.fullmatch(r"([^0-9]*)[0-9.]+%?([^0-9%]*)", numeral)
    return (found[1], found[2]) if found else (numeral, "")


STATUSES: dict[Status, Text] = {
    "in_finding": text("{number} stand in a finding above"),
    "consistent": text("{number} agree"),
    "wording": text("{number} in wording only"),
    "undetermined": text("{number} lack data"),
    "nothing_to_compare": text("{number} with nothing to compare"),
}
"""What is known of a quantity that several rows aim at: the first of these that one of them has."""


def _targets(audit: Audit) -> Iterator[Text]:
    """How many quantities the plans aim at, and what is known of those with a number."""
    known: defaultdict[tuple[str, object], set[Status]] = defaultdict(set)
    with_number = set()
    for target in audit.targets:
        key = target.figure.plan, target.figure.quantity
        known[key].add(audit.status_of(target))
        if any(each.measure is not None for each in target.ahead):
            with_number.add(key)
    counts = Counter(next(each for each in STATUSES if each in known[key]) for key in with_number)
    parts = [text(STATUSES[each].template, number=counts[each]) for each in STATUSES if counts[each]]
    if parts:
        yield text(
            "{targets} targets, {number} with a number: {parts}",
            targets=len(known),
            number=len(with_number),
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
    if audit.is_spent:
        yield text("the usual work is done: `--effort 10` does ten times as much")
