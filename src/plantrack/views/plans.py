"""Sheets of `list` and `show`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from plantrack.language import Language, labelled, listing, text
from plantrack.plan.figures import KIND_NAMES
from plantrack.plan.model import FIGURE_KINDS
from plantrack.views.table import Heading, Sheet, named_with_unit, said_text

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from plantrack.plan.catalogue import Catalogue
    from plantrack.plan.figures import Figure
    from plantrack.plan.model import PlanModel
    from plantrack.plan.plan import Plan, PlanFile


def plans_sheet(plans: Sequence[PlanFile], language: Language) -> Sheet:
    """The plans known here."""
    headings = [text("id"), text("title"), text("issued"), text("years"), text("figures"), text("targets")]
    sheet = Sheet(
        text("Plans").say(language),
        tuple(Heading(each.say(language), each.template in {"figures", "targets"}) for each in headings),
    )
    for loaded in plans:
        plan = loaded.model
        if plan is None:
            sheet.rows.append((loaded.file, text("cannot be read").say(language), "", "", "", ""))
            continue
        due = len({figure.row_id for figure in loaded.figures if figure.due.text == plan.target})
        span = f"{plan.base}–{plan.target}"
        title = plan.title.name.say(language)
        sheet.rows.append((plan.plan, title, plan.issued or "—", span, str(len(loaded.figures)), str(due)))
    return sheet


def figures_sheet(loaded: Plan, catalogue: Catalogue, figures: Sequence[Figure], language: Language) -> Sheet:
    """Figures as printed, with where they stand."""
    plan = loaded.model
    titles = [
        text("indicator"),
        text("kind"),
        text("time"),
        text("as printed"),
        text("section"),
        text("line"),
    ]
    numbers = {"time", "as printed", "line"}
    sheet = Sheet(
        plan.title.name.say(language),
        tuple(Heading(each.say(language), each.template in numbers) for each in titles),
    )
    for figure in figures:
        indicator = plan.own.get(figure.indicator) or catalogue.indicators[figure.indicator]
        name = named_with_unit(indicator, catalogue, language)
        if figure.place != plan.place.id and (place := catalogue.places.get(figure.place)):
            name = f"{place.name.say(language)} {name}"
        sheet.rows.append(
            (
                name,
                KIND_NAMES[figure.kind].say(language),
                figure.time_text,
                said_text(figure, language),
                figure.section,
                str(figure.position.line),
            )
        )
    used = {figure.section for figure in figures}
    sheet.notes.extend(
        labelled(key, plan.sections[key]).say(language) for key in plan.sections if key in used
    )
    noted = {
        f"{figure.indicator} ({figure.section})": figure.row.note for figure in figures if figure.row.note
    }
    sheet.notes.extend(labelled(key, note).say(language) for key, note in noted.items())
    if len(figures) == len(loaded.figures):
        sheet.notes.extend(aims_without_quantity(plan, language))
    return sheet


def aims_without_quantity(plan: PlanModel, language: Language) -> Iterator[str]:
    """The plan's unmeasured aims in one sentence, where it has any."""
    if plan.unmeasured:
        aims = listing(*(aim.name for aim in plan.unmeasured))
        yield labelled(text("aims without a quantity"), aims).say(language)


def in_reading_order(figures: Sequence[Figure]) -> list[Figure]:
    """By indicator as in the file, then kind, then time."""
    kinds = {kind: number for number, kind in enumerate(FIGURE_KINDS)}
    order = {
        name: number for number, name in enumerate(dict.fromkeys(figure.indicator for figure in figures))
    }
    return sorted(figures, key=lambda each: (order[each.indicator], kinds[each.kind], each.time_text))
