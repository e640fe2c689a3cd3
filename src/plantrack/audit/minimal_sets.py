"""Irreducible infeasible subsets (IIS, MUS): figures that constraints of both kinds exclude, but no single relation."""

from __future__ import annotations

from collections import defaultdict
from fractions import Fraction
from functools import partial
from itertools import islice, product
from typing import TYPE_CHECKING, Literal, NamedTuple

from plantrack.audit.bounds import DerivedBound, SignBound, outermost
from plantrack.audit.choices import MAX_CHOICES, consistent_subsets
from plantrack.audit.free_rows import Confined, presolved
from plantrack.audit.presolve import is_mixed, joined
from plantrack.solver.constraints import variables_of
from plantrack.solver.feasibility import decide
from plantrack.solver.limits import LARGE
from plantrack.solver.minimal_subsets import minimal_subset
from plantrack.solver.problem import Problem
from plantrack.solver.ranges import distance_out, likely_range

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from plantrack.audit.bounds import PrintedBound
    from plantrack.audit.constraint_system import ConstraintSystem
    from plantrack.audit.relations import ViolatedRelation
    from plantrack.numbers.interval import Interval
    from plantrack.solver.constraints import Constraint
    from plantrack.solver.feasibility import Decision
    from plantrack.solver.variables import Variable, VariableKind

    Domains = Mapping[Variable, Interval | None]
    Known = dict[tuple[bool, tuple[Constraint, ...], tuple[Interval | None, ...]], Decision]
    """What was decided of laws and the intervals of their variables, so that it is decided once."""

ASKED = 20
"""Decisions that it takes to look for a figure's values, about."""


class InfeasibleSubset(NamedTuple):
    """A minimal set of figures, the laws that exclude them together, and all laws of their component."""

    bounds: tuple[PrintedBound, ...]
    laws: tuple[Constraint, ...]
    domains: Domains
    scope: tuple[Constraint, ...]
    is_minimal: bool = True
    """Whether it is shown that none of the figures can be spared."""
    pays: Callable[[float], bool] = lambda _: True
    """Whether so many steps may be taken to decide it with other intervals."""

    kind: Literal["mixed"] = "mixed"
    must_contain: None = None

    @property
    def constraints(self) -> tuple[tuple[Constraint, Fraction], ...]:
        return tuple((law, Fraction(1)) for law in self.laws)

    @property
    def terms(self) -> tuple[tuple[PrintedBound, int], ...]:
        return tuple((bound, 1) for bound in self.bounds)

    @property
    def is_small(self) -> bool:
        """Whether few variables hang together."""
        return len(set(variables_of(self.laws))) <= LARGE

    @property
    def steps(self) -> float:
        """What it takes to look for the values of a figure with which it holds."""
        return ASKED * self.problem.steps

    @property
    def problem(self) -> Problem:
        """What its laws say of its figures."""
        return problem_of(self.scope, self.bounds, self.domains)

    def range(self) -> None:
        """No single number tells how far off constraints of both kinds are."""

    def side(self, instead: Mapping[PrintedBound, Interval] | None = None) -> int | None:
        """0 where the figures can hold together, 1 where they cannot, `None` where it is not decided."""
        bounds = [each.instead((instead or {}).get(each)) for each in self.bounds]
        problem = problem_of(self.scope, bounds, self.domains)
        decision = decide(problem, pays=self.pays)
        return {"consistent": 0, "contradictory": 1, "undetermined": None}[decision]

    def off(self, factor: float) -> float:
        """How far outside the widened roundings the nearest numbers lie that obey the laws; in floats."""
        wide = [each.instead(each.widened(Fraction(factor))) for each in self.bounds]
        return distance_out(problem_of(self.scope, wide, self.domains))

    def nominal(self, _: PrintedBound) -> None:
        """Constraints of both kinds are not solved for one value."""

    def left_for(self, bound: PrintedBound) -> tuple[float, float] | None:
        """Between which floats the others seem to leave the bound's variable; `None` where there are none."""
        others = {each.variable: each.interval for each in self.bounds if each.variable != bound.variable}
        intervals = {each: others.get(each, self.domains[each]) for each in variables_of(self.scope)}
        return likely_range(Problem(self.scope, intervals), bound.variable)


def problem_of(
    constraints: Sequence[Constraint], bounds: Iterable[PrintedBound], domains: Domains
) -> Problem:
    """What the laws say of these figures alone; redundant laws left out."""
    by_variable: defaultdict[Variable, list[PrintedBound]] = defaultdict(list)
    for bound in bounds:
        by_variable[bound.variable].append(bound)
    about = Confined(by_variable, lambda variable: by_variable.get(variable, ()), domains)
    kept = presolved(constraints, about).left
    intervals: dict[Variable, Interval | None] = {}
    for variable in variables_of(kept):
        intervals[variable] = domains[variable]
        for number, bound in enumerate(by_variable.get(variable, ())):
            before = intervals[variable] if number else None
            both = bound.interval if before is None else bound.interval.intersection(before)
            intervals[variable] = both if both is not None else bound.interval
    return Problem(tuple(kept), intervals)


def decide_left(
    constraints: Sequence[Constraint],
    system: ConstraintSystem,
    *,
    halving: bool,
    known: Known,
) -> Iterator[tuple[list[PrintedBound], Decision]]:
    """Each choice of figures that agree within their variables, and the decision about it.

    Of constraints of both kinds only those are decided that still hang together with the other kind: of
    the others that has been done.

    Args:
        constraints: the laws.
        system: figures, and domains of the variables.
        halving: whether boxes are halved where nothing else decides.
        known: decisions to be shared.
    """
    pays = system.effort.pays
    variables = variables_of(constraints)
    groups = [consistent_subsets(each) for variable in variables if (each := system.bounds.get(variable))]
    mixed = is_mixed(constraints, system.domains)
    for choice in islice(product(*groups), MAX_CHOICES):
        bounds = [bound for group in choice for bound in outermost(group)]
        problem = problem_of(constraints, bounds, system.domains)
        for part in joined(problem.constraints):
            if not mixed or is_mixed(part, system.domains):
                asked = (
                    halving,
                    tuple(part),
                    tuple(problem.intervals[variable] for variable in variables_of(part)),
                )
                decision = known.get(asked)
                if decision is None:
                    decision = decide(Problem(tuple(part), problem.intervals), halving=halving, pays=pays)
                    if not system.effort.is_spent:
                        known[asked] = decision
                yield bounds, decision


def infeasible_subset_of(
    constraints: Sequence[Constraint], bounds: Sequence[PrintedBound], system: ConstraintSystem
) -> InfeasibleSubset:
    """A minimal set of figures among those that the laws exclude, by deletion."""
    pays = system.effort.pays

    def is_excluded(some: Sequence[PrintedBound], *, halving: bool = True) -> bool:
        problem = problem_of(constraints, some, system.domains)
        return decide(problem, halving=halving, pays=pays) == "contradictory"

    quickly = partial(is_excluded, halving=False)
    kept = minimal_subset(bounds, quickly, len(bounds) // 2) if quickly(bounds) else bounds
    kept = minimal_subset(kept, is_excluded, len(kept) // 2)
    laws = problem_of(constraints, kept, system.domains).constraints
    return InfeasibleSubset(
        tuple(kept), laws, system.domains, tuple(constraints), not system.effort.is_spent, pays
    )


def exact_of(violation: ViolatedRelation, system: ConstraintSystem) -> ViolatedRelation | InfeasibleSubset:
    """The relation, or its figures and laws as an infeasible subset where independent bounds have more room than is.

    That is where a figure stands in two bounds, or a change by its sign alone and levels tell how much.
    """
    made = [bound for bound, _ in violation.terms if isinstance(bound, (DerivedBound, SignBound))]
    if not _may_have_less_room(violation, made):
        return violation
    spans = {bound.change.variable._replace(kind=kind) for bound in made for kind in _SPANS}
    laws = {law for law, _ in violation.constraints}
    scope = tuple(
        each
        for each in system.constraints
        if each in laws or (not each.law and any(variable in spans for variable in each.variables))
    )
    subset = InfeasibleSubset(violation.bounds, scope, system.domains, scope, pays=system.effort.pays)
    return subset if subset.side() == 1 else violation


def _may_have_less_room(violation: ViolatedRelation, made: Sequence[DerivedBound | SignBound]) -> bool:
    """Whether its bounds are not independent: a figure is in two of them, or levels tell what a sign leaves open."""
    if len(violation.bounds) < sum(len(bound.bounds) for bound, _ in violation.terms):
        return True
    has_sign = any(isinstance(bound, SignBound) for bound in made)
    return has_sign and any(bound.variable.kind == "level" for bound in violation.bounds)


_SPANS: tuple[VariableKind, ...] = ("difference", "ratio")
