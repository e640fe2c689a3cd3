"""The worksheet of a plan's figures, a row each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from plantrack.language import Language, text
from plantrack.paths.path import printed_decimals
from plantrack.plan.figures import KIND_NAMES
from plantrack.views.formulas import (
    EMPTY,
    Cell,
    Grid,
    Whose,
    number_form,
    percent_form,
    points_form,
    quantity_name,
    titles,
    value_form,
)
from plantrack.views.plans import in_reading_order
from plantrack.views.table import said_text, unit_of

if TYPE_CHECKING:
    from fractions import Fraction

    from plantrack.plan.catalogue import Catalogue
    from plantrack.plan.figures import Figure
    from plantrack.plan.model import Indicator, PlanModel
    from plantrack.plan.plan import Plan

BOUNDS = {
    "ge": text("or more"),
    "gt": text("more than"),
    "le": text("or less"),
    "lt": text("less than"),
    "range": text("range"),
    "about": text("about"),
    "near": text("nearly"),
    "over": text("somewhat more than"),
}
HEADINGS = (
    text("group"),
    text("indicator"),
    text("unit"),
    text("kind"),
    text("from"),
    text("time"),
    text("as printed"),
    text("number"),
    text("lowest"),
    text("highest"),
    text("bound"),
    text("section"),
    text("line"),
    text("remarks"),
)


def figures_grid(loaded: Plan, catalogue: Catalogue, language: Language) -> Grid:
    """Every figure of a plan: its text, its number, what roundings leave, where it stands."""
    plan = loaded.model
    grid = Grid(text("Figures").say(language), titles(HEADINGS, language), frozen=2)
    for figure in in_reading_order(loaded.figures):
        indicator = plan.own.get(figure.indicator) or catalogue.indicators[figure.indicator]
        group = catalogue.groups.get(indicator.group or "")
        whose = Whose(indicator, figure.place, figure.row.scope or "")
        grid.rows.append(
            (
                Cell(group.name.say(language) if group is not None else None),
                Cell(quantity_name(whose, plan, catalogue, language)),
                Cell(unit_of(indicator, catalogue, language)),
                Cell(KIND_NAMES[figure.kind].say(language)),
                Cell(time_value(figure.start, plan, language)),
                Cell(time_value(figure.due, plan, language)),
                Cell(said_text(figure, language)),
                *_numbers(figure, indicator, language),
                Cell(plan.sections.get(figure.section, figure.section)),
                Cell(figure.position.line),
                Cell("; ".join(filter(None, (figure.row.printed, figure.row.note))) or None),
            )
        )
    return grid


def time_value(time: object, plan: PlanModel, language: Language) -> int | str | None:
    """A year as a number, so that it sorts and calculates; a moment by its name, other times as written."""
    if time is None:
        return None
    shown = str(time)
    if shown.isdigit():
        return int(shown)
    moment = plan.moments.get(shown)
    return moment.name.say(language) if moment is not None else shown


OF_FRACTIONS = 4
"""Decimals of 1/15."""


def _numbers(figure: Figure, indicator: Indicator, language: Language) -> tuple[Cell, ...]:
    """The number, the ends of what would be printed so, and the bound."""
    measure = figure.measure
    if measure is None:
        return EMPTY, EMPTY, EMPTY, EMPTY
    decimals = printed_decimals(measure) if measure.numeral.fraction_of is None else OF_FRACTIONS
    in_points = figure.kind in {"change", "annual_change"} and indicator.unit == "%"
    form, finer = (kind_form(figure.kind, indicator, count, language) for count in (decimals, decimals + 1))
    factor = 100 if in_points else 1

    def cell(value: Fraction | None, shape: str) -> Cell:
        return EMPTY if value is None else Cell(float(value * factor), shape)

    interval = measure.interval
    bound = BOUNDS.get(measure.numeral.bound or "")
    return (
        cell(measure.value, form),
        cell(interval.low, form if interval.is_point else finer),
        cell(interval.high, form if interval.is_point else finer),
        Cell(bound.say(language) if bound is not None else None),
    )


def kind_form(kind: str, indicator: Indicator, decimals: int, language: Language) -> str:
    """How numbers of a kind are shown: growth as per cent, changes of shares in points."""
    if kind in {"growth", "total_growth"}:
        return percent_form(decimals)
    if kind == "multiple":
        return number_form(decimals, text("times").say(language))
    if kind == "rank":
        return number_form(0)
    if kind != "level" and indicator.unit == "%":
        return points_form(decimals, language)
    return value_form(indicator, decimals)
