"""Where solutions may lie, in floats: how far outside its box a problem is, and the range of one variable.

The radius of the Chebyshev centre is a function of one variable's value that is 1 at the ends of its range; they are
found by steps that double and the Illinois form of false position (Dowell and Jarratt, BIT 11, 1971), some
ten solutions of `linearization` an end. A guess to be asked about, no proof.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from plantrack.solver.limits import MAX_EDGE_STEPS
from plantrack.solver.linearization import FAR, LinearizedBox
from plantrack.solver.propagation import contracted

if TYPE_CHECKING:
    from collections.abc import Callable

    from plantrack.solver.problem import Problem
    from plantrack.solver.variables import Variable

FIRST_STEP = 1e-3
"""The first step, as part of the value it starts from."""
EXACT = 1e-3


@np.errstate(all="ignore")
def distance_out(problem: Problem) -> float:
    """`radius - 1` of the Chebyshev centre: above zero outside the box, below zero inside.

    Its unit is the half-width of the box; 1 where contraction leaves nothing, or it is not finite.
    Source: docs/why.md, Laws of both kinds: branch and prune (2026-11-24).
    """
    polynomials = problem.polynomials()
    box = contracted(polynomials, problem.box(polynomials))
    if box is None:
        return 1.0
    radius = LinearizedBox.of(polynomials, box).chebyshev_centre().radius
    return radius - 1 if math.isfinite(radius) else 1.0


@np.errstate(all="ignore")
def likely_range(problem: Problem, variable: Variable) -> tuple[float, float] | None:
    """Between which values of one variable the constraints may hold; `None` where they do not for any, it seems.

    The variable's own interval counts, as far as contraction goes: who asks without it opens it. One that the
    others leave no room has what contraction left of it. From the value at which all others are farthest inside,
    each way to where the first of them is at an end: `radius(low) = radius(high) = 1`, in the unit of the variable.
    Source of the method: Dowell and Jarratt (1971).
    """
    polynomials = problem.polynomials()
    if variable not in problem.intervals:
        return None
    box = contracted(polynomials, problem.box(polynomials, variable))
    if box is None:
        return None
    view = LinearizedBox.of(polynomials, box)
    point, radius, _ = view.chebyshev_centre()
    if radius >= 1:
        return None
    if variable not in view.variables:
        return box[variable]

    def off(value: float) -> float:
        found = LinearizedBox.of(polynomials, box | {variable: (value, value)}).chebyshev_centre().radius
        return found - 1 if math.isfinite(found) else FAR

    inside = view.values(point)[variable]
    step = max(abs(inside), float(view.half[view.variables.index(variable)])) * FIRST_STEP
    edges = [_edge(off, inside, radius - 1, by) for by in (-step, step)]
    return edges[0], edges[1]


def _edge(off: Callable[[float], float], inside: float, off_inside: float, step: float) -> float:
    """Where `off` rises through zero on the way from `inside`: steps that double, then false positions."""
    outside, off_outside = inside + step, off(inside + step)
    for _ in range(MAX_EDGE_STEPS):
        if off_outside > 0:
            break
        step *= 4
        inside, off_inside = outside, off_outside
        outside, off_outside = inside + step, off(inside + step)
    else:
        return math.copysign(math.inf, step)
    for _ in range(MAX_EDGE_STEPS):
        between = (inside * off_outside - outside * off_inside) / (off_outside - off_inside)
        found = off(between)
        if abs(found) < EXACT:
            return between
        if found > 0:
            outside, off_outside, off_inside = between, found, off_inside / 2
        else:
            inside, off_inside, off_outside = between, found, off_outside / 2
    return inside
