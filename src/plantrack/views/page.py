"""Pages to hand on: a table as it stands on paper, with what its rows say of an indicator."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from plantrack.language import POINTS_OF, Listing, Words, listing, text
from plantrack.views.names import joined, level_form, step_decimals
from plantrack.views.paths import PER_CENT, path_values
from plantrack.views.table import DASH, Cell, Form, numbers, printed, words

if TYPE_CHECKING:
    from plantrack.audit import Target
    from plantrack.language import Said
    from plantrack.paths import Path
    from plantrack.plan.figures import Figure
    from plantrack.plan.model import PlanModel
    from plantrack.views.names import Names
    from plantrack.views.table import Column, Table, Value
    from plantrack.views.tidy import Records


class Page(NamedTuple):
    """A table under its title; `lead` is a sentence above it, `left` and `right` stand on the line over its corners.

    `months` are what a workbook has behind its data: the months of the running year.
    """

    table: Table
    left: Said = ""
    right: Said = ""
    lead: Said = ""
    months: Records | None = None


def title_of(plan: PlanModel) -> Words:
    """The plan's title, without the words for its table, which the page's own name repeats."""
    zh, en = plan.title.name
    return Words(re.sub(r"主要(?:指标|目标)表?$", "", zh), en)


OF_ROW: tuple[Column, ...] = (*numbers("no."), *words("indicator", "unit", "nature"))
FEW = 4
REMARKS: tuple[Column, ...] = words("remarks")


def row_of(number: int, target: Target, path: Path, names: Names) -> tuple[Value, ...]:
    """Number, indicator as the document's table calls it, unit, 约束性 or 预期性."""
    return number, name_of(target, names), _unit(path, names), nature(target, names) or ""


def name_of(target: Target, names: Names) -> Said:
    figure, row = target.figure, target.figure.row
    if row.named is None:
        return names.quantity(target.indicator, figure.place, row.scope)
    return joined(names.place(figure.place), Words(row.named, target.indicator.en), row.scope)


def _unit(path: Path, names: Names) -> Said:
    if path.kind in {"index", "change"} and path.years:
        return names.unit_of_path(path)
    return names.unit(path.indicator)


def nature(target: Target, names: Names) -> Said | None:
    """Binding or expected, where the plan tells such rows apart."""
    if "true" in {each.row.binding for each in (target.figure, *target.figures)}:
        return text("binding")
    rows = (row for some in names.plan.figures.values() for row in some)
    heading = names.section(target.figure.section)
    is_told = "预期性" in heading or any(each.binding is not None for each in rows)
    return text("expected") if is_told else None


def unit_line(table: Table) -> Said:
    """The units of the rows, where they are few."""
    found = dict.fromkeys(row[2] for row in table.rows if row[2])
    return text("unit: {unit}", unit=listing(*found) if len(found) <= FEW else text("as in the column"))


def source_line(names: Names) -> Said:
    """Whose document it is, and its number."""
    return Listing(tuple(each for each in (names.plan.issuer, names.plan.document) if each), "　")


def base_value(path: Path, year: int) -> Value:
    """What the path starts from, with its year where that is another; a sum or a change starts from nothing."""
    if path.why is not None:
        return DASH if path.base is None else printed(path.base)
    if not path.years or path.kind in {"total", "change", "each year"}:
        return DASH
    value = path_values(path)[0]
    return value if path.years[0] == year else text("{value} ({year})", value=value, year=path.years[0])


def target_value(target: Target, path: Path) -> Value:
    """The target in its words where it is none but a number; else the number with the digits that are printed."""
    figure = target.target
    bound = figure.measure.numeral.bound if figure is not None and figure.measure is not None else None
    if path.moved is not None and path.goal is not None:
        return Cell(path.goal.value, level_form(path.indicator, path.decimals)._replace(unit=""))
    if path.why is None and bound is None and path.due in path.years:
        return path_values(path)[path.years.index(path.due)]
    return words_of(figure or target.stated) if figure is None or figure.measure is None else printed(figure)


def words_of(figure: Figure | None) -> Value:
    """What a figure says, as the document puts it where it prints words."""
    if figure is None or figure.relation is None:
        return DASH if figure is None else figure.text
    english = figure.relation.words.say("en")
    return Words(figure.row.printed or figure.relation.words.say("zh"), english)


def pace_of(path: Path, names: Names) -> Value:
    """The rate a year, or the step with its unit and sign."""
    if path.rate is not None:
        return Cell(path.rate, PER_CENT)
    if path.step is None:
        return DASH
    return Cell(path.step, step_with_unit(path, path.step, names))


def step_with_unit(path: Path, step: float, names: Names) -> Form:
    own = names.unit(path.indicator)
    unit = POINTS_OF.get(path.indicator.unit) or (Words(own.zh, f" ({own.en})") if own.zh else "")
    return Form(step_decimals(path, step), path.indicator.per_one, unit, signed=True)
