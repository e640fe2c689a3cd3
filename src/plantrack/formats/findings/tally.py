"""What an audit found and checked, in numbers and the sentences of these; audits of many plans are summed up."""

from __future__ import annotations

from collections import Counter, defaultdict
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from plantrack.findings import Level
from plantrack.language import SEMICOLON, Listing, listing, text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from plantrack.audit import Audit, Status
    from plantrack.language import Said, Text

_K = TypeVar("_K")
KINDS = {Level.ERROR: text("{number} must be wrong"), Level.WARNING: text("{number} to be checked")}
"""Contradictions by what they ask of their reader."""
STATUSES: dict[Status, Text] = {
    "in_finding": text("{number} stand in a finding above"),
    "consistent": text("{number} agree"),
    "wording": text("{number} in wording only"),
    "undetermined": text("{number} lack data"),
    "nothing_to_compare": text("{number} with nothing to compare"),
}
"""What is known of a quantity that several rows aim at: the first of these that one of them has."""


class Tally(NamedTuple):
    """In plain data; `unread` are the plans of which no figure was held against another."""

    plans: dict[str, Said]
    unread: dict[str, Said]
    conflicts: dict[Level, int]
    aims: dict[Status | None, int]
    """Quantities that plans aim at, by what is known of them; by nothing those without a number."""
    is_complete: bool
    spent: float
    doubts: int
    notes: int
    questions: int
    figures: int
    checked: int
    undetermined: int
    open: int
    unchecked: int

    @classmethod
    def of(cls, audit: Audit) -> Tally:
        coverage, graver = audit.coverage, [each for each in audit.findings if each.level is not Level.NOTE]
        held = {audit.figures[name].plan for name in coverage.checked | coverage.open}
        plans: dict[str, Said] = {each.id: each.model.title.name for each in audit.plans}
        questions = sum(each.is_question for each in audit.findings)
        return cls(
            plans=plans,
            unread={name: title for name, title in plans.items() if name not in held},
            conflicts=dict(Counter(each.level for each in graver if each.proof)),
            aims=dict(Counter(standing_of_aims(audit))),
            is_complete=coverage.complete,
            spent=audit.spent,
            doubts=sum(each.proof is None for each in graver),
            notes=len(audit.findings) - len(graver) - questions,
            questions=questions,
            figures=coverage.figures,
            checked=len(coverage.checked),
            undetermined=len(coverage.undetermined),
            open=len(coverage.open),
            unchecked=len(coverage.unchecked),
        )

    @classmethod
    def sum(cls, tallies: Iterable[Tally]) -> Tally:
        """That of all their plans, in the order of their ids."""
        plans, unread, conflicts, aims, are_complete, spent, *numbers = zip(*tallies, strict=True)
        return cls(
            _in_order(plans),
            _in_order(unread),
            _counted(conflicts),
            _counted(aims),
            all(are_complete),
            max(spent),
            *map(sum, numbers),
        )

    @property
    def headline(self) -> Text:
        """The first line of `check`: what was found, or that nothing could be, or first that not all is decided.

        No contradiction is claimed of a plan of which nothing was held against anything; such plans are named last.
        """
        if not self.checked and self.open:
            return text(
                "Nothing is decided of {figures} figures: {open} are held against others, and neither shown to "
                "agree with them nor to contradict them",
                figures=self.figures,
                open=self.open,
            )
        said = self._counts
        if len(self.unread) == len(self.plans):
            said = text(
                "Nothing was checked: none of the {figures} figures could be held against another",
                figures=self.figures,
            )
        elif self.unread:
            said = text(
                "{said}; nothing was checked of {plans}: none of their figures could be held against another",
                said=said,
                plans=Listing(tuple(self.unread.values()), SEMICOLON),
            )
        if not self.is_complete:
            said = text("Not all is decided (what is not is listed below). {said}", said=said)
        return said

    @property
    def _counts(self) -> Text:
        """How many figures there are and how many stand in a contradiction; notes are counted apart and are none."""
        said = text("{figures} figures, no contradiction", figures=self.figures)
        if self.conflicts:
            kinds = ((named, self.conflicts.get(level)) for level, named in KINDS.items())
            said = text(
                "{figures} figures, {conflicts} contradiction(s) ({kinds})",
                conflicts=sum(self.conflicts.values()),
                kinds=listing(*(text(named.template, number=number) for named, number in kinds if number)),
                figures=self.figures,
            )
        if self.doubts:
            said = text("{said}; {doubts} unusual number(s)", said=said, doubts=self.doubts)
        return said

    @property
    def summary(self) -> Iterator[Said]:
        """The table of targets and what differs in wording in a line; what was checked in another."""
        sums = [*self._targets]
        if self.notes:
            sums.append(
                text("{notes} more where only the last digit or the wording differs", notes=self.notes)
            )
        if self.questions:
            sums.append(text("{questions} to be confirmed first", questions=self.questions))
        yield from [Listing(tuple(sums), SEMICOLON)] if sums else ()
        rest = {
            text("{number} held against others", number=self.checked): self.checked,
            text("{number} not decided", number=self.undetermined): self.undetermined,
            text("{number} not checked", number=self.unchecked): self.unchecked,
        }
        told = listing(*(said for said, number in rest.items() if number))
        yield text("{figures} figures: {parts}", figures=self.figures, parts=told)
        if self.spent:
            yield go_on(self.spent)

    @property
    def _targets(self) -> Iterator[Text]:
        """How many quantities the plans aim at, and what is known of those with a number."""
        targets = sum(self.aims.values())
        parts = [
            text(said.template, number=self.aims[each])
            for each, said in STATUSES.items()
            if each in self.aims
        ]
        if parts:
            yield text(
                "{targets} targets, {number} with a number: {parts}",
                targets=targets,
                number=targets - self.aims.get(None, 0),
                parts=listing(*parts),
            )
        elif targets:
            yield text("{targets} targets, none with a number", targets=targets)


def _in_order(named: Iterable[dict[str, Said]]) -> dict[str, Said]:
    return dict(sorted(chain.from_iterable(each.items() for each in named)))


def _counted(counts: Iterable[dict[_K, int]]) -> dict[_K, int]:
    return dict(sum(map(Counter, counts), Counter[_K]()))


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


def go_on(spent: float) -> Text:
    """How to have decided what the work allowed left open."""
    return text("the work allowed is done: `--effort {more}` does ten times as much", more=f"{10 * spent:g}")
