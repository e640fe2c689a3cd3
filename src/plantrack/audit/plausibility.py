"""What is no contradiction and yet unusual, or cannot be. Warnings, with the arithmetic.

Each rule is one function, registered by its decorator; bands and limits are data of the catalogue.
"""

from __future__ import annotations

import math
from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from plantrack.audit.bounds import printed_interval
from plantrack.audit.derived import growth_between
from plantrack.findings import CODES, Finding
from plantrack.language import Words, fixed, range_text, text
from plantrack.numbers.interval import NONNEGATIVE
from plantrack.numbers.numeral import read_numeral

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from plantrack.audit.bounds import PrintedBound
    from plantrack.audit.constraint_system import ConstraintSystem
    from plantrack.audit.derived import Latent
    from plantrack.audit.targets import Target
    from plantrack.language import Text
    from plantrack.plan.model import Band, Indicator
    from plantrack.solver.variables import Variable

LARGE_STEP = 5
"""A level that becomes more than so many times, or so many parts, of itself within a year."""
SEVERAL_YEARS = 2
"""A band speaks of several years: what one year gains may be gone in the next, so its growth is spread over two."""
_T = TypeVar("_T")


class Evidence(NamedTuple):
    """What the rules look at."""

    system: ConstraintSystem
    latents: Sequence[Latent]
    targets: Sequence[Target]
    bands: Mapping[tuple[str, str], Band]
    base_years: Mapping[str, int]

    def is_past(self, bound: PrintedBound, time: str) -> bool:
        """Whether a year is not later than the base of the bound's plan."""
        base = self.base_years.get(bound.figure.plan)
        return base is not None and int(time) <= base

    def band_of(self, indicator: str, place: str) -> Band | None:
        """The plan's own band for a quantity of its place, else the catalogue's."""
        known = self.system.indicators.get(indicator)
        return self.bands.get((indicator, place)) or (known.band if known is not None else None)


RULES: list[Callable[[Evidence], Iterator[Finding]]] = []


def rule(function: Callable[[Evidence], Iterator[Finding]]) -> Callable[[Evidence], Iterator[Finding]]:
    """Register a rule of plausibility."""
    RULES.append(function)
    return function


def find_implausible(
    system: ConstraintSystem,
    latents: Sequence[Latent],
    targets: Sequence[Target],
    bands: Mapping[tuple[str, str], Band] | None = None,
    base_years: Mapping[str, int] | None = None,
) -> list[Finding]:
    """Everything that the rules find unusual or impossible.

    Args:
        system: bounds, constraints, indicators.
        latents: what is implied for quantities that are not printed.
        targets: the rows that speak of a time after their base.
        bands: (indicator, place) -> the band that a plan sets for its place.
        base_years: plan -> its base year; what lies before is no aim.
    """
    evidence = Evidence(system, latents, targets, bands or {}, base_years or {})
    return [finding for function in RULES for finding in function(evidence)]


def without_impossible(conflicts: Sequence[Finding], doubts: Sequence[Finding]) -> list[Finding]:
    """The contradictions less those of one figure alone that is below zero: that is reported as such."""
    impossible = {name for each in doubts if each.code.name == "impossible-level" for name in each.figures}
    return [each for each in conflicts if not set(each.figures) <= impossible]


def _finding(name: str, message: Text, bound: PrintedBound) -> Finding:
    code = CODES[name]
    return Finding(code, code.level, message, bound.figure.position, about=f"{bound.id}:{name}")


# -- growth against its band ---------------------------------------------------------------------


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


@rule
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


PAIR = 2


def odd_steps(values: Sequence[_T], is_odd: Callable[[_T, _T], bool]) -> Iterator[tuple[_T, ...]]:
    """Each odd step with its two values; with three, two odd steps that end if the value between them goes."""
    at = 0
    while at + 1 < len(values):
        step, two = tuple(values[at : at + 2]), tuple(values[at : at + 3])
        if not is_odd(*step):
            at += 1
        elif len(two) > PAIR and is_odd(*two[1:]) and not is_odd(two[0], two[2]):
            yield two
            at += 2
        else:
            yield step
            at += 1


def _growth(before: Latent, after: Latent) -> Growth:
    years = int(after.variable.times[0]) - int(before.variable.times[0])
    growth = growth_between(before.interval, after.interval, years)
    assert growth is not None, "only levels above zero and of different years are compared"
    return Growth(growth.low, growth.high, years)


YEAR_DIGITS = 4


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
            "{name}: {first} to {last} {unit} from {start} to {end}, {rate} a year, is implied; that is "
            "unusual: mostly it is {least} to {most} ({why})",
            **values,
        )
    else:
        said = text(
            "{name}: {first} to {last} {unit} from {start} to {end}, {rate} a year, is implied; plausible is "
            "{least} to {most} ({why})",
            **values,
        )
    return _finding("implausible-growth", said, bound)


def _out_of_line(evidence: Evidence, band: Band, before: Latent, odd: Latent, after: Latent) -> Finding:
    """The value between two steps, each outside the band, that are inside it together."""
    indicator = evidence.system.indicators[odd.variable.indicator]
    said = text(
        "{name}: {odd} {unit} in {time} is implied, which is out of line with {first} in {start} and {last} "
        "in {end}: {rate} a year up to it, {further} a year after it, {whole} a year from {start} to {end}; "
        "mostly it is {least} to {most} ({why})",
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
    return _finding("implausible-growth", said, _last_by(odd))


def _said(band: Band) -> dict[str, object]:
    return {"least": band.low, "most": band.high, "why": Words(band.zh, band.en)}


def _last_by(latent: Latent) -> PrintedBound:
    """The last of the figures that imply it, in the order of the file."""
    return max(latent.by, key=lambda bound: bound.figure.position)


def _middle(latent: Latent) -> str:
    return _rounded(*latent.interval.floats())


@rule
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
            "{name}: {first} to {last} and growth of {growth} at constant prices ({time}) mean that prices "
            "changed by {rate} a year; that is unusual: mostly it is {least} to {most} ({why})",
            **values,
        )
    else:
        said = text(
            "{name}: {first} to {last} and growth of {growth} at constant prices ({time}) mean that prices "
            "change by {rate} a year; plausible is {least} to {most} ({why})",
            **values,
        )
    yield _finding("implausible-growth", said, grown)


def _rounded(low: float, high: float) -> str:
    """The middle of an interval with as many digits as are sure, at least three."""
    middle = (low + high) / 2
    return fixed(middle, max(0, 3 - len(str(int(middle)))))


# -- single figures ------------------------------------------------------------------------------


@rule
def targets_follow_the_better_direction(evidence: Evidence) -> Iterator[Finding]:
    """A target is not worse than its base; a limit leaves room, so it may be."""
    bounds = {each.id: each for variable in evidence.system.bounds.values() for each in variable}
    seen: set[tuple[str, str, str]] = set()
    for target in evidence.targets:
        base, end, better = target.base, target.target, target.indicator.better
        if (
            base is None
            or end is None
            or better is None
            or target.indicator.role == "limit"
            or base.id not in bounds
            or end.id not in bounds
        ):
            continue
        first, last = bounds[base.id].interval, bounds[end.id].interval
        low, high = (last, first) if better == "up" else (first, last)
        worse = low.high is not None and high.low is not None and low.high < high.low
        key = (target.figure.indicator, target.figure.place, target.due)
        if worse and key not in seen:
            seen.add(key)
            yield _finding(
                "against-direction",
                text(
                    "{name}: the target {target} ({due}) is worse than the base {base} ({start})",
                    name=target.indicator.name,
                    target=end.text,
                    due=target.due,
                    base=base.text,
                    start=target.start,
                ),
                bounds[end.id],
            )


@rule
def levels_stay_within_their_limit(evidence: Evidence) -> Iterator[Finding]:
    """A share is at most its whole."""
    for variable, bounds in evidence.system.bounds.items():
        indicator = evidence.system.indicators.get(variable.indicator)
        if variable.kind != "level" or indicator is None or indicator.limit is None:
            continue
        limit = read_numeral(indicator.limit).value / (100 if indicator.unit == "%" else 1)
        for bound in bounds:
            low = bound.interval.low
            if low is not None and low > limit:
                said = text(
                    "{name}: {text} is more than {limit}",
                    name=indicator.name,
                    text=bound.figure.text,
                    limit=indicator.limit,
                )
                yield _finding("share-over-whole", said, bound)


@rule
def levels_are_possible(evidence: Evidence) -> Iterator[Finding]:
    """A level lies where its quantity can be at all: no balance is below zero."""
    for variable, bounds in evidence.system.bounds.items():
        for bound in bounds:
            if variable.kind == "level" and _is_impossible(bound):
                said = text(
                    "{name}: {text} ({time}) is below zero, which it cannot be",
                    name=evidence.system.indicators[variable.indicator].name,
                    text=bound.figure.text,
                    time=bound.figure.time_text,
                )
                yield _finding("impossible-level", said, bound)


def _is_impossible(bound: PrintedBound) -> bool:
    """Whether all of what is printed lies below zero, and the quantity never does."""
    if bound.domain is None or bound.figure.measure is None:
        return False
    return printed_interval(bound.figure).intersection(NONNEGATIVE) is None


# -- steps within a row --------------------------------------------------------------------------


@rule
def levels_change_step_by_step(evidence: Evidence) -> Iterator[Finding]:
    """A level printed for one year after another does not multiply."""
    for levels in _rows_of_levels(evidence.system):
        for run in _runs(levels):
            for odd in odd_steps(run, _is_sudden):
                yield _sudden(odd, evidence.system.indicators[odd[0].variable.indicator])


def _rows_of_levels(system: ConstraintSystem) -> Iterator[list[PrintedBound]]:
    """The yearly numbers above zero of each row, in the order of their years."""
    rows: defaultdict[tuple[str, Variable], list[PrintedBound]] = defaultdict(list)
    for variable, bounds in system.bounds.items():
        if variable.kind == "level" and len(variable.times[0]) == YEAR_DIGITS:
            for bound in bounds:
                if bound.figure.measure is not None and bound.figure.measure.value > 0:
                    rows[bound.figure.row_id, variable._replace(times=())].append(bound)
    return (sorted(row, key=lambda each: each.variable.times) for row in rows.values())


def _runs(levels: Sequence[PrintedBound]) -> Iterator[list[PrintedBound]]:
    """The parts of a row in which no year is missing."""
    run: list[PrintedBound] = []
    for level in levels:
        if run and int(level.variable.times[0]) - int(run[-1].variable.times[0]) != 1:
            yield run
            run = []
        run.append(level)
    yield run


def _value(bound: PrintedBound) -> float:
    assert bound.figure.measure is not None
    return float(bound.figure.measure.value)


def _is_sudden(one: PrintedBound, other: PrintedBound) -> bool:
    """Whether one multiplies to become the other."""
    return not 1 / LARGE_STEP <= _value(other) / _value(one) <= LARGE_STEP


def _sudden(odd: tuple[PrintedBound, ...], indicator: Indicator) -> Finding:
    first, last = odd[:2]
    values = {
        "name": indicator.name,
        "first": first.figure.text,
        "start": first.variable.times[0],
        "last": last.figure.text,
        "end": last.variable.times[0],
    }
    if len(odd) > PAIR:
        said = text(
            "{name}: {last} ({end}) stands between {first} ({start}) and {next} ({then}), more than five "
            "times as much or less than a fifth",
            next=odd[2].figure.text,
            then=odd[2].variable.times[0],
            **values,
        )
        return _finding("sudden-step", said, last)
    times = _value(last) / _value(first)
    if times < 1:
        said = text(
            "{name}: {first} ({start}) becomes {last} ({end}) within a year, less than a fifth", **values
        )
    else:
        said = text(
            "{name}: {first} ({start}) becomes {last} ({end}) within a year, {times} times as much",
            times=fixed(times, 1),
            **values,
        )
    return _finding("sudden-step", said, last)
