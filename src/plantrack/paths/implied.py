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
from plantrack.numbers.interval import to_float
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

    `values`, `low` and `high` have one entry a year, in the indicator's unit; in the plan's own years, `low` and
    `high` are the audit's, which knows every law. `growth` is the law's mean growth over all years, in fractions a
    year. In the years `outside` growth leaves the band `allowed`, whatever the rounding.
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


class _Known(NamedTuple):
    paths: dict[Quantity, Path]
    audited: dict[tuple[str, str, str], Interval]
    indicators: dict[str, Indicator]
    plan: Plan
    catalogue: Catalogue

    def quantity(self, member: Member, place: str) -> Quantity | None:
        if member.place != "parent":
            return member.indicator, member.place or place
        known = self.catalogue.places.get(place)
        return (member.indicator, known.parent) if known is not None and known.parent is not None else None

    def band(self, name: str, place: str) -> Band | None:
        """The plan's own band for a quantity of its place, else the catalogue's."""
        model = self.plan.model
        own = model.bands.get(name) if place == model.place.id else None
        return own or self.indicators[name].band

    def scale(self, name: str) -> float:
        """From the indicator's unit to base units; shares are fractions already."""
        return float(self.catalogue.units[self.indicators[name].unit].kept)


def implied_paths(paths: Sequence[Path], plan: Plan, catalogue: Catalogue) -> list[ImpliedPath]:
    """Every quantity that a product law of the catalogue or the plan has from paths alone, at current prices."""
    catalogue = catalogue.of(plan.model)
    nominal = (path for path in paths if _is_nominal(path))
    known = _Known(
        {(path.indicator_id, path.place): path for path in nominal},
        _audited(plan, catalogue),
        {**catalogue.indicators, **plan.model.own},
        plan,
        catalogue,
    )
    found = []
    for law, monomial in _products(known):
        for place in dict.fromkeys(place for _, place in known.paths):
            implied = _implied(law, monomial, place, known)
            if implied is not None and implied not in found:
                found.append(implied)
    return sorted(found, key=lambda each: (each.indicator_id, each.place))


def _is_nominal(path: Path) -> bool:
    """Whether its values are levels at the prices of their years, which laws tie."""
    return path.why is None and path.kind == "level" and not path.scope and not path.is_real


def _products(known: _Known) -> Iterator[tuple[Law, Monomial]]:
    """The laws of catalogue and plan that multiply and divide levels."""
    indicators = known.indicators.items()
    defined = (read_definition(name, each.definition) for name, each in indicators if each.definition)
    for law in (*defined, *map(read_law, (*known.catalogue.laws, *known.plan.model.laws))):
        monomial, _ = forms_of(law)
        if monomial is not None and not any(member.changed for member in law.members):
            yield law, monomial


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


class _Factor(NamedTuple):
    """To which power a path stands, and what turns its unit into base units."""

    path: Path
    power: int
    scale: float


def _wanted(
    quantities: Mapping[Member, Quantity | None], powers: Mapping[Member, int], known: _Known
) -> tuple[str, Quantity, int] | None:
    """The one quantity without a path, with its indicator and its power of 1 or -1."""
    missing = [member for member, each in quantities.items() if each not in known.paths]
    if len(missing) != 1 or len(powers) == 1 or abs(powers[missing[0]]) != 1:
        return None
    name, quantity = missing[0].indicator, quantities[missing[0]]
    return None if quantity is None or name not in known.indicators else (name, quantity, powers[missing[0]])


def _implied(law: Law, monomial: Monomial, place: str, known: _Known) -> ImpliedPath | None:
    """What a law has for its one quantity without a path; `None` where there is not one."""
    constant, powers = monomial
    quantities = {member: known.quantity(member, place) for member in powers}
    wanted = _wanted(quantities, powers, known)
    if wanted is None:
        return None
    name, quantity, power = wanted
    factors = [
        _Factor(known.paths[each], -power * powers[member], known.scale(member.indicator))
        for member, each in quantities.items()
        if each in known.paths
    ]
    years = tuple(sorted(set.intersection(*(set(each.path.years) for each in factors))))
    values = _product(factors, years, to_float(constant**-power) / known.scale(name))
    if not years or not (np.isfinite(values[0]) & (values[0] > 0)).all():
        return None
    audited, band = _audited_levels(quantity, years, factors, known), known.band(*quantity)
    for column, interval in zip(values.T, audited, strict=True):
        if interval is not None:
            column[1:] = interval.floats()
    growth = _mean_growth(values, years[-1] - years[0], audited[0], audited[-1])
    by = tuple(path.indicator_id for path, _, _ in factors)
    outside = _outside(values, years, band)
    value, low, high = map(tuple, values.tolist())
    indicator = known.indicators[name]
    return ImpliedPath(*quantity, indicator, law.text, by, years, value, low, high, growth, band, outside)


def _audited_levels(
    quantity: Quantity, years: Sequence[int], factors: Sequence[_Factor], known: _Known
) -> list[Interval | None]:
    """What the audit has for a quantity by year; nothing where the paths do not go by what is printed."""
    if any(each.path.start is not None or not each.path.reaches_target for each in factors):
        return [None] * len(years)
    return [known.audited.get((*quantity, str(year))) for year in years]


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
