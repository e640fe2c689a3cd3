"""Findings and coverage as sentences: what a person reads below the tables."""

from __future__ import annotations

from typing import TYPE_CHECKING

from plantrack.findings import Level
from plantrack.language import Language, Listing, Words, labelled, listing, text
from plantrack.numbers.numeral import read_numeral
from plantrack.plan.figures import KIND_NAMES, section_of
from plantrack.render.finding import print_finding
from plantrack.render.places import Lines
from plantrack.render.sheets.audit import targets_sheet

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from plantrack.audit import Audit
    from plantrack.findings import Contradiction, Finding, Involved
    from plantrack.language import Text
    from plantrack.plan.catalogue import Catalogue
    from plantrack.render.table import Screen

READINGS = {
    "bound-elsewhere": text("the bound printed elsewhere is meant"),
    "truncation": text("numbers were cut off, not rounded"),
    "raising": text("numbers were rounded up"),
    "round-target": text("the target itself was rounded to a round number"),
    "one-year-off": text("the span has one year more or less"),
    "arithmetic-average": text("the yearly growth is the whole growth divided by the years"),
    "unit-slip": text("one amount is in 万 where 亿 is printed, or the other way round"),
    "per-cent-for-points": text("per cent are meant where points are printed"),
    "times-for-growth": text("增长N倍 is meant where N倍 is printed, or the other way round"),
    "trailing-zeros": text("the zeros at the end of a change are rounding"),
    "rounded-twice": text("a number was rounded twice"),
    "whole-as-yearly": text("the growth of the whole span is printed as growth a year"),
    "mean-of-rates": text("the yearly growth is the mean of the yearly rates"),
    "sign": text("a fall is printed as a rise, or the other way round"),
    "decimal-point": text("a decimal point is lost or misplaced"),
    "points-for-per-cent": text("points are meant where per cent are printed"),
    "to-for-by": text("增长到 (增加到) is meant where 增长 (增加) is printed"),
    "by-for-to": text("增加 is meant where 增加到 is printed"),
}


def summary(audit: Audit, language: Language) -> str:
    """How many figures there are and how many stand in a contradiction; notes are counted apart and are none."""
    graver = [finding for finding in audit.findings if finding.level is not Level.NOTE]
    proofs = [finding.proof for finding in graver if finding.proof]
    involved = {each.figure for proof in proofs for each in proof.involved}
    coverage, doubts = audit.coverage, len(graver) - len(proofs)
    if proofs:
        said = text(
            "{figures} figures, {involved} of them in {conflicts} contradiction(s), {doubts} more to doubt; {checked} were held against others",
            figures=coverage.figures,
            involved=len(involved),
            conflicts=len(proofs),
            doubts=doubts,
            checked=coverage.in_some_law,
        )
    else:
        said = text(
            "{figures} figures, no contradiction, {doubts} to doubt; {checked} were held against others",
            figures=coverage.figures,
            doubts=doubts,
            checked=coverage.in_some_law,
        )
    notes = len(audit.findings) - len(graver)
    if notes:
        said = text(
            "{said}; {notes} more where only the last digit or the wording differs", said=said, notes=notes
        )
    return said.say(language)


def contradiction_lines(finding: Finding, audit: Audit, language: Language) -> Iterator[str]:
    """What would settle a contradiction, a line for each way, and what goes with it."""
    proof = finding.proof
    if proof is None or finding.level is Level.NOTE:
        return
    for reading, message in proof.cases:
        yield text("if {reading}: {said}", reading=reading, said=message).say(language)
    told = [each for each in proof.involved if each.should_read or each.should_read_count == 0]
    aside = _corrected(proof, audit)
    if aside and told:
        names = listing(*(_short(each, audit) for each in aside))
        yield text(
            "taken for corrected as well, for they stand in other contradictions: {names}", names=names
        ).say(language)
    for involved in told:
        yield _would_read(involved, proof, audit).say(language)
    for line in (*_beside(proof, audit), *_readings(proof)):
        yield line.say(language)


def _corrected(proof: Contradiction, audit: Audit) -> list[str]:
    """The figures of other contradictions that are taken for corrected; of mere notes nobody need hear."""
    notes = [each.proof for each in audit.findings if each.level is Level.NOTE and each.proof]
    noted = {each.figure for note in notes for each in note.involved}
    return _distinct((each for each in proof.set_aside if each not in noted), audit)


def _distinct(names: Iterable[str], audit: Audit) -> list[str]:
    """One figure of each quantity and numeral, however often it is printed."""
    found: dict[tuple[object, ...], str] = {}
    for name in names:
        each = audit.figures[name]
        found.setdefault((each.indicator, each.place, each.kind, each.time_text, each.text), name)
    return list(found.values())


def _beside(proof: Contradiction, audit: Audit) -> Iterator[Text]:
    """What other prints of its quantities, and other figures, have to do with it."""
    if proof.involved and all(each.should_read_count == 0 for each in proof.involved):
        yield text("no single correction is enough")
    for each in proof.involved:
        for other in _distinct(each.instead, audit):
            yield text(
                "with {other} in place of {figure} these would agree",
                other=_short(other, audit),
                figure=_short(each.figure, audit),
            )
    if proof.alternatives:
        sets = (Listing(tuple(_short(each, audit) for each in some), " + ") for some in proof.alternatives)
        yield text(
            "{number} more set(s) of figures contradict one another here: {sets}",
            number=len(proof.alternatives),
            sets=Listing(tuple(sets), "; "),
        )


def _readings(proof: Contradiction) -> Iterator[Text]:
    if proof.readings:
        yield text(
            "possible causes: {readings}", readings=listing(*(READINGS[each] for each in proof.readings))
        )
    for assumption in proof.assumptions:
        yield text("assumed: {assumption}", assumption=assumption)


def _short(name: str, audit: Audit) -> Text:
    """A figure by its indicator, time and numeral."""
    figure = audit.figures[name]
    said = figure.text if figure.relation is None else figure.relation.words
    return text("{name} {time} {said}", name=figure.measures.name, time=figure.time_text, said=said)


def _would_read(involved: Involved, proof: Contradiction, audit: Audit) -> Text:
    figure = audit.figures[involved.figure]
    beside = [audit.figures[each.figure] for each in proof.involved]
    what = text(
        "{name} {time} {kind} ({section}), printed {printed}",
        name=figure.measures.name,
        kind=KIND_NAMES[figure.kind],
        time=figure.time_text,
        section=section_of(figure, beside),
        printed=figure.text,
    )
    if not involved.should_read:
        return text("{what}: no number here would do alone", what=what)
    low, high = involved.should_read
    measure = figure.measure
    if measure is not None and measure.numeral.bound is not None and None in {_unless_zero(low), high}:
        if high is None:
            reach = text("{edge}, or a bound above it", edge=low)
        else:
            reach = text("{edge}, or a bound below it", edge=high)
        return text("{what}: {reach} would do", what=what, reach=reach)
    if low is None or (high is not None and low != high and _is_zero(low)):
        reach = text("{high} or less", high=high)
    elif high is None:
        reach = text("{low} or more", low=low)
    elif low == high:
        return text("{what}: {low} would do", what=what, low=low)
    else:
        reach = text("{low} to {high}", low=low, high=high)
    if involved.nominal is None:
        return text("{what}: {reach} would do", what=what, reach=reach)
    return text("{what}: {nominal} would do ({reach})", what=what, nominal=involved.nominal, reach=reach)


def _unless_zero(numeral: str | None) -> str | None:
    return None if numeral is None or _is_zero(numeral) else numeral


def _is_zero(numeral: str) -> bool:
    return read_numeral(numeral).value == 0


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


def _first_names(names: list[str]) -> Listing | Text:
    """Names one after the other; of very many the first, for a reader."""
    if len(names) <= MAX_NAMES:
        return listing(*names)
    first, more = listing(*names[:MAX_NAMES]), len(names) - MAX_NAMES
    return text("{first} and {more} more (-f json lists them)", first=first, more=more)


MAX_NAMES = 12


def _when(time: str) -> Words:
    """A year as both languages write it, other times as the plan file does."""
    return Words(f"{time}年" if time.isdigit() else time, time)


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


def print_audit(screen: Screen, audit: Audit, catalogue: Catalogue, language: Language) -> None:
    """First the sum of it, then the findings, the targets of each plan, what was not checked."""
    from plantrack.render.headline import headline  # noqa: PLC0415 - it sums up with what is told here

    if not audit.plans:
        return
    screen.line(headline(audit, language), "bold")
    lines = Lines({})
    for finding in audit.findings:
        screen.line()
        print_finding(screen, finding, language, lines)
        for line in contradiction_lines(finding, audit, language):
            screen.line(line, indent=4)
    for number, line in enumerate(meaning_lines(audit, language)):
        if number == 0:
            screen.line()
        screen.line(line)
    for loaded in audit.plans:
        screen.line()
        screen.sheet(targets_sheet(audit, loaded, catalogue, language, below_findings=bool(audit.findings)))
    screen.line()
    for line in coverage_lines(audit, language):
        screen.line(line, "dim")
