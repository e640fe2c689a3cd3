"""Proofs: figures that cannot all be true, by one violated relation or by constraints of both kinds."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from plantrack.audit.bounds import Bound, DerivedBound, PrintedBound, SignBound
from plantrack.audit.minimal_sets import InfeasibleSubset
from plantrack.audit.relations import DomainBound, ViolatedRelation
from plantrack.findings import CODES, Contradiction, Finding, Level

if TYPE_CHECKING:
    from collections.abc import Mapping

    from plantrack.audit.constraint_system import ConstraintSystem
    from plantrack.audit.levels import Decided
    from plantrack.audit.oracle import Oracle
    from plantrack.language import Text

Proof = ViolatedRelation | InfeasibleSubset


class Conflict(NamedTuple):
    """One independent contradiction: a minimal set, the figures that would do in it, other minimal sets that touch it.

    Whether it is an error is not asked of what a generous search finds.
    """

    proof: Proof
    doing: tuple[PrintedBound, ...]
    is_error: bool
    alternatives: tuple[Proof, ...] = ()
    connected: Oracle | None = None
    corrected: frozenset[PrintedBound] = frozenset()
    """One smallest set of figures without which all that is connected holds."""

    excluded: frozenset[PrintedBound] = frozenset()
    """Figures that were left out when it was found."""

    @property
    def others(self) -> frozenset[PrintedBound]:
        """Figures of other contradictions, which are taken for corrected."""
        return (self.corrected | self.excluded) - set(self.proof.bounds)


def all_that_do(system: ConstraintSystem, proof: Proof) -> tuple[PrintedBound, ...]:
    return tuple(each for one in proof.bounds for each in (one, *also_doing(system, proof, one)))


def also_doing(system: ConstraintSystem, proof: Proof, bound: PrintedBound) -> list[PrintedBound]:
    """The other figures of a bound's quantity with which the proof's would be broken as well."""
    others = _others(system, proof, bound)
    side = proof.side() if others else None
    return [each for each in others if side and proof.side({bound: each.interval}) == side]


def consistent_prints(system: ConstraintSystem, proof: Proof, bound: PrintedBound) -> list[PrintedBound]:
    """The figures of a bound's quantity that exclude it, and with which the proof's would not be broken."""
    if bound.variable not in system.conflicting:
        return []
    apart = [each for each in _others(system, proof, bound) if not each.interval.overlaps(bound.interval)]
    return [each for each in apart if proof.side({bound: each.interval}) == 0]


def _others(system: ConstraintSystem, proof: Proof, bound: PrintedBound) -> list[PrintedBound]:
    inside = set(proof.bounds)
    return [each for each in system.bounds[bound.variable] if each not in inside]


def with_originals(proof: Proof, originals: Mapping[str, PrintedBound]) -> Proof:
    if isinstance(proof, InfeasibleSubset):
        return proof._replace(bounds=tuple(originals[each.id] for each in proof.bounds))
    return proof._replace(terms=tuple((_original(bound, originals), times) for bound, times in proof.terms))


def _original(bound: Bound | DomainBound, originals: Mapping[str, PrintedBound]) -> Bound | DomainBound:
    if isinstance(bound, PrintedBound):
        return originals[bound.id]
    if isinstance(bound, DerivedBound):
        return replace(bound, change=originals[bound.change.id], level=originals[bound.level.id])
    return replace(bound, change=originals[bound.change.id]) if isinstance(bound, SignBound) else bound


def finding_of(proof: Decided, code: str, level: Level, message: Text, told: Contradiction) -> Finding:
    bounds = proof.bounds
    assumed = [each.assumption for each in bounds] + [law.assumption for law, _ in proof.constraints]
    told = told._replace(
        plans=tuple(sorted({each.figure.plan for each in bounds})),
        assumptions=tuple(dict.fromkeys(filter(None, assumed))),
    )
    position = max(each.figure.position for each in bounds)
    return Finding(CODES[code], level, message, position, "+".join(sorted(each.id for each in bounds)), told)
