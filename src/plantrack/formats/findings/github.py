"""Workflow commands of GitHub Actions: each finding becomes an annotation at its line.

https://docs.github.com/actions/reference/workflow-commands-for-github-actions
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from plantrack.findings import Level
from plantrack.formats.findings.contradiction import contradiction_lines
from plantrack.formats.findings.line import stamped_message
from plantrack.formats.findings.places import uri_path
from plantrack.language import visible

if TYPE_CHECKING:
    from plantrack.findings import Finding
    from plantrack.formats.findings import Report

COMMANDS = {Level.ERROR: "error", Level.WARNING: "warning", Level.NOTE: "notice"}


def render(report: Report) -> str:
    return "".join(f"{_command(finding, report)}\n" for finding in report.shown)


def _command(finding: Finding, report: Report) -> str:
    """`::error file=…,line=…,col=…,title=…::message`; what is waived is only noticed."""
    name = COMMANDS[finding.level if finding.waived is None else Level.NOTE]
    properties = {
        "file": visible(uri_path(finding.position.file), keep="\r\n"),
        "line": finding.position.line,
        "col": finding.position.column,
        "title": f"{finding.code.code} {finding.code.name}",
    }
    told = ",".join(f"{key}={_escaped(str(value), _IN_PROPERTIES)}" for key, value in properties.items())
    return f"::{name} {told}::{_escaped(_message(finding, report), _IN_MESSAGES)}"


def _message(finding: Finding, report: Report) -> str:
    """The message, and under it what would settle a contradiction."""
    lines = contradiction_lines(finding, report.audit, report.language)
    return "\n".join(map(visible, [stamped_message(finding, report.language), *lines]))


_IN_MESSAGES = {"%": "%25", "\r": "%0D", "\n": "%0A"}
_IN_PROPERTIES = {**_IN_MESSAGES, ":": "%3A", ",": "%2C"}
"""`%` goes first, or the others would be escaped twice."""


def _escaped(said: str, signs: dict[str, str]) -> str:
    for sign, escape in signs.items():
        said = said.replace(sign, escape)
    return said
