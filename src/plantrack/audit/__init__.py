"""The audit: whether all printed figures can be true together, and what each target implies.

In: sound plans and the catalogue. Out: an `Audit` with targets, findings, derived quantities and coverage.

`build` makes the constraint system: figures become `bounds` on variables, laws become `constraints`, `presolve` drops
`free_rows`. `violations` and `minimal_sets` search among `choices` of bounds, `contradictions` takes the independent
ones in turn, `all_conflicts` adds those that the fewest corrections ask for, `conflicts` makes findings of them.
`oracle` answers every question that is reported beside a contradiction (`advice`, `repair`, `corrections`,
`alternatives`). The mathematics is in `plantrack.solver`.

Few plans are one system. Many fall into `blocks`, each a system of its own (`block_systems`, `block_audits`); `linking`
holds together what blocks share, through the intervals that each leaves for it (`projections`). What figures exclude
that is no law between variables is in `beyond_laws`.

To change: what makes a contradiction a warning or a note in `levels`, what makes it a question in `questions`, a
possible cause in `alternatives`, what is unusual in `plausibility`, the words in `wording`. Decisions are exact;
nothing undecided may be reported as proven.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from plantrack.audit.blocks import blocks_of
from plantrack.audit.coverage import Coverage
from plantrack.audit.derived import Latent
from plantrack.audit.linking import audit_linked
from plantrack.audit.meanings import Meaning
from plantrack.audit.questions import confirmed, with_questions
from plantrack.audit.result import Audit
from plantrack.audit.targets import Implied, Status, Target
from plantrack.audit.targets_and_derived import each_once
from plantrack.audit.telling import told

if TYPE_CHECKING:
    from collections.abc import Sequence

    from plantrack.audit.result import Run
    from plantrack.plan.catalogue import Catalogue
    from plantrack.plan.plan import Plan

__all__ = ["Audit", "Coverage", "Implied", "Latent", "Meaning", "Status", "Target", "audit_plans"]


def audit_plans(  # noqa: PLR0913 - the last two are for who audits many
    plans: Sequence[Plan],
    catalogue: Catalogue,
    effort: float = 1.0,
    run: Run = map,
    *,
    only_together: bool = False,
    is_part: bool = False,
) -> Audit:
    """Audit sound plans together. `effort` is how many times the usual work may be done.

    What rests on a row to be confirmed is no more than a question. Where many plans are audited, `run` does it.
    With `only_together` nothing is told but what several plans contradict each other by, in a fraction of the time;
    what `is_part` of a report of more plans names its places.
    """

    def audited(those: Sequence[Plan]) -> Audit:
        blocks = blocks_of(those, catalogue)
        audit = audit_linked(blocks, catalogue, effort, run, only_together=only_together)
        return told(replace(audit, is_part=is_part))

    ordered = each_once(plans)
    whole, sure = audited(ordered), tuple(map(confirmed, ordered))
    return whole if sure == ordered else with_questions(whole, audited(sure))
