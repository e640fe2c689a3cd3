"""What a path is drawn from: where it starts, where it leads, and what it goes by."""

from __future__ import annotations

from itertools import zip_longest
from typing import TYPE_CHECKING, NamedTuple

from plantrack.paths.bounds import VALUE, bounds_of, bounds_towards, ends_of_range, pace_of
from plantrack.paths.choose import printed_base, printed_levels, year_of
from plantrack.paths.methods import METHODS
from plantrack.paths.path import Path, goes_in_steps
from plantrack.paths.revision import revision_of
from plantrack.paths.series import derived_base, running_totals, series_of
from plantrack.plan.actuals import of_quantity

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from plantrack.audit import Target
    from plantrack.numbers.growth import Floats
    from plantrack.paths.methods import Method
    from plantrack.paths.path import Wish
    from plantrack.paths.revision import Revision
    from plantrack.paths.series import Series
    from plantrack.plan.actuals import Actual
    from plantrack.plan.figures import Figure
    from plantrack.plan.measures import Measure
    from plantrack.plan.plan import Plan


class Anchor(NamedTuple):
    """A year whose value is given: printed or an actual, or held where that meets what is asked already.

    `before` is the value that the path comes from, which tells the end of a range that it comes to.
    """

    year: int
    measure: Measure
    is_held: bool = False
    before: Measure | None = None


class PathSpec(NamedTuple):
    """What a path is drawn from: what is known of it before it is drawn, and what it goes by.

    `start` is its first year, `None` for other times; `last` is the last year asked for. `pace` is the printed pace as
    ends, in steps or as a rate.
    """

    path: Path
    target: Target
    start: int | None
    last: int
    pace: Floats | None
    pace_in_steps: bool

    @property
    def method(self) -> Method:
        return METHODS[self.path.method]

    @property
    def ends(self) -> tuple[int, int]:
        """The year that the path starts from and the target's, where nothing is missing."""
        assert self.start is not None
        assert self.path.due is not None
        return self.start, self.path.due

    def levels(self, after: int, before: int) -> Iterator[Anchor]:
        """What is printed for the years between two years, which do not count."""
        revision = self.path.revision
        for figure in self.path.printed:
            year, measure = figure.due.year, figure.measure
            if year is not None and measure is not None and after < year < before:
                yield Anchor(year, revision.moved(measure) if revision else measure)

    @property
    def route(self) -> tuple[Anchor, ...]:
        """The values that the path goes through: the first, the target, and what is printed on the way.

        Between base and target only where the method asks for that; beyond the target always. A bound that is met
        already is passed over, unless what follows would break it, or held at the end.
        """
        start, due = self.ends
        first, goal = self.path.first, self.path.goal
        assert first is not None
        stops = list(self.levels(start, due)) if "values" in self.method.needs else []
        if goal is not None:
            stops.append(Anchor(due, goal))
        stops += self.levels(due, self.last + 1)
        found = [Anchor(start, first)]
        for stop, following in zip_longest(stops, stops[1:]):
            reached = found[-1].measure
            if not self._is_met(stop.measure, reached):
                found.append(stop._replace(before=reached))
            elif following is None or stop.year == due:
                found.append(Anchor(stop.year, reached, is_held=True))
            elif not stop.measure.interval.contains(following.measure.value):
                found.append(stop._replace(before=reached))
        return tuple(found)

    def bounds(self, anchor: Anchor) -> Floats:
        """What is known of an anchor, shape `(5,)`; a path comes to a range at its nearest end.

        Of a range that holds for every year it is the end that is asked for.
        """
        if self.path.kind == "each year":
            found, ends = bounds_of(anchor.measure), ends_of_range(anchor.measure)
            if ends is not None:
                found[VALUE] = float(ends[self.path.indicator.better == "down"])
            return found
        if anchor.is_held:
            return bounds_of(anchor.measure)
        return bounds_towards(anchor.measure, anchor.before, self._passed_side)

    @property
    def _passed_side(self) -> str | None:
        """Where a range is passed; a sum that has only begun has not passed the least it is to come to."""
        better = self.path.indicator.better
        return None if self.path.kind == "total" and better == "down" else better

    def _is_met(self, asked: Measure, reached: Measure) -> bool:
        """Whether a bound or range is met already, or the target by the actual that the path starts from.

        A sum that has only begun keeps no ceiling yet.
        """
        if (ends := ends_of_range(asked)) is not None:
            passed = {"up": reached.value > ends[1], "down": reached.value < ends[0]}
            return asked.interval.contains(reached.value) or passed.get(self._passed_side or "", False)
        if self.path.kind == "total" and asked.numeral.bound in {"le", "lt"}:
            return False
        if asked.numeral.bound in {"ge", "gt", "le", "lt"}:
            return asked.interval.contains(reached.value)
        if "actual" not in self.method.needs or asked is not self.path.goal:
            return False
        is_passed = {"up": reached.value >= asked.value, "down": reached.value <= asked.value}
        return is_passed.get(self._passed_side or "", False)

    @property
    def in_steps(self) -> bool:
        """Whether it goes in equal steps, where the method leaves that to the indicator."""
        if "pace" in self.method.needs:
            return self.pace_in_steps
        is_usual = goes_in_steps(self.path.kind, self.path.indicator)
        return is_usual or any(each.measure.value <= 0 for each in self.route)

    @property
    def is_real(self) -> bool:
        """Whether the path follows growth at constant prices, or levels at the prices of one year."""
        stated = self.path.stated
        if self.target.figure.row.price_year is not None:
            return True
        if "pace" not in self.method.needs or stated is None or stated.kind not in {"growth", "total_growth"}:
            return False
        return (stated.row.prices or self.path.indicator.prices) == "constant"


def path_spec(target: Target, plan: Plan, wish: Wish) -> PathSpec:
    """What is known of the way to a target; whether it is enough is told by `obstacle`."""
    figure = target.figure
    goal = target.target.measure if target.target is not None else None
    actuals = of_quantity(wish.actuals, figure.indicator, figure.place)
    series, base = _series_and_base(target, plan, actuals)
    first = series.origin or (base.measure if base is not None else None)
    pace, in_steps = (pace_of(target.stated) if target.stated is not None else None) or (None, False)
    method = wish.method or _usual_method(target, series, (first, goal), may_be_stated=pace is not None)
    actual, revision = _actual_and_revision(series, actuals, first, method, wish)
    is_without_base = first is None and actual is None and series.kind == "level"
    derived = derived_base(target) if is_without_base else None
    path = Path(
        plan=figure.plan,
        indicator_id=figure.indicator,
        place=figure.place,
        scope=figure.row.scope or "",
        indicator=series.indicator,
        method=method,
        base=base,
        target=target.target,
        stated=target.stated,
        start=actual,
        due=series.due,
        printed=printed_levels(plan.figures, target) if series.kind == "level" else (),
        until=series.due,
        revision=revision,
        moved=_moved(goal, revision),
        kind=series.kind,
        origin=series.origin,
        derived=derived,
    )
    start = actual.year if actual is not None else series.start
    return PathSpec(path, target, start, _last_year(series, wish), pace, in_steps)


def _series_and_base(target: Target, plan: Plan, actuals: Sequence[Actual]) -> tuple[Series, Figure | None]:
    """The series that a target is of, and the printed base, which a series with an origin of its own has not."""
    base = target.base or printed_base(plan.figures, target)
    is_given = any(each.year == year_of(target.start) for each in actuals)
    series = series_of(target, has_base=base is not None or is_given)
    return series, base if series.origin is None else None


def _moved(goal: Measure | None, revision: Revision | None) -> Measure | None:
    """The target as a revision of its base moves it; `None` where it stays as printed."""
    if goal is None or revision is None or not revision.moves:
        return None
    return revision.moved(goal)


def _last_year(series: Series, wish: Wish) -> int:
    """The last year asked for: the target's, or one beyond it where the series goes on."""
    further = wish.to or 0 if series.kind in {"level", "index", "change"} else 0
    return max(series.due or 0, further)


def _actual_and_revision(
    series: Series, actuals: Sequence[Actual], first: Measure | None, method: str, wish: Wish
) -> tuple[Actual | None, Revision | None]:
    """The actual that a path starts from: the latest, for want of a printed base, or where that was revised."""
    start, due = series.start, series.due
    of_start = next((each for each in actuals if each.year == start), None)
    if "actual" in METHODS[method].needs:
        if series.kind == "total" and start is not None:
            actuals = running_totals(actuals, start + 1)
        latest = next((each for each in reversed(actuals) if due is not None and each.year < due), None)
        return latest, _revision(series, first, of_start, wish)
    if first is None:
        return of_start, None
    revision = _revision(series, first, of_start, wish)
    return (revision.given if revision is not None else None), revision


def _revision(series: Series, first: Measure | None, given: Actual | None, wish: Wish) -> Revision | None:
    if first is None or given is None or series.kind != "level" or wish.base == "printed":
        return None
    return revision_of(first, given, series.indicator)


def _usual_method(
    target: Target, series: Series, ends: tuple[Measure | None, Measure | None], *, may_be_stated: bool
) -> str:
    """Constant growth of stocks and flows or where a rate is printed; else, and from or to zero or less, steps.

    To a range it is steps, too.
    """
    _, goal = ends
    if goal is None and may_be_stated:
        return "stated"
    is_rate = target.stated is not None and target.stated.kind in {"growth", "total_growth", "multiple"}
    if series.kind in {"total", "each year"} or (goal is not None and ends_of_range(goal) is not None):
        return "linear"
    if any(each is not None and each.value <= 0 for each in ends):
        return "linear"
    return "linear" if goes_in_steps(series.kind, series.indicator) and not is_rate else "growth"
