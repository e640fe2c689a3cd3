"""How far off a contradiction is: whether its ends only touch, and by what factor roundings would have to widen."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Literal, Protocol

if TYPE_CHECKING:
    from collections.abc import Mapping
    from fractions import Fraction

    from plantrack.audit.bounds import PrintedBound
    from plantrack.numbers.interval import Interval
    from plantrack.solver.constraints import Constraint

Verdict = Literal["holds", "fails", "tie", "undetermined"]
WIDEST = 2**40
"""No rounding is widened further than this."""
DIGITS = 1e-6
"""The factor is enclosed to this part of itself, and then interpolated."""
MAX_STEPS = 60
BEYOND = 1.0005
"""A factor that a straight line takes for enough is tried with this much on top."""


class Decided(Protocol):
    """Figures that are decided together: a relation, or an infeasible subset of constraints of both kinds."""

    @property
    def bounds(self) -> tuple[PrintedBound, ...]: ...

    @property
    def constraints(self) -> tuple[tuple[Constraint, Fraction], ...]: ...

    def side(self, instead: Mapping[PrintedBound, Interval] | None = None) -> int | None:
        """0 where they can hold, 1 or -1 where they cannot, `None` where that is not decided."""

    def off(self, factor: float) -> float:
        """How far they are from holding with roundings so many times as wide and every end closed.

        In any measure that falls as the factor grows, and is above zero just where they do not hold.
        """


def verdict_of(proof: Decided) -> Verdict:
    """Whether the bounds can hold together; a constraint where they could with every end included."""
    side = proof.side()
    if side is None:
        return "undetermined"
    if side == 0:
        return "holds"
    return (
        "fails"
        if proof.side({each: each.closed(each.interval) for each in proof.bounds}) in {1, -1}
        else "tie"
    )


def severity_of(proof: Decided) -> float | None:
    """The least factor by which the roundings would have to be widened for it to hold.

    1.0 for a constraint of roundings; `None` where nothing is rounded, or no widening is enough. Found by the
    false position (Illinois) between a factor at which it fails and one at which it holds. It is shown;
    what depends on it is decided exactly in `plantrack.audit.levels`.
    """
    if not any(bound.is_rounded for bound in proof.bounds):
        return None
    little, off_little = 1.0, proof.off(1.0)
    if off_little <= 0:
        return 1.0
    enough, off_enough = 2.0, proof.off(2.0)
    while off_enough > 0:
        gain = (off_little - off_enough) / (enough - little)
        ahead = enough + off_enough / gain if gain > 0 else enough
        little, off_little, enough = enough, off_enough, min(max(ahead * BEYOND, enough * 2), enough * 1000)
        if enough > WIDEST:
            return None
        off_enough = proof.off(enough)
    for _ in range(MAX_STEPS):
        if enough - little < DIGITS * enough or not off_enough:
            break
        factor = (little * off_enough - enough * off_little) / (off_enough - off_little)
        factor = factor if math.isfinite(factor) else (little + enough) / 2
        factor = min(max(factor, little + DIGITS / 4 * enough), enough - DIGITS / 4 * enough)
        off = proof.off(factor)
        if off > 0:
            little, off_little, off_enough = factor, off, off_enough / 2
        else:
            enough, off_enough, off_little = factor, off, off_little / 2
    return enough + (little - enough) * off_enough / (off_enough - off_little)
