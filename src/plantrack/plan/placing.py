"""What a value of a plan file's row says of which indicators, and the times that it is said of."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple, TypeVar

from plantrack.language import shortened, text
from plantrack.numbers.times import (
    FIRST_YEAR,
    LAST_YEAR,
    OutOfOrder,
    Time,
    read_step,
    read_time,
    years_between,
)
from plantrack.numbers.words import UNCHANGED
from plantrack.plan.measures import (
    Measure,
    Misunderstood,
    Subject,
    pieces_of,
    read_value,
    require_numeral,
    require_period,
)
from plantrack.plan.mistyped import FULL_WIDTH_COLON, mistyped_time
from plantrack.plan.model import DIRECTIONS
from plantrack.plan.relations import Relation, named

if TYPE_CHECKING:
    from collections.abc import Callable

    from plantrack.language import Text
    from plantrack.plan.catalogue import Catalogue
    from plantrack.plan.model import Indicator, PlanModel, Printed, Row

FigureKind = Literal[
    "level", "growth", "total_growth", "change", "annual_change", "multiple", "rank", "strive"
]
_T = TypeVar("_T")
Placed = tuple[str, "Indicator", Measure | Relation]


class Reading(NamedTuple):
    """What rows are read with: the plan, the catalogue, and what figures are about, by id."""

    plan: PlanModel
    catalogue: Catalogue
    subjects: dict[str, Subject]

    def placed(
        self, name: str, row: Row, kind: str, time: str, value: Printed
    ) -> tuple[list[Times], list[Placed]]:
        """The times of a value, and what it says of which indicators.

        Raises:
            Misunderstood: where it says nothing that is understood.
        """
        subject = self.subjects.get(name)
        indicator = subject.indicator if subject is not None else None
        measured = kind_of(kind) if kind != "strive" else _aimed_at(row, time, value)
        timed = kind if kind != "strive" else measured if "->" in time else "level"
        times = _read_times(timed, time, indicator)
        if indicator is not None and indicator.parts:
            pieces = zip(indicator.parts, pieces_of(value, kind, indicator), strict=True)
            return times, [
                each for part, piece in pieces for each in self._said(part, row, measured, piece, times[0].at)
            ]
        if subject is None:
            require_numeral(value)
            return times, []
        return times, self._said(name, row, measured, value, times[0].at)

    def _said(self, name: str, row: Row, kind: str, value: Printed, at: Time | None) -> list[Placed]:
        """What a value says of one indicator; nothing where that is not known."""
        subject = self.subjects.get(name)
        if subject is None:
            return []
        found = list(read_value(kind, value, row, subject, self.catalogue))
        for each in found:
            require_period(kind, at, each, subject.indicator)
        told = (
            named(each, name, self.plan, self.catalogue) if isinstance(each, Relation) else each
            for each in found
        )
        return [(name, subject.indicator, each) for each in told]


def _aimed_at(row: Row, time: str, value: Printed) -> str:
    """The kind of figure that a higher mark is one of.

    Raises:
        Misunderstood: where it is no number, or its row has no figure that it could be higher than.
    """
    kind = row.kind_aimed_at(time)
    if kind is None or not isinstance(value, str) or value in (*DIRECTIONS, UNCHANGED):
        raise Misunderstood(
            "invalid-value",
            text(
                "a higher mark is a number at the time of another figure of its row, as "
                "level: {{2025: 6%}}, strive: {{2025: 7%}}"
            ),
            at_key=kind is None,
        )
    return kind


# -- times ---------------------------------------------------------------------------------------

MAX_SPAN = 60
"""Plans compare no years further apart; powers of that many factors stay small."""
_YEARLY = ("growth", "annual_change")
_STEPPED = (*_YEARLY, "total_growth", "change", "multiple")


class Times(NamedTuple):
    """The time of a level, or the start and the end of a step; `text` where its key is not what the file has."""

    at: Time | None = None
    start: Time | None = None
    end: Time | None = None
    each_year: Time | None = None
    text: str = ""


def kind_of(kind: str) -> FigureKind:
    """What is printed for every year are levels."""
    return "level" if kind == "each_year" else kind  # type: ignore[return-value]


def _read_times(kind: str, time: str, indicator: Indicator | None) -> list[Times]:
    """When a value is meant: once, or for each year of a span; a stock has no levels over spans."""
    return _read_each_year(time) if kind == "each_year" else [_read_one_time(kind, time, indicator)]


def _read_each_year(time: str) -> list[Times]:
    advice = text("write the first and the last year, as in 2021/2025")
    span = _understood(read_time, time, advice)
    if span.kind != "span" or span.start is None or span.end is None:
        raise _no_time(time, advice, read_time)
    first, last = span.start // 12, span.end // 12
    if last - first > MAX_SPAN:
        raise _too_long(time)
    return [Times(read_time(str(year)), each_year=span, text=str(year)) for year in range(first, last)]


def _read_one_time(kind: str, time: str, indicator: Indicator | None) -> Times:
    if kind not in _STEPPED and not (kind == "rank" and "->" in time):
        at = _understood(
            read_time,
            time,
            text(
                "write a year (2020), a month (2017-09), a quarter (2017-Q3), months (2017-01/2017-06), a span "
                "(2016/2020) or a declared moment"
            ),
        )
        if kind == "level" and indicator and indicator.kind == "stock" and at.kind in {"span", "months"}:
            raise Misunderstood(
                "stock-over-span",
                text(
                    "{name} is a stock: it has a value at the end of a year or a month, none over {time}",
                    name=indicator.name,
                    time=time,
                ),
                at_key=True,
            )
        return Times(at)
    start, end = _understood(
        read_step, time, text("write `a->b`, a being the time compared with, as in 2020->2025")
    )
    if kind in _YEARLY and years_between(start, end) is None:
        raise Misunderstood(
            "growth-between-months",
            text(
                "{kind} is per year and needs two years, as in 2020->2025; for other times write "
                "total_growth or change",
                kind=kind,
            ),
            at_key=True,
        )
    if (years_between(start, end) or 0) > MAX_SPAN:
        raise _too_long(time)
    if start.is_before(end) is False:
        raise _out_of_order(time)
    return Times(start=start, end=end)


def _too_long(time: str) -> Misunderstood:
    message = text("{time} is longer than {most} years", time=time, most=MAX_SPAN)
    return Misunderstood("invalid-time", message, at_key=True)


def _out_of_order(time: str) -> Misunderstood:
    message = text("{time}: the end must come after the start", time=time)
    return Misunderstood("times-out-of-order", message, at_key=True)


def _understood(read: Callable[[str], _T], time: str, advice: Text) -> _T:
    try:
        return read(time)
    except OutOfOrder:
        raise _out_of_order(time) from None
    except ValueError:
        if "：" in time:
            raise Misunderstood("full-width-colon", FULL_WIDTH_COLON, at_key=True) from None
        raise _no_time(time, advice, read) from None


def _no_time(time: str, advice: Text, read: Callable[[str], _T]) -> Misunderstood:
    message = mistyped_time(time, read) or text(
        '"{time}" is no time (years {first}-{last}): {advice}',
        time=shortened(time),
        first=FIRST_YEAR,
        last=LAST_YEAR,
        advice=advice,
    )
    return Misunderstood("invalid-time", message, at_key=True)
