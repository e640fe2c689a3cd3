"""plantrack: do a plan's printed numbers agree, and what do they mean year by year?

>>> import plantrack
>>> plan = plantrack.load_plan("zhaoqing")
>>> audit = plantrack.audit_plans([plan])
"""

from __future__ import annotations

TYPE_CHECKING = False  # as of `typing`, which would take the time in which an interrupt is not yet silent

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path as File

    from plantrack.audit import Audit
    from plantrack.compare import Matrix
    from plantrack.paths import Path
    from plantrack.reading import LoadedPlan
    from plantrack.track import Tracking

__version__ = "0.1.0"
__all__ = ["__version__", "audit_plans", "compare_plans", "load_plan", "project_paths", "track_plan"]


def load_plan(name: str | File) -> LoadedPlan:
    """Read a plan by id or path; its `findings` tell what is wrong with the file.

    Raises:
        plantrack.errors.PlantrackError: where there is no such plan.
    """
    from plantrack import reading  # noqa: PLC0415 - importing plantrack alone stays light

    return reading.load_plan(reading.find_plan(str(name)), reading.load_catalogue())


def audit_plans(plans: Sequence[LoadedPlan]) -> Audit:
    """Audit plans together: targets, contradictions, coverage.

    Raises:
        plantrack.errors.PlantrackError: for a plan file with errors.
    """
    from plantrack import audit, reading  # noqa: PLC0415 - importing plantrack alone stays light

    return audit.audit_plans(plans, reading.load_catalogue())


def project_paths(plan: LoadedPlan, *, method: str | None = None) -> list[Path]:
    """The path of every indicator of a plan to its target, year by year.

    Raises:
        plantrack.errors.PlantrackError: for a plan file with errors.
    """
    from plantrack import paths, reading  # noqa: PLC0415 - importing plantrack alone stays light

    return paths.project_paths(plan, reading.load_catalogue(), paths.Wish(method))


def track_plan(plan: LoadedPlan, actuals: str | File, *, year: int | None = None) -> Tracking:
    """Hold the published values of a file against a plan, as of a year or of the latest value.

    Raises:
        plantrack.errors.PlantrackError: where a file cannot be used, the plan's with errors included.
    """
    from pathlib import Path as File  # noqa: PLC0415 - importing plantrack alone stays light

    from plantrack import errors, language, reading, track  # noqa: PLC0415
    from plantrack.reading.actuals_file import load_actuals  # noqa: PLC0415

    catalogue = reading.load_catalogue()
    read = load_actuals(File(actuals), plan, catalogue)
    if read.errors:
        first = read.errors[0]
        raise errors.PlantrackError(language.labelled(first.position, first.message))
    return track.track_plan(plan, catalogue, track.Assessment(read.actuals, year))


def compare_plans(
    indicators: Sequence[str], plans: Sequence[LoadedPlan], *, per: str | None = None
) -> Matrix:
    """Indicators across plans; with `per` also relative to another quantity, such as gdp."""
    from plantrack import compare, reading  # noqa: PLC0415 - importing plantrack alone stays light

    return compare.compare_plans(indicators, plans, reading.load_catalogue(), per=per)
