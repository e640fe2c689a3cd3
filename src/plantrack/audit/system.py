"""From figures to a system: what each figure confines, and the laws that tie what is confined.

A column is an unknown number: a level, the ratio of two levels of a span, or their difference. A
statement confines a column to an interval because a figure is printed. A tie is one law at one time.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field, replace
from fractions import Fraction
from functools import cached_property
from typing import TYPE_CHECKING, TypeVar

from plantrack.audit.columns import EITHER, Column, ColumnKind, Tie, span_ties
from plantrack.audit.effort import Effort
from plantrack.audit.statements import Composite, Sign, Statement, outermost
from plantrack.audit.ties import known_laws, tie_laws, unit_factor
from plantrack.audit.time_laws import time_ties
from plantrack.interval import NONNEGATIVE, POSITIVE, Interval
from plantrack.language import Words, text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from collections.abc import Set as AbstractSet

    from plantrack.audit.statements import Part
    from plantrack.catalogue import Catalogue
    from plantrack.figures import Figure
    from plantrack.loading import LoadedPlan
    from plantrack.plan import Band, Indicator
    from plantrack.times import Time


@dataclass(frozen=True)
class System:
    """All statements by column, all ties between the columns, and what columns can be at all."""

    statements: dict[Column, tuple[Statement, ...]]
    ties: tuple[Tie, ...]
    domains: dict[Column, Interval | None]
    indicators: dict[str, Indicator]
    units: Mapping[str, Words] = field(default_factory=dict)
    """Unit, as the catalogue calls it -> its name behind a number."""
    meanings: Mapping[str, Sequence[str]] = field(default_factory=dict)
    """Vague moment, as columns name it -> the times it may mean."""
    bands: Mapping[tuple[str, str], Band] = field(default_factory=dict)
    """Indicator and place -> the band that a plan of that place sets in place of the catalogue's."""
    names: Mapping[str, Words] = field(default_factory=dict)
    """Vague moment, as columns name it -> its name."""
    effort: Effort = field(default_factory=Effort, compare=False)
    """What its audit may take, shared by all readings of it."""
    _parts: dict[Column, tuple[Part, ...]] = field(default_factory=dict, compare=False)
    _related: dict[Column, frozenset[Statement]] = field(default_factory=dict, compare=False)
    _heard: dict[Column, list[Column]] = field(default_factory=dict, compare=False)

    @cached_property
    def torn(self) -> frozenset[Column]:
        """The columns of which figures exclude one another."""
        return frozenset(
            column for column, each in self.statements.items() if len(each) > 1 and _together(each) is None
        )

    def reading(self, instead: Mapping[Statement, Statement]) -> System:
        """The same with some figures read as others say, which may speak of other columns."""
        if not instead:
            return self
        changed = {each.column for pair in instead.items() for each in pair}
        statements = dict(self.statements)
        for column in changed:
            left = [each for each in statements.get(column, ()) if each not in instead]
            added = [each for each in instead.values() if each.column == column]
            statements[column] = (*left, *added)
        fresh = [column for column in sorted(changed) if column not in self.domains]
        stale = {each for column in changed for each in (column, *self._hearing.get(column, ()))}
        return replace(
            self,
            statements=statements,
            ties=(*self.ties, *(tie for column in fresh for tie in span_ties(column))),
            domains=self.domains | {column: POSITIVE if column.kind == "ratio" else None for column in fresh},
            _parts=_less(self._parts, stale),
            _related=_less(self._related, stale),
            _heard={} if fresh else self._hearing,
        )

    @property
    def _hearing(self) -> dict[Column, list[Column]]:
        """Column -> the ratios of which its figures speak."""
        if not self._heard:
            for ratio in self.domains:
                for column in ratio.spoken_by if ratio.kind == "ratio" else ():
                    self._heard.setdefault(column, []).append(ratio)
        return self._heard

    def count(self, columns: Iterable[Column]) -> int:
        """How many figures speak of some columns."""
        return sum(len(self.statements.get(column, ())) for column in columns)

    def parts(self, column: Column) -> tuple[Part, ...]:
        """Everything that confines a column: its statements, and for a ratio changes with a level."""
        if column.kind != "ratio":
            return self.statements.get(column, ())
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
        if not changes or self.domains.get(column.level(0)) is None:
            return  # a change says nothing of the ratio of numbers that may be below zero
        for at_end, number in ((True, 1), (False, 0)):
            levels = outermost(self._left(column.level(number), aside))
            for change in outermost(changes):
                yield from (Composite(change, level, at_end) for level in levels)
        yield from (Sign(change) for change in changes)

    def _left(self, column: Column, aside: AbstractSet[Statement]) -> list[Statement]:
        return [each for each in self.statements.get(column, ()) if each not in aside]


_V = TypeVar("_V")


def _less(known: dict[Column, _V], stale: Iterable[Column]) -> dict[Column, _V]:
    """What is known, but of some columns."""
    left = dict(known)
    for column in stale:
        left.pop(column, None)
    return left


def _together(statements: Sequence[Statement]) -> Interval | None:
    """What figures of one column leave together; `None` where they exclude one another."""
    both: Interval | None = statements[0].interval
    for each in statements[1:]:
        both = None if both is None else both.intersection(each.interval)
    return both


def build_system(
    plans: Sequence[LoadedPlan],
    catalogue: Catalogue,
    moments: Mapping[str, str] | None = None,
    without: AbstractSet[str] = frozenset(),
    effort: Effort | None = None,
) -> System:
    """The system that the figures of several plans make together.

    Args:
        plans: plans read without error.
        catalogue: units, indicators, laws.
        moments: vague moment, as columns name it -> the time it is taken for; others stay times of
            their own.
        without: texts of laws that are left out.
        effort: what its audit may take.
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
    compared, ties = comparison_ties(plans, indicators, catalogue, moments)
    fixed |= {statement.column: (statement,) for statement in compared}
    spoken = dict.fromkeys([*fixed, *(column for tie in ties for column in tie.columns)])
    ties += [
        tie
        for column in spoken
        for span in _spans(column, indicators, catalogue)
        if span == column or span not in spoken
        for tie in span_ties(span)
    ]
    anchors = dict.fromkeys(
        [column for column in fixed if column.kind == "level"]
        + [each for tie in ties for each in tie.columns if each.kind == "level"]
    )
    anchors = {column: None for column in anchors if not column.basis}
    known = {column for tie in ties for column in tie.columns if column.kind == "difference"}
    laws = [each for each in known_laws(plans, catalogue) if each.law.text not in without]
    ties += [
        tie
        for tie in tie_laws(anchors, laws, indicators, catalogue)
        if tie.law or tie.columns[1] not in known
    ]
    columns = {column for tie in ties for column in tie.columns} | fixed.keys()
    ties += time_ties(fixed, columns, indicators)
    columns |= {column for tie in ties for column in tie.columns}
    domains = {column: _domain_of(column, indicators, catalogue) for column in sorted(columns)}
    domains |= {
        statement.column: None for statement in compared
    }  # only the figure says which side is greater
    units = {
        name: Words(name, f"× {unit.en}" if unit.en[0].isdigit() else unit.en)
        for name, unit in catalogue.units.items()
    }
    return System(
        fixed,
        tuple(ties),
        domains,
        indicators,
        units,
        _meanings(plans),
        _bands(plans),
        _names(plans),
        Effort() if effort is None else effort,
    )


def _meanings(plans: Sequence[LoadedPlan]) -> dict[str, Sequence[str]]:
    return {
        f"{name}@{each.plan.plan}": moment.either
        for each in plans
        if each.plan is not None
        for name, moment in each.plan.moments.items()
    }


def _names(plans: Sequence[LoadedPlan]) -> dict[str, Words]:
    return {
        f"{name}@{each.plan.plan}": moment.name
        for each in plans
        if each.plan is not None
        for name, moment in each.plan.moments.items()
    }


def _bands(plans: Sequence[LoadedPlan]) -> dict[tuple[str, str], Band]:
    return {
        (name, each.plan.place.id): band
        for each in plans
        if each.plan is not None
        for name, band in each.plan.bands.items()
    }


def _spans(column: Column, indicators: dict[str, Indicator], catalogue: Catalogue) -> list[Column]:
    """What a span is tied by: itself, and for a change the ratio, unless the level at its start may be zero."""
    if column.kind == "ratio":
        return [column]
    if column.kind != "difference":
        return []
    is_positive = _domain_of(column.level(0), indicators, catalogue) == POSITIVE
    return [column._replace(kind="ratio"), column] if is_positive else [column]


def comparison_ties(
    plans: Sequence[LoadedPlan],
    indicators: dict[str, Indicator],
    catalogue: Catalogue,
    moments: Mapping[str, str],
) -> tuple[list[Statement], list[Tie]]:
    """Comparisons as ties: this is the other plus what lies between, and that has a sign.

    The figure states what lies between, so that it stands among the figures of a contradiction. Beside
    a group of places it does so for each of them.
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
            keys = (
                time_key(time, figure.plan, indicator)
                for time in (figure.at, figure.start, figure.end)
                if time
            )
            times = tuple(moments.get(key, key) for key in keys)
            kind: ColumnKind = "level" if figure.kind == "level" else "ratio"
            name, _, place = relation.to.partition("@")
            name = other_name(name, loaded)
            if name not in indicators:
                continue
            basis = "constant" if basis_of(figure, indicator) == "constant" else ""
            scope = figure.row.scope or ""
            this = Column(kind, other_name(figure.indicator, loaded), figure.place, times, scope, basis)
            basis = "constant" if kind == "ratio" and indicators[name].prices == "constant" else ""
            factor = Fraction(1)
            if kind == "level":
                factor = unit_factor(indicators[name], catalogue) / unit_factor(indicator, catalogue)
            for each in _compared_places(place, figure.place, catalogue):
                other = Column(kind, name, each, times, scope, basis)
                if other == this:
                    continue
                between = Column("slack", figure.id, each, times)
                statements.append(Statement(between, figure, figure.id))
                terms = ((this, Fraction(1)), (other, -factor), (between, Fraction(-1)))
                ties.append(Tie("sum", terms, Fraction(0), figure.id))
    return statements, ties


def _compared_places(written: str, own: str, catalogue: Catalogue) -> list[str]:
    """The places a comparison is with: each city of a group but its own, or the place as it is written.

    A province has members as well, but numbers of its own: it is the parent of its cities, which no mere
    group is.
    """
    if written == "parent":
        known = catalogue.places.get(own)
        return [known.parent] if known is not None and known.parent else []
    if not catalogue.is_group(written):
        return [written or own]
    return [each for each in catalogue.places[written].members if each != own]


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
    prices = basis_of(figure, indicator)
    assumption = None
    if figure.kind == "multiple" and indicator.prices is not None and figure.row.prices is None:
        assumption = MULTIPLE_ASSUMED
    elif figure.kind in _GROWTH and figure.row.prices is None:
        assumption = BASIS_ASSUMED.get(prices or "")
    keys = (time_key(time, figure.plan, indicator) for time in (figure.at, figure.start, figure.end) if time)
    times = [moments.get(key, key) for key in keys]
    if len(times) > 1 and times[0] == times[1]:
        return None  # a moment taken for the other end of its span: nothing is said
    name = f"{figure.plan}/{figure.indicator}" if own else figure.indicator
    scope = (figure.row.among if kind == "rank" else figure.row.scope) or ""
    basis = "constant" if prices == "constant" else EITHER if _may_be_either(figure, indicator) else ""
    column = Column(kind, name, figure.place, tuple(times), scope, basis)
    counts = figure.measure is not None and figure.measure.counts
    domain = _domain(indicator, counts=counts) if kind == "level" else None
    return Statement(column, figure, figure.id, domain, assumption)


def _may_be_either(figure: Figure, indicator: Indicator) -> bool:
    """Whether it is an average over several years that may be of the end or of the sum of all years."""
    return indicator.average == "either" and figure.kind == "growth" and figure.years != 1


def basis_of(figure: Figure, indicator: Indicator) -> str | None:
    """The price basis of a growth figure: printed, or usual for its indicator; of a multiple only where it is printed."""
    if figure.kind == "multiple":
        return figure.row.prices
    return figure.row.prices or indicator.prices if figure.kind in _GROWTH else None


_GROWTH = ("growth", "total_growth")


_COLUMN_KINDS: dict[str, ColumnKind] = {
    "level": "level",
    "growth": "ratio",
    "total_growth": "ratio",
    "multiple": "ratio",
    "change": "difference",
    "annual_change": "difference",
    "rank": "rank",
}
BASIS_ASSUMED = {
    "current": text("the price basis of the growth is not printed; current prices are assumed"),
    "constant": text("the price basis of the growth is not printed; constant prices are assumed"),
}
MULTIPLE_ASSUMED = text("the price basis of the multiple is not printed; current prices are assumed")


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
    """One name for one time: the year of what is told at a time is its December; moments belong to their plan."""
    if time.kind == "moment":
        return f"{time.text}@{plan}"
    if time.kind == "month" and time.text.endswith("-12") and indicator.kind in {"stock", "ratio"}:
        return time.text[:4]
    return time.text
