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
    """Each flow over a time as the sum of its parts, or as no less than they are.

    Args:
        printed: bounds by variable.
        constraining: the levels that any law or figure speaks of.
        indicators: indicator, as variables call it -> the indicator.
    """
    constraints: dict[tuple[Variable, ...], Constraint] = {}
    for family in families(printed, constraining):
        indicator = indicators.get(family[0].indicator)
        if indicator is None or indicator.kind != "flow" or is_average(indicator):
            continue
        for whole, parts in parts_of(map(_time_of, family)).items():
            constraint = _constraint(family[0], whole, parts, is_signed=indicator.domain == "any")
            if constraint is not None:
                constraints.setdefault(constraint.variables, constraint)
    return list(constraints.values())


def families(
    printed: Mapping[Variable, Sequence[PrintedBound]], constraining: Iterable[Variable]
) -> Iterator[list[Variable]]:
    """The levels of one quantity at several times, as one document speaks of it.

    A level that no document prints belongs to each of them.
    """
    quantities: defaultdict[tuple[str, ...], dict[Variable, None]] = defaultdict(dict)
    for variable in constraining:
        if variable.kind == "level" and not variable.basis and _is_of_years(variable.times[0]):
            quantities[variable.indicator, variable.place, variable.scope][variable] = None
    for variables in quantities.values():
        if len(variables) > 1 and not all(variable.times[0].isdigit() for variable in variables):
            by = {
                variable: {each.figure.plan for each in printed.get(variable, ())}
                for variable in sorted(variables)
            }
            for plan in sorted(set().union(*by.values())):
                yield [variable for variable, plans in by.items() if not plans or plan in plans]


def _is_of_years(time: str) -> bool:
    """Whether a time is no moment, nor a year before or after all that plans may name, where laws lead."""
    return "@" not in time and FIRST_YEAR <= int(time[:4]) <= LAST_YEAR


def _time_of(variable: Variable) -> Time:
    return read_time(variable.times[0])


def _constraint(like: Variable, whole: Time, parts: Sequence[Time], *, is_signed: bool) -> Constraint | None:
    """The law between a time and its parts; `None` where they may be anything."""
    is_sum = are_all(parts, whole)
    if is_signed and not is_sum:
        return None
    variables = [like._replace(times=(str(time),)) for time in (whole, *parts)]
    name = like.indicator.rpartition("/")[2]
    sides = f"{name}({whole})", " + ".join(f"{name}({time})" for time in parts)
    law = (" = " if is_sum else " >= ").join(sides)
    terms = [(variable, -ONE) for variable in variables]
    terms[0] = variables[0], ONE
    if not is_sum:
        terms.append(
            (like._replace(kind="slack", indicator=f"{like.indicator}: {law}", times=(str(whole),)), -ONE)
        )
    assumption = _OF_MONTHS if any(time.is_of_months for time in parts) else None
    return Constraint("sum", tuple(terms), Fraction(0), law, assumption is not None, assumption)


def is_average(indicator: Indicator) -> bool:
    """Whether its name tells that it is a mean."""
    return any(word in indicator.zh for word in AVERAGES)


# -- which times are parts of which --------------------------------------------------------------


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
        if each.is_of_months and not (months and _overlap(months[-1], each)):
            months.append(each)
    return _inside_of((each for each in years if each not in pieces), pieces) | _inside_of(pieces, months)


def _inside_of(wholes: Iterable[Time], parts: Sequence[Time]) -> BoundsOn:
    """Each time that has some of the parts inside it, with these."""
    inside = {whole: tuple(each for each in parts if _is_inside(each, whole)) for whole in wholes}
    return {whole: found for whole, found in inside.items() if found}


def are_all(parts: Sequence[Time], whole: Time) -> bool:
    """Whether parts that do not overlap are the whole."""
    return sum(_length(each) for each in parts) == _length(whole)


def _nested(times: Sequence[Time]) -> BoundsOn | None:
    """Each time with the largest of the others inside it; `None` where two overlap and neither is inside."""
    found: dict[Time, list[Time]] = {}
    open_: list[Time] = []
    for time in times:
        while open_ and not _overlap(open_[-1], time):
            open_.pop()
        if open_ and not _is_inside(time, open_[-1]):
            return None
        if open_:
            found.setdefault(open_[-1], []).append(time)
        open_.append(time)
    return {whole: tuple(parts) for whole, parts in found.items()}


def _pieces(spans: Sequence[Time]) -> list[Time]:
    """What lies between one end of the spans and the next, inside any of them."""
    ends = sorted({end for span in spans for end in _ends(span)})
    cuts = (_years(first, last) for first, last in pairwise(ends))
    known = {_ends(span): span for span in spans}
    pieces = [known.get(_ends(piece), piece) for piece in cuts]
    return [piece for piece in pieces if any(_is_inside(piece, span) for span in spans)]


def _years(first: int, last: int) -> Time:
    """The whole years between two ends in months."""
    start, end = first // MONTHS, last // MONTHS - 1
    return read_time(f"{start}" if start == end else f"{start}/{end}")


def _ends(time: Time) -> tuple[int, int]:
    assert time.start is not None
    assert time.end is not None
    return time.start, time.end


def _length(time: Time) -> int:
    start, end = _ends(time)
    return end - start


def _outermost(time: Time) -> tuple[int, int, int]:
    """A key by which a time comes before its parts; a span of one year before the year."""
    start, end = _ends(time)
    return start, -end, -len(time.text)


def _is_inside(part: Time, whole: Time) -> bool:
    return _ends(whole)[0] <= _ends(part)[0] and _ends(part)[1] <= _ends(whole)[1]


def _overlap(one: Time, other: Time) -> bool:
    return _ends(one)[0] < _ends(other)[1] and _ends(other)[0] < _ends(one)[1]
