"""Waivers: findings that the maintainers of a plan have judged and let stand.

A waiver stands in the plan file and says what its finding is about: figures, or keys of the file,
each with the text it had when it was judged. It holds for the finding of that code about exactly
these, on whatever line they stand, until one of the texts changes. The engine knows nothing of
waivers: they are applied to what it found, in the same way by every command.
"""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from plantrack.findings import CODES, Code, Finding, Level, Waiver, code_named, in_order
from plantrack.language import Text, listing, text
from plantrack.plan.catalogue import nearest
from plantrack.plan.model import FIGURE_KINDS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from plantrack.audit import Audit
    from plantrack.language import Language
    from plantrack.plan.figures import Figure
    from plantrack.plan.model import PlanModel, WaiverEntry
    from plantrack.plan.plan import PlanFile
    from plantrack.plan.tree import Node

VALIDATION, AUDIT = "012", "34"
"""The families of codes (their first digit) that `validate` and `check` look for."""

About = dict[str, str]
"""What a finding or a waiver is about: full id of a figure or key -> its text."""


class Subjects(NamedTuple):
    figures: dict[str, Figure]
    trees: dict[str, Node | None]

    @classmethod
    def of(cls, plans: Iterable[PlanFile]) -> Subjects:
        plans = tuple(plans)
        return cls(
            {figure.id: figure for loaded in plans for figure in loaded.figures},
            {loaded.model.plan: loaded.tree for loaded in plans if loaded.model is not None},
        )

    def about(self, finding: Finding) -> About:
        named = finding.figures or (finding.about,)
        return {each: self.text(each) or "" for each in named}

    def fits(self, finding: Finding, waiver: Placed) -> bool:
        """Whether a finding is about the same, or about figures that would do in their place and read so."""
        if finding.code != waiver.code:
            return False
        about, wanted = self.about(finding), waiver.about
        if about == wanted or finding.proof is None or len(about) != len(wanted):
            return about == wanted
        for each in finding.proof.involved:
            named = [name for name in (each.figure, *each.also) if name in wanted]
            if len(named) != 1 or {wanted[named[0]], self.text(named[0])} != {about[each.figure]}:
                return False
        return True

    def text(self, subject: str) -> str | None:
        if subject in self.figures:
            return _said(self.figures[subject])
        plan, _, path = subject.partition("/")
        return _text_at(self.trees.get(plan), path)


class Placed(NamedTuple):
    loaded: PlanFile
    plan: PlanModel
    number: int
    entry: WaiverEntry

    @property
    def code(self) -> Code | None:
        """The code as findings write it, by number or by name; the schema knows no other spelling."""
        code = code_named(self.entry.code)
        return code if code is not None and self.entry.code in (code.code, code.name) else None

    @property
    def is_whole(self) -> bool:
        told = {finding.position.line for finding in self.loaded.findings}
        return told.isdisjoint(self.loaded.lines(("waivers", self.number)))

    @property
    def about(self) -> About:
        entry, plan = self.entry, self.plan.plan
        figures = {_full_id(name, plan): said for name, said in entry.figures.items()}
        return figures | {f"{plan}/{key}": said for key, said in entry.keys.items()}

    def finding(self, name: str, key: str, message: Text) -> Finding:
        position = self.loaded.position(("waivers", self.number, key))
        return Finding.of(name, message, position, f"{self.plan.plan}/waivers/{self.number}")


def waive(audit: Audit, *, today: date | None) -> Audit:
    plans = [plan.source for plan in audit.plans]
    return replace(audit, findings=apply_waivers(audit.findings, plans, AUDIT, today=today))


def judged(read: PlanFile, today: date | None) -> tuple[Finding, ...]:
    """What is wrong with a plan file, waived where it says so, by place."""
    return tuple(in_order(apply_waivers(read.findings, [read], VALIDATION, today=today)))


def apply_waivers(
    findings: Iterable[Finding], plans: Sequence[PlanFile], families: str, *, today: date | None
) -> tuple[Finding, ...]:
    """The findings, waived where a plan says so, and what is wrong with the waivers for these `families` of codes."""
    findings = tuple(findings)
    waivers = list(_written(plans))
    if not waivers:
        return findings
    subjects = Subjects.of(plans)
    mistakes: list[Finding] = []
    judged = {id(finding): finding for finding in findings}
    for waiver in waivers:
        found = list(_mistakes(waiver, today))
        fitting = [each for each in findings if not found and subjects.fits(each, waiver)]
        stamp = Waiver(waiver.entry.reason, waiver.entry.date)
        judged |= {id(each): replace(each, waived=stamp) for each in fitting}
        if not (found or fitting) and _is_in_reach(waiver, subjects, families):
            why = _why_unused(waiver, subjects, findings)
            unused = text("this waiver is not needed: {why}; remove it, or judge anew", why=why)
            found = [waiver.finding("unused-waiver", "code", unused)]
        told = {finding.position for finding in waiver.loaded.findings}
        mistakes += (each for each in found if each.position not in told)
    return (*judged.values(), *mistakes)


def open_findings(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    return tuple(finding for finding in findings if finding.waived is None)


def is_waivable(code: Code) -> bool:
    return code.code[2] in AUDIT or (code.code[2] in VALIDATION and code.level is not Level.ERROR)


# -- what findings and waivers are about ----------------------------------------------------------


def _said(figure: Figure) -> str:
    if figure.text is not None:
        return figure.text
    relation = figure.relation
    assert relation is not None
    by = f"by {relation.by}" if relation.by else None
    return " ".join(part for part in (relation.operator, relation.to, by) if part)


def _text_at(node: Node | None, path: str) -> str | None:
    """The text at `a/b/c`; keys may themselves contain the stroke. `…` for what is no text."""
    if node is None or not path:
        return None if node is None else node.value if isinstance(node.value, str) else "…"
    children = node.value if isinstance(node.value, dict) else {}
    for key, child in children.items():
        if path == key or path.startswith(f"{key}/"):
            return _text_at(child, path[len(key) + 1 :])
    return None


def _full_id(name: str, plan: str) -> str:
    _, first, second = (*name.split("/"), "", "", "")[:3]
    return name if second in FIGURE_KINDS and first not in FIGURE_KINDS else f"{plan}/{name}"


# -- what is wrong with waivers -------------------------------------------------------------------


def _written(plans: Sequence[PlanFile]) -> Iterator[Placed]:
    for loaded in plans:
        if loaded.model is not None:
            for number, entry in enumerate(loaded.model.waivers):
                yield Placed(loaded, loaded.model, number, entry)


def _mistakes(waiver: Placed, today: date | None) -> Iterator[Finding]:
    entry, code = waiver.entry, waiver.code
    if code is None:
        known = [*(each.code for each in CODES.values()), *CODES]
        guesses = nearest(entry.code.upper(), known) or nearest(entry.code.lower(), known) or ("PT301",)
        message = text(
            'no code "{name}"; did you mean {guesses}?', name=entry.code, guesses=listing(*guesses)
        )
        yield waiver.finding("unknown-waived-code", "code", message)
    elif not is_waivable(code):
        message = text(
            "{code} is corrected, not waived: only contradictions, implausible figures and warnings about "
            "the file can be judged",
            code=code.code,
        )
        yield waiver.finding("not-waivable", "code", message)
    if not any(character.isalnum() for character in entry.reason):
        message = text("no reason is given: say in `reason` why this finding stays")
        yield waiver.finding("reasonless-waiver", "reason", message)
    try:
        day = date.fromisoformat(entry.date) if re.fullmatch(r"\d{4}-\d\d-\d\d", entry.date) else None
    except ValueError:
        day = None
    if day is None:
        message = text('"{date}" is no day: write YYYY-MM-DD, as 2026-11-24', date=entry.date)
        yield waiver.finding("waiver-date", "date", message)
    elif today is not None and day > today:
        message = text("{date} is still to come: write the day of the judgement", date=entry.date)
        yield waiver.finding("waiver-date", "date", message)


def _is_in_reach(waiver: Placed, subjects: Subjects, families: str) -> bool:
    concerned, code = {each.partition("/")[0] for each in waiver.about}, waiver.code
    is_asked = code is not None and code.code[2] in families and waiver.is_whole
    return is_asked and concerned <= subjects.trees.keys()


def _why_unused(waiver: Placed, subjects: Subjects, findings: Iterable[Finding]) -> Text:
    own = f"{waiver.plan.plan}/"
    if not waiver.about:
        return text("it names nothing under `figures` or `keys`")
    for subject, said in waiver.about.items():
        now, short = subjects.text(subject), subject.removeprefix(own)
        if now is None:
            return text("there is no {what}", what=short)
        if now != said:
            return text("{what} reads {now} and was waived as {said}", what=short, now=now, said=said)
    assert waiver.code is not None
    for about in (subjects.about(each) for each in findings if each.code == waiver.code):
        if about.keys() & waiver.about.keys():
            others = (each.removeprefix(own) for each in about)
            return text("{code} is found about {what}", code=waiver.code.code, what=listing(*others))
    return text("{code} is not found about these", code=waiver.code.code)


# -- writing them ---------------------------------------------------------------------------------


def draft_lines(
    findings: Iterable[Finding], plans: Iterable[PlanFile], language: Language, today: date
) -> Iterator[str]:
    """A waiver to paste for each finding that may be waived and is not, under its message as a comment."""
    subjects = Subjects.of(plans)
    for finding in open_findings(findings):
        if is_waivable(finding.code):
            yield "# " + " ".join(finding.message.say(language).split())
            yield from draft_waiver(finding, subjects, today)


def draft_waiver(finding: Finding, subjects: Subjects, today: date) -> list[str]:
    """The lines of a waiver to paste under `waivers:`; the reason is left to the person who judges."""
    about = subjects.about(finding)
    plan = finding.proof.plans[0] if finding.proof else finding.about.partition("/")[0]
    kind = "figures" if about.keys() & subjects.figures.keys() else "keys"
    pairs = (
        f"{_scalar(subject.removeprefix(f'{plan}/'))}: {_scalar(said)}" for subject, said in about.items()
    )
    return [
        f"- code: {finding.code.code}",
        f"  {kind}: {{{', '.join(pairs)}}}",
        '  reason: ""',
        f"  date: {today.isoformat()}",
    ]


def _scalar(said: str) -> str:
    return said if _PLAIN.fullmatch(said) else json.dumps(said, ensure_ascii=False)


_PLAIN = re.compile(r"[\w.%](?:[\w.%/@>—–-]| (?=\w))*")
