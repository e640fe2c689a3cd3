"""Targets and their verdicts: as `check` shows them, as one table of several plans, as a worksheet."""

from __future__ import annotations

import math
import re
from typing import TYPE_CHECKING

from plantrack.language import listing, text
from plantrack.numbers.interval import to_float
from plantrack.numbers.words import PERCENT, SHARES, TIMES
from plantrack.plan.citing import figure_name, from_to, period
from plantrack.plan.measures import printed_decimals
from plantrack.views.formulas import FIRST_ROW, Term, column_name, growth, live, number, scaled
from plantrack.views.names import Names, bracketed, every_year_of, joined, level_form, step_form, with_unit
from plantrack.views.table import DASH, Cell, Form, Span, Table, numbers, printed, said, words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from plantrack.audit import Audit, Implied, Target
    from plantrack.language import Said
    from plantrack.paths import Path
    from plantrack.plan.catalogue import Catalogue
    from plantrack.plan.figures import Figure
    from plantrack.plan.measures import Measure
    from plantrack.plan.model import Indicator, PlanModel
    from plantrack.plan.plan import Plan
    from plantrack.views.table import Value

THOUSAND = 1000
"""Numbers from here on are shown with one decimal."""
MAX_DECIMALS = 6
STATUSES = {
    "consistent": text("holds"),
    "in_finding": text("contradicted"),
    "wording": text("wording only"),
    "undetermined": text("not enough data"),
    "nothing_to_compare": text("— (nothing to compare)"),
}
"""What the whole audit knows of a target row, in a word."""


def targets_table(audit: Audit, loaded: Plan, catalogue: Catalogue, *, below_findings: bool = False) -> Table:
    """One row per target of one plan that has a number; `below_findings` where these stand above."""
    plan, names = loaded.model, Names(loaded.model, catalogue)
    base, target = (text("base {year}", year=plan.base), text("target {year}", year=plan.target))
    columns = (*words("indicator"), *numbers(base, target, "printed", "implied"), *words("verdict"))
    table = Table(plan.title.name, columns)
    for each in targets_in_order(audit, plan):
        table.group(names.section(each.figure.section))
        verdict = status_name(each, audit, below_findings=below_findings)
        table.rows.append((*_numbers_of(each, names), verdict))
    table.notes.extend(_higher_marks(loaded, names))
    if left := sum(each.figure.plan == plan.plan for each in audit.targets) - len(table.rows):
        table.notes.append(text("{number} row(s) without a number are left out", number=left))
    return table


def _has_number(target: Target) -> bool:
    """Whether anything printed of it is a number: a level, a growth, or how far it lies from another."""
    return any(
        each.measure is not None or (each.relation is not None and each.relation.gap is not None)
        for each in target.figures
    )


def _higher_marks(loaded: Plan, names: Names) -> Iterator[Said]:
    for each in loaded.figures:
        if each.kind == "strive":
            yield text(
                "{name}: more is striven for, {text} ({time})",
                name=each.measures.name,
                text=each.text,
                time=names.when(each),
            )


def derived_table(audit: Audit, catalogue: Catalogue) -> Table:
    columns = (*words("indicator"), *numbers("time", "lowest", "highest"), *words("by"))
    table, catalogue = (
        Table(text("What is implied"), columns),
        catalogue.of(*(plan.model for plan in audit.plans)),
    )
    for variable, interval, bounds in audit.latents:
        indicator, place = audit.measured[variable.indicator], catalogue.places.get(variable.place)
        name = joined(place and place.name, with_unit(indicator, catalogue))
        factor = indicator.per_one
        is_small = interval.low is None or abs(to_float(interval.low)) * factor < THOUSAND
        form = Form(2 if is_small else 1, factor)
        by = dict.fromkeys(figure_name(each.figure, audit) for each in bounds)
        ends = (Cell(interval.low, form), Cell(interval.high, form))
        table.rows.append((name, period(variable.times[:1], audit), *ends, listing(*by)))
    return table


def targets_in_order(audit: Audit, plan: PlanModel) -> list[Target]:
    """The targets of a plan that have a number, in the order of its sections."""
    order = {section: number for number, section in enumerate(plan.sections)}
    targets = [each for each in audit.targets if each.figure.plan == plan.plan and _has_number(each)]
    return sorted(targets, key=lambda each: order.get(each.figure.section, len(order)))


def _numbers_of(target: Target, names: Names) -> tuple[Value, ...]:
    figure, ends = target.figure, (target.start, target.due)
    is_usual = ends == (names.plan.base, names.plan.target)
    times = every_year_of(figure) or (
        None if is_usual else from_to(ends[-1:] if "/" in target.due else ends, names.moments)
    )
    name = names.measured(target.indicator, figure.place, figure.row.scope)
    year = figure.row.price_year
    prices = None if year is None else text("at the prices of {year}", year=year)
    shown = printed(target.base), printed(target.target), stated_value(target), implied_value(target)
    return joined(name, times, prices), *shown


_LAST_DIGIT = re.compile(r"(\d)(?=\D*$)")


def asked_value(asked: Target | Path) -> Value:
    """What is asked for as printed: the target, else the growth or change to it."""
    return stated_value(asked) if asked.target is None else printed(asked.target)


def stated_value(asked: Target | Path) -> Value:
    """The printed growth or change; a bare number with the unit of its column, or as a multiple."""
    shown, measure = printed(asked.stated), _measure(asked.stated)
    if measure is None or measure.numeral.unit or measure.unit not in {PERCENT, TIMES}:
        return shown
    if isinstance(shown, Cell):
        return shown._replace(form=shown.form._replace(unit=measure.unit))
    return _LAST_DIGIT.sub(rf"\1{measure.unit}", str(shown))


def status_name(target: Target, audit: Audit, *, below_findings: bool = False) -> Said:
    status = audit.status_of(target)
    if status == "in_finding" and target.verdict == "fails":
        return text("fails")
    if status == "in_finding" and below_findings and audit.findings_about(target):
        return text("see above")
    return STATUSES[status]


def _measure(figure: Figure | None) -> Measure | None:
    return figure.measure if figure is not None else None


def implied_value(target: Target) -> Value:
    """The nominal value; behind it the interval that rounding leaves, where only that tells whether the row holds."""
    implied = target.implied
    if implied is None or implied.nominal is None:
        return DASH
    form = _form(target, implied)
    span, nominal, sign = Span(implied.low, implied.high, form), Cell(implied.nominal, form), _sign(target)
    if sign is None:
        return span
    end = implied.nominal
    bound = Span(end, None, form) if sign > 0 else Span(None, end, form)
    one = nominal if sign == 0 else bound
    if _is_printed(target, implied.nominal) or span.say("en") in {nominal.say("en"), one.say("en")}:
        return one
    return bracketed(one, span)


def measure_form(measure: str, indicator: Indicator, decimals: int) -> Form:
    """Growth as per cent, changes of shares in points, other values in the indicator's unit."""
    match measure:
        case "growth" | "total_growth":
            return Form(decimals, 100, "%")
        case "multiple":
            return Form(decimals, 1, text("times"))
        case "rank":
            return Form()
        case "level":
            return level_form(indicator, decimals)
        case _:
            return step_form(indicator, decimals)


def _least_decimals(indicator: Indicator, implied: Implied) -> int:
    """One, two of shares; more of what is small: 0.03 is no 0.0."""
    if indicator.unit in SHARES:
        return 2
    value = abs(implied.nominal or 0)
    return 1 if value == 0 or value >= 1 else min(MAX_DECIMALS, -math.floor(math.log10(value)))


def _form(target: Target, implied: Implied) -> Form:
    """With so many decimals that the two ends of a change can be told apart, at most six."""
    if target.measure == "multiple":
        return Form(3)
    in_growth = target.measure in {"growth", "total_growth"}
    form = measure_form(
        target.measure, target.indicator, 2 if in_growth else _least_decimals(target.indicator, implied)
    )
    if in_growth or implied.low is None or implied.high is None or implied.high <= implied.low:
        return form
    apart = -math.floor(math.log10((implied.high - implied.low) * form.factor))
    return form._replace(decimals=min(MAX_DECIMALS, max(form.decimals, apart)))


def _sign(target: Target) -> int | None:
    """Whether base and target bound the value: below (1), above (-1), not (0); `None` for a range."""
    last, first = (each and each.numeral.bound for each in map(_measure, (target.target, target.base)))
    if "range" in {first, last}:
        return None
    signs = {"ge": 1, "gt": 1, "le": -1, "lt": -1}
    above, below = signs.get(last or "", 0), -signs.get(first or "", 0)
    return above or below if above * below >= 0 else None


def _is_printed(target: Target, nominal: float) -> bool:
    """Whether nothing is printed to be held against the value, or what is printed is the value rounded."""
    stated = _measure(target.stated)
    low, high = (stated.interval.low, stated.interval.high) if stated is not None else (None, None)
    return (low is None or float(low) <= nominal) and (high is None or nominal <= float(high))


TITLES = (
    *words("section", "indicator", "unit", "base year", "base, as printed", "base value"),
    *words("target year", "target, as printed", "target value", "printed", "implied"),
    *words("implied, lowest", "implied, highest", "verdict", "reason"),
)
BASE_YEAR, BASE, DUE, TARGET = (column_name(at) for at in (3, 5, 6, 8))


def targets_worksheet(audit: Audit, loaded: Plan, catalogue: Catalogue) -> Table:
    """A row for each target; base and target may be changed, and what they imply changes with them."""
    note = text("blue numbers may be changed; the verdict and its limits are those of the printed numbers")
    names, table = Names(loaded.model, catalogue), Table(text("Targets"), TITLES, notes=[note], frozen=2)
    for target in audit.targets:
        figure, indicator = target.figure, target.indicator
        if figure.plan == loaded.id:
            table.rows.append(
                (
                    names.section(figure.section),
                    names.quantity(indicator, figure.place, figure.row.scope),
                    names.unit(indicator),
                    names.time(target.start),
                    *_end(target.base, indicator),
                    names.time(target.due),
                    *_end(target.target, indicator),
                    None if target.stated is None else said(target.stated),
                    *_implied(target, FIRST_ROW + len(table.rows)),
                    status_name(target, audit),
                    target.why,
                )
            )
    return table


def _end(figure: Figure | None, indicator: Indicator) -> tuple[Value, Value]:
    measure = _measure(figure)
    if measure is None:
        return None if figure is None else said(figure), None
    form = level_form(indicator, printed_decimals(measure))
    return said(figure), Cell(measure.value, form, is_input=True)


def _implied(target: Target, row: int) -> Iterator[Cell | None]:
    implied = target.implied
    if implied is None or implied.nominal is None:
        yield from (None, None, None)
        return
    form, term = measure_form(target.measure, target.indicator, 2), _term(target, row)
    nominal = Cell(implied.nominal, form)
    yield (
        nominal if term is None else live(scaled(term, form), implied.nominal, form)._replace(is_input=False)
    )
    yield from (None if end is None else Cell(end, form) for end in implied[1:])


def _term(target: Target, row: int) -> Term | None:
    first, last = _measure(target.base), _measure(target.target)
    if first is None or last is None or not (target.start.isdigit() and target.due.isdigit()):
        return None
    if target.start == target.due or first.value <= 0 or last.value < 0:
        return None
    base, goal = Term(f"{BASE}{row}", float(first.value)), Term(f"{TARGET}{row}", float(last.value))
    years = Term(f"{DUE}{row}", float(target.due)).minus(Term(f"{BASE_YEAR}{row}", float(target.start)))
    match target.measure:
        case "growth":
            return growth(base, goal, years)
        case "total_growth":
            return goal.over(base).minus(number(1))
        case "multiple":
            return goal.over(base)
        case "change":
            return goal.minus(base)
        case _:
            return goal.minus(base).over(years)
