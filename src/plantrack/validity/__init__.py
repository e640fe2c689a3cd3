"""Rules for plan files: what the structure allows and the contents must still not do.

In: a `PlanFile` and the catalogue. Out: findings, those of reading and those of the rules, ordered by place.

A rule is a function under `@rule` in `structure` (names, times, sections, rows) or `quantities` (indicators, bands,
comparisons, laws); it takes a `Subject` and yields findings with codes of `plantrack.findings`. `units_check` tests
that a law adds and compares like with like. A rule may assume that the structure is sound: where it is not, the rule
sees a stand-in, and its findings there are dropped.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from plantrack.validity import quantities, structure
from plantrack.validity.subject import RULES, Subject

if TYPE_CHECKING:
    from plantrack.findings import Finding
    from plantrack.plan.catalogue import Catalogue
    from plantrack.plan.plan import PlanFile

__all__ = ["RULES", "Subject", "quantities", "structure", "with_rules"]


def with_rules(file: PlanFile, catalogue: Catalogue) -> tuple[Finding, ...]:
    """Every problem of a plan file: those of reading it and those that the rules find, by place.

    Where reading has found something wrong, the rules see a stand-in: what they say there is dropped.
    """
    findings = list(file.findings)
    if file.model is not None:
        subject = Subject(file, file.model, catalogue.of(file.model))
        reported = {finding.position for finding in findings}
        for function in RULES:
            findings += (each for each in function(subject) if each.position not in reported)
    return tuple(sorted(findings, key=lambda finding: (finding.position, finding.code.code)))
