"""Constraints between variables: products of powers, or sums of multiples, that equal a constant."""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Any, Literal

from plantrack.solver.elementary import whole
from plantrack.solver.limits import MAX_FACTORS
from plantrack.solver.variables import EITHER, ONE, Variable, number_variable

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


@dataclass(frozen=True, eq=False)
class Constraint:
    """`prod(x_i ** a_i) = constant`, or `sum(a_i * x_i) = constant`, of the terms `(x_i, a_i)`.

    `law` is the text of the law it applies, empty for what a span means; `usual` marks one that usually holds;
    `assumption`, opaque here, tells readers what it rests on. The slack of an inequality stands last.
    Constraints are compared by identity: each stands for one law at one place and time.
    """

    kind: Literal["product", "sum"]
    terms: tuple[tuple[Variable, Fraction], ...]
    constant: Fraction
    law: str = ""
    usual: bool = False
    assumption: Any = None
    variables: tuple[Variable, ...] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "variables", tuple([variable for variable, _ in self.terms]))

    @cached_property
    def bounded_by(self) -> frozenset[Variable]:
        """The variables whose bounds bound any of its own."""
        return frozenset(each for variable in self.variables for each in variable.bounded_by)

    @cached_property
    def slack(self) -> Variable | None:
        """What an inequality's left side has over the right; `None` of an equation."""
        last = self.variables[-1]
        return last if last.kind == "slack" else None

    @cached_property
    def signs(self) -> dict[Variable, int]:
        """Whether each variable stands in it with a factor or power above zero (1) or below (-1)."""
        return {variable: 1 if times.numerator > 0 else -1 for variable, times in self.terms}

    @cached_property
    def vector(self) -> dict[Variable, int]:
        """Its row in coprime whole numbers."""
        return whole(self.row)

    @cached_property
    def row(self) -> dict[Variable, Fraction]:
        """The constraint as a vector that must come to zero, its constant a variable of its own."""
        if self.kind == "sum":
            constant = {number_variable(ONE): -self.constant} if self.constant else {}
        else:
            constant = {number_variable(self.constant): -ONE} if self.constant != 1 else {}
        return dict(self.terms) | constant


def variables_of(constraints: Iterable[Constraint]) -> dict[Variable, None]:
    """The variables of constraints, each once, in their order."""
    return dict.fromkeys(variable for constraint in constraints for variable in constraint.variables)


@lru_cache(maxsize=8)
def constraints_of(constraints: tuple[Constraint, ...]) -> dict[Variable, list[Constraint]]:
    """Variable -> those of some constraints that have it, in their order; they are asked of again and again."""
    found: dict[Variable, list[Constraint]] = {}
    for constraint in constraints:
        for variable in constraint.variables:
            found.setdefault(variable, []).append(constraint)
    return found


def has_many_factors(vector: Mapping[Variable, int]) -> bool:
    """Whether a product of powers has more than `MAX_FACTORS` factors, each number counted by its digits."""
    sizes = (
        abs(power) * (len(each.indicator) if each.kind == "number" else 1) for each, power in vector.items()
    )
    return sum(sizes) > MAX_FACTORS


@lru_cache(maxsize=3_000)
def span_constraints(variable: Variable) -> tuple[Constraint, ...]:
    """A span's ratio or difference linked to the levels at its ends, at the same prices; none where they are one."""
    if (
        variable.kind not in {"ratio", "difference"}
        or variable.basis == EITHER
        or variable.times[0] == variable.times[1]
    ):
        return ()
    terms = ((variable.level(0), ONE), (variable, ONE), (variable.level(1), -ONE))
    if variable.kind == "ratio":
        return (Constraint("product", terms, ONE),)
    return (Constraint("sum", terms, Fraction(0)),)
