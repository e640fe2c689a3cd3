"""From figures to a system: what each figure confines, and the laws that tie what is confined.

A column is an unknown number: a level, the ratio of two levels of a span, or their difference. A
statement confines a column to an interval because a figure is printed. A tie is one law at one time.
"""

from __future__ import annotations

import math
from collections import defaultdict
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple, Protocol

from plantrack.audit.columns import Column, ColumnKind, Tie, span_ties
from plantrack.audit.ties import known_laws, tie_laws, unit_factor
from plantrack.interval import NONNEGATIVE, POSITIVE, Interval
from plantrack.language import Text, Words, text

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from collections.abc import Set as AbstractSet

    from plantrack.catalogue import Catalogue
    from plantrack.figures import Figure
    from plantrack.loading import LoadedPlan
    from plantrack.plan import Indicator
    from plantrack.times import Time


NARROW = 1e-9
"""Roundings narrower than this part of their number are left to exact arithmetic."""


@dataclass(frozen=True)
class Statement:
    """A figure confines a column. Compared and hashed by its figure."""

    column: Column = field(compare=False)
    figure: Figure = field(compare=False)
    id: str
    domain: Interval | None = field(compare=False, default=None)
    assumption: Text | None = field(compare=False, default=None)
    given: Interval | None = field(compare=False, default=None)
    """An interval to be taken for what is printed."""

    @property
    def statements(self) -> tuple[Statement, ...]:
        return (self,)

    def interval_with(self, instead: Mapping[Statement, Interval]) -> Interval:
        """Its interval, or the one to be taken instead."""
        return instead.get(self, self.interval)

    @cached_property
    def interval(self) -> Interval:
        """Where the column must lie; the figure's own interval, turned into the column's measure."""
        if self.given is not None:
            return self.given
        return self.of(printed_interval(self.figure))

    def closed(self, interval: Interval) -> Interval:
        """A column interval with its ends included, as far as the column can take them."""
        closed = interval.closure()
        if self.column.kind == "ratio":
            return _within(closed, POSITIVE)
        return closed if self.domain is None else _within(closed, self.domain)

    @property
    def is_rounded(self) -> bool:
        """Whether a wider rounding would widen it: no bound, no range, no exact count."""
        measure = self.figure.measure
        return (
            measure is not None and measure.numeral.bound in {None, "about"} and not measure.interval.is_point
        )

    def widened(self, factor: Fraction, *, closed: bool = True) -> Interval:
        """Its interval with the rounding so many times as wide about its middle, and the ends included."""
        measure = self.figure.measure
        if measure is None or not self.is_rounded:
            return self.closed(self.interval)
        low, high = measure.interval.low, measure.interval.high
        assert low is not None
        assert high is not None
        middle, reach = (low + high) / 2, (high - low) / 2 * factor
        wide = self.of(Interval(middle - reach, middle + reach, low_closed=closed, high_closed=closed))
        return self.closed(wide) if closed else wide

    @cached_property
    def is_wide_enough(self) -> bool:
        """Whether floats can tell the ends of its rounding apart, however it is widened."""
        if not self.is_rounded or self.figure.measure is None:
            return True
        low, high = self.figure.measure.interval.floats()
        return high - low > NARROW * max(abs(low), abs(high))

    def float_ends(self, factor: float) -> tuple[float, float]:
        """`widened` in floats."""
        measure = self.figure.measure
        if measure is None or not self.is_rounded:
            return self.interval.floats()
        low, high = measure.interval.floats()
        middle, reach = (low + high) / 2, (high - low) / 2 * factor
        kind, years = self.figure.kind, self.figure.years or 1
        if kind in {"growth", "total_growth"}:
            power = years if kind == "growth" else 1
            return max(0.0, 1 + middle - reach) ** power, max(0.0, 1 + middle + reach) ** power
        if kind == "annual_change":
            return (middle - reach) * years, (middle + reach) * years
        least = 0.0 if kind == "multiple" or self.domain is not None else -math.inf
        return max(least, middle - reach), max(least, middle + reach)

    def left_for(self, _: Statement, left: tuple[float, float]) -> tuple[float, float]:
        """Between which floats what is left for its column leaves itself."""
        return left

    def of(self, interval: Interval, years: int | None = None) -> Interval:
        """An interval of the figure's measure as one of the column's, over so many years."""
        kind, years = self.figure.kind, years or self.figure.years or 1
        if kind in {"growth", "total_growth"}:
            ratio = positive_part(interval.shifted(Fraction(1)))
            return ratio.power(years) if kind == "growth" else ratio
        if kind == "multiple":
            return positive_part(interval)
        if kind == "annual_change":
            return interval.scaled(Fraction(years))
        return interval if self.domain is None else _within(interval, self.domain)


class Composite(NamedTuple):
    """A change and the level at one end of its span, which together confine the span's ratio."""

    change: Statement
    level: Statement
    at_end: bool

    @property
    def column(self) -> Column:
        return self.change.column._replace(kind="ratio")

    @property
    def statements(self) -> tuple[Statement, ...]:
        return self.change, self.level

    @property
    def interval(self) -> Interval:
        return self.interval_with({})

    def interval_with(self, instead: Mapping[Statement, Interval]) -> Interval:
        """End over start: `1 / (1 - d / x)` from the level at the end, `1 + d / x` from the start."""
        level, change = self.level.interval_with(instead), self.change.interval_with(instead)
        if not level.is_positive:
            return POSITIVE
        share = change.over(level)
        if self.at_end:
            return positive_part(share.negated().shifted(Fraction(1))).reciprocal()
        return positive_part(share.shifted(Fraction(1)))

    def float_ends(self, factor: float) -> tuple[float, float]:
        """`interval_with` widened roundings, in floats."""
        shares = [
            change / level if level else math.copysign(math.inf, change)
            for change in self.change.float_ends(factor)
            for level in self.level.float_ends(factor)
        ]
        if not self.at_end:
            return max(0.0, 1 + min(shares)), max(0.0, 1 + max(shares))
        ends = [max(0.0, 1 - share) for share in (max(shares), min(shares))]
        return tuple(1 / end if end else math.inf for end in reversed(ends))  # type: ignore[return-value]

    def left_for(self, statement: Statement, ratio: tuple[float, float]) -> tuple[float, float]:
        """Between which floats a ratio leaves the change, or the level, the other as printed."""
        shares = (
            [1 - 1 / end if end else -math.inf for end in ratio]
            if self.at_end
            else [end - 1 for end in ratio]
        )
        if statement == self.change:
            values = [share * end for share in shares for end in self.level.interval.floats()]
        elif min(shares) <= 0 <= max(shares):
            return -math.inf, math.inf
        else:
            values = [end / share for share in shares for end in self.change.interval.floats()]
        known = [value for value in values if not math.isnan(value)]
        return min(known), max(known)


class Sign(NamedTuple):
    """A change whose direction tells whether the span's ratio is above or below one."""

    change: Statement

    @property
    def column(self) -> Column:
        return self.change.column._replace(kind="ratio")

    @property
    def statements(self) -> tuple[Statement, ...]:
        return (self.change,)

    @property
    def interval(self) -> Interval:
        return self.interval_with({})

    def float_ends(self, factor: float) -> tuple[float, float]:
        """`interval_with` widened roundings, in floats."""
        low, high = self.change.float_ends(factor)
        return (1.0 if low >= 0 else 0.0), (1.0 if high <= 0 else math.inf)

    def left_for(self, _: Statement, ratio: tuple[float, float]) -> tuple[float, float]:
        """Above zero where the ratio is above one, below it where it is below."""
        return (0.0 if ratio[0] >= 1 else -math.inf), (0.0 if ratio[1] <= 1 else math.inf)

    def interval_with(self, instead: Mapping[Statement, Interval]) -> Interval:
        """Above one where every change is above zero, below one where every change is below."""
        change, one = self.change.interval_with(instead), Fraction(1)
        if change.low is not None and change.low >= 0:
            return Interval.at_least(one) if change.contains(Fraction(0)) else Interval.above(one)
        if change.high is not None and change.high <= 0:
            below = Interval.at_most(one) if change.contains(Fraction(0)) else Interval.below(one)
            return positive_part(below)
        return POSITIVE


Part = Statement | Composite | Sign
_SPAN_KINDS: dict[str, tuple[ColumnKind, ...]] = {"ratio": ("ratio",), "difference": ("ratio", "difference")}


@dataclass(frozen=True)
class System:
    """All statements by column, all ties between the columns, and what columns can be at all."""

    statements: dict[Column, tuple[Statement, ...]]
    ties: tuple[Tie, ...]
    domains: dict[Column, Interval | None]
    indicators: dict[str, Indicator]
    units: Mapping[str, Words] = field(default_factory=dict)
    """Unit, as the catalogue calls it -> its name behind a number."""
    _parts: dict[Column, tuple[Part, ...]] = field(default_factory=dict, compare=False)
    _related: dict[Column, frozenset[Statement]] = field(default_factory=dict, compare=False)

    def parts(self, column: Column) -> tuple[Part, ...]:
        """Everything that confines a column: its statements, and for a ratio changes with a level."""
        if column not in self._parts:
            self._parts[column] = tuple(self._found(column, frozenset()))
        return self._parts[column]

    def parts_without(self, column: Column, aside: AbstractSet[Statement]) -> tuple[Part, ...]:
        """The same without the figures that are set aside."""
        parts = self.parts(column)
        if column not in self._related:
            self._related[column] = frozenset(each for part in parts for each in part.statements)
        return parts if self._related[column].isdisjoint(aside) else tuple(self._found(column, aside))

    def _found(self, column: Column, aside: AbstractSet[Statement]) -> Iterator[Part]:
        yield from self._left(column, aside)
        if column.kind != "ratio":
            return
        changes = self._left(column._replace(kind="difference"), aside)
        if not changes:
            return
        for at_end, number in ((True, 1), (False, 0)):
            levels = outermost(self._left(column.level(number), aside))
            for change in outermost(changes):
                yield from (Composite(change, level, at_end) for level in levels)
        yield from (Sign(change) for change in changes)

    def _left(self, column: Column, aside: AbstractSet[Statement]) -> list[Statement]:
        return [each for each in self.statements.get(column, ()) if each not in aside]


class Confining(Protocol):
    """What confines a column: a statement, something made of several, or a domain."""

    @property
    def interval(self) -> Interval: ...

    @property
    def statements(self) -> tuple[Statement, ...]: ...


def outermost(statements: Sequence[Statement]) -> list[Statement]:
    """Of one column those with the highest low end and the lowest high end: no other confines more."""
    if len(statements) <= 1:
        return list(statements)
    return list(dict.fromkeys((max(statements, key=low_end), min(statements, key=high_end))))


def high_end(part: Confining) -> tuple[Fraction | float, bool, tuple[str, ...]]:
    """A key by which the part with the lowest high end comes first."""
    interval = part.interval
    end = math.inf if interval.high is None else interval.high
    return end, interval.high_closed, tuple(each.id for each in part.statements)


def low_end(part: Confining) -> tuple[Fraction | float, bool, tuple[str, ...]]:
    """A key by which the part with the highest low end comes last."""
    interval = part.interval
    end = -math.inf if interval.low is None else interval.low
    return end, not interval.low_closed, tuple(each.id for each in part.statements)


def build_system(
    plans: Sequence[LoadedPlan], catalogue: Catalogue, moments: Mapping[str, str] | None = None
) -> System:
    """The system that the figures of several plans make together.

    Args:
        plans: plans read without error.
        catalogue: units, indicators, laws.
        moments: vague moment, as columns name it -> the time it is taken for; others stay times of
            their own.
    """
    moments = moments or {}
    statements: defaultdict[Column, list[Statement]] = defaultdict(list)
    indicators = dict(catalogue.indicators)
    for loaded in plans:
        own = loaded.plan.own if loaded.plan is not None else {}
        indicators |= {f"{loaded.plan.plan}/{name}": each for name, each in own.items() if loaded.plan}
        for figure in loaded.figures:
            statement = state(
                figure, indicator_of(figure, loaded, catalogue), moments, own=is_own(figure, loaded)
            )
            if statement is not None:
                statements[statement.column].append(statement)
    fixed = {column: tuple(statements[column]) for column in sorted(statements)}
    compared, ties = comparison_ties(plans, indicators, catalogue)
    fixed |= {statement.column: (statement,) for statement in compared}
    spans = dict.fromkeys(
        column._replace(kind=kind)
        for column in [*fixed, *(column for tie in ties for column in tie.columns)]
        if column.kind in {"ratio", "difference"}
        for kind in _SPAN_KINDS[column.kind]
    )
    ties += [tie for column in spans for tie in span_ties(column)]
    anchors = dict.fromkeys(
        [column for column in fixed if column.kind == "level"]
        + [each for tie in ties for each in tie.columns if each.kind == "level"]
    )
    anchors = {column: None for column in anchors if not column.basis}
    known = {column for tie in ties for column in tie.columns if column.kind == "difference"}
    ties += [
        tie
        for tie in tie_laws(anchors, known_laws(plans, catalogue), indicators, catalogue)
        if tie.law or tie.columns[1] not in known
    ]
    columns = {column for tie in ties for column in tie.columns} | fixed.keys()
    domains = {column: _domain_of(column, indicators, catalogue) for column in columns}
    units = {
        name: Words(name, f"× {unit.en}" if unit.en[0].isdigit() else unit.en)
        for name, unit in catalogue.units.items()
    }
    return System(fixed, tuple(ties), domains, indicators, units)


def comparison_ties(
    plans: Sequence[LoadedPlan], indicators: dict[str, Indicator], catalogue: Catalogue
) -> tuple[list[Statement], list[Tie]]:
    """Comparisons as ties: this is the other plus what lies between, and that has a sign.

    The figure states what lies between, so that it stands among the figures of a contradiction.
    """
    statements, ties = [], []
    for loaded in plans:
        for figure in loaded.figures:
            relation = figure.relation
            if (
                relation is None
                or relation.to is None
                or figure.kind not in {"level", "growth", "total_growth"}
            ):
                continue
            indicator = indicator_of(figure, loaded, catalogue)
            times = tuple(
                time_key(time, figure.plan, indicator)
                for time in (figure.at, figure.start, figure.end)
                if time
            )
            kind: ColumnKind = "level" if figure.kind == "level" else "ratio"
            name, _, place = relation.to.partition("@")
            name = other_name(name, loaded)
            if name not in indicators:
                continue
            basis = "constant" if basis_of(figure, indicator) == "constant" else ""
            scope = figure.row.scope or ""
            this = Column(kind, other_name(figure.indicator, loaded), figure.place, times, scope, basis)
            basis = "constant" if kind == "ratio" and indicators[name].prices == "constant" else ""
            other = Column(kind, name, place or figure.place, times, scope, basis)
            between = Column("slack", figure.id, figure.place, times)
            statements.append(Statement(between, figure, figure.id))
            factor = Fraction(1)
            if kind == "level":
                factor = unit_factor(indicators[name], catalogue) / unit_factor(indicator, catalogue)
            terms = ((this, Fraction(1)), (other, -factor), (between, Fraction(-1)))
            ties.append(Tie("sum", terms, Fraction(0), figure.id))
    return statements, ties


def other_name(name: str, loaded: LoadedPlan) -> str:
    """An indicator's name as columns have it: the plan's own ones with the plan's id."""
    plan = loaded.plan
    return f"{plan.plan}/{name}" if plan is not None and name in plan.own else name


def is_own(figure: Figure, loaded: LoadedPlan) -> bool:
    """Whether the figure's indicator is the plan's own, and so another than its namesakes."""
    return loaded.plan is not None and figure.indicator in loaded.plan.own


def indicator_of(figure: Figure, loaded: LoadedPlan, catalogue: Catalogue) -> Indicator:
    """The indicator of a figure, from the plan or the catalogue."""
    own = loaded.plan.own if loaded.plan is not None else {}
    return own.get(figure.indicator) or catalogue.indicators[figure.indicator]


def state(figure: Figure, indicator: Indicator, moments: Mapping[str, str], *, own: bool) -> Statement | None:
    """What a figure confines; `None` for comparisons, which are ties (see `comparison_ties`)."""
    kind = _COLUMN_KINDS[figure.kind]
    if figure.relation is not None and figure.relation.to is not None:
        return None
    grows = figure.kind in {"growth", "total_growth"}
    prices = basis_of(figure, indicator)
    assumption = _BASIS_ASSUMED.get(prices or "") if grows and figure.row.prices is None else None
    keys = (time_key(time, figure.plan, indicator) for time in (figure.at, figure.start, figure.end) if time)
    times = [moments.get(key, key) for key in keys]
    name = f"{figure.plan}/{figure.indicator}" if own else figure.indicator
    scope = (figure.row.among if kind == "rank" else figure.row.scope) or ""
    column = Column(kind, name, figure.place, tuple(times), scope, "constant" if prices == "constant" else "")
    counts = figure.measure is not None and figure.measure.whole
    domain = _domain(indicator, counts=counts) if kind == "level" else None
    return Statement(column, figure, figure.id, domain, assumption)


def basis_of(figure: Figure, indicator: Indicator) -> str | None:
    """The price basis of a growth figure: printed, or usual for its indicator."""
    return figure.row.prices or indicator.prices if figure.kind in {"growth", "total_growth"} else None


_COLUMN_KINDS: dict[str, ColumnKind] = {
    "level": "level",
    "growth": "ratio",
    "total_growth": "ratio",
    "multiple": "ratio",
    "change": "difference",
    "annual_change": "difference",
    "rank": "rank",
}
_BASIS_ASSUMED = {
    "current": text("the price basis of the growth is not printed; current prices are assumed"),
    "constant": text("the price basis of the growth is not printed; constant prices are assumed"),
}


def printed_interval(figure: Figure) -> Interval:
    """The interval of a numeral; of a relation what lies between its sides.

    Of growth over several years only which side is greater is taken: by how much is no sum of columns.
    """
    if figure.measure is not None:
        return figure.measure.interval
    assert figure.relation is not None
    if figure.kind == "growth" and figure.years != 1:
        return figure.relation._replace(gap=None).between
    return figure.relation.between


def _domain(indicator: Indicator, *, counts: bool) -> Interval | None:
    """What values an indicator can take; `None` for any."""
    domain = indicator.domain or ("nonnegative" if counts else "positive")
    if domain == "any":
        return None
    return NONNEGATIVE if domain == "nonnegative" else POSITIVE


def _domain_of(column: Column, indicators: dict[str, Indicator], catalogue: Catalogue) -> Interval | None:
    if column.kind in {"difference", "rank"}:
        return None
    if column.kind == "slack":
        return NONNEGATIVE
    if column.kind == "ratio":
        return POSITIVE
    indicator = indicators[column.indicator]
    return _domain(indicator, counts=catalogue.units[indicator.unit].whole)


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


def positive_part(interval: Interval) -> Interval:
    """The positive numbers of an interval: a ratio of positive levels is one."""
    part = interval.intersection(POSITIVE)
    return POSITIVE if part is None else part
