"""Numbers as people read them: per cent, ranges, no more decimals than the interval warrants."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple

from plantrack.language import POINTS, fixed, range_text

if TYPE_CHECKING:
    from plantrack.audit import Implied, Target
    from plantrack.language import Language
    from plantrack.plan.figures import Figure

MAX_DECIMALS = 6
_SIGNS = {"ge": 1, "gt": 1, "le": -1, "lt": -1}
"""Bound -> whether the value is the least (1) or the greatest (-1)."""


class _Form(NamedTuple):
    """How an implied value is written: times a factor, with so many decimals and a unit behind."""

    factor: int
    decimals: int
    suffix: str

    def one(self, value: float, sign: int) -> str:
        return f"{['≤', '', '≥'][sign + 1]}{fixed(value * self.factor, self.decimals)}{self.suffix}"

    def range(self, low: float | None, high: float | None) -> str:
        first, last = (None if end is None else end * self.factor for end in (low, high))
        return range_text(first, last, self.decimals, self.suffix)


def implied_text(target: Target, language: Language) -> str:
    """What base and target imply, in the measure of the row: the nominal value first.

    The interval that rounding leaves stands behind it where the printed growth or change is not the
    nominal value rounded, so that only the interval tells whether it holds.
    """
    implied = target.implied
    if implied is None or implied.nominal is None:
        return "—"
    form = _form(target, language)
    sign = _sign(target)
    if sign is None:
        return form.range(implied.low, implied.high)
    nominal = form.one(implied.nominal, sign)
    if _is_printed(target):
        return nominal
    interval = form.range(implied.low, implied.high)
    return nominal if interval in {nominal, form.one(implied.nominal, 0)} else f"{nominal} ({interval})"


def _form(target: Target, language: Language) -> _Form:
    if target.measure in {"growth", "total_growth"}:
        return _Form(100, 2, "%")
    if target.measure == "multiple":
        return _Form(1, 3, "")
    per_cent = target.indicator.unit == "%"
    least = 2 if per_cent else 1
    decimals = _decimals(target.implied, 100 if per_cent else 1, least=least) if target.implied else least
    return _Form(100, decimals, POINTS.say(language)) if per_cent else _Form(1, decimals, "")


def _decimals(implied: Implied, factor: int, *, least: int) -> int:
    """So many decimals that the two ends can be told apart, at most six."""
    if implied.low is None or implied.high is None or implied.high <= implied.low:
        return least
    apart = (implied.high - implied.low) * factor
    return min(MAX_DECIMALS, max(least, -math.floor(math.log10(apart))))


def _sign(target: Target) -> int | None:
    """Whether base and target bound the value: from below (1), from above (-1), not (0); `None` for a range."""
    ends = [_bound(target.target), _bound(target.base)]
    if "range" in ends:
        return None
    above, below = _SIGNS.get(ends[0] or "", 0), -_SIGNS.get(ends[1] or "", 0)
    return above or below if above * below >= 0 else None


def _bound(figure: Figure | None) -> str | None:
    return figure.measure.numeral.bound if figure is not None and figure.measure is not None else None


def _is_printed(target: Target) -> bool:
    """Whether nothing is printed to be held against the value, or what is printed is the value rounded."""
    implied, stated = target.implied, target.stated
    assert implied is not None
    assert implied.nominal is not None
    if stated is None or stated.measure is None:
        return True
    interval = stated.measure.interval
    return (interval.low is None or float(interval.low) <= implied.nominal) and (
        interval.high is None or implied.nominal <= float(interval.high)
    )
