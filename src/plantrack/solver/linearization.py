"""Successive linearization: the Chebyshev centre of a box cut by polynomial constraints, to first order.

    sum_j  df_k/dx_j(x0) (x_j - x0_j) = -f_k(x0)   for every constraint f_k, about the last point x0

solved as a linear program by `centre`, a few times (Griffith and Stewart, "A Nonlinear Programming
Technique", Management Science 7, 1961). In floats: a guess that others prove. Cost: that of `centre`, at
most `MAX_LINEAR` times.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Literal, NamedTuple

import numpy as np

from plantrack.solver.centre import Centre, centre, farthest
from plantrack.solver.limits import MAX_LINEAR, MAX_NEAR
from plantrack.solver.terms import Terms

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from plantrack.solver.propagation import Box, Polynomial
    from plantrack.solver.variables import Variable

    Floats = NDArray[np.float64]

STILL = 1e-9
"""A point obeys a constraint when it is off by less than this part of what the box could change."""
NARROW = 1e-12
"""A variable narrower than this part of itself has one value, as far as floats can tell."""
FAR = 1e6
CLOSE = 1e-7
"""An end that moves by less, in half-widths, is where it is."""
LIGHTEST = 0.3
"""A variable nearer to the middle than this weighs no less."""
HUGE = 1e100
"""Ends beyond this are no ends that floats should reckon with."""


class LinearizedBox(NamedTuple):
    """A box and constraints as arrays: the `n` variables that can move, their middles and half-widths."""

    polynomials: tuple[Polynomial, ...]
    box: Box
    variables: tuple[Variable, ...]
    middle: Floats
    half: Floats
    has_low: NDArray[np.bool_]
    has_high: NDArray[np.bool_]
    terms: Terms

    @classmethod
    def of(cls, polynomials: Sequence[Polynomial], box: Box) -> LinearizedBox:
        spans = {variable: middle_and_half(*ends) for variable, ends in box.items()}
        variables = tuple(
            variable for variable, (middle, half) in spans.items() if half > NARROW * max(abs(middle), NARROW)
        )
        ends = np.array([box[variable] for variable in variables]).reshape(len(variables), 2)
        sizes = np.array([spans[variable] for variable in variables]).reshape(ends.shape)
        finite = np.abs(ends) <= HUGE
        terms = Terms.of(
            polynomials, variables, {variable: middle for variable, (middle, _) in spans.items()}
        )
        return cls(
            tuple(polynomials), box, variables, sizes[:, 0], sizes[:, 1], finite[:, 0], finite[:, 1], terms
        )

    def values(self, point: Floats) -> dict[Variable, float]:
        """Every variable's value at a point in half-widths `(n,)`."""
        values = {variable: middle_and_half(*ends)[0] for variable, ends in self.box.items()}
        return values | dict(zip(self.variables, (self.middle + self.half * point).tolist(), strict=True))

    def room(self, point: Floats) -> dict[Variable, float]:
        """How far each variable can move before it meets an end."""
        above = np.where(self.has_low, 1 + point, 1.0)
        below = np.where(self.has_high, 1 - point, 1.0)
        inside = np.clip(np.minimum(above, below), 0, None)
        return dict(zip(self.variables, (inside * self.half).tolist(), strict=True))

    @property
    def middle_centre(self) -> Centre:
        """The middle of the box, before any constraint is looked at."""
        return Centre(np.zeros(len(self.variables)), 0.0, np.zeros(len(self.polynomials)))

    def chebyshev_centre(self) -> Centre:
        """The last of the points that approach it."""
        *_, last = self.approaches()
        return last

    def approaches(self) -> Iterator[Centre]:
        """Points nearer and nearer to the Chebyshev centre, at least one (radius 1: at an end of the box).

        Each solves the linear program of the constraints made linear about the point before, every row
        divided by what the box could change of it. Constraints that follow from others leave more room about
        a point that obeys them all, so one that lies outside is not the last.
        """
        found, before = self.middle_centre, math.inf
        for number in range(MAX_LINEAR):
            ahead = self.nearer(found.point, number and (found.radius, before))
            if ahead is None:
                break
            before, found = found.radius if number else math.inf, ahead
            yield found
            if found.radius > FAR:
                return
        if not number:
            yield found

    def nearest(self) -> Floats | None:
        """A point near the middle, in half-widths, that obeys all constraints; `None` where none is found in the box.

        Gauss-Newton steps of least norm, in which a variable beyond an end weighs more from step to step (C. L. Lawson,
        1961): far cheaper than the centre, and enough where there is room.
        """
        point: Floats = np.zeros(len(self.variables))
        scale: Floats = np.ones(len(self.variables))
        for _ in range(MAX_NEAR):
            linear = self._linear(point)
            if linear is None:
                return None
            _, _, rows, off = linear
            is_outside = ((point <= -1) & self.has_low) | ((point >= 1) & self.has_high)
            if is_outside.any():
                scale = scale / np.sqrt(np.maximum(np.abs(point), LIGHTEST))
            elif np.abs(off).max() < STILL:
                return point
            try:
                point = scale * np.linalg.lstsq(rows * scale, rows @ point - off, rcond=None)[0]
            except np.linalg.LinAlgError:
                return None
        return None

    def end(self, point: Floats, variable: Variable, sign: int) -> float:
        """How far a variable goes one way in the box, from a point that obeys all constraints.

        Linear programs about the last point, as for the centre; endless where it goes beyond what floats tell.
        """
        at = self.variables.index(variable)
        towards = np.where(np.arange(len(self.variables)) == at, sign, 0.0)
        for _ in range(MAX_LINEAR):
            linear = self._linear(point)
            if linear is None:
                break
            _, _, rows, off = linear
            before = point
            try:
                point = farthest(rows, rows @ point - off, self.has_low, self.has_high, towards)
            except np.linalg.LinAlgError:
                break
            if not abs(point[at]) < FAR:
                return sign * math.inf
            if abs(point[at] - before[at]) < CLOSE:
                break
        return float(self.middle[at] + self.half[at] * point[at])

    def nearer(self, point: Floats, reached: tuple[float, float] | Literal[0]) -> Centre | None:
        """The centre by the constraints made linear about a point; `None` where that is the last."""
        linear = self._linear(point)
        if linear is None:
            return None
        used, sizes, rows, off = linear
        if reached and np.abs(off).max() < STILL and (reached[0] < 1 or reached[0] > reached[1] - STILL):
            return None
        try:
            found = centre(rows, rows @ point - off, self.has_low, self.has_high)
        except np.linalg.LinAlgError:
            return None
        duals = np.zeros(len(self.polynomials))
        duals[used] = found.duals / sizes
        return found._replace(duals=duals)

    def _linear(self, point: Floats) -> tuple[NDArray[np.bool_], Floats, Floats, Floats] | None:
        """Which constraints change in the box, by how much, their slopes over that, and what they are off by.

        `None` for numbers that floats cannot hold: they end the search, and decide nothing.
        """
        with np.errstate(all="ignore"):
            amounts, slopes = self.terms.at(self.middle + self.half * point)
            rows = slopes * self.half
            sizes = np.abs(rows).sum(axis=1)
            used = sizes > 0
            if not (used.any() and np.isfinite(sizes).all() and np.isfinite(amounts).all()):
                return None
            return used, sizes[used], rows[used] / sizes[used, None], amounts[used] / sizes[used]


def middle_and_half(low: float, high: float) -> tuple[float, float]:
    """`(low + high) / 2` and `(high - low) / 2`; without an end, a point inside and half its size.

    In the unit of the ends. Source: docs/why.md, Laws of both kinds: branch and prune (2026-11-24).
    """
    has_low, has_high = low >= -HUGE, high <= HUGE
    if has_low and has_high:
        return (low + high) / 2, (high - low) / 2
    if has_low:
        half = abs(low) / 2 or 1.0
        return low + half, half
    if has_high:
        half = abs(high) / 2 or 1.0
        return high - half, half
    return 0.0, 1.0
