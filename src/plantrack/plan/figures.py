"""Figures: printed numbers, placed.

A row of the plan file becomes figures: which quantity, at which time or from when to when, and what
is said of it (see `plantrack.plan.placing` and `plantrack.plan.measures`).
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import product
from typing import TYPE_CHECKING, NamedTuple

from plantrack.findings import CODES, Code, Position
from plantrack.language import Text, text
from plantrack.numbers.times import Time, years_between
from plantrack.plan.measures import Measure, Misunderstood, Subject, comes_whole
from plantrack.plan.placing import (
    MAX_SPAN,  # noqa: F401 - is found here too
    FigureKind,
    Reading,
    kind_of,
)
from plantrack.plan.relations import Relation
from plantrack.results import Record

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from plantrack.plan.catalogue import Catalogue
    from plantrack.plan.model import Indicator, PlanModel, Row

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
    def quantity(self) -> tuple[str, str, str]:
        """Indicator, place and scope."""
        return self.indicator, self.place, self.row.scope or ""

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
        interval = None if self.measure is None else self.measure.interval
        return interval is not None and (interval.low is None or interval.high is None)

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

    @property
    def pace_years(self) -> int:
        """The years of growth and of change a year, without which they are no figure; 1 of anything else."""
        if self.kind not in {"growth", "annual_change"}:
            return 1
        assert self.years is not None
        return self.years


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
    ids: dict[str, int] = {}
    reading = Reading(plan, catalogue, _subjects(plan, catalogue))
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
                stem = f"{plan.plan}/{whose}/{kind_of(kind)}/{times.text or time}/{row.section}"
                number_of_stem = ids[stem] = ids.get(stem, 0) + 1
                figures.append(
                    Figure(
                        id=stem if number_of_stem == 1 else f"{stem}/{number_of_stem}",
                        plan=plan.plan,
                        indicator=of,
                        place=place,
                        kind=kind_of(kind),
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
