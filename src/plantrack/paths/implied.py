"""What paths imply for quantities that have none, year by year.

GDP from a share and the value added, population from a density; and where these leave the band that
is plausible for them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from plantrack.audit import Implied
from plantrack.audit.derived import growth_between
from plantrack.audit.targets_and_derived import survey_plans
from plantrack.laws.grammar import read_definition, read_law
from plantrack.laws.normal_form import forms_of
from plantrack.numbers.growth import implied_rate
from plantrack.numbers.numeral import read_numeral

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from plantrack.laws.grammar import Law, Member
    from plantrack.laws.normal_form import Monomial
    from plantrack.numbers.growth import Floats
    from plantrack.numbers.interval import Interval
    from plantrack.paths.path import Path
    from plantrack.plan.catalogue import Catalogue
    from plantrack.plan.model import Band, Indicator
    from plantrack.plan.plan import Plan


class ImpliedPath(NamedTuple):
    """A quantity without a path of its own, as one law has it from paths.

    `values`, `low` and `high` have one entry a year, in the indicator's unit; in the plan's own years,
    `low` and `high` are what the audit has, which knows every law. `growth` is the mean growth over all
    years as the law has it, with what rounding allows, fractions a year; `outside` are the years whose
    growth over the year before lies outside the band whatever the rounding. `allowed` is the band of
    the plan or the catalogue with its reason.
    """

    indicator_id: str
    place: str
    indicator: Indicator
    law: str
    by: tuple[str, ...]
    years: tuple[int, ...]
    values: tuple[float, ...]
    low: tuple[float, ...]
    high: tuple[float, ...]
    growth: Implied
    allowed: Band | None
    outside: tuple[int, ...]

    @property
    def band(self) -> tuple[float, float] | None:
        """The ends of the band as fractions a year."""
        return None if self.allowed is None else ends_of_band(self.allowed)

    @property
    def leaves_band(self) -> bool:
        """Whether its mean growth lies outside the band whatever the rounding."""
        if self.band is None:
            return False
        (least, most), (_, low, high) = self.band, self.growth
        return (high is not None and high < least) or (low is not None and low > most)


Quantity = tuple[str, str]
"""Indicator and place."""


def implied_paths(paths: Sequence[Path], plan: Plan, catalogue: Catalogue) -> list[ImpliedPath]:
    """Every quantity that a product law of the catalogue or the plan has from paths alone, at current prices."""
    catalogue = catalogue.of(plan.model)
    known = {
        (path.indicator_id, path.place): path
        for path in paths
        if path.why is None and not path.scope and not path.is_real
    }
    context = _Context(known, _audited(plan, catalogue), plan, catalogue, "")
    found = []
    for law in _laws(plan, catalogue):
        monomial, _ = forms_of(law)
        if monomial is None or any(member.changed for member in law.members):
            continue
        for place in dict.fromkeys(path.place for path in known.values()):
            implied = _implied(law, monomial, context._replace(place=place))
            if implied is not None and implied not in found:
                found.append(implied)
    return sorted(found, key=lambda each: (each.indicator_id, each.place))


def _audited(plan: Plan, catalogue: Catalogue) -> dict[tuple[str, str, str], Interval]:
    """What the audit has for unprinted levels, by indicator, place and time; nothing where ways disagree."""
    found: dict[tuple[str, str, str], Interval] = {}
    conflicting = set()
    for latent in survey_plans([plan], catalogue).latents:
        column = latent.variable
        key = column.indicator, column.place, column.times[0]
        if found.setdefault(key, latent.interval) is not latent.interval:
            conflicting.add(key)
    return {key: interval for key, interval in found.items() if key not in conflicting}


class _Context(NamedTuple):
    """Where a law is read: what is known of paths and by the audit, and whose place it is."""

    known: dict[Quantity, Path]
    audited: dict[tuple[str, str, str], Interval]
    plan: Plan
    catalogue: Catalogue
    place: str

    def quantity(self, member: Member) -> Quantity | None:
        if member.place == "parent":
            place = self.catalogue.places.get(self.place)
            parent = place.parent if place is not None else None
            return None if parent is None else (member.indicator, parent)
        return member.indicator, member.place or self.place

    def path(self, member: Member) -> Path | None:
        quantity = self.quantity(member)
        return None if quantity is None else self.known.get(quantity)

    def levels(
        self, quantity: Quantity, years: Sequence[int], factors: Sequence[_Factor]
    ) -> list[Interval | None]:
        """What the audit has for a quantity by year; nothing where the paths do not go by what is printed."""
        if any(each.path.start is not None or not each.path.reaches_target for each in factors):
            return [None] * len(years)
        return [self.audited.get((*quantity, str(year))) for year in years]

    def indicator(self, name: str) -> Indicator | None:
        return self.plan.model.own.get(name) or self.catalogue.indicators.get(name)

    def band(self, name: str, place: str) -> Band | None:
        """The plan's own band for a quantity of its place, else the catalogue's."""
        model, known = self.plan.model, self.indicator(name)
        own = model.bands.get(name) if place == model.place.id else None
        return own or (known.band if known is not None else None)

    def scale(self, name: str) -> float:
        """From the indicator's unit to base units; shares are fractions already."""
        indicator = self.indicator(name)
        assert indicator is not None
        return float(self.catalogue.units[indicator.unit].kept)


def _laws(plan: Plan, catalogue: Catalogue) -> Iterator[Law]:
    for name, indicator in {**catalogue.indicators, **plan.model.own}.items():
        if indicator.definition:
            yield read_definition(name, indicator.definition)
    for line in (*catalogue.laws, *plan.model.laws):
        yield read_law(line)


class _Factor(NamedTuple):
    """A path in a product: to which power, and what turns its unit into base units."""

    path: Path
    power: int
    scale: float


def _implied(law: Law, monomial: Monomial, context: _Context) -> ImpliedPath | None:
    """What a law has for its one quantity without a path; `None` where there is not just one."""
    constant, powers = monomial
    wanted = _without_path(powers, context)
    if wanted is None:
        return None
    member, quantity, indicator = wanted
    factors = [
        _Factor(path, -power * powers[member], context.scale(each.indicator))
        for each, power in powers.items()
        if each != member and (path := context.path(each)) is not None
    ]
    years = tuple(sorted(set.intersection(*(set(each.path.years) for each in factors))))
    values = _product(factors, years, float(constant) ** -powers[member] / context.scale(member.indicator))
    if not years or not (np.isfinite(values[0]) & (values[0] > 0)).all():
        return None
    audited = context.levels(quantity, years, factors)
    for number, interval in enumerate(audited):
        if interval is not None:
            values[1:, number] = interval.floats()
    by, band = tuple(each.path.indicator_id for each in factors), context.band(*quantity)
    growth = _mean_growth(values, years[-1] - years[0], audited[0], audited[-1])
    value, low, high = (tuple(row.tolist()) for row in values)
    outside = _outside(values, years, band)
    return ImpliedPath(*quantity, indicator, law.text, by, years, value, low, high, growth, band, outside)


def _without_path(
    powers: Mapping[Member, int], context: _Context
) -> tuple[Member, Quantity, Indicator] | None:
    """The one member that has no path and stands to the power of 1 or -1, where there is just one."""
    missing = [member for member in powers if context.path(member) is None]
    if len(missing) != 1 or len(powers) == 1 or abs(powers[missing[0]]) != 1:
        return None
    quantity, indicator = context.quantity(missing[0]), context.indicator(missing[0].indicator)
    return None if quantity is None or indicator is None else (missing[0], quantity, indicator)


def _product(factors: Sequence[_Factor], years: Sequence[int], scale: float) -> Floats:
    """`scale * (path * its scale) ** power * …`, shape `(3, years)`: value, low, high in the wanted unit."""
    product = np.full((3, len(years)), scale)
    for path, power, unit in factors:
        at = [path.years.index(year) for year in years]
        rows = [path.line.raw, path.line.near_low, path.line.near_high]
        value, low, high = (np.asarray(row)[at] * unit for row in rows)
        with np.errstate(divide="ignore", invalid="ignore"):
            product *= np.stack((value, low, high) if power > 0 else (value, high, low)) ** power
    return product


def _mean_growth(values: Floats, years: int, first: Interval | None, last: Interval | None) -> Implied:
    """The growth a year over all years, fractions a year; its bounds by the audit where it knows both levels."""
    value, low, high = values
    pairs = (value[0], value[-1]), (high[0], low[-1]), (low[0], high[-1])
    rates = [float(implied_rate(start, end, years)) for start, end in pairs]
    if first is not None and last is not None and (growth := growth_between(first, last, years)):
        rates[1:] = growth.low, growth.high
    return Implied(*(rate if np.isfinite(rate) else None for rate in rates))


def _outside(values: Floats, years: Sequence[int], band: Band | None) -> tuple[int, ...]:
    """The years whose growth over the year before is outside the band, whatever the rounding."""
    if band is None:
        return ()
    _, low, high = values
    steps = np.diff(years)
    least, most = implied_rate(high[:-1], low[1:], steps), implied_rate(low[:-1], high[1:], steps)
    lowest, highest = ends_of_band(band)
    return tuple(np.asarray(years[1:])[(most < lowest) | (least > highest)].tolist())


def ends_of_band(band: Band) -> tuple[float, float]:
    """`low <= growth <= high`, as fractions a year; source: the band of the plan or the catalogue."""
    low, high = (float(read_numeral(end).value) / 100 for end in (band.low, band.high))
    return low, high
