"""A feasibility problem: constraints of any kind, and an interval for each of their variables."""

from __future__ import annotations

from collections import Counter
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from plantrack.numbers.interval import POSITIVE
from plantrack.solver.elementary import reduced
from plantrack.solver.limits import MAX_KNOWN
from plantrack.solver.propagation import Box, Polynomial, enclosed, polynomials_of, sums_without

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from plantrack.numbers.interval import Interval
    from plantrack.solver.constraints import Constraint
    from plantrack.solver.variables import Variable

LEAST, SQUARE, CUBE = 120, 4, 400
"""A decision takes so many steps: the square and cube of how many constraints and variables there are, over these."""


class Problem(NamedTuple):
    """Constraints, and an interval for each variable; `None` for any number."""

    constraints: tuple[Constraint, ...]
    intervals: Mapping[Variable, Interval | None]

    def polynomials(self) -> list[Polynomial]:
        """The constraints, and what sums say together without the levels that they alone have, and that have no end."""
        multiplied = {
            variable for each in self.constraints if each.kind == "product" for variable in each.variables
        }
        endless = [
            variable
            for variable, interval in self.intervals.items()
            if variable.kind == "level"
            and variable not in multiplied
            and (interval is None or None in (interval.low, interval.high))
        ]
        return _polynomials(self.constraints, tuple(endless))

    @property
    def steps(self) -> float:
        """About how much work a decision is: `120 + s**2 / 4 + s**3 / 400` for `s` constraints and variables."""
        size = len(self.constraints) + len(self.intervals)
        return LEAST + size**2 / SQUARE + size**3 / CUBE

    def box(self, polynomials: Sequence[Polynomial], asked: Variable | None = None) -> Box:
        """Floats around every interval; variables that can be scaled are one, unless asked about."""
        variables = dict.fromkeys(each for one in polynomials for each in one.variables)
        scaled = _scalable(self, polynomials, asked)
        return {each: (1.0, 1.0) if each in scaled else enclosed(self.intervals[each]) for each in variables}


@lru_cache(maxsize=MAX_KNOWN)
def _polynomials(constraints: tuple[Constraint, ...], endless: tuple[Variable, ...]) -> list[Polynomial]:
    return [*polynomials_of(constraints), *sums_without(constraints, endless)]


def _scalable(problem: Problem, polynomials: Sequence[Polynomial], asked: Variable | None) -> set[Variable]:
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
