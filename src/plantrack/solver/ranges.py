"""Where solutions may lie, in floats: how far outside its box a problem is, and the range of one variable.

Both by successive `linearization`: the first by the Chebyshev centre, each end of the range by some linear programs
from there on. A guess to be asked about, no proof.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from plantrack.solver.linearization import LinearizedBox
from plantrack.solver.propagation import contracted

if TYPE_CHECKING:
    from plantrack.solver.problem import Problem
    from plantrack.solver.variables import Variable


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
    others leave no room has what contraction left of it. `min x` and `max x` subject to the constraints in
    the box, in the unit of the variable. Source of the method: Griffith and Stewart (1961).
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
    low, high = (view.end(point, variable, sign) for sign in (-1, 1))
    return low, high
