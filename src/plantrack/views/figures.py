"""The worksheet of a plan's figures, a row each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from plantrack.language import text
from plantrack.paths.path import printed_decimals
from plantrack.plan.figures import KIND_NAMES
from plantrack.views.implied import measure_form
from plantrack.views.names import Names
from plantrack.views.plans import in_reading_order
from plantrack.views.table import EMPTY, Cell, Table, said, words

if TYPE_CHECKING:
    from plantrack.plan.catalogue import Catalogue
    from plantrack.plan.figures import Figure
    from plantrack.plan.plan import Plan
    from plantrack.views.table import Value

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
TITLES = (
    *words("group", "indicator", "unit", "kind", "from", "time", "as printed", "number", "lowest"),
    *words("highest", "bound", "section", "line", "remarks"),
)


def figures_worksheet(loaded: Plan, catalogue: Catalogue) -> Table:
    """Every figure of a plan: its text, its number, what roundings leave, where it stands."""
    names, title = Names(loaded.model, catalogue), text("Figures")
    table = Table(title, TITLES, name=title, frozen=2)
    for figure in in_reading_order(loaded.figures):
        indicator, row = figure.measures, figure.row
        group = catalogue.groups.get(indicator.group or "")
        table.rows.append(
            (
                group.name if group is not None else EMPTY,
                names.quantity(indicator, figure.place, row.scope),
                names.unit(indicator),
                KIND_NAMES[figure.kind],
                names.time(figure.start),
                names.time(figure.due),
                said(figure),
                *_numbers(figure),
                names.section(figure.section),
                figure.position.line,
                "; ".join(filter(None, (row.printed, row.note))) or EMPTY,
            )
        )
    return table


OF_FRACTIONS = 4
"""Decimals of 1/15."""


def _numbers(figure: Figure) -> tuple[Value, ...]:
    """The number, the ends of what would be printed so, and the bound."""
    measure = figure.measure
    if measure is None:
        return EMPTY, EMPTY, EMPTY, EMPTY
    decimals = printed_decimals(measure) if measure.numeral.fraction_of is None else OF_FRACTIONS
    form = measure_form(figure.kind, figure.measures, decimals)
    interval = measure.interval
    finer = form if interval.is_point or figure.kind == "rank" else form._replace(decimals=decimals + 1)
    ends = (EMPTY if end is None else Cell(end, finer) for end in (interval.low, interval.high))
    return Cell(measure.value, form), *ends, BOUNDS.get(measure.numeral.bound or "")
