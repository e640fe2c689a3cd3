"""Figures: printed numbers, placed.

A row of the plan file becomes figures: which quantity, at which time or from when to when, and what
is said of it (see `plantrack.plan.measures`).
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from itertools import product
from typing import TYPE_CHECKING, Literal, NamedTuple, TypeVar

from plantrack.findings import CODES, Code, Position
from plantrack.language import Text, shortened, text
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
    comes_whole,
    pieces_of,
    read_value,
    require_numeral,
    require_period,
)
from plantrack.plan.mistyped import FULL_WIDTH_COLON, mistyped_time
from plantrack.plan.model import DIRECTIONS
from plantrack.plan.relations import Relation, named
from plantrack.results import Record

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from plantrack.plan.catalogue import Catalogue
    from plantrack.plan.model import Indicator, PlanModel, Printed, Row

FigureKind = Literal[
    "level", "growth", "total_growth", "change", "annual_change", "multiple", "rank", "strive"
]
KIND_NAMES = {
    "level": text("level"),
    "growth": text("growth a year"),
    "total_growth": text("total growth"),
    "change": text("change"),
    "annual_change": text("change a year"),
    "multiple": text("multiple"),
    "rank": text("rank"),
    "strive": text("a higher mark"),
}
Path = tuple[str | int, ...]
_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class Figure(Record):
    """One printed number, placed.

    `at` is set for levels and ranks; `start` and `end` for what is told from one time to another.
    `indicator` is the id of what it `measures`, which is the plan's own or the catalogue's. `row` is the
    row of the plan file it stands in, `row_id` tells rows apart. `each_year` are the years that it is printed for
    where one number is printed for each of several: there is a level for every one of them.
    """

    id: str
    plan: str
    indicator: str
    place: str
    kind: FigureKind
    at: Time | None
    start: Time | None
    end: Time | None
    said: Measure | Relation
    row: Row
    row_id: str
    position: Position
    measures: Indicator
    is_own: bool
    base_year: int
    each_year: Time | None = None

    def __repr__(self) -> str:
        return f"<Figure {self.id}: {self.text or self.relation}>"

    @property
    def section(self) -> str:
        return self.row.section

    @property
    def measure(self) -> Measure | None:
        return self.said if isinstance(self.said, Measure) else None

    @property
    def relation(self) -> Relation | None:
        return self.said if isinstance(self.said, Relation) else None

    @property
    def measured_kind(self) -> str:
        """Its kind; of a higher mark that of the figure which it is higher than."""
        return self.kind if self.kind != "strive" else self.row.kind_aimed_at(self.time_text) or "level"

    @property
    def is_bound(self) -> bool:
        """Whether it says no more than how great something is at least, or at most."""
        return self.measure is not None and None in (self.measure.interval.low, self.measure.interval.high)

    @property
    def text(self) -> str | None:
        """The numeral as printed; `None` for a relation."""
        return self.said.numeral.text if isinstance(self.said, Measure) else None

    @property
    def times(self) -> tuple[Time, ...]:
        """The time of a level, or start and end."""
        return tuple(time for time in (self.at, self.start, self.end) if time is not None)

    @property
    def due(self) -> Time:
        """The time of a level, the end of a step."""
        due = self.at or self.end
        assert due is not None
        return due

    @property
    def is_ahead(self) -> bool:
        """Whether it is due after the base year; at a moment that is left vague it is not."""
        end = self.due.end
        return end is not None and end > self.base_year * 12 + 12

    @property
    def time_text(self) -> str:
        """The time as the plan file writes it."""
        return f"{self.start}->{self.end}" if self.at is None else str(self.at)

    @property
    def years(self) -> int | None:
        """Whole years from start to end; `None` for levels and for other times."""
        return years_between(self.start, self.end) if self.start and self.end else None


class Misfit(NamedTuple):
    """A value of the plan that is no figure, and why, at a path of its file.

    `about` is the id that the figure would have, without the plan's.
    """

    code: Code
    path: Path
    message: Text
    at_key: bool
    about: str


def place_figures(
    plan: PlanModel, catalogue: Catalogue, locate: Callable[[Path], Position]
) -> tuple[list[Figure], list[Misfit]]:
    """The figures of a plan, and what is wrong with the values that are none.

    Rows of unknown indicators and units give no figures (that is reported once, elsewhere), but
    their times and numerals are read.

    Args:
        plan: the plan file's model.
        catalogue: units and indicators.
        locate: from a path in the plan file to a position.
    """
    figures: list[Figure] = []
    misfits: list[Misfit] = []
    ids: Counter[str] = Counter()
    reading = _Reading(plan, catalogue, _subjects(plan, catalogue))
    for name, number, row in _rows(plan):
        for kind, time, value in row.values:
            path: Path = ("figures", name, number, kind, time)
            try:
                placed, told = reading.placed(name, row, kind, time, value)
            except Misunderstood as error:
                about = f"{name}/{kind}/{time}/{row.section}"
                misfits.append(Misfit(CODES[error.name], path, error.message, error.at_key, about))
                continue
            for place, times, (of, indicator, said) in product(_places(plan, row), placed, told):
                whose = of if place == plan.place.id else f"{of}@{place}"
                stem = f"{plan.plan}/{whose}/{_kind_of(kind)}/{times.text or time}/{row.section}"
                ids[stem] += 1
                figures.append(
                    Figure(
                        id=stem if ids[stem] == 1 else f"{stem}/{ids[stem]}",
                        plan=plan.plan,
                        indicator=of,
                        place=place,
                        kind=_kind_of(kind),
                        at=times.at,
                        start=times.start,
                        end=times.end,
                        said=said,
                        row=row,
                        row_id="/".join((plan.plan, whose, *([] if of == name else [name]), str(number))),
                        position=locate(path),
                        measures=indicator,
                        is_own=of in plan.own,
                        base_year=int(plan.base),
                        each_year=times.each_year,
                    )
                )
    return figures, misfits


_Placed = tuple[str, "Indicator", Measure | Relation]


class _Reading(NamedTuple):
    """What rows are read with: the plan, the catalogue, and what figures are about, by id."""

    plan: PlanModel
    catalogue: Catalogue
    subjects: dict[str, Subject]

    def placed(
        self, name: str, row: Row, kind: str, time: str, value: Printed
    ) -> tuple[list[_Times], list[_Placed]]:
        """The times of a value, and what it says of which indicators.

        Raises:
            Misunderstood: where it says nothing that is understood.
        """
        subject = self.subjects.get(name)
        indicator = subject.indicator if subject is not None else None
        measured = _kind_of(kind) if kind != "strive" else _aimed_at(row, time, value)
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

    def _said(self, name: str, row: Row, kind: str, value: Printed, at: Time | None) -> list[_Placed]:
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


def _subjects(plan: PlanModel, catalogue: Catalogue) -> dict[str, Subject]:
    """What the plan's figures are about; nothing for unknown indicators and units."""
    found = {}
    known = {**catalogue.indicators, **plan.own}
    parts = [part for name in plan.figures if name in known for part in known[name].parts]
    for name in dict.fromkeys([*plan.figures, *parts]):
        indicator = known.get(name)
        if indicator is not None and indicator.unit in catalogue.units:
            found[name] = Subject(
                indicator, comes_whole(name, indicator, plan, catalogue), plan.brackets == "total"
            )
    return found


def _rows(plan: PlanModel) -> Iterator[tuple[str, int, Row]]:
    for name, rows in plan.figures.items():
        for number, row in enumerate(rows):
            yield name, number, row


def _places(plan: PlanModel, row: Row) -> list[str]:
    if row.place is None:
        return [plan.place.id]
    return [row.place] if isinstance(row.place, str) else row.place


# -- times ---------------------------------------------------------------------------------------

MAX_SPAN = 60
"""Plans compare no years further apart; powers of that many factors stay small."""
_YEARLY = ("growth", "annual_change")
_STEPPED = (*_YEARLY, "total_growth", "change", "multiple")


class _Times(NamedTuple):
    """The time of a level, or the start and the end of a step; `text` where its key is not what the file has."""

    at: Time | None = None
    start: Time | None = None
    end: Time | None = None
    each_year: Time | None = None
    text: str = ""


def _kind_of(kind: str) -> FigureKind:
    """What is printed for every year are levels."""
    return "level" if kind == "each_year" else kind  # type: ignore[return-value]


def _read_times(kind: str, time: str, indicator: Indicator | None) -> list[_Times]:
    """When a value is meant: once, or for each year of a span; a stock has no levels over spans."""
    return _read_each_year(time) if kind == "each_year" else [_read_one_time(kind, time, indicator)]


def _read_each_year(time: str) -> list[_Times]:
    advice = text("write the first and the last year, as in 2021/2025")
    span = _understood(read_time, time, advice)
    if span.kind != "span" or span.start is None or span.end is None:
        raise _no_time(time, advice, read_time)
    first, last = span.start // 12, span.end // 12
    if last - first > MAX_SPAN:
        raise _too_long(time)
    return [_Times(read_time(str(year)), each_year=span, text=str(year)) for year in range(first, last)]


def _read_one_time(kind: str, time: str, indicator: Indicator | None) -> _Times:
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
        return _Times(at)
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
    return _Times(start=start, end=end)


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


def section_of(figure: Figure, figures: Iterable[Figure]) -> Text | str:
    """Where a figure stands, among figures told together: its section, and its plan where there are several."""
    if len({each.plan for each in figures}) == 1:
        return figure.section
    return text("{plan}: {section}", plan=figure.plan, section=figure.section)
