"""From the entries of an actuals file to actuals: names, places, years, values, each problem with its cell."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from plantrack.findings import Level, Position
from plantrack.language import listing, shortened, text
from plantrack.numbers.interval import NONNEGATIVE
from plantrack.numbers.numeral import read_numeral
from plantrack.numbers.times import FIRST_YEAR, LAST_YEAR
from plantrack.plan.actuals import Actual
from plantrack.plan.catalogue import nearest
from plantrack.plan.measures import Measure, Misunderstood, Subject, comes_whole, misplaced_mark, read_value
from plantrack.plan.naming import by_name, key_of, places_by_name
from plantrack.reading.actuals_layout import read_year
from plantrack.reading.actuals_units import ACTUALS_ROW, joined, may_follow, unit_of_table
from plantrack.reading.problems import TooMany, problem

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable

    from plantrack.language import Text
    from plantrack.numbers.numeral import Numeral
    from plantrack.plan.actuals import Kind
    from plantrack.plan.catalogue import Catalogue
    from plantrack.plan.model import Indicator, PlanModel
    from plantrack.plan.tree import Spot
    from plantrack.reading.actuals_layout import Entry
    from plantrack.reading.problems import Problems

    _Key = tuple[str, str, int, Kind]
    """Indicator, place, year and what is given."""

_SIGNS = ("-", "--", "—", "——", "–", "…", "……", "...", "/", "\\", "n/a", "na", "nan", "null", "none", "#n/a")
_WORDS = ("无", "缺", "暂无", "未公布", "未统计", "不详")
MISSING = frozenset(map(key_of, (*_SIGNS, *_WORDS)))
"""What stands where no value was published: missing, never zero."""
_NO_UNIT = MISSING | {""}
MAX_GUESSES = 3
MAX_VALUES = 100_000
"""Ten times what all indicators of the catalogue have in all its places over a plan's years."""


class Plans(NamedTuple):
    """What actuals are for: a plan, the years it speaks of, and what plans share."""

    plan: PlanModel
    years: range
    catalogue: Catalogue

    @property
    def indicators(self) -> dict[str, Indicator]:
        return {**self.catalogue.indicators, **self.plan.own}


class _Named(NamedTuple):
    """An indicator, the unit in brackets behind its name, the place behind an @; of what kind its values are."""

    indicator: str
    unit: str
    place: str
    kind: Kind = "level"


class _Names:
    """The names that indicators go by: which one is meant, and which may be where none is; the plan's own win."""

    def __init__(self, plans: Plans) -> None:
        self.indicators, self.own = plans.indicators, plans.plan.figures
        self.known = by_name(self.indicators)
        self.read = cache(self._read)

    def _read(self, written: str) -> _Named | None:
        """The indicator that is named, with what stands behind its name."""
        name, _, place = key_of(written).partition("@")
        if name in self.known:
            return _Named(self.known[name], "", place)
        inside = _INSIDE.search(name)
        bare, unit = (name, "") if inside is None else (name[: inside.start()], inside[1])
        if bare in self.known:
            return _Named(self.known[bare], unit, place)
        if (grown := _GROWN.fullmatch(bare)) is not None and grown[1] in self.known:
            return _Named(self.known[grown[1]], unit, place, "growth")
        return None

    def unknown(self, written: str) -> Text:
        if not written:
            return _NO_NAME
        guesses = [self._said(each) for each in self._guesses(key_of(written).partition("@")[0])]
        if guesses:
            return text(
                'no indicator "{name}"; did you mean {guesses}?',
                name=shortened(written),
                guesses=listing(*guesses),
            )
        return text(
            'no indicator "{name}" in the plan or the catalogue; `plantrack show` lists ids and names',
            name=shortened(written),
        )

    def _guesses(self, written: str) -> list[str]:
        """Indicators whose name looks like what is written or contains it, the plan's own first."""
        alike = [self.known[each] for each in nearest(written, self.known)]
        longer = [found for name, found in self.known.items() if written in name]
        found = dict.fromkeys([*alike, *longer])
        return sorted(found, key=lambda each: each not in self.own)[:MAX_GUESSES]

    def _said(self, indicator: str) -> str:
        return f"{self.indicators[indicator].zh} ({indicator})"


class Reader:
    """Turns entries into actuals, collecting what is wrong."""

    def __init__(self, file: str, plans: Plans, problems: Problems) -> None:
        self.file, self.plans, self.problems = file, plans, problems
        self.plan, self.catalogue = plans.plan, plans.catalogue
        self.names = _Names(plans)
        self.indicators = self.names.indicators
        self.places = places_by_name(self.catalogue.places, first=self.plan.place.id)
        self.subject = cache(self._read_subject)
        self.found: dict[_Key, Actual] = {}

    def is_indicator(self, written: str) -> bool:
        return self.names.read(written) is not None

    def read(self, entries: Iterable[Entry]) -> None:
        """Note what each entry gives in `found`, or what is wrong with it in `problems`.

        Raises:
            TooMany: where reading on would tell nothing more.
        """
        for entry in entries:
            if not is_missing(entry.value):
                self._read_entry(entry)

    def _read_entry(self, entry: Entry) -> None:
        named = self._named(entry)
        place, year = self._place(entry, named), self._year(entry)
        if named is None or place is None or year is None:
            return
        if entry.is_growth:
            named = named._replace(kind="growth")
        key = (named.indicator, place, year, named.kind)
        first = self.found.get(key)
        if first is None:
            self._read_value(entry, named, key)
        elif self.problems.lists("duplicate-key"):
            self._report("duplicate-key", entry.spots("value"), self._given_twice(first))
        else:
            self.problems.count("duplicate-key", entry.spots("value"))

    def _read_value(self, entry: Entry, named: _Named, key: _Key) -> None:
        measure = self._measure(entry, named)
        if measure is None:
            return
        spot = entry.spots("value")
        indicator, place, year, kind = key
        self.found[key] = Actual(indicator, place, year, measure, Position(self.file, *spot), kind)
        if len(self.found) > MAX_VALUES:
            self._report("too-large", spot, text("more than {most} values", most=MAX_VALUES))
            raise TooMany

    def _given_twice(self, first: Actual) -> Text:
        return text(
            "{name} {year} is given twice (first at {first}): keep one",
            name=self.indicators[first.indicator].name,
            year=first.year,
            first=f"{first.position.line}:{first.position.column}",
        )

    def _report(
        self, name: str, spot: Spot, message: Text, *, shared: Hashable = None, level: Level | None = None
    ) -> None:
        found = problem(name, spot, message)
        self.problems.add(found._replace(level=level), shared)

    # -- names and places --

    def _named(self, entry: Entry) -> _Named | None:
        named = self.names.read(entry.name)
        if named is None:
            shared = ("name", key_of(entry.name))
            if self.problems.is_new(shared):
                is_listed = self.problems.lists("unknown-indicator")
                message = self.names.unknown(entry.name) if is_listed else _NO_NAME
                self._report("unknown-indicator", entry.spots("name"), message, shared=shared)
        return named

    def _place(self, entry: Entry, named: _Named | None) -> str | None:
        inside = named.place if named is not None else key_of(entry.name).partition("@")[2]
        written = inside or key_of(entry.place)
        if not written:
            return self.plan.place.id
        place = self.places.get(written)
        if place is None and self.problems.is_new(("place", written)):
            message = text(
                'the place "{place}" is not known; the nearest are {known}',
                place=shortened(written),
                known=listing(*(nearest(written, self.places) or _SOME_PLACES)),
            )
            spot = entry.spots("place" if entry.place else "name")
            self._report("unknown-place", spot, message, shared=("place", written))
        return place

    # -- years --

    def _year(self, entry: Entry) -> int | None:
        written = entry.year
        year = _year_of(written)
        if year is None:
            if self.problems.is_new(("no year", written)):
                message = text('"{found}" is no year: write 2023 or 2023年', found=shortened(written))
                self._report("invalid-time", entry.spots("year"), message, shared=("no year", written))
        elif year not in self.plans.years and self.problems.is_new(("year", year)):
            message = text(
                "{year} is outside the years of the plan, {first} to {last}: its values are held against nothing",
                year=year,
                first=self.plans.years[0],
                last=self.plans.years[-1],
            )
            self._report(
                "invalid-time", entry.spots("year"), message, shared=("year", year), level=Level.WARNING
            )
        return year

    # -- values --

    def _measure(self, entry: Entry, named: _Named) -> Measure | None:
        subject = self.subject(named.indicator)
        own = named.unit if key_of(entry.unit) in _NO_UNIT else entry.unit
        if named.kind == "growth":
            return self._growth(entry, own, subject)
        try:
            written = self._with_unit(entry, own, subject)
            if written is None:
                return None
            (said,) = read_value("level", written, ACTUALS_ROW, subject, self.catalogue)
            if isinstance(said, Measure):
                _check_possible(said, subject)
        except Misunderstood as error:
            self._report(error.name, entry.spots("value"), error.message)
            return None
        return said if isinstance(said, Measure) else None

    def _growth(self, entry: Entry, unit: str, subject: Subject) -> Measure | None:
        """A published growth rate; a bare number is in per cent."""
        try:
            numeral = _number(entry.value)
            written = entry.value if numeral.unit or not unit else joined(numeral, unit)
            (said,) = read_value("growth", written, ACTUALS_ROW, subject, self.catalogue)
        except Misunderstood as error:
            self._report(error.name, entry.spots("value"), error.message)
            return None
        return said if isinstance(said, Measure) else None

    def _with_unit(self, entry: Entry, own: str, subject: Subject) -> str | None:
        """The value with the unit it is in; `None` where the table says it in a way that has been told."""
        written = entry.value
        if own and _BARE.fullmatch(written) and may_follow(own):
            return written + own
        numeral = _number(written)
        if numeral.unit:
            return written
        if not own and entry.units is None:
            return None
        unit = own or unit_of_table(entry, subject, self.catalogue)
        return joined(numeral, unit) if unit else written

    def _read_subject(self, name: str) -> Subject:
        indicator = self.indicators[name]
        return Subject(indicator, comes_whole(name, indicator, self.plan, self.catalogue))


_BARE = re.compile(r"[0-9]{1,30}(?:\.[0-9]{1,20})?")
"""A number as most are written, which needs no reading before its unit is known."""
_GROWN = re.compile(r"(.+?)(?:同比|比上年)?(?:增速|增长率|增长|growth)")
"""The name of an indicator whose growth is given."""
_INSIDE = re.compile(r"\(([^()]*)\)$")
_NO_NAME = text(
    "no indicator is named here; a name that stands for several rows (merged cells) must be repeated in each"
)


_SOME_PLACES = ("全国", "广东省", "肇庆市", "…")


@cache
def _year_of(written: str) -> int | None:
    year = read_year(written)
    return int(year) if year is not None and FIRST_YEAR <= int(year) <= LAST_YEAR else None


def is_missing(written: str) -> bool:
    """Whether nothing is published: an empty cell or a sign for none. Digits are looked at no further."""
    return not written or (not "0" <= written[0] <= "9" and key_of(written) in MISSING)


_SCIENTIFIC = re.compile(r"[-+]?[0-9.]+[eE][-+]?[0-9]+")


def _number(written: str) -> Numeral:
    if _SCIENTIFIC.fullmatch(written):
        message = text(
            '"{value}" was written by a spreadsheet and has lost digits: format the cell as a number and save again',
            value=shortened(written),
        )
        raise Misunderstood("invalid-numeral", message)
    try:
        return read_numeral(written)
    except ValueError:
        message = misplaced_mark(written) or text(
            '"{value}" is no number: write it as 98.7, 1,234.5 or 0.94%, and leave the cell empty where there is none',
            value=shortened(written),
        )
        raise Misunderstood("invalid-numeral", message) from None


def _check_possible(measure: Measure, subject: Subject) -> None:
    """Refuse what the quantity cannot be.

    Raises:
        Misunderstood: below zero where that cannot be, and with decimals where things are counted.
    """
    indicator, written = subject.indicator, shortened(measure.numeral.text)
    if (
        indicator.domain != "any"
        and _may_be_negative(measure)
        and measure.interval.intersection(NONNEGATIVE) is None
    ):
        message = text('"{value}" is below zero, which {name} cannot be', value=written, name=indicator.name)
        raise Misunderstood("invalid-value", message)
    if measure.counts and subject.comes_whole and not _counts_whole(measure):
        message = text(
            '"{value}": {name} is a whole number of {unit}; is the value rounded, or in another unit?',
            value=written,
            name=indicator.name,
            unit=indicator.unit,
        )
        raise Misunderstood("invalid-value", message)


def _may_be_negative(measure: Measure) -> bool:
    """Whether it is worth computing what the value lies between."""
    return measure.numeral.verb < 0 or measure.numeral.values[0].numerator < 0


def _counts_whole(measure: Measure) -> bool:
    numeral = measure.numeral
    return all((each * numeral.scale * measure.factor).denominator == 1 for each in numeral.values)
