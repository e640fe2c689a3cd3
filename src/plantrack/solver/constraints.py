"""Constraints between variables: products of powers, or sums of multiples, that equal a constant."""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property, lru_cache
from typing import Any, Literal

from plantrack.solver.variables import EITHER, ONE, Column, number_column


@dataclass(frozen=True, eq=False)
class Tie:
    """A law between columns: a product of powers, or a sum of multiples, equals the constant.

    `law` is the text of the law, empty for what a span means; `usual` marks a law that usually holds,
    `assumption` tells readers what it rests on.
    The slack of an inequality stands last. Ties are compared by identity: each stands for one law at
    one place and time.
    """

    kind: Literal["product", "sum"]
    terms: tuple[tuple[Column, Fraction], ...]
    constant: Fraction
    law: str = ""
    usual: bool = False
    assumption: Any = None
    columns: tuple[Column, ...] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "columns", tuple(column for column, _ in self.terms))

    @cached_property
    def spoken_by(self) -> frozenset[Column]:
        """The columns whose figures speak of any of its own."""
        return frozenset(each for column in self.columns for each in column.spoken_by)

    @property
    def slack(self) -> Column | None:
        """What an inequality's left side has over the right; `None` of an equation."""
        last = self.columns[-1]
        return last if last.kind == "slack" else None

    @property
    def row(self) -> dict[Column, Fraction]:
        """The law as a vector that must come to zero, its constant a column of its own."""
        if self.kind == "sum":
            constant = {number_column(ONE): -self.constant} if self.constant else {}
        else:
            constant = {number_column(self.constant): -ONE} if self.constant != 1 else {}
        return dict(self.terms) | constant


@lru_cache(maxsize=10_000)
def span_ties(column: Column) -> tuple[Tie, ...]:
    """A span's ratio or difference tied to the levels at its ends, at the same prices; none where they are one."""
    if (
        column.kind not in {"ratio", "difference"}
        or column.basis == EITHER
        or column.times[0] == column.times[1]
    ):
        return ()
    terms = ((column.level(0), ONE), (column, ONE), (column.level(1), -ONE))
    if column.kind == "ratio":
        return (Tie("product", terms, ONE),)
    return (Tie("sum", terms, Fraction(0)),)
