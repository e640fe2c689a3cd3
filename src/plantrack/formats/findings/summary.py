"""An audit in sentences: what was found, what vague moments could mean, what was not checked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from plantrack.formats.findings.tally import Tally, go_on
from plantrack.language import Language, Listing, Words, labelled, listing, text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from plantrack.audit import Audit
    from plantrack.audit.meanings import Meaning
    from plantrack.language import Text

MAX_NAMES = 12


def headline(audit: Audit, language: Language) -> str:
    """The first line of `check`."""
    return Tally.of(audit).headline.say(language)


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
        yield "  " + go_on(audit.spent).say(language)


def _first_names(names: list[str], most: int | None) -> Listing | Text:
    if most is None or len(names) <= most:
        return listing(*names)
    first, more = listing(*names[:most]), len(names) - most
    return text("{first} and {more} more (-f json lists them)", first=first, more=more)


def telling(audit: Audit) -> Iterator[Meaning]:
    """The meanings of the vague moments of which one adds a contradiction."""
    moments = {(each.plan, each.moment) for each in audit.meanings if each.added}
    return (each for each in audit.meanings if (each.plan, each.moment) in moments)


def meaning_in_short(meaning: Meaning) -> Text:
    """How many contradictions it adds."""
    number = len(meaning.added)
    return text("if {moments}, {number} more contradiction(s)", moments=_means(meaning), number=number)


def meaning_lines(audit: Audit, language: Language) -> Iterator[str]:
    """What each meaning of a vague moment would add, where one of them adds a contradiction."""
    for meaning in telling(audit):
        moments, number = _means(meaning), len(meaning.added)
        said = text("if {moments}, no further contradiction is added", moments=moments)
        if number:
            said = text("if {moments}, {number} more contradiction(s):", moments=moments, number=number)
        yield said.say(language)
        yield from (f"  {each.message.say(language)}" for each in meaning.added)


def _means(meaning: Meaning) -> Text:
    year = Words(f"{meaning.time}年", meaning.time)  # other times as the plan file has them
    time = year if meaning.time.isdigit() else meaning.time
    return text("“{moment}” means {time}", moment=meaning.name, time=time)
