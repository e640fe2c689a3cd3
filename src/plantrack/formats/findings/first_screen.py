"""What `check` shows first, as plain data: findings, what vague moments would add, what was checked.

That of audits of many plans is made of those of each.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import chain
from operator import itemgetter
from typing import TYPE_CHECKING, Any, NamedTuple

from plantrack.findings import Level
from plantrack.formats.findings.brief import brief
from plantrack.formats.findings.concise import STYLES
from plantrack.formats.findings.summary import meaning_in_short, telling
from plantrack.formats.findings.tally import Tally
from plantrack.language import labelled, say, text

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from plantrack.audit import Audit
    from plantrack.findings import Finding
    from plantrack.formats.findings import Report
    from plantrack.formats.terminal import Screen
    from plantrack.language import Language

INDENT = 2


class Shown(NamedTuple):
    """A finding: its gravity, the lines that tell it, its place in the plan file and its code."""

    level: Level
    gravity: str
    first: str
    more: tuple[str, ...]
    place: str

    @classmethod
    def of(cls, finding: Finding, report: Report, audit: Audit) -> Shown:
        told, place = brief(finding, report, audit), f"{finding.position} {finding.code.code}"
        return cls(finding.level, told.gravity.say(report.language), told.first, told.more, place)

    def print(self, screen: Screen, *, with_place: bool) -> None:
        screen.labelled(self.gravity, self.first, STYLES[self.level])
        for line in self.more:
            screen.line(line, indent=INDENT)
        if with_place:
            screen.line(self.place, "dim", indent=INDENT)


class FirstScreen(NamedTuple):
    """Findings but notes, of each plan what its moments would add, what is counted, how many findings are hidden."""

    tally: Tally
    findings: tuple[Shown, ...]
    meanings: tuple[tuple[str, str], ...]
    hidden: int

    @classmethod
    def of(cls, report: Report, audit: Audit) -> FirstScreen:
        shown = replace(audit, findings=report.only_shown(audit.findings))
        meanings = (each for each in telling(audit) if each.added)
        return cls(
            Tally.of(shown),
            tuple(Shown.of(each, report, audit) for each in graver(shown.findings)),
            tuple((each.plan, meaning_in_short(each).say(report.language)) for each in meanings),
            len(audit.findings) - len(shown.findings),
        )

    @classmethod
    def sum(cls, screens: Sequence[tuple[FirstScreen, Sequence[Any]]]) -> FirstScreen:
        """That of all plans; the findings in the order of the keys that each screen comes with."""
        found = chain.from_iterable(zip(keys, each.findings, strict=True) for each, keys in screens)
        return cls(
            Tally.sum(each.tally for each, _ in screens),
            tuple(shown for _, shown in sorted(found, key=itemgetter(0))),
            tuple(sorted(chain.from_iterable(each.meanings for each, _ in screens), key=itemgetter(0))),
            sum(each.hidden for each, _ in screens),
        )

    def print(self, screen: Screen, language: Language, *, is_quiet: bool) -> None:
        """Findings, then the targets and what was not checked in a line each; of quiet reports the findings alone."""
        if not is_quiet:
            screen.line(title(self.tally, language), "bold")
        for each in self.findings:
            each.print(screen, with_place=is_quiet)
        if is_quiet:
            return
        for line in (line for _, line in self.meanings):
            screen.line(line)
        for said in self.tally.summary:
            screen.line(say(said, language))
        screen.line(HINT.say(language), "dim")
        print_hidden(screen, self.hidden, language)


HINT = text("-v: everything, with places in the plan file; --targets: each target")


def graver(findings: Iterable[Finding]) -> list[Finding]:
    """All but notes."""
    return [each for each in findings if each.level is not Level.NOTE]


def title(tally: Tally, language: Language) -> str:
    """What was found, behind the name of the plan or how many they are."""
    names = list(tally.plans.values())
    name = names[0] if len(names) == 1 else text("{number} plans", number=len(names))
    return labelled(name, tally.headline.say(language)).say(language)


def print_hidden(screen: Screen, number: int, language: Language) -> None:
    """How many findings are waived and not shown."""
    if number:
        waived = text("{number} finding(s) waived; --show-waived shows them", number=number)
        screen.line(waived.say(language), "dim")
