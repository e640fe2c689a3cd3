"""Whether constraints of both kinds can be obeyed: contradictory only when proven, consistent only with a witness.

Branch and prune (Van Hentenryck, McAllester and Kapur, "Solving Polynomial Systems Using a Branch and Prune
Approach", SIAM J. Numer. Anal. 34, 1997). Sums alone are decided exactly by the simplex method. Otherwise
each box is first contracted (`propagation`); its Chebyshev centre (`linearization`) is made an exact witness,
or its dual values a certificate that the box holds no solution. Where neither decides, the box is halved, a
few times. What is left is undetermined, and accuses nobody. Cost: `Problem.steps` a box, at most
`2**MAX_HALVINGS` boxes.
"""

from __future__ import annotations

import math
from functools import partial, reduce
from typing import TYPE_CHECKING, Literal, NamedTuple

import numpy as np

from plantrack.numbers.interval import to_float
from plantrack.solver.limits import LARGE, MAX_HALVINGS
from plantrack.solver.linear import decide_linearly
from plantrack.solver.linearization import STILL, LinearizedBox
from plantrack.solver.projection import projected
from plantrack.solver.propagation import NOTHING, Box, Pair, Polynomial, contracted, plus, times
from plantrack.solver.witness import witness

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray

    from plantrack.solver.centre import Centre
    from plantrack.solver.problem import Problem
    from plantrack.solver.variables import Variable

    Floats = NDArray[np.float64]

Decision = Literal["contradictory", "consistent", "undetermined"]

PROJECTED = 4
"""Steps that a constraint takes to be projected."""
HARD = 4
"""Halves of what is not decided take so many times as long: all approaches are tried."""
TRACE = 1e-30
"""Added to dual values, so that curved constraints without one still count where a box is halved."""


@np.errstate(all="ignore")
def decide(
    problem: Problem, *, halving: bool = True, pays: Callable[[float], bool] = lambda _: True
) -> Decision:
    """Whether some numbers in all the intervals obey all the constraints.

    Args:
        problem: constraints and intervals.
        halving: whether boxes are halved where nothing else decides.
        pays: whether so many steps may be taken; where not, no more is decided than a projection decides.
    """
    if not pays(PROJECTED * len(problem.constraints)):
        return "undetermined"
    left = projected(problem)
    if left is None or not left.constraints:
        return "contradictory" if left is None else "consistent"
    if not pays(left.steps):
        return "undetermined"
    linear = decide_linearly(left.constraints, left.intervals, exactly=True)
    if linear is not None:
        return linear
    search = _BranchAndPrune(left, left.polynomials(), pays)
    box = left.box(search.polynomials)
    halvings = 0 if not halving else MAX_HALVINGS if len(box) <= LARGE else 1
    decision, halves = search.decided(box)
    if decision != "undetermined":
        return decision
    if decide_linearly(left.constraints, left.intervals) == "contradictory":
        return "contradictory"
    return search.decided_in_parts(halves(), halvings)


class _BranchAndPrune(NamedTuple):
    problem: Problem
    polynomials: Sequence[Polynomial]
    pays: Callable[[float], bool]

    def decided(self, box: Box) -> tuple[Decision, Callable[[], list[Box]]]:
        """What is decided of a box as it is, and what makes its halves."""
        left = contracted(self.polynomials, box)
        if left is None:
            return "contradictory", list
        view = LinearizedBox.of(self.polynomials, left)
        nearest = view.nearest()
        if nearest is not None and self._has_witness(view, nearest):
            return "consistent", list
        last = view.middle_centre
        for last in view.approaches():
            if last.radius < 1 and self._has_witness(view, last.point):
                return "consistent", list
        if last.radius > 1 - STILL and excludes(view, last):
            return "contradictory", list
        return "undetermined", partial(_halves, view, last.duals)

    def _has_witness(self, view: LinearizedBox, point: Floats) -> bool:
        values, room = view.values(point), view.room(point)
        return witness(self.polynomials, self.problem.intervals, values, room) is not None

    def decided_in_parts(self, boxes: Sequence[Box], depth: int) -> Decision:
        """What is decided of a box that others make together, each halved so many times."""
        answers = set()
        for box in boxes if depth else ():
            decision: Decision = "undetermined"
            halves: Callable[[], list[Box]] = list
            if self.pays(self.problem.steps * HARD):
                decision, halves = self.decided(box)
            if decision == "undetermined":
                decision = self.decided_in_parts(halves(), depth - 1)
            if decision == "consistent":
                return decision
            answers.add(decision)
        return "contradictory" if answers == {"contradictory"} else "undetermined"


def _halves(view: LinearizedBox, duals: Floats) -> list[Box]:
    """The box cut in two where it matters most: at the variable with the widest part in curved terms."""
    weight: dict[Variable, float] = {}
    halfs = dict(zip(view.variables, view.half.tolist(), strict=True))
    values = view.values(np.zeros(len(view.variables)))
    for price, polynomial in zip((np.abs(duals) + TRACE).tolist(), view.polynomials, strict=True):
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
    low, high = view.box[variable]
    middle = values[variable]
    return [view.box | {variable: (low, middle)}, view.box | {variable: (middle, high)}]


def excludes(view: LinearizedBox, centre: Centre) -> bool:
    """Whether `0 not in sum_k y_k f_k(box)`, for dual values `y`: then no point of the box obeys every `f_k(x) = 0`.

    The nonlinear form of Farkas' lemma, enclosed by the mean value form (Neumaier, "Interval Methods for Systems of
    Equations", 1990, section 2.3): about the point, `c x y = c x0 y0 + c y (x - x0) + c x0 (y - y0)`, so that
    variables that all but cancel do so before they are enclosed. Every float is rounded outward: it is a proof.
    """
    values = view.values(centre.point)
    total = NOTHING
    slopes: dict[Variable, Pair] = {}
    for price, polynomial in zip(centre.duals.tolist(), view.polynomials, strict=True):
        if not price:
            continue
        for coefficient, monomial in polynomial.enclosed_terms:
            number = times((price, price), coefficient)
            here = number
            for variable in monomial:
                here = times(here, (values[variable], values[variable]))
            total = plus(total, here)
            for at, variable in enumerate(monomial):
                before = ((values[each], values[each]) for each in monomial[:at])
                after = (view.box[each] for each in monomial[at + 1 :])
                slope = reduce(times, (*before, *after), number)
                slopes[variable] = plus(slopes.get(variable, NOTHING), slope)
    for variable, slope in slopes.items():
        low, high = view.box[variable]
        away = plus((low, high), (-values[variable], -values[variable]))
        total = plus(total, times(slope, away))
    return total[0] > 0 or total[1] < 0
