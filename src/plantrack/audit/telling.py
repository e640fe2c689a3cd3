"""A finding in one sentence: what is printed, and the arithmetic that it does not agree with."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from plantrack.audit.worked import Worked
from plantrack.language import SEMICOLON, Listing, Text, Words, text
from plantrack.plan.citing import figure_name, section_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from plantrack.audit import Audit
    from plantrack.findings import Finding
    from plantrack.language import Said

OPENINGS = {
    "on comparable coverage {figures} need not lead from level to level": text(
        "if not on comparable coverage"
    ),
    "the zeros at the end of {figures} may be rounding": text(
        "unless the zeros at the end of {figures} are rounding"
    ),
    "if {figures} is at current prices": text("if at current prices"),
    "if {figures} is at constant prices": text("if at constant prices"),
    "{figures} is not meant exactly": text("unless {figures} is inexact"),
}
"""What a warning begins with, in short: prices and coverage are those of figures behind it."""


class Arithmetic(NamedTuple):
    """What does not agree, the steps that show it, and how far apart they end."""

    heading: Said
    steps: tuple[Said, ...] = ()
    difference: Said | None = None


def located(audit: Audit, lines: Mapping[str, int]) -> Audit:
    """The audit with the lines on which figures stand in their documents."""
    return told(replace(audit, lines=lines))


def told(audit: Audit) -> Audit:
    """The audit with findings as readers of the document can follow them; questions as they were asked."""
    findings = (
        each if each.is_question else replace(each, message=sentence(each, audit)) for each in audit.findings
    )
    return replace(audit, findings=tuple(findings))


def sentence(finding: Finding, audit: Audit) -> Text:
    """What is printed where, and what the other figures make of it; before it what may have been meant."""
    worked = arithmetic(finding, audit)
    if not worked.steps:
        return finding.message
    said = text("{heading}: {steps}", heading=worked.heading, steps=Listing(worked.steps, SEMICOLON))
    if worked.difference is not None:
        said = text("{said}, {difference} apart", said=said, difference=worked.difference)
    opening = opening_of(finding)
    return said if opening is None else text("{opening}: {said}", opening=opening, said=said)


def opening_of(finding: Finding) -> Text | None:
    """What a warning's figures may have been meant to be, in short."""
    opening = finding.proof.opening if finding.proof is not None else None
    return None if opening is None else opening._replace(template=_short(opening.template))


def _short(template: str) -> str:
    return OPENINGS[template].template if template in OPENINGS else template


def arithmetic(finding: Finding, audit: Audit) -> Arithmetic:
    """The worked arithmetic of a contradiction; of other findings the message."""
    if finding.proof is None or finding.proof.derivation is None:
        return Arithmetic(finding.message)
    worked = Worked(finding.proof.derivation, audit)
    pivot, steps = worked.pivot, tuple(worked.lines())
    if pivot is None:
        quantity = worked.quantity(worked.steps[-1].result)
        return Arithmetic(text("{what} comes to two different values", what=quantity), steps)
    quoted = Listing(tuple(text('"{printed}"', printed=each) for each in worked.beside()), Words("", " "))
    heading = text(
        "{what} {printed} ({section})",
        what=figure_name(pivot, audit),
        printed=quoted,
        section=section_of(pivot, audit),
    )
    return Arithmetic(heading, steps, worked.difference())
