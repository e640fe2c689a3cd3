"""Rules of plausibility about growth: what unprinted quantities and prices do, against the bands of the catalogue."""

from __future__ import annotations

import math
from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from plantrack.audit.derived import growth_between
from plantrack.audit.evidence import PAIR, YEAR_DIGITS, finding_about, odd_steps
from plantrack.language import Words, fixed, range_text, text
from plantrack.numbers.numeral import read_numeral

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from plantrack.audit.bounds import PrintedBound
    from plantrack.audit.derived import Latent
    from plantrack.audit.evidence import Evidence
    from plantrack.findings import Finding
    from plantrack.plan.model import Band

SEVERAL_YEARS = 2
"""A band speaks of several years: what one year gains may be gone in the next, so its growth is spread over two."""


class Growth(NamedTuple):
    """The least and the greatest growth a year over so many years; floats."""

    low: float
    high: float
    years: int

    def is_outside(self, band: Band) -> bool:
        """Whether a band excludes it, the growth of a single year spread over several."""
        spread = self.years / max(self.years, SEVERAL_YEARS)
        low, high = ((1 + rate) ** spread - 1 for rate in (self.low, self.high))
        least, most = _ends_of(band)
        return bool(high < least or low > most)

    @property
    def said(self) -> str:
        return range_text(self.low * 100, self.high * 100, 1, "%")


def _ends_of(band: Band) -> tuple[float, float]:
    low, high = (float(read_numeral(end).value) / 100 for end in (band.low, band.high))
    return low, high


def latents_grow_within_their_band(evidence: Evidence) -> Iterator[Finding]:
    """An unprinted quantity grows as fast as its band allows, from each time to the next."""
    by_quantity: defaultdict[tuple[str, str], list[Latent]] = defaultdict(list)
    for latent in evidence.latents:
        if len(latent.variable.times[0]) == YEAR_DIGITS:
            by_quantity[latent.variable.indicator, latent.variable.place].append(latent)
    for (name, place), latents in by_quantity.items():
        band = evidence.band_of(name, place)
        if band is not None:
            yield from _outside(evidence, band, _known_once(latents))


def _known_once(latents: Sequence[Latent]) -> list[Latent]:
    """Those above zero that figures agree about."""
    times = [latent.variable.times[0] for latent in latents]
    return [
        latent
        for latent, time in zip(latents, times, strict=True)
        if times.count(time) == 1 and all(0 < end < math.inf for end in latent.interval.floats())
    ]


def _outside(evidence: Evidence, band: Band, latents: Sequence[Latent]) -> Iterator[Finding]:
    def is_odd(before: Latent, after: Latent) -> bool:
        return _growth(before, after).is_outside(band)

    for odd in odd_steps(latents, is_odd):
        yield (
            _growth_outside(evidence, band, *odd) if len(odd) == PAIR else _out_of_line(evidence, band, *odd)
        )


def _growth(before: Latent, after: Latent) -> Growth:
    years = int(after.variable.times[0]) - int(before.variable.times[0])
    growth = growth_between(before.interval, after.interval, years)
    assert growth is not None, "only levels above zero and of different years are compared"
    return Growth(growth.low, growth.high, years)


def _growth_outside(evidence: Evidence, band: Band, before: Latent, after: Latent) -> Finding:
    variable, bound = after.variable, _last_by(after)
    values = {
        "name": evidence.system.indicators[variable.indicator].name,
        "first": _middle(before),
        "last": _middle(after),
        "unit": evidence.system.units[evidence.system.indicators[variable.indicator].unit],
        "start": before.variable.times[0],
        "end": variable.times[0],
        "rate": _growth(before, after).said,
        **_said(band),
    }
    if evidence.is_past(bound, variable.times[0]):
        said = text(
            "{name}: {first} to {last} {unit} from {start} to {end}, {rate} a year, is implied; that "
            "is unusual: mostly it is {least} to {most} ({why})",
            **values,
        )
    else:
        said = text(
            "{name}: {first} to {last} {unit} from {start} to {end}, {rate} a year, is implied; "
            "plausible is {least} to {most} ({why})",
            **values,
        )
    return finding_about("implausible-growth", said, bound)


def _out_of_line(evidence: Evidence, band: Band, before: Latent, odd: Latent, after: Latent) -> Finding:
    """The value between two steps, each outside the band, that are inside it together."""
    indicator = evidence.system.indicators[odd.variable.indicator]
    said = text(
        "{name}: {odd} {unit} in {time} is implied, which is out of line with {first} in {start} and "
        "{last} in {end}: {rate} a year up to it, {further} a year after it, {whole} a year from "
        "{start} to {end}; mostly it is {least} to {most} ({why})",
        name=indicator.name,
        unit=evidence.system.units[indicator.unit],
        first=_middle(before),
        odd=_middle(odd),
        last=_middle(after),
        start=before.variable.times[0],
        time=odd.variable.times[0],
        end=after.variable.times[0],
        rate=_growth(before, odd).said,
        further=_growth(odd, after).said,
        whole=_growth(before, after).said,
        **_said(band),
    )
    return finding_about("implausible-growth", said, _last_by(odd))


def _said(band: Band) -> dict[str, object]:
    return {"least": band.low, "most": band.high, "why": Words(band.zh, band.en)}


def _last_by(latent: Latent) -> PrintedBound:
    """The last of the figures that imply it, in the order of the file."""
    return max(latent.by, key=lambda bound: bound.figure.position)


def _middle(latent: Latent) -> str:
    return _rounded(*latent.interval.floats())


def prices_change_within_their_band(evidence: Evidence) -> Iterator[Finding]:
    """Levels at current prices grow faster or slower than at constant prices by what prices may change."""
    for variable, bounds in evidence.system.bounds.items():
        if variable.kind != "ratio" or variable.basis != "constant":
            continue
        band = evidence.band_of("deflator", variable.place)
        nominal = variable._replace(basis="")
        levels = [evidence.system.bounds.get(nominal.level(number)) for number in (0, 1)]
        if band is None or levels[0] is None or levels[1] is None:
            continue
        for bound in {each.figure.text: each for each in reversed(bounds)}.values():
            yield from _prices_outside(evidence, band, bound, levels[0][0], levels[1][0])


def _prices_outside(
    evidence: Evidence, band: Band, grown: PrintedBound, first: PrintedBound, last: PrintedBound
) -> Iterator[Finding]:
    years = grown.figure.years
    ends = [*first.interval.floats(), *last.interval.floats(), *grown.interval.floats()]
    if not years or any(not math.isfinite(end) or end <= 0 for end in ends):
        return
    low = (ends[2] / ends[1] / ends[5]) ** (1 / years) - 1
    high = (ends[3] / ends[0] / ends[4]) ** (1 / years) - 1
    change = Growth(low, high, years)
    if not change.is_outside(band):
        return
    values = {
        "name": evidence.system.indicators[grown.variable.indicator].name,
        "first": first.figure.text,
        "last": last.figure.text,
        "growth": grown.figure.text,
        "time": grown.figure.time_text,
        "rate": change.said,
        **_said(band),
    }
    if evidence.is_past(grown, grown.variable.times[1]):
        said = text(
            "{name}: {first} to {last} and growth of {growth} at constant prices ({time}) mean that "
            "prices changed by {rate} a year; that is unusual: mostly it is {least} to {most} ({why})",
            **values,
        )
    else:
        said = text(
            "{name}: {first} to {last} and growth of {growth} at constant prices ({time}) mean that "
            "prices change by {rate} a year; plausible is {least} to {most} ({why})",
            **values,
        )
    yield finding_about("implausible-growth", said, grown)


def _rounded(low: float, high: float) -> str:
    """The middle of an interval with as many digits as are sure, at least three."""
    middle = (low + high) / 2
    return fixed(middle, max(0, 3 - len(str(int(middle)))))
