"""Paths: from a base to a target, year by year.

A method is one function over arrays, registered by its decorator: base and target in, the values of
every year out. Both ends are exact.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from plantrack.audit import Target, audit_plans
from plantrack.growth import compounded, implied_rate
from plantrack.language import Text, text

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import ArrayLike

    from plantrack.catalogue import Catalogue
    from plantrack.figures import Figure
    from plantrack.growth import Floats
    from plantrack.loading import LoadedPlan
    from plantrack.measures import Measure
    from plantrack.plan import Indicator

    Method = Callable[[ArrayLike, ArrayLike, int], Floats]

METHODS: dict[str, Method] = {}
"""Name of a method -> the method."""


def method(name: str) -> Callable[[Method], Method]:
    """Register a path method under the name that `--method` takes."""

    def register(function: Method) -> Method:
        METHODS[name] = function
        return function

    return register


@method("growth")
def constant_growth(base: ArrayLike, target: ArrayLike, years: int) -> Floats:
    """The same rate every year: `base * (target / base) ** (year / years)`.

    Args:
        base: positive values, any shape, in the indicator's unit.
        target: values of the same shape.
        years: how many years lie between, at least one.

    Returns:
        Shape `(*base.shape, years + 1)`; the first and the last value are base and target exactly.
    """
    start = np.asarray(base, dtype=np.float64)[..., np.newaxis]
    rate = implied_rate(base, target, years)[..., np.newaxis]
    return _with_exact_ends(compounded(start, rate, np.arange(years + 1)), base, target)


@method("linear")
def constant_step(base: ArrayLike, target: ArrayLike, years: int) -> Floats:
    """The same step every year: `base + (target - base) * year / years`; shapes as `constant_growth`."""
    start = np.asarray(base, dtype=np.float64)[..., np.newaxis]
    end = np.asarray(target, dtype=np.float64)[..., np.newaxis]
    return _with_exact_ends(start + (end - start) * np.arange(years + 1) / years, base, target)


def _with_exact_ends(values: Floats, base: ArrayLike, target: ArrayLike) -> Floats:
    values[..., 0] = base
    values[..., -1] = target
    return values


def whole_steps(values: Floats) -> Floats:
    """Whole numbers nearest to the path; their steps are whole and add up to the way exactly."""
    return np.floor(values + 0.5)


class Path(NamedTuple):
    """One indicator's way to its target, or why there is none.

    `values`, `low` and `high` have one entry a year, in the indicator's unit (per cent as
    fractions); the band is what the roundings of base and target allow, `inf` without an end.
    `rate` is the yearly rate of a constant growth, `step` the yearly step of a linear path.
    """

    indicator_id: str
    place: str
    indicator: Indicator
    method: str
    base: Figure | None
    target: Figure | None
    years: tuple[int, ...]
    values: Floats
    low: Floats
    high: Floats
    rate: float | None
    step: float | None
    note: Text | None
    why: Text | None

    @property
    def bound(self) -> str | None:
        """The target's bound, `ge` and the like; the path is then the least or the greatest."""
        return self.target.measure.numeral.bound if self.target and self.target.measure else None


def project_paths(loaded: LoadedPlan, catalogue: Catalogue, *, name: str | None = None) -> list[Path]:
    """The path of every indicator of a plan that has a target, in the order of the file.

    Args:
        loaded: a plan that was read without error.
        catalogue: units and indicators.
        name: method for all of them; where omitted, constant growth for stocks and flows, constant
            steps for ratios.
    """
    audit = audit_plans([loaded], catalogue)
    assert loaded.plan is not None
    return [_project(target, name) for target in main_targets(audit.targets, loaded.plan.target)]


def main_targets(targets: Sequence[Target], year: str) -> list[Target]:
    """For each quantity the target to follow: a number, for the plan's target year, beside its base."""
    best: dict[tuple[str, str, str | None], Target] = {}
    for target in targets:
        key = target.figure.indicator, target.figure.place, target.figure.row.scope
        if key not in best or _preference(target, year) > _preference(best[key], year):
            best[key] = target
    return list(best.values())


def _preference(target: Target, year: str) -> tuple[bool, bool, bool, bool, bool]:
    has_number = target.target is not None and target.target.measure is not None
    beside = target.base is not None and target.base.section == target.figure.section
    return (
        has_number,
        len(target.due) == YEAR_DIGITS,
        target.due == year,
        has_number and beside,
        has_number and target.stated is not None,
    )


def _project(target: Target, name: str | None) -> Path:
    name = name or ("linear" if target.indicator.kind == "ratio" else "growth")
    why = _obstacle(target, name)
    if why is not None:
        return _without_path(target, name, why)
    assert target.base is not None and target.target is not None  # noqa: PT018
    base, goal = target.base.measure, target.target.measure
    assert base is not None
    assert goal is not None
    first, last = int(target.start), int(target.due)
    met = _is_met(base, goal)
    with np.errstate(invalid="ignore"):
        values, low, high = METHODS[name](_ends(base), _ends(base if met else goal), last - first)
    if base.whole and goal.whole:
        values, low, high = whole_steps(values), whole_steps(low), whole_steps(high)
    return Path(
        indicator_id=target.figure.indicator,
        place=target.figure.place,
        indicator=target.indicator,
        method=name,
        base=target.base,
        target=target.target,
        years=tuple(range(first, last + 1)),
        values=values,
        low=low,
        high=high,
        rate=float(implied_rate(values[0], values[-1], last - first)) if name == "growth" else None,
        step=float(values[-1] - values[0]) / (last - first) if name == "linear" else None,
        note=text("the target is met already: the base is held") if met else _NOTES.get(goal.numeral.bound),
        why=None,
    )


def _without_path(target: Target, name: str, why: Text) -> Path:
    nothing = np.empty(0)
    figure = target.figure
    return Path(
        figure.indicator, figure.place, target.indicator, name, target.base, target.target,
        (), nothing, nothing, nothing, None, None, None, why,
    )  # fmt: skip


_NOTES: dict[str | None, Text] = {
    "ge": text("the target is a lower bound: this is the least path"),
    "gt": text("the target is a lower bound: this is the least path"),
    "le": text("the target is an upper bound: this is the greatest path"),
    "lt": text("the target is an upper bound: this is the greatest path"),
    "range": text("the target is a range: the path leads to its middle"),
    "about": text("the target is approximate"),
}


def _obstacle(target: Target, name: str) -> Text | None:
    """What is missing for a path; `None` where nothing is."""
    if target.target is None or target.target.measure is None:
        return text("no number is printed for {time}", time=target.due)
    if target.base is None or target.base.measure is None:
        return text("no base is printed for {time}", time=target.start)
    if len(target.start) != YEAR_DIGITS or len(target.due) != YEAR_DIGITS:
        return text("base and target are not years")
    if name == "growth" and target.base.measure.value <= 0:
        return text(
            'the base "{text}" is not above zero, so no rate leads from it; --method linear does',
            text=target.base.text,
        )
    if name == "growth" and target.target.measure.value <= 0:
        return text(
            'the target "{text}" is not above zero, so no rate leads to it; --method linear does',
            text=target.target.text,
        )
    return None


def _is_met(base: Measure, goal: Measure) -> bool:
    """Whether the base lies within a bound target or a range already."""
    if goal.numeral.bound in {"ge", "gt", "le", "lt", "range"}:
        return goal.interval.contains(base.value)
    return False


def _ends(measure: Measure) -> Floats:
    """The printed value and the ends of its interval, `inf` where there is none."""
    interval = measure.interval
    low = -np.inf if interval.low is None else float(interval.low)
    high = np.inf if interval.high is None else float(interval.high)
    value = float(measure.value)
    if measure.whole and measure.numeral.bound in _STRICT:
        value += _STRICT[measure.numeral.bound]
    return np.array([value, low, high])


_STRICT = {"gt": 1.0, "lt": -1.0}
"""The nearest whole number beyond a bound that is not included: 超过50家 is 51 at least."""
YEAR_DIGITS = 4
