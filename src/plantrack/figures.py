"""Figures: printed numbers, placed.

A row of the plan file becomes figures: which quantity, at which time or from when to when, and what
is said of it: a numeral with its interval in the indicator's own unit (per cent and points as
fractions), or a relation where no number is printed.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal, NamedTuple, TypeVar

from plantrack.findings import CODES, Code, Position
from plantrack.language import Text, Words, listing, shortened, text
from plantrack.numeral import FORMS, VERBS, Numeral, read_numeral
from plantrack.plan import DIRECTIONS
from plantrack.times import FIRST_YEAR, LAST_YEAR, Time, read_step, read_time, years_between

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from fractions import Fraction

    from plantrack.catalogue import Catalogue
    from plantrack.interval import Interval
    from plantrack.plan import Comparison, Indicator, Plan, Row

FigureKind = Literal["level", "growth", "total_growth", "change", "annual_change", "multiple", "rank"]
Operator = Literal["below", "above", "at_least", "at_most", "up", "down", "not up", "not down"]
KIND_NAMES = {
    "level": text("level"),
    "growth": text("growth a year"),
    "total_growth": text("total growth"),
    "change": text("change"),
    "annual_change": text("change a year"),
    "multiple": text("multiple"),
    "rank": text("rank"),
}
Path = tuple[str | int, ...]
_T = TypeVar("_T")


class Relation(NamedTuple):
    """What a figure says instead of a number: a direction, or a comparison with `to`.

    `other` names the other side: another place's same indicator by the place alone.
    """

    operator: Operator
    to: str | None = None
    by: str | None = None
    other: Words | None = None


class Measure(NamedTuple):
    """What a numeral says of a quantity.

    `factor` turns base units into the indicator's own; `whole` tells that an unscaled count is
    exact; `interval` holds the values that would be printed so, in the indicator's own unit.
    """

    numeral: Numeral
    unit: str
    factor: Fraction
    whole: bool
    interval: Interval

    @property
    def value(self) -> Fraction:
        """The printed value; a range's middle, a bound's bound."""
        return self.numeral.value * self.factor

    def reread(self, numeral: Numeral, convention: str = "half_away") -> Interval:
        """The interval if `numeral` stood here, or if it had been rounded by another convention."""
        return numeral.interval(whole=self.whole, convention=convention).scaled(self.factor)


@dataclass(frozen=True, slots=True)
class Figure:
    """One printed number, placed.

    `at` is set for levels and ranks; `start` and `end` for what is told from one time to another.
    `row` is the row of the plan file it stands in, `row_id` tells rows apart.
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
    def text(self) -> str | None:
        """The numeral as printed; `None` for a relation."""
        return self.said.numeral.text if isinstance(self.said, Measure) else None

    @property
    def due(self) -> Time:
        """The time of a level, the end of a step."""
        due = self.at or self.end
        assert due is not None
        return due

    @property
    def time_text(self) -> str:
        """The time as the plan file writes it."""
        return f"{self.start}->{self.end}" if self.at is None else str(self.at)

    @property
    def years(self) -> int | None:
        """Whole years from start to end; `None` for levels and for other times."""
        return years_between(self.start, self.end) if self.start and self.end else None


class Misfit(NamedTuple):
    """A value of the plan that is no figure, and why, at a path of its file."""

    code: Code
    path: Path
    message: Text
    at_key: bool


def place_figures(
    plan: Plan, catalogue: Catalogue, locate: Callable[[Path], Position]
) -> tuple[list[Figure], list[Misfit]]:
    """The figures of a plan, and what is wrong with the values that are none.

    Rows of unknown indicators are passed over: that is reported once, elsewhere.

    Args:
        plan: the plan file's model.
        catalogue: units and indicators.
        locate: from a path in the plan file to a position.
    """
    figures: list[Figure] = []
    misfits: list[Misfit] = []
    ids: Counter[str] = Counter()
    for name, number, row in _rows(plan):
        indicator = plan.own.get(name) or catalogue.indicators.get(name)
        if indicator is None or indicator.unit not in catalogue.units:
            continue
        for kind, time, value in row.values:
            path: Path = ("figures", name, number, kind, time)
            try:
                at, start, end = _read_times(kind, time, indicator)
                said = [
                    _named(each, name, plan, catalogue)
                    for each in _read_value(kind, value, row, indicator, catalogue)
                ]
            except _Misunderstood as error:
                misfits.append(Misfit(CODES[error.name], path, error.message, error.at_key))
                continue
            for place in _places(plan, row):
                whose = "" if place == plan.place.id else f"@{place}"
                stem = f"{plan.plan}/{name}{whose}/{kind}/{time}/{row.section}"
                row_id = f"{plan.plan}/{name}{whose}/{number}"
                for each in said:
                    ids[stem] += 1
                    figures.append(
                        Figure(
                            id=stem if ids[stem] == 1 else f"{stem}/{ids[stem]}",
                            plan=plan.plan,
                            indicator=name,
                            place=place,
                            kind=kind,  # type: ignore[arg-type]
                            at=at,
                            start=start,
                            end=end,
                            said=each,
                            row=row,
                            row_id=row_id,
                            position=locate(path),
                        )
                    )
    return figures, misfits


def _rows(plan: Plan) -> Iterator[tuple[str, int, Row]]:
    for name, rows in plan.figures.items():
        for number, row in enumerate(rows):
            yield name, number, row


def _places(plan: Plan, row: Row) -> list[str]:
    if row.place is None:
        return [plan.place.id]
    return [row.place] if isinstance(row.place, str) else row.place


class _Misunderstood(Exception):
    """A value that is no figure."""

    def __init__(self, name: str, message: Text, *, at_key: bool = False) -> None:
        super().__init__(name)
        self.name = name
        self.message = message
        self.at_key = at_key


# -- times ---------------------------------------------------------------------------------------

MAX_SPAN = 60
"""Plans compare no years further apart; powers of that many factors stay small."""
_YEARLY = ("growth", "annual_change")
_STEPPED = (*_YEARLY, "total_growth", "change", "multiple")


def _read_times(kind: str, time: str, indicator: Indicator) -> tuple[Time | None, Time | None, Time | None]:
    """The time of a level, or the start and the end of a step."""
    if kind not in _STEPPED and not (kind == "rank" and "->" in time):
        at = _understood(
            read_time,
            time,
            text("write a year (2020), a month end (2017-09), a span (2016/2020) or a declared moment"),
        )
        if kind == "level" and indicator.kind == "stock" and at.kind == "span":
            raise _Misunderstood(
                "stock-over-span",
                text(
                    "{name} is a stock: it has a value at the end of a year, none over {time}",
                    name=indicator.name,
                    time=time,
                ),
                at_key=True,
            )
        return at, None, None
    start, end = _understood(
        read_step, time, text("write `a->b`, a being the time compared with, as in 2020->2025")
    )
    if kind in _YEARLY and years_between(start, end) is None:
        raise _Misunderstood(
            "growth-between-months",
            text(
                "{kind} is per year and needs two years, as in 2020->2025; for other times write total_growth or change",
                kind=kind,
            ),
            at_key=True,
        )
    if (years_between(start, end) or 0) > MAX_SPAN:
        raise _Misunderstood(
            "invalid-time", text("{time} is longer than {most} years", time=time, most=MAX_SPAN), at_key=True
        )
    if start.is_before(end) is False:
        raise _Misunderstood(
            "times-out-of-order", text("{time}: the end must come after the start", time=time), at_key=True
        )
    return None, start, end


def _understood(read: Callable[[str], _T], time: str, advice: Text) -> _T:
    try:
        return read(time)
    except ValueError:
        if "：" in time:
            message = text("the colon here is full-width: write `:` and a blank")
            raise _Misunderstood("full-width-colon", message, at_key=True) from None
        message = text(
            '"{time}" is no time (years {first}-{last}): {advice}',
            time=time[:40],
            first=FIRST_YEAR,
            last=LAST_YEAR,
            advice=advice,
        )
        raise _Misunderstood("invalid-time", message, at_key=True) from None


# -- values --------------------------------------------------------------------------------------


def _read_value(
    kind: str, value: str | list[Comparison], row: Row, indicator: Indicator, catalogue: Catalogue
) -> Iterator[Measure | Relation]:
    if isinstance(value, list):
        for comparison in value:
            operator, to = next(
                (key, getattr(comparison, key)) for key in _OPERATORS if getattr(comparison, key)
            )
            yield Relation(operator, to, comparison.by)
    elif value in DIRECTIONS:
        if kind not in _DIRECTED:
            raise _Misunderstood(
                "invalid-value", text("a direction is a `change: {{a->b: {direction}}}`", direction=value)
            )
        yield Relation(value)
    else:
        yield _read_measure(kind, value, row.printed, indicator, catalogue)


def _named(said: Measure | Relation, indicator: str, plan: Plan, catalogue: Catalogue) -> Measure | Relation:
    """A relation with the name of its other side."""
    if not isinstance(said, Relation) or said.to is None:
        return said
    name, _, place = said.to.partition("@")
    where = catalogue.places.get(place)
    if where is not None and name == indicator:
        return said._replace(other=where.name)
    known = plan.own.get(name) or catalogue.indicators.get(name)
    words = known.name if known is not None else Words(name, name)
    if where is not None:
        words = Words(f"{where.zh}{words.zh}", f"{words.en} of {where.en}")
    return said._replace(other=words)


_DIRECTED = ("growth", "total_growth", "change", "annual_change")
_OPERATORS: tuple[Operator, ...] = ("below", "above", "at_least", "at_most")


def _read_measure(
    kind: str, value: str, printed: str | None, indicator: Indicator, catalogue: Catalogue
) -> Measure:
    numeral = _meant(_read(value), printed)
    _check_times(kind, value, numeral)
    own = catalogue.units[indicator.unit]
    bare = _BARE_UNITS.get(kind) or (
        "个百分点" if own.base == "1" and kind in _DIFFERENCES else indicator.unit
    )
    unit = catalogue.units.get(numeral.unit or bare)
    if not numeral.unit and numeral.scale != 1:
        unit = catalogue.units.get(own.base)
    base = own.base if kind in _IN_OWN_UNIT else catalogue.units[_BARE_UNITS[kind]].base
    points = kind in _DIFFERENCES and own.base == "1"
    if (
        unit is None
        or unit.base != base
        or (base == "1" and numeral.unit and numeral.unit.endswith("百分点") != points)
    ):
        fitting = [
            name
            for name, each in catalogue.units.items()
            if each.base == base and (base != "1" or name.endswith("百分点") == points)
        ]
        message = text(
            '"{value}": {unit} does not convert to {own}; write one of {fitting}',
            value=value,
            unit=numeral.unit,
            own=bare,
            fitting=listing(*fitting),
        )
        raise _Misunderstood("unit-mismatch", message)
    factor = unit.factor / (own.factor if kind in _IN_OWN_UNIT and own.base != "1" else 1)
    whole = unit.whole and own.whole and kind != "annual_change"
    interval = numeral.interval(whole=whole).scaled(factor)
    least = {"growth": -1, "total_growth": -1, "multiple": 0}.get(kind)
    if least is not None and interval.high is not None and interval.high <= least:
        raise _Misunderstood(
            "invalid-numeral", text('"{value}": nothing shrinks by its whole or more', value=value)
        )
    return Measure(numeral, numeral.unit or bare, factor, whole, interval)


_DIFFERENCES = ("change", "annual_change")
_IN_OWN_UNIT = ("level", "change", "annual_change")
_BARE_UNITS = {"growth": "%", "total_growth": "%", "multiple": "倍", "rank": "位"}


def _check_times(kind: str, value: str, numeral: Numeral) -> None:
    """增长1倍 is growth and twice as much; 翻一番 is a multiple."""
    grown = value.strip().startswith(VERBS)
    if kind == "multiple" and grown:
        raise _Misunderstood(
            "invalid-numeral", text('"{value}" tells growth: write it under `total_growth`', value=value)
        )
    if kind in {"growth", "total_growth"} and numeral.exact and numeral.unit == "倍" and not grown:
        raise _Misunderstood(
            "invalid-numeral", text('"{value}" is a multiple: write it under `multiple`', value=value)
        )


def _read(value: str) -> Numeral:
    try:
        return read_numeral(value)
    except ValueError:
        message = text(
            '"{value}" is no printed number that is understood; forms that are: {forms}; or a direction: {directions}',
            value=shortened(value),
            forms=listing(*FORMS),
            directions=listing(*DIRECTIONS),
        )
        raise _Misunderstood("invalid-numeral", message) from None


def _meant(numeral: Numeral, printed: str | None) -> Numeral:
    """The numeral that the printed words mean, where they mean this number: 翻一番 is exactly 2."""
    if printed is None:
        return numeral
    try:
        words = read_numeral(printed)
    except ValueError:
        return numeral
    if not words.exact or words.value != numeral.value:
        return numeral
    return replace(numeral, bound=words.bound, exact=True)
