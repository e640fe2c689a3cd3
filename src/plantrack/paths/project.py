"""From a plan's targets to their paths."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from plantrack.audit import Implied, Target
from plantrack.audit.targets_and_derived import survey_plans
from plantrack.numbers.growth import implied_rate
from plantrack.paths.choose import followed_targets
from plantrack.paths.ends import CROSSED, NEAR_HIGH, NEAR_LOW, VALUE, ends_of, within_limits
from plantrack.paths.methods import METHODS, Course, through, whole_steps
from plantrack.paths.path import Line, Path, Wish
from plantrack.paths.plot import Anchor, Plot, plan_plot
from plantrack.paths.sayings import notes_of, obstacle

if TYPE_CHECKING:
    from collections.abc import Sequence

    from plantrack.numbers.growth import Floats
    from plantrack.plan.catalogue import Catalogue
    from plantrack.plan.plan import Plan

NO_WISH = Wish()


def project_paths(loaded: Plan, catalogue: Catalogue, wish: Wish = NO_WISH) -> list[Path]:
    """The path of every indicator of a plan that has a target, in the order of the file.

    Args:
        loaded: a sound plan.
        catalogue: units and indicators.
        wish: method, last year, actuals.
    """
    targets = survey_plans([loaded], catalogue).targets
    return [project_target(each, loaded, wish) for each in followed_targets(targets, loaded.model.target)]


def project_target(target: Target, loaded: Plan, wish: Wish = NO_WISH) -> Path:
    """The path to one target, or why there is none."""
    plot = plan_plot(target, loaded, wish)
    why = obstacle(plot)
    figure = target.figure
    path = Path(
        plan=figure.plan,
        indicator_id=figure.indicator,
        place=figure.place,
        scope=figure.row.scope or "",
        indicator=target.indicator,
        method=plot.method,
        base=plot.base,
        target=target.target,
        stated=target.stated,
        start=plot.actual,
        due=plot.due,
        years=(),
        line=Line(),
        rate=None,
        step=None,
        miss=None,
        notes=(),
        why=why,
        printed=plot.printed,
        until=plot.due,
        revision=plot.revision,
        moved=plot.goal if plot.revision is not None and plot.revision.moves else None,
        is_real=plot.is_real,
    )
    return path if why is not None else _drawn(path, plot)


# -- drawing -------------------------------------------------------------------------------------


def _drawn(path: Path, plot: Plot) -> Path:
    """The path with its numbers; nothing is missing any more."""
    assert plot.start is not None
    assert plot.due is not None
    years = tuple(range(plot.start, plot.last + 1))
    span = plot.due - plot.start
    free = _line(plot)
    printed = [ends_of(each.measure) for each in plot.route]
    line = within_limits(free, path.indicator, *printed)
    shown = whole_steps(line) if path.is_whole else line
    rate, step = _steady(line, plot)
    path = path._replace(years=years, line=_as_line(shown, line), rate=rate, step=step)
    if plot.method == "stated":
        comparable = plot.goal is not None and not plot.is_real
        path = path._replace(miss=_miss(plot, line[:, span]) if comparable else None)
    else:
        path = path._replace(until=plot.route[-1].year)
    clipped = line[VALUE][free[VALUE] != line[VALUE]]
    held = float(clipped[0]) if len(clipped) else None
    return path._replace(notes=notes_of(path, plot, held))


def _as_line(shown: Floats, line: Floats) -> Line:
    values, low, high, near_low, near_high = (tuple(row.tolist()) for row in shown)
    return Line(values, low, high, near_low, near_high, raw=tuple(line[VALUE].tolist()))


def _line(plot: Plot) -> Floats:
    """Value, low, high, near low and near high of every year; shape `(5, years)`."""
    assert plot.start is not None
    assert plot.due is not None
    route = plot.route
    ends = np.stack([ends_of(each.measure) for each in route], axis=-1)
    number = next((at for at, each in enumerate(route) if each.year == plot.due), 0) + 1
    with np.errstate(invalid="ignore", over="ignore"):
        if plot.method == "stated":
            return _drawn_through(plot, route[:1], ends[:, :1], plot.last)
        line = _drawn_through(plot, route[:number], ends[:, :number], plot.due)
        if plot.last == plot.due:
            return line
        return np.concatenate([line, _beyond(plot, route, ends)], axis=-1)


def _beyond(plot: Plot, route: Sequence[Anchor], ends: Floats) -> Floats:
    """The years after the target: through what is printed for them, then on at the last pace."""
    assert plot.start is not None
    assert plot.due is not None
    at = [each.year - plot.start for each in route]
    span, last = plot.due - plot.start, plot.last - plot.start
    has_rate = bool((ends[VALUE] > 0).all())
    in_steps = {"growth": not has_rate, "linear": True}.get(plot.method, plot.in_steps)
    line = through(at, ends, last=last, in_steps=in_steps)
    crossed = np.concatenate([ends[CROSSED, :-1], ends[:, -1:]], axis=-1)
    line[:, at[-1] + 1 :] = through(at, crossed, last=last, in_steps=in_steps)[:, at[-1] + 1 :]
    return line[:, span + 1 :]


def _drawn_through(plot: Plot, route: Sequence[Anchor], ends: Floats, last: int) -> Floats:
    """By the plot's method from the first anchor through those between to the last."""
    assert plot.start is not None
    assert plot.due is not None
    between = route[1:-1]
    course = Course(
        base=ends[:, 0],
        target=ends[:, -1],
        years=plot.due - plot.start,
        last=last - plot.start,
        in_steps=plot.in_steps,
        pace=plot.pace,
        marks=tuple(each.year - plot.start for each in between),
        values=ends[:, 1:-1] if between else None,
    )
    return METHODS[plot.method](course)


def _steady(line: Floats, plot: Plot) -> tuple[float | None, float | None]:
    """The rate or the step a year, where it is one for the whole way."""
    assert plot.start is not None
    assert plot.due is not None
    span = plot.due - plot.start
    if any(each.year < plot.due for each in plot.route[1:]):
        return None, None
    if plot.method == "stated" and plot.pace is not None:
        pace = float(plot.pace[VALUE])
        return (None, pace) if plot.pace_in_steps else (pace, None)
    first, last = line[VALUE][0], line[VALUE][span]
    if plot.method == "linear" or (plot.method != "growth" and plot.in_steps):
        return None, float(last - first) / span
    return float(implied_rate(first, last, span)), None


def _miss(plot: Plot, reached: Floats) -> Implied:
    """Where the printed pace leads in the target year, less the target."""
    assert plot.goal is not None
    goal = ends_of(plot.goal)
    return Implied(
        float(reached[VALUE] - goal[VALUE]),
        float(reached[NEAR_LOW] - goal[NEAR_HIGH]),
        float(reached[NEAR_HIGH] - goal[NEAR_LOW]),
    )
