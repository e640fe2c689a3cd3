"""What base and target of a row imply, with no more decimals than the interval warrants."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from plantrack.language import Listing, text
from plantrack.views.table import DASH, Cell, Form, Span, points

if TYPE_CHECKING:
    from plantrack.audit import Implied, Target
    from plantrack.plan.figures import Figure
    from plantrack.plan.model import Indicator
    from plantrack.views.table import Value

MAX_DECIMALS = 6
_SIGNS = {"ge": 1, "gt": 1, "le": -1, "lt": -1}
"""Bound -> whether the value is the least (1) or the greatest (-1)."""


def implied_value(target: Target) -> Value:
    """What base and target imply, in the measure of the row: the nominal value first.

    The interval that rounding leaves stands behind it where the printed growth or change is not the
    nominal value rounded, so that only the interval tells whether it holds.
    """
    implied = target.implied
    if implied is None or implied.nominal is None:
        return DASH
    form = _form(target, implied)
    span, nominal, sign = Span(implied.low, implied.high, form), Cell(implied.nominal, form), _sign(target)
    if sign is None:
        return span
    one = nominal if sign == 0 else Listing((("≤", "", "≥")[sign + 1], nominal), "")
    if _is_printed(target) or span.say("en") in {nominal.say("en"), one.say("en")}:
        return one
    return Listing((one, " (", span, ")"), "")


def measure_form(measure: str, indicator: Indicator, decimals: int) -> Form:
    """Growth as per cent, changes of shares in points, other values in the indicator's unit."""
    if measure in {"growth", "total_growth"}:
        return Form(decimals, 100, "%")
    if measure == "multiple":
        return Form(decimals, 1, text("times"))
    if measure == "rank":
        return Form()
    if indicator.unit != "%":
        return Form(decimals)
    return Form(decimals, 100, "%") if measure == "level" else points(decimals)


def _form(target: Target, implied: Implied) -> Form:
    """With so many decimals that the two ends of a change can be told apart, at most six."""
    if target.measure == "multiple":
        return Form(3)
    if target.measure in {"growth", "total_growth"}:
        return Form(2, 100, "%")
    form = measure_form(target.measure, target.indicator, _decimals(target.indicator, implied))
    if implied.low is None or implied.high is None or implied.high <= implied.low:
        return form
    apart = -math.floor(math.log10((implied.high - implied.low) * form.factor))
    return form._replace(decimals=min(MAX_DECIMALS, max(form.decimals, apart)))


def _decimals(indicator: Indicator, implied: Implied) -> int:
    """One, two of shares; more of what is small: 0.03 is no 0.0."""
    if indicator.unit == "%":
        return 2
    value = abs(implied.nominal or 0)
    return 1 if value == 0 or value >= 1 else min(MAX_DECIMALS, -math.floor(math.log10(value)))


def _sign(target: Target) -> int | None:
    """Whether base and target bound the value: below (1), above (-1), not (0); `None` for a range."""
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
