"""Whole counts: three firms cannot grow by 10 %, and no number of firms is 33.5 % of 30.

A quantity is whole if its indicator is a stock or a flow in a measure word or in persons, no level of it
is printed with decimals and it is no average. It is decided where no whole number is left to one
quantity by its own figures and by single laws whose other members are printed; what only several
quantities exclude together is not sought.
"""

from __future__ import annotations

import math
from fractions import Fraction
from functools import partial
from itertools import chain
from typing import TYPE_CHECKING

from plantrack.audit.exclusions import Exclusion, finding_of_exclusion, known_of, least
from plantrack.audit.time_laws import is_average
from plantrack.audit.wording import named
from plantrack.findings import Level
from plantrack.language import Listing, between, listing, text
from plantrack.numbers.interval import ANY, Interval, common
from plantrack.numbers.rationals import negated
from plantrack.numbers.rounding import decimal_text
from plantrack.solver.constraints import constraints_of, variables_of
from plantrack.solver.projection import implied_by
from plantrack.solver.variables import ONE

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
    from collections.abc import Set as AbstractSet

    from plantrack.audit.bounds import PrintedBound
    from plantrack.audit.constraint_system import ConstraintSystem
    from plantrack.audit.exclusions import Intervals
    from plantrack.findings import Finding
    from plantrack.language import Text
    from plantrack.plan.catalogue import Catalogue
    from plantrack.plan.model import Indicator
    from plantrack.solver.constraints import Constraint
    from plantrack.solver.variables import Variable


def find_broken_counts(
    system: ConstraintSystem, catalogue: Catalogue, reported: AbstractSet[str]
) -> list[Finding]:
    """A finding for each quantity that counts whole things and of which no whole number is left.

    Args:
        system: bounds, constraints, domains.
        catalogue: units; some count in whole numbers.
        reported: ids of figures that contradict others as they are; they are left out.
    """
    counts = Counts(system, whole_indicators(system, catalogue), reported)
    exclusions = (each for each in counts.exclusions() if each.bounds)  # laws blame no figure
    return [finding_of_exclusion(each, system) for each in exclusions]


def may_break_counts_of_several(system: ConstraintSystem, catalogue: Catalogue) -> bool:
    """Whether figures of several plans are near one whole quantity, whatever is reported of them."""
    counts = Counts(system, whole_indicators(system, catalogue), frozenset())
    return any(len({each.figure.plan for each in counts.near(variable)}) > 1 for variable in counts.variables)


def breaks_a_count(
    system: ConstraintSystem,
    wholes: AbstractSet[str],
    figures: AbstractSet[PrintedBound],
    without: Iterable[PrintedBound] = (),
) -> bool:
    """Whether some of these figures leave a quantity no whole number, others left out."""
    counts = Counts(system, wholes, {each.id for each in without})
    exclusions = counts.exclusions(counts.beside(figures))
    return any(not figures.isdisjoint(each.bounds) for each in exclusions)


def whole_indicators(system: ConstraintSystem, catalogue: Catalogue) -> frozenset[str]:
    """The indicators, as variables call them, whose quantities are whole numbers."""
    in_decimals = {
        variable.indicator
        for variable, bounds in system.bounds.items()
        if variable.kind == "level" and any(map(_has_decimals, bounds))
    }
    return frozenset(
        name
        for name, each in system.indicators.items()
        if _counts(each, catalogue) and name not in in_decimals
    )


def _counts(indicator: Indicator, catalogue: Catalogue) -> bool:
    unit = catalogue.units.get(indicator.unit)
    is_amount = indicator.kind in {"stock", "flow"} and not is_average(indicator)
    return is_amount and unit is not None and unit.whole


def _has_decimals(bound: PrintedBound) -> bool:
    measure = bound.figure.measure
    return measure is not None and measure.numeral.scale % measure.numeral.step.denominator > 0


class Counts:
    """The variables that are whole numbers, and what figures leave of each."""

    def __init__(self, system: ConstraintSystem, names: AbstractSet[str], reported: AbstractSet[str]) -> None:
        self.system = system
        self.names = names
        self.reported = reported
        self.laws = constraints_of(system.constraints)
        self._constraints: dict[Variable, list[Constraint]] = {}

    def is_whole(self, variable: Variable) -> bool:
        return variable.kind == "level" and variable.indicator in self.names and not variable.basis

    def left(self, variable: Variable) -> list[PrintedBound]:
        """The figures of a variable that are not reported."""
        return [each for each in self.system.bounds.get(variable, ()) if each.id not in self.reported]

    def constraints(self, variable: Variable) -> list[Constraint]:
        """The laws of a variable of whose other members, but slacks, something is known."""
        if variable not in self._constraints:
            self._constraints[variable] = [
                constraint
                for constraint in self.laws.get(variable, ())
                if all(
                    self.left(each)
                    for each in constraint.variables
                    if each != variable and each.kind != "slack"
                )
            ]
        return self._constraints[variable]

    @property
    def variables(self) -> Iterable[Variable]:
        """Each whole quantity of which something is known."""
        return self._known_of(self.laws, self.system.bounds)

    def beside(self, figures: Collection[PrintedBound]) -> Iterable[Variable]:
        """Those that some figures bound, or that share a law with what they bound."""
        bounded = self.system.bounded_by(figures)
        laws = chain.from_iterable(self.laws.get(each, ()) for each in bounded)
        return self._known_of(variables_of(laws), bounded)

    def _known_of(self, ruled: Iterable[Variable], bounded: Iterable[Variable]) -> Iterable[Variable]:
        by_laws = (each for each in ruled if self.is_whole(each) and self.constraints(each))
        return dict.fromkeys([*by_laws, *filter(self.is_whole, bounded)])

    def exclusions(self, among: Iterable[Variable] | None = None) -> Iterator[Exclusion]:
        """Each quantity, or each among some, of which no whole number is left, with the figures that leave none."""
        used: set[PrintedBound] = set()
        variables = self.variables if among is None else among
        excluded = [each for each in variables if self._excludes(each, self.near(each))]
        for variable in sorted(excluded, key=self._leaves_whole):
            near = self.near(variable)
            if not used.isdisjoint(near):
                continue
            figures = least(near, partial(self._excludes, variable))
            used |= set(figures)
            yield self._exclusion(variable, figures)

    def _leaves_whole(self, variable: Variable) -> bool:
        """Whether it is excluded only since others are whole: one of these may tell it more simply."""
        left = self._number(variable, {each: each.interval for each in self.near(variable)})
        return left is not None and whole_part(left) is not None

    def near(self, variable: Variable) -> list[PrintedBound]:
        variables = dict.fromkeys([variable, *variables_of(self.constraints(variable))])
        return [each for other in variables for each in self.left(other)]

    def _excludes(
        self, variable: Variable, bounds: Sequence[PrintedBound], laws: Sequence[Constraint] | None = None
    ) -> bool:
        """Whether figures leave it no whole number, by all its laws or by some."""
        given = {each: each.interval for each in bounds}
        laws = self.constraints(variable) if laws is None else laws
        return (
            not self._is_possible(variable, given, laws)
            and self._together(variable, known_of(given), laws) is not None
        )

    def _is_possible(self, variable: Variable, given: Intervals, laws: Sequence[Constraint]) -> bool:
        """Whether some whole number is left, the whole numbers of all others taken for whole."""
        known = {}
        for other, interval in known_of(given).items():
            inside = whole_part(interval) if self.is_whole(other) and other != variable else interval
            if inside is None:
                return True  # no whole number is left to another quantity, which is reported of that one
            known[other] = inside
        left = self._together(variable, known, laws)
        return left is not None and whole_part(left) is not None

    def _number(self, variable: Variable, given: Intervals) -> Interval | None:
        return self._together(variable, known_of(given), self.constraints(variable))

    def _together(
        self, variable: Variable, known: Mapping[Variable, Interval], laws: Sequence[Constraint]
    ) -> Interval | None:
        domain = self.system.domains.get(variable)
        ways = [ANY if domain is None else domain, *([known[variable]] if variable in known else [])]
        slacks = {
            each: self._domain(each)
            for constraint in laws
            for each in constraint.variables
            if each.kind == "slack"
        }
        for constraint in laws:
            way = implied_by(constraint, variable, slacks | dict(known))
            ways += [] if way is None else [way]
        return common(ways)

    def _domain(self, variable: Variable) -> Interval:
        domain = self.system.domains.get(variable)
        return ANY if domain is None else domain

    def _exclusion(self, variable: Variable, figures: Sequence[PrintedBound]) -> Exclusion:
        given = {each: each.interval for each in figures}
        left = self._number(variable, given)
        assert left is not None
        inside = {each.variable for each in figures} | {variable}
        between = [
            constraint
            for constraint in self.constraints(variable)
            if all(each in inside or each.kind == "slack" for each in constraint.variables)
        ]
        by_laws = partial(self._excludes, variable, figures)
        laws = [] if by_laws(()) else least(between, by_laws)
        return Exclusion(
            bounds=tuple(figures),
            is_excluded=lambda given: not self._is_possible(variable, given, laws),
            code="no-whole-number",
            says=text(
                "{name} {time} can only be a whole number; {figures} leave {amount}",
                name=self.system.indicators[variable.indicator].name,
                time=variable.when[0],
                figures=listing(*named(figures, self.system)),
                amount=_amount(left),
            ),
            identity=f"{variable.name} in whole numbers",
            constraints=tuple((law, ONE) for law in laws),
            most=Level.WARNING
            if any(each.figure.is_ahead for each in figures)
            else Level.ERROR,  # nobody has counted yet
        )


def _amount(left: Interval) -> Text | Listing:
    """An interval without a whole number, with as many decimals as show that it has none, and where it ends."""
    assert left.low is not None
    assert left.high is not None
    ends = left.low, left.high
    decimals = next((each for each in range(2, MOST_DECIMALS) if _shows_none(ends, each)), MOST_DECIMALS)
    if left.low.denominator == 1 or left.high.denominator == 1:
        return text("more than {low} and less than {high}", low=_short(left.low), high=_short(left.high))
    written = tuple(dict.fromkeys(decimal_text(end, decimals) for end in ends))
    return Listing(written, between(*written))


MOST_DECIMALS = 6


def _shows_none(ends: tuple[Fraction, Fraction], decimals: int) -> bool:
    first, last = (Fraction(decimal_text(end, decimals)) for end in ends)
    return math.ceil(first) > math.floor(last) and (first < last or ends[0] == ends[1])


def _short(end: Fraction) -> str:
    """With two decimals, or as many as show that it is no whole number; of a whole one none."""
    if end.denominator == 1:
        return decimal_text(end, 0)
    written = (decimal_text(end, each) for each in range(2, MOST_DECIMALS))
    return next(
        (each for each in written if Fraction(each).denominator > 1), decimal_text(end, MOST_DECIMALS)
    )


def whole_part(interval: Interval) -> Interval | None:
    """From the least whole number of an interval to the greatest; `None` where there is none."""
    low, high = _least(interval), _greatest(interval)
    if low is not None and high is not None and low > high:
        return None
    return Interval(low, high, low_closed=low is not None, high_closed=high is not None)


def _least(interval: Interval) -> Fraction | None:
    if interval.low is None:
        return None
    above, below = interval.low.as_integer_ratio()
    if below == 1:
        return interval.low if interval.low_closed else Fraction(above + 1)
    return Fraction(-(-above // below))


def _greatest(interval: Interval) -> Fraction | None:
    least_ = _least(interval.negated())
    return None if least_ is None else negated(least_)
