"""Where each target row stands after the whole audit, not only after its own growth was looked at."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple

from plantrack.findings import Level

if TYPE_CHECKING:
    from collections.abc import Iterable

    from plantrack.audit.coverage import Coverage
    from plantrack.audit.targets import Target
    from plantrack.findings import Finding

Status = Literal["consistent", "in_finding", "wording", "undetermined", "nothing_to_compare"]
"""What the whole audit knows of a row: its figures agree with what they were held against; one stands
in a finding; only in notes about wording; something it says is not decided; nothing was held against it."""


class Reported(NamedTuple):
    """The ids of all figures that findings are about, or would be about as well; notes apart."""

    grave: frozenset[str]
    notes: frozenset[str]

    @classmethod
    def by(cls, findings: Iterable[Finding]) -> Reported:
        ids: dict[bool, set[str]] = {True: set(), False: set()}
        for finding in findings:
            ids[finding.level is Level.NOTE] |= _all_figures(finding)
        return cls(frozenset(ids[False]), frozenset(ids[True]))


def _all_figures(finding: Finding) -> set[str]:
    proof = finding.proof
    if proof is None:
        return set(finding.figures)
    return {*finding.figures, *proof.replaceable, *(name for some in proof.alternatives for name in some)}


def _is_checked(target: Target, coverage: Coverage) -> bool:
    """Whether every number of a row was held against others; a direction that is printed twice was not."""
    return all(each.relation is None and each.id in coverage.checked for each in target.ahead)


def standing_of(target: Target, reported: Reported, coverage: Coverage) -> Status:
    """What the whole audit knows of a target row.

    Args:
        target: the row.
        reported: the figures in findings.
        coverage: what was held against others, and what is not decided.
    """
    ahead = {each.id for each in target.ahead}
    own = ahead | {each.id for each in target.figures}
    if own & reported.grave or target.verdict == "fails":
        return "in_finding"
    if own & reported.notes or target.verdict == "tie":
        return "wording"
    if own & {each.figure.id for each in coverage.undetermined}:
        return "undetermined"
    if target.verdict == "undetermined" and not _is_checked(target, coverage):
        return "undetermined"
    return "consistent" if ahead & coverage.checked else "nothing_to_compare"
