"""How grave a contradiction is: an error, a warning or a note, what decides it, and by how much roundings would widen.

An error says that a number is wrong whatever its author meant. Each rule names one thing that the
author may have meant; what a rule explains is a warning at most. What is left when every end of an
interval counts as closed is one intention in two forms, a note.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Literal, Protocol

from plantrack.audit.allowances import (
    GROWTH,
    _with_target,
    as_round,
    at_other_prices,
    digits_of,
    is_comparable_growth,
    is_inexact,
    rounded_zeros,
    twice_as_wide,
)
from plantrack.findings import Level
from plantrack.language import Listing, Text, listing, text

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from fractions import Fraction

    from plantrack.audit.bounds import PrintedBound
    from plantrack.audit.constraint_system import ConstraintSystem
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
    @property
    def bounds(self) -> tuple[PrintedBound, ...]: ...

    @property
    def constraints(self) -> tuple[tuple[Constraint, Fraction], ...]: ...

    def side(self, instead: Mapping[PrintedBound, Interval] | None = None) -> int | None:
        """0 where they can hold, 1 or -1 where they cannot, `None` where that is not decided."""


class Measured(Decided, Protocol):
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
    closed = {each: each.closed(each.interval) for each in proof.bounds}
    return "fails" if proof.side(closed) in {1, -1} else "tie"


def level_of(proof: Decided, system: ConstraintSystem) -> Level:
    if is_one_intention(proof):
        return Level.NOTE
    return Level.ERROR if is_error(proof, system) else Level.WARNING


def is_error(proof: Decided, system: ConstraintSystem) -> bool:
    return not (
        rests_on_assumption(proof, system)
        or any(law.usual for law, _ in proof.constraints)  # it holds usually, not always
        or rests_on_inexact_word(proof)
        or rests_on_comparable_growth(proof, system)
        or is_explained_by_rounding(proof)
        or is_explained_by_round_numbers(proof, system)
    )


# -- rules ---------------------------------------------------------------------------------------


def is_one_intention(proof: Decided) -> bool:
    """Whether it holds with every end closed: 2893.08 and 2893.07, 超过50家 and 50."""
    return verdict_of(proof) == "tie"


def rests_on_assumption(proof: Decided, system: ConstraintSystem) -> bool:
    """Whether it may hold at other prices, which change twice as much as the deflator's band at most."""
    assumed = [each for each in proof.bounds if each.assumption is not None]
    given = {each: twice_as_wide(each) for each in proof.bounds}
    given |= {each: at_other_prices(each, given[each], system) for each in assumed}
    return bool(assumed) and proof.side(given) not in {1, -1}


def rests_on_inexact_word(proof: Decided) -> bool:
    """Whether a figure is inexact by its author's own word: 约, 近, 余, 翻近一番."""
    return any(map(is_inexact, proof.bounds))


def rests_on_comparable_growth(proof: Decided, system: ConstraintSystem) -> bool:
    """Whether growth on comparable coverage is held against anything but growth of its kind.

    Offices compute the growth of 规模以上 and the like on the firms that both years have in common.
    """
    return 0 < sum(is_comparable_growth(each, system) for each in proof.bounds) < len(proof.bounds)


def is_explained_by_rounding(proof: Decided) -> bool:
    """Whether it may hold with roundings less than twice as wide, and bounds met by what rounds to them."""
    return proof.side({each: twice_as_wide(each) for each in proof.bounds}) not in {1, -1}


def is_explained_by_round_numbers(proof: Decided, system: ConstraintSystem) -> bool:
    """Whether it may hold with targets made round and with zeros at the end of a change."""
    from_rate = any(each.figure.kind in GROWTH for each in proof.bounds)
    inside = frozenset() if from_rate else frozenset(proof.bounds)  # a rate may have been fixed first
    given = {}
    for each in proof.bounds:
        wide = as_round(each, from_rate=from_rate)
        given[each] = _with_target(each, wide, system, inside)
    return proof.side(given) not in {1, -1}


# -- in words ------------------------------------------------------------------------------------


def opened(said: Text, opening: Text | None) -> Text:
    """What is said, of a warning behind what may have been meant."""
    return said if opening is None else text("{opening}: {said}", opening=opening, said=said)


def opening_of(level: Level, proof: Decided, system: ConstraintSystem) -> Text | None:
    """What may have been meant, of a warning."""
    return _opening(proof, system) if level is Level.WARNING else None


def _opening(proof: Decided, system: ConstraintSystem) -> Text | None:
    zeros = {each: wide for each in proof.bounds if (wide := rounded_zeros(each)) is not None}
    if rests_on_comparable_growth(proof, system):
        growth = _quoted(each for each in proof.bounds if is_comparable_growth(each, system))
        return text("on comparable coverage {figures} need not lead from level to level", figures=growth)
    if zeros and proof.side(zeros) == 0:
        return text("the zeros at the end of {figures} may be rounding", figures=digits_of(zeros))
    if rests_on_assumption(proof, system):
        assumed = [each for each in proof.bounds if each.assumption is not None]
        if any(each.variable.basis == "constant" for each in assumed):
            return text("if {figures} is at constant prices", figures=_quoted(assumed))
        return text("if {figures} is at current prices", figures=_quoted(assumed))
    if rests_on_inexact_word(proof):
        return text("{figures} is not meant exactly", figures=_quoted(filter(is_inexact, proof.bounds)))
    return None


def _quoted(bounds: Iterable[PrintedBound]) -> Listing:
    return listing(*(text('"{printed}"', printed=each.figure.text or "") for each in bounds))


def difference_of(proof: Decided) -> Text:
    if not all(each.is_rounded and not is_inexact(each) for each in proof.bounds):
        return text("only the wording differs")
    steps = {each.figure.measure.numeral.step for each in proof.bounds if each.figure.measure}
    if not proof.constraints and len(steps) == 1:
        return text("the last digit differs by one, which is rounding")
    return text("the difference is no more than rounding")


# -- how far off ---------------------------------------------------------------------------------


def severity_of(proof: Measured) -> float | None:
    """The least factor by which the roundings would have to be widened for it to hold.

    1.0 for a constraint of roundings; `None` where nothing is rounded, or no widening is enough. Found by the
    false position (Illinois) between a factor at which it fails and one at which it holds.
    It is shown; no level depends on it.
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
    kept = 0
    for _ in range(MAX_STEPS):
        if enough - little < DIGITS * enough or not off_enough:
            break
        factor = (little * off_enough - enough * off_little) / (off_enough - off_little)
        factor = factor if math.isfinite(factor) else (little + enough) / 2
        factor = min(max(factor, little + DIGITS / 4 * enough), enough - DIGITS / 4 * enough)
        off = proof.off(factor)
        if off > 0:  # an end that is kept twice counts half
            little, off_little, off_enough, kept = factor, off, off_enough / (1 + (kept > 0)), 1
        else:
            enough, off_enough, off_little, kept = factor, off, off_little / (1 + (kept < 0)), -1
    return enough + (little - enough) * off_enough / (off_enough - off_little)
