"""From figures to a constraint system: what each figure bounds, and the constraints between what is bounded.

A variable is an unknown number: a level, the ratio of two levels of a span, or their difference. A
printed bound confines a variable to an interval because a figure is printed. A constraint is one law at one time.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import cached_property, partial
from itertools import chain
from typing import TYPE_CHECKING, TypeVar

from plantrack.audit.bounds import DerivedBound, PrintedBound, SignBound, outermost
from plantrack.language import Words
from plantrack.numbers.interval import POSITIVE, Interval, common
from plantrack.solver.constraints import Constraint, span_constraints
from plantrack.solver.effort import Effort

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from collections.abc import Set as AbstractSet

    from plantrack.audit.bounds import Bound
    from plantrack.plan.model import Band, Indicator
    from plantrack.plan.places import KnownPlace
    from plantrack.solver.variables import Variable


@dataclass(frozen=True)
class ConstraintSystem:
    """All bounds by variable, all constraints between the variables, and what variables can be at all."""

    bounds: dict[Variable, tuple[PrintedBound, ...]]
    constraints: tuple[Constraint, ...]
    domains: dict[Variable, Interval | None]
    indicators: dict[str, Indicator]
    units: Mapping[str, Words] = field(default_factory=dict)
    """Unit, as the catalogue calls it -> its name behind a number."""
    meanings: Mapping[str, Sequence[str]] = field(default_factory=dict)
    """Vague moment, as variables name it -> the times it may mean."""
    bands: Mapping[tuple[str, str], Band] = field(default_factory=dict)
    """Indicator and place -> the band that a plan of that place sets in place of the catalogue's."""
    names: Mapping[str, Words] = field(default_factory=dict)
    """Vague moment, as variables name it -> its name."""
    effort: Effort = field(default_factory=Effort, compare=False)
    """What its audit may take, shared by all readings of it."""
    places: Mapping[str, KnownPlace] = field(default_factory=dict, compare=False)
    _bounds_on: dict[Variable, tuple[Bound, ...]] = field(default_factory=dict, compare=False)
    _related: dict[Variable, frozenset[PrintedBound]] = field(default_factory=dict, compare=False)
    _ratios: dict[Variable, list[Variable]] = field(default_factory=dict, compare=False)

    def name_at(self, indicator: Indicator, place: str) -> Words:
        """The name of an indicator of a place: 南山区地区生产总值."""
        known = self.places.get(place)
        if known is None:
            return indicator.name
        return Words(f"{known.zh}{indicator.zh}", f"{indicator.en} of {known.en}")

    @cached_property
    def conflicting(self) -> frozenset[Variable]:
        """The variables of which figures exclude one another."""
        return frozenset(
            variable
            for variable, each in self.bounds.items()
            if len(each) > 1 and common(bound.interval for bound in each) is None
        )

    def reading(self, instead: Mapping[PrintedBound, PrintedBound]) -> ConstraintSystem:
        """The same with some figures read as others say, which may bound other variables."""
        if not instead:
            return self
        changed = {each.variable for pair in instead.items() for each in pair}
        read = {
            variable: (
                *self._left(variable, instead.keys()),
                *(each for each in instead.values() if each.variable == variable),
            )
            for variable in changed
        }
        fresh = [variable for variable in sorted(changed) if variable not in self.domains]
        stale = {
            each for variable in changed for each in (variable, *self._ratios_by_variable.get(variable, ()))
        }
        return replace(
            self,
            bounds=self.bounds | read,
            constraints=(*self.constraints, *chain.from_iterable(map(span_constraints, fresh))),
            domains=self.domains
            | {variable: POSITIVE if variable.kind == "ratio" else None for variable in fresh},
            _bounds_on=_less(self._bounds_on, stale),
            _related=_less(self._related, stale),
            _ratios={} if fresh else self._ratios_by_variable,
        )

    def with_bounds(self, bounds: dict[Variable, tuple[PrintedBound, ...]]) -> ConstraintSystem:
        """The same constraints for other bounds."""
        return replace(self, bounds=bounds, _bounds_on={}, _related={})

    def with_intervals(self, interval_of: Callable[[PrintedBound], Interval]) -> ConstraintSystem:
        """The same with another interval for every figure."""
        return self.with_bounds(
            {
                variable: tuple(replace(each, given=partial(interval_of, each)) for each in bounds)
                for variable, bounds in self.bounds.items()
            }
        )

    def closed(self) -> ConstraintSystem:
        """The same with the ends of every interval included: open ends alone make no contradiction."""
        return self.with_intervals(lambda each: each.closed(each.interval))

    @property
    def _ratios_by_variable(self) -> dict[Variable, list[Variable]]:
        """Variable -> the ratios that its figures bound."""
        if not self._ratios:
            for ratio in self.domains:
                for variable in ratio.bounded_by if ratio.kind == "ratio" else ():
                    self._ratios.setdefault(variable, []).append(ratio)
        return self._ratios

    def count(self, variables: Iterable[Variable]) -> int:
        """How many figures bound some variables."""
        return sum(len(self.bounds.get(variable, ())) for variable in variables)

    def bounds_on(self, variable: Variable) -> tuple[Bound, ...]:
        """Everything that confines a variable: its bounds, and for a ratio changes with a level."""
        if variable.kind != "ratio":
            return self.bounds.get(variable, ())
        if variable not in self._bounds_on:
            self._bounds_on[variable] = tuple(self._found(variable, frozenset()))
        return self._bounds_on[variable]

    def bounds_without(self, variable: Variable, excluded: AbstractSet[PrintedBound]) -> tuple[Bound, ...]:
        """The same without the figures that are excluded."""
        bounds = self.bounds_on(variable)
        if variable not in self._related:
            self._related[variable] = frozenset(each for bound in bounds for each in bound.bounds)
        return (
            bounds if self._related[variable].isdisjoint(excluded) else tuple(self._found(variable, excluded))
        )

    def _found(self, variable: Variable, excluded: AbstractSet[PrintedBound]) -> Iterator[Bound]:
        yield from self._left(variable, excluded)
        if variable.kind != "ratio":
            return
        changes = self._left(variable._replace(kind="difference"), excluded)
        if not changes or self.domains.get(variable.level(0)) is None:
            return  # a change says nothing of the ratio of numbers that may be below zero
        for at_end, number in ((True, 1), (False, 0)):
            levels = outermost(self._left(variable.level(number), excluded))
            for change in outermost(changes):
                yield from (DerivedBound(change, level, at_end) for level in levels)
        yield from (SignBound(change) for change in changes)

    def _left(self, variable: Variable, excluded: AbstractSet[PrintedBound]) -> list[PrintedBound]:
        return [each for each in self.bounds.get(variable, ()) if each not in excluded]


_V = TypeVar("_V")


def _less(known: dict[Variable, _V], stale: Iterable[Variable]) -> dict[Variable, _V]:
    """What is known, but of some variables."""
    left = dict(known)
    for variable in stale:
        left.pop(variable, None)
    return left
