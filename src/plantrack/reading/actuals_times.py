"""The times of actuals: whole years, and months as the kind of their indicator takes them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple, Protocol

from plantrack.findings import Level
from plantrack.language import shortened, text
from plantrack.numbers.periods import YEAR_END
from plantrack.numbers.times import FIRST_YEAR, LAST_YEAR
from plantrack.numbers.words import MINUS, PERCENT, as_fall
from plantrack.reading.actuals_names import name_alone
from plantrack.reading.falls import fall_in
from plantrack.reading.heading_times import read_time

if TYPE_CHECKING:
    from collections.abc import Hashable, Mapping

    from plantrack.language import Text
    from plantrack.numbers.periods import Period
    from plantrack.plan.model import Indicator
    from plantrack.plan.tree import Spot
    from plantrack.reading.actuals_layout import Entry
    from plantrack.reading.actuals_names import NamedIndicator

_NO_LEVEL = text(
    '"{name}" tells a fall, and no level: give {indicator} itself, or its fall on the year before in %'
)
_SIGNED_FALL = text(
    '"{value}" under "{name}", which tells a fall: a fall has no sign here, and growth of {indicator} stands under a '
    "name of growth (增速)"
)
BARE = re.compile(r"[0-9]{1,30}(?:\.[0-9]{1,20})?")
"""A number as most are written, which needs no reading before its unit is known."""


class Reporter(Protocol):
    """Notes what is wrong; what several entries share is told once."""

    def report(
        self, name: str, spot: Spot, message: Text, *, shared: Hashable = None, level: Level | None = None
    ) -> None: ...
    def is_new(self, shared: Hashable) -> bool: ...


class Times(NamedTuple):
    """Reads the times of entries, `years` being those that the plan speaks of."""

    years: range
    indicators: Mapping[str, Indicator]
    reporter: Reporter

    def read(self, entry: Entry) -> Period | None:
        """The year of an entry, or months of one; `None` where what is wrong with it has been told."""
        written, time = entry.year, read_time(entry.year)
        if time is not None and time.year is None:
            message = text('"{found}" is of no year: write 2023年1—9月 or 2023Q3', found=shortened(written))
        elif time is None or not FIRST_YEAR <= (time.year or 0) <= LAST_YEAR:
            time = None
            message = text(
                '"{found}" is no time: write 2023, 2023年1—9月, 2023年9月末 or 2023Q3',
                found=shortened(written),
            )
        else:
            self._require_known(time.year, entry)
            return time
        if self.reporter.is_new(("no year", written)):
            self.reporter.report("invalid-time", entry.spots("year"), message, shared=("no year", written))
        return None

    def _require_known(self, year: int | None, entry: Entry) -> None:
        if year not in self.years and self.reporter.is_new(("year", year)):
            message = text(
                "{year} is outside the years of the plan, {first} to {last}: its values are held against nothing",
                year=year,
                first=self.years[0],
                last=self.years[-1],
            )
            self.reporter.report(
                "invalid-time", entry.spots("year"), message, shared=("year", year), level=Level.WARNING
            )

    def of_kind(self, time: Period, entry: Entry, named: NamedIndicator) -> Period | None:
        """The months that a value is of: a stock's are the end of the last, a flow's are told from the first on."""
        indicator = self.indicators[named.indicator]
        if time.is_whole:
            return time
        if named.kind == "growth":  # that of a stock is of its end on the end of the year before
            return time._replace(first=1) if indicator.kind == "stock" else time
        if indicator.kind == "stock":
            return time._replace(first=1 if time.last == YEAR_END else time.last)
        if indicator.kind == "flow" and time.is_end:
            message = text(
                '"{found}" of {name}, which is counted over a time: write 1—{month}月 for what it is since January, '
                "or {month}月 for that month alone",
                found=shortened(entry.year),
                name=indicator.name,
                month=time.last,
            )
            shared = ("end", entry.year, named.indicator)
            self.reporter.report(
                "invalid-time", entry.spots("value"), message, shared=shared, level=Level.WARNING
            )
            return None
        return time

    def without_fall(self, entry: Entry, named: NamedIndicator | None) -> tuple[Entry, NamedIndicator | None]:
        """A name that tells a fall is of no level: one in per cent is that on the year before, any other is told."""
        indicator = self.indicators[named.indicator] if named is not None else None
        is_level = named is not None and named.kind == "level"
        if named is None or not is_level or fall_in(name_alone(entry.name), indicator) is None:
            return entry, named
        number = entry.value.removesuffix(PERCENT)
        units = {named.unit, entry.unit, entry.value[len(number) :]}
        assert indicator is not None
        if PERCENT in units and BARE.fullmatch(number):
            message = text(
                '"{name}" is read as the fall of {indicator} on the year before',
                name=shortened(entry.name),
                indicator=indicator.name,
            )
            shared = ("fall", named.indicator)
            if self.reporter.is_new(shared):
                self.reporter.report(
                    "invalid-value", entry.spots("value"), message, shared=shared, level=Level.WARNING
                )
            entry = entry._replace(value=as_fall(number, PERCENT), unit="", grows=True)
            return entry, named._replace(kind="growth", unit="")
        is_signed = PERCENT in units and BARE.fullmatch(number.lstrip("".join(MINUS))) is not None
        said = _SIGNED_FALL if is_signed else _NO_LEVEL
        written = {
            "name": shortened(entry.name),
            "indicator": indicator.name,
            "value": shortened(entry.value),
        }
        message = text(said.template, **written)
        self.reporter.report(
            "invalid-value", entry.spots("value"), message, shared=("no fall", named.indicator)
        )
        return entry, None
