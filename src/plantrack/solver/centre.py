"""The Chebyshev centre of a box cut by linear equations: the point farthest from every end, and dual values.

    min t   subject to   A z = b,   -t <= z_i where there is a low end,   z_i <= t where there is a high one

and, with t = 1, how far one variable goes; in floats, by the primal-dual predictor-corrector method (S. Mehrotra,
"On the Implementation of a Primal-Dual Interior Point Method", SIAM J. Optim. 2, 1992). A step inverts one matrix of
n + m + 1 rows: O((n + m)^3); a dozen steps are usual. The result is only a guess: `feasibility` makes of it an exact
witness, or an enclosure that proves that there is none.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from plantrack.solver.limits import MAX_NEWTON_STEPS

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Flags = NDArray[np.bool_]

CLOSE = 1e-10
"""Residuals and gaps below this end it."""
SLOW, PATIENCE = 0.9, 4
"""It ends, too, after so many steps in which they did not fall below this part of the least they were."""
TINY = 1e-12
"""Added to diagonals, so that repeated equations and free variables do not make the system singular."""
SHORT = 0.99
"""Part of the way to the border that a step may go."""


class Centre(NamedTuple):
    """The point `(n,)` in half-widths from the middle, the greatest `|z_i|`, the equations' dual values `(m,)`."""

    point: Floats
    radius: float
    duals: Floats


def centre(matrix: Floats, right_side: Floats, has_low: Flags, has_high: Flags) -> Centre:
    """The point of `matrix @ z = right_side` whose greatest `|z_i|`, counted where there is an end, is least.

    Args:
        matrix: `(m, n)` coefficients, rows of about the same size.
        right_side: `(m,)` right sides.
        has_low: `(n,)` which variables have a low end.
        has_high: `(n,)` which have a high end.
    """
    sides, objective = _sides(has_low, has_high), np.append(np.zeros(has_low.size), 1.0)
    found = _solved(_Program.of(matrix, right_side, objective, sides, 0.0))
    return Centre(found.point[:-1], float(found.point[-1]), found.duals)


def farthest(matrix: Floats, right_side: Floats, has_low: Flags, has_high: Flags, towards: Floats) -> Floats:
    """The point `(n,)` of `matrix @ z = right_side` in the box at which `towards @ z` is greatest.

    In half-widths, as the arguments of `centre`. Where it has no end the point is far away, or no number.
    """
    sides = _sides(has_low, has_high)[:-1, :-1]
    if not len(sides):
        return np.full(has_low.size, np.inf)
    return _solved(_Program.of(matrix, right_side, -towards, sides, 1.0)).point


def _solved(program: _Program) -> _State:
    now = program.start()
    with np.errstate(all="ignore"):  # numbers too far apart for floats: the last point that is one is taken
        least, still = np.inf, 0
        for _ in range(MAX_NEWTON_STEPS):
            off = program.residuals(now)
            away = max(now.gap, off.greatest)
            least, still = (away, 0) if away < least * SLOW else (least, still + 1)
            ahead = None if away < CLOSE or still > PATIENCE else program.step(now, off)
            if ahead is None or not ahead.is_finite:
                break
            now = ahead
    return now


def _sides(has_low: Flags, has_high: Flags) -> Floats:
    """One row for each end, `(k, n + 1)`: together with its slack it comes to zero; the last for t itself."""
    below, above = np.flatnonzero(has_low), np.flatnonzero(has_high)
    sides = np.zeros((below.size + above.size + 1, has_low.size + 1))
    sides[np.arange(below.size), below] = -1.0
    sides[below.size + np.arange(above.size), above] = 1.0
    sides[:, -1] = -1.0
    return sides


class _State(NamedTuple):
    """Where the method is: the point with t last, the dual values, slack and weight of each side, end to end."""

    whole: Floats
    size: int
    equations: int

    @property
    def point(self) -> Floats:
        return self.whole[: self.size]

    @property
    def duals(self) -> Floats:
        return self.whole[self.size : self.size + self.equations]

    @property
    def positive(self) -> Floats:
        """Slacks, then weights: what must stay above zero."""
        return self.whole[self.size + self.equations :]

    @property
    def slack(self) -> Floats:
        return self.positive[: len(self.positive) // 2]

    @property
    def weight(self) -> Floats:
        return self.positive[len(self.positive) // 2 :]

    @property
    def gap(self) -> float:
        slack = self.slack
        return float(slack @ self.weight) / slack.size

    @property
    def is_finite(self) -> bool:
        return bool(np.isfinite(self.whole).all())

    def moved(self, ahead: _State, far: float) -> _State:
        return self._replace(whole=self.whole + far * ahead.whole)


class _Residuals(NamedTuple):
    """How far the dual equations, the sides and the equations are from holding."""

    dual: Floats
    sides: Floats
    equations: Floats

    @property
    def greatest(self) -> float:
        return float(np.abs(np.concatenate(self)).max())


class _Program(NamedTuple):
    """Least `objective @ x` where `matrix` times the first of x is the right side and `sides @ x <= limit`."""

    matrix: Floats
    right_side: Floats
    objective: Floats
    sides: Floats
    limit: float
    fixed: Floats
    """What of Newton's system no step changes."""

    @classmethod
    def of(
        cls, matrix: Floats, right_side: Floats, objective: Floats, sides: Floats, limit: float
    ) -> _Program:
        (size,), (count, columns) = objective.shape, matrix.shape
        fixed = np.diag(np.repeat([TINY, -TINY], [size, count]))
        fixed[size:, :columns] = matrix
        fixed[:columns, size:] = matrix.T
        return cls(matrix, right_side, objective, sides, limit, fixed)

    def start(self) -> _State:
        sides, size, (count, columns) = *self.sides.shape, self.matrix.shape
        whole = np.concatenate([np.zeros(size + count), np.full(sides, START), np.full(sides, 1.0 / sides)])
        whole[columns:size] = START
        return _State(whole, size, count)

    def residuals(self, now: _State) -> _Residuals:
        point, columns = now.point, self.matrix.shape[1]
        dual = self.sides.T @ now.weight
        dual[:columns] += self.matrix.T @ now.duals
        dual += self.objective
        return _Residuals(
            dual,
            self.sides @ point + now.slack - self.limit,
            self.matrix @ point[:columns] - self.right_side,
        )

    def step(self, now: _State, off: _Residuals) -> _State:
        """The next state: a guess of how far the gap can close, then the step that allows for its error."""
        size, slack, weight = now.size, now.slack, now.weight
        ratio, across = weight / slack, self.sides.T
        system = self.fixed.copy()
        system[:size, :size] += (across * ratio) @ self.sides
        inverse = np.linalg.inv(system)

        def direction(target: Floats | float) -> _State:
            """Newton's step towards `slack * weight = target`."""
            right = -off.dual - across @ (ratio * off.sides + target / slack - weight)
            found = inverse @ np.concatenate([right, -off.equations])
            slacker = -off.sides - self.sides @ found[:size]
            return now._replace(
                whole=np.concatenate([found, slacker, (target - weight * slacker) / slack - weight])
            )

        ahead = direction(0.0)
        gap = now.gap
        aim = gap * (now.moved(ahead, _step_length(now, ahead)).gap / gap) ** 3
        ahead = direction(aim - ahead.slack * ahead.weight)
        return now.moved(ahead, SHORT * _step_length(now, ahead))


START = 2.0


def _step_length(now: _State, ahead: _State) -> float:
    """How much of a step keeps slacks and weights above zero."""
    fastest = float((ahead.positive / now.positive).min())
    return 1.0 if fastest >= -1.0 else -1.0 / fastest
