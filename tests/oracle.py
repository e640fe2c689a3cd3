"""An independent exact solver's word on a system: can all statements be true at once?"""

from collections.abc import Mapping
from fractions import Fraction

import z3

from plantrack.audit.system import System
from plantrack.numbers.interval import Interval
from plantrack.solver.variables import Column

SECONDS = 20


def satisfiable(system: System, instead: Mapping[str, Interval] | None = None) -> bool | None:
    """Whether z3 finds values for all columns, some figures with another interval; `None` where it gives up."""
    instead = instead or {}
    solver = z3.Solver()
    solver.set("timeout", SECONDS * 1000)
    names = {column: z3.Real(f"c{number}") for number, column in enumerate(columns_of(system))}
    for column, variable in names.items():
        domain = system.domains.get(column)
        for interval in [
            instead.get(statement.id, statement.interval) for statement in system.statements.get(column, ())
        ] + ([domain] if domain is not None else []):
            confine(solver, variable, interval)
    for tie in system.ties:
        constant = real(tie.constant)
        if tie.kind == "sum":
            solver.add(z3.Sum([real(times) * names[column] for column, times in tie.terms]) == constant)
            continue
        sides = {True: real(Fraction(1)), False: constant}
        for column, power in tie.terms:
            for _ in range(abs(int(power))):
                sides[power > 0] = sides[power > 0] * names[column]
        solver.add(sides[True] == sides[False])
    answer = solver.check()
    return None if answer == z3.unknown else answer == z3.sat


def columns_of(system: System) -> list[Column]:
    return list(
        dict.fromkeys([*system.statements, *(column for tie in system.ties for column, _ in tie.terms)])
    )


def confine(solver: z3.Solver, variable: z3.ArithRef, interval: Interval) -> None:
    if interval.low is not None:
        low = real(interval.low)
        solver.add(variable >= low if interval.low_closed else variable > low)
    if interval.high is not None:
        high = real(interval.high)
        solver.add(variable <= high if interval.high_closed else variable < high)


def real(value: Fraction) -> z3.RatNumRef:
    return z3.RealVal(f"{value.numerator}/{value.denominator}")
