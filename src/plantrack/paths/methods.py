"""Path methods: each is one function over arrays that carries its title, its needs and its notes.

What a method carries is all that the rest of the program knows of it: the command line offers it, tables
name it, and its paths are drawn, noted and tracked.

Values are floats in an indicator's own unit (per cent as fractions), years are offsets from the start.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple

import numpy as np

from plantrack.errors import PlantrackError
from plantrack.language import Text, listing, text
from plantrack.numbers.growth import constant_growth, constant_step, through
from plantrack.paths.notes import no_notes, of_printed_pace, of_values_between

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from plantrack.numbers.growth import Floats
    from plantrack.paths.path import Path
    from plantrack.paths.path_spec import PathSpec

    Formula = Callable[["Course"], Floats]
    Notes = Callable[[Path, PathSpec], Iterator[Text]]

Need = Literal["target", "pace", "actual", "positive", "values"]
"""What a method goes by.

Without a `target`, a printed `pace`, an `actual` before the target year to start from, or numbers that are
`positive`, there is no path. `values` printed for the years between are gone through where there are any.
"""


class Course(NamedTuple):
    """What a path goes by; `base`, `target` and `pace` are arrays of one shape `(...)`.

    `years` lie between base and target; beyond them, to `last`, is extrapolation. `pace` is printed: a rate as a
    fraction a year, or with `in_steps` a step in the unit a year. `marks` are the offsets of values printed in
    between, `values`, shape `(..., len(marks))`.
    """

    base: Floats
    target: Floats
    years: int
    last: int
    in_steps: bool = False
    pace: Floats | None = None
    marks: tuple[int, ...] = ()
    values: Floats | None = None


class Method(NamedTuple):
    """A registered path method.

    `formula` gives a course's values, shape `(..., last + 1)`; `pace` is what is the same in every year, `either` by
    the indicator; `notes` are those of its paths alone.
    """

    name: str
    title: Text
    needs: tuple[Need, ...]
    pace: Literal["rate", "step", "either"] | None
    notes: Notes
    formula: Formula


METHODS: dict[str, Method] = {}
"""Name of a method, as `--method` takes it -> the method."""


def method(
    name: str,
    *,
    title: Text,
    needs: tuple[Need, ...] = ("target",),
    pace: Literal["rate", "step", "either"] | None = None,
    notes: Notes = no_notes,
) -> Callable[[Formula], Formula]:
    """Register a path method; see `Method` and `Need`."""

    def register(formula: Formula) -> Formula:
        METHODS[name] = Method(name, title, needs, pace, notes, formula)
        return formula

    return register


def require_method(name: str | None) -> None:
    """Refuse a method that there is not, by a `PlantrackError` that names those that there are."""
    if name is not None and name not in METHODS:
        raise PlantrackError(
            text('there is no method "{name}"; there are: {names}', name=name, names=listing(*METHODS))
        )


@method("growth", title=text("constant growth"), needs=("target", "positive"), pace="rate")
def at_one_rate(course: Course) -> Floats:
    """`base * (target / base) ** (year / years)`; unit, shape and source as in `constant_growth`."""
    return constant_growth(course.base, course.target, course.years, last=course.last)


@method("linear", title=text("constant step"), pace="step")
def in_equal_steps(course: Course) -> Floats:
    """`base + (target - base) * year / years`; unit, shape and source as in `constant_step`."""
    return constant_step(course.base, course.target, course.years, last=course.last)


@method("stated", title=text("at the printed pace"), needs=("pace",), pace="either", notes=of_printed_pace)
def at_the_printed_pace(course: Course) -> Floats:
    """`base * (1 + pace) ** year`, or `base + pace * year` in steps, wherever that leads.

    Shape `(..., last + 1)`, in the base's unit. The target is not reached by construction: the difference in the
    target year is what the printed pace misses it by. Source: compound growth.
    """
    assert course.pace is not None
    values = np.empty((course.last + 1, *course.base.shape))
    values[0], factor = course.base, 1.0 + course.pace
    for year in range(1, len(values)):
        values[year] = values[0] + course.pace * year if course.in_steps else values[year - 1] * factor
    return np.moveaxis(values, 0, -1)


@method("from-actual", title=text("from the latest actual"), needs=("target", "actual"), pace="either")
@method(
    "milestones",
    title=text("through the printed values"),
    needs=("target", "values"),
    pace="either",
    notes=of_values_between,
)
def through_given_values(course: Course) -> Floats:
    """`value * (next / value) ** (year / years)` from each given value to the next, or equal steps.

    From the latest actual there is none between it and the target. Unit, shape and source as in `through`.
    """
    at = (0, *course.marks, course.years)
    between = [] if course.values is None else [course.values]
    values = np.concatenate([course.base[..., np.newaxis], *between, course.target[..., np.newaxis]], axis=-1)
    return through(at, values, last=course.last, in_steps=course.in_steps)
