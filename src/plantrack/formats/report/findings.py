"""A finding as a page tells it: what does not fit, the steps, a picture, its figures, their sentences."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from plantrack.formats.findings import Report
from plantrack.formats.findings.brief import GRAVITY, OPENINGS
from plantrack.formats.findings.contradiction import conditions, figure_name, remarks, would_do
from plantrack.formats.report.pictures import bars_of
from plantrack.language import Listing, Words, text
from plantrack.views.derivation import Worked, printed_words
from plantrack.views.gauge import gauge_of
from plantrack.views.names import section_of
from plantrack.views.report import with_plans_of
from plantrack.views.table import DASH

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from plantrack.audit import Audit
    from plantrack.findings import Contradiction, Finding, Involved
    from plantrack.formats.report.links import Links
    from plantrack.formats.report.pictures import Bars
    from plantrack.language import Language
    from plantrack.plan.catalogue import Catalogue
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
    links: Links
    catalogue: Catalogue
    language: Language

    def told(self, number: int, finding: Finding) -> Told:
        audit, proof = with_plans_of(finding, self.one.audit, self.links.plans), finding.proof
        report = Report(self.language, audit.findings, self.catalogue, audit=audit)
        marks = self._marks(audit.figures[each] for each in finding.figures)
        passages = self.one.passages.passages if self.one.passages is not None else ()
        return Told(
            anchor_of(number),
            GRAVITY[finding.level],
            finding.level.value,
            proof and proof.opening and OPENINGS.get(proof.opening.template, proof.opening),
            Arithmetic(finding.message) if proof is None else arithmetic(finding, proof, report),
            self._bars(proof, audit),
            tuple(self._rows(finding, report, audit)),
            () if proof is None else (*conditions(proof, report, audit), *remarks(proof, report, audit)),
            tuple(each for each in passages if each.marks & marks),
            marks,
        )

    def _marks(self, figures: Iterable[Figure]) -> frozenset[int]:
        known = self.links.marks
        return frozenset(known[each.id] for each in figures if each.plan == self.one.plan.id and each.id in known)

    def _bars(self, proof: Contradiction | None, audit: Audit) -> Bars | None:
        gauge = gauge_of(proof, audit, self.catalogue) if proof is not None else None
        return bars_of(gauge) if gauge is not None else None

    def _rows(self, finding: Finding, report: Report, audit: Audit) -> Iterator[FigureRow]:
        if finding.proof is None:
            yield from (self._row(audit.figures[each], "", report, audit) for each in finding.figures)
            return
        for each in finding.proof.involved:
            figure = audit.figures[each.figure]
            yield self._row(figure, _would_do(each, figure), report, audit)

    def _row(self, figure: Figure, would: Said, report: Report, audit: Audit) -> FigureRow:
        links, section = self.links, section_of(figure, audit)
        place = section, links.line_of(figure), links.of_figure(figure, self.one.plan)
        return FigureRow(figure_name(figure, report), printed_words(figure), would, *place)


def anchor_of(number: int) -> str:
    return f"finding-{number}"


def arithmetic(finding: Finding, proof: Contradiction, report: Report) -> Arithmetic:
    assert report.audit is not None
    if proof.derivation is None:
        return Arithmetic(finding.message)
    worked = Worked(proof.derivation, report.audit, report.catalogue)
    steps, pivot = tuple(worked.lines()), worked.pivot
    if pivot is None:
        quantity = worked.quantity(worked.steps[-1].result)
        return Arithmetic(text("{what} comes to two different values", what=quantity), steps)
    quoted = Listing(tuple(text('"{printed}"', printed=each) for each in worked.beside()), Words("", " "))
    heading = text(
        "{what} {printed} ({section})",
        what=figure_name(pivot, report),
        printed=quoted,
        section=section_of(pivot, report.audit),
    )
    return Arithmetic(heading, steps, worked.difference())


def _would_do(involved: Involved, figure: Figure) -> Said:
    if not involved.should_read:
        return DASH
    nominal, reach = would_do(involved, figure)
    if nominal is None or nominal == reach:
        return reach or DASH
    return text("{nominal} ({reach})", nominal=nominal, reach=reach)
