"""From the entries of an actuals file to actuals: names, places, years, values, each problem with its cell."""

from __future__ import annotations

import re
from functools import cache, partial
from typing import TYPE_CHECKING, NamedTuple

from plantrack.findings import Level, Position
from plantrack.language import listing, shortened, text
from plantrack.numbers.interval import NONNEGATIVE
from plantrack.numbers.numeral import read_numeral
from plantrack.plan.actuals import Actual, time_words
from plantrack.plan.catalogue import nearest
from plantrack.plan.measures import Measure, Misunderstood, Subject, comes_whole, read_value
from plantrack.plan.mistyped import misplaced_mark
from plantrack.plan.naming import key_of, places_by_name
from plantrack.reading.actuals_names import NO_NAME, NamedIndicator, Names
from plantrack.reading.actuals_times import BARE, Times
from plantrack.reading.actuals_units import ACTUALS_ROW, is_unit, joined, may_follow, unit_of_table
from plantrack.reading.headings import STATUS
from plantrack.reading.problems import TooMany, problem
from plantrack.reading.sheets import NO_VALUE

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable, Iterator, Mapping
    from fractions import Fraction

    from plantrack.language import Text
    from plantrack.numbers.numeral import Numeral
    from plantrack.plan.actuals import Kind
    from plantrack.plan.catalogue import Catalogue
    from plantrack.plan.model import Indicator, PlanModel
    from plantrack.plan.tree import Spot
    from plantrack.reading.actuals_layout import Entry
    from plantrack.reading.problems import Problems

    _Key = tuple[str, str, int, Kind, tuple[int, int] | None]
    """Indicator, place, year, what is given, and the months that it is of."""

_SIGNS = ("-", "--", "—", "——", "–", "…", "……", "...", "/", "\\", "n/a", "na", "nan", "null", "none", "#n/a")
_WORDS = ("无", "缺", "暂无", "未公布", "未统计", "不详")
MISSING = frozenset(map(key_of, (*_SIGNS, *_WORDS)))
"""What stands where no value was published: missing, never zero."""
LESS = ("…", "……")
"""What yearbooks print for less than half a unit; as three dots it is missing."""
MOST_BESIDE_LESS = 10
"""Units from which on another number of the same is too much for less than half a unit in between."""
_NO_UNIT = MISSING | {""}
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


class _Values:
    """Reads the values of entries, each in the unit that it has of its own or by its table."""

    def __init__(self, indicators: Mapping[str, Indicator], plans: Plans) -> None:
        self.indicators, self.plan, self.catalogue = indicators, plans.plan, plans.catalogue
        self.subject = cache(self._read_subject)

    def read(self, entry: Entry, named: NamedIndicator) -> Measure | None:
        """The value of an entry; `None` where what is wrong with it has been told, or it is no measure.

        Raises:
            Misunderstood: what cannot be read, or what the quantity cannot be.
        """
        subject = self.subject(named.indicator)
        beside = "" if key_of(entry.unit) in _NO_UNIT else entry.unit
        _require_one_unit(named.unit, beside)
        written = self._with_unit(entry, beside or named.unit, subject, named.kind)
        if written is None:
            return None
        (said,) = read_value(named.kind, written, ACTUALS_ROW, subject, self.catalogue)
        if not isinstance(said, Measure):
            return None
        if named.kind == "level":
            _check_possible(said, subject)
        return said

    def _with_unit(self, entry: Entry, own: str, subject: Subject, kind: Kind) -> str | None:
        """The value with the unit it is in; `None` where the table says it in a way that has been told.

        Growth is in no unit of the table, and in per cent where it has none of its own.
        """
        written = "0" if entry.value in LESS else _IN_CELL.sub("", entry.value)
        if own and BARE.fullmatch(written) and may_follow(own):
            return written + own
        numeral = _number(written)
        if numeral.unit:
            return written
        if not (own or entry.grows) and kind == "level":
            if entry.units is None:
                return None
            own = unit_of_table(entry, subject, self.catalogue)
        return joined(numeral, own) if own else written

    def _read_subject(self, name: str) -> Subject:
        indicator = self.indicators[name]
        return Subject(indicator, comes_whole(name, indicator, self.plan, self.catalogue))


class Reader:
    """Turns entries into actuals, collecting what is wrong."""

    def __init__(self, file: str, plans: Plans, problems: Problems) -> None:
        self.file, self.plans, self.problems = file, plans, problems
        self.plan, self.catalogue = plans.plan, plans.catalogue
        self.places = places_by_name(self.catalogue.places, first=self.plan.place.id)
        self.names = Names(plans.indicators, self.plan.figures, self.places)
        self.indicators = self.names.indicators
        self.is_unit = cache(partial(is_unit, catalogue=self.catalogue))
        self.values = _Values(self.indicators, plans)
        self.found: dict[_Key, Actual] = {}
        self.written: dict[_Key, str] = {}
        self.times = Times(plans.years, self.indicators, self)
        self.sheet = ""

    def begin(self, sheet: str, problems: Problems) -> None:
        """Read on in another part of the file, whose problems are noted apart."""
        self.sheet, self.problems = sheet, problems

    def is_new(self, shared: Hashable) -> bool:
        return self.problems.is_new(shared)

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
        entry, named = self.times.without_fall(entry, self._named(entry))
        place, time = self._place(entry, named), self.times.read(entry)
        if named is None or place is None or time is None or time.year is None:
            return
        period = self.times.of_kind(time, entry, named)
        if period is None:
            return
        months = None if period.is_whole else (period.first, period.last)
        key = (named.indicator, place, time.year, named.kind, months)
        first, is_end = self.found.get(key), self.indicators[named.indicator].kind == "stock"
        if first is None:
            self._read_value(entry, named, key)
        elif is_end and self.written[key] != entry.year and self._repeats(entry, named, first):
            return  # in its columns of the month and since January
        elif self.problems.lists("duplicate-key"):
            message = text(
                "{name} {time} is given twice (first at {first}): keep one",
                name=self.indicators[first.indicator].name,
                time=time_words(first.year, months, is_end=is_end),
                first=first.position.spot,
            )
            self.report("duplicate-key", entry.spots("value"), message)
        else:
            self.problems.count("duplicate-key", entry.spots("value"))

    def _repeats(self, entry: Entry, named: NamedIndicator, first: Actual) -> bool:
        """Whether a row gives the same value once more."""
        if entry.spots("value")[0] != first.position.line:
            return False
        try:
            measure = self.values.read(entry, named)
        except Misunderstood:
            return False
        return measure is not None and measure.value == first.measure.value

    def _read_value(self, entry: Entry, named: NamedIndicator, key: _Key) -> None:
        measure = self._measure(entry, named)
        if measure is None:
            return
        spot, self.written[key] = entry.spots("value"), entry.year
        indicator, place, year, kind, months = key
        at = Position(self.file, *spot, self.sheet)
        self.found[key] = Actual(indicator, place, year, measure, at, kind, _note_of(entry), months)
        if len(self.found) > MAX_VALUES:
            self.report("too-large", spot, text("more than {most} values", most=MAX_VALUES))
            raise TooMany

    def report(
        self, name: str, spot: Spot, message: Text, *, shared: Hashable = None, level: Level | None = None
    ) -> None:
        found = problem(name, spot, message)
        self.problems.add(found._replace(level=level), shared)

    def take_out_odd_zeros(self) -> Iterator[Actual]:
        """Signs for less than half a unit beside numbers of ten units and more: no values, out of `found`."""
        if not any(map(_is_less, self.found.values())):
            return
        others: dict[tuple[str, str, Kind], Fraction] = {}
        for (indicator, place, _, kind, _), each in self.found.items():
            if not _is_less(each):
                size, quantity = abs(each.measure.value), (indicator, place, kind)
                others[quantity] = min(size, others.get(quantity, size))
        for key, each in [*self.found.items()]:
            (indicator, place, _, kind, _), numeral = key, each.measure.numeral
            unit = numeral.step * numeral.scale * each.measure.factor
            if _is_less(each) and others.get((indicator, place, kind), 0) >= MOST_BESIDE_LESS * unit:
                yield self.found.pop(key)

    # -- names and places --

    def _named(self, entry: Entry) -> NamedIndicator | None:
        named = self.names.read_growth(entry.name) if entry.grows else self.names.read(entry.name)
        if named is None:
            shared = ("name", key_of(entry.name))
            if self.problems.is_new(shared):
                is_listed = self.problems.lists("unknown-indicator")
                message = self.names.unknown(entry.name) if is_listed else NO_NAME
                self.report("unknown-indicator", entry.spots("name"), message, shared=shared)
        elif named.unit and not self.is_unit(named.unit):
            shared = ("name", key_of(entry.name))
            if self.problems.is_new(shared):
                meant = self.indicators[named.indicator].name
                message = text(_ODD_BRACKETS.template, name=shortened(entry.name), indicator=meant)
                self.report("unit-mismatch", entry.spots("name"), message, shared=shared)
            return None
        return named

    def _place(self, entry: Entry, named: NamedIndicator | None) -> str | None:
        inside = named.place if named is not None else key_of(entry.name).partition("@")[2]
        written = inside or key_of(entry.place)
        if not written:
            return self.plan.place.id
        place = self.places.get(written)
        if place is None and self.problems.is_new(("place", written)):
            is_listed = self.problems.lists("unknown-place")
            alike = nearest(written, self.places) if is_listed else ()  # which takes long
            message = text(
                'the place "{place}" is not known; the nearest are {known}',
                place=shortened(written),
                known=listing(*(alike or _SOME_PLACES)),
            )
            spot = entry.spots("place" if entry.place else "name")
            self.report("unknown-place", spot, message, shared=("place", written))
        return place

    # -- values --

    def _measure(self, entry: Entry, named: NamedIndicator) -> Measure | None:
        try:
            return self.values.read(entry, named)
        except Misunderstood as error:
            self.report(error.name, entry.spots("value"), error.message)
            return None


_IN_CELL = re.compile(rf"[(（]({STATUS})[)）]$")
_ODD_BRACKETS = text(
    '"{name}": what stands in brackets is no unit known here; write {indicator} alone where that is '
    "meant, declare the unit under `units:`, or another indicator under `own:`"
)
_SOME_PLACES = ("全国", "广东省", "肇庆市", "…")


def is_missing(written: str) -> bool:
    """Whether nothing is published: an empty cell or a sign for none. Digits are looked at no further."""
    return not written or (
        not "0" <= written[0] <= "9" and key_of(written) in MISSING and written not in LESS
    )


def _is_less(actual: Actual) -> bool:
    return actual.note != "" and not set(LESS).isdisjoint(actual.note.split("、"))


def _note_of(entry: Entry) -> str:
    """What is said of how far a value is settled, in its heading or beside it."""
    beside = _IN_CELL.search(entry.value)
    less = entry.value if entry.value in LESS else ""
    return "、".join(filter(None, (entry.note, beside[1] if beside else "", less)))


_SCIENTIFIC = re.compile(r"[-+]?[0-9.]+[eE][-+]?[0-9]+")


def _number(written: str) -> Numeral:
    if written == NO_VALUE:
        message = text("a formula whose value is not in the file: open it in a spreadsheet and save it again")
        raise Misunderstood("invalid-numeral", message)
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


def _require_one_unit(one: str, other: str) -> None:
    if one and other and key_of(one) != key_of(other):
        message = text(
            "the name says {one} and its row or column {other}: keep the unit that is right",
            one=one,
            other=other,
        )
        raise Misunderstood("unit-mismatch", message)


def _check_possible(measure: Measure, subject: Subject) -> None:
    """Refuse what the quantity cannot be.

    Raises:
        Misunderstood: below zero where that cannot be, and with decimals where things are counted.
    """
    indicator, numeral = subject.indicator, measure.numeral
    written = shortened(numeral.text)
    may_be_negative = indicator.domain != "any" and (numeral.verb < 0 or numeral.values[0].numerator < 0)
    if may_be_negative and measure.interval.intersection(NONNEGATIVE) is None:
        message = text('"{value}" is below zero, which {name} cannot be', value=written, name=indicator.name)
        raise Misunderstood("invalid-value", message)
    most = indicator.most
    if most is not None and (least := measure.interval.low) is not None and least > most:
        message = text(
            '"{value}" is above {most}, the most that {name} can be: is the unit right?',
            value=written,
            most=indicator.limit,
            name=indicator.name,
        )
        raise Misunderstood("invalid-value", message)
    sizes = (each * numeral.scale * measure.factor for each in numeral.values)
    if measure.counts and subject.comes_whole and any(each.denominator != 1 for each in sizes):
        message = text(
            '"{value}": {name} is a whole number of {unit}; is the value rounded, or in another unit?',
            value=written,
            name=indicator.name,
            unit=indicator.unit,
        )
        raise Misunderstood("invalid-value", message)
