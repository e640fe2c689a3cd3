"""What a path is drawn from: where it starts, where it leads, and what it goes by."""

from __future__ import annotations

from itertools import zip_longest
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

    `start` and `due` are years, `None` for other times; `last` is the last year asked for. `first` is the number it
    starts from, printed as `base` or, as `actual`, published later. `pace` is the printed pace as ends. Where the base
    was revised, `goal` and what else is printed have been moved with it.
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

        Between base and target only where the method asks for that; beyond the target always. A bound that is met
        already is passed over, unless what follows would break it, or held at the end.
        """
        start, due = self.ends
        assert self.first is not None
        stops = list(self.levels(start, due)) if "values" in self.method.needs else []
        if self.goal is not None:
            stops.append(Anchor(due, self.goal))
        stops += self.levels(due, self.last + 1)
        found = [Anchor(start, self.first)]
        for stop, following in zip_longest(stops, stops[1:]):
            reached = found[-1].measure
            if not self._is_met(stop.measure, reached):
                found.append(stop)
            elif following is None or stop.year == due:
                found.append(Anchor(stop.year, reached, is_held=True))
            elif not stop.measure.interval.contains(following.measure.value):
                found.append(stop)
        return tuple(found)

    def _is_met(self, asked: Measure, reached: Measure) -> bool:
        """Whether a bound or range is met already, or the target by the actual that the path starts from."""
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
        return self.target.indicator.kind == "ratio" or any(each.measure.value <= 0 for each in self.route)

    @property
    def is_real(self) -> bool:
        """Whether the path follows growth at constant prices."""
        stated = self.target.stated
        if "pace" not in self.method.needs or stated is None or stated.kind not in {"growth", "total_growth"}:
            return False
        return (stated.row.prices or self.target.indicator.prices) == "constant"


def path_spec(target: Target, plan: Plan, wish: Wish) -> PathSpec:
    """What is known of the way to a target; whether it is enough is told by `obstacle`.

    An actual is the start where the method asks for the latest or no base is printed, and may tell a revision.
    """
    start, due = year_of(target.start), year_of(target.due)
    goal = target.target.measure if target.target is not None else None
    base = target.base or printed_base(plan.figures, target)
    first = base.measure if base is not None else None
    pace, in_steps = (pace_of(target.stated) if target.stated is not None else None) or (None, False)
    method = METHODS[wish.method or _usual_method(target, may_be_stated=goal is None and pace is not None)]
    actuals = of_quantity(wish.actuals, target.figure.indicator, target.figure.place)
    of_start = next((each for each in actuals if each.year == start), None)
    actual, revision = (None if first is not None else of_start), None
    if "actual" in method.needs:
        actual = next((each for each in reversed(actuals) if due is not None and each.year < due), None)
    if first is not None and of_start is not None and wish.base != "printed":
        revision = revision_of(first, of_start, target.indicator)
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
        pace=pace,
        pace_in_steps=in_steps,
        printed=printed_levels(plan.figures, target),
        revision=revision,
    )


def _usual_method(target: Target, *, may_be_stated: bool) -> str:
    """Constant growth for stocks and flows and where a rate is printed, constant steps for other ratios."""
    if may_be_stated:
        return "stated"
    is_rate = target.stated is not None and target.stated.kind in {"growth", "total_growth", "multiple"}
    return "linear" if target.indicator.kind == "ratio" and not is_rate else "growth"
