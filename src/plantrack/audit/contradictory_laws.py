"""Laws of a plan that cannot all hold, whatever is printed: reported, and left out of the audit."""

from __future__ import annotations

from typing import TYPE_CHECKING

from plantrack.audit.contradictions import Search
from plantrack.audit.exclusions import least
from plantrack.audit.oracle import connected
from plantrack.audit.presolve import components_of
from plantrack.findings import CODES, Finding, Level
from plantrack.language import text
from plantrack.laws.grammar import read_definition, read_law

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from collections.abc import Set as AbstractSet

    from plantrack.audit.constraint_system import ConstraintSystem
    from plantrack.findings import Position
    from plantrack.plan.plan import Plan
    from plantrack.solver.constraints import Constraint


def find_contradictory_laws(plans: Sequence[Plan], system: ConstraintSystem) -> dict[Finding, frozenset[str]]:
    """A finding for each smallest set of laws that cannot all hold, with those of its laws that plans wrote."""
    written = dict(_written(plans))
    found = {}
    for laws in _contradictory(system, written.keys()):
        own = [law for law in laws if law in written]
        finding = Finding(
            code=CODES["laws-conflict"],
            level=Level.ERROR,
            message=text(
                "these laws cannot all hold, whatever is printed, so nothing is held against them: {laws}",
                laws="; ".join(laws),
            ),
            position=written[own[-1]],
            about="+".join(sorted(laws)),
        )
        found[finding] = frozenset(own)
    return found


def _written(plans: Sequence[Plan]) -> Iterator[tuple[str, Position]]:
    for loaded in plans:
        for number, line in enumerate(loaded.model.laws):
            yield read_law(line).text, loaded.source.position(("laws", number))
        for name, indicator in loaded.model.own.items():
            if indicator.definition:
                law = read_definition(name, indicator.definition)
                yield law.text, loaded.source.position(("own", name, "definition"))


def _contradictory(system: ConstraintSystem, own: AbstractSet[str]) -> Iterator[list[str]]:
    """Smallest sets of laws of which no numbers obey all; each set's own laws are left out before the next."""
    bare = system.with_bounds({})
    _, near = connected(
        {each for constraint in system.constraints if constraint.law in own for each in constraint.variables},
        system.constraints,
    )
    constraints = tuple(each for each in near if each.slack not in system.bounds)  # no figures' comparisons
    while _are_contradictory(constraints, bare):
        laws = _fewest(constraints, bare)
        yield laws
        constraints = tuple(each for each in constraints if each.law not in own or each.law not in laws)


def _fewest(constraints: Sequence[Constraint], bare: ConstraintSystem) -> list[str]:
    """The texts of laws that exclude one another and of which none can be spared, each tried once."""

    def exclude_one_another(laws: Sequence[str]) -> bool:
        return _are_contradictory([each for each in constraints if not each.law or each.law in laws], bare)

    laws = dict.fromkeys(constraint.law for constraint in constraints if constraint.law)
    return least(list(laws), exclude_one_another)


def _are_contradictory(constraints: Sequence[Constraint], bare: ConstraintSystem) -> bool:
    components = components_of(constraints, bare)
    return Search(bare, {}, components=components, is_generous=True).is_contradictory


def laws_left_out(found: Mapping[Finding, frozenset[str]]) -> frozenset[str]:
    """The laws that nothing is held against."""
    return frozenset().union(*found.values())
