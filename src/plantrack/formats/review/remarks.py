"""What is said of a finding beside the figures it is about: the first in full, the others with a reference."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from plantrack.findings import Level
from plantrack.formats.findings.brief import brief
from plantrack.language import Text, text
from plantrack.plan.citing import section_of
from plantrack.views.instead import with_others, would_do
from plantrack.views.table import DASH

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from plantrack.audit import Audit
    from plantrack.documents import Document
    from plantrack.findings import Finding, Involved
    from plantrack.formats.findings import Report

Span = tuple[int, int]


class Remark(NamedTuple):
    """Sentences about the characters of a document's text from `start` to `end`."""

    start: int
    end: int
    level: Level
    sentences: tuple[str, ...]


@dataclass(frozen=True)
class Remarks:
    """The remarks in the document's order; `astray` are about findings none of whose figures was found in it."""

    placed: tuple[Remark, ...]
    astray: tuple[Remark, ...]


def remarks_on(document: Document, report: Report, audit: Audit, places: Mapping[str, Span]) -> Remarks:
    """The remarks on a document.

    Args:
        document: the document.
        report: the findings that are to be told, and in which language.
        audit: the audit of the document's plan.
        places: where its figures stand, as offsets of the document's text.
    """
    scene = _Scene(document, report, audit, places)
    placed: list[Remark] = []
    astray: list[Remark] = []
    for finding in report.findings:
        told = list(scene.remarks(finding))
        (placed if told else astray).extend(told or [Remark(0, 0, finding.level, scene.in_full(finding))])
    return Remarks(tuple(sorted(placed, key=lambda each: each[:2])), tuple(astray))


@dataclass(frozen=True)
class _Scene:
    """What remarks are made from."""

    document: Document
    report: Report
    audit: Audit
    places: Mapping[str, Span]

    def remarks(self, finding: Finding) -> Iterator[Remark]:
        """One for each place of its figures, in the document's order."""
        found = {self.places[name]: name for name in reversed(finding.figures) if name in self.places}
        for number, (span, name) in enumerate(ordered := sorted(found.items())):
            told = self.in_short(finding, name, ordered[0]) if number else self.in_full(finding)
            yield Remark(*span, finding.level, told)

    def in_full(self, finding: Finding) -> tuple[str, ...]:
        """The arithmetic, what would do, and who decides."""
        told = brief(finding, self.report, self.audit)
        asks = told.first.endswith(("？", "?"))
        template = text("{gravity}: {said}") if asks else text("{gravity}: {said}.")
        said = [text(template.template, gravity=told.gravity, said=told.first)]
        said += (text("{said}.", said=each) for each in told.more)
        if told.more:
            decides = text("whether to correct is for the source data to decide")
            said.append(text("{said}.", said=decides))
        return tuple(each.say(self.report.language) for each in said)

    def in_short(self, finding: Finding, name: str, first: tuple[Span, str]) -> tuple[str, ...]:
        """That there is a remark elsewhere, and what would do here."""
        (start, end), other = first
        there = text("“{words}”", words=" ".join(self.document.text[start:end].split()))
        figure, figures = self.audit.figures[name], self.audit.figures
        if figures[other].section != figure.section:
            section = section_of(figures[other], self.audit)
            there = text("“{words}” ({section})", words=dict(there.values)["words"], section=section)
        gravity = brief(finding, self.report, self.audit).gravity
        if finding.level is Level.NOTE:
            return (self._say(text("{gravity}: see the comment at {there}.", gravity=gravity, there=there)),)
        said = text(
            "{gravity}: this does not agree with {there}; see the comment there.",
            gravity=gravity,
            there=there,
        )
        involved = finding.proof.involved if finding.proof is not None else ()
        here = (each for each in involved if each.figure == name and each.should_read)
        return (self._say(said), *(self._say(self._correction(each)) for each in here))

    def _correction(self, involved: Involved) -> Text:
        nominal, reach = would_do(involved, self.audit.figures[involved.figure])
        if nominal is not None:
            reach = text("{nominal} ({reach})", nominal=nominal, reach=reach)
        return text("{reach} here would agree.", reach=with_others(reach or DASH, involved, self.audit))

    def _say(self, said: Text) -> str:
        return said.say(self.report.language)
