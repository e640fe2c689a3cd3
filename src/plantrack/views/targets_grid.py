"""The worksheet of a plan's targets: base, target, what is printed of the way, what they imply."""

from __future__ import annotations

from typing import TYPE_CHECKING

from plantrack.language import Language, text
from plantrack.paths.path import printed_decimals
from plantrack.views.figures import kind_form, time_value
from plantrack.views.formulas import (
    EMPTY,
    FIRST_ROW,
    Cell,
    Grid,
    Whose,
    column_name,
    live,
    quantity_name,
    titles,
    value_form,
)
from plantrack.views.table import said_text, unit_of
from plantrack.views.targets import status_text

if TYPE_CHECKING:
    from collections.abc import Callable

    from plantrack.audit import Audit, Target
    from plantrack.plan.catalogue import Catalogue
    from plantrack.plan.figures import Figure
    from plantrack.plan.model import Indicator
    from plantrack.plan.plan import Plan

HEADINGS = (
    text("section"),
    text("indicator"),
    text("unit"),
    text("base year"),
    text("base, as printed"),
    text("base value"),
    text("target year"),
    text("target, as printed"),
    text("target value"),
    text("printed"),
    text("implied"),
    text("implied, lowest"),
    text("implied, highest"),
    text("verdict"),
    text("reason"),
)
BASE_YEAR, BASE, DUE, TARGET = (column_name(at) for at in (3, 5, 6, 8))
MEASURES: dict[str, tuple[str, Callable[[float, float, int], float]]] = {
    "growth": ("({target}/{base})^(1/({due}-{start}))-1", lambda base, target, years: float((target / base) ** (1 / years)) - 1),
    "total_growth": ("{target}/{base}-1", lambda base, target, _: target / base - 1),
    "multiple": ("{target}/{base}", lambda base, target, _: target / base),
    "change": ("{target}-{base}", lambda base, target, _: target - base),
    "annual_change": ("({target}-{base})/({due}-{start})", lambda base, target, years: (target - base) / years),
}  # fmt: skip
"""Measure -> what base and target imply, as a spreadsheet's formula and as ours."""


def targets_grid(audit: Audit, loaded: Plan, catalogue: Catalogue, language: Language) -> Grid:
    """A row for each target; base and target may be changed, and what they imply changes with them."""
    plan = loaded.model
    grid = Grid(text("Targets").say(language), titles(HEADINGS, language), frozen=2)
    for target in audit.targets:
        figure = target.figure
        if figure.plan != plan.plan:
            continue
        name = quantity_name(
            Whose(target.indicator, figure.place, figure.row.scope or ""), plan, catalogue, language
        )
        grid.rows.append(
            (
                Cell(plan.sections.get(figure.section, figure.section)),
                Cell(name),
                Cell(unit_of(target.indicator, catalogue, language)),
                Cell(time_value(target.start, plan, language)),
                _said(target.base, language),
                _level(target.base, target.indicator),
                Cell(time_value(target.due, plan, language)),
                _said(target.target, language),
                _level(target.target, target.indicator),
                _said(target.stated, language),
                *_implied(target, FIRST_ROW + len(grid.rows), language),
                Cell(status_text(target, audit, language)),
                Cell(target.why.say(language) if target.why is not None else None),
            )
        )
    grid.notes.append(
        text("blue numbers may be changed; the verdict and its limits are those of the printed numbers").say(
            language
        )
    )
    return grid


def _said(figure: Figure | None, language: Language) -> Cell:
    return EMPTY if figure is None else Cell(said_text(figure, language))


def _level(figure: Figure | None, indicator: Indicator) -> Cell:
    measure = figure.measure if figure is not None else None
    if measure is None:
        return EMPTY
    return Cell(float(measure.value), value_form(indicator, printed_decimals(measure)), is_input=True)


def _implied(target: Target, row: int, language: Language) -> tuple[Cell, ...]:
    implied = target.implied
    if implied is None or implied.nominal is None:
        return EMPTY, EMPTY, EMPTY
    in_points = target.measure in {"change", "annual_change"} and target.indicator.unit == "%"
    factor = 100 if in_points else 1
    form = kind_form(target.measure, target.indicator, 2, language)
    ends = (EMPTY if end is None else Cell(end * factor, form) for end in implied[1:])
    nominal = Cell(implied.nominal * factor, form)
    return (_formula(target, row, nominal, factor=factor), *ends)


def _formula(target: Target, row: int, nominal: Cell, *, factor: int) -> Cell:
    """What base and target imply as a formula, where both are numbers for whole years."""
    base, goal = (each.measure if each is not None else None for each in (target.base, target.target))
    if base is None or goal is None or not (target.start.isdigit() and target.due.isdigit()):
        return nominal
    formula, compute = MEASURES[target.measure]
    years = int(target.due) - int(target.start)
    if years == 0 or base.value <= 0 or goal.value < 0:
        return nominal
    value = compute(float(base.value), float(goal.value), years)
    places = {
        "base": f"{BASE}{row}",
        "target": f"{TARGET}{row}",
        "start": f"{BASE_YEAR}{row}",
        "due": f"{DUE}{row}",
    }
    written = formula.format(**places) if factor == 1 else f"({formula.format(**places)})*{factor}"
    assert isinstance(nominal.value, float)
    return live(written, value * factor, nominal.value, nominal.form)._replace(is_input=False)
