"""JUnit XML, for servers that show tests: a suite for each file, a case for each finding.

An error fails its case; warnings and notes pass and tell what they found; what is waived is skipped. A run
without findings is one case that passes. https://github.com/testmoapp/junitxml
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

from plantrack.findings import Level
from plantrack.formats.findings.brief import sentences
from plantrack.formats.findings.places import uri_path
from plantrack.language import visible

if TYPE_CHECKING:
    from plantrack.findings import Finding
    from plantrack.formats.findings import Report


def render(report: Report) -> str:
    root = ET.Element("testsuites", name=f"plantrack {report.command}")
    files = dict.fromkeys(finding.position.file for finding in report.findings)
    for file in files:
        findings = [each for each in report.findings if each.position.file == file]
        suite = _suite(root, visible(uri_path(file)), len(findings), sum(map(_fails, findings)))
        for finding in findings:
            _case(suite, finding, report)
    if not files:
        ET.SubElement(
            _suite(root, report.command, 1, 0), "testcase", name=report.command, classname="plantrack"
        )
    ET.indent(root)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + _safe(ET.tostring(root, "unicode"), report) + "\n"


def _safe(written: str, report: Report) -> str:
    """With references in place of characters that the stream cannot carry."""
    return written.encode("ascii", "xmlcharrefreplace").decode() if report.ascii_only else written


def _suite(root: ET.Element, name: str, tests: int, failures: int) -> ET.Element:
    return ET.SubElement(root, "testsuite", name=name, tests=str(tests), failures=str(failures))


def _fails(finding: Finding) -> bool:
    return finding.level is Level.ERROR and finding.waived is None


def _case(suite: ET.Element, finding: Finding, report: Report) -> None:
    said = [visible(line) for line in sentences(finding, report)]
    position, code = finding.position, finding.code
    case = ET.SubElement(
        suite,
        "testcase",
        name=f"{code.code} {position.line}:{position.column} {said[0]}",
        classname=suite.get("name", ""),
        file=suite.get("name", ""),
        line=str(position.line),
    )
    if finding.waived is not None:
        ET.SubElement(case, "skipped", message=visible(f"{finding.waived.date}: {finding.waived.reason}"))
    elif _fails(finding):
        ET.SubElement(case, "failure", type=code.name, message=said[0]).text = "\n".join(said)
    else:
        ET.SubElement(case, "system-out").text = "\n".join(said)
