"""Identities of time: within one document a flow over a span is the sum of its years, a year that of its months.

Where not all parts are spoken of, they come to no more than the whole, of what cannot be below zero.
Months are not revised when the year's number is, so that laws of months are merely usual.
"""

from __future__ import annotations

from collections import defaultdict
from fractions import Fraction
from itertools import pairwise
from typing import TYPE_CHECKING

from plantrack.language import text
from plantrack.numbers.times import FIRST_YEAR, LAST_YEAR, Time, read_time
from plantrack.solver.constraints import Constraint
from plantrack.solver.variables import ONE, Variable

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from plantrack.audit.bounds import PrintedBound
    from plantrack.plan.model import Indicator

    BoundsOn = dict[Time, tuple[Time, ...]]

MONTHS = 12
AVERAGES = "年均", "月均", "日均", "平均", "人均", "户均"
"""Words in the name of what is an average, whatever kind it is called: it neither adds up nor is whole."""
_OF_MONTHS = text("months add up to their year; they are often not revised when the year is")


def time_constraints(
    printed: Mapping[Variable, Sequence[PrintedBound]],
    constraining: Iterable[Variable],
    indicators: Mapping[str, Indicator],
) -> list[Constraint]:
    constraints: dict[tuple[Variable, ...], Constraint] = {}
    for family in families(printed, constraining):
        indicator = indicators.get(family[0].indicator)
        if indicator is None or indicator.kind != "flow" or is_average(indicator):
            continue
        for whole, parts in parts_of(read_time(variable.times[0]) for variable in family).items():
            constraint = _constraint(family[0], whole, parts)
            if constraint.slack is None or indicator.domain != "any":  # else the parts may be anything
                constraints.setdefault(constraint.variables, constraint)
    return list(constraints.values())


def families(
    printed: Mapping[Variable, Sequence[PrintedBound]], constraining: Iterable[Variable]
) -> Iterator[list[Variable]]:
    """The levels of one quantity at several times, as one document speaks of it, and those that no document prints."""
    quantities: defaultdict[tuple[str, ...], dict[Variable, None]] = defaultdict(dict)
    for variable in _of_several_lengths(constraining):
        quantities[variable.indicator, variable.place, variable.scope][variable] = None
    for variables in quantities.values():
        if len(variables) > 1 and not all(variable.times[0].isdigit() for variable in variables):
            by = {
                variable: {each.figure.plan for each in printed.get(variable, ())}
                for variable in sorted(variables)
            }
            for plan in sorted(set().union(*by.values())):
                yield [variable for variable, plans in by.items() if not plans or plan in plans]


def _of_several_lengths(constraining: Iterable[Variable]) -> list[Variable]:
    """The levels of times that may be parts of one another; none where all times are years."""
    levels = [each for each in constraining if each.kind == "level" and not each.basis]
    if all("@" in each.times[0] or each.times[0].isdigit() for each in levels):
        return []
    return [each for each in levels if _is_of_years(each.times[0])]


def _is_of_years(time: str) -> bool:
    """Whether a time is no moment, nor a year before or after all that plans may name, where laws lead."""
    return "@" not in time and FIRST_YEAR <= int(time[:4]) <= LAST_YEAR


def _constraint(like: Variable, whole: Time, parts: Sequence[Time]) -> Constraint:
    is_sum = are_all(parts, whole)
    first, *others = (like._replace(times=(str(time),)) for time in (whole, *parts))
    name = like.indicator.rpartition("/")[2]
    law = f"{name}({whole}) {'=' if is_sum else '>='} " + " + ".join(f"{name}({time})" for time in parts)
    if not is_sum:
        others.append(first._replace(kind="slack", indicator=f"{like.indicator}: {law}"))
    terms = (first, ONE), *((variable, -ONE) for variable in others)
    assumption = _OF_MONTHS if any(time.is_of_months for time in parts) else None
    return Constraint("sum", terms, Fraction(0), law, assumption is not None, assumption)


def is_average(indicator: Indicator) -> bool:
    return any(word in indicator.zh for word in AVERAGES)


def parts_of(times: Iterable[Time]) -> BoundsOn:
    """Each time that has parts among the others, with the largest of them.

    Where two spans share years and neither is part of the other, spans are made of the pieces into which
    the ends of all spans cut them.
    """
    known = sorted((each for each in times if each.start is not None), key=_outermost)
    nested = _nested(known)
    if nested is not None:
        return nested
    years = [each for each in known if not each.is_of_months]
    pieces = _pieces(years)
    months: list[Time] = []
    for each in known:
        if each.is_of_months and (not months or _ends(months[-1])[1] <= _ends(each)[0]):
            months.append(each)
    return _inside_of((each for each in years if each not in pieces), pieces) | _inside_of(pieces, months)


def _inside_of(wholes: Iterable[Time], parts: Sequence[Time]) -> BoundsOn:
    inside = {whole: tuple(each for each in parts if _is_inside(each, whole)) for whole in wholes}
    return {whole: found for whole, found in inside.items() if found}


def are_all(parts: Sequence[Time], whole: Time) -> bool:
    first, last = _ends(whole)
    return sum(end - start for start, end in map(_ends, parts)) == last - first


def _nested(times: Sequence[Time]) -> BoundsOn | None:
    """Each time with the largest of the others inside it; `None` where two overlap and neither is inside."""
    found: dict[Time, tuple[Time, ...]] = {}
    open_: list[Time] = []
    for time in times:
        while open_ and _ends(open_[-1])[1] <= _ends(time)[0]:
            open_.pop()
        if open_:
            if not _is_inside(time, open_[-1]):
                return None
            found[open_[-1]] = (*found.get(open_[-1], ()), time)
        open_.append(time)
    return found


def _pieces(spans: Sequence[Time]) -> list[Time]:
    """What lies between one end of the spans and the next, inside any of them."""
    known = {_ends(span): span for span in spans}
    pieces = []
    for first, last in pairwise(sorted({end for span in spans for end in _ends(span)})):
        years = f"{first // MONTHS}/{last // MONTHS - 1}"
        piece = known.get((first, last)) or read_time(years[:4] if last - first == MONTHS else years)
        if any(_is_inside(piece, span) for span in spans):
            pieces.append(piece)
    return pieces


def _ends(time: Time) -> tuple[int, int]:
    assert time.start is not None
    assert time.end is not None
    return time.start, time.end


def _outermost(time: Time) -> tuple[int, int, int]:
    """A time comes before its parts, a span of one year before the year."""
    start, end = _ends(time)
    return start, -end, -len(time.text)


def _is_inside(part: Time, whole: Time) -> bool:
    (start, end), (first, last) = _ends(part), _ends(whole)
    return first <= start and end <= last
