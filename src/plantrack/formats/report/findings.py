"""A finding as a page tells it: what does not fit, the steps, a picture, its figures, their sentences."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from plantrack.findings import Level
from plantrack.formats.findings.brief import GRAVITY, OPENINGS
from plantrack.formats.findings.contradiction import conditions, figure_name, remarks, would_do
from plantrack.formats.report.links import anchor_of
from plantrack.formats.report.pictures import bars_of
from plantrack.formats.review.remarks import for_readers
from plantrack.language import Listing, Words, text
from plantrack.views.derivation import Worked, printed_words
from plantrack.views.gauge import gauge_of
from plantrack.views.names import section_of
from plantrack.views.table import DASH

if TYPE_CHECKING:
    from collections.abc import Iterator

    from plantrack.audit import Audit
    from plantrack.findings import Contradiction, Finding, Involved
    from plantrack.formats.findings import Report
    from plantrack.formats.report.links import Places
    from plantrack.formats.report.pictures import Bars
    from plantrack.plan.figures import Figure
    from plantrack.views.passages import Passage
    from plantrack.views.report import PlanReport
    from plantrack.views.table import Said


class FigureRow(NamedTuple):
    """A figure of a contradiction, what would do in its place, and where it stands."""

    name: Said
    printed: Said
    would_do: Said
    section: str
    line: int | None
    link: str


class Arithmetic(NamedTuple):
    """What does not fit, the steps that show it, and how far apart they end."""

    heading: Said
    steps: tuple[Said, ...] = ()
    difference: Said | None = None


class Told(NamedTuple):
    """`opening` is what may have been meant, `marks` are those of its figures in its `passages`."""

    anchor: str
    gravity: Said
    level: str
    opening: Said | None
    arithmetic: Arithmetic
    bars: Bars | None
    figures: tuple[FigureRow, ...]
    remarks: tuple[Said, ...]
    passages: tuple[Passage, ...]
    marks: frozenset[int]


class Teller(NamedTuple):
    """Tells the findings of one plan."""

    one: PlanReport
    places: Places
    report: Report

    @property
    def audit(self) -> Audit:
        return self.one.audit

    def told(self, number: int, finding: Finding) -> Told:
        report, proof = self.report, finding.proof
        known = self.places.marks
        marks = frozenset(known[each] for each in finding.figures if each in known)
        passages = self.one.passages.passages if self.one.passages is not None else ()
        return Told(
            anchor_of(number),
            gravity_of(finding),
            finding.level.value,
            _opening(finding),
            arithmetic(finding, report, self.audit),
            self._bars(proof),
            tuple(self._rows(finding)),
            ()
            if proof is None
            else (*conditions(proof, report, self.audit), *remarks(proof, report, self.audit)),
            tuple(each for each in passages if each.marks & marks),
            marks,
        )

    def _bars(self, proof: Contradiction | None) -> Bars | None:
        gauge = gauge_of(proof, self.audit, self.report.catalogue) if proof is not None else None
        return bars_of(gauge) if gauge is not None else None

    def _rows(self, finding: Finding) -> Iterator[FigureRow]:
        if finding.proof is None:
            yield from (self._row(self.audit.figures[each], "") for each in finding.figures)
            return
        for each in finding.proof.involved:
            figure = self.audit.figures[each.figure]
            yield self._row(figure, _would_do(each, figure))

    def _row(self, figure: Figure, would: Said) -> FigureRow:
        place = section_of(figure, self.audit), self.places.line(figure), self.places.link(figure)
        return FigureRow(figure_name(figure, self.report), printed_words(figure), would, *place)


def is_graver(finding: Finding) -> bool:
    """Whether it is more than the last digit or the wording, or has to be confirmed first."""
    return finding.level is not Level.NOTE or finding.is_question


def gravity_of(finding: Finding) -> Said:
    return text("to be confirmed") if finding.is_question else GRAVITY[finding.level]


def _opening(finding: Finding) -> Said | None:
    """What has to be confirmed first, or what a warning's figures may have been meant to be."""
    opening = finding.proof.opening if finding.proof is not None else None
    if finding.question is not None or opening is None:
        return finding.question
    return OPENINGS.get(opening.template, opening)


def arithmetic(finding: Finding, report: Report, audit: Audit) -> Arithmetic:
    if finding.proof is None or finding.proof.derivation is None:
        return Arithmetic(for_readers(finding.message, audit))
    worked = Worked(finding.proof.derivation, audit, report.catalogue)
    steps, pivot = tuple(worked.lines()), worked.pivot
    if pivot is None:
        quantity = worked.quantity(worked.steps[-1].result)
        return Arithmetic(text("{what} comes to two different values", what=quantity), steps)
    quoted = Listing(tuple(text('"{printed}"', printed=each) for each in worked.beside()), Words("", " "))
    heading = text(
        "{what} {printed} ({section})",
        what=figure_name(pivot, report),
        printed=quoted,
        section=section_of(pivot, audit),
    )
    return Arithmetic(heading, steps, worked.difference())


def _would_do(involved: Involved, figure: Figure) -> Said:
    if not involved.should_read:
        return DASH
    nominal, reach = would_do(involved, figure)
    if nominal is None or nominal == reach:
        return reach or DASH
    return text("{nominal} ({reach})", nominal=nominal, reach=reach)
