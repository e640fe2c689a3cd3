"""For people: each finding with its line of the file and a caret below the place, and the sum of all."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

from plantrack.findings import Level
from plantrack.formats.findings import Part
from plantrack.formats.findings.brief import brief
from plantrack.formats.findings.concise import STYLES, finding_line
from plantrack.formats.findings.contradiction import contradiction_lines
from plantrack.formats.findings.first_screen import INDENT, FirstScreen, print_hidden, title
from plantrack.formats.findings.places import Lines
from plantrack.formats.findings.summary import coverage_lines, meaning_lines
from plantrack.formats.findings.tally import Tally
from plantrack.language import in_three_digits, listing, say, text
from plantrack.views.targets import targets_table

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from plantrack.audit import Audit
    from plantrack.findings import Finding
    from plantrack.formats.findings import Report
    from plantrack.formats.terminal import Screen
    from plantrack.language import Language, Text

COUNTED = {
    Level.ERROR: text("{number} error(s)"),
    Level.WARNING: text("{number} warning(s)"),
    Level.NOTE: text("{number} note(s)"),
}


def print_report(screen: Screen, report: Report) -> None:
    """What `validate` or `check` found. Of `check`, files that could not be audited are told elsewhere."""
    if report.audit is None:
        print_parts(screen, report, [Part("", report.findings)])
    elif report.audit.plans:
        _print_audit(screen, report, report.audit)


def print_parts(screen: Screen, report: Report, parts: Iterable[Part]) -> None:
    """What `validate` found, file by file, and the sum."""
    lines, levels = Lines(report.given), Counter[Level]()
    for part in parts:
        for finding in report.only_shown(part.findings):
            levels[finding.level] += 1
            _print_finding(screen, finding, report.language, lines)
            if report.verbosity >= 0:
                screen.line()
    if report.verbosity >= 0:
        screen.line(_counts(report.files, levels).say(report.language), "bold")


def _print_finding(screen: Screen, finding: Finding, language: Language, lines: Lines) -> None:
    screen.line(finding_line(finding, language), STYLES[finding.level])
    _print_line(screen, finding, lines)


def _print_excerpt(screen: Screen, finding: Finding, lines: Lines) -> None:
    """Its place in the plan file, its code, and the line there."""
    screen.line(f"{finding.position} {finding.code.code} {finding.code.name}", "dim", indent=INDENT)
    _print_line(screen, finding, lines)


def _print_line(screen: Screen, finding: Finding, lines: Lines) -> None:
    position = finding.position
    line = lines.at(position) if finding.code.name != "not-utf8" else ""
    if line and not line.isspace():
        screen.excerpt(line, position.line, position.column, STYLES[finding.level])


def _counts(files: int, levels: Counter[Level]) -> Text:
    said = text("{files} file(s), {findings} finding(s)", files=files, findings=levels.total())
    counts = [text(said.template, number=levels[level]) for level, said in COUNTED.items() if level in levels]
    return text("{sum}: {parts}", sum=said, parts=listing(*counts)) if counts else said


def _severity(finding: Finding, language: Language) -> Iterator[str]:
    """By how much roundings would have to be wider, where that was looked for."""
    proof = finding.proof
    if proof is None or finding.level is Level.NOTE or not proof.is_weighed:
        return
    said = text("no rounding explains it")
    if proof.severity is not None:
        said = text("{times} times what rounding allows", times=in_three_digits(proof.severity))
    yield said.say(language)


def _print_audit(screen: Screen, report: Report, audit: Audit) -> None:
    if report.verbosity > 0:
        _print_everything(screen, report, audit)
    else:
        FirstScreen.of(report, audit).print(screen, report.language, is_quiet=report.verbosity < 0)


def _print_everything(screen: Screen, report: Report, whole: Audit) -> None:
    language, lines = report.language, Lines({})
    audit = replace(whole, findings=report.only_shown(whole.findings))
    tally = Tally.of(audit)
    screen.line(title(tally, language), "bold")
    for finding in audit.findings:
        screen.line()
        told, style = brief(finding, report, audit), STYLES[finding.level]
        screen.labelled(told.gravity.say(language), told.first, style)
        _print_excerpt(screen, finding, lines)
        for line in (*_severity(finding, language), *contradiction_lines(finding, audit, language)):
            screen.line(line, indent=INDENT)
    if meanings := list(meaning_lines(audit, language)):
        screen.line()
    for line in meanings:
        screen.line(line)
    for plan in audit.plans:
        screen.line()
        table = targets_table(audit, plan, report.catalogue, below_findings=bool(audit.findings))
        screen.show(table, language)
    screen.line()
    for each in tally.summary:
        screen.line(say(each, language))
    for line in coverage_lines(audit, language):
        screen.line(line, "dim")
    print_hidden(screen, len(whole.findings) - len(audit.findings), language)
