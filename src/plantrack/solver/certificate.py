"""A certificate of infeasibility: a combination of constraints that is never zero in the box.

    0 not in  sum_k y_k f_k(box)   =>   no point of the box obeys every f_k(x) = 0

the nonlinear form of Farkas' lemma, enclosed by the mean value form (Neumaier, "Interval Methods for
Systems of Equations", 1990, section 2.3) with every float rounded outward, so that it is a proof. Cost:
the number of factors in the constraints.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from plantrack.solver.propagation import NOTHING, plus, times

if TYPE_CHECKING:
    from plantrack.solver.centre import Centre
    from plantrack.solver.linearization import LinearizedBox
    from plantrack.solver.propagation import Pair
    from plantrack.solver.variables import Variable


def excludes(view: LinearizedBox, centre: Centre) -> bool:
    """Whether the constraints, each times its dual value, are proven not to add up to zero anywhere in the box.

    `sum(y_k * f_k(x))` is written about the point, `c x y = c x0 y0 + c y (x - x0) + c x0 (y - y0)`, so that
    variables that all but cancel do so before they are enclosed; every float is rounded outward.
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
                slope = number
                for other, each in enumerate(monomial):
                    if other != at:
                        slope = times(slope, (values[each],) * 2 if other < at else view.box[each])
                slopes[variable] = plus(slopes.get(variable, NOTHING), slope)
    for variable, slope in slopes.items():
        low, high = view.box[variable]
        away = plus((low, high), (-values[variable], -values[variable]))
        total = plus(total, times(slope, away))
    return total[0] > 0 or total[1] < 0
