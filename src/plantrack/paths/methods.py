"""Path methods: arrays in, arrays out, each one function registered by its decorator.

Values are floats in an indicator's own unit (per cent as fractions), years are offsets from where the
path starts. Nothing here knows a plan.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from plantrack.errors import PlantrackError
from plantrack.language import listing, text
from plantrack.numbers.growth import implied_rate

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import ArrayLike

    from plantrack.numbers.growth import Floats

    Method = Callable[["Course"], Floats]


class Course(NamedTuple):
    """What paths may go by; `base`, `target` and `pace` are arrays of one shape `(...)`.

    `years` lie between base and target; the path goes on to `last`, which is extrapolation where it
    is more. `pace` is what is printed of the way: a rate as a fraction a year, or with `in_steps` a
    step in the unit a year. `marks` are the offsets of values printed in between, in order, and
    `values`, shape `(..., len(marks))`, are these.
    """

    base: Floats
    target: Floats
    years: int
    last: int
    in_steps: bool = False
    pace: Floats | None = None
    marks: tuple[int, ...] = ()
    values: Floats | None = None


METHODS: dict[str, Method] = {}
"""Name of a method, as `--method` takes it -> the method."""


def method(name: str) -> Callable[[Method], Method]:
    """Register a path method: a course in, values of shape `(..., last + 1)` out."""

    def register(function: Method) -> Method:
        METHODS[name] = function
        return function

    return register


def require_method(name: str | None) -> None:
    """Refuse a method that there is not.

    Raises:
        PlantrackError: naming those that there are.
    """
    if name is not None and name not in METHODS:
        raise PlantrackError(
            text('there is no method "{name}"; there are: {names}', name=name, names=listing(*METHODS))
        )


# -- closed forms --------------------------------------------------------------------------------


def constant_growth(base: ArrayLike, target: ArrayLike, years: int, *, last: int | None = None) -> Floats:
    """The same rate every year: `base * (target / base) ** (year / years)`.

    Args:
        base: positive values, any shape `(...)`, in the indicator's unit.
        target: non-negative values of the same shape.
        years: how many years lie between, at least one.
        last: how many years to go; where it is more than `years`, at the same rate.

    Returns:
        Shape `(..., last + 1)`; base and target stand in it exactly. `nan` in between where no
        rate leads from base to target. Source: the compound annual growth rate, 年均增速. One power
        for each path, the years by multiplication: six years are ten times faster than six powers.
    """
    values = _empty(base, target, last or years)
    with np.errstate(invalid="ignore", over="ignore"):
        factor = implied_rate(base, target, years)
        factor += 1.0
        for year in range(1, len(values)):
            np.multiply(values[year - 1] if year - 1 != years else target, factor, out=values[year, ...])
    return _with_exact_ends(values, target, years)


def constant_step(base: ArrayLike, target: ArrayLike, years: int, *, last: int | None = None) -> Floats:
    """The same step every year: `base + (target - base) * year / years`.

    Arguments and shapes as in `constant_growth`; base and target may be any numbers.
    """
    values = _empty(base, target, last or years)
    with np.errstate(invalid="ignore"):
        step = (np.asarray(target, dtype=np.float64) - np.asarray(base, dtype=np.float64)) / years
        for year in range(1, len(values)):
            np.multiply(step, year, out=values[year, ...])
            values[year] += values[0]
    return _with_exact_ends(values, target, years)


def through(at: Sequence[int], values: Floats, *, last: int, in_steps: bool = False) -> Floats:
    """Through every value, growing at one rate (or in equal steps) from each to the next.

    Args:
        at: offsets of the values in years, ascending, the first zero.
        values: shape `(..., len(at))`, in the indicator's unit.
        last: the last year; beyond the last value it goes on as before it.
        in_steps: equal steps instead of one rate.

    Returns:
        Shape `(..., last + 1)`; every given value stands in it exactly.
    """
    between = constant_step if in_steps else constant_growth
    parts = []
    for number, (start, end) in enumerate(pairwise(at)):
        final = number == len(at) - 2
        part = between(
            values[..., number], values[..., number + 1], end - start, last=last - start if final else None
        )
        parts.append(part if final else part[..., :-1])
    return np.concatenate(parts, axis=-1)


def whole_steps(values: Floats) -> Floats:
    """Whole numbers nearest to the path; their steps are whole and add up to the way exactly."""
    return np.floor(values + 0.5)


def _empty(base: ArrayLike, target: ArrayLike, last: int) -> Floats:
    """Years first, so that a year of all paths lies together in memory; the first filled in."""
    shape = np.broadcast_shapes(np.shape(base), np.shape(target))
    values = np.empty((last + 1, *shape))
    values[0] = base
    return values


def _with_exact_ends(values: Floats, target: ArrayLike, years: int) -> Floats:
    values[years] = target
    return np.moveaxis(values, 0, -1)


# -- methods -------------------------------------------------------------------------------------


@method("growth")
def at_one_rate(course: Course) -> Floats:
    """Constant growth from base to target; see `constant_growth`."""
    return constant_growth(course.base, course.target, course.years, last=course.last)


@method("linear")
def in_equal_steps(course: Course) -> Floats:
    """Equal steps from base to target; see `constant_step`."""
    return constant_step(course.base, course.target, course.years, last=course.last)


@method("stated")
def at_the_printed_pace(course: Course) -> Floats:
    """What is printed of the way, from the base, wherever it leads.

    `base * (1 + pace) ** year`, or `base + pace * year` in steps. The target is not reached by
    construction: the difference in the target year is what the printed pace misses it by.
    """
    assert course.pace is not None
    values = _empty(course.base, course.pace, course.last)
    for year in range(1, len(values)):
        if course.in_steps:
            np.add(values[0], course.pace * year, out=values[year, ...])
        else:
            np.multiply(values[year - 1], 1.0 + course.pace, out=values[year, ...])
    return np.moveaxis(values, 0, -1)


@method("milestones")
def through_what_is_printed(course: Course) -> Floats:
    """From base to target through every value printed in between; see `through`."""
    at = (0, *course.marks, course.years)
    between = [] if course.values is None else [course.values]
    values = np.concatenate([course.base[..., np.newaxis], *between, course.target[..., np.newaxis]], axis=-1)
    return through(at, values, last=course.last, in_steps=course.in_steps)


@method("from-actual")
def from_the_latest_actual(course: Course) -> Floats:
    """From the latest actual, which the course has as its base, to the target.

    At one rate, or in equal steps where the course says so: the pace needed for the years left.
    """
    return through(
        (0, course.years),
        np.stack([course.base, course.target], axis=-1),
        last=course.last,
        in_steps=course.in_steps,
    )
