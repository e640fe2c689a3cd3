"""SARIF 2.1.0, for code scanning: rules with their pages, results with places and fingerprints.

https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html
"""

from __future__ import annotations

import json
import os
from collections import Counter
from importlib.metadata import distributions
from pathlib import Path
from tempfile import SpooledTemporaryFile
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from plantrack import __version__
from plantrack.findings import CODES
from plantrack.formats.findings import IN_MEMORY
from plantrack.formats.findings.brief import sentences
from plantrack.formats.findings.places import Lines, uri_path, with_fingerprints
from plantrack.formats.json import compact, dump, filled
from plantrack.formats.pages import page_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from plantrack.findings import Code, Finding, Position
    from plantrack.formats.findings import Part, Report
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
    codes = _in_order({finding.code for finding in report.findings})
    results = [_with_rule(each, codes) for each in _results(report, report.findings, Lines(report.given))]
    return _document(report, codes, results)


def stream(report: Report, parts: Iterable[Part]) -> Iterator[str]:
    """Of `validate`. Rules stand before the results, and after these alone all rules are known."""
    found: set[Code] = set()
    findings = (each for part in parts for each in part.findings)
    with SpooledTemporaryFile(IN_MEMORY, "w+", encoding="utf-8") as spool:
        for each in _results(report, _noted(findings, found), Lines(report.given)):
            spool.write(compact(each, ascii_only=True))
        spool.seek(0)
        yield from _filled(report, _in_order(found), map(json.loads, spool))


def results_of(report: Report) -> Iterator[Object]:
    """Of some of many plans; results that are alike are not yet numbered."""
    for each in _results(report, report.findings, Lines(report.given)):
        alike = next(iter(each["partialFingerprints"].values())).rpartition(":")[0]
        yield each | {"partialFingerprints": dict.fromkeys(each["partialFingerprints"], alike)}


def report_of_results(report: Report, codes: Iterable[str], results: Iterable[Object]) -> Iterator[str]:
    """The document of what `results_of` made for all plans, in order."""
    seen: Counter[str] = Counter()

    def numbered() -> Iterator[Object]:
        for each in results:
            alike = next(iter(each["partialFingerprints"].values()))
            seen[alike] += 1
            known = dict.fromkeys(each["partialFingerprints"], f"{alike}:{seen[alike]}")
            yield each | {"partialFingerprints": known}

    found = [code for code in CODES.values() if code.code in set(codes)]
    yield from _filled(report, _in_order(found), numbered())


def _filled(report: Report, codes: Sequence[Code], results: Iterable[Object]) -> Iterator[str]:
    texts = (dump(_with_rule(each, codes), ascii_only=report.ascii_only) for each in results)
    yield from filled(_document(report, codes, []), {"results": texts})


def _in_order(codes: Iterable[Code]) -> list[Code]:
    return sorted(codes, key=lambda code: code.code)


def _noted(findings: Iterable[Finding], codes: set[Code]) -> Iterator[Finding]:
    for each in findings:
        codes.add(each.code)
        yield each


def _document(report: Report, codes: Sequence[Code], results: Sequence[Object]) -> str:
    rules = [_rule(code, report.language) for code in codes]
    driver = {"name": "plantrack", "version": __version__, "semanticVersion": __version__, **_home_page()}
    run: Object = {
        "tool": {"driver": driver | {"rules": rules}},
        "automationDetails": {"id": f"plantrack/{report.command}/"},
        "language": LANGUAGES[report.language],
        "columnKind": "unicodeCodePoints",
        "invocations": [{"executionSuccessful": True}],
        "results": results,
    }
    return dump({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}, ascii_only=report.ascii_only)


def _home_page() -> Object:
    """The address that the installed package names, once `[project.urls]` of pyproject.toml has a `Homepage`."""
    package = next(iter(distributions(name="plantrack")), None)
    named = package.metadata.get_all("Project-URL", []) if package else []
    addresses = dict(each.split(", ", 1) for each in named)
    return {"informationUri": addresses["Homepage"]} if "Homepage" in addresses else {}


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


def _results(report: Report, findings: Iterable[Finding], lines: Lines) -> Iterator[Object]:
    for finding, numbered in with_fingerprints(findings, lines):
        yield _result(finding, report) | {
            "ruleIndex": None,
            "partialFingerprints": dict.fromkeys(("plantrack/v1", "primaryLocationLineHash"), numbered),
        }


def _with_rule(result: Object, codes: Sequence[Code]) -> Object:
    return result | {"ruleIndex": [each.code for each in codes].index(result["ruleId"])}


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
