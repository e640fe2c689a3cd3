"""Presolve: what is left to decide once free rows, redundant constraints and unprinted variables are eliminated.

The rest falls into components of constraints of one kind that share variables, and into groups of both
kinds (Andersen and Andersen, "Presolving in Linear Programming", Mathematical Programming 71, 1995).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from itertools import chain
from operator import attrgetter
from typing import TYPE_CHECKING, Literal, NamedTuple, TypeVar

from plantrack.audit.free_rows import is_sign, presolved, without_free_rows
from plantrack.solver.constraints import variables_of
from plantrack.solver.elementary import Vector, reduced, without

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from collections.abc import Set as AbstractSet

    from plantrack.audit.constraint_system import ConstraintSystem
    from plantrack.audit.free_rows import Confined, Domains
    from plantrack.numbers.interval import Interval
    from plantrack.solver.constraints import Constraint
    from plantrack.solver.variables import Variable

_C = TypeVar("_C")
_K = TypeVar("_K")
Kind = Literal["product", "sum"]
PRESOLVED = 4
"""Steps that a law takes to be looked at."""


@dataclass(frozen=True, eq=False)
class Component:
    """Constraints of one kind that share variables.

    `rows` are what the laws say of the variables that figures or domains confine: vectors that must
    come to zero, of logarithms where the laws are products.
    """

    kind: Kind
    constraints: tuple[Constraint, ...]
    rows: tuple[Vector[Variable], ...]

    @cached_property
    def variables(self) -> tuple[Variable, ...]:
        """Those of its rows."""
        return tuple(dict.fromkeys(chain.from_iterable(self.rows)))

    @cached_property
    def basis(self) -> Mapping[Variable, Vector[Variable]]:
        """The rows in reduced echelon form."""
        return reduced(self.rows)


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
        near = self._whose(variables, attrgetter("bounded_by"))
        return near, self._replace(
            of_one_kind=tuple(each for each in self.of_one_kind if each not in near.of_one_kind),
            mixed=tuple(each for each in self.mixed if each not in near.mixed),
            changed=tuple(each for each in self.changed if each not in near.changed),
        )

    def parts(self) -> Iterator[Components]:
        """Each of them alone."""
        none = self._replace(of_one_kind=(), mixed=(), changed=())
        yield from (none._replace(changed=(each,)) for each in self.changed)
        yield from (none._replace(of_one_kind=(each,)) for each in self.of_one_kind)
        yield from (none._replace(mixed=(each,)) for each in self.mixed)

    def touching(self, variables: AbstractSet[Variable]) -> Components:
        """Only those that have one of these variables, or that depend on their bounds."""
        return self._whose(variables, attrgetter("variables"))

    def _whose(
        self, variables: AbstractSet[Variable], of: Callable[[Constraint], Iterable[Variable]]
    ) -> Components:
        def are_near(constraints: Iterable[Constraint]) -> bool:
            return any(not variables.isdisjoint(of(constraint)) for constraint in constraints)

        return self._replace(
            of_one_kind=tuple(each for each in self.of_one_kind if are_near(each.constraints)),
            mixed=tuple(filter(are_near, self.mixed)),
            changed=tuple(each for each in self.changed if not variables.isdisjoint(each.bounded_by)),
        )


def components_of(
    constraints: Sequence[Constraint], system: ConstraintSystem, near: Iterable[Variable] | None = None
) -> Components:
    """The components of a system's laws that say something about its figures."""
    found: list[Component] = []
    mixed: list[tuple[Constraint, ...]] = []
    system.effort.pays(len(constraints) * PRESOLVED)
    about = system.about
    constraining, redundant, left = presolved(constraints, about)
    printed = system.bounds if near is None else [each for each in near if each in system.bounds]
    reported = {variable for variable in printed if _has_more_than_sign(variable, system)}
    for group in joined(left):
        if len(group) > MAX_LAWS:
            mixed.append(tuple(group))
        elif not is_mixed(group, system.domains):
            found += _component(group, system)
        else:
            found += _of_each_kind(group, system, about)
            mixed += _still_mixed(group, reported, about)
    ratios = dict.fromkeys(each._replace(kind="ratio") for each in printed if each.kind == "difference")
    changed = (each for each in ratios if each in system.domains and len(system.bounds_on(each)) > 1)
    return Components(tuple(found), tuple(mixed), tuple(changed), tuple(constraining), redundant)


KINDS: tuple[Kind, ...] = ("product", "sum")
MAX_LAWS = 500
"""More laws that hang together are not brought into echelon form: what no account pays for is undetermined."""


def _component(constraints: Sequence[Constraint], system: ConstraintSystem) -> list[Component]:
    if not constraints:
        return []
    kind = constraints[0].kind
    rows = without((constraint.vector for constraint in constraints), _eliminable(kind, constraints, system))
    return [Component(kind, tuple(constraints), tuple(rows))] if rows else []


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
    """Whether more is printed of a span than that levels rose or fell, which its ratio, if any, tells as well."""
    if variable.kind == "difference" and variable._replace(kind="ratio") in system.domains:
        return not all(is_sign(bound.interval) for bound in system.bounds[variable])
    return variable.kind != "level"


def kind_of(constraint: Constraint, domains: Domains) -> Literal["product", "sum", "signed"]:
    """Its kind; a product with a variable that may be below zero has no logarithm."""
    if constraint.kind == "product" and any(domains[variable] is None for variable in constraint.variables):
        return "signed"
    return constraint.kind


def is_mixed(constraints: Sequence[Constraint], domains: Domains) -> bool:
    """Whether there are constraints of both kinds, or such as have no logarithm."""
    kinds = {kind_of(constraint, domains) for constraint in constraints}
    return len(kinds) > 1 or "signed" in kinds


def joined(
    constraints: Iterable[_C], of: Callable[[_C], Iterable[_K]] = attrgetter("variables")
) -> list[list[_C]]:
    """Constraints, or whatever has variables, that share some, directly or through others.

    Groups stand in the order of their last constraints.
    """
    groups: dict[_K, list[_C]] = {}
    for constraint in constraints:
        near = list(filter(None, map(groups.get, of(constraint))))
        into = near[0] if near else []
        if any(group is not into for group in near):
            into = max(near, key=len)
            for group in {id(group): group for group in near if group is not into}.values():
                into += group
                groups |= {variable: into for each in group for variable in of(each)}
        into.append(constraint)
        for variable in of(constraint):
            groups[variable] = into
    return list({id(group): group for group in groups.values()}.values())


def _eliminable(kind: Kind, constraints: Sequence[Constraint], system: ConstraintSystem) -> list[Variable]:
    """Unprinted variables that can take any value the law wants: positive in products, any in sums."""
    variables = variables_of(constraints)
    latent = [variable for variable in variables if not system.bounds_on(variable)]
    if kind == "sum":
        return [variable for variable in latent if system.domains[variable] is None]
    return latent


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
