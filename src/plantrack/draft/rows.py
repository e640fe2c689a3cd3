"""A row of a table of targets: what each of its cells tells, by its column, its unit and its name."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from plantrack.draft import words
from plantrack.draft.kinds import CHANGES
from plantrack.draft.period import YEARS_OF_A_PLAN
from plantrack.draft.statements import COMPARISON, Statement
from plantrack.language import text
from plantrack.numbers.numeral import read_numeral
from plantrack.numbers.words import PERCENT, PERMILLE, POINTS, RANK

if TYPE_CHECKING:
    from collections.abc import Sequence

    from plantrack.draft.columns import Cell, Column
    from plantrack.language import Text

SHARES = (PERCENT, PERMILLE)


class Row(NamedTuple):
    """What the cells of a row have in common: `levels` are its values with their years."""

    name: str
    own_unit: str
    unit_above: str
    base: int | None
    target: int | None
    start: int
    levels: Sequence[tuple[int | None, str]]
    binding: bool | None
    is_repeated: bool = False

    @property
    def unit(self) -> str:
        """The unit of the row, else of the table."""
        return self.own_unit or self.unit_above

    def statement(self, cell: Cell, column: Column) -> Statement:
        """What a cell of a column tells."""
        read = self._level if column.kind == "level" else self._growth
        in_step = (COMPARISON, self._step, "") if cell.is_in_step else None
        kind, time, unit = in_step or read(cell.text, column)
        return Statement(
            line=cell.line,
            start=cell.start,
            end=cell.start + len(cell.text),
            row=self.start,
            name=self.name,
            kind=kind,
            time=time,
            printed=cell.text,
            unit=unit,
            in_table=True,
            binding=self.binding,
            doubt=self._doubt(kind, time, cell, column),
            meant=self._meant(kind, cell.text, column),
        )

    def _meant(self, kind: str, printed: str, column: Column) -> str:
        """The numeral with the fall that its heading tells, where neither it nor the name does."""
        is_fall = column.falls and kind in CHANGES and not (self._is_change or words.HAS_SIGN.match(printed))
        return f"{words.FALLS[0]}{printed}" if is_fall else ""

    def _doubt(self, kind: str, time: str | None, cell: Cell, column: Column) -> Text | None:
        if time is None:
            return text("the years are not told")
        if self.is_repeated:
            return text("several rows of the table have this name")
        if column.kind == "level" and [year for year, _ in self.levels].count(column.year) > 1:
            return text("several columns tell {year}: is the same measured?", year=column.year)
        if kind == "growth" and not column.over:
            return text("the heading does not tell whether growth is a year's or that of the whole period")
        is_bracketed = words.IN_BRACKETS.search(cell.text) is not None
        if kind == "change" and column.over == "year" and not is_bracketed and self._is_of_whole(cell.text):
            return text("the heading tells growth a year, the number fits the whole period")
        if self._is_open(kind, cell.text, column):
            unit = POINTS[0] if self.unit in SHARES else self.unit
            asked = text("is the number in {unit}, or in per cent?", unit=unit)
            return asked if unit else text("is the number in per cent?")
        return None

    def _is_open(self, kind: str, printed: str, column: Column) -> bool:
        """Whether a bare number may be in per cent or in another unit: growth of a share, brackets below a %."""
        if column.kind != "growth" or self._is_change or words.PERCENT_PRINTED.search(printed):
            return False
        if words.IN_BRACKETS.search(printed):
            is_other = self._is_below_percent(column) or (column.falls and self.unit not in SHARES)
            return kind == "change" and is_other and not self._fit(printed).is_sum
        return kind == "growth" and self.unit in SHARES and not words.MEASURED.search(printed)

    def _is_below_percent(self, column: Column) -> bool:
        """Whether a column of per cent tells something of amounts."""
        return column.unit == PERCENT and self.unit not in SHARES and len(self.levels) > 1

    def _fit(self, printed: str) -> Fit:
        levels, years = dict(self.levels), (self.target or 0) - (self.base or 0)
        return fit_of(levels.get(self.base, ""), printed, levels.get(self.target, ""), years)

    def _is_of_whole(self, printed: str) -> bool:
        """Whether a change below a heading of yearly growth is that between the levels, and no year's."""
        fit = self._fit(printed)
        return fit.is_sum and not fit.is_yearly

    @property
    def _is_change(self) -> bool:
        """Whether the name tells a change in per cent: 单位国内生产总值能源消耗降低（%）, 地区生产总值增速."""
        named = words.CHANGE_NAMED if self.unit in SHARES else words.RATE_NAMED
        return self.unit in {*SHARES, ""} and named.search(self.name) is not None

    def _is_yearly(self, printed: str) -> bool:
        """Whether such a change is that of one year: one that rises, and no brackets say the whole."""
        return words.RISE_NAMED.search(self.name) is not None and not words.IN_BRACKETS.search(printed)

    def _is_rank(self, printed: str) -> bool:
        return words.RANK_NAMED.search(self.name) is not None or words.RANK_PRINTED.match(printed) is not None

    @property
    def _step(self) -> str | None:
        return f"{self.base}->{self.target}" if self.base and self.target else None

    def _level(self, printed: str, column: Column) -> tuple[str, str | None, str]:
        unit, year = self.own_unit or column.unit or self.unit_above, column.year
        if said := words.YEAR_IN_BRACKETS.search(printed):
            year = int(said[1])
        if self._is_rank(printed):
            return "rank", str(year), ""
        if self._is_change and year:
            is_yearly = self._is_yearly(printed)
            base = year - 1 if is_yearly else year - YEARS_OF_A_PLAN
            return ("growth" if is_yearly else "total_growth"), f"{base}->{year}", self.unit
        if year and words.IN_BRACKETS.search(printed):
            return "level", f"{year - YEARS_OF_A_PLAN + 1}/{year}", unit
        return "level", str(year), unit

    def _growth(self, printed: str, column: Column) -> tuple[str, str | None, str]:
        step = column.step or self._step
        if words.RANK_NAMED.search(self.name):
            return "change", step, RANK
        if self._is_change:
            is_yearly = column.over == "year" and self._is_yearly(printed)
            return ("growth" if is_yearly else "total_growth"), step, self.unit
        if words.IN_BRACKETS.search(printed):
            return self._over_the_period(printed, column)
        measured = words.MEASURED.search(printed)
        if measured and not words.ONLY_BOUNDS.fullmatch(measured[1]):
            is_whole = column.over == "whole" or self._is_of_whole(printed)
            return ("change" if is_whole else "annual_change"), step, measured[1]
        return ("total_growth" if column.over == "whole" else "growth"), step, column.unit or PERCENT

    def _over_the_period(self, printed: str, column: Column) -> tuple[str, str | None, str]:
        """What brackets mean: a flow's total; growth, where the cell or the levels tell per cent; else a change."""
        is_flow = words.FLOW.search(self.name) is not None and not column.falls
        if is_flow and len(self.levels) < 2 and self.unit not in SHARES:  # noqa: PLR2004
            step = f"{self.base + 1}/{self.target}" if self.base and self.target else None
            return "level", step, self.unit
        is_growth = self._is_below_percent(column) and self._fit(printed).is_growth
        if self.unit not in SHARES and (is_growth or words.PERCENT_PRINTED.search(printed)):
            return "total_growth", self._step, PERCENT
        return "change", self._step, POINTS[0] if self.unit == PERCENT else self.unit


class Fit(NamedTuple):
    """Whether the step between two levels is a number, so much a year, or growth by it in per cent and no sum."""

    is_sum: bool = False
    is_yearly: bool = False
    is_growth: bool = False


def fit_of(base: str, step: str, target: str, years: int) -> Fit:
    """How a number fits between two levels, as far as their last digits go; neither where one is none or a bound."""
    try:
        start, number, end = map(read_numeral, (base, step, target))
    except ValueError:
        return Fit()
    if start.bound or number.bound or end.bound:
        return Fit()
    ends, between = start.step + end.step, end.value - start.value
    is_sum = abs(number.value - between) <= ends + number.step
    is_yearly = abs(years * number.value - between) <= ends + years * number.step
    grown = start.value * (1 + number.value / 100)
    is_growth = abs(grown - end.value) <= ends + abs(start.value) * number.step / 100
    return Fit(is_sum, is_yearly, is_growth and not is_sum)
