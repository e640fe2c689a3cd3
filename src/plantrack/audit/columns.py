"""Columns, the unknown numbers of a system, and ties, the laws between them."""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Literal, NamedTuple

if TYPE_CHECKING:
    from plantrack.language import Text

ColumnKind = Literal["level", "ratio", "difference", "rank", "slack", "number"]


ONE = Fraction(1)
EITHER = "either"
"""The basis of average growth that may be an average of the end or of the sum of all years."""


class Column(NamedTuple):
    """One unknown number.

    `times` is the time of a level, or the start and the end of a span; `basis` is `constant` for
    what is measured at constant prices, which is another quantity, and `either` for average growth that
    no law ties to the levels. A slack is what the left side
    of an inequality has over the right. A number is a constant of a law, by its own text.
    """

    kind: ColumnKind
    indicator: str
    place: str
    times: tuple[str, ...]
    scope: str = ""
    basis: str = ""

    def level(self, number: int) -> Column:
        """The level at the start (0) or the end (1) of this span."""
        basis = "" if self.basis == EITHER else self.basis
        return Column("level", self.indicator, self.place, (self.times[number],), self.scope, basis)

    @property
    def spoken_by(self) -> tuple[Column, ...]:
        """The columns whose figures speak of this one: of a ratio also the change and the levels of its span."""
        if self.kind != "ratio":
            return (self,)
        return self, Column("difference", *self[1:]), self.level(0), self.level(1)

    @property
    def when(self) -> tuple[str, ...]:
        """The times as they are written: a moment without the plan it belongs to."""
        return tuple(time.partition("@")[0] for time in self.times)

    @property
    def name(self) -> str:
        """The indicator without the plan it is own to, and the times: `premium(2025)`."""
        return f"{self.indicator.rpartition('/')[2]}({'->'.join(self.when)})"


def number_column(value: Fraction) -> Column:
    """The column of a constant, which has this one value."""
    return Column("number", str(value), "", ())


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
    assumption: Text | None = None
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
