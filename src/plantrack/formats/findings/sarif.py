"""SARIF 2.1.0, for code scanning: rules with their pages, results with places and fingerprints.

https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from plantrack import __version__
from plantrack.formats.findings.brief import sentences
from plantrack.formats.findings.places import Lines, uri_path, with_fingerprints
from plantrack.formats.json import dump
from plantrack.formats.pages import page_text

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from plantrack.findings import Code, Finding, Position
    from plantrack.formats.findings import Report
    from plantrack.language import Language

Object = dict[str, Any]
SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
TAGS = {
    "PT0": "file",
    "PT1": "structure",
    "PT2": "reference",
    "PT3": "contradiction",
    "PT4": "plausibility",
    "PT5": "provenance",
    "PT9": "waiver",
}
LANGUAGES: dict[Language, str] = {"zh": "zh-CN", "en": "en-US"}


def render(report: Report) -> str:
    codes = sorted({finding.code for finding in report.findings}, key=lambda code: code.code)
    rules = [_rule(code, report.language) for code in codes]
    driver = {"name": "plantrack", "version": __version__, "semanticVersion": __version__, "rules": rules}
    run: Object = {
        "tool": {"driver": driver},
        "automationDetails": {"id": f"plantrack/{report.command}/"},
        "language": LANGUAGES[report.language],
        "columnKind": "unicodeCodePoints",
        "invocations": [{"executionSuccessful": True}],
        "results": list(_results(report, codes)),
    }
    return dump({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}, ascii_only=report.ascii_only)


def _rule(code: Code, language: Language) -> Object:
    """A code with its title, and its pages in both languages, the one asked for first."""
    languages: tuple[Language, ...] = ("zh", "en") if language == "zh" else ("en", "zh")
    pages = [f"# {code.code} {code.title.say(each)}\n\n{page_text(code, each)}" for each in languages]
    title = code.title.say(language)
    return {
        "id": code.code,
        "name": code.name,
        "shortDescription": {"text": title},
        "fullDescription": {"text": f"{code.code} {code.name}: {title}"},
        "help": {"text": pages[0], "markdown": "\n".join(pages)},
        "defaultConfiguration": {"level": code.level.value},
        "properties": {"tags": [tag for start, tag in TAGS.items() if code.code.startswith(start)]},
    }


def _results(report: Report, codes: Sequence[Code]) -> Iterator[Object]:
    for finding, numbered in with_fingerprints(report.findings, Lines(report.given)):
        yield _result(finding, report) | {
            "ruleIndex": codes.index(finding.code),
            "partialFingerprints": dict.fromkeys(("plantrack/v1", "primaryLocationLineHash"), numbered),
        }


def _result(finding: Finding, report: Report) -> Object:
    result: Object = {
        "ruleId": finding.code.code,
        "level": finding.level.value,
        "message": {"text": "\n".join(sentences(finding, report))},
        "locations": [_location(finding.position)],
    }
    if report.audit is not None and finding.proof is not None and finding.proof.involved:
        figures = [report.audit.figures[each.figure] for each in finding.proof.involved]
        result["relatedLocations"] = [
            {
                "id": number,
                "message": {"text": ": ".join(filter(None, (figure.id, figure.text)))},
                **_location(figure.position),
            }
            for number, figure in enumerate(figures, 1)
        ]
    if finding.waived is not None:
        reason, date = finding.waived
        why = {"kind": "inSource", "status": "accepted", "justification": f"{date}: {reason}"}
        result["suppressions"] = [why]
    return result


def _location(position: Position) -> Object:
    """A URI from the root of the repository, a whole one for files outside; line and column."""
    path = uri_path(position.file)
    artifact = {"uri": quote(os.fsencode(path)), "uriBaseId": "%SRCROOT%"}
    if Path(path).is_absolute():
        artifact = {"uri": Path(path).as_uri()}
    region = {"startLine": position.line, "startColumn": position.column}
    return {"physicalLocation": {"artifactLocation": artifact, "region": region}}
