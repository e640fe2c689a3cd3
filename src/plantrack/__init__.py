"""plantrack: do a plan's printed numbers agree, and what do they mean year by year?

>>> import plantrack
>>> plan = plantrack.load("zhaoqing")
>>> audit = plantrack.audit([plan])
"""

from __future__ import annotations

TYPE_CHECKING = False  # as of `typing`, which would take the time in which an interrupt is not yet silent

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path as File

    from plantrack.audit import Audit
    from plantrack.compare import Matrix
    from plantrack.paths import Path
    from plantrack.plan.plan import Plan, PlanFile
    from plantrack.track import Tracking

__version__ = "0.1.0"
__all__ = [
    "__version__",
    "audit_plans",
    "compare_plans",
    "load",
    "load_plan",
    "project_paths",
    "read",
    "track_plan",
]


def read(name: str | File) -> PlanFile:
    """Read a plan file by id or path; its `findings` tell what is wrong with it, its `plan` is the sound plan.

    Raises:
        plantrack.errors.PlantrackError: where there is no such plan.
    """
    from plantrack import reading  # noqa: PLC0415 - importing plantrack alone stays light

    return reading.read_plan_file(reading.find_plan(str(name)), reading.load_catalogue())


def load(name: str | File) -> Plan:
    """A sound plan, by id or path.

    Raises:
        plantrack.errors.PlantrackError: where there is no such plan, or its file has errors.
    """
    return read(name).require()


load_plan = read
"""The former name of `read`."""


def audit_plans(plans: Sequence[Plan | PlanFile]) -> Audit:
    """Audit plans together: targets, contradictions, coverage.

    Raises:
        plantrack.errors.PlantrackError: for a plan file with errors.
    """
    from plantrack import audit, reading  # noqa: PLC0415 - importing plantrack alone stays light

    return audit.audit_plans(_sound(plans), reading.load_catalogue())


def _sound(plans: Sequence[Plan | PlanFile]) -> list[Plan]:
    from plantrack.plan.plan import PlanFile  # noqa: PLC0415 - importing plantrack alone stays light

    return [each.require() if isinstance(each, PlanFile) else each for each in plans]


def project_paths(plan: Plan | PlanFile, *, method: str | None = None) -> list[Path]:
    """The path of every indicator of a plan to its target, year by year.

    Raises:
        plantrack.errors.PlantrackError: for a plan file with errors.
    """
    from plantrack import paths, reading  # noqa: PLC0415 - importing plantrack alone stays light

    (sound,) = _sound([plan])
    return paths.project_paths(sound, reading.load_catalogue(), paths.Wish(method))


def track_plan(plan: Plan | PlanFile, actuals: str | File, *, year: int | None = None) -> Tracking:
    """Hold the published values of a file against a plan, as of a year or of the latest value.

    Raises:
        plantrack.errors.PlantrackError: where a file cannot be used, the plan's with errors included.
    """
    from pathlib import Path as File  # noqa: PLC0415 - importing plantrack alone stays light

    from plantrack import errors, language, reading, track  # noqa: PLC0415
    from plantrack.reading.actuals_file import load_actuals  # noqa: PLC0415

    (sound,) = _sound([plan])
    catalogue = reading.load_catalogue()
    values = load_actuals(File(actuals), sound, catalogue)
    if values.errors:
        first = values.errors[0]
        raise errors.PlantrackError(language.labelled(first.position, first.message))
    return track.track_plan(sound, catalogue, track.Assessment(values.actuals, year))


def compare_plans(
    indicators: Sequence[str], plans: Sequence[Plan | PlanFile], *, per: str | None = None
) -> Matrix:
    """Indicators across plans, side by side: base, target, implied pace, rank.

    Raises:
        plantrack.errors.PlantrackError: for a plan file with errors, or a name that no plan knows.
    """
    from plantrack import compare, reading  # noqa: PLC0415 - importing plantrack alone stays light

    return compare.compare_plans(indicators, _sound(plans), reading.load_catalogue(), per=per)
