"""Numbers as people read them: per cent, ranges, no more decimals than the interval warrants."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from plantrack.language import POINTS, range_text

if TYPE_CHECKING:
    from plantrack.audit import Target
    from plantrack.language import Language

MAX_DECIMALS = 6


def implied_text(target: Target, language: Language) -> str:
    """What base and target imply, in the measure of the row."""
    implied = target.implied
    if implied is None:
        return "—"
    if target.measure in {"growth", "total_growth"}:
        return range_text(_times(implied.low, 100), _times(implied.high, 100), 2, "%")
    if target.measure == "multiple":
        return range_text(implied.low, implied.high, 3)
    per_cent = target.indicator.unit == "%"
    factor = 100 if per_cent else 1
    low, high = _times(implied.low, factor), _times(implied.high, factor)
    suffix = POINTS.say(language) if per_cent else ""
    return range_text(low, high, _decimals(low, high, least=2 if per_cent else 1), suffix)


def _decimals(low: float | None, high: float | None, *, least: int) -> int:
    """So many decimals that the two ends can be told apart, at most six."""
    if low is None or high is None or high <= low:
        return least
    return min(MAX_DECIMALS, max(least, -math.floor(math.log10(high - low))))


def _times(value: float | None, factor: int) -> float | None:
    return None if value is None else value * factor
