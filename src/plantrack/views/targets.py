"""Targets and their verdicts: as `check` shows them, as one table of several plans, as a worksheet."""

from __future__ import annotations

from typing import TYPE_CHECKING

from plantrack.language import listing, text
from plantrack.numbers.interval import to_float
from plantrack.plan.measures import printed_decimals
from plantrack.views.formulas import FIRST_ROW, Term, column_name, growth, live, number, scaled
from plantrack.views.implied import implied_value, measure_form
from plantrack.views.names import Names, joined, with_unit
from plantrack.views.table import (
    EMPTY,
    FAILS,
    FOUND_ABOVE,
    STATUSES,
    Cell,
    Form,
    Table,
    numbers,
    printed,
    said,
    time_value,
    words,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from plantrack.audit import Audit, Target
    from plantrack.plan.catalogue import Catalogue
    from plantrack.plan.figures import Figure
    from plantrack.plan.model import Indicator, PlanModel
    from plantrack.plan.plan import Plan
    from plantrack.views.table import Said, Value

THOUSAND = 1000
"""Numbers from here on are shown with one decimal."""


def targets_table(audit: Audit, loaded: Plan, catalogue: Catalogue, *, below_findings: bool = False) -> Table:
    """One row per target of one plan; `below_findings` where these stand above, for its rows to point to."""
    plan = loaded.model
    columns = (
        *words("indicator"),
        *numbers(text("base {year}", year=plan.base), text("target {year}", year=plan.target)),
        *numbers("printed", "implied"),
        *words("verdict"),
    )
    table, names = Table(plan.title.name, columns), Names(plan, catalogue)
    for target in _in_order(audit, plan):
        table.group(names.section(target.figure.section))
        verdict = status_name(target, audit, below_findings=below_findings)
        table.rows.append((*_numbers_of(target, names), verdict))
    return table


def targets_records(audit: Audit, catalogue: Catalogue) -> Table:
    """One row per target of every plan, with plan and section in columns; the status also as JSON has it."""
    columns = (
        *words("plan"),
        *numbers("from", "to"),
        *words("section", "indicator"),
        *numbers("base", "target", "printed", "implied"),
        *words("verdict", "status"),
    )
    table = Table(text("Targets"), columns)
    for loaded in audit.plans:
        plan, names = loaded.model, Names(loaded.model, catalogue)
        ends = (plan.plan, time_value(plan.base), time_value(plan.target))
        for target in _in_order(audit, plan):
            section, verdict = names.section(target.figure.section), status_name(target, audit)
            row = (*ends, section, *_numbers_of(target, names), verdict, audit.status_of(target))
            table.rows.append(row)
    return table


def derived_table(audit: Audit, catalogue: Catalogue) -> Table:
    """Quantities that are not printed, and what the figures leave for them."""
    columns = (
        *words("indicator"),
        *numbers("time", "lowest", "highest"),
        *words("by"),
    )
    table = Table(text("What is implied"), columns)
    catalogue = catalogue.of(*(plan.model for plan in audit.plans))
    for latent in audit.latents:
        variable, interval = latent.variable, latent.interval
        indicator = audit.measured[variable.indicator]
        place = catalogue.places.get(variable.place)
        name = joined(place.name if place is not None else None, with_unit(indicator, catalogue))
        factor = 100 if indicator.unit == "%" else 1
        low = None if interval.low is None else abs(to_float(interval.low)) * factor
        form = Form(2 if low is None or low < THOUSAND else 1, factor)
        by = dict.fromkeys(joined(each.figure.measures.name, each.figure.time_text) for each in latent.by)
        ends = (Cell(end, form) for end in (interval.low, interval.high))
        table.rows.append((name, time_value(variable.times[0]), *ends, listing(*by)))
    return table


def _in_order(audit: Audit, plan: PlanModel) -> list[Target]:
    """The targets of one plan, section by section."""
    order = {section: number for number, section in enumerate(plan.sections)}
    targets = [target for target in audit.targets if target.figure.plan == plan.plan]
    return sorted(targets, key=lambda each: order.get(each.figure.section, len(order)))


def _numbers_of(target: Target, names: Names) -> tuple[Value, ...]:
    """Its name, base, target, what is printed of the way and what is implied."""
    figure, plan = target.figure, names.plan
    name = joined(
        with_unit(target.indicator, names.shared),
        names.place(figure.place),
        figure.row.scope,
        f"{target.start}->{target.due}" if (target.start, target.due) != (plan.base, plan.target) else None,
    )
    return name, printed(target.base), printed(target.target), stated_value(target), implied_value(target)


def stated_value(target: Target) -> Value:
    """The printed growth or change; a bare number with the unit of its column."""
    shown, measure = printed(target.stated), target.stated.measure if target.stated is not None else None
    if measure is None or measure.numeral.unit or measure.unit != "%":
        return shown
    return shown._replace(form=shown.form._replace(unit="%")) if isinstance(shown, Cell) else f"{shown}%"


def status_name(target: Target, audit: Audit, *, below_findings: bool = False) -> Said:
    """What the whole audit knows of a row: fails by its own figures, or what becomes of them elsewhere."""
    status = audit.status_of(target)
    if status == "in_finding" and target.verdict == "fails":
        return FAILS
    if status == "in_finding" and below_findings and audit.findings_about(target):
        return FOUND_ABOVE
    return STATUSES[status]


# -- the worksheet -------------------------------------------------------------------------------

TITLES = (
    *words("section", "indicator", "unit", "base year", "base, as printed", "base value"),
    *words("target year", "target, as printed", "target value", "printed", "implied"),
    *words("implied, lowest", "implied, highest", "verdict", "reason"),
)
BASE_YEAR, BASE, DUE, TARGET = (column_name(at) for at in (3, 5, 6, 8))


def targets_worksheet(audit: Audit, loaded: Plan, catalogue: Catalogue) -> Table:
    """A row for each target; base and target may be changed, and what they imply changes with them."""
    names, table = Names(loaded.model, catalogue), Table(text("Targets"), TITLES, frozen=2)
    for target in audit.targets:
        figure, indicator = target.figure, target.indicator
        if figure.plan != loaded.id:
            continue
        table.rows.append(
            (
                names.section(figure.section),
                names.quantity(indicator, figure.place, figure.row.scope),
                names.unit(indicator),
                names.time(target.start),
                _words_of(target.base),
                _level(target.base, indicator),
                names.time(target.due),
                _words_of(target.target),
                _level(target.target, indicator),
                _words_of(target.stated),
                *_implied(target, FIRST_ROW + len(table.rows)),
                status_name(target, audit),
                target.why,
            )
        )
    table.notes.append(
        text("blue numbers may be changed; the verdict and its limits are those of the printed numbers")
    )
    return table


def _words_of(figure: Figure | None) -> Said | None:
    return EMPTY if figure is None else said(figure)


def _level(figure: Figure | None, indicator: Indicator) -> Cell | None:
    measure = figure.measure if figure is not None else None
    if measure is None:
        return EMPTY
    return Cell(measure.value, level_form(indicator, printed_decimals(measure)), is_input=True)


def level_form(indicator: Indicator, decimals: int) -> Form:
    """Values of an indicator in its own unit, per cent as fractions."""
    return Form(decimals, 100, "%") if indicator.unit == "%" else Form(decimals)


def _implied(target: Target, row: int) -> Iterator[Cell | None]:
    """The nominal value as a formula where base and target are numbers for whole years, then its ends."""
    implied = target.implied
    if implied is None or implied.nominal is None:
        yield from (EMPTY, EMPTY, EMPTY)
        return
    form = measure_form(target.measure, target.indicator, 2)
    term = _term(target, row)
    nominal = Cell(implied.nominal, form)
    yield (
        nominal if term is None else live(scaled(term, form), implied.nominal, form)._replace(is_input=False)
    )
    yield from (EMPTY if end is None else Cell(end, form) for end in implied[1:])


def _term(target: Target, row: int) -> Term | None:
    """What base and target come to in the row's measure."""
    first, last = (each.measure if each is not None else None for each in (target.base, target.target))
    if first is None or last is None or not (target.start.isdigit() and target.due.isdigit()):
        return None
    if target.start == target.due or first.value <= 0 or last.value < 0:
        return None
    base, goal = Term(f"{BASE}{row}", float(first.value)), Term(f"{TARGET}{row}", float(last.value))
    start, due = (
        Term(f"{at}{row}", float(year)) for at, year in ((BASE_YEAR, target.start), (DUE, target.due))
    )
    match target.measure:
        case "growth":
            return growth(base, goal, due.minus(start))
        case "total_growth":
            return goal.over(base).minus(number(1))
        case "multiple":
            return goal.over(base)
        case "change":
            return goal.minus(base)
        case _:
            return goal.minus(base).over(due.minus(start))
