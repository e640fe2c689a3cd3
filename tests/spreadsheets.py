"""A spreadsheet's arithmetic, for reading workbooks back: enough for the formulas that plantrack writes."""

import math
import re
from typing import Any

from openpyxl.worksheet.worksheet import Worksheet

CELL = re.compile(r"\$?([A-Z]{1,2})\$?([0-9]+)")


def value_of(sheet: Worksheet, place: str, typed: dict[str, Any] | None = None) -> Any:
    """What a cell comes to, after numbers were typed into others."""
    typed = typed or {}
    if place in typed:
        return typed[place]
    value = sheet[place].value
    if sheet[place].data_type != "f":
        return value
    return computed(value.removeprefix("="), lambda other: value_of(sheet, other, typed))


def computed(formula: str, look_up: Any) -> Any:
    expression = re.sub(r"(?<![<>])=", "==", formula.replace("^", "**"))
    expression = CELL.sub(lambda match: f"cell('{match[1]}{match[2]}')", expression)
    functions = {
        "cell": look_up,
        "ROUND": lambda value, digits: math.copysign(
            math.floor(abs(value) * 10**digits + 0.5) / 10**digits, value
        ),
        "ROUNDUP": lambda value, _: math.ceil(value),
        "IF": lambda holds, one, other: one if holds else other,
        "AND": lambda *parts: all(parts),
    }
    return eval(expression, {"__builtins__": {}}, functions)  # noqa: S307 - formulas of our own


def formulas(sheet: Worksheet) -> list[str]:
    """The places of all formulas."""
    return [cell.coordinate for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]


def column_of(sheet: Worksheet, heading: object) -> str:
    """The letter of the column with that heading."""
    return next(cell.column_letter for cell in sheet[1] if cell.value == heading)


def row_of(sheet: Worksheet, name: str) -> int:
    """The number of the row that begins with that name."""
    return next(cell.row for cell in sheet["A"] if cell.value == name)
