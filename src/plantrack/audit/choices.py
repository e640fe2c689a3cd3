"""Which bounds are left for each variable when figures are excluded, and whether they leave a component a solution.

Where figures of one quantity exclude one another, each greatest set of those that agree is a choice of its own.
"""

from __future__ import annotations

import math
from fractions import Fraction
from itertools import chain, islice, product
from typing import TYPE_CHECKING, TypeVar

from plantrack.audit.bounds import low_end
from plantrack.audit.relations import DomainBound
from plantrack.numbers.interval import ANY, Interval, common
from plantrack.solver.constraints import variables_of
from plantrack.solver.limits import LARGE
from plantrack.solver.problem import Problem
from plantrack.solver.projection import projected
from plantrack.solver.simplex import Ends, broken_row, ends_of, feasible_point

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from plantrack.audit.bounds import Bound, PrintedBound
    from plantrack.audit.constraint_system import ConstraintSystem
    from plantrack.audit.presolve import Component, Kind
    from plantrack.solver.elementary import Vector
    from plantrack.solver.variables import Variable

MAX_CHOICES = 16
"""More combinations of figures that exclude one another in their variables are not gone through."""


class Choice:
    """The bounds that are left for each variable, and their ends as floats, computed once."""

    def __init__(
        self, system: ConstraintSystem, excluded: Iterable[PrintedBound] = (), like: Choice | None = None
    ) -> None:
        """`like` is a choice whose memory of what is free and of ends is shared."""
        self.frees: dict[Variable, tuple[DomainBound, ...]] = {} if like is None else like.frees
        self.known: dict[tuple[Variable, str], tuple[Sequence[Bound | DomainBound], list[Ends]]] = (
            {} if like is None else like.known
        )
        self.system = system
        self.excluded: frozenset[PrintedBound] = frozenset()
        self.exclude(excluded)

    def exclude(self, bounds: Iterable[PrintedBound]) -> None:
        """Leave figures out from now on."""
        self.system, self.excluded = self.system.without(frozenset(bounds)), self.excluded.union(bounds)
        self.choices: dict[frozenset[PrintedBound], Choice] = {}
        self.consistent: dict[Variable, list[Sequence[PrintedBound]]] = {}

    def of(self, variable: Variable) -> tuple[Bound | DomainBound, ...]:
        """The bounds of a variable; its domain where no figure is left to speak of it."""
        return self.system.bounds_on(variable) or self.free(variable)

    def free(self, variable: Variable) -> tuple[DomainBound, ...]:
        """What a variable can be at all."""
        if variable not in self.frees:
            is_number = variable.kind == "number"
            domain = (
                Interval.point(Fraction(variable.indicator)) if is_number else self.system.domains[variable]
            )
            self.frees[variable] = (DomainBound(variable, ANY if domain is None else domain),)
        return self.frees[variable]

    # -- one figure a quantity

    def _groups(self, variable: Variable) -> list[Sequence[PrintedBound]]:
        if variable not in self.consistent:
            left = self.system.bounds[variable]
            self.system.effort.pays(len(left) ** 2)
            self.consistent[variable] = consistent_subsets(left)
        return self.consistent[variable]

    def consistent_choices(self, variables: Iterable[Variable]) -> tuple[list[Choice], bool]:
        """This choice for each greatest set of figures that do not exclude one another; whether these are all."""
        conflicting = self.system.conflicting and [
            each
            for each in dict.fromkeys(chain(*(variable.bounded_by for variable in variables)))
            if each in self.system.conflicting
        ]
        if not conflicting:
            return [self], True
        groups = [self._groups(variable) for variable in conflicting]
        figures = frozenset(chain(*(self.system.bounds[variable] for variable in conflicting)))
        choices = []
        for kept in islice(product(*groups), MAX_CHOICES):
            out = figures.difference(*kept)
            if out not in self.choices:
                self.choices[out] = Choice(self.system, out, self)
            choices.append(self.choices[out])
        return choices, math.prod(map(len, groups)) <= MAX_CHOICES

    # -- a component as a whole

    def broken(self, component: Component) -> tuple[Vector[Variable] | None, bool]:
        """A vector of the component that the figures break, and whether the answer is final.

        Where figures of one quantity exclude one another, each of those that agree is tried.
        """
        choices, final = self.consistent_choices(component.variables)
        for choice in choices:
            row, sure = choice._broken(component)  # noqa: SLF001 - another of its kind
            if row is not None:
                return row, True
            final = final and sure
        return None, final

    def _broken(self, component: Component) -> tuple[Vector[Variable] | None, bool]:
        """The same where no two figures of a quantity exclude one another, but what is made of several may.

        What must be zero has no logarithm: products with such a variable are not decided here.
        """
        if not self._is_decided_by_ends(component):
            return None, False
        if len(component.rows) > LARGE and self._holds_by_propagation(component):
            return None, True
        groups = {each: self._consistent_ends(each, component.kind) for each in component.variables}
        final = math.prod(map(len, groups.values())) <= MAX_CHOICES
        for ends in islice(product(*groups.values()), MAX_CHOICES):
            chosen = dict(zip(groups, ends, strict=True))
            row, sure = broken_row(component.basis, chosen, component.kind, self.system.effort.pays)
            if row is not None:
                return row, True
            final = final and sure
        return None, final

    def _holds_by_propagation(self, component: Component) -> bool:
        """Whether intervals alone show that it holds, as of any series; what breaks it the simplex finds."""
        variables = variables_of(component.constraints)
        intervals = {variable: _common(self.of(variable)) for variable in variables}
        if None in intervals.values():
            return False
        left = projected(Problem(component.constraints, intervals))
        return left is not None and not left.constraints

    def point(self, component: Component) -> dict[Variable, float] | None:
        """Values of a component's variables that the figures allow, none of which exclude one another; floats."""
        ends = self.ends_in(component)
        return None if ends is None else feasible_point(component.basis, ends, component.kind)

    def ends_in(self, component: Component) -> dict[Variable, Ends] | None:
        """The ends of its variables, of bounds that exclude one another the first; `None` without logarithms."""
        if not self._is_decided_by_ends(component):
            return None
        return {each: self._consistent_ends(each, component.kind)[0] for each in component.variables}

    def _is_decided_by_ends(self, component: Component) -> bool:
        """Whether all its variables have logarithms, where they are asked for."""
        return component.kind == "sum" or not any(
            each.interval.high is not None and each.interval.high.numerator <= 0
            for variable in component.variables
            for each in self.of(variable)
        )

    def _consistent_ends(self, variable: Variable, kind: Kind) -> list[Ends]:
        """The ends of what the bounds of a variable leave together, for each greatest set that agrees."""
        bounds = self.of(variable)
        known = self.known.get((variable, kind))
        if known is None or known[0] is not bounds:
            together = (_common(group) for group in consistent_subsets(bounds))
            known = bounds, [ends_of(each, kind) for each in together if each is not None]
            self.known[variable, kind] = known
        return known[1]


_P = TypeVar("_P", bound="Bound | DomainBound")
_L = TypeVar("_L")


def consistent_subsets(bounds: Sequence[_P]) -> list[Sequence[_P]]:
    """The greatest sets of bounds of one variable that do not exclude one another."""
    if _common(bounds) is not None:
        return [bounds]
    lows = [(low_end(each), each) for each in bounds]
    groups = [
        [each for low, each in lows if low <= start_low and each.interval.overlaps(start.interval)]
        for start_low, start in sorted(lows, key=_low)
    ]
    members = [frozenset(group) for group in groups]
    return [
        group for group, inside in zip(groups, members, strict=True) if not any(map(inside.__lt__, members))
    ]


def _low(of_one: tuple[_L, object]) -> _L:
    return of_one[0]


def _common(bounds: Iterable[Bound | DomainBound]) -> Interval | None:
    return common(bound.interval for bound in bounds)
