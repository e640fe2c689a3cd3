"""Free rows and redundant constraints: the laws that unprinted variables can always obey, or printed numbers imply.

Presolve leaves them out (`presolve`), and so does every problem of a few figures (`minimal_sets`).
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from plantrack.audit.bounds import Bound
    from plantrack.numbers.interval import Interval
    from plantrack.solver.constraints import Constraint
    from plantrack.solver.variables import Variable

    BoundsOn = Callable[[Variable], Sequence[Bound]]
    Domains = Mapping[Variable, Interval | None]

Uses = dict["Variable", dict[int, "Constraint"]]
"""Unprinted variable -> the constraints that have it, by identity."""


def without_free_rows(constraints: Sequence[Constraint], about: Confined) -> list[Constraint]:
    """The constraints less the free rows, which unprinted variables can always obey.

    That is one that no other constraint has; or, of inequalities, one that in all its constraints may be as large
    as they want, or as small.
    """
    left = {id(constraint): constraint for constraint in constraints}
    uses = _uses(constraints, about)
    waiting = {key: constraint for each in uses.values() for key, constraint in each.items()}
    while waiting:
        key, constraint = waiting.popitem()
        if not (_is_free_row(constraint, uses, about) or _can_relax(constraint, uses, about)):
            continue
        del left[key]
        for variable in constraint.variables:
            if variable in uses:
                del uses[variable][key]
                waiting |= uses[variable]
    return list(left.values())


def without_redundant(constraints: Sequence[Constraint], about: Confined) -> list[Constraint]:
    """The constraints less the sums that the printed numbers imply, whichever figures are chosen.

    That is one that a single unprinted variable obeys, which no other constraint has and which must only be
    above zero: what one side of an inequality has over the other, or the level before a rise.
    """
    uses = _uses(constraints, about)
    return [each for each in constraints if not (each.kind == "sum" and _is_redundant(each, uses, about))]


def _is_redundant(constraint: Constraint, uses: Uses, about: Confined) -> bool:
    unbounded = [variable for variable in constraint.variables if not about.bounds_on(variable)]
    if len(unbounded) != 1 or len(uses[unbounded[0]]) > 1 or about.domains[unbounded[0]] is None:
        return False
    return _is_positive_anyway(constraint, unbounded[0], about)


def _uses(constraints: Iterable[Constraint], about: Confined) -> Uses:
    uses: Uses = {}
    for constraint in constraints:
        for variable in constraint.variables:
            if not about.bounds_on(variable):
                uses.setdefault(variable, {})[id(constraint)] = constraint
    return uses


class Confined:
    """What bounds and domains say of variables, asked once."""

    def __init__(self, bounds_on: BoundsOn, domains: Domains) -> None:
        self.bounds_on = cache(bounds_on)
        self.domains = domains
        self.is_above_zero = cache(self._is_above_zero)
        self.sign_of = cache(self._sign_of)
        self.is_half_line = cache(self._is_half_line)

    def _confined(self, variable: Variable) -> list[Interval | None]:
        return [bound.interval for bound in self.bounds_on(variable)] or [self.domains[variable]]

    def _is_above_zero(self, variable: Variable) -> bool:
        return variable.kind == "ratio" or all(
            each is not None and each.is_positive for each in self._confined(variable)
        )

    def _is_half_line(self, variable: Variable) -> bool:
        """Whether what is printed of a comparison is no more than which side is greater."""
        printed = self.bounds_on(variable)
        return bool(printed) and all(is_sign(bound.interval) for bound in printed)

    def _sign_of(self, variable: Variable) -> int:
        """1 or -1 where the variable is never below, or never above, zero; 0 where that is not known."""
        if variable.kind == "ratio":
            return 1
        signs = set(map(_sign, self._confined(variable)))
        return signs.pop() if len(signs) == 1 else 0


def _sign(interval: Interval | None) -> int:
    if interval is None:
        return 0
    if interval.low is not None and interval.low.numerator >= 0:
        return 1
    return -1 if interval.high is not None and interval.high.numerator <= 0 else 0


def _can_relax(constraint: Constraint, uses: Uses, about: Confined) -> bool:
    """Whether an inequality's greater side may grow, or its lesser side shrink to nothing, without harm."""
    if not _is_inequality(constraint, uses, about):
        return False
    sides: dict[bool, list[Variable]] = {True: [], False: []}
    for variable in constraint.variables:
        if variable != constraint.slack:
            sides[_is_greater(variable, constraint, about)].append(variable)
    if any(_is_one_way(variable, uses, about) for variable in sides[True]):
        return True
    if constraint.constant or not all(map(about.is_above_zero, sides[True])):
        return False
    shrinking = (variable for variable in sides[False] if about.domains[variable] is not None)
    return len(sides[False]) == sum(_is_one_way(variable, uses, about) for variable in shrinking)


def _is_inequality(constraint: Constraint, uses: Uses, about: Confined) -> bool:
    """Whether only a sign is asked of what one side has over the other: by a law, or by a comparison."""
    return constraint.slack is not None and (
        len(uses.get(constraint.slack, ())) == 1 or about.is_half_line(constraint.slack)
    )


def _is_greater(variable: Variable, constraint: Constraint, about: Confined) -> bool:
    terms = dict(constraint.terms)
    assert constraint.slack is not None
    return (terms[variable].numerator > 0) != (
        terms[constraint.slack].numerator * about.sign_of(constraint.slack) > 0
    )


def _is_one_way(variable: Variable, uses: Uses, about: Confined) -> bool:
    """Whether all constraints of an unprinted variable are inequalities, and have it on the same side."""
    constraints = uses.get(variable, {}).values()
    if not constraints or not all(_is_inequality(constraint, uses, about) for constraint in constraints):
        return False
    return len({_is_greater(variable, constraint, about) for constraint in constraints}) == 1


def _is_positive_anyway(constraint: Constraint, variable: Variable, about: Confined) -> bool:
    """Whether all numbers that the bounds of its other variables allow leave the variable above zero."""
    by = dict(constraint.terms)[variable]
    least = constraint.constant / by
    for other, times in constraint.terms:
        if other == variable:
            continue
        share = -times / by
        ends = [
            each.interval.low if share.numerator > 0 else each.interval.high
            for each in about.bounds_on(other)
        ]
        known = [end for end in ends if end is not None]
        if len(known) < len(ends):
            return False
        least += share * (min(known) if share.numerator > 0 else max(known))
    return least.numerator > 0


def _is_free_row(constraint: Constraint, uses: Uses, about: Confined) -> bool:
    """Whether unprinted variables that no other constraint has can obey the constraint for any values of its others."""
    alone = {variable for variable in constraint.variables if len(uses.get(variable, ())) == 1}
    if not alone:
        return False
    if not constraint.law and any(variable.kind == "ratio" for variable in alone):
        return True  # a ratio of which nothing is printed need not exist: the level at its start may be zero
    if constraint.kind == "product":
        return all(
            about.domains[each] is not None and (not about.bounds_on(each) or about.is_above_zero(each))
            for each in constraint.variables
        )
    if any(about.domains[variable] is None for variable in alone):
        return True
    return _is_always_met(constraint, alone, about)


def _is_always_met(constraint: Constraint, alone: set[Variable], about: Confined) -> bool:
    """Whether half-lines of its own let a sum come to its constant, by the signs with which they stand in it."""
    if constraint.slack is not None and about.is_half_line(constraint.slack):
        alone.add(constraint.slack)
    free: set[int] = set()
    bound: set[int] = set()
    for variable, times in constraint.terms:
        sign = about.sign_of(variable) if times.numerator > 0 else -about.sign_of(variable)
        (free if variable in alone else bound).add(sign)
    if len(free) != 1 or constraint.constant:
        return len(free) > 1
    return bool(bound) and bound <= {-sign for sign in free}  # nothing that is above zero comes to zero alone


def is_sign(interval: Interval) -> bool:
    """Whether it is a half-line from zero: no more than a sign is told."""
    return None in (interval.low, interval.high) and 0 in (interval.low, interval.high)
