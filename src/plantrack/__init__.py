"""plantrack: do a plan's printed numbers agree, and what do they mean year by year?

>>> import plantrack
>>> plan = plantrack.load("zhaoqing")
>>> audit = plantrack.audit([plan])

docs/api.md shows all of it. What cannot be done as asked (no such plan, a file with errors, a name that no plan knows)
raises `plantrack.PlantrackError`. Importing plantrack alone loads nothing else: a function imports what it needs
when it is called, and a type of a result when it is asked for.
"""

from __future__ import annotations

import sys

TYPE_CHECKING = False  # as of `typing`, which would take the time in which an interrupt is not yet silent

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date
    from pathlib import Path as File
    from types import ModuleType
    from typing import Literal

    from plantrack.audit import Audit, Coverage, Implied, Latent, Target
    from plantrack.compare import Matrix, Relative, Standing
    from plantrack.errors import PlantrackError
    from plantrack.findings import Finding, Level, Position
    from plantrack.paths import ImpliedPath, Path, Paths
    from plantrack.plan.catalogue import Catalogue
    from plantrack.plan.figures import Figure
    from plantrack.plan.plan import Plan, PlanFile
    from plantrack.reading.actuals_file import LoadedActuals
    from plantrack.trace import Trace, Traced
    from plantrack.track import Progress, Tracking
else:
    ModuleType = type(sys)

__version__ = "0.1.0"
__all__ = ["__version__", "audit", "compare", "load", "project", "read", "trace", "track", "validate"]
__all__ += ["Audit", "Coverage", "Figure", "Finding", "Implied", "ImpliedPath", "Latent", "Level", "Matrix"]
__all__ += ["Path", "Paths", "Plan", "PlanFile", "PlantrackError", "Position", "Progress", "Relative"]
__all__ += ["Standing", "Target", "Trace", "Traced", "Tracking"]


def read(name: str | File) -> PlanFile:
    """Read a plan file by id or path; its `findings` tell what is wrong with it, its `plan` is the sound plan."""
    from plantrack import reading

    return reading.read_plan_file(reading.find_plan(str(name)), _catalogue())


def load(name: str | File) -> Plan:
    """A sound plan, by id or path."""
    return read(name).require()


def validate(name: str | File, *, today: date | None = None) -> tuple[Finding, ...]:
    """What is wrong with a plan file, by id or path; findings that the file waives are marked so.

    Waivers dated later than `today` are told; without it no day is asked for, and none is too late.
    """
    from plantrack.waivers import judged

    return judged(read(name), today)


def audit(
    plans: Plan | PlanFile | Iterable[Plan | PlanFile], *, effort: float = 1.0, today: date | None = None
) -> Audit:
    """Audit plans together: can all printed figures be true? Targets, findings, what is implied, coverage.

    Args:
        plans: one plan or several.
        effort: how many times the usual work may be done before the rest is left undetermined.
        today: as of `validate`.
    """
    from plantrack import waivers
    from plantrack.audit import audit_plans

    return waivers.waive(audit_plans(_sound(plans), _catalogue(), effort), today=today)


def project(plan: Plan | PlanFile, *, method: str | None = None, actuals: str | File | None = None) -> Paths:
    """The path of every target of a plan, year by year.

    Args:
        plan: the plan.
        method: for all targets, as `plantrack path --method` takes it.
        actuals: a file of published values, for the method `from-actual`.
    """
    from plantrack import paths

    (sound,) = _sound(plan)
    catalogue = _catalogue()
    paths.require_method(method)
    given = _actuals(actuals, sound).actuals if actuals is not None else ()
    found = paths.project_paths(sound, catalogue, paths.Wish(method, actuals=given))
    return paths.Paths(sound, tuple(found), tuple(paths.implied_paths(found, sound, catalogue)))


def track(  # noqa: PLR0913 - a keyword for each option
    plan: Plan | PlanFile,
    actuals: str | File,
    *,
    year: int | None = None,
    method: str | None = None,
    base: Literal["actual", "printed"] = "actual",
    tolerance: float = 5,
) -> Tracking:
    """Hold the published values of a file against a plan.

    Args:
        plan: the plan.
        actuals: a file of published values: XLSX, CSV or YAML.
        year: the year they are assessed as of; without it that of the latest value.
        method: of the paths, as for `project`.
        base: where the base was revised, the actual of its year or the printed one.
        tolerance: by how many points progress may differ from the share of the time.
    """
    from dataclasses import replace
    from fractions import Fraction
    from pathlib import Path as File

    from plantrack import paths
    from plantrack.track import Assessment, track_plan

    (sound,) = _sound(plan)
    paths.require_method(method)
    given = _actuals(actuals, sound)
    asked = Assessment(given.actuals, year, method, base, Fraction(str(tolerance)) / 100, given.parts)
    return replace(track_plan(sound, _catalogue(), asked), source=File(actuals).as_posix())


def compare(
    indicators: str | Sequence[str], plans: Iterable[Plan | PlanFile], *, per: str | None = None
) -> Matrix:
    """Indicators, by id or by name in either language, across plans: base, target, implied pace, rank.

    Levels are divided by the quantity `per`, as gdp.
    """
    from plantrack.compare import compare_plans

    names = [indicators] if isinstance(indicators, str) else indicators
    return compare_plans(names, _sound(plans), _catalogue(), per=per)


def trace(plan: Plan | PlanFile, document: str | File, *, unused: bool = False) -> Trace:
    """Each figure of a plan back to its place in the document that it was transcribed from.

    Args:
        plan: the plan.
        document: a file: .txt, .md, .docx, .html or .pdf.
        unused: whether every number of the document must be accounted for.
    """
    from pathlib import Path as File

    from plantrack.documents import read_document
    from plantrack.reading.omissions_file import load_omitted
    from plantrack.trace import trace_plan

    (sound,) = _sound(plan)
    content = read_document(File(document))
    return trace_plan(sound, content, load_omitted(sound), _catalogue(), unused=unused)


def _catalogue() -> Catalogue:
    from plantrack.reading import load_catalogue

    return load_catalogue()


def _sound(plans: Plan | PlanFile | Iterable[Plan | PlanFile]) -> list[Plan]:
    """Plans as they are, plan files only if they are sound."""
    from plantrack.plan.plan import Plan, PlanFile
    from plantrack.reading import require_one_file_each

    given = [plans] if isinstance(plans, Plan | PlanFile | str) else list(plans)
    for each in given:
        if not isinstance(each, Plan | PlanFile):
            raise TypeError(f"a plan is loaded first: plantrack.load({each!r})")  # noqa: TRY003 - a slip of code
    sound = [each.require() if isinstance(each, PlanFile) else each for each in given]
    require_one_file_each(sound)
    return sound


def _actuals(file: str | File, plan: Plan) -> LoadedActuals:
    from pathlib import Path as File

    from plantrack.reading.actuals_file import load_actuals

    return load_actuals(File(file), plan, _catalogue()).require()


# -- names -----------------------------------------------------------------------------------------

_HOMES = {
    "audit": ("Audit", "Coverage", "Implied", "Latent", "Target"),
    "compare": ("Matrix", "Relative", "Standing"),
    "errors": ("PlantrackError",),
    "findings": ("Finding", "Level", "Position"),
    "paths": ("ImpliedPath", "Path", "Paths"),
    "plan.figures": ("Figure",),
    "plan.plan": ("Plan", "PlanFile"),
    "trace": ("Trace", "Traced"),
    "track": ("Progress", "Tracking"),
}
"""Module -> the types that are imported from it when they are asked for."""
_FORMER = {
    "load_plan": "read",
    "audit_plans": "audit",
    "project_paths": "project",
    "track_plan": "track",
    "compare_plans": "compare",
}
"""Name up to version 0.1 -> the name of today."""


if TYPE_CHECKING:  # a `__getattr__` would make every name right
    load_plan, audit_plans, project_paths, track_plan, compare_plans = read, audit, project, track, compare
else:

    def __getattr__(name: str) -> object:
        if name in _FORMER:
            from warnings import warn

            warn(f"plantrack.{name} is plantrack.{_FORMER[name]} now", DeprecationWarning, stacklevel=2)
            return globals()[_FORMER[name]]
        from importlib import import_module

        for home, names in _HOMES.items():
            if name in names:
                return getattr(import_module(f"plantrack.{home}"), name)
        missing = f"module 'plantrack' has no attribute {name!r}"
        raise AttributeError(missing, name=name, obj=sys.modules[__name__])


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})


class _Package(ModuleType):
    """The package, in which `audit`, `compare`, `trace` and `track` stay functions.

    Modules of these names exist too, and the import system sets each as an attribute of the package when it is first
    imported. They are imported from by their full names, `from plantrack.audit import …`, which needs no attribute.
    """

    def __setattr__(self, name: str, value: object) -> None:
        if not (isinstance(value, ModuleType) and name in __all__):
            super().__setattr__(name, value)


sys.modules[__name__].__class__ = _Package
