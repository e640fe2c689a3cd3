"""From a plan's targets to their paths."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from plantrack.actuals import of_quantity
from plantrack.audit import Implied, Target, audit_plans
from plantrack.growth import implied_rate
from plantrack.paths.choose import YEAR_DIGITS, followed_targets, printed_levels
from plantrack.paths.ends import CROSSED, NEAR_HIGH, NEAR_LOW, VALUE, ends_of, pace_of, within_limits
from plantrack.paths.methods import METHODS, Course, whole_steps
from plantrack.paths.path import Line, Path, Wish
from plantrack.paths.sayings import notes_of, obstacle

if TYPE_CHECKING:
    from plantrack.actuals import Actual
    from plantrack.catalogue import Catalogue
    from plantrack.figures import Figure
    from plantrack.growth import Floats
    from plantrack.loading import LoadedPlan
    from plantrack.measures import Measure

NO_WISH = Wish()


def project_paths(loaded: LoadedPlan, catalogue: Catalogue, wish: Wish = NO_WISH) -> list[Path]:
    """The path of every indicator of a plan that has a target, in the order of the file.

    Args:
        loaded: a plan that was read without error.
        catalogue: units and indicators.
        wish: method, last year, actuals.
    """
    assert loaded.plan is not None
    targets = audit_plans([loaded], catalogue).targets
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


class Plot(NamedTuple):
    """What a path is drawn from: where it starts, where it leads, and what it goes by.

    `start` and `due` are years, `None` for other times; `last` is the last year asked for. `first` is
    the number it starts from, printed or, as `actual`, published later. `pace` is what is printed
    of the way as ends, `pace_in_steps` whether these are steps. `marks` are printed in between.
    """

    target: Target
    method: str
    start: int | None
    due: int | None
    last: int
    first: Measure | None
    actual: Actual | None
    goal: Measure | None
    pace: Floats | None
    pace_in_steps: bool
    printed: tuple[Figure, ...]

    @property
    def marks(self) -> tuple[Figure, ...]:
        """What is printed between start and target."""
        assert self.start is not None
        assert self.due is not None
        return tuple(each for each in self.printed if self.start < int(each.due.text) < self.due)

    @property
    def is_met(self) -> bool:
        """Whether the path starts within a bound target or a range already."""
        goal, first = self.goal, self.first
        if goal is None or first is None or goal.numeral.bound not in {"ge", "gt", "le", "lt", "range"}:
            return False
        return goal.interval.contains(first.value)

    @property
    def in_steps(self) -> bool:
        """Whether it goes in equal steps, where the method leaves that to the indicator."""
        if self.method == "stated":
            return self.pace_in_steps
        numbers = [self.first, self.goal, *(each.measure for each in self.marks)]
        return self.target.indicator.kind == "ratio" or any(
            each is not None and each.value <= 0 for each in numbers
        )


def plan_plot(target: Target, loaded: LoadedPlan, wish: Wish) -> Plot:
    """What is known of the way to a target; whether it is enough is told by `obstacle`."""
    start, due = _year(target.start), _year(target.due)
    goal = target.target.measure if target.target is not None else None
    first = target.base.measure if target.base is not None else None
    pace = pace_of(target.stated) if target.stated is not None else None
    method = wish.method or _usual_method(target, may_be_stated=goal is None and pace is not None)
    actual = _starting_actual(target, wish, method, has_base=first is not None)
    if actual is not None:
        start, first = actual.year, actual.measure
    return Plot(
        target=target,
        method=method,
        start=start,
        due=due,
        last=max(due or 0, wish.to or 0),
        first=first,
        actual=actual,
        goal=goal,
        pace=pace[0] if pace is not None else None,
        pace_in_steps=pace is not None and pace[1],
        printed=printed_levels(loaded.figures, target),
    )


def _usual_method(target: Target, *, may_be_stated: bool) -> str:
    """Constant growth for stocks and flows and where a rate is printed, constant steps for other ratios."""
    if may_be_stated:
        return "stated"
    is_rate = target.stated is not None and target.stated.kind in {"growth", "total_growth", "multiple"}
    return "linear" if target.indicator.kind == "ratio" and not is_rate else "growth"


def _starting_actual(target: Target, wish: Wish, method: str, *, has_base: bool) -> Actual | None:
    """The actual that a path begins with: the latest before the target, or for want of a base."""
    due, start = _year(target.due), _year(target.start)
    ours = of_quantity(wish.actuals, target.figure.indicator, target.figure.place)
    if method == "from-actual":
        return next((each for each in reversed(ours) if due is not None and each.year < due), None)
    return None if has_base else next((each for each in ours if each.year == start), None)


def _year(time: str) -> int | None:
    return int(time) if len(time) == YEAR_DIGITS else None


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
    if plot.is_met and plot.method != "stated":
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
