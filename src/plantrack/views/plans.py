"""`list` and `show -i`: the plans known here, and figures as printed; figures as a worksheet."""

from __future__ import annotations

from typing import TYPE_CHECKING

from plantrack.language import labelled, listing, text
from plantrack.plan.figures import KIND_NAMES
from plantrack.plan.measures import printed_decimals
from plantrack.plan.model import FIGURE_KINDS
from plantrack.views.names import Names
from plantrack.views.table import DASH, EMPTY, Cell, Table, numbers, printed, said, time_value, words
from plantrack.views.targets import measure_form

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from plantrack.language import Text
    from plantrack.plan.catalogue import Catalogue
    from plantrack.plan.figures import Figure
    from plantrack.plan.model import PlanModel
    from plantrack.plan.plan import Plan, PlanFile
    from plantrack.views.table import Value


def plans_table(plans: Sequence[PlanFile]) -> Table:
    """The plans known here."""
    columns = words("id", "title", "issued", "years")
    table = Table(text("Plans"), (*columns, *numbers("figures", "targets")))
    for read in plans:
        plan = read.model
        if plan is None:
            table.rows.append((read.file, text("cannot be read"), "", "", "", ""))
            continue
        due = len({figure.row_id for figure in read.figures if figure.due.text == plan.target})
        span = f"{plan.base}–{plan.target}"
        name = plan.title.name
        table.rows.append((plan.plan, name, plan.issued or DASH, span, len(read.figures), due))
    return table


def figures_table(loaded: Plan, catalogue: Catalogue, figures: Sequence[Figure]) -> Table:
    """Figures as printed, with where they stand."""
    plan = loaded.model
    names = Names(plan, catalogue)
    columns = (
        *words("indicator", "kind"),
        *numbers("time", "as printed"),
        *words("section"),
        *numbers("line"),
    )
    table = Table(plan.title.name, columns)
    for figure in figures:
        name, kind = names.measured(figure.measures, figure.place), KIND_NAMES[figure.kind]
        time, line = time_value(figure.time_text), figure.position.line
        table.rows.append((name, kind, time, printed(figure), figure.section, line))
    used = {figure.section for figure in figures}
    table.notes.extend(labelled(key, plan.sections[key]) for key in plan.sections if key in used)
    noted = {(each.indicator, each.section): each.row.note for each in figures if each.row.note}
    table.notes.extend(labelled(f"{name} ({key})", note) for (name, key), note in noted.items())
    if len(figures) == len(loaded.figures):
        table.notes.extend(aims_without_quantity(plan))
    return table


def aims_without_quantity(plan: PlanModel) -> Iterator[Text]:
    """The plan's unmeasured aims in one sentence, where it has any."""
    if plan.unmeasured:
        yield labelled(text("aims without a quantity"), listing(*(aim.name for aim in plan.unmeasured)))


def in_reading_order(figures: Sequence[Figure]) -> list[Figure]:
    """By indicator as in the file, then kind, then time."""
    order = {name: at for at, name in enumerate(dict.fromkeys(figure.indicator for figure in figures))}
    return sorted(
        figures, key=lambda each: (order[each.indicator], FIGURE_KINDS.index(each.kind), each.time_text)
    )


# -- the worksheet -------------------------------------------------------------------------------

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
    names, table = Names(loaded.model, catalogue), Table(text("Figures"), TITLES, frozen=2)
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
