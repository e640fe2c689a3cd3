"""A page to show to a colleague: every finding with its arithmetic, in both languages, as Markdown."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from plantrack.formats.findings.contradiction import contradiction_lines
from plantrack.formats.findings.summary import headline
from plantrack.formats.markdown import escaped
from plantrack.language import text, visible
from plantrack.views.findings import stamped
from plantrack.views.table import LEVELS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from plantrack.findings import Finding
    from plantrack.formats.findings import Report
    from plantrack.language import Language, Text

LANGUAGES: tuple[Language, Language] = ("zh", "en")
TITLES = {
    "check": text("What the plans' own numbers say of one another"),
    "validate": text("What is wrong with plan files"),
}


def render(report: Report) -> str:
    return "\n".join(_lines(report))


def _lines(report: Report) -> Iterator[str]:
    made = text("Made by `plantrack {command} -f page`; not to be edited by hand.", command=report.command)
    yield from (f"# {_both(TITLES[report.command])}", "", _both(made), "")
    if report.audit is not None:
        for language in LANGUAGES:
            yield from (escaped(headline(report.audit, language)), "")
    for finding in report.shown:
        yield from _finding_lines(finding, report)


def _finding_lines(finding: Finding, report: Report) -> Iterator[str]:
    title = f"## {finding.code.code} · {_both(finding.code.title)} · {_both(LEVELS[finding.level])}"
    yield from (title, "", _code(str(finding.position)), "")
    for language in LANGUAGES:
        yield from (escaped(stamped(finding).say(language)), "")
        if finding.proof is not None and report.audit is not None:
            yield from (f"- {escaped(line)}" for line in contradiction_lines(finding, report, language))
            yield ""
    for identity in finding.proof.identities if finding.proof else ():
        yield from (f"    {visible(identity)}", "")


def _code(words: str) -> str:
    """As code, between more accents than stand within."""
    marks = "`" * (max(map(len, re.findall("`+", words)), default=0) + 1)
    blank = " " if len(marks) > 1 else ""
    return f"{marks}{blank}{visible(words)}{blank}{marks}"


def _both(said: Text) -> str:
    return " · ".join(dict.fromkeys(said.say(language) for language in LANGUAGES))
