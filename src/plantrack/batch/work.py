"""What is done with one file; the same functions wherever they run."""

from __future__ import annotations

from typing import TYPE_CHECKING

from plantrack.batch.sources import Source, read_source
from plantrack.plan.plan import PlanFile
from plantrack.reading import load_catalogue, read_plan
from plantrack.waivers import judged

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from plantrack.findings import Finding
    from plantrack.views.known import Known

    Findings = tuple[Finding, ...]


def validate_source(source: Source, today: date | None) -> Findings:
    return judged(read_again(source), today)


def validate_file(file: Path, today: date | None) -> Findings:
    return validate_source(read_source(file), today)


def validate_content(content: bytes, file: str, today: date | None) -> Findings:
    return validate_source(Source(file, content), today)


def known_source(source: Source) -> Known:
    from plantrack.views.known import known  # noqa: PLC0415 - what reads a plan alone needs no tables

    read = read_again(source)
    return known(read)._replace(is_sound=read.plan is not None)


def read_again(source: Source) -> PlanFile:
    """The plan file of a source."""
    if source.content is None:
        return PlanFile(source.file, findings=source.problems)
    return read_plan(source.content, source.file, load_catalogue())
