"""From a plan's targets to their paths."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from plantrack.audit import Implied, Target
from plantrack.audit.targets_and_derived import survey_plans
from plantrack.language import text
from plantrack.numbers.growth import implied_rate, through, whole_steps
from plantrack.paths.bounds import CROSSED, NEAR_HIGH, NEAR_LOW, VALUE, bounds_of, within_limits
from plantrack.paths.choose import aim_of, followed_targets, targets_of_table
from plantrack.paths.methods import METHODS, Course
from plantrack.paths.notes import notes_of, obstacle
from plantrack.paths.path import Line, Path, Wish
from plantrack.paths.path_spec import PathSpec, path_spec

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from plantrack.language import Text
    from plantrack.numbers.growth import Floats
    from plantrack.paths.path_spec import Anchor
    from plantrack.plan.catalogue import Catalogue
    from plantrack.plan.plan import Plan

NO_WISH = Wish()


def project_paths(plan: Plan, catalogue: Catalogue, wish: Wish = NO_WISH) -> list[Path]:
    targets = survey_plans([plan], catalogue).targets
    return [project_target(each, plan, wish) for each in followed_targets(targets, plan.model.target)]


class Task(NamedTuple):
    """A row of the document's table of targets, and its path."""

    target: Target
    path: Path


def yearly_tasks(
    plan: Plan, catalogue: Catalogue, wish: Wish = NO_WISH, indicators: Collection[str] = ()
) -> list[Task]:
    """The table of targets, row by row; of some `indicators` only, with those that stand elsewhere."""
    targets = survey_plans([plan], catalogue).targets
    rows = targets_of_table(targets, plan.model)
    if indicators:
        shown = {aim_of(each) for each in rows}
        rows += (each for each in followed_targets(targets, plan.model.target) if aim_of(each) not in shown)
        rows = [each for each in rows if each.figure.indicator in indicators]
    return [Task(each, project_target(each, plan, wish)) for each in rows]


def project_target(target: Target, plan: Plan, wish: Wish = NO_WISH) -> Path:
    """The path to one target, or why there is none."""
    spec = path_spec(target, plan, wish)
    why = obstacle(spec)
    path = replace(spec.path, why=why, is_real=spec.is_real)
    if why is None:
        return _with_values(path, spec)
    if wish.method is None:
        return path
    usual = project_target(target, plan, wish._replace(method=None))
    if usual.why is not None:
        return path
    return replace(usual, notes=(_instead(usual, spec, why), *usual.notes), instead=why)


def _instead(usual: Path, spec: PathSpec, why: Text) -> Text:
    """That the method asked for does not apply, why, and which one was taken."""
    return text(
        "not {asked} ({why}), but {method}",
        asked=spec.method.title,
        why=why,
        method=METHODS[usual.method].title,
    )


def _with_values(path: Path, spec: PathSpec) -> Path:
    start, due = spec.ends
    route = spec.route
    free = _values(spec)
    values = within_limits(free, path.indicator, *map(spec.bounds, route))
    rate, step = _steady(values[VALUE], spec)
    shown = whole_steps(values, path.bound_reached) if path.is_whole else values
    path = replace(
        path,
        years=tuple(range(start, spec.last + 1)),
        line=Line(*map(tuple, (*shown.tolist(), values[VALUE].tolist()))),
        rate=rate,
        step=step,
        until=route[-1].year if path.reaches_target else due,
    )
    if not path.reaches_target and path.goal is not None and not path.is_real:
        path = replace(path, miss=_difference(values[:, due - start], bounds_of(path.goal)))
    held = values[VALUE][free[VALUE] != values[VALUE]]
    return replace(path, notes=tuple(notes_of(path, spec, float(held[0]) if len(held) else None)))


def _values(spec: PathSpec) -> Floats:
    """Value, low, high, near low and near high of every year; shape `(5, years)`, in the indicator's unit."""
    _, due = spec.ends
    route = spec.route
    bounds = np.stack([spec.bounds(each) for each in route], axis=-1)
    number = next((at for at, each in enumerate(route) if each.year == due), 0) + 1
    with np.errstate(invalid="ignore", over="ignore"):
        if "target" not in spec.method.needs:
            return _along(spec, route[:1], bounds[:, :1], spec.last)
        values = _along(spec, route[:number], bounds[:, :number], due)
        if spec.last == due:
            return values
        return np.concatenate([values, _beyond(spec, route, bounds)], axis=-1)


def _along(spec: PathSpec, route: Sequence[Anchor], bounds: Floats, last: int) -> Floats:
    """By the method from the first anchor through those between to the last; shape `(5, years)`."""
    start, due = spec.ends
    between = route[1:-1]
    course = Course(
        base=bounds[:, 0],
        target=bounds[:, -1],
        years=due - start,
        last=last - start,
        in_steps=spec.in_steps,
        pace=spec.pace,
        marks=tuple(each.year - start for each in between),
        values=bounds[:, 1:-1] if between else None,
    )
    return spec.method.formula(course)


def _beyond(spec: PathSpec, route: Sequence[Anchor], bounds: Floats) -> Floats:
    """The years after the target: through what is printed for them, then on at the last pace."""
    start, due = spec.ends
    at = [each.year - start for each in route]
    last = spec.last - start
    has_rate = bool((bounds[VALUE] > 0).all())
    in_steps = {"rate": not has_rate, "step": True}.get(spec.method.pace or "", spec.in_steps)
    values = through(at, bounds, last=last, in_steps=in_steps)
    crossed = np.concatenate([bounds[CROSSED, :-1], bounds[:, -1:]], axis=-1)
    values[:, at[-1] + 1 :] = through(at, crossed, last=last, in_steps=in_steps)[:, at[-1] + 1 :]
    return values[:, due - start + 1 :]


def _steady(values: Floats, spec: PathSpec) -> tuple[float | None, float | None]:
    """The rate (a fraction) or the step (in the unit) a year, where it is one for the whole way."""
    start, due = spec.ends
    if (
        spec.path.kind == "each year"
        or spec.method.pace is None
        or any(each.year < due for each in spec.route[1:])
    ):
        return None, None
    if "pace" in spec.method.needs and spec.pace is not None:
        pace = float(spec.pace[VALUE])
        return (None, pace) if spec.pace_in_steps else (pace, None)
    first, last, years = values[0], values[due - start], due - start
    if spec.method.pace == "step" or (spec.method.pace == "either" and spec.in_steps):
        return None, float(last - first) / years
    return float(implied_rate(first, last, years)), None


def _difference(reached: Floats, goal: Floats) -> Implied:
    """Where the path leads in the target year, less the target; both bounds, shape `(5,)`."""
    return Implied(
        float(reached[VALUE] - goal[VALUE]),
        float(reached[NEAR_LOW] - goal[NEAR_HIGH]),
        float(reached[NEAR_HIGH] - goal[NEAR_LOW]),
    )
