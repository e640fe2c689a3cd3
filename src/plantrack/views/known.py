"""`list`: the plans known here. What is told of one is plain data, so that it can be kept and sent."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from plantrack.language import Words, span_of, text
from plantrack.views.table import DASH, Table, numbers, words

if TYPE_CHECKING:
    from collections.abc import Iterable

    from plantrack.plan.plan import Plan, PlanFile


class Known(NamedTuple):
    """A plan file; of one that is no plan how many figures were read, and where."""

    file: str
    figures: int
    plan: str | None = None
    title: Words | None = None
    place: str | None = None
    base: str = ""
    target: str = ""
    document: str | None = None
    issued: str | None = None
    due: int = 0
    """Quantities with a figure, no rank, that is due after the base."""
    is_sound: bool = True


def known(read: Plan | PlanFile) -> Known:
    plan, figures = read.model, read.figures
    if plan is None:
        return Known(read.file, len(figures))
    due = len({figure.quantity for figure in figures if figure.kind != "rank" and figure.is_ahead})
    place, years = plan.place.id, (plan.base, plan.target)
    return Known(
        read.file, len(figures), plan.plan, plan.title.name, place, *years, plan.document, plan.issued, due
    )


def plans_table(plans: Iterable[Known]) -> Table:
    columns = (*words("id", "title", "issued", "years"), *numbers("figures", "targets"))
    table = Table(text("Plans"), columns)
    for each in plans:
        if each.plan is None or each.title is None:
            table.rows.append((each.file, text("cannot be read"), "", "", "", ""))
            continue
        span = span_of(each.base, each.target)
        table.rows.append((each.plan, each.title, each.issued or DASH, span, each.figures, each.due))
    return table
