"""What is no contradiction and yet unusual, or cannot be. Warnings, with the arithmetic.

Each rule is one function, registered by its decorator; those about growth are in `growth_bands`. Bands and
limits are data of the catalogue.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from plantrack.audit.bounds import printed_interval
from plantrack.audit.evidence import PAIR, YEAR_DIGITS, Evidence, finding_about, odd_steps
from plantrack.audit.growth_bands import latents_grow_within_their_band, prices_change_within_their_band
from plantrack.language import fixed, text
from plantrack.numbers.interval import NONNEGATIVE
from plantrack.numbers.numeral import read_numeral

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from plantrack.audit.bounds import PrintedBound
    from plantrack.audit.constraint_system import ConstraintSystem
    from plantrack.audit.derived import Latent
    from plantrack.audit.targets import Target
    from plantrack.findings import Finding
    from plantrack.plan.model import Band, Indicator
    from plantrack.solver.variables import Variable

LARGE_STEP = 5
"""A level that becomes more than so many times, or so many parts, of itself within a year."""
RULES: list[Callable[[Evidence], Iterator[Finding]]] = [
    latents_grow_within_their_band,
    prices_change_within_their_band,
]
"""In the order in which they are asked; each function decorated as a rule below comes after these."""


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
            or end.each_year is not None
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
            yield finding_about(
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
                yield finding_about("share-over-whole", said, bound)


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
                yield finding_about("impossible-level", said, bound)


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
            "{name}: {last} ({end}) stands between {first} ({start}) and {next} ({then}), more than "
            "five times as much or less than a fifth",
            next=odd[2].figure.text,
            then=odd[2].variable.times[0],
            **values,
        )
        return finding_about("sudden-step", said, last)
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
    return finding_about("sudden-step", said, last)
