"""What is no contradiction and yet hard to believe. Warnings, with the arithmetic.

Each rule is one function, registered by its decorator; bands and limits are data of the catalogue.
"""

from __future__ import annotations

import itertools
import math
from typing import TYPE_CHECKING, NamedTuple

from plantrack.audit.latents import growth_between
from plantrack.findings import CODES, Finding
from plantrack.language import Words, fixed, range_text, text
from plantrack.numeral import read_numeral

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from plantrack.audit.latents import Latent
    from plantrack.audit.statements import Statement
    from plantrack.audit.system import System
    from plantrack.audit.targets import Target
    from plantrack.language import Text
    from plantrack.plan import Band, Indicator

LARGE_STEP = 5
"""A level that becomes more than so many times, or so many parts, of itself within a year."""


class Evidence(NamedTuple):
    """What the rules look at."""

    system: System
    latents: Sequence[Latent]
    targets: Sequence[Target]
    bands: Mapping[tuple[str, str], Band]

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
    system: System,
    latents: Sequence[Latent],
    targets: Sequence[Target],
    bands: Mapping[tuple[str, str], Band] | None = None,
) -> list[Finding]:
    """Everything that the rules find hard to believe.

    Args:
        system: statements, ties, indicators.
        latents: what is implied for quantities that are not printed.
        targets: the rows that speak of a time after their base.
        bands: (indicator, place) -> the band that a plan sets for its place.
    """
    evidence = Evidence(system, latents, targets, bands or {})
    return [finding for function in RULES for finding in function(evidence)]


def _finding(name: str, message: Text, statement: Statement) -> Finding:
    code = CODES[name]
    return Finding(code, code.level, message, statement.figure.position, about=f"{statement.id}:{name}")


@rule
def latents_grow_within_their_band(evidence: Evidence) -> Iterator[Finding]:
    """An unprinted quantity grows as fast as its band allows, from each time to the next."""
    by_quantity: dict[tuple[str, str], list[Latent]] = {}
    for latent in evidence.latents:
        if len(latent.column.times[0]) == YEAR_DIGITS:
            by_quantity.setdefault((latent.column.indicator, latent.column.place), []).append(latent)
    for (name, place), latents in by_quantity.items():
        band = evidence.band_of(name, place)
        times = [latent.column.times[0] for latent in latents]
        single = [latent for latent in latents if times.count(latent.column.times[0]) == 1]
        for before, after in itertools.pairwise(single):
            yield from _growth_outside(evidence.system, band, before, after)


YEAR_DIGITS = 4


def _growth_outside(system: System, band: Band | None, before: Latent, after: Latent) -> Iterator[Finding]:
    indicator = system.indicators[after.column.indicator]
    years = int(after.column.times[0]) - int(before.column.times[0])
    growth = growth_between(before.interval, after.interval, years)
    if band is None or growth is None or not growth.is_outside(*_ends_of(band)):
        return
    last = max(after.by, key=lambda statement: statement.figure.position)
    yield _finding(
        "implausible-growth",
        text(
            "{name}: {first} to {last} {unit} from {start} to {end}, {rate} a year, is implied; plausible is {least} to {most} ({why})",
            name=indicator.name,
            first=_rounded(*before.interval.floats()),
            last=_rounded(*after.interval.floats()),
            unit=system.units[indicator.unit],
            start=before.column.times[0],
            end=after.column.times[0],
            rate=range_text(growth.low * 100, growth.high * 100, 1, "%"),
            least=band.low,
            most=band.high,
            why=Words(band.zh, band.en),
        ),
        last,
    )


def _ends_of(band: Band) -> tuple[float, float]:
    low, high = (float(read_numeral(end).value) / 100 for end in (band.low, band.high))
    return low, high


@rule
def prices_change_within_their_band(evidence: Evidence) -> Iterator[Finding]:
    """Levels at current prices grow faster or slower than at constant prices by what prices may change."""
    for column, statements in evidence.system.statements.items():
        if column.kind != "ratio" or not column.basis:
            continue
        band = evidence.band_of("deflator", column.place)
        nominal = column._replace(basis="")
        levels = [evidence.system.statements.get(nominal.level(number)) for number in (0, 1)]
        if band is None or levels[0] is None or levels[1] is None:
            continue
        for statement in statements:
            yield from _prices_outside(band, statement, levels[0][0], levels[1][0], evidence.system)


def _prices_outside(
    band: Band, grown: Statement, first: Statement, last: Statement, system: System
) -> Iterator[Finding]:
    years = grown.figure.years
    ends = [*first.interval.floats(), *last.interval.floats(), *grown.interval.floats()]
    if not years or any(not math.isfinite(end) or end <= 0 for end in ends):
        return
    low = (ends[2] / ends[1] / ends[5]) ** (1 / years) - 1
    high = (ends[3] / ends[0] / ends[4]) ** (1 / years) - 1
    least, most = _ends_of(band)
    if least <= high and low <= most:
        return
    yield _finding(
        "implausible-growth",
        text(
            "{name}: {first} to {last} and growth of {growth} at constant prices ({time}) mean that prices change by {rate} a year; plausible is {least} to {most} ({why})",
            name=system.indicators[grown.column.indicator].name,
            first=first.figure.text,
            last=last.figure.text,
            growth=grown.figure.text,
            time=grown.figure.time_text,
            rate=range_text(low * 100, high * 100, 1, "%"),
            least=band.low,
            most=band.high,
            why=Words(band.zh, band.en),
        ),
        grown,
    )


def _rounded(low: float, high: float) -> str:
    """The middle of an interval with as many digits as are sure, at least three."""
    middle = (low + high) / 2
    return fixed(middle, max(0, 3 - len(str(int(middle)))))


@rule
def targets_follow_the_better_direction(evidence: Evidence) -> Iterator[Finding]:
    """A target is not worse than its base."""
    statements = {each.id: each for column in evidence.system.statements.values() for each in column}
    seen: set[tuple[str, str, str]] = set()
    for target in evidence.targets:
        base, end, better = target.base, target.target, target.indicator.better
        if (
            base is None
            or end is None
            or better is None
            or base.id not in statements
            or end.id not in statements
        ):
            continue
        first, last = statements[base.id].interval, statements[end.id].interval
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
                statements[end.id],
            )


@rule
def levels_stay_within_their_limit(evidence: Evidence) -> Iterator[Finding]:
    """A share is at most its whole."""
    for column, statements in evidence.system.statements.items():
        indicator = evidence.system.indicators.get(column.indicator)
        if column.kind != "level" or indicator is None or indicator.limit is None:
            continue
        limit = read_numeral(indicator.limit).value / (100 if indicator.unit == "%" else 1)
        for statement in statements:
            low = statement.interval.low
            if low is not None and low > limit:
                said = text(
                    "{name}: {text} is more than {limit}",
                    name=indicator.name,
                    text=statement.figure.text,
                    limit=indicator.limit,
                )
                yield _finding("share-over-whole", said, statement)


@rule
def levels_change_step_by_step(evidence: Evidence) -> Iterator[Finding]:
    """A level printed for one year after another does not multiply."""
    for column, statements in evidence.system.statements.items():
        if column.kind != "level":
            continue
        for statement in statements:
            for other in _following(statement, evidence.system):
                finding = _jump(statement, other, evidence.system.indicators[column.indicator])
                if finding is not None:
                    yield finding


def _following(statement: Statement, system: System) -> Iterator[Statement]:
    """The level of the next year in the same row."""
    time = statement.column.times[0]
    if len(time) == YEAR_DIGITS:
        after = statement.column._replace(times=(str(int(time) + 1),))
        yield from (
            each for each in system.statements.get(after, ()) if each.figure.row_id == statement.figure.row_id
        )


def _jump(statement: Statement, other: Statement, indicator: Indicator) -> Finding | None:
    first, last = statement.figure.measure, other.figure.measure
    before, after = (0.0 if each is None else float(each.value) for each in (first, last))
    if min(before, after) <= 0 or 1 / LARGE_STEP <= after / before <= LARGE_STEP:
        return None
    said = text(
        "{name}: {first} ({start}) becomes {last} ({end}) within a year, {times} times as much",
        name=indicator.name,
        first=statement.figure.text,
        start=statement.column.times[0],
        last=other.figure.text,
        end=other.column.times[0],
        times=fixed(after / before, 1),
    )
    return _finding("sudden-step", said, other)
