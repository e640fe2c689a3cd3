"""Variables: the unknown numbers of a constraint system."""

from __future__ import annotations

from fractions import Fraction
from functools import lru_cache
from typing import Literal, NamedTuple

VariableKind = Literal["level", "ratio", "difference", "rank", "slack", "number"]


ONE = Fraction(1)
EITHER = "either"
"""The basis of average growth that may be an average of the end or of the sum of all years."""


class Variable(NamedTuple):
    """One unknown number.

    `times` is the time of a level, or the start and the end of a span; `basis` is `constant` for what is
    measured at constant prices, which is another quantity, and `either` for average growth that no
    constraint links to the levels. A slack is what the left side of an inequality has over the right. A
    number is a constant of a constraint, named by its own text.
    """

    kind: VariableKind
    indicator: str
    place: str
    times: tuple[str, ...]
    scope: str = ""
    basis: str = ""

    def level(self, number: int) -> Variable:
        """The level at the start (0) or the end (1) of this span."""
        basis = "" if self.basis == EITHER else self.basis
        return Variable("level", self.indicator, self.place, (self.times[number],), self.scope, basis)

    @property
    def bounded_by(self) -> tuple[Variable, ...]:
        """The variables whose bounds bound this one: of a ratio also the change and the levels of its span."""
        return _bounding(self) if self.kind == "ratio" else (self,)

    @property
    def when(self) -> tuple[str, ...]:
        """The times as they are written: a moment without the plan it belongs to."""
        return tuple(time.partition("@")[0] for time in self.times)

    @property
    def name(self) -> str:
        """The indicator without the plan it is own to, and the times: `premium(2025)`."""
        return f"{self.indicator.rpartition('/')[2]}({'->'.join(self.when)})"


@lru_cache(maxsize=3_000)
def _bounding(ratio: Variable) -> tuple[Variable, Variable, Variable, Variable]:
    """A ratio, the change over its span, and the levels at its start and end."""
    return ratio, ratio._replace(kind="difference"), ratio.level(0), ratio.level(1)


def number_variable(value: Fraction) -> Variable:
    """The variable of a constant, which has this one value."""
    return Variable("number", str(value), "", ())
