"""The audit of one plan among many, as a line of JSON."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from plantrack.audit import audit_plans
from plantrack.audit.blocks import spoken_of
from plantrack.batch.work import read_again
from plantrack.findings import Level, in_order, worst_level
from plantrack.formats.json import compact
from plantrack.reading import load_catalogue
from plantrack.views.documents import check_document
from plantrack.waivers import waive

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from plantrack.batch.sources import Source


class Checked(NamedTuple):
    """What a plan says by itself: its line, its gravest finding, and what it may share with others."""

    line: str
    worst: Level | None
    plan: str | None = None
    places: frozenset[str] = frozenset()


def check_source(
    source: Source, *, today: date | None, effort: float, codes: Sequence[str], ascii_only: bool
) -> Checked:
    """What `check FILE -f json` tells, on one line with the name of the file."""
    read, catalogue = read_again(source), load_catalogue()
    broken = tuple(in_order(read.errors))
    plans = [read.plan] if read.plan is not None else []
    audit = waive(audit_plans(plans, catalogue, effort), today=today)
    audit = replace(audit, findings=tuple(each for each in audit.findings if each.code.code in codes))
    line = compact({"file": source.file, **check_document(audit, broken)}, ascii_only=ascii_only)
    worst = worst_level((*broken, *audit.findings))
    return Checked(line, worst, *((plans[0].id, spoken_of(plans[0], catalogue).places) if plans else ()))
