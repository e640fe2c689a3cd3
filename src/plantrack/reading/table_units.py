"""What a table says of its unit: `单位：千万元`, `（单位：亿元、%）`, `主要指标（万元）`."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from plantrack.language import shortened, text
from plantrack.numbers.words import POWERS, YUAN
from plantrack.plan.naming import key_of
from plantrack.reading.delimited import CACHED
from plantrack.reading.problems import problem

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from plantrack.language import Text
    from plantrack.reading.delimited import Cell, Row
    from plantrack.reading.problems import Problems

_WHO = "".join(f"(?<!{word})" for word in ("填报", "报送", "责任", "牵头", "编制", "主管", "制表", "各"))
"""Words before 单位 with which it means an office, not a unit."""
_UNIT_ROW = re.compile(rf"{_WHO}单位[:为]([^()]*)|\bunits?:([^()]*)")
_UNIT_ALONE = re.compile(r"(?:计量|金额|货币)?单位([^()]+)|.*\(([^()]+)\)")
_MONEY = re.compile(rf"[{''.join(POWERS)}]+[^0-9]{{0,3}}{YUAN}")
"""A title in brackets that is an amount of some money is a unit, known or not."""
_BETWEEN_UNITS = re.compile("[、,;]|和|及")


def speaks_of_unit(written: str) -> bool:
    """Whether a cell names a unit behind 单位; most cells are numbers, which are looked at no further."""
    return not (written.isascii() and ":" not in written) and _speaks(written)


def speak_of_unit(row: Sequence[str]) -> bool:
    """The same of the cells of a row; most rows have no character that it takes."""
    return _NEEDED.search("".join(row)) is not None and any(map(speaks_of_unit, row))


_NEEDED = re.compile("[单:：﹕︓⩴]")
"""One of these stands in 单位 and in `unit:`, in letters of any width."""


@lru_cache(maxsize=CACHED)
def _speaks(written: str) -> bool:
    return _UNIT_ROW.search(key_of(written)) is not None


class UnitRows:
    """What a table says of its unit, row by row.

    A statement holds for the rows below it that name no unit of their own; in a row with numbers it
    holds for these. One that is not understood is a problem, and no number below it is read.
    """

    def __init__(self, is_unit: Callable[[str], bool], problems: Problems) -> None:
        self.is_unit, self.problems = is_unit, problems
        self.units: tuple[str, ...] | None = ()
        self.last: Cell | None = None

    def read(self, row: Row, *, has_numbers: bool) -> tuple[str, ...] | None:
        """The units that hold for a row below the headings; `None` where what it says is not understood."""
        if has_numbers:
            self.last = None
            return self._of_row(row)
        self._read(row.cells, is_title=False)
        return self.units

    def _of_row(self, row: Row) -> tuple[str, ...] | None:
        for cell in row.cells:
            written = _written(cell, (), self.is_unit)
            if written is not None:
                return self._understood(cell, written)
        return self.units

    def read_title(self, cells: Iterable[Cell]) -> None:
        """Note what a row above the numbers says."""
        self._read(cells, is_title=True)

    def _read(self, cells: Iterable[Cell], *, is_title: bool) -> None:
        row = tuple(cells)
        for number, cell in enumerate(row):
            rest = [each.key for each in row[number + 1 :] if each.text]
            written = _written(cell, rest, self.is_unit)
            if written is None and is_title:
                written = _written_alone(cell, self.is_unit)
            if written is not None:
                self.units, self.last = self._understood(cell, written), cell
                return

    def _understood(self, cell: Cell, written: Sequence[str]) -> tuple[str, ...] | None:
        strange = [each for each in written if not self.is_unit(each)]
        if written and not strange:
            return tuple(written)
        self._report(
            cell,
            text(
                '"{found}" is not understood: "{unit}" is no unit known here; write 单位：亿元 or '
                "单位：亿元、%, or give each row its unit in a column 单位",
                found=shortened(cell.text),
                unit=shortened(strange[0] if strange else ""),
            ),
        )
        return None

    def finish(self) -> None:
        """Refuse a statement below all numbers: what it holds for is not sure."""
        if self.last is not None and self.units:
            self._report(
                self.last,
                text(
                    '"{found}" stands below the numbers: write it above them, or give each row its unit in a '
                    "column 单位",
                    found=shortened(self.last.text),
                ),
            )

    def _report(self, cell: Cell, message: Text) -> None:
        self.problems.add(problem("unit-mismatch", (cell.row, cell.column), message))


def _written(cell: Cell, rest: Sequence[str], is_unit: Callable[[str], bool]) -> list[str] | None:
    """The units that a cell names, with units in the cells behind it; `None` where it speaks of none."""
    match = _UNIT_ROW.search(cell.key)
    if match is None:
        return None
    said = [match[1] or match[2] or "".join(rest[:1]), *filter(is_unit, rest)]
    parts = _BETWEEN_UNITS.split("、".join(said))
    return list(dict.fromkeys(each.removeprefix("人民币") for each in parts if each))


def _written_alone(cell: Cell, is_unit: Callable[[str], bool]) -> list[str] | None:
    """The units of a title: `主要指标（万元）`, `单位 万元`."""
    alone = _UNIT_ALONE.fullmatch(cell.key)
    if alone is None:
        return None
    parts = _BETWEEN_UNITS.split(alone[1] or alone[2] or "")
    return parts if all(is_unit(each) or _MONEY.fullmatch(each) for each in parts) else None
