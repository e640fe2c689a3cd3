"""What figures exclude that is no law between variables: gaps between rates, means, average growth, whole counts."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING

from plantrack.audit.averages import averages_of_either_kind, means_outside, rate_gaps
from plantrack.audit.exclusions import finding_of_exclusion
from plantrack.audit.whole_counts import find_broken_counts, may_break_counts_of_several

if TYPE_CHECKING:
    from collections.abc import Iterator
    from collections.abc import Set as AbstractSet

    from plantrack.audit.constraint_system import ConstraintSystem
    from plantrack.audit.exclusions import Exclusion
    from plantrack.findings import Finding
    from plantrack.plan.catalogue import Catalogue


def find_beyond_laws(
    system: ConstraintSystem, catalogue: Catalogue, reported: AbstractSet[str]
) -> list[Finding]:
    """A finding for each exclusion, but for the figures of contradictions reported."""
    found = [
        finding_of_exclusion(exclusion, system)
        for exclusion in _of_averages(system)
        if reported.isdisjoint(each.id for each in exclusion.bounds)
    ]
    reported |= {name for finding in found for name in finding.figures}
    return [*found, *find_broken_counts(system, catalogue, reported)]


def may_exclude_several(system: ConstraintSystem, catalogue: Catalogue) -> bool:
    """Whether there may be an exclusion of figures of several plans, whatever contradictions are reported."""
    plans = ({each.figure.plan for each in exclusion.bounds} for exclusion in _of_averages(system))
    return any(len(each) > 1 for each in plans) or may_break_counts_of_several(system, catalogue)


def _of_averages(system: ConstraintSystem) -> Iterator[Exclusion]:
    return chain(rate_gaps(system), means_outside(system), averages_of_either_kind(system))
