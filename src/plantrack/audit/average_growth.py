"""Average growth that may be of either kind: 水平法, or 累计法 as offices use it for investment.

Of the first the end over the start is the power of the rate, `x_n / x_0 = (1 + g)^n`; of the second the
sum of the powers is the sum of the years over the start, `sum((1 + g)^i) = sum(x_i) / x_0`. Only what
fails both is reported.
"""

from __future__ import annotations

from functools import reduce
from typing import TYPE_CHECKING

from plantrack.audit.exclusions import Exclusion, Figures, known_of, least
from plantrack.findings import Level
from plantrack.language import listing, text
from plantrack.numbers.interval import NONNEGATIVE, Interval
from plantrack.solver.roots import root_of
from plantrack.solver.variables import EITHER

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from plantrack.audit.bounds import PrintedBound
    from plantrack.audit.constraint_system import ConstraintSystem
    from plantrack.audit.exclusions import Intervals
    from plantrack.solver.variables import Variable


def averages_of_either_kind(system: ConstraintSystem) -> list[Exclusion]:
    """Each average growth that neither kind of average makes of the printed levels."""
    growth = [
        each
        for variable, bounds in system.bounds.items()
        if variable.basis == EITHER
        for each in bounds
        if each.figure.measure is not None
    ]
    return [found for each in growth if (found := _broken(each, system)) is not None]


def _broken(growth: PrintedBound, system: ConstraintSystem) -> Exclusion | None:
    levels = [each for variable in _levels(growth) for each in system.bounds.get(variable, ())]

    def is_excluded(given: Intervals) -> bool:
        return growth in given and _fails_both(growth, given)

    def exclude(some: Sequence[PrintedBound]) -> bool:
        return is_excluded({each: each.interval for each in some})

    if not exclude([*levels, growth]):
        return None
    figures = least([*levels, growth], exclude)
    figures.sort(key=lambda each: each is not growth)
    said, *others = Figures(tuple(figures)).named(system)
    return Exclusion(
        bounds=tuple(figures),
        is_excluded=is_excluded,
        code="growth-conflict",
        says=text(
            "{growth} is neither kind of average growth (水平法, 累计法) of {levels}",
            growth=said,
            levels=listing(*others),
        ),
        identity="x_n / x_0 = (1 + g)^n or sum(x_i) / x_0 = sum((1 + g)^i)",
        most=Level.WARNING,
    )


def _levels(growth: PrintedBound) -> list[Variable]:
    """The level at the start, those of the years after it, and that over all these years."""
    start, years = _start(growth), _years(growth)
    times = [str(year) for year in range(start, start + years + 1)]
    return [growth.variable.level(0)._replace(times=(time,)) for time in (*times, f"{start + 1}/{times[-1]}")]


def _start(growth: PrintedBound) -> int:
    return int(growth.variable.times[0])


def _years(growth: PrintedBound) -> int:
    assert growth.figure.years is not None
    return growth.figure.years


def _fails_both(growth: PrintedBound, given: Intervals) -> bool:
    """Whether the level at the end, and the sum of all years, are both proven to be another than the average means."""
    known = known_of(given)
    variables = _levels(growth)
    base = known.get(variables[0])
    if base is None or not base.is_positive:
        return False
    ratio = root_of(given[growth], _years(growth))
    powers = [ratio.power(number + 1) for number in range(_years(growth))]
    end, total = known.get(variables[-2], NONNEGATIVE), _total(variables, known)
    return not (
        powers[-1].times(base).overlaps(end) or (total is None or _sum_of(powers).times(base).overlaps(total))
    )


def _total(variables: Sequence[Variable], known: Mapping[Variable, Interval]) -> Interval | None:
    """What all years come to: as printed, and by the years that are; `None` where these exclude one another."""
    of_years = reduce(Interval.plus, (known.get(each, NONNEGATIVE) for each in variables[1:-1]))
    return of_years.intersection(known.get(variables[-1], NONNEGATIVE))


def _sum_of(powers: Sequence[Interval]) -> Interval:
    """The sum of powers of one number: each end is that of the number, since all powers grow with it."""
    return reduce(Interval.plus, powers)
