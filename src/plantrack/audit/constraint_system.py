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
from plantrack.audit.free_rows import Confined, Facts
from plantrack.numbers.interval import POSITIVE, Interval, common
from plantrack.solver.constraints import Constraint, span_constraints
from plantrack.solver.effort import Effort

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
    from collections.abc import Set as AbstractSet
    from fractions import Fraction

    from plantrack.audit.bounds import Bound
    from plantrack.language import Words
    from plantrack.plan.model import Band, Indicator
    from plantrack.plan.places import KnownPlace
    from plantrack.plan.plan import Plan
    from plantrack.solver.variables import Variable


@dataclass(frozen=True)
class ConstraintSystem:
    """All bounds by variable, all constraints between the variables, and what variables can be at all."""

    bounds: dict[Variable, tuple[PrintedBound, ...]]
    constraints: tuple[Constraint, ...]
    domains: dict[Variable, Interval | None]
    indicators: dict[str, Indicator]
    units: Mapping[str, Words] = field(default_factory=dict)
    kept: Mapping[str, Fraction] = field(default_factory=dict)
    """Unit, as the catalogue calls it -> its name behind a number, and how many base units one of it is."""
    meanings: Mapping[str, Sequence[str]] = field(default_factory=dict)
    names: Mapping[str, Words] = field(default_factory=dict)
    """Vague moment, as variables name it -> the times it may mean, and its name."""
    bands: Mapping[tuple[str, str], Band] = field(default_factory=dict)
    """Indicator and place -> the band that a plan of that place sets in place of the catalogue's."""
    effort: Effort = field(default_factory=Effort, compare=False)
    """What its audit may take, shared by all readings of it."""
    places: Mapping[str, KnownPlace] = field(default_factory=dict, compare=False)
    plans: Sequence[Plan] = field(default=(), compare=False)
    lines: Mapping[str, int] = field(default_factory=dict, compare=False)
    _bounds_on: dict[Variable, tuple[Bound, ...]] = field(default_factory=dict, compare=False)
    _known: tuple[Mapping[Variable, Facts], Iterable[Variable]] = field(default=({}, ()), compare=False)
    """Of a reading: what was known of variables before, and those of which it no longer is."""
    _ratios: dict[Variable, tuple[Variable, ...]] = field(default_factory=dict, compare=False)
    _derived: dict[tuple[int, int, bool], DerivedBound] = field(default_factory=dict, compare=False)
    _variables: dict[str, tuple[Variable, ...]] = field(default_factory=dict, compare=False)
    _before: tuple[frozenset[Variable], Iterable[Variable]] | None = field(default=None, compare=False)
    """Of a reading: what conflicted before, and the variables of which other figures are read."""

    @property
    def is_part(self) -> bool:
        """Messages about it do not name the place of its one plan."""
        return False

    @cached_property
    def about(self) -> Confined:
        """What bounds and domains say of each variable."""
        return Confined(self.bounds, self.bounds_on, self.domains, *self._known)

    @cached_property
    def conflicting(self) -> frozenset[Variable]:
        """The variables of which figures exclude one another."""
        before, changed = self._before or (frozenset(), self.bounds)
        return before.difference(changed) | {
            variable for variable in changed if _exclude_one_another(self.bounds.get(variable, ()))
        }

    def without(self, figures: AbstractSet[PrintedBound]) -> ConstraintSystem:
        """The same less some figures."""
        return self._with(
            {variable: _left(self.bounds.get(variable, ()), figures) for variable in self.bounded_by(figures)}
        )

    def bounded_by(self, figures: Collection[PrintedBound]) -> set[Variable]:
        """What some figures bound, or bounded in another reading: a comparison with a group several variables."""
        if not figures:
            return set()
        if not self._variables:
            self._variables.update(_variables_by_figure(self.bounds))
        return {variable for each in figures for variable in self._variables.get(each.id, ())}

    @cached_property
    def by_id(self) -> dict[str, PrintedBound]:
        """What each figure bounds, by the figure's id."""
        return {each.id: each for bounds in self.bounds.values() for each in bounds}

    def reading(self, instead: Mapping[PrintedBound, PrintedBound]) -> ConstraintSystem:
        """The same with some figures read as others say, which may bound other variables."""
        read = _read_otherwise(instead, self)
        moved = {each.id: (each.variable,) for old, each in instead.items() if each.variable != old.variable}
        system = replace(self, _variables=self._variables | moved) if moved else self
        return system.with_variables(read)._with(read)  # noqa: SLF001 - another of its kind

    def with_variables(self, variables: Iterable[Variable]) -> ConstraintSystem:
        """The same with further variables, of which nothing is printed, and what their spans mean."""
        fresh = [variable for variable in sorted(variables) if variable not in self.domains]
        if not fresh:
            return self
        domains = {variable: POSITIVE if variable.kind == "ratio" else None for variable in fresh}
        spans = chain.from_iterable(map(span_constraints, fresh))
        return replace(
            self,
            constraints=(*self.constraints, *spans),
            domains=self.domains | domains,
            _ratios={},
        )

    def _with(self, read: dict[Variable, tuple[PrintedBound, ...]]) -> ConstraintSystem:
        """The same with other bounds on some variables; what is known of the others stays known."""
        if not read:
            return self
        stale = {each for variable in read for each in (variable, *self._ratios_of.get(variable, ()))}
        bounds = self.bounds | read
        for variable in [variable for variable, each in read.items() if not each]:
            del bounds[variable]
        return replace(
            self,
            bounds=bounds,
            _bounds_on=_less(self._bounds_on, stale),
            _known=(self.about, stale),
            _before=(self.conflicting, read.keys()),
        )

    def only(self, constraints: tuple[Constraint, ...], variables: Iterable[Variable]) -> ConstraintSystem:
        """A part of it: some constraints, and all of their variables."""
        domains = {variable: self.domains[variable] for variable in variables}
        bounds = {variable: self.bounds[variable] for variable in domains if variable in self.bounds}
        return replace(self.with_bounds(bounds), constraints=constraints, domains=domains, _ratios={})

    def with_bounds(self, bounds: dict[Variable, tuple[PrintedBound, ...]]) -> ConstraintSystem:
        """The same constraints for other bounds."""
        return replace(
            self, bounds=bounds, _bounds_on={}, _known=({}, ()), _derived={}, _variables={}, _before=None
        )

    def with_intervals(self, interval_of: Callable[[PrintedBound], Interval]) -> ConstraintSystem:
        """The same with another interval for every figure."""
        return self.with_bounds(
            {
                variable: tuple([each.made_to_be(partial(interval_of, each)) for each in bounds])
                for variable, bounds in self.bounds.items()
            }
        )

    def closed(self) -> ConstraintSystem:
        """The same with the ends of every interval included: open ends alone make no contradiction."""
        return self.with_intervals(lambda each: each.closed(each.interval))

    @property
    def _ratios_of(self) -> dict[Variable, tuple[Variable, ...]]:
        """Variable -> the ratios that its figures bound."""
        if not self._ratios:
            self._ratios.update(_ratios_by_variable(self.domains))
        return self._ratios

    def count(self, variables: Iterable[Variable]) -> int:
        """How many figures bound some variables."""
        return sum(len(self.bounds.get(variable, ())) for variable in variables)

    @cached_property
    def bounds_on(self) -> BoundsOn:
        """Everything that confines a variable."""
        return BoundsOn(self.bounds, self.domains, self._bounds_on, self._derived)


@dataclass(frozen=True)
class BoundsOn:
    """Everything that confines a variable: its bounds, and for a ratio changes with a level.

    `made` is what was made of ratios; a change with a level is made once for all readings that have both.
    """

    bounds: Mapping[Variable, tuple[PrintedBound, ...]]
    domains: Mapping[Variable, Interval | None]
    made: dict[Variable, tuple[Bound, ...]]
    derived: dict[tuple[int, int, bool], DerivedBound]

    def __call__(self, variable: Variable) -> tuple[Bound, ...]:
        if variable.kind != "ratio":
            return self.bounds.get(variable, ())
        if variable not in self.made:
            self.made[variable] = (*self.bounds.get(variable, ()), *self._by_changes(variable))
        return self.made[variable]

    def _by_changes(self, ratio: Variable) -> Iterator[Bound]:
        """What the changes over a span say of its ratio, each with a level at one of its ends."""
        _, difference, start, end = ratio.bounded_by
        changes = self.bounds.get(difference, ())
        if not changes or self.domains.get(start) is None:
            return  # a change says nothing of the ratio of numbers that may be below zero
        for at_end, level in ((True, end), (False, start)):
            levels = outermost(self.bounds.get(level, ()))
            for change in outermost(changes):
                yield from (self._derived_bound(change, each, at_end=at_end) for each in levels)
        yield from map(SignBound, changes)

    def _derived_bound(self, change: PrintedBound, level: PrintedBound, *, at_end: bool) -> DerivedBound:
        key = id(change), id(level), at_end  # figures read otherwise are equal to those that are printed
        if key not in self.derived:
            self.derived[key] = DerivedBound(change, level, at_end)
        return self.derived[key]


def band_of(indicator: str, place: str, system: ConstraintSystem) -> Band | None:
    """The growth that is plausible for a quantity: a plan's own for its place, else the catalogue's."""
    known = system.indicators.get(indicator)
    return system.bands.get((indicator, place)) or (known.band if known is not None else None)


def variables_of_moments(
    system: ConstraintSystem, key: str | None = None, less: AbstractSet[PrintedBound] = frozenset()
) -> set[Variable]:
    """The variables that figures, less some, speak of by a vague moment, or by one, and the levels at their ends."""
    bounds = chain.from_iterable(system.bounds.values())
    found = {each.variable for each in bounds if each not in less and each.mentions_moment(key)}
    return found | {each.level(number) for each in found for number in range(len(each.times))}


def _variables_by_figure(
    bounds: Mapping[Variable, Iterable[PrintedBound]],
) -> dict[str, tuple[Variable, ...]]:
    """Figure -> the variables that it bounds."""
    found: dict[str, tuple[Variable, ...]] = {}
    for variable, some in bounds.items():
        for each in some:
            found[each.id] = (*found.get(each.id, ()), variable)
    return found


def _read_otherwise(
    instead: Mapping[PrintedBound, PrintedBound], system: ConstraintSystem
) -> dict[Variable, tuple[PrintedBound, ...]]:
    """The bounds on the variables of some figures, and of others that are read in their place."""
    read: dict[Variable, tuple[PrintedBound, ...]] = {
        variable: _left(system.bounds.get(variable, ()), instead.keys())
        for variable in system.bounded_by(instead) | {each.variable for each in instead.values()}
    }
    for each in instead.values():
        read[each.variable] += (each,)
    return read


def _ratios_by_variable(variables: Iterable[Variable]) -> dict[Variable, tuple[Variable, ...]]:
    """Variable -> the ratios that its figures bound; every variable is in it, though there be no ratio."""
    found: dict[Variable, tuple[Variable, ...]] = dict.fromkeys(variables, ())
    for ratio in [each for each in found if each.kind == "ratio"]:
        for variable in ratio.bounded_by:
            found[variable] = (*found.get(variable, ()), ratio)
    return found


def _exclude_one_another(bounds: Sequence[PrintedBound]) -> bool:
    """Whether no number obeys all of several bounds."""
    return len(bounds) > 1 and common(each.interval for each in bounds) is None


def _left(bounds: Iterable[PrintedBound], less: AbstractSet[PrintedBound]) -> tuple[PrintedBound, ...]:
    """The bounds less some."""
    return tuple(each for each in bounds if each not in less)


_V = TypeVar("_V")


def _less(known: Mapping[Variable, _V], stale: Iterable[Variable]) -> dict[Variable, _V]:
    left = dict(known)
    for variable in stale:
        left.pop(variable, None)
    return left
