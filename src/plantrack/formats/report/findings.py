"""A finding as a page tells it: what does not fit, the steps, a picture, its figures, their sentences."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from plantrack.audit.telling import Arithmetic, arithmetic, opening_of
from plantrack.findings import Level
from plantrack.formats.findings.contradiction import conditions, remarks
from plantrack.formats.report.links import anchor_of
from plantrack.formats.report.pictures import bars_of
from plantrack.plan.citing import figure_name, printed_words, section_of
from plantrack.views.findings import gravity_of
from plantrack.views.gauge import gauge_of
from plantrack.views.instead import instead_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from plantrack.audit import Audit
    from plantrack.findings import Contradiction, Finding
    from plantrack.formats.report.links import Places
    from plantrack.formats.report.pictures import Bars
    from plantrack.language import Said
    from plantrack.plan.figures import Figure
    from plantrack.views.passages import Passage
    from plantrack.views.report import PlanReport


class FigureRow(NamedTuple):
    """A figure of a contradiction, what would do in its place, and where it stands."""

    name: Said
    printed: Said
    would_do: Said
    section: Said
    line: int | None
    link: str


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

    @property
    def audit(self) -> Audit:
        return self.one.audit

    def told(self, number: int, finding: Finding) -> Told:
        proof, known = finding.proof, self.places.marks
        marks = frozenset(known[each] for each in finding.figures if each in known)
        passages = self.one.passages.passages if self.one.passages is not None else ()
        return Told(
            anchor_of(number),
            gravity_of(finding),
            finding.level.value,
            _opening(finding),
            arithmetic(finding, self.one.known_for(finding.figures)),
            self._bars(proof),
            tuple(self._rows(finding)),
            () if proof is None else (*conditions(proof, self.audit), *remarks(proof, self.audit)),
            tuple(each for each in passages if each.marks & marks),
            marks,
        )

    def _bars(self, proof: Contradiction | None) -> Bars | None:
        gauge = gauge_of(proof, self.audit) if proof is not None else None
        return bars_of(gauge) if gauge is not None else None

    def _rows(self, finding: Finding) -> Iterator[FigureRow]:
        if finding.proof is None:
            yield from (self._row(self.audit.figures[each], "") for each in finding.figures)
            return
        for each in finding.proof.involved:
            yield self._row(self.audit.figures[each.figure], instead_of(each, self.audit))

    def _row(self, figure: Figure, would: Said) -> FigureRow:
        known = self.one.known_for([figure.id])
        place = section_of(figure, known), self.places.line(figure), self.places.link(figure)
        return FigureRow(figure_name(figure, known), printed_words(figure), would, *place)


def is_graver(finding: Finding) -> bool:
    """Whether it is more than the last digit or the wording, or has to be confirmed first."""
    return finding.level is not Level.NOTE or finding.is_question


def _opening(finding: Finding) -> Said | None:
    """What has to be confirmed first, or what a warning's figures may have been meant to be."""
    return finding.question or opening_of(finding)
