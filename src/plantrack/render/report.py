"""Findings and coverage as sentences: what a person reads below the tables."""

from __future__ import annotations

from typing import TYPE_CHECKING

from plantrack.figures import KIND_NAMES
from plantrack.findings import Level
from plantrack.language import Language, labelled, listing, text
from plantrack.render.sheets.audit import targets_sheet
from plantrack.render.sheets.sheet import LEVELS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from plantrack.audit import Audit
    from plantrack.catalogue import Catalogue
    from plantrack.findings import Finding, Involved
    from plantrack.language import Text
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
}
STYLES = {Level.ERROR: "red", Level.WARNING: "yellow", Level.NOTE: "blue"}


def finding_line(finding: Finding, language: Language) -> str:
    """One finding in one line: place, code, level, message, name."""
    level = LEVELS[finding.level].say(language)
    return f"{finding.position}: {finding.code.code} {level} {finding.message.say(language)} [{finding.code.name}]"


def summary(audit: Audit, language: Language) -> str:
    """How many figures there are and how many stand in a contradiction."""
    involved = {each.figure for finding in audit.findings if finding.proof for each in finding.proof.involved}
    coverage = audit.coverage
    if involved:
        said = text(
            "{figures} figures, {involved} of them in {findings} contradiction(s); {checked} were held against others",
            figures=coverage.figures,
            involved=len(involved),
            findings=len(audit.findings),
            checked=coverage.in_some_law,
        )
    else:
        said = text(
            "{figures} figures, no contradiction; {checked} were held against others",
            figures=coverage.figures,
            checked=coverage.in_some_law,
        )
    return said.say(language)


def contradiction_lines(finding: Finding, audit: Audit, language: Language) -> Iterator[str]:
    """What would settle a contradiction, a line for each way."""
    proof = finding.proof
    if proof is None:
        return
    for involved in proof.involved:
        if involved.should_read or involved.should_read_count == 0:
            yield _would_read(involved, audit).say(language)
    if proof.readings:
        yield text(
            "it would hold if: {readings}", readings=listing(*(READINGS[each] for each in proof.readings))
        ).say(language)
    for assumption in proof.assumptions:
        yield text("assumed: {assumption}", assumption=assumption).say(language)


def _would_read(involved: Involved, audit: Audit) -> Text:
    figure = audit.figures[involved.figure]
    what = text(
        "{name} {time} {kind} ({section}), printed {printed}",
        name=audit.indicators[figure.id].name,
        kind=KIND_NAMES[figure.kind],
        time=figure.time_text,
        section=figure.section,
        printed=figure.text,
    )
    if not involved.should_read:
        return text("{what}: no number here would do alone", what=what)
    low, high = involved.should_read
    if low is None:
        return text("{what}: {high} or less would do", what=what, high=high)
    if high is None:
        return text("{what}: {low} or more would do", what=what, low=low)
    if low == high:
        return text("{what}: {low} would do", what=what, low=low)
    return text("{what}: {low} to {high} would do", what=what, low=low, high=high)


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
            name = audit.indicators[each.figure.id].name.say(language)
            reasons.setdefault(each.why.say(language), []).append(name)
        for why, names in reasons.items():
            yield "  " + labelled(why, listing(*dict.fromkeys(names))).say(language)


def print_audit(screen: Screen, audit: Audit, catalogue: Catalogue, language: Language) -> None:
    """First the sum of it, then the targets of each plan, the findings, what was not checked."""
    if not audit.plans:
        return
    screen.line(summary(audit, language), "bold")
    for loaded in audit.plans:
        screen.line()
        screen.sheet(targets_sheet(audit, loaded, catalogue, language))
    for finding in audit.findings:
        screen.line()
        screen.line(finding_line(finding, language), STYLES[finding.level])
        for line in contradiction_lines(finding, audit, language):
            screen.line(line, indent=4)
    screen.line()
    for line in coverage_lines(audit, language):
        screen.line(line, "dim")
