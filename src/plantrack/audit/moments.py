"""Which figures and variables are about vague moments (目前, 近年来), times that no document dates."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Set as AbstractSet

    from plantrack.audit.bounds import PrintedBound
    from plantrack.audit.constraint_system import ConstraintSystem
    from plantrack.solver.variables import Variable


def variables_of_moments(
    system: ConstraintSystem, excluded: AbstractSet[PrintedBound], key: str | None = None
) -> set[Variable]:
    """The variables that figures not excluded speak of by a vague moment, and the levels at their ends.

    `key` is one moment as variables name it; without it all count.
    """
    constraining = {
        each.variable
        for bounds in system.bounds.values()
        for each in bounds
        if each not in excluded and mentions_moment(each, key)
    }
    return constraining | {each.level(number) for each in constraining for number in range(len(each.times))}


def mentions_moment(bound: PrintedBound, key: str | None = None) -> bool:
    """Whether a figure speaks of a vague moment, or of the one that variables name so."""
    figure = bound.figure
    return any(time.kind == "moment" and key in {None, f"{time.text}@{figure.plan}"} for time in figure.times)
