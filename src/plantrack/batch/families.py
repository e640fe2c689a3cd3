"""Plans that speak of places in common, and what they say only together."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from plantrack.audit import audit_plans
from plantrack.batch.work import read_again
from plantrack.findings import Level, worst_level
from plantrack.formats.json import compact
from plantrack.reading import load_catalogue
from plantrack.views.documents import together_document
from plantrack.waivers import waive

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from plantrack.audit.result import Run
    from plantrack.batch.sources import Family


class Together(NamedTuple):
    """A line for each finding about several plans, and the gravest level of them."""

    lines: tuple[str, ...]
    worst: Level | None


MANY = 40
"""Of more plans each is work of its own."""


def check_together(  # noqa: PLR0913 - as one asks
    family: Family,
    *,
    today: date | None,
    effort: float,
    codes: Sequence[str],
    ascii_only: bool,
    run: Run = map,
) -> Together:
    """What plans say only together."""
    read = [read_again(each) for each in family.sources]
    plans = [each.plan for each in read if each.plan is not None]
    audit = waive(audit_plans(plans, load_catalogue(), effort, run, only_together=True), today=today)
    found = [
        each
        for each in audit.findings
        if each.code.code in codes and each.proof is not None and len(each.proof.plans) > 1
    ]
    lines = (compact(together_document(each, audit), ascii_only=ascii_only) for each in found)
    return Together(tuple(lines), worst_level(found))
