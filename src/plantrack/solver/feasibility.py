"""Constraints of both kinds together: contradictory only when proven, consistent only with a witness.

Three means, each on what the one before has left: contraction of the box; the point that stays
farthest inside (floats, constraints to first order), whose constraints' dual values make a combination of constraints that the
box may be shown to exclude; the same point made rational so that every constraint holds exactly. Where none
of them decides the box is halved, a few times. What is left is undetermined, and accuses nobody.
"""

from __future__ import annotations

import math
from collections import Counter
from functools import lru_cache, partial
from typing import TYPE_CHECKING, Literal, NamedTuple

import numpy as np

from plantrack.numbers.interval import POSITIVE, to_float
from plantrack.solver.centre import centre
from plantrack.solver.elementary import reduced
from plantrack.solver.linear import are_sums, decide_linearly
from plantrack.solver.propagation import (
    NOTHING,
    Box,
    Polynomial,
    contracted,
    enclosed,
    plus,
    polynomials_of,
    sums_without,
    times,
)
from plantrack.solver.witness import witness

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from numpy.typing import NDArray

    from plantrack.numbers.interval import Interval
    from plantrack.solver.constraints import Constraint
    from plantrack.solver.propagation import Pair
    from plantrack.solver.variables import Variable

    Floats = NDArray[np.float64]

Decision = Literal["contradictory", "consistent", "undetermined"]

MAX_LINEAR = 6
"""Constraints are made linear about the last point at most so often."""
STILL = 1e-9
"""A point obeys a constraint when it is off by less than this part of what the box could change."""
NARROW = 1e-12
"""A variable narrower than this part of itself has one value, as far as floats can tell."""
MAX_HALVINGS = 4
"""How deep a box is halved."""
MAX_KNOWN = 64
"""The constraints of so many problems are kept as polynomials, as they are asked about again and again."""
HARD = 4
"""Halves of what is not decided take so many times as long: all approaches are tried."""
SQUARE, CUBE = 4, 400
"""A decision takes so many steps: the square and the cube of how many constraints and variables there are, over these."""
LARGE = 30
"""Boxes of more variables than this are halved less deep: an answer in time is worth more."""


class Problem(NamedTuple):
    """Constraints, and an interval for each variable; `None` for any number."""

    constraints: tuple[Constraint, ...]
    intervals: Mapping[Variable, Interval | None]

    def polynomials(self) -> list[Polynomial]:
        """The constraints, and what sums say together without the levels that they alone have, and that have no end."""
        multiplied = {
            variable
            for constraint in self.constraints
            if constraint.kind == "product"
            for variable in constraint.variables
        }
        endless = [
            variable
            for variable, interval in self.intervals.items()
            if variable.kind == "level"
            and variable not in multiplied
            and (interval is None or None in (interval.low, interval.high))
        ]
        return _polynomials(self.constraints, tuple(endless))


@lru_cache(maxsize=MAX_KNOWN)
def _polynomials(constraints: tuple[Constraint, ...], endless: tuple[Variable, ...]) -> list[Polynomial]:
    return [*polynomials_of(constraints), *sums_without(constraints, endless)]


def steps_of(problem: Problem) -> float:
    """About how much work a decision is."""
    size = len(problem.constraints) + len(problem.intervals)
    return size**2 / SQUARE + size**3 / CUBE


@np.errstate(all="ignore")
def decide(
    problem: Problem, *, halving: bool = True, pays: Callable[[float], bool] = lambda _: True
) -> Decision:
    """Whether some numbers in all the intervals obey all the constraints.

    Args:
        problem: constraints and intervals.
        halving: whether boxes are halved where nothing else decides.
        pays: whether so many steps may be taken; where not, nothing is decided.
    """
    steps = steps_of(problem)
    if not pays(steps):
        return "undetermined"
    are_all = are_sums(problem.constraints, problem.intervals)
    linear = decide_linearly(problem.constraints, problem.intervals) if are_all else None
    if linear is not None:
        return linear
    polynomials = problem.polynomials()
    box = _box(problem, polynomials)
    halvings = 0 if not halving else MAX_HALVINGS if len(box) <= LARGE else 1
    decision, halves = _decide(problem, polynomials, box)
    if decision != "undetermined":
        return decision
    if not are_all and decide_linearly(problem.constraints, problem.intervals) == "contradictory":
        return "contradictory"

    def halved(boxes: Sequence[Box], depth: int) -> Decision:
        """What is decided of a box that others make together."""
        answers = set()
        for box in boxes if depth else ():
            decision, halves = (
                _decide(problem, polynomials, box) if pays(steps * HARD) else ("undetermined", list)
            )
            if decision == "undetermined":
                decision = halved(halves(), depth - 1)
            if decision == "consistent":
                return decision
            answers.add(decision)
        return "contradictory" if answers == {"contradictory"} else "undetermined"

    return halved(halves(), halvings)


def _decide(
    problem: Problem, polynomials: Sequence[Polynomial], box: Box
) -> tuple[Decision, Callable[[], list[Box]]]:
    """What is decided of a box as it is, and what makes its halves."""
    left = contracted(polynomials, box)
    if left is None:
        return "contradictory", list
    view = _View.of(polynomials, left)
    point, duals, radius = view.middle_point
    for point, duals, radius in view.approaches():  # noqa: B007 - the last dual values are used behind
        if radius < 1 and witness(polynomials, problem.intervals, view.values(point), view.room(point)):
            return "consistent", list
    if radius > 1 - STILL and view.excludes(duals, point):
        return "contradictory", list
    return "undetermined", partial(view.halves, duals)


def _box(problem: Problem, polynomials: Sequence[Polynomial], asked: Variable | None = None) -> Box:
    """Floats around every interval; variables that can be scaled are one, unless asked about."""
    variables = dict.fromkeys(variable for polynomial in polynomials for variable in polynomial.variables)
    scaled = _scalable(problem, polynomials, asked)
    return {
        variable: (1.0, 1.0) if variable in scaled else enclosed(problem.intervals[variable])
        for variable in variables
    }


def _scalable(
    problem: Problem, polynomials: Sequence[Polynomial], asked: Variable | None = None
) -> set[Variable]:
    """Variables that are one without loss: any solution can be scaled so that it still is one.

    Where only shares are printed, amounts have no size. Weights are sought such that all terms of each
    constraint have the same, and variables that are confined have none; those that weights can be chosen for
    freely are the variables.
    """
    free = [
        variable
        for variable, interval in problem.intervals.items()
        if variable != asked and interval is not None and interval == POSITIVE
    ]
    rows = []
    for polynomial in polynomials:
        first, *others = (Counter(monomial) for _, monomial in polynomial.terms)
        for other in others:
            row = {each: other[each] - first[each] for each in free if other[each] != first[each]}
            rows += [row] if row else []
    return set(free) - reduced(rows).keys()


@np.errstate(all="ignore")
def is_contradictory(problem: Problem) -> bool:
    """Whether it is quickly proven that no numbers obey the constraints: without halving, without a witness."""
    if decide_linearly(problem.constraints, problem.intervals) == "contradictory":
        return True
    polynomials = problem.polynomials()
    left = contracted(polynomials, _box(problem, polynomials))
    if left is None:
        return True
    view = _View.of(polynomials, left)
    point, duals, radius = view.chebyshev_centre()
    return radius > 1 - STILL and view.excludes(duals, point)


@np.errstate(all="ignore")
def distance_out(problem: Problem) -> float:
    """How far out, beyond the ends, the point farthest inside lies, in half-widths; below zero inside."""
    polynomials = problem.polynomials()
    box = contracted(polynomials, _box(problem, polynomials))
    if box is None:
        return 1.0
    radius = _View.of(polynomials, box).chebyshev_centre()[2]
    return radius - 1 if math.isfinite(radius) else 1.0


@np.errstate(all="ignore")
def likely_range(problem: Problem, variable: Variable) -> tuple[float, float] | None:
    """Between which values of one variable the constraints may hold; `None` where they do not for any, it seems.

    A variable that the others leave no room has what contraction left of it. The variable's own interval is left out of account. Floats: from the value at which all others are
    farthest inside, each way to where the first of them is at an end.
    """
    polynomials = problem.polynomials()
    if variable not in problem.intervals:
        return None
    box = contracted(polynomials, _box(problem, polynomials, variable))
    if box is None:
        return None
    view = _View.of(polynomials, box)
    point, _, radius = view.chebyshev_centre()
    if radius >= 1:
        return None
    if variable not in view.variables:
        return box[variable]

    def off(value: float) -> float:
        found = _View.of(polynomials, box | {variable: (value, value)}).chebyshev_centre()[2]
        return found - 1 if math.isfinite(found) else FAR

    inside = view.values(point)[variable]
    step = max(abs(inside), float(view.half[view.variables.index(variable)])) * FIRST_STEP
    edges = [_edge(off, inside, radius - 1, by) for by in (-step, step)]
    return edges[0], edges[1]


def _edge(off: Callable[[float], float], inside: float, off_inside: float, step: float) -> float:
    """Where `off` rises through zero on the way from `inside`: steps that double, then false positions."""
    outside, off_outside = inside + step, off(inside + step)
    for _ in range(MAX_STEPS):
        if off_outside > 0:
            break
        step *= 4
        inside, off_inside = outside, off_outside
        outside, off_outside = inside + step, off(inside + step)
    else:
        return math.copysign(math.inf, step)
    for _ in range(MAX_STEPS):
        between = (inside * off_outside - outside * off_inside) / (off_outside - off_inside)
        found = off(between)
        if abs(found) < EXACT:
            return between
        if found > 0:
            outside, off_outside, off_inside = between, found, off_inside / 2
        else:
            inside, off_inside, off_outside = between, found, off_outside / 2
    return inside


FIRST_STEP = 1e-3
EXACT = 1e-3
MAX_STEPS = 12


class _View(NamedTuple):
    """A box and constraints as arrays: variables that can move, their middles and half-widths."""

    polynomials: tuple[Polynomial, ...]
    box: Box
    variables: tuple[Variable, ...]
    middle: Floats
    half: Floats
    has_low: NDArray[np.bool_]
    has_high: NDArray[np.bool_]

    @classmethod
    def of(cls, polynomials: Sequence[Polynomial], box: Box) -> _View:
        spans = {variable: _middle_and_half(*ends) for variable, ends in box.items()}
        variables = tuple(
            variable for variable, (middle, half) in spans.items() if half > NARROW * max(abs(middle), NARROW)
        )
        ends = np.array([box[variable] for variable in variables]).reshape(-1, 2)
        sizes = np.array([spans[variable] for variable in variables]).reshape(-1, 2)
        finite = np.abs(ends) <= HUGE
        return cls(tuple(polynomials), box, variables, sizes[:, 0], sizes[:, 1], finite[:, 0], finite[:, 1])

    def values(self, point: Floats) -> dict[Variable, float]:
        """Every variable's value at a place in half-widths."""
        values = {variable: _middle_and_half(*ends)[0] for variable, ends in self.box.items()}
        return values | dict(zip(self.variables, (self.middle + self.half * point).tolist(), strict=True))

    def room(self, point: Floats) -> dict[Variable, float]:
        """How far each variable can move before it meets an end."""
        above = np.where(self.has_low, 1 + point, 1.0)
        below = np.where(self.has_high, 1 - point, 1.0)
        inside = np.clip(np.minimum(above, below), 0, None)
        return dict(zip(self.variables, (inside * self.half).tolist(), strict=True))

    @property
    def middle_point(self) -> tuple[Floats, Floats, float]:
        """The middle of the box, before any constraint is looked at."""
        return np.zeros(len(self.variables)), np.zeros(len(self.polynomials)), 0.0

    def chebyshev_centre(self) -> tuple[Floats, Floats, float]:
        """The last of the places that approach it."""
        *_, last = self.approaches()
        return last

    def approaches(self) -> Iterator[tuple[Floats, Floats, float]]:
        """Places nearer and nearer to the one farthest inside, at least one; the constraints' dual values, how far out (1: at an end).

        Constraints are linear about the last place, each row divided by what the box could change of it. Constraints that
        follow from others leave more room about a place that obeys them all, so one that lies outside is
        not the last.
        """
        found, before = self.middle_point, math.inf
        for number in range(MAX_LINEAR):
            ahead = self._nearer(found[0], number and (found[2], before))
            if ahead is None:
                break
            before, found = found[2] if number else math.inf, ahead
            yield found
            if found[2] > FAR:
                return
        if not number:
            yield found

    def _nearer(
        self, point: Floats, reached: tuple[float, float] | Literal[0]
    ) -> tuple[Floats, Floats, float] | None:
        """The place farthest inside by the constraints made linear about one; `None` where that is the last."""
        with np.errstate(all="ignore"):  # numbers that floats cannot hold end the search, and decide nothing
            amounts, slopes = self._linear(self.values(point))
            rows = slopes * self.half
            sizes = np.abs(rows).sum(axis=1)
            used = sizes > 0
            if not (used.any() and np.isfinite(sizes).all() and np.isfinite(amounts).all()):
                return None
            rows, off = rows[used] / sizes[used, None], amounts[used] / sizes[used]
            if reached and np.abs(off).max() < STILL and (reached[0] < 1 or reached[0] > reached[1] - STILL):
                return None
            try:
                found = centre(rows, rows @ point - off, self.has_low, self.has_high)
            except np.linalg.LinAlgError:
                return None
            duals = np.zeros(len(self.polynomials))
            duals[used] = found.duals / sizes[used]
            return found.point, duals, found.radius

    def _linear(self, values: dict[Variable, float]) -> tuple[Floats, Floats]:
        """What the constraints come to at a place `(m,)`, and their slopes there `(m, n)`."""
        number = {variable: at for at, variable in enumerate(self.variables)}
        amounts = np.zeros(len(self.polynomials))
        slopes = np.zeros((len(self.polynomials), len(self.variables)))
        for row, polynomial in enumerate(self.polynomials):
            for coefficient, monomial in polynomial.terms:
                factors = [values[variable] for variable in monomial]
                amounts[row] += to_float(coefficient) * math.prod(factors)
                for at, variable in enumerate(monomial):
                    if variable in number:
                        others = math.prod(factors[:at] + factors[at + 1 :])
                        slopes[row, number[variable]] += to_float(coefficient) * others
        return amounts, slopes

    # -- proofs

    def excludes(self, duals: Floats, point: Floats) -> bool:
        """Whether the constraints, each times its dual value, cannot add up to zero anywhere in the box: proven.

        The sum is written about the place, `c x y = c x0 y0 + c y (x - x0) + c x0 (y - y0)`, so that
        variables that all but cancel do so before they are enclosed; every float is rounded outward.
        """
        values = self.values(point)
        total = NOTHING
        slopes: dict[Variable, Pair] = {}
        for price, polynomial in zip(duals.tolist(), self.polynomials, strict=True):
            if not price:
                continue
            for coefficient, monomial in polynomial.enclosed_terms:
                number = times((price, price), coefficient)
                here = number
                for variable in monomial:
                    here = times(here, (values[variable], values[variable]))
                total = plus(total, here)
                for at, variable in enumerate(monomial):
                    slope = number
                    for other, each in enumerate(monomial):
                        if other != at:
                            slope = times(slope, (values[each],) * 2 if other < at else self.box[each])
                    slopes[variable] = plus(slopes.get(variable, NOTHING), slope)
        for variable, slope in slopes.items():
            low, high = self.box[variable]
            away = plus((low, high), (-values[variable], -values[variable]))
            total = plus(total, times(slope, away))
        return total[0] > 0 or total[1] < 0

    def halves(self, duals: Floats) -> list[Box]:
        """The box cut in two where it matters most: at the variable with the widest part in curved terms."""
        weight: dict[Variable, float] = {}
        halfs = dict(zip(self.variables, self.half.tolist(), strict=True))
        values = {variable: _middle_and_half(*ends)[0] for variable, ends in self.box.items()}
        for price, polynomial in zip((np.abs(duals) + TRACE).tolist(), self.polynomials, strict=True):
            for coefficient, monomial in polynomial.terms:
                moving = [variable for variable in monomial if variable in halfs]
                if len(moving) > 1:
                    size = (
                        price
                        * abs(to_float(coefficient))
                        * math.prod(abs(values[each]) or 1.0 for each in monomial)
                    )
                    for variable in moving:
                        weight[variable] = weight.get(variable, 0.0) + size * halfs[variable] / (
                            abs(values[variable]) or 1.0
                        )
        if not weight:
            return []
        variable = max(weight, key=lambda each: weight[each])
        low, high = self.box[variable]
        middle = values[variable]
        return [self.box | {variable: (low, middle)}, self.box | {variable: (middle, high)}]


TRACE = 1e-30
FAR = 1e6
HUGE = 1e100
"""Ends beyond this are no ends that floats should reckon with."""


def _middle_and_half(low: float, high: float) -> tuple[float, float]:
    """The middle of an interval and its half-width; without an end, somewhere inside and its size."""
    low, high = (-math.inf if low < -HUGE else low), (math.inf if high > HUGE else high)
    if math.isinf(low) and math.isinf(high):
        return 0.0, 1.0
    if math.isinf(high):
        half = abs(low) / 2 or 1.0
        return low + half, half
    if math.isinf(low):
        half = abs(high) / 2 or 1.0
        return high - half, half
    return (low + high) / 2, (high - low) / 2
