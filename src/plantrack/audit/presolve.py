"""Presolve: what is left to decide once free rows, redundant constraints and unprinted variables are eliminated.

The rest falls into components of constraints of one kind that share variables, and into groups of both
kinds (Andersen and Andersen, "Presolving in Linear Programming", Mathematical Programming 71, 1995).
"""

from __future__ import annotations

from functools import cache, partial
from typing import TYPE_CHECKING, Literal, NamedTuple

from plantrack.solver.constraints import variables_of
from plantrack.solver.elementary import Vector, reduced, whole, without

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from collections.abc import Set as AbstractSet

    from plantrack.audit.bounds import Bound, PrintedBound
    from plantrack.audit.constraint_system import ConstraintSystem
    from plantrack.numbers.interval import Interval
    from plantrack.solver.constraints import Constraint
    from plantrack.solver.variables import Variable

    BoundsOn = Callable[[Variable], Sequence[Bound]]
    Domains = Mapping[Variable, Interval | None]
    Test = Callable[[Sequence[Constraint], AbstractSet[Variable]], bool]

Kind = Literal["product", "sum"]
PRESOLVED = 4
"""Steps that a law takes to be looked at."""


class Component(NamedTuple):
    """Constraints of one kind that share variables.

    `rows` are what the laws say of the variables that figures or domains confine: vectors that must
    come to zero, of logarithms where the laws are products; `basis` is the same in reduced echelon form.
    """

    kind: Kind
    constraints: tuple[Constraint, ...]
    rows: tuple[Vector[Variable], ...]
    basis: Mapping[Variable, Vector[Variable]]

    @property
    def variables(self) -> tuple[Variable, ...]:
        """The variables of its rows."""
        return tuple(dict.fromkeys(variable for row in self.rows for variable in row))


class Components(NamedTuple):
    """What is left to decide: constraints of one kind, each alone, and those that hang together with another kind.

    `changed` are the ratios of spans of which a change is printed, and something else. `constraining` are all
    laws that say something; `redundant` are those of them that the printed numbers imply.
    """

    of_one_kind: tuple[Component, ...]
    mixed: tuple[tuple[Constraint, ...], ...]
    changed: tuple[Variable, ...]
    constraining: tuple[Constraint, ...]
    redundant: tuple[Constraint, ...]

    def depending_on(self, variables: AbstractSet[Variable]) -> tuple[Components, Components]:
        """Those that depend on the bounds of these variables, and the others."""
        near = self._whose(_is_bounded_by, variables)
        return near, self._replace(
            of_one_kind=tuple(each for each in self.of_one_kind if each not in near.of_one_kind),
            mixed=tuple(each for each in self.mixed if each not in near.mixed),
            changed=tuple(each for each in self.changed if each not in near.changed),
        )

    def touching(self, variables: AbstractSet[Variable]) -> Components:
        """Only those that have one of these variables, or that depend on their bounds."""
        return self._whose(_touches, variables)

    def _whose(self, test: Test, variables: AbstractSet[Variable]) -> Components:
        return self._replace(
            of_one_kind=tuple(each for each in self.of_one_kind if test(each.constraints, variables)),
            mixed=tuple(each for each in self.mixed if test(each, variables)),
            changed=tuple(each for each in self.changed if not variables.isdisjoint(each.bounded_by)),
        )


def _is_bounded_by(constraints: Sequence[Constraint], variables: AbstractSet[Variable]) -> bool:
    return any(not variables.isdisjoint(constraint.bounded_by) for constraint in constraints)


def _touches(constraints: Sequence[Constraint], variables: AbstractSet[Variable]) -> bool:
    return any(not variables.isdisjoint(constraint.variables) for constraint in constraints)


def components_of(
    constraints: Sequence[Constraint],
    system: ConstraintSystem,
    excluded: AbstractSet[PrintedBound] = frozenset(),
    near: Iterable[Variable] | None = None,
) -> Components:
    """The components of a system's laws that say something about its figures, but for those excluded."""
    found: list[Component] = []
    mixed: list[tuple[Constraint, ...]] = []
    system.effort.pays(len(constraints) * PRESOLVED)
    bounds_on = partial(system.bounds_without, excluded=excluded) if excluded else system.bounds_on
    about = Confined(bounds_on, system.domains)
    constraining = without_free_rows(constraints, about)
    left_over = without_redundant(constraining, about)
    kept = set(left_over)
    redundant = tuple(constraint for constraint in constraining if constraint not in kept)
    printed = system.bounds if near is None else [each for each in near if each in system.bounds]
    reported = {variable for variable in printed if _has_more_than_sign(variable, system)}
    for group in joined(without_free_rows(left_over, about) if redundant else constraining):
        if len(group) > MAX_LAWS:
            mixed.append(tuple(group))
        elif not is_mixed(group, system.domains):
            found += _component(group, system)
        else:
            found += _of_each_kind(group, system, about)
            mixed += _still_mixed(group, reported, about)
    changed = _changed(printed, system)
    return Components(tuple(found), tuple(mixed), changed, tuple(constraining), redundant)


def _changed(printed: Iterable[Variable], system: ConstraintSystem) -> tuple[Variable, ...]:
    """The ratios of spans of which a change is printed, and something else."""
    ratios = dict.fromkeys(each._replace(kind="ratio") for each in printed if each.kind == "difference")
    return tuple(ratio for ratio in ratios if ratio in system.domains and len(system.bounds_on(ratio)) > 1)


KINDS: tuple[Kind, ...] = ("product", "sum")
MAX_LAWS = 500
"""More laws that hang together are not brought into echelon form: what no account pays for is undetermined."""


def _component(constraints: Sequence[Constraint], system: ConstraintSystem) -> list[Component]:
    """The component that constraints of one kind make, if they say anything."""
    if not constraints:
        return []
    kind = constraints[0].kind
    rows = without(
        (whole(constraint.row) for constraint in constraints), _eliminable(kind, constraints, system)
    )
    return [Component(kind, tuple(constraints), tuple(rows), reduced(rows))] if rows else []


def _of_each_kind(group: Sequence[Constraint], system: ConstraintSystem, about: Confined) -> list[Component]:
    """The components that the constraints of a mixed group make kind by kind."""
    found = []
    for kind in KINDS:
        of_kind = [constraint for constraint in group if kind_of(constraint, system.domains) == kind]
        for bound in joined(of_kind):
            found += _component(without_free_rows(bound, about), system)
    return found


def _still_mixed(
    group: Sequence[Constraint], reported: AbstractSet[Variable], about: Confined
) -> list[tuple[Constraint, ...]]:
    """What hangs together in both kinds of law when spans of which nothing is printed are left out."""
    spans = reported | {
        variable for each in group if each.law for variable in each.variables if variable.kind != "level"
    }
    constraining = [each for each in group if each.law or not spans.isdisjoint(each.variables)]
    constraining = without_free_rows(constraining, about)
    return [tuple(each) for each in joined(constraining) if is_mixed(each, about.domains)]


def _has_more_than_sign(variable: Variable, system: ConstraintSystem) -> bool:
    """Whether more is printed of a span than that levels rose or fell, which its ratio, if it has one, tells as well."""
    if variable.kind == "difference" and variable._replace(kind="ratio") in system.domains:
        return not all(_is_sign(bound.interval) for bound in system.bounds[variable])
    return variable.kind != "level"


def _is_sign(interval: Interval) -> bool:
    return None in (interval.low, interval.high) and 0 in (interval.low, interval.high)


def kind_of(constraint: Constraint, domains: Domains) -> Literal["product", "sum", "signed"]:
    """Its kind; a product with a variable that may be below zero has no logarithm."""
    if constraint.kind == "product" and any(domains[variable] is None for variable in constraint.variables):
        return "signed"
    return constraint.kind


def is_mixed(constraints: Sequence[Constraint], domains: Domains) -> bool:
    """Whether there are constraints of both kinds, or such as have no logarithm."""
    kinds = {kind_of(constraint, domains) for constraint in constraints}
    return len(kinds) > 1 or "signed" in kinds


def joined(constraints: Sequence[Constraint]) -> list[list[Constraint]]:
    """Constraints that share variables, directly or through others: groups in the order of their last constraints."""
    groups: dict[Variable, list[Constraint]] = {}
    for constraint in constraints:
        near = {id(groups[each]): groups[each] for each in constraint.variables if each in groups}
        into = max(near.values(), key=len, default=[])
        for group in near.values():
            if group is not into:
                into += group
                groups |= {variable: into for each in group for variable in each.variables}
        into.append(constraint)
        groups |= dict.fromkeys(constraint.variables, into)
    return list({id(group): group for group in groups.values()}.values())


def _eliminable(kind: Kind, constraints: Sequence[Constraint], system: ConstraintSystem) -> list[Variable]:
    """Unprinted variables that can take any value the law wants: positive in products, any in sums."""
    variables = variables_of(constraints)
    latent = [variable for variable in variables if not system.bounds_on(variable)]
    if kind == "sum":
        return [variable for variable in latent if system.domains[variable] is None]
    return latent


# -- redundant rows --------------------------------------------------------------------------------


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
        return bool(printed) and all(_is_sign(bound.interval) for bound in printed)

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
        return kind_of(constraint, about.domains) == "product" and all(
            about.is_above_zero(each) for each in constraint.variables if about.bounds_on(each)
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


def one_sided(component: Component, system: ConstraintSystem) -> dict[Variable, int]:
    """Variables of a sum that can grow (1) or fall (-1) without end whatever figure is chosen."""
    found = {}
    for variable in component.variables if component.kind == "sum" else ():
        if variable.kind == "number":
            continue
        intervals: list[Interval | None] = [bound.interval for bound in system.bounds_on(variable)]
        intervals = intervals or [system.domains[variable]]
        if all(each is not None and each.low is not None and each.high is None for each in intervals):
            found[variable] = 1
        elif all(each is not None and each.low is None and each.high is not None for each in intervals):
            found[variable] = -1
    return found
