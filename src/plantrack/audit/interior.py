"""The point that stays farthest inside a box while it obeys laws, to first order; floats.

Whatever is found here is only a guess: `plantrack.audit.mixed` makes of it an exact witness, or
an enclosure that proves that there is none.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Flags = NDArray[np.bool_]

MAX_STEPS = 50
"""Steps of the interior-point method; a dozen are usual."""
CLOSE = 1e-10
"""Residuals and gaps below this end it."""
SLOW, PATIENCE = 0.9, 4
"""It ends, too, after so many steps in which they did not fall below this part of the least they were."""
TINY = 1e-12
"""Added to diagonals, so that repeated laws and free columns do not make the system singular."""
SHORT = 0.99
"""Part of the way to the border that a step may go."""


class Centre(NamedTuple):
    """Where it is, in half-widths from the middle `(n,)`, how far out at most, and the laws' prices `(m,)`."""

    place: Floats
    reach: float
    prices: Floats


def centre(laws: Floats, wanted: Floats, has_low: Flags, has_high: Flags) -> Centre:
    """The point of `laws @ z = wanted` whose greatest `|z|` is least.

    The linear program min t over -t <= z (where there is a low end), z <= t (where there is a high one),
    0 <= t, by Mehrotra's predictor-corrector method (S. Mehrotra, SIAM J. Optim. 2, 1992).

    Args:
        laws: `(m, n)` coefficients, rows of about the same size.
        wanted: `(m,)` right sides.
        has_low: `(n,)` which columns have a low end.
        has_high: `(n,)` which have a high end.
    """
    program = _Program.of(laws, wanted, has_low, has_high)
    now = program.start()
    with np.errstate(all="ignore"):  # numbers too far apart for floats: the last point that is one is taken
        least, still = np.inf, 0
        for _ in range(MAX_STEPS):
            off = program.residuals(now)
            away = max(now.gap, off.greatest)
            least, still = (away, 0) if away < least * SLOW else (least, still + 1)
            ahead = None if away < CLOSE or still > PATIENCE else program.step(now, off)
            if ahead is None or not ahead.is_finite:
                break
            now = ahead
    return Centre(now.point[:-1], float(now.point[-1]), now.prices)


def _sides(has_low: Flags, has_high: Flags) -> Floats:
    """One row for each end, `(k, n + 1)`: together with its slack it comes to zero; the last for t itself."""
    below, above = np.flatnonzero(has_low), np.flatnonzero(has_high)
    sides = np.zeros((below.size + above.size + 1, has_low.size + 1))
    sides[np.arange(below.size), below] = -1.0
    sides[below.size + np.arange(above.size), above] = 1.0
    sides[:, -1] = -1.0
    return sides


class _State(NamedTuple):
    """Where the method is: the point with t last, the laws' prices, slack and weight of each side."""

    point: Floats
    prices: Floats
    slack: Floats
    weight: Floats

    @property
    def gap(self) -> float:
        return float(self.slack @ self.weight) / self.slack.size

    @property
    def is_finite(self) -> bool:
        return all(bool(np.isfinite(each).all()) for each in self)

    def moved(self, ahead: _State, far: float) -> _State:
        return _State(*(here + far * there for here, there in zip(self, ahead, strict=True)))


class _Residuals(NamedTuple):
    """How far the dual equations, the sides and the laws are from holding."""

    dual: Floats
    sides: Floats
    laws: Floats

    @property
    def greatest(self) -> float:
        return max(float(np.abs(each).max(initial=0.0)) for each in self)


class _Program(NamedTuple):
    laws: Floats
    wanted: Floats
    sides: Floats
    fixed: Floats
    """What of Newton's system no step changes."""

    @classmethod
    def of(cls, laws: Floats, wanted: Floats, has_low: Flags, has_high: Flags) -> _Program:
        sides = _sides(has_low, has_high)
        size, count = sides.shape[1], len(laws)
        fixed = np.diag(np.repeat([TINY, -TINY], [size, count]))
        fixed[size:, : size - 1] = laws
        fixed[: size - 1, size:] = laws.T
        return cls(laws, wanted, sides, fixed)

    def start(self) -> _State:
        count = len(self.sides)
        point = np.zeros(self.sides.shape[1])
        point[-1] = START
        return _State(point, np.zeros(len(self.laws)), np.full(count, START), np.full(count, 1.0 / count))

    def residuals(self, now: _State) -> _Residuals:
        dual = self.sides.T @ now.weight
        dual[:-1] += self.laws.T @ now.prices
        dual[-1] += 1.0
        return _Residuals(dual, self.sides @ now.point + now.slack, self.laws @ now.point[:-1] - self.wanted)

    def step(self, now: _State, off: _Residuals) -> _State:
        """The next state: a guess of how far the gap can close, then the step that allows for its error."""
        size, ratio = now.point.size, now.weight / now.slack
        system = self.fixed.copy()
        system[:size, :size] += (self.sides.T * ratio) @ self.sides
        inverse = np.linalg.inv(system)

        def direction(target: Floats | float) -> _State:
            """Newton's step towards `slack * weight = target`."""
            right = -off.dual - self.sides.T @ (ratio * off.sides + target / now.slack - now.weight)
            found = inverse @ np.concatenate([right, -off.laws])
            point, prices = found[:size], found[size:]
            slack = -off.sides - self.sides @ point
            return _State(point, prices, slack, (target - now.weight * slack) / now.slack - now.weight)

        ahead = direction(0.0)
        aim = now.gap * (now.moved(ahead, _reach(now, ahead)).gap / now.gap) ** 3
        ahead = direction(aim - ahead.slack * ahead.weight)
        return now.moved(ahead, SHORT * _reach(now, ahead))


START = 2.0


def _reach(now: _State, ahead: _State) -> float:
    """How much of a step keeps slacks and weights above zero."""
    far = 1.0
    for here, there in ((now.slack, ahead.slack), (now.weight, ahead.weight)):
        falling = there < 0
        if falling.any():
            far = min(far, float((-here[falling] / there[falling]).min()))
    return far
