"""An audit in sentences: what was found, what vague moments could mean, what was not checked."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from plantrack.findings import Level
from plantrack.language import SEMICOLON, Language, Listing, Words, labelled, listing, text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from plantrack.audit import Audit
    from plantrack.language import Text
MAX_NAMES = 12
KINDS = {Level.ERROR: text("{number} must be wrong"), Level.WARNING: text("{number} to be checked")}
"""Contradictions by what they ask of their reader."""


def headline(audit: Audit, language: Language) -> str:
    """The first line of `check`: what was found, or that nothing could be, or first that not all is decided.

    No contradiction is claimed of a plan of which nothing was held against anything; such plans are named last.
    """
    models, coverage = [plan.model for plan in audit.plans], audit.coverage
    held = {audit.figures[name].plan for name in coverage.checked | coverage.open}
    unread = [model for model in models if model.plan not in held]
    if not coverage.checked and coverage.open:
        return text(
            "Nothing is decided of {figures} figures: {open} are held against others, and neither shown to "
            "agree with them nor to contradict them",
            figures=coverage.figures,
            open=len(coverage.open),
        ).say(language)
    said = _counts(audit)
    if len(unread) == len(models):
        said = text(
            "Nothing was checked: none of the {figures} figures could be held against another",
            figures=coverage.figures,
        )
    elif unread:
        said = text(
            "{said}; nothing was checked of {plans}: none of their figures could be held against another",
            said=said,
            plans=Listing(tuple(model.title.name for model in unread), SEMICOLON),
        )
    if not coverage.complete:
        said = text("Not all is decided (what is not is listed below). {said}", said=said)
    return said.say(language)


def _counts(audit: Audit) -> Text:
    """How many figures there are and how many stand in a contradiction; notes are counted apart and are none."""
    graver = [finding for finding in audit.findings if finding.level is not Level.NOTE]
    conflicts = [finding for finding in graver if finding.proof]
    figures = audit.coverage.figures
    said = text("{figures} figures, no contradiction", figures=figures)
    if conflicts:
        levels = Counter(each.level for each in conflicts)
        said = text(
            "{figures} figures, {conflicts} contradiction(s) ({kinds})",
            conflicts=len(conflicts),
            kinds=listing(
                *(
                    text(named.template, number=levels[level])
                    for level, named in KINDS.items()
                    if levels[level]
                )
            ),
            figures=figures,
        )
    if doubts := len(graver) - len(conflicts):
        said = text("{said}; {doubts} unusual number(s)", said=said, doubts=doubts)
    return said


def coverage_lines(audit: Audit, language: Language, most: int | None = MAX_NAMES) -> Iterator[str]:
    """What was not decided and not checked, by reason; of each no more names than `most`."""
    coverage = audit.coverage
    undecided, unchecked = coverage.undetermined, coverage.unchecked
    for title, rest in (
        (text("not decided: {number}", number=len(undecided)), undecided),
        (text("not checked: {number}", number=len(unchecked)), unchecked),
    ):
        if rest:
            yield title.say(language)
        reasons: dict[str, dict[str, None]] = {}
        for each in rest:
            name = each.figure.measures.name.say(language)
            reasons.setdefault(each.why.say(language), {})[name] = None
        for why, names in reasons.items():
            yield "  " + labelled(why, _first_names(list(names), most)).say(language)
    if audit.spent:
        yield "  " + go_on(audit).say(language)


def _first_names(names: list[str], most: int | None) -> Listing | Text:
    if most is None or len(names) <= most:
        return listing(*names)
    first, more = listing(*names[:most]), len(names) - most
    return text("{first} and {more} more (-f json lists them)", first=first, more=more)


def meaning_lines(audit: Audit, language: Language, *, in_short: bool = False) -> Iterator[str]:
    """What each meaning of a vague moment would add, where one of them adds a contradiction; in short how many."""
    telling = {(each.plan, each.moment) for each in audit.meanings if each.added}
    for meaning in audit.meanings:
        if (meaning.plan, meaning.moment) not in telling or (in_short and not meaning.added):
            continue
        year = Words(f"{meaning.time}年", meaning.time)  # other times as the plan file has them
        time = year if meaning.time.isdigit() else meaning.time
        moments = text("“{moment}” means {time}", moment=meaning.name, time=time)
        if in_short:
            said = text(
                "if {moments}, {number} more contradiction(s)", moments=moments, number=len(meaning.added)
            )
        elif meaning.added:
            number = len(meaning.added)
            said = text("if {moments}, {number} more contradiction(s):", moments=moments, number=number)
        else:
            said = text("if {moments}, no further contradiction is added", moments=moments)
        yield said.say(language)
        if not in_short:
            yield from (f"  {each.message.say(language)}" for each in meaning.added)


def go_on(audit: Audit) -> Text:
    """How to have decided what the work allowed left open."""
    return text(
        "the work allowed is done: `--effort {more}` does ten times as much", more=f"{10 * audit.spent:g}"
    )
