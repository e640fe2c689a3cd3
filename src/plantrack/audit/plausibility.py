"""What is no contradiction and yet unusual, or cannot be. Warnings, with the arithmetic.

Each rule is one function, asked in the order of `RULES`; those about steps between levels stand in
`steps`. Bands and limits are data of the catalogue.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from plantrack.audit import steps
from plantrack.audit.bounds import printed_interval
from plantrack.audit.constraint_system import band_of
from plantrack.audit.derived import Growth, Latent, growth_between
from plantrack.audit.evidence import YEAR_DIGITS, Evidence, doubt, levels_of, odd_steps
from plantrack.language import Range, fixed, text
from plantrack.numbers.interval import NONNEGATIVE
from plantrack.numbers.numeral import read_numeral
from plantrack.plan.citing import in_words, period, times_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from plantrack.audit.bounds import PrintedBound
    from plantrack.findings import Finding
    from plantrack.plan.figures import Figure
    from plantrack.plan.model import Band, Indicator

    Rule = Callable[[Evidence], Iterator[Finding]]

SEVERAL_YEARS = 2
"""A band speaks of several years: what one year gains may be gone in the next, so its growth is spread over two."""


def without_impossible(conflicts: Sequence[Finding], doubts: Sequence[Finding]) -> list[Finding]:
    """The contradictions less those of one figure alone that is below zero: that is reported as such."""
    impossible = {name for each in doubts if each.code.name == "impossible-level" for name in each.figures}
    return [each for each in conflicts if not set(each.figures) <= impossible]


# -- growth against a band -----------------------------------------------------------------------


def _is_outside(growth: Growth, years: int, band: Band) -> bool:
    """Whether a band excludes growth a year over so many years, that of a single year spread over several."""
    spread = years / max(years, SEVERAL_YEARS)
    low, high = ((1 + rate) ** spread - 1 for rate in growth)
    least, most = (float(read_numeral(end).value) / 100 for end in (band.low, band.high))
    return bool(high < least or low > most)


def _rate(growth: Growth) -> Range:
    return Range(growth.low * 100, growth.high * 100, 1, "%")


def latents_grow_within_their_band(evidence: Evidence) -> Iterator[Finding]:
    """An unprinted quantity grows as fast as its band allows, from each time to the next."""
    by_quantity: defaultdict[tuple[str, str], list[Latent]] = defaultdict(list)
    for latent in evidence.latents:
        if len(latent.variable.times[0]) == YEAR_DIGITS:
            by_quantity[latent.variable.indicator, latent.variable.place].append(latent)
    for quantity, latents in by_quantity.items():
        band, uses = band_of(*quantity, evidence.system), Counter(latent.variable.times for latent in latents)
        if band is None:
            continue
        known = [  # above zero, and figures agree about it
            latent
            for latent in latents
            if uses[latent.variable.times] == 1
            and all(0 < end < math.inf for end in latent.interval.floats())
        ]
        for odd in odd_steps(known, lambda *step: _is_outside(*_growth(*step), band)):  # noqa: B023 - asked at once
            yield _growth_outside(evidence, band, *odd)


def _growth(before: Latent, after: Latent) -> tuple[Growth, int]:
    years = int(after.variable.times[0]) - int(before.variable.times[0])
    growth = growth_between(before.interval, after.interval, years)
    assert growth is not None, "only levels above zero and of different years are compared"
    return growth, years


def _growth_outside(
    evidence: Evidence, band: Band, before: Latent, after: Latent, beyond: Latent | None
) -> Finding:
    """A step outside the band; with one `beyond`, the value between two steps that are inside it together."""
    bound = max(after.by, key=lambda bound: bound.figure.position)  # the last in the order of the file
    (time,), last = after.variable.times, beyond or after
    values = evidence.values(
        after.variable,
        band,
        first=_middle(before),
        start=before.variable.times[0],
        last=_middle(last),
        end=last.variable.times[0],
        rate=_rate(_growth(before, after)[0]),
    )
    if beyond is not None:
        said = text(
            "{name}: {odd} {unit} in {time} is implied, which is out of line with {first} in {start} and "
            "{last} in {end}: {rate} a year up to it, {further} a year after it, {whole} a year from "
            "{start} to {end}; mostly it is {least} to {most} ({why})",
            **values,
            odd=_middle(after),
            time=time,
            further=_rate(_growth(after, beyond)[0]),
            whole=_rate(_growth(before, beyond)[0]),
        )
    elif int(time) <= bound.figure.base_year:
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
    return doubt("implausible-growth", bound, said)


def _middle(latent: Latent) -> str:
    """The middle of an interval with as many digits as are sure, at least three."""
    middle = sum(latent.interval.floats()) / 2
    return fixed(middle, max(0, 3 - len(str(int(middle)))))


def prices_change_within_their_band(evidence: Evidence) -> Iterator[Finding]:
    """Levels at current prices grow faster or slower than at constant prices by what prices may change."""
    bounds = evidence.system.bounds
    for variable, printed in bounds.items():
        band = band_of("deflator", variable.place, evidence.system)
        if variable.kind != "ratio" or variable.basis != "constant" or band is None:
            continue
        nominal = variable._replace(basis="")
        levels = [bounds.get(nominal.level(number)) for number in (0, 1)]
        if levels[0] is None or levels[1] is None:
            continue
        for grown in {each.figure.text: each for each in reversed(printed)}.values():
            yield from _prices_outside(evidence, band, grown, levels[0][0], levels[1][0])


def _prices_outside(
    evidence: Evidence, band: Band, grown: PrintedBound, first: PrintedBound, last: PrintedBound
) -> Iterator[Finding]:
    years = grown.figure.years
    (low, high), (last_low, last_high), (least, most) = ends = [
        each.interval.floats() for each in (first, last, grown)
    ]
    if not years or any(not math.isfinite(end) or end <= 0 for both in ends for end in both):
        return
    change = Growth((last_low / high / most) ** (1 / years) - 1, (last_high / low / least) ** (1 / years) - 1)
    if not _is_outside(change, years, band):
        return
    values = evidence.values(
        grown.variable,
        band,
        first=first.figure.text,
        last=last.figure.text,
        growth=grown.figure.text,
        time=period(times_of(grown.figure), evidence.system),
        rate=_rate(change),
    )
    if int(grown.variable.times[1]) <= grown.figure.base_year:
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
    yield doubt("implausible-growth", grown, said)


# -- single figures ------------------------------------------------------------------------------


def targets_follow_the_better_direction(evidence: Evidence) -> Iterator[Finding]:
    """A target is not worse than its base; a limit leaves room, so it may be."""
    bounds, seen = evidence.system.by_id, set()
    for target in evidence.targets:
        base, end = target.base, target.target
        key = target.figure.indicator, target.figure.place, target.due
        if base is None or end is None or key in seen or not {base.id, end.id} <= bounds.keys():
            continue
        if not _leads_somewhere(target.indicator, base, end):
            continue
        first, last = bounds[base.id].interval, bounds[end.id].interval
        low, high = (last, first) if target.indicator.better == "up" else (first, last)
        if low.high is not None and high.low is not None and low.high < high.low:
            seen.add(key)
            said = text(
                "{name}: the target {target} ({due}) is worse than the base {base} ({start})",
                name=target.indicator.name,
                target=end.text,
                due=in_words(target.due),
                base=base.text,
                start=in_words(target.start),
            )
            yield doubt("against-direction", bounds[end.id], said)


def _leads_somewhere(indicator: Indicator, base: Figure, end: Figure) -> bool:
    """Whether a target should be no worse than its base: not of limits, nor of months of a flow beside a year."""
    if indicator.better is None or indicator.role == "limit" or end.each_year is not None:
        return False
    return indicator.kind != "flow" or not (base.due.is_of_months or end.due.is_of_months)


def levels_stay_within_their_limit(evidence: Evidence) -> Iterator[Finding]:
    for bound in levels_of(evidence):
        indicator, low = evidence.system.indicators.get(bound.variable.indicator), bound.interval.low
        if indicator is None or indicator.most is None or low is None:
            continue
        if low > indicator.most:
            printed, limit = bound.figure.text, indicator.limit
            said = text("{name}: {text} is more than {limit}", name=indicator.name, text=printed, limit=limit)
            yield doubt("share-over-whole", bound, said)


def levels_are_possible(evidence: Evidence) -> Iterator[Finding]:
    """A level lies where its quantity can be at all: no balance is below zero."""
    for bound in levels_of(evidence):
        if bound.domain is None or bound.figure.measure is None:
            continue
        if printed_interval(bound.figure).intersection(NONNEGATIVE) is None:
            said = text(
                "{name}: {text} ({time}) is below zero, which it cannot be",
                name=evidence.system.indicators[bound.variable.indicator].name,
                text=bound.figure.text,
                time=period(times_of(bound.figure), evidence.system),
            )
            yield doubt("impossible-level", bound, said)


RULES: tuple[Rule, ...] = (
    latents_grow_within_their_band,
    prices_change_within_their_band,
    targets_follow_the_better_direction,
    levels_stay_within_their_limit,
    levels_are_possible,
    steps.levels_change_step_by_step,
    steps.levels_keep_their_size,
)


def find_implausible(evidence: Evidence) -> list[Finding]:
    return [finding for function in RULES for finding in function(evidence)]
