"""The columns of a table of targets: what each holds by its heading."""

from __future__ import annotations

import re
from itertools import zip_longest
from typing import TYPE_CHECKING, NamedTuple

from plantrack.draft import words
from plantrack.draft.names import read_name
from plantrack.draft.period import plan_years
from plantrack.language import text
from plantrack.numbers.words import PERCENT

if TYPE_CHECKING:
    from collections.abc import Sequence

    from plantrack.draft.period import Period
    from plantrack.language import Text

_YEAR = re.compile(rf"(?<![0-9])({words.YEAR})(?![0-9])")
_NUMBER = re.compile(
    r"[^0-9\n]{0,8}[\[(〔【]?\s*[-—]?[0-9][0-9,]*(?:\.[0-9]+)?\s*[\])〕】]?[^0-9,，。;；]{0,10}(?:[0-9.]+[^0-9,，。;；]{0,8})?"
)


class Cell(NamedTuple):
    """The text of a cell and where it stands."""

    text: str
    line: int
    start: int

    @property
    def is_number(self) -> bool:
        return _NUMBER.fullmatch(self.text) is not None

    @property
    def is_in_step(self) -> bool:
        """Whether it is an aim without a number: 与GDP增长基本同步."""
        return words.IN_STEP.fullmatch("".join(self.text.split())) is not None

    @property
    def is_value(self) -> bool:
        return self.is_number or self.text in words.NOTHING or words.BINDING.fullmatch(self.text) is not None


class Column(NamedTuple):
    """What a column holds; of values the year, of growth the step, where its heading names one.

    `over` tells what a number of a column of growth is told over: a year, the whole step, or "" where the heading
    leaves that open. Its numbers are falls where it `falls`: 累计下降.
    """

    kind: str
    year: int | None = None
    unit: str = ""
    step: str | None = None
    over: str = ""
    falls: bool = False


def classified(heading: str) -> Column:
    """What a heading says that its column holds."""
    squeezed = re.sub(r"[\s\"“”]", "", heading)
    year, unit = (
        _YEAR.search(squeezed),
        read_name(squeezed).unit or (PERCENT if squeezed.endswith(PERCENT) else ""),
    )
    if year and not words.GROWTH_COLUMN.search(squeezed):
        return Column("level", int(year[1]), unit)
    if plan := words.PLAN_COLUMN.search(squeezed):
        return Column("level", plan_years(plan[1])[1], unit)
    if words.BASE_COLUMN.search(squeezed):
        return Column("base", None, unit)
    if words.TARGET_COLUMN.search(squeezed):
        return Column("target", None, unit)
    kind = next((kind for kind, pattern in words.COLUMNS if re.search(pattern, squeezed)), "text")
    if kind != "growth":
        return Column(kind, None, unit)
    over = "year" if words.YEARLY.search(squeezed) else "whole" if words.OVER_WHOLE.search(squeezed) else ""
    return Column(
        kind, None, unit, _step_named(squeezed), over, words.FALLS_NAMED.search(squeezed) is not None
    )


def _step_named(heading: str) -> str | None:
    """The step that a heading of growth names: 十四五年均, 2021—2025年年均, 2025年比2020年."""
    if named := words.YEARS_NAMED.search(heading):
        return f"{int(named[1]) - 1}->{named[2]}"
    if compared := words.YEAR_THAN_YEAR.search(heading):
        return f"{compared[2]}->{compared[1]}"
    if named := words.PLAN_NAMED.search(heading):
        return "{}->{}".format(*plan_years(named[1]))
    return None


def columns_of(rows: list[list[Cell]], period: Period | None) -> tuple[list[Column], int]:
    """The columns, and how many rows the headings take: those before the first with a number that is no year."""
    is_data = (any(cell.is_number and not _YEAR.search(cell.text) for cell in row) for row in rows[1:])
    depth = next((at for at, found in enumerate(is_data, 1) if found), 0)
    while depth > 1 and sum(bool(cell.text) for cell in rows[depth - 1]) == 1:
        depth -= 1
    upright = zip_longest(*rows[:depth], fillvalue=Cell("", 0, 0))
    headings = ("".join(dict.fromkeys(cell.text for cell in column)) for column in upright)
    return [_dated(classified(each), period) for each in headings], depth


def is_heading(row: list[Cell]) -> bool:
    """Whether a row is of headings: one names indicators, another a value or growth, and none is a number."""
    kinds = {classified(cell.text).kind for cell in row if cell.text}
    has_numbers = any(cell.is_number and not _YEAR.search(cell.text) for cell in row)
    return "name" in kinds and bool(kinds & {"level", "base", "target", "growth"}) and not has_numbers


def _dated(column: Column, period: Period | None) -> Column:
    if column.kind in {"base", "target"} and period is not None:
        return column._replace(kind="level", year=getattr(period, column.kind))
    return column


def years_of(columns: Sequence[Column], period: Period | None) -> tuple[int | None, int | None]:
    """A table's base and target: the document's, where it has columns of both, else its first and last year."""
    years = sorted(each.year for each in columns if each.kind == "level" and each.year)
    if period is not None and (len(years) < 2 or {period.base, period.target} <= {*years}):  # noqa: PLR2004
        return period.base, period.target if period.target in years or not years else years[-1]
    return (years[0] if len(years) > 1 else None), (years[-1] if years else None)


def why_unread(column: Column, cell: Cell, *, named: bool) -> Text | None:
    """Why a cell became no statement; `None` where it did, or has nothing to say."""
    if not cell.text or cell.text in words.NOTHING:
        return None
    if column.kind == "text":
        return text("the heading of the column is not understood") if cell.is_number else None
    if not (cell.is_number or cell.is_in_step):
        return text("no number is understood in the cell")
    return None if named else text("the row has no name of an indicator")
