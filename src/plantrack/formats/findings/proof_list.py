"""A proof list (核校意见): where it stands, what is printed, what does not agree; a row for each finding."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from plantrack.findings import Level
from plantrack.formats.findings.brief import brief
from plantrack.formats.findings.summary import headline
from plantrack.formats.findings.tally import Tally
from plantrack.language import say, text
from plantrack.plan.citing import figure_name, printed_words, section_of
from plantrack.views.page import Page
from plantrack.views.table import DASH, Table, words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from plantrack.audit import Audit
    from plantrack.findings import Finding
    from plantrack.formats.findings import Report
    from plantrack.language import Said
    from plantrack.plan.figures import Figure
    from plantrack.views.passages import Passage


def proof_list(report: Report, audit: Audit) -> Page:
    """What `check -o NAME.docx` and `.xlsx` write."""
    return _Proof(report, audit).page()


class _Proof(NamedTuple):
    """What a proof list is made from."""

    report: Report
    audit: Audit

    def page(self) -> Page:
        plans, language = self.audit.plans, self.report.language
        title = (
            text("{plan}: proof list", plan=plans[0].model.title.name)
            if len(plans) == 1
            else text("Proof list")
        )
        table = Table(title, words("page (line)", "as printed", "proof-reading"))
        for finding in self._findings():
            if len(plans) > 1:
                table.group(self._plan_of(finding))
            table.rows.append(
                ("\n".join(self._places(finding)), "\n".join(self._printed(finding)), self._opinion(finding))
            )
        if not table.rows:
            table.rows.append((DASH, DASH, headline(self.audit, language)))
        table.notes.extend(self._notes())
        return Page(table, lead=headline(self.audit, language))

    def _findings(self) -> list[Finding]:
        """Plan by plan; without notes, unless everything is asked for."""
        shown = self.report.only_shown(self.audit.findings)
        found = [each for each in shown if each.level is not Level.NOTE or self.report.verbosity > 0]
        return sorted(found, key=lambda each: each.position.file)

    def _plan_of(self, finding: Finding) -> Said:
        return next(each.model.title.name for each in self.audit.plans if each.file == finding.position.file)

    def _figures(self, finding: Finding) -> list[Figure]:
        """The one that does not fit first."""
        derivation = finding.proof.derivation if finding.proof is not None else None
        first = derivation.pivot if derivation is not None else None
        return [self.audit.figures[each] for each in sorted(finding.figures, key=lambda each: each != first)]

    def _passages(self, finding: Finding) -> list[Passage]:
        """The sentences of its figures, where the document was given."""
        found = []
        for name, passages in self.report.passages.items():
            marks = {
                passages.marks[each]
                for each in finding.figures
                if each.startswith(f"{name}/") and each in passages.marks
            }
            found += [each for each in passages.passages if marks & each.marks]
        return found

    def _places(self, finding: Finding) -> Sequence[str]:
        return self._said(section_of(each, self.audit) for each in self._figures(finding)) or [DASH]

    def _printed(self, finding: Finding) -> Sequence[str]:
        if passages := self._passages(finding):
            return ["".join(part.words for part in each.parts) for each in passages]
        told = (
            text('{what} "{printed}"', what=figure_name(each, self.audit), printed=printed_words(each))
            for each in self._figures(finding)
        )
        return self._said(told) or [DASH]

    def _said(self, parts: Iterable[Said]) -> list[str]:
        """Each once."""
        return list(dict.fromkeys(say(each, self.report.language) for each in parts))

    def _opinion(self, finding: Finding) -> str:
        """How grave, the arithmetic, what would do."""
        told = brief(finding, self.report, self.audit)
        lines = (
            text("{gravity}: {said}.", gravity=told.gravity, said=told.first),
            *(text("{said}.", said=each) for each in told.more),
        )
        return "\n".join(self._said(lines))

    def _notes(self) -> Iterator[Said]:
        figures = [each for plan in self.audit.plans for each in plan.figures]
        if any(
            "constant" in {each.row.prices, each.measures.prices} for each in figures if each.kind == "growth"
        ):
            yield text(
                "growth of GDP and value added is reckoned at constant prices, amounts at current prices"
            )
        yield text("some totals differ slightly from the sum of their parts because of rounding")
        yield from Tally.of(self.audit).summary
        yield text("whether to correct is for the source data to decide")
