"""Other readings: possible causes, that is other ways to read printed figures under which all would hold.

Each reading is one function, registered by its decorator under the name that findings carry, with its sentence. It
tells what a figure would say, which may be of another quantity: 增长到 for 增长了. A reading is offered under
the same condition as a number that would do (`plantrack.audit.oracle`).
"""

from __future__ import annotations

from fractions import Fraction
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from plantrack.audit.allowances import GROWTH, digits_of, round_target, rounded_zeros
from plantrack.audit.bounds import positive_part
from plantrack.findings import Cause, Said
from plantrack.language import Text, text
from plantrack.numbers.interval import NONNEGATIVE, POSITIVE, Interval
from plantrack.numbers.words import POINTS, SLIPPED, TIMES
from plantrack.solver.variables import ONE, Variable

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from collections.abc import Set as AbstractSet

    from plantrack.audit.bounds import PrintedBound
    from plantrack.audit.constraint_system import ConstraintSystem
    from plantrack.audit.levels import Decided

    Instead = Mapping[PrintedBound, PrintedBound]
    Same = Mapping[PrintedBound, Iterable[PrintedBound]]
    Says = Callable[["PrintedBound", "Context"], "Iterable[Interval | Moved | None]"]


NONPOSITIVE = NONNEGATIVE.negated()
CHANGE = ("change", "annual_change")
YEARLY = ("growth", "annual_change")


class Moved(NamedTuple):
    variable: Variable
    interval: Interval


class Context(NamedTuple):
    system: ConstraintSystem
    inside: AbstractSet[PrintedBound]
    """The figures of the contradiction."""
    bounded: AbstractSet[PrintedBound] = frozenset()
    """Those of which the numbers that would do lie between two ends."""


class Alternative(NamedTuple):
    """A way to read numbers of some kinds: of one figure at a time, or `together` of all of a contradiction."""

    name: str
    words: Text
    says: Says
    kinds: tuple[str, ...]
    together: bool
    frees: bool
    """Whether it takes a figure to say nothing of its quantity."""

    def of(self, bound: PrintedBound, context: Context) -> Iterator[Moved]:
        if not self.kinds or (bound.figure.kind in self.kinds and bound.figure.measure is not None):
            for said in self.says(bound, context):
                if said is not None:
                    yield Moved(bound.variable, said) if isinstance(said, Interval) else said


ALTERNATIVES: dict[str, Alternative] = {}


def alternative(
    name: str, words: Text, *kinds: str, together: bool = False, frees: bool = False
) -> Callable[[Says], Says]:
    def register(function: Says) -> Says:
        ALTERNATIVES[name] = Alternative(name, words, function, kinds, together, frees)
        return function

    return register


def causes_of(
    proof: Decided, same: Same, context: Context, would_hold: Callable[[Instead], bool]
) -> Iterator[Cause]:
    """The readings under which everything connected holds, each once; `same` are the prints that are read as one."""
    for each in ALTERNATIVES.values():
        for instead in _ways(each, same, context):
            if _may_hold(instead, proof, context.system) and would_hold(instead):
                words = text(each.words.template, figures=digits_of(instead))
                yield Cause(each.name, words, tuple(map(_said, instead.values())))
                break


def _said(bound: PrintedBound) -> Said:
    variable, interval = bound.variable, bound.interval
    ends = interval.low, interval.high, interval.low_closed, interval.high_closed
    return Said(bound.id, variable.kind, variable.when, *ends)


def _ways(each: Alternative, same: Same, context: Context) -> Iterator[Instead]:
    """Each way in which figures can be read that excludes something; growth by -100 % is none of levels above zero."""
    if each.together:
        read = {one: next(each.of(one, context), None) for prints in same.values() for one in prints}
        yield {one: _read_as(one, said) for one, said in read.items() if said and said.interval != POSITIVE}
        return
    for bound, prints in same.items():
        for said in each.of(bound, context):
            domain = context.system.domains.get(said.variable)
            left = said.interval if domain is None else said.interval.intersection(domain)
            if left is not None and (each.frees or left not in {domain, POSITIVE}):
                yield {one: _read_as(one, said) for one in prints}


def _read_as(bound: PrintedBound, said: Moved) -> PrintedBound:
    return bound.made_to_be(lambda: said.interval, said.variable)


def _may_hold(instead: Instead, proof: Decided, system: ConstraintSystem) -> bool:
    if not instead or not all(_is_known(each.variable, system) for each in instead.values()):
        return False
    return is_moved(instead) or proof.side({old: new.interval for old, new in instead.items()}) in {0, None}


def is_moved(instead: Instead) -> bool:
    return any(old.variable != new.variable for old, new in instead.items())


def _is_known(variable: Variable, system: ConstraintSystem) -> bool:
    is_span = variable.kind in {"ratio", "difference"}
    asked = (variable.level(0), variable.level(1)) if is_span else (variable,)
    return all(each in system.domains for each in asked)


def _interval(bound: PrintedBound) -> Interval:
    assert bound.figure.measure is not None
    return bound.figure.measure.interval


def _is_fall(bound: PrintedBound) -> bool:
    measure = bound.figure.measure
    return measure is not None and (measure.numeral.verb < 0 or measure.value < 0)


# -- bounds and rounding -------------------------------------------------------------------------


@alternative("bound-elsewhere", text("the bound printed elsewhere is meant"))
def _bound_elsewhere(bound: PrintedBound, context: Context) -> Iterator[Interval]:
    for other in context.system.bounds[bound.variable]:
        measure = other.figure.measure
        if other not in context.inside and measure is not None and measure.numeral.bound in _BOUNDS:
            yield other.interval


_BOUNDS = {"ge", "gt", "le", "lt"}


def _rounded_by(convention: str, bound: PrintedBound, _: Context) -> Iterator[Interval]:
    measure = bound.figure.measure
    if bound.is_rounded and measure is not None:
        yield bound.of(measure.reread(measure.numeral, convention))


for _convention, _words in (
    ("truncation", text("numbers were cut off, not rounded")),
    ("raising", text("numbers were rounded up")),
):
    alternative(_convention, _words, together=True)(partial(_rounded_by, _convention))


@alternative("rounded-twice", text("a number was rounded twice"), together=True)
def _rounded_twice(bound: PrintedBound, _: Context) -> Iterator[Interval]:
    """Rounded to one digit more first, and then again: 8.446 to 8.45, and to 8.5."""
    if bound.is_rounded:
        yield bound.widened(Fraction(11, 10), closed=False)


@alternative("round-target", text("the target itself was rounded to a round number"), together=True)
def _round_target(bound: PrintedBound, _: Context) -> list[Interval | None]:
    """To the nearest, up or down, each as it pleased."""
    return [round_target(bound, "either_way")]


@alternative("trailing-zeros", text("the zeros at the end of {figures} are rounding"))
def _trailing_zeros(bound: PrintedBound, _: Context) -> list[Interval | None]:
    return [rounded_zeros(bound)]


# -- spans and averages --------------------------------------------------------------------------


@alternative("one-year-off", text("the span has one year more or less"), *YEARLY)
def _one_year_off(bound: PrintedBound, _: Context) -> Iterator[Interval]:
    years = bound.figure.pace_years
    yield from (bound.of(_interval(bound), each) for each in (years + 1, years - 1) if each > 0)


@alternative(
    "arithmetic-average", text("the yearly growth is the whole growth divided by the years"), "growth"
)
def _arithmetic_average(bound: PrintedBound, _: Context) -> Iterator[Interval]:
    if (years := bound.figure.pace_years) > 1:
        yield bound.of(_interval(bound).scaled(Fraction(years)), 1)


@alternative("whole-as-yearly", text("the growth of the whole span is printed as growth a year"), *YEARLY)
def _whole_as_yearly(bound: PrintedBound, _: Context) -> Iterator[Interval]:
    if bound.figure.pace_years > 1:
        yield bound.of(_interval(bound), 1)


@alternative("mean-of-rates", text("the yearly growth is the mean of the yearly rates"), "growth", frees=True)
def _mean_of_rates(bound: PrintedBound, context: Context) -> Iterator[Interval]:
    variable, years = bound.variable, bound.figure.pace_years
    if years == 1 or not variable.times[0].isdigit():
        return
    first, total = int(variable.times[0]), Interval.point(Fraction(0))
    for year in range(first, first + years):
        rate = context.system.bounds.get(variable._replace(times=(str(year), str(year + 1))))
        if not rate:
            return
        total = total.plus(rate[0].interval.shifted(-ONE))
    if total.scaled(Fraction(1, years)).overlaps(_interval(bound)):
        yield POSITIVE


# -- signs, points and digits --------------------------------------------------------------------


@alternative("sign", text("a fall is printed as a rise, or the other way round"), *GROWTH, *CHANGE)
def _sign(bound: PrintedBound, _: Context) -> Iterator[Interval]:
    """A rise of no more than 5 is no fall."""
    turned = _interval(bound).negated().intersection(NONNEGATIVE if _is_fall(bound) else NONPOSITIVE)
    if turned is not None:
        yield bound.of(turned)


@alternative("decimal-point", text("a decimal point is lost or misplaced"))
def _decimal_point(bound: PrintedBound, context: Context) -> Iterator[Interval]:
    measure = bound.figure.measure
    if bound.is_rounded and measure is not None and measure.value and bound in context.bounded:
        yield from (
            bound.of(_interval(bound).scaled(Fraction(times))) for times in ("1/10", 10, "1/100", 100)
        )


@alternative("unit-slip", text("one amount is in 万 where 亿 is printed, or the other way round"))
def _unit_slip(bound: PrintedBound, context: Context) -> Iterator[Interval]:
    measure = bound.figure.measure
    if measure is None or not measure.value or bound not in context.bounded:
        return
    if any(scale in each for scale in SLIPPED for each in (measure.numeral.text, measure.unit)):
        yield from (bound.of(measure.interval.scaled(Fraction(10) ** power)) for power in (4, -4))


@alternative("per-cent-for-points", text("per cent are meant where points are printed"), *CHANGE)
def _per_cent_for_points(bound: PrintedBound, _: Context) -> Iterator[Moved]:
    measure = bound.figure.measure
    if measure is not None and measure.unit in POINTS:
        ratio = positive_part(measure.interval.shifted(ONE)).power(bound.figure.pace_years)
        yield Moved(bound.variable._replace(kind="ratio"), ratio)


@alternative("points-for-per-cent", text("points are meant where per cent are printed"), *GROWTH)
def _points_for_per_cent(bound: PrintedBound, context: Context) -> Iterator[Moved]:
    indicator = context.system.indicators.get(bound.variable.indicator)
    if indicator is not None and indicator.unit == "%":
        change = _interval(bound).scaled(Fraction(bound.figure.pace_years))
        yield Moved(bound.variable._replace(kind="difference", basis=""), change)


# -- words ---------------------------------------------------------------------------------------


@alternative(
    "times-for-growth",
    text("增长N倍 is meant where N倍 is printed, or the other way round"),
    "multiple",
    "total_growth",
)
def _times_for_growth(bound: PrintedBound, _: Context) -> Iterator[Interval]:
    measure = bound.figure.measure
    if measure is None or measure.numeral.unit not in {TIMES, ""}:
        return
    if bound.figure.kind == "multiple":
        yield bound.interval.shifted(ONE)
    elif measure.numeral.unit == TIMES:
        yield bound.of(measure.interval.shifted(-ONE))


@alternative(
    "to-for-by",
    text("增长到 (增加到, 下降到) is meant where 增长 (增加, 下降) is printed"),
    "total_growth",
    "change",
)
def _to_for_by(bound: PrintedBound, _: Context) -> Iterator[Interval | Moved]:
    said = _interval(bound).negated() if _is_fall(bound) else _interval(bound)
    if bound.figure.kind == "change":
        yield Moved(bound.variable.level(1), said)
    elif said.is_positive:
        yield said


@alternative("by-for-to", text("增加 is meant where 增加到 is printed"), "level")
def _by_for_to(bound: PrintedBound, context: Context) -> Iterator[Moved]:
    """A rise, where nothing that it is held against is a fall."""
    time, year = bound.variable.times[0], bound.figure.base_year
    rise = _interval(bound).intersection(NONNEGATIVE)
    is_rise = rise is not None and not any(map(_is_fall, context.inside - {bound}))
    if rise is not None and is_rise and time.isdigit() and int(time) > year:
        yield Moved(bound.variable._replace(kind="difference", times=(str(year), time)), rise)
