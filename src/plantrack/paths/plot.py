"""What a path is drawn from: where it starts, where it leads, and what it goes by."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from plantrack.actuals import of_quantity
from plantrack.paths.choose import YEAR_DIGITS, printed_levels
from plantrack.paths.ends import pace_of

if TYPE_CHECKING:
    from plantrack.actuals import Actual
    from plantrack.audit import Target
    from plantrack.figures import Figure
    from plantrack.growth import Floats
    from plantrack.loading import LoadedPlan
    from plantrack.measures import Measure
    from plantrack.paths.path import Wish


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
        """Whether the path starts within a bound target or a range, or an actual beyond its target, already."""
        goal, first = self.goal, self.first
        if goal is None or first is None or self.method == "stated":
            return False
        if goal.numeral.bound in {"ge", "gt", "le", "lt", "range"}:
            return goal.interval.contains(first.value)
        is_passed = {"up": first.value >= goal.value, "down": first.value <= goal.value}
        return self.method == "from-actual" and is_passed.get(self.target.indicator.better or "", False)

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
