"""Free rows and redundant constraints: the laws that unprinted variables can always obey, or printed numbers imply.

Presolve leaves them out (`presolve`), and so does every problem of a few figures (`minimal_sets`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from plantrack.numbers.interval import NONNEGATIVE, POSITIVE
from plantrack.numbers.rationals import added, multiplied, negated

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from plantrack.audit.bounds import Bound
    from plantrack.numbers.interval import Interval
    from plantrack.solver.constraints import Constraint
    from plantrack.solver.variables import Variable

    Domains = Mapping[Variable, Interval | None]

Constraints = dict["Constraint", None]
Uses = dict["Variable", list["Constraint"]]
"""Unprinted variable -> the constraints that have it."""


class Facts(NamedTuple):
    """What bounds and its domain say of a variable."""

    bounds: Sequence[Bound]
    domain: Interval | None
    sign: int
    """1 or -1 where it is never below, or never above, zero; 0 where that is not known."""
    is_above_zero: bool
    is_half_line: bool
    """Whether what is printed of a comparison is no more than which side is greater."""


UNKNOWN = Facts((), None, 0, is_above_zero=False, is_half_line=False)
ABOVE_ZERO = Facts((), POSITIVE, 1, is_above_zero=True, is_half_line=False)
NOT_BELOW_ZERO = Facts((), NONNEGATIVE, 1, is_above_zero=False, is_half_line=False)
"""Of unprinted variables: there are many."""


class Confined(dict["Variable", Facts]):
    """What bounds and domains say of variables, asked once of each."""

    def __init__(
        self,
        printed: Mapping[Variable, Sequence[Bound]],
        bounds_on: Callable[[Variable], Sequence[Bound]],
        domains: Domains,
        known: Mapping[Variable, Facts] | None = None,
        stale: Iterable[Variable] = (),
    ) -> None:
        """`bounds_on` is asked of ratios alone, which changes bound as well.

        `known` is what was known of other bounds that differ on `stale` variables alone.
        """
        super().__init__(known or {})
        for variable in stale:
            self.pop(variable, None)
        self.printed, self.bounds_on, self.domains = printed, bounds_on, domains

    def __missing__(self, variable: Variable) -> Facts:
        bounds, domain = self.printed.get(variable, ()), self.domains[variable]
        if variable.kind == "ratio":
            facts = Facts(self.bounds_on(variable), domain, 1, True, False)  # noqa: FBT003 - there are many
        elif bounds:
            facts = _facts(bounds, domain)
        elif domain is POSITIVE:
            facts = ABOVE_ZERO
        elif domain is NONNEGATIVE:
            facts = NOT_BELOW_ZERO
        else:
            facts = UNKNOWN if domain is None else Facts((), domain, _sign(domain), domain.is_positive, False)  # noqa: FBT003
        self[variable] = facts
        return facts


def _facts(bounds: Sequence[Bound], domain: Interval | None) -> Facts:
    intervals = [bound.interval for bound in bounds]
    if len(intervals) == 1:
        (only,) = intervals
        return Facts(bounds, domain, _sign(only), only.is_positive, is_sign(only))
    signs = set(map(_sign, intervals))
    return Facts(
        bounds,
        domain,
        signs.pop() if len(signs) == 1 else 0,
        is_above_zero=all(each.is_positive for each in intervals),
        is_half_line=all(map(is_sign, intervals)),
    )


def _sign(interval: Interval) -> int:
    if interval.low is not None and interval.low.numerator >= 0:
        return 1
    return -1 if interval.high is not None and interval.high.numerator <= 0 else 0


def is_sign(interval: Interval) -> bool:
    """Whether it is a half-line from zero: no more than a sign is told."""
    low, high = interval.low, interval.high
    return (low is None) != (high is None) and not low and not high


class Presolved(NamedTuple):
    """Constraints that say something, those of them that the printed numbers imply, and what is left of the others."""

    constraining: list[Constraint]
    redundant: tuple[Constraint, ...]
    left: list[Constraint]


def presolved(constraints: Sequence[Constraint], about: Confined) -> Presolved:
    """The constraints less free rows and redundant ones."""
    uses = _uses(constraints, about)
    free = _free_rows(uses, _to_ask(uses.values()), about)
    constraining = [each for each in dict.fromkeys(constraints) if each not in free]
    redundant = [each for each in constraining if each.kind == "sum" and _is_redundant(each, uses, about)]
    if not redundant:
        return Presolved(constraining, (), constraining)
    waiting: Constraints = {}
    for each in redundant:
        _leave_alone(each, uses, waiting)
    gone = _free_rows(uses, waiting, about) | dict.fromkeys(redundant)
    return Presolved(constraining, tuple(redundant), [each for each in constraining if each not in gone])


def without_free_rows(constraints: Sequence[Constraint], about: Confined) -> list[Constraint]:
    """The constraints less the free rows, which unprinted variables can always obey.

    That is one that no other constraint has; or, of inequalities, one that in all its constraints may be as large
    as they want, or as small.
    """
    uses = _uses(constraints, about)
    free = _free_rows(uses, _to_ask(uses.values()), about)
    return [each for each in dict.fromkeys(constraints) if each not in free]


def _free_rows(uses: Uses, waiting: Constraints, about: Confined) -> Constraints:
    """The free rows among those that wait, and those that become free without them; `uses` loses them.

    Fewer constraints only make more rows free, so that the order in which they are asked does not matter.
    """
    free: Constraints = {}
    while waiting:
        constraint, _ = waiting.popitem()
        if constraint not in free and (
            _is_free_row(constraint, uses, about) or _can_relax(constraint, uses, about)
        ):
            free[constraint] = None
            _leave_alone(constraint, uses, waiting)
    return free


def _leave_alone(constraint: Constraint, uses: Uses, waiting: Constraints) -> None:
    """Take a constraint out of use; those that may be free without it wait."""
    for variable in constraint.variables:
        if not (others := uses.get(variable)):
            continue
        if constraint in others:
            others.remove(constraint)
        for each in _may_be_free(others):
            waiting[each] = None


def _to_ask(uses: Iterable[Sequence[Constraint]]) -> Constraints:
    """Those that have an unprinted variable alone, and inequalities: no other can be a free row."""
    return {each: None for using in uses for each in _may_be_free(using)}


def _may_be_free(using: Sequence[Constraint]) -> Sequence[Constraint]:
    return using if len(using) == 1 else [each for each in using if each.slack is not None]


def _is_redundant(constraint: Constraint, uses: Uses, about: Confined) -> bool:
    """Whether the printed numbers imply a sum, whichever figures are chosen.

    That is one that a single unprinted variable obeys, which no other constraint has and which must only be
    above zero: what one side of an inequality has over the other, or the level before a rise.
    """
    unbounded = [variable for variable in constraint.variables if variable in uses]
    if len(unbounded) != 1 or len(uses[unbounded[0]]) > 1 or about[unbounded[0]].domain is None:
        return False
    return _is_positive_anyway(constraint, unbounded[0], about)


def _uses(constraints: Iterable[Constraint], about: Confined) -> Uses:
    uses: Uses = {}
    for constraint in dict.fromkeys(constraints):
        for variable in constraint.variables:
            others = uses.get(variable)
            if others is not None:
                others.append(constraint)
            elif not about[variable].bounds:
                uses[variable] = [constraint]
    return uses


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
    if constraint.constant or not all(about[each].is_above_zero for each in sides[True]):
        return False
    return all(about[each].domain is not None and _is_one_way(each, uses, about) for each in sides[False])


def _is_inequality(constraint: Constraint, uses: Uses, about: Confined) -> bool:
    """Whether only a sign is asked of what one side has over the other: by a law, or by a comparison."""
    slack = constraint.slack
    return slack is not None and (len(uses.get(slack, ())) == 1 or about[slack].is_half_line)


def _is_greater(variable: Variable, constraint: Constraint, about: Confined) -> bool:
    slack, signs = constraint.slack, constraint.signs
    assert slack is not None
    return (signs[variable] > 0) != (signs[slack] * about[slack].sign > 0)


def _is_one_way(variable: Variable, uses: Uses, about: Confined) -> bool:
    """Whether all constraints of an unprinted variable are inequalities, and have it on the same side."""
    constraints = uses.get(variable, ())
    if not constraints or not all(_is_inequality(constraint, uses, about) for constraint in constraints):
        return False
    return len({_is_greater(variable, constraint, about) for constraint in constraints}) == 1


def _is_positive_anyway(constraint: Constraint, variable: Variable, about: Confined) -> bool:
    """Whether all numbers that the bounds of its other variables allow leave the variable above zero."""
    sign = constraint.signs[variable]
    least = constraint.constant * sign
    for other, times in constraint.terms:
        if other == variable:
            continue
        rises = (times.numerator > 0) != (sign > 0)
        ends = [each.interval.low if rises else each.interval.high for each in about[other].bounds]
        known = [end for end in ends if end is not None]
        if len(known) < len(ends):
            return False
        end = min(known) if rises else max(known)
        least = added(least, multiplied(times if sign < 0 else negated(times), end))
    return least.numerator > 0


def _is_free_row(constraint: Constraint, uses: Uses, about: Confined) -> bool:
    """Whether unprinted variables that no other constraint has can obey the constraint for any values of its others."""
    alone = {each for each in constraint.variables if (using := uses.get(each)) and len(using) == 1}
    if not alone:
        return False
    if not constraint.law and any(variable.kind == "ratio" for variable in alone):
        return True  # a ratio of which nothing is printed need not exist: the level at its start may be zero
    if constraint.kind == "product":
        facts = map(about.__getitem__, constraint.variables)
        return all(each.domain is not None and (not each.bounds or each.is_above_zero) for each in facts)
    if any(about[variable].domain is None for variable in alone):
        return True
    return _is_always_met(constraint, alone, about)


def _is_always_met(constraint: Constraint, alone: set[Variable], about: Confined) -> bool:
    """Whether half-lines of its own let a sum come to its constant, by the signs with which they stand in it."""
    if constraint.slack is not None and about[constraint.slack].is_half_line:
        alone.add(constraint.slack)
    free: set[int] = set()
    bound: set[int] = set()
    for variable, sign in constraint.signs.items():
        (free if variable in alone else bound).add(sign * about[variable].sign)
    if len(free) != 1 or constraint.constant:
        return len(free) > 1
    return bool(bound) and bound <= {-sign for sign in free}  # nothing that is above zero comes to zero alone
