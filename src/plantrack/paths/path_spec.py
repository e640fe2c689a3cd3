"""What a path is drawn from: where it starts, where it leads, and what it goes by."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from plantrack.paths.bounds import pace_of
from plantrack.paths.choose import printed_base, printed_levels, year_of
from plantrack.paths.methods import METHODS, Method
from plantrack.paths.revision import Revision, revision_of
from plantrack.plan.actuals import of_quantity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from plantrack.audit import Target
    from plantrack.numbers.growth import Floats
    from plantrack.paths.path import Wish
    from plantrack.plan.actuals import Actual
    from plantrack.plan.figures import Figure
    from plantrack.plan.measures import Measure
    from plantrack.plan.plan import Plan


class Anchor(NamedTuple):
    """A year whose value is given: printed or an actual, or held where that meets what is asked already."""

    year: int
    measure: Measure
    is_held: bool = False


class PathSpec(NamedTuple):
    """What a path is drawn from: where it starts, where it leads, and what it goes by.

    `start` and `due` are years, `None` for other times; `last` is the last year asked for. `first` is
    the number it starts from, printed as `base` or, as `actual`, published later. `pace` is what is
    printed of the way as ends, `pace_in_steps` whether these are steps. `revision` tells that the base
    was revised; `goal` and what else is printed have been moved with it then.
    """

    target: Target
    method: Method
    start: int | None
    due: int | None
    last: int
    base: Figure | None
    first: Measure | None
    actual: Actual | None
    goal: Measure | None
    pace: Floats | None
    pace_in_steps: bool
    printed: tuple[Figure, ...]
    revision: Revision | None

    @property
    def ends(self) -> tuple[int, int]:
        """The year that the path starts from and the target's, where nothing is missing."""
        assert self.start is not None
        assert self.due is not None
        return self.start, self.due

    def levels(self, after: int, before: int) -> Iterator[Anchor]:
        """What is printed for the years between two years, which do not count."""
        for figure in self.printed:
            year, measure = figure.due.year, figure.measure
            if year is not None and measure is not None and after < year < before:
                yield Anchor(year, self.revision.moved(measure) if self.revision else measure)

    @property
    def route(self) -> tuple[Anchor, ...]:
        """The values that the path goes through: the first, the target, and what is printed on the way.

        Between base and target only where the method asks for that; beyond the target always. A bound
        that is met already is no reason to turn round: on the way it is passed over unless what
        follows would break it, and at the end what meets it is held.
        """
        start, due = self.ends
        assert self.first is not None
        stops = list(self.levels(start, due)) if "values" in self.method.needs else []
        if self.goal is not None:
            stops.append(Anchor(due, self.goal))
        stops += self.levels(due, self.last + 1)
        found = [Anchor(start, self.first)]
        for number, stop in enumerate(stops):
            following = stops[number + 1].measure if number + 1 < len(stops) else None
            if not self._is_met(stop.measure, found[-1].measure):
                found.append(stop)
            elif following is None or stop.year == due:
                found.append(Anchor(stop.year, found[-1].measure, is_held=True))
            elif not stop.measure.interval.contains(following.value):
                found.append(stop)
        return tuple(found)

    def _is_met(self, asked: Measure, reached: Measure) -> bool:
        """Whether a bound or a range is met already, or the target by the actual that the path starts from."""
        if asked.numeral.bound in {"ge", "gt", "le", "lt", "range"}:
            return asked.interval.contains(reached.value)
        if "actual" not in self.method.needs or asked is not self.goal:
            return False
        is_passed = {"up": reached.value >= asked.value, "down": reached.value <= asked.value}
        return is_passed.get(self.target.indicator.better or "", False)

    @property
    def in_steps(self) -> bool:
        """Whether it goes in equal steps, where the method leaves that to the indicator."""
        if "pace" in self.method.needs:
            return self.pace_in_steps
        numbers = [each.measure for each in self.route]
        return self.target.indicator.kind == "ratio" or any(each.value <= 0 for each in numbers)

    @property
    def is_real(self) -> bool:
        """Whether the path follows growth at constant prices."""
        stated = self.target.stated
        if "pace" not in self.method.needs or stated is None or stated.kind not in {"growth", "total_growth"}:
            return False
        return (stated.row.prices or self.target.indicator.prices) == "constant"


def path_spec(target: Target, plan: Plan, wish: Wish) -> PathSpec:
    """What is known of the way to a target; whether it is enough is told by `obstacle`."""
    start, due = year_of(target.start), year_of(target.due)
    goal = target.target.measure if target.target is not None else None
    base = target.base or printed_base(plan.figures, target)
    first = base.measure if base is not None else None
    pace = pace_of(target.stated) if target.stated is not None else None
    method = METHODS[wish.method or _usual_method(target, first, goal, may_be_stated=pace is not None)]
    revision = _revision(target, base, wish)
    actual = _starting_actual(target, wish, method, has_base=first is not None)
    if revision is not None:
        goal = revision.moved(goal) if goal is not None else None
        actual = actual or revision.given
    if actual is not None:
        start, first = actual.year, actual.measure
    return PathSpec(
        target=target,
        method=method,
        start=start,
        due=due,
        last=max(due or 0, wish.to or 0),
        base=base,
        first=first,
        actual=actual,
        goal=goal,
        pace=pace[0] if pace is not None else None,
        pace_in_steps=pace is not None and pace[1],
        printed=printed_levels(plan.figures, target),
        revision=revision,
    )


def _usual_method(target: Target, first: Measure | None, goal: Measure | None, *, may_be_stated: bool) -> str:
    """Constant growth of stocks and flows or where a rate is printed; else, and from or to zero or less, steps."""
    if goal is None and may_be_stated:
        return "stated"
    if any(each is not None and each.value <= 0 for each in (first, goal)):
        return "linear"
    is_rate = target.stated is not None and target.stated.kind in {"growth", "total_growth", "multiple"}
    return "linear" if target.indicator.kind == "ratio" and not is_rate else "growth"


def _starting_actual(target: Target, wish: Wish, method: Method, *, has_base: bool) -> Actual | None:
    """The actual that a path begins with: the latest before the target, or for want of a base."""
    due = year_of(target.due)
    ours = of_quantity(wish.actuals, target.figure.indicator, target.figure.place)
    if "actual" in method.needs:
        return next((each for each in reversed(ours) if due is not None and each.year < due), None)
    return None if has_base else _actual_of_start(target, wish)


def _actual_of_start(target: Target, wish: Wish) -> Actual | None:
    ours = of_quantity(wish.actuals, target.figure.indicator, target.figure.place)
    return next((each for each in ours if each.year == year_of(target.start)), None)


def _revision(target: Target, base: Figure | None, wish: Wish) -> Revision | None:
    given = _actual_of_start(target, wish)
    if base is None or base.measure is None or given is None or wish.base == "printed":
        return None
    return revision_of(base.measure, given, target.indicator)
