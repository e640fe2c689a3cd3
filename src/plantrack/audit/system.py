"""From figures to a system: what each figure confines, and the laws that tie what is confined.

A column is an unknown number: a level, the ratio of two levels of a span, or their difference. A
statement confines a column to an interval because a figure is printed. A tie is one law at one time.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property
from typing import TYPE_CHECKING, Literal, NamedTuple

from plantrack.interval import Interval
from plantrack.language import Text, text

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from plantrack.catalogue import Catalogue
    from plantrack.figures import Figure
    from plantrack.loading import LoadedPlan
    from plantrack.plan import Indicator
    from plantrack.times import Time

ColumnKind = Literal["level", "ratio", "difference"]


class Column(NamedTuple):
    """One unknown number.

    `times` is the time of a level, or the start and the end of a span; `basis` is `constant` for
    what is measured at constant prices, which is another quantity.
    """

    kind: ColumnKind
    indicator: str
    place: str
    times: tuple[str, ...]
    scope: str = ""
    basis: str = ""

    def level(self, number: int) -> Column:
        """The level at the start (0) or the end (1) of this span."""
        return Column("level", self.indicator, self.place, (self.times[number],), self.scope)

    def __str__(self) -> str:
        whose = f"{self.indicator.rpartition('/')[2]}({', '.join(self.times)})"
        return whose if self.kind == "level" else f"{self.kind} {whose}"


@dataclass(frozen=True)
class Statement:
    """A figure confines a column. Compared and hashed by its figure."""

    column: Column = field(compare=False)
    figure: Figure = field(compare=False)
    id: str
    domain: Interval | None = field(compare=False, default=None)
    assumption: Text | None = field(compare=False, default=None)

    @cached_property
    def interval(self) -> Interval:
        """Where the column must lie; the figure's own interval, turned into the column's measure."""
        return self.of(printed_interval(self.figure))

    @property
    def is_rounded(self) -> bool:
        """Whether a wider rounding would widen it: no bound, no range, no exact count."""
        measure = self.figure.measure
        return (
            measure is not None and measure.numeral.bound in {None, "about"} and not measure.interval.is_point
        )

    def of(self, interval: Interval) -> Interval:
        """An interval of the figure's measure as one of the column's."""
        kind, years = self.figure.kind, self.figure.years or 1
        if kind in {"growth", "total_growth"}:
            ratio = _positive_part(interval.shifted(Fraction(1)))
            return ratio.power(years) if kind == "growth" else ratio
        if kind == "multiple":
            return _positive_part(interval)
        if kind == "annual_change":
            return interval.scaled(Fraction(years))
        return interval if self.domain is None else _within(interval, self.domain)


class Tie(NamedTuple):
    """A law between columns: the product of powers is 1, or the sum of multiples is 0."""

    kind: Literal["product", "sum"]
    terms: tuple[tuple[Column, int], ...]
    identity: str


class System(NamedTuple):
    """All statements by column, and all ties between the columns."""

    statements: dict[Column, tuple[Statement, ...]]
    ties: tuple[Tie, ...]


def build_system(plans: Sequence[LoadedPlan], catalogue: Catalogue) -> System:
    """The system that the figures of several plans make together."""
    statements: defaultdict[Column, list[Statement]] = defaultdict(list)
    for loaded in plans:
        for figure in loaded.figures:
            statement = state(figure, indicator_of(figure, loaded, catalogue), is_own(figure, loaded))
            if statement is not None:
                statements[statement.column].append(statement)
    fixed = {column: tuple(each) for column, each in statements.items()}
    return System(fixed, tuple(_ties(fixed)))


def is_own(figure: Figure, loaded: LoadedPlan) -> bool:
    """Whether the figure's indicator is the plan's own, and so another than its namesakes."""
    return loaded.plan is not None and figure.indicator in loaded.plan.own


def indicator_of(figure: Figure, loaded: LoadedPlan, catalogue: Catalogue) -> Indicator:
    """The indicator of a figure, from the plan or the catalogue."""
    own = loaded.plan.own if loaded.plan is not None else {}
    return own.get(figure.indicator) or catalogue.indicators[figure.indicator]


def state(figure: Figure, indicator: Indicator, own: bool) -> Statement | None:  # noqa: FBT001
    """What a figure confines; `None` for ranks and for comparisons with other quantities."""
    kind = _COLUMN_KINDS.get(figure.kind)
    relation = figure.relation
    if kind is None or (relation is not None and (relation.to is not None or kind != "difference")):
        return None
    basis, assumption = "", None
    if indicator.prices is not None and kind == "ratio":
        basis = "constant" if (figure.row.prices or indicator.prices) == "constant" else ""
        if figure.row.prices is None:
            assumption = _BASIS_ASSUMED[indicator.prices]
    times = [time_key(time, figure.plan, indicator) for time in (figure.at, figure.start, figure.end) if time]
    name = f"{figure.plan}/{figure.indicator}" if own else figure.indicator
    column = Column(kind, name, figure.place, tuple(times), figure.row.scope or "", basis)
    domain = _domain(figure, indicator) if kind == "level" else None
    return Statement(column, figure, figure.id, domain, assumption)


_COLUMN_KINDS: dict[str, ColumnKind] = {
    "level": "level",
    "growth": "ratio",
    "total_growth": "ratio",
    "multiple": "ratio",
    "change": "difference",
    "annual_change": "difference",
}
_BASIS_ASSUMED = {
    "current": text("the price basis of the growth is not printed; current prices are assumed"),
    "constant": text("the price basis of the growth is not printed; constant prices are assumed"),
}
_DIRECTIONS = {
    "up": Interval.above(Fraction(0)),
    "down": Interval.below(Fraction(0)),
    "not down": Interval.at_least(Fraction(0)),
    "not up": Interval.at_most(Fraction(0)),
}


def printed_interval(figure: Figure) -> Interval:
    """The interval of a numeral, or the half line of a direction."""
    if figure.measure is not None:
        return figure.measure.interval
    assert figure.relation is not None
    return _DIRECTIONS[figure.relation.operator]


def _domain(figure: Figure, indicator: Indicator) -> Interval | None:
    measure = figure.measure
    usual = "nonnegative" if measure is not None and measure.whole else "positive"
    domain = indicator.domain or usual
    if domain == "any":
        return None
    zero = Fraction(0)
    return Interval.at_least(zero) if domain == "nonnegative" else Interval.above(zero)


def time_key(time: Time, plan: str, indicator: Indicator) -> str:
    """One name for one time: a stock's year is its December; moments belong to their plan."""
    if time.kind == "moment":
        return f"{time.text}@{plan}"
    if time.kind == "month" and time.text.endswith("-12") and indicator.kind == "stock":
        return time.text[:4]
    return time.text


def _within(interval: Interval, domain: Interval) -> Interval:
    """The part of an interval that its domain allows; the interval itself where there is none."""
    part = interval.intersection(domain)
    return interval if part is None else part


def _positive_part(interval: Interval) -> Interval:
    """The positive numbers of an interval: a ratio of positive levels is one."""
    positive = Interval.above(Fraction(0))
    part = interval.intersection(positive)
    return positive if part is None else part


def _ties(columns: Iterable[Column]) -> list[Tie]:
    """Each span's ratio and difference tied to the levels at its ends."""
    ties = []
    for column in sorted(columns):
        if column.kind == "level" or column.basis:
            continue
        start, end = column.level(0), column.level(1)
        if column.kind == "ratio":
            terms = ((start, 1), (column, 1), (end, -1))
            ties.append(Tie("product", terms, f"{end} = {start} × {column}"))
        else:
            terms = ((start, 1), (column, 1), (end, -1))
            ties.append(Tie("sum", terms, f"{end} = {start} + {column}"))
    return ties
