"""A page to show to a colleague, as Markdown: each finding with its arithmetic and the places of its figures."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from plantrack.audit.telling import arithmetic, opening_of
from plantrack.findings import Level
from plantrack.formats.findings.contradiction import conditions, remarks
from plantrack.formats.findings.summary import headline
from plantrack.formats.markdown import escaped, table_lines
from plantrack.formats.sheet import said_in
from plantrack.language import labelled, say, text, visible
from plantrack.plan.citing import figure_name, printed_words, section_of
from plantrack.views.findings import gravity_of, stamped
from plantrack.views.instead import instead_of
from plantrack.views.table import Table, words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from plantrack.audit import Audit
    from plantrack.findings import Finding
    from plantrack.formats.findings import Report
    from plantrack.language import Language, Said
    from plantrack.plan.plan import Plan

TITLES = {
    "check": text("What the plans' own numbers say of one another"),
    "validate": text("What is wrong with plan files"),
}


def render(report: Report) -> str:
    return "\n".join(_lines(report)).rstrip() + "\n"


def _lines(report: Report) -> Iterator[str]:
    lines = " --documents DIR" if report.audit is not None and report.audit.lines else ""
    command = f"{report.command} -f page --lang {report.language}{lines}"
    made = text("Made by `plantrack {command}`; not to be edited by hand.", command=command)
    yield from (f"# {TITLES[report.command].say(report.language)}", "", made.say(report.language), "")
    if report.audit is None:
        for finding in report.shown:
            yield from _in_file(finding, report.language)
        return
    yield from (escaped(headline(report.audit, report.language)), "")
    for plan in report.audit.plans:
        yield from _of_plan(plan, report, report.audit)


def _in_file(finding: Finding, language: Language) -> Iterator[str]:
    yield from (f"## {finding.code.code} {finding.code.title.say(language)}", "")
    yield from (_code(str(finding.position)), "", escaped(stamped(finding).say(language)), "")


def _of_plan(plan: Plan, report: Report, audit: Audit) -> Iterator[str]:
    """Its contradictions, each with what would settle it; then what differs in wording only."""
    ours = [each for each in report.shown if each.position.file == plan.file]
    graver = [each for each in ours if each.level is not Level.NOTE]
    if ours:
        title = labelled(plan.model.place.name, plan.model.title.name)
        yield from (f"## {escaped(title.say(report.language))}", "")
    for number, finding in enumerate(graver, 1):
        yield from _finding_lines(number, finding, _alone(plan, finding, audit), report.language)
    if len(graver) < len(ours):
        only = text("Differences of the last digit or the wording only")
        yield from (f"### {only.say(report.language)}", "")
        yield from (_item(stamped(each), report.language) for each in ours if each.level is Level.NOTE)
        yield ""


def _finding_lines(number: int, finding: Finding, audit: Audit, language: Language) -> Iterator[str]:
    told = arithmetic(finding, audit)
    gravity, opening = gravity_of(finding), opening_of(finding)
    if opening is not None:
        gravity = text("{gravity} ({opening})", gravity=gravity, opening=opening)
    title = labelled(gravity, told.heading).say(language)
    yield from (f"### {number}. {escaped(title[0].upper() + title[1:])}", "")
    if told.steps:
        *before, last = told.steps
        if told.difference is not None:
            last = text("{said}, {difference} apart", said=last, difference=told.difference)
        yield from (*(_item(each, language) for each in (*before, last)), "")
    yield from (*_figures(finding, audit, language), "")
    if finding.proof is not None:
        more = [*conditions(finding.proof, audit), *remarks(finding.proof, audit)]
        yield from (_item(each, language) for each in more)
        yield from [""] if more else ()


def _figures(finding: Finding, audit: Audit, language: Language) -> list[str]:
    """Where each figure stands, and what would do in its place."""
    table = Table("", words("figure", "as printed", "where it stands", "would do alone"))
    involved = {each.figure: each for each in finding.proof.involved} if finding.proof is not None else {}
    for name in finding.figures:
        figure = audit.figures[name]
        would = instead_of(involved[name], audit) if name in involved else ""
        shown = figure_name(figure, audit), printed_words(figure)
        table.rows.append((*shown, section_of(figure, audit), would))
    return table_lines(said_in(language, table, escaped))


def _alone(plan: Plan, finding: Finding, audit: Audit) -> Audit:
    """The audit as of one plan, where all figures of the finding are its own: nothing has its place or title then."""
    figures = (audit.figures[each] for each in finding.concerned)
    return replace(audit, plans=(plan,)) if all(each.plan == plan.id for each in figures) else audit


def _item(said: Said, language: Language) -> str:
    return f"- {escaped(say(said, language))}"


def _code(words: str) -> str:
    """As code, between more accents than stand within."""
    marks = "`" * (max(map(len, re.findall("`+", words)), default=0) + 1)
    blank = " " if len(marks) > 1 else ""
    return f"{marks}{blank}{visible(words)}{blank}{marks}"
