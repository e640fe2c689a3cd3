"""Other readings: possible causes, that is other ways to read printed figures under which all would hold.

Each reading is one function, registered by its decorator under the name that findings carry. It tells
what a figure would say, which may be of another quantity: 增长到 for 增长了. A reading is offered under
the same condition as a number that would do (`plantrack.audit.oracle`).
"""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING, NamedTuple

from plantrack.audit.levels import round_target, rounded_zeros
from plantrack.audit.statements import positive_part
from plantrack.numbers.interval import POSITIVE, Interval

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from plantrack.audit.gravity import Decided
    from plantrack.audit.statements import Statement
    from plantrack.audit.system import System
    from plantrack.solver.variables import Column

    Instead = Mapping[Statement, Statement]
    Says = Callable[["Statement", "Context"], Iterator["Interval | Moved"]]


class Moved(NamedTuple):
    """What a figure would say of another column."""

    column: Column
    interval: Interval


class Context(NamedTuple):
    """What readings look at besides the figure."""

    system: System
    base_years: Mapping[str, int]
    inside: frozenset[Statement]
    """The figures of the contradiction."""
    bounded: frozenset[Statement] = frozenset()
    """Those of which the numbers that would do lie between two ends."""


class Cause(NamedTuple):
    """A reading, and what figures say under it."""

    reading: str
    instead: tuple[Statement, ...]


class Reading(NamedTuple):
    """A way to read figures: of one at a time, or `together` of all of a contradiction."""

    name: str
    says: Says
    together: bool
    frees: bool
    """Whether it takes a figure to say nothing of its quantity."""


READINGS: dict[str, Reading] = {}


def reading(name: str, *, together: bool = False, frees: bool = False) -> Callable[[Says], Says]:
    """Register a reading."""

    def register(function: Says) -> Says:
        READINGS[name] = Reading(name, function, together, frees)
        return function

    return register


def causes_of(
    proof: Decided,
    copies: Mapping[Statement, Sequence[Statement]],
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
    for each in READINGS.values():
        ways = _together(each, copies, context) if each.together else _one_by_one(each, copies, context)
        for instead in ways:
            if _may_hold(instead, proof, context.system) and would_hold(instead):
                yield Cause(each.name, tuple(instead.values()))
                break


def _may_hold(instead: Instead, proof: Decided, system: System) -> bool:
    """Whether figures can be read so, and the contradiction alone does not exclude it."""
    if not instead or not all(_is_known(each.column, system) for each in instead.values()):
        return False
    if is_moved(instead):
        return True
    inside = {each: instead[each].interval for each in proof.statements if each in instead}
    return proof.side(inside) in {0, None}


def is_moved(instead: Instead) -> bool:
    """Whether some figure is read as one of another quantity."""
    return any(old.column != new.column for old, new in instead.items())


def _is_known(column: Column, system: System) -> bool:
    """Whether a column stands in the system, or can be tied to levels that do."""
    if column.kind not in {"ratio", "difference"}:
        return column in system.domains
    return column.level(0) in system.domains and column.level(1) in system.domains


def _one_by_one(
    each: Reading, copies: Mapping[Statement, Sequence[Statement]], context: Context
) -> Iterator[dict[Statement, Statement]]:
    for statement, others in copies.items():
        for said in each.says(statement, context):
            if _is_allowed(statement, said, context.system) and (each.frees or not _says_nothing(said)):
                yield {same: _read_as(same, said) for same in (statement, *others)}


def _together(
    each: Reading, copies: Mapping[Statement, Sequence[Statement]], context: Context
) -> Iterator[dict[Statement, Statement]]:
    instead = {}
    for statement, others in copies.items():
        for same in (statement, *others):
            said = next(each.says(same, context), None)
            if said is not None and not _says_nothing(said):
                instead[same] = _read_as(same, said)
    yield instead


def _read_as(statement: Statement, said: Interval | Moved) -> Statement:
    if isinstance(said, Moved):
        return replace(statement, column=said.column, given=lambda: said.interval)
    return statement.instead(said)


def _is_allowed(statement: Statement, said: Interval | Moved, system: System) -> bool:
    """Whether the column can be there at all."""
    column, interval = (said.column, said.interval) if isinstance(said, Moved) else (statement.column, said)
    domain = system.domains.get(column)
    return domain is None or interval.overlaps(domain)


def _says_nothing(said: Interval | Moved) -> bool:
    """Whether it is growth by no more than -100 %, which no ratio of levels above zero has."""
    return (said.interval if isinstance(said, Moved) else said) == POSITIVE


def _kind(statement: Statement, *kinds: str) -> bool:
    """Whether a figure is a number of one of these kinds."""
    return statement.figure.kind in kinds and statement.figure.measure is not None


def _said(statement: Statement) -> Interval:
    """What the numeral stands for, in the indicator's unit."""
    assert statement.figure.measure is not None
    return statement.figure.measure.interval


# -- bounds and rounding -------------------------------------------------------------------------


@reading("bound-elsewhere")
def _bound_elsewhere(statement: Statement, context: Context) -> Iterator[Interval]:
    """A bound printed elsewhere for the same quantity is what is meant."""
    for other in context.system.statements[statement.column]:
        measure = other.figure.measure
        if other not in context.inside and measure is not None and measure.numeral.bound in _BOUNDS:
            yield other.interval


_BOUNDS = {"ge", "gt", "le", "lt"}


@reading("truncation", together=True)
def _truncation(statement: Statement, _: Context) -> Iterator[Interval]:
    """Digits were cut off, not rounded."""
    yield from _rounded_by(statement, "truncation")


@reading("raising", together=True)
def _raising(statement: Statement, _: Context) -> Iterator[Interval]:
    """Every number was raised to the next digit."""
    yield from _rounded_by(statement, "raising")


def _rounded_by(statement: Statement, convention: str) -> Iterator[Interval]:
    measure = statement.figure.measure
    if statement.is_rounded and measure is not None:
        yield statement.of(measure.reread(measure.numeral, convention))


@reading("rounded-twice", together=True)
def _rounded_twice(statement: Statement, _: Context) -> Iterator[Interval]:
    """A number was rounded to one digit more first, and then again: 8.446 to 8.45, and to 8.5."""
    if statement.is_rounded:
        yield statement.widened(Fraction(11, 10), closed=False)


@reading("round-target", together=True)
def _round_target(statement: Statement, context: Context) -> Iterator[Interval]:
    """The target itself was rounded to a round number: to the nearest, up or down, each as it pleased."""
    wider = round_target(statement, context.base_years, "either_way")
    if wider is not None:
        yield wider


@reading("trailing-zeros")
def _trailing_zeros(statement: Statement, context: Context) -> Iterator[Interval]:
    """Trailing zeros of a change are rounding: 增加1100亿元 to the hundred."""
    wider = rounded_zeros(statement, context.base_years)
    if wider is not None:
        yield wider


# -- spans and averages --------------------------------------------------------------------------


@reading("one-year-off")
def _one_year_off(statement: Statement, _: Context) -> Iterator[Interval]:
    """The span of a yearly figure has one year more or less."""
    if _kind(statement, "growth", "annual_change"):
        years = statement.figure.years or 0
        yield from (statement.of(_said(statement), each) for each in (years + 1, years - 1) if each > 0)


@reading("arithmetic-average")
def _arithmetic_average(statement: Statement, _: Context) -> Iterator[Interval]:
    """The yearly growth is the whole growth divided by the years, not compounded."""
    years = statement.figure.years or 0
    if _kind(statement, "growth") and years > 1:
        yield statement.of(_said(statement).scaled(Fraction(years)), 1)


@reading("whole-as-yearly")
def _whole_as_yearly(statement: Statement, _: Context) -> Iterator[Interval]:
    """The growth over the whole span is printed as growth a year."""
    if _kind(statement, "growth", "annual_change") and (statement.figure.years or 0) > 1:
        yield statement.of(_said(statement), 1)


@reading("mean-of-rates", frees=True)
def _mean_of_rates(statement: Statement, context: Context) -> Iterator[Interval]:
    """The yearly growth is the mean of the yearly rates printed, which is no compound rate."""
    column, years = statement.column, statement.figure.years or 0
    if not _kind(statement, "growth") or years <= 1 or not column.times[0].isdigit():
        return
    first = int(column.times[0])
    spans = [(str(year), str(year + 1)) for year in range(first, first + years)]
    rates = [context.system.statements.get(column._replace(times=span)) for span in spans]
    if not all(rates):
        return
    total = Interval.point(Fraction(0))
    for rate in rates:
        assert rate is not None
        total = total.plus(rate[0].interval.shifted(Fraction(-1)))
    if total.scaled(Fraction(1, years)).overlaps(_said(statement)):
        yield POSITIVE


# -- signs, points and digits --------------------------------------------------------------------


@reading("sign")
def _sign(statement: Statement, _: Context) -> Iterator[Interval]:
    """A fall is printed as a rise, or the other way round."""
    if _kind(statement, "growth", "total_growth", "change", "annual_change"):
        turned = _said(statement).negated()
        least = Fraction(-1)
        if statement.column.kind != "ratio" or turned.high is None or turned.high > least:
            yield statement.of(turned)


@reading("decimal-point")
def _decimal_point(statement: Statement, context: Context) -> Iterator[Interval]:
    """A decimal point is lost or stands elsewhere; told only where few numbers would do."""
    measure = statement.figure.measure
    if measure is None or not statement.is_rounded or statement not in context.bounded:
        return
    for factor in _POINTS:
        yield statement.of(measure.interval.scaled(factor))


_POINTS = (Fraction(1, 10), Fraction(10), Fraction(1, 100), Fraction(100))


@reading("unit-slip")
def _unit_slip(statement: Statement, _: Context) -> Iterator[Interval]:
    """One amount is in 万 where 亿 is printed, or the other way round."""
    measure = statement.figure.measure
    if measure is not None and measure.value and ("万" in measure.unit or "亿" in measure.unit):
        yield from (
            statement.of(measure.interval.scaled(factor)) for factor in (Fraction(10**4), Fraction(1, 10**4))
        )


@reading("per-cent-for-points")
def _per_cent_for_points(statement: Statement, _: Context) -> Iterator[Moved]:
    """百分点 is printed where 百分之 is meant: a change in points is growth in per cent."""
    measure = statement.figure.measure
    if measure is None or not measure.unit.endswith("百分点"):
        return
    if _kind(statement, "change", "annual_change"):
        years = (statement.figure.years or 1) if statement.figure.kind == "annual_change" else 1
        ratio = positive_part(_said(statement).shifted(Fraction(1))).power(years)
        yield Moved(statement.column._replace(kind="ratio"), ratio)


@reading("points-for-per-cent")
def _points_for_per_cent(statement: Statement, context: Context) -> Iterator[Moved]:
    """百分之 is printed where 百分点 is meant: growth of a share in per cent is a change in points."""
    indicator = context.system.indicators.get(statement.column.indicator)
    if indicator is None or indicator.unit != "%" or not _kind(statement, "growth", "total_growth"):
        return
    years = (statement.figure.years or 1) if statement.figure.kind == "growth" else 1
    column = statement.column._replace(kind="difference", basis="")
    yield Moved(column, _said(statement).scaled(Fraction(years)))


# -- words ---------------------------------------------------------------------------------------


@reading("times-for-growth")
def _times_for_growth(statement: Statement, _: Context) -> Iterator[Interval]:
    """增长N倍 is meant where N倍 is printed, or the other way round."""
    measure = statement.figure.measure
    if measure is None or measure.numeral.unit not in {"倍", ""}:
        return
    if statement.figure.kind == "multiple":
        yield statement.interval.shifted(Fraction(1))
    elif statement.figure.kind == "total_growth" and measure.numeral.unit == "倍":
        yield statement.of(measure.interval.shifted(Fraction(-1)))


@reading("to-for-by")
def _to_for_by(statement: Statement, _: Context) -> Iterator[Interval | Moved]:
    """至 is meant where 了 is printed: 增长到150% for 增长了150%, 增加到50 for 增加了50."""
    if _kind(statement, "total_growth"):
        said = _said(statement)
        if said.is_positive:
            yield said
    elif _kind(statement, "change"):
        yield Moved(statement.column.level(1), _said(statement))


@reading("by-for-to")
def _by_for_to(statement: Statement, context: Context) -> Iterator[Moved]:
    """了 is meant where 至 is printed: 增加了50 for 增加到50."""
    column, year = statement.column, context.base_years.get(statement.figure.plan)
    if not _kind(statement, "level") or not column.times[0].isdigit() or year is None:
        return
    if int(column.times[0]) > year:
        times = (str(year), column.times[0])
        yield Moved(column._replace(kind="difference", times=times), _said(statement))
