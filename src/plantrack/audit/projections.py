"""What the figures of some plans leave for quantities that other plans speak of, too: exact intervals.

Figures that contradictions were corrected by are left out, so that the rest can all be true: one maximal consistent
subset. Components of one kind are projected exactly (`solver.extremes`); of both kinds what contraction leaves, rounded
outward. Each interval holds every number that the figures allow.
"""

from __future__ import annotations

from fractions import Fraction
from itertools import chain
from math import isinf
from operator import attrgetter
from typing import TYPE_CHECKING, NamedTuple

from plantrack.audit.agreed import together
from plantrack.audit.bounds import PrintedBound, outermost
from plantrack.audit.choices import Choice, consistent_subsets
from plantrack.audit.minimal_sets import problem_of
from plantrack.audit.oracle import connected, holds_for
from plantrack.audit.presolve import components_of, joined
from plantrack.numbers.interval import ANY, Interval, common
from plantrack.solver.constraints import Constraint, variables_of
from plantrack.solver.extremes import implied_range
from plantrack.solver.propagation import contracted
from plantrack.solver.variables import Variable

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from collections.abc import Set as AbstractSet

    from plantrack.audit.agreed import Side
    from plantrack.audit.constraint_system import ConstraintSystem
    from plantrack.audit.presolve import Component, Components

BOUNDED_BY = attrgetter("bounded_by")


class Projection(NamedTuple):
    """What is left for a quantity, the least and the greatest that is printed, and other blocks that it rests on."""

    variable: Variable
    interval: Interval
    printed: tuple[PrintedBound, ...] = ()
    blocks: frozenset[int] = frozenset()


def linking_variables(
    system: ConstraintSystem, shared: AbstractSet[str], common: AbstractSet[str]
) -> list[Variable]:
    """What other blocks may speak of at shared places, as far as this one says something of it by itself.

    That is what it prints, and what is connected with its own quantities, spans, comparisons and laws. `common` are the
    texts of the laws that hold for all plans: what they say between shared quantities, they say in every block.
    """
    fixed = {(each.indicator, each.place) for each in system.bounds if each.kind == "level" and each.basis}

    def is_linking(variable: Variable) -> bool:
        is_fixed = variable.basis and (variable.indicator, variable.place) in fixed
        return is_shared(variable, shared) and not is_fixed

    found = dict.fromkeys(filter(is_linking, system.bounds))
    for constraint in system.constraints:
        linking = list(filter(is_linking, constraint.variables))
        others = (each for each in constraint.variables if each.kind != "slack" and each not in linking)
        if linking and (constraint.law not in common or any(others)):
            found |= dict.fromkeys(linking)
    return list(found)


def is_shared(variable: Variable, shared: AbstractSet[str]) -> bool:
    """Whether other plans may speak of it: at a shared place, of no plan's own indicator, at no vague moment.

    Levels at constant prices, and growth that leads between them, are at the prices of a year that each block chooses.
    """
    is_own = "/" in variable.indicator or any("@" in time for time in variable.times)
    is_chosen = variable.kind == "level" and variable.basis != ""
    is_about = variable.kind in {"level", "ratio", "difference"} and variable.place in shared
    return is_about and not (is_own or is_chosen)


def projections(system: ConstraintSystem, variables: Iterable[Variable]) -> tuple[Projection, ...]:
    """What figures that can all be true leave for some variables, where that is less than all they can be at all."""
    asked = dict.fromkeys(each for each in variables if each in system.domains)
    opened, components = _opened(system, {each: _domain(each, system) for each in asked})
    return tuple(_projected(asked, system, opened, components, {}))


def tightened(
    system: ConstraintSystem, variables: Iterable[Variable], known: Mapping[Variable, Sequence[Side]]
) -> tuple[Projection, ...]:
    """The same of variables that hang together with others of which sides are known."""
    given = together(chain.from_iterable(known.values()))
    asked = dict.fromkeys(each for each in variables if each in system.domains)
    opened, components = _opened(system, {each: _domain(each, system) for each in asked} | given)
    return tuple(_projected(asked, system, opened, components, known))


def _projected(
    asked: Iterable[Variable],
    system: ConstraintSystem,
    opened: ConstraintSystem,
    components: Components,
    known: Mapping[Variable, Sequence[Side]],
) -> Iterator[Projection]:
    choice = Choice(opened)
    for variable in asked:
        near = components.touching({variable})
        others = variables_of(chain(*(each.constraints for each in near.of_one_kind), *near.mixed))
        sides = [side for each in others if each != variable for side in known.get(each, ())]
        if known and not sides:
            continue
        left = _left_for(variable, near, system, choice)
        if left is not None and left != _domain(variable, system):
            printed = tuple(outermost(system.bounds.get(variable, ())))
            blocks = frozenset().union(*(each.blocks for each in sides))
            yield Projection(variable, left, printed, blocks)


def _left_for(
    variable: Variable, near: Components, system: ConstraintSystem, choice: Choice
) -> Interval | None:
    """What is left of all a variable can be at all by its own figures and by what hangs together with it."""
    ways: list[Interval | None] = [each.interval for each in system.bounds_on(variable)]
    ways += (_of_component(each, variable, choice) for each in near.of_one_kind)
    ways += (_of_both_kinds(each, variable, choice.system) for each in near.mixed)
    return common(each for each in (_domain(variable, system), *ways) if each is not None)


def parts_near(
    system: ConstraintSystem, variables: Iterable[Variable]
) -> Iterator[tuple[list[Variable], ConstraintSystem]]:
    """The variables that hang together, with all of the system that hangs together with them."""
    every: list[Constraint | Variable] = [*system.constraints, *variables]
    for part in joined(every, BOUNDED_BY):
        near = [each for each in part if isinstance(each, Variable)]
        if near:
            within = sorted(set(chain.from_iterable(each.bounded_by for each in part)))
            laws = tuple(each for each in part if isinstance(each, Constraint))
            yield near, system.only(laws, [each for each in within if each in system.domains])


def where_joined(
    system: ConstraintSystem, is_asked: Callable[[AbstractSet[Variable]], bool]
) -> ConstraintSystem:
    """What hangs together, by constraints or by bounds, with variables that are asked for; the rest decides none of it.

    All keeps its order. A bound joins what it bounds as a constraint does: of average growth that no constraint links
    to levels, changes of these levels may say something.
    """
    every: list[Constraint | Variable] = [*system.constraints, *system.bounds]
    parts = [{each for one in part for each in one.bounded_by} for part in joined(every, BOUNDED_BY)]
    within = frozenset[Variable]().union(*filter(is_asked, parts))
    laws = tuple(each for each in system.constraints if not within.isdisjoint(each.variables))
    part = system.only(laws, filter(within.__contains__, system.domains))
    return part.with_bounds({each: bounds for each, bounds in system.bounds.items() if each in within})


def holds_with(system: ConstraintSystem, given: Mapping[Variable, Interval]) -> bool | None:
    """Whether figures can all be true with some variables in intervals; `None` where it is not decided."""
    opened, components = _opened(system, given)
    if not opened.conflicting.isdisjoint(given):
        return False
    return holds_for(components.touching(given.keys()), Choice(opened), {})


def _opened(
    system: ConstraintSystem, given: Mapping[Variable, Interval]
) -> tuple[ConstraintSystem, Components]:
    """The system with intervals as further bounds, and what is to be decided of what hangs together with them."""
    figure = system.plans[0].figures[0]  # whichever: nobody asks a question's figure

    def bound(variable: Variable, interval: Interval) -> PrintedBound:
        return PrintedBound(variable, figure, f"asked: {variable.name}", given=lambda: interval)

    further = {
        variable: (*system.bounds.get(variable, ()), bound(variable, interval))
        for variable, interval in given.items()
    }
    opened = system.with_bounds(system.bounds | further)
    near, constraints = connected(given, system.constraints)
    return opened, components_of(constraints, opened, sorted(near))


def _domain(variable: Variable, system: ConstraintSystem) -> Interval:
    domain = system.domains[variable]
    return ANY if domain is None else domain


def _of_component(component: Component, variable: Variable, choice: Choice) -> Interval | None:
    if not any(variable in row for row in component.rows):
        return None
    if any(len(consistent_subsets(choice.of(each))) > 1 for each in component.variables):
        return None
    ends = choice.ends_in(component)
    if ends is None:
        return None
    return implied_range(component.basis, ends, component.kind, variable, choice.system.effort.pays)


def _of_both_kinds(
    constraints: Sequence[Constraint], variable: Variable, system: ConstraintSystem
) -> Interval | None:
    variables = variables_of(constraints)
    if variable not in variables:
        return None
    bounds = (bound for each in variables for bound in outermost(system.bounds.get(each, ())))
    problem = problem_of(constraints, bounds, system.domains)
    polynomials = problem.polynomials()
    box = contracted(polynomials, problem.box(polynomials, variable))
    if box is None or variable not in box:
        return None
    low, high = (None if isinf(end) else Fraction(end) for end in box[variable])
    return Interval(low, high, low_closed=low is not None, high_closed=high is not None)
