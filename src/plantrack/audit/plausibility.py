"""What is no contradiction and yet unusual, or cannot be. Warnings, with the arithmetic.

Each rule is one function, registered by its decorator and asked in the order of this file. Bands and
limits are data of the catalogue.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from plantrack.audit.bounds import printed_interval
from plantrack.audit.derived import Growth, Latent, growth_between
from plantrack.findings import Finding
from plantrack.language import Text, Words, fixed, range_text, text
from plantrack.numbers.interval import NONNEGATIVE
from plantrack.numbers.numeral import read_numeral

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from plantrack.audit.bounds import PrintedBound
    from plantrack.audit.constraint_system import ConstraintSystem
    from plantrack.audit.targets import Target
    from plantrack.plan.model import Band
    from plantrack.solver.variables import Variable

    Rule = Callable[["Evidence"], Iterator[Finding]]

YEAR_DIGITS = 4
SEVERAL_YEARS = 2
"""A band speaks of several years: what one year gains may be gone in the next, so its growth is spread over two."""
LARGE_STEP = 5
"""A level that becomes more than so many times, or so many parts, of itself within a year."""
_T = TypeVar("_T")


class Evidence(NamedTuple):
    system: ConstraintSystem
    latents: Sequence[Latent]
    targets: Sequence[Target]

    def values(self, variable: Variable, band: Band, **more: object) -> dict[str, object]:
        indicator = self.system.indicators[variable.indicator]
        more |= {"name": indicator.name, "unit": self.system.units[indicator.unit]}
        return more | {"least": band.low, "most": band.high, "why": Words(band.zh, band.en)}


RULES: list[Rule] = []


def rule(function: Rule) -> Rule:
    RULES.append(function)
    return function


def find_implausible(evidence: Evidence) -> list[Finding]:
    return [finding for function in RULES for finding in function(evidence)]


def without_impossible(conflicts: Sequence[Finding], doubts: Sequence[Finding]) -> list[Finding]:
    """The contradictions less those of one figure alone that is below zero: that is reported as such."""
    impossible = {name for each in doubts if each.code.name == "impossible-level" for name in each.figures}
    return [each for each in conflicts if not set(each.figures) <= impossible]


def _doubt(name: str, bound: PrintedBound, message: Text) -> Finding:
    return Finding.of(name, message, bound.figure.position, f"{bound.id}:{name}")


def _odd_steps(values: Sequence[_T], is_odd: Callable[[_T, _T], bool]) -> Iterator[tuple[_T, _T, _T | None]]:
    """Each odd step; with a third value two odd steps that end if the value between them goes."""
    at = 0
    while at + 1 < len(values):
        one, two, *more = values[at : at + 3]
        at += 1
        if not is_odd(one, two):
            continue
        if more and is_odd(two, more[0]) and not is_odd(one, more[0]):
            yield one, two, more[0]
            at += 1
        else:
            yield one, two, None


# -- growth against a band -----------------------------------------------------------------------


def _is_outside(growth: Growth, years: int, band: Band) -> bool:
    """Whether a band excludes growth a year over so many years, that of a single year spread over several."""
    spread = years / max(years, SEVERAL_YEARS)
    low, high = ((1 + rate) ** spread - 1 for rate in growth)
    least, most = (float(read_numeral(end).value) / 100 for end in (band.low, band.high))
    return bool(high < least or low > most)


def _rate(growth: Growth) -> str:
    return range_text(growth.low * 100, growth.high * 100, 1, "%")


@rule
def latents_grow_within_their_band(evidence: Evidence) -> Iterator[Finding]:
    """An unprinted quantity grows as fast as its band allows, from each time to the next."""
    by_quantity: defaultdict[tuple[str, str], list[Latent]] = defaultdict(list)
    for latent in evidence.latents:
        if len(latent.variable.times[0]) == YEAR_DIGITS:
            by_quantity[latent.variable.indicator, latent.variable.place].append(latent)
    for quantity, latents in by_quantity.items():
        band, uses = evidence.system.band_of(*quantity), Counter(latent.variable.times for latent in latents)
        if band is None:
            continue
        known = [  # above zero, and figures agree about it
            latent
            for latent in latents
            if uses[latent.variable.times] == 1
            and all(0 < end < math.inf for end in latent.interval.floats())
        ]
        for odd in _odd_steps(known, lambda *step: _is_outside(*_growth(*step), band)):  # noqa: B023 - asked at once
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
    return _doubt("implausible-growth", bound, said)


def _middle(latent: Latent) -> str:
    """The middle of an interval with as many digits as are sure, at least three."""
    middle = sum(latent.interval.floats()) / 2
    return fixed(middle, max(0, 3 - len(str(int(middle)))))


@rule
def prices_change_within_their_band(evidence: Evidence) -> Iterator[Finding]:
    """Levels at current prices grow faster or slower than at constant prices by what prices may change."""
    bounds = evidence.system.bounds
    for variable, printed in bounds.items():
        band = evidence.system.band_of("deflator", variable.place)
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
        time=grown.figure.time_text,
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
    yield _doubt("implausible-growth", grown, said)


# -- single figures ------------------------------------------------------------------------------


@rule
def targets_follow_the_better_direction(evidence: Evidence) -> Iterator[Finding]:
    """A target is not worse than its base; a limit leaves room, so it may be."""
    bounds, seen = evidence.system.by_id, set()
    for target in evidence.targets:
        base, end, better = target.base, target.target, target.indicator.better
        key = target.figure.indicator, target.figure.place, target.due
        if base is None or end is None or key in seen or not {base.id, end.id} <= bounds.keys():
            continue
        if better is None or target.indicator.role == "limit" or end.each_year is not None:
            continue
        first, last = bounds[base.id].interval, bounds[end.id].interval
        low, high = (last, first) if better == "up" else (first, last)
        if low.high is not None and high.low is not None and low.high < high.low:
            seen.add(key)
            said = text(
                "{name}: the target {target} ({due}) is worse than the base {base} ({start})",
                name=target.indicator.name,
                target=end.text,
                due=target.due,
                base=base.text,
                start=target.start,
            )
            yield _doubt("against-direction", bounds[end.id], said)


@rule
def levels_stay_within_their_limit(evidence: Evidence) -> Iterator[Finding]:
    for bound in _levels(evidence):
        indicator, low = evidence.system.indicators.get(bound.variable.indicator), bound.interval.low
        if indicator is None or indicator.limit is None or low is None:
            continue
        if low > read_numeral(indicator.limit).value / (100 if indicator.unit == "%" else 1):
            printed, limit = bound.figure.text, indicator.limit
            said = text("{name}: {text} is more than {limit}", name=indicator.name, text=printed, limit=limit)
            yield _doubt("share-over-whole", bound, said)


def _levels(evidence: Evidence) -> Iterator[PrintedBound]:
    for variable, bounds in evidence.system.bounds.items():
        yield from bounds if variable.kind == "level" else ()


@rule
def levels_are_possible(evidence: Evidence) -> Iterator[Finding]:
    """A level lies where its quantity can be at all: no balance is below zero."""
    for bound in _levels(evidence):
        if bound.domain is None or bound.figure.measure is None:
            continue
        if printed_interval(bound.figure).intersection(NONNEGATIVE) is None:
            said = text(
                "{name}: {text} ({time}) is below zero, which it cannot be",
                name=evidence.system.indicators[bound.variable.indicator].name,
                text=bound.figure.text,
                time=bound.figure.time_text,
            )
            yield _doubt("impossible-level", bound, said)


@rule
def levels_change_step_by_step(evidence: Evidence) -> Iterator[Finding]:
    rows: defaultdict[tuple[str, Variable], list[PrintedBound]] = defaultdict(list)
    for bound in _levels(evidence):
        if len(bound.variable.times[0]) == YEAR_DIGITS and _value(bound) > 0:
            rows[bound.figure.row_id, bound.variable._replace(times=())].append(bound)
    for row in rows.values():
        row.sort(key=lambda each: each.variable.times)
        gaps = [at for at, (one, other) in enumerate(pairwise(row), 1) if _year(other) - _year(one) != 1]
        for start, end in pairwise([0, *gaps, len(row)]):
            for odd in _odd_steps(row[start:end], _is_sudden):
                yield _sudden(evidence, *odd)


def _year(bound: PrintedBound) -> int:
    return int(bound.variable.times[0])


def _value(bound: PrintedBound) -> float:
    return float(bound.figure.measure.value) if bound.figure.measure is not None else 0.0


def _is_sudden(one: PrintedBound, other: PrintedBound) -> bool:
    return not 1 / LARGE_STEP <= _value(other) / _value(one) <= LARGE_STEP


def _sudden(
    evidence: Evidence, first: PrintedBound, last: PrintedBound, beyond: PrintedBound | None
) -> Finding:
    values: dict[str, object] = {
        "name": evidence.system.indicators[first.variable.indicator].name,
        "first": first.figure.text,
        "start": first.variable.times[0],
        "last": last.figure.text,
        "end": last.variable.times[0],
    }
    times = _value(last) / _value(first)
    if beyond is not None:
        said = text(
            "{name}: {last} ({end}) stands between {first} ({start}) and {next} ({then}), more than "
            "five times as much or less than a fifth",
            next=beyond.figure.text,
            then=beyond.variable.times[0],
            **values,
        )
    elif times < 1:
        said = text(
            "{name}: {first} ({start}) becomes {last} ({end}) within a year, less than a fifth", **values
        )
    else:
        said = text(
            "{name}: {first} ({start}) becomes {last} ({end}) within a year, {times} times as much",
            times=fixed(times, 1),
            **values,
        )
    return _doubt("sudden-step", last, said)
