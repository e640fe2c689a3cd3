"""Small plans and documents for the tests of tracing."""

from pathlib import Path

from plantrack.documents import Document
from plantrack.plan.plan import Plan
from plantrack.reading import load_catalogue, read_plan_file
from plantrack.reading.omissions_file import load_omitted
from plantrack.trace import Trace, trace_plan

HEADER = """plan: example
title: {zh: 题, en: title}
place: {id: zhaoqing, zh: 肇庆市, en: Zhaoqing}
base: 2020
target: 2025
"""


def write_plan(folder: Path, body: str, *, omitted: str | None = None) -> Plan:
    """A plan file with this body and, in the folder beside it, its list of omitted numbers."""
    file = folder / "plans" / "example.yaml"
    file.parent.mkdir(exist_ok=True)
    file.write_text(HEADER + body, encoding="utf-8")
    if omitted is not None:
        (folder / "omitted").mkdir(exist_ok=True)
        (folder / "omitted" / "example.yaml").write_text(omitted, encoding="utf-8")
    return read_plan_file(file, load_catalogue()).require()


def traced(
    folder: Path, body: str, content: str, *, omitted: str | None = None, unused: bool = True
) -> Trace:
    """The trace of a plan with this body in a document with this content."""
    loaded = write_plan(folder, body, omitted=omitted)
    document = Document.of_lines("example.txt", content.split("\n"))
    return trace_plan(loaded, document, load_omitted(loaded), load_catalogue(), unused=unused)


def codes(trace: Trace) -> list[str]:
    return [finding.code.code for finding in trace.findings]
