"""What paths imply for quantities that have none, year by year.

GDP from a share and the value added, population from a density; and where these leave the band that
is plausible for them.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from plantrack.audit.derived import growth_between
from plantrack.audit.targets_and_derived import survey_plans
from plantrack.laws.grammar import Member, Operation, read_definition, read_law
from plantrack.numbers.growth import implied_rate
from plantrack.numbers.numeral import read_numeral

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from plantrack.laws.grammar import Expression, Law
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
    years as the law has it, `growth_low` and `growth_high` what rounding allows, fractions a year,
    `None` without an end; `outside` are the years whose growth over the year before lies outside the
    band whatever the rounding. `allowed` is the band of the plan or the catalogue with its reason.
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
    growth: float | None
    growth_low: float | None
    growth_high: float | None
    allowed: Band | None
    outside: tuple[int, ...]

    @property
    def band(self) -> tuple[float, float] | None:
        """The ends of the band as fractions a year."""
        if self.allowed is None:
            return None
        low, high = (float(read_numeral(end).value) / 100 for end in (self.allowed.low, self.allowed.high))
        return low, high

    @property
    def leaves_band(self) -> bool:
        """Whether its mean growth lies outside the band whatever the rounding."""
        if self.band is None:
            return False
        least, most = self.band
        is_below = self.growth_high is not None and self.growth_high < least
        return is_below or (self.growth_low is not None and self.growth_low > most)


Quantity = tuple[str, str]
"""Indicator and place."""


def implied_paths(paths: Sequence[Path], loaded: Plan, catalogue: Catalogue) -> list[ImpliedPath]:
    """Every quantity that a product law of the catalogue or the plan has from paths alone, at current prices."""
    known = {
        (path.indicator_id, path.place): path
        for path in paths
        if path.why is None and not path.scope and not path.is_real
    }
    ground = _Ground(known, _audited(loaded, catalogue), loaded, catalogue, "")
    found = []
    for law in _laws(loaded, catalogue):
        powers = _powers(law)
        if powers is None:
            continue
        for place in dict.fromkeys(path.place for path in known.values()):
            implied = _implied(law, powers, ground._replace(place=place))
            if implied is not None and implied not in found:
                found.append(implied)
    return sorted(found, key=lambda each: (each.indicator_id, each.place))


def _audited(loaded: Plan, catalogue: Catalogue) -> dict[tuple[str, str, str], Interval]:
    """What the audit has for unprinted levels, by indicator, place and time; nothing where ways disagree."""
    found: dict[tuple[str, str, str], Interval] = {}
    torn = set()
    for latent in survey_plans([loaded], catalogue).latents:
        column = latent.variable
        key = column.indicator, column.place, column.times[0]
        if found.setdefault(key, latent.interval) is not latent.interval:
            torn.add(key)
    return {key: interval for key, interval in found.items() if key not in torn}


class _Ground(NamedTuple):
    """Where a law is read: what is known of paths and by the audit, and whose place it is."""

    known: dict[Quantity, Path]
    audited: dict[tuple[str, str, str], Interval]
    loaded: Plan
    catalogue: Catalogue
    place: str

    def quantity(self, member: Member) -> Quantity | None:
        if member.place == "parent":
            place = self.catalogue.places.get(self.place)
            parent = place.parent if place is not None else None
            return None if parent is None else (member.indicator, parent)
        return member.indicator, member.place or self.place

    def indicator(self, name: str) -> Indicator | None:
        return self.loaded.model.own.get(name) or self.catalogue.indicators.get(name)

    def band(self, name: str, place: str) -> Band | None:
        """The plan's own band for a quantity of its place, else the catalogue's."""
        plan, known = self.loaded.model, self.indicator(name)
        own = plan.bands.get(name) if place == plan.place.id else None
        return own or (known.band if known is not None else None)

    def scale(self, name: str) -> float:
        """From the indicator's unit to base units; shares are fractions already."""
        indicator = self.indicator(name)
        assert indicator is not None
        unit = self.catalogue.units[indicator.unit]
        return 1.0 if unit.base == "1" else float(unit.factor)


def _laws(loaded: Plan, catalogue: Catalogue) -> Iterator[Law]:
    plan = loaded.model
    for name, indicator in {**catalogue.indicators, **plan.own}.items():
        if indicator.definition:
            yield read_definition(name, indicator.definition)
    for line in (*catalogue.laws, *plan.laws):
        yield read_law(line)


Powers = tuple[Fraction, dict[Member, int]]


def _powers(law: Law) -> Powers | None:
    """The law as a product of powers that equals one; `None` where it is no such law."""
    left, right = _product(law.left), _product(law.right)
    if law.relation != "=" or left is None or right is None:
        return None
    return _times(left, right, -1)


def _product(expression: Expression) -> Powers | None:
    if isinstance(expression, Operation):
        left, right = _product(expression.left), _product(expression.right)
        if expression.sign in "+-" or left is None or right is None:
            return None
        return _times(left, right, 1 if expression.sign == "*" else -1)
    if isinstance(expression, Member):
        return None if expression.changed else (Fraction(1), {expression: 1})
    return (expression, {}) if expression > 0 else None


def _times(left: Powers, right: Powers, power: int) -> Powers:
    members = dict(left[1])
    for member, times in right[1].items():
        members[member] = members.get(member, 0) + power * times
    return left[0] * right[0] ** power, {member: times for member, times in members.items() if times}


def _implied(law: Law, powers: Powers, ground: _Ground) -> ImpliedPath | None:
    """The one member without a path, where there is just one."""
    constant, members = powers
    quantities = {member: ground.quantity(member) for member in members}
    missing = [member for member in members if quantities[member] not in ground.known]
    if len(missing) != 1 or abs(members[missing[0]]) != 1 or len(members) == 1:
        return None
    wanted = quantities[missing[0]]
    indicator = ground.indicator(missing[0].indicator)
    if wanted is None or indicator is None:
        return None
    factors = [
        (ground.known[quantity], -members[member] * members[missing[0]], ground.scale(member.indicator))
        for member, quantity in quantities.items()
        if quantity is not None and member != missing[0]
    ]
    years = sorted(set.intersection(*(set(path.years) for path, _, _ in factors)))
    if not years:
        return None
    scale = float(constant) ** -members[missing[0]] / ground.scale(missing[0].indicator)
    line = _multiplied(factors, years, scale)
    if not (np.isfinite(line[0]) & (line[0] > 0)).all():
        return None
    by = tuple(path.indicator_id for path, _, _ in factors)
    implied = ImpliedPath(
        wanted[0], wanted[1], indicator, law.text, by, tuple(years), (), (), (), None, None, None,
        ground.band(*wanted), (),
    )  # fmt: skip
    ends = [ground.audited.get((*wanted, str(year))) for year in years]
    if any(path.start is not None or path.method == "stated" for path, _, _ in factors):
        ends = [None] * len(years)  # the paths do not go by what is printed
    return _described(line, ends, implied)


def _multiplied(factors: Sequence[tuple[Path, int, float]], years: Sequence[int], scale: float) -> Floats:
    """Value, low and high of the product of powers; shape `(3, years)`, in the wanted unit."""
    line = np.full((3, len(years)), scale)
    for path, power, unit in factors:
        at = [path.years.index(year) for year in years]
        rows = [path.line.raw, path.line.near_low, path.line.near_high]
        value, low, high = (np.asarray(row)[at] * unit for row in rows)
        ends = (value, low, high) if power > 0 else (value, high, low)
        with np.errstate(divide="ignore", invalid="ignore"):
            line *= np.stack(ends) ** power
    return line


def _described(line: Floats, audited: Sequence[Interval | None], implied: ImpliedPath) -> ImpliedPath:
    years = implied.years
    for number, interval in enumerate(audited):
        if interval is not None:
            line[1:, number] = interval.floats()
    value, low, high = line
    span = years[-1] - years[0]
    least, most = implied_rate(high[0], low[-1], span), implied_rate(low[0], high[-1], span)
    first, last = audited[0], audited[-1]
    if first is not None and last is not None and (growth := growth_between(first, last, span)):
        least, most = np.asarray(growth.low), np.asarray(growth.high)
    return implied._replace(
        values=tuple(value.tolist()),
        low=tuple(low.tolist()),
        high=tuple(high.tolist()),
        growth=_finite(implied_rate(value[0], value[-1], span)),
        growth_low=_finite(least),
        growth_high=_finite(most),
        outside=_outside(line, years, implied.band),
    )


def _finite(rate: Floats) -> float | None:
    return float(rate) if np.isfinite(rate) else None


def _outside(line: Floats, years: Sequence[int], band: tuple[float, float] | None) -> tuple[int, ...]:
    if band is None:
        return ()
    _, low, high = line
    steps = np.diff(years)
    least, most = implied_rate(high[:-1], low[1:], steps), implied_rate(low[:-1], high[1:], steps)
    return tuple(
        year
        for year, lowest, highest in zip(years[1:], least, most, strict=True)
        if highest < band[0] or lowest > band[1]
    )
