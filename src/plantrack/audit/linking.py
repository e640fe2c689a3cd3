"""Many blocks: each is audited alone, and between them only what they share is held together.

1. Each block is audited alone, and what is left of it is projected onto the quantities that others speak of.
2. The intervals of each quantity are intersected (`agreed`): blocks that exclude one another are a pair.
3. Each block is held against what others leave for its quantities, all at once: laws that connect them decide. What
   is then left of them is passed on, a few times.
4. Blocks that contradict each other are audited as one system, for the figures and the sentence.

What readers are told is worded last (`telling`). Each step asks one block at a time, with plain data, so that it can
run anywhere (`run`); the work grows with the number of blocks. Source of the names: block-angular systems and linking
variables (Dantzig and Wolfe, Operations Research 8, 1960). What intervals forget stands in docs/why.md, Many plans.
"""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from itertools import chain
from typing import TYPE_CHECKING

from plantrack.audit.agreed import agreement_of
from plantrack.audit.block_audits import (
    audit_block,
    find_between,
    hold_block,
    project_block,
    tighten_block,
)
from plantrack.audit.block_systems import Setting
from plantrack.audit.blocks import shared_by, spoken_of
from plantrack.audit.contradictions import MAX_ALTERNATIVES
from plantrack.audit.merging import merged

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from plantrack.audit.agreed import Agreement
    from plantrack.audit.block_audits import BlockAudit, Link, Tightened
    from plantrack.audit.block_systems import Block
    from plantrack.audit.blocks import Spoken
    from plantrack.audit.result import Audit, Run
    from plantrack.findings import Finding
    from plantrack.plan.catalogue import Catalogue


def audit_linked(
    blocks: Sequence[Block],
    catalogue: Catalogue,
    effort: float = 1.0,
    run: Run = map,
    *,
    only_together: bool = False,
) -> Audit:
    """Audit blocks, and hold together what they share; tell nothing but contradictions if `only_together`."""
    catalogue = catalogue.of(*(plan.model for block in blocks for plan in block))
    setting = Setting(catalogue, effort, only_together=only_together)
    if len(blocks) == 1:
        audit = audit_block(blocks[0], setting=setting).audit
        return _about(blocks, audit, catalogue) if only_together else audit
    spoken = [[spoken_of(plan, catalogue) for plan in block] for block in blocks]
    setting = setting._replace(shared=shared_by(spoken), kept={} if len(blocks) <= MOST_KEPT else None)
    alone: list[BlockAudit] = list(run(partial(audit_block, setting=setting), blocks))
    project = partial(project_block, setting=setting)
    links = _projected(blocks, spoken, [each.link for each in alone], project, run)
    agreement = agreement_of([each.projections for each in links])
    hold = partial(hold_block, setting=setting, agreement=agreement)
    held = list(run(hold, range(len(blocks)), blocks, alone, links))
    tighten = partial(tighten_block, setting=setting)
    apart = _apart(blocks, links, agreement, [each for _, each in held], tighten, run)
    between = _between(apart, blocks, links, partial(find_between, setting=setting._replace(kept=None)), run)
    audit = merged([each for each, _ in held], between, catalogue.places)
    return _about(blocks, audit, catalogue) if only_together else audit


MOST_KEPT = 100
"""Of more blocks no system is kept, so that memory grows with the plans alone."""


def _about(blocks: Sequence[Block], audit: Audit, catalogue: Catalogue) -> Audit:
    """The findings with the plans that they are about."""
    plans = tuple(sorted(chain.from_iterable(blocks), key=lambda plan: plan.id))
    own = {f"{plan.id}/{name}": each for plan in plans for name, each in plan.model.own.items()}
    return replace(
        audit,
        plans=plans,
        figures={figure.id: figure for plan in plans for figure in plan.figures},
        measured={**catalogue.indicators, **own},
        places=catalogue.places,
    )


def _apart(  # noqa: PLR0913, PLR0917
    blocks: Sequence[Block],
    links: Sequence[Link],
    agreement: Agreement,
    found: Sequence[Tightened],
    tighten: Callable[..., Tightened],
    run: Run,
) -> list[tuple[int, ...]]:
    """Sets of blocks that contradict each other. What one leaves with another's help is passed on, a few times."""
    apart = dict.fromkeys(agreement.apart)
    links, asked = list(links), list(range(len(blocks)))
    for rounds in range(ROUNDS + 1):
        for number, each in zip(asked, found, strict=True):
            links[number] = links[number].with_projections(each.projections)
            apart |= dict.fromkeys(tuple(sorted({number, *those})) for those in each.against)
        before, agreement = agreement, agreement_of([each.projections for each in links])
        apart |= dict.fromkeys(agreement.apart)
        narrowed = agreement.narrowed(before)
        asked = [number for number, each in enumerate(links) if not narrowed.isdisjoint(each.linking)]
        if rounds == ROUNDS or not asked:
            break
        mine, theirs = [blocks[number] for number in asked], [links[number] for number in asked]
        found = list(run(partial(tighten, agreement=agreement), asked, mine, theirs))
    return list(apart)


ROUNDS = 3
"""What is left of a quantity is passed on from block to block so often at most."""


def _projected(
    blocks: Sequence[Block],
    spoken: Sequence[Sequence[Spoken]],
    links: Sequence[Link],
    project: Callable[..., Link],
    run: Run,
) -> list[Link]:
    """What each block leaves for quantities elsewhere, and for those of its own places that others speak of."""
    asked = frozenset(chain.from_iterable(each.asked for each in links))
    places = {each.place for each in asked}
    about = [at for at, block in enumerate(spoken) if any(each.place in places for each in block)]
    found = list(links)
    more = run(partial(project, asked=asked), [blocks[at] for at in about], [links[at] for at in about])
    for at, each in zip(about, more, strict=True):
        found[at] = each
    return found


def _between(
    apart: Sequence[tuple[int, ...]],
    blocks: Sequence[Block],
    links: Sequence[Link],
    find: Callable[..., list[Finding]],
    run: Run,
) -> list[Finding]:
    """What blocks contradict each other by, each cause once: a figure that repairs an earlier finding is one."""
    together = [tuple(blocks[number] for number in some) for some in apart]
    excluded = [frozenset().union(*(links[number].excluded for number in some)) for some in apart]
    kept: dict[str, Finding] = {}
    for finding in chain.from_iterable(run(find, together, excluded)):
        assert finding.proof is not None
        causes = set(finding.proof.in_every)
        same = next(
            (each for each in kept.values() if each.proof and causes & set(each.proof.in_every)), None
        )
        if same is None:
            kept[finding.id] = finding
        elif same.id != finding.id:
            kept[same.id] = _with_alternative(same, finding)
    return list(kept.values())


def _with_alternative(finding: Finding, other: Finding) -> Finding:
    """The finding, and the figures of another that goes with it."""
    assert finding.proof is not None
    further = tuple(dict.fromkeys([*finding.proof.alternatives, other.figures]))
    return replace(finding, proof=finding.proof._replace(alternatives=further[:MAX_ALTERNATIVES]))
