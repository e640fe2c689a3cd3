"""Other readings: possible causes, that is other ways to read printed figures under which all would hold.

Each reading is one function, registered by its decorator under the name that findings carry. It tells
what a figure would say, which may be of another quantity: 增长到 for 增长了. A reading is offered under
the same condition as a number that would do (`plantrack.audit.oracle`).
"""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING, NamedTuple

from plantrack.audit.allowances import round_target, rounded_zeros
from plantrack.audit.bounds import positive_part
from plantrack.numbers.interval import POSITIVE, Interval
from plantrack.numbers.words import POINTS, SLIPPED, TIMES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from plantrack.audit.bounds import PrintedBound
    from plantrack.audit.constraint_system import ConstraintSystem
    from plantrack.audit.severity import Decided
    from plantrack.solver.variables import Variable

    Instead = Mapping[PrintedBound, PrintedBound]
    Says = Callable[["PrintedBound", "Context"], Iterator["Interval | Moved"]]


class Moved(NamedTuple):
    """What a figure would say of another variable."""

    variable: Variable
    interval: Interval


class Context(NamedTuple):
    """What readings look at besides the figure."""

    system: ConstraintSystem
    base_years: Mapping[str, int]
    inside: frozenset[PrintedBound]
    """The figures of the contradiction."""
    bounded: frozenset[PrintedBound] = frozenset()
    """Those of which the numbers that would do lie between two ends."""


class Cause(NamedTuple):
    """A reading, and what figures say under it."""

    alternative: str
    instead: tuple[PrintedBound, ...]


class Alternative(NamedTuple):
    """A way to read figures: of one at a time, or `together` of all of a contradiction."""

    name: str
    says: Says
    together: bool
    frees: bool
    """Whether it takes a figure to say nothing of its quantity."""


ALTERNATIVES: dict[str, Alternative] = {}


def alternative(name: str, *, together: bool = False, frees: bool = False) -> Callable[[Says], Says]:
    """Register a reading."""

    def register(function: Says) -> Says:
        ALTERNATIVES[name] = Alternative(name, function, together, frees)
        return function

    return register


def causes_of(
    proof: Decided,
    copies: Mapping[PrintedBound, Sequence[PrintedBound]],
    context: Context,
    would_hold: Callable[[Instead], bool],
) -> Iterator[Cause]:
    """The readings under which everything connected holds, each once, with what it makes of figures.

    Args:
        proof: the contradiction.
        copies: figure -> others of its quantity that are read as it is.
        context: what readings look at.
        would_hold: whether everything connected holds with these figures.
    """
    for each in ALTERNATIVES.values():
        ways = _together(each, copies, context) if each.together else _one_by_one(each, copies, context)
        for instead in ways:
            if _may_hold(instead, proof, context.system) and would_hold(instead):
                yield Cause(each.name, tuple(instead.values()))
                break


def _may_hold(instead: Instead, proof: Decided, system: ConstraintSystem) -> bool:
    """Whether figures can be read so, and the contradiction alone does not exclude it."""
    if not instead or not all(_is_known(each.variable, system) for each in instead.values()):
        return False
    if is_moved(instead):
        return True
    inside = {each: instead[each].interval for each in proof.bounds if each in instead}
    return proof.side(inside) in {0, None}


def is_moved(instead: Instead) -> bool:
    """Whether some figure is read as one of another quantity."""
    return any(old.variable != new.variable for old, new in instead.items())


def _is_known(variable: Variable, system: ConstraintSystem) -> bool:
    """Whether a variable stands in the system, or can be linked to levels that do."""
    if variable.kind not in {"ratio", "difference"}:
        return variable in system.domains
    return variable.level(0) in system.domains and variable.level(1) in system.domains


def _one_by_one(
    each: Alternative, copies: Mapping[PrintedBound, Sequence[PrintedBound]], context: Context
) -> Iterator[dict[PrintedBound, PrintedBound]]:
    for bound, others in copies.items():
        for said in each.says(bound, context):
            if _is_allowed(bound, said, context.system) and (each.frees or not _says_nothing(said)):
                yield {same: _read_as(same, said) for same in (bound, *others)}


def _together(
    each: Alternative, copies: Mapping[PrintedBound, Sequence[PrintedBound]], context: Context
) -> Iterator[dict[PrintedBound, PrintedBound]]:
    instead = {}
    for bound, others in copies.items():
        for same in (bound, *others):
            said = next(each.says(same, context), None)
            if said is not None and not _says_nothing(said):
                instead[same] = _read_as(same, said)
    yield instead


def _read_as(bound: PrintedBound, said: Interval | Moved) -> PrintedBound:
    if isinstance(said, Moved):
        return replace(bound, variable=said.variable, given=lambda: said.interval)
    return bound.instead(said)


def _is_allowed(bound: PrintedBound, said: Interval | Moved, system: ConstraintSystem) -> bool:
    """Whether the variable can be there at all."""
    variable, interval = (said.variable, said.interval) if isinstance(said, Moved) else (bound.variable, said)
    domain = system.domains.get(variable)
    return domain is None or interval.overlaps(domain)


def _says_nothing(said: Interval | Moved) -> bool:
    """Whether it is growth by no more than -100 %, which no ratio of levels above zero has."""
    return (said.interval if isinstance(said, Moved) else said) == POSITIVE


def _kind(bound: PrintedBound, *kinds: str) -> bool:
    """Whether a figure is a number of one of these kinds."""
    return bound.figure.kind in kinds and bound.figure.measure is not None


def _said(bound: PrintedBound) -> Interval:
    """What the numeral stands for, in the indicator's unit."""
    assert bound.figure.measure is not None
    return bound.figure.measure.interval


# -- bounds and rounding -------------------------------------------------------------------------


@alternative("bound-elsewhere")
def _bound_elsewhere(bound: PrintedBound, context: Context) -> Iterator[Interval]:
    """A bound printed elsewhere for the same quantity is what is meant."""
    for other in context.system.bounds[bound.variable]:
        measure = other.figure.measure
        if other not in context.inside and measure is not None and measure.numeral.bound in _BOUNDS:
            yield other.interval


_BOUNDS = {"ge", "gt", "le", "lt"}


@alternative("truncation", together=True)
def _truncation(bound: PrintedBound, _: Context) -> Iterator[Interval]:
    """Digits were cut off, not rounded."""
    yield from _rounded_by(bound, "truncation")


@alternative("raising", together=True)
def _raising(bound: PrintedBound, _: Context) -> Iterator[Interval]:
    """Every number was raised to the next digit."""
    yield from _rounded_by(bound, "raising")


def _rounded_by(bound: PrintedBound, convention: str) -> Iterator[Interval]:
    measure = bound.figure.measure
    if bound.is_rounded and measure is not None:
        yield bound.of(measure.reread(measure.numeral, convention))


@alternative("rounded-twice", together=True)
def _rounded_twice(bound: PrintedBound, _: Context) -> Iterator[Interval]:
    """A number was rounded to one digit more first, and then again: 8.446 to 8.45, and to 8.5."""
    if bound.is_rounded:
        yield bound.widened(Fraction(11, 10), closed=False)


@alternative("round-target", together=True)
def _round_target(bound: PrintedBound, context: Context) -> Iterator[Interval]:
    """The target itself was rounded to a round number: to the nearest, up or down, each as it pleased."""
    wider = round_target(bound, context.base_years, "either_way")
    if wider is not None:
        yield wider


@alternative("trailing-zeros")
def _trailing_zeros(bound: PrintedBound, context: Context) -> Iterator[Interval]:
    """Trailing zeros of a change are rounding: 增加1100亿元 to the hundred."""
    wider = rounded_zeros(bound, context.base_years)
    if wider is not None:
        yield wider


# -- spans and averages --------------------------------------------------------------------------


@alternative("one-year-off")
def _one_year_off(bound: PrintedBound, _: Context) -> Iterator[Interval]:
    """The span of a yearly figure has one year more or less."""
    if _kind(bound, "growth", "annual_change"):
        years = bound.figure.years or 0
        yield from (bound.of(_said(bound), each) for each in (years + 1, years - 1) if each > 0)


@alternative("arithmetic-average")
def _arithmetic_average(bound: PrintedBound, _: Context) -> Iterator[Interval]:
    """The yearly growth is the whole growth divided by the years, not compounded."""
    years = bound.figure.years or 0
    if _kind(bound, "growth") and years > 1:
        yield bound.of(_said(bound).scaled(Fraction(years)), 1)


@alternative("whole-as-yearly")
def _whole_as_yearly(bound: PrintedBound, _: Context) -> Iterator[Interval]:
    """The growth over the whole span is printed as growth a year."""
    if _kind(bound, "growth", "annual_change") and (bound.figure.years or 0) > 1:
        yield bound.of(_said(bound), 1)


@alternative("mean-of-rates", frees=True)
def _mean_of_rates(bound: PrintedBound, context: Context) -> Iterator[Interval]:
    """The yearly growth is the mean of the yearly rates printed, which is no compound rate."""
    variable, years = bound.variable, bound.figure.years or 0
    if not _kind(bound, "growth") or years <= 1 or not variable.times[0].isdigit():
        return
    first = int(variable.times[0])
    spans = [(str(year), str(year + 1)) for year in range(first, first + years)]
    rates = [context.system.bounds.get(variable._replace(times=span)) for span in spans]
    if not all(rates):
        return
    total = Interval.point(Fraction(0))
    for rate in rates:
        assert rate is not None
        total = total.plus(rate[0].interval.shifted(Fraction(-1)))
    if total.scaled(Fraction(1, years)).overlaps(_said(bound)):
        yield POSITIVE


# -- signs, points and digits --------------------------------------------------------------------


@alternative("sign")
def _sign(bound: PrintedBound, _: Context) -> Iterator[Interval]:
    """A fall is printed as a rise, or the other way round."""
    if _kind(bound, "growth", "total_growth", "change", "annual_change"):
        turned = _said(bound).negated()
        least = Fraction(-1)
        if bound.variable.kind != "ratio" or turned.high is None or turned.high > least:
            yield bound.of(turned)


@alternative("decimal-point")
def _decimal_point(bound: PrintedBound, context: Context) -> Iterator[Interval]:
    """A decimal point is lost or stands elsewhere; reported only where few numbers would do."""
    measure = bound.figure.measure
    if measure is None or not bound.is_rounded or bound not in context.bounded:
        return
    for factor in _POINTS:
        yield bound.of(measure.interval.scaled(factor))


_POINTS = (Fraction(1, 10), Fraction(10), Fraction(1, 100), Fraction(100))


@alternative("unit-slip")
def _unit_slip(bound: PrintedBound, _: Context) -> Iterator[Interval]:
    """One amount is in 万 where 亿 is printed, or the other way round."""
    measure = bound.figure.measure
    if measure is not None and measure.value and any(scale in measure.unit for scale in SLIPPED):
        yield from (
            bound.of(measure.interval.scaled(factor)) for factor in (Fraction(10**4), Fraction(1, 10**4))
        )


@alternative("per-cent-for-points")
def _per_cent_for_points(bound: PrintedBound, _: Context) -> Iterator[Moved]:
    """百分点 is printed where 百分之 is meant: a change in points is growth in per cent."""
    measure = bound.figure.measure
    if measure is None or measure.unit not in POINTS:
        return
    if _kind(bound, "change", "annual_change"):
        years = (bound.figure.years or 1) if bound.figure.kind == "annual_change" else 1
        ratio = positive_part(_said(bound).shifted(Fraction(1))).power(years)
        yield Moved(bound.variable._replace(kind="ratio"), ratio)


@alternative("points-for-per-cent")
def _points_for_per_cent(bound: PrintedBound, context: Context) -> Iterator[Moved]:
    """百分之 is printed where 百分点 is meant: growth of a share in per cent is a change in points."""
    indicator = context.system.indicators.get(bound.variable.indicator)
    if indicator is None or indicator.unit != "%" or not _kind(bound, "growth", "total_growth"):
        return
    years = (bound.figure.years or 1) if bound.figure.kind == "growth" else 1
    variable = bound.variable._replace(kind="difference", basis="")
    yield Moved(variable, _said(bound).scaled(Fraction(years)))


# -- words ---------------------------------------------------------------------------------------


@alternative("times-for-growth")
def _times_for_growth(bound: PrintedBound, _: Context) -> Iterator[Interval]:
    """增长N倍 is meant where N倍 is printed, or the other way round."""
    measure = bound.figure.measure
    if measure is None or measure.numeral.unit not in {TIMES, ""}:
        return
    if bound.figure.kind == "multiple":
        yield bound.interval.shifted(Fraction(1))
    elif bound.figure.kind == "total_growth" and measure.numeral.unit == TIMES:
        yield bound.of(measure.interval.shifted(Fraction(-1)))


@alternative("to-for-by")
def _to_for_by(bound: PrintedBound, _: Context) -> Iterator[Interval | Moved]:
    """至 is meant where 了 is printed: 增长到150% for 增长了150%, 增加到50 for 增加了50."""
    if _kind(bound, "total_growth"):
        said = _said(bound)
        if said.is_positive:
            yield said
    elif _kind(bound, "change"):
        yield Moved(bound.variable.level(1), _said(bound))


@alternative("by-for-to")
def _by_for_to(bound: PrintedBound, context: Context) -> Iterator[Moved]:
    """了 is meant where 至 is printed: 增加了50 for 增加到50."""
    variable, year = bound.variable, context.base_years.get(bound.figure.plan)
    if not _kind(bound, "level") or not variable.times[0].isdigit() or year is None:
        return
    if int(variable.times[0]) > year:
        times = (str(year), variable.times[0])
        yield Moved(variable._replace(kind="difference", times=times), _said(bound))
