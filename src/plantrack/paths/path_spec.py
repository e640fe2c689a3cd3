"""What a path is drawn from: where it starts, where it leads, and what it goes by."""

from __future__ import annotations

from itertools import zip_longest
from typing import TYPE_CHECKING, NamedTuple

from plantrack.paths.bounds import pace_of
from plantrack.paths.choose import printed_base, printed_levels, year_of
from plantrack.paths.methods import METHODS
from plantrack.paths.path import Path
from plantrack.paths.revision import revision_of
from plantrack.plan.actuals import of_quantity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from plantrack.audit import Target
    from plantrack.numbers.growth import Floats
    from plantrack.paths.methods import Method
    from plantrack.paths.path import Wish
    from plantrack.paths.revision import Revision
    from plantrack.plan.actuals import Actual
    from plantrack.plan.measures import Measure
    from plantrack.plan.plan import Plan


class Anchor(NamedTuple):
    """A year whose value is given: printed or an actual, or held where that meets what is asked already."""

    year: int
    measure: Measure
    is_held: bool = False


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
        if "actual" not in self.method.needs or asked is not self.path.goal:
            return False
        is_passed = {"up": reached.value >= asked.value, "down": reached.value <= asked.value}
        return is_passed.get(self.path.indicator.better or "", False)

    @property
    def in_steps(self) -> bool:
        """Whether it goes in equal steps, where the method leaves that to the indicator."""
        if "pace" in self.method.needs:
            return self.pace_in_steps
        return self.path.indicator.kind == "ratio" or any(each.measure.value <= 0 for each in self.route)

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
    due = year_of(target.due)
    goal = target.target.measure if target.target is not None else None
    base = target.base or printed_base(plan.figures, target)
    first = base.measure if base is not None else None
    pace, in_steps = (pace_of(target.stated) if target.stated is not None else None) or (None, False)
    method = wish.method or _usual_method(target, first, goal, may_be_stated=pace is not None)
    actual, revision = _actual_and_revision(target, first, method, wish)
    figure = target.figure
    path = Path(
        plan=figure.plan,
        indicator_id=figure.indicator,
        place=figure.place,
        scope=figure.row.scope or "",
        indicator=target.indicator,
        method=method,
        base=base,
        target=target.target,
        stated=target.stated,
        start=actual,
        due=due,
        printed=printed_levels(plan.figures, target),
        until=due,
        revision=revision,
        moved=revision.moved(goal) if revision is not None and revision.moves and goal is not None else None,
    )
    start = actual.year if actual is not None else year_of(target.start)
    return PathSpec(path, target, start, max(due or 0, wish.to or 0), pace, in_steps)


def _actual_and_revision(
    target: Target, first: Measure | None, method: str, wish: Wish
) -> tuple[Actual | None, Revision | None]:
    """The actual that a path starts from: the latest, for want of a printed base, or where that was revised."""
    start, due = year_of(target.start), year_of(target.due)
    actuals = of_quantity(wish.actuals, target.figure.indicator, target.figure.place)
    of_start = next((each for each in actuals if each.year == start), None)
    actual, revision = (None if first is not None else of_start), None
    if "actual" in METHODS[method].needs:
        actual = next((each for each in reversed(actuals) if due is not None and each.year < due), None)
    if first is not None and of_start is not None and wish.base != "printed":
        revision = revision_of(first, of_start, target.indicator)
    return actual or (revision.given if revision is not None else None), revision


def _usual_method(target: Target, first: Measure | None, goal: Measure | None, *, may_be_stated: bool) -> str:
    """Constant growth of stocks and flows or where a rate is printed; else, and from or to zero or less, steps."""
    if goal is None and may_be_stated:
        return "stated"
    if any(each is not None and each.value <= 0 for each in (first, goal)):
        return "linear"
    is_rate = target.stated is not None and target.stated.kind in {"growth", "total_growth", "multiple"}
    return "linear" if target.indicator.kind == "ratio" and not is_rate else "growth"
