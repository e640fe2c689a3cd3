"""An audit in sentences: what was found, what vague moments could mean, what was not checked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from plantrack.findings import Level
from plantrack.language import Language, Listing, Words, labelled, listing, text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from plantrack.audit import Audit
    from plantrack.language import Text
    from plantrack.plan.model import PlanModel


def headline(audit: Audit, language: Language) -> str:
    """The first line of `check`: what was found, or that nothing could be, or that not all is decided.

    No contradiction is claimed of a plan of which nothing could be held against anything.
    What is not decided comes first; plans of which nothing was checked are named behind the sum of all.
    """
    models = [plan.model for plan in audit.plans]
    unread = [model for model in models if _is_unread(model, audit)]
    coverage = audit.coverage
    if not coverage.checked and coverage.open:
        return text(
            "Nothing is decided of {figures} figures: {open} are held against others, and neither shown to "
            "agree with them nor to contradict them",
            figures=coverage.figures,
            open=len(coverage.open),
        ).say(language)
    if len(unread) == len(models):
        said = text(
            "Nothing was checked: none of the {figures} figures could be held against another",
            figures=coverage.figures,
        )
    elif unread:
        said = text(
            "{said}; nothing was checked of {plans}: none of their figures could be held against another",
            said=_counts(audit),
            plans=Listing(tuple(model.title.name for model in unread), "；" if language == "zh" else "; "),
        )
    else:
        said = _counts(audit)
    if not coverage.complete:
        said = text("Not all is decided (what is not is listed below). {said}", said=said)
    return said.say(language)


def _is_unread(model: PlanModel, audit: Audit) -> bool:
    """Whether no figure of a plan was held against anything."""
    reached = audit.coverage.checked | audit.coverage.open
    return not any(audit.figures[name].plan == model.plan for name in reached)


def _counts(audit: Audit) -> Text:
    """How many figures there are and how many stand in a contradiction; notes are counted apart and are none."""
    graver = [finding for finding in audit.findings if finding.level is not Level.NOTE]
    proofs = [finding.proof for finding in graver if finding.proof]
    counts = {
        "figures": audit.coverage.figures,
        "doubts": len(graver) - len(proofs),
        "checked": audit.coverage.in_some_law,
    }
    if proofs:
        said = text(
            "{figures} figures, {involved} of them in {conflicts} contradiction(s), {doubts} more to doubt; "
            "{checked} were held against others",
            involved=len({each.figure for proof in proofs for each in proof.involved}),
            conflicts=len(proofs),
            **counts,
        )
    else:
        said = text(
            "{figures} figures, no contradiction, {doubts} to doubt; {checked} were held against others",
            **counts,
        )
    if notes := len(audit.findings) - len(graver):
        said = text(
            "{said}; {notes} more where only the last digit or the wording differs", said=said, notes=notes
        )
    return said


def coverage_lines(audit: Audit, language: Language) -> Iterator[str]:
    """What was not checked and why, the same reasons together."""
    coverage = audit.coverage
    for title, rest in (
        (text("not decided: {number}"), coverage.undetermined),
        (text("not checked: {number}"), coverage.unchecked),
    ):
        if not rest:
            continue
        yield text(title.template, number=len(rest)).say(language)
        reasons: dict[str, list[str]] = {}
        for each in rest:
            name = each.figure.measures.name.say(language)
            reasons.setdefault(each.why.say(language), []).append(name)
        for why, names in reasons.items():
            yield "  " + labelled(why, _first_names(list(dict.fromkeys(names)))).say(language)
    if audit.is_spent:
        yield "  " + text("the usual work is done: `--effort 10` does ten times as much").say(language)


MAX_NAMES = 12


def _first_names(names: list[str]) -> Listing | Text:
    """Names one after the other; of very many the first, for a reader."""
    if len(names) <= MAX_NAMES:
        return listing(*names)
    first, more = listing(*names[:MAX_NAMES]), len(names) - MAX_NAMES
    return text("{first} and {more} more (-f json lists them)", first=first, more=more)


def meaning_lines(audit: Audit, language: Language) -> Iterator[str]:
    """What each meaning of a vague moment would add, a line for each contradiction.

    Moments of which no meaning adds any are left out.
    """
    telling = {(each.plan, each.moment) for each in audit.meanings if each.added}
    for meaning in audit.meanings:
        if (meaning.plan, meaning.moment) not in telling:
            continue
        moments = text("“{moment}” means {time}", moment=meaning.name, time=_when(meaning.time))
        if not meaning.added:
            yield text("if {moments}, no further contradiction is added", moments=moments).say(language)
            continue
        number = len(meaning.added)
        yield text("if {moments}, {number} more contradiction(s):", moments=moments, number=number).say(
            language
        )
        yield from (f"  {each.message.say(language)}" for each in meaning.added)


def _when(time: str) -> Words:
    """A year as both languages write it, other times as the plan file does."""
    return Words(f"{time}年" if time.isdigit() else time, time)
