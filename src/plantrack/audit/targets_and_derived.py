"""What plans aim at and imply, without the search for contradictions: what paths, tracking and comparing need."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from plantrack.audit.build import build_system
from plantrack.audit.derived import implied_latents
from plantrack.audit.targets import judge_targets

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from plantrack.audit import Latent, Target
    from plantrack.plan.catalogue import Catalogue
    from plantrack.plan.plan import Plan


class Survey(NamedTuple):
    """Targets and implied quantities of plans, by plan id; the same as `Audit` tells."""

    plans: tuple[Plan, ...]
    targets: tuple[Target, ...]
    latents: tuple[Latent, ...]


def survey_plans(plans: Sequence[Plan], catalogue: Catalogue) -> Survey:
    """Survey plans together. The order of the plans changes nothing.

    Args:
        plans: sound plans; a plan given twice counts once.
        catalogue: units, indicators, laws.
    """
    ordered = each_once(plans)
    system = build_system(ordered, catalogue)
    return Survey(ordered, tuple(judge_targets(ordered, system)), tuple(implied_latents(system)))


def each_once(plans: Iterable[Plan]) -> tuple[Plan, ...]:
    """The plans by id, of one given twice the last."""
    unique = {plan.id: plan for plan in plans}
    return tuple(unique[name] for name in sorted(unique))
