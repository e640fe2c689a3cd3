"""Workflow commands of GitHub Actions: each finding becomes an annotation at its line.

https://docs.github.com/actions/reference/workflow-commands-for-github-actions
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from plantrack.findings import Level
from plantrack.formats.findings.brief import sentences
from plantrack.formats.findings.places import uri_path
from plantrack.language import visible
from plantrack.views.findings import waived_stamp

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from plantrack.findings import Finding
    from plantrack.formats.findings import Part, Report

COMMANDS = {Level.ERROR: "error", Level.WARNING: "warning", Level.NOTE: "notice"}
_IN_MESSAGES = str.maketrans({"%": "%25", "\r": "%0D", "\n": "%0A"})
_IN_PROPERTIES = _IN_MESSAGES | str.maketrans({":": "%3A", ",": "%2C"})


def render(report: Report) -> str:
    return "".join(f"{_command(finding, report)}\n" for finding in report.shown)


def stream(report: Report, parts: Iterable[Part]) -> Iterator[str]:
    return (render(report._replace(findings=each.findings)) for each in parts)


def _command(finding: Finding, report: Report) -> str:
    """`::error file=…,line=…,col=…,title=…::message`, below it what settles it; what is waived is only noticed."""
    name = COMMANDS[finding.level if finding.waived is None else Level.NOTE]
    properties = {
        "file": visible(uri_path(finding.position.file), keep="\r\n"),
        "line": str(finding.position.line),
        "col": str(finding.position.column),
        "title": f"{finding.code.code} {finding.code.name}",
    }
    told = ",".join(f"{key}={value.translate(_IN_PROPERTIES)}" for key, value in properties.items())
    first, *below = sentences(finding, report)
    if (waived := waived_stamp(finding)) is not None:
        first = f"{first} {waived.say(report.language)}"
    message = "\n".join(map(visible, [first, *below]))
    return f"::{name} {told}::{message.translate(_IN_MESSAGES)}"
