"""What a printed value says: a measure with its interval, or a relation where no number is printed.

Measures are in the indicator's own unit, per cent and points as fractions.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from plantrack.language import Text, Words, listing, shortened, text
from plantrack.numbers.numeral import Numeral, read_numeral
from plantrack.numbers.words import PERCENT, POINTS, POINTS_OF, RANK, SHARES, SIGN_OF, TIMES, UNCHANGED
from plantrack.plan.mistyped import IN_ROUND_BRACKETS, why_no_numeral, with_letters
from plantrack.plan.model import DIRECTIONS, Assigned
from plantrack.plan.relations import Operator, Relation
from plantrack.plan.units import converts, factor_between

if TYPE_CHECKING:
    from collections.abc import Iterator
    from fractions import Fraction

    from plantrack.numbers.interval import Interval
    from plantrack.numbers.times import Time
    from plantrack.plan.catalogue import Catalogue
    from plantrack.plan.model import Indicator, PlanModel, Printed, Row
    from plantrack.plan.units import Unit


@dataclass(frozen=True)
class Measure:
    """What a numeral says of a quantity.

    `factor` turns base units into the indicator's own. `whole` tells that it is a whole number of
    something that comes in whole numbers (see `comes_whole`), and so exact; `counts` that it is in a
    counting unit. `derived` is the interval of what was computed from a numeral and others.
    """

    numeral: Numeral
    unit: str
    factor: Fraction
    whole: bool
    counts: bool = False
    derived: Interval | None = None

    @cached_property
    def interval(self) -> Interval:
        """The values that would be printed so, in the indicator's own unit."""
        return self.reread(self.numeral) if self.derived is None else self.derived

    @cached_property
    def value(self) -> Fraction:
        """The printed value; a range's middle, a bound's bound."""
        return self.numeral.value * self.factor

    def reread(self, numeral: Numeral, convention: str = "half_away") -> Interval:
        """The interval if `numeral` stood here, or if it had been rounded by another convention."""
        return numeral.interval(whole=self.whole, convention=convention).scaled(self.factor)


class Misunderstood(Exception):
    """A value that is no figure."""

    def __init__(self, name: str, message: Text, *, at_key: bool = False) -> None:
        super().__init__(name)
        self.name = name
        self.message = message
        self.at_key = at_key


# -- reading ------------------------------------------------------------------------------------


class Subject(NamedTuple):
    """What a value is about: an indicator, and whether it comes in whole numbers (see `comes_whole`).

    `round_brackets` tells that round brackets mean the whole period in this plan.
    """

    indicator: Indicator
    comes_whole: bool = False
    round_brackets: bool = False


def comes_whole(name: str, indicator: Indicator, plan: PlanModel, catalogue: Catalogue) -> bool:
    """Whether an indicator of a plan takes whole numbers only.

    A stock or flow in a measure word or in persons, without a scale, of which the plan prints no
    level with decimals. A ratio, an average, an index is never whole.
    """
    unit = catalogue.units.get(indicator.unit)
    if unit is None or not unit.whole or indicator.kind not in {"stock", "flow"}:
        return False
    levels = (value for row in plan.figures.get(name, ()) for value in row.levels)
    return not any(isinstance(value, str) and _has_decimals(value) for value in levels)


def _has_decimals(value: str) -> bool:
    """Whether a printed count is no whole number, or might be none: 25.0, 1.23456万."""
    try:
        numeral = read_numeral(value)
    except ValueError:
        return False
    return any((each * numeral.scale).denominator != 1 for each in (*numeral.values, numeral.step))


def read_value(
    kind: str, value: Printed, row: Row, subject: Subject, catalogue: Catalogue
) -> Iterator[Measure | Relation]:
    """What a value of a row says: one measure or direction, each of its comparisons, or who assigns it.

    Raises:
        Misunderstood: where it says nothing that plantrack understands.
    """
    if isinstance(value, list):
        for comparison in value:
            ((operator, to),) = comparison.operators
            yield Relation(
                operator, to, comparison.by, gap=_read_gap(kind, comparison.by, subject, catalogue)
            )
    elif isinstance(value, Assigned):
        if value.value is None:
            yield Relation("assigned", other=Words(value.assigned, value.assigned))
        else:
            yield from read_value(kind, value.value, row, subject, catalogue)
    elif value in _DIRECTIONS:
        if kind not in _STEPS:
            raise Misunderstood(
                "invalid-value", text("a direction is a `change: {{a->b: {direction}}}`", direction=value)
            )
        yield Relation(_DIRECTIONS[value])
    else:
        yield _read_measure(kind, value, row.printed, subject, catalogue)


_DIRECTIONS: dict[str, Operator] = {**{each: each for each in DIRECTIONS}, UNCHANGED: "unchanged"}
"""What a value may say of a direction -> the relation."""


def require_numeral(value: Printed) -> None:
    """Refuse what says nothing, whatever is measured.

    Raises:
        Misunderstood: for text that is neither a numeral nor a direction.
    """
    value = (value.value or []) if isinstance(value, Assigned) else value
    if isinstance(value, str) and value not in _DIRECTIONS:
        _read(value)


def _read_gap(kind: str, by: str | None, subject: Subject, catalogue: Catalogue) -> Interval | None:
    """How far apart two sides are: a difference in the indicator's unit, of growth in points."""
    if by is None:
        return None
    of = subject if kind == "level" else Subject(subject.indicator.model_copy(update={"unit": PERCENT}))
    return _read_measure("change", by, None, of, catalogue).interval


def _read_measure(
    kind: str, value: str, printed: str | None, subject: Subject, catalogue: Catalogue
) -> Measure:
    numeral = _meant(_read_bracketed(value) if subject.round_brackets else _read(value), printed)
    _check_times(kind, value, numeral)
    _check_fraction(value, numeral)
    if numeral.is_reached and kind in _STEPS:
        raise Misunderstood(
            "invalid-numeral", text('"{value}" tells what is reached: write it under `level`', value=value)
        )
    own = unit_of(kind, subject.indicator, catalogue)
    bare = POINTS_OF.get(own.name, own.name) if kind in _DIFFERENCES else own.name
    name = numeral.unit or (bare if numeral.scale == 1 else own.plain)
    unit = catalogue.units.get(name)
    if unit is None or not (name == bare or converts(unit, own, difference=kind in _DIFFERENCES)):
        raise _misfit(kind, value, name, subject.indicator, catalogue)
    counts = unit.whole and own.whole
    measure = Measure(
        numeral,
        numeral.unit or bare,
        factor_between(unit, own),
        whole=counts and kind != "annual_change" and subject.comes_whole and _is_whole(numeral),
        counts=counts,
    )
    _check_least(kind, value, measure)
    return measure


def _check_fraction(value: str, numeral: Numeral) -> None:
    """12/10万 is 12 of 100 thousand persons, not 1.2万."""
    if numeral.fraction_of is not None and numeral.scale != 1:
        message = text(
            '"{value}" is so many of a number: write the first number, and what it is of in the unit (人/十万人)',
            value=shortened(value),
        )
        raise Misunderstood("invalid-numeral", message)


def unit_of(kind: str, indicator: Indicator, catalogue: Catalogue) -> Unit:
    """The unit that a figure of a kind is kept in: its indicator's own, or of growth, multiples and ranks theirs."""
    return catalogue.units[indicator.unit if kind in _IN_OWN_UNIT else BARE_UNITS[kind]]


def _is_whole(numeral: Numeral) -> bool:
    """Whether it is a whole number without a scale."""
    return numeral.scale == 1 and all(value.denominator == 1 for value in (*numeral.values, numeral.step))


def _misfit(kind: str, value: str, unit: str, indicator: Indicator, catalogue: Catalogue) -> Misunderstood:
    units, own = catalogue.units, unit_of(kind, indicator, catalogue)
    difference = kind in _DIFFERENCES
    fitting = listing(
        *(each for each in units.alike(own) if converts(units[each], own, difference=difference))
    )
    if unit not in units and (mistyped := with_letters(value)) is not None:
        return Misunderstood("invalid-numeral", mistyped)
    if unit not in units:
        message = text(
            '"{value}": {unit} is no unit that is understood; write one of {fitting}, or declare it under `units:`',
            value=shortened(value),
            unit=shortened(unit),
            fitting=fitting,
        )
    elif kind == "growth" and unit in POINTS:
        message = text('"{value}" tells a change in points, which is no growth', value=shortened(value))
    else:
        message = text(
            '"{value}": {unit} does not convert to {own}; write one of {fitting}',
            value=shortened(value),
            unit=unit,
            own=own.name,
            fitting=fitting,
        )
    return Misunderstood("unit-mismatch", message)


def _check_least(kind: str, value: str, measure: Measure) -> None:
    numeral = measure.numeral
    if kind not in _LEAST or (numeral.verb > 0 and numeral.values[0] > 0):
        return
    if not is_possible(kind, measure.interval):
        raise Misunderstood(
            "invalid-numeral", text('"{value}": nothing shrinks by its whole or more', value=value)
        )


def is_possible(kind: str, interval: Interval) -> bool:
    """Whether a figure can say so: nothing shrinks by its whole or more."""
    return kind not in _LEAST or interval.high is None or interval.high > _LEAST[kind]


_STEPS = ("growth", "total_growth", "change", "annual_change")
_DIFFERENCES = ("change", "annual_change")
_IN_OWN_UNIT = ("level", "change", "annual_change")
BARE_UNITS = {"growth": PERCENT, "total_growth": PERCENT, "multiple": TIMES, "rank": RANK}
"""What a bare number of some kinds is in, whatever its indicator's unit is."""
_LEAST = {"growth": -1, "total_growth": -1, "multiple": 0}


def _check_times(kind: str, value: str, numeral: Numeral) -> None:
    """增长1倍 is growth and twice as much; 翻一番 is a multiple; 12:1 is a number, no growth."""
    if numeral.is_to_one and kind not in {"level", "multiple"}:
        raise Misunderstood(
            "invalid-numeral", text('"{value}" is a ratio: write it under `level`', value=value)
        )
    grown = value.strip().startswith(tuple(SIGN_OF))
    if kind in {"multiple", *_STEPS} and numeral.is_reached and numeral.unit == TIMES:
        message = text(
            '"{value}" tells the multiple that is reached: write its number alone, as 2.5{times}, under `multiple`',
            value=value,
            times=TIMES,
        )
        raise Misunderstood("invalid-numeral", message)
    if kind == "multiple" and grown:
        raise Misunderstood(
            "invalid-numeral", text('"{value}" tells growth: write it under `total_growth`', value=value)
        )
    if kind in {"growth", "total_growth"} and numeral.exact and numeral.unit == TIMES and not grown:
        raise Misunderstood(
            "invalid-numeral", text('"{value}" is a multiple: write it under `multiple`', value=value)
        )


def pieces_of(value: Printed, kind: str, indicator: Indicator) -> list[str]:
    """The numbers of a proportion, one for each part of its indicator: 18.9, 39.0, 42.1 of 18.9:39.0:42.1.

    Raises:
        Misunderstood: where it is none.
    """
    pieces = re.split("[:：∶]", value) if isinstance(value, str) else []
    if kind != "level" or len(pieces) != len(indicator.parts):
        raise Misunderstood(
            "invalid-numeral",
            text(
                "of {name} proportions of {number} numbers are printed: write them under `level`, as {example}",
                name=indicator.name,
                number=len(indicator.parts),
                example=":".join(_EXAMPLE_PARTS[: len(indicator.parts)]),
            ),
        )
    return pieces


_EXAMPLE_PARTS = ("18.9", "39.0", "42.1", "3.5", "2.0", "1.0")


def require_period(kind: str, at: Time | None, said: Measure | Relation, indicator: Indicator) -> None:
    """Refuse brackets, which tell of a whole period, at a value of a year or a year's growth.

    Raises:
        Misunderstood: with the key that they belong to.
    """
    if not isinstance(said, Measure) or not said.numeral.over_period:
        return
    if kind in {"change", "total_growth"} or (at is not None and at.kind == "span"):
        return
    right = "level: {a/b: …}" if indicator.kind == "flow" else "change: {a->b: …}"
    if said.numeral.verb < 0 or (said.unit in SHARES and indicator.unit not in SHARES):
        right = "total_growth: {a->b: …}"
    message = text(
        '"{value}": brackets mean the whole period; write it under `{right}`',
        value=said.numeral.text,
        right=right,
    )
    raise Misunderstood("invalid-numeral", message)


def _read(value: str) -> Numeral:
    try:
        return read_numeral(value)
    except ValueError:
        raise Misunderstood("invalid-numeral", why_no_numeral(value)) from None


def _read_bracketed(value: str) -> Numeral:
    """The numeral of a plan in which round brackets mean the whole period, as square ones do."""
    return replace(_read(re.sub(IN_ROUND_BRACKETS, r"[\1]", value.strip())), text=value)


def _meant(numeral: Numeral, printed: str | None) -> Numeral:
    """The numeral that the printed words mean, where they mean this number: 翻一番 beside 2 is 1.95 or more."""
    if printed is None:
        return numeral
    try:
        words = read_numeral(printed)
    except ValueError:
        return numeral
    if not words.exact or words.value != numeral.value:
        return numeral
    return replace(numeral, bound=words.bound, exact=True, meant=words.meant)


def printed_decimals(measure: Measure | None) -> int:
    """The decimals of a printed number, as shown in the indicator's own unit; of a range, those of its middle."""
    if measure is None:
        return 0
    numeral = measure.numeral
    is_between = len(numeral.values) > 1 and sum(numeral.values) / numeral.step % 2
    return _decimals(measure, numeral.step / 2 if is_between else numeral.step)


def asked_decimals(measure: Measure | None) -> int:
    """The decimals of a printed number, as shown in the indicator's own unit; of a range, those of its ends."""
    return 0 if measure is None else _decimals(measure, measure.numeral.step)


def _decimals(measure: Measure, step: Fraction) -> int:
    step *= measure.numeral.scale * measure.factor * SHARES.get(measure.unit, 1)
    decimals = 0
    while step < 1 and decimals < MAX_DECIMALS:
        step, decimals = step * 10, decimals + 1
    return decimals


MAX_DECIMALS = 6
