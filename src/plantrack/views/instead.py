"""What a figure would have to read, in words that cannot be misread."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from plantrack.language import Listing, between, text
from plantrack.numbers.numeral import read_numeral
from plantrack.numbers.words import MINUS, OPENING, turned, with_minus
from plantrack.views.table import DASH

if TYPE_CHECKING:
    from plantrack.audit import Audit
    from plantrack.findings import Involved
    from plantrack.language import Said
    from plantrack.plan.figures import Figure


def instead_of(involved: Involved, audit: Audit) -> Said:
    """What would do for a figure, in a cell of a table."""
    if not involved.should_read:
        return DASH
    nominal, reach = would_do(involved, audit.figures[involved.figure])
    if nominal is None or nominal == reach:
        return with_others(reach or DASH, involved, audit)
    return with_others(text("{nominal} ({reach})", nominal=nominal, reach=reach), involved, audit)


def with_others(said: Said, involved: Involved, audit: Audit) -> Said:
    """What would do, and in how many places that print the same it would have to be corrected."""
    number = 1 + len(printed_as_well(involved, audit))
    return text("{said} (in {number} places)", said=said, number=number) if number > 1 else said


def printed_as_well(involved: Involved, audit: Audit) -> list[Figure]:
    """The other prints of a figure's value in its form: one alone corrected, they would stand against it."""
    kind = audit.figures[involved.figure].kind
    return [audit.figures[each] for each in involved.also if audit.figures[each].kind == kind]


def would_do(involved: Involved, figure: Figure) -> tuple[str | None, Said | None]:
    """The number that would do for a figure, where one stands out; all numerals that would."""
    measure = figure.measure
    is_bound = measure is not None and measure.numeral.bound is not None
    low, high = _ends(involved, figure, is_bound=is_bound)
    is_bound = is_bound and (high is None or _is_no_floor(low))
    nominal = None if is_bound or low == high else involved.nominal
    return nominal, _reach(low, high, is_bound=is_bound)


def _ends(involved: Involved, figure: Figure, *, is_bound: bool) -> tuple[str | None, str | None]:
    """The ends of the numerals that would do, open where nothing is beyond."""
    low, high = involved.should_read
    if figure.kind == "level" and figure.measures.domain != "any" and high and _is_no_floor(low):
        return (high if _is_zero(high) else None), high  # nothing is below zero
    if is_bound and low and high and is_fall(low) and _is_zero(high):
        return low, None  # no fall is less than nothing
    return low, high


def _reach(low: str | None, high: str | None, *, is_bound: bool) -> Said | None:
    """The numerals from `low` to `high`; an end that is `None` is open."""
    if low == high and not is_bound:
        return low
    if is_bound:
        return _edge(low, high)
    if low is not None and high is not None:
        ends = _from_to(low, high)
        return Listing(ends, between(*ends))
    end = with_minus(low or high or "")
    return text("{low} or more", low=end) if high is None else text("{high} or less", high=end)


def _edge(low: str | None, high: str | None) -> Said:
    """The bound that would just do; of falls the greater value is the smaller number."""
    edge = (low if high is None else high) or ""
    if (high is None) != is_fall(edge):
        return text("{edge}, or a bound above it", edge=edge)
    return text("{edge}, or a bound below it", edge=edge)


def _from_to(low: str, high: str) -> tuple[str, str]:
    """Both ends as they are told: of two falls the smaller first, `下降3.0%`, `5.0%`; `-3.0%` where only one falls."""
    if is_fall(low) and is_fall(high):
        return with_one_unit(high, low)
    return with_one_unit(low if turned(high) else with_minus(low), high)


def is_fall(numeral: str) -> bool:
    """Whether its verb tells a fall."""
    return read_numeral(numeral).verb < 0


def with_one_unit(first: str, last: str) -> tuple[str, str]:
    """Both numerals, the words before and behind their digits once: `提高1.9`, `4.8个百分点`.

    Brackets stay whole, a minus stays with its number.
    """
    before, after = _words_around(first)
    if _words_around(last) != (before, after) or re.search(f"{OPENING}|[{MINUS}]", before):
        return first, last
    return first.removesuffix(after), last.removeprefix(before)


def _words_around(numeral: str) -> tuple[str, str]:
    found = re.fullmatch(r"([^0-9]*)[0-9.]+%?([^0-9%]*)", numeral)
    return (found[1], found[2]) if found else (numeral, "")


def _is_no_floor(low: str | None) -> bool:
    return low is None or _is_zero(low)


def _is_zero(numeral: str) -> bool:
    return read_numeral(numeral).value == 0
