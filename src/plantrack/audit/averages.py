"""Averages over a span, which no law between variables tells: means of years, average growth, gaps between rates.

A mean, of yearly ratios or of totals, lies between the least and the greatest year. Average growth may be 水平法 or,
as offices use it for investment, 累计法: of the first the end over the start is the power of the rate,
`x_n / x_0 = (1 + g)^n`; of the second the sum of the powers is the sum of the years over the start,
`sum((1 + g)^i) = sum(x_i) / x_0`. Only what fails both is reported. Growth may be so many points above other growth:
over several years the ratio of levels is a power of the rate, so that the gap is no sum of variables.
"""

from __future__ import annotations

from functools import partial, reduce
from itertools import islice, product
from typing import TYPE_CHECKING

from plantrack.audit.coverage import is_gap_of_rates
from plantrack.audit.exclusions import Exclusion, known_of, least
from plantrack.audit.time_laws import are_all, families, parts_of
from plantrack.audit.wording import named
from plantrack.findings import Level
from plantrack.language import fixed, listing, text
from plantrack.numbers.interval import NONNEGATIVE, Interval
from plantrack.numbers.times import read_time
from plantrack.solver.roots import root_of
from plantrack.solver.variables import EITHER, Variable

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from collections.abc import Set as AbstractSet

    from plantrack.audit.bounds import PrintedBound
    from plantrack.audit.constraint_system import ConstraintSystem
    from plantrack.audit.exclusions import Intervals

    Side = tuple[PrintedBound, ...]


def _blamed(
    bounds: Sequence[PrintedBound], is_excluded: Callable[[Intervals], bool], lead: Variable
) -> list[PrintedBound]:
    """The least figures that exclude one another, those of the lead first; none where they do not."""

    def excluded(some: Sequence[PrintedBound]) -> bool:
        return is_excluded({each: each.interval for each in some})

    figures = least(bounds, excluded) if excluded(bounds) else []
    return sorted(figures, key=lambda each: each.variable != lead)


def means_outside(system: ConstraintSystem) -> Iterator[Exclusion]:
    """Ratios and indices over a span that lie outside all its years, where every year is printed."""
    for whole, parts in _spans(system):
        bounds = [each for variable in (whole, *parts) for each in system.bounds[variable]]
        is_outside, names = partial(_is_outside, whole, parts), ", ".join(each.name for each in parts)
        if figures := _blamed(bounds, is_outside, whole):
            mean, *years = named(figures, system)
            yield Exclusion(
                bounds=tuple(figures),
                is_excluded=is_outside,
                code="ratio-conflict",
                says=text(
                    "{mean} is no mean of its years: {years}; a mean lies between the least and the greatest",
                    mean=mean,
                    years=listing(*years),
                ),
                identity=f"min({names}) <= {whole.name} <= max({names})",
            )


def _spans(system: ConstraintSystem) -> Iterator[tuple[Variable, list[Variable]]]:
    for family in families(system.bounds, {variable for variable, bounds in system.bounds.items() if bounds}):
        first, *_ = family
        indicator = system.indicators[first.indicator]
        if indicator.kind not in {"ratio", "index"} or indicator.domain == "any":
            continue
        variables = {read_time(*variable.times): variable for variable in family}
        for whole, parts in parts_of(time for time in variables if not time.is_of_months).items():
            if whole in variables and are_all(parts, whole) and variables.keys() >= set(parts):
                yield variables[whole], [variables[each] for each in parts]


def _is_outside(whole: Variable, parts: Sequence[Variable], given: Intervals) -> bool:
    known = known_of(given)
    if not known.keys() >= {whole, *parts}:
        return False
    mean, years = known[whole], [known[each] for each in parts]
    return all(_is_below(mean, each) for each in years) or all(_is_below(each, mean) for each in years)


def _is_below(one: Interval, other: Interval) -> bool:
    if one.high is None or other.low is None or one.high > other.low:
        return False
    return one.high < other.low or not (one.high_closed and other.low_closed)


def averages_of_either_kind(system: ConstraintSystem) -> Iterator[Exclusion]:
    for variable, bounds in system.bounds.items():
        for growth in bounds if variable.basis == EITHER else ():
            if growth.figure.measure is None:
                continue
            variables = _levels(growth)
            levels = [each for level in variables for each in system.bounds.get(level, ())]
            fails = partial(_fails_both, growth, variables)
            if figures := _blamed([*levels, growth], fails, variable):
                said, *others = named(figures, system)
                yield Exclusion(
                    bounds=tuple(figures),
                    is_excluded=fails,
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
    assert growth.figure.years is not None
    start = int(growth.variable.times[0])
    times = [str(start + year) for year in range(growth.figure.years + 1)]
    return [growth.variable.level(0)._replace(times=(time,)) for time in (*times, f"{start + 1}/{times[-1]}")]


def _fails_both(growth: PrintedBound, variables: Sequence[Variable], given: Intervals) -> bool:
    """Whether the level at the end, and the sum of all years, are both proven to be another than the average means."""
    known = known_of(given)
    base, *left = (known.get(each, NONNEGATIVE) for each in variables)
    if growth not in given or not base.is_positive:
        return False
    *years, total = left
    ratio = root_of(given[growth], len(years))
    powers = [ratio.power(number + 1) for number in range(len(years))]
    if powers[-1].times(base).overlaps(years[-1]):
        return False
    sums = reduce(Interval.plus, years).intersection(
        total
    )  # None where the years and their sum exclude one another
    # each end of the sum of powers is that of the number, since all powers grow with it
    return sums is not None and not reduce(Interval.plus, powers).times(base).overlaps(sums)


def rate_gaps(system: ConstraintSystem) -> Iterator[Exclusion]:
    for gap, pairs in _compared(system):
        exclusions = (_exclusion(gap, *pair, system) for pair in pairs)
        yield from islice((each for each in exclusions if each.side() == 1), 1)


def reached_with_gaps(reached: AbstractSet[str], system: ConstraintSystem) -> AbstractSet[str]:
    """Ids of the figures that laws reach, and of comparisons of rates and these rates where both are printed."""
    compared = list(_compared(system))
    rates = {each.id for gap, pairs in compared for this, other in pairs for each in (gap, *this, *other)}
    return reached - {gap.id for gap, _ in compared} | rates


def _compared(system: ConstraintSystem) -> Iterator[tuple[PrintedBound, list[tuple[Side, Side]]]]:
    constraints = {each.slack: each for each in system.constraints if each.slack is not None}
    for variable, bounds in system.bounds.items():
        for gap in bounds if variable in constraints else ():
            if is_gap_of_rates(gap.figure):
                this, other = (_sides(each, system) for each, _ in constraints[variable].terms[:2])
                yield gap, list(product(this, other))


def _sides(variable: Variable, system: ConstraintSystem) -> list[Side]:
    levels = product(*(system.bounds.get(variable.level(number), ()) for number in (0, 1)))
    sides: list[Side] = [
        (each,) for each in system.bounds.get(variable, ()) if each.figure.measure is not None
    ]
    return sides + [pair for pair in levels if all(each.interval.is_positive for each in pair)]


def _exclusion(gap: PrintedBound, this: Side, other: Side, system: ConstraintSystem) -> Exclusion:
    relation, years = gap.figure.relation, gap.figure.years
    assert relation is not None
    assert years is not None
    between = relation.between.closure()

    def rate(side: Side, given: Intervals) -> Interval:
        ratio = reduce(lambda start, end: end.times(start.reciprocal()), map(given.__getitem__, side))
        return root_of(ratio, years)

    def points(side: Side) -> float:
        printed = (low or 1.0 for low, _ in (each.printed.floats() for each in side))
        return float(reduce(lambda start, end: end / start, printed) ** (1 / years))

    said = named((gap, *this, *other), system)
    return Exclusion(
        bounds=(gap, *this, *other),
        is_excluded=lambda given: not rate(this, given).plus(rate(other, given).negated()).overlaps(between),
        code="comparison-conflict",
        says=text(
            "{this} is not {relation}, {other}: the yearly rates are {gap} points apart",
            this=listing(*said[1 : 1 + len(this)]),
            relation=relation.words,
            other=listing(*said[1 + len(this) :]),
            gap=fixed(100 * (points(this) - points(other)), 2),
        ),
        identity=" - ".join(f"growth[{_name(side)}]" for side in (this, other)) + f" = {gap.id}",
    )


def _name(side: Side) -> str:
    first, last = side[0].variable, side[-1].variable
    return first.name if len(side) == 1 else first._replace(times=first.times + last.times).name
