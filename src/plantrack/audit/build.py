"""From figures to a system: what each figure confines, and the laws that tie what is confined."""

from __future__ import annotations

from collections import defaultdict
from fractions import Fraction
from typing import TYPE_CHECKING

from plantrack.audit.statements import Statement
from plantrack.audit.system import System
from plantrack.audit.ties import Laws, known_laws, unit_factor
from plantrack.audit.time_laws import time_ties
from plantrack.language import Words, text
from plantrack.numbers.interval import NONNEGATIVE, POSITIVE, Interval
from plantrack.solver.constraints import Tie, span_ties
from plantrack.solver.effort import Effort
from plantrack.solver.variables import EITHER, Column

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from collections.abc import Set as AbstractSet

    from plantrack.numbers.times import Time
    from plantrack.plan.catalogue import Catalogue
    from plantrack.plan.figures import Figure
    from plantrack.plan.model import Band, Indicator
    from plantrack.plan.plan import Plan
    from plantrack.solver.variables import ColumnKind


def build_system(plans: Sequence[Plan], catalogue: Catalogue, effort: Effort | None = None) -> System:
    """The system that the figures of several plans make together, vague moments as times of their own.

    Args:
        plans: plans read without error.
        catalogue: units, indicators, laws.
        effort: what its audit may take.
    """
    return Builder(plans, catalogue, effort)()


class Builder:
    """Makes the system of some plans for each meaning of their vague moments; what all share is made once.

    Args:
        plans: plans read without error.
        catalogue: units, indicators, laws.
        effort: what the audit of all these systems together may take.
        without: texts of laws that are left out.
    """

    def __init__(
        self,
        plans: Sequence[Plan],
        catalogue: Catalogue,
        effort: Effort | None = None,
        without: AbstractSet[str] = frozenset(),
    ) -> None:
        self.plans, self.catalogue = plans, catalogue
        self.effort = Effort() if effort is None else effort
        self.indicators = dict(catalogue.indicators)
        for loaded in plans:
            self.indicators |= {f"{loaded.id}/{name}": each for name, each in loaded.model.own.items()}
        laws = [each for each in known_laws(plans, catalogue) if each.law.text not in without]
        self.laws = Laws(laws, self.indicators, catalogue)
        self._stated: dict[str, Statement | None] = {}
        self._domains: dict[Column, Interval | None] = {}

    def __call__(self, moments: Mapping[str, str] | None = None) -> System:
        """The system with vague moments, as columns name them, taken for times; others stay times of their own."""
        moments = moments or {}
        printed = self._printed(moments)
        compared, ties = comparison_ties(self.plans, self.indicators, self.catalogue, moments)
        printed |= {statement.column: (statement,) for statement in compared}
        ties += self._span_ties(printed, ties)
        anchors = dict.fromkeys(
            [column for column in printed if column.kind == "level"]
            + [each for tie in ties for each in tie.columns if each.kind == "level"]
        )
        known = {column for tie in ties for column in tie.columns if column.kind == "difference"}
        ties += [
            tie
            for tie in self.laws.ties([column for column in anchors if not column.basis])
            if tie.law or tie.columns[1] not in known
        ]
        columns = {column for tie in ties for column in tie.columns} | printed.keys()
        ties += time_ties(printed, columns, self.indicators)
        columns |= {column for tie in ties for column in tie.columns}
        domains = {column: self._domain_of(column) for column in sorted(columns)}
        # only the figure says which side of a comparison is greater
        domains |= {statement.column: None for statement in compared}
        return System(
            printed,
            tuple(ties),
            domains,
            self.indicators,
            _units(self.catalogue),
            _meanings(self.plans),
            _bands(self.plans),
            _names(self.plans),
            self.effort,
        )

    def _printed(self, moments: Mapping[str, str]) -> dict[Column, tuple[Statement, ...]]:
        """What figures state, column by column."""
        statements: defaultdict[Column, list[Statement]] = defaultdict(list)
        for loaded in self.plans:
            for figure in loaded.figures:
                statement = self._state(figure, moments)
                if statement is not None:
                    statements[statement.column].append(statement)
        return {column: tuple(statements[column]) for column in sorted(statements)}

    def _state(self, figure: Figure, moments: Mapping[str, str]) -> Statement | None:
        """What a figure confines; where no moment of it is taken for a time, stated once."""
        if figure.id in self._stated and not any(
            f"{time.text}@{figure.plan}" in moments for time in figure.times if time.kind == "moment"
        ):
            return self._stated[figure.id]
        statement = state(figure, moments)
        if not moments:
            self._stated[figure.id] = statement
        return statement

    def _span_ties(self, printed: Iterable[Column], ties: Sequence[Tie]) -> list[Tie]:
        """What spans that figures and comparisons speak of mean."""
        spoken = dict.fromkeys([*printed, *(column for tie in ties for column in tie.columns)])
        return [
            tie
            for column in spoken
            for span in self._spans(column)
            if span == column or span not in spoken
            for tie in span_ties(span)
        ]

    def _spans(self, column: Column) -> list[Column]:
        """What a span is tied by: itself, and for a change the ratio, unless the level at its start may be zero."""
        if column.kind == "ratio":
            return [column]
        if column.kind != "difference":
            return []
        is_positive = self._domain_of(column.level(0)) == POSITIVE
        return [column._replace(kind="ratio"), column] if is_positive else [column]

    def _domain_of(self, column: Column) -> Interval | None:
        """What a column can be at all; `None` for any number."""
        if column not in self._domains:
            self._domains[column] = _domain_of(column, self.indicators, self.catalogue)
        return self._domains[column]


def _units(catalogue: Catalogue) -> dict[str, Words]:
    return {
        name: Words(name, f"× {unit.en}" if unit.en[0].isdigit() else unit.en)
        for name, unit in catalogue.units.items()
    }


def _meanings(plans: Sequence[Plan]) -> dict[str, Sequence[str]]:
    return {
        f"{name}@{each.id}": moment.either for each in plans for name, moment in each.model.moments.items()
    }


def _names(plans: Sequence[Plan]) -> dict[str, Words]:
    return {f"{name}@{each.id}": moment.name for each in plans for name, moment in each.model.moments.items()}


def _bands(plans: Sequence[Plan]) -> dict[tuple[str, str], Band]:
    return {(name, each.model.place.id): band for each in plans for name, band in each.model.bands.items()}


def comparison_ties(
    plans: Sequence[Plan],
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
            indicator = figure.measures
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


def other_name(name: str, loaded: Plan) -> str:
    """An indicator's name as columns have it: the plan's own ones with the plan's id."""
    return f"{loaded.id}/{name}" if name in loaded.model.own else name


def state(figure: Figure, moments: Mapping[str, str]) -> Statement | None:
    """What a figure confines; `None` for comparisons, which are ties (see `comparison_ties`)."""
    indicator, kind = figure.measures, _COLUMN_KINDS[figure.kind]
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
    name = f"{figure.plan}/{figure.indicator}" if figure.is_own else figure.indicator
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
