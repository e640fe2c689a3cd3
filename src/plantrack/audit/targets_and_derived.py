"""What plans aim at and imply, without the search for contradictions: what paths, tracking and comparing need."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from plantrack.audit.build import build_system, indicator_of
from plantrack.audit.latents import implied_latents
from plantrack.audit.targets import judge_targets
from plantrack.numbers.times import read_time
from plantrack.reading import require_sound

if TYPE_CHECKING:
    from collections.abc import Sequence

    from plantrack.audit import Latent, Target
    from plantrack.plan.catalogue import Catalogue
    from plantrack.reading import LoadedPlan


class Survey(NamedTuple):
    """Targets and implied quantities of plans, by plan id; the same as `Audit` tells."""

    plans: tuple[LoadedPlan, ...]
    targets: tuple[Target, ...]
    latents: tuple[Latent, ...]


def survey_plans(plans: Sequence[LoadedPlan], catalogue: Catalogue) -> Survey:
    """Survey plans together. The order of the plans changes nothing.

    Args:
        plans: plans that were read without error; a plan given twice counts once.
        catalogue: units, indicators, laws.

    Raises:
        PlantrackError: for a plan file with errors.
    """
    require_sound(plans)
    unique = {loaded.plan.plan: loaded for loaded in plans if loaded.plan is not None}
    ordered = tuple(unique[name] for name in sorted(unique))
    indicators = {
        figure.id: indicator_of(figure, loaded, catalogue) for loaded in ordered for figure in loaded.figures
    }
    system = build_system(ordered, catalogue)
    targets = tuple(
        target
        for loaded in ordered
        if loaded.plan is not None
        for target in judge_targets(loaded.figures, system, indicators, read_time(loaded.plan.base))
    )
    return Survey(ordered, targets, tuple(implied_latents(system)))
