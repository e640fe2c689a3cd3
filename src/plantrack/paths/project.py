"""From a plan's targets to their paths."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from plantrack.audit import Implied, Target
from plantrack.growth import implied_rate
from plantrack.paths.choose import followed_targets
from plantrack.paths.ends import CROSSED, NEAR_HIGH, NEAR_LOW, VALUE, ends_of, within_limits
from plantrack.paths.methods import METHODS, Course, whole_steps
from plantrack.paths.path import Line, Path, Wish
from plantrack.paths.plot import Plot, plan_plot
from plantrack.paths.sayings import notes_of, obstacle
from plantrack.survey import survey_plans

if TYPE_CHECKING:
    from plantrack.catalogue import Catalogue
    from plantrack.growth import Floats
    from plantrack.loading import LoadedPlan

NO_WISH = Wish()


def project_paths(loaded: LoadedPlan, catalogue: Catalogue, wish: Wish = NO_WISH) -> list[Path]:
    """The path of every indicator of a plan that has a target, in the order of the file.

    Args:
        loaded: a plan that was read without error.
        catalogue: units and indicators.
        wish: method, last year, actuals.
    """
    assert loaded.plan is not None
    targets = survey_plans([loaded], catalogue).targets
    return [project_target(each, loaded, wish) for each in followed_targets(targets, loaded.plan.target)]


def project_target(target: Target, loaded: LoadedPlan, wish: Wish = NO_WISH) -> Path:
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
        base=target.base,
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
    )
    return path if why is not None else _drawn(path, plot)


# -- drawing -------------------------------------------------------------------------------------


def _drawn(path: Path, plot: Plot) -> Path:
    """The path with its numbers; nothing is missing any more."""
    assert plot.start is not None
    assert plot.due is not None
    years = tuple(range(plot.start, plot.last + 1))
    span = plot.due - plot.start
    free = _line(plot, span)
    printed = [ends_of(each) for each in (plot.first, plot.goal) if each is not None]
    line = within_limits(free, path.indicator, *printed)
    is_whole = path.is_whole
    shown = whole_steps(line) if is_whole else line
    rate, step = _steady(line, plot)
    path = path._replace(years=years, line=_as_line(shown, line), rate=rate, step=step)
    miss = _miss(plot, line[:, span]) if plot.method == "stated" and plot.goal is not None else None
    path = path._replace(miss=miss)
    held = None if np.array_equal(free[VALUE], line[VALUE]) else float(line[VALUE][-1])
    return path._replace(notes=notes_of(path, plot, held))


def _as_line(shown: Floats, line: Floats) -> Line:
    values, low, high, near_low, near_high = (tuple(row.tolist()) for row in shown)
    return Line(values, low, high, near_low, near_high, raw=tuple(line[VALUE].tolist()))


def _line(plot: Plot, span: int) -> Floats:
    """Value, low, high, near low and near high of every year; shape `(5, years)`."""
    first = plot.first
    assert first is not None
    base = ends_of(first)
    goal = ends_of(plot.goal) if plot.goal is not None else base
    if plot.is_met:
        goal = base
    marks = [ends_of(each.measure) for each in plot.marks if each.measure is not None]
    assert plot.start is not None
    course = Course(
        base=base,
        target=goal,
        years=span,
        last=plot.last - plot.start,
        in_steps=plot.in_steps,
        pace=plot.pace,
        marks=tuple(int(each.due.text) - plot.start for each in plot.marks),
        values=np.stack(marks, axis=-1) if marks else None,
    )
    draw = METHODS[plot.method]
    with np.errstate(invalid="ignore", over="ignore"):
        line = draw(course)
        if course.last > span and plot.method != "stated":
            values = course.values
            crossed = course._replace(base=base[CROSSED], values=None if values is None else values[CROSSED])
            line[:, span + 1 :] = draw(crossed)[:, span + 1 :]
    return line


def _steady(line: Floats, plot: Plot) -> tuple[float | None, float | None]:
    """The rate or the step a year, where it is one for the whole way."""
    assert plot.start is not None
    assert plot.due is not None
    span = plot.due - plot.start
    if plot.method == "milestones" and plot.marks:
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
