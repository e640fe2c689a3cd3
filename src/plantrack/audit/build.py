"""From figures to a system: what each figure confines, and the laws that constraint what is confined."""

from __future__ import annotations

from collections import defaultdict
from fractions import Fraction
from functools import cache, partial
from typing import TYPE_CHECKING

from plantrack.audit.bounds import PrintedBound
from plantrack.audit.constraint_system import ConstraintSystem
from plantrack.audit.constraints import Laws, unit_factor
from plantrack.audit.time_laws import time_constraints
from plantrack.language import Words, text
from plantrack.numbers.interval import NONNEGATIVE, POSITIVE, Interval
from plantrack.plan.model import LAST_YEAR
from plantrack.solver.constraints import Constraint, span_constraints, variables_of
from plantrack.solver.effort import Effort
from plantrack.solver.variables import EITHER, ONE, Variable

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from collections.abc import Set as AbstractSet

    from plantrack.audit.constraints import SharedLaws
    from plantrack.language import Text
    from plantrack.numbers.times import Time
    from plantrack.plan.catalogue import Catalogue
    from plantrack.plan.figures import Figure
    from plantrack.plan.model import Indicator
    from plantrack.plan.plan import Plan
    from plantrack.solver.variables import VariableKind


def build_system(
    plans: Sequence[Plan], catalogue: Catalogue, effort: Effort | None = None
) -> ConstraintSystem:
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
        shared: laws of other plans.
    """

    def __init__(
        self,
        plans: Sequence[Plan],
        catalogue: Catalogue,
        effort: Effort | None = None,
        *,
        without: AbstractSet[str] = frozenset(),
        shared: SharedLaws | None = None,
    ) -> None:
        self.plans, self.catalogue = plans, catalogue.of(*(each.model for each in plans))
        self.effort = Effort() if effort is None else effort
        self.indicators = dict(catalogue.indicators)
        for loaded in plans:
            self.indicators |= {f"{loaded.id}/{name}": each for name, each in loaded.model.own.items()}
        self.moments = {
            f"{name}@{each.id}": moment for each in plans for name, moment in each.model.moments.items()
        }
        self.bands = {
            (name, each.model.place.id): band for each in plans for name, band in each.model.bands.items()
        }
        self.laws = Laws(plans, self.indicators, self.catalogue, without, shared)
        self._price_years = price_years(plans)
        self._stated: dict[str, PrintedBound | None] = {}
        self._levels: list[Variable] = []
        self._domain_of_level = cache(partial(domain_of_level, self.indicators, self.catalogue))

    def __call__(
        self, moments: Mapping[str, str] | None = None, about: AbstractSet[str] = frozenset()
    ) -> ConstraintSystem:
        """The system with vague moments, as variables name them, taken for times; others stay times of their own.

        Only of what is connected with some indicators, where it is `about` them.
        """
        moments = moments or {}
        printed = self._printed(moments)
        compared, constraints = comparison_constraints(self.plans, self.indicators, self.catalogue, moments)
        if about:
            near = self.laws.connected(about, constraints)
            printed = {variable: each for variable, each in printed.items() if variable.indicator in near}
            compared = [bound for bound in compared if bound.variable.indicator in near]
            constraints = [each for each in constraints if each.law in near]
        printed |= {bound.variable: (bound,) for bound in compared}
        constraints += self._span_constraints(printed, constraints)
        constraints += self._law_constraints(printed, constraints)
        variables = variables_of(constraints) | dict.fromkeys(printed)
        constraints += time_constraints(printed, variables, self.indicators)
        variables |= variables_of(constraints)
        domains = {variable: self._domain_of(variable) for variable in variables}
        # only the figure says which side of a comparison is greater
        domains |= {bound.variable: None for bound in compared}
        return ConstraintSystem(
            printed,
            tuple(constraints),
            domains,
            self.indicators,
            units=_units(self.indicators.values(), self.catalogue),
            kept={each.unit: unit_factor(each, self.catalogue) for each in self.indicators.values()},
            meanings={name: moment.either for name, moment in self.moments.items()},
            bands=self.bands,
            names={name: moment.name for name, moment in self.moments.items()},
            effort=self.effort,
            places=self.catalogue.places,
            plans=self.plans,
        )

    def _printed(self, moments: Mapping[str, str]) -> dict[Variable, tuple[PrintedBound, ...]]:
        bounds: defaultdict[Variable, list[PrintedBound]] = defaultdict(list)
        for loaded in self.plans:
            for figure in loaded.figures:
                bound = self._state(figure, moments)
                if bound is not None:
                    bounds[bound.variable].append(bound)
        return {variable: tuple(bounds[variable]) for variable in sorted(bounds)}

    def _state(self, figure: Figure, moments: Mapping[str, str]) -> PrintedBound | None:
        """What a figure confines; where no moment of it is taken for a time, stated once."""
        if figure.id in self._stated and not any(
            f"{time.text}@{figure.plan}" in moments for time in figure.times if time.kind == "moment"
        ):
            return self._stated[figure.id]
        bound = state(figure, moments, self._price_years)
        if not moments:
            self._stated[figure.id] = bound
        return bound

    def _domain_of(self, variable: Variable) -> Interval | None:
        kind = variable.kind
        return _DOMAINS[kind] if kind in _DOMAINS else self._domain_of_level(variable.indicator)

    def _span_constraints(
        self, printed: Iterable[Variable], constraints: Sequence[Constraint]
    ) -> list[Constraint]:
        constraining = dict.fromkeys([*printed, *variables_of(constraints)])
        return [
            constraint
            for each in constraining
            for span in self._spans(each)
            if span == each or span not in constraining
            for constraint in span_constraints(span)
        ]

    def _law_constraints(
        self, printed: Iterable[Variable], constraints: Sequence[Constraint]
    ) -> list[Constraint]:
        """The laws at the levels that figures and other constraints speak of, and what their changes mean."""
        known = variables_of(constraints)
        levels = [each for each in (*printed, *known) if each.kind == "level" and not each.basis]
        changes = {each for each in known if each.kind == "difference"}
        self._levels = self._levels or levels  # all, whatever is meant and asked about later
        laws = self.laws.constraints(list(dict.fromkeys(levels)), self._levels)
        return [each for each in laws if each.law or changes.isdisjoint(each.variables)]

    def _spans(self, variable: Variable) -> list[Variable]:
        """What a span is linked by: itself, and for a change the ratio, unless the level at its start may be zero."""
        if variable.kind == "ratio":
            return [variable]
        if variable.kind != "difference":
            return []
        is_positive = self._domain_of_level(variable.indicator) == POSITIVE
        return [variable._replace(kind="ratio"), variable] if is_positive else [variable]


def _units(indicators: Iterable[Indicator], catalogue: Catalogue) -> dict[str, Words]:
    names = {name: catalogue.units[name].en for name in {each.unit for each in indicators}}
    return {name: Words(name, f"× {en}" if en[:1].isdigit() else en) for name, en in names.items()}


def comparison_constraints(
    plans: Sequence[Plan],
    indicators: dict[str, Indicator],
    catalogue: Catalogue,
    moments: Mapping[str, str],
) -> tuple[list[PrintedBound], list[Constraint]]:
    """Comparisons as constraints: this is the other plus what lies between, and that has a sign.

    The figure states what lies between, so that it stands among the figures of a contradiction. Beside
    a group of places it does so for each of them.
    """
    bounds, constraints = [], []
    for loaded in plans:
        for figure in loaded.figures:
            if figure.kind not in _COMPARED:
                continue
            for this, other, factor in _compared(figure, loaded, indicators, catalogue, moments):
                between = Variable("slack", figure.id, other.place, this.times)
                bounds.append(PrintedBound(between, figure, figure.id))
                terms = ((this, ONE), (other, -factor), (between, -ONE))
                constraints.append(Constraint("sum", terms, Fraction(0), figure.id))
    return bounds, constraints


_COMPARED = {"level", "growth", "total_growth"}


def _compared(
    figure: Figure,
    loaded: Plan,
    indicators: dict[str, Indicator],
    catalogue: Catalogue,
    moments: Mapping[str, str],
) -> Iterator[tuple[Variable, Variable, Fraction]]:
    """Both sides of a comparison, and the factor from the other's unit to this one's; none of other figures."""
    if figure.relation is None or figure.relation.to is None or figure.relation.is_open:
        return
    if figure.relation.to == LAST_YEAR:
        yield from _beside_last_year(figure, loaded, moments)
        return
    name, _, place = figure.relation.to.partition("@")
    name, indicator = other_name(name, loaded), figure.measures
    if name not in indicators:
        return
    kind: VariableKind = "level" if figure.kind == "level" else "ratio"
    times, scope = _times_of(figure, moments), figure.row.scope or ""
    basis = "constant" if basis_of(figure, indicator) == "constant" else ""
    this = Variable(kind, other_name(figure.indicator, loaded), figure.place, times, scope, basis)
    if kind == "ratio":
        basis = "constant" if indicators[name].prices == "constant" else ""
    factor = ONE
    if kind == "level":
        factor = unit_factor(indicators[name], catalogue) / unit_factor(indicator, catalogue)
    for each in _compared_places(place, figure.place, catalogue):
        other = Variable(kind, name, each, times, scope, basis)
        if other != this:
            yield this, other, factor


def _beside_last_year(
    figure: Figure, loaded: Plan, moments: Mapping[str, str]
) -> Iterator[tuple[Variable, Variable, Fraction]]:
    """A level or a year's growth, and that of the year before."""
    times = _times_of(figure, moments)
    basis = "constant" if basis_of(figure, figure.measures) == "constant" else ""
    kind: VariableKind = "level" if figure.kind == "level" else "ratio"
    name, scope = other_name(figure.indicator, loaded), figure.row.scope or ""
    this = Variable(kind, name, figure.place, times, scope, basis)
    yield this, this._replace(times=tuple(str(int(time) - 1) for time in times)), ONE


def _times_of(figure: Figure, moments: Mapping[str, str]) -> tuple[str, ...]:
    times = (time for time in (figure.at, figure.start, figure.end) if time)
    keys = (time_key(time, figure.plan, figure.measures) for time in times)
    return tuple(moments.get(key, key) for key in keys)


def places_compared(figure: Figure, catalogue: Catalogue) -> list[str]:
    """The places whose numbers a figure is compared with."""
    relation = figure.relation
    if relation is None or relation.to is None or relation.is_open or relation.to == LAST_YEAR:
        return []
    return _compared_places(relation.to.partition("@")[2], figure.place, catalogue)


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
    """An indicator's name as variables have it: the plan's own ones with the plan's id."""
    return f"{loaded.id}/{name}" if name in loaded.model.own else name


def price_years(plans: Iterable[Plan]) -> dict[tuple[str, str, str | None], str]:
    """Of each quantity with levels at constant prices the first year at whose prices they are.

    Levels at the prices of two years are two quantities; growth at constant prices leads between those of the first.
    """
    found: dict[tuple[str, str, str | None], str] = {}
    for figure in (figure for plan in plans for figure in plan.figures):
        if (year := figure.row.price_year) is not None:
            key = _quantity(figure)
            found[key] = min(year, found.get(key, year))
    return found


def _quantity(figure: Figure) -> tuple[str, str, str | None]:
    name = f"{figure.plan}/{figure.indicator}" if figure.is_own else figure.indicator
    return name, figure.place, figure.row.scope


def state(
    figure: Figure, moments: Mapping[str, str], price_years: Mapping[tuple[str, str, str | None], str]
) -> PrintedBound | None:
    """What a figure confines; `None` for comparisons, which are constraints (see `comparison_constraints`).

    A higher mark to strive for, and what is assigned and not known yet, confine nothing.
    """
    if figure.kind == "strive" or (
        figure.relation is not None and (figure.relation.to or figure.relation.is_open)
    ):
        return None
    indicator, kind = figure.measures, _VARIABLE_KINDS[figure.kind]
    times = _times_of(figure, moments)
    if len(times) > 1 and times[0] == times[1]:
        return None  # a moment taken for the other end of its span: nothing is said
    name = f"{figure.plan}/{figure.indicator}" if figure.is_own else figure.indicator
    scope = (figure.row.among if kind == "rank" else figure.row.scope) or ""
    variable = Variable(kind, name, figure.place, times, scope, _variable_basis(figure, price_years))
    counts = figure.measure is not None and figure.measure.counts
    domain = _domain(indicator, counts=counts) if kind == "level" else None
    return PrintedBound(variable, figure, figure.id, domain, _assumption_of(figure, indicator))


def _variable_basis(figure: Figure, price_years: Mapping[tuple[str, str, str | None], str]) -> str:
    """The basis of a figure's variable: constant prices, a later year's prices, either kind of average, or none."""
    indicator, year = figure.measures, figure.row.price_year
    if basis_of(figure, indicator) == "constant":
        return "constant" if year is None or year == price_years[_quantity(figure)] else year
    may_be_either = indicator.average == "either" and figure.kind == "growth" and figure.years != 1
    return EITHER if may_be_either else ""


def basis_of(figure: Figure, indicator: Indicator) -> str | None:
    """The price basis of a growth figure: printed, or usual for its indicator; of a multiple only the printed one.

    Levels and changes at the prices of a year are at constant prices.
    """
    if figure.row.price_year is not None and figure.kind != "rank":
        return "constant"
    if figure.kind == "multiple":
        return figure.row.prices
    return figure.row.prices or indicator.prices if figure.kind in _GROWTH else None


def _assumption_of(figure: Figure, indicator: Indicator) -> Text | None:
    if figure.row.prices is not None:
        return None
    if figure.kind == "multiple":
        return MULTIPLE_ASSUMED if indicator.prices is not None else None
    return BASIS_ASSUMED.get(basis_of(figure, indicator) or "")


_GROWTH = ("growth", "total_growth")


_VARIABLE_KINDS: dict[str, VariableKind] = {
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
    domain = indicator.domain or ("nonnegative" if counts else "positive")
    if domain == "any":
        return None
    return NONNEGATIVE if domain == "nonnegative" else POSITIVE


_DOMAINS = {"difference": None, "rank": None, "slack": NONNEGATIVE, "ratio": POSITIVE}


def domain_of_level(indicators: Mapping[str, Indicator], catalogue: Catalogue, name: str) -> Interval | None:
    """What a level of an indicator, by the name that variables have of it, can be at all."""
    return _domain(indicators[name], counts=catalogue.units[indicators[name].unit].whole)


def time_key(time: Time, plan: str, indicator: Indicator) -> str:
    """One name for one time: the year of what is printed at a time is its December; moments belong to their plan."""
    if time.kind == "moment":
        return f"{time.text}@{plan}"
    if time.kind == "month" and time.text.endswith("-12") and indicator.kind in {"stock", "ratio"}:
        return time.text[:4]
    return time.text
