"""GitLab's Code Quality report: each finding that is shown, with a fingerprint.

https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from plantrack.findings import Level
from plantrack.formats.findings.brief import sentences
from plantrack.formats.findings.places import Lines, uri_path, with_fingerprints
from plantrack.formats.json import escaped_where_needed
from plantrack.language import visible
from plantrack.views.findings import waived_stamp

if TYPE_CHECKING:
    from plantrack.findings import Finding
    from plantrack.formats.findings import Report

SEVERITIES = {Level.ERROR: "major", Level.WARNING: "minor", Level.NOTE: "info"}


def render(report: Report) -> str:
    found = [
        {
            "description": _description(finding, report),
            "check_name": f"{finding.code.code} {finding.code.name}",
            "fingerprint": fingerprint,
            "severity": SEVERITIES[finding.level if finding.waived is None else Level.NOTE],
            "location": {
                "path": visible(uri_path(finding.position.file)),
                "lines": {"begin": finding.position.line},
            },
        }
        for finding, fingerprint in with_fingerprints(report.shown, Lines(report.given))
    ]
    written = json.dumps(found, ensure_ascii=False, indent=1) + "\n"
    return escaped_where_needed(written, ascii_only=report.ascii_only)


def _description(finding: Finding, report: Report) -> str:
    said, stamp = sentences(finding, report)[0], waived_stamp(finding)
    return visible(said if stamp is None else f"{said} {stamp.say(report.language)}")
