"""An independent exact solver's word on a system: can all bounds be true at once?"""

from collections.abc import Mapping
from fractions import Fraction

import z3

from plantrack.audit.constraint_system import ConstraintSystem
from plantrack.numbers.interval import Interval
from plantrack.solver.variables import Variable

SECONDS = 20


def satisfiable(system: ConstraintSystem, instead: Mapping[str, Interval] | None = None) -> bool | None:
    """Whether z3 finds values for all variables, some figures with another interval; `None` where it gives up."""
    instead = instead or {}
    solver = z3.Solver()
    solver.set("timeout", SECONDS * 1000)
    names = {variable: z3.Real(f"c{number}") for number, variable in enumerate(variables_of(system))}
    for variable, number in names.items():
        domain = system.domains.get(variable)
        for interval in [
            instead.get(bound.id, bound.interval) for bound in system.bounds.get(variable, ())
        ] + ([domain] if domain is not None else []):
            confine(solver, number, interval)
    for constraint in system.constraints:
        constant = real(constraint.constant)
        if constraint.kind == "sum":
            solver.add(
                z3.Sum([real(times) * names[variable] for variable, times in constraint.terms]) == constant
            )
            continue
        sides = {True: real(Fraction(1)), False: constant}
        for variable, power in constraint.terms:
            for _ in range(abs(int(power))):
                sides[power > 0] = sides[power > 0] * names[variable]
        solver.add(sides[True] == sides[False])
    answer = solver.check()
    return None if answer == z3.unknown else answer == z3.sat


def variables_of(system: ConstraintSystem) -> list[Variable]:
    return list(
        dict.fromkeys(
            [
                *system.bounds,
                *(variable for constraint in system.constraints for variable, _ in constraint.terms),
            ]
        )
    )


def confine(solver: z3.Solver, number: z3.ArithRef, interval: Interval) -> None:
    if interval.low is not None:
        low = real(interval.low)
        solver.add(number >= low if interval.low_closed else number > low)
    if interval.high is not None:
        high = real(interval.high)
        solver.add(number <= high if interval.high_closed else number < high)


def real(value: Fraction) -> z3.RatNumRef:
    return z3.RealVal(f"{value.numerator}/{value.denominator}")
