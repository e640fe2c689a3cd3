"""Steps between the levels of one quantity that are too great for growth: a digit lost, another unit or scale."""

from __future__ import annotations

import math
from collections import defaultdict
from fractions import Fraction
from itertools import pairwise
from typing import TYPE_CHECKING

from plantrack.audit.evidence import YEAR_DIGITS, doubt, levels_of, odd_steps
from plantrack.language import fixed, text
from plantrack.numbers.words import SHARES
from plantrack.solver.variables import EITHER

if TYPE_CHECKING:
    from collections.abc import Iterator

    from plantrack.audit.bounds import PrintedBound
    from plantrack.audit.evidence import Evidence
    from plantrack.findings import Finding
    from plantrack.solver.variables import Variable

LARGE_STEP = 5
"""A level that becomes more than so many times, or so many parts, of itself within a year."""
OTHER_SIZE, FASTEST_GROWTH, PLENTIFUL_GROWTH = 10, 1.2, 1.1
"""A level of another size: ten times another, and over many years more than 20 % a year leads to; or a tenth, or what
is left of 10 % growth a year where a digit is lost.
"""
SMALL_COUNT, SMALL_SHARE, SURE_SLIP = 100, 1, 1000
"""Smaller counts, and shares of less than one per cent, may grow so, unless a thousandfold."""


def levels_change_step_by_step(evidence: Evidence) -> Iterator[Finding]:
    rows: defaultdict[tuple[str, Variable], list[PrintedBound]] = defaultdict(list)
    for bound in levels_of(evidence):
        if len(bound.variable.times[0]) == YEAR_DIGITS and _value(bound) > 0:
            rows[bound.figure.row_id, bound.variable._replace(times=())].append(bound)
    for row in rows.values():
        row.sort(key=_year)
        gaps = [at for at, (one, other) in enumerate(pairwise(row), 1) if _year(other) - _year(one) != 1]
        for start, end in pairwise([0, *gaps, len(row)]):
            for odd in odd_steps(row[start:end], _is_sudden):
                yield _sudden(evidence, *odd)


def _year(bound: PrintedBound) -> int:
    return int(bound.variable.times[0])


def _value(bound: PrintedBound) -> Fraction:
    return bound.figure.measure.value if bound.figure.measure is not None else Fraction(0)


def _is_sudden(one: PrintedBound, other: PrintedBound) -> bool:
    is_large = not Fraction(1, LARGE_STEP) <= _value(other) / _value(one) <= LARGE_STEP
    return is_large and not _keeps(one, other)


def _keeps(one: PrintedBound, other: PrintedBound) -> bool:
    """Whether an earlier value is a bound that the later one keeps, so that no step is known."""
    bound = one.figure.measure.numeral.bound if one.figure.measure is not None else None
    return bound in ({"ge", "gt"} if _value(other) > _value(one) else {"le", "lt"})


def _step_told(
    evidence: Evidence, first: PrintedBound, last: PrintedBound
) -> tuple[dict[str, object], float]:
    """What sentences about a step are filled with, and how many times as much it leads to."""
    values: dict[str, object] = {
        "name": evidence.system.indicators[first.variable.indicator].name,
        "first": first.figure.text,
        "start": _year(first),
        "last": last.figure.text,
        "end": _year(last),
    }
    return values, float(_value(last)) / float(_value(first))


def _sudden(
    evidence: Evidence, first: PrintedBound, last: PrintedBound, beyond: PrintedBound | None
) -> Finding:
    values, times = _step_told(evidence, first, last)
    if beyond is not None:
        said = text(
            "{name}: {last} ({end}) stands between {first} ({start}) and {next} ({then}), more than "
            "five times as much or less than a fifth",
            next=beyond.figure.text,
            then=_year(beyond),
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
    return doubt("sudden-step", last, said)


def levels_keep_their_size(evidence: Evidence) -> Iterator[Finding]:
    """Over several years, or from row to row, a level does not change as a lost digit or another scale change it."""
    levels: defaultdict[Variable, dict[int, PrintedBound]] = defaultdict(dict)
    for bound in levels_of(evidence):
        if len(bound.variable.times[0]) == YEAR_DIGITS and _value(bound) > 0:
            levels[bound.variable._replace(times=())].setdefault(_year(bound), bound)
    for by_year in levels.values():
        in_order = [by_year[year] for year in sorted(by_year)]
        for odd in odd_steps(in_order, lambda *step: _has_other_size(evidence, *step)):
            yield _of_another_size(evidence, *odd)


def _has_other_size(evidence: Evidence, one: PrintedBound, other: PrintedBound) -> bool:
    years, is_in_one_row = _year(other) - _year(one), one.figure.row_id == other.figure.row_id
    if (years == 1 and is_in_one_row) or _keeps(one, other):
        return False  # reported as a sudden step, or none
    low, high = sorted((one, other), key=_value)
    times = _value(high) / _value(low)
    least = max(OTHER_SIZE, FASTEST_GROWTH**years)
    if low is other:
        grown = 1 if other.figure.measures.better == "down" else PLENTIFUL_GROWTH**years
        least = max(LARGE_STEP, OTHER_SIZE / grown)
    if times < least or (_is_small(low) and times < SURE_SLIP):
        return False
    return not _is_printed(evidence, one, other)


def _is_small(bound: PrintedBound) -> bool:
    """Whether it counts few, or is a share near zero."""
    figure, share = bound.figure, SHARES.get(bound.figure.measures.unit)
    if share is not None:
        return _value(bound) * share < SMALL_SHARE
    return figure.measure is not None and figure.measure.counts and _value(bound) < SMALL_COUNT


def _is_printed(evidence: Evidence, one: PrintedBound, other: PrintedBound) -> bool:
    """Whether the plan prints such growth or such a multiple itself."""
    times = _value(other) / _value(one)
    step = one.variable._replace(kind="ratio", times=(*one.variable.times, *other.variable.times))
    printed = (
        bound.interval.floats()
        for basis in ("", "constant", EITHER)
        for bound in evidence.system.bounds.get(step._replace(basis=basis), ())
    )
    return any(math.isfinite(high) and low / 2 <= times <= high * 2 for low, high in printed)


def _of_another_size(
    evidence: Evidence, first: PrintedBound, last: PrintedBound, beyond: PrintedBound | None
) -> Finding:
    values, times = _step_told(evidence, first, last)
    if beyond is not None:
        said = text(
            "{name}: {last} ({end}) is of another size than {first} ({start}) and {next} ({then}): a digit lost, "
            "or another unit?",
            next=beyond.figure.text,
            then=_year(beyond),
            **values,
        )
    elif times < 1:
        said = text(
            "{name}: {first} ({start}) becomes {last} ({end}), 1/{parts} of it: a digit lost, or another unit?",
            parts=fixed(1 / times, 0),
            **values,
        )
    else:
        said = text(
            "{name}: {first} ({start}) becomes {last} ({end}), {times} times as much: a digit lost, or another unit?",
            times=fixed(times, 1),
            **values,
        )
    return doubt("sudden-step", last, said)
