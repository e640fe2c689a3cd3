"""How far off a contradiction is: whether its ends only touch, and by what factor roundings would have to widen."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Literal, Protocol

from plantrack.interval import Interval

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from plantrack.audit.columns import Tie
    from plantrack.audit.system import Statement

Verdict = Literal["holds", "fails", "tie", "undetermined"]
WIDEST = 2**40
"""No rounding is widened further than this."""
DIGITS = 1e-4
"""The factor is right to this part of itself."""
MAX_STEPS = 60


class Decided(Protocol):
    """Figures that are decided together: a circuit, or a tangle of laws of both kinds."""

    @property
    def statements(self) -> tuple[Statement, ...]: ...

    @property
    def ties(self) -> tuple[tuple[Tie, Fraction], ...]: ...

    def side(self, instead: Mapping[Statement, Interval] | None = None) -> int | None:
        """0 where they can hold, 1 or -1 where they cannot, `None` where that is not decided."""

    def without(self, statement: Statement) -> Callable[[Interval], int | None]:
        """`side` as a function of one statement's interval."""

    def left_for(self, statement: Statement) -> tuple[float, float] | None:
        """Floats between which the others leave a statement's column, or one inside; `None` for no guess."""

    def off(self, instead: Mapping[Statement, Interval]) -> float:
        """How far they are from holding, in any measure that falls as intervals widen; not above zero where they hold."""


def verdict_of(proof: Decided) -> Verdict:
    """Whether the statements can hold together; a tie where they could with every end included."""
    side = proof.side()
    if side is None:
        return "undetermined"
    if side == 0:
        return "holds"
    return "fails" if proof.side(widened(proof, Fraction(1))) in {1, -1} else "tie"


def severity_of(proof: Decided) -> float | None:
    """The least factor by which the roundings would have to be widened for it to hold.

    1.0 for a tie of roundings; `None` where nothing is rounded, or no widening is enough. Found by the
    false position (Illinois) between a factor at which it fails and one at which it holds.
    """
    if not any(statement.is_rounded for statement in proof.statements):
        return None
    little, off_little = 1.0, proof.off(widened(proof, Fraction(1)))
    if off_little <= 0:
        return 1.0
    enough, off_enough = 2.0, proof.off(widened(proof, Fraction(2)))
    while off_enough > 0:
        little, off_little, enough = enough, off_enough, enough * 4
        if enough > WIDEST:
            return None
        off_enough = proof.off(widened(proof, Fraction(enough)))
    for _ in range(MAX_STEPS):
        if enough - little < DIGITS * enough or not off_enough:
            break
        factor = (little * off_enough - enough * off_little) / (off_enough - off_little)
        factor = min(max(factor, little + DIGITS / 4 * enough), enough - DIGITS / 4 * enough)
        off = proof.off(widened(proof, Fraction(factor)))
        if off > 0:
            little, off_little, off_enough = factor, off, off_enough / 2
        else:
            enough, off_enough, off_little = factor, off, off_little / 2
    return enough


def is_grave(proof: Decided) -> bool:
    """Whether no rounding less than twice as wide would make it hold; decided exactly."""
    twice = {each: _widened(each, Fraction(2), closed=False) for each in proof.statements}
    return proof.side(twice) in {1, -1}


def widened(proof: Decided, factor: Fraction) -> dict[Statement, Interval]:
    """Roundings widened about their middles, and every end closed."""
    return {statement: _widened(statement, factor) for statement in proof.statements}


def _widened(statement: Statement, factor: Fraction, *, closed: bool = True) -> Interval:
    measure = statement.figure.measure
    if measure is None or not statement.is_rounded:
        return statement.closed(statement.interval)
    low, high = measure.interval.low, measure.interval.high
    assert low is not None
    assert high is not None
    middle, reach = (low + high) / 2, (high - low) / 2 * factor
    wide = statement.of(Interval(middle - reach, middle + reach, low_closed=closed, high_closed=closed))
    return statement.closed(wide) if closed else wide
