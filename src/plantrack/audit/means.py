"""Means over a span: of yearly ratios or of totals, either lies between the least and the greatest year."""

from __future__ import annotations

from typing import TYPE_CHECKING

from plantrack.audit.exclusions import Exclusion, Figures, known_of, least
from plantrack.audit.time_laws import are_all, families, parts_of
from plantrack.language import listing, text
from plantrack.numbers.times import read_time

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from plantrack.audit.bounds import PrintedBound
    from plantrack.audit.constraint_system import ConstraintSystem
    from plantrack.audit.exclusions import Intervals
    from plantrack.numbers.interval import Interval
    from plantrack.solver.variables import Variable


def means_outside(system: ConstraintSystem) -> list[Exclusion]:
    """Ratios and indices over a span that lie outside all its years, where every year is printed."""
    found = []
    for whole, parts in _spans(system):
        bounds = [each for variable in (whole, *parts) for each in system.bounds[variable]]
        if _is_outside(whole, parts, {each: each.interval for each in bounds}):
            found.append(_exclusion(whole, parts, bounds, system))
    return found


def _spans(system: ConstraintSystem) -> Iterator[tuple[Variable, tuple[Variable, ...]]]:
    """Each span of which a ratio is printed, with the times that make it up, all of them printed."""
    printed = {variable for variable, bounds in system.bounds.items() if bounds}
    for family in families(system.bounds, printed):
        indicator = system.indicators[family[0].indicator]
        if indicator.kind not in {"ratio", "index"} or indicator.domain == "any":
            continue
        variables = {read_time(variable.times[0]): variable for variable in family}
        years = [time for time in variables if not time.is_of_months]
        for whole, parts in parts_of(years).items():
            if whole in variables and are_all(parts, whole) and variables.keys() >= set(parts):
                yield variables[whole], tuple(variables[each] for each in parts)


def _is_outside(whole: Variable, parts: Sequence[Variable], given: Intervals) -> bool:
    """Whether the whole is proven to lie below all its parts, or above all of them."""
    known = known_of(given)
    if not known.keys() >= {whole, *parts}:
        return False
    mean = known[whole]
    return all(_is_below(mean, known[each]) for each in parts) or all(
        _is_below(known[each], mean) for each in parts
    )


def _is_below(one: Interval, other: Interval) -> bool:
    if one.high is None or other.low is None or one.high > other.low:
        return False
    return one.high < other.low or not (one.high_closed and other.low_closed)


def _exclusion(
    whole: Variable, parts: Sequence[Variable], bounds: Sequence[PrintedBound], system: ConstraintSystem
) -> Exclusion:
    figures = least(bounds, lambda some: _is_outside(whole, parts, {each: each.interval for each in some}))
    figures.sort(key=lambda each: each.variable != whole)
    mean, *years = Figures(tuple(figures)).named(system)
    return Exclusion(
        bounds=tuple(figures),
        is_excluded=lambda given: _is_outside(whole, parts, given),
        code="ratio-conflict",
        says=text(
            "{mean} is no mean of its years: {years}; a mean lies between the least and the greatest",
            mean=mean,
            years=listing(*years),
        ),
        identity=f"min({_names(parts)}) <= {whole.name} <= max({_names(parts)})",
    )


def _names(variables: Sequence[Variable]) -> str:
    return ", ".join(variable.name for variable in variables)
